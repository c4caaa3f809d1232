//! One KPI with everything that its pages show: observations, signatures, phases, ghosts, charts.

use std::collections::BTreeMap;

use plaza_domain::chart::{Chart, Frame, Labels, Unit as ChartUnit, draw};
use plaza_domain::day::{Day, Week};
use plaza_domain::department::{Department, DepartmentId};
use plaza_domain::event::{Cause, KpiDefinition, Observation, SignatureStanding};
use plaza_domain::kpi::KpiKind;
use plaza_domain::language::Language;
use plaza_domain::signal::{Behaviour, sentence, words};
use plaza_store::view::{MarkedThread, SignedWeek, View};

use super::board::{LatestValue, PartShare};
use super::flow::departments_in_flow;
use super::marks::marks;
use super::{Unit, WeekState};
use crate::error::{EngineError, Result};
use crate::signal::{Charts, Signed, charts, part_of, value_of};
use crate::workspace::Workspace;

/// Fewer journeys than this and a week is marked.
pub(super) const SMALL_N: i64 = 5;

/// What the charts of one KPI are made of.
#[derive(Debug)]
pub(crate) struct Charted {
    /// The latest revision of each week that was over at the last pull, in order.
    pub(crate) observations: Vec<Observation>,
    /// What people signed about the charts of the whole and of its parts.
    pub(crate) acts: BTreeMap<Option<DepartmentId>, Signed>,
    /// The day of the last pull: weeks that ended before it are on the charts.
    pub(crate) known: Day,
}

impl Charted {
    /// Reads it; `is_set` is whether the workspace was opened on another day than the clock's.
    pub(crate) fn read(
        view: &View<'_>,
        definition: &KpiDefinition,
        known_at: Option<i64>,
        today: Day,
        is_set: bool,
    ) -> plaza_store::Result<Self> {
        let kpi = &definition.kpi;
        let mut acts: BTreeMap<Option<DepartmentId>, Signed> = BTreeMap::new();
        for phase in view.phases(kpi)?.into_iter().filter(|phase| phase.version.is_some()) {
            acts.entry(phase.part).or_default().phases.push(phase.start);
        }
        for ghost in view.ghosts(kpi)?.into_iter().filter(|ghost| ghost.ghosted) {
            acts.entry(ghost.part).or_default().ghosts.insert(ghost.week, ghost.reason);
        }
        let zone = view.settings()?.time_zone;
        let pulled = view.runs(None, 1)?.first().map(|run| zone.day_at(run.ended_at));
        // Opened on another day, pulls are dated by the clock and counted on that day.
        let known = if is_set { today } else { pulled.unwrap_or(today).min(today) };
        let mut observations = view.observations(kpi, known_at)?;
        observations.retain(|observation| observation.week.sunday() < known);
        Ok(Self { observations, acts, known })
    }

    /// The charts.
    pub(crate) fn charts(&self, definition: &KpiDefinition) -> Result<Charts> {
        charts_of(definition, &self.observations, &self.acts)
    }
}

fn charts_of(
    definition: &KpiDefinition,
    observations: &[Observation],
    acts: &BTreeMap<Option<DepartmentId>, Signed>,
) -> Result<Charts> {
    let observations: Vec<&Observation> = observations.iter().collect();
    charts(definition, &observations, acts)
        .map_err(|_| EngineError::Conflict { what: "the order of the weeks" })
}

/// One KPI, read whole.
#[derive(Debug)]
pub(crate) struct Series {
    pub(crate) definition: KpiDefinition,
    /// The latest revision of each week, in order.
    pub(crate) observations: Vec<Observation>,
    pub(crate) signed: BTreeMap<Week, SignedWeek>,
    pub(crate) acts: BTreeMap<Option<DepartmentId>, Signed>,
    /// In the order of the flow.
    pub(crate) departments: Vec<Department>,
    pub(crate) today: Day,
    /// See [`Charted::known`].
    known: Day,
    /// The threads that hang on its charts.
    threads: Vec<MarkedThread>,
}

