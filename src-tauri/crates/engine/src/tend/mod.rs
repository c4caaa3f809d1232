//! Looking after integrations: pulls that nobody asked for, in the cadence that a person chose.
//!
//! A due pull becomes an entry in the queue of the intake, and is taken out when it has worked: killed anywhere, the next
//! start takes it up. Each integration is held by whoever pulls it ([`hold`]), in whichever program; systems are asked
//! side by side and landing takes turns. What an attempt leaves behind is written in one change ([`settle`]), whoever
//! asked for it: a pull by hand moves the circuit as well.

pub(crate) mod hold;
mod look;
pub(crate) mod settle;
mod verdict;
pub(crate) mod words;
mod work;

use plaza_domain::event::{IntegrationId, Payload};
use plaza_domain::schedule::{Cadence, Freshness, Schedule, freshness};
use plaza_store::view::{ScheduleVersion, View};

pub use look::{Look, Tending};
pub use work::{AT_ONCE_MAX, Told, rest, run, tend};

use crate::error::Result;
use crate::workspace::Workspace;

/// Whether an integration may be pulled by itself: the schedule by which, where it may. The one place that decides it.
pub(crate) fn by_itself(view: &View<'_>, id: &IntegrationId) -> plaza_store::Result<Option<ScheduleVersion>> {
    let is_in_use = view.integration(id)?.is_some_and(|saved| saved.retired.is_none());
    let schedule = view.schedule(id)?.filter(|one| one.schedule.cadence != Cadence::ByHand);
    let is_active = view.activation(id)?.is_some();
    Ok(schedule.filter(|_| is_in_use && is_active))
}

/// The event that wrote the definition in force.
fn definition(workspace: &Workspace, id: &str) -> Result<Option<String>> {
    let saved = workspace.view(|view| view.integration(&id.into()))?;
    Ok(saved.map(|saved| saved.current.act.hash.to_string()))
}

/// Records when an integration is pulled by itself from now on. Its version is given here.
///
/// # Errors
/// There is no such integration in use; what the ledger says. A schedule that cannot be must have been refused before
/// ([`Schedule::check`]): it is not recorded.
pub(crate) fn choose(workspace: &Workspace, schedule: Schedule) -> Result<()> {
    let id = schedule.integration.clone();
    workspace.integration_in_use(id.as_str())?;
    let before = workspace.view(|view| view.schedule(&id))?;
    let version = before.map_or(1, |before| before.schedule.version + 1);
    workspace.act([Payload::ScheduleChosen(Schedule { version, ..schedule })])?;
    // From now on it is behind with nothing; a look that fails is made again by whoever looks after the workspace.
    let _ = Tending::default().look(workspace);
    Ok(())
}

/// How old an integration's numbers are. Moments are milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Age {
    /// When the last pull that worked ended, on whichever device.
    pub good_at: Option<i64>,
    /// How they stand; none before the first pull.
    pub freshness: Option<Freshness>,
    /// When they will stand worse.
    pub next_at: Option<i64>,
}

impl Age {
    /// Of the numbers of an integration, now.
    pub(crate) fn of(workspace: &Workspace, id: &str) -> Result<Self> {
        let now = workspace.now_ms();
        let (runs, chosen) =
            workspace.view(|view| Ok((view.runs(Some(&id.into()), 1)?, view.schedule(&id.into())?)))?;
        let Some(run) = runs.first() else {
            return Ok(Self { good_at: None, freshness: None, next_at: None });
        };
        let (warn, late) = thresholds(chosen.as_ref());
        let (stands, next) = freshness(now - run.ended_at, warn, late);
        let next_at = next.map(|next| now + next);
        Ok(Self { good_at: Some(run.ended_at), freshness: Some(stands), next_at })
    }
}

/// The thresholds in force, minutes.
pub(crate) fn thresholds(chosen: Option<&ScheduleVersion>) -> (u32, u32) {
    chosen.map_or_else(
        || Cadence::ByHand.thresholds(),
        |chosen| (chosen.schedule.warn_minutes, chosen.schedule.late_minutes),
    )
}
