//! `SQLite` works on the thread that asks it: another one watches whether somebody wants it to stop.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::super::super::Ask;

/// How soon a wish to stop is seen.
const STEP: Duration = Duration::from_millis(20);

/// Watches over a connection.
pub(super) struct Watch {
    /// The last sign of life; none while nobody waits for one.
    last: Mutex<Option<Instant>>,
    is_over: AtomicBool,
}

impl Watch {
    /// Does some work; interrupts it where it is silent for too long or somebody wants it to stop.
    pub(super) fn over<T>(connection: &Connection, ask: &Ask<'_>, work: impl FnOnce(&Self) -> T) -> T {
        let watch = Self { last: Mutex::new(Some(Instant::now())), is_over: AtomicBool::new(false) };
        let handle = connection.get_interrupt_handle();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !watch.is_over.load(Ordering::Acquire) {
                    if ask.is_cancelled() || watch.silence() >= ask.timeout {
                        handle.interrupt();
                    }
                    std::thread::park_timeout(STEP);
                }
            });
            let end = End(&watch.is_over);
            let done = work(&watch);
            drop(end);
            done
        })
    }

    /// A sign of life.
    pub(super) fn is_alive(&self) {
        self.set(Some(Instant::now()));
    }

    /// Until the next sign of life, nobody waits for one.
    pub(super) fn pause(&self) {
        self.set(None);
    }

    fn set(&self, to: Option<Instant>) {
        if let Ok(mut last) = self.last.lock() {
            *last = to;
        }
    }

    fn silence(&self) -> Duration {
        self.last.lock().ok().and_then(|last| *last).map_or(Duration::ZERO, |last| last.elapsed())
    }
}

/// Ends the watch, also where the work panics.
struct End<'a>(&'a AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}
