//! How a number is written, and reading it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fault::{self, CellFault};
use super::trim;

/// An amount of goods in thousandths of its unit: 1.5 kg is `Quantity(1500)`. Exact: a cell with more than
/// three decimals that are not zero is a fault, because a rounded quantity no longer adds up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(pub i64);

/// An amount of money in the minor unit of its currency: 12.34 € is `Money(1234)`. Cells with more decimals
/// than the currency has (systems keep 32.3800011) are rounded to the nearest minor unit, and from the
/// middle to the even one, so that sums do not drift.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(pub i64);

impl Quantity {
    /// Thousandths in a unit.
    pub const SCALE: i64 = 1000;
    /// Decimals that are kept.
    pub const DECIMALS: u8 = 3;
}

impl fmt::Display for Quantity {
    /// As a person writes it, without needless zeros: `1.5`, `-0.25`, `12`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, size) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, thousandths) = (size / 1000, size % 1000);
        match thousandths {
            0 => write!(f, "{sign}{whole}"),
            t if t % 100 == 0 => write!(f, "{sign}{whole}.{}", t / 100),
            t if t % 10 == 0 => write!(f, "{sign}{whole}.{:02}", t / 10),
            t => write!(f, "{sign}{whole}.{t:03}"),
        }
    }
}

/// The mark between groups of three digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Separator {
    /// None: `1234`.
    None,
    /// `1,234`; Indian groups of two (`12,34,567`) are read too.
    Comma,
    /// `1.234`.
    Point,
    /// A space, no-break space or narrow no-break space: `1 234`.
    Space,
    /// `1'234` or `1’234`.
    Apostrophe,
    /// Whichever of these a cell has, as long as it is not the decimal mark: with that known, no other mark is in doubt.
    Any,
}

/// How the numbers of one column are written; in TOML a sample such as `"1.234,56"`.
///
/// Whatever the marks, these are read: a sign before or after (`12-`), negative in brackets (`(12)`), a
/// currency sign or code before or after (`$ 12`, `12 EUR`), a per cent sign (where a column may hold shares),
/// powers of ten (`1.2E+05`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NumberFormat {
    decimal: u8,
    thousands: Separator,
}

/// The text is not a sample of a number notation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is not a sample of how numbers are written (1234.56 · 1,234.56 · 1.234,56 · 1 234,56 · 1'234.56)"
)]
pub struct NotANumberFormat(pub String);

/// Why a cell does not fit.
enum Miss {
    Shape,
    Precision,
    Size,
}

/// What to do with decimals beyond those kept.
#[derive(Clone, Copy, PartialEq)]
enum Beyond {
    Fault,
    HalfEven,
}

/// A cell without its sign, brackets, currency and per cent sign.
struct Bare<'a> {
    digits: &'a [u8],
    negative: bool,
    percent: bool,
}

impl NumberFormat {
    /// `1234.56`
    pub const POINT: Self = Self { decimal: b'.', thousands: Separator::None };
    /// `1234,56`
    pub const COMMA: Self = Self { decimal: b',', thousands: Separator::None };

    /// A notation with the given decimal mark (comma, or point otherwise) and thousands mark; `None` where
    /// both would be the same character.
    pub fn new(decimal_comma: bool, thousands: Separator) -> Option<Self> {
        let decimal = if decimal_comma { b',' } else { b'.' };
        let clash = if decimal_comma { Separator::Comma } else { Separator::Point };
        (thousands != clash).then_some(Self { decimal, thousands })
    }

    /// The notation of which only the decimal mark is stated; thousands may have any other mark.
    pub const fn stated(decimal_comma: bool) -> Self {
        Self { decimal: if decimal_comma { b',' } else { b'.' }, thousands: Separator::Any }
    }

    /// Whether decimals follow a comma.
    pub const fn has_decimal_comma(self) -> bool {
        self.decimal == b','
    }

