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

/// How soon a click shows on a busy machine, before it is made again.
const CLICK_SHOWS: Duration = Duration::from_secs(3);

/// How long work may take that is more than a step: the sample company, a pull, ten thousand rows on a busy machine.
const LONG_PATIENCE: Duration = Duration::from_secs(240);

/// The first start of a web view on a cold disk sometimes gives up; a second one then works.
const START_TRIES: u32 = 3;

/// Finds texts that are cut, and things that stand out of the window.
const CUT: &str = include_str!("cut.js");

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
    /// Another build of the program than the one that is tested.
    pub program: Option<PathBuf>,
    /// How many days ahead of today the window lives.
    pub days_ahead: u32,
}

/// One window with a home, display and driver of its own; everything ends when it is dropped.
pub struct Window {
    session: Session,
    home: Rc<TempDir>,
    _driver: Driver,
    _display: Display,
}

/// What moves and will come to rest.
const MOVING: &str = "return document.getAnimations().filter(one => one.playState === 'running' \
    && Number.isFinite(one.effect?.getComputedTiming().endTime)).length";

/// Where pictures are kept for whoever looks at what the tests saw.
pub fn pictures() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    fs::create_dir_all(&folder).expect("the folder for pictures can be made");
    folder
}

impl Window {
    /// Starts Plaza in an empty home.
    pub fn start(setup: &Setup) -> Self {
        Self::start_in(Rc::new(tempfile::tempdir().expect("a folder can be made")), setup)
    }

