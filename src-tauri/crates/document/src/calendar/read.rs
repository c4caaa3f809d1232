//! Reads from a calendar that another program wrote (RFC 5545) when somebody is not there.
//!
//! Only what an entry says by itself counts: one that repeats by a rule is left out and counted, so that whoever reads it
//! knows. What an entry is about is not looked at: why somebody is not there is nobody's business.

use plaza_domain::day::Day;
use plaza_domain::workspace::TimeZone;

/// Octets of a calendar: a person's for many years has far fewer.
const OCTETS_MAX: usize = 8 * 1024 * 1024;

/// Entries of a calendar.
const ENTRIES_MAX: usize = 20_000;

/// Somebody who is away for so long on a day is not there on it: four hours, seconds.
const DAY_IS_LOST: i64 = 4 * 3_600;

const DAY: i64 = 86_400;

/// Days on which somebody is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Away {
    /// The first.
    pub from: Day,
    /// The last, included.
    pub until: Day,
}

/// What a calendar says about somebody's being there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimesAway {
    /// The days, in their order; what touches is one.
    pub away: Vec<Away>,
    /// Entries that repeat by a rule, and were not counted.
    pub repeating: u32,
    /// Entries during which somebody is there all the same: marked as free, or cancelled.
    pub free: u32,
    /// Entries that leave enough of each day: shorter than four hours on it.
    pub short: u32,
}

/// Why a calendar cannot be read. Lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// It is something else.
    #[error("this is no calendar file: it does not begin with BEGIN:VCALENDAR")]
    NoCalendar,
    /// It is too large.
    #[error("this is more than a person's calendar: at most 8 megabytes and {ENTRIES_MAX} entries are read")]
    TooLarge,
    /// A line that has no name and value.
    #[error("line {line} is no line of a calendar")]
    NoLine {
        /// Which.
        line: usize,
    },
    /// Something ends that did not begin, or something else has to end before.
    #[error("line {line} ends “{what}”, which was not open")]
    NotOpen {
        /// Which.
        line: usize,
        /// What it ends.
        what: String,
    },
    /// It stops in the middle.
    #[error("the calendar stops in the middle: the file was not copied whole")]
    Unfinished,
    /// Neither a day nor a time nor a length.
    #[error("line {line}: “{text}” is neither a day nor a time")]
    NoTime {
        /// Which.
        line: usize,
        /// What it says instead.
        text: String,
    },
    /// An entry does not say when.
    #[error("the entry that ends in line {line} does not say when it begins")]
    NoStart {
        /// Which.
        line: usize,
    },
    /// An entry ends before it begins.
    #[error("the entry that ends in line {line} is over before it begins")]
    EndsFirst {
        /// Which.
        line: usize,
    },
}

/// Reads when somebody is not there; `zone` is where their days are counted.
///
/// Days are lost by entries of whole days, and by others that take four hours or more of them. Times without a zone, or of
/// one whose name nobody knows, are those of `zone`.
///
/// # Errors
/// [`ReadFault`] says what is wrong, and where.
pub fn away(text: &str, zone: TimeZone) -> Result<TimesAway, ReadFault> {
    if text.len() > OCTETS_MAX {
        return Err(ReadFault::TooLarge);
    }
    let mut read = Reading { zone, found: TimesAway::default(), open: Vec::new(), entry: Entry::default() };
    let (mut entries, mut began) = (0, false);
    for (line, content) in unfolded(text.trim_start_matches('\u{feff}')) {
        let content = Content::of(&content).ok_or(if began {
            ReadFault::NoLine { line }
        } else {
            ReadFault::NoCalendar
        })?;
        let is_calendar = content.name == "BEGIN" && content.value.eq_ignore_ascii_case("VCALENDAR");
        if !began && !is_calendar {
            return Err(ReadFault::NoCalendar);
        }
        began = true;
        entries += usize::from(content.name == "BEGIN" && content.value.eq_ignore_ascii_case("VEVENT"));
        if entries > ENTRIES_MAX {
            return Err(ReadFault::TooLarge);
        }
        read.hear(line, &content)?;
    }
    match (began, read.open.is_empty()) {
        (false, _) => Err(ReadFault::NoCalendar),
        (true, false) => Err(ReadFault::Unfinished),
        (true, true) => {
            read.found.away = joined(read.found.away);
            Ok(read.found)
        }
    }
}

