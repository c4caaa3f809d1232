//! What needs a person now, for the page that lists it.

use plaza_domain::event::AttentionKind;
use plaza_domain::language::Language;
use serde::Serialize;

use super::series::moment;
use crate::error::Result;
use crate::integration::Integration;
use crate::words::{field, field_name};
use crate::workspace::Workspace;

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
    /// Since when, RFC 3339.
    pub since: String,
}

impl AttentionView {
    /// Everything that needs a person now: what waits for whoever acts first, then the longest.
    ///
    /// # Errors
    /// What the stores say.
    pub fn list(workspace: &Workspace, language: Language) -> Result<Vec<Self>> {
        let me = workspace.actor()?.map(|person| person.id);
        let people = workspace.view(|view| view.people())?;
        let mut list = Vec::new();
        for open in workspace.attention()? {
            let raised = open.raised;
            let saved = workspace.view(|view| view.integration(&raised.integration))?;
            let definition = saved.and_then(|saved| Integration::from_toml(&saved.current.toml).ok());
            let person = people.iter().find(|person| Some(&person.id) == raised.person.as_ref());
            let subject = match raised.kind {
                AttentionKind::Disagreement | AttentionKind::HandDiffers => {
                    field(&raised.subject).map_or("", |field| field_name(field, language)).to_owned()
                }
                AttentionKind::Correction => {
                    let id = raised.subject.as_str().into();
                    let asked = workspace.view(|view| view.correction(&id))?;
                    asked.map(|one| field_name(one.asked.field, language).to_owned()).unwrap_or_default()
                }
                _ => String::new(),
            };
            list.push(Self {
                attention: raised.attention.to_string(),
                kind: raised.kind,
                name: definition.map_or_else(|| raised.integration.to_string(), |one| one.name),
                integration: raised.integration.to_string(),
                subject,
                is_mine: me.is_some() && raised.person == me,
                person: person.map(|person| person.name.clone()),
                since: moment(raised.since),
            });
        }
        list.sort_by(|one, other| (!one.is_mine, &one.since).cmp(&(!other.is_mine, &other.since)));
        Ok(list)
    }
}
