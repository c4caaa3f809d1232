//! Reads the weekly digest.

use std::collections::BTreeMap;

use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_domain::person::PersonId;
use plaza_store::view::{Inbox, ThreadPage};

use super::attention;
use super::digest::{Digest, DigestKpi, DigestLine, DigestPerson};
use super::name;
use super::restated::restatements;
use super::said_by::Names;
use super::series::Series;
use super::signals::Lately;
use crate::attention::bundles;
use crate::error::Result;
use crate::meeting::words::{self, pick};
use crate::workspace::Workspace;

/// Days that a digest looks back on, today included.
const DAYS: i32 = 7;

/// Lines of what changed, and of what waits for one person: it is one page.
const LINES_MAX: usize = 12;

const MILLION: f64 = 1_000_000.0;

impl Digest {
    /// Reads the digest of the last seven days.
    ///
    /// # Errors
    /// What the stores say.
    pub fn read(workspace: &Workspace, language: Language) -> Result<Self> {
        let today = workspace.today()?;
        let since = today.plus(1 - DAYS);
        let zone = workspace.settings()?.time_zone;
        let mut digest = Self {
            since: since.to_string(),
            today: today.to_string(),
            kpis: Vec::new(),
            changed: Vec::new(),
            waiting: Vec::new(),
        };
        digest.charts(workspace, &Lately { since, zone }, language)?;
        let since_ms = zone.start_of(since);
        digest.closed(workspace, since_ms, language)?;
        digest.decided(workspace, since_ms, language)?;
        digest.changed.truncate(LINES_MAX);
        digest.wait(workspace, today, language)?;
        Ok(digest)
    }

    fn charts(&mut self, workspace: &Workspace, lately: &Lately, language: Language) -> Result<()> {
        let (definitions, signals) = workspace.view(|view| Ok((view.kpis()?, view.signals(None)?)))?;
        for definition in definitions.into_iter().filter(|definition| definition.active) {
            let unit = words::unit(&definition);
            let called = name(&definition, language);
            let series = Series::read(workspace, definition, None)?;
            let charts = series.charts()?;
            let kpi = series.definition.kpi.clone();
            let latest = series.latest();
            let target = series.definition.target_millionths;
            self.kpis.push(DigestKpi {
                kpi: kpi.to_string(),
                name: called.clone(),
                value: latest
                    .as_ref()
                    .map_or_else(|| "–".to_owned(), |latest| words::value(latest.value, unit, language)),
                target: target.map(|target| words::value(target as f64 / MILLION, unit, language)),
                sentence: series.sentence(&charts, language),
            });
            for one in restatements(workspace, &series, lately)? {
                let title = words::restated(&called, one.week, language);
                let reason = plaza_domain::meeting::Reason::Restated {
                    was_millionths: (one.was * MILLION).round() as i64,
                    now_millionths: (one.now * MILLION).round() as i64,
                    on: one.day,
                };
                let text = format!("{title}. {}", words::reason(&reason, Some(unit), language));
                let address = words::kpi_address(&kpi, Some(one.week), None);
                self.changed.push(DigestLine { text, address });
            }
            let mut fresh = signals.iter().filter(|signal| {
                signal.found.kpi == kpi
                    && signal.lapsed_by.is_none()
                    && signal.found.part.is_none()
                    && lately.covers(signal.found_at.wall_ms)
                    // The first load of years finds the signals of years.
                    && signal.found.weeks.last().is_some_and(|week| week.plus(2).monday() >= lately.since)
            });
            if let Some(signal) = fresh.next_back() {
                let last = signal.found.weeks.last().copied();
                let address = words::kpi_address(&kpi, last, None);
                self.changed.push(DigestLine {
                    text: format!("{called}: {}", series.sentence(&charts, language)),
                    address,
                });
            }
        }
        Ok(())
    }

