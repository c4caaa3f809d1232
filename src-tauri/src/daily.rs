//! What the window does by itself: it looks after the daily backup of the open workspace, lets held batches through whose
//! hours are over, and reminds gently of what waits for the person.

use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use plaza_engine::backup::Schedule;
use plaza_engine::checkpoint::lapse;
use plaza_engine::page::Tag;
use plaza_engine::reminder::Reminding;
use plaza_engine::workspace::Workspace;

use crate::background::PULLED;
use crate::desk::Desk;
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
    let mut gentle = Gentle::default();
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
            if let Some(desk) = session.desk() {
                let look = AssertUnwindSafe(|| gentle.look(workspace, desk));
                if panic::catch_unwind(look).is_err() {
                    gentle = Gentle::default();
                }
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

/// Reminds of what waits.
#[derive(Default)]
struct Gentle {
    reminding: Reminding,
    /// Of which workspace it knows something.
    folder: Option<PathBuf>,
    /// Nothing is tried before: the desktop would not show anything.
    not_before: Option<Instant>,
}

/// How long a desktop that shows nothing is left alone. What waits comes afterwards.
const UNHEARD_REST: Duration = Duration::from_mins(30);

impl Gentle {
    fn look(&mut self, workspace: &Workspace, desk: &dyn Desk) {
        if self.not_before.is_some_and(|moment| moment > Instant::now()) {
            return;
        }
        if self.folder.as_deref() != Some(workspace.folder()) {
            *self = Self { folder: Some(workspace.folder().to_owned()), ..Self::default() };
        }
        // What a store says here it says again to whoever opens a page.
        let Ok(Some(reminder)) = self.reminding.look(workspace, desk.on_screen().as_deref()) else { return };
        match desk.ring(&reminder.said) {
            // Where it cannot be noted it may be said a second time: better than never.
            Ok(()) => drop(workspace.reminded(&reminder)),
            Err(_) => self.not_before = Some(Instant::now() + UNHEARD_REST),
        }
    }
}
