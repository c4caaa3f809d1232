//! What one cell tells about how the numbers of its column are written.

use super::super::number::{NumberFormat, Separator, currency_at_end, currency_at_start, split_exponent};
use super::super::trim;

/// Counts of what the number cells of a column tell. A mark that could be either is counted apart.
#[derive(Clone, Debug, Default)]
pub(super) struct NumberShapes {
    pub(super) cells: u32,
    pub(super) negative: u32,
    pub(super) percent: u32,
    pub(super) currency: u32,
    pub(super) leading_zeros: u32,
    /// Cells that have a mark of any kind: without one there is nothing to find out.
    pub(super) marked: u32,
    /// By mark: comma, point.
    pub(super) decimal: [u32; 2],
    pub(super) group: [u32; 2],
    pub(super) either: [u32; 2],
    pub(super) space: u32,
    pub(super) apostrophe: u32,
    /// Most digits after a mark that is, or may be, the decimal one.
    pub(super) decimals: u8,
    pub(super) examples: Vec<String>,
    pub(super) currencies: Vec<String>,
    /// Smallest and largest value, when a mark that could be either is the decimal one and when it is not.
    pub(super) range: [Option<(f64, f64)>; 2],
    /// Cells that would be days as a spreadsheet counts them, with some of them.
    pub(super) serial: u32,
    pub(super) serial_examples: Vec<String>,
    /// Cells with a power of ten (`1.23E+12`), with one of them.
    pub(super) scientific: u32,
    pub(super) scientific_example: String,
}

/// What a cell is to a column of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numeral {
    /// No number.
    None,
    /// A number that would be a day between 1982 and 2068 as a spreadsheet counts days, whichever way it counts.
    Serial,
    /// Any other number.
    Other,
}

/// Numbers that spreadsheets count today's days by: 1982 to 2064 where they count from 1900, four years later where
/// they count from 1904.
const SERIALS: std::ops::RangeInclusive<f64> = 30_000.0..=60_000.0;

/// Most examples and currencies that are kept.
const KEPT: usize = 5;
/// More digits than this are no number that anyone counts with, but a number of something.
const DIGITS: usize = 18;

const COMMA: usize = 0;
const POINT: usize = 1;

impl NumberShapes {
    /// Takes a (trimmed) cell and says what it is.
    pub(super) fn push(&mut self, cell: &[u8]) -> Numeral {
        // Plain digits tell nothing about marks, and most numbers are plain digits.
        let digits = cell.strip_prefix(b"-").unwrap_or(cell);
        if !digits.is_empty() && digits.len() <= DIGITS && digits.iter().all(u8::is_ascii_digit) {
            let value = digits.iter().fold(0_i64, |value, byte| value * 10 + i64::from(byte - b'0')) as f64;
            let negative = digits.len() < cell.len();
            self.count(negative, if negative { -value } else { value }, None);
            // Noughts alone are a placeholder (00000000), no name made of digits.
            self.leading_zeros += u32::from(digits.len() > 1 && digits[0] == b'0' && value > 0.0);
            return if cell.len() == 5 && SERIALS.contains(&value) {
                self.serial(cell)
            } else {
                Numeral::Other
            };
        }
        if self.push_marked(cell).is_none() {
            return Numeral::None;
        }
        if is_serial(cell) { self.serial(cell) } else { Numeral::Other }
    }

    fn serial(&mut self, cell: &[u8]) -> Numeral {
        self.serial += 1;
        keep(&mut self.serial_examples, cell);
        Numeral::Serial
    }

    fn count(&mut self, negative: bool, as_decimal: f64, as_group: Option<f64>) {
        self.cells += 1;
        self.negative += u32::from(negative);
        for (range, value) in self.range.iter_mut().zip([as_decimal, as_group.unwrap_or(as_decimal)]) {
            *range = Some(range.map_or((value, value), |(min, max)| (min.min(value), max.max(value))));
        }
    }

