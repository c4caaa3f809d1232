//! Weeks: tallies become observations in the ledger, and observations are read back.

mod publish;
mod report;

use plaza_domain::department::DepartmentId;
use plaza_domain::event::KpiId;
use plaza_domain::journey::DEPARTMENTS_MAX;
use plaza_domain::kpi::{Basis, KpiKind};
pub use publish::{PublishedWeek, publish};
pub use report::{WeekQuery, WeekReport, table, week_reports};

use crate::error::Result;
use crate::workspace::Workspace;

/// The number of a KPI's tallies in the intake: its kind, and the basis it was measured against.
pub const fn kpi_number(kind: KpiKind, basis: Basis) -> i64 {
    kind as i64 + 16 * basis as i64
}

/// The id under which the ledger keeps a KPI's figures against a basis. Only the promise is published; the other
/// bases are read from the tallies.
pub fn kpi_id(kind: KpiKind) -> KpiId {
    KpiId::from(kind.word())
}

/// Departments by seat: all that ever were, in order of id. A tally's parts stand in this order.
///
/// # Errors
/// What the ledger says.
pub fn seats(workspace: &Workspace) -> Result<Vec<DepartmentId>> {
    let mut ids: Vec<DepartmentId> =
        workspace.view(|view| view.departments())?.into_iter().map(|department| department.id).collect();
    ids.sort_unstable();
    ids.truncate(DEPARTMENTS_MAX);
    Ok(ids)
}
