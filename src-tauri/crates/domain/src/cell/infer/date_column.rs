//! What the date cells of one column tell together.

use super::super::stamp::day_of;
use super::date_shape::{Order, Parts, Shape};
use super::{Example, KEPT};
use crate::day::Day;

/// Shapes that are told apart; more are no column of dates.
const SHAPES: usize = 12;
/// Years that are counted apart.
const YEARS: usize = 400;

/// What the cells of one shape tell.
#[derive(Clone, Debug)]
pub(super) struct ShapeCount {
    pub(super) shape: Shape,
    pub(super) rows: u32,
    /// Cells that are a day of the calendar, by order of year, month and day.
    pub(super) valid: [u32; 3],
    /// First and last day, by order.
    pub(super) range: [Option<(Day, Day)>; 3],
    /// Smallest and largest number in each place.
    pub(super) span: [(u32, u32); 3],
    /// A part (then: the hour) was seen with one digit; with a nought in front.
    pub(super) short: [bool; 4],
    pub(super) padded: [bool; 4],
    /// Cells whose time is midnight.
    pub(super) midnight: u32,
    /// Cells that equal the one before, time included; and with the same time of day at all.
    pub(super) same_time: u32,
    /// Cells exactly one day after the one before, with the same time of day, by order.
    pub(super) next_day: [u32; 3],
    pub(super) next_day_examples: Vec<Example>,
    /// Cells that no order makes a day.
    pub(super) impossible: u32,
    pub(super) impossible_examples: Vec<Example>,
    /// Cells per year, where the year has four digits.
    pub(super) years: Vec<(i32, u32)>,
    pub(super) examples: Vec<String>,
}

/// The date cells of one column.
#[derive(Clone, Debug, Default)]
pub(super) struct DateColumn {
    pub(super) shapes: Vec<ShapeCount>,
    /// Date cells of yet other shapes.
    pub(super) other: u32,
    /// The shape of the last cell: the next one is likely the same.
    latest: usize,
    before: Option<Before>,
}

/// The cell before, as far as the next one is compared with it.
#[derive(Clone, Copy, Debug)]
struct Before {
    shape: usize,
    days: [Option<Day>; 3],
    seconds: u32,
}

impl DateColumn {
    /// All cells that look like dates.
    pub(super) fn rows(&self) -> u32 {
        self.other + self.shapes.iter().map(|count| count.rows).sum::<u32>()
    }

    /// Takes a (trimmed) cell; false where it is no date.
    pub(super) fn push(&mut self, cell: &[u8], row: u64) -> bool {
        let Some((shape, parts)) = Shape::read(cell) else {
            self.before = None;
            return false;
        };
        // 0000-00-00 is a word for "none", in the shape of a date.
        if parts.values.iter().all(|value| *value == 0) {
            self.before = None;
            return false;
        }
        let index = match self.find(&shape) {
            Some(index) => index,
            None if self.shapes.len() < SHAPES => {
                self.shapes.push(ShapeCount::new(shape));
                self.shapes.len().saturating_sub(1)
            }
            None => {
                self.other += 1;
                self.before = None;
                return true;
            }
        };
        self.latest = index;
        let days = self.shapes[index].push(&parts, cell, row);
        let seconds = parts.seconds_of_day;
        if let (Some(before), Some(seconds)) = (self.before, seconds)
            && before.shape == index
            && before.seconds == seconds
        {
            self.shapes[index].repeat(before.days, days, seconds, cell, row);
        }
        self.before = seconds.map(|seconds| Before { shape: index, days, seconds });
        true
    }

    /// The cell before the next one is empty or no date.
    pub(super) fn interrupt(&mut self) {
        self.before = None;
    }

    fn find(&self, shape: &Shape) -> Option<usize> {
        if self.shapes.get(self.latest).is_some_and(|count| count.shape == *shape) {
            return Some(self.latest);
        }
        self.shapes.iter().position(|count| count.shape == *shape)
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.other += other.other;
        for count in other.shapes {
            match self.find(&count.shape) {
                Some(known) => self.shapes[known].merge(count),
                None if self.shapes.len() < SHAPES => self.shapes.push(count),
                None => self.other += count.rows,
            }
        }
        self.before = None;
    }
}

impl ShapeCount {
    fn new(shape: Shape) -> Self {
        Self {
            shape,
            rows: 0,
            valid: [0; 3],
            range: [None; 3],
            span: [(u32::MAX, 0); 3],
            short: [false; 4],
            padded: [false; 4],
            midnight: 0,
            same_time: 0,
            next_day: [0; 3],
            next_day_examples: Vec::new(),
            impossible: 0,
            impossible_examples: Vec::new(),
            years: Vec::new(),
            examples: Vec::new(),
        }
    }

