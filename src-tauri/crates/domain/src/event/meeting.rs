//! The weekly meeting: when it is, what is on its agenda, what happened in it, what was written down.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ItemId, MeetingId, NoteId};
use crate::day::Day;
use crate::meeting::{AgendaItem, Section};
use crate::person::PersonId;

/// How the weekly meeting is set up, as a whole: the last word counts, and every version stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingSet {
    /// From which day on.
    pub from: Day,
    /// The day of the week, 0 Monday to 6 Sunday.
    pub weekday: u8,
    /// When it begins, minutes since midnight in the workspace's time zone.
    pub minute_of_day: u16,
    /// How long it takes, minutes.
    pub minutes: u32,
    /// Where.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// An address to join from afar.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
    /// Who attends.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub attendees: BTreeSet<PersonId>,
    /// Who facilitates in turn, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facilitators: Vec<PersonId>,
    /// What is on every agenda.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standing: Vec<StandingItem>,
}

/// Something that is on every agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct StandingItem {
    /// Its id, which stays.
    pub id: String,
    /// Where it stands.
    pub section: Section,
    /// What it is.
    pub title: String,
    /// How long, minutes.
    pub minutes: u32,
    /// Who leads it.
    #[serde(default)]
    pub person: Option<PersonId>,
}

/// One meeting is at another time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingMoved {
    /// Which meeting.
    pub meeting: MeetingId,
    /// On which day.
    pub day: Day,
    /// When it begins, minutes since midnight in the workspace's time zone.
    pub minute_of_day: u16,
    /// How long it takes, minutes.
    pub minutes: u32,
    /// Why.
    pub reason: String,
}

/// Whose turn it is to facilitate one meeting, where that is not who is next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacilitatorChosen {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Who.
    pub person: PersonId,
    /// Who was next, and why it is not them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// An item of an agenda was changed, or added; what is left out stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItemSet {
    /// Of which meeting.
    pub meeting: MeetingId,
    /// Which item.
    pub item: ItemId,
    /// What changed.
    pub change: ItemChange,
}

/// Fields of an agenda item to set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ItemChange {
    /// What it is, for one that somebody added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Section>,
    /// Its place: items stand in the order of these numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[specta(type = Option<f64>)]
    pub rank: Option<i64>,
    /// How long, minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Who leads it; an empty text for nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// What to prepare.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Why it was dropped; an empty text brings it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropped: Option<String>,
    /// Whether it is on the agenda for certain (`false`: in the queue for certain), whatever fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_chosen: Option<bool>,
    /// Takes back that somebody chose: what fits decides again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_unchosen: bool,
}

/// An agenda as it was shared before the meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaFrozen {
    /// Of which meeting.
    pub meeting: MeetingId,
    /// What is on it, in its order.
    pub items: Vec<AgendaItem>,
    /// What waits in the queue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<AgendaItem>,
}

/// How an item ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// Talked through; what was decided and promised stands beside it.
    Done,
    /// Simply understood: nothing to decide.
    Understood,
    /// For the next meeting.
    NextTime,
    /// Into the parking lot.
    Parked,
}

/// Whether a person was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Attendance {
    /// There.
    Present,
    /// Not there, and said so before.
    Excused,
    /// Not there.
    Absent,
}

/// A note under an item, as it stands; an empty text takes it away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteWritten {
    /// In which meeting.
    pub meeting: MeetingId,
    /// Under which item; nothing for the parking lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// Which note.
    pub note: NoteId,
    /// What it says.
    pub text: String,
}

/// What a person said in the closing round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundSaid {
    /// In which meeting.
    pub meeting: MeetingId,
    /// Who.
    pub person: PersonId,
    /// From 1 to 10; nothing where they gave none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<u8>,
    /// Their word.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub word: String,
}

/// The minutes' own words were changed; the last word counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesEdited {
    /// Of which meeting.
    pub meeting: MeetingId,
    /// Under which item; nothing for the words that stand above all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// What stands there.
    pub text: String,
}

/// The minutes were sent, as they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesSent {
    /// Of which meeting.
    pub meeting: MeetingId,
    /// From 1.
    pub version: u32,
    /// The whole of them, as the engine writes them.
    pub body: serde_json::Value,
}
