//! Small scripts as taps: what a good one gives, and how each bad one ends.
#![cfg(unix)]

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::*;
use crate::system::{CursorField, FieldType, Range, Secret};

/// A tap's script with a folder for what it leaves.
struct Script {
    folder: tempfile::TempDir,
    tap: SingerTap,
    told: Mutex<Vec<Exchange>>,
    cancel: AtomicBool,
    timeout: Duration,
}

/// What every script begins with: a catalog of one stream, and words for the lines of the protocol.
const HEAD: &str = r#"
import sys, json, os, time
args = sys.argv[1:]
config = json.load(open(args[args.index("--config") + 1]))
def say(**line):
    sys.stdout.write(json.dumps(line) + "\n"); sys.stdout.flush()
def prop(*crumbs): return [x for c in crumbs for x in ("properties", c)]
schema = {"type": "object", "properties": {
    "no": {"type": "integer"}, "name": {"type": ["null", "string"]}, "amount": {"type": ["null", "number"]},
    "at": {"type": "string", "format": "date-time"},
    "customer": {"type": ["null", "object"], "properties": {"code": {"type": "string"}, "town": {"type": "string"}}}}}
if "--discover" in args:
    entry = lambda name: {"tap_stream_id": name, "stream": name, "key_properties": ["no"], "schema": schema,
        "metadata": [{"breadcrumb": [], "metadata": {"row-count": 3}},
                     {"breadcrumb": prop("name"), "metadata": {"inclusion": "available", "selected": True}}]}
    print(json.dumps({"streams": [entry("orders"), entry("others")]}, indent=1)); sys.exit(0)
catalog = json.load(open(args[args.index("--catalog") + 1]))
state = json.load(open(args[args.index("--state") + 1])) if "--state" in args else {}
def row(no, **more): say(type="RECORD", stream="orders", record={"no": no, "name": "n%d" % no, **more})
def schemas(): say(type="SCHEMA", stream="orders", schema=schema, key_properties=["no"])
def pid(name): open(os.path.join(config["left"], name), "w").write(str(os.getpid()))
"#;

impl Script {
    fn new(body: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("tap.py");
        std::fs::write(&script, format!("{HEAD}\n{body}")).unwrap();
        let config = serde_json::json!({"left": folder.path(), "password": "{secret:password}"}).to_string();
        let command = vec!["python3".into(), script.to_string_lossy().into_owned()];
        let tap = Tap { command, config: Some(config), memory_mb: None, minutes: None };
        let mut secrets = Secrets::default();
        secrets.put("password", Secret::new("hush-hush".into()));
        let tap = SingerTap::new(&tap, &secrets).unwrap();
        let told = Mutex::default();
        Self { folder, tap, told, cancel: AtomicBool::new(false), timeout: Duration::from_secs(30) }
    }

    fn asking<T>(&self, with: impl FnOnce(&Ask<'_>) -> T) -> T {
        let tell = |exchange| self.told.lock().unwrap().push(exchange);
        with(&Ask { cancel: &self.cancel, timeout: self.timeout, tell: &tell })
    }

    /// Everything that a read gives, and how it ended.
    fn read(&self, request: &Request, from: &Cursor) -> (Vec<Block>, Result<ReadEnd, SystemError>) {
        let mut blocks = Vec::new();
        let end = self.asking(|ask| {
            self.tap.read(request, from, ask, &mut |block| {
                blocks.push(block);
                ControlFlow::Continue(())
            })
        });
        (blocks, end)
    }

    fn left(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.folder.path().join(name)).ok()
    }

    fn said(&self) -> String {
        let told = self.told.lock().unwrap();
        let said = told.iter().rev().find_map(|exchange| match &exchange.outcome {
            Outcome::Said { words } => Some(words.clone()),
            _ => None,
        });
        said.unwrap_or_default()
    }
}

fn orders(fields: &[&str]) -> Request {
    let fields = fields.iter().map(|&field| field.to_owned()).collect();
    Request { fields, ..Request::all(What::Named("orders".into())) }
}

fn cells(blocks: &[Block]) -> Vec<String> {
    blocks.iter().flat_map(|block| block.cells().unwrap()).map(|row| row.join("|")).collect()
}

fn is_alive(pid: &str) -> bool {
    // Its end is asked for at once and comes a moment later.
    (0..20).all(|_| {
        std::thread::sleep(Duration::from_millis(25));
        runs(pid)
    })
}

