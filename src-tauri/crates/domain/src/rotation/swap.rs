//! Swaps: two visitors change places, when the heads of both homes accept.

use std::collections::BTreeMap;

use super::{Rotation, Written};
use crate::department::DepartmentId;
use crate::event::{Placed, PlacementId, RotationPublished, Stamp, SwapAnswered, SwapAsked};
use crate::person::PersonId;

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
    /// It was done, and a later plan was made by somebody who did not know of it.
    Undone,
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
}

impl Swap {
    /// The departments whose heads have not answered.
    pub fn waits_for(&self) -> Vec<&DepartmentId> {
        if self.state != SwapState::Asked {
            return Vec::new();
        }
        let mut homes = self.asked.what.homes().to_vec();
        homes.dedup();
        homes.retain(|home| !self.answers.contains_key(*home));
        homes
    }
}

impl Rotation {
    pub(super) fn ask(&mut self, asked: &SwapAsked, by: Option<PersonId>, at: Stamp) {
        let asked = Written { what: asked.clone(), by, at };
        let swap = Swap { asked, answers: BTreeMap::new(), state: SwapState::Asked };
        self.swaps.entry(swap.asked.what.swap.clone()).or_insert(swap);
    }

    /// Whether both placements of a swap happen and are what whoever asked for it saw. Somebody may have moved one of them
    /// without knowing of the swap, and before it by the clock: nobody agreed to change places with that one.
    fn is_as_seen(&self, asked: &SwapAsked) -> bool {
        [&asked.one, &asked.other].into_iter().all(|seen| {
            let visit = self.visits.get(&seen.placement);
            visit.is_some_and(|visit| visit.is_planned() && visit.placed == *seen)
        })
    }

    pub(super) fn answer(&mut self, answered: &SwapAnswered, by: Option<&PersonId>, at: Stamp) {
        let Some(mut swap) = self.swaps.remove(&answered.swap) else { return };
        let is_asked = swap.asked.what.homes().contains(&&answered.department);
        if swap.state == SwapState::Asked && is_asked {
            let answer = Written { what: answered.clone(), by: by.cloned(), at };
            swap.answers.insert(answered.department.clone(), answer);
            if !answered.accepted {
                swap.state = SwapState::Declined;
            } else if swap.waits_for().is_empty() {
                swap.state = if self.is_as_seen(&swap.asked.what) {
                    self.swap(&swap.asked.what, by, at);
                    SwapState::Done
                } else {
                    SwapState::Lapsed
                };
            }
        }
        self.swaps.insert(answered.swap.clone(), swap);
    }

    fn swap(&mut self, asked: &SwapAsked, by: Option<&PersonId>, at: Stamp) {
        for placed in swapped(asked) {
            if let Some(visit) = self.visits.get_mut(&placed.placement) {
                visit.becomes(placed, &asked.reason);
                visit.told(by, at);
            }
        }
    }

    /// Has both visitors of a swap change places, as if it were done; to see what comes of it.
    pub fn exchange(&mut self, asked: &SwapAsked) {
        for placed in swapped(asked) {
            if let Some(visit) = self.visits.get_mut(&placed.placement) {
                visit.placed = placed;
            }
        }
    }

    /// Before a plan comes into force: the swaps that it does not know and has not in it are undone.
    pub(super) fn undo_unknown(&mut self, published: &RotationPublished) {
        let visitor = |placement: &PlacementId| {
            let listed = published.placements.iter().find(|placed| placed.placement == *placement);
            listed.map(|placed| &placed.visitor)
        };
        for (id, swap) in &mut self.swaps {
            if swap.state != SwapState::Done || published.swaps.contains(id) {
                continue;
            }
            let (one, other) = (&swap.asked.what.one, &swap.asked.what.other);
            let is_in_it = visitor(&one.placement) == Some(&other.visitor)
                && visitor(&other.placement) == Some(&one.visitor);
            if !is_in_it {
                swap.state = SwapState::Undone;
            }
        }
    }

    /// How a swap stands now: one whose placements are others by now has lapsed.
    pub fn swap_state(&self, swap: &Swap) -> SwapState {
        let lapsed = swap.state == SwapState::Asked && !self.is_as_seen(&swap.asked.what);
        if lapsed { SwapState::Lapsed } else { swap.state }
    }
}

/// Both placements after a swap: each with the other's visitor.
fn swapped(asked: &SwapAsked) -> [Placed; 2] {
    let (one, other) = (&asked.one, &asked.other);
    [(one, other), (other, one)].map(|(place, visitor)| Placed {
        visitor: visitor.visitor.clone(),
        home: visitor.home.clone(),
        ..place.clone()
    })
}
