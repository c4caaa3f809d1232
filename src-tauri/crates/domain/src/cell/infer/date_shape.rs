//! The shape of a date: where its parts stand and what stands between them, before anybody knows which of
//! the parts is the day and which the month.

use super::super::month_name::month_of;

/// Everything about the form of a date cell but its digits. Two cells of one shape are read by one format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) layout: Layout,
    /// What stands between the first and second, and the second and third part.
    pub(super) marks: [Mark; 2],
    pub(super) year_digits: u8,
    pub(super) time: Option<TimeShape>,
}

/// Where year, month and day may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Three numbers, the year last or (with two digits) perhaps first.
    Numbers,
    /// A year of four digits, then month and day.
    YearFirst,
    /// Day, name of the month, year.
    NameSecond,
    /// Name of the month, day, year.
    NameFirst,
    /// Eight digits: year, month, day.
    Packed,
}

/// Up to four bytes between two parts, the rest nought.
pub(super) type Mark = [u8; 4];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimeShape {
    /// A space or a `T`.
    pub(super) before: u8,
    pub(super) seconds: bool,
    /// The mark before a fraction of a second; nought for none.
    pub(super) fraction: u8,
    /// AM or PM follows.
    pub(super) half_day: Tail,
    /// An offset from UTC follows.
    pub(super) offset: Tail,
}

/// Something that may follow a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    Absent,
    Close,
    AfterSpace,
}

impl Tail {
    const fn of(space: bool) -> Self {
        if space { Self::AfterSpace } else { Self::Close }
    }

    fn push(self, text: &mut String, letters: &str) {
        match self {
            Self::Absent => {}
            Self::Close => text.push_str(letters),
            Self::AfterSpace => text.extend([" ", letters]),
        }
    }
}

/// The numbers of a date cell, in the order in which they stand; a month's name counts as its number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    pub(super) values: [u32; 3],
    pub(super) digits: [u8; 3],
    /// The hour has one digit.
    pub(super) short_hour: bool,
    pub(super) seconds_of_day: Option<u32>,
}

/// Which part is the year, month and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
}

impl Order {
    pub(super) const ALL: [Self; 3] = [Self::DayMonthYear, Self::MonthDayYear, Self::YearMonthDay];

    /// Places of year, month and day among the parts.
    pub(super) const fn places(self) -> (usize, usize, usize) {
        match self {
            Self::DayMonthYear => (2, 1, 0),
            Self::MonthDayYear => (2, 0, 1),
            Self::YearMonthDay => (0, 1, 2),
        }
    }
}

impl Shape {
    /// The orders that this shape leaves open.
    pub(super) fn orders(&self) -> &'static [Order] {
        match (self.layout, self.year_digits) {
            (Layout::Numbers, 2) => &Order::ALL,
            (Layout::Numbers, _) => &[Order::DayMonthYear, Order::MonthDayYear],
            (Layout::NameSecond, _) => &[Order::DayMonthYear],
            (Layout::NameFirst, _) => &[Order::MonthDayYear],
            (Layout::YearFirst | Layout::Packed, _) => &[Order::YearMonthDay],
        }
    }

    /// The shape and the numbers of a (trimmed) cell; `None` where it is no date at all.
    pub(super) fn read(cell: &[u8]) -> Option<(Self, Parts)> {
        if cell.len() < 6 || cell.len() > 48 {
            return None;
        }
        let mut rest = cell;
        let mut parts = Parts::default();
        let (layout, marks) = if cell[0].is_ascii_digit() {
            read_from_number(&mut rest, &mut parts)?
        } else {
            read_from_name(&mut rest, &mut parts)?
        };
        let year_digits = match layout {
            Layout::YearFirst | Layout::Packed => 4,
            _ => parts.digits[2],
        };
        let time = if rest.is_empty() { None } else { Some(read_time(&mut rest, &mut parts)?) };
        rest.is_empty().then_some((Self { layout, marks, year_digits, time }, parts))
    }

    /// The pattern that reads cells of this shape. `narrow` says that day and month
    /// always have two digits.
    pub(super) fn pattern(&self, order: Order, narrow: bool, narrow_hour: bool) -> String {
        let (year, month, _) = order.places();
        let named = matches!(self.layout, Layout::NameSecond | Layout::NameFirst);
        let mut text = String::new();
        for place in 0..3 {
            let packed = self.layout == Layout::Packed;
            text.push_str(if place == year {
                if self.year_digits == 4 { "yyyy" } else { "yy" }
            } else if place == month && named {
                "MMM"
            } else if place == month {
                if narrow || packed { "MM" } else { "M" }
            } else if narrow || packed {
                "dd"
            } else {
                "d"
            });
            if let Some(mark) = self.marks.get(place) {
                push_mark(&mut text, *mark);
            }
        }
        if let Some(time) = self.time {
            time.push(&mut text, narrow_hour);
        }
        text
    }
}

impl TimeShape {
    fn push(self, text: &mut String, narrow_hour: bool) {
        text.push_str(if self.before == b'T' { "'T'" } else { " " });
        text.push_str(match (self.half_day != Tail::Absent, narrow_hour) {
            (false, true) => "HH:mm",
            (false, false) => "H:mm",
            (true, true) => "hh:mm",
            (true, false) => "h:mm",
        });
        if self.seconds {
            text.push_str(":ss");
        }
        if self.fraction != 0 {
            text.push(char::from(self.fraction));
            text.push_str("SSS");
        }
        self.half_day.push(text, "a");
        self.offset.push(text, "X");
    }
}

