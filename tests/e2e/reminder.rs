//! Reminders on a desktop of the test's own: nothing in quiet hours, then one that says what it is about, and a click on it
//! that leads there.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::zvariant::OwnedValue;

use crate::window::{Setup, Window};

/// The window looks once a minute.
const A_LOOK: Duration = Duration::from_secs(75);

const PATH: &str = "/org/freedesktop/Notifications";
const NAME: &str = "org.freedesktop.Notifications";

/// A notification as the desktop got it.
#[derive(Clone, Debug)]
struct Shown {
    id: u32,
    summary: String,
    body: String,
    actions: Vec<String>,
}

struct Service {
    shown: Arc<Mutex<Vec<Shown>>>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Service {
    fn get_capabilities(&self) -> Vec<String> {
        ["body", "body-markup", "actions"].map(str::to_owned).to_vec()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("Test desktop".into(), "Plaza".into(), "1".into(), "1.2".into())
    }

    fn notify(
        &self,
        _app_name: String,
        _replaces_id: u32,
        _icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        let mut shown = self.shown.lock().unwrap();
        let id = shown.len() as u32 + 1;
        shown.push(Shown { id, summary, body, actions });
        id
    }

    fn close_notification(&self, _id: u32) {}
}

/// What shows notifications on the bus of a window.
struct Desktop {
    bus: Connection,
    shown: Arc<Mutex<Vec<Shown>>>,
}

impl Desktop {
    fn beside(window: &Window) -> Self {
        let address = std::fs::read_to_string(window.home().join("bus")).expect("the bus said where it is");
        let shown = Arc::new(Mutex::new(Vec::new()));
        let service = Service { shown: Arc::clone(&shown) };
        let bus = Builder::address(address.as_str())
            .and_then(|bus| bus.serve_at(PATH, service))
            .and_then(|bus| bus.name(NAME))
            .and_then(Builder::build)
            .expect("the bus takes a service");
        Self { bus, shown }
    }

    fn shown(&self) -> Vec<Shown> {
        self.shown.lock().unwrap().clone()
    }

    fn wait_for(&self, count: usize, patience: Duration) -> Shown {
        let until = Instant::now() + patience;
        while self.shown().len() < count {
            assert!(Instant::now() < until, "{count} notifications: {:?}", self.shown());
            thread::sleep(Duration::from_millis(100));
        }
        self.shown()[count - 1].clone()
    }

    /// A click on a notification; again until the window has heard it, which listens from a moment after it was shown.
    fn click_until(&self, shown: &Shown, window: &Window, address: &str) {
        window.until(&format!("the click leads to {address}"), || {
            let clicked = (shown.id, "default");
            self.bus.emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", &clicked).unwrap();
            thread::sleep(Duration::from_millis(250));
            window.address() == address
        });
    }
}

/// Calls a command of the core, as the page does.
fn call(window: &Window, command: &str, arguments: Value) -> Value {
    let script = "const done = arguments[arguments.length - 1]; \
                  window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]) \
                  .then((answer) => done({ answer }), (fault) => done({ fault }))";
    let answered = window.script_async(script, &[json!(command), arguments]);
    assert!(answered.get("fault").is_none(), "{command}: {answered}");
    answered["answer"]["data"].clone()
}

/// A workspace of one person without a history. Who they are.
fn company(window: &Window) -> String {
    let draft = json!({
        "name": "Test", "folder": window.home().join("company"), "departments": ["Sales", "Production"],
        "my_name": "Ada", "my_department": null, "language": "en", "time_zone": "Europe/Berlin",
    });
    call(window, "workspace_create", json!({ "draft": draft }));
    let read = call(window, "workspace_read", json!({}));
    let me = read["me"].as_str().expect("the founder uses this computer").to_owned();
    window.script("location.reload()", &[]);
    window.until("the page is there again", || window.text().contains("Ada"));
    me
}

/// What the clocks of the workspace show so many hours from now.
fn clock(window: &Window, hours: i32) -> String {
    let script = "return new Date(Date.now() + arguments[0] * 3600000).toLocaleTimeString('en-GB', \
                  { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' })";
    window.script(script, &[json!(hours)]).as_str().expect("a time").to_owned()
}

#[test]
fn a_reminder_waits_for_the_end_of_quiet_hours_and_leads_to_its_place() {
    let window = Window::start(&Setup::default());
    let desktop = Desktop::beside(&window);
    window.wait_for("Welcome to Plaza");
    let me = company(&window);

    window.go("/workspace/reminders");
    window.wait_for("Shown by “Test desktop”");
    window.click_text("Quiet on days on which nobody works");
    window.fill("From", &clock(&window, -1));
    window.fill("To", &clock(&window, -1));
    window.click_role("button", "Save times");
    window.wait_for("The quiet hours end when they begin");
    window.fill("To", &clock(&window, 2));
    window.click_role("button", "Save times");
    window.wait_for("The quiet hours are saved");
    window.look_at("reminders");
    window.assert_accessible("reminders");

    // An example comes whatever is set.
    window.click_role("button", "Try one now");
    let example = desktop.wait_for(1, Duration::from_secs(20));
    assert_eq!(example.summary, "This is what a reminder looks like");
    assert_eq!(example.actions.first().map(String::as_str), Some("default"), "else no click is heard");
    window.go("/");
    desktop.click_until(&example, &window, "/workspace/reminders");

    // What is due today waits for the end of the quiet hours.
    let today =
        window.script("return new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' })", &[]);
    let form = json!({
        "commitment": null, "meeting": null, "item": null, "need": null, "who": me,
        "text": "Send <b>the plan</b> & call", "due": today,
    });
    let made = call(&window, "commitment_make", json!({ "form": form }));
    let place = format!("/meeting/promises?of={}", made["commitment"].as_str().unwrap());
    window.go("/");
    thread::sleep(A_LOOK);
    assert_eq!(desktop.shown().len(), 1, "{:?}", desktop.shown());

    window.go("/workspace/reminders");
    window.click_text("Quiet hours");
    window.until("the quiet hours are off", || !window.text().contains("Save times"));
    window.go("/");
    let reminder = desktop.wait_for(2, A_LOOK);
    assert_eq!(reminder.summary, "Promised for today");
    assert_eq!(
        reminder.body, "Send &lt;b&gt;the plan&lt;/b&gt; &amp; call",
        "what people wrote is no markup"
    );
    desktop.click_until(&reminder, &window, &place);
    window.wait_for("Send <b>the plan</b> & call");
    let marked = "return document.querySelector('main li[aria-current=true]')?.innerText ?? ''";
    window.until("the promise is marked", || {
        window.script(marked, &[]).as_str().is_some_and(|text| text.contains("the plan"))
    });
    window.look_at("reminder-leads-here");
}