/// Lines as they were before they were folded, each with the number of its first; empty ones are left out.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (nth, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, last))) => last.push_str(rest),
            _ if line.trim().is_empty() => {}
            _ => lines.push((nth + 1, line.to_owned())),
        }
    }
    lines
}

/// A name, its parameters and its value.
struct Content<'a> {
    name: String,
    parameters: Vec<(String, &'a str)>,
    value: &'a str,
}

impl<'a> Content<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let mut quoted = false;
        let colon = line.find(|letter| {
            quoted ^= letter == '"';
            letter == ':' && !quoted
        })?;
        let (head, value) = (line.get(..colon)?, line.get(colon + 1..)?);
        let mut pieces = pieces(head).into_iter();
        let name = pieces.next().filter(|name| !name.is_empty())?;
        if !name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.')) {
            return None;
        }
        let parameters = pieces
            .filter_map(|piece| piece.split_once('='))
            .map(|(name, value)| (name.to_ascii_uppercase(), value.trim_matches('"')));
        Some(Self { name: name.to_ascii_uppercase(), parameters: parameters.collect(), value: value.trim() })
    }

    fn parameter(&self, name: &str) -> Option<&'a str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }
}

/// What semicolons outside quotes part.
fn pieces(head: &str) -> Vec<&str> {
    let mut quoted = false;
    head.split(|letter| {
        quoted ^= letter == '"';
        letter == ';' && !quoted
    })
    .collect()
}

/// When an entry begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    Day(Day),
    /// What the clocks show, seconds since 1970-01-01T00:00.
    Shown(i64),
}

impl Moment {
    fn seconds(self) -> i64 {
        match self {
            Self::Day(day) => i64::from(day.0) * DAY,
            Self::Shown(seconds) => seconds,
        }
    }
}

/// What is known of the entry that is being read.
#[derive(Default)]
struct Entry {
    start: Option<Moment>,
    end: Option<Moment>,
    /// Seconds.
    length: Option<i64>,
    is_free: bool,
    is_repeating: bool,
}

struct Reading {
    zone: TimeZone,
    found: TimesAway,
    /// What has begun and not ended, the innermost last.
    open: Vec<String>,
    entry: Entry,
}

impl Reading {
    fn hear(&mut self, line: usize, content: &Content<'_>) -> Result<(), ReadFault> {
        let word = content.value.to_ascii_uppercase();
        match content.name.as_str() {
            "BEGIN" => {
                if word == "VEVENT" {
                    self.entry = Entry::default();
                }
                self.open.push(word);
                return Ok(());
            }
            "END" => {
                if self.open.pop().as_ref() != Some(&word) {
                    let what = content.value.chars().take(40).collect();
                    return Err(ReadFault::NotOpen { line, what });
                }
                return if word == "VEVENT" { self.end_entry(line) } else { Ok(()) };
            }
            _ => {}
        }
        // An alarm within an entry has times of its own.
        if self.open.last().is_none_or(|open| open != "VEVENT") {
            return Ok(());
        }
        match content.name.as_str() {
            "DTSTART" => self.entry.start = Some(self.moment(line, content)?),
            "DTEND" => self.entry.end = Some(self.moment(line, content)?),
            "DURATION" => self.entry.length = Some(length(&word).ok_or_else(|| no_time(line, content))?),
            "RRULE" | "RDATE" => self.entry.is_repeating = true,
            "STATUS" => self.entry.is_free |= word == "CANCELLED",
            "TRANSP" => self.entry.is_free |= word == "TRANSPARENT",
            // What another program says of those who work from elsewhere: they are there.
            "X-MICROSOFT-CDO-BUSYSTATUS" => {
                self.entry.is_free |= matches!(word.as_str(), "FREE" | "WORKINGELSEWHERE");
            }
            _ => {}
        }
        Ok(())
    }

    fn moment(&self, line: usize, content: &Content<'_>) -> Result<Moment, ReadFault> {
        let fault = || no_time(line, content);
        let (date, time) = match content.value.split_once(['T', 't']) {
            Some((date, time)) => (date, Some(time)),
            None => (content.value, None),
        };
        let day = day(date).ok_or_else(fault)?;
        let Some(time) = time else { return Ok(Moment::Day(day)) };
        let (time, is_utc) = match time.strip_suffix(['Z', 'z']) {
            Some(time) => (time, true),
            None => (time, false),
        };
        let minute = minute(time).ok_or_else(fault)?;
        let from = if is_utc {
            TimeZone::UTC
        } else {
            content.parameter("TZID").and_then(|name| name.parse().ok()).unwrap_or(self.zone)
        };
        let moment = from.moment_of(day, minute).ok_or_else(fault)?;
        Ok(Moment::Shown(self.zone.seconds_at(moment)))
    }

