//! Moments in the form in which a database writes them: read, moved, and written in the same form again.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// How a moment is written: `2026-01-02`, `2026-01-02 03:04:05.678+00`, `2026-01-02T03:04:05Z`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// Between day and time; none where there is only the day.
    separator: Option<char>,
    /// Digits behind the second.
    fraction: usize,
    /// What stands behind the time: nothing, `Z`, an offset.
    suffix: String,
}

/// Digits behind the second that Plaza moves; a finer text is none of a moment.
const FRACTION_MAX: usize = 9;

impl Form {
    /// A day.
    pub(super) const fn day() -> Self {
        Self { separator: None, fraction: 0, suffix: String::new() }
    }

    /// A day and a time, to the microsecond.
    pub(super) fn time(suffix: &str) -> Self {
        Self { separator: Some(' '), fraction: 6, suffix: suffix.to_owned() }
    }

    /// A day and a time, to the millisecond.
    pub(super) const fn short_time() -> Self {
        Self { separator: Some(' '), fraction: 3, suffix: String::new() }
    }

    /// A text's moment and form; none where it is no moment.
    pub(super) fn of(text: &str) -> Option<(NaiveDateTime, Self)> {
        let day = NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?;
        let rest = text.get(10..)?;
        let Some(separator) = rest.chars().next() else {
            return Some((day.and_time(NaiveTime::MIN), Self::day()));
        };
        let rest = rest.strip_prefix([' ', 'T'])?;
        let clock = rest.get(..8)?;
        let clock = NaiveTime::parse_from_str(clock, "%H:%M:%S").ok()?;
        let rest = rest.get(8..)?;
        let (digits, suffix) = match rest.strip_prefix('.') {
            Some(behind) => {
                let end = behind.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(behind.len());
                behind.split_at(end)
            }
            None => ("", rest),
        };
        let is_suffix = suffix.is_empty()
            || suffix == "Z"
            || (suffix.starts_with(['+', '-'])
                && suffix.bytes().skip(1).all(|byte| byte.is_ascii_digit() || byte == b':'));
        if digits.len() > FRACTION_MAX || !is_suffix {
            return None;
        }
        let nanos: i64 = format!("{digits:0<9}").parse().ok()?;
        let moment = day.and_time(clock) + Duration::nanoseconds(nanos);
        Some((moment, Self { separator: Some(separator), fraction: digits.len(), suffix: suffix.to_owned() }))
    }

    /// A moment in this form.
    pub(super) fn write(&self, moment: NaiveDateTime) -> String {
        let Some(separator) = self.separator else { return moment.format("%Y-%m-%d").to_string() };
        let mut text = moment.format(&format!("%Y-%m-%d{separator}%H:%M:%S")).to_string();
        if self.fraction > 0 {
            let nanos = moment.format("%9f").to_string();
            text.push('.');
            text.push_str(nanos.get(..self.fraction).unwrap_or(&nanos));
        }
        text + &self.suffix
    }

    /// The first text of this form that is not before a moment.
    pub(super) fn not_before(&self, moment: DateTime<Utc>) -> String {
        let moment = moment.naive_utc();
        if self.separator.is_none() && moment.time() != NaiveTime::MIN {
            return self.write(moment + Duration::days(1));
        }
        self.write(moment)
    }
}

/// A text moved back by some seconds, by whole days where it is a day; as it is where it is no moment.
pub(super) fn moved_back(text: &str, seconds: u32) -> Option<String> {
    let (moment, form) = Form::of(text)?;
    let back = if form.separator.is_none() {
        Duration::days(i64::from(seconds.div_ceil(86_400)))
    } else {
        Duration::seconds(i64::from(seconds))
    };
    Some(form.write(moment.checked_sub_signed(back)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_moves_and_keeps_its_form() {
        let cases = [
            ("2026-01-02", 60, Some("2026-01-01")),
            ("2026-03-01 00:00:10", 20, Some("2026-02-28 23:59:50")),
            ("2026-01-02T03:04:05Z", 5, Some("2026-01-02T03:04:00Z")),
            ("2026-01-02 03:04:05.678+00", 5, Some("2026-01-02 03:04:00.678+00")),
            ("2026-01-02 03:04:05.123456+05:30", 1, Some("2026-01-02 03:04:04.123456+05:30")),
            ("17", 5, None),
            ("yesterday, or so", 5, None),
            ("2026-01-02 03:04", 5, None),
            ("infinity", 5, None),
        ];
        for (text, seconds, expected) in cases {
            assert_eq!(moved_back(text, seconds).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_bound_of_days_takes_the_whole_of_its_last_day() {
        let noon = DateTime::from_timestamp(1_767_355_200, 0).unwrap();
        assert_eq!(Form::day().not_before(noon), "2026-01-03");
        assert_eq!(Form::time("+00").not_before(noon), "2026-01-02 12:00:00.000000+00");
    }
}
