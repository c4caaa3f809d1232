//! When the weekly meeting is: one for each ISO week, unless it was cancelled.

use crate::day::{Day, Week};
use crate::event::{MeetingId, MeetingMoved, MeetingSet};

/// One meeting of the series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Its day.
    pub day: Day,
    /// When it begins, minutes since midnight in the workspace's time zone.
    pub minute_of_day: u16,
    /// How long it takes, minutes.
    pub minutes: u32,
    /// The day on which it would have been.
    pub usual_day: Day,
    /// When it would have begun.
    pub usual_minute_of_day: u16,
}

impl Occurrence {
    /// Whether it was moved.
    pub fn is_moved(&self) -> bool {
        (self.day, self.minute_of_day) != (self.usual_day, self.usual_minute_of_day)
    }
}

/// The name of a week's meeting: the week itself, whatever day it is moved to.
pub fn meeting_of(week: Week) -> MeetingId {
    MeetingId(week.to_string())
}

/// The week whose meeting it is.
pub fn week_of(meeting: &MeetingId) -> Option<Week> {
    meeting.as_str().parse().ok()
}

/// When a week's meeting is. `versions` are the set-ups in their order, the last word last; `moved` where it was moved.
/// Nothing before the first set-up was in force.
pub fn occurrence(versions: &[MeetingSet], week: Week, moved: Option<&MeetingMoved>) -> Option<Occurrence> {
    let in_force = |set: &&MeetingSet| set.from <= week.monday().plus(i32::from(set.weekday.min(6)));
    let set = versions.iter().rev().find(in_force)?;
    let usual_day = week.monday().plus(i32::from(set.weekday.min(6)));
    let usual = Occurrence {
        meeting: meeting_of(week),
        day: usual_day,
        minute_of_day: set.minute_of_day,
        minutes: set.minutes,
        usual_day,
        usual_minute_of_day: set.minute_of_day,
    };
    Some(match moved {
        Some(moved) => {
            Occurrence { day: moved.day, minute_of_day: moved.minute_of_day, minutes: moved.minutes, ..usual }
        }
        None => usual,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn set(from: &str, weekday: u8) -> MeetingSet {
        MeetingSet {
            from: from.parse().unwrap(),
            weekday,
            minute_of_day: 540,
            minutes: 60,
            place: String::new(),
            link: String::new(),
            attendees: BTreeSet::new(),
            facilitators: Vec::new(),
            standing: Vec::new(),
        }
    }

    #[test]
    fn a_new_set_up_counts_from_its_day_on_and_moves_no_meeting_of_the_past() {
        let versions = [set("2026-01-01", 0), set("2026-03-11", 2)];
        let day =
            |week: &str| occurrence(&versions, week.parse().unwrap(), None).map(|one| one.day.to_string());
        assert_eq!(day("2025-W52"), None);
        assert_eq!(day("2026-W10").as_deref(), Some("2026-03-02"));
        assert_eq!(day("2026-W11").as_deref(), Some("2026-03-11"));
    }

    #[test]
    fn a_moved_meeting_keeps_its_name_even_in_another_week() {
        let versions = [set("2026-01-01", 0)];
        let week: Week = "2026-W11".parse().unwrap();
        let moved = MeetingMoved {
            meeting: meeting_of(week),
            day: "2026-03-17".parse().unwrap(),
            minute_of_day: 600,
            minutes: 45,
            reason: "audit".into(),
        };
        let one = occurrence(&versions, week, Some(&moved)).unwrap();
        assert!(one.is_moved());
        assert_eq!((one.day.to_string().as_str(), one.minutes), ("2026-03-17", 45));
        assert_eq!(week_of(&one.meeting), Some(week));
    }
}
