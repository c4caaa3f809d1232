//! What threads hang on: what it is called, and where in the window it is.

use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use plaza_domain::department::{Department, DepartmentId};
use plaza_domain::event::{Anchor, KpiDefinition, PlacementId, RotationId};
use plaza_domain::language::Language;
use plaza_domain::rotation::Rotation;
use plaza_domain::thread::UNANSWERED_DAYS;
use plaza_store::view::ThreadRow;

use super::name;
use super::said_by::Names;
use super::series::moment;
use super::thread::ThreadLine;
use crate::error::Result;
use crate::integration::Integration;
use crate::meeting::words as meeting_words;
use crate::thread::words;
use crate::workspace::Workspace;

/// What stands in an address as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

const DAY_MS: i64 = 86_400_000;

/// What things are called that threads hang on.
pub(super) struct Namer {
    pub(super) names: Names,
    pub(super) kpis: Vec<KpiDefinition>,
    departments: Vec<Department>,
    integrations: Vec<(String, String)>,
    rotations: Arc<Vec<Rotation>>,
    pub(super) language: Language,
}

impl Namer {
    pub(super) fn read(workspace: &Workspace, language: Language) -> Result<Self> {
        let (kpis, departments, saved) =
            workspace.view(|view| Ok((view.kpis()?, view.departments()?, view.integrations()?)))?;
        let integrations = saved.into_iter().map(|saved| {
            let called = Integration::from_toml(&saved.current.toml).map(|one| one.name);
            (saved.id.to_string(), called.unwrap_or_else(|_| saved.id.to_string()))
        });
        let integrations = integrations.collect();
        let rotations = workspace.known_rotations()?;
        Ok(Self { names: Names::read(workspace)?, kpis, departments, integrations, rotations, language })
    }

    pub(super) fn department(&self, id: &DepartmentId) -> String {
        let known = self.departments.iter().find(|known| known.id == *id);
        known.map_or_else(|| id.to_string(), |known| known.name.clone())
    }

    /// What an anchor names, in the reader's words.
    pub(super) fn about(&self, anchor: &Anchor) -> String {
        let chart = anchor.kpi().map(|kpi| {
            let called = self
                .kpis
                .iter()
                .find(|known| known.kpi == *kpi)
                .map_or_else(|| kpi.to_string(), |known| name(known, self.language));
            let part = anchor.part().map(|part| self.department(part));
            meeting_words::chart(&called, part.as_deref())
        });
        match (chart, anchor.week(), anchor) {
            (Some(chart), Some(week), _) => {
                format!("{chart}, {}", meeting_words::week(week, self.language))
            }
            (Some(chart), None, _) => chart,
            (None, _, Anchor::Run { integration, .. }) => {
                words::run(&self.integration(integration.as_str()), self.language)
            }
            (
                None,
                _,
                Anchor::Order { order, line, .. }
                | Anchor::Split { order, line, .. }
                | Anchor::Record { order, line, .. },
            ) => words::order(order, line, anchor, self.language),
            (None, _, Anchor::Debrief { rotation, placement }) => self.debrief(rotation, placement),
            (None, ..) => String::new(),
        }
    }

    /// `Debrief: Mira Okafor at Production`; without its names where nobody is told of such a visit any more.
    fn debrief(&self, rotation: &RotationId, placement: &PlacementId) -> String {
        let noun = words::debrief(self.language);
        let of = self.rotations.iter().find(|known| known.program.what.rotation == *rotation);
        let visit = of.and_then(|known| known.visits.get(placement)).filter(|visit| visit.debrief.is_some());
        visit.map_or_else(
            || noun.to_owned(),
            |visit| {
                let (visitor, host) = (&visit.placed.visitor, &visit.placed.host);
                words::visit(noun, &self.names.of(visitor), &self.department(host), self.language)
            },
        )
    }

    fn integration(&self, id: &str) -> String {
        let known = self.integrations.iter().find(|(known, _)| known == id);
        known.map_or_else(|| id.to_owned(), |(_, called)| called.clone())
    }

    pub(super) fn line(&self, row: ThreadRow, now_ms: i64) -> ThreadLine {
        let waited = row.waits_since.map_or(0, |since| (now_ms - since) / DAY_MS);
        let is_open = row.outcome.is_none();
        ThreadLine {
            about: self.about(&row.anchor),
            thread: row.thread.0,
            cause: row.cause,
            question: row.question,
            last_at: moment(row.last_at),
            last_by: row.last_by.as_ref().map(|person| self.names.of(person)),
            messages: row.messages,
            unread: row.unread,
            is_mine: row.is_mine,
            is_circling: is_open && row.is_circling && row.talk.is_none(),
            unanswered_days: (is_open && waited >= UNANSWERED_DAYS)
                .then(|| u32::try_from(waited).unwrap_or(u32::MAX)),
            talk: row.talk.filter(|_| is_open),
            outcome: row.outcome,
        }
    }
}

/// Where what an anchor names is in the window.
pub(super) fn address(workspace: &Workspace, anchor: &Anchor) -> Result<String> {
    Ok(match anchor {
        Anchor::Kpi { kpi, part } => meeting_words::kpi_address(kpi, None, part.as_ref()),
        Anchor::Week { kpi, week, part } | Anchor::Signal { kpi, week, part, .. } => {
            meeting_words::kpi_address(kpi, Some(*week), part.as_ref())
        }
        Anchor::Order { integration, order, line }
        | Anchor::Split { integration, order, line }
        | Anchor::Record { integration, order, line, .. } => {
            let saved = workspace.view(|view| view.integration(integration))?;
            let system = saved.and_then(|saved| Integration::from_toml(&saved.current.toml).ok());
            let escaped = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
            let mut address = format!("/order/{}/{}", escaped(order), escaped(line));
            let mut sign = '?';
            let record =
                if let Anchor::Record { record, .. } = anchor { Some(record.as_str()) } else { None };
            for (name, word) in
                [("system", system.as_ref().map(|system| system.system.as_str())), ("record", record)]
            {
                if let Some(word) = word {
                    address.push(sign);
                    address.extend([name, "=", &escaped(word)]);
                    sign = '&';
                }
            }
            address
        }
        Anchor::Run { integration, .. } => format!("/integrations/{integration}?tab=runs"),
        Anchor::Debrief { rotation, .. } => format!("/rotations/{rotation}"),
    })
}
