//! How a date is written, and reading it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fault::{self, CellFault};
use super::month_name::month_of;
use super::stamp::{Stamp, day_of};
use super::trim;
use crate::day::Day;

/// First year of the hundred that a two-digit year falls into unless the format says otherwise:
/// `70` is 1970 and `69` is 2069.
pub const YY_WINDOW_START: u16 = 1970;

/// Most pieces of a format; `EEE, dd. MMM yyyy HH:mm:ss.SSS a X` has 21.
const ITEMS: usize = 24;

/// Excel's number of 1970-01-01 in the system that starts with 1900.
const EXCEL_1900_EPOCH: i64 = 25_569;
/// Days between Excel's two systems.
const EXCEL_1904_SHIFT: i64 = 1_462;
/// Excel's number of 9999-12-31.
const EXCEL_1900_LAST: i64 = 2_958_465;

/// How the dates of one column are written; a plain string in TOML.
///
/// Letters as in a spreadsheet: `yyyy` or `yy`, `MM` or `M` (one or two digits), `MMM` (a name, short or
/// long, English, German or Spanish), `dd` or `d`, `EEE` (a weekday, skipped), `HH`/`H`, `hh`/`h` with `a`
/// (AM/PM), `mm`, `ss`, `SSS` (a fraction, dropped), `X` (`Z`, `+02`, `+0200`, `+02:00`). Other characters
/// stand for themselves, letters in single quotes. A two-digit year falls into the hundred years from
/// [`YY_WINDOW_START`], or from the year given in braces: `M/d/yy{1950}`.
///
/// Three names stand for what no pattern can say: `ISO` (a date, then optionally a time, then optionally an
/// offset), `excel-1900` and `excel-1904` (serial numbers of the two Excel date systems).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateFormat {
    form: Form,
    items: [Item; ITEMS],
    window_start: u16,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    Pattern,
    Iso,
    Excel1900,
    Excel1904,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Item {
    End,
    Literal(u8),
    Year4,
    Year2,
    Month2,
    Month,
    MonthName,
    Day2,
    Day,
    Weekday,
    Hour2,
    Hour,
    HourOf12x2,
    HourOf12,
    Minute,
    Second,
    Fraction,
    HalfDay,
    Offset,
}

/// The text is not a date format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{text}” is not a date format: {reason} (examples: yyyy-MM-dd, d-MMM-yy, M/d/yyyy HH:mm, ISO, excel-1900)"
)]
pub struct NotADateFormat {
    /// The text.
    pub text: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// Why a cell does not fit.
enum Miss {
    Shape,
    Calendar,
}

/// What the items have read so far.
struct Parts {
    year: i32,
    month: u32,
    day: u32,
    hour: Option<u32>,
    minute: u32,
    second: u32,
    afternoon: Option<bool>,
    offset_seconds: Option<i32>,
}

impl DateFormat {
    /// ISO 8601: `2026-03-20`, `2026-03-20T08:15`, `2026-03-20 08:15:30.5+02:00`.
    pub const ISO: Self = Self::named(Form::Iso);
    /// Serial numbers of Excel's usual system, where 1 is 1900-01-01 and 60 does not exist.
    pub const EXCEL_1900: Self = Self::named(Form::Excel1900);
    /// Serial numbers of Excel's system that starts with 1904-01-01 as 0.
    pub const EXCEL_1904: Self = Self::named(Form::Excel1904);

    const fn named(form: Form) -> Self {
        Self { form, items: [Item::End; ITEMS], window_start: YY_WINDOW_START }
    }

    /// Reads one cell; blanks around it are ignored. Allocates only for the fault.
    ///
    /// # Errors
    /// `NotADate` where the shape differs, `NoSuchDay` where the calendar has no such day or time, `DateLost`
    /// for `00:00.0`, `SpreadsheetError` for `#N/A` and its kin.
    pub fn parse(&self, cell: &[u8]) -> Result<Stamp, CellFault> {
        let cell = trim(cell);
        let read = match self.form {
            Form::Pattern => self.read_pattern(cell),
            Form::Iso => read_iso(cell),
            Form::Excel1900 => read_serial(cell, 0),
            Form::Excel1904 => read_serial(cell, EXCEL_1904_SHIFT),
        };
        read.map_err(|miss| self.fault(cell, &miss))
    }

