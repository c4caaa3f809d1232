//! `cargo xtask test`: set-up, every check, every test, and one line with the counts at the end.

use std::process::ExitCode;

use crate::check::{self, Report, in_target};
use crate::packages::{self, Need};
use crate::process::Problem;
use crate::tally::{of_cargo, of_vitest};
use crate::{place, ui};

/// Two windows at once: more would wait for each other on a small machine.
const WINDOWS_AT_ONCE: &str = "--test-threads=2";

/// Runs everything.
pub(crate) fn run() -> ExitCode {
    let mut report = Report::default();
    if let Err(problem) = set_up() {
        report.set_up_failed(&problem);
        return report.close();
    }
    let target = place::target();
    check::all(&mut report, &target);
    let mut vitest = ui::tool("vitest");
    vitest.args(["run"]).env("NO_COLOR", "1");
    report.counted("Interface: tests", &mut vitest, |lines, ok| of_vitest(lines).judged(ok));
    let mut tests = in_target(&target);
    tests.args(["test", "--locked", "--workspace", "--no-fail-fast"]);
    report.counted("Rust: tests", &mut tests, |lines, ok| of_cargo(lines).judged(ok));
    let mut windows = in_target(&target);
    windows.args(["test", "--locked", "--workspace", "--test", "e2e", "--", WINDOWS_AT_ONCE]);
    report.counted("The window: tests", &mut windows, |lines, ok| of_cargo(lines).judged(ok));
    report.close()
}

fn set_up() -> Result<(), Problem> {
    packages::install(Need::WindowTests)?;
    ui::install()?;
    ui::build()
}
