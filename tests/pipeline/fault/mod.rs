//! Every bad day of a system, on the way that every pull takes: it ends in words that a person understands, what was
//! counted before stays, another integration is pulled meanwhile, and when the system is well again nothing is missing
//! and nothing is there twice.

mod clock;
mod pages;
#[cfg(unix)]
mod tap;
mod web;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use plaza_domain::event::Payload;
use plaza_engine::page::integration::RunView;
use plaza_engine::pull::{Watch, pull_saved};
use plaza_engine::week::tallies_hold;
use plaza_engine::words::Language;

use crate::bench::{Bench, FLAT, HEAD};
use crate::wire::{Heard, Reply, Server, json};

/// What a service answers at the moment.
type Script = Arc<dyn Fn(&Heard) -> Reply + Send + Sync>;

/// A service whose answers a test changes while it runs.
struct Service {
    server: Server,
    script: Arc<Mutex<Script>>,
}

impl Service {
    fn new(script: Script) -> Self {
        let script = Arc::new(Mutex::new(script));
        let now = script.clone();
        let server = Server::new(move |heard| {
            let says = now.lock().unwrap().clone();
            says(heard)
        });
        Self { server, script }
    }

    fn says(&self, script: Script) {
        *self.script.lock().unwrap() = script;
    }
}

/// Waits for no system longer than this.
struct Hasty {
    silence: Duration,
    cancel: AtomicBool,
}

impl Watch for Hasty {
    fn progress(&self, _: &str, _: u64, _: u64) {}

    fn cancel(&self) -> &AtomicBool {
        &self.cancel
    }

    fn silence(&self) -> Duration {
        self.silence
    }
}

/// Long enough for a service of this computer however busy it is: what is asked of those that stay silent waits less.
const PATIENCE: Duration = Duration::from_secs(10);

fn hasty() -> Hasty {
    within(PATIENCE)
}

fn within(silence: Duration) -> Hasty {
    Hasty { silence, cancel: AtomicBool::new(false) }
}

/// A line as the service knows it: odd ones arrive on the promised day, even ones a day later.
fn row(number: usize) -> String {
    let delivered = if number % 2 == 1 { "2026-03-16" } else { "2026-03-17" };
    format!(
        r#"{{"id":{number},"order":"A{number}","line":1,"ordered":"2026-03-02","promised":"2026-03-16","produced":"2026-03-06","delivered":"{delivered}","quantity":5,"changed":"2026-03-17T{:02}:{:02}:00Z"}}"#,
        number / 60,
        number % 60
    )
}

fn rows(count: usize) -> Vec<String> {
    (1..=count).map(row).collect()
}

/// The page that is asked for, of the rows that changed since.
fn page(rows: &[String], heard: &Heard) -> Reply {
    let since = heard.parameter("since").unwrap_or_default();
    let changed = |row: &&String| {
        let text = row.split("\"changed\":\"").nth(1).unwrap();
        &text[..16] >= since.get(..16).unwrap_or_default()
    };
    let (number, size) = (heard.number("page"), heard.number("size"));
    let page: Vec<&str> =
        rows.iter().filter(changed).skip((number - 1) * size).take(size).map(String::as_str).collect();
    json(format!("[{}]", page.join(",")))
}

/// A service that is well and has so many rows.
fn well(count: usize) -> Script {
    let rows = rows(count);
    Arc::new(move |heard| page(&rows, heard))
}

/// An integration that asks a service page by page for what changed.
fn asking(url: &str) -> String {
    let connection = format!(
        "[connection]\nkind = \"http\"\nurl = \"{url}\"\nstreams = [\"lines\"]\nerror = \"$.error\"\ncursor_parameter = \"since\"\n\
         paging = {{ kind = \"page\", parameter = \"page\", limit_parameter = \"size\" }}\n\n[route]"
    );
    let from = "name = \"lines\", cursor = \"changed\", key = \"id\", page_rows = 100";
    of_system("web", &connection, from)
        .replace("line = \"line\"", "line = \"line\"\nchanged_at = \"changed\"")
}

