//! Rotations, in the order of their flow: a program, proposals that a solver finds for it, the plan that is published, what
//! happens to it (somebody falls ill, two change places, a visit is cancelled), and what people brought home.
//!
//! [`plaza_rotation`] knows people and departments by their place in lists; [`instance`] translates both ways and is the only
//! place that does. What a person was told lives in the ledger; a proposal is nobody's word and lives in its job.

mod absence;
mod away;
mod cancel;
mod change;
mod debrief;
pub(crate) mod instance;
mod program;
mod propose;
mod publish;
mod replan;
mod right;
mod swap;
mod taken_up;
mod wish;
pub(crate) mod words;

pub use absence::AbsenceForm;
pub use away::AbsencesForm;
pub use debrief::DebriefForm;
pub(crate) use propose::propose_one;
pub use propose::{Proposed, propose};
pub use replan::replan;
pub(crate) use right::Rights;
pub use swap::SwapForm;
pub(crate) use taken_up::{asked_for_agenda, thread_of, waits_for_agenda};
pub use wish::{WishForm, WishesForm};

use std::sync::{Arc, Mutex, PoisonError};

use plaza_domain::event::{PlacementId, RotationId};
use plaza_domain::rotation::{Rotation, Visit};
use plaza_store::view::{Age, Said};

use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

/// What comes of everything that was said of one.
fn of(said: &[Said]) -> Option<Rotation> {
    Rotation::of(said.iter().map(|said| (&said.payload, said.act.person.clone(), said.act.at)))
}

/// All rotations, as they were put together last: every plan that was ever published is read for them, and threads, agendas and
/// reminders ask for them again and again.
#[derive(Debug, Default)]
pub(crate) struct KnownRotations(Mutex<Option<(Age, Arc<Vec<Rotation>>)>>);

impl KnownRotations {
    fn get(&self, age: Age) -> Option<Arc<Vec<Rotation>>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|(of, _)| *of == age).map(|(_, list)| Arc::clone(list))
    }

    fn keep(&self, age: Age, list: &Arc<Vec<Rotation>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((age, Arc::clone(list)));
    }
}

impl Workspace {
    /// All rotations, the one that begins last first: put together anew only where the ledger has changed since.
    pub(crate) fn known_rotations(&self) -> Result<Arc<Vec<Rotation>>> {
        let known = self.view(|view| {
            let age = view.age()?;
            match self.rotations_kept().get(age) {
                Some(list) => Ok((age, Ok(list))),
                None => Ok((age, Err(view.rotations()?))),
            }
        })?;
        let (age, all) = match known {
            (_, Ok(list)) => return Ok(list),
            (age, Err(all)) => (age, all),
        };
        let mut list: Vec<Rotation> = all.iter().filter_map(|(_, said)| of(said)).collect();
        list.sort_by(|a, b| {
            let rank = |one: &Rotation| (std::cmp::Reverse(one.program.what.first), one.program.at);
            rank(a).cmp(&rank(b))
        });
        let list = Arc::new(list);
        self.rotations_kept().keep(age, &list);
        Ok(list)
    }

    /// All rotations, the one that begins last first, to do with as one likes.
    pub(crate) fn rotations(&self) -> Result<Vec<Rotation>> {
        Ok(self.known_rotations()?.to_vec())
    }

    /// One rotation.
    pub(crate) fn rotation(&self, id: &RotationId) -> Result<Rotation> {
        let all = self.known_rotations()?;
        let found = all.iter().find(|known| known.program.what.rotation == *id);
        found.cloned().ok_or_else(|| EngineError::NotFound { noun: "rotation", name: id.to_string() })
    }

    /// One rotation that has not ended.
    fn live_rotation(&self, id: &RotationId) -> Result<Rotation> {
        let rotation = self.rotation(id)?;
        if rotation.ended.is_some() {
            return Err(EngineError::invalid("rotation", "this rotation has ended"));
        }
        Ok(rotation)
    }
}

/// One placement of a rotation that people were told of.
fn visit<'a>(rotation: &'a Rotation, placement: &str) -> Result<&'a Visit> {
    rotation
        .visits
        .get(&PlacementId::from(placement))
        .ok_or_else(|| EngineError::NotFound { noun: "placement", name: placement.to_owned() })
}
