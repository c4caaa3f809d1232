//! Two visitors change places, when the heads of both homes accept.

use plaza_domain::event::{Payload, RotationId, SwapAnswered, SwapAsked, SwapId};
use plaza_domain::rotation::{Rotation, SwapState};
use plaza_rotation::{Breach, check};
use serde::Deserialize;

use super::instance::Known;
use super::{Rights, visit, words};
use crate::error::{EngineError, Result};
use crate::promise::{new_id, reason_of};
use crate::workspace::Workspace;
use plaza_domain::language::Language;

/// A swap, as a visitor or a head asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
pub struct SwapForm {
    /// In which rotation.
    pub rotation: String,
    /// One placement.
    pub one: String,
    /// The other.
    pub other: String,
    /// Why.
    pub reason: String,
}

impl Workspace {
    /// Asks that two visitors change places.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for visits that have begun or do not happen, for two of one person, for places that a rule
    /// keeps them from changing (it says which), without a reason, and for somebody whom it does not concern;
    /// [`EngineError::NotFound`].
    pub fn ask_swap(&self, form: &SwapForm, language: Language) -> Result<SwapId> {
        let reason = reason_of(&form.reason)?;
        let id: RotationId = form.rotation.as_str().into();
        let rotation = self.live_rotation(&id)?;
        let (one, other) = (visit(&rotation, &form.one)?, visit(&rotation, &form.other)?);
        let today = self.today()?;
        for (field, visit) in [("one", one), ("other", other)] {
            if !visit.is_planned() || visit.placed.from <= today {
                return Err(EngineError::invalid(field, "choose a visit that is still to come"));
            }
        }
        if one.placed.visitor == other.placed.visitor {
            return Err(EngineError::invalid("other", "choose the visit of somebody else"));
        }
        let rights = Rights::read(self)?;
        if !rights.may_swap(one) && !rights.may_swap(other) {
            let words = "a swap is asked for by one of both visitors, a head or a facilitator";
            return Err(EngineError::invalid("profile", words));
        }
        let swap = SwapId(new_id()?);
        let asked = SwapAsked {
            rotation: id,
            swap: swap.clone(),
            one: one.placed.clone(),
            other: other.placed.clone(),
            reason,
        };
        self.demand_fit(&rotation, &asked, language)?;
        self.act([Payload::SwapAsked(asked)])?;
        Ok(swap)
    }

    /// Refuses what would break a rule of the program that the plan keeps now.
    fn demand_fit(&self, rotation: &Rotation, asked: &SwapAsked, language: Language) -> Result<()> {
        let known = Known::read(self, rotation)?;
        let before = known.placements(rotation);
        let mut swapped = rotation.clone();
        swapped.exchange(asked);
        let after = known.placements(&swapped);
        let old = check(&known.instance, &before).breaches;
        let new = check(&known.instance, &after).breaches;
        let is_new = |breach: &&Breach| !old.contains(breach) && !matches!(breach, Breach::TooEarly { .. });
        match new.iter().find(is_new) {
            Some(breach) => Err(EngineError::invalid("other", words::breach(&known, breach, language))),
            None => Ok(()),
        }
    }

    /// A head answers a swap for their department. With the last yes the places change.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a swap that waits for nobody or not for this department, for a no without a reason, for
    /// anybody but a head, and where the places do not fit any more; [`EngineError::NotFound`].
    pub fn answer_swap(
        &self,
        rotation: &RotationId,
        swap: &SwapId,
        accepted: bool,
        reason: &str,
        language: Language,
    ) -> Result<()> {
        let known = self.live_rotation(rotation)?;
        let Some(found) = known.swaps.get(swap) else {
            return Err(EngineError::NotFound { noun: "swap", name: swap.to_string() });
        };
        if known.swap_state(found) != SwapState::Asked {
            return Err(EngineError::invalid("swap", "this swap waits for nobody any more"));
        }
        let rights = Rights::read(self)?;
        let mine: Vec<_> =
            found.waits_for().into_iter().filter(|home| rights.is_head_of(home)).cloned().collect();
        if mine.is_empty() {
            let words = "a swap is answered by the heads of both visitors' departments";
            return Err(EngineError::invalid("profile", words));
        }
        let reason = if accepted { String::new() } else { reason_of(reason)? };
        if accepted {
            self.demand_fit(&known, &found.asked.what, language)?;
        }
        self.act(mine.into_iter().map(|department| {
            let (rotation, swap, reason) = (rotation.clone(), swap.clone(), reason.clone());
            Payload::SwapAnswered(SwapAnswered { rotation, swap, department, accepted, reason })
        }))?;
        Ok(())
    }
}
