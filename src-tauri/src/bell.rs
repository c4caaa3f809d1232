//! The desktop's own notifications: shown, and heard when somebody clicks one.
//!
//! A desktop may answer late or never, so each notification has a thread of its own, which ends when it was clicked or
//! closed; there are at most three a day.

use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use notify_rust::{Notification, NotificationResponse};
use plaza_engine::reminder::Said;

/// How long a desktop may take to show something; it is on the same computer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why nothing was shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unheard {
    /// The desktop has nothing that shows notifications, or refused.
    #[error("{0}")]
    Refused(String),
    /// It did not answer in time.
    #[error("the desktop did not answer within {} seconds", PATIENCE.as_secs())]
    Silent,
}

/// Shows what is said; `clicked` hears when somebody clicks it.
///
/// # Errors
/// [`Unheard`]; nothing was shown then, as far as the desktop says.
pub(crate) fn ring(said: Said, clicked: impl FnOnce(&str) + Send + 'static) -> Result<(), Unheard> {
    let (tell, told) = channel();
    let thread = thread::Builder::new().name("notification".into());
    let shown = thread.spawn(move || match notification(&said).show() {
        Ok(handle) => {
            // Nobody may be waiting any more; a click still leads to its place.
            let _ = tell.send(Ok(()));
            let address = said.address;
            let heard = |response: &NotificationResponse| {
                if !matches!(response, NotificationResponse::Closed(_)) {
                    clicked(&address);
                }
            };
            // Where clicks cannot be heard the notification was shown all the same.
            drop(handle.wait_for_response(heard));
        }
        Err(fault) => drop(tell.send(Err(Unheard::Refused(fault.to_string())))),
    });
    shown.map_err(|fault| Unheard::Refused(fault.to_string()))?;
    told.recv_timeout(PATIENCE).unwrap_or(Err(Unheard::Silent))
}

/// What shows notifications here; nothing where nothing does. Asks the desktop, at most as long as [`PATIENCE`].
pub(crate) fn service() -> Option<String> {
    let (tell, told) = channel();
    let asked = thread::Builder::new().name("notifications".into()).spawn(move || drop(tell.send(server())));
    asked.ok()?;
    told.recv_timeout(PATIENCE).ok().flatten()
}

#[cfg(target_os = "linux")]
fn server() -> Option<String> {
    notify_rust::get_server_information().ok().map(|server| server.name)
}

/// Windows and macOS always have one.
#[cfg(not(target_os = "linux"))]
fn server() -> Option<String> {
    Some(std::env::consts::OS.to_owned())
}

#[cfg(target_os = "linux")]
fn notification(said: &Said) -> Notification {
    let reads_markup = notify_rust::get_capabilities()
        .is_ok_and(|capabilities| capabilities.iter().any(|one| one == "body-markup"));
    let body = if reads_markup { escaped(&said.body) } else { said.body.clone() };
    let mut notification = Notification::new();
    // Without an action of this name no click is heard.
    notification
        .appname("Plaza")
        .icon("plaza")
        .summary(&said.title)
        .body(&body)
        .action("default", &said.open);
    notification
}

#[cfg(not(target_os = "linux"))]
fn notification(said: &Said) -> Notification {
    let mut notification = Notification::new();
    notification.appname("Plaza").summary(&said.title).body(&said.body);
    notification
}

/// What people wrote is no markup.
#[cfg(target_os = "linux")]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_no_markup() {
        assert_eq!(escaped("<b>A & B</b>"), "&lt;b&gt;A &amp; B&lt;/b&gt;");
    }
}
