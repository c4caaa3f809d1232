//! A window of Plaza as a person meets it: what it shows, what can be clicked and typed.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::display::{Colours, Display, Driver};
use crate::webdriver::{Element, Fault, Session};

/// How long something may take to appear on a busy machine; far more than a person would wait.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The first start of a web view on a cold disk sometimes gives up; a second one then works.
const START_TRIES: u32 = 3;

/// Finds what can be seen and used on the page; each function gets the text as a person reads it.
const FINDERS: &str = include_str!("finders.js");

/// How a window is started.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// The command line.
    pub arguments: Vec<String>,
    /// The system's colours.
    pub colours: Colours,
    /// Width and height; 1280 × 800 unless told.
    pub size: Option<(u32, u32)>,
}

/// One window with a home, display and driver of its own; everything ends when it is dropped.
pub struct Window {
    session: Session,
    home: Rc<TempDir>,
    _driver: Driver,
    _display: Display,
}

impl Window {
    /// Starts Plaza in an empty home.
    pub fn start(setup: &Setup) -> Self {
        Self::start_in(Rc::new(tempfile::tempdir().expect("a folder can be made")), setup)
    }

    /// Starts Plaza in a home that was used before.
    pub fn start_in(home: Rc<TempDir>, setup: &Setup) -> Self {
        let display = Display::start();
        let mut last = None;
        for _ in 0..START_TRIES {
            let driver = Driver::start(&display, home.path(), setup.colours);
            match Session::start(driver.port, env!("CARGO_BIN_EXE_plaza-desktop"), &setup.arguments) {
                Ok(session) => {
                    let window = Self { session, home, _driver: driver, _display: display };
                    let (width, height) = setup.size.unwrap_or((1280, 800));
                    window.resize(width, height);
                    window.until("the page is there", || {
                        window.script("return document.querySelector('#root')?.childElementCount > 0", &[])
                            == json!(true)
                    });
                    return window;
                }
                Err(fault) => last = Some(fault),
            }
        }
        let log = fs::read_to_string(home.path().join("driver.log")).unwrap_or_default();
        panic!("the window did not start: {last:?}\n{log}");
    }

    /// Closes the window and gives its home back, for a second start in it.
    pub fn close(self) -> Rc<TempDir> {
        self.session.end().expect("the window closes");
        Rc::clone(&self.home)
    }

    /// The folder that the program takes for the person's home.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The result of the body of a JavaScript function.
    pub fn script(&self, body: &str, arguments: &[Value]) -> Value {
        self.session
            .execute(&format!("{FINDERS}\n{body}"), arguments)
            .unwrap_or_else(|fault| panic!("{fault}"))
    }

