//! Whether an integration owes a drill.

use plaza_domain::day::Day;
use plaza_domain::event::DrillResult;
use plaza_domain::workspace::TimeZone;
use plaza_store::view::{DrillAct, DrillWord};

/// A drill is owed again after so many days: twelve months.
pub(crate) const OWED_DAYS: i32 = 365;

/// What is known of an integration's drills.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Drills {
    /// The day of the last drill of any kind.
    pub last: Option<Day>,
    /// The day of the last outage.
    pub last_outage: Option<Day>,
}

impl Drills {
    pub(crate) fn of(acts: &[DrillAct], zone: TimeZone) -> Self {
        let mut drills = Self::default();
        for said in acts {
            let DrillWord::Held(held) = &said.word else { continue };
            let day = Some(zone.day_at(held.ended_at));
            drills.last = drills.last.max(day);
            if matches!(held.result, DrillResult::Outage(_)) {
                drills.last_outage = drills.last_outage.max(day);
            }
        }
        drills
    }

    /// The day from which a drill is owed: a year after the last one, or after the activation where there was none since;
    /// nothing for an integration that is not active.
    pub(crate) fn owed_from(&self, active_since: Option<Day>) -> Option<Day> {
        let since = active_since?.max(self.last.unwrap_or(Day(i32::MIN)));
        Some(since.plus(OWED_DAYS + 1))
    }

    /// Whether a drill is owed today.
    pub(crate) fn is_debt(&self, active_since: Option<Day>, today: Day) -> bool {
        self.owed_from(active_since).is_some_and(|from| from <= today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drill_is_owed_a_year_after_the_last_one_or_the_activation() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let never = Drills::default();
        assert!(!never.is_debt(None, day("2026-03-30")), "one that is not active owes nothing");
        let since = Some(day("2025-03-30"));
        assert!(!never.is_debt(since, day("2026-03-30")), "a year is not more than a year");
        assert!(never.is_debt(since, day("2026-03-31")));
        let drilled = Drills { last: Some(day("2025-11-02")), last_outage: None };
        assert!(!drilled.is_debt(since, day("2026-11-02")));
        assert!(drilled.is_debt(since, day("2026-11-03")));
    }
}