    /// Starts Plaza in a home that was used before.
    pub fn start_in(home: Rc<TempDir>, setup: &Setup) -> Self {
        let display = Display::start();
        let tested = Path::new(env!("CARGO_BIN_EXE_plaza-desktop"));
        let program = setup.program.as_deref().unwrap_or(tested);
        let mut last = None;
        for _ in 0..START_TRIES {
            let driver = Driver::start(&display, home.path(), setup.colours, setup.days_ahead);
            match Session::start(driver.port, program, &setup.arguments) {
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

    /// What a script hands to its callback, its last argument.
    pub fn script_async(&self, body: &str, arguments: &[Value]) -> Value {
        self.session
            .execute_async(&format!("{FINDERS}\n{body}"), arguments)
            .unwrap_or_else(|fault| panic!("{fault}"))
    }

    /// Turns the wheel over the first visible match of a selector; `down` in pixels.
    pub fn scroll(&self, selector: &str, down: i32) {
        let over = self.act(selector, "return byCss(arguments[0])", &[json!(selector)]);
        self.session.scroll(&over, down).unwrap_or_else(|fault| panic!("scrolling: {fault}"));
        self.settle();
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

    /// Waits for long work to show its end.
    pub fn wait_long_for(&self, text: &str) {
        let patience = Instant::now() + LONG_PATIENCE;
        while !self.text().contains(text) {
            assert!(Instant::now() < patience, "waited in vain for “{text}”\n{}", self.text());
            thread::sleep(Duration::from_millis(200));
        }
        self.settle();
    }

    /// Waits for a text.
    pub fn wait_for(&self, text: &str) {
        self.until(&format!("“{text}” is shown"), || self.text().contains(text));
    }

    /// Goes to an address of the page, as a link would.
    pub fn go(&self, address: &str) {
        self.script("location.hash = arguments[0]", &[json!(address)]);
        self.settle();
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        self.script("return location.hash.slice(1) || '/'", &[]).as_str().unwrap_or_default().to_owned()
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
                // It lies under something that stays at the window's edge: a person scrolls on.
                Err(Fault::Refused { error, .. })
                    if Instant::now() < patience && error.contains("intercepted") =>
                {
                    let center = format!(
                        "{FINDERS}\nconst found = (function () {{ {finder} }})(...arguments); found?.scrollIntoView({{ block: 'center' }})"
                    );
                    self.session
                        .execute(&center, arguments)
                        .unwrap_or_else(|fault| panic!("{what}: {fault}"));
                }
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

    /// Clicks the first visible match of a selector until that shows: a page that is still being read may move between
    /// the driver's aim and its click.
    pub fn click_css_until(&self, selector: &str, what: &str, holds: impl Fn() -> bool) {
        self.wait_until_read();
        let patience = Instant::now() + PATIENCE;
        loop {
            let script = format!("{FINDERS}\nreturn byCss(arguments[0])");
            // What is not there yet, or lies under something, is clicked the next time.
            if let Ok(Some(element)) = self.session.element(&script, &[json!(selector)]) {
                drop(self.session.click(&element));
            }
            let again = Instant::now() + CLICK_SHOWS;
            while Instant::now() < again {
                if holds() {
                    return;
                }
                thread::sleep(Duration::from_millis(50));
            }
            if Instant::now() > patience {
                self.keep_picture("failed");
                panic!("clicked in vain: {what}\nthe page says:\n{}", self.text());
            }
        }
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
        self.nudge(
            "setInterval(() => { dot.style.background = dot.style.background ? '' : 'currentcolor' }, 40)",
        )?;
        let picture = self.session.picture();
        self.nudge("0")?;
        let bytes = BASE64.decode(picture?).unwrap_or_default();
        let path = pictures().join(format!("{name}.png"));
        fs::write(&path, &bytes).expect("a picture can be kept");
        Ok((path, colours(&bytes)))
    }

    /// Has a page that stands still painted again and again, one pixel of it: the driver waits for the next frame, and
    /// without a graphics card there is none while nothing changes.
    fn nudge(&self, again: &str) -> Result<(), Fault> {
        let dot = "const id = 'nudge'; clearInterval(window.nudging); document.getElementById(id)?.remove(); \
            const dot = document.createElement('div'); dot.id = id; dot.setAttribute('aria-hidden', 'true'); \
            dot.style.cssText = 'position:fixed;right:0;bottom:0;width:1px;height:1px;pointer-events:none'; \
            document.body.append(dot); window.nudging = ";
        self.session.execute(&format!("{dot}{again}; return 0"), &[]).map(drop)
    }

    /// What axe-core finds against WCAG 2.2 AA: impact, rule and place, one line each. What was announced to screen
    /// readers and stays for a moment afterwards is not looked at: it may name a button that has gone since.
    pub fn axe(&self) -> Vec<String> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
        let source = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let run = "const done = arguments[arguments.length - 1]; \
            const page = { include: document, exclude: '[data-live-announcer]' }; \
            axe.run(page, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }) \
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

    /// Fails when a text is cut, or something stands out of the window sideways.
    pub fn assert_nothing_cut(&self, page: &str) {
        let found = self.script(&format!("{CUT}\nreturn cut()"), &[]);
        let lines: Vec<&str> = found.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if !lines.is_empty() {
            self.keep_picture(&format!("cut-{}", page.replace([' ', '/'], "-")));
        }
        assert!(lines.is_empty(), "{page}:\n{}", lines.join("\n"));
    }

    /// Answers the next question of the system's own dialogs for files: no driver reaches those.
    pub fn answer_dialog(&self, path: &Path) {
        let answer = "const [path] = arguments; \
            const asked = window.__asked ??= window.fetch; \
            window.fetch = (address, rest) => { \
                if (!/plugin%3Adialog%7C(open|save)$/.test(String(address))) return asked(address, rest); \
                window.fetch = asked; \
                const several = /\"multiple\":true/.test(typeof rest.body === 'string' ? rest.body : new TextDecoder().decode(rest.body)); \
                return Promise.resolve(new Response(JSON.stringify(several ? [path] : path), \
                    { headers: { 'Content-Type': 'application/json', 'Tauri-Response': 'ok' } })); \
            }";
        self.script(answer, &[json!(path.display().to_string())]);
    }

    /// What the window shows now is whole, accessible in the light and in the dark, and kept as a picture of both.
    pub fn look_at(&self, name: &str) {
        self.wait_until_read();
        self.assert_well(name);
        self.assert_nothing_cut(name);
        let mut papers = Vec::new();
        for colours in ["light", "dark"] {
            self.script("document.documentElement.dataset.theme = arguments[0]", &[json!(colours)]);
            self.until("everything has come to rest", || self.script(MOVING, &[]) == json!(0));
            self.screenshot(&format!("{name}-{colours}"));
            self.assert_accessible(&format!("{name} ({colours})"));
            papers.push(self.script("return getComputedStyle(document.body).backgroundColor", &[]));
        }
        assert_ne!(papers[0], papers[1], "{name} is not dark in the dark");
        self.script("delete document.documentElement.dataset.theme", &[]);
        self.settle();
    }

    /// Fails when the page shows an error, a text that nobody wrote, or a value that is none.
    pub fn assert_well(&self, page: &str) {
        let alert = self.script("return document.querySelector('[role=alert]')?.innerText ?? null", &[]);
        assert_eq!(alert, json!(null), "{page} shows an error");
        let text = self.text();
        for unwritten in ["undefined", "NaN", "null", "{{", "Invalid Date"] {
            assert!(!text.contains(unwritten), "{page} says “{unwritten}”:\n{text}");
        }
    }

    /// Waits until nothing is being read any more.
    pub fn wait_until_read(&self) {
        self.until("everything is read", || {
            self.script("return document.querySelector('[aria-busy=true]') === null", &[]) == json!(true)
        });
        self.settle();
    }

    /// From now on keeps what the content security policy refuses, until the document goes. An inline script that
    /// must be refused shows that the watch hears; then the page's own files are asked for once more, because what
    /// the start was refused was refused before anybody watched.
    pub fn watch_policy(&self) {
        let watch = "window.__refused = []; \
            addEventListener('securitypolicyviolation', (event) => window.__refused.push( \
                `${event.effectiveDirective} ${event.blockedURI}`)); \
            const inline = document.createElement('script'); \
            inline.textContent = 'window.__ran = true'; \
            document.head.append(inline)";
        self.script(watch, &[]);
        self.until("an inline script is refused", || {
            self.script("return window.__refused", &[]) == json!(["script-src-elem inline"])
        });
        // A script is fetched, not run again: two pages in one window would fight.
        let again = "const done = arguments[arguments.length - 1]; \
            window.__refused.length = 0; \
            const own = [...document.querySelectorAll('link[rel=stylesheet], script[src]')]; \
            const loads = own.map((each) => each.src ? fetch(each.src).catch(() => {}) : new Promise((resolve) => { \
                const copy = each.cloneNode(); \
                copy.onload = copy.onerror = () => { copy.remove(); resolve(); }; \
                document.head.append(copy); \
            })); \
            Promise.all(loads).then(() => document.fonts.ready).then(() => done([own.length, window.__ran ?? null]))";
        let asked = self.session.execute_async(again, &[]).unwrap_or_else(|fault| panic!("{fault}"));
        assert!(asked[0].as_u64() > Some(1), "the page has files of its own: {asked}");
        assert_eq!(asked[1], json!(null), "an inline script ran");
    }

    /// Fails when the content security policy refused something since [`Self::watch_policy`].
    pub fn assert_policy_kept(&self) {
        let refused = self.script("return window.__refused ?? ['nobody watched']", &[]);
        assert_eq!(refused, json!([]), "the content security policy refused something");
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
