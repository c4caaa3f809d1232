//! What a person can be reminded of.

use serde::{Deserialize, Serialize};

use crate::day::Day;

/// Minutes before a meeting at which it reminds.
pub const SOON_MINUTES: i64 = 30;

const MINUTE_MS: i64 = 60_000;

/// What reminds; each can be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ReminderKind {
    /// The meeting is about to begin.
    Meeting,
    /// What I promised is due.
    Commitment,
    /// A question or a mention waits for me.
    Thread,
    /// A need waits for my department's answer.
    Need,
    /// Something that an integration needs of me.
    Attention,
    /// A visit to another department, its debrief, or a swap that waits for me.
    Visit,
}

impl ReminderKind {
    /// All of them, what presses most first.
    pub const ALL: [Self; 6] =
        [Self::Meeting, Self::Commitment, Self::Thread, Self::Need, Self::Attention, Self::Visit];
}

/// How far a matter is. It reminds once at each stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// It begins soon: a meeting within half an hour, a visit within four days.
    Soon,
    /// It is overdue.
    Overdue,
    /// It is due today.
    Today,
    /// It is due tomorrow.
    Tomorrow,
    /// It is at another time or place than was told.
    Moved,
    /// It does not happen, and was told.
    Off,
    /// It waits for an answer.
    Waits,
}

impl Stage {
    const fn word(self) -> &'static str {
        match self {
            Self::Soon => "soon",
            Self::Overdue => "overdue",
            Self::Today => "today",
            Self::Tomorrow => "tomorrow",
            Self::Moved => "moved",
            Self::Off => "off",
            Self::Waits => "waits",
        }
    }
}

/// Something to be reminded of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// What it is.
    pub kind: ReminderKind,
    /// Which one: the id of the commitment, need, thread, meeting, matter of an integration, placement or swap.
    pub id: String,
    /// How far it is.
    pub stage: Stage,
    /// What it says, in the person's language.
    pub text: String,
    /// Where it is in the window.
    pub address: String,
}

impl Matter {
    /// Its name and stage: what was told under this is not told again.
    pub fn key(&self) -> String {
        let kind = match self.kind {
            ReminderKind::Meeting => "meeting",
            ReminderKind::Commitment => "commitment",
            ReminderKind::Thread => "thread",
            ReminderKind::Need => "need",
            ReminderKind::Attention => "attention",
            ReminderKind::Visit => "visit",
        };
        format!("{kind}/{}/{}", self.id, self.stage.word())
    }

    /// What presses most comes first.
    pub(super) const fn order(&self) -> (ReminderKind, Stage) {
        (self.kind, self.stage)
    }
}

/// The stage of what is due on a day; nothing while it is further ahead than tomorrow.
pub fn due_stage(due: Day, today: Day) -> Option<Stage> {
    match due - today {
        ..=-1 => Some(Stage::Overdue),
        0 => Some(Stage::Today),
        1 => Some(Stage::Tomorrow),
        _ => None,
    }
}

/// Whether something that begins at a moment begins within half an hour and has not begun; milliseconds since 1970 UTC.
pub const fn is_soon(begins_ms: i64, now_ms: i64) -> bool {
    begins_ms > now_ms && begins_ms - now_ms <= SOON_MINUTES * MINUTE_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_has_three_stages() {
        let today = Day(20_000);
        for (days, stage) in [
            (-40, Some(Stage::Overdue)),
            (-1, Some(Stage::Overdue)),
            (0, Some(Stage::Today)),
            (1, Some(Stage::Tomorrow)),
            (2, None),
            (700, None),
        ] {
            assert_eq!(due_stage(today.plus(days), today), stage, "{days} days ahead");
        }
    }

    #[test]
    fn a_meeting_reminds_from_half_an_hour_before_until_it_begins() {
        for (minutes, soon) in [(-1, false), (0, false), (1, true), (30, true), (31, false)] {
            assert_eq!(
                is_soon(1_000_000_000 + minutes * MINUTE_MS, 1_000_000_000),
                soon,
                "in {minutes} minutes"
            );
        }
    }
}
