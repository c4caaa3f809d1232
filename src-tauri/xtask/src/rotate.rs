//! What `plaza-bench rotate` said: how long a plan takes, beside a solver of linear programs on the same case.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::bench::{judge, megabytes, spread};
use crate::measured::{self, Cost};
use crate::place;
use crate::process::{Problem, command, quiet};

/// The case that both plan: 500 people, 12 departments, a quarter of a year.
const CASE: &str = "company-500x12x13-1.json";

/// Seconds that a person waits for a year's plan of 500 people on two processors.
const YEAR_SECONDS: f64 = 5.0;
/// Memory that it may take, MB.
const PEAK_MEGABYTES: f64 = 200.0;
/// A plan is at most so many thousandths of the proven bound.
const OF_BOUND: f64 = 1005.0;
/// Seconds from stopping it to its end.
const STOP_SECONDS: f64 = 1.0;

/// Seconds that the peer is given.
const PEER_SECONDS: &str = "240";

/// Plans, has the peer plan, and prints the figures.
pub(crate) fn measure(program: &mut Command, python: &str, folder: &Path, times: u32) -> Result<(), Problem> {
    let fixtures = place::root().join("tests/fixtures/rotation");
    let ours = measured::run(
        "planning rotations",
        program.arg("rotate").arg(fixtures.join(CASE)).arg(times.to_string()),
    )?;
    let all = read(&ours.output);
    let of = |name: &str, column: usize| -> Vec<f64> {
        all.get(name).into_iter().flatten().filter_map(|line| line.get(column).copied()).collect()
    };
    println!("rotations of 500 people and 12 departments");
    for (what, name) in [
        ("a plan of a quarter", "case"),
        ("a plan of a year", "year"),
        ("made anew after an illness", "ill"),
        ("stopped in its middle", "stop"),
    ] {
        println!("{what:36} {:>27}   {:>27}", spread(of(name, 0)), spread(of(name, 1)));
    }
    let peer = peer(python, &fixtures, folder)?;
    if let Some(peer) = &peer {
        let peak = peer.peak_bytes.map_or_else(String::new, |bytes| format!("{:.0} MB", megabytes(bytes)));
        println!("{:36} {:8.3} {peak:>27}", "HiGHS, the plan of a quarter", peer.seconds);
    }
    println!();
    judge("a year's plan, seconds", &of("year", 0), YEAR_SECONDS);
    let peak: Vec<f64> = ours.peak_bytes.map(megabytes).into_iter().collect();
    judge("peak memory of planning, MB", &peak, PEAK_MEGABYTES);
    judge("a quarter's plan, thousandths of the bound", &of("case", 2), OF_BOUND);
    judge("from the stop to the end, seconds", &of("stop", 0), STOP_SECONDS);
    println!("{:40} {}", "changes of others after an illness", spread(of("ill", 2)));
    if let Some(peer) = peer {
        let ratios = of("case", 0).into_iter().map(|seconds| seconds / peer.seconds).collect();
        println!("{:40} {}", "a quarter's plan / HiGHS, clock", spread(ratios));
    }
    Ok(())
}

/// Lines of a name and numbers, by name.
fn read(output: &str) -> BTreeMap<&str, Vec<Vec<f64>>> {
    let mut all: BTreeMap<&str, Vec<Vec<f64>>> = BTreeMap::new();
    for line in output.lines() {
        let mut words = line.split(' ');
        let name = words.next().unwrap_or_default();
        all.entry(name).or_default().push(words.filter_map(|word| word.parse().ok()).collect());
    }
    all
}

/// What the same case costs the solver that proved its bound; nothing where it is not there.
fn peer(python: &str, fixtures: &Path, folder: &Path) -> Result<Option<Cost>, Problem> {
    if !quiet(Command::new(python).args(["-c", "import ortools"]).stdin(Stdio::null())) {
        println!("HiGHS: left out, {python} has no package ortools (--python names another)");
        return Ok(None);
    }
    // The solver writes what it learnt into the case.
    let case = folder.join(CASE);
    let problem = |reason| Problem::File { path: case.display().to_string(), reason };
    fs::copy(fixtures.join(CASE), &case).map_err(problem)?;
    let mut solve = command(python);
    solve.arg(fixtures.join("solve.py")).args(["--highs", "--seconds", PEER_SECONDS]).arg(&case);
    measured::run("HiGHS", &mut solve).map(Some)
}