impl Series {
    /// Reads a KPI as it is known now, or was at a time (milliseconds since 1970 UTC).
    ///
    /// A week counts from the first pull after its end: before, it holds only what came early.
    pub(crate) fn read(
        workspace: &Workspace,
        definition: KpiDefinition,
        known_at: Option<i64>,
    ) -> Result<Self> {
        let today = workspace.today()?;
        let is_set = workspace.is_set_to_a_day();
        let departments = departments_in_flow(workspace)?;
        workspace.view(|view| {
            let Charted { observations, acts, known } =
                Charted::read(view, &definition, known_at, today, is_set)?;
            let mut threads = view.marked_threads(&definition.kpi)?;
            threads.retain(|thread| known_at.is_none_or(|at| thread.opened_at <= at));
            Ok(Self {
                threads,
                observations,
                signed: view.signed_weeks(&definition.kpi, &view.settings()?, known_at)?,
                departments,
                acts,
                today,
                known,
                definition,
            })
        })
    }

    /// The same by another definition, after these revisions.
    #[must_use]
    pub(crate) fn redefined(&self, definition: KpiDefinition, revisions: &[&Observation]) -> Self {
        let mut weeks: BTreeMap<Week, Observation> =
            self.observations.iter().map(|one| (one.week, one.clone())).collect();
        let seen = revisions.iter().filter(|one| one.week.sunday() < self.known);
        weeks.extend(seen.map(|one| (one.week, (*one).clone())));
        let mut signed = self.signed.clone();
        for revision in revisions.iter().filter(|one| one.cause == Cause::Restatement) {
            if let Some(lifted) = signed.get_mut(&revision.week) {
                let by_revision = revision.revision;
                lifted.standing = SignatureStanding::Lifted { by_revision, value_changed: true };
            }
        }
        Self {
            definition,
            observations: weeks.into_values().collect(),
            signed,
            departments: self.departments.clone(),
            acts: self.acts.clone(),
            threads: self.threads.clone(),
            ..*self
        }
    }

    pub(crate) const fn kind(&self) -> KpiKind {
        self.definition.kind
    }

    pub(crate) const fn unit(&self) -> Unit {
        if self.kind().is_percent() { Unit::Percent } else { Unit::Days }
    }

    /// Its charts over the given weeks.
    pub(crate) fn charts(&self) -> Result<Charts> {
        charts_of(&self.definition, &self.observations, &self.acts)
    }

    /// Where a week's value stands.
    pub(crate) fn state(&self, observation: &Observation) -> WeekState {
        match self.signed.get(&observation.week).map(|signed| signed.standing) {
            Some(SignatureStanding::Stands) => WeekState::Signed,
            Some(SignatureStanding::Lifted { .. }) => WeekState::Restated,
            Some(SignatureStanding::RevisionUnknown) | None => WeekState::Provisional,
        }
    }

    /// Mondays of the weeks that nobody has signed.
    pub(crate) fn unsigned(&self) -> Vec<Day> {
        self.observations
            .iter()
            .filter(|observation| self.state(observation) != WeekState::Signed)
            .map(|observation| observation.week.monday())
            .collect()
    }

    pub(crate) fn latest(&self) -> Option<LatestValue> {
        let observation = self.observations.iter().rfind(|observation| observation.denominator > 0)?;
        Some(LatestValue {
            week: observation.week.to_string(),
            value: value_of(self.kind(), observation)?.number(),
            n: count(observation.n),
            small_n: observation.n < SMALL_N,
            pending: count(observation.pending),
            state: self.state(observation),
        })
    }

    /// The sentence of the whole chart in words.
    pub(crate) fn sentence(&self, charts: &Charts, language: Language) -> String {
        let parts: Vec<(&str, &Behaviour)> = self
            .parts_in_flow(charts)
            .into_iter()
            .map(|(id, behaviour)| (self.department_name(id), behaviour))
            .collect();
        let last = charts.whole.last().map_or(self.today, |point| point.day);
        sentence(&charts.whole, &parts, &[]).read_on(self.today, last).words(charts.whole.cadence, language)
    }

    /// The sentence of a part's chart.
    pub(crate) fn part_sentence(part: &Behaviour, language: Language) -> String {
        sentence(part, &[], &[]).words(part.cadence, language)
    }

    pub(crate) fn department_name<'a>(&'a self, id: &'a DepartmentId) -> &'a str {
        self.departments.iter().find(|known| known.id == *id).map_or(id.as_str(), |known| known.name.as_str())
    }

