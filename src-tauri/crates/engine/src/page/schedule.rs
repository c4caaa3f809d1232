//! The schedule of an integration: when it is pulled by itself and why, how old its numbers are, its circuit.

use plaza_domain::breaker::{Circuit, FAULTS_MAX};
use plaza_domain::language::Language;
use plaza_domain::schedule::{Cadence, Cost, Freshness, MINUTE_MS, Pace, Schedule, ScheduleRefused, propose};
use plaza_domain::workspace::TimeZone;
use plaza_store::intake::{CircuitRow, QueueRow, QueueState, View};
use plaza_store::view::ScheduleVersion;
use serde::{Deserialize, Serialize};

use super::series::moment;
use crate::error::{EngineError, Result};
use crate::integration::Integration;
use crate::tend::{Age, by_itself, choose, thresholds, words};
use crate::workspace::Workspace;

/// How often an integration is pulled by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct CadenceView {
    /// `by_hand`, `minutes`, `daily`, `weekly`.
    pub kind: String,
    /// Of `minutes`: so many after the pull before, 15 to 720.
    pub minutes: Option<u32>,
    /// Of `daily` and `weekly`: a time of the workspace's clocks, `06:30`.
    pub time: Option<String>,
    /// Of `weekly`: Monday is 0.
    pub weekday: Option<u8>,
}

/// What a person chooses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ScheduleChoice {
    /// How often.
    pub cadence: CadenceView,
    /// What an hour's delay costs.
    pub delay: Cost,
    /// What an instant error costs.
    pub error: Cost,
    /// Hours of age after which the numbers are worth a look.
    pub warn_hours: f64,
    /// Hours of age after which they are late.
    pub late_hours: f64,
}

/// What the engine proposes for two costs.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct ScheduleProposal {
    /// How often.
    pub cadence: CadenceView,
    /// The same in words.
    pub words: String,
    /// Why, in one sentence.
    pub reason: String,
    /// Thresholds that suit the cadence asked about, else the proposed one, hours.
    pub warn_hours: f64,
    /// See `warn_hours`.
    pub late_hours: f64,
}

/// How old an integration's numbers are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct AgeView {
    /// How they stand; none before the first pull.
    pub freshness: Option<Freshness>,
    /// When the last pull that worked ended, RFC 3339.
    pub good_at: Option<String>,
}

/// How the circuit of an integration stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct CircuitView {
    /// `closed`, `open`, `half_open`.
    pub state: String,
    /// What that means, in words.
    pub words: String,
    /// Since when it is not closed, RFC 3339.
    pub since: Option<String>,
    /// When the next probe is due, RFC 3339.
    pub until: Option<String>,
    /// The last fault in words; none since the last pull that worked.
    pub fault: Option<String>,
    /// When it happened, RFC 3339.
    pub failed_at: Option<String>,
}

/// A queued pull.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct QueuedView {
    /// `waiting`, `running`, `person`.
    pub state: String,
    /// Which attempt is next or under way; from 1.
    pub attempt: u32,
    /// When it begins, RFC 3339; none where a person must act first.
    pub at: Option<String>,
    /// Why a person must.
    pub words: Option<String>,
}

/// What a person chose, with who and when.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct ChosenView {
    /// From 1.
    pub version: u32,
    /// What was chosen.
    pub choice: ScheduleChoice,
    /// Who; none where nobody knows.
    pub by: Option<String>,
    /// When, RFC 3339.
    pub at: String,
}

/// The tab of an integration's schedule.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct SchedulePage {
    /// What is in force; none where nobody chose: then only a person pulls it.
    pub chosen: Option<ChosenView>,
    /// The cadence in words.
    pub words: String,
    /// When it is pulled next, RFC 3339; none where only a person pulls it or must act first.
    pub next_at: Option<String>,
    /// The same in words, on the workspace's clocks.
    pub next_words: Option<String>,
    /// Thresholds in force, hours.
    pub warn_hours: f64,
    /// See `warn_hours`.
    pub late_hours: f64,
    /// How old the numbers are.
    pub age: AgeView,
    /// The same in words: `18 hours old`.
    pub age_words: Option<String>,
    /// How the circuit stands.
    pub circuit: CircuitView,
    /// The queued pull.
    pub queued: Option<QueuedView>,
    /// The zone of the workspace's clocks.
    pub time_zone: String,
}

/// What the list says of an integration besides its health.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct TendedView {
    /// How old its numbers are.
    pub age: AgeView,
    /// `closed`, `open`, `half_open`.
    pub circuit: String,
    /// When the next probe is due, RFC 3339, while the circuit is open.
    pub until: Option<String>,
    /// A person must act before it is pulled by itself again.
    pub waits_for_person: bool,
    /// It is pulled by itself.
    pub by_itself: bool,
}

