//! Dates as people write them in a column. An order of day and month is inferred from the whole column and asked
//! for where every day is 12 or less; it is never guessed.

use plaza_domain::day::{Day, Week};

/// Whether the day or the month stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `31/12/2024`.
    DayMonth,
    /// `12/31/2024`.
    MonthDay,
}

/// A cell that reads as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// In one way only.
    Certain(Day),
    /// Two numbers and a year; which is the day has to be known.
    Numbers { first: u32, second: u32, year: i32 },
}

/// Years that a chart can be about; anything else is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Beginnings of month names in English, German and Spanish.
const MONTHS: [(&str, u32); 24] = [
    ("jan", 1),
    ("ene", 1),
    ("feb", 2),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("apr", 4),
    ("abr", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("ago", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
    ("dic", 12),
    ("maa", 3),
    ("mei", 5),
];

/// Reads a cell as a date, without knowing the order of day and month.
pub(super) fn read(cell: &str) -> Option<Written> {
    let cell = cell.trim();
    if let Some((year, week)) = cell.to_ascii_uppercase().replace('_', "-").split_once('W') {
        let week = format!("{}-W{:0>2}", year.trim_end_matches('-'), week.trim());
        return week.parse::<Week>().ok().map(|week| Written::Certain(week.monday())).filter(is_plausible);
    }
    // A time of day after the date is left out.
    let date =
        match cell.split_once('T').or_else(|| cell.split_once(' ').filter(|(_, time)| time.contains(':'))) {
            Some((date, time)) if time.starts_with(|first: char| first.is_ascii_digit()) => date,
            _ => cell,
        };
    let tokens: Vec<&str> = date
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|token| !token.is_empty() && *token != "de")
        .collect();
    let written = match tokens.as_slice() {
        [digits] if digits.len() == 8 => {
            ymd(digits.get(..4)?, digits.get(4..6)?.parse().ok()?, digits.get(6..)?.parse().ok()?)
        }
        [year, month] if year.len() == 4 && is_digits(month) => ymd(year, month.parse().ok()?, 1),
        [month, year] if year.len() == 4 && month_named(month).is_some() => ymd(year, month_named(month)?, 1),
        [year, month, day] if year.len() == 4 && is_digits(year) => {
            ymd(year, month_named(month).or_else(|| month.parse().ok())?, day.parse().ok()?)
        }
        [day, month, year] if month_named(month).is_some() => {
            ymd(year, month_named(month)?, day.parse().ok()?)
        }
        [month, day, year] if month_named(month).is_some() => {
            ymd(year, month_named(month)?, day.parse().ok()?)
        }
        [first, second, year] if [first, second].iter().all(|part| part.len() <= 2 && is_digits(part)) => {
            let (first, second): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
            // One of the two has to be a day and the other a month.
            let possible = first.min(second) >= 1 && first.min(second) <= 12 && first.max(second) <= 31;
            possible.then_some(Written::Numbers { first, second, year: full_year(year)? })
        }
        _ => None,
    };
    written.filter(is_plausible)
}

impl Written {
    /// The day, once the order is known.
    pub(super) fn day(self, order: DateOrder) -> Option<Day> {
        match self {
            Self::Certain(day) => Some(day),
            Self::Numbers { first, second, year } => match order {
                DateOrder::DayMonth => Day::from_ymd(year, second, first),
                DateOrder::MonthDay => Day::from_ymd(year, first, second),
            },
        }
    }
}

/// What a column says about the order of day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// Every date reads in one way only, or the numbers agree on an order.
    Order(DateOrder),
    /// Every day is 12 or less.
    Ambiguous,
    /// Some dates need the day first, others the month: positions of one of each.
    Contradiction(usize, usize),
}

/// Weighs a whole column.
pub(super) fn evidence(cells: &[Option<Written>]) -> Evidence {
    let find = |wanted: fn(u32, u32) -> bool| {
        cells.iter().position(
            |cell| matches!(cell, Some(Written::Numbers { first, second, .. }) if wanted(*first, *second)),
        )
    };
    match (find(|first, _| first > 12), find(|_, second| second > 12)) {
        (Some(day), Some(month)) => Evidence::Contradiction(day, month),
        (None, Some(_)) => Evidence::Order(DateOrder::MonthDay),
        (None, None) if find(|first, second| first != second).is_some() => Evidence::Ambiguous,
        // The day first, or the same day either way.
        _ => Evidence::Order(DateOrder::DayMonth),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn month_named(token: &str) -> Option<u32> {
    let start: String = token.to_lowercase().chars().take(3).collect();
    MONTHS.iter().find(|(name, _)| *name == start).map(|(_, month)| *month)
}

/// Two digits are a year of this century up to 69, as POSIX has it.
fn full_year(text: &str) -> Option<i32> {
    let year: i32 = is_digits(text).then(|| text.parse().ok())??;
    match text.len() {
        4 => Some(year),
        2 if year < 70 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

fn ymd(year: &str, month: u32, day: u32) -> Option<Written> {
    Day::from_ymd(full_year(year)?, month, day).map(Written::Certain)
}

fn is_plausible(written: &Written) -> bool {
    use chrono::Datelike;
    match written {
        Written::Certain(day) => YEARS.contains(&day.to_date().year()),
        Written::Numbers { year, .. } => YEARS.contains(year),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a test may stop at once
mod tests {
    use super::*;

    #[test]
    fn dates_that_read_in_one_way() {
        for (cell, expected) in [
            ("2024-03-04", "2024-03-04"),
            ("2024/3/4", "2024-03-04"),
            ("20240304", "2024-03-04"),
            ("2024-03-04T08:00:00Z", "2024-03-04"),
            ("2024-03-04 08:00", "2024-03-04"),
            ("2024-W10", "2024-03-04"),
            ("2024W10", "2024-03-04"),
            ("2024-03", "2024-03-01"),
            ("4 Mar 2024", "2024-03-04"),
            ("4. März 2024", "2024-03-04"),
            ("4 de marzo de 2024", "2024-03-04"),
            ("March 4, 2024", "2024-03-04"),
            ("Mar 2024", "2024-03-01"),
        ] {
            assert_eq!(read(cell), Some(Written::Certain(expected.parse().unwrap())), "{cell}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for cell in [
            "",
            "abc",
            "12",
            "3.5",
            "2024-13-01",
            "2024-02-30",
            "0024-03-04",
            "00:00.0",
            "13/13/2024",
            "1/2/3",
            "2024-W54",
            "9999-01-01",
        ] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    #[test]
    fn the_order_is_inferred_from_the_whole_column_and_never_guessed() {
        let column = |cells: &[&str]| evidence(&cells.iter().map(|cell| read(cell)).collect::<Vec<_>>());
        assert_eq!(column(&["01/02/2024", "13/02/2024"]), Evidence::Order(DateOrder::DayMonth));
        assert_eq!(column(&["01/02/2024", "02/13/2024"]), Evidence::Order(DateOrder::MonthDay));
        assert_eq!(column(&["01/02/2024", "08.02.2024"]), Evidence::Ambiguous);
        assert_eq!(column(&["13/02/2024", "02/13/2024"]), Evidence::Contradiction(0, 1));
        assert_eq!(column(&["2024-02-01"]), Evidence::Order(DateOrder::DayMonth));
        assert_eq!(read("01/02/24").unwrap().day(DateOrder::MonthDay), Day::from_ymd(2024, 1, 2));
    }
}
