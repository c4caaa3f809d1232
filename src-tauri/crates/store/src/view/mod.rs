//! Projections: what the screens read, made from the events that count and nothing else.
//!
//! Every reducer is order-independent: per field the last writer wins by clock, device and hash; sets only grow;
//! what is taken back leaves a tombstone. So any order, repetition or cut of the log gives the same tables, and they
//! can be dropped and replayed at any time.

mod act;
mod attention;
mod audit;
mod charter;
mod checkpoint;
mod department;
mod drill;
mod field;
mod figure;
mod ghost;
mod integration;
mod kept;
mod kpi;
mod meeting;
mod observation;
mod person;
mod phase;
mod promise;
mod release;
mod rotation;
mod run;
mod said;
mod schedule;
mod setting;
mod signal;
mod signature;
#[cfg(test)]
mod tests;
mod thread;
mod truth;
mod win;

use plaza_domain::event::{
    AbsenceNoted, AgendaFrozen, AgendaItemSet, CommitmentMade, ContributorAdded, ContributorRemoved,
    DebriefWritten, DecisionTaken, EffectChecked, Event, EventHash, FacilitatorChosen, MeetingMoved,
    MessageChanged, MessageWritten, Met, MinutesEdited, MinutesSent, NeedAsked, NoteWritten, Payload,
    ProgramChange, Reacted, RotationPublished, RoundSaid, SwapAnswered, SwapAsked, TalkProposed,
    ThreadClosed, ThreadOpened, WinCelebrated, WinReacted, WinRecorded, WorkspaceId, decode,
};
use rusqlite::{Connection, params};

pub use act::Act;
pub use attention::Attention;
pub use audit::Audit;
pub use charter::{Activation, CharterVersion, EnteredWeek};
pub use checkpoint::{BatchAct, BatchWord, Checkpoint};
pub use drill::{DrillAct, DrillWord};
pub use figure::FigureFile;
pub use ghost::Ghost;
pub use integration::{Integration, IntegrationVersion};
pub use kept::KeptKpi;
pub use kpi::KpiVersion;
pub use phase::Phase;
pub use promise::Promise;
pub use release::Release;
pub use said::Said;
pub use schedule::ScheduleVersion;
pub use signal::Signal;
pub use signature::{Signature, SignedWeek};
pub use thread::{Hit, Inbox, MarkedThread, ThreadPage, ThreadRow};
pub use truth::{Correction, Entry, Truth};

use crate::error::{Result, StoreError};
use act::Order;

/// Raised when a reducer changes what it makes of the same events. A change of the tables is noticed by itself.
const VIEW_VERSION: u32 = 1;

