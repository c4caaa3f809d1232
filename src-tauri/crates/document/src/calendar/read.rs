//! Reads from a calendar that another program wrote (RFC 5545) when somebody is not there.
//!
//! Entries that repeat are written out, day by day, with what was moved or left out of them. What an entry is about is not
//! looked at: why somebody is not there is nobody's business.

mod repeat;

use std::collections::BTreeMap;

use plaza_domain::day::Day;
use plaza_domain::workspace::TimeZone;

use repeat::Repeated;

/// Octets of a calendar: a person's for many years has far fewer.
const OCTETS_MAX: usize = 8 * 1024 * 1024;

/// Entries of a calendar.
const ENTRIES_MAX: usize = 20_000;

/// Entries that repeat: each is written out from its beginning, which may be long ago.
const REPEATED_MAX: usize = 1_000;

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
    /// Entries that repeat by a rule which cannot be written out, and were not counted.
    pub unclear: u32,
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
    #[error(
        "this is more than a person's calendar: at most 8 megabytes and {ENTRIES_MAX} entries are read, {REPEATED_MAX} of \
         them repeating"
    )]
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
/// one whose name nobody knows, are those of `zone`. Entries that repeat are written out `within` some days, and only
/// there: many repeat for ever.
///
/// # Errors
/// [`ReadFault`] says what is wrong, and where.
pub fn away(text: &str, zone: TimeZone, within: Away) -> Result<TimesAway, ReadFault> {
    if text.len() > OCTETS_MAX {
        return Err(ReadFault::TooLarge);
    }
    let mut read = Reading {
        zone,
        within,
        found: TimesAway::default(),
        open: Vec::new(),
        entry: Entry::default(),
        repeated: Vec::new(),
        instead: BTreeMap::new(),
    };
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
        (true, true) => Ok(read.end()),
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
#[derive(Clone)]
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

/// What a calendar says as a point of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// A whole day, wherever one is.
    Day(Day),
    /// A minute of a day on the clocks of a zone.
    Shown(Day, u16, TimeZone),
}

impl Moment {
    /// What the clocks of `zone` show then, seconds since 1970-01-01T00:00; `None` for a time that no clock shows.
    fn seconds(self, zone: TimeZone) -> Option<i64> {
        match self {
            Self::Day(day) => Some(i64::from(day.0) * DAY),
            Self::Shown(day, minute, from) => {
                from.moment_of(day, minute).map(|moment| zone.seconds_at(moment))
            }
        }
    }

    const fn is_day(self) -> bool {
        matches!(self, Self::Day(_))
    }

    /// The day that it names itself, in its own zone.
    const fn day(self) -> Day {
        match self {
            Self::Day(day) | Self::Shown(day, ..) => day,
        }
    }
}

/// What is known of the entry that is being read.
#[derive(Default)]
struct Entry {
    /// The same for all that belongs to one that repeats.
    uid: String,
    start: Option<Moment>,
    end: Option<Moment>,
    /// Seconds.
    length: Option<i64>,
    is_free: bool,
    /// As they are written.
    rules: Vec<String>,
    /// More of them beside the rules.
    also: Vec<Moment>,
    /// Those that are left out.
    except: Vec<Moment>,
    /// It stands for this one of those that repeat.
    instead_of: Option<Moment>,
    /// It repeats in a way that nobody here can write out.
    is_unclear: bool,
}

struct Reading {
    zone: TimeZone,
    within: Away,
    found: TimesAway,
    /// What has begun and not ended, the innermost last.
    open: Vec<String>,
    entry: Entry,
    repeated: Vec<Repeated>,
    /// By the entry: those of its days that another entry stands for.
    instead: BTreeMap<String, Vec<Moment>>,
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
            "UID" => content.value.clone_into(&mut self.entry.uid),
            "DTSTART" => self.entry.start = Some(self.moment(line, content)?),
            "DTEND" => self.entry.end = Some(self.moment(line, content)?),
            "DURATION" => self.entry.length = Some(length(&word).ok_or_else(|| no_time(line, content))?),
            "RRULE" => self.entry.rules.push(word),
            // Periods have lengths of their own, and no program that people keep their calendar in writes them.
            "RDATE" if word.contains('/') => self.entry.is_unclear = true,
            "RDATE" => {
                let more = self.moments(line, content)?;
                self.entry.also.extend(more);
            }
            "EXDATE" => {
                let more = self.moments(line, content)?;
                self.entry.except.extend(more);
            }
            // Left out of the standard in 2009.
            "EXRULE" => self.entry.is_unclear = true,
            "RECURRENCE-ID" => self.entry.instead_of = Some(self.moment(line, content)?),
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