    /// A quantity in thousandths, exact. A per cent sign divides by a hundred.
    ///
    /// # Errors
    /// `NotANumber`, `TooPrecise` (a fourth decimal that is not zero), `TooLarge`, `SpreadsheetError`.
    pub fn quantity(self, cell: &[u8]) -> Result<Quantity, CellFault> {
        self.scaled(cell, Quantity::DECIMALS, Beyond::Fault, true).map(Quantity)
    }

    /// A percentage in thousandths of a percent, exact. A cell with a per cent sign says percent; one without says
    /// percent, or a share of 1 where `is_share` says that the column holds shares: 0.93512 is 93.512.
    ///
    /// # Errors
    /// As for [`NumberFormat::quantity`]; of a share a sixth decimal that is not zero is too precise.
    pub fn percent(self, cell: &[u8], is_share: bool) -> Result<Quantity, CellFault> {
        if !is_share && !cell.contains(&b'%') {
            return self.quantity(cell);
        }
        // Two places more: a hundredth is a percent.
        self.scaled(cell, Quantity::DECIMALS + 2, Beyond::Fault, true).map(Quantity)
    }

    /// An amount of money in minor units, of which `minor_digits` decimals make one unit (2 for most
    /// currencies, 0 for the yen, 3 for some dinars; more than 6 count as 6). Further decimals are rounded
    /// half to even.
    ///
    /// # Errors
    /// `NotANumber` (a per cent sign too), `TooLarge`, `SpreadsheetError`.
    pub fn money(self, cell: &[u8], minor_digits: u8) -> Result<Money, CellFault> {
        self.scaled(cell, minor_digits.min(6), Beyond::HalfEven, false).map(Money)
    }

    /// A whole number; `12.0` is one, `12.5` is not.
    ///
    /// # Errors
    /// As for [`NumberFormat::quantity`].
    pub fn integer(self, cell: &[u8]) -> Result<i64, CellFault> {
        self.scaled(cell, 0, Beyond::Fault, false)
    }

    fn scaled(self, cell: &[u8], decimals: u8, beyond: Beyond, percent: bool) -> Result<i64, CellFault> {
        let cell = trim(cell);
        self.read(cell, decimals, beyond, percent).map_err(|miss| self.fault(cell, decimals, &miss))
    }

    #[cold]
    fn fault(self, cell: &[u8], decimals: u8, miss: &Miss) -> CellFault {
        let text = fault::quote(cell);
        match miss {
            _ if fault::is_spreadsheet_error(cell) => CellFault::SpreadsheetError { text },
            Miss::Shape => CellFault::NotANumber { text, format: self.to_string() },
            Miss::Precision => CellFault::TooPrecise { text, decimals },
            Miss::Size => CellFault::TooLarge { text },
        }
    }

    fn read(self, cell: &[u8], decimals: u8, beyond: Beyond, percent: bool) -> Result<i64, Miss> {
        // Most cells are short plain digits.
        if !cell.is_empty() && cell.len() <= 9 && cell.iter().all(u8::is_ascii_digit) {
            let value = cell.iter().fold(0, |value, byte| value * 10 + i64::from(byte - b'0'));
            return Ok(value * 10_i64.pow(u32::from(decimals)));
        }
        let bare = strip(cell).ok_or(Miss::Shape)?;
        if bare.percent && !percent {
            return Err(Miss::Shape);
        }
        let (number, exponent) = split_exponent(bare.digits).ok_or(Miss::Shape)?;
        // A per cent sign moves the decimal mark two places to the left.
        let exponent = exponent - if bare.percent { 2 } else { 0 };
        let (whole, fraction) = match number.iter().position(|byte| *byte == self.decimal) {
            None => (number, &[][..]),
            Some(at) => (&number[..at], &number[at + 1..]),
        };
        if whole.is_empty() && fraction.is_empty() {
            return Err(Miss::Shape);
        }
        let mut size = Size { value: 0, places: i32::from(decimals) + exponent, next: None, sticky: false };
        self.read_whole(whole, fraction.is_empty(), &mut size)?;
        size.point();
        for byte in fraction {
            if !byte.is_ascii_digit() {
                return Err(Miss::Shape);
            }
            size.decimal(byte - b'0')?;
        }
        let size = size.finish(beyond)?;
        Ok(if bare.negative { -size } else { size })
    }