/// The flat integration, asked of a system.
pub(crate) fn of_system(id: &str, connection: &str, from: &str) -> String {
    FLAT.replace("id = \"flat\"", &format!("id = \"{id}\""))
        .replace("system = \"ERP\"", &format!("system = \"{id}\""))
        .replace("files = [\"lines*.csv\"]", &format!("from = {{ {from} }}"))
        .replace("delivery = \"snapshot\"", "delivery = \"increment\"")
        .replace("snapshot_date = \"lines_{yyyy-MM-dd}.csv\"", "")
        .replacen("[route]", connection, 1)
}

/// A workspace with an integration that asks, and another whose rows are in a file.
struct Company {
    bench: Bench,
    asks: String,
    version: std::cell::Cell<u32>,
}

/// Lines of the other integration.
const OTHERS: usize = 3;

impl Company {
    fn new(asks: &str) -> Self {
        let bench = Bench::new();
        let company = Self { bench, asks: id_of(asks), version: std::cell::Cell::new(0) };
        company.save(asks);
        let files = company.bench.files.path().join("lines*.csv").display().to_string().replace('\\', "/");
        company.bench.save("other", FLAT.replace("\"flat\"", "\"other\"").replace("lines*.csv", &files));
        company.write(23);
        pull_saved(&company.bench.workspace, "other", &hasty()).unwrap();
        company
    }

    /// Keeps the definition.
    fn save(&self, toml: &str) {
        self.version.set(self.version.get() + 1);
        let saved = Payload::IntegrationSaved {
            integration: self.asks.as_str().into(),
            version: self.version.get(),
            toml: toml.to_owned(),
            note: String::new(),
        };
        self.bench.workspace.act([saved]).unwrap();
    }

    /// The other integration's file of a day of March.
    fn write(&self, day: u32) {
        let rows: String = (1..=OTHERS)
            .map(|line| format!("B,{line},2026-03-02,2026-03-16,2026-03-06,2026-03-16,5\n"))
            .collect();
        self.bench.write(&format!("lines_2026-03-{day}.csv"), &format!("{HEAD}{rows}"));
    }

    /// It is pulled, and fails; the other one is pulled at the same time. Gives why.
    fn fails(&self) -> String {
        self.fails_within(PATIENCE)
    }

    /// The same, and silence counts as failed after less.
    fn fails_within(&self, silence: Duration) -> String {
        let (kept, journeys) = (self.bench.kept(), self.journeys());
        self.write(24);
        let error = std::thread::scope(|scope| {
            let (workspace, id) = (&self.bench.workspace, &self.asks);
            let asks = scope.spawn(move || pull_saved(workspace, id, &within(silence)).unwrap_err());
            let other = pull_saved(workspace, "other", &hasty()).unwrap();
            assert_eq!(
                other.records.same,
                2 * OTHERS as i64,
                "the other is not disturbed: the same on two days"
            );
            asks.join().unwrap()
        });
        let words = error.to_string();
        let run = RunView::list(&self.bench.workspace, &self.asks, Language::En).unwrap().remove(0);
        assert_eq!((run.state.as_str(), run.error.as_deref()), ("failed", Some(words.as_str())));
        assert_eq!((self.bench.kept(), self.journeys()), (kept, journeys), "what was counted stays: {words}");
        words
    }

    /// It works again: the system has so many lines, and each is here once.
    fn is_whole(&self, count: usize) {
        pull_saved(&self.bench.workspace, &self.asks, &hasty()).unwrap();
        self.has(count);
    }

    fn has(&self, count: usize) {
        assert_eq!(self.journeys(), (count + OTHERS) as i64);
        let (kept, all) = (count.div_ceil(2) + OTHERS, count + OTHERS);
        assert_eq!(self.bench.kept()["2026-W12"], (kept as i64, all as i64), "nothing lost, nothing doubled");
        assert!(tallies_hold(&self.bench.workspace).unwrap());
        assert_eq!(self.bench.waiting().len(), 0);
    }

    fn journeys(&self) -> i64 {
        self.bench.workspace.intake_reader().unwrap().view().journey_count().unwrap()
    }

    /// The bytes of answers that are kept, but not counted yet.
    fn answers_bytes(&self) -> u64 {
        let folder = self.bench.workspace.folder().join("answers").join(&self.asks);
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum()
    }
}

fn id_of(toml: &str) -> String {
    toml.split("id = \"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}