    fn moments(&self, line: usize, content: &Content<'_>) -> Result<Vec<Moment>, ReadFault> {
        let each = content.value.split(',').map(str::trim);
        each.map(|value| self.moment(line, &Content { value, ..content.clone() })).collect()
    }

    fn moment(&self, line: usize, content: &Content<'_>) -> Result<Moment, ReadFault> {
        let zone = content.parameter("TZID").and_then(|name| name.parse().ok()).unwrap_or(self.zone);
        moment(content.value, zone).ok_or_else(|| no_time(line, content))
    }

    fn end_entry(&mut self, line: usize) -> Result<(), ReadFault> {
        let entry = std::mem::take(&mut self.entry);
        if let Some(of) = entry.instead_of.filter(|_| !entry.uid.is_empty()) {
            self.instead.entry(entry.uid.clone()).or_default().push(of);
        }
        if entry.is_free {
            self.found.free += 1;
            return Ok(());
        }
        if entry.is_unclear {
            self.found.unclear += 1;
            return Ok(());
        }
        let start = entry.start.ok_or(ReadFault::NoStart { line })?;
        let from = self.shown(line, start)?;
        let otherwise = if start.is_day() { DAY } else { 0 };
        let length = match entry.end {
            Some(end) => self.shown(line, end)? - from,
            None => entry.length.unwrap_or(otherwise),
        };
        if length < 0 {
            return Err(ReadFault::EndsFirst { line });
        }
        // The end of whole days is the day after the last; some programs say the last itself where it is the first.
        let length = if start.is_day() { length.max(DAY) } else { length };
        if entry.rules.is_empty() && entry.also.is_empty() {
            self.take(from, length);
        } else {
            let Entry { uid, rules, also, except, .. } = entry;
            self.repeated.push(Repeated { uid, start, length, rules, also, except });
            if self.repeated.len() > REPEATED_MAX {
                return Err(ReadFault::TooLarge);
            }
        }
        Ok(())
    }

    fn shown(&self, line: usize, moment: Moment) -> Result<i64, ReadFault> {
        moment.seconds(self.zone).ok_or_else(|| ReadFault::NoTime { line, text: moment.day().to_string() })
    }

    fn take(&mut self, from: i64, length: i64) {
        match lost(from, from.saturating_add(length)) {
            Some(away) => self.found.away.push(away),
            None => self.found.short += 1,
        }
    }

    /// Writes out what repeats, once all is known that stands for one of them.
    fn end(mut self) -> TimesAway {
        for mut one in std::mem::take(&mut self.repeated) {
            one.except.extend(self.instead.get(&one.uid).into_iter().flatten());
            let Some(starts) = one.starts(self.zone, self.within) else {
                self.found.unclear += 1;
                continue;
            };
            let all: Vec<_> = starts.into_iter().filter_map(|from| lost(from, from + one.length)).collect();
            // Whether it takes enough of a day is the same every time, but for changes of clocks.
            if all.is_empty() && lost(0, one.length).is_none() {
                self.found.short += 1;
            }
            self.found.away.extend(all);
        }
        self.found.away = joined(self.found.away);
        self.found
    }
}

/// `20260320`, `20260320T093000` or `20260320T083000Z`, on the clocks of `zone` where it does not say otherwise.
fn moment(text: &str, zone: TimeZone) -> Option<Moment> {
    let (date, time) = match text.split_once(['T', 't']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let day = day(date)?;
    let Some(time) = time else { return Some(Moment::Day(day)) };
    let (time, zone) = match time.strip_suffix(['Z', 'z']) {
        Some(time) => (time, TimeZone::UTC),
        None => (time, zone),
    };
    let moment = Moment::Shown(day, minute(time)?, zone);
    moment.seconds(zone).map(|_| moment)
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
