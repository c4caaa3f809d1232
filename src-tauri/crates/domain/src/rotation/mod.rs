//! Rotations: what is told of a program's placements, made of everything that was said of it.
//!
//! [`Rotation::hear`] takes what was said in its order and knows how each word bears on the others; see
//! [`crate::event::RotationProgram`] for how concurrent words merge. [`days`] says which days a visit takes.

pub mod days;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::day::Day;
use crate::department::DepartmentId;
use crate::event::{
    DebriefInto, DebriefWritten, Payload, Placed, PlacementId, RotationProgram, RotationPublished, Stamp,
    SwapAnswered, SwapAsked, SwapId,
};
use crate::person::PersonId;

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

    fn told(&mut self, at: Stamp) {
        self.sequence = self.sequence.saturating_add(1);
        self.told_at = at;
    }
}

/// How a swap stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwapState {
    /// A head has not answered.
    Asked,
    /// Both accepted, and the places are changed.
    Done,
    /// A head said no.
    Declined,
    /// One of the placements was withdrawn, cancelled or changed before both had answered.
    Lapsed,
}

/// Two visitors ask to change places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    /// What they ask.
    pub asked: Written<SwapAsked>,
    /// The last answer of each department.
    pub answers: BTreeMap<DepartmentId, Written<SwapAnswered>>,
    /// How it stands.
    pub state: SwapState,
    /// The sequences of both placements when it was asked: another one means that they changed.
    seen: (u32, u32),
}

impl Swap {
    /// The departments whose heads have not answered.
    pub fn waits_for(&self) -> Vec<&DepartmentId> {
        if self.state != SwapState::Asked {
            return Vec::new();
        }
        let mut homes: Vec<&DepartmentId> = self.asked.what.homes.iter().collect();
        homes.dedup();
        homes.retain(|home| !self.answers.contains_key(*home));
        homes
    }
}

/// A plan that was published, without its placements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanNote {
    /// Why it differs from the one before; empty for the first.
    pub reason: String,
    /// How many placements it has.
    pub placements: usize,
    /// By whom.
    pub by: Option<PersonId>,
    /// When.
    pub at: Stamp,
}

