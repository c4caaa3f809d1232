//! The project's own commands: `cargo xtask start | test | check | bindings | bench | look | dist`.
//!
//! Each does its own set-up first and says in one line what it is doing; nothing is done twice.

mod bench;
mod bindings;
mod check;
mod database;
mod dist;
mod look;
mod measured;
mod packages;
mod place;
mod process;
mod room;
mod rotate;
mod scratch;
mod start;
mod talk;
mod tally;
mod test;
mod ui;
mod window;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  start     set up, build and open Plaza with the sample company
            --release   build as it is shipped (takes minutes, runs faster)
            --headless  no window: make the sample company and print its weeks
  test      set up and run every check and test
            --without-servers  those that ask real servers are left out, and nothing is installed for them
  check     format, lints and types only
  bindings  write ui/src/api/bindings.ts from the window's commands
  bench     pull a million order lines beside sqlite3, DuckDB and psql, print the ratios; then open them in the window
            cargo xtask bench --help tells the options
  look      open the window on a virtual display, follow a script, save screenshots
            cargo xtask look SCRIPT   (`cargo xtask look --help` tells the words)
  dist      build the package for this system
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let outcome = match (command.as_str(), rest.as_slice()) {
        ("start", options) => start::run(options),
        ("test", options) => Ok(test::run(options)),
        ("check", []) => check::run(),
        ("bindings", []) => bindings::run(),
        ("bench", options) => bench::run(options),
        ("look", options) => look::run(options),
        ("dist", []) => dist::run(),
        ("help" | "--help" | "-h", []) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("xtask: {problem}");
            ExitCode::FAILURE
        }
    }
}
