//! Web services: all ways of paging give the same rows, whatever happens between two pages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use plaza_connect::Cursor;
use plaza_connect::system::{FieldType, Range};
use serde_json::{Value, json};

use crate::server::{Heard, Reply, Server, answer, json as good, raw};
use crate::{ONCE, QUICK, SECRET, Talk, by, goes_on_behind_each_block, open, read, request, secrets, whole};

/// Lines of orders, sorted by their change time: id and change time (seconds of one day).
type Lines = Vec<(usize, usize)>;

const COUNT: usize = 250;

fn lines() -> Lines {
    (1..=COUNT).map(|id| (id, id)).collect()
}

fn time(second: usize) -> String {
    format!("2026-03-01T{:02}:{:02}:{:02}Z", second / 3_600, second / 60 % 60, second % 60)
}

/// Rows as the service writes them: an amount whose digits floats would lose.
fn rows(lines: &[(usize, usize)]) -> String {
    let row = |(id, second): &(usize, usize)| {
        format!(
            r#"{{"id": {id}, "changed": "{}", "amount": {id}.10, "customer": {{"name": "C{id}"}}, "tags": [1]}}"#,
            time(*second)
        )
    };
    format!("[{}]", lines.iter().map(row).collect::<Vec<_>>().join(","))
}

fn expected(lines: &[(usize, usize)]) -> Vec<Vec<String>> {
    let row = |(id, second): &(usize, usize)| {
        vec![id.to_string(), time(*second), format!("{id}.10"), format!("C{id}")]
    };
    lines.iter().map(row).collect()
}

const FIELDS: [&str; 4] = ["id", "changed", "amount", "customer.name"];

/// The lines that a question means.
fn window(lines: &Lines, heard: &Heard) -> Lines {
    let since = heard.parameter("since").unwrap_or_default();
    let until = heard.parameter("until").unwrap_or_else(|| "9".into());
    lines
        .iter()
        .filter(|(_, second)| (since.as_str()..until.as_str()).contains(&time(*second).as_str()))
        .copied()
        .collect()
}

fn part(lines: &Lines, from: usize, count: usize) -> &[(usize, usize)] {
    &lines[from.min(lines.len())..(from + count).min(lines.len())]
}

