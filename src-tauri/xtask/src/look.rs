//! `cargo xtask look`: the window on a virtual display, following a script, for people who change it.

use std::path::Path;
use std::process::ExitCode;

use crate::packages::{self, Need};
use crate::process::{Problem, cargo, succeed};
use crate::{place, ui};

const HELP: &str = "\
cargo xtask look SCRIPT

Opens Plaza on a virtual display with an empty home, follows SCRIPT, saves screenshots to target/screenshots.
One step on each line; texts with blanks stand in \"quotes\"; # starts a comment.

  open [sample | --workspace DIR]   start the window (the first step); `sample` makes the sample company
  dark | light                        before `open`: the system's colours
  size WIDTH HEIGHT                   of the window
  go /address                         an address of the page
  click TEXT | click ROLE NAME        the first that is visible: click button \"Talk about it\"
  click css SELECTOR
  type TEXT                           into what has the focus
  press KEY                           Tab, Enter, Escape, ArrowDown, f, Control+k …
  file PATH                           answers the next dialog for files or folders
  wait TEXT                           until the page shows it (10 seconds)
  pause MILLISECONDS
  shot NAME                           target/screenshots/NAME.png
  axe                                 print what axe-core finds
  text                                print the page's text
  eval JAVASCRIPT                     print its result (`return …`)
";

/// Runs the script through the tests' window.
pub(crate) fn run(options: &[String]) -> Result<ExitCode, Problem> {
    let [script] = options else {
        print!("{HELP}");
        return Ok(ExitCode::from(2));
    };
    if script == "--help" {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    let script = std::path::absolute(Path::new(script))
        .map_err(|reason| Problem::File { path: script.clone(), reason })?;
    packages::install(Need::WindowTests)?;
    ui::install()?;
    ui::build()?;
    let target = place::target();
    let mut look = cargo();
    if let Some(folder) = &target.folder {
        look.env("CARGO_TARGET_DIR", folder);
    }
    // As the tests are built: with the features of another selection all would be built anew.
    look.args(["test", "--quiet", "--locked", "--workspace", "--test", "e2e"])
        .args(["--", "--ignored", "--exact", "--nocapture", "look::follow_a_script"])
        .env("PLAZA_LOOK", script);
    succeed("Looking", &mut look)?;
    Ok(ExitCode::SUCCESS)
}
