//! Events: everything a person does, immutable and signed, and what their devices derive from it.
//!
//! An event is an envelope around a payload, written once as JSON; the bytes as written are what is signed, kept
//! and passed on, never a re-encoding of them. The ledger of events is the audit trail; every table that a
//! screen reads is a projection of it.

mod attention;
mod authority;
mod charter;
mod checkpoint;
mod company;
mod definition;
mod drill;
mod figure;
mod found;
mod id;
mod meeting;
mod observation;
mod payload;
mod program;
mod promise;
mod rotation;
mod stamp;
mod thread;
mod truth;
mod win;

use serde::{Deserialize, Serialize};

pub use attention::{AttentionKind, AttentionRaised};
pub use authority::{Admissions, Authority, DeviceCut, DeviceGrant, Signed, Standing, Statement};
pub use charter::{AuditAnswer, AuditSaved, CharterSaved, IntegrationActivated, MeasureEntered, Unstable};
pub use checkpoint::{BatchDecided, BatchHeld, CheckpointSet, POINTS_MILLIONTHS, RANGES_THOUSANDTHS, Trip};
pub use company::{DepartmentChange, PersonChange, WorkspaceFounded};
pub use definition::KpiDefinition;
pub use drill::{ByHand, DrillHeld, DrillNoted, DrillResult, Outage, OutageBegun, OutageEnded, Rush};
pub use figure::{
    BroughtFigures, BroughtWeek, EntryCause, FigureColumns, FigureEntered, FiguresDecided, FileCause,
};
pub use found::{RunFinished, SignalFound, SignalLimits};
pub use id::{
    AbsenceId, AttentionId, CommitmentId, CorrectionId, DecisionId, DeviceId, EventHash, EventId, FiguresId,
    IntegrationId, ItemId, KpiId, MeetingId, MessageId, NeedId, NotAnId, NoteId, PlacementId, PublicKey,
    RotationId, RunId, SignalId, SwapId, ThreadId, WinId, WorkspaceId,
};
pub use meeting::{
    AgendaFrozen, AgendaItemSet, Attendance, Closing, FacilitatorChosen, ItemChange, MeetingMoved,
    MeetingSet, MinutesEdited, MinutesSent, NoteWritten, RoundSaid, StandingItem,
};
pub use observation::{
    Bases, Cause, MOVED_NAMED_MAX, Moved, Observation, ObservedPart, Ratio, SignatureStanding, SplitCause,
    UNSETTLED, cause_of, signature_standing,
};
pub use payload::{KINDS, Payload};
pub use program::{HostWish, PersonWishes, ProgramChange};
pub use promise::{
    CommitmentAnswer, CommitmentMade, DecisionTaken, EffectAnswer, EffectChecked, Expected, NeedAnswer,
    NeedAsked, SaidIn,
};
pub use rotation::{
    AbsenceNoted, DebriefInto, DebriefWritten, DepartmentRule, Placed, RotationProgram, RotationPublished,
    SwapAnswered, SwapAsked, VisitLength, VisitMust, VisitPair, VisitWish, WeekCapacity, WeekSpan,
};
pub use stamp::{AHEAD_MAX_MS, Stamp};
pub use thread::{
    Anchor, Attachment, Following, MessageChanged, MessageWritten, Met, Outcome, Reacted, Seen, SeenFact,
    SplitOverridden, TalkProposed, ThreadCause, ThreadClosed, ThreadOpened, Way,
};
pub use truth::{
    CorrectionAsked, CorrectionClosed, CorrectionSeen, HandEntered, HandKept, TruthSet, WrongRecord,
};
pub use win::{
    Contributor, ContributorAdded, ContributorReason, ContributorRemoved, WinCelebrated, WinOrder,
    WinReacted, WinRecorded,
};

use crate::person::PersonId;

/// Put before the workspace id and the bytes of an event when it is signed and hashed, so that no signature made
/// for another purpose can pass for an event's.
pub const EVENT_TAG: &[u8; 15] = b"plaza-event-v1\0";