    /// None where it is no number.
    fn push_marked(&mut self, cell: &[u8]) -> Option<()> {
        let bare = Bare::of(cell)?;
        let (mantissa, power) = power_of_ten(bare.digits)?;
        let digits = Digits::of(mantissa)?;
        let role = match digits.role()? {
            // Before a power of ten stands one digit and its decimals.
            Role::Either(mark) if power != 0 => Role::Decimal(mark),
            role => role,
        };
        if power != 0 {
            self.scientific += 1;
            if self.scientific_example.is_empty() {
                self.scientific_example = String::from_utf8_lossy(cell).into_owned();
            }
        }
        self.percent += u32::from(bare.percent);
        if let Some(currency) = bare.currency {
            self.currency += 1;
            if self.currencies.len() < KEPT
                && !self.currencies.iter().any(|known| known.as_bytes() == currency)
            {
                self.currencies.push(String::from_utf8_lossy(currency).into_owned());
            }
        }
        let sign = if bare.negative { -1.0 } else { 1.0 };
        let decimal = digits.value * 10_f64.powi(power - i32::from(digits.after_last));
        self.space += u32::from(digits.blank == Some(Separator::Space));
        self.apostrophe += u32::from(digits.blank == Some(Separator::Apostrophe));
        self.marked += u32::from(digits.marks() > 0 || digits.blank.is_some());
        let mut as_group = None;
        match role {
            Role::Plain => {}
            Role::Decimal(mark) => {
                self.decimal[mark] += 1;
                self.decimals = self.decimals.max(digits.after_last);
                if digits.counts[1 - mark] > 0 {
                    self.group[1 - mark] += 1;
                }
            }
            Role::Group(mark) => {
                self.group[mark] += 1;
                self.count(bare.negative, sign * digits.value, None);
                keep(&mut self.examples, cell);
                return Some(());
            }
            Role::Either(mark) => {
                self.either[mark] += 1;
                as_group = Some(sign * digits.value);
            }
        }
        if !digits.has_mark() {
            self.leading_zeros += u32::from(digits.leading_zero);
        }
        self.count(bare.negative, sign * decimal, as_group);
        keep(&mut self.examples, cell);
        Some(())
    }

    /// The notations that fit every cell; several where the column does not tell, none where cells contradict.
    pub(super) fn candidates(&self) -> Vec<NumberFormat> {
        let separator = |mark: usize| {
            if self.space > 0 {
                Separator::Space
            } else if self.apostrophe > 0 {
                Separator::Apostrophe
            } else if self.group[mark] > 0 || self.either[mark] > 0 {
                if mark == COMMA { Separator::Comma } else { Separator::Point }
            } else {
                Separator::None
            }
        };
        // With this mark for decimals, the other one groups.
        let fits = |mark: usize| self.decimal[1 - mark] == 0 && self.group[mark] == 0;
        let mut found: Vec<NumberFormat> = [POINT, COMMA]
            .into_iter()
            .filter(|mark| fits(*mark))
            .filter_map(|mark| NumberFormat::new(mark == COMMA, separator(1 - mark)))
            .collect();
        // Nothing in the column needs more than one notation: the plain one is as good as any.
        if self.decimal == [0; 2] && self.either == [0; 2] && self.group == [0; 2] {
            found.truncate(1);
        }
        // Once a mark's role is known, the cells that could be either are no question any more.
        if self.has_mark() {
            found.truncate(1);
        }
        found
    }

    /// Whether some cell tells which mark is the decimal one.
    pub(super) fn has_mark(&self) -> bool {
        self.decimal != [0; 2] || self.group != [0; 2]
    }

