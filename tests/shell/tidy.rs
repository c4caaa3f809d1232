//! What a formatter and a linter do not see.

use std::fs;
use std::path::{Path, PathBuf};

/// What may stand at the top of the repository besides files with a dot.
const TOP: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "gen",
    "migrations",
    "src-tauri",
    "target",
    "tauri.conf.json",
    "tests",
    "ui",
];

/// Made by programs, or not ours.
const NOT_OURS: &[&str] = &["target", "node_modules", "dist", "gen", ".git", "fixtures", "bindings.ts"];

/// About 400 lines is the rule of the house; past this a file is two files.
const LONGEST_FILE_LINES: usize = 700;

struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    fn is(&self, extensions: &[&str]) -> bool {
        self.path
            .extension()
            .and_then(|extension| extension.to_str())
            .is_some_and(|own| extensions.contains(&own))
    }

    fn name(&self) -> String {
        self.path.strip_prefix(root()).unwrap_or(&self.path).display().to_string().replace('\\', "/")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    for place in ["src-tauri", "ui", "tests", "migrations"] {
        collect(&root().join(place), &mut found);
    }
    for file in ["Cargo.toml", "README.md", "tauri.conf.json"] {
        let path = root().join(file);
        found.extend(fs::read_to_string(&path).ok().map(|text| Source { path, text }));
    }
    assert!(found.len() > 50, "only {} files were found", found.len());
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_name().to_str().is_some_and(|name| NOT_OURS.contains(&name)) {
            continue;
        }
        if path.is_dir() {
            collect(&path, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push(Source { path, text });
        }
    }
}

/// Lines that break a rule, with their places.
fn broken(extensions: &[&str], breaks: impl Fn(&Source, &str) -> bool) -> Vec<String> {
    let mut lines = Vec::new();
    for source in sources().iter().filter(|source| source.is(extensions)) {
        for (number, line) in source.text.lines().enumerate().filter(|(_, line)| breaks(source, line)) {
            lines.push(format!("{}:{}: {}", source.name(), number + 1, line.trim()));
        }
    }
    lines
}

fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn the_top_level_holds_only_what_belongs_there() {
    let names =
        fs::read_dir(root()).expect("the repository can be read").flatten().map(|entry| entry.file_name());
    let strange: Vec<String> = names
        .filter_map(|name| name.to_str().map(str::to_owned))
        .filter(|name| !name.starts_with('.') && !TOP.contains(&name.as_str()))
        .collect();
    assert_none("these do not belong at the top", &strange);
}

#[test]
fn every_file_of_rust_says_what_it_is_for() {
    let silent: Vec<String> = sources()
        .iter()
        .filter(|source| source.is(&["rs"]) && !source.text.starts_with("//!"))
        .map(Source::name)
        .collect();
    assert_none("these files do not begin with their purpose", &silent);
}

#[test]
fn no_file_is_endless() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| source.is(&["rs", "ts", "tsx", "css"]))
        .map(|source| (source.text.lines().count(), source))
        .filter(|(lines, _)| *lines > LONGEST_FILE_LINES)
        .map(|(lines, source)| format!("{}: {lines} lines", source.name()))
        .collect();
    assert_none("these files are too long", &long);
}

#[test]
fn nothing_is_put_off() {
    // Written apart, or this file would find itself.
    let words =
        [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("todo", "!("), concat!("unimpl", "emented!(")];
    let all = ["rs", "ts", "tsx", "css", "sql", "toml", "md", "js", "html"];
    // Calendars call a task so.
    let said = |line: &str| line.replace(concat!("VTO", "DO"), "");
    assert_none("put off", &broken(&all, |_, line| words.iter().any(|word| said(line).contains(word))));
}

#[test]
fn an_error_is_never_only_a_text() {
    assert_none("errors carry data", &broken(&["rs"], |_, line| fails_with_text(line)));
}

/// Whether a line names a `Result` whose error is a `String`.
fn fails_with_text(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    code.match_indices("Result<").any(|(start, name)| {
        let mut depth = 1_u32;
        let mut last = start + name.len();
        for (offset, sign) in code.char_indices().skip_while(|(offset, _)| *offset < start + name.len()) {
            match sign {
                '<' | '(' | '[' => depth += 1,
                '>' | ')' | ']' => depth -= 1,
                ',' if depth == 1 => last = offset + 1,
                _ => {}
            }
            if depth == 0 {
                return last > start + name.len()
                    && code.get(last..offset).is_some_and(|error| error.trim() == "String");
            }
        }
        false
    })
}

#[test]
fn the_search_for_text_errors_finds_them() {
    let cases = [
        (concat!("fn a() -> Result<(), Str", "ing> {"), true),
        (concat!("fn a() -> Result<Vec<(u8, u8)>, Str", "ing> {"), true),
        ("fn a() -> Result<BTreeMap<String, String>, Fault> {", false),
        ("fn a() -> Result<(u8, String), Fault> {", false),
        ("fn a() -> Result<String> {", false),
    ];
    for (line, expected) in cases {
        assert_eq!(fails_with_text(line), expected, "{line}");
    }
}

#[test]
fn no_path_of_one_machine_is_left() {
    let here = env!("CARGO_MANIFEST_DIR");
    let homes =
        [concat!("/ho", "me/"), concat!("/Use", "rs/"), concat!("/ro", "ot/"), concat!("C:\\Use", "rs\\")];
    let all = ["rs", "ts", "tsx", "css", "sql", "toml", "md", "js", "html", "json"];
    let found = broken(&all, |_, line| line.contains(here) || homes.iter().any(|home| line.contains(home)));
    assert_none("paths of a machine", &found);
}

#[test]
fn only_one_place_in_the_interface_knows_the_window() {
    let found = broken(&["ts", "tsx"], |source, line| {
        // A test may clear the mocks that the platform's fixtures set.
        let test = source.name().contains(".test.ts");
        line.contains("\"@tauri-apps/") && !test && !source.name().starts_with("ui/src/platform/")
    });
    assert_none("imports of the window outside of ui/src/platform", &found);
}

#[test]
fn only_the_stores_and_the_reader_of_strangers_files_know_sqlite() {
    let allowed = [
        "src-tauri/crates/store/",
        "src-tauri/crates/testkit/src/bench/talk.rs",
        "src-tauri/crates/connect/src/system/sql/sqlite/",
        "src-tauri/crates/connect/tests/system/sqlite.rs",
        "tests/e2e/system.rs",
        "tests/pipeline/systems.rs",
        "tests/pipeline/trail.rs",
        "tests/pipeline/wizard/offer.rs",
        "tests/shell/",
    ];
    let found = broken(&["rs"], |source, line| {
        let code = line.trim_start();
        !code.starts_with("//")
            && code.contains("rusqlite")
            && !allowed.iter().any(|place| source.name().starts_with(place))
    });
    assert_none("SQLite elsewhere", &found);
}