fn runs(pid: &str) -> bool {
    // A process that only waits to be taken leave of counts as gone.
    std::fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| stat.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with('Z')))
}

#[test]
fn streams_fields_keys_and_kinds_are_found() {
    let script = Script::new("");
    let found = script.asking(|ask| script.tap.discover(ask)).unwrap();
    assert_eq!(found.iter().map(|stream| stream.name.as_str()).collect::<Vec<_>>(), ["orders", "others"]);
    let fields: Vec<_> =
        found[0].fields.iter().map(|field| (field.name.as_str(), field.kind, field.is_key)).collect();
    assert_eq!(
        fields,
        [
            ("no", FieldType::Integer, true),
            ("name", FieldType::Text, false),
            ("amount", FieldType::Decimal, false),
            ("at", FieldType::Timestamp, false),
            ("customer.code", FieldType::Text, false),
            ("customer.town", FieldType::Text, false),
        ]
    );
    assert_eq!(found[0].rows, Some(3));
    let answered = script.asking(|ask| script.tap.check(ask)).unwrap();
    assert_eq!(answered.product, "python3, 2 streams");
    let told = script.told.lock().unwrap();
    assert!(told[0].request.ends_with("tap.py --config … --discover"), "{}", told[0].request);
    assert_eq!(told.len(), 1, "the catalog is asked for once");
}

#[test]
fn only_the_chosen_stream_and_the_fewest_fields_are_selected() {
    let script = Script::new(
        "open(os.path.join(config['left'], 'catalog'), 'w').write(json.dumps(catalog)); schemas()",
    );
    let cursor = CursorField { field: "at".into(), key: None, overlap_seconds: 0 };
    let request = Request { cursor: Some(cursor), ..orders(&["customer.code"]) };
    script.read(&request, &Cursor::start()).1.unwrap();
    let catalog: Value = serde_json::from_str(&script.left("catalog").unwrap()).unwrap();
    let selected = |stream: usize, crumbs: &[&str]| {
        let list = catalog["streams"][stream]["metadata"].as_array().unwrap();
        let told: Vec<_> =
            list.iter().filter(|told| told["breadcrumb"] == serde_json::json!(crumbs)).collect();
        assert!(told.len() <= 1, "{crumbs:?} twice");
        told.first().map(|told| told["metadata"]["selected"].as_bool().unwrap())
    };
    assert_eq!((selected(0, &[]), selected(1, &[])), (Some(true), Some(false)));
    assert_eq!(selected(0, &["properties", "no"]), Some(true), "keys come always");
    assert_eq!(selected(0, &["properties", "name"]), Some(false));
    assert_eq!(selected(0, &["properties", "at"]), Some(true), "the cursor field comes too");
    assert_eq!(selected(0, &["properties", "customer"]), Some(true));
    assert_eq!(selected(0, &["properties", "customer", "properties", "code"]), Some(true));
    assert_eq!(selected(0, &["properties", "customer", "properties", "town"]), Some(false));
    let root = &catalog["streams"][0]["metadata"][0]["metadata"];
    assert_eq!(
        (root["replication-method"].as_str(), root["replication-key"].as_str()),
        (Some("INCREMENTAL"), Some("at"))
    );
    assert_eq!(root["row-count"], 3, "what the tap wrote stays");
}

#[test]
fn taps_before_metadata_get_selected_in_the_schema() {
    let text = r#"{"streams": [
        {"stream": "orders", "tap_stream_id": "orders", "schema": {"properties": {"a": {"type": "string"}, "b": {"type": "string"},
            "c": {"type": "object", "properties": {"d": {"type": "string"}}}}}},
        {"stream": "x", "tap_stream_id": "x", "schema": {"selected": true, "properties": {}}}]}"#;
    let chosen = catalog::choose(text, "orders", &["c.d".into(), "a".into()], None).unwrap();
    let catalog: Value = serde_json::from_str(&chosen.catalog).unwrap();
    let schema = &catalog["streams"][0]["schema"];
    assert!(chosen.is_old);
    assert_eq!(
        (schema["selected"].as_bool(), catalog["streams"][1]["schema"]["selected"].as_bool()),
        (Some(true), Some(false))
    );
    let of = |name: &str| schema["properties"][name]["selected"].as_bool();
    assert_eq!((of("a"), of("b"), of("c")), (Some(true), Some(false), Some(true)));
    assert_eq!(schema["properties"]["c"]["properties"]["d"]["selected"], true);
    assert_eq!(chosen.columns, ["c.d", "a"]);
    assert_eq!(catalog::choose(text, "orders", &["z".into()], None).unwrap_err().code(), "no_field");
    assert_eq!(catalog::choose(text, "none", &[], None).unwrap_err().code(), "no_stream");
}

