//! Reads pictures of what somebody saw: what a flag would take, and what a thread took, beside what is so now.

use plaza_domain::event::{Anchor, KpiDefinition, Seen};
use plaza_domain::language::Language;
use plaza_store::view::ThreadPage;

use super::series::moment;
use super::thread::{FactThenNow, FlagOffer, LimitsView, PartThenNow, SeenView, ThenNow, ThreadPerson};
use super::thread_about::Namer;
use crate::error::Result;
use crate::meeting::words as meeting_words;
use crate::tend::words::age;
use crate::thread::{Picture, picture, words};
use crate::workspace::Workspace;

const MILLION: f64 = 1_000_000.0;

/// A picture beside what is so now.
pub(super) fn seen_view(
    seen: &Seen,
    now: Option<&Seen>,
    definition: Option<&KpiDefinition>,
    namer: &Namer,
) -> SeenView {
    let number = |millionths: i64| millionths as f64 / MILLION;
    let beside = |then: Option<f64>, now: Option<f64>| then.map(|then| ThenNow { then, now });
    let parts = seen.parts.iter().map(|(department, then)| PartThenNow {
        department: department.to_string(),
        value: ThenNow {
            then: number(*then),
            now: now.map(|now| number(now.parts.get(department).copied().unwrap_or(0))),
        },
    });
    let facts = seen.facts.iter().map(|fact| {
        let today = now.and_then(|now| now.facts.iter().find(|known| known.name == fact.name));
        let share = fact.name.strip_prefix("share:").and_then(|id| id.parse().ok());
        let shown = |text: &str| words::fact_text(&fact.name, text, namer.language);
        FactThenNow {
            name: match share {
                Some(department) => words::share(&namer.department(&department), namer.language),
                None => words::fact_name(&fact.name, namer.language),
            },
            then: shown(&fact.text),
            now: today.filter(|today| today.text != fact.text).map(|today| shown(&today.text)),
        }
    });
    SeenView {
        at: moment(seen.at),
        unit: definition.filter(|_| seen.value_millionths.is_some()).map(meeting_words::unit),
        week: seen.week.map(|week| week.to_string()),
        value: beside(
            seen.value_millionths.map(number),
            now.and_then(|now| now.value_millionths).map(number),
        ),
        n: beside(seen.n.map(|n| n as f64), now.and_then(|now| now.n).map(|n| n as f64)),
        revision: beside(seen.revision.map(f64::from), now.and_then(|now| now.revision).map(f64::from)),
        definition: beside(seen.definition.map(f64::from), now.and_then(|now| now.definition).map(f64::from)),
        limits: seen.limits.map(|limits| LimitsView {
            mean: number(limits.mean_millionths),
            lower: number(limits.lower_millionths),
            upper: number(limits.upper_millionths),
        }),
        target: seen.target_millionths.map(number),
        parts: parts.collect(),
        age: seen.good_at.filter(|good| *good < seen.at).map(|good| age(seen.at - good, namer.language)),
        facts: facts.collect(),
        sentence: None,
    }
}

impl FlagOffer {
    /// What a flag would take a picture of.
    ///
    /// # Errors
    /// [`crate::error::EngineError::NotFound`] for something that is not there.
    pub fn read(workspace: &Workspace, anchor: &Anchor, language: Language) -> Result<Self> {
        let Picture { seen, owners, departments } = picture(workspace, anchor, language)?;
        let namer = Namer::read(workspace, language)?;
        let definition = anchor
            .kpi()
            .or(seen.kpi.as_ref())
            .and_then(|kpi| namer.kpis.iter().find(|known| known.kpi == *kpi));
        let now_ms = workspace.now_ms();
        let me = workspace.actor()?;
        let mut open = Vec::new();
        let page =
            ThreadPage { person: me.as_ref().map(|person| person.id.0.as_str()), ..ThreadPage::default() };
        let marked = match anchor {
            Anchor::Kpi { kpi, .. } | Anchor::Week { kpi, .. } | Anchor::Signal { kpi, .. } => {
                workspace.view(|view| view.marked_threads(kpi))?
            }
            Anchor::Order { integration, order, line }
            | Anchor::Split { integration, order, line }
            | Anchor::Record { integration, order, line, .. } => {
                let home = workspace.home_integration(integration.as_str())?;
                let integrations = workspace.speaking_of(&home)?;
                workspace.view(|view| view.threads_of_order(&integrations, order, line))?
            }
            Anchor::Run { integration, .. } => workspace.view(|view| view.threads_of_runs(integration))?,
            // Its page says which thread it became.
            Anchor::Debrief { .. } => Vec::new(),
        };
        let is_same = |other: &Anchor| match anchor {
            // A week and a signal that ends in it are the same point, of the whole or of one part.
            Anchor::Week { week, part, .. } | Anchor::Signal { week, part, .. } => {
                other.week() == Some(*week) && other.part() == part.as_ref()
            }
            Anchor::Kpi { .. } | Anchor::Run { .. } | Anchor::Debrief { .. } => anchor == other,
            // All that is asked about an order line is found from each of its numbers.
            Anchor::Order { .. } | Anchor::Split { .. } | Anchor::Record { .. } => true,
        };
        for one in marked.iter().filter(|one| one.is_open && is_same(&one.anchor)) {
            let row = workspace.view(|view| view.thread_row(&one.thread, &page))?;
            open.extend(row.map(|row| namer.line(row, now_ms)));
        }
        Ok(Self {
            about: namer.about(anchor),
            seen: seen_view(&seen, None, definition, &namer),
            people: owners
                .into_iter()
                .filter(|(person, _)| me.as_ref().is_none_or(|me| me.id != *person))
                .map(|(person, why)| ThreadPerson {
                    name: namer.names.of(&person),
                    id: person.0,
                    is_awaited: true,
                    why,
                })
                .collect(),
            departments: departments.iter().map(ToString::to_string).collect(),
            open,
            is_somebody: me.is_some(),
        })
    }
}
