//! What a tap does wrong: it floods what stands beside its rows, hangs, is killed by an operating system short of memory.

use std::time::Duration;

use super::{Company, OTHERS, of_system};

/// A tap that reads what it shall do from a file beside it.
const TAP: &str = r#"
import json, os, sys, time
here = os.path.dirname(os.path.abspath(__file__))
mode, count = open(os.path.join(here, "mode")).read().split()
names = ["id", "order", "line", "ordered", "promised", "produced", "delivered", "quantity", "changed"]
whole = {"id": "integer", "line": "integer", "quantity": "number"}
schema = {"type": "object", "properties": {name: {"type": ["null", whole.get(name, "string")]} for name in names}}
schema["properties"]["changed"]["format"] = "date-time"
say = lambda **line: print(json.dumps(line), flush=True)
if "--discover" in sys.argv:
    print(json.dumps({"streams": [{"tap_stream_id": "lines", "stream": "lines", "key_properties": ["id"],
        "schema": schema, "metadata": []}]}))
    sys.exit(0)
say(type="SCHEMA", stream="lines", schema=schema, key_properties=["id"], bookmark_properties=["changed"])
for no in range(1, int(count) + 1):
    if no == 40 and mode == "hangs": time.sleep(600)
    if no == 40 and mode == "ends": sys.exit(137)
    if no == 40 and mode == "killed": os.kill(os.getpid(), 9)
    if no % 10 == 0 and mode == "floods": sys.stderr.write("%d " % no + "x" * 1_000_000 + "\n")
    say(type="RECORD", stream="lines", record={"id": no, "order": "A%d" % no, "line": 1, "ordered": "2026-03-02",
        "promised": "2026-03-16", "produced": "2026-03-06", "delivered": "2026-03-1%d" % (6 if no % 2 else 7),
        "quantity": 5, "changed": "2026-03-17T%02d:%02d:00Z" % (no // 60, no % 60)})
say(type="STATE", value={"at": int(count)})
"#;

struct Tap(tempfile::TempDir);

impl Tap {
    fn new() -> Self {
        let tap = Self(tempfile::tempdir().unwrap());
        std::fs::write(tap.0.path().join("tap.py"), TAP).unwrap();
        tap
    }

    fn does(&self, mode: &str, count: usize) {
        std::fs::write(self.0.path().join("mode"), format!("{mode} {count}")).unwrap();
    }

    fn asked(&self) -> String {
        let connection = format!(
            "[connection]\nkind = \"singer\"\ncommand = [\"python3\", \"{}\"]\n\n[route]",
            self.0.path().join("tap.py").display()
        );
        of_system("tap", &connection, "name = \"lines\", cursor = \"changed\", key = \"id\"")
    }
}

#[test]
fn a_tap_that_hangs_or_is_killed_ends_in_words_and_the_next_pull_is_whole() {
    for (mode, words) in [
        ("hangs", "no answer came within"),
        ("ends", "the program was ended from outside; often because the computer had no memory left"),
        ("killed", "the program was ended from outside; often because the computer had no memory left"),
    ] {
        let tap = Tap::new();
        tap.does("well", 80);
        let company = Company::new(&tap.asked());
        company.is_whole(80);
        tap.does(mode, 120);
        let said = company.fails_within(Duration::from_secs(2));
        assert!(said.starts_with("tap: ") && said.contains(words), "{mode}: {said}");
        tap.does("well", 120);
        company.is_whole(120);
    }
}

#[test]
fn a_tap_that_floods_its_words_is_pulled_all_the_same() {
    let tap = Tap::new();
    tap.does("floods", 120);
    let company = Company::new(&tap.asked());
    company.is_whole(120);
    let intake = std::fs::metadata(company.bench.workspace.folder().join("intake.db")).unwrap().len();
    assert!(intake < 3_000_000, "twelve megabytes of words are not kept: {intake}");
    assert_eq!(company.journeys(), (120 + OTHERS) as i64);
}
