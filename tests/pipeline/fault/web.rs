//! What a web service and the network before it do wrong.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use super::{Company, Script, Service, asking, page, rows, well};
use crate::wire::{Reply, answer, json, raw};

/// What is wrong.
enum Fault {
    /// The service answers like this.
    Says(Script),
    /// It drips, a byte at a time, and never ends.
    Drips,
    /// Something else is there, or nothing.
    At(String),
}

/// How long a silence counts as one where an answer never ends: a fault that lasts ten times as long as this.
const SHORT: Duration = Duration::from_millis(300);

fn says(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Fault {
    Fault::Says(Arc::new(move |_| reply()))
}

/// A fault passes over a company that was well, and it is well again.
fn passes(fault: Fault, words: &str) {
    let service = Service::new(well(150));
    let asks = asking(&service.server.url());
    let company = Company::new(&asks);
    company.is_whole(150);
    let said = match fault {
        Fault::Says(script) => {
            service.says(script);
            company.fails()
        }
        Fault::Drips => {
            service.says(Arc::new(|_| drips()));
            company.fails_within(SHORT)
        }
        Fault::At(url) => {
            company.save(&asking(&url));
            company.fails()
        }
    };
    assert!(said.starts_with("web: ") && said.contains(words), "{said}");
    assert!(said.len() < 700, "a person reads this: {said}");
    assert!(company.answers_bytes() < 1_000_000, "{said}");
    service.says(well(250));
    company.save(&asks);
    company.is_whole(250);
}

/// All at once: most of the time is pauses between attempts.
fn all_pass(cases: Vec<(Fault, &'static str)>) {
    std::thread::scope(|scope| {
        for (fault, words) in cases {
            let name = words.to_owned();
            std::thread::Builder::new().name(name).spawn_scoped(scope, move || passes(fault, words)).unwrap();
        }
    });
}

/// A byte now and then, without end.
fn drips() -> Reply {
    Box::new(|wire| {
        let mut sent = wire.write_all(b"HTTP/1.1 200 x\r\nContent-Length: 1000000\r\n\r\n");
        while sent.is_ok() {
            sent = wire.write_all(b" ").and_then(|()| wire.flush());
            std::thread::sleep(SHORT / 10);
        }
    })
}

/// The first half of an array that is packed, without the rest.
fn half_packed() -> Vec<u8> {
    let row = b"[{\"id\": 1, \"order\": \"A\"}";
    // A block that is stored as it is, of a length that never comes (RFC 1951, 3.2.4).
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 0xff, 0x0f, 0x00, 0xf0];
    packed.extend_from_slice(row);
    packed
}

#[test]
fn what_no_repetition_mends_is_said_at_once() {
    let plain = Service::new(well(1));
    let refused = || answer(401, &[], r#"{"error": "who are you?"}"#);
    let renamed = rows(150).join(",").replace("\"delivered\"", "\"delivered_on\"");
    all_pass(vec![
        (says(refused), "the user or the secret was not accepted; enter it anew"),
        (says(|| answer(403, &[], "")), "this user may not read lines; ask the system's owner for the right"),
        (
            says(|| answer(429, &[("Retry-After", "3600")], "")),
            "the system asks to come back in 3600 seconds",
        ),
        (says(|| json(r#"{"error": {"message": "the period is closed"}}"#)), "the period is closed"),
        (
            says(move || json(format!("[{renamed}]"))),
            "“lines” has no field “delivered” any more; it may have been renamed",
        ),
        (
            Fault::At(format!("https://{}", plain.server.at)),
            "could not be protected; its certificate may be out of date",
        ),
    ]);
}

#[test]
fn what_does_not_pass_is_said_when_patience_is_over() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let killed = || raw("HTTP/1.1 200 x\r\nContent-Length: 10000\r\n\r\n[{\"id\": 1, \"order\"");
    all_pass(vec![
        (Fault::At(format!("http://{nobody}")), "nothing answers at 127.0.0.1"),
        (Fault::At("http://no-such-system.invalid".into()), "the name no-such-system.invalid leads nowhere"),
        (says(killed), "the answer broke off in the middle"),
        (
            says(|| answer(200, &[("Content-Encoding", "gzip")], half_packed())),
            "the answer broke off in the middle (what was packed by gzip ends too early)",
        ),
        (says(|| answer(500, &[], "out of order")), "the system failed with code 500 (out of order)"),
        (Fault::Drips, "no answer came within 3 seconds"),
    ]);
}

#[test]
fn a_hundred_megabytes_of_garbage_are_neither_read_nor_kept() {
    let sent = Arc::new(AtomicU64::new(0));
    let count = sent.clone();
    let garbage: Script = Arc::new(move |_| {
        let count = count.clone();
        Box::new(move |wire| {
            let piece = vec![b'['; 1_000_000];
            let _ = wire.write_all(b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n");
            for _ in 0..100 {
                let chunk = wire.write_all(b"F4240\r\n").and_then(|()| wire.write_all(&piece));
                if chunk.and_then(|()| wire.write_all(b"\r\n")).is_err() {
                    return;
                }
                count.fetch_add(1_000_000, Ordering::Relaxed);
            }
        })
    });
    passes(Fault::Says(garbage), "the answer is larger than 64 MB and was not read to its end");
    // What was on its way when it hung up is in buffers of the operating system.
    let sent = sent.load(Ordering::Relaxed);
    assert!((64_000_000..80_000_000).contains(&sent), "asked once, and hung up: {sent}");
}

#[test]
fn a_short_wait_and_three_failures_are_bridged_within_one_pull() {
    for (status, headers) in [(500, &[][..]), (429, &[("Retry-After", "1")][..])] {
        let (asked, rows) = (AtomicUsize::new(0), rows(250));
        let service = Service::new(Arc::new(move |heard| {
            let is_bad = (1..4).contains(&asked.fetch_add(1, Ordering::Relaxed));
            if is_bad { answer(status, headers, "") } else { page(&rows, heard) }
        }));
        let company = Company::new(&asking(&service.server.url()));
        company.is_whole(250);
        assert_eq!(
            service.server.heard().len(),
            7,
            "four pages, the last one empty, and three attempts in vain"
        );
    }
}
