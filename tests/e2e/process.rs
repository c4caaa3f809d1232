//! The processes of a window: the program and those of its web view, what they use of memory and of the processors.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Ticks per second in which Linux tells the time of processes; the same on all its systems.
const TICKS_PER_SECOND: f64 = 100.0;

/// A running program with everything that it started.
pub struct Processes(Vec<u32>);

impl Processes {
    /// Those of the program that runs with this home.
    pub fn of(home: &Path, program: &Path) -> Self {
        let program = program.canonicalize().expect("the program is there");
        let variable = format!("HOME={}", home.display()).into_bytes();
        let all = running();
        let is_it = |process: &u32| {
            fs::read_link(format!("/proc/{process}/exe")).is_ok_and(|exe| exe == program)
                && fs::read(format!("/proc/{process}/environ"))
                    .is_ok_and(|all| all.split(|byte| *byte == 0).any(|one| one == variable))
        };
        let first = all.iter().copied().find(is_it).expect("the program runs");
        let mut family = vec![first];
        // A process may have a lower number than the one that started it, so this goes on until nobody is added.
        loop {
            let more: Vec<u32> = all
                .iter()
                .copied()
                .filter(|process| {
                    !family.contains(process) && parent(*process).is_some_and(|one| family.contains(&one))
                })
                .collect();
            if more.is_empty() {
                return Self(family);
            }
            family.extend(more);
        }
    }

    /// Ends all of them at once, as a power cut does.
    pub fn kill(self) {
        for process in &self.0 {
            let ended = std::process::Command::new("kill").args(["-9", &process.to_string()]).status();
            assert!(ended.is_ok(), "{ended:?}");
        }
    }

    /// How many they are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// When the program began, in milliseconds since 1970 UTC, to the hundredth of a second that the system keeps.
    pub fn started_at_ms(&self) -> f64 {
        let begun = stat(self.0[0]).map(|fields| fields[19]).expect("the program runs");
        let uptime = fs::read_to_string("/proc/uptime").expect("the system tells how long it has been up");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970").as_secs_f64();
        let up: f64 = uptime.split(' ').next().and_then(|text| text.parse().ok()).expect("seconds");
        (now - up + begun / TICKS_PER_SECOND) * 1000.0
    }

    /// Seconds of all processors together that they have used so far.
    pub fn processor_seconds(&self) -> f64 {
        let used = self.0.iter().filter_map(|process| stat(*process)).map(|fields| fields[11] + fields[12]);
        used.sum::<f64>() / TICKS_PER_SECOND
    }

    /// Memory in megabytes: their own, and of what they share with others their share.
    pub fn share_mb(&self) -> f64 {
        let share = |process: &u32| {
            let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
            let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
            line.trim().trim_end_matches(" kB").parse::<f64>().ok()
        };
        let kibibytes: f64 =
            self.0.iter().map(|process| share(process).expect("its memory can be read")).sum();
        kibibytes * 1024.0 / 1e6
    }
}

fn running() -> Vec<u32> {
    let entries = fs::read_dir("/proc").expect("/proc can be read").flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
}

fn parent(process: u32) -> Option<u32> {
    stat(process).map(|fields| fields[1] as u32)
}

/// The numbers of a process after its name, which is in brackets and may hold blanks; the state counts as 0.
fn stat(process: u32) -> Option<Vec<f64>> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    Some(fields.split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect())
}
