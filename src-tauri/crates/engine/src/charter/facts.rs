//! What is known of one integration: its charter, its activity, its runs, what waits. Read once for a page.

use std::collections::BTreeSet;

use plaza_domain::charter::{Gap, LastRun, Standing};
use plaza_domain::day::Day;
use plaza_domain::event::{IntegrationId, KpiDefinition, RunFinished};
use plaza_domain::kpi::KpiKind;
use plaza_domain::language::Language;
use plaza_domain::person::{Person, PersonId};
use plaza_domain::record::Field;
use plaza_domain::workspace::TimeZone;
use plaza_store::view::{Activation, CharterVersion, Integration as Saved};

use crate::drill::debt::Drills;
use crate::error::Result;
use crate::integration::Integration;
use crate::page::integration::RunView;
use crate::workspace::Workspace;

/// Runs that are looked at: more than two years of daily ones.
const RUNS_MAX: u32 = 1_000;

const DAY_MS: i64 = 86_400_000;

/// Rows that wait longer than this are not being worked off, days.
pub(crate) const WAITING_DAYS: i32 = 14;

/// What is known of one integration.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) id: IntegrationId,
    /// Its definition; nothing where a newer Plaza wrote it.
    pub(crate) definition: Option<Integration>,
    pub(crate) charter: Option<CharterVersion>,
    /// The activation in force.
    pub(crate) activation: Option<Activation>,
    pub(crate) people: Vec<Person>,
    pub(crate) kpis: Vec<KpiDefinition>,
    /// Runs of all devices that worked, newest first.
    pub(crate) finished: Vec<RunFinished>,
    /// Runs as the page lists them, newest first: those of this device that did not work too.
    pub(crate) runs: Vec<RunView>,
    /// Rows that wait in quarantine on this device.
    pub(crate) waiting: i64,
    /// How many of them have waited for more than [`WAITING_DAYS`], and for how many days the oldest has.
    pub(crate) long_waiting: (i64, i32),
    /// Whether this device has pulled it.
    pub(crate) is_pulled_here: bool,
    /// Its drills.
    pub(crate) drills: Drills,
    pub(crate) today: Day,
    pub(crate) zone: TimeZone,
}

impl Facts {
    /// Reads what is known of an integration in use.
    pub(crate) fn read(workspace: &Workspace, saved: &Saved) -> Result<Self> {
        let (today, zone) = (workspace.today()?, workspace.settings()?.time_zone);
        let reader = workspace.intake_reader()?;
        let known = reader.view().integration(saved.id.as_str())?;
        let mut facts = workspace.view(|view| {
            Ok(Self {
                id: saved.id.clone(),
                definition: Integration::from_toml(&saved.current.toml).ok(),
                charter: view.charter(&saved.id)?,
                activation: view.activation(&saved.id)?,
                people: view.people()?,
                kpis: view.kpis()?,
                finished: view.runs(Some(&saved.id), RUNS_MAX)?,
                runs: Vec::new(),
                waiting: 0,
                long_waiting: (0, 0),
                is_pulled_here: known.is_some(),
                drills: Drills::of(&view.drill_acts(&saved.id)?, zone),
                today,
                zone,
            })
        })?;
        if let Some(known) = known {
            let now_ms = workspace.now_ms();
            facts.waiting = reader.view().quarantine_count(Some(known.number))?;
            let before = now_ms - i64::from(WAITING_DAYS) * DAY_MS;
            let (count, oldest) = reader.view().quarantine_before(known.number, before)?;
            let days = oldest.map_or(0, |oldest| (now_ms - oldest) / DAY_MS);
            facts.long_waiting = (count, i32::try_from(days).unwrap_or(i32::MAX));
        }
        // Words are not looked at here.
        facts.runs = RunView::list(workspace, saved.id.as_str(), Language::En)?;
        Ok(facts)
    }

    /// What people call it.
    pub(crate) fn name(&self) -> String {
        self.definition.as_ref().map_or_else(|| self.id.to_string(), |one| one.name.clone())
    }

    /// A person by id, where they are here today.
    pub(crate) fn is_here(&self, id: &PersonId) -> bool {
        self.people.iter().any(|person| person.id == *id && !person.has_left(self.today))
    }

    /// A person by id, whether they left or not.
    pub(crate) fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == *id)
    }

    /// What the charter lacks; everything where there is none.
    pub(crate) fn gaps(&self) -> Vec<Gap> {
        let charter = self.charter.as_ref().map(|version| version.charter.clone()).unwrap_or_default();
        charter.gaps(|id| self.is_here(id))
    }

    /// The day of the activation in force.
    pub(crate) fn active_since(&self) -> Option<Day> {
        self.activation.as_ref().map(|said| self.zone.day_at(said.act.at.wall_ms))
    }

    /// Days since the last run that worked.
    pub(crate) fn age_days(&self) -> Option<i32> {
        let newest = self.finished.first()?;
        Some((self.today - self.zone.day_at(newest.ended_at)).max(0))
    }

    /// How it stands for those that stand on it.
    pub(crate) fn standing(&self) -> Standing {
        let mut told = self.runs.iter().map(|run| run.state.as_str());
        let last_run = match told.find(|state| !matches!(*state, "cancelled" | "running")) {
            None => LastRun::Never,
            Some("failed") => LastRun::Failed,
            Some("interrupted") => LastRun::Interrupted,
            Some(_) => LastRun::Finished,
        };
        let journeys = self.finished.first().and_then(|run| run.counts.get("journeys")).copied();
        Standing {
            level: self.charter.as_ref().and_then(|version| version.charter.level),
            has_charter: self.charter.is_some(),
            is_active: self.activation.is_some(),
            last_run,
            age_days: self.age_days(),
            waiting: self.waiting,
            journeys: journeys.unwrap_or(0),
        }
    }

    /// The active KPIs that count what it brings: those whose fields it maps. What a newer Plaza wrote is taken to be
    /// used by all of them.
    pub(crate) fn used_by(&self) -> Vec<&KpiDefinition> {
        let mapped: Option<BTreeSet<Field>> = self
            .definition
            .as_ref()
            .map(|one| one.streams.iter().flat_map(|stream| stream.fields.keys().copied()).collect());
        // What adds to another's orders is used by whatever counts those.
        let adds = self.definition.as_ref().is_some_and(|one| one.orders_of.is_some());
        let is_used = |definition: &&KpiDefinition| {
            let Some(needed) = needed(definition.kind) else { return false };
            definition.active && (adds || mapped.as_ref().is_none_or(|mapped| mapped.contains(&needed)))
        };
        self.kpis.iter().filter(is_used).collect()
    }
}

/// The field without which a KPI counts no order line; nothing for one that counts none.
const fn needed(kind: KpiKind) -> Option<Field> {
    Some(match kind {
        KpiKind::PromiseKept | KpiKind::PromiseRealism | KpiKind::LateBacklog => Field::Promised,
        KpiKind::OrderToCash => Field::Paid,
        KpiKind::RightFirstTime => Field::Delivered,
        KpiKind::Measure => return None,
    })
}