    /// Waits until something holds.
    pub fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let patience = Instant::now() + PATIENCE;
        while !holds() {
            if Instant::now() > patience {
                self.keep_picture("failed");
                panic!("waited in vain: {what}\nthe page says:\n{}", self.text());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Everything that can be read on the page.
    pub fn text(&self) -> String {
        self.script("return document.body.innerText", &[]).as_str().unwrap_or_default().to_owned()
    }

    /// Waits for a text.
    pub fn wait_for(&self, text: &str) {
        self.until(&format!("“{text}” is shown"), || self.text().contains(text));
    }

    /// Goes to an address of the page, as a link would.
    pub fn go(&self, address: &str) {
        self.script(
            "history.pushState(null, '', arguments[0]); dispatchEvent(new PopStateEvent('popstate'))",
            &[json!(address)],
        );
        self.settle();
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        self.script("return location.pathname + location.search + location.hash", &[])
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    fn act(&self, what: &str, finder: &str, arguments: &[Value]) -> Element {
        let script = format!("{FINDERS}\n{finder}");
        let patience = Instant::now() + PATIENCE;
        loop {
            match self.session.element(&script, arguments) {
                Ok(Some(element)) => return element,
                Ok(None) => {}
                Err(fault) => panic!("{what}: {fault}"),
            }
            if Instant::now() > patience {
                self.keep_picture("failed");
                panic!("not found: {what}\nthe page says:\n{}", self.text());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn click(&self, what: &str, finder: &str, arguments: &[Value]) {
        let patience = Instant::now() + PATIENCE;
        loop {
            let element = self.act(what, finder, arguments);
            match self.session.click(&element) {
                Ok(()) => return self.settle(),
                // The page was drawn anew between finding and clicking.
                Err(Fault::Refused { error, .. })
                    if Instant::now() < patience
                        && (error.contains("stale") || error.contains("not interactable")) => {}
                Err(fault) => panic!("{what}: {fault}"),
            }
        }
    }

    /// Clicks what has this role (`button`, `link`, `row`, …) and name.
    pub fn click_role(&self, role: &str, name: &str) {
        self.click(
            &format!("{role} “{name}”"),
            "return byRole(arguments[0], arguments[1])",
            &[json!(role), json!(name)],
        );
    }

    /// Clicks the smallest thing that shows this text.
    pub fn click_text(&self, text: &str) {
        self.click(&format!("“{text}”"), "return byText(arguments[0])", &[json!(text)]);
    }

    /// Clicks the first visible match of a selector; for what has no name.
    pub fn click_css(&self, selector: &str) {
        self.click(selector, "return byCss(arguments[0])", &[json!(selector)]);
    }

    /// Whether something with this role and name can be seen now.
    pub fn shows(&self, role: &str, name: &str) -> bool {
        let found =
            self.script("return byRole(arguments[0], arguments[1]) !== null", &[json!(role), json!(name)]);
        found == json!(true)
    }

    /// Replaces what the field with this name contains.
    pub fn fill(&self, name: &str, text: &str) {
        self.click(&format!("the field “{name}”"), "return byLabel(arguments[0])", &[json!(name)]);
        self.press("Control+a");
        self.type_text(text);
    }

    /// Types into what has the focus.
    pub fn type_text(&self, text: &str) {
        self.session.type_text(text).unwrap_or_else(|fault| panic!("typing “{text}”: {fault}"));
        self.settle();
    }

    /// Presses a key: `Tab`, `Enter`, `f`, `Control+k`.
    pub fn press(&self, key: &str) {
        let keys: Vec<String> = key.split('+').map(|part| key_code(part).to_owned()).collect();
        self.session.press(&keys).unwrap_or_else(|fault| panic!("pressing {key}: {fault}"));
        self.settle();
    }

    /// What has the focus: its role and name.
    pub fn focus(&self) -> String {
        self.script("return describe(document.activeElement)", &[]).as_str().unwrap_or_default().to_owned()
    }

    /// Sets the size of the page in pixels.
    pub fn resize(&self, width: u32, height: u32) {
        self.session.resize(width, height).unwrap_or_else(|fault| panic!("resizing: {fault}"));
        self.settle();
    }

    /// Waits for two frames: what the document says is then painted.
    pub fn settle(&self) {
        let frames = "const done = arguments[arguments.length - 1]; \
                      requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        self.session
            .execute_async(frames, &[])
            .unwrap_or_else(|fault| panic!("no frame is painted: {fault}"));
    }

    /// Keeps a picture in `target/screenshots/NAME.png`.
    pub fn screenshot(&self, name: &str) -> PathBuf {
        self.settle();
        let (path, colours) = self.picture(name).unwrap_or_else(|fault| panic!("no picture: {fault}"));
        assert!(colours > 1, "the window is blank: {}", path.display());
        path
    }

    fn keep_picture(&self, name: &str) {
        let thread = thread::current();
        let test = thread.name().unwrap_or("window").replace("::", "-");
        // Only a help for whoever looks into the failure that is being reported.
        let _ = self.picture(&format!("{name}-{test}"));
    }

    fn picture(&self, name: &str) -> Result<(PathBuf, usize), Fault> {
        let bytes = BASE64.decode(self.session.picture()?).unwrap_or_default();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        fs::create_dir_all(&folder).expect("the folder for pictures can be made");
        let path = folder.join(format!("{name}.png"));
        fs::write(&path, &bytes).expect("a picture can be kept");
        Ok((path, colours(&bytes)))
    }

    /// What axe-core finds against WCAG 2.2 AA: impact, rule and place, one line each.
    pub fn axe(&self) -> Vec<String> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
        let source = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let run = "const done = arguments[arguments.length - 1]; \
            axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }) \
            .then((found) => done(found.violations.flatMap((rule) => rule.nodes.map((node) => \
                `${rule.impact}: ${rule.id} at ${node.target.join(' ')}: ${node.failureSummary}`))), \
                (error) => done([`critical: axe failed: ${error}`]))";
        let found = self
            .session
            .execute_async(&format!("{source}\n{run}"), &[])
            .unwrap_or_else(|fault| panic!("axe: {fault}"));
        let lines = found.as_array().cloned().unwrap_or_default();
        lines.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect()
    }

    /// Fails when axe-core finds anything serious or critical.
    pub fn assert_accessible(&self, page: &str) {
        let grave: Vec<String> = self
            .axe()
            .into_iter()
            .filter(|line| line.starts_with("serious") || line.starts_with("critical"))
            .collect();
        assert!(grave.is_empty(), "{page}:\n{}", grave.join("\n"));
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if thread::panicking() {
            self.keep_picture("last");
        }
    }
}

/// How many different pixels a picture has, counted up to two.
fn colours(png: &[u8]) -> usize {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let Ok(mut reader) = decoder.read_info() else { return 0 };
    let mut pixels = vec![0; reader.output_buffer_size().unwrap_or(0)];
    let Ok(frame) = reader.next_frame(&mut pixels) else { return 0 };
    let width = frame.color_type.samples();
    let mut all = pixels.chunks_exact(width);
    let first = all.next();
    if first.is_none() { 0 } else { 1 + usize::from(all.any(|pixel| Some(pixel) != first)) }
}

/// The protocol's signs for keys without a letter.
fn key_code(name: &str) -> &str {
    match name {
        "Tab" => "\u{E004}",
        "Enter" => "\u{E007}",
        "Shift" => "\u{E008}",
        "Control" => "\u{E009}",
        "Alt" => "\u{E00A}",
        "Escape" => "\u{E00C}",
        "Space" => " ",
        "PageUp" => "\u{E00E}",
        "PageDown" => "\u{E00F}",
        "End" => "\u{E010}",
        "Home" => "\u{E011}",
        "ArrowLeft" => "\u{E012}",
        "ArrowUp" => "\u{E013}",
        "ArrowRight" => "\u{E014}",
        "ArrowDown" => "\u{E015}",
        "Delete" => "\u{E017}",
        "Backspace" => "\u{E003}",
        other => other,
    }
}