    /// Whether the format writes years with two digits.
    pub fn has_two_digit_year(&self) -> bool {
        self.items.contains(&Item::Year2)
    }

    /// The order in which day, month and year stand, as the letters `d`, `M` and `y`; `yMd` for those that are no
    /// pattern.
    pub fn order(&self) -> [char; 3] {
        let mut order = ['y', 'M', 'd'];
        let letters = self.items.iter().filter_map(|item| match item {
            Item::Year4 | Item::Year2 => Some('y'),
            Item::Month2 | Item::Month | Item::MonthName => Some('M'),
            Item::Day2 | Item::Day => Some('d'),
            _ => None,
        });
        for (place, letter) in order.iter_mut().zip(letters) {
            *place = letter;
        }
        order
    }

    /// Whether a cell of this format can have a time of day.
    pub fn has_time(&self) -> bool {
        self.form != Form::Pattern
            || self
                .items
                .iter()
                .any(|item| matches!(item, Item::Hour2 | Item::Hour | Item::HourOf12x2 | Item::HourOf12))
    }

    #[cold]
    fn fault(&self, cell: &[u8], miss: &Miss) -> CellFault {
        let text = fault::quote(cell);
        match miss {
            _ if fault::is_date_lost(cell) => CellFault::DateLost { text },
            _ if fault::is_spreadsheet_error(cell) => CellFault::SpreadsheetError { text },
            Miss::Shape => CellFault::NotADate { text, format: self.to_string() },
            Miss::Calendar => CellFault::NoSuchDay { text, format: self.to_string() },
        }
    }

    fn read_pattern(&self, cell: &[u8]) -> Result<Stamp, Miss> {
        let mut rest = cell;
        let mut parts = Parts::new();
        for item in &self.items {
            match *item {
                Item::End => break,
                Item::Literal(expected) => {
                    rest = rest.strip_prefix(&[expected]).ok_or(Miss::Shape)?;
                }
                Item::Year4 => parts.year = digits(&mut rest, 4, 4)? as i32,
                Item::Year2 => parts.year = self.full_year(digits(&mut rest, 2, 2)?),
                Item::Month2 => parts.month = digits(&mut rest, 2, 2)?,
                Item::Month => parts.month = digits(&mut rest, 1, 2)?,
                Item::MonthName => parts.month = u32::from(month_of(word(&mut rest)).ok_or(Miss::Shape)?),
                Item::Day2 => parts.day = digits(&mut rest, 2, 2)?,
                Item::Day => parts.day = digits(&mut rest, 1, 2)?,
                Item::Weekday => {
                    if word(&mut rest).is_empty() {
                        return Err(Miss::Shape);
                    }
                }
                Item::Hour2 | Item::HourOf12x2 => parts.hour = Some(digits(&mut rest, 2, 2)?),
                Item::Hour | Item::HourOf12 => parts.hour = Some(digits(&mut rest, 1, 2)?),
                Item::Minute => parts.minute = digits(&mut rest, 2, 2)?,
                Item::Second => parts.second = digits(&mut rest, 2, 2)?,
                Item::Fraction => {
                    digits(&mut rest, 1, 9)?;
                }
                Item::HalfDay => parts.afternoon = Some(half_day(&mut rest)?),
                Item::Offset => parts.offset_seconds = Some(offset(&mut rest)?),
            }
        }
        if rest.is_empty() { parts.stamp() } else { Err(Miss::Shape) }
    }

    fn full_year(&self, two_digits: u32) -> i32 {
        let start = u32::from(self.window_start);
        (start + (two_digits + 100 - start % 100) % 100) as i32
    }
}

impl Parts {
    const fn new() -> Self {
        Self {
            year: 0,
            month: 1,
            day: 1,
            hour: None,
            minute: 0,
            second: 0,
            afternoon: None,
            offset_seconds: None,
        }
    }

