//! What needs a person now, for the pages that list it.

use plaza_domain::event::{AttentionKind, AttentionRaised, IntegrationId};
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
    /// The integration's id.
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
            let name = workspace.integration_name(raised.integration.as_str());
            let is_mine = person.is_some() && person.map(|one| &one.id) == me.as_ref().map(|me| &me.id);
            rows.push(AttentionView {
                attention: raised.attention.to_string(),
                kind: raised.kind,
                name: name.unwrap_or_else(|_| raised.integration.to_string()),
                subject: subject(workspace, &raised, language)?,
                is_mine,
                is_department: is_mine || (theirs.is_some() && theirs == department),
                person: person.map(|person| person.name.clone()),
                since: moment(raised.since),
                address: address(raised.kind, &raised.integration),
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

/// Where a matter is looked at.
pub(crate) fn address(kind: AttentionKind, integration: &IntegrationId) -> String {
    let tab = match kind {
        AttentionKind::BatchHeld => "checkpoint",
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