impl From<Cadence> for CadenceView {
    fn from(cadence: Cadence) -> Self {
        let of = |kind: &str| Self { kind: kind.to_owned(), minutes: None, time: None, weekday: None };
        match cadence {
            Cadence::ByHand => of("by_hand"),
            Cadence::Minutes { minutes } => Self { minutes: Some(minutes), ..of("minutes") },
            Cadence::Daily { time } => Self { time: Some(time.to_string()), ..of("daily") },
            Cadence::Weekly { weekday, time } => {
                Self { time: Some(time.to_string()), weekday: Some(weekday), ..of("weekly") }
            }
        }
    }
}

impl CadenceView {
    fn read(&self) -> Result<Cadence, ScheduleRefused> {
        let time = || self.time.as_deref().unwrap_or_default().parse();
        let cadence = match self.kind.as_str() {
            "minutes" => Cadence::Minutes { minutes: self.minutes.unwrap_or_default() },
            "daily" => Cadence::Daily { time: time()? },
            "weekly" => Cadence::Weekly { weekday: self.weekday.unwrap_or(u8::MAX), time: time()? },
            _ => Cadence::ByHand,
        };
        cadence.check().map(|()| cadence)
    }
}

impl ScheduleChoice {
    fn of(schedule: &Schedule) -> Self {
        Self {
            cadence: schedule.cadence.into(),
            delay: schedule.delay,
            error: schedule.error,
            warn_hours: hours(schedule.warn_minutes),
            late_hours: hours(schedule.late_minutes),
        }
    }

    fn read(&self, id: &str) -> Result<Schedule, ScheduleRefused> {
        let schedule = Schedule {
            integration: id.into(),
            version: 0,
            cadence: self.cadence.read()?,
            delay: self.delay,
            error: self.error,
            warn_minutes: minutes(self.warn_hours),
            late_minutes: minutes(self.late_hours),
        };
        schedule.check().map(|()| schedule)
    }

    /// Records the choice of a person for an integration.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for what cannot be, in the language; [`EngineError::NotFound`].
    pub fn choose(&self, workspace: &Workspace, id: &str, language: Language) -> Result<()> {
        choose(workspace, self.read(id).map_err(|fault| told(&fault, language))?)
    }
}

fn told(fault: &ScheduleRefused, language: Language) -> EngineError {
    let (field, words) = words::refused(fault, language);
    EngineError::invalid(field, words)
}

fn hours(minutes: u32) -> f64 {
    f64::from(minutes) / 60.0
}

/// Whole minutes of hours; what is no time at all is none.
fn minutes(hours: f64) -> u32 {
    // The cast keeps within what there is: negative and not a number are nought.
    (hours * 60.0).round() as u32
}

impl ScheduleProposal {
    /// What is proposed for two costs; with thresholds for the cadence that a person looks at instead, where there is
    /// one.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] where that cadence cannot be.
    pub fn of(delay: Cost, error: Cost, looked_at: Option<&CadenceView>, language: Language) -> Result<Self> {
        let proposed = propose(delay, error);
        let looked_at =
            looked_at.map(CadenceView::read).transpose().map_err(|fault| told(&fault, language))?;
        let (warn, late) = looked_at.unwrap_or(proposed).thresholds();
        Ok(Self {
            cadence: proposed.into(),
            words: words::cadence(proposed, language),
            reason: words::reason(delay, error, proposed, language),
            warn_hours: hours(warn),
            late_hours: hours(late),
        })
    }
}

impl AgeView {
    fn of(age: &Age) -> Self {
        Self { freshness: age.freshness, good_at: age.good_at.map(moment) }
    }
}

/// The circuit as it is shown: where only a person pulls it keeps nothing back.
fn shown(circuit: Circuit, by_itself: bool, now: i64) -> Circuit {
    match circuit.on_clock(now) {
        Circuit::Open { .. } | Circuit::HalfOpen { .. } if !by_itself => {
            Circuit::Closed { faults: FAULTS_MAX }
        }
        circuit => circuit,
    }
}

const fn circuit_word(circuit: Circuit) -> &'static str {
    match circuit {
        Circuit::Closed { .. } => "closed",
        Circuit::Open { .. } => "open",
        Circuit::HalfOpen { .. } => "half_open",
    }
}

impl TendedView {
    /// What the list says of an integration.
    pub(crate) fn of(workspace: &Workspace, view: View<'_>, id: &str) -> Result<Self> {
        let by_itself = workspace.view(|view| by_itself(view, &id.into()))?.is_some();
        let circuit = shown(view.circuit(id)?.circuit, by_itself, workspace.now_ms());
        let queued = view.queued(id)?;
        Ok(Self {
            age: AgeView::of(&Age::of(workspace, id)?),
            circuit: circuit_word(circuit).to_owned(),
            until: circuit.closed_until().map(moment),
            waits_for_person: queued.is_some_and(|queued| queued.state == QueueState::Person),
            by_itself,
        })
    }
}

