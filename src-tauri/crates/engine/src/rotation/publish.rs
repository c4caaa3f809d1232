//! A proposal becomes the plan: from then on people count on it.

use std::collections::BTreeSet;

use plaza_domain::day::Day;
use plaza_domain::event::{Payload, Placed, PlacementId, RotationPublished};
use plaza_domain::rotation::{Rotation, SwapState, Visit};
use plaza_rotation::Placement;

use super::instance::Known;
use super::propose::{Proposed, basis};
use crate::error::{EngineError, Result};
use crate::promise::{new_id, reason_of};
use crate::workspace::Workspace;

impl Workspace {
    /// Publishes one of the proposals that were found. Visits keep their names where they go on, so that calendars are
    /// brought up to date instead of filled twice; what is over stays whatever a rule has come to say.
    ///
    /// # Errors
    /// [`EngineError::Conflict`] where something that bears on the plan has changed since it was looked for;
    /// [`EngineError::Invalid`] without a reason where another plan is replaced; [`EngineError::NotFound`].
    pub fn publish_rotation(&self, proposed: &Proposed, nth: u32, reason: &str) -> Result<()> {
        self.demand_planner()?;
        let rotation = self.live_rotation(&proposed.rotation)?;
        let proposal = usize::try_from(nth).ok().and_then(|nth| proposed.proposals.get(nth));
        let proposal = proposal.ok_or_else(|| EngineError::NotFound {
            noun: "proposal",
            name: nth.saturating_add(1).to_string(),
        })?;
        let known = Known::read(self, &rotation)?;
        if basis(&known)? != proposed.basis {
            return Err(EngineError::Conflict { what: "what the plan was made from" });
        }
        let reason = if rotation.plans.is_empty() { String::new() } else { reason_of(reason)? };
        let placements = self.named(&known, &rotation, &proposal.placements)?;
        let done = rotation.swaps.iter().filter(|(_, swap)| swap.state == SwapState::Done);
        let published = RotationPublished {
            rotation: proposed.rotation.clone(),
            placements,
            reason,
            after: rotation.plans.last().map(|plan| plan.at),
            swaps: done.map(|(id, _)| id.clone()).collect(),
        };
        self.act([Payload::RotationPublished(published)])?;
        Ok(())
    }

    /// Whether nothing that bears on proposals has changed since they were looked for.
    ///
    /// # Errors
    /// [`EngineError::NotFound`]; what the ledger says.
    pub fn is_fresh(&self, proposed: &Proposed) -> Result<bool> {
        let rotation = self.rotation(&proposed.rotation)?;
        Ok(rotation.ended.is_none() && basis(&Known::read(self, &rotation)?)? == proposed.basis)
    }

    /// The placements with their names.
    fn named(&self, known: &Known, rotation: &Rotation, plan: &[Placement]) -> Result<Vec<Placed>> {
        let today = self.today()?;
        let told: Vec<&Visit> = rotation.planned();
        let over = |visit: &&&Visit| visit.placed.until < today;
        let mut placements: Vec<Placed> =
            told.iter().filter(over).map(|visit| visit.placed.clone()).collect();
        let mut used: BTreeSet<PlacementId> =
            placements.iter().map(|placed| placed.placement.clone()).collect();
        let mut open = Vec::new();
        for one in plan {
            let Some(placed) = known.placed(one, PlacementId::default()) else { continue };
            match told.iter().find(|visit| is_same(&visit.placed, &placed)) {
                Some(visit) if used.insert(visit.placed.placement.clone()) => {
                    placements.push(visit.placed.clone());
                }
                None if placed.until >= today => open.push(placed),
                Some(_) | None => {}
            }
        }
        for mut placed in open {
            placed.placement = match moved(&told, &placed, &used, today) {
                Some(id) => id,
                None => PlacementId(new_id()?),
            };
            used.insert(placed.placement.clone());
            placements.push(placed);
        }
        placements
            .sort_by(|a, b| (a.from, &a.visitor, &a.placement).cmp(&(b.from, &b.visitor, &b.placement)));
        Ok(placements)
    }
}

/// Whether a visit is what was told already.
fn is_same(told: &Placed, new: &Placed) -> bool {
    (&told.visitor, &told.host, told.from, told.until) == (&new.visitor, &new.host, new.from, new.until)
}

/// The visit of the same person that this one stands for: one to the same host before any other.
fn moved(told: &[&Visit], new: &Placed, used: &BTreeSet<PlacementId>, today: Day) -> Option<PlacementId> {
    let mut candidates: Vec<&Placed> = told
        .iter()
        .map(|visit| &visit.placed)
        .filter(|placed| placed.visitor == new.visitor && placed.from > today)
        .filter(|placed| !used.contains(&placed.placement))
        .collect();
    candidates.sort_by_key(|placed| (placed.host != new.host, (placed.from.0 - new.from.0).abs()));
    candidates.first().map(|placed| placed.placement.clone())
}
