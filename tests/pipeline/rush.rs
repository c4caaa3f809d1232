//! A rush: ten times the volume with faults, nothing lost, nothing doubled, nothing left behind.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use plaza_domain::event::{DrillHeld, DrillResult, Rush};
use plaza_engine::drill::rush::{hold, sweep};
use plaza_engine::error::EngineError;
use plaza_engine::pull::{Unwatched, Watch};
use plaza_store::view::DrillWord;

use crate::bench::{Bench, FLAT, HEAD};
use crate::joined::JOINED;

/// Complete exports, one for each of so many days, of so many lines; some are delivered later, some vanish.
fn exports(bench: &Bench, days: u32, lines: u32) {
    for day in 0..days {
        let mut text = HEAD.to_owned();
        for nth in 0..lines {
            if nth == day {
                continue;
            }
            let delivered = if nth % 7 < day { format!("2026-03-{:02}", 5 + nth % 9) } else { String::new() };
            let _ = writeln!(text, "A{nth},{},2026-03-02,2026-03-10,2026-03-04,{delivered},5", 1 + nth % 2);
        }
        bench.write(&format!("lines_2026-03-{:02}.csv", 20 + day), &text);
        bench.pull(FLAT);
    }
}

fn rush(held: &DrillHeld) -> &Rush {
    match &held.result {
        DrillResult::Rush(rush) => rush,
        other @ DrillResult::Outage(_) => panic!("{other:?}"),
    }
}

fn is_left(bench: &Bench) -> bool {
    bench.workspace.folder().join("drill").exists()
}

#[test]
fn without_anything_to_replay_it_says_so_and_leaves_nothing() {
    let bench = Bench::new();
    let unknown = hold(&bench.workspace, "flat", Some(1), &Unwatched::default());
    assert!(matches!(unknown, Err(EngineError::NotFound { .. })), "{unknown:?}");
    exports(&bench, 1, 10);
    bench.wait_days(40);
    let old = hold(&bench.workspace, "flat", Some(1), &Unwatched::default());
    assert!(matches!(old, Err(EngineError::Invalid { .. })), "{old:?}");
    assert!(!is_left(&bench));
}

#[test]
fn ten_times_the_volume_with_faults_loses_nothing_and_doubles_nothing() {
    let bench = Bench::new();
    exports(&bench, 6, 60);
    let before = bench.figures();
    let held = hold(&bench.workspace, "flat", Some(7), &Unwatched::default()).unwrap();
    let found = rush(&held);
    assert!(found.is_sound(), "{found:?}");
    assert_eq!((found.pulls, found.times), (6, 10));
    assert_eq!(found.rows, found.usual_rows * 10);
    let journeys = bench.workspace.intake_reader().unwrap().view().journey_count().unwrap();
    assert_eq!(
        (found.expected, found.found, found.lost, found.doubled),
        (journeys * 10, journeys * 10, 0, 0)
    );
    let faults = found.time_outs + found.partial_pages + found.repeated_pages;
    assert!(faults >= 5 && found.repeated_rows > 0, "one page in twenty went wrong: {found:?}");
    assert!(found.headroom_thousandths > 1_000, "{found:?}");
    assert_eq!(bench.figures(), before, "the workspace itself is as it was");
    assert!(!is_left(&bench));
    let acts = bench.workspace.view(|view| view.drill_acts(&"flat".into())).unwrap();
    assert!(matches!(&acts[0].word, DrillWord::Held(kept) if **kept == held));
    // The same seed draws the same faults.
    let again = hold(&bench.workspace, "flat", Some(7), &Unwatched::default()).unwrap();
    let drawn = |rush: &Rush| (rush.time_outs, rush.partial_pages, rush.repeated_pages, rush.repeated_rows);
    assert_eq!(drawn(rush(&again)), drawn(found));
}

#[test]
fn several_streams_are_replayed_together() {
    let bench = Bench::new();
    bench.write(
        "orders.csv",
        "order,line,ordered,promised,quantity\nA,1,2026-03-02,2026-03-10,10\nB,1,2026-03-02,2026-03-10,10\n",
    );
    bench.write(
        "shipments.csv",
        "shipment,order,line,shipped,delivered,quantity\nS1,A,1,2026-03-05,2026-03-06,6\n\
         S2,A,1,2026-03-12,2026-03-13,4\nS3,B,1,2026-03-05,2026-03-06,10\nS4,X,1,2026-03-05,2026-03-06,1\n",
    );
    bench.pull(JOINED);
    let held = hold(&bench.workspace, "joined", Some(3), &Unwatched::default()).unwrap();
    assert!(rush(&held).is_sound() && rush(&held).expected > 0, "{held:?}");
}

/// Stops it after so many steps.
struct Stop {
    after: u64,
    seen: AtomicU64,
    cancel: AtomicBool,
}

impl Watch for Stop {
    fn progress(&self, _what: &str, _done: u64, _total: u64) {
        if self.seen.fetch_add(1, Ordering::Relaxed) >= self.after {
            self.cancel.store(true, Ordering::Relaxed);
        }
    }

    fn cancel(&self) -> &AtomicBool {
        &self.cancel
    }
}

#[test]
fn a_rush_that_is_stopped_leaves_nothing_and_records_nothing() {
    let bench = Bench::new();
    exports(&bench, 3, 20);
    for after in [0, 2, 4] {
        let stop = Stop { after, seen: AtomicU64::new(0), cancel: AtomicBool::new(false) };
        let stopped = hold(&bench.workspace, "flat", Some(1), &stop);
        assert!(matches!(stopped, Err(EngineError::Cancelled)), "{stopped:?}");
        assert!(!is_left(&bench));
    }
    assert!(bench.workspace.view(|view| view.drill_acts(&"flat".into())).unwrap().is_empty());
}

#[test]
fn what_a_killed_rush_left_is_swept() {
    let bench = Bench::new();
    exports(&bench, 1, 10);
    let left = bench.workspace.folder().join("drill").join("flat").join("rush");
    std::fs::create_dir_all(&left).unwrap();
    std::fs::write(left.join("ledger.db"), "half").unwrap();
    sweep(&bench.workspace).unwrap();
    assert!(!is_left(&bench));
    sweep(&bench.workspace).unwrap();
}