    fn stamp(self) -> Result<Stamp, Miss> {
        let day = day_of(self.year, self.month, self.day).ok_or(Miss::Calendar)?;
        let Some(hour) = self.hour else {
            return Ok(Stamp { day, seconds_of_day: None, offset_seconds: self.offset_seconds });
        };
        let hour = match self.afternoon {
            None => hour,
            Some(_) if hour == 0 || hour > 12 => return Err(Miss::Calendar),
            Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        };
        // 24:00 is the end of the day in ISO 8601; a leap second is the second before it.
        if (hour, self.minute, self.second) == (24, 0, 0) {
            return Ok(Stamp {
                day: day.plus(1),
                seconds_of_day: Some(0),
                offset_seconds: self.offset_seconds,
            });
        }
        if hour > 23 || self.minute > 59 || self.second > 60 {
            return Err(Miss::Calendar);
        }
        let seconds = hour * 3600 + self.minute * 60 + self.second.min(59);
        Ok(Stamp { day, seconds_of_day: Some(seconds), offset_seconds: self.offset_seconds })
    }
}

/// Reads `least` to `most` digits, as many as there are.
fn digits(rest: &mut &[u8], least: usize, most: usize) -> Result<u32, Miss> {
    let mut value = 0;
    let mut count = 0;
    while count < most {
        match rest.get(count) {
            Some(byte @ b'0'..=b'9') => value = value * 10 + u32::from(byte - b'0'),
            _ => break,
        }
        count += 1;
    }
    if count < least {
        return Err(Miss::Shape);
    }
    *rest = &rest[count..];
    Ok(value)
}

/// Takes the letters (ASCII and beyond) at the start, and one full stop after them.
fn word<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
    let (word, after) = rest.split_at(length);
    *rest = if length > 0 { after.strip_prefix(b".").unwrap_or(after) } else { after };
    word
}

fn half_day(rest: &mut &[u8]) -> Result<bool, Miss> {
    let (half, after) = rest.split_first_chunk::<2>().ok_or(Miss::Shape)?;
    *rest = after;
    match half.map(|byte| byte.to_ascii_lowercase()) {
        [b'a', b'm'] => Ok(false),
        [b'p', b'm'] => Ok(true),
        _ => Err(Miss::Shape),
    }
}

/// `Z`, `+02`, `+0200` or `+02:00`, in seconds east of UTC; at most 18 hours.
fn offset(rest: &mut &[u8]) -> Result<i32, Miss> {
    let (sign, after) = rest.split_first().ok_or(Miss::Shape)?;
    *rest = after;
    let sign = match sign {
        b'Z' | b'z' => return Ok(0),
        b'+' => 1,
        b'-' => -1,
        _ => return Err(Miss::Shape),
    };
    let hours = digits(rest, 2, 2)?;
    *rest = rest.strip_prefix(b":").unwrap_or(rest);
    let minutes = if rest.first().is_some_and(u8::is_ascii_digit) { digits(rest, 2, 2)? } else { 0 };
    if hours > 18 || minutes > 59 {
        return Err(Miss::Calendar);
    }
    Ok(sign * (hours * 3600 + minutes * 60) as i32)
}

fn read_iso(cell: &[u8]) -> Result<Stamp, Miss> {
    let mut rest = cell;
    let mut parts = Parts::new();
    parts.year = digits(&mut rest, 4, 4)? as i32;
    rest = rest.strip_prefix(b"-").ok_or(Miss::Shape)?;
    parts.month = digits(&mut rest, 2, 2)?;
    rest = rest.strip_prefix(b"-").ok_or(Miss::Shape)?;
    parts.day = digits(&mut rest, 2, 2)?;
    if let [b'T' | b't' | b' ', time @ ..] = rest {
        rest = time;
        parts.hour = Some(digits(&mut rest, 2, 2)?);
        rest = rest.strip_prefix(b":").ok_or(Miss::Shape)?;
        parts.minute = digits(&mut rest, 2, 2)?;
        if let [b':', seconds @ ..] = rest {
            rest = seconds;
            parts.second = digits(&mut rest, 2, 2)?;
            if let [b'.' | b',', fraction @ ..] = rest {
                rest = fraction;
                digits(&mut rest, 1, 9)?;
            }
        }
        rest = rest.strip_prefix(b" ").unwrap_or(rest);
        if !rest.is_empty() {
            parts.offset_seconds = Some(offset(&mut rest)?);
        }
    }
    if rest.is_empty() { parts.stamp() } else { Err(Miss::Shape) }
}