    fn end_entry(&mut self, line: usize) -> Result<(), ReadFault> {
        let Entry { start, end, length, is_free, is_repeating } = std::mem::take(&mut self.entry);
        if is_free {
            self.found.free += 1;
            return Ok(());
        }
        if is_repeating {
            self.found.repeating += 1;
            return Ok(());
        }
        let start = start.ok_or(ReadFault::NoStart { line })?;
        let is_day = matches!(start, Moment::Day(_));
        let otherwise = if is_day { DAY } else { 0 };
        let end = match (end, length) {
            (Some(end), _) => end.seconds(),
            (None, length) => start.seconds().saturating_add(length.unwrap_or(otherwise)),
        };
        if end < start.seconds() {
            return Err(ReadFault::EndsFirst { line });
        }
        // The end of whole days is the day after the last; some programs say the last itself where it is the first.
        let end = if is_day { end.max(start.seconds() + DAY) } else { end };
        match lost(start.seconds(), end) {
            Some(away) => self.found.away.push(away),
            None => self.found.short += 1,
        }
        Ok(())
    }
}

fn no_time(line: usize, content: &Content<'_>) -> ReadFault {
    ReadFault::NoTime { line, text: content.value.chars().take(40).collect() }
}

/// The days that are lost between two moments, seconds since 1970-01-01T00:00.
fn lost(start: i64, end: i64) -> Option<Away> {
    let (mut first, mut last) = (start.div_euclid(DAY), (end - 1).max(start).div_euclid(DAY));
    let of = |day: i64| end.min((day + 1) * DAY) - start.max(day * DAY);
    if of(first) < DAY_IS_LOST {
        first += 1;
    }
    if last >= first && of(last) < DAY_IS_LOST {
        last -= 1;
    }
    let day = |number: i64| i32::try_from(number).ok().map(Day);
    (first <= last).then_some(())?;
    Some(Away { from: day(first)?, until: day(last)? })
}

/// One for all days that touch.
fn joined(mut all: Vec<Away>) -> Vec<Away> {
    all.sort_unstable();
    let mut joined: Vec<Away> = Vec::new();
    for one in all {
        match joined.last_mut().filter(|last| one.from <= last.until.plus(1)) {
            Some(last) => last.until = last.until.max(one.until),
            None => joined.push(one),
        }
    }
    joined
}

fn digits(text: &str, from: usize, until: usize) -> Option<u32> {
    let part = text.get(from..until)?;
    part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
}

/// `20260320`, in the years that calendars are kept for.
fn day(text: &str) -> Option<Day> {
    if text.len() != 8 {
        return None;
    }
    let year = i32::try_from(digits(text, 0, 4)?).ok().filter(|year| (1900..=2200).contains(year))?;
    Day::from_ymd(year, digits(text, 4, 6)?, digits(text, 6, 8)?)
}

/// `0930` or `093000`, as the minute of the day.
fn minute(text: &str) -> Option<u16> {
    if !matches!(text.len(), 4 | 6) {
        return None;
    }
    let (hour, minute) = (digits(text, 0, 2)?, digits(text, 2, 4)?);
    let second = if text.len() == 6 { digits(text, 4, 6)? } else { 0 };
    (hour < 24 && minute < 60 && second <= 60).then(|| u16::try_from(hour * 60 + minute).ok())?
}

/// `P1W`, `P2D`, `PT8H30M`, in seconds; of a negative length there is none.
fn length(text: &str) -> Option<i64> {
    let mut rest = text.trim_start_matches('+').strip_prefix('P')?;
    let (mut sum, mut is_time, mut parts) = (0_i64, false, 0);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            (rest, is_time) = (after, true);
            continue;
        }
        let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let number: i64 = rest.get(..end)?.parse().ok()?;
        let unit = match (rest.get(end..=end)?, is_time) {
            ("W", false) => 7 * DAY,
            ("D", false) => DAY,
            ("H", true) => 3_600,
            ("M", true) => 60,
            ("S", true) => 1,
            _ => return None,
        };
        sum = sum.checked_add(number.checked_mul(unit)?)?;
        // Longer than a life is no length.
        (sum <= 36_525 * DAY).then_some(())?;
        parts += 1;
        rest = rest.get(end + 1..)?;
    }
    (parts > 0).then_some(sum)
}

#[cfg(test)]
mod tests;
