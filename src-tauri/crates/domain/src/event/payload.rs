//! What happened, in the past tense. A field is only ever added with a default; anything else raises the
//! version in [`Payload::version`], and an older Plaza keeps the event without reading it.

use serde::{Deserialize, Serialize};

use super::{
    AbsenceId, AbsenceNoted, AgendaFrozen, AgendaItemSet, Attendance, AttentionId, AttentionRaised,
    AuditSaved, BatchDecided, BatchHeld, BroughtFigures, CharterSaved, CheckpointSet, Closing,
    CommitmentAnswer, CommitmentId, CommitmentMade, ContributorAdded, ContributorRemoved, CorrectionAsked,
    CorrectionClosed, CorrectionSeen, DebriefInto, DebriefWritten, DecisionId, DecisionTaken,
    DepartmentChange, DeviceCut, DeviceGrant, DeviceId, DrillHeld, DrillNoted, EffectChecked,
    FacilitatorChosen, FigureEntered, FiguresDecided, Following, HandEntered, HandKept, IntegrationActivated,
    IntegrationId, ItemId, KpiDefinition, KpiId, MeasureEntered, MeetingId, MeetingMoved, MeetingSet,
    MessageChanged, MessageId, MessageWritten, Met, MinutesEdited, MinutesSent, NeedAnswer, NeedAsked,
    NeedId, NoteWritten, Observation, OutageBegun, OutageEnded, PersonChange, PlacementId, ProgramChange,
    Reacted, RotationId, RotationPublished, RoundSaid, RunFinished, SignalFound, SignalId, Signed,
    SplitOverridden, SwapAnswered, SwapAsked, TalkProposed, ThreadClosed, ThreadId, ThreadOpened, TruthSet,
    WinCelebrated, WinId, WinReacted, WinRecorded, WorkspaceFounded,
};
use crate::day::{Day, Week};
use crate::department::DepartmentId;
use crate::person::PersonId;
use crate::schedule::Schedule;
use crate::workspace::SettingChange;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload", rename_all = "snake_case")]
pub enum Payload {
    /// The first event of a workspace; its hash names it.
    WorkspaceFounded(WorkspaceFounded),
    /// A device was admitted, from one of its own sequence numbers on.
    DeviceGranted(Signed<DeviceGrant>),
    /// A device was cut off after one of its events, for good: who comes back comes with a new device.
    DeviceCut(Signed<DeviceCut>),
    /// Settings changed.
    SettingsChanged {
        /// The fields that changed.
        changes: Vec<SettingChange>,
    },
    /// A department was added or changed.
    DepartmentSet(DepartmentChange),
    /// A person was added or changed.
    PersonSet(PersonChange),
    /// A person left the company, or came back.
    PersonLeft {
        /// Who.
        person: PersonId,
        /// The last day; nothing when the person came back.
        last_day: Option<Day>,
    },
    /// “Who am I” was answered for a device.
    ProfileChosen {
        /// The device.
        device: DeviceId,
        /// Whose it is.
        person: PersonId,
    },
    /// A version of a joint KPI's definition.
    KpiDefined(KpiDefinition),
    /// A KPI stays on the board although no meeting has talked about it for long.
    KpiKept {
        /// Which KPI.
        kpi: KpiId,
        /// Why.
        reason: String,
    },
    /// A version of an integration's text.
    IntegrationSaved {
        /// Which integration.
        integration: IntegrationId,
        /// From 1.
        version: u32,
        /// The whole TOML text: files, mapping with its answers, joins, rules, standards.
        toml: String,
        /// Why it was changed, in the person's words.
        note: String,
    },
    /// An integration was retired; saving it again brings it back.
    IntegrationRetired {
        /// Which integration.
        integration: IntegrationId,
        /// Why.
        reason: String,
    },
    /// A person chose when an integration is pulled by itself.
    ScheduleChosen(Schedule),
    /// A version of an integration's charter.
    CharterSaved(CharterSaved),
    /// An integration was activated: it is pulled by itself.
    IntegrationActivated(IntegrationActivated),
    /// An integration was deactivated: it is pulled by hand only.
    IntegrationDeactivated {
        /// Which integration.
        integration: IntegrationId,
        /// Why.
        reason: String,
    },
    /// A week's number of an integration's success measure was entered.
    MeasureEntered(MeasureEntered),
    /// An audit of an integration was saved.
    AuditSaved(AuditSaved),
    /// A run ended.
    RunFinished(RunFinished),
    /// A week's value was published.
    ObservationPublished(Observation),
    /// A person signed a week's value.
    WeekSigned {
        /// Which KPI.
        kpi: KpiId,
        /// Which week.
        week: Week,
        /// The revision that the person saw.
        revision: u32,
        /// What the person said about it.
        note: String,
    },
    /// A person gave a chart a phase: limits of its own from a day on.
    PhaseSigned {
        /// Which KPI.
        kpi: KpiId,
        /// Which part's chart; nothing for the whole.
        part: Option<DepartmentId>,
        /// Its first day.
        start: Day,
        /// Why.
        reason: String,
        /// From 1; counts how often this phase was signed.
        version: u32,
    },
    /// A person took a phase back.
    PhaseWithdrawn {
        /// Which KPI.
        kpi: KpiId,
        /// Which part's chart; nothing for the whole.
        part: Option<DepartmentId>,
        /// Its first day.
        start: Day,
        /// Why.
        reason: String,
    },
    /// A person left a point out of mean and rules.
    PointGhosted {
        /// Which KPI.
        kpi: KpiId,
        /// Which part's chart; nothing for the whole.
        part: Option<DepartmentId>,
        /// Which week.
        week: Week,
        /// Why.
        reason: String,
    },
    /// A person took a ghost back.
    PointUnghosted {
        /// Which KPI.
        kpi: KpiId,
        /// Which part's chart; nothing for the whole.
        part: Option<DepartmentId>,
        /// Which week.
        week: Week,
        /// Why.
        reason: String,
    },
    /// A person let a row out of quarantine as it is.
    QuarantineReleased {
        /// The key of the record, as the intake writes it.
        record: String,
        /// Why.
        reason: String,
    },
    /// A person entered a week of a measure.
    FigureEntered(FigureEntered),
    /// A file with weeks of a measure was brought in and published.
    FiguresBrought(BroughtFigures),
    /// A file with weeks of a measure was brought in and waits, because weeks of it do not add up.
    FiguresHeld(BroughtFigures),
    /// A person decided about a file that waits.
    FiguresDecided(FiguresDecided),
    /// A person said how an integration's batches pass its checkpoint.
    CheckpointSet(CheckpointSet),
    /// A batch waits at its checkpoint.
    BatchHeld(BatchHeld),
    /// A batch that was held was let through or turned away.
    BatchDecided(BatchDecided),
    /// A person said whose word counts for a field, and who answers for it.
    TruthSet(TruthSet),
    /// A person entered rows by hand.
    HandEntered(HandEntered),
    /// An owner said whether an entry counts against the system's word.
    HandKept(HandKept),
    /// A person asked an owner to correct something at its source.
    CorrectionAsked(CorrectionAsked),
    /// A pull showed that what was to be corrected has changed.
    CorrectionSeen(CorrectionSeen),
    /// A person closed a request to correct something.
    CorrectionClosed(CorrectionClosed),
    /// Something needs a person.
    AttentionRaised(AttentionRaised),
    /// What needed a person is over.
    AttentionSettled {
        /// Which matter.
        attention: AttentionId,
    },
    /// An outage is played: the integration is not pulled for a while.
    OutageBegun(OutageBegun),
    /// Something was noticed during a drill.
    DrillNoted(DrillNoted),
    /// An outage was ended before its time.
    OutageEnded(OutageEnded),
    /// A drill was held, with what came of it.
    DrillHeld(DrillHeld),
    /// A process behaviour chart found a pattern.
    SignalFound(SignalFound),
    /// A restatement took a pattern away; what was said about it stays.
    SignalLapsed {
        /// Which signal.
        signal: SignalId,
        /// The revision that took it away.
        revision: u32,
    },
    /// A thread was opened.
    ThreadOpened(ThreadOpened),
    /// Something was said in a thread.
    MessageWritten(MessageWritten),
    /// A message was changed.
    MessageChanged(MessageChanged),
    /// A message was taken back by whoever wrote it; what it said stays readable in its history.
    MessageDeleted {
        /// In which thread.
        thread: ThreadId,
        /// Which message.
        message: MessageId,
    },
    /// A person reacted to a message.
    Reacted(Reacted),
    /// A person said how closely they follow a thread.
    ThreadFollowed {
        /// Which thread.
        thread: ThreadId,
        /// How closely.
        following: Following,
    },
    /// A person proposed to talk instead of writing on.
    TalkProposed(TalkProposed),
    /// People met about a thread.
    Met(Met),
    /// A thread ended.
    ThreadClosed(ThreadClosed),
    /// A thread was opened again.
    ThreadReopened {
        /// Which thread.
        thread: ThreadId,
        /// Why.
        reason: String,
    },
    /// A person said how a lateness is to be split.
    SplitOverridden(SplitOverridden),
    /// The weekly meeting was set up, or set up anew.
    MeetingSet(MeetingSet),
    /// One meeting is at another time.
    MeetingMoved(MeetingMoved),
    /// One meeting is not held.
    MeetingCancelled {
        /// Which meeting.
        meeting: MeetingId,
        /// Why.
        reason: String,
    },
    /// A meeting that was moved or cancelled is held as usual.
    MeetingRestored {
        /// Which meeting.
        meeting: MeetingId,
    },
    /// Who facilitates one meeting, where that is not who is next.
    FacilitatorChosen(FacilitatorChosen),
    /// An item of an agenda was changed, or added.
    AgendaItemSet(AgendaItemSet),
    /// An agenda was frozen and shared.
    AgendaFrozen(AgendaFrozen),
    /// A frozen agenda drafts itself again.
    AgendaReleased {
        /// Of which meeting.
        meeting: MeetingId,
    },
    /// A meeting began, or went on after it had ended by mistake.
    MeetingBegun {
        /// Which meeting.
        meeting: MeetingId,
        /// Who facilitates it.
        facilitator: Option<PersonId>,
    },
    /// An item was taken up.
    ItemEntered {
        /// In which meeting.
        meeting: MeetingId,
        /// Which item.
        item: ItemId,
    },
    /// An item was given more time.
    ItemExtended {
        /// In which meeting.
        meeting: MeetingId,
        /// Which item.
        item: ItemId,
        /// By how much, minutes.
        minutes: u32,
    },
    /// An item ended.
    ItemClosed {
        /// In which meeting.
        meeting: MeetingId,
        /// Which item.
        item: ItemId,
        /// How; nothing where it was opened again.
        closing: Option<Closing>,
    },
    /// The clock of a meeting was stopped.
    MeetingPaused {
        /// Which meeting.
        meeting: MeetingId,
    },
    /// The clock of a meeting goes on.
    MeetingResumed {
        /// Which meeting.
        meeting: MeetingId,
    },
    /// Whether a person was there.
    AttendanceNoted {
        /// In which meeting.
        meeting: MeetingId,
        /// Who.
        person: PersonId,
        /// Whether they were there; nothing where that was a mistake.
        attendance: Option<Attendance>,
    },
    /// A note was written, changed or taken away.
    NoteWritten(NoteWritten),
    /// A person said their word in the closing round.
    RoundSaid(RoundSaid),
    /// A meeting ended.
    MeetingEnded {
        /// Which meeting.
        meeting: MeetingId,
    },
    /// The minutes' own words were changed.
    MinutesEdited(MinutesEdited),
    /// The minutes were sent.
    MinutesSent(MinutesSent),
    /// Something was decided, or a decision was put into other words.
    DecisionTaken(DecisionTaken),
    /// A decision was taken back.
    DecisionWithdrawn {
        /// Which decision.
        decision: DecisionId,
        /// Why.
        reason: String,
    },
    /// A decision's effect was looked for.
    EffectChecked(EffectChecked),
    /// One department needs something of another.
    NeedAsked(NeedAsked),
    /// A need was answered.
    NeedAnswered {
        /// Which need.
        need: NeedId,
        /// How.
        answer: NeedAnswer,
    },
    /// A need was taken back.
    NeedWithdrawn {
        /// Which need.
        need: NeedId,
        /// Why.
        reason: String,
    },
    /// A person promised something.
    CommitmentMade(CommitmentMade),
    /// A person said what became of a commitment.
    CommitmentAnswered {
        /// Which commitment.
        commitment: CommitmentId,
        /// What became of it.
        answer: CommitmentAnswer,
    },
    /// A commitment was taken back.
    CommitmentWithdrawn {
        /// Which commitment.
        commitment: CommitmentId,
        /// Why.
        reason: String,
    },
    /// A rotation's program was written, or changed.
    RotationSet(ProgramChange),
    /// A rotation ends: nothing more is planned of it, and what was is withdrawn.
    RotationEnded {
        /// Which rotation.
        rotation: RotationId,
        /// Placements that begin on this day or later do not happen.
        from: Day,
        /// Why.
        reason: String,
    },
    /// A plan was published.
    RotationPublished(RotationPublished),
    /// A placement does not happen.
    PlacementCancelled {
        /// Of which rotation.
        rotation: RotationId,
        /// Which placement.
        placement: PlacementId,
        /// Why.
        reason: String,
    },
    /// Two visitors ask to change places.
    SwapAsked(SwapAsked),
    /// A head answered a swap.
    SwapAnswered(SwapAnswered),
    /// A person is not there.
    AbsenceNoted(AbsenceNoted),
    /// A person is there after all.
    AbsenceWithdrawn {
        /// Which absence.
        absence: AbsenceId,
    },
    /// A visitor wrote what they brought home.
    DebriefWritten(DebriefWritten),
    /// Somebody of the host answered a debrief.
    DebriefAnswered {
        /// Of which rotation.
        rotation: RotationId,
        /// Of which placement.
        placement: PlacementId,
        /// What they said.
        text: String,
    },
    /// A debrief became something that people go on with.
    DebriefTakenUp {
        /// Of which rotation.
        rotation: RotationId,
        /// Of which placement.
        placement: PlacementId,
        /// What it became.
        into: DebriefInto,
    },
    /// A win was recorded, or told in other words.
    WinRecorded(WinRecorded),
    /// A win was taken back.
    WinWithdrawn {
        /// Which win.
        win: WinId,
        /// Why.
        reason: String,
    },
    /// A win that was taken back stands again.
    WinRestored {
        /// Which win.
        win: WinId,
    },
    /// A person put a win onto the next agenda.
    WinForAgenda {
        /// Which win.
        win: WinId,
    },
    /// Somebody is named on a win.
    ContributorAdded(ContributorAdded),
    /// Somebody is not named on a win any more.
    ContributorRemoved(ContributorRemoved),
    /// A person reacted to a win.
    WinReacted(WinReacted),
    /// A win was celebrated in a meeting, or was not after all.
    WinCelebrated(WinCelebrated),
    /// A person said that a turn to the better is no win, or took that back. The last word on the signal counts.
    WinDismissed {
        /// Which signal suggested it.
        signal: SignalId,
        /// Whether it is dismissed.
        is_dismissed: bool,
    },
}