    /// Whether any cell has decimals, or may have.
    pub(super) fn has_decimals(&self) -> bool {
        self.decimal != [0; 2] || self.percent > 0 || (self.either != [0; 2] && self.candidates().len() > 1)
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.cells += other.cells;
        self.negative += other.negative;
        self.percent += other.percent;
        self.currency += other.currency;
        self.leading_zeros += other.leading_zeros;
        self.marked += other.marked;
        for mark in [COMMA, POINT] {
            self.decimal[mark] += other.decimal[mark];
            self.group[mark] += other.group[mark];
            self.either[mark] += other.either[mark];
            self.range[mark] = match (self.range[mark], other.range[mark]) {
                (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
                (one, two) => one.or(two),
            };
        }
        self.space += other.space;
        self.apostrophe += other.apostrophe;
        self.decimals = self.decimals.max(other.decimals);
        self.serial += other.serial;
        self.scientific += other.scientific;
        if self.scientific_example.is_empty() {
            self.scientific_example = other.scientific_example;
        }
        let new = |kept: &mut Vec<String>, more: Vec<String>| {
            for text in more {
                if kept.len() < KEPT && !kept.contains(&text) {
                    kept.push(text);
                }
            }
        };
        new(&mut self.examples, other.examples);
        new(&mut self.currencies, other.currencies);
        new(&mut self.serial_examples, other.serial_examples);
    }
}

fn keep(examples: &mut Vec<String>, cell: &[u8]) {
    if examples.len() < KEPT {
        let text = String::from_utf8_lossy(cell).into_owned();
        if !examples.contains(&text) {
            examples.push(text);
        }
    }
}

/// Five digits and a fraction of a day: `45123.5`, or with a comma.
fn is_serial(cell: &[u8]) -> bool {
    let Some((whole, [b'.' | b',', fraction @ ..])) = cell.split_at_checked(5) else { return false };
    let value = whole.iter().fold(0.0, |value, byte| value * 10.0 + f64::from(byte.wrapping_sub(b'0')));
    !fraction.is_empty() && whole.iter().chain(fraction).all(u8::is_ascii_digit) && SERIALS.contains(&value)
}

/// The digits before a power of ten as spreadsheets write it, with its sign (`1.23E+12`), and the power; names such as
/// `12E5` are none. `None` for a power that is no number.
fn power_of_ten(digits: &[u8]) -> Option<(&[u8], i32)> {
    let has_power = digits.windows(2).any(|pair| matches!(pair, [b'e' | b'E', b'+' | b'-']));
    if has_power { split_exponent(digits) } else { Some((digits, 0)) }
}

/// A number cell without its sign, currency and per cent sign.
struct Bare<'a> {
    digits: &'a [u8],
    negative: bool,
    percent: bool,
    currency: Option<&'a [u8]>,
}

impl<'a> Bare<'a> {
    fn of(cell: &'a [u8]) -> Option<Self> {
        let mut bare = Self { digits: cell, negative: false, percent: false, currency: None };
        if let [b'(', inner @ .., b')'] = cell {
            (bare.digits, bare.negative) = (trim(inner), true);
        }
        // Sign and currency may stand in either order, before and after: at most one of each.
        for _ in 0..4 {
            let digits = bare.digits;
            match digits {
                [b'-', rest @ ..]
                | [rest @ .., b'-']
                | [0xE2, 0x88, 0x92, rest @ ..]
                | [rest @ .., 0xE2, 0x88, 0x92]
                    if !bare.negative =>
                {
                    (bare.digits, bare.negative) = (trim(rest), true);
                }
                [b'+', rest @ ..] => bare.digits = trim(rest),
                [rest @ .., b'%'] if !bare.percent => (bare.digits, bare.percent) = (trim(rest), true),
                _ if bare.currency.is_none() => {
                    if let Some(rest) = currency_at_start(digits) {
                        bare.currency = Some(&digits[..digits.len() - rest.len()]);
                        bare.digits = trim(rest);
                    } else if let Some(rest) = currency_at_end(digits) {
                        bare.currency = Some(&digits[rest.len()..]);
                        bare.digits = trim(rest);
                    } else {
                        break;
                    }
                }
                _ => break,
            }
        }
        let plausible =
            bare.digits.first().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        plausible.then_some(bare)
    }
}

