//! Whether wins name only one department: a quarter's worth of them is looked at.

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::day::Day;
use crate::department::DepartmentId;

/// With fewer wins than these in a quarter, one name on all of them is chance.
pub const ALONE_MIN: usize = 3;

/// The departments that a win names: those named as such, and those of the people named.
pub type Named = BTreeSet<DepartmentId>;

/// The one department whose name is on all of a quarter's wins, and no other's on any. Wins that name nobody yet say
/// nothing either way.
pub fn only_department(wins: &[Named]) -> Option<&DepartmentId> {
    let mut named = wins.iter().filter(|named| !named.is_empty());
    if named.clone().count() < ALONE_MIN {
        return None;
    }
    let first = named.next()?;
    let only = first.first().filter(|_| first.len() == 1)?;
    named.all(|other| other == first).then_some(only)
}

/// The quarter of a day: its year, and 1–4.
pub fn quarter_of(day: Day) -> (i32, u32) {
    let date = day.to_date();
    (date.year(), date.month0() / 3 + 1)
}

/// The first day of a quarter; nothing for one that there is not.
pub fn quarter_start(year: i32, quarter: u32) -> Option<Day> {
    let month = quarter.checked_sub(1)?.checked_mul(3)?.checked_add(1)?;
    Day::from_ymd(year, month, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn named(names: &[&str]) -> Named {
        names.iter().map(|name| name.parse().unwrap()).collect()
    }

    #[test]
    fn one_name_on_all_of_enough_wins_is_noticed_and_nothing_else() {
        let sales = || named(&["sales"]);
        assert_eq!(only_department(&[]), None);
        assert_eq!(only_department(&[sales(), sales()]), None);
        assert_eq!(only_department(&[sales(), sales(), named(&[])]), None);
        assert_eq!(only_department(&[sales(), named(&[]), sales(), sales()]), sales().first());
        assert_eq!(only_department(&[sales(), sales(), named(&["sales", "finance"])]), None);
        assert_eq!(only_department(&[sales(), sales(), named(&["finance"])]), None);
    }

    #[test]
    fn there_is_no_fifth_quarter() {
        assert_eq!(quarter_start(2026, 0), None);
        assert_eq!(quarter_start(2026, 5), None);
    }

    proptest! {
        #[test]
        fn a_day_lies_in_its_quarter(day in 0i32..40_000) {
            let (year, quarter) = quarter_of(Day(day));
            let start = quarter_start(year, quarter).unwrap();
            prop_assert!(start <= Day(day) && Day(day) < start.plus(93));
            prop_assert_eq!(quarter_of(start), (year, quarter));
        }
    }
}
