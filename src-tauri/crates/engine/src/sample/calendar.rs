//! Public holidays of northern Germany and the company's winter closing, computed for any year.

use plaza_domain::day::{Calendar, Day, Week};
use plaza_domain::language::Language;

use super::words::pick;

/// Monday to Friday.
const WEEKDAYS: [bool; 7] = [true, true, true, true, true, false, false];

/// What the days between Christmas and the first Monday of the year are called.
const CLOSED: [&str; 3] = ["Winter closing", "Betriebsruhe", "Cierre de invierno"];

/// Easter Sunday by the anonymous Gregorian computus (Meeus, *Astronomical Algorithms*, chapter 8).
#[allow(clippy::many_single_char_names)] // the letters of the published algorithm
fn easter(year: i32) -> Option<Day> {
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Day::from_ymd(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

/// Public holidays of a year, with their names in English, German and Spanish.
fn public(year: i32) -> Vec<(Day, [&'static str; 3])> {
    let fixed = [
        (1, 1, ["New Year’s Day", "Neujahr", "Año Nuevo"]),
        (5, 1, ["Labour Day", "Tag der Arbeit", "Día del Trabajo"]),
        (10, 3, ["German Unity Day", "Tag der Deutschen Einheit", "Día de la Unidad Alemana"]),
        (10, 31, ["Reformation Day", "Reformationstag", "Día de la Reforma"]),
        (12, 25, ["Christmas Day", "1. Weihnachtstag", "Navidad"]),
        (12, 26, ["Second Day of Christmas", "2. Weihnachtstag", "San Esteban"]),
    ];
    let moving = [
        (-2, ["Good Friday", "Karfreitag", "Viernes Santo"]),
        (1, ["Easter Monday", "Ostermontag", "Lunes de Pascua"]),
        (39, ["Ascension Day", "Christi Himmelfahrt", "Ascensión"]),
        (50, ["Whit Monday", "Pfingstmontag", "Lunes de Pentecostés"]),
    ];
    let fixed =
        fixed.into_iter().filter_map(|(month, day, name)| Some((Day::from_ymd(year, month, day)?, name)));
    let moving =
        easter(year).into_iter().flat_map(|sunday| moving.map(|(after, name)| (sunday.plus(after), name)));
    fixed.chain(moving).collect()
}

/// The week between the years, in which the house is closed from Monday to Sunday.
pub(super) fn quiet_week(year: i32) -> Option<Week> {
    Some(Day::from_ymd(year, 12, 30)?.week())
}

/// The days of the winter closing that begins in `year`: from Christmas Eve to the Sunday of the quiet week, and to
/// New Year's Day at least.
fn closing(year: i32) -> impl Iterator<Item = Day> {
    let first = Day::from_ymd(year, 12, 24);
    let last = quiet_week(year).map(Week::sunday).max(Day::from_ymd(year + 1, 1, 1));
    let days = first.zip(last).map(|(first, last)| (first.0..=last.0).map(Day));
    days.into_iter().flatten()
}

/// Every day from the first of `years` to the last on which the company does not work, weekends left out, each with
/// its name.
pub fn holidays(years: std::ops::RangeInclusive<i32>, language: Language) -> Vec<(Day, &'static str)> {
    let mut days: Vec<(Day, &'static str)> =
        years.clone().flat_map(public).map(|(day, names)| (day, pick(language, names))).collect();
    let closed: Vec<Day> =
        years.flat_map(closing).filter(|day| days.iter().all(|(known, _)| known != day)).collect();
    days.extend(closed.into_iter().map(|day| (day, pick(language, CLOSED))));
    days.retain(|(day, _)| WEEKDAYS[usize::from(day.weekday())]);
    days.sort_unstable();
    days
}

/// The calendars that things happen by.
pub(super) struct Calendars {
    /// When the house works.
    pub(super) house: Calendar,
    /// When banks move money: between the years too.
    pub(super) bank: Calendar,
}

impl Calendars {
    /// The calendars for a history that ends on `last`.
    pub(super) fn until(last: Day) -> Self {
        let years = years(last);
        let house = holidays(years.clone(), Language::En).into_iter().map(|(day, _)| day);
        let bank = years.flat_map(public).map(|(day, _)| day);
        Self { house: Calendar::working_days(WEEKDAYS, house), bank: Calendar::working_days(WEEKDAYS, bank) }
    }
}

/// The years that a history ending on `last` and its plans touch.
pub(super) fn years(last: Day) -> std::ops::RangeInclusive<i32> {
    let (year, _) = last.week().iso();
    year - 2..=year + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for (year, sunday) in
            [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2027, "2027-03-28")]
        {
            assert_eq!(easter(year).unwrap().to_string(), sunday);
        }
    }

    #[test]
    fn the_house_is_closed_for_a_whole_week_between_the_years() {
        for year in 2022..2034 {
            let quiet = quiet_week(year).unwrap();
            let calendar = Calendars::until(quiet.sunday()).house;
            assert_eq!(calendar.count(quiet.monday().plus(-1), quiet.sunday()), 0, "{quiet}");
            let around = calendar.count(quiet.monday().plus(-8), quiet.sunday().plus(7));
            assert!((5..=10).contains(&around), "{around} working days around {quiet}");
        }
    }
}
