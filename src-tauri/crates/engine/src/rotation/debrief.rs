//! What a visitor brings home, and what the host says to it.

use plaza_domain::event::{DebriefWritten, Payload, PlacementId, RotationId};
use serde::Deserialize;

use super::{Rights, visit};
use crate::error::{EngineError, Result};
use crate::promise::{TEXT_CHARS_MAX, text_of};
use crate::workspace::Workspace;

/// People whom one debrief thanks.
const THANKS_MAX: usize = 20;

/// A debrief, as a visitor enters it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
pub struct DebriefForm {
    /// Of which rotation.
    pub rotation: String,
    /// Of which placement.
    pub placement: String,
    /// What I saw.
    pub saw: String,
    /// What surprised me; may be empty.
    pub surprised: String,
    /// What I would change; may be empty.
    pub change: String,
    /// Whom to thank (ids).
    pub thanks: Vec<String>,
}

impl Workspace {
    /// Writes what a visitor brought home, or puts it into other words.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without anything that was seen, before the visit begins, and for anybody but its visitor;
    /// [`EngineError::NotFound`].
    pub fn write_debrief(&self, form: &DebriefForm) -> Result<()> {
        let rotation: RotationId = form.rotation.as_str().into();
        let known = self.rotation(&rotation)?;
        let visit = visit(&known, &form.placement)?;
        if !Rights::read(self)?.may_debrief(visit) {
            let words = "a debrief is written by its visitor, once the visit has begun";
            return Err(EngineError::invalid("profile", words));
        }
        let saw = text_of("saw", &form.saw, TEXT_CHARS_MAX)?;
        let other = |field: &str, text: &str| {
            if text.trim().is_empty() { Ok(String::new()) } else { text_of(field, text, TEXT_CHARS_MAX) }
        };
        let (surprised, change) = (other("surprised", &form.surprised)?, other("change", &form.change)?);
        if form.thanks.len() > THANKS_MAX {
            return Err(EngineError::invalid("thanks", "thank at most 20 people"));
        }
        let mut thanks = Vec::new();
        for person in &form.thanks {
            let person = self.person_here("thanks", person)?;
            if !thanks.contains(&person) {
                thanks.push(person);
            }
        }
        let placement = visit.placed.placement.clone();
        let debrief = DebriefWritten { rotation, placement, saw, surprised, change, thanks };
        self.act([Payload::DebriefWritten(debrief)])?;
        Ok(())
    }

    /// The host answers a debrief.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without words, without a debrief, and for somebody who does not belong to the host;
    /// [`EngineError::NotFound`].
    pub fn answer_debrief(&self, rotation: &RotationId, placement: &PlacementId, text: &str) -> Result<()> {
        let known = self.rotation(rotation)?;
        let visit = visit(&known, placement.as_str())?;
        if !Rights::read(self)?.may_answer(visit) {
            return Err(EngineError::invalid(
                "profile",
                "a debrief is answered by whoever belongs to the host",
            ));
        }
        let text = text_of("text", text, TEXT_CHARS_MAX)?;
        let (rotation, placement) = (rotation.clone(), placement.clone());
        self.act([Payload::DebriefAnswered { rotation, placement, text }])?;
        Ok(())
    }
}
