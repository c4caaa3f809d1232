//! From counts to a verdict.

use super::super::number::parse_boolean;
use super::super::{DateFormat, YY_WINDOW_START};
use super::date_column::ShapeCount;
use super::date_shape::{Layout, Order};
use super::profile::{
    ColumnKind, ColumnProfile, DateReading, FormatCount, Hint, NumberReading, SerialReading, WordCount,
};
use super::{Cells, PlausibleYears};

/// Different words up to which a column of dates or numbers may hold more words than values: a handful of
/// placeholders, not text.
const PLACEHOLDERS: u32 = 20;
/// Rows that a form must have before the absence of days below 13 means anything: by chance it is
/// (19/31)²⁰, one in seventeen thousand.
const HALF_CONVERTED_ROWS: u32 = 20;
/// Stretch of equal timestamps that no ordinary batch makes.
const FILLED_DOWN_ROWS: u32 = 50;

impl Cells {
    /// The verdict on what was seen. `years` are those in which a date can be meant.
    pub fn finish(&self, years: PlausibleYears) -> ColumnProfile {
        let filled = self.rows - self.empty;
        let kind = self.kind(filled);
        let is_date = matches!(kind, ColumnKind::Date | ColumnKind::Timestamp);
        let may_be_packed = kind == ColumnKind::Integer && self.all_packed(filled, years);
        let listed = self.values.other() == 0;
        let (min, max) = self.range(kind);
        ColumnProfile {
            kind,
            cells: self.rows,
            empty: self.empty,
            distinct: self.values.distinct(),
            distinct_is_minimum: self.values.is_full(),
            samples: self.samples.clone(),
            min,
            max,
            longest_bytes: self.longest_bytes,
            values: if listed { self.values.counts() } else { Vec::new() },
            words: self.words.counts(),
            other_words: self.words.other(),
            odd_numbers: self.odd_numbers(may_be_packed),
            odd_dates: self.odd_dates.counts().collect(),
            date: self.date_reading(is_date, may_be_packed),
            number: if is_date { None } else { self.number_reading() },
            hints: self.hints(kind, may_be_packed, years),
        }
    }

    fn kind(&self, filled: u32) -> ColumnKind {
        if filled == 0 {
            return ColumnKind::Empty;
        }
        let few_words = self.has_few_words();
        // A fifth of the cells is enough when all others are a few words; otherwise half of them.
        let dates = self.dates.rows() - self.packed_rows() + self.date_lost;
        if dates > 0
            && (dates >= filled.div_ceil(2) || (few_words && u64::from(dates) * 5 >= u64::from(filled)))
        {
            return if self.has_time() { ColumnKind::Timestamp } else { ColumnKind::Date };
        }
        let numbers = self.numbers.cells;
        if numbers > 0
            && (numbers >= filled.div_ceil(2) || (few_words && u64::from(numbers) * 5 >= u64::from(filled)))
        {
            return self.number_kind();
        }
        let boolean = self.values.other() == 0
            && self.values.distinct() <= 4
            && self.values.listed().all(|value| parse_boolean(value).is_ok());
        if boolean { ColumnKind::Boolean } else { ColumnKind::Text }
    }

    /// Whatever is neither date nor number is one of a handful of words.
    fn has_few_words(&self) -> bool {
        self.words.other() == 0 && self.words.distinct() <= PLACEHOLDERS
    }

    fn number_kind(&self) -> ColumnKind {
        let numbers = &self.numbers;
        if numbers.currency > 0 {
            ColumnKind::Money
        } else if numbers.has_decimals() {
            ColumnKind::Decimal
        } else if numbers.leading_zeros > 0 {
            ColumnKind::Text
        } else {
            ColumnKind::Integer
        }
    }

    fn packed(&self) -> Option<&ShapeCount> {
        self.dates
            .shapes
            .iter()
            .find(|count| count.shape.layout == Layout::Packed && count.shape.time.is_none())
    }

    fn packed_rows(&self) -> u32 {
        self.packed().map_or(0, |count| count.rows)
    }

    fn all_packed(&self, filled: u32, years: PlausibleYears) -> bool {
        // A system writes 00000000 or 99991231 where it has no date.
        let odd = if self.odd_numbers.is_many() { 0 } else { self.odd_numbers.rows() };
        self.packed().is_some_and(|count| {
            let strange = count.years.iter().filter(|(year, _)| !(years.first..=years.last).contains(year));
            let strange: u32 = strange.map(|(_, rows)| rows).sum();
            count.rows + self.words.rows() + odd >= filled
                && count.valid[Order::YearMonthDay as usize] == count.rows
                && strange <= odd
                && strange < count.rows
        })
    }