    fn closed(&mut self, workspace: &Workspace, since_ms: i64, language: Language) -> Result<()> {
        let page = ThreadPage { inbox: Inbox::Closed, limit: 50, ..ThreadPage::default() };
        let closed = pick(language, ["Closed", "Abgeschlossen", "Cerrado"]);
        for row in workspace.view(|view| view.threads(&page))? {
            if row.closed_at.is_some_and(|at| at >= since_ms) {
                let text = format!("{closed}: {}", row.question);
                self.changed.push(DigestLine { text, address: format!("/conversations/{}", row.thread) });
            }
        }
        Ok(())
    }

    fn decided(&mut self, workspace: &Workspace, since_ms: i64, language: Language) -> Result<()> {
        let decided = pick(language, ["Decided", "Beschlossen", "Decidido"]);
        for one in workspace.decisions()? {
            if one.act.at.wall_ms >= since_ms {
                let text = format!("{decided}: {}", one.taken.text);
                self.changed.push(DigestLine { text, address: "/meeting/promises".to_owned() });
            }
        }
        Ok(())
    }

    fn wait(&mut self, workspace: &Workspace, today: Day, language: Language) -> Result<()> {
        let names = Names::read(workspace)?;
        let mut waiting: BTreeMap<Option<PersonId>, Vec<DigestLine>> = BTreeMap::new();
        let mut add = |person: Option<PersonId>, text: String, address: String| {
            waiting.entry(person).or_default().push(DigestLine { text, address });
        };
        for one in workspace.commitments()?.into_iter().filter(|one| one.is_open()) {
            if one.due() < today.plus(DAYS) {
                let due = words::day(one.due(), language);
                let due = match language {
                    Language::En => format!("due {due}"),
                    Language::De => format!("fällig {due}"),
                    Language::Es => format!("vence el {due}"),
                };
                let text = format!("{} ({due})", one.made.text);
                add(Some(one.made.who.clone()), text, "/meeting/promises".to_owned());
            }
        }
        let page = ThreadPage { inbox: Inbox::Open, limit: 200, ..ThreadPage::default() };
        for row in workspace.view(|view| view.threads(&page))? {
            let address = format!("/conversations/{}", row.thread);
            let awaited = workspace.view(|view| view.thread_awaited(&row.thread))?;
            for person in awaited {
                add(Some(person), row.question.clone(), address.clone());
            }
        }
        for bundle in bundles(workspace.attention()?.into_iter().map(|open| open.raised), true) {
            let raised = bundle.first;
            let called = attention::called(workspace, &raised.integration, raised.kpi.as_ref(), language);
            let alone = words::attention(raised.kind, &called, language);
            let text = match bundle.more.len() {
                0 => alone,
                more => format!("{alone} ({})", more + 1),
            };
            add(
                raised.person,
                text,
                attention::address(raised.kind, &raised.integration, raised.kpi.as_ref()),
            );
        }
        let departments = workspace.view(|view| view.departments())?;
        for need in workspace.needs()?.into_iter().filter(|need| need.answers.is_empty()) {
            let called = |id: &plaza_domain::department::DepartmentId| {
                departments.iter().find(|one| one.id == *id).map_or_else(String::new, |one| one.name.clone())
            };
            let text =
                format!("{} → {}: {}", called(&need.asked.from), called(&need.asked.to), need.asked.text);
            add(None, text, "/meeting/promises".to_owned());
        }
        let definitions = workspace.view(|view| view.kpis())?;
        for kpi in workspace.retirements()?.proposed.into_keys() {
            let Some(definition) = definitions.iter().find(|one| one.kpi == kpi) else { continue };
            let text = words::still_needed(&name(definition, language), language);
            add(definition.decider.clone(), text, "/definitions".to_owned());
        }
        // Nobody's matters stand last.
        let nobody = waiting.remove(&None);
        let mut people: Vec<DigestPerson> = waiting
            .into_iter()
            .map(|(person, lines)| DigestPerson {
                name: person.as_ref().map(|person| names.of(person)),
                lines,
            })
            .collect();
        people.sort_by(|one, other| one.name.cmp(&other.name));
        people.extend(nobody.map(|lines| DigestPerson { name: None, lines }));
        for person in &mut people {
            person.lines.truncate(LINES_MAX);
        }
        self.waiting = people;
        Ok(())
    }
}