/// Reads a serial number; `shift` is what to add to reach the system of 1900.
fn read_serial(cell: &[u8], shift: i64) -> Result<Stamp, Miss> {
    let mut rest = cell;
    let serial = i64::from(digits(&mut rest, 1, 7)?) + shift;
    let seconds = read_day_fraction(rest)?;
    // Excel believes that 1900 was a leap year: number 60 is a day that never was.
    let since_1970 = match serial {
        60 if shift == 0 => return Err(Miss::Calendar),
        1..60 if shift == 0 => serial - EXCEL_1900_EPOCH + 1,
        61..=EXCEL_1900_LAST => serial - EXCEL_1900_EPOCH,
        _ => return Err(Miss::Calendar),
    };
    let day = Day(since_1970 as i32);
    Ok(match seconds {
        0 => Stamp::of_day(day),
        86_400 => Stamp::of_day(day.plus(1)),
        seconds => Stamp { day, seconds_of_day: Some(seconds), offset_seconds: None },
    })
}

/// The seconds (0–86 400, rounded) of a fraction of a day such as `.34375`; nought where there is none.
fn read_day_fraction(rest: &[u8]) -> Result<u32, Miss> {
    let Some((mark, fraction)) = rest.split_first() else { return Ok(0) };
    if !matches!(mark, b'.' | b',') || fraction.is_empty() || !fraction.iter().all(u8::is_ascii_digit) {
        return Err(Miss::Shape);
    }
    // Twelve digits are a tenth of a microsecond; more is the noise of a binary fraction.
    let (mut value, mut scale) = (0_u64, 1_u64);
    for byte in fraction.iter().take(12) {
        value = value * 10 + u64::from(byte - b'0');
        scale *= 10;
    }
    Ok(((value * 86_400 + scale / 2) / scale) as u32)
}

impl FromStr for DateFormat {
    type Err = NotADateFormat;

    fn from_str(text: &str) -> Result<Self, NotADateFormat> {
        match text.trim() {
            "ISO" | "iso" => return Ok(Self::ISO),
            "excel-1900" => return Ok(Self::EXCEL_1900),
            "excel-1904" => return Ok(Self::EXCEL_1904),
            _ => {}
        }
        let wrong = |reason| NotADateFormat { text: text.into(), reason };
        let (pattern, window_start) = match text.trim().split_once('{') {
            None => (text.trim(), YY_WINDOW_START),
            Some((pattern, window)) => {
                let year = window.strip_suffix('}').and_then(|year| year.parse().ok());
                let year = year.filter(|year| (1000..=9899).contains(year));
                (
                    pattern,
                    year.ok_or_else(|| wrong("the braces hold the first year for two-digit years, {1950}"))?,
                )
            }
        };
        let mut format = Self { form: Form::Pattern, items: [Item::End; ITEMS], window_start };
        let mut count = 0;
        let mut push = |item| {
            // One place stays free, so that every pattern is closed by an end.
            let place = format.items[..ITEMS - 1].get_mut(count).ok_or(wrong("it is too long"))?;
            *place = item;
            count += 1;
            Ok(())
        };
        let mut rest = pattern.as_bytes();
        while let Some(&first) = rest.first() {
            if first == b'\'' {
                let quoted = rest[1..]
                    .iter()
                    .position(|byte| *byte == b'\'')
                    .ok_or_else(|| wrong("a quote is open"))?;
                rest[1..=quoted].iter().try_for_each(|byte| push(Item::Literal(*byte)))?;
                rest = &rest[quoted + 2..];
                continue;
            }
            let run = rest.iter().take_while(|byte| **byte == first).count();
            if first.is_ascii_alphabetic() {
                push(Item::of_letters(first, run).ok_or_else(|| wrong("it has letters that mean nothing"))?)?;
            } else {
                rest[..run].iter().try_for_each(|byte| push(Item::Literal(*byte)))?;
            }
            rest = &rest[run..];
        }
        format.check().map_err(wrong)?;
        Ok(format)
    }
}

