//! `cargo xtask check`: format, lints and types, each counting as one test.

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::packages::{self, Need};
use crate::place::{self, Target};
use crate::process::{Problem, cargo, watched};
use crate::tally::{self, Tally};
use crate::ui;

/// What ran, what it counted, and what to show again at the end.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) tally: Tally,
    broken: Vec<(String, Vec<String>)>,
    took: Vec<(String, Duration)>,
}

impl Report {
    /// Runs one check: it passes or fails as a whole.
    pub(crate) fn check(&mut self, name: &str, command: &mut Command) {
        self.counted(name, command, |_, succeeded| Tally {
            passed: u32::from(succeeded),
            failed: u32::from(!succeeded),
            skipped: 0,
        });
    }

    /// Runs one program and counts its lines.
    pub(crate) fn counted(&mut self, name: &str, command: &mut Command, count: fn(&[String], bool) -> Tally) {
        println!("\n== {name}");
        let began = Instant::now();
        let (tally, lines) = match watched(command) {
            Ok((status, lines)) => (count(&lines, status.success()), lines),
            Err(problem) => (Tally { failed: 1, ..Tally::default() }, vec![problem.to_string()]),
        };
        self.took.push((name.into(), began.elapsed()));
        if tally.failed > 0 {
            let kept = tally::failures(&lines);
            self.broken.push((name.into(), if kept.is_empty() { last(lines) } else { kept }));
        }
        self.tally.add(tally);
    }

    /// Something before the checks that did not work.
    pub(crate) fn set_up_failed(&mut self, problem: &Problem) {
        self.tally.failed += 1;
        self.broken.push(("set-up".into(), vec![problem.to_string()]));
    }

    /// Shows what took how long and what failed, and closes with the counts.
    pub(crate) fn close(self) -> ExitCode {
        for (name, lines) in &self.broken {
            println!("\n== FAILED: {name}");
            for line in lines {
                println!("{line}");
            }
        }
        println!("\n== Time");
        for (name, took) in &self.took {
            println!("{name:34} {:3} min {:02} s", took.as_secs() / 60, took.as_secs() % 60);
        }
        let Tally { passed, failed, skipped } = self.tally;
        println!();
        if skipped == 0 {
            println!("{passed} passed, {failed} failed");
        } else {
            println!("{passed} passed, {failed} failed, {skipped} skipped");
        }
        if failed == 0 && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// A page of lines, enough to see what happened.
const LAST_LINES: usize = 60;

fn last(mut lines: Vec<String>) -> Vec<String> {
    lines.split_off(lines.len().saturating_sub(LAST_LINES))
}

/// Checks everything that needs no test to run.
pub(crate) fn run() -> Result<ExitCode, Problem> {
    packages::install(Need::Window)?;
    ui::install()?;
    let mut report = Report::default();
    all(&mut report, &place::target());
    Ok(report.close())
}

/// Every check, in the order of their cost.
pub(crate) fn all(report: &mut Report, target: &Target) {
    report.check("Rust: format", cargo().args(["fmt", "--all", "--check"]));
    report.check("Interface: format", ui::tool("oxfmt").arg("--check"));
    report.check("Interface: lints", ui::tool("oxlint").arg("--deny-warnings"));
    report.check("Interface: types", ui::tool("tsc").arg("--build"));
    let mut clippy = in_target(target);
    clippy.args([
        "clippy",
        "--quiet",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]);
    report.check("Rust: lints", &mut clippy);
}

/// Cargo, building in the chosen folder.
pub(crate) fn in_target(target: &Target) -> Command {
    let mut cargo = cargo();
    if let Some(folder) = &target.folder {
        // What is built once needs no notes on how to build half of it again: they are a third of the folder.
        cargo.env("CARGO_TARGET_DIR", folder).env("CARGO_INCREMENTAL", "0");
    }
    cargo
}