    /// Reads the digits before the decimal mark and checks their groups.
    fn read_whole(self, whole: &[u8], alone: bool, size: &mut Size) -> Result<(), Miss> {
        if whole.is_empty() {
            return if alone { Err(Miss::Shape) } else { Ok(()) };
        }
        let (mut rest, mut in_group, mut groups) = (whole, 0_u32, 0_u32);
        let mut thousands = self.thousands;
        while let Some((first, after)) = rest.split_first() {
            if first.is_ascii_digit() {
                size.digit(first - b'0')?;
                in_group += 1;
                rest = after;
                continue;
            }
            thousands = thousands.found_in(rest);
            rest = thousands.strip(rest).ok_or(Miss::Shape)?;
            let fits = match groups {
                0 => (1..=3).contains(&in_group),
                _ => in_group == 3 || (in_group == 2 && thousands == Separator::Comma),
            };
            if !fits {
                return Err(Miss::Shape);
            }
            groups += 1;
            in_group = 0;
        }
        if groups == 0 || in_group == 3 { Ok(()) } else { Err(Miss::Shape) }
    }
}

/// A number that grows digit by digit, scaled by a power of ten.
struct Size {
    value: i64,
    /// Decimals still to come before the scale is filled.
    places: i32,
    /// The first digit beyond the scale.
    next: Option<u8>,
    /// Whether any digit after that one is not zero.
    sticky: bool,
}

impl Size {
    fn digit(&mut self, digit: u8) -> Result<(), Miss> {
        let grown = self.value.checked_mul(10).and_then(|value| value.checked_add(i64::from(digit)));
        self.value = grown.ok_or(Miss::Size)?;
        Ok(())
    }

    /// The decimal mark: a scale below one (a negative power of ten) drops digits that were read already.
    fn point(&mut self) {
        if self.places < -18 {
            self.sticky |= self.value != 0;
            self.next = Some(0);
            (self.value, self.places) = (0, 0);
        }
        while self.places < 0 {
            self.beyond((self.value % 10) as u8, true);
            self.value /= 10;
            self.places += 1;
        }
    }

    fn decimal(&mut self, digit: u8) -> Result<(), Miss> {
        if self.places > 0 && self.next.is_none() {
            self.places -= 1;
            return self.digit(digit);
        }
        self.beyond(digit, false);
        Ok(())
    }

    fn beyond(&mut self, digit: u8, from_left: bool) {
        match self.next {
            None => self.next = Some(digit),
            Some(before) if from_left => {
                self.sticky |= before != 0;
                self.next = Some(digit);
            }
            Some(_) => self.sticky |= digit != 0,
        }
    }

    fn finish(mut self, beyond: Beyond) -> Result<i64, Miss> {
        // Past nineteen places only nought is left that fits.
        for _ in 0..self.places.min(20) {
            self.digit(0)?;
        }
        let next = self.next.unwrap_or(0);
        if beyond == Beyond::Fault {
            return if next == 0 && !self.sticky { Ok(self.value) } else { Err(Miss::Precision) };
        }
        let up = next > 5 || (next == 5 && (self.sticky || self.value % 2 == 1));
        self.value.checked_add(i64::from(up)).ok_or(Miss::Size)
    }
}

impl Separator {
    /// The mark that a cell has at this place, where any is allowed; all further ones must be the same.
    fn found_in(self, rest: &[u8]) -> Self {
        if self != Self::Any {
            return self;
        }
        let marks = [Self::Comma, Self::Point, Self::Space, Self::Apostrophe];
        marks.into_iter().find(|mark| mark.strip(rest).is_some()).unwrap_or(Self::None)
    }

