//! The window's part of `cargo xtask bench`: the program as it is shipped, on a virtual display, with the workspace of
//! the benchmark. The window tests' own harness drives it and says what it saw (`tests/e2e/figures.rs`).

use std::collections::BTreeMap;
use std::path::Path;

use crate::bench::{judge, spread};
use crate::measured;
use crate::packages::{self, Need};
use crate::process::{Problem, cargo, succeed};
use crate::ui;

/// The limits that Plaza's window holds itself to. At rest it does nothing: what is below half a hundredth of a core
/// is the system's own.
const START_SECONDS: f64 = 1.0;
const MEMORY_MEGABYTES: f64 = 320.0;
const IDLE_PERCENT: f64 = 0.5;

/// The test that prints.
const FIGURES: &str = "figures::print_the_figures_of_the_window";

/// What is measured once for each start, in milliseconds, with its words.
const PAGES: [(&str, &str); 10] = [
    ("board-read", "board, the core's part"),
    ("kpi", "from the board to a KPI"),
    ("orders", "the orders of another week"),
    ("sorted", "the orders sorted anew"),
    ("order", "one order"),
    ("inbox", "the inbox"),
    ("found", "what a word finds in all that was said"),
    ("conversation", "one conversation"),
    ("typed", "typing: the longest frame"),
    ("typed-bare", "  the same in a bare field"),
];

/// What the window said, by name.
#[derive(Debug, Default, PartialEq)]
struct Figures(BTreeMap<String, Vec<f64>>);

impl Figures {
    /// From the output of the tests, where other lines are among ours.
    fn read(output: &str) -> Self {
        let mut figures = Self::default();
        for line in output.lines() {
            let mut words = line.split_whitespace().skip_while(|word| *word != "figure").skip(1);
            let (Some(name), Some(Ok(number))) = (words.next(), words.next().map(str::parse)) else {
                continue;
            };
            figures.0.entry(name.to_owned()).or_default().push(number);
        }
        figures
    }

    fn of(&self, name: &str) -> &[f64] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

/// What the window needs to be built and driven.
pub(crate) fn build() -> Result<(), Problem> {
    packages::install(Need::WindowTests)?;
    ui::install()?;
    ui::build()?;
    let wanted = ["--package", "plaza", "--bin", "plaza-desktop"];
    succeed("Building the window", cargo().args(["build", "--release", "--quiet"]).args(wanted))?;
    println!("Building what drives the window");
    succeed("Building the driver", driver().arg("--no-run"))
}

/// Starts the window so many times; `data` is Plaza's own folder with the keys of the workspace.
pub(crate) fn measure(program: &Path, data: &Path, workspace: &Path, starts: usize) -> Result<(), Problem> {
    let mut drive = driver();
    drive
        .args(["--", "--ignored", "--exact", "--nocapture", FIGURES])
        .env("PLAZA_FIGURES_PROGRAM", program)
        .env("PLAZA_FIGURES_DATA", data)
        .env("PLAZA_FIGURES_WORKSPACE", workspace)
        .env("PLAZA_FIGURES_STARTS", starts.to_string());
    let figures = Figures::read(&measured::run("the window", &mut drive)?.output);
    if figures.of("start").len() != starts {
        return Err(Problem::Missing { what: format!("the window did not say its figures: {figures:?}") });
    }
    println!();
    println!("{:40} {:>26}", format!("The window, {starts} starts"), "min   median      max");
    judge("process begun to board painted, seconds", figures.of("start"), START_SECONDS);
    judge("at rest: memory of all processes, MB", figures.of("memory"), MEMORY_MEGABYTES);
    judge("at rest: percent of one processor", figures.of("idle"), IDLE_PERCENT);
    println!("{:40} {:>26}", "Pages, milliseconds until painted", "min   median      max");
    for (name, words) in PAGES {
        println!("{words:40} {}", spread(figures.of(name).to_vec()));
    }
    Ok(())
}

fn driver() -> std::process::Command {
    let mut drive = cargo();
    drive.args(["test", "--quiet", "--locked", "--package", "plaza", "--test", "e2e"]);
    drive
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_among_what_tests_print() {
        let output = "running 1 test\ntest figures ... figure start 0.812\nfigure memory 201.5\n\
                      figure start 0.790\nfigure broken\nfigure idle none\nok\n";
        let figures = Figures::read(output);
        assert_eq!(figures.of("start"), [0.812, 0.790]);
        assert_eq!(figures.of("memory"), [201.5]);
        assert_eq!((figures.of("broken"), figures.of("idle")), (&[][..], &[][..]));
    }
}
