//! What each screen reads, whole: one structure for a page, computed here so that the window computes nothing.
//!
//! Dates are `YYYY-MM-DD`, weeks `YYYY-Www`, moments RFC 3339; percentages 0–100; the window formats them for
//! the reader's language.

pub mod attention;
pub mod audit;
mod audit_read;
pub mod board;
pub mod charter;
mod charter_read;
pub mod checkpoint;
pub mod connection;
pub mod definition;
mod definition_read;
pub mod digest;
mod digest_read;
pub mod drill;
mod exhibit;
pub mod figure_file;
mod figure_file_read;
pub(crate) mod flow;
pub mod hand;
pub mod insight;
mod insight_read;
pub mod integration;
mod integration_read;
pub mod job;
mod journeys;
pub mod kpi;
mod kpi_read;
mod learned_read;
mod marks;
pub mod measure;
pub mod meeting;
mod meeting_read;
mod minutes_read;
pub mod offer;
pub mod order;
mod order_exceptions;
mod order_judged;
mod order_legs;
mod order_read;
pub mod order_split;
mod order_words;
pub mod palette;
mod promise_read;
mod proposal;
mod quarantine;
mod record_read;
pub mod reminder;
pub(crate) mod restated;
pub mod rotation;
mod rotation_calendar;
mod rotation_read;
pub(crate) mod run;
mod said_by;
pub mod schedule;
pub(crate) mod series;
pub(crate) mod signals;
pub mod thread;
mod thread_about;
mod thread_found;
mod thread_read;
mod thread_seen;
pub mod truth;
pub mod win;
mod win_read;
mod win_reader;
mod win_wall;
pub mod workspace;

pub(crate) use signals::signal_view;

use plaza_domain::event::KpiDefinition;
use plaza_domain::kpi::KpiKind;
use plaza_domain::language::Language;
use plaza_domain::person::{Person, Role};
use serde::{Deserialize, Serialize};

/// A department as screens show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct DepartmentView {
    /// Its id: `production`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// One letter that stands beside its colour.
    pub letter: String,
    /// Which of the eight fixed colours, 0–7.
    pub slot: u8,
}

/// A person as screens show them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PersonView {
    /// Its id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Department's id.
    pub department: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// `keeper`, `facilitator`, `head`, `member`, `integration-owner`, `reader`.
    pub roles: Vec<String>,
    /// The day they left; they stay readable.
    pub left: Option<String>,
}

/// What a value counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Percent, 0–100; parts are percentage points.
    Percent,
    /// Days.
    Days,
    /// A plain number; the word of what it counts stands beside, where there is one.
    Number,
}

impl Unit {
    /// What the values of a KPI count in.
    pub(crate) fn of(definition: &KpiDefinition) -> Self {
        match definition.kind {
            _ if definition.is_percent() => Self::Percent,
            KpiKind::Measure => Self::Number,
            _ => Self::Days,
        }
    }
}

/// Where a week's value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum WeekState {
    /// Pulled, not published.
    Draft,
    /// Still moving: pending journeys or young windows, or not signed yet.
    Provisional,
    /// Signed by its owner.
    Signed,
    /// A later revision lifted the signature.
    Restated,
}

/// What a page depends on: a command that changes one of these makes the pages that read it stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// Company settings, departments, people, who I am.
    Workspace,
    /// Definitions, phases, ghosts, signatures.
    Kpi,
    /// Observations and everything computed from them.
    Observation,
    /// Integrations and their files.
    Integration,
    /// Runs and quarantine.
    Run,
    /// Backups.
    Backup,
    /// Threads.
    Thread,
    /// Meetings, decisions, needs and commitments.
    Meeting,
    /// Rotations, absences and debriefs.
    Rotation,
    /// Wins.
    Win,
}

/// What a page read, and what it depends on.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Read<T> {
    /// The page.
    pub data: T,
    /// It is stale when one of these changes.
    pub provides: Vec<Tag>,
}

/// What an act did, and what it made stale.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Changed<T> {
    /// The result.
    pub data: T,
    /// Pages that read one of these are stale.
    pub invalidates: Vec<Tag>,
}

