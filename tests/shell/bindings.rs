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
    let found = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(found == wanted, "ui/src/api/bindings.ts is not current: run `cargo xtask bindings`");
}