/// What a mark can be.
enum Role {
    Plain,
    Decimal(usize),
    Group(usize),
    Either(usize),
}

/// The digits of a number and the marks among them.
#[derive(Default)]
struct Digits {
    value: f64,
    total: usize,
    counts: [u32; 2],
    last: Option<usize>,
    before_first: usize,
    after_last: u8,
    /// All groups between marks have three digits.
    in_threes: bool,
    /// A blank or an apostrophe between groups; both at once is no number.
    blank: Option<Separator>,
    leading_zero: bool,
}

impl Digits {
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut found =
            Self { in_threes: true, leading_zero: bytes.len() > 1 && bytes[0] == b'0', ..Self::default() };
        let mut rest = bytes;
        let mut run = 0_usize;
        let mut any_mark = false;
        while let Some((byte, after)) = rest.split_first() {
            rest = after;
            match byte {
                b'0'..=b'9' => {
                    found.value = found.value * 10.0 + f64::from(byte - b'0');
                    found.total += 1;
                    run += 1;
                    continue;
                }
                b'.' | b',' => {
                    let mark = if *byte == b',' { COMMA } else { POINT };
                    // A mark that comes back after the other one fits no notation.
                    if found.last.is_some_and(|last| last != mark) && found.counts[mark] > 0 {
                        return None;
                    }
                    found.counts[mark] += 1;
                    found.last = Some(mark);
                }
                b' ' => rest = found.group(Separator::Space, after)?,
                b'\'' => rest = found.group(Separator::Apostrophe, after)?,
                0xC2 if after.first() == Some(&0xA0) => rest = found.group(Separator::Space, &after[1..])?,
                0xE2 if after.starts_with(b"\x80\xAF") => {
                    rest = found.group(Separator::Space, &after[2..])?;
                }
                0xE2 if after.starts_with(b"\x80\x99") => {
                    rest = found.group(Separator::Apostrophe, &after[2..])?;
                }
                _ => return None,
            }
            if any_mark {
                found.in_threes &= run == 3;
            } else {
                found.before_first = run;
                found.in_threes &= (1..=3).contains(&run) && !(run == 1 && found.leading_zero);
            }
            any_mark = true;
            run = 0;
        }
        if found.total == 0 || found.total > DIGITS {
            return None;
        }
        found.after_last = if found.last.is_some() { run as u8 } else { 0 };
        let groups_only = any_mark && found.last.is_none();
        // Blanks and apostrophes only group, so they need groups of three behind them.
        (!groups_only || (run == 3 && found.in_threes)).then_some(found)
    }

    /// Notes a blank or an apostrophe and goes on behind it; none where the other one was there before.
    fn group<'a>(&mut self, blank: Separator, rest: &'a [u8]) -> Option<&'a [u8]> {
        let fits = self.blank.is_none_or(|before| before == blank);
        self.blank = Some(blank);
        fits.then_some(rest)
    }

    fn marks(&self) -> u32 {
        self.counts[COMMA] + self.counts[POINT]
    }

    fn has_mark(&self) -> bool {
        self.marks() > 0
    }

    fn role(&self) -> Option<Role> {
        let Some(last) = self.last else { return Some(Role::Plain) };
        let groups = self.in_threes && self.after_last == 3;
        match (self.counts[last], self.counts[1 - last]) {
            // Both marks: the last one is for decimals, and the other one groups before it.
            (1, 1..) => self.in_threes.then_some(Role::Decimal(last)),
            (2.., 0) => groups.then_some(Role::Group(last)),
            (2.., _) => None,
            // With blanks or apostrophes between groups, a mark is for decimals.
            _ if self.blank.is_some() => self.in_threes.then_some(Role::Decimal(last)),
            // One mark before exactly three digits, as thousands would have.
            _ if groups => Some(Role::Either(last)),
            _ => Some(Role::Decimal(last)),
        }
    }
}
