//! The desktop around the window: what the person sees of Plaza, and what is said beside it.

use plaza_engine::reminder::Said;
use tauri::{AppHandle, Emitter, Manager, Runtime};

use crate::bell::{self, Unheard};

/// The desktop around a window.
pub(crate) trait Desk: Send + Sync + std::fmt::Debug {
    /// The address of the page that the person sees; nothing where they look elsewhere.
    fn on_screen(&self) -> Option<String>;

    /// Says something beside the window; a click on it brings the window to the front, at the place that it is about.
    ///
    /// # Errors
    /// [`Unheard`].
    fn ring(&self, said: &Said) -> Result<(), Unheard>;

    /// What shows notifications here; nothing where nothing does.
    fn service(&self) -> Option<String>;
}

/// The desktop of the real window.
pub(crate) struct WindowDesk<R: Runtime>(AppHandle<R>);

impl<R: Runtime> WindowDesk<R> {
    pub(crate) const fn new(app: AppHandle<R>) -> Self {
        Self(app)
    }
}

impl<R: Runtime> std::fmt::Debug for WindowDesk<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WindowDesk")
    }
}

impl<R: Runtime> Desk for WindowDesk<R> {
    fn on_screen(&self) -> Option<String> {
        let window = self.0.get_webview_window("main")?;
        let is_seen = window.is_focused().ok()? && !window.is_minimized().ok()?;
        // The page keeps its address behind the sign `#`.
        is_seen.then(|| window.url().ok()?.fragment().map(str::to_owned)).flatten()
    }

    fn ring(&self, said: &Said) -> Result<(), Unheard> {
        let app = self.0.clone();
        bell::ring(said.clone(), move |address| {
            to_front(&app);
            // A window that is being closed hears nothing any more, and needs nothing.
            let _ = app.emit("open", address);
        })
    }

    fn service(&self) -> Option<String> {
        bell::service()
    }
}

/// Brings the window to the front.
pub(crate) fn to_front<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window("main") {
        // A window that cannot be raised is still there: nothing to report.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}