    /// The charts of the parts in the order of the flow; those of departments that are not here come last.
    pub(super) fn parts_in_flow<'a>(&self, charts: &'a Charts) -> Vec<(&'a DepartmentId, &'a Behaviour)> {
        let place = |id: &DepartmentId| self.departments.iter().position(|known| known.id == *id);
        let mut parts: Vec<_> = charts.parts.iter().collect();
        parts.sort_by_key(|(id, _)| place(id).unwrap_or(usize::MAX));
        parts
    }

    /// The whole chart, drawn.
    pub(crate) fn draw_whole(
        &self,
        charts: &Charts,
        size: (f64, f64),
        title: &str,
        language: Language,
    ) -> Chart {
        let unsigned = self.unsigned();
        let sentence = self.sentence(charts, language);
        let marks = marks(&self.threads, &self.definition.kpi, None, &charts.whole, language);
        let frame = Frame {
            marks: &marks,
            unsigned: &unsigned,
            sentence: &sentence,
            floor: Some(0.0),
            ..Frame::new(title, size.0, size.1, language, self.chart_unit())
        };
        draw(&charts.whole, &frame)
    }

    /// One part's chart, drawn on the time axis of the whole.
    pub(crate) fn draw_part(
        &self,
        charts: &Charts,
        (department, part): (&DepartmentId, &Behaviour),
        size: (f64, f64),
        words: (&str, &str),
        language: Language,
    ) -> Chart {
        let axis = charts.whole.points.first().zip(charts.whole.points.last()).map(|(a, b)| (a.day, b.day));
        let unsigned = self.unsigned();
        let marks = marks(&self.threads, &self.definition.kpi, Some(department), part, language);
        let frame = Frame {
            marks: &marks,
            labels: Labels::Few,
            axis,
            floor: Some(0.0),
            unsigned: &unsigned,
            sentence: words.1,
            ..Frame::new(words.0, size.0, size.1, language, self.chart_unit())
        };
        draw(part, &frame)
    }

    const fn chart_unit(&self) -> ChartUnit {
        if self.kind().is_percent() { ChartUnit::Percent } else { ChartUnit::Days }
    }

    /// Whose an observation's gap is, every active department with its part.
    pub(crate) fn parts(&self, observation: &Observation, charts: Option<&Charts>) -> Vec<PartShare> {
        let value =
            |id: &DepartmentId| part_of(self.kind(), observation, id).map_or(0.0, |part| part.number());
        let total: f64 = self.departments.iter().map(|department| value(&department.id)).sum();
        self.departments
            .iter()
            .filter(|department| department.active || value(&department.id) > 0.0)
            .map(|department| PartShare {
                department: department.id.to_string(),
                value: value(&department.id),
                share: if total > 0.0 { value(&department.id) / total } else { 0.0 },
                change: charts.and_then(|charts| change(charts.parts.get(&department.id)?, observation.week)),
            })
            .collect()
    }
}

/// The two icons of a chart as codes and in words.
pub(crate) struct Icons {
    pub(crate) variation: Option<String>,
    pub(crate) variation_words: Option<String>,
    pub(crate) assurance: Option<String>,
    pub(crate) assurance_words: Option<String>,
}

impl Icons {
    pub(crate) fn of(whole: &Behaviour, language: Language) -> Self {
        let assurance = whole.assurance;
        Self {
            variation: whole.variation.map(|variation| variation.code().to_owned()),
            variation_words: words::variation(whole, language),
            assurance: assurance.map(|assurance| assurance.code().to_owned()),
            assurance_words: assurance.map(|assurance| words::assurance(assurance, language).to_owned()),
        }
    }
}

/// How far a part's week lies from the mean of its phase, where a rule fired at it.
fn change(part: &Behaviour, week: Week) -> Option<f64> {
    let point = part.points.iter().find(|point| point.day == week.monday() && !point.fired.is_empty())?;
    Some(point.number() - part.phases.get(point.phase)?.mean?)
}

/// A count as the screens take it; counts beyond four thousand million are shown as that.
pub(crate) fn count(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

/// A moment as RFC 3339 in UTC.
pub(crate) fn moment(ms: i64) -> String {
    chrono::DateTime::from_timestamp_millis(ms)
        .map(|moment| moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
        .unwrap_or_default()
}
