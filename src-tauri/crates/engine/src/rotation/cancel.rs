//! A placement that does not happen.

use plaza_domain::event::{Payload, PlacementId, RotationId};
use plaza_domain::rotation::Visit;

use super::visit;
use crate::error::{EngineError, Result};
use crate::promise::reason_of;
use crate::workspace::Workspace;

impl Workspace {
    /// Whether whoever acts may cancel a visit: its visitor, a head of its home or host, and who plans rotations.
    pub(crate) fn may_cancel(&self, visit: &Visit) -> Result<bool> {
        let is_visitor = self.actor()?.is_some_and(|person| person.id == visit.placed.visitor);
        Ok(is_visitor || self.may_plan_rotations()?)
    }

    /// Cancels a placement that has not ended, with a reason.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason, for a placement that does not happen anyway or is over, and for somebody
    /// whom it does not concern; [`EngineError::NotFound`].
    pub fn cancel_placement(
        &self,
        rotation: &RotationId,
        placement: &PlacementId,
        reason: &str,
    ) -> Result<()> {
        let reason = reason_of(reason)?;
        let known = self.rotation(rotation)?;
        let visit = visit(&known, placement.as_str())?;
        if !visit.is_planned() {
            return Err(EngineError::invalid("placement", "this visit does not happen anyway"));
        }
        if visit.placed.until < self.today()? {
            return Err(EngineError::invalid("placement", "this visit is over"));
        }
        if !self.may_cancel(visit)? {
            let words = "a visit is cancelled by its visitor, a head or a facilitator";
            return Err(EngineError::invalid("profile", words));
        }
        let (rotation, placement) = (rotation.clone(), placement.clone());
        self.act([Payload::PlacementCancelled { rotation, placement, reason }])?;
        Ok(())
    }
}
