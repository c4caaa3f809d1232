//! What running another program cost: time on the clock, time of the processors, memory at its peak.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::process::Problem;

/// How often a running program's memory is looked at. The kernel keeps the peak, so only what it grows in the last
/// such moment is missed.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// Ticks per second in which Linux tells the time of processors; the same on all its systems.
const TICKS_PER_SECOND: f64 = 100.0;

/// What one run of a program cost.
#[derive(Clone, Debug)]
pub(crate) struct Cost {
    /// Seconds on the clock.
    pub(crate) seconds: f64,
    /// Seconds of all processors together; nothing where the system does not tell.
    pub(crate) processor_seconds: Option<f64>,
    /// Bytes of memory at the peak, likewise.
    pub(crate) peak_bytes: Option<u64>,
    /// What it printed.
    pub(crate) output: String,
}

/// Runs a program to its end and says what that cost.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<Cost, Problem> {
    let before = children_seconds();
    let start = Instant::now();
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|reason| Problem::Start {
        program: command.get_program().to_string_lossy().into_owned(),
        reason,
    })?;
    let reading = child.stdout.take().map(|mut out| {
        std::thread::spawn(move || {
            let mut text = String::new();
            // What cannot be read is missed by whoever looks for it in the text.
            let _ = out.read_to_string(&mut text);
            text
        })
    });
    let mut peak_bytes = None;
    let failed = |reason| Problem::Start { program: what.to_owned(), reason };
    let status = loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            break status;
        }
        peak_bytes = peak_of(child.id()).max(peak_bytes);
        std::thread::sleep(LOOK_EVERY);
    };
    let seconds = start.elapsed().as_secs_f64();
    let output = reading.and_then(|reading| reading.join().ok()).unwrap_or_default();
    if !status.success() {
        return Err(Problem::Failed { what: what.to_owned(), status });
    }
    let processor_seconds = children_seconds().zip(before).map(|(after, before)| after - before);
    Ok(Cost { seconds, processor_seconds, peak_bytes, output })
}

/// The most memory that a running program ever had.
fn peak_of(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024)
}

/// Processor time of all our children that have ended.
fn children_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name is in brackets and may hold blanks; user and system time of children are fields 16 and 17.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: f64 =
        fields.split_whitespace().skip(13).take(2).filter_map(|text| text.parse::<f64>().ok()).sum();
    Some(ticks / TICKS_PER_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_works_and_one_that_sleeps_are_told_apart() {
        if !cfg!(target_os = "linux") {
            return;
        }
        let works = run(
            "counting",
            Command::new("sh").args(["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo $i"]),
        )
        .unwrap();
        assert_eq!(works.output.trim(), "200000");
        assert!(works.processor_seconds.unwrap() > 0.0 && works.peak_bytes.unwrap() > 100_000, "{works:?}");
        let sleeps = run("sleeping", Command::new("sleep").arg("0.2")).unwrap();
        assert!(sleeps.seconds >= 0.2 && sleeps.processor_seconds.unwrap() < sleeps.seconds);
        assert!(run("failing", &mut Command::new("false")).is_err());
    }
}