    /// Whether any date has a time that is not midnight.
    fn has_time(&self) -> bool {
        self.date_lost > 0
            || self.dates.shapes.iter().any(|count| count.shape.time.is_some() && count.midnight < count.rows)
    }

    /// How the dates are written, of which a column that is mostly something else may have a few.
    fn date_reading(&self, is_date: bool, may_be_packed: bool) -> Option<DateReading> {
        let serial = self.serial();
        if !is_date && !may_be_packed && serial.is_none() && !self.has_few_words() {
            return None;
        }
        // Eight digits by themselves are a date only where all of them are.
        let is_meant = |count: &&ShapeCount| is_date || may_be_packed || count.shape.layout != Layout::Packed;
        let mut forms: Vec<FormatCount> = self.dates.shapes.iter().filter(is_meant).map(form).collect();
        forms.sort_by_key(|form| std::cmp::Reverse(form.rows));
        let has_any = !forms.is_empty() || self.date_lost > 0 || serial.is_some();
        has_any.then_some(DateReading { forms, other_rows: self.dates.other, serial })
    }

    /// The numbers that may be a spreadsheet's days, where all others are a few placeholders.
    fn serial(&self) -> Option<SerialReading> {
        let numbers = &self.numbers;
        let is_meant = numbers.serial > 0 && !self.odd_numbers.is_many();
        is_meant.then(|| SerialReading { rows: numbers.serial, examples: numbers.serial_examples.clone() })
    }

    /// The numbers that would be words among dates.
    fn odd_numbers(&self, may_be_packed: bool) -> Vec<WordCount> {
        let has_dates = may_be_packed || self.numbers.serial > 0 || self.dates.rows() > self.packed_rows();
        if has_dates { self.odd_numbers.counts().collect() } else { Vec::new() }
    }

    fn number_reading(&self) -> Option<NumberReading> {
        let numbers = &self.numbers;
        (numbers.cells > 0).then(|| NumberReading {
            candidates: numbers.candidates(),
            has_mark: numbers.has_mark(),
            rows: numbers.cells,
            decimals: numbers.decimals,
            currencies: numbers.currencies.clone(),
            percent_rows: numbers.percent,
            negative_rows: numbers.negative,
            examples: numbers.examples.clone(),
        })
    }

    /// Smallest and largest value as text, where the column can be read in one way.
    fn range(&self, kind: ColumnKind) -> (Option<String>, Option<String>) {
        match kind {
            ColumnKind::Date | ColumnKind::Timestamp => {
                let known = self.dates.shapes.iter().filter_map(|count| match count.orders()[..] {
                    [order] => count.range[order as usize],
                    _ => None,
                });
                let range = known.reduce(|(a, b), (c, d)| (a.min(c), b.max(d)));
                let ambiguous = self.dates.shapes.iter().any(|count| count.orders().len() > 1);
                let range = range.filter(|_| !ambiguous);
                (range.map(|(first, _)| first.to_string()), range.map(|(_, last)| last.to_string()))
            }
            ColumnKind::Integer | ColumnKind::Decimal | ColumnKind::Money => {
                let numbers = &self.numbers;
                let [format] = numbers.candidates()[..] else { return (None, None) };
                // With a decimal comma, a point that could be either groups, and the other way round.
                let comma_decides = numbers.either[0] > 0;
                let either_is_decimal = comma_decides == format.has_decimal_comma();
                let range = numbers.range[usize::from(!either_is_decimal)];
                (range.map(|(min, _)| min.to_string()), range.map(|(_, max)| max.to_string()))
            }
            _ => (None, None),
        }
    }

    fn hints(&self, kind: ColumnKind, may_be_packed: bool, years: PlausibleYears) -> Vec<Hint> {
        let mut hints = Vec::new();
        if self.date_lost > 0 {
            hints.push(Hint::DateLost { rows: self.date_lost });
        }
        match kind {
            ColumnKind::Date | ColumnKind::Timestamp => self.date_hints(years, &mut hints),
            ColumnKind::Integer | ColumnKind::Decimal => {
                if may_be_packed {
                    hints.push(Hint::MayBePackedDate);
                }
                // Noughts and the like stand for no day; other numbers in plenty say that it is no column of days.
                let odd = self.odd_numbers.rows();
                if self.serial().is_some()
                    && self.numbers.serial + odd == self.numbers.cells
                    && odd < self.numbers.serial
                {
                    hints.push(Hint::MayBeSerialDate);
                }
            }
            ColumnKind::Text if self.numbers.leading_zeros > 0 && self.number_kind() == ColumnKind::Text => {
                hints.push(Hint::LeadingZeros { rows: self.numbers.leading_zeros });
            }
            _ => {}
        }
        if self.numbers.scientific > 0 {
            let example = self.numbers.scientific_example.clone();
            hints.push(Hint::Scientific { rows: self.numbers.scientific, example });
        }
        if self.errors > 0 {
            hints.push(Hint::SpreadsheetErrors { rows: self.errors });
        }
        hints
    }

