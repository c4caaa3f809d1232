//! A rush: the originals of the last weeks, ten times over, through the real pull with faults, into a workspace of its
//! own.
//!
//! Everything that landed within [`DAYS`] days is given again, pull by pull in its order, by a system that stands in for
//! the integration's own ([`replay`]): each row ten times under ten order numbers, page by page, and one page in twenty
//! times out, breaks off in the middle, or comes twice. What is asked, retried, resumed, landed and counted is the code
//! that every pull uses. Beside it the same is pulled once, without faults and multiple: from that it follows what there
//! must be, journey by journey ([`compare`]).

mod compare;
mod memory;
mod plan;
mod replay;
mod scratch;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use plaza_domain::event::{DrillHeld, DrillResult, IntegrationId, Payload, Rush};

use crate::error::{EngineError, Result};
use crate::integration::Integration;
use crate::pull::{Watch, pull_from};
use crate::workspace::Workspace;
use memory::Memory;
use plan::{Plan, Round};
use replay::{Faults, Replay};
pub use scratch::sweep;
use scratch::{Desk, Scratch};

/// What landed within so many days is replayed.
pub const DAYS: i64 = 30;

/// How many times the usual volume.
pub const TIMES: u32 = 10;

/// Pages in a thousand that have a fault.
pub const FAULTS_PER_MILLE: u32 = 50;

/// What the progress calls it.
const STEP: &str = "drill";

/// Holds a rush of an integration and records what came of it. `seed` draws the faults; the same draws the same.
///
/// # Errors
/// [`EngineError::NotFound`] for an integration that is not in use; [`EngineError::Invalid`] where nothing landed within
/// the last weeks, or its rows have no column for the order; [`EngineError::Busy`] while another rush of it goes on;
/// [`EngineError::Cancelled`]. Nothing of it is left then, and the workspace itself is never written but for the result.
pub fn hold(workspace: &Workspace, id: &str, seed: Option<u32>, watch: &dyn Watch) -> Result<DrillHeld> {
    workspace.integration_in_use(id)?;
    let integration = workspace.saved_definition(id)?;
    let seed = seed.map_or_else(|| crate::answer::chance().map(|chance| chance as u32), Ok)?;
    let began_at = workspace.now_ms();
    let scratch = Scratch::make(workspace, id, &integration.name)?;
    let plan = Plan::of(workspace, &integration, scratch.folder(), began_at)?;
    let result =
        Drill { workspace, integration: &integration, scratch: &scratch, plan: &plan, watch }.run(seed);
    drop(plan);
    drop(scratch);
    let held = DrillHeld {
        integration: IntegrationId::from(id),
        drill: super::new_id()?,
        began_at,
        ended_at: workspace.now_ms(),
        took_part: workspace.me()?.into_iter().collect(),
        learned: String::new(),
        result: DrillResult::Rush(result?),
    };
    workspace.act([Payload::DrillHeld(held.clone())])?;
    Ok(held)
}

struct Drill<'a> {
    workspace: &'a Workspace,
    integration: &'a Integration,
    scratch: &'a Scratch,
    plan: &'a Plan,
    watch: &'a dyn Watch,
}

impl Drill<'_> {
    fn run(&self, seed: u32) -> Result<Rush> {
        let total = 2 * self.plan.rounds.len() as u64;
        let mut done = 0;
        // What there must be: once, and nothing goes wrong.
        let usual = self.scratch.desk("usual", self.workspace)?;
        let calm = Faults::none();
        for round in &self.plan.rounds {
            self.watch.progress(STEP, done, total);
            self.pull(&usual, round, 1, &calm, &Memory::default())?;
            done += 1;
        }
        let rushed = self.scratch.desk("rush", self.workspace)?;
        let faults = Faults::drawn(seed, FAULTS_PER_MILLE);
        let mut memory = Memory::default();
        let began = Instant::now();
        for round in &self.plan.rounds {
            self.watch.progress(STEP, done, total);
            self.pull(&rushed, round, TIMES, &faults, &memory)?;
            memory.end_pull();
            done += 1;
        }
        let elapsed_ms = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX).max(1);
        self.watch.progress(STEP, total, total);
        let found = compare::compare(self.integration, &usual.workspace, &rushed.workspace, TIMES)?;
        let counted = faults.counted();
        let usual_rows = self.plan.rounds.iter().map(|round| round.rows()).sum::<i64>();
        let pulls = i64::try_from(self.plan.rounds.len()).unwrap_or(i64::MAX).max(1);
        Ok(Rush {
            seed: i64::from(seed),
            times: TIMES,
            faults_per_mille: FAULTS_PER_MILLE,
            pulls: u32::try_from(pulls).unwrap_or(u32::MAX),
            usual_rows,
            rows: usual_rows.saturating_mul(i64::from(TIMES)),
            repeated_rows: counted.repeated_rows,
            time_outs: counted.time_outs,
            partial_pages: counted.partial_pages,
            repeated_pages: counted.repeated_pages,
            expected: found.expected,
            found: found.same,
            lost: found.lost,
            doubled: found.doubled,
            elapsed_ms,
            cadence_ms: self.plan.cadence_ms,
            headroom_thousandths: headroom(elapsed_ms / pulls, self.plan.cadence_ms),
            memory_bytes: memory.most(),
            memory_is_flat: memory.is_flat(),
        })
    }

    /// One pull of the desk, at the moment at which it once was.
    fn pull(&self, desk: &Desk, round: &Round, times: u32, faults: &Faults, memory: &Memory) -> Result<()> {
        if self.watch.cancel().load(Ordering::Relaxed) {
            return Err(EngineError::Cancelled);
        }
        desk.clock.set(round.began_at);
        let replay = Replay { round, times, faults };
        let names: Vec<String> = round.streams.iter().map(|stream| stream.name.clone()).collect();
        let watch = Quiet { watch: self.watch, memory };
        pull_from(&desk.workspace, &self.plan.definition, &replay, &names, &watch).map(drop)
    }
}

/// How many times the usual volume would fit, thousandths: what a pull took at [`TIMES`] the volume against the time until
/// the next.
fn headroom(pull_ms: i64, cadence_ms: i64) -> i64 {
    let thousandths = i128::from(cadence_ms) * 1_000 * i128::from(TIMES) / i128::from(pull_ms.max(1));
    i64::try_from(thousandths).unwrap_or(i64::MAX)
}

/// A pull within the drill: its own steps are not shown, its cancel is heard, and its memory is looked at.
struct Quiet<'a> {
    watch: &'a dyn Watch,
    memory: &'a Memory,
}

impl Watch for Quiet<'_> {
    fn progress(&self, _what: &str, _done: u64, _total: u64) {
        self.memory.look();
    }

    fn cancel(&self) -> &AtomicBool {
        self.watch.cancel()
    }
}

type SharedClock = Arc<crate::clock::SetClock>;
