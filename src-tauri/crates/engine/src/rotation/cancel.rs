//! A placement that does not happen.

use plaza_domain::event::{Payload, PlacementId, RotationId};

use super::{Rights, visit};
use crate::error::{EngineError, Result};
use crate::promise::reason_of;
use crate::workspace::Workspace;

impl Workspace {
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
        if !Rights::read(self)?.may_cancel(visit) {
            let words = "a visit is cancelled by its visitor, a head of either department or a facilitator";
            return Err(EngineError::invalid("profile", words));
        }
        let (rotation, placement) = (rotation.clone(), placement.clone());
        self.act([Payload::PlacementCancelled { rotation, placement, reason }])?;
        Ok(())
    }
}
