//! A split that people agreed on, or took back, is counted and published: their own act, that no run does and no
//! checkpoint holds.

use std::collections::BTreeSet;

use plaza_domain::event::SplitCause;
use plaza_domain::kpi::judge::judge;

use super::Pull;
use super::finish::passing;
use super::prepare::seats;
use super::publish::{Publication, SplitWeek};
use crate::error::Result;
use crate::integration::Integration;
use crate::journey::order::find_all;
use crate::split::Agreed;
use crate::workspace::Workspace;

/// Whether an integration's journeys can be made again now: it is read as its definition says, and nothing of it is still to
/// be read anew.
pub(crate) fn is_countable(workspace: &Workspace, home: &Integration) -> Result<bool> {
    let pull = Pull::prepare(workspace, home)?;
    let intake = workspace.intake();
    let known = intake.view().integration(&home.id)?.filter(|known| known.mapping == pull.mapping());
    let Some(known) = known else { return Ok(false) };
    Ok(intake.view().tallied(known.number)?.is_some() && !intake.view().has_rereads(known.number)?)
}

/// Makes the journeys again to which a word on their split applies, and publishes what that changes. The caller has the
/// workspace's turn.
///
/// # Errors
/// What the stores say. The next pull, or opening the workspace, does what is not done then.
pub(crate) fn publish_split(workspace: &Workspace, home: &Integration, cause: &SplitCause) -> Result<()> {
    let pull = Pull::prepare(workspace, home)?;
    let mut intake = workspace.intake();
    let Some(known) = intake.view().integration(&home.id)? else { return Ok(()) };
    let run = intake.view().runs(Some(known.number), 1)?.first().map_or(0, |run| run.number);
    pull.build(&mut intake, known.number, run)?;
    let (tallies, moved) = (intake.view().publishable_tallies(None)?, intake.view().moved()?);
    let found = find_all(workspace, intake.view(), &cause.order, &cause.line)?;
    drop(intake);
    let of_home = found.iter().find(|one| one.integration == known.number);
    let judged = of_home.and_then(|one| judge(&one.journey, &one.context.kpi, pull.today));
    let split = judged.map(|judged| SplitWeek { cause, week: judged.week() });
    let kinds = pull.kinds()?;
    Publication { split, ..pull.publication(None, &kinds) }.publish(&tallies, &moved, None)?;
    let mut intake = workspace.intake();
    let load = intake.load()?;
    load.clear_moved()?;
    Ok(load.commit()?)
}

/// Counts words on splits that no count has followed yet: a program was killed in between. What cannot be counted now, the
/// integration's next pull counts.
pub(super) fn publish_unheard(workspace: &Workspace) -> Result<()> {
    let said = workspace.view(|view| view.splits(None))?;
    let integrations: BTreeSet<String> =
        said.into_iter().map(|(said, _)| said.integration.to_string()).collect();
    for id in integrations {
        passing(publish_unheard_of(workspace, &id))?;
    }
    Ok(())
}

fn publish_unheard_of(workspace: &Workspace, id: &str) -> Result<()> {
    let Some(home) = super::finish::definition(workspace, id)?.filter(|home| home.orders_of.is_none()) else {
        return Ok(());
    };
    if workspace.held_batch(&id.into())?.is_some() || !is_countable(workspace, &home)? {
        return Ok(());
    }
    let agreed = Agreed::of(workspace, &home, &seats(workspace)?)?;
    let intake = workspace.intake();
    let Some(known) = intake.view().integration(id)? else { return Ok(()) };
    let last = agreed.unheard(intake.view(), known.number)?.last().map(|(_, word)| word.cause());
    drop(intake);
    last.map_or(Ok(()), |cause| publish_split(workspace, &home, &cause))
}