#[test]
fn a_catalog_of_another_shape_is_refused_and_never_stops_the_program() {
    for text in [
        "[]",
        r#"{"streams": {}}"#,
        r#"{"streams": [{"stream": "orders"}]}"#,
        r#"{"streams": [{"stream": "orders", "tap_stream_id": "orders", "schema": {}, "metadata": [{"breadcrumb": 1}]}]}"#,
    ] {
        assert_eq!(catalog::choose(text, "orders", &[], None).unwrap_err().code(), "nonsense", "{text}");
    }
    for text in [
        r#"{"streams": [{"stream": "orders", "schema": true, "metadata": [[["properties"], 1], {"metadata": "x"}]}]}"#,
        r#"{"streams": [["orders", "orders", null, null, {"properties": []}, null]]}"#,
    ] {
        catalog::choose(text, "orders", &[], None).unwrap();
    }
}

#[test]
fn rows_come_with_their_digits_and_dotted_names_and_the_state_is_the_cursor() {
    let script = Script::new(
        r#"
schemas()
say(type="ACTIVATE_VERSION", stream="orders", version=1)
done = state.get("done", 0)
for no in range(done + 1, done + 4):
    sys.stdout.write('{"type":"RECORD","stream":"orders","record":{"no":%d,"amount":12345678901234567.10,"customer":{"code":"C,%d"},"name":null}}\n' % (no, no))
say(type="RECORD", stream="others", record={"no": 99})
say(type="STATE", value={"done": done + 3})
print("two lines\nof words " + config["password"], file=sys.stderr)
"#,
    );
    let request = orders(&["customer.code", "amount", "no", "name"]);
    let (blocks, end) = script.read(&request, &Cursor::start());
    assert_eq!(end, Ok(ReadEnd::Complete));
    assert_eq!(
        cells(&blocks),
        ["C,1|12345678901234567.10|1|", "C,2|12345678901234567.10|2|", "C,3|12345678901234567.10|3|"]
    );
    let cursor = blocks.last().unwrap().cursor.clone();
    assert_eq!(cursor.to_string(), r#"{"stream":"orders","field":null,"state":{"done": 3}}"#);
    let (blocks, _) = script.read(&request, &cursor);
    assert_eq!(cells(&blocks)[0], "C,4|12345678901234567.10|4|");
    assert_eq!(script.said(), "two lines\nof words •••\n");
    let told = script.told.lock().unwrap();
    let ran = told.iter().find(|exchange| exchange.request.contains("--catalog")).unwrap();
    assert_eq!((ran.rows, ran.outcome.clone()), (3, Outcome::Answered { status: None }));
    assert!(ran.bytes > 300);
    for other in ["elsewhere", r#"{"stream":"others","field":null,"state":{}}"#] {
        assert_eq!(script.read(&request, &other.parse().unwrap()).1.unwrap_err().code(), "bad_cursor");
    }
}

#[test]
fn settings_and_secrets_lie_in_a_private_folder_and_are_gone_with_the_run() {
    let script = Script::new(
        r#"
path = args[args.index("--config") + 1]
open(os.path.join(config["left"], "seen"), "w").write("%s %o %o %s %s" % (path, os.stat(path).st_mode & 0o777,
    os.stat(os.path.dirname(path)).st_mode & 0o777, os.getcwd() == os.path.dirname(path), config["password"]))
schemas()
"#,
    );
    script.read(&orders(&["no"]), &Cursor::start()).1.unwrap();
    let seen = script.left("seen").unwrap();
    let words: Vec<_> = seen.split(' ').collect();
    assert_eq!(words[1..], ["600", "700", "True", "hush-hush"]);
    assert!(!std::path::Path::new(words[0]).exists());
    assert!(!script.told.lock().unwrap().iter().any(|told| format!("{told:?}").contains("hush")));
}

#[test]
fn a_run_that_breaks_off_keeps_what_a_state_confirmed_and_loses_and_doubles_nothing() {
    let script = Script::new(
        r#"
schemas()
done = state.get("done", 0)
for no in range(done + 1, 11):
    row(no)
    if no % 2 == 0: say(type="STATE", value={"done": no})
    if no == 7 and not done: print("no room left", file=sys.stderr); sys.exit(3)
"#,
    );
    let request = Request { page_rows: 4, ..orders(&["no"]) };
    let (blocks, end) = script.read(&request, &Cursor::start());
    let error = end.unwrap_err();
    assert_eq!(error.fault, SystemFault::Ended { code: Some(3) });
    assert_eq!(error.to_string(), "the program ended with code 3 (no room left)");
    assert_eq!(cells(&blocks), ["1", "2", "3", "4", "5", "6"]);
    let (again, end) = script.read(&request, &blocks.last().unwrap().cursor);
    assert_eq!(
        (cells(&again), end),
        (["7", "8", "9", "10"].map(String::from).to_vec(), Ok(ReadEnd::Complete))
    );
    // Also behind any block before.
    let (again, _) = script.read(&request, &blocks[0].cursor);
    assert_eq!(cells(&again), ["5", "6", "7", "8", "9", "10"]);
}

#[test]
fn many_rows_without_a_state_are_held_in_blocks_of_bounded_size() {
    let script = Script::new(
        r#"
schemas()
for no in range(40000): row(no, at="x" * 100)
say(type="STATE", value={"done": 1})
"#,
    );
    let (blocks, end) = script.read(&orders(&["no", "at"]), &Cursor::start());
    assert_eq!(end, Ok(ReadEnd::Complete));
    assert_eq!(blocks.iter().map(|block| block.rows).sum::<u64>(), 40_000);
    assert!(
        blocks.len() >= 4
            && blocks.iter().all(|block| block.csv.len() < 2 * super::super::block::BLOCK_BYTES)
    );
    let (last, before) = blocks.split_last().unwrap();
    assert!(before.iter().all(|block| block.cursor == Cursor::start()), "nothing is confirmed yet");
    assert!(last.rows > 0 && last.cursor.to_string().contains("done"));
}

#[test]
fn a_preview_does_not_wait_for_a_state_and_ends_the_tap() {
    let script = Script::new("pid('pid'); schemas()\nfor no in range(1, 6): row(no)\ntime.sleep(60)");
    let began = Instant::now();
    let preview = script.asking(|ask| script.tap.preview(&orders(&["name", "no"]), 3, ask)).unwrap();
    assert_eq!(preview.rows.len(), 3);
    assert_eq!(preview.rows[2], (3, vec!["n3".to_owned(), "3".to_owned()]));
    assert!(began.elapsed() < Duration::from_secs(10) && !is_alive(&script.left("pid").unwrap()));
}

#[test]
fn a_range_takes_only_its_rows_and_moves_no_cursor() {
    let script = Script::new(
        r#"
assert not state
schemas()
for no, at in enumerate(["2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z", "2026-02-28T23:30:00-01:00", "2026-02-10"]): row(no, at=at)
say(type="STATE", value={"done": 1})
"#,
    );
    let day = |text: &str| text.parse().unwrap();
    let range = Some(Range { from: day("2026-02-01T00:00:00Z"), to: day("2026-03-01T00:00:00Z") });
    let cursor = Some(CursorField { field: "at".into(), key: None, overlap_seconds: 0 });
    let request = Request { cursor, range, ..orders(&["no"]) };
    let (blocks, end) = script.read(&request, &Cursor::start());
    assert_eq!((cells(&blocks), end), (["1", "3"].map(String::from).to_vec(), Ok(ReadEnd::Complete)));
    assert!(blocks.iter().all(|block| block.cursor == Cursor::start()));
}

#[test]
fn a_tap_that_floods_its_words_neither_hangs_nor_fills_the_memory() {
    let script = Script::new(
        "schemas()\nfor no in range(3000): sys.stderr.write('flood %d ' % no + 'x' * 1000 + '\\n')\nrow(1)\nsys.stderr.write('last word')",
    );
    let (blocks, end) = script.read(&orders(&["no"]), &Cursor::start());
    assert_eq!((cells(&blocks), end), (vec!["1".to_owned()], Ok(ReadEnd::Complete)));
    let said = script.said();
    assert_eq!(said.len(), run::SAID_BYTES_MAX);
    assert!(said.ends_with("last word"));
}

#[test]
fn bad_ends_have_words_that_a_person_understands() {
    let ends = [
        (
            "schemas(); row(1); sys.stdout.flush(); os.kill(os.getpid(), 9)",
            "ended",
            "the program was ended from outside",
        ),
        (
            "schemas(); row(1); sys.exit(137)",
            "ended",
            "the program was ended from outside; often because the computer had no memory left",
        ),
        (
            "schemas(); row(1); sys.stdout.write('{\"type\": \"RECORD\", \"stream\": \"orders\", \"rec')",
            "broken_off",
            "the answer broke off in the middle",
        ),
        (
            "schemas(); row(1); print('Traceback (most recent call last):')",
            "nonsense",
            "the answer is not lines of the Singer protocol (Traceback",
        ),
        (
            "schemas(); row(1); sys.stdout.buffer.write(b'\\xff\\xfe\\x00\\n')",
            "nonsense",
            "the answer is not lines of the Singer protocol",
        ),
        ("row(1)", "nonsense", "the answer is not a schema before the first row"),
        ("pass", "nonsense", "the answer is not rows of the stream, or its schema"),
        (
            "schemas(); say(type='BATCH', stream='orders', manifest=[])",
            "nonsense",
            "the answer is not lines of the Singer protocol (rows in files (BATCH)",
        ),
        (
            "say(type='SCHEMA', stream='orders', schema={'properties': {'no': {}}}); row(1)",
            "no_field",
            "“orders” has no field “name” any more",
        ),
        (
            "raise RuntimeError('the password ' + config['password'] + ' is wrong')",
            "ended",
            "the program ended with code 1 (Traceback",
        ),
    ];
    for (body, code, words) in ends {
        let script = Script::new(body);
        let (blocks, end) = script.read(&orders(&["no", "name"]), &Cursor::start());
        let error = end.unwrap_err();
        assert_eq!(error.code(), code, "{body}: {error}");
        let text = error.to_string();
        assert!(text.starts_with(words), "{body}: {text}");
        assert!(!text.contains("hush") && blocks.is_empty(), "{body}: {text} {blocks:?}");
    }
    let none =
        Tap { command: vec!["no-such-tap-anywhere".into()], config: None, memory_mb: None, minutes: None };
    let mut script = Script::new("");
    script.tap = SingerTap::new(&none, &Secrets::default()).unwrap();
    let error = script.asking(|ask| script.tap.check(ask)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "command: there is no program “no-such-tap-anywhere” on this computer; install the tap, or give its whole path"
    );
}

#[test]
fn a_last_line_without_its_end_counts_where_it_is_whole() {
    let script = Script::new(
        "schemas(); row(1); sys.stdout.write('\\n{\"type\":\"RECORD\",\"stream\":\"orders\",\"record\":{\"no\":2}}')",
    );
    let (blocks, end) = script.read(&orders(&["no"]), &Cursor::start());
    assert_eq!((cells(&blocks), end), (["1", "2"].map(String::from).to_vec(), Ok(ReadEnd::Complete)));
}

#[test]
fn a_tap_that_hangs_is_ended_with_all_that_it_started() {
    let body = r#"
schemas(); row(1); say(type="STATE", value={"done": 1}); row(2)
if os.fork() == 0: pid("child"); time.sleep(120)
pid("leader"); time.sleep(120)
"#;
    let mut script = Script::new(body);
    script.timeout = Duration::from_secs(2);
    let (blocks, end) = script.read(&orders(&["no"]), &Cursor::start());
    assert_eq!(end.unwrap_err().fault, SystemFault::TimedOut { seconds: 2 });
    assert_eq!(cells(&blocks), ["1"], "what a state confirmed is kept");
    assert!(!is_alive(&script.left("child").unwrap()) && !is_alive(&script.left("leader").unwrap()));
}

#[test]
fn a_child_that_holds_the_output_open_does_not_hold_the_run() {
    let script = Script::new("schemas(); row(1)\nif os.fork() == 0: pid('child'); time.sleep(120)");
    let began = Instant::now();
    let (blocks, end) = script.read(&orders(&["no"]), &Cursor::start());
    assert_eq!((cells(&blocks), end), (vec!["1".to_owned()], Ok(ReadEnd::Complete)));
    assert!(began.elapsed() < Duration::from_secs(15) && !is_alive(&script.left("child").unwrap()));
}

#[test]
fn a_person_stops_it_within_a_second() {
    let script = Script::new("pid('pid'); schemas()\nwhile True: row(1); time.sleep(0.01)");
    script.asking(|ask| script.tap.catalog(ask).map(drop)).unwrap();
    let stopped = std::thread::scope(|scope| {
        let canceller = scope.spawn(|| {
            while script.left("pid").is_none_or(|pid| pid.is_empty()) {
                std::thread::sleep(Duration::from_millis(10));
            }
            std::thread::sleep(Duration::from_millis(300));
            script.cancel.store(true, Ordering::Relaxed);
            Instant::now()
        });
        let end = script.read(&orders(&["no"]), &Cursor::start()).1;
        assert_eq!(end.unwrap_err().fault, SystemFault::Cancelled);
        canceller.join().unwrap().elapsed()
    });
    assert!(stopped < Duration::from_secs(1), "{stopped:?}");
    assert!(!is_alive(&script.left("pid").unwrap()));
}

#[test]
fn memory_and_time_have_their_limits() {
    let mut script = Script::new(
        "schemas()\nif os.fork() == 0:\n    pid('child'); held = bytearray(300 << 20); time.sleep(60)\ntime.sleep(60)",
    );
    script.tap.limits.memory_bytes = 200 << 20;
    let end = script.read(&orders(&["no"]), &Cursor::start()).1.unwrap_err();
    assert_eq!(end.to_string(), "the program used more memory than it may and was ended");
    assert!(!is_alive(&script.left("child").unwrap()), "a child counts and is ended, too");

    let mut script = Script::new("schemas()\nwhile True: row(1); time.sleep(0.01)");
    script.asking(|ask| script.tap.catalog(ask).map(drop)).unwrap();
    script.tap.limits.time = Duration::from_secs(2);
    let end = script.read(&orders(&["no"]), &Cursor::start()).1.unwrap_err();
    assert_eq!(end.fault, SystemFault::Exceeded { what: "time" });
}

#[test]
fn secrets_and_settings_are_checked_before_anything_runs() {
    let tap = |config: &str| Tap {
        command: vec!["x".into()],
        config: Some(config.into()),
        memory_mb: None,
        minutes: None,
    };
    let error = |config: &str| SingerTap::new(&tap(config), &Secrets::default()).err().unwrap();
    assert_eq!(error(r#"{"a": ["{secret:key}"]}"#).code(), "no_secret");
    assert_eq!(
        error(r#"{"a": "{secret:key}"}"#).to_string(),
        "the keyring of this computer has no secret for this connection (its name is “key”)"
    );
    assert_eq!((error("[]").code(), error("{").code()), ("setting", "setting"));
    let mut secrets = Secrets::default();
    secrets.put("a", Secret::new("quote\" {secret:b}".into()));
    let filled = settings(r#"{"x": [1, "-{secret:a}-{secret:a}"], "y": "{secret"}"#, &secrets).unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&filled).unwrap(),
        serde_json::json!({"x": [1, "-quote\" {secret:b}-quote\" {secret:b}"], "y": "{secret"})
    );
}

#[test]
fn the_sweep_removes_what_a_killed_run_left_and_nothing_that_is_alive() {
    let place = tempfile::tempdir().unwrap();
    let left = place.path().join("plaza-tap-left");
    for folder in [&left, &place.path().join("plaza-tap-new"), &place.path().join("other")] {
        std::fs::create_dir(folder).unwrap();
    }
    std::fs::write(left.join("config.json"), "secret").unwrap();
    std::fs::write(left.join("lock"), "").unwrap();
    let mut orphan = Command::new("sleep").arg("120").current_dir(&left).spawn().unwrap();
    let alive = place.path().join("plaza-tap-alive");
    std::fs::create_dir(&alive).unwrap();
    let lock = std::fs::File::create(alive.join("lock")).unwrap();
    lock.lock().unwrap();
    std::os::unix::fs::symlink(&alive, place.path().join("plaza-tap-link")).unwrap();
    assert_eq!(folder::sweep_in(place.path()), 1);
    assert!(!left.exists() && alive.exists() && place.path().join("plaza-tap-new").exists());
    if !cfg!(target_os = "linux") {
        orphan.kill().unwrap();
    }
    assert!(!orphan.wait().unwrap().success(), "a tap that still ran in it is ended");
    drop(lock);
    assert_eq!(folder::sweep_in(place.path()), 1);
    // A run that is alive in this very program is let be.
    let running = Folder::new().unwrap();
    sweep();
    assert!(running.path().exists());
}
