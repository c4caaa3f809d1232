//! Rotations: what is told of a program's placements, made of everything that was said of it.
//!
//! [`Rotation::hear`] takes what was said in its order and knows how each word bears on the others; see
//! [`crate::event::ProgramChange`] and [`RotationPublished`] for how concurrent words merge. [`days`] says which days a visit takes.

pub mod days;
mod swap;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::day::Day;
use crate::event::{
    DebriefInto, DebriefWritten, Payload, Placed, PlacementId, RotationProgram, RotationPublished, Stamp,
    SwapId,
};
use crate::person::PersonId;
pub use swap::{Swap, SwapState};

/// How a placement stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It happens, or happened.
    Planned,
    /// A later plan does without it.
    Withdrawn {
        /// Why that plan was made.
        reason: String,
    },
    /// A person cancelled it; no plan brings it back.
    Cancelled {
        /// Why.
        reason: String,
    },
}

/// Something that was written, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written<T> {
    /// What.
    pub what: T,
    /// By whom, where that is known.
    pub by: Option<PersonId>,
    /// When.
    pub at: Stamp,
}

/// What people were told of a placement before it became another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// Who, where, when.
    pub placed: Placed,
    /// Why it is another one now.
    pub reason: String,
}

/// A placement as people were told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Who, where, when: after all swaps.
    pub placed: Placed,
    /// How it stands.
    pub standing: Standing,
    /// How often people were told something else of it: the SEQUENCE of its calendar entry.
    pub sequence: u32,
    /// When people were last told of it.
    pub told_at: Stamp,
    /// By whom, where that is known.
    pub told_by: Option<PersonId>,
    /// What they were told before, where it is another one now.
    pub former: Option<Former>,
    /// Who made the visit before a swap, the latest last: their calendars have to forget it.
    pub before: Vec<PersonId>,
    /// What the visitor brought home.
    pub debrief: Option<Written<DebriefWritten>>,
    /// What the host said to it.
    pub answers: Vec<Written<String>>,
    /// What became of it.
    pub taken_up: Vec<Written<DebriefInto>>,
}

impl Visit {
    /// Whether it happens, or happened.
    pub fn is_planned(&self) -> bool {
        self.standing == Standing::Planned
    }

    /// Whether it was made by the end of `day`.
    pub fn is_over(&self, day: Day) -> bool {
        self.is_planned() && self.placed.until <= day
    }

    fn told(&mut self, by: Option<&PersonId>, at: Stamp) {
        self.sequence = self.sequence.saturating_add(1);
        self.told_at = at;
        self.told_by = by.cloned();
    }

    /// It is another one from now on.
    fn becomes(&mut self, placed: Placed, reason: &str) {
        if self.placed.visitor != placed.visitor {
            self.before.push(self.placed.visitor.clone());
        }
        let was = std::mem::replace(&mut self.placed, placed);
        self.former = Some(Former { placed: was, reason: reason.to_owned() });
    }
}

/// A plan that was published, without its placements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanNote {
    /// Why it differs from the one before; empty for the first.
    pub reason: String,
    /// How many placements it has.
    pub placements: usize,
    /// Whether whoever published it did not know the one before.
    pub is_blind: bool,
    /// By whom.
    pub by: Option<PersonId>,
    /// When.
    pub at: Stamp,
}

/// The end of a rotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Placements that begin on this day or later do not happen.
    pub from: Day,
    /// Why.
    pub reason: String,
}

/// A rotation as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// Its program.
    pub program: Written<RotationProgram>,
    /// That it ended; nothing while it runs.
    pub ended: Option<Ended>,
    /// Every plan that was published, the one in force last.
    pub plans: Vec<PlanNote>,
    /// All placements that people were ever told of.
    pub visits: BTreeMap<PlacementId, Visit>,
    /// All swaps.
    pub swaps: BTreeMap<SwapId, Swap>,
}