    fn date_hints(&self, years: PlausibleYears, hints: &mut Vec<Hint>) {
        let shapes = &self.dates.shapes;
        hints.extend(half_converted(shapes));
        let impossible: u32 = shapes.iter().map(|count| count.impossible).sum();
        if impossible > 0 {
            let examples = shapes
                .iter()
                .flat_map(|count| count.impossible_examples.iter().cloned())
                .take(super::KEPT)
                .collect();
            hints.push(Hint::NoSuchDay { rows: impossible, examples });
        }
        let mut strange: Vec<(i32, u32)> = shapes
            .iter()
            .flat_map(|count| count.years.iter().copied())
            .filter(|(year, _)| !(years.first..=years.last).contains(year))
            .collect();
        if !strange.is_empty() {
            strange.sort_unstable();
            let rows = strange.iter().map(|(_, rows)| rows).sum();
            let mut years: Vec<i32> = strange.into_iter().map(|(year, _)| year).collect();
            years.dedup();
            hints.push(Hint::ImplausibleYears { rows, years });
        }
        for count in shapes {
            if let Some(order) = count.orders().first()
                && count.next_day[*order as usize] > 0
                // Jobs that run at the same time every day are not filled in by hand.
                && u64::from(count.same_time) * 20 < u64::from(count.rows)
            {
                hints.push(Hint::FilledSeries {
                    rows: count.next_day[*order as usize],
                    examples: count.next_day_examples.clone(),
                });
            }
        }
        if self.has_time() && self.date_lost == 0 && self.repeats.longest_rows >= FILLED_DOWN_ROWS {
            let repeats = &self.repeats;
            let first_row = (repeats.longest_end + 1).saturating_sub(u64::from(repeats.longest_rows));
            hints.push(Hint::FilledDown {
                rows: repeats.rows,
                longest_rows: repeats.longest_rows,
                first_row: u32::try_from(first_row).unwrap_or(u32::MAX),
                text: super::fault::quote(&repeats.longest_text),
            });
        }
        if shapes.iter().any(|count| count.shape.year_digits == 2) {
            hints.push(Hint::TwoDigitYears { window_start: YY_WINDOW_START });
        }
    }
}

fn form(count: &ShapeCount) -> FormatCount {
    let orders = count.orders();
    let range = match orders[..] {
        [order] => count.range[order as usize],
        _ => None,
    };
    FormatCount {
        // The patterns are built from pieces that are always a format; one that were not would not be offered.
        candidates: orders
            .iter()
            .filter_map(|order| count.pattern(*order).parse::<DateFormat>().ok())
            .collect(),
        rows: count.rows,
        examples: count.examples.clone(),
        first: range.map(|(first, _)| first),
        last: range.map(|(_, last)| last),
    }
}

/// Looks for a form in which no day is below 13 beside another form: what a spreadsheet leaves behind that
/// has misread whatever it could.
fn half_converted(shapes: &[ShapeCount]) -> Option<Hint> {
    let kept = shapes.iter().find(|count| {
        let orders = count.orders();
        count.shape.layout == Layout::Numbers
            && count.rows >= HALF_CONVERTED_ROWS
            && orders.len() == 1
            && orders.first().is_some_and(|order| count.span[order.places().2].0 > 12)
    })?;
    let converted = shapes
        .iter()
        .filter(|count| {
            count.shape != kept.shape
                && count.shape.layout != Layout::NameSecond
                && count.shape.layout != Layout::NameFirst
        })
        .max_by_key(|count| count.rows)?;
    let pattern =
        |count: &ShapeCount| count.orders().first().map(|order| count.pattern(*order)).unwrap_or_default();
    Some(Hint::HalfConverted {
        kept: pattern(kept),
        kept_rows: kept.rows,
        converted: pattern(converted),
        converted_rows: converted.rows,
        examples: converted.examples.clone(),
    })
}
