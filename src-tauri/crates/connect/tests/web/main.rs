//! Web services and `OData`: what they do to a reader on bad days, first against a hostile server of the tests' own, then
//! against a real one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop at once
#![allow(clippy::pedantic)] // a case stands as it reads

#[cfg(unix)]
mod cap;
mod http;
mod network;
mod odata;
mod server;

#[cfg(unix)]
#[allow(dead_code, unused_imports)] // each program of tests starts some of them
#[path = "../../../../../tests/servers/start/mod.rs"]
mod servers;

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use plaza_connect::system::{
    Ask, Connection, CursorField, Exchange, Request, Retry, Secret, Secrets, System, SystemError, What,
};
use plaza_connect::{Cursor, ReadEnd};

/// Attempts as many as always, pauses short.
const QUICK: Retry = Retry {
    attempts: 4,
    first: Duration::from_millis(1),
    longest: Duration::from_millis(5),
    asked_longest: Duration::from_secs(5),
};

/// One attempt.
const ONCE: Retry = Retry { attempts: 1, ..QUICK };

const SECRET: &str = "gr3en/häT 7!";

fn secrets() -> Secrets {
    let mut secrets = Secrets::default();
    for slot in ["password", "token", "key", "client-secret"] {
        // A header takes plain letters only.
        let secret = if slot == "token" || slot == "key" { "gr3en/hat 7!" } else { SECRET };
        secrets.put(slot, Secret::new(secret.into()));
    }
    secrets
}

/// A conversation whose trail is kept.
struct Talk {
    cancel: AtomicBool,
    timeout: Duration,
    trail: Mutex<Vec<Exchange>>,
}

impl Talk {
    fn new() -> Self {
        Self { cancel: AtomicBool::new(false), timeout: Duration::from_secs(5), trail: Mutex::default() }
    }

    fn with<T>(&self, call: impl FnOnce(&Ask<'_>) -> T) -> T {
        let tell = |exchange| self.trail.lock().unwrap().push(exchange);
        call(&Ask { cancel: &self.cancel, timeout: self.timeout, tell: &tell })
    }

    fn trail(&self) -> Vec<Exchange> {
        self.trail.lock().unwrap().clone()
    }
}

/// A system of what an integration's text says.
fn open(connection: serde_json::Value, retry: Retry) -> Result<Box<dyn System>, SystemError> {
    match serde_json::from_value(connection).unwrap() {
        Connection::Http(service) => plaza_connect::system::http::open_with(&service, secrets(), retry),
        Connection::Odata(service) => plaza_connect::system::odata::open_with(&service, secrets(), retry),
        _ => panic!("neither a web service nor OData"),
    }
}

fn request(stream: &str, fields: &[&str]) -> Request {
    let fields = fields.iter().map(|&field| field.to_owned()).collect();
    Request { fields, page_rows: 100, ..Request::all(What::Named(stream.into())) }
}

fn by(field: &str, key: &str, overlap_seconds: u32) -> Option<CursorField> {
    Some(CursorField { field: field.into(), key: Some(key.into()), overlap_seconds })
}

/// What a read gave.
#[derive(Debug, Default)]
struct Got {
    columns: Vec<String>,
    blocks: Vec<Vec<Vec<String>>>,
    cursors: Vec<Cursor>,
}

impl Got {
    fn rows(&self) -> Vec<Vec<String>> {
        self.blocks.concat()
    }

    fn cursor(&self) -> Cursor {
        self.cursors.last().cloned().unwrap_or_default()
    }
}

/// All blocks from a position on, and how it ended.
fn read(
    system: &dyn System,
    request: &Request,
    from: &Cursor,
    talk: &Talk,
) -> (Got, Result<ReadEnd, SystemError>) {
    let mut got = Got::default();
    let end = talk.with(|ask| {
        system.read(request, from, ask, &mut |block| {
            got.columns.clone_from(&block.columns);
            let cells = block.cells().unwrap();
            assert_eq!(cells.len() as u64, block.rows);
            got.blocks.push(cells);
            // A position is kept as text.
            got.cursors.push(block.cursor.to_string().parse().unwrap());
            ControlFlow::Continue(())
        })
    });
    (got, end)
}

fn whole(system: &dyn System, request: &Request, from: &Cursor) -> Got {
    let (got, end) = read(system, request, from, &Talk::new());
    assert_eq!(end.unwrap(), ReadEnd::Complete);
    got
}

/// What every read keeps: it goes on behind each of its blocks, stops when it is told to, shows its first rows, and
/// refuses positions of others.
fn goes_on_behind_each_block(system: &dyn System, request: &Request) -> Vec<Vec<String>> {
    let got = whole(system, request, &Cursor::start());
    for (index, cursor) in got.cursors.iter().enumerate().take(got.cursors.len() - 1) {
        let rest = whole(system, request, cursor);
        assert_eq!(rest.rows(), got.blocks[index + 1..].concat(), "behind block {index}");
        assert_eq!(rest.cursor(), got.cursor(), "behind block {index}");
    }
    let talk = Talk::new();
    let stopped = talk
        .with(|ask| system.read(request, &Cursor::start(), ask, &mut |_| ControlFlow::Break(())).unwrap());
    assert_eq!(stopped, ReadEnd::Stopped);
    let preview = talk.with(|ask| system.preview(request, 3, ask)).unwrap();
    let first: Vec<Vec<String>> = preview.rows.into_iter().map(|(_, cells)| cells).collect();
    assert_eq!(first, got.rows()[..3]);
    for bad in ["elsewhere", "{}", r#"{"of":"0000000000000000"}"#] {
        let (_, end) = read(system, request, &bad.parse().unwrap(), &talk);
        assert_eq!(end.unwrap_err().code(), "bad_cursor");
    }
    got.rows()
}
