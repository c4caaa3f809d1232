//! What the window does by itself: it looks after the daily backup of the open workspace, and lets held batches through
//! whose hours are over.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use plaza_engine::backup::Schedule;
use plaza_engine::checkpoint::lapse;
use plaza_engine::page::Tag;

use crate::background::PULLED;
use crate::session::Session;

/// How often the clock is looked at. A backup is due by the minute, not by the second, and an idle window sleeps.
const TICK: Duration = Duration::from_mins(1);

/// Looks after the open workspace until the session ends.
pub(crate) fn look_after(session: &Arc<Session>) {
    let session = Arc::downgrade(session);
    // Where the system gives no thread there is no daily backup today; the page of backups shows that none was made.
    drop(thread::Builder::new().name("daily".into()).spawn(move || keep_looking(&session)));
}

fn keep_looking(session: &Weak<Session>) {
    let mut schedule = Schedule::default();
    loop {
        thread::sleep(TICK);
        let Some(session) = session.upgrade() else { return };
        let open = session.open();
        let folder = open.as_ref().map(|workspace| workspace.folder());
        let is_due = schedule.is_due(folder, Instant::now());
        if let Some(workspace) = &open {
            // What a store says here it says again to whoever opens the page of the batch.
            let lapsed = panic::catch_unwind(AssertUnwindSafe(|| lapse(workspace).unwrap_or(false)));
            if lapsed.unwrap_or(false) {
                session.jobs().changed(&PULLED);
            }
        }
        if let Some(workspace) = open.filter(|_| is_due) {
            let look = AssertUnwindSafe(|| session.home().look_after(&workspace));
            // A fault of Plaza's own must not end the looking: tomorrow is another day.
            if panic::catch_unwind(look).unwrap_or(false) {
                session.jobs().changed(&[Tag::Backup, Tag::Workspace]);
            }
        }
    }
}
