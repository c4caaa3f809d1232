//! The WebDriver protocol, as far as the tests speak it: blocking, each call with a time-out.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

/// The key of an element's reference in the protocol.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// No step of a test may take longer than this.
const CALL_TIMEOUT: Duration = Duration::from_mins(1);

/// Why a call had no result.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The driver does not answer, or not in time.
    #[error("the driver does not answer: {0}")]
    Transport(#[from] ureq::Error),
    /// The driver refused.
    #[error("{error}: {message}")]
    Refused { error: String, message: String },
    /// The driver answered something else than the protocol says.
    #[error("unexpected answer: {0}")]
    Answer(Value),
}

/// A thing on the page.
#[derive(Clone, Debug)]
pub struct Element(String);

/// A session: one window.
pub struct Session {
    agent: ureq::Agent,
    base: String,
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(CALL_TIMEOUT))
        .build()
        .into()
}

fn value(mut answer: ureq::http::Response<ureq::Body>) -> Result<Value, Fault> {
    // A page's text and a picture may be large; the largest screen's picture stays far below this.
    let mut body: Value = answer.body_mut().with_config().limit(64 << 20).read_json()?;
    let value = body["value"].take();
    if answer.status().is_success() {
        return Ok(value);
    }
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    Err(Fault::Refused { error: text("error"), message: text("message") })
}

/// Whether a driver listens at `port` and takes sessions.
pub fn is_ready(port: u16) -> bool {
    let answer = agent().get(format!("http://127.0.0.1:{port}/status")).call();
    answer.ok().and_then(|answer| value(answer).ok()).is_some_and(|status| status["ready"] == json!(true))
}

impl Session {
    /// Starts the program `binary` with `arguments` in a new session.
    pub fn start(port: u16, binary: &Path, arguments: &[String]) -> Result<Self, Fault> {
        let agent = agent();
        let options = json!({ "binary": binary, "args": arguments });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let answer = value(agent.post(format!("http://127.0.0.1:{port}/session")).send_json(wanted)?)?;
        let Some(id) = answer["sessionId"].as_str() else { return Err(Fault::Answer(answer)) };
        let session = Self { agent, base: format!("http://127.0.0.1:{port}/session/{id}") };
        session.post("/timeouts", &json!({ "script": 55_000, "pageLoad": 20_000, "implicit": 0 }))?;
        Ok(session)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, Fault> {
        value(self.agent.post(format!("{}{path}", self.base)).send_json(body)?)
    }

    fn get(&self, path: &str) -> Result<Value, Fault> {
        value(self.agent.get(format!("{}{path}", self.base)).call()?)
    }

    /// Ends the session and the program.
    pub fn end(&self) -> Result<(), Fault> {
        value(self.agent.delete(&self.base).call()?).map(drop)
    }

    /// The body of a function, its arguments in `arguments`; its result.
    pub fn execute(&self, script: &str, arguments: &[Value]) -> Result<Value, Fault> {
        self.post("/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// The same with a callback as the last argument.
    pub fn execute_async(&self, script: &str, arguments: &[Value]) -> Result<Value, Fault> {
        self.post("/execute/async", &json!({ "script": script, "args": arguments }))
    }

    /// The element that a script returns, if it returns one.
    pub fn element(&self, script: &str, arguments: &[Value]) -> Result<Option<Element>, Fault> {
        let found = self.execute(script, arguments)?;
        Ok(found[ELEMENT].as_str().map(|id| Element(id.to_owned())))
    }

    /// Clicks as the mouse does.
    pub fn click(&self, element: &Element) -> Result<(), Fault> {
        self.post(&format!("/element/{}/click", element.0), &json!({})).map(drop)
    }

    /// Presses keys together (the first ones held), then lets them go.
    pub fn press(&self, keys: &[String]) -> Result<(), Fault> {
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        let actions: Vec<Value> = down.chain(up).collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.post("/actions", &json!({ "actions": [keyboard] })).map(drop)
    }

    /// Presses one key after another.
    pub fn type_text(&self, text: &str) -> Result<(), Fault> {
        let actions: Vec<Value> = text
            .chars()
            .flat_map(|key| {
                ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() }))
            })
            .collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.post("/actions", &json!({ "actions": [keyboard] })).map(drop)
    }

    /// Turns the wheel over an element.
    pub fn scroll(&self, over: &Element, down: i32) -> Result<(), Fault> {
        let origin = json!({ ELEMENT: over.0 });
        let turn = json!({ "type": "scroll", "origin": origin, "x": 0, "y": 0, "deltaX": 0, "deltaY": down, "duration": 0 });
        let wheel = json!({ "type": "wheel", "id": "wheel", "actions": [turn] });
        self.post("/actions", &json!({ "actions": [wheel] })).map(drop)
    }

    /// Sets the window's outer size in pixels.
    pub fn resize(&self, width: u32, height: u32) -> Result<(), Fault> {
        self.post("/window/rect", &json!({ "x": 0, "y": 0, "width": width, "height": height })).map(drop)
    }

    /// A picture of the page as a PNG file in base 64.
    pub fn picture(&self) -> Result<String, Fault> {
        let answer = self.get("/screenshot")?;
        answer.as_str().map(str::to_owned).ok_or(Fault::Answer(answer))
    }
}
