//! When a KPI is proposed for retirement: nobody has talked about it for a long time, although people met.

use crate::day::Day;

/// So many weeks without a word in a meeting, and a KPI is proposed for retirement.
pub const UNDISCUSSED_WEEKS: u32 = 12;

/// Where fewer meetings than this were held in that time, nothing is proposed: what was not talked about because nobody
/// met says nothing about a number. Half of a weekly meeting's twelve.
pub const HELD_MIN: u32 = 6;

const DAYS: i32 = UNDISCUSSED_WEEKS as i32 * 7;

/// What is known of a KPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Since when it is on the board without a break; nothing where it is not on it.
    pub on_board_since: Option<Day>,
    /// When somebody last said that it stays.
    pub kept_on: Option<Day>,
}

/// A meeting that was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// On which day.
    pub day: Day,
    /// Whether the KPI was talked about in it.
    pub is_discussed: bool,
}

/// A proposal to retire a KPI, with its evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The first of the days that were looked at.
    pub from: Day,
    /// Meetings held since then, in none of which it was talked about.
    pub held: u32,
    /// The last meeting in which it was.
    pub last_discussed: Option<Day>,
    /// The day since which it is proposed, as far as the twelve weeks alone decide.
    pub since: Day,
}

/// Whether a KPI is proposed for retirement: it is on the board for twelve weeks, nobody said within them that it stays,
/// at least six meetings were held in them, and it was talked about in none. The twelve weeks are the 84 days before
/// `today`; a meeting of today belongs to them.
pub fn proposal(standing: Standing, meetings: &[Held], today: Day) -> Option<Proposal> {
    let from = today.plus(-DAYS);
    let on_board = standing.on_board_since.filter(|since| *since <= from)?;
    if standing.kept_on.is_some_and(|kept| kept > from) {
        return None;
    }
    let mut held = 0;
    let mut last_discussed = None;
    for meeting in meetings.iter().filter(|meeting| meeting.day <= today) {
        if meeting.day > from {
            if meeting.is_discussed {
                return None;
            }
            held += 1;
        } else if meeting.is_discussed {
            last_discussed = last_discussed.max(Some(meeting.day));
        }
    }
    let quiet_since = [Some(on_board), standing.kept_on, last_discussed].into_iter().flatten().max()?;
    (held >= HELD_MIN).then_some(Proposal { from, held, last_discussed, since: quiet_since.plus(DAYS) })
}

/// The day on which it is asked anew whether a KPI is still needed, after people have said that it stays or have talked
/// about the question.
pub fn asked_again(answered_on: Day) -> Day {
    answered_on.plus(DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day(20_000);

    fn ago(days: i32) -> Day {
        TODAY.plus(-days)
    }

    fn on_board(days: i32) -> Standing {
        Standing { on_board_since: Some(ago(days)), kept_on: None }
    }

    /// Meetings every week, today's first.
    fn weekly(count: i32) -> Vec<Held> {
        (0..count).map(|nth| Held { day: ago(nth * 7), is_discussed: false }).collect()
    }

    #[test]
    fn what_is_not_on_the_board_or_not_long_enough_is_never_proposed() {
        let off = Standing { on_board_since: None, kept_on: None };
        for (standing, is_proposed) in [
            (off, false),
            (on_board(0), false),
            (on_board(-3), false),
            (on_board(83), false),
            (on_board(84), true),
            (on_board(500), true),
        ] {
            assert_eq!(proposal(standing, &weekly(12), TODAY).is_some(), is_proposed, "{standing:?}");
        }
    }

    #[test]
    fn too_few_meetings_say_nothing() {
        assert_eq!(proposal(on_board(200), &[], TODAY), None);
        assert_eq!(proposal(on_board(200), &weekly(5), TODAY), None);
        let found = proposal(on_board(200), &weekly(6), TODAY).unwrap();
        assert_eq!((found.held, found.from, found.last_discussed), (6, ago(84), None));
        // The sixth is a day too old; another one is still to come.
        let mut older = weekly(5);
        older.push(Held { day: ago(84), is_discussed: false });
        older.push(Held { day: ago(-1), is_discussed: false });
        assert_eq!(proposal(on_board(200), &older, TODAY), None);
    }

    #[test]
    fn one_meeting_that_talked_about_it_is_enough_until_it_is_twelve_weeks_old() {
        for (days, is_proposed) in [(0, false), (42, false), (83, false), (84, true), (85, true)] {
            let mut meetings = weekly(12);
            meetings.push(Held { day: ago(days), is_discussed: true });
            let found = proposal(on_board(300), &meetings, TODAY);
            assert_eq!(found.is_some(), is_proposed, "{days} days ago");
            if let Some(found) = found {
                assert_eq!(found.last_discussed, Some(ago(days)));
                assert_eq!(found.since, ago(days - 84));
            }
        }
    }

    #[test]
    fn what_was_kept_is_asked_about_again_twelve_weeks_later() {
        for (days, is_proposed) in [(0, false), (83, false), (84, true)] {
            let standing = Standing { kept_on: Some(ago(days)), ..on_board(400) };
            assert_eq!(proposal(standing, &weekly(12), TODAY).is_some(), is_proposed, "{days} days ago");
        }
        assert_eq!(asked_again(ago(84)), TODAY);
    }

    #[test]
    fn it_is_proposed_since_the_last_thing_that_spoke_for_it_was_twelve_weeks_old() {
        let standing = Standing { kept_on: Some(ago(100)), ..on_board(400) };
        let mut meetings = weekly(12);
        meetings.push(Held { day: ago(120), is_discussed: true });
        let found = proposal(standing, &meetings, TODAY).unwrap();
        assert_eq!((found.since, found.last_discussed), (ago(16), Some(ago(120))));
    }
}
