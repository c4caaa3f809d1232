//! A window that nobody touches does nothing, and takes little room.

use std::fs;
use std::thread;
use std::time::Duration;

use crate::sample;
use crate::window::{Setup, Window};

/// How long the window is watched.
const WATCHED: Duration = Duration::from_secs(10);

/// Ticks of the clock that counts a process's time, per second, on every Linux that Rust runs on.
const TICKS_PER_SECOND: f64 = 100.0;

/// The process's own time; less than a hundredth of a core is the odd timer of the web view itself.
const BUSY_MAX: f64 = 0.01;

/// The program and the processes of its web view.
fn processes(window: &Window) -> Vec<u32> {
    let home = format!("HOME={}", window.home().display());
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").expect("/proc can be read").flatten() {
        let Some(process) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
        let name = fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
        let ours = environment.split(|byte| *byte == 0).any(|variable| variable == home.as_bytes());
        if ours
            && (name.starts_with("plaza-desktop")
                || name.starts_with("WebKitWeb")
                || name.starts_with("WebKitNet"))
            && !name.starts_with("WebKitWebDrive")
        {
            found.push(process);
        }
    }
    found
}

fn seconds_used(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name may hold blanks; what follows its bracket does not.
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / TICKS_PER_SECOND
}

/// Memory that belongs to a process, its share of what it shares with others counted in; megabytes.
fn share_mb(process: u32) -> f64 {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1024.0
}

#[test]
fn the_window_at_rest_uses_no_time() {
    let window = sample::open(sample::home(), &Setup::default());
    window.wait_for("On-time delivery");
    window.wait_until_read();
    // What a start leaves to be done afterwards.
    thread::sleep(Duration::from_secs(3));
    let processes = processes(&window);
    assert!(processes.len() >= 3, "program, web view and its network: {processes:?}");
    let used = || processes.iter().map(|process| seconds_used(*process)).sum::<f64>();
    let before = used();
    thread::sleep(WATCHED);
    let busy = (used() - before) / WATCHED.as_secs_f64();
    let memory: f64 = processes.iter().map(|process| share_mb(*process)).sum();
    println!("at rest: {:.2} % of a core, {memory:.0} MB", busy * 100.0);
    assert!(busy <= BUSY_MAX, "the window at rest uses {:.2} % of a core", busy * 100.0);
}
