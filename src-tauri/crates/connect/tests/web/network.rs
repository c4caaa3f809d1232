//! Bad days of a network and of what answers in it.

use std::io::Write as _;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use plaza_connect::Cursor;
use plaza_connect::system::{Outcome, SystemError};
use serde_json::json;

use crate::server::{Reply, Server, answer, json as good, raw};
use crate::{ONCE, QUICK, Talk, open, read, request, whole};

/// How a read of `/rows` fails, and what was told.
fn failure(url: &str, talk: &Talk) -> SystemError {
    let system = open(json!({"kind": "http", "url": url}), ONCE).unwrap();
    let (got, end) = read(&*system, &request("rows", &[]), &Cursor::start(), talk);
    assert!(got.blocks.is_empty());
    let error = end.unwrap_err();
    let told = talk.trail().pop().unwrap();
    let words = error.to_string();
    assert_eq!(told.outcome, Outcome::Failed { code: error.code(), words });
    assert!(told.request.starts_with("GET http"), "{}", told.request);
    error
}

fn failing(reply: impl Fn() -> Reply + Send + Sync + 'static) -> SystemError {
    failure(&Server::new(move |_| reply()).url(), &Talk::new())
}

#[test]
fn nobody_listens_and_a_name_leads_nowhere() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = failure(&format!("http://{port}"), &Talk::new());
    assert_eq!(error.code(), "unreachable");
    assert!(error.to_string().starts_with(&format!("nothing answers at {port};")), "{error}");
    let error = failure("http://no-such-system.invalid", &Talk::new());
    assert_eq!(error.code(), "unknown_host");
    assert!(error.to_string().contains("no-such-system.invalid leads nowhere"), "{error}");
}