/// A rotation as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// Its program.
    pub program: Written<RotationProgram>,
    /// Why it ended; nothing while it runs.
    pub ended: Option<String>,
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
                (None, Payload::RotationSet(program)) => {
                    let program = Written { what: program.clone(), by, at };
                    let (visits, swaps) = (BTreeMap::new(), BTreeMap::new());
                    rotation = Some(Self { program, ended: None, plans: Vec::new(), visits, swaps });
                }
                (None, _) => {}
            }
        }
        rotation
    }

    /// Hears one more word.
    pub fn hear(&mut self, payload: &Payload, by: Option<PersonId>, at: Stamp) {
        match payload {
            Payload::RotationSet(program) => {
                self.program = Written { what: program.clone(), by, at };
                self.ended = None;
            }
            Payload::RotationEnded { from, reason, .. } => self.end(*from, reason, at),
            Payload::RotationPublished(published) => self.publish(published, by, at),
            Payload::PlacementCancelled { placement, reason, .. } => {
                if let Some(visit) = self.visits.get_mut(placement) {
                    visit.standing = Standing::Cancelled { reason: reason.clone() };
                    visit.told(at);
                }
            }
            Payload::SwapAsked(asked) => self.ask(asked, by, at),
            Payload::SwapAnswered(answered) => self.answer(answered, by, at),
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

    fn end(&mut self, from: Day, reason: &str, at: Stamp) {
        self.ended = Some(reason.to_owned());
        for visit in self.visits.values_mut().filter(|visit| visit.is_planned() && visit.placed.from >= from)
        {
            visit.standing = Standing::Withdrawn { reason: reason.to_owned() };
            visit.told(at);
        }
    }

    fn publish(&mut self, published: &RotationPublished, by: Option<PersonId>, at: Stamp) {
        let listed: BTreeMap<&PlacementId, &Placed> =
            published.placements.iter().map(|placed| (&placed.placement, placed)).collect();
        for (placement, visit) in &mut self.visits {
            if visit.is_planned() && !listed.contains_key(placement) {
                visit.standing = Standing::Withdrawn { reason: published.reason.clone() };
                visit.told(at);
            }
        }
        for (placement, placed) in listed {
            match self.visits.get_mut(placement) {
                Some(visit) if matches!(visit.standing, Standing::Cancelled { .. }) => {}
                Some(visit) => {
                    if visit.placed != *placed || !visit.is_planned() {
                        if visit.placed.visitor != placed.visitor {
                            visit.before.push(visit.placed.visitor.clone());
                        }
                        visit.placed = placed.clone();
                        visit.standing = Standing::Planned;
                        visit.told(at);
                    }
                }
                None => {
                    let visit = Visit {
                        placed: placed.clone(),
                        standing: Standing::Planned,
                        sequence: 0,
                        told_at: at,
                        before: Vec::new(),
                        debrief: None,
                        answers: Vec::new(),
                        taken_up: Vec::new(),
                    };
                    self.visits.insert(placement.clone(), visit);
                }
            }
        }
        let (reason, placements) = (published.reason.clone(), published.placements.len());
        self.plans.push(PlanNote { reason, placements, by, at });
    }

    fn ask(&mut self, asked: &SwapAsked, by: Option<PersonId>, at: Stamp) {
        let Some(seen) = self.sequences(asked) else { return };
        let asked = Written { what: asked.clone(), by, at };
        let swap = Swap { asked, answers: BTreeMap::new(), state: SwapState::Asked, seen };
        self.swaps.entry(swap.asked.what.swap.clone()).or_insert(swap);
    }

    /// The sequences of both placements of a swap, while both happen.
    fn sequences(&self, asked: &SwapAsked) -> Option<(u32, u32)> {
        let sequence = |placement: &PlacementId| {
            self.visits.get(placement).filter(|visit| visit.is_planned()).map(|visit| visit.sequence)
        };
        Some((sequence(&asked.one)?, sequence(&asked.other)?))
    }

    fn answer(&mut self, answered: &SwapAnswered, by: Option<PersonId>, at: Stamp) {
        let Some(mut swap) = self.swaps.remove(&answered.swap) else { return };
        let is_asked = swap.asked.what.homes.contains(&answered.department);
        if swap.state == SwapState::Asked && is_asked {
            let answer = Written { what: answered.clone(), by, at };
            swap.answers.insert(answered.department.clone(), answer);
            if !answered.accepted {
                swap.state = SwapState::Declined;
            } else if swap.waits_for().is_empty() {
                swap.state = if self.sequences(&swap.asked.what) == Some(swap.seen) {
                    self.swap(&swap.asked.what, at);
                    SwapState::Done
                } else {
                    SwapState::Lapsed
                };
            }
        }
        self.swaps.insert(answered.swap.clone(), swap);
    }

    fn swap(&mut self, asked: &SwapAsked, at: Stamp) {
        let before: Vec<PersonId> = [&asked.one, &asked.other]
            .into_iter()
            .filter_map(|placement| self.visits.get(placement).map(|visit| visit.placed.visitor.clone()))
            .collect();
        self.exchange(asked);
        for (placement, before) in [&asked.one, &asked.other].into_iter().zip(before) {
            if let Some(visit) = self.visits.get_mut(placement) {
                visit.before.push(before);
                visit.told(at);
            }
        }
    }

    /// Has both visitors of a swap change places, as if it were done; to see what comes of it.
    pub fn exchange(&mut self, asked: &SwapAsked) {
        let who = |placement: &PlacementId| {
            self.visits
                .get(placement)
                .map(|visit: &Visit| (visit.placed.visitor.clone(), visit.placed.home.clone()))
        };
        let (Some(one), Some(other)) = (who(&asked.one), who(&asked.other)) else { return };
        for (placement, (visitor, home)) in [(&asked.one, other), (&asked.other, one)] {
            if let Some(visit) = self.visits.get_mut(placement) {
                visit.placed.visitor = visitor;
                visit.placed.home = home;
            }
        }
    }

    /// The placements that happen or happened, the earliest first.
    pub fn planned(&self) -> Vec<&Visit> {
        let mut planned: Vec<&Visit> = self.visits.values().filter(|visit| visit.is_planned()).collect();
        planned.sort_by_key(|visit| (visit.placed.from, &visit.placed.visitor, &visit.placed.placement));
        planned
    }

    /// How a swap stands now: one whose placements changed since has lapsed.
    pub fn swap_state(&self, swap: &Swap) -> SwapState {
        let lapsed = swap.state == SwapState::Asked && self.sequences(&swap.asked.what) != Some(swap.seen);
        if lapsed { SwapState::Lapsed } else { swap.state }
    }
}
