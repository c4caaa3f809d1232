//! What people do with a KPI: sign a week, give its chart a phase, ghost a point.

use plaza_domain::day::Week;
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{KpiDefinition, KpiId, Payload};

use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

impl Workspace {
    /// The definition in force of a KPI.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] where there is none.
    pub fn definition(&self, kpi: impl Into<KpiId>) -> Result<KpiDefinition> {
        let kpi = kpi.into();
        self.view(|view| view.kpi(&kpi))?.ok_or_else(|| EngineError::NotFound {
            noun: "KPI",
            name: kpi.as_str().chars().take(80).collect(),
        })
    }

    /// Signs a week's value as it was seen. A signature names a revision: where a newer one has come meanwhile,
    /// nothing is signed.
    ///
    /// # Errors
    /// [`EngineError::Conflict`] for another revision than the latest; [`EngineError::Invalid`] for a week that is
    /// not over; [`EngineError::NotFound`] for a week without observation.
    pub fn sign_week(&self, kpi: impl Into<KpiId>, week: Week, revision: u32, note: &str) -> Result<()> {
        let kpi = self.definition(kpi)?.kpi;
        if week.sunday() >= self.today()? {
            return Err(EngineError::invalid("week", "the week is not over yet"));
        }
        let latest = self
            .view(|view| view.observation(&kpi, week))?
            .ok_or_else(|| EngineError::NotFound { noun: "week", name: week.to_string() })?;
        if latest.revision != revision {
            return Err(EngineError::Conflict { what: "the week's value" });
        }
        self.act([Payload::WeekSigned { kpi, week, revision, note: note.trim().to_owned() }])?;
        Ok(())
    }

    /// Gives a chart limits of their own from a week on.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason.
    pub fn sign_phase(
        &self,
        kpi: impl Into<KpiId>,
        part: Option<DepartmentId>,
        from: Week,
        reason: &str,
    ) -> Result<()> {
        let reason = reasoned(reason)?;
        let kpi = self.definition(kpi)?.kpi;
        let start = from.monday();
        let before = self.view(|view| view.phases(&kpi))?;
        let known = before.iter().find(|phase| phase.part == part && phase.start == start);
        let version = known.and_then(|phase| phase.version).unwrap_or(0) + 1;
        self.act([Payload::PhaseSigned { kpi: kpi.clone(), part, start, reason, version }])?;
        self.record_signals_after_act(&kpi);
        Ok(())
    }

    /// Takes a phase back.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason, [`EngineError::NotFound`] where no such phase stands.
    pub fn withdraw_phase(
        &self,
        kpi: impl Into<KpiId>,
        part: Option<DepartmentId>,
        from: Week,
        reason: &str,
    ) -> Result<()> {
        let reason = reasoned(reason)?;
        let kpi = self.definition(kpi)?.kpi;
        let start = from.monday();
        let standing = self.view(|view| view.phases(&kpi))?;
        if !standing.iter().any(|phase| phase.part == part && phase.start == start && phase.version.is_some())
        {
            return Err(EngineError::NotFound { noun: "phase", name: from.to_string() });
        }
        self.act([Payload::PhaseWithdrawn { kpi: kpi.clone(), part, start, reason }])?;
        self.record_signals_after_act(&kpi);
        Ok(())
    }

    /// Leaves a point out of mean and rules (`ghosted`), or takes it back in.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a ghost without a reason.
    pub fn ghost_point(
        &self,
        kpi: impl Into<KpiId>,
        part: Option<DepartmentId>,
        week: Week,
        ghosted: bool,
        reason: &str,
    ) -> Result<()> {
        let kpi = self.definition(kpi)?.kpi;
        self.act([if ghosted {
            Payload::PointGhosted { kpi: kpi.clone(), part, week, reason: reasoned(reason)? }
        } else {
            Payload::PointUnghosted { kpi: kpi.clone(), part, week, reason: reason.trim().to_owned() }
        }])?;
        self.record_signals_after_act(&kpi);
        Ok(())
    }
}

fn reasoned(reason: &str) -> Result<String> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(EngineError::invalid("reason", "say why, so that others can follow"));
    }
    Ok(reason.to_owned())
}
