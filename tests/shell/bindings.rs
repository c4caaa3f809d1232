//! The interface's TypeScript is what the window's commands say.

use std::fs;
use std::path::Path;

/// `write` makes the test write the file instead of comparing it: `cargo xtask bindings`.
const SWITCH: &str = "PLAZA_BINDINGS";

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
    let found = fs::read_to_string(&file).unwrap_or_default();
    let first = wanted.lines().zip(found.lines()).find(|(wanted, found)| wanted != found);
    assert!(
        wanted == found,
        "ui/src/api/bindings.ts is out of date: `cargo xtask bindings` writes it.\n\
         The first line that differs:\n  window:    {}\n  interface: {}",
        first.map_or("(one is longer)", |lines| lines.0),
        first.map_or("(one is longer)", |lines| lines.1),
    );
}