impl From<&plaza_domain::department::Department> for DepartmentView {
    fn from(department: &plaza_domain::department::Department) -> Self {
        Self {
            id: department.id.to_string(),
            name: department.name.clone(),
            letter: department.letter.clone(),
            slot: department.slot,
        }
    }
}

impl From<&Person> for PersonView {
    fn from(person: &Person) -> Self {
        Self {
            id: person.id.to_string(),
            name: person.name.clone(),
            department: person.department.as_ref().map(ToString::to_string),
            email: person.email.clone().filter(|email| !email.is_empty()),
            roles: person.roles.iter().map(|role| role_word(*role).to_owned()).collect(),
            left: person.left.map(|day| day.to_string()),
        }
    }
}

/// The word of a role, as commands and screens use it.
pub(crate) const fn role_word(role: Role) -> &'static str {
    match role {
        Role::Keeper => "keeper",
        Role::Facilitator => "facilitator",
        Role::Head => "head",
        Role::Member => "member",
        Role::IntegrationOwner => "integration-owner",
        Role::Reader => "reader",
    }
}

/// The role of a word.
pub(crate) fn role_of(word: &str) -> Option<Role> {
    use Role::{Facilitator, Head, IntegrationOwner, Keeper, Member, Reader};
    [Keeper, Facilitator, Head, Member, IntegrationOwner, Reader]
        .into_iter()
        .find(|role| role_word(*role) == word)
}

/// The word of what a KPI counts, where the unit is a plain number.
pub(crate) fn unit_word(definition: &KpiDefinition) -> Option<String> {
    let settings = plaza_domain::kpi::measure::MeasureSettings::of(&definition.settings)?;
    settings.unit_word().map(str::to_owned)
}

/// What a KPI is called: its own name, else that of the language.
pub(crate) fn name(definition: &KpiDefinition, language: Language) -> String {
    if definition.name.is_empty() {
        kpi_name(definition.kind, language).to_owned()
    } else {
        definition.name.clone()
    }
}

/// The names of the built-in KPIs.
pub(crate) const fn kpi_name(kind: KpiKind, language: Language) -> &'static str {
    match (kind, language) {
        (KpiKind::PromiseKept, Language::En) => "On-time delivery",
        (KpiKind::PromiseKept, Language::De) => "Termintreue",
        (KpiKind::PromiseKept, Language::Es) => "Entrega a tiempo",
        (KpiKind::OrderToCash, Language::En) => "Order to cash",
        (KpiKind::OrderToCash, Language::De) => "Auftrag bis Geldeingang",
        (KpiKind::OrderToCash, Language::Es) => "Del pedido al cobro",
        (KpiKind::RightFirstTime, Language::En) => "Right first time",
        (KpiKind::RightFirstTime, Language::De) => "Auf Anhieb richtig",
        (KpiKind::RightFirstTime, Language::Es) => "Bien a la primera",
        (KpiKind::PromiseRealism, Language::En) => "Promise realism",
        (KpiKind::PromiseRealism, Language::De) => "Realistische Zusagen",
        (KpiKind::PromiseRealism, Language::Es) => "Promesas realistas",
        (KpiKind::LateBacklog, Language::En) => "Late backlog",
        (KpiKind::LateBacklog, Language::De) => "Überfälliger Rückstand",
        (KpiKind::LateBacklog, Language::Es) => "Pedidos atrasados",
        // Measures have names of their own.
        (KpiKind::Measure, Language::En) => "Measure",
        (KpiKind::Measure, Language::De) => "Messgröße",
        (KpiKind::Measure, Language::Es) => "Medida",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names stand in charts and files as well as in the window's own catalogue: a KPI has one in each language.
    #[test]
    fn a_kpi_is_called_the_same_by_the_window() {
        for language in Language::ALL {
            let catalogue = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
                .join(format!("../../../ui/src/i18n/{}/common.json", language.code()));
            let catalogue: serde_json::Value =
                serde_json::from_str(&std::fs::read_to_string(catalogue).unwrap()).unwrap();
            for kind in KpiKind::ALL {
                let name = &catalogue["kpis"][kind.word()]["name"];
                assert_eq!(name.as_str(), Some(kpi_name(kind, language)), "{language:?} {}", kind.word());
            }
        }
    }
}
