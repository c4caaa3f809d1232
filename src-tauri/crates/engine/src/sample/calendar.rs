//! Public holidays of northern Germany, computed for any year.

use plaza_domain::day::Day;

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

/// The public holidays of a year with their names, and the days on which this company is closed.
pub fn holidays(year: i32) -> Vec<(Day, &'static str)> {
    let fixed = [
        (1, 1, "New Year’s Day"),
        (5, 1, "Labour Day"),
        (10, 3, "German Unity Day"),
        (10, 31, "Reformation Day"),
        (12, 24, "Closed for Christmas"),
        (12, 25, "Christmas Day"),
        (12, 26, "Second Day of Christmas"),
        (12, 31, "Closed for New Year"),
    ];
    let moving = [(-2, "Good Friday"), (1, "Easter Monday"), (39, "Ascension Day"), (50, "Whit Monday")];
    let mut days: Vec<(Day, &'static str)> = fixed
        .into_iter()
        .filter_map(|(month, day, name)| Some((Day::from_ymd(year, month, day)?, name)))
        .chain(
            easter(year)
                .into_iter()
                .flat_map(|sunday| moving.map(|(after, name)| (sunday.plus(after), name))),
        )
        .collect();
    days.sort_unstable();
    days
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
}