    fn strip(self, rest: &[u8]) -> Option<&[u8]> {
        let any = |marks: &[&[u8]]| marks.iter().find_map(|mark| rest.strip_prefix(*mark));
        match self {
            Self::None | Self::Any => None,
            Self::Comma => any(&[b","]),
            Self::Point => any(&[b"."]),
            Self::Space => any(&[b" ", b"\xC2\xA0", b"\xE2\x80\xAF", b"\xE2\x80\x89"]),
            Self::Apostrophe => any(&[b"'", b"\xE2\x80\x99"]),
        }
    }
}

/// Takes brackets, signs, currency and per cent sign off a cell; `None` where they contradict one another.
fn strip(cell: &[u8]) -> Option<Bare<'_>> {
    let (mut digits, mut negative, mut percent, mut currency) = (cell, false, false, false);
    if let [b'(', inner @ .., b')'] = digits {
        (digits, negative) = (trim(inner), true);
    }
    let mut signed = negative;
    loop {
        let (rest, minus) = match digits {
            [b'-', rest @ ..] | [0xE2, 0x88, 0x92, rest @ ..] => (rest, true),
            [b'+', rest @ ..] => (rest, false),
            _ => {
                let rest = currency_at_start(digits);
                match rest {
                    Some(rest) if !currency => (currency, digits) = (true, trim(rest)),
                    _ => break,
                }
                continue;
            }
        };
        if signed {
            return None;
        }
        (signed, negative, digits) = (true, minus, trim(rest));
    }
    loop {
        let (rest, minus) = match digits {
            [rest @ .., b'%'] if !percent => {
                (percent, digits) = (true, trim(rest));
                continue;
            }
            [rest @ .., b'-'] | [rest @ .., 0xE2, 0x88, 0x92] => (rest, true),
            _ => {
                match currency_at_end(digits) {
                    Some(rest) if !currency => (currency, digits) = (true, trim(rest)),
                    _ => break,
                }
                continue;
            }
        };
        if signed {
            return None;
        }
        (signed, negative, digits) = (true, minus, trim(rest));
    }
    Some(Bare { digits, negative, percent })
}

/// Currency words that are no three-letter code.
const CURRENCY_WORDS: [&[u8]; 10] =
    [b"US$", b"R$", b"C$", b"A$", b"kr.", b"kr", b"Fr.", b"SFr.", b"z\xC5\x82", b"K\xC4\x8D"];

/// The cell after a currency sign or code at its start.
pub(super) fn currency_at_start(cell: &[u8]) -> Option<&[u8]> {
    match cell {
        // € and its neighbours are U+20A0 to U+20CF; £ ¥ ¢ are U+00A2 to U+00A5.
        [b'$', rest @ ..] | [0xC2, 0xA2..=0xA5, rest @ ..] | [0xE2, 0x82 | 0x83, _, rest @ ..] => Some(rest),
        _ => CURRENCY_WORDS.iter().find_map(|word| cell.strip_prefix(*word)).or_else(|| match cell {
            [a, b, c, rest @ ..]
                if [a, b, c].iter().all(|byte| byte.is_ascii_uppercase())
                    && !rest.first().is_some_and(u8::is_ascii_alphabetic) =>
            {
                Some(rest)
            }
            _ => None,
        }),
    }
}

/// The cell before a currency sign or code at its end.
pub(super) fn currency_at_end(cell: &[u8]) -> Option<&[u8]> {
    match cell {
        [rest @ .., b'$'] | [rest @ .., 0xC2, 0xA2..=0xA5] | [rest @ .., 0xE2, 0x82 | 0x83, _] => Some(rest),
        _ => CURRENCY_WORDS.iter().find_map(|word| cell.strip_suffix(*word)).or_else(|| match cell {
            [rest @ .., a, b, c]
                if [a, b, c].iter().all(|byte| byte.is_ascii_uppercase())
                    && !rest.last().is_some_and(u8::is_ascii_alphabetic) =>
            {
                Some(rest)
            }
            _ => None,
        }),
    }
}