fn push_mark(text: &mut String, mark: Mark) {
    let mark: String = mark.iter().take_while(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
    match mark.find("de") {
        Some(at) => {
            text.push_str(&mark[..at]);
            text.push_str("'de'");
            text.push_str(&mark[at + 2..]);
        }
        None => text.push_str(&mark),
    }
}

fn read_from_number(rest: &mut &[u8], parts: &mut Parts) -> Option<(Layout, [Mark; 2])> {
    let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if length == 8 {
        for (place, digits) in [4, 2, 2].into_iter().enumerate() {
            number(rest, parts, place, digits, digits)?;
        }
        return Some((Layout::Packed, [[0; 4]; 2]));
    }
    let (least, most) = if length == 4 { (4, 4) } else { (1, 2) };
    number(rest, parts, 0, least, most)?;
    let first = mark(rest)?;
    if rest.first()?.is_ascii_digit() {
        number(rest, parts, 1, 1, 2)?;
        let second = mark(rest)?;
        if second != first {
            return None;
        }
        if length == 4 {
            number(rest, parts, 2, 1, 2)?;
            return Some((Layout::YearFirst, [first, second]));
        }
        year(rest, parts)?;
        return Some((Layout::Numbers, [first, second]));
    }
    if length == 4 {
        return None;
    }
    parts.values[1] = name(rest)?;
    let second = mark(rest)?;
    year(rest, parts)?;
    Some((Layout::NameSecond, [first, second]))
}

fn read_from_name(rest: &mut &[u8], parts: &mut Parts) -> Option<(Layout, [Mark; 2])> {
    parts.values[0] = name(rest)?;
    let first = mark(rest)?;
    number(rest, parts, 1, 1, 2)?;
    let second = mark(rest)?;
    year(rest, parts)?;
    Some((Layout::NameFirst, [first, second]))
}

fn number(rest: &mut &[u8], parts: &mut Parts, place: usize, least: usize, most: usize) -> Option<()> {
    let length = rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
    if length < least {
        return None;
    }
    parts.values[place] = rest[..length].iter().fold(0, |value, byte| value * 10 + u32::from(byte - b'0'));
    parts.digits[place] = length as u8;
    *rest = &rest[length..];
    Some(())
}

fn year(rest: &mut &[u8], parts: &mut Parts) -> Option<()> {
    let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if length == 2 || length == 4 { number(rest, parts, 2, length, length) } else { None }
}

fn name(rest: &mut &[u8]) -> Option<u32> {
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
    let month = month_of(&rest[..length])?;
    *rest = &rest[length..];
    // The full stop of a shortened name belongs to it.
    *rest = rest.strip_prefix(b".").unwrap_or(rest);
    Some(u32::from(month))
}

/// What stands between two parts: punctuation, blanks, or the Spanish "de".
fn mark(rest: &mut &[u8]) -> Option<Mark> {
    let punctuation = |bytes: &[u8]| {
        bytes.iter().take_while(|byte| matches!(byte, b'-' | b'/' | b'.' | b',' | b' ')).count()
    };
    let mut length = punctuation(rest);
    if length == 1 && rest.starts_with(b" de ") {
        length = 4;
    }
    if length == 0 || length > 4 {
        return None;
    }
    let mut mark = [0; 4];
    mark[..length].copy_from_slice(&rest[..length]);
    *rest = &rest[length..];
    Some(mark)
}

fn read_time(rest: &mut &[u8], parts: &mut Parts) -> Option<TimeShape> {
    let (before, after) = rest.split_first()?;
    if !matches!(before, b' ' | b'T') {
        return None;
    }
    *rest = after;
    let mut time = TimeShape {
        before: *before,
        seconds: false,
        fraction: 0,
        half_day: Tail::Absent,
        offset: Tail::Absent,
    };
    let (hour, length) = two_digits(rest, 1)?;
    parts.short_hour = length == 1;
    *rest = rest.strip_prefix(b":")?;
    let (minute, _) = two_digits(rest, 2)?;
    let mut second = 0;
    if let Some(after) = rest.strip_prefix(b":") {
        *rest = after;
        second = two_digits(rest, 2)?.0;
        time.seconds = true;
        if let [mark @ (b'.' | b','), b'0'..=b'9', ..] = rest {
            time.fraction = *mark;
            let length = rest[1..].iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
            *rest = &rest[1 + length..];
        }
    }
    parts.seconds_of_day = Some(hour * 3600 + minute * 60 + second);
    if let Some(after) = strip_half_day(rest.strip_prefix(b" ").unwrap_or(rest)) {
        time.half_day = Tail::of(rest.starts_with(b" "));
        *rest = after;
    }
    let signed = rest.strip_prefix(b" ").unwrap_or(rest);
    if let Some(after) = strip_offset(signed) {
        time.offset = Tail::of(signed.len() < rest.len());
        *rest = after;
    }
    Some(time)
}

fn two_digits(rest: &mut &[u8], least: usize) -> Option<(u32, usize)> {
    let length = rest.iter().take(2).take_while(|byte| byte.is_ascii_digit()).count();
    if length < least {
        return None;
    }
    let value = rest[..length].iter().fold(0, |value, byte| value * 10 + u32::from(byte - b'0'));
    *rest = &rest[length..];
    Some((value, length))
}

fn strip_half_day(rest: &[u8]) -> Option<&[u8]> {
    match rest {
        [b'A' | b'a' | b'P' | b'p', b'M' | b'm', rest @ ..] => Some(rest),
        _ => None,
    }
}

fn strip_offset(rest: &[u8]) -> Option<&[u8]> {
    match rest {
        [b'Z' | b'z', rest @ ..] => Some(rest),
        [b'+' | b'-', b'0'..=b'9', b'0'..=b'9', rest @ ..] => {
            let rest = rest.strip_prefix(b":").unwrap_or(rest);
            Some(match rest {
                [b'0'..=b'9', b'0'..=b'9', rest @ ..] => rest,
                _ => rest,
            })
        }
        _ => None,
    }
}