macro_rules! kinds {
    ($($variant:ident => $word:literal, $version:literal;)*) => {
        /// Every kind that this program knows, with the newest version that it reads.
        pub const KINDS: &[(&str, u32)] = &[$(($word, $version)),*];

        impl Payload {
            /// The word of this kind, in the envelope and in the ledger.
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $word,)* }
            }

            /// The version that this program writes.
            pub const fn version(&self) -> u32 {
                match self { $(Self::$variant { .. } => $version,)* }
            }
        }
    };
}

kinds! {
    WorkspaceFounded => "workspace_founded", 1;
    DeviceGranted => "device_granted", 1;
    DeviceCut => "device_cut", 1;
    SettingsChanged => "settings_changed", 1;
    DepartmentSet => "department_set", 1;
    PersonSet => "person_set", 1;
    PersonLeft => "person_left", 1;
    ProfileChosen => "profile_chosen", 1;
    KpiDefined => "kpi_defined", 1;
    KpiKept => "kpi_kept", 1;
    IntegrationSaved => "integration_saved", 1;
    IntegrationRetired => "integration_retired", 1;
    ScheduleChosen => "schedule_chosen", 1;
    CharterSaved => "charter_saved", 1;
    IntegrationActivated => "integration_activated", 1;
    IntegrationDeactivated => "integration_deactivated", 1;
    MeasureEntered => "measure_entered", 1;
    AuditSaved => "audit_saved", 1;
    RunFinished => "run_finished", 1;
    ObservationPublished => "observation_published", 1;
    WeekSigned => "week_signed", 1;
    PhaseSigned => "phase_signed", 1;
    PhaseWithdrawn => "phase_withdrawn", 1;
    PointGhosted => "point_ghosted", 1;
    PointUnghosted => "point_unghosted", 1;
    QuarantineReleased => "quarantine_released", 1;
    FigureEntered => "figure_entered", 1;
    FiguresBrought => "figures_brought", 1;
    FiguresHeld => "figures_held", 1;
    FiguresDecided => "figures_decided", 1;
    CheckpointSet => "checkpoint_set", 1;
    BatchHeld => "batch_held", 1;
    BatchDecided => "batch_decided", 1;
    TruthSet => "truth_set", 1;
    HandEntered => "hand_entered", 1;
    HandKept => "hand_kept", 1;
    CorrectionAsked => "correction_asked", 1;
    CorrectionSeen => "correction_seen", 1;
    CorrectionClosed => "correction_closed", 1;
    AttentionRaised => "attention_raised", 1;
    AttentionSettled => "attention_settled", 1;
    OutageBegun => "outage_begun", 1;
    DrillNoted => "drill_noted", 1;
    OutageEnded => "outage_ended", 1;
    DrillHeld => "drill_held", 1;
    SignalFound => "signal_found", 1;
    SignalLapsed => "signal_lapsed", 1;
    ThreadOpened => "thread_opened", 1;
    MessageWritten => "message_written", 1;
    MessageChanged => "message_changed", 1;
    MessageDeleted => "message_deleted", 1;
    Reacted => "reacted", 1;
    ThreadFollowed => "thread_followed", 1;
    TalkProposed => "talk_proposed", 1;
    Met => "met", 1;
    ThreadClosed => "thread_closed", 1;
    ThreadReopened => "thread_reopened", 1;
    SplitOverridden => "split_overridden", 1;
    MeetingSet => "meeting_set", 1;
    MeetingMoved => "meeting_moved", 1;
    MeetingCancelled => "meeting_cancelled", 1;
    MeetingRestored => "meeting_restored", 1;
    FacilitatorChosen => "facilitator_chosen", 1;
    AgendaItemSet => "agenda_item_set", 1;
    AgendaFrozen => "agenda_frozen", 1;
    AgendaReleased => "agenda_released", 1;
    MeetingBegun => "meeting_begun", 1;
    ItemEntered => "item_entered", 1;
    ItemExtended => "item_extended", 1;
    ItemClosed => "item_closed", 1;
    MeetingPaused => "meeting_paused", 1;
    MeetingResumed => "meeting_resumed", 1;
    AttendanceNoted => "attendance_noted", 1;
    NoteWritten => "note_written", 1;
    RoundSaid => "round_said", 1;
    MeetingEnded => "meeting_ended", 1;
    MinutesEdited => "minutes_edited", 1;
    MinutesSent => "minutes_sent", 1;
    DecisionTaken => "decision_taken", 1;
    DecisionWithdrawn => "decision_withdrawn", 1;
    EffectChecked => "effect_checked", 1;
    NeedAsked => "need_asked", 1;
    NeedAnswered => "need_answered", 1;
    NeedWithdrawn => "need_withdrawn", 1;
    CommitmentMade => "commitment_made", 1;
    CommitmentAnswered => "commitment_answered", 1;
    CommitmentWithdrawn => "commitment_withdrawn", 1;
    RotationSet => "rotation_set", 1;
    RotationEnded => "rotation_ended", 1;
    RotationPublished => "rotation_published", 1;
    PlacementCancelled => "placement_cancelled", 1;
    SwapAsked => "swap_asked", 1;
    SwapAnswered => "swap_answered", 1;
    AbsenceNoted => "absence_noted", 1;
    AbsenceWithdrawn => "absence_withdrawn", 1;
    DebriefWritten => "debrief_written", 1;
    DebriefAnswered => "debrief_answered", 1;
    DebriefTakenUp => "debrief_taken_up", 1;
    WinRecorded => "win_recorded", 1;
    WinWithdrawn => "win_withdrawn", 1;
    WinRestored => "win_restored", 1;
    WinForAgenda => "win_for_agenda", 1;
    ContributorAdded => "contributor_added", 1;
    ContributorRemoved => "contributor_removed", 1;
    WinReacted => "win_reacted", 1;
    WinCelebrated => "win_celebrated", 1;
    WinDismissed => "win_dismissed", 1;
}
