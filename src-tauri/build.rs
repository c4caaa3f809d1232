//! Prepares the window: Tauri's context, its permissions, and a page to show while the interface is not built.

use std::error::Error;
use std::fs;
use std::path::Path;

const PLACEHOLDER: &str = "<!doctype html><meta charset=\"utf-8\"><title>Plaza</title>\
    <p>The interface is not built yet: run <code>cargo xtask start</code>.</p>\n";

fn main() -> Result<(), Box<dyn Error>> {
    // Runs in the root of the repository, where tauri.conf.json is.
    let dist = Path::new("ui/dist");
    if !dist.join("index.html").exists() {
        fs::create_dir_all(dist)?;
        fs::write(dist.join("index.html"), PLACEHOLDER)?;
    }
    println!("cargo:rerun-if-changed=ui/dist");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    tauri_build::try_build(
        tauri_build::Attributes::new()
            .capabilities_path_pattern("./src-tauri/capabilities/**/*")
            .app_manifest(
                tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*"),
            ),
    )?;
    Ok(())
}