impl Rotation {
    /// What comes of everything that was said of one rotation, in its order; nothing without a program.
    pub fn of<'a>(said: impl IntoIterator<Item = (&'a Payload, Option<PersonId>, Stamp)>) -> Option<Self> {
        let mut rotation: Option<Self> = None;
        for (payload, by, at) in said {
            match (&mut rotation, payload) {
                (Some(rotation), payload) => rotation.hear(payload, by, at),
                (None, Payload::RotationSet(change)) => {
                    rotation = change.program().map(|what| Self {
                        program: Written { what, by, at },
                        ended: None,
                        plans: Vec::new(),
                        visits: BTreeMap::new(),
                        swaps: BTreeMap::new(),
                    });
                }
                (None, _) => {}
            }
        }
        rotation
    }

    /// Hears one more word.
    pub fn hear(&mut self, payload: &Payload, by: Option<PersonId>, at: Stamp) {
        match payload {
            Payload::RotationSet(change) => {
                change.apply(&mut self.program.what);
                (self.program.by, self.program.at) = (by, at);
            }
            Payload::RotationEnded { from, reason, .. } => self.end(*from, reason, by.as_ref(), at),
            Payload::RotationPublished(published) => self.publish(published, by, at),
            Payload::PlacementCancelled { placement, reason, .. } => {
                let open = |visit: &&mut Visit| !matches!(visit.standing, Standing::Cancelled { .. });
                if let Some(visit) = self.visits.get_mut(placement).filter(open) {
                    visit.standing = Standing::Cancelled { reason: reason.clone() };
                    visit.told(by.as_ref(), at);
                }
            }
            Payload::SwapAsked(asked) => self.ask(asked, by, at),
            Payload::SwapAnswered(answered) => self.answer(answered, by.as_ref(), at),
            Payload::DebriefWritten(debrief) => {
                if let Some(visit) = self.visits.get_mut(&debrief.placement) {
                    visit.debrief = Some(Written { what: debrief.clone(), by, at });
                }
            }
            Payload::DebriefAnswered { placement, text, .. } => {
                if let Some(visit) = self.visits.get_mut(placement) {
                    visit.answers.push(Written { what: text.clone(), by, at });
                }
            }
            Payload::DebriefTakenUp { placement, into, .. } => {
                if let Some(visit) = self.visits.get_mut(placement) {
                    visit.taken_up.push(Written { what: into.clone(), by, at });
                }
            }
            _ => {}
        }
    }

    /// Ends it, for good. Of two ends the first one's reason counts, and the earlier day.
    fn end(&mut self, from: Day, reason: &str, by: Option<&PersonId>, at: Stamp) {
        let ended = self.ended.get_or_insert_with(|| Ended { from, reason: reason.to_owned() });
        ended.from = ended.from.min(from);
        let (from, reason) = (ended.from, ended.reason.clone());
        for visit in self.visits.values_mut().filter(|visit| visit.is_planned() && visit.placed.from >= from)
        {
            visit.standing = Standing::Withdrawn { reason: reason.clone() };
            visit.told(by, at);
        }
    }

    /// How a placement of a plan stands: a plan of somebody who did not know of the end revives nothing.
    fn standing_of(&self, placed: &Placed) -> Standing {
        match &self.ended {
            Some(ended) if placed.from >= ended.from => Standing::Withdrawn { reason: ended.reason.clone() },
            _ => Standing::Planned,
        }
    }

    fn publish(&mut self, published: &RotationPublished, by: Option<PersonId>, at: Stamp) {
        self.undo_unknown(published);
        let listed: BTreeMap<&PlacementId, &Placed> =
            published.placements.iter().map(|placed| (&placed.placement, placed)).collect();
        for (placement, visit) in &mut self.visits {
            if visit.is_planned() && !listed.contains_key(placement) {
                visit.standing = Standing::Withdrawn { reason: published.reason.clone() };
                visit.told(by.as_ref(), at);
            }
        }
        for (placement, placed) in listed {
            let standing = self.standing_of(placed);
            let happens = standing == Standing::Planned;
            match self.visits.get_mut(placement) {
                Some(visit) if matches!(visit.standing, Standing::Cancelled { .. }) => {}
                Some(visit) if !happens && !visit.is_planned() => {}
                Some(visit) => {
                    if visit.placed != *placed {
                        visit.becomes(placed.clone(), &published.reason);
                    } else if visit.standing == standing {
                        continue;
                    }
                    visit.standing = standing;
                    visit.told(by.as_ref(), at);
                }
                None => {
                    let visit = Visit {
                        placed: placed.clone(),
                        standing,
                        sequence: 0,
                        told_at: at,
                        told_by: by.clone(),
                        former: None,
                        before: Vec::new(),
                        debrief: None,
                        answers: Vec::new(),
                        taken_up: Vec::new(),
                    };
                    self.visits.insert(placement.clone(), visit);
                }
            }
        }
        self.plans.push(PlanNote {
            reason: published.reason.clone(),
            placements: published.placements.len(),
            is_blind: published.after != self.plans.last().map(|plan| plan.at),
            by,
            at,
        });
    }

    /// The placements that happen or happened, the earliest first.
    pub fn planned(&self) -> Vec<&Visit> {
        let mut planned: Vec<&Visit> = self.visits.values().filter(|visit| visit.is_planned()).collect();
        planned.sort_by_key(|visit| (visit.placed.from, &visit.placed.visitor, &visit.placed.placement));
        planned
    }
}