macro_rules! tables {
    ($($file:literal),* $(,)?) => {
        &[$(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../migrations/view/", $file))),*]
    };
}

const TABLES: &[&str] = tables!(
    "01_setting.sql",
    "02_department.sql",
    "03_person.sql",
    "04_kpi.sql",
    "05_integration.sql",
    "06_run.sql",
    "07_observation.sql",
    "08_signature.sql",
    "09_phase.sql",
    "10_ghost.sql",
    "11_signal.sql",
    "12_release.sql",
    "13_schedule.sql",
    "14_checkpoint.sql",
    "15_charter.sql",
    "16_truth.sql",
    "17_drill.sql",
    "18_thread.sql",
    "19_meeting.sql",
    "23_kept.sql",
    "24_rotation.sql",
    "25_win.sql",
    "26_figure.sql",
);

/// The version of the projections: of their reducers and of their tables.
pub(crate) fn version() -> String {
    let mut hasher = blake3::Hasher::new();
    for table in TABLES {
        hasher.update(table.as_bytes());
    }
    format!("{VIEW_VERSION}-{}", &hasher.finalize().to_hex()[..16])
}

/// Makes the empty tables.
pub(crate) fn create(connection: &Connection) -> Result<()> {
    TABLES.iter().try_for_each(|table| connection.execute_batch(table))?;
    thread::create_index(connection)
}

/// The names of all projection tables, in alphabetical order.
pub(crate) fn table_names(connection: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'view_*' ORDER BY name";
    let mut statement = connection.prepare(sql)?;
    let names = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(names)
}

/// Drops the projections and replays them. The caller holds the write lock.
pub(crate) fn rebuild(connection: &Connection, workspace: WorkspaceId) -> Result<()> {
    for name in table_names(connection)? {
        connection.execute_batch(&format!("DROP TABLE \"{name}\""))?;
    }
    thread::drop_index(connection)?;
    create(connection)?;
    replay(connection, connection, workspace)?;
    connection.execute("UPDATE here SET view_version = ?1", params![version()])?;
    Ok(())
}

/// Projects all events of `from` that count into the tables of `into`.
pub(crate) fn replay(from: &Connection, into: &Connection, workspace: WorkspaceId) -> Result<()> {
    let mut statement = from.prepare("SELECT hash, body FROM event WHERE standing = 0 ORDER BY position")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let event = decode(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?;
        project(into, workspace, EventHash(row.get(0)?), &event)?;
    }
    settle(into)
}

/// Ends a number of projections: what is made of all of them at once is made.
pub(crate) fn settle(connection: &Connection) -> Result<()> {
    thread::settle(connection)
}

/// Projects one event that counts. What this program does not know has no projection.
#[allow(clippy::too_many_lines)] // a line for each kind
pub(crate) fn project(
    connection: &Connection,
    workspace: WorkspaceId,
    hash: EventHash,
    event: &Event,
) -> Result<()> {
    let Some(payload) = event.payload() else { return Ok(()) };
    let order = &Order::new(&event.envelope, hash);
    match payload {
        Payload::WorkspaceFounded(founded) if hash.0 == workspace.0 => {
            setting::founded(connection, order, founded)
        }
        Payload::SettingsChanged { changes } => setting::changed(connection, order, changes),
        Payload::DepartmentSet(change) => department::set(connection, order, change),
        Payload::PersonSet(change) => person::set(connection, order, change),
        Payload::PersonLeft { person, last_day } => person::left(connection, order, person, *last_day),
        Payload::ProfileChosen { device, person } => {
            person::chosen(connection, order, *device, person)?;
            thread::profile_chosen(connection, order, *device)
        }
        Payload::KpiDefined(definition) => kpi::defined(connection, order, definition),
        Payload::KpiKept { kpi, reason } => kept::kept(connection, order, kpi, reason),
        Payload::IntegrationSaved { integration, version, toml, note } => {
            integration::saved(connection, order, integration, *version, toml, note)
        }
        Payload::IntegrationRetired { integration, reason } => {
            integration::retired(connection, order, integration, reason)
        }
        Payload::ScheduleChosen(schedule) => schedule::chosen(connection, order, schedule),
        Payload::CharterSaved(saved) => charter::saved(connection, order, saved),
        Payload::IntegrationActivated(activated) => {
            charter::said(connection, order, &activated.integration, Some(activated), &activated.reason)
        }
        Payload::IntegrationDeactivated { integration, reason } => {
            charter::said(connection, order, integration, None, reason)
        }
        Payload::MeasureEntered(entered) => charter::entered(connection, order, entered),
        Payload::AuditSaved(saved) => audit::saved(connection, order, saved),
        Payload::RunFinished(run) => run::finished(connection, order, run),
        Payload::ObservationPublished(observation) => observation::published(connection, order, observation),
        Payload::WeekSigned { kpi, week, revision, note } => {
            signature::signed(connection, order, kpi, *week, *revision, note)
        }
        Payload::PhaseSigned { kpi, part, start, reason, version } => {
            phase::said(connection, order, (kpi, part.as_ref(), *start), Some(*version), reason)
        }
        Payload::PhaseWithdrawn { kpi, part, start, reason } => {
            phase::said(connection, order, (kpi, part.as_ref(), *start), None, reason)
        }
        Payload::PointGhosted { kpi, part, week, reason } => {
            ghost::said(connection, order, (kpi, part.as_ref(), *week), true, reason)
        }
        Payload::PointUnghosted { kpi, part, week, reason } => {
            ghost::said(connection, order, (kpi, part.as_ref(), *week), false, reason)
        }
        Payload::FiguresBrought(brought) => figure::brought(connection, order, brought, false),
        Payload::FiguresHeld(brought) => figure::brought(connection, order, brought, true),
        Payload::FiguresDecided(decided) => figure::decided(connection, order, decided),
        Payload::CheckpointSet(set) => checkpoint::set(connection, order, set),
        Payload::BatchHeld(held) => checkpoint::held(connection, order, held),
        Payload::BatchDecided(decided) => checkpoint::decided(connection, order, decided),
        Payload::OutageBegun(begun) => {
            drill::said(connection, order, (&begun.integration, &begun.drill), "begun", begun)
        }
        Payload::DrillNoted(noted) => {
            drill::said(connection, order, (&noted.integration, &noted.drill), "noted", noted)
        }
        Payload::OutageEnded(ended) => {
            drill::said(connection, order, (&ended.integration, &ended.drill), "ended", ended)
        }
        Payload::DrillHeld(held) => {
            drill::said(connection, order, (&held.integration, &held.drill), "held", held)
        }
        Payload::QuarantineReleased { record, reason } => {
            release::released(connection, order, record, reason)
        }
        Payload::TruthSet(set) => truth::set(connection, order, set),
        Payload::HandEntered(entered) => truth::entered(connection, order, entered),
        Payload::HandKept(kept) => truth::kept(connection, order, kept),
        Payload::CorrectionAsked(asked) => truth::asked(connection, order, asked),
        Payload::CorrectionSeen(seen) => truth::seen(connection, order, seen),
        Payload::CorrectionClosed(closed) => truth::closed(connection, order, closed),
        Payload::AttentionRaised(raised) => attention::raised(connection, order, raised),
        Payload::AttentionSettled { attention } => attention::settled(connection, order, attention),
        Payload::SignalFound(found) => signal::found(connection, order, found),
        Payload::SignalLapsed { signal, revision } => signal::lapsed(connection, order, signal, *revision),
        Payload::ThreadOpened(ThreadOpened { thread, .. })
        | Payload::MessageWritten(MessageWritten { thread, .. })
        | Payload::MessageChanged(MessageChanged { thread, .. })
        | Payload::MessageDeleted { thread, .. }
        | Payload::Reacted(Reacted { thread, .. })
        | Payload::ThreadFollowed { thread, .. }
        | Payload::TalkProposed(TalkProposed { thread, .. })
        | Payload::Met(Met { thread, .. })
        | Payload::ThreadClosed(ThreadClosed { thread, .. })
        | Payload::ThreadReopened { thread, .. } => thread::said(connection, order, thread, payload),
        Payload::SplitOverridden(split) => thread::overridden(connection, order, split),
        Payload::MeetingSet(set) => meeting::set(connection, order, set),
        Payload::MeetingMoved(MeetingMoved { meeting, .. })
        | Payload::MeetingCancelled { meeting, .. }
        | Payload::MeetingRestored { meeting }
        | Payload::FacilitatorChosen(FacilitatorChosen { meeting, .. })
        | Payload::AgendaItemSet(AgendaItemSet { meeting, .. })
        | Payload::AgendaFrozen(AgendaFrozen { meeting, .. })
        | Payload::AgendaReleased { meeting }
        | Payload::MeetingBegun { meeting, .. }
        | Payload::ItemEntered { meeting, .. }
        | Payload::ItemExtended { meeting, .. }
        | Payload::ItemClosed { meeting, .. }
        | Payload::MeetingPaused { meeting }
        | Payload::MeetingResumed { meeting }
        | Payload::AttendanceNoted { meeting, .. }
        | Payload::NoteWritten(NoteWritten { meeting, .. })
        | Payload::RoundSaid(RoundSaid { meeting, .. })
        | Payload::MeetingEnded { meeting }
        | Payload::MinutesEdited(MinutesEdited { meeting, .. })
        | Payload::MinutesSent(MinutesSent { meeting, .. }) => {
            meeting::said(connection, order, meeting, payload)
        }
        Payload::DecisionTaken(DecisionTaken { decision, .. })
        | Payload::DecisionWithdrawn { decision, .. }
        | Payload::EffectChecked(EffectChecked { decision, .. }) => {
            promise::said(connection, order, (Promise::Decision, decision.as_str()), payload)
        }
        Payload::NeedAsked(NeedAsked { need, .. })
        | Payload::NeedAnswered { need, .. }
        | Payload::NeedWithdrawn { need, .. } => {
            promise::said(connection, order, (Promise::Need, need.as_str()), payload)
        }
        Payload::CommitmentMade(CommitmentMade { commitment, .. })
        | Payload::CommitmentAnswered { commitment, .. }
        | Payload::CommitmentWithdrawn { commitment, .. } => {
            promise::said(connection, order, (Promise::Commitment, commitment.as_str()), payload)
        }
        Payload::RotationSet(ProgramChange { rotation, .. })
        | Payload::RotationEnded { rotation, .. }
        | Payload::RotationPublished(RotationPublished { rotation, .. })
        | Payload::PlacementCancelled { rotation, .. }
        | Payload::SwapAsked(SwapAsked { rotation, .. })
        | Payload::SwapAnswered(SwapAnswered { rotation, .. })
        | Payload::DebriefWritten(DebriefWritten { rotation, .. })
        | Payload::DebriefAnswered { rotation, .. }
        | Payload::DebriefTakenUp { rotation, .. } => rotation::said(connection, order, rotation, payload),
        Payload::AbsenceNoted(AbsenceNoted { absence, .. }) | Payload::AbsenceWithdrawn { absence } => {
            rotation::absence(connection, order, absence, payload)
        }
        Payload::WinRecorded(WinRecorded { win, .. })
        | Payload::WinWithdrawn { win, .. }
        | Payload::WinRestored { win }
        | Payload::WinForAgenda { win }
        | Payload::ContributorAdded(ContributorAdded { win, .. })
        | Payload::ContributorRemoved(ContributorRemoved { win, .. })
        | Payload::WinReacted(WinReacted { win, .. })
        | Payload::WinCelebrated(WinCelebrated { win, .. }) => win::said(connection, order, win, payload),
        Payload::WinDismissed { signal, is_dismissed } => {
            win::dismissed(connection, order, signal, *is_dismissed)
        }
        // Authority is read from the events themselves, since it decides which of them count. A second founding
        // founds nothing. What is shown of an entry is the observation that follows it.
        Payload::WorkspaceFounded(_)
        | Payload::DeviceGranted(_)
        | Payload::DeviceCut(_)
        | Payload::FigureEntered(_) => Ok(()),
    }
}

/// The projections, in one consistent state.
#[derive(Debug)]
pub struct View<'a> {
    connection: &'a Connection,
}

/// What the projections were made of. Where two are equal, so are the projections: an event that arrives has a higher place, and
/// one that comes to count, or does not any more, changes how many do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    last: Option<i64>,
    waiting: i64,
}

impl<'a> View<'a> {
    pub(crate) const fn new(connection: &'a Connection) -> Self {
        Self { connection }
    }

    /// What the projections were made of.
    ///
    /// # Errors
    /// What the database says.
    pub fn age(&self) -> Result<Age> {
        let sql =
            "SELECT (SELECT max(position) FROM event), (SELECT count(*) FROM event WHERE standing <> 0)";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([], |row| Ok(Age { last: row.get(0)?, waiting: row.get(1)? }))?)
    }
}

/// A value that was written as JSON by a reducer.
fn from_json<T: serde::de::DeserializeOwned>(place: &'static str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|fault| StoreError::Damaged { place, fault: fault.to_string() })
}

/// A value as JSON, for a reducer to keep.
fn to_json<T: serde::Serialize>(place: &'static str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|fault| StoreError::Damaged { place, fault: fault.to_string() })
}