/// The digits and the power of ten of `1.2E+05`; a power beyond ± 30 is no number that anyone means.
pub(super) fn split_exponent(digits: &[u8]) -> Option<(&[u8], i32)> {
    let Some(at) = digits.iter().position(|byte| matches!(byte, b'e' | b'E')) else {
        return Some((digits, 0));
    };
    let (sign, power) = match &digits[at + 1..] {
        [b'-', power @ ..] => (-1, power),
        [b'+', power @ ..] | power => (1, power),
    };
    if at == 0 || power.is_empty() || power.len() > 3 || !power.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let size = power.iter().fold(0, |value, byte| value * 10 + i32::from(byte - b'0'));
    (size <= 30).then_some((&digits[..at], sign * size))
}

/// A plain whole number: digits and at most a minus before them.
///
/// # Errors
/// `NotANumber` or `TooLarge`.
pub fn parse_integer(cell: &[u8]) -> Result<i64, CellFault> {
    NumberFormat::POINT.integer(cell)
}

/// Yes and no as systems write them, in the three languages of the program and any case: `true`, `yes`, `y`,
/// `1`, `ja`, `j`, `wahr`, `sí`, `si`, `s`, `verdadero`, `x` and `false`, `no`, `n`, `0`, `nein`, `falsch`, `falso`.
///
/// # Errors
/// `NotABoolean` for anything else, an empty cell too.
pub fn parse_boolean(cell: &[u8]) -> Result<bool, CellFault> {
    const YES: [&str; 12] = ["true", "yes", "y", "1", "ja", "j", "wahr", "sí", "si", "s", "verdadero", "x"];
    const NO: [&str; 7] = ["false", "no", "n", "0", "nein", "falsch", "falso"];
    let cell = trim(cell);
    let is = |word: &&str| word.as_bytes().eq_ignore_ascii_case(cell);
    // "SÍ": the accented capital is C3 8D where the small one is C3 AD.
    if YES.iter().any(&is) || cell == b"S\xC3\x8D" {
        Ok(true)
    } else if NO.iter().any(&is) {
        Ok(false)
    } else {
        Err(CellFault::NotABoolean { text: fault::quote(cell) })
    }
}

/// Every notation with the sample that stands for it in TOML.
const SAMPLES: [(&str, u8, Separator); 8] = [
    ("1234.56", b'.', Separator::None),
    ("1,234.56", b'.', Separator::Comma),
    ("1 234.56", b'.', Separator::Space),
    ("1'234.56", b'.', Separator::Apostrophe),
    ("1234,56", b',', Separator::None),
    ("1.234,56", b',', Separator::Point),
    ("1 234,56", b',', Separator::Space),
    ("1'234,56", b',', Separator::Apostrophe),
];

impl fmt::Display for NumberFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = match self.thousands {
            Separator::Any if self.has_decimal_comma() => Separator::Point,
            Separator::Any => Separator::Comma,
            stated => stated,
        };
        let sample =
            SAMPLES.iter().find(|(_, decimal, thousands)| (*decimal, *thousands) == (self.decimal, shown));
        f.write_str(sample.map_or("1234.56", |(text, ..)| text))
    }
}

impl FromStr for NumberFormat {
    type Err = NotANumberFormat;
    fn from_str(text: &str) -> Result<Self, NotANumberFormat> {
        let plain = text.trim().replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'");
        let sample = SAMPLES.iter().find(|(sample, ..)| *sample == plain);
        sample
            .map(|(_, decimal, thousands)| Self { decimal: *decimal, thousands: *thousands })
            .ok_or_else(|| NotANumberFormat(text.into()))
    }
}

impl Serialize for NumberFormat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for NumberFormat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