impl DateFormat {
    /// A format must give exactly one year, month and day, and twelve hours need their half of the day.
    fn check(&self) -> Result<(), &'static str> {
        let count = |wanted: &[Item]| self.items.iter().filter(|item| wanted.contains(item)).count();
        if count(&[Item::Year4, Item::Year2]) != 1 {
            return Err("it needs one year");
        }
        if count(&[Item::Month2, Item::Month, Item::MonthName]) != 1 {
            return Err("it needs one month");
        }
        if count(&[Item::Day2, Item::Day]) != 1 {
            return Err("it needs one day");
        }
        let (of_12, half) = (count(&[Item::HourOf12, Item::HourOf12x2]), count(&[Item::HalfDay]));
        if of_12 != half {
            return Err("hours written h (1 to 12) and a (AM or PM) go together");
        }
        let hours = count(&[Item::Hour2, Item::Hour]) + of_12;
        if hours > 1 || count(&[Item::Minute]) > hours || count(&[Item::Second]) > count(&[Item::Minute]) {
            return Err("its time is incomplete or doubled");
        }
        Ok(())
    }
}

impl Item {
    const fn of_letters(letter: u8, run: usize) -> Option<Self> {
        Some(match (letter, run) {
            (b'y', 4) => Self::Year4,
            (b'y', 2) => Self::Year2,
            (b'M', 1) => Self::Month,
            (b'M', 2) => Self::Month2,
            (b'M', 3 | 4) => Self::MonthName,
            (b'd', 1) => Self::Day,
            (b'd', 2) => Self::Day2,
            (b'E', 3 | 4) => Self::Weekday,
            (b'H', 1) => Self::Hour,
            (b'H', 2) => Self::Hour2,
            (b'h', 1) => Self::HourOf12,
            (b'h', 2) => Self::HourOf12x2,
            (b'm', 2) => Self::Minute,
            (b's', 2) => Self::Second,
            (b'S', _) => Self::Fraction,
            (b'a', 1) => Self::HalfDay,
            (b'X', _) => Self::Offset,
            (b'T', 1) => Self::Literal(b'T'),
            _ => return None,
        })
    }

    const fn letters(self) -> &'static str {
        match self {
            Self::End | Self::Literal(_) => "",
            Self::Year4 => "yyyy",
            Self::Year2 => "yy",
            Self::Month => "M",
            Self::Month2 => "MM",
            Self::MonthName => "MMM",
            Self::Day => "d",
            Self::Day2 => "dd",
            Self::Weekday => "EEE",
            Self::Hour => "H",
            Self::Hour2 => "HH",
            Self::HourOf12 => "h",
            Self::HourOf12x2 => "hh",
            Self::Minute => "mm",
            Self::Second => "ss",
            Self::Fraction => "SSS",
            Self::HalfDay => "a",
            Self::Offset => "X",
        }
    }
}

impl fmt::Display for DateFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.form {
            Form::Pattern => {}
            Form::Iso => return f.write_str("ISO"),
            Form::Excel1900 => return f.write_str("excel-1900"),
            Form::Excel1904 => return f.write_str("excel-1904"),
        }
        let mut literal = Vec::new();
        for item in &self.items {
            if let Item::Literal(byte) = item {
                literal.push(*byte);
                continue;
            }
            write_literal(f, &String::from_utf8_lossy(&literal))?;
            literal.clear();
            f.write_str(item.letters())?;
            if *item == Item::End {
                break;
            }
        }
        if self.window_start == YY_WINDOW_START { Ok(()) } else { write!(f, "{{{}}}", self.window_start) }
    }
}

/// Writes characters that stand for themselves, with quotes from the first letter to the last.
fn write_literal(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    match (text.find(is_letter), text.rfind(is_letter)) {
        (Some(first), Some(last)) => {
            write!(f, "{}'{}'{}", &text[..first], &text[first..=last], &text[last + 1..])
        }
        _ => f.write_str(text),
    }
}

impl fmt::Debug for DateFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DateFormat({self})")
    }
}

impl Serialize for DateFormat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DateFormat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