/// An event of more bytes than this is refused: the largest thing that belongs in one is an integration's text.
pub const EVENT_BYTES_MAX: usize = 1 << 20;

/// What surrounds every payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Random, or derived where a machine may repeat itself: the same id from the same device is the same event.
    pub id: EventId,
    /// The device that made it.
    pub device: DeviceId,
    /// Its place among the device's events; from 1, dense.
    pub seq: u64,
    /// The hash of the device's event before; zero for the first.
    pub prev: EventHash,
    /// When.
    pub at: Stamp,
    /// The person whose act this is, where it is not the device's own person: “person A, on the device of
    /// person B”.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting_for: Option<PersonId>,
}

/// An event as this program understands it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What surrounds it.
    pub envelope: Envelope,
    /// The word of its kind, known or not.
    pub kind: String,
    /// The version of its kind.
    pub version: u32,
    /// What happened.
    pub content: Content,
}

/// How far a payload could be read. Only what is known is projected; everything is kept and passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Known.
    Known(Box<Payload>),
    /// Made by a newer Plaza: an unknown kind, or a newer version of a known one.
    Newer,
    /// A known kind and version whose payload does not have its shape: a faulty program wrote it.
    Malformed {
        /// Where it went wrong, in the decoder's words.
        fault: String,
    },
}

/// The bytes are not an event at all.
#[derive(Debug, thiserror::Error)]
pub enum EventFault {
    /// More bytes than [`EVENT_BYTES_MAX`].
    #[error("an event of {bytes} bytes is larger than {EVENT_BYTES_MAX}")]
    TooLarge {
        /// How many.
        bytes: usize,
    },
    /// Not JSON, or without one of the envelope's fields.
    #[error("not an event: {0}")]
    Envelope(#[from] serde_json::Error),
}

#[derive(Serialize)]
struct Written<'a> {
    #[serde(flatten)]
    envelope: &'a Envelope,
    version: u32,
    #[serde(flatten)]
    payload: &'a Payload,
}

#[derive(Deserialize)]
struct Read {
    #[serde(flatten)]
    envelope: Envelope,
    kind: String,
    version: u32,
    #[serde(default)]
    payload: serde_json::Value,
}

/// The exact bytes of an event: JSON, written once.
///
/// # Errors
/// [`EventFault::TooLarge`], or the encoder's error.
pub fn encode(envelope: &Envelope, payload: &Payload) -> Result<Vec<u8>, EventFault> {
    let bytes = serde_json::to_vec(&Written { envelope, version: payload.version(), payload })?;
    if bytes.len() > EVENT_BYTES_MAX { Err(EventFault::TooLarge { bytes: bytes.len() }) } else { Ok(bytes) }
}

/// Reads an event's bytes.
///
/// # Errors
/// [`EventFault`] where not even the envelope can be read. A payload that cannot be read is a value
/// ([`Content`]), since its event is kept.
pub fn decode(bytes: &[u8]) -> Result<Event, EventFault> {
    if bytes.len() > EVENT_BYTES_MAX {
        return Err(EventFault::TooLarge { bytes: bytes.len() });
    }
    let Read { envelope, kind, version, payload } = serde_json::from_slice(bytes)?;
    let known = KINDS.iter().any(|(word, newest)| *word == kind && version <= *newest);
    let content = if known {
        let mut tagged = serde_json::Map::new();
        tagged.insert("kind".into(), kind.as_str().into());
        tagged.insert("payload".into(), payload);
        match serde_json::from_value(serde_json::Value::Object(tagged)) {
            Ok(payload) => Content::Known(Box::new(payload)),
            Err(fault) => Content::Malformed { fault: fault.to_string() },
        }
    } else {
        Content::Newer
    };
    Ok(Event { envelope, kind, version, content })
}

impl Event {
    /// What happened, where this program knows it.
    pub fn payload(&self) -> Option<&Payload> {
        match &self.content {
            Content::Known(payload) => Some(payload),
            Content::Newer | Content::Malformed { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests;
