//! `plaza verify`, `plaza backup` and `plaza restore`, run as a person would run them. Bad inputs first.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at once

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value as Json;

const INTEGRATION: &str = r#"
id = "flat"
name = "Flat"
system = "ERP"

[route]
promised_by = "sales"
legs = [{ to = "produced", department = "production" }, { to = "delivered", department = "logistics" }]

[[standard]]
days = { produced = 5, delivered = 2 }

[[stream]]
name = "lines"
files = ["lines.csv"]
delivery = "snapshot"

[stream.fields]
order = "order"
line = "line"
ordered = { column = "ordered", formats = ["yyyy-MM-dd"] }
promised = { column = "promised", formats = ["yyyy-MM-dd"] }
produced = { column = "produced", formats = ["yyyy-MM-dd"] }
delivered = { column = "delivered", formats = ["yyyy-MM-dd"] }
"#;

/// A person's computer with a workspace on it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// With a workspace whose files were pulled.
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(desk.path("flat.toml"), INTEGRATION).unwrap();
        desk.export(0);
        desk.pull();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes the export of a day: some lines late, more of them late each time.
    fn export(&self, turn: u32) {
        let mut text = String::from("order,line,ordered,promised,produced,delivered\n");
        for order in 0..400_u32 {
            let day = |after: u32| {
                let days = order / 4 + after;
                format!("2026-{:02}-{:02}", 1 + days / 28, 1 + days % 28)
            };
            let late = if (order + turn).is_multiple_of(5) { 4 + turn % 3 } else { 0 };
            let _ = writeln!(text, "A{order},1,{},{},{},{}", day(0), day(10), day(5 + late), day(8 + late));
        }
        fs::write(self.path("lines.csv"), text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plaza"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("XDG_DATA_HOME", self.path("data"))
            .env("HOME", self.path("home"))
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    #[track_caller]
    fn says(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}{}", stdout(&output), stderr(&output));
        stdout(&output)
    }

    #[track_caller]
    fn pull(&self) {
        self.says(&["pull", "--workspace", "w", "flat.toml", "--today", "2026-06-30"]);
    }

    #[track_caller]
    fn weeks(&self, workspace: &str) -> String {
        self.says(&["week", "--workspace", workspace, "--all", "--json"])
    }

    /// What a verification that finds faults says; its words, and the same as JSON.
    #[track_caller]
    fn unsound(&self, workspace: &str) -> (String, Json) {
        let told = self.run(&["verify", "--workspace", workspace]);
        assert_eq!(told.status.code(), Some(1), "{}{}", stdout(&told), stderr(&told));
        let json = self.run(&["verify", "--workspace", workspace, "--json"]);
        assert_eq!(json.status.code(), Some(1), "{}", stderr(&json));
        let json: Json = serde_json::from_slice(&json.stdout).unwrap();
        assert_eq!(json["sound"], false);
        (stdout(&told), json)
    }

    /// Everything directly in the folder, hidden files too.
    fn listing(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// A copy of the workspace's files, to be damaged.
    fn copy(&self, to: &str) -> PathBuf {
        let to = self.path(to);
        fs::create_dir(&to).unwrap();
        for entry in fs::read_dir(self.path("w")).unwrap() {
            let path = entry.unwrap().path();
            // Its folders hold nothing that counts: locks, what is on its way.
            if path.is_file() {
                fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
            }
        }
        to
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Turns every byte of some pages from the middle of a file.
fn damage(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    let (middle, end) = (bytes.len() / 3, bytes.len() * 2 / 3);
    for byte in &mut bytes[middle..end] {
        *byte = !*byte;
    }
    fs::write(file, bytes).unwrap();
}

#[test]
fn what_does_not_hold_is_told_in_words_and_nothing_is_changed() {
    type Harm = fn(&Path);

    let desk = Desk::new();
    let cases: [(&str, Harm, &str, &str); 7] = [
        ("pages", |w| damage(&w.join("ledger.db")), "ledger", "The file ledger.db is damaged"),
        ("rows", |w| damage(&w.join("intake.db")), "intake", "The file intake.db is damaged"),
        ("none", |w| fs::remove_file(w.join("intake.db")).unwrap(), "intake", "intake.db is missing"),
        (
            "text",
            |w| fs::write(w.join("ledger.db"), "not a database, surely").unwrap(),
            "ledger",
            "is damaged",
        ),
        ("blank", |w| fs::write(w.join("ledger.db"), "").unwrap(), "ledger", "holds no workspace"),
        ("junk", |w| fs::write(w.join("intake.db"), [7; 9000]).unwrap(), "intake", "is damaged"),
        (
            "short",
            |w| {
                let bytes = fs::read(w.join("ledger.db")).unwrap();
                fs::write(w.join("ledger.db"), &bytes[..bytes.len() / 2]).unwrap();
            },
            "ledger",
            "is damaged",
        ),
    ];
    for (name, harm, place, word) in cases {
        harm(&desk.copy(name));
        let (told, json) = desk.unsound(name);
        assert!(told.contains(word), "{name}: {told}");
        assert!(told.contains("Nothing was changed. Restore the newest backup"), "{name}: {told}");
        let faults = json["faults"].as_array().unwrap();
        assert!(faults.iter().any(|fault| fault["place"] == place), "{name}: {json}");
        assert!(json["faults_total"].as_u64().unwrap() >= faults.len() as u64);
    }
    assert!(!desk.path("none/intake.db").exists(), "verifying makes no file");
    let none = desk.run(&["week", "--workspace", "none"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(stderr(&none).contains("intake.db is missing"), "{}", stderr(&none));
    assert!(!desk.path("none/intake.db").exists(), "nor does reading");
}

#[test]
fn a_folder_without_a_workspace_and_a_newer_one_cannot_be_verified() {
    let desk = Desk::new();
    fs::create_dir(desk.path("empty")).unwrap();
    for (folder, word) in [("empty", "holds no workspace"), ("nowhere", "holds no workspace")] {
        let refused = desk.run(&["verify", "--workspace", folder]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(stderr(&refused).contains(word), "{}", stderr(&refused));
        assert!(refused.stdout.is_empty());
    }
    // The schema's number stands in the bytes 60 to 63 of the file.
    for (name, file) in [("newer-ledger", "ledger.db"), ("newer-intake", "intake.db")] {
        let path = desk.copy(name).join(file);
        let mut bytes = fs::read(&path).unwrap();
        bytes[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
        fs::write(&path, bytes).unwrap();
        for command in ["verify", "week"] {
            let refused = desk.run(&[command, "--workspace", name]);
            assert_eq!(refused.status.code(), Some(1));
            assert!(stderr(&refused).contains("newer Plaza"), "{command} {file}: {}", stderr(&refused));
        }
    }
}

#[test]
fn a_sound_workspace_is_said_to_hold() {
    let desk = Desk::new();
    let told = desk.says(&["verify", "--workspace", "w"]);
    assert!(told.starts_with("Everything holds: "), "{told}");
    let json: Json = serde_json::from_str(&desk.says(&["verify", "--workspace", "w", "--json"])).unwrap();
    assert_eq!(
        (&json["sound"], &json["originals"], &json["records"]),
        (&true.into(), &1.into(), &400.into())
    );
    assert_eq!(json["faults"], Json::Array(Vec::new()));
    assert!(json["events"].as_u64().unwrap() > 20);
}

#[test]
fn a_file_that_cannot_be_restored_is_told_and_leaves_nothing_behind() {
    let desk = Desk::new();
    desk.says(&["backup", "--workspace", "w", "good.plaza"]);
    let good = fs::read(desk.path("good.plaza")).unwrap();
    for percent in [1, 20, 40, 60, 80, 99] {
        fs::write(desk.path(&format!("cut-{percent}.plaza")), &good[..good.len() * percent / 100]).unwrap();
    }
    fs::write(desk.path("words.plaza"), "this is no backup at all").unwrap();
    fs::write(desk.path("nothing.plaza"), "").unwrap();
    let mut flipped = good;
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0xff;
    fs::write(desk.path("flipped.plaza"), flipped).unwrap();
    let before = desk.listing();
    for (file, word) in [
        ("cut-1.plaza", "cannot be restored"),
        ("cut-20.plaza", "cut off or damaged"),
        ("cut-40.plaza", "cut off or damaged"),
        ("cut-60.plaza", "cut off or damaged"),
        ("cut-80.plaza", "cut off or damaged"),
        ("cut-99.plaza", "cut off or damaged"),
        ("words.plaza", "not a backup of Plaza"),
        ("nothing.plaza", "cannot be restored"),
        ("flipped.plaza", "cannot be restored"),
        ("missing.plaza", "missing.plaza"),
        ("w", "w:"),
    ] {
        let refused = desk.run(&["restore", file, "new/copy"]);
        assert_eq!(refused.status.code(), Some(1), "{file}");
        assert!(stderr(&refused).contains(word), "{file}: {}", stderr(&refused));
        assert_eq!(desk.listing(), before, "{file}");
    }
    let refused = desk.run(&["restore", "good.plaza", "w"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("is not empty"), "{}", stderr(&refused));
    desk.says(&["verify", "--workspace", "w"]);
}

#[test]
fn a_backup_never_replaces_another_file() {
    let desk = Desk::new();
    let export = fs::read(desk.path("lines.csv")).unwrap();
    for file in ["lines.csv", "w/ledger.db"] {
        let refused = desk.run(&["backup", "--workspace", "w", file]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(stderr(&refused).contains("is no backup of Plaza"), "{}", stderr(&refused));
    }
    assert_eq!(fs::read(desk.path("lines.csv")).unwrap(), export);
    desk.says(&["verify", "--workspace", "w"]);
}

#[test]
fn a_restored_workspace_shows_the_same_weeks_and_goes_on_under_a_new_device() {
    let desk = Desk::new();
    desk.export(1);
    desk.pull();
    let weeks = desk.weeks("w");
    desk.says(&["backup", "--workspace", "w", "b.plaza"]);
    let told = desk.says(&["restore", "b.plaza", "copy"]);
    assert!(told.contains("Everything holds") && told.contains("new device id"), "{told}");
    assert_eq!(desk.weeks("copy"), weeks);
    // The copy goes on, the original stays as it was.
    desk.export(2);
    desk.says(&["pull", "--workspace", "copy", "flat.toml", "--today", "2026-06-30"]);
    assert_ne!(desk.weeks("copy"), weeks);
    assert_eq!(desk.weeks("w"), weeks);
    let json: Json = serde_json::from_str(&desk.says(&["verify", "--workspace", "copy", "--json"])).unwrap();
    assert_eq!(json["devices"], 2);
}

#[test]
fn on_another_computer_a_restored_workspace_writes_after_the_recovery_code() {
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    fs::write(desk.path("flat.toml"), INTEGRATION).unwrap();
    desk.export(0);
    let pulled = desk.run(&["pull", "--workspace", "w", "flat.toml", "--today", "2026-06-30"]);
    let told = stderr(&pulled);
    let code = told.lines().find_map(|line| line.split("write it down: ").nth(1)).unwrap().to_owned();
    desk.says(&["backup", "--workspace", "w", "b.plaza"]);
    let weeks = desk.weeks("w");
    // The keys of the first computer are not on this one.
    fs::rename(desk.path("data"), desk.path("data-of-the-old-laptop")).unwrap();
    let told = desk.says(&["restore", "b.plaza", "copy"]);
    assert!(told.contains("plaza admit --workspace copy"), "{told}");
    assert_eq!(desk.weeks("copy"), weeks, "it can be read");
    desk.export(1);
    let pull = ["pull", "--workspace", "copy", "flat.toml", "--today", "2026-06-30"];
    let refused = desk.run(&pull);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("recovery code"), "{}", stderr(&refused));

    let admit = |code: &str| {
        let mut child = desk
            .command(&["admit", "--workspace", "copy"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(code.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    for wrong in ["", "1234", &code.replace(code.chars().last().unwrap(), "~")] {
        assert_eq!(admit(wrong).status.code(), Some(1), "{wrong}");
    }
    let admitted = admit(&format!("{code}\n"));
    assert!(admitted.status.success(), "{}", stderr(&admitted));
    desk.says(&pull);
    assert_ne!(desk.weeks("copy"), weeks);
    desk.says(&["verify", "--workspace", "copy"]);
}

#[test]
fn a_backup_made_while_another_program_pulls_is_of_one_moment() {
    let desk = Desk::new();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for turn in 1..=6 {
                desk.export(turn);
                desk.pull();
            }
        });
        let mut made = 0;
        while !writer.is_finished() || made == 0 {
            desk.says(&["backup", "--workspace", "w", &format!("{made}.plaza")]);
            made += 1;
        }
        for number in 0..made {
            let copy = format!("copy-{number}");
            desk.says(&["restore", &format!("{number}.plaza"), &copy]);
            desk.says(&["verify", "--workspace", &copy]);
        }
    });
}

#[test]
fn a_founding_that_is_killed_leaves_a_whole_workspace_or_none() {
    for delay_ms in [0, 2, 4, 6, 8, 10, 13, 16, 20, 25, 30, 40, 60, 90] {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        fs::write(desk.path("flat.toml"), INTEGRATION).unwrap();
        desk.export(0);
        let mut child = desk
            .command(&["pull", "--workspace", "w", "flat.toml", "--today", "2026-06-30"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(delay_ms));
        child.kill().unwrap();
        child.wait().unwrap();
        desk.pull();
        let told = desk.says(&["verify", "--workspace", "w"]);
        assert!(told.starts_with("Everything holds"), "{delay_ms}: {told}");
        let weeks: Json = serde_json::from_str(&desk.weeks("w")).unwrap();
        assert!(weeks.as_array().is_some_and(|weeks| weeks.len() > 10), "{delay_ms}");
        let hidden: Vec<_> = fs::read_dir(desk.path("w"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.starts_with('.'))
            .collect();
        assert!(hidden.is_empty(), "{delay_ms}: {hidden:?}");
    }
}