/// A page by number, of at most forty rows, whatever is asked.
fn by_number(lines: &Lines, heard: &Heard) -> Reply {
    let found = window(lines, heard);
    good(format!(r#"{{"data": {}}}"#, rows(part(&found, (heard.number("page") - 1) * 40, 40))))
}

fn numbered(url: &str) -> Value {
    json!({
        "kind": "http", "url": url, "rows": "$.data", "cursor_parameter": "since", "until_parameter": "until",
        "paging": {"kind": "page", "parameter": "page", "limit_parameter": "size"},
    })
}

#[test]
fn every_way_of_paging_gives_every_row_once_and_goes_on_behind_each_page() {
    let offset = |heard: &Heard| {
        let (from, count) = (heard.number("skip"), heard.number("limit"));
        good(rows(part(&lines(), from, count)))
    };
    let mark = |heard: &Heard| {
        let from = heard.parameter("mark").map_or(0, |mark| mark.trim_start_matches("m/").parse().unwrap());
        let next = if from + 70 < COUNT { format!(r#""m/{}""#, from + 70) } else { "null".into() };
        good(format!(r#"{{"items": {}, "next": {next}}}"#, rows(part(&lines(), from, 70))))
    };
    let link = |heard: &Heard| {
        let from = heard.number("at");
        let links = format!(r#"</rows?at=0>; rel="first", </rows?at={}>; rel="next""#, from + 70);
        let headers: &[(&str, &str)] = if from + 70 < COUNT { &[("Link", &links)] } else { &[] };
        answer(200, headers, rows(part(&lines(), from, 70)))
    };
    let address = |heard: &Heard| {
        let from = heard.number("at");
        let next = if from + 70 < COUNT { format!(r#""?at={}""#, from + 70) } else { "\"\"".into() };
        good(format!(r#"{{"d": [{{"r": {}}}], "next": {next}}}"#, rows(part(&lines(), from, 70))))
    };
    let posted = |heard: &Heard| {
        assert_eq!((heard.method.as_str(), heard.target.as_str()), ("POST", "/rows"));
        let body: Value = serde_json::from_str(&heard.body).unwrap();
        let (from, count) =
            (body["from"].as_u64().unwrap() as usize, body["count"].as_u64().unwrap() as usize);
        good(rows(part(&lines(), from, count)))
    };
    type Answering = fn(&Heard) -> Reply;
    let cases: [(Value, Answering); 7] = [
        (json!({}), |_| good(rows(&lines()))),
        (json!({"rows": "$.data", "paging": {"kind": "page", "parameter": "page"}}), |heard| {
            by_number(&lines(), heard)
        }),
        (json!({"paging": {"kind": "offset", "parameter": "skip", "limit_parameter": "limit"}}), offset),
        (
            json!({"rows": "$.items[*]", "paging": {"kind": "cursor", "parameter": "mark", "next": "$.next"}}),
            mark,
        ),
        (json!({"paging": {"kind": "link-header"}}), link),
        (json!({"rows": "$.d[0].r", "paging": {"kind": "next-url", "next": "$.next"}}), address),
        (
            json!({
                "method": "POST", "body": r#"{"from": {offset}, "count": {limit}, "since": "{cursor}"}"#,
                "paging": {"kind": "offset", "parameter": "skip", "limit_parameter": "limit"},
            }),
            posted,
        ),
    ];
    for (mut connection, reply) in cases {
        let server = Server::new(reply);
        connection["kind"] = "http".into();
        connection["url"] = server.url().into();
        let system = open(connection.clone(), ONCE).unwrap();
        assert_eq!(
            goes_on_behind_each_block(&*system, &request("rows", &FIELDS)),
            expected(&lines()),
            "{connection}"
        );
    }
}

#[test]
fn an_answer_that_is_larger_than_a_block_is_given_in_several() {
    let text = "x".repeat(500);
    let row = |id: usize| format!(r#"{{"id": {id}, "text": "{text}"}}"#);
    let all = format!("[{}]", (1..=5_000).map(row).collect::<Vec<_>>().join(","));
    let server = Server::new(move |_| good(all.clone()));
    let system = open(json!({"kind": "http", "url": server.url()}), ONCE).unwrap();
    for cursor in [None, by("id", "id", 0)] {
        let wanted = plaza_connect::system::Request { cursor, ..request("/", &["id", "text"]) };
        let got = whole(&*system, &wanted, &Cursor::start());
        assert_eq!(got.blocks.len(), 3, "of about a megabyte each");
        assert_eq!(goes_on_behind_each_block(&*system, &wanted).len(), 5_000);
    }
}

#[test]
fn the_next_read_begins_before_the_last_value_that_was_seen() {
    let all = Arc::new(Mutex::new(lines()));
    let served = all.clone();
    let server = Server::new(move |heard| by_number(&served.lock().unwrap(), heard));
    let system = open(numbered(&server.url()), ONCE).unwrap();
    let mut wanted = request("rows", &FIELDS);
    wanted.cursor = by("changed", "id", 10);
    let first = whole(&*system, &wanted, &Cursor::start());
    assert_eq!(first.rows(), expected(&lines()));
    assert!(server.heard().iter().all(|heard| heard.parameter("since").is_none()));
    // One row changed, one was written late, with a time before the last.
    *all.lock().unwrap() =
        [lines()[..2].to_vec(), lines()[3..].to_vec(), vec![(900, 245), (3, 300)]].concat();
    let second = whole(&*system, &wanted, &first.cursor());
    assert_eq!(server.heard().last().unwrap().parameter("since").unwrap(), time(240));
    let late: Lines = (240..=250).map(|id| (id, id)).chain([(900, 245), (3, 300)]).collect();
    assert_eq!(second.rows(), expected(&late));
    // Nothing new: the position stays where it is.
    let third = whole(&*system, &wanted, &second.cursor());
    assert_eq!((third.rows(), third.cursor()), (expected(&[(3, 300)]), second.cursor()));
}

#[test]
fn a_range_takes_its_rows_only_and_moves_nothing() {
    let from = "2026-03-01T00:01:00Z".parse().unwrap();
    let range = Some(Range { from, to: "2026-03-01T00:02:00Z".parse().unwrap() });
    let server = Server::new(|heard| by_number(&lines(), heard));
    // One service takes the end of a range, another would give more than was asked.
    for ends in [true, false] {
        let mut connection = numbered(&server.url());
        if !ends {
            connection.as_object_mut().unwrap().remove("until_parameter");
            connection.as_object_mut().unwrap().remove("cursor_parameter");
        }
        let system = open(connection, ONCE).unwrap();
        let mut wanted = request("rows", &FIELDS);
        wanted.cursor = by("changed", "id", 10);
        let plain = whole(&*system, &wanted, &Cursor::start()).cursor();
        wanted.range = range;
        assert_eq!(whole(&*system, &wanted, &Cursor::start()).rows(), expected(&lines()[59..119]));
        let (_, end) = read(&*system, &wanted, &plain, &Talk::new());
        assert_eq!(end.unwrap_err().code(), "bad_cursor");
        wanted.cursor = None;
        let (_, end) = read(&*system, &wanted, &Cursor::start(), &Talk::new());
        assert_eq!(end.unwrap_err().code(), "setting");
    }
}

#[test]
fn a_read_that_broke_off_in_a_page_goes_on_with_that_page() {
    let is_dead = Arc::new(AtomicBool::new(true));
    let dead = is_dead.clone();
    let server = Server::new(move |heard| {
        if heard.number("page") == 4 && dead.load(Ordering::Relaxed) {
            return raw(format!(
                "HTTP/1.1 200 x\r\nContent-Length: 4000\r\n\r\n{{\"data\": {}",
                &rows(&lines())[..2_000]
            ));
        }
        by_number(&lines(), heard)
    });
    let system = open(numbered(&server.url()), QUICK).unwrap();
    let (got, end) = read(&*system, &request("rows", &FIELDS), &Cursor::start(), &Talk::new());
    assert_eq!(end.unwrap_err().code(), "broken_off");
    assert_eq!(got.rows(), expected(&lines()[..120]));
    assert_eq!(server.heard().iter().filter(|heard| heard.number("page") == 4).count(), 4);
    is_dead.store(false, Ordering::Relaxed);
    let rest = whole(&*system, &request("rows", &FIELDS), &got.cursor());
    assert_eq!(rest.rows(), expected(&lines()[120..]));
}

#[test]
fn pages_that_moved_since_a_read_broke_off_are_read_anew() {
    let broken = Arc::new(AtomicBool::new(true));
    let all = Arc::new(Mutex::new(lines()));
    let (breaks, served) = (broken.clone(), all.clone());
    let server = Server::new(move |heard| {
        let is_broken = heard.number("page") == 3 && breaks.load(Ordering::Relaxed);
        if is_broken { answer(500, &[], "") } else { by_number(&served.lock().unwrap(), heard) }
    });
    let system = open(numbered(&server.url()), ONCE).unwrap();
    let mut wanted = request("rows", &FIELDS);
    wanted.cursor = by("changed", "id", 0);
    let (got, end) = read(&*system, &wanted, &Cursor::start(), &Talk::new());
    assert_eq!((end.unwrap_err().code(), got.rows().len()), ("failing", 80));
    // Overnight a row of the first page changed: each page now begins one row later.
    broken.store(false, Ordering::Relaxed);
    let changed = [lines()[..2].to_vec(), lines()[3..].to_vec(), vec![(3, 999)]].concat();
    *all.lock().unwrap() = changed.clone();
    let rest = whole(&*system, &wanted, &got.cursor()).rows();
    assert_eq!(rest, expected(&changed), "the whole list, so that row 81 is not lost");
}

#[test]
fn a_row_that_changes_between_two_pages_pushes_none_out_of_sight() {
    let all = Arc::new(Mutex::new(lines()));
    let served = all.clone();
    let server = Server::new(move |heard| {
        let mut all = served.lock().unwrap();
        let reply = by_number(&all, heard);
        // Behind the first page its third row changes: every other row moves up by one.
        if let (1, Some(at)) = (heard.number("page"), all.iter().position(|line| *line == (3, 3))) {
            all.remove(at);
            all.push((3, 999));
        }
        reply
    });
    let system = open(numbered(&server.url()), ONCE).unwrap();
    let mut wanted = request("rows", &FIELDS);
    wanted.cursor = by("changed", "id", 0);
    let got = whole(&*system, &wanted, &Cursor::start());
    let mut states: Lines = lines();
    states.push((3, 999));
    let given: BTreeSet<Vec<String>> = got.rows().into_iter().collect();
    assert_eq!(given, expected(&states).into_iter().collect(), "nothing is lost, row 3 came in both states");
    assert_eq!(got.rows().len(), given.len(), "nothing is doubled");
    let next = whole(&*system, &wanted, &got.cursor());
    assert_eq!(next.rows(), expected(&[(3, 999)]));
}

#[test]
fn a_page_that_comes_twice_is_refused_and_the_read_goes_on_when_it_is_mended() {
    let is_mended = Arc::new(AtomicBool::new(false));
    let mended = is_mended.clone();
    let server = Server::new(move |heard| {
        let mut heard = heard.clone();
        if heard.number("page") == 3 && !mended.load(Ordering::Relaxed) {
            heard.target = heard.target.replace("page=3", "page=2");
        }
        by_number(&lines(), &heard)
    });
    let system = open(numbered(&server.url()), ONCE).unwrap();
    let (got, end) = read(&*system, &request("rows", &FIELDS), &Cursor::start(), &Talk::new());
    let error = end.unwrap_err();
    assert_eq!(error.to_string(), "the answer is not a new page: it gives rows of a page before once more");
    assert_eq!(got.rows(), expected(&lines()[..80]));
    is_mended.store(true, Ordering::Relaxed);
    let rest = whole(&*system, &request("rows", &FIELDS), &got.cursor());
    assert_eq!(rest.rows(), expected(&lines()[80..]));
}

#[test]
fn pages_that_lead_in_a_circle_or_nowhere_end() {
    let circle = Server::new(|heard| {
        let at = heard.number("at");
        good(format!(r#"{{"r": {}, "next": "/rows?at={}"}}"#, rows(&lines()[at..=at]), at % 2 + 1))
    });
    let empty =
        Server::new(|heard| good(format!(r#"{{"r": [], "next": "/rows?at={}"}}"#, heard.number("at") + 1)));
    let elsewhere = Server::new(|_| good(r#"{"r": [{"id": 1}], "next": "https://other.example/rows"}"#));
    let cases = [
        (&circle, "nonsense", "its next page is one that was read before"),
        (&empty, "nonsense", "one with rows, after many without any"),
        (&elsewhere, "refused", "it sends to another host: https://other.example"),
    ];
    for (server, code, words) in cases {
        let paging = json!({"kind": "next-url", "next": "$.next"});
        let connection = json!({"kind": "http", "url": server.url(), "rows": "$.r", "paging": paging});
        let system = open(connection, ONCE).unwrap();
        let (_, end) = read(&*system, &request("rows", &["id"]), &Cursor::start(), &Talk::new());
        let error = end.unwrap_err();
        assert_eq!(error.code(), code);
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn an_error_that_calls_itself_an_answer_is_an_error() {
    let server =
        Server::new(|_| good(r#"{"ok": false, "error": {"message": "the licence ended"}, "data": []}"#));
    let mut connection = numbered(&server.url());
    connection["error"] = "$.error".into();
    let talk = Talk::new();
    let (_, end) = read(&*open(connection, QUICK).unwrap(), &request("rows", &[]), &Cursor::start(), &talk);
    let words = "the system refused the request with code 200 (the licence ended)";
    assert_eq!(end.unwrap_err().to_string(), words);
    assert_eq!(talk.trail().len(), 1);
    // Without the path it is what it looks like: no rows.
    let system = open(numbered(&server.url()), QUICK).unwrap();
    assert!(whole(&*system, &request("rows", &[]), &Cursor::start()).rows().is_empty());
}

#[test]
fn a_field_that_was_renamed_overnight_is_missed() {
    let server = Server::new(|heard| by_number(&lines(), heard));
    let system = open(numbered(&server.url()), ONCE).unwrap();
    let (got, end) =
        read(&*system, &request("rows", &["id", "customer.title"]), &Cursor::start(), &Talk::new());
    let words = "“rows” has no field “customer.title” any more; it may have been renamed";
    assert_eq!((end.unwrap_err().to_string().as_str(), got.blocks.len()), (words, 0));
    // By cursor and key it goes on: these are missed in a single row.
    let one = Server::new(|_| good(r#"[{"id": 1}]"#));
    let system = open(json!({"kind": "http", "url": one.url()}), ONCE).unwrap();
    let mut wanted = request("/", &["id", "note"]);
    assert_eq!(
        whole(&*system, &wanted, &Cursor::start()).rows(),
        [["1", ""]],
        "what is empty may be left out"
    );
    wanted.cursor = by("changed", "id", 0);
    let (_, end) = read(&*system, &wanted, &Cursor::start(), &Talk::new());
    assert_eq!(end.unwrap_err().code(), "no_field");
}

#[test]
fn fields_are_found_with_what_they_hold() {
    let text = r#"[{"id": "7", "n": 1, "at": "2026-03-01T10:00:00Z", "day": "2026-03-01", "yes": true, "none": null},
                   {"id": "8", "n": 1.5, "at": null, "day": "2026-03-01", "yes": false, "c": {"name": "x", "l": []}}]"#;
    let server = Server::new(move |_| answer(200, &[("Server", "Erp/7")], text));
    let connection = json!({"kind": "http", "url": server.url(), "streams": ["orders"]});
    let system = open(connection, ONCE).unwrap();
    let talk = Talk::new();
    let found = talk.with(|ask| system.discover(ask)).unwrap();
    assert_eq!((found.len(), found[0].name.as_str()), (1, "orders"));
    let fields: Vec<(&str, FieldType, bool)> =
        found[0].fields.iter().map(|field| (field.name.as_str(), field.kind, field.is_key)).collect();
    let expected = [
        ("id", FieldType::Text, true),
        ("n", FieldType::Decimal, false),
        ("at", FieldType::Timestamp, false),
        ("day", FieldType::Date, false),
        ("yes", FieldType::Boolean, false),
        ("none", FieldType::Text, false),
        ("c.name", FieldType::Text, false),
        ("c.l", FieldType::Other, false),
    ];
    assert_eq!(fields, expected);
    assert_eq!(talk.with(|ask| system.check(ask)).unwrap().product, "Erp/7");
    let all = whole(&*system, &request("orders", &[]), &Cursor::start());
    assert_eq!(all.columns, expected.map(|(name, _, _)| name));
    assert_eq!(all.rows()[1], ["8", "1.5", "", "2026-03-01", "false", "", "x", "[]"]);
}

#[test]
fn an_address_without_rows_of_its_own_is_no_fault_until_a_path_is_named() {
    let server = Server::new(|heard| match heard.target.as_str() {
        "/api" => answer(404, &[], "nothing here"),
        "/api/orders?v=2" => good(r#"[{"a": 1}]"#),
        _ => answer(401, &[], ""),
    });
    let url = format!("{}/api", server.url());
    let system = open(json!({"kind": "http", "url": url}), ONCE).unwrap();
    let talk = Talk::new();
    let answered = talk.with(|ask| system.check(ask)).unwrap();
    assert_eq!(answered.notes, ["the address itself gives no rows; name a path that does"]);
    assert!(talk.with(|ask| system.discover(ask)).unwrap().is_empty());
    for path in ["orders?v=2", "/orders?v=2"] {
        assert_eq!(whole(&*system, &request(path, &[]), &Cursor::start()).rows(), [["1"]]);
    }
    let system = open(json!({"kind": "http", "url": url, "streams": ["items"]}), ONCE).unwrap();
    assert_eq!(talk.with(|ask| system.check(ask)).unwrap_err().code(), "unauthorised");
    assert_eq!(talk.with(|ask| system.discover(ask)).unwrap_err().code(), "unauthorised");
}

#[test]
fn settings_that_cannot_be_are_refused_before_anything_is_asked() {
    let cases = [
        (json!({"url": "erp.example.com"}), "url: it is no address"),
        (json!({"url": "ftp://erp.example.com"}), "url: it does not begin with https://"),
        (json!({"url": "https://me:pass@erp.example.com"}), "url: it holds a user or a password"),
        (json!({"url": "https://x", "rows": "data"}), "rows: “data” is no JSON path"),
        (json!({"url": "https://x", "body": "{}"}), "body: only a POST has one"),
        (json!({"url": "https://x", "method": "POST", "body": "{\"a\": {limit}"}), "body: it is no JSON"),
        (json!({"url": "https://x", "headers": {"bad name": "x"}}), "headers: “bad name”"),
        (json!({"url": "https://x", "ca_file": "/nowhere.pem"}), "ca_file: /nowhere.pem cannot be read"),
    ];
    for (mut connection, words) in cases {
        connection["kind"] = "http".into();
        let error = open(connection, ONCE).err().unwrap();
        assert_eq!(error.code(), "setting");
        assert!(error.to_string().starts_with(words), "{error}");
    }
    let service = serde_json::from_value(json!({"url": "https://x", "auth": {"kind": "bearer"}})).unwrap();
    let error = plaza_connect::system::http::open(&service, Default::default()).err().unwrap();
    assert_eq!(error.code(), "no_secret");
}

/// Gives back what it was told, as careless services do.
fn echo(heard: &Heard) -> String {
    let headers: Vec<String> = heard.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    format!("{} {} {}", heard.target, headers.join(", "), heard.body)
}

#[test]
fn credentials_are_sent_as_they_should_be_and_never_told() {
    let cases = [
        (json!({"kind": "basic", "user": "kpi"}), "authorization", "Basic a3BpOmdyM2VuL2jDpFQgNyE="),
        (json!({"kind": "bearer"}), "authorization", "Bearer gr3en/hat 7!"),
        (json!({"kind": "api-key", "header": "X-Key"}), "x-key", "gr3en/hat 7!"),
    ];
    for (auth, name, value) in cases {
        let server = Server::new(|heard| answer(400, &[], echo(heard)));
        let path = "rows?token=gr3en%2Fhat%207%21";
        let body = r#"{"also": "gr3en/hat 7!", "l": {limit}}"#;
        let connection =
            json!({"kind": "http", "url": server.url(), "auth": auth, "method": "POST", "body": body});
        let talk = Talk::new();
        let system = open(connection, ONCE).unwrap();
        let (_, end) = read(&*system, &request(path, &[]), &Cursor::start(), &talk);
        assert_eq!(server.heard()[0].headers[name], value);
        let told = format!("{} {:?} {:?}", end.as_ref().unwrap_err(), end, talk.trail());
        assert!(told.contains("•••") && told.contains("POST http"), "{told}");
        for secret in ["gr3en", "a3BpOmdyM2VuL2jDpFQgNyE", SECRET] {
            assert!(!told.contains(secret), "{secret} in {told}");
        }
    }
    assert!(!format!("{:?}", secrets()).contains("gr3en"));
}

#[test]
fn credentials_never_go_to_another_host() {
    let thief = Arc::new(Server::new(|_| good("[]")));
    let at = thief.url();
    let server = Server::new(move |heard| match heard.target.as_str() {
        "/away" => answer(302, &[("Location", &at)], ""),
        "/here" => answer(302, &[("Location", "/rows")], ""),
        "/round" => answer(302, &[("Location", "/round")], ""),
        _ => good(r#"[{"a": 1}]"#),
    });
    let connection = json!({"kind": "http", "url": server.url(), "auth": {"kind": "basic", "user": "kpi"}});
    let system = open(connection, ONCE).unwrap();
    let (_, end) = read(&*system, &request("away", &[]), &Cursor::start(), &Talk::new());
    let error = end.unwrap_err();
    assert_eq!(error.code(), "refused");
    assert!(error.to_string().contains("it sends to another host"), "{error}");
    assert!(thief.heard().is_empty());
    assert_eq!(whole(&*system, &request("here", &[]), &Cursor::start()).rows(), [["1"]]);
    let (_, end) = read(&*system, &request("round", &[]), &Cursor::start(), &Talk::new());
    assert!(end.unwrap_err().to_string().contains("without end"));
    assert_eq!(server.heard().iter().filter(|heard| heard.target == "/round").count(), 6);
}

#[test]
fn a_token_is_fetched_once_and_renewed_when_it_is_called_back() {
    let given = Arc::new(AtomicUsize::new(0));
    let valid = Arc::new(AtomicUsize::new(1));
    let (gives, accepts) = (given.clone(), valid.clone());
    let server = Server::new(move |heard| {
        if heard.target == "/token" {
            assert_eq!(heard.body, "grant_type=client_credentials&scope=read%20rows");
            // `client:gr3en%2Fh%C3%A4T%207%21`
            assert_eq!(heard.headers["authorization"], "Basic Y2xpZW50OmdyM2VuJTJGaCVDMyVBNFQlMjA3JTIx");
            let number = gives.fetch_add(1, Ordering::Relaxed) + 1;
            return good(format!(
                r#"{{"access_token": "t0ken-{number}", "expires_in": 3600, "token_type": "bearer"}}"#
            ));
        }
        let is_valid =
            heard.headers["authorization"] == format!("Bearer t0ken-{}", accepts.load(Ordering::Relaxed));
        if is_valid { by_number(&lines(), heard) } else { answer(401, &[], echo(heard)) }
    });
    let mut connection = numbered(&server.url());
    let token_url = format!("{}/token", server.url());
    connection["auth"] =
        json!({"kind": "oauth-client", "token_url": token_url, "client_id": "client", "scope": "read rows"});
    let system = open(connection, QUICK).unwrap();
    let talk = Talk::new();
    let (got, end) = read(&*system, &request("rows", &FIELDS), &Cursor::start(), &talk);
    assert!(end.is_ok());
    assert_eq!((got.rows(), given.load(Ordering::Relaxed)), (expected(&lines()), 1));
    valid.store(2, Ordering::Relaxed);
    let (got, end) = read(&*system, &request("rows", &FIELDS), &Cursor::start(), &talk);
    assert!(end.is_ok());
    assert_eq!((got.rows(), given.load(Ordering::Relaxed)), (expected(&lines()), 2));
    valid.store(9, Ordering::Relaxed);
    let (_, end) = read(&*system, &request("rows", &FIELDS), &Cursor::start(), &talk);
    assert_eq!((end.as_ref().unwrap_err().code(), given.load(Ordering::Relaxed)), ("unauthorised", 3));
    let told = format!("{end:?} {:?}", talk.trail());
    let asked: BTreeMap<&str, usize> = [("POST http", 3), ("t0ken", 0), ("Y2xpZW50", 0), ("gr3en", 0)].into();
    for (words, times) in asked {
        assert_eq!(told.matches(words).count(), times, "{words} in {told}");
    }
}
