//! The interface's TypeScript is what the window's commands say.

use std::fs;
use std::path::Path;

/// `write` makes the test write the file instead of comparing it: `cargo xtask bindings`.
const SWITCH: &str = "PLAZA_BINDINGS";

/// Every command and type of the window stands in the interface's file as it is generated. The file also names
/// commands that the window does not answer yet; the pages that call them show the error of a missing command.
#[test]
fn are_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/api/bindings.ts");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let fresh = folder.path().join("bindings.ts");
    plaza_shell::bindings::export(&fresh).expect("every type has a TypeScript");
    let wanted = fs::read_to_string(&fresh).expect("the export was written");
    if std::env::var(SWITCH).is_ok_and(|value| value == "write") {
        fs::write(&file, wanted).expect("the interface's file can be written");
        return;
    }
    let found = bare(&fs::read_to_string(&file).unwrap_or_default());
    let missing: Vec<String> =
        declarations(&wanted).into_iter().filter(|one| !found.contains(&bare(one))).collect();
    assert!(missing.is_empty(), "ui/src/api/bindings.ts lacks or differs in:\n{}", missing.join("\n"));
}

/// Each command's line and each type of an export.
fn declarations(export: &str) -> Vec<String> {
    let commands = export.lines().filter(|line| line.contains("__TAURI_INVOKE(")).map(str::to_owned);
    let types = bare_lines(export);
    let types = types.split("export type ").skip(1).map(|rest| {
        let end = rest.find("\n\n").unwrap_or(rest.len());
        format!("export type {}", &rest[..end])
    });
    commands.chain(types).collect()
}

/// Without comments.
fn bare_lines(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        bare.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    bare.push_str(rest);
    bare
}

/// Without comments and white space: what the type checker sees.
fn bare(text: &str) -> String {
    bare_lines(text).chars().filter(|char| !char.is_whitespace()).collect()
}
