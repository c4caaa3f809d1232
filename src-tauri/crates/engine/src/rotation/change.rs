//! A rotation's program is written, and changed field by field.

use plaza_domain::event::{Payload, ProgramChange, RotationId, RotationProgram};

use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

impl Workspace {
    /// Writes a rotation's program: a new one where it has no id. Whatever it was, it is so from now on.
    ///
    /// # Errors
    /// As [`Workspace::change_rotation`].
    pub fn save_rotation(&self, form: &RotationProgram) -> Result<RotationId> {
        self.change_rotation(form, None)
    }

    /// Writes a rotation's program: a new one where it has no id. `was` is the program that the form began with: what differs
    /// from it is changed, and everything else stays as others have left it meanwhile.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] names each field that cannot be used, and says that it has ended or that somebody else plans;
    /// [`EngineError::Conflict`] where somebody else has changed the same field meanwhile; [`EngineError::NotFound`] for a
    /// rotation that is not here.
    pub fn change_rotation(
        &self,
        form: &RotationProgram,
        was: Option<&RotationProgram>,
    ) -> Result<RotationId> {
        self.demand_planner()?;
        if form.rotation.as_str().is_empty() {
            let program = self.checked_program(form)?;
            self.act([Payload::RotationSet(ProgramChange::whole(&program))])?;
            return Ok(program.rotation);
        }
        let now = tidy(&self.live_rotation(&form.rotation)?.program.what);
        let was = was.map_or_else(|| now.clone(), tidy);
        let mine = ProgramChange::between(&was, &tidy(form));
        if mine.clashes(&ProgramChange::between(&was, &now)) {
            return Err(EngineError::Conflict { what: "the program" });
        }
        let mut next = now.clone();
        mine.apply(&mut next);
        let change = ProgramChange::between(&now, &self.checked_program(&next)?);
        if !change.is_empty() {
            self.act([Payload::RotationSet(change)])?;
        }
        Ok(form.rotation.clone())
    }
}

/// A program with its lists in one order, where the order means nothing: a form may put them otherwise.
fn tidy(program: &RotationProgram) -> RotationProgram {
    let mut tidy = program.clone();
    tidy.pairs.sort();
    tidy.stays_home.sort();
    tidy
}