    /// Counts a cell; gives its day in each order.
    fn push(&mut self, parts: &Parts, cell: &[u8], row: u64) -> [Option<Day>; 3] {
        self.rows += 1;
        for place in 0..3 {
            let (value, digits) = (parts.values[place], parts.digits[place]);
            let (low, high) = self.span[place];
            self.span[place] = (low.min(value), high.max(value));
            self.short[place] |= digits == 1;
            self.padded[place] |= digits == 2 && value < 10;
        }
        if let Some(seconds) = parts.seconds_of_day {
            self.short[3] |= parts.short_hour;
            self.padded[3] |= !parts.short_hour && seconds < 36_000;
            self.midnight += u32::from(seconds == 0);
        }
        let mut days = [None; 3];
        for order in self.shape.orders() {
            let index = *order as usize;
            let (year, month, day) = order.places();
            let day = day_of(self.full_year(parts.values[year]), parts.values[month], parts.values[day]);
            if let Some(day) = day {
                self.valid[index] += 1;
                self.range[index] = Some(
                    self.range[index].map_or((day, day), |(first, last)| (first.min(day), last.max(day))),
                );
            }
            days[index] = day;
        }
        let bad_time = parts.seconds_of_day.is_some_and(|seconds| seconds >= 86_400);
        if bad_time || days.iter().all(Option::is_none) {
            self.impossible += 1;
            keep(&mut self.impossible_examples, cell, row);
        }
        if self.shape.year_digits == 4 {
            self.count_year(parts.values[self.shape.orders()[0].places().0] as i32, 1);
        }
        if self.examples.len() < KEPT {
            let text = String::from_utf8_lossy(cell).into_owned();
            if !self.examples.contains(&text) {
                self.examples.push(text);
            }
        }
        days
    }

    fn full_year(&self, value: u32) -> i32 {
        let start = u32::from(super::super::YY_WINDOW_START);
        if self.shape.year_digits == 4 {
            value as i32
        } else {
            (start + (value + 100 - start % 100) % 100) as i32
        }
    }

    fn count_year(&mut self, year: i32, rows: u32) {
        match self.years.iter().position(|(known, _)| *known == year) {
            Some(at) => {
                self.years[at].1 += rows;
                // The latest year moves to the front, where the next row finds it at once.
                self.years.swap(0, at);
            }
            None if self.years.len() < YEARS => self.years.push((year, rows)),
            None => {}
        }
    }

    /// The time of day is that of the cell before; is the day the next one?
    fn repeat(
        &mut self,
        before: [Option<Day>; 3],
        days: [Option<Day>; 3],
        seconds: u32,
        cell: &[u8],
        row: u64,
    ) {
        self.same_time += 1;
        if seconds == 0 {
            return;
        }
        let mut any = false;
        for order in 0..3 {
            if let (Some(before), Some(day)) = (before[order], days[order])
                && day - before == 1
            {
                self.next_day[order] += 1;
                any = true;
            }
        }
        if any {
            keep(&mut self.next_day_examples, cell, row);
        }
    }

    /// The orders of year, month and day that fit the column.
    ///
    /// One that fits every cell wins over those that do not. Where none fits all, some cells are faulty: an
    /// order is still believed when it fits nearly all of them and every other one fails for a tenth.
    pub(super) fn orders(&self) -> Vec<Order> {
        let open = self.shape.orders();
        let best = open.iter().map(|order| self.valid[*order as usize]).max().unwrap_or(0);
        if best == 0 {
            return Vec::new();
        }
        let possible = self.rows - self.impossible.min(self.rows);
        let fits = |order: &&Order| {
            let valid = self.valid[**order as usize];
            if best >= possible { valid >= possible } else { u64::from(valid) * 10 > u64::from(best) * 9 }
        };
        let mut orders: Vec<Order> = open.iter().filter(fits).copied().collect();
        // Some cells are against every order: then "nearly all" must mean it.
        if orders.len() == 1 && best < possible && u64::from(possible - best) * 50 > u64::from(possible) {
            orders = open.iter().filter(|order| self.valid[**order as usize] > 0).copied().collect();
        }
        orders
    }

    /// The pattern of an order.
    pub(super) fn pattern(&self, order: Order) -> String {
        let (_, month, day) = order.places();
        // One nought in front says that both are padded, unless either is seen without.
        let narrow = (self.padded[month] || self.padded[day]) && !self.short[month] && !self.short[day];
        self.shape.pattern(order, narrow, self.padded[3] && !self.short[3])
    }

    fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.midnight += other.midnight;
        self.same_time += other.same_time;
        self.impossible += other.impossible;
        for order in 0..3 {
            self.valid[order] += other.valid[order];
            self.next_day[order] += other.next_day[order];
            self.range[order] = match (self.range[order], other.range[order]) {
                (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
                (one, two) => one.or(two),
            };
            self.span[order] =
                (self.span[order].0.min(other.span[order].0), self.span[order].1.max(other.span[order].1));
        }
        for part in 0..4 {
            self.short[part] |= other.short[part];
            self.padded[part] |= other.padded[part];
        }
        for (year, rows) in other.years {
            self.count_year(year, rows);
        }
        for example in other.examples {
            if self.examples.len() < KEPT && !self.examples.contains(&example) {
                self.examples.push(example);
            }
        }
        extend(&mut self.next_day_examples, other.next_day_examples);
        extend(&mut self.impossible_examples, other.impossible_examples);
    }
}

pub(super) fn keep(examples: &mut Vec<Example>, cell: &[u8], row: u64) {
    if examples.len() < KEPT {
        examples.push(Example {
            row: u32::try_from(row).unwrap_or(u32::MAX),
            text: super::super::fault::quote(cell),
        });
    }
}

fn extend(examples: &mut Vec<Example>, more: Vec<Example>) {
    examples.extend(more);
    examples.truncate(KEPT);
}
