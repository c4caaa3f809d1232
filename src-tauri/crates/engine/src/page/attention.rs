//! What needs a person now, for the pages that list it.

use plaza_domain::event::{AttentionKind, AttentionRaised, IntegrationId, KpiId};
use plaza_domain::language::Language;
use serde::Serialize;

use super::series::moment;
use crate::error::Result;
use crate::words::{field, field_name};
use crate::workspace::Workspace;

/// Everything that needs a person now.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct AttentionList {
    /// How many matters wait for whoever acts.
    pub mine: u32,
    /// How many wait for somebody of their department, themselves included.
    pub department: u32,
    /// How many there are.
    pub all: u32,
    /// The matters: what waits for whoever acts first, then the longest.
    pub rows: Vec<AttentionView>,
}

/// Something that needs a person.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct AttentionView {
    /// Its id.
    pub attention: String,
    /// What it is.
    pub kind: AttentionKind,
    /// The integration's id; empty where it is a measure's.
    pub integration: String,
    /// Its name.
    pub name: String,
    /// What exactly, in the reader's language: a field, a run; empty where the kind says it all.
    pub subject: String,
    /// Who is asked to look; nothing where nobody answers for it.
    pub person: Option<String>,
    /// Whoever acts is asked.
    pub is_mine: bool,
    /// Somebody of their department is asked, perhaps themselves.
    pub is_department: bool,
    /// Since when, RFC 3339.
    pub since: String,
    /// The place in the window where it is looked at: `/integrations/erp?tab=checkpoint`.
    pub address: String,
}

impl AttentionList {
    /// Reads everything that needs a person now.
    ///
    /// # Errors
    /// What the stores say.
    pub fn read(workspace: &Workspace, language: Language) -> Result<Self> {
        let me = workspace.actor()?;
        let department = me.as_ref().and_then(|me| me.department.as_ref());
        let people = workspace.view(|view| view.people())?;
        let mut rows = Vec::new();
        for open in workspace.attention()? {
            let raised = open.raised;
            let person = people.iter().find(|person| Some(&person.id) == raised.person.as_ref());
            let theirs = person.and_then(|person| person.department.as_ref());
            let is_mine = person.is_some() && person.map(|one| &one.id) == me.as_ref().map(|me| &me.id);
            rows.push(AttentionView {
                attention: raised.attention.to_string(),
                kind: raised.kind,
                name: called(workspace, &raised.integration, raised.kpi.as_ref(), language),
                subject: subject(workspace, &raised, language)?,
                is_mine,
                is_department: is_mine || (theirs.is_some() && theirs == department),
                person: person.map(|person| person.name.clone()),
                since: moment(raised.since),
                address: address(raised.kind, &raised.integration, raised.kpi.as_ref()),
                integration: raised.integration.0,
            });
        }
        rows.sort_by(|one, other| (!one.is_mine, &one.since).cmp(&(!other.is_mine, &other.since)));
        let count = |is_one: fn(&AttentionView) -> bool| {
            u32::try_from(rows.iter().filter(|row| is_one(row)).count()).unwrap_or(u32::MAX)
        };
        Ok(Self {
            mine: count(|row| row.is_mine),
            department: count(|row| row.is_department),
            all: count(|_| true),
            rows,
        })
    }
}

/// What exactly a matter is about, in the reader's language; empty where its kind says it all.
pub(crate) fn subject(workspace: &Workspace, raised: &AttentionRaised, language: Language) -> Result<String> {
    Ok(match raised.kind {
        AttentionKind::Disagreement | AttentionKind::HandDiffers => {
            field(&raised.subject).map_or("", |field| field_name(field, language)).to_owned()
        }
        AttentionKind::Correction => {
            let id = raised.subject.as_str().into();
            let asked = workspace.view(|view| view.correction(&id))?;
            asked.map(|one| field_name(one.asked.field, language).to_owned()).unwrap_or_default()
        }
        _ => String::new(),
    })
}

/// What the integration or the measure of a matter is called; its id where it has no name.
pub(crate) fn called(
    workspace: &Workspace,
    integration: &IntegrationId,
    kpi: Option<&KpiId>,
    language: Language,
) -> String {
    let Some(kpi) = kpi else {
        let name = workspace.integration_name(integration.as_str());
        return name.unwrap_or_else(|_| integration.to_string());
    };
    workspace
        .definition(kpi)
        .map_or_else(|_| kpi.to_string(), |definition| super::name(&definition, language))
}

/// Where a matter is looked at.
pub(crate) fn address(kind: AttentionKind, integration: &IntegrationId, kpi: Option<&KpiId>) -> String {
    if let Some(kpi) = kpi {
        return format!("/kpi/{kpi}/files");
    }
    let tab = match kind {
        // A file that waits is a measure's, which was answered before.
        AttentionKind::BatchHeld | AttentionKind::FiguresHeld => "checkpoint",
        AttentionKind::CircuitOpen | AttentionKind::DataLate => "schedule",
        AttentionKind::PullWaits => "runs",
        AttentionKind::Quarantine => "quarantine",
        AttentionKind::Disagreement | AttentionKind::Correction => "truth",
        AttentionKind::HandDiffers => "hand",
        AttentionKind::Debt => "audit",
        AttentionKind::DrillOwed => "drills",
        AttentionKind::Retirement => "charter",
    };
    format!("/integrations/{integration}?tab={tab}")
}