#[test]
fn codes_that_say_no_are_told_apart() {
    let cases = [
        (400, "refused"),
        (401, "unauthorised"),
        (403, "forbidden"),
        (404, "no_stream"),
        (409, "refused"),
        (429, "busy"),
        (500, "failing"),
        (501, "refused"),
        (502, "failing"),
        (503, "failing"),
    ];
    for (status, code) in cases {
        let error = failing(move || answer(status, &[], r#"{"error": {"message": "so it is"}}"#));
        assert_eq!(error.code(), code, "{status}");
        assert!(error.to_string().ends_with("(so it is)"), "{error}");
    }
}

#[test]
fn a_wait_that_is_asked_for_is_kept() {
    let seconds = || "1".to_owned();
    let date = || {
        let then = chrono::Utc::now() + chrono::TimeDelta::seconds(2);
        then.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    };
    for (status, after) in [(429, seconds as fn() -> String), (503, date)] {
        let asked = AtomicUsize::new(0);
        let server = Server::new(move |_| match asked.fetch_add(1, Ordering::Relaxed) {
            0 => answer(status, &[("Retry-After", &after())], ""),
            _ => good(r#"[{"a": 1}]"#),
        });
        let system = open(json!({"kind": "http", "url": server.url()}), QUICK).unwrap();
        let began = Instant::now();
        assert_eq!(whole(&*system, &request("/", &[]), &Cursor::start()).rows(), [["1"]]);
        // A date has whole seconds only.
        assert!(began.elapsed() >= Duration::from_millis(900), "{status}: {:?}", began.elapsed());
    }
    // One that is longer than a run is worth ends it.
    let server = Server::new(|_| answer(429, &[("Retry-After", "3600")], ""));
    let system = open(json!({"kind": "http", "url": server.url()}), QUICK).unwrap();
    let (_, end) = read(&*system, &request("/", &[]), &Cursor::start(), &Talk::new());
    assert_eq!(end.unwrap_err().to_string(), "the system asks to come back in 3600 seconds");
    assert_eq!(server.heard().len(), 1);
}

#[test]
fn three_failures_and_then_an_answer() {
    let asked = AtomicUsize::new(0);
    let server = Server::new(move |_| match asked.fetch_add(1, Ordering::Relaxed) {
        0..3 => answer(500, &[], "out of order"),
        _ => good(r#"[{"a": 1}]"#),
    });
    let system = open(json!({"kind": "http", "url": server.url()}), QUICK).unwrap();
    let talk = Talk::new();
    let (got, end) = read(&*system, &request("/", &[]), &Cursor::start(), &talk);
    assert!(end.is_ok());
    assert_eq!(got.rows(), [["1"]]);
    let outcomes: Vec<Outcome> = talk.trail().into_iter().map(|exchange| exchange.outcome).collect();
    assert!(matches!(&outcomes[..3], [Outcome::Failed { code: "failing", .. }, ..]));
    assert_eq!(outcomes[3..], [Outcome::Answered { status: Some(200) }]);
    assert_eq!((talk.trail()[3].rows, talk.trail()[3].bytes), (1, 10));
}

#[test]
fn answers_that_are_none() {
    let packed = {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(format!("[{}]", vec![r#"{"a": 1}"#; 5_000].join(",")).as_bytes()).unwrap();
        packer.finish().unwrap()
    };
    let gzip = [("Content-Encoding", "gzip")];
    let half = packed[..packed.len() / 2].to_vec();
    let cases: [(Box<dyn Fn() -> Reply + Send + Sync>, &str, &str); 7] = [
        (Box::new(move || answer(200, &gzip, half.clone())), "broken_off", "gzip ends too early"),
        (Box::new(move || answer(200, &gzip, "[]")), "nonsense", "not packed as it says"),
        (
            Box::new(|| answer(400, &[("Content-Encoding", "gzip")], "UserError: no")),
            "refused",
            "(UserError: no)",
        ),
        (
            Box::new(|| raw("HTTP/1.1 200 x\r\nContent-Length: 1000\r\n\r\n[{\"a\"")),
            "broken_off",
            "broke off",
        ),
        // Without a length, only the JSON itself shows that the end is missing.
        (Box::new(|| raw("HTTP/1.0 200 x\r\n\r\n[{\"a\": 1}, ")), "broken_off", "broke off"),
        (Box::new(|| good("<html><title>Log in</title>")), "nonsense", "not JSON (Log in)"),
        (Box::new(|| good(r#"{"items": []}"#)), "nonsense", "not a list of rows"),
    ];
    for (reply, code, words) in cases {
        let error = failing(reply);
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
    // What is packed well is read.
    let server = Server::new(move |_| answer(200, &gzip, packed.clone()));
    let system = open(json!({"kind": "http", "url": server.url()}), ONCE).unwrap();
    assert_eq!(whole(&*system, &request("/", &[]), &Cursor::start()).rows().len(), 5_000);
}

/// A piece of a hundred million bytes, again and again.
fn garbage(head: &'static str, chunked: bool) -> Reply {
    Box::new(move |wire| {
        let piece = vec![b'['; 1_000_000];
        let _ = wire.write_all(head.as_bytes());
        for _ in 0..100 {
            let sent = if chunked { wire.write_all(b"F4240\r\n") } else { Ok(()) };
            let sent = sent.and_then(|()| wire.write_all(&piece));
            let sent = sent.and_then(|()| if chunked { wire.write_all(b"\r\n") } else { Ok(()) });
            if sent.is_err() {
                return;
            }
        }
    })
}

#[test]
fn a_hundred_megabytes_of_garbage_are_not_read() {
    let bomb = {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        (0..100).for_each(|_| packer.write_all(&vec![b' '; 1_000_000]).unwrap());
        packer.finish().unwrap()
    };
    let cases: [Box<dyn Fn() -> Reply + Send + Sync>; 3] = [
        Box::new(|| garbage("HTTP/1.1 200 x\r\nContent-Length: 100000000\r\n\r\n", false)),
        Box::new(|| garbage("HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n", true)),
        Box::new(move || answer(200, &[("Content-Encoding", "gzip")], bomb.clone())),
    ];
    for reply in cases {
        let error = failing(reply);
        assert_eq!(error.to_string(), "the answer is larger than 64 MB and was not read to its end");
    }
    // That of an error is not even looked at.
    let error = failing(|| garbage("HTTP/1.1 400 x\r\nContent-Length: 100000000\r\n\r\n", false));
    assert_eq!(error.code(), "refused");
}

/// Says something now and then, for ever.
fn dripping() -> Reply {
    Box::new(|wire| {
        let mut sent = wire.write_all(b"HTTP/1.1 200 x\r\nContent-Length: 1000000\r\n\r\n");
        while sent.is_ok() {
            sent = wire.write_all(b" ").and_then(|()| wire.flush());
            std::thread::sleep(Duration::from_millis(30));
        }
    })
}

#[test]
fn silence_and_an_answer_that_never_ends_take_bounded_time() {
    let silent = || -> Reply { Box::new(|_| std::thread::sleep(Duration::from_secs(20))) };
    for (reply, least, most) in [(silent as fn() -> Reply, 200, 1_500), (dripping, 2_000, 4_000)] {
        let server = Server::new(move |_| reply());
        let talk = Talk { timeout: Duration::from_millis(200), ..Talk::new() };
        let began = Instant::now();
        assert_eq!(failure(&server.url(), &talk).code(), "timed_out");
        let took = began.elapsed();
        assert!((least..most).contains(&(took.as_millis() as u64)), "{took:?}");
    }
}

#[test]
fn who_asked_may_stop_while_the_system_is_silent_or_talks_for_ever() {
    let silent = || -> Reply { Box::new(|_| std::thread::sleep(Duration::from_secs(20))) };
    let busy = || answer(429, &[("Retry-After", "5")], "");
    for reply in [silent as fn() -> Reply, dripping, busy] {
        let server = Server::new(move |_| reply());
        let system = open(json!({"kind": "http", "url": server.url()}), QUICK).unwrap();
        let talk = Arc::new(Talk::new());
        let stopper = talk.clone();
        let stopped = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(300));
            stopper.cancel.store(true, Ordering::Relaxed);
            Instant::now()
        });
        let (_, end) = read(&*system, &request("/", &[]), &Cursor::start(), &talk);
        assert_eq!(end.unwrap_err().code(), "cancelled");
        let took = stopped.join().unwrap().elapsed();
        assert!(took < Duration::from_secs(1), "{took:?}");
    }
}

/// A server with a certificate of its own making, and that certificate (PEM).
fn protected() -> (Server, String) {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".into(), "localhost".into()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config =
        rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
    let config = Arc::new(config);
    let server = Server::with(
        |_| good(r#"[{"a": 1}]"#),
        move |wire, serve| {
            let session = rustls::ServerConnection::new(config.clone()).unwrap();
            let mut wire = rustls::StreamOwned::new(session, wire);
            serve(&mut wire);
            wire.conn.send_close_notify();
            let _ = wire.flush();
        },
    );
    (server, made.cert.pem())
}

#[test]
fn a_certificate_that_nobody_knows_is_refused_and_the_companys_own_is_taken() {
    let (server, pem) = protected();
    let url = format!("https://{}", server.at);
    let error = failure(&url, &Talk::new());
    assert_eq!(error.code(), "tls", "{error}");
    assert!(server.heard().is_empty());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("company.pem");
    std::fs::write(&file, pem).unwrap();
    let system = open(json!({"kind": "http", "url": url, "ca_file": file}), ONCE).unwrap();
    assert_eq!(whole(&*system, &request("/", &[]), &Cursor::start()).rows(), [["1"]]);
    std::fs::write(&file, "nothing").unwrap();
    let error = open(json!({"kind": "http", "url": url, "ca_file": file}), ONCE).err().unwrap();
    assert!(error.to_string().ends_with("company.pem holds no certificate"), "{error}");
    // One that speaks plainly where protection is wanted.
    let plain = Server::new(|_| good("[]"));
    assert_eq!(failure(&format!("https://{}", plain.at), &Talk::new()).code(), "tls");
}
