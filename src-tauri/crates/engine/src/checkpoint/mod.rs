//! The checkpoint: a batch that would move a published number too far waits for a named person.
//!
//! What is guarded is publication, the moment an observation enters the ledger. A run of a guarded integration lands and
//! counts as always, but beside what is published: while its batch waits, the tallies as they were stay those that are
//! published, and every other integration goes on. What later runs land joins the batch; where the source mends what was
//! wrong, nothing is beyond the threshold any more and the batch passes by itself.

mod decide;
mod look;

use plaza_domain::event::{CheckpointSet, IntegrationId, Payload};
use plaza_domain::person::PersonId;

pub(crate) use decide::release_at;
pub use decide::{Decision, WhyNot, decide, lapse};
pub use look::{Effect, Look};

use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

/// Hours after which a held batch may be let through by itself, at most: a year.
pub const HOURS_MAX: u32 = 24 * 365;

/// What a person says about how batches pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointForm {
    /// Whether batches are looked at.
    pub is_on: bool,
    /// Who decides.
    pub approver: PersonId,
    /// See [`CheckpointSet::points_millionths`].
    pub points_millionths: i64,
    /// See [`CheckpointSet::ranges_thousandths`].
    pub ranges_thousandths: i64,
    /// See [`CheckpointSet::holds_warnings`].
    pub holds_warnings: bool,
    /// See [`CheckpointSet::four_eyes`].
    pub four_eyes: bool,
    /// See [`CheckpointSet::hours`].
    pub hours: Option<u32>,
    /// Why.
    pub reason: String,
}

impl Workspace {
    /// How an integration's batches pass its checkpoint; nothing where they are published as they come.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn checkpoint_in_force(&self, id: &IntegrationId) -> Result<Option<CheckpointSet>> {
        let said = self.view(|view| view.checkpoint(id))?;
        Ok(said.map(|said| said.set).filter(|set| set.is_on))
    }

    /// Says how an integration's batches pass its checkpoint from the next run on.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason, for an approver who is not here, a threshold below nought, hours
    /// outside 1 to [`HOURS_MAX`], or where it is switched off while a batch waits; [`EngineError::NotFound`] for an
    /// integration that is not in use.
    pub fn set_checkpoint(&self, id: &str, form: &CheckpointForm) -> Result<()> {
        let id = self.integration_in_use(id)?.id;
        let fields = self.faults_of(&id, form)?;
        if !fields.is_empty() {
            return Err(EngineError::Invalid { fields });
        }
        let version = self.view(|view| view.checkpoint(&id))?.map_or(1, |said| said.set.version + 1);
        let form = form.clone();
        self.act([Payload::CheckpointSet(CheckpointSet {
            integration: id,
            version,
            is_on: form.is_on,
            approver: form.approver,
            points_millionths: form.points_millionths,
            ranges_thousandths: form.ranges_thousandths,
            holds_warnings: form.holds_warnings,
            four_eyes: form.four_eyes,
            hours: form.hours,
            reason: form.reason.trim().to_owned(),
        })])?;
        Ok(())
    }

    fn faults_of(&self, id: &IntegrationId, form: &CheckpointForm) -> Result<Vec<(String, String)>> {
        let mut fields = Vec::new();
        let mut fault = |path: &str, words: &str| fields.push((path.to_owned(), words.to_owned()));
        if form.reason.trim().is_empty() {
            fault("reason", "say why");
        }
        if !self.is_here(&form.approver)? {
            fault("approver", "name somebody who works here");
        }
        if form.points_millionths < 0 {
            fault("points_millionths", "a threshold is not below nought");
        }
        if form.ranges_thousandths < 0 {
            fault("ranges_thousandths", "a threshold is not below nought");
        }
        if form.hours.is_some_and(|hours| hours == 0 || hours > HOURS_MAX) {
            fault("hours", "between 1 hour and a year");
        }
        if !form.is_on && self.held_batch(id)?.is_some() {
            fault("is_on", "a batch waits: decide about it first");
        }
        Ok(fields)
    }

    /// Whether a person is known and has not left.
    fn is_here(&self, person: &PersonId) -> Result<bool> {
        let today = self.today()?;
        let known = self.view(|view| view.people())?;
        Ok(known.iter().any(|one| one.id == *person && !one.has_left(today)))
    }

    /// The batch of an integration that waits.
    ///
    /// # Errors
    /// What the intake says.
    pub fn held_batch(&self, id: &IntegrationId) -> Result<Option<plaza_store::intake::HeldRow>> {
        let reader = self.intake_reader()?;
        let Some(known) = reader.view().integration(id.as_str())? else { return Ok(None) };
        Ok(reader.view().held_of(known.number)?.filter(|held| held.held_at.is_some()))
    }
}
