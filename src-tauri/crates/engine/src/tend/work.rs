//! Doing what is due: one queued pull, or all of them side by side.

use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::Ordering;
use std::sync::mpsc::channel;
use std::time::Duration;

use plaza_store::intake::{CircuitRow, QueueRow, QueueState};

use super::by_itself;
use super::hold::Hold;
use super::look::{Look, Tending};
use crate::drill::outage::cut_until;
use crate::error::Result;
use crate::pull::{PullReport, Watch, pull_held};
use crate::workspace::Workspace;

/// Pulls that nobody asked for which may be under way at once, each a thread: more than any company's systems are slow
/// together, and few enough that a person's own work finds room.
pub const AT_ONCE_MAX: usize = 24;

/// Nobody waits longer for what is due without looking at the clock: a computer that slept has not counted the time,
/// and nobody is told that a clock was set.
const LONGEST_REST: Duration = Duration::from_mins(10);

/// How long to rest after a look; none where nothing will ever be due or grow old.
pub fn rest(workspace: &Workspace, look: &Look) -> Option<Duration> {
    let left = |moment: i64| {
        let left = moment.saturating_sub(workspace.now_ms()).max(0);
        // A millisecond more, so that the moment has come when the rest ends.
        Duration::from_millis(left.unsigned_abs().saturating_add(1))
    };
    let due = look.again_at.map(|moment| left(moment).min(LONGEST_REST));
    // Numbers that are noticed to be old a little later do no harm.
    due.into_iter().chain(look.ages_at.map(left)).min()
}

/// Pulls an integration for which a pull is queued and due. None where there is nothing to do any more: somebody else
/// does it or did it, or its circuit opened meanwhile.
///
/// # Errors
/// As [`pull_saved`](crate::pull::pull_saved); what comes next is queued then.
pub fn run(workspace: &Workspace, id: &str, watch: &dyn Watch) -> Result<Option<PullReport>> {
    let Some(hold) = Hold::take(workspace, id)? else { return Ok(None) };
    if !begin(workspace, id)? {
        return Ok(None);
    }
    pull_held(workspace, id, &hold, watch).map(Some)
}

/// Notes that the queued pull is under way, where it is due and its circuit lets it through.
fn begin(workspace: &Workspace, id: &str) -> Result<bool> {
    if workspace.view(|view| by_itself(view, &id.into()))?.is_none() {
        return Ok(false);
    }
    let cut = cut_until(workspace, id)?;
    let now = workspace.now_ms();
    let mut intake = workspace.intake();
    let load = intake.load()?;
    let Some(queued) = load.view().queued(id)? else { return Ok(false) };
    let is_due = match queued.state {
        QueueState::Waiting => queued.not_before <= now,
        // Whoever it was is gone: the integration is held here.
        QueueState::Running => true,
        QueueState::Person => false,
    };
    if !is_due {
        return Ok(false);
    }
    if let Some(until) = cut {
        // Nothing failed: it waits for the end of the drill, and its circuit hears nothing of it.
        let state = QueueState::Waiting;
        load.put_queued(&QueueRow { state, not_before: until, noted_at: now, ..queued })?;
        load.commit()?;
        return Ok(false);
    }
    let before = load.view().circuit(id)?;
    // Held here, no probe can be under way elsewhere.
    let circuit = before.circuit.on_clock(now).lost(now);
    let through = circuit.let_through(now);
    if let Some(circuit) = through {
        load.put_queued(&QueueRow { state: QueueState::Running, noted_at: now, ..queued })?;
        if circuit != before.circuit {
            load.put_circuit(id, &CircuitRow { circuit, ..before })?;
        }
    } else {
        let not_before = circuit.closed_until().unwrap_or(now);
        load.put_queued(&QueueRow { state: QueueState::Waiting, not_before, noted_at: now, ..queued })?;
        load.put_circuit(id, &CircuitRow { circuit, ..before })?;
    }
    load.commit()?;
    Ok(through.is_some())
}

/// Hears how each pull ended: the integration's id, and what [`run`] answered.
pub type Told<'a> = dyn Fn(&str, &Result<Option<PullReport>>) + Sync + 'a;

/// Looks after a workspace on this thread: does what is due, side by side, and waits for the next moment; only what is
/// due now where `is_once`. A wish to stop is heard at the next moment, by pulls under way at once.
///
/// # Errors
/// What the stores say at the first look. Later ones are tried again.
pub fn tend(workspace: &Workspace, is_once: bool, watch: &dyn Watch, told: &Told<'_>) -> Result<()> {
    let mut tending = Tending::default();
    let mut look = tending.look(workspace)?;
    let mut waiting: VecDeque<String> = look.due.drain(..).collect();
    let mut under_way = BTreeSet::new();
    let (done, ended) = channel::<String>();
    std::thread::scope(|scope| {
        loop {
            while under_way.len() < AT_ONCE_MAX
                && let Some(id) = waiting.pop_front()
            {
                under_way.insert(id.clone());
                let done = done.clone();
                scope.spawn(move || {
                    told(&id, &run(workspace, &id, watch));
                    // Nobody listens once the looking has ended.
                    drop(done.send(id));
                });
            }
            if watch.cancel().load(Ordering::Relaxed) || (is_once && under_way.is_empty()) {
                return Ok(());
            }
            // Nobody wakes this thread when a schedule is chosen in another program.
            let rest = rest(workspace, &look).map_or(LONGEST_REST, |rest| rest.min(LONGEST_REST));
            if let Ok(id) = ended.recv_timeout(rest) {
                under_way.remove(&id);
            }
            if !is_once {
                // What cannot be read now is looked at again after the same rest.
                look = tending.look(workspace).unwrap_or(look);
                let fresh = look.due.iter().filter(|id| !under_way.contains(*id));
                waiting = fresh.cloned().collect();
            }
        }
    })
}