impl SchedulePage {
    /// The schedule of an integration in use.
    ///
    /// # Errors
    /// There is none of this id; what the stores say.
    pub fn read(workspace: &Workspace, id: &str, language: Language) -> Result<Self> {
        let saved = workspace.integration_in_use(id)?;
        let (chosen, goes_on) =
            workspace.view(|view| Ok((view.schedule(&id.into())?, by_itself(view, &id.into())?)))?;
        let by = match chosen.as_ref().and_then(|chosen| chosen.act.person.as_ref()) {
            Some(person) => workspace.view(|view| view.person(person))?.map(|person| person.name),
            None => None,
        };
        let definition = Integration::from_toml(&saved.current.toml).ok();
        let said = Said {
            now: workspace.now_ms(),
            zone: workspace.settings()?.time_zone,
            language,
            system: definition.map_or_else(|| id.to_owned(), |definition| definition.system),
        };
        let age = Age::of(workspace, id)?;
        let reader = workspace.intake_reader()?;
        let view = reader.view();
        let queued = view.queued(id)?;
        let next = said.next(view, goes_on.as_ref(), queued.as_ref(), id)?;
        let (warn, late) = thresholds(chosen.as_ref());
        let cadence = chosen.as_ref().map_or(Cadence::ByHand, |chosen| chosen.schedule.cadence);
        Ok(Self {
            words: words::cadence(cadence, language),
            next_at: next.map(moment),
            next_words: next.map(|next| said.moment(next)),
            warn_hours: hours(warn),
            late_hours: hours(late),
            age_words: age.good_at.map(|good_at| words::age(said.now - good_at, language)),
            age: AgeView::of(&age),
            circuit: said.circuit(&view.circuit(id)?, goes_on.is_some(), age.good_at),
            queued: queued.map(QueuedView::from),
            time_zone: said.zone.to_string(),
            chosen: chosen.map(|chosen| ChosenView {
                version: chosen.schedule.version,
                choice: ScheduleChoice::of(&chosen.schedule),
                by,
                at: moment(chosen.act.at.wall_ms),
            }),
        })
    }
}

impl From<QueueRow> for QueuedView {
    fn from(row: QueueRow) -> Self {
        let (state, at) = match row.state {
            QueueState::Waiting => ("waiting", Some(moment(row.not_before))),
            QueueState::Running => ("running", Some(moment(row.noted_at))),
            QueueState::Person => ("person", None),
        };
        Self { state: state.to_owned(), attempt: row.attempt, at, words: row.words }
    }
}

/// Who is told, when and where.
struct Said {
    now: i64,
    zone: TimeZone,
    language: Language,
    system: String,
}

impl Said {
    fn moment(&self, at: i64) -> String {
        words::moment(at, self.now, self.zone, self.language)
    }

    /// When it is pulled next by itself.
    fn next(
        &self,
        view: View<'_>,
        schedule: Option<&ScheduleVersion>,
        queued: Option<&QueueRow>,
        id: &str,
    ) -> Result<Option<i64>> {
        let Some(schedule) = schedule else { return Ok(None) };
        match queued.map(|queued| (queued.state, queued.not_before)) {
            Some((QueueState::Waiting, not_before)) => Ok(Some(not_before.max(self.now))),
            Some((QueueState::Running, _)) => Ok(Some(self.now)),
            Some((QueueState::Person, _)) => Ok(None),
            None => {
                let cadence = schedule.schedule.cadence;
                let pace = view.pace(id)?.filter(|row| row.schedule == schedule.act.hash.to_string());
                let pace = pace.map_or(Pace::chosen(self.now), |row| row.pace.on_clock(cadence, self.now));
                Ok(pace.due(cadence, self.zone).map(|due| due.max(self.now)))
            }
        }
    }

    fn circuit(&self, row: &CircuitRow, by_itself: bool, good_at: Option<i64>) -> CircuitView {
        let circuit = shown(row.circuit, by_itself, self.now);
        let (since, words) = match circuit {
            Circuit::Closed { faults } => (None, words::closed(faults, self.language)),
            Circuit::HalfOpen { since, .. } => (Some(since), words::probing(&self.system, self.language)),
            Circuit::Open { since, until, .. } => {
                let shown = good_at.map(|good_at| self.moment(good_at));
                // Once it has come, the probe begins within the next minute.
                let until = self.moment(until.max(self.now + MINUTE_MS));
                (Some(since), words::open(&self.system, &until, shown.as_deref(), self.language))
            }
        };
        CircuitView {
            state: circuit_word(circuit).to_owned(),
            words,
            since: since.map(moment),
            until: circuit.closed_until().map(moment),
            fault: row.words.clone(),
            failed_at: row.failed_at.map(moment),
        }
    }
}
