//! A chart from any CSV with a date and a value: what `plaza chart` reads, computes and says.
//!
//! ```text
//! bytes ─ text ─ rows ─ columns guessed ─ dates, numbers ─ points ─ signal::compute ─ Report, chart
//! ```
//!
//! Nothing is guessed that could be wrong in silence: an ambiguous date, two candidates for the value, a cell
//! that is no number and two lines with one date are errors in words that name the lines.

mod column;
mod date;
mod number;
mod report;
mod table;

pub use column::Columns;
pub use date::DateOrder;
pub use plaza_document::{sheet, svg};
pub use plaza_domain::chart::{self, Chart, Frame, Labels, Unit};
pub use plaza_domain::day::Day;
pub use plaza_domain::language::Language;
pub use plaza_domain::signal::{
    self, Baseline, Behaviour, Direction, Options, PhaseStart, Point, RuleSet, ShortBaseline, Value,
};
pub use report::Report;

use std::collections::BTreeMap;

use column::{Kind, Roles};
use table::Table;

/// The largest file that is read: far beyond any series a person can look at.
pub const LARGEST_FILE_BYTES: u64 = 64 * 1024 * 1024;
/// The most points of one chart: forty years of days.
pub const MOST_POINTS: usize = 15_000;
/// How many bad lines an error names before it only counts them.
const BAD_LINES_NAMED: usize = 5;

/// What the caller knows about a file.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Names of columns; what is `None` is guessed.
    pub columns: Columns,
    /// Whether day or month stands first, where the file does not say.
    pub date_order: Option<DateOrder>,
    /// What a rate is multiplied with. `None`: 100 where no numerator exceeds its denominator, else 1.
    pub scale: Option<i64>,
    /// Days of points that are drawn but left out of mean and rules.
    pub ghosts: Vec<Day>,
}

/// The points of a file, in order.
#[derive(Clone, Debug)]
pub struct Series {
    /// The points.
    pub points: Vec<Point>,
    /// The name of the value, or of the numerator.
    pub name: String,
    /// The unit as far as the file shows it.
    pub unit: Unit,
    /// What happened on the way, for the person to know.
    pub notes: Vec<Note>,
}

/// Something that was done with the file and changes no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The lines were not in the order of their dates and have been sorted.
    Sorted,
    /// So many lines had no value, or no positive denominator; their weeks are absent.
    Bridged(usize),
    /// Years of two digits were read as 1970 to 2069.
    ShortYears,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Its number in the file, from 1.
    pub line: u64,
    /// What stands there.
    pub cell: String,
    /// What should stand there.
    pub wanted: Wanted,
}

/// What a cell should have held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A date.
    Date,
    /// A number.
    Number,
    /// A number that is not negative, for a denominator.
    Denominator,
}

/// Why a file gives no chart.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChartFileError {
    /// There is nothing in it but perhaps a heading.
    #[error("the file has no rows")]
    NoRows,
    /// More rows than a chart can show.
    #[error("the file has {rows} rows with values; a chart shows at most {MOST_POINTS}")]
    TooManyRows {
        /// Rows with a value.
        rows: usize,
    },
    /// The file is larger than [`LARGEST_FILE_BYTES`].
    #[error("the file is larger than {} MB", LARGEST_FILE_BYTES / 1024 / 1024)]
    TooLarge,
    /// A named column does not exist.
    #[error("there is no column “{wanted}”; the columns are {}", list(.columns))]
    NoSuchColumn {
        /// The name that was given.
        wanted: String,
        /// The names in the file.
        columns: Vec<String>,
    },
    /// No column holds dates.
    #[error("no column holds dates; name it with --date-column (the columns are {})", list(.columns))]
    NoDateColumn {
        /// The names in the file.
        columns: Vec<String>,
    },
    /// No column holds numbers.
    #[error("no column holds numbers; name it with --value-column (the columns are {})", list(.columns))]
    NoValueColumn {
        /// The names in the file.
        columns: Vec<String>,
    },
    /// Several columns hold numbers and none is named like a value.
    #[error("several columns hold numbers ({}); name the one to chart with --value-column, or two with --numerator-column and --denominator-column", list(.columns))]
    SeveralValueColumns {
        /// Their names.
        columns: Vec<String>,
    },
    /// A numerator without a denominator, or the reverse.
    #[error("a rate needs both --numerator-column and --denominator-column, and no --value-column")]
    HalfARate,
    /// Every day of the dates is 12 or less.
    #[error("the dates can be read in two ways (“{example}”): say --date-format dmy or --date-format mdy")]
    AmbiguousDates {
        /// One of them.
        example: String,
    },
    /// Some dates have the day first, others the month.
    #[error("line {day_line} has the day first and line {month_line} the month: the dates do not agree")]
    ContradictoryDates {
        /// A line that reads with the day first only.
        day_line: u64,
        /// A line that reads with the month first only.
        month_line: u64,
    },
    /// Lines with something else than a date or a number.
    #[error("{}", bad_lines(.lines, *.more))]
    BadLines {
        /// The first of them.
        lines: Vec<BadLine>,
        /// How many more there are.
        more: usize,
    },
    /// Two lines have one date.
    #[error("{day} stands twice, on line {first} and on line {second}: a chart has one value for each date")]
    Duplicate {
        /// The date.
        day: Day,
        /// The earlier line.
        first: u64,
        /// The later line.
        second: u64,
    },
    /// No line has a value.
    #[error("no line has a value")]
    NoValues,
    /// A day to ghost has no value.
    #[error("there is no value on {0} to leave out")]
    NoSuchGhost(Day),
}

/// Names in a row, quoted.
fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ")
}

/// Bad lines in words.
fn bad_lines(lines: &[BadLine], more: usize) -> String {
    let each = lines.iter().map(|bad| {
        let wanted = match bad.wanted {
            Wanted::Date => "is not a date",
            Wanted::Number => "is not a number",
            Wanted::Denominator => "cannot be a denominator",
        };
        format!("line {}: “{}” {wanted}", bad.line, bad.cell)
    });
    let rest = (more > 0).then(|| format!("and {more} more"));
    each.chain(rest).collect::<Vec<_>>().join("; ")
}

/// Reads the points of a file.
///
/// # Errors
/// [`ChartFileError`] when the file cannot be read without guessing.
pub fn read(bytes: &[u8], reading: &Reading) -> Result<Series, ChartFileError> {
    if bytes.len() as u64 > LARGEST_FILE_BYTES {
        return Err(ChartFileError::TooLarge);
    }
    let table = Table::read(bytes);
    if table.rows.is_empty() {
        return Err(ChartFileError::NoRows);
    }
    let roles = column::roles(&table, &reading.columns)?;
    let order = date_order(&table, roles.date, reading.date_order)?;
    let mut rows = Rows::of(&table, &roles, order, reading.scale)?;
    let mut notes = Vec::new();
    if rows.points.windows(2).any(|pair| pair[1].1.day < pair[0].1.day) {
        // Stable, so that of two lines with one date the earlier line stays first.
        rows.points.sort_by_key(|(_, point)| point.day);
        notes.push(Note::Sorted);
    }
    if let Some(pair) = rows.points.windows(2).find(|pair| pair[0].1.day == pair[1].1.day) {
        return Err(ChartFileError::Duplicate { day: pair[0].1.day, first: pair[0].0, second: pair[1].0 });
    }
    if rows.absent > 0 {
        notes.push(Note::Bridged(rows.absent));
    }
    if rows.short_years {
        notes.push(Note::ShortYears);
    }
    let mut points: Vec<Point> = rows.points.into_iter().map(|(_, point)| point).collect();
    if points.is_empty() {
        return Err(ChartFileError::NoValues);
    }
    if points.len() > MOST_POINTS {
        return Err(ChartFileError::TooManyRows { rows: points.len() });
    }
    for day in &reading.ghosts {
        let point = points.iter_mut().find(|point| point.day == *day);
        point.ok_or(ChartFileError::NoSuchGhost(*day))?.ghost = true;
    }
    let percent = rows.percent && points.iter().all(|point| (0.0..=100.0).contains(&point.value.number()));
    let unit = if percent { Unit::Percent } else { Unit::Number };
    Ok(Series { points, name: roles.name(&table), unit, notes })
}

/// The order of day and month of the date column.
fn date_order(table: &Table, column: usize, given: Option<DateOrder>) -> Result<DateOrder, ChartFileError> {
    let cells: Vec<Option<date::Written>> =
        table.rows.iter().map(|row| date::read(row.cell(column))).collect();
    if let Some(given) = given {
        return Ok(given);
    }
    match date::evidence(&cells) {
        date::Evidence::Order(order) => Ok(order),
        date::Evidence::Ambiguous => {
            let different = |cell: &Option<date::Written>| matches!(cell, Some(date::Written::Numbers { first, second, .. }) if first != second);
            let at = cells.iter().position(different).unwrap_or_default();
            Err(ChartFileError::AmbiguousDates { example: table.rows[at].cell(column).to_owned() })
        }
        date::Evidence::Contradiction(day, month) => Err(ChartFileError::ContradictoryDates {
            day_line: table.rows[day].line,
            month_line: table.rows[month].line,
        }),
    }
}

/// The rows of a file, read.
#[derive(Default)]
struct Rows {
    /// Points with their lines.
    points: Vec<(u64, Point)>,
    absent: usize,
    percent: bool,
    short_years: bool,
}

impl Rows {
    fn of(
        table: &Table,
        roles: &Roles,
        order: DateOrder,
        scale: Option<i64>,
    ) -> Result<Self, ChartFileError> {
        let styles: BTreeMap<usize, number::Style> = roles
            .numbers()
            .map(|column| {
                let cells = table.rows.iter().map(|row| row.cell(column));
                (column, number::style(cells.filter(|cell| !number::is_missing(cell)), table.delimiter))
            })
            .collect();
        let style = |column: usize| styles.get(&column).copied().unwrap_or(number::Style::Point);
        let mut rows = Self::default();
        let mut bad: Vec<BadLine> = Vec::new();
        let mut read: Vec<(u64, Day, f64, Option<f64>)> = Vec::new();
        for row in &table.rows {
            let wrong = |cell: &str, wanted| BadLine { line: row.line, cell: cell.to_owned(), wanted };
            let numbers: Vec<&str> = roles.numbers().map(|column| row.cell(column)).collect();
            let missing = numbers.iter().any(|cell| number::is_missing(cell));
            let date = row.cell(roles.date);
            if missing && number::is_missing(date) {
                continue;
            }
            let Some(day) = date::read(date).and_then(|written| written.day(order)) else {
                bad.push(wrong(date, Wanted::Date));
                continue;
            };
            rows.short_years |= !date.contains(|letter: char| letter.is_alphabetic())
                && date.split(|letter: char| !letter.is_ascii_digit()).all(|part| part.len() <= 2);
            if missing {
                rows.absent += 1;
                continue;
            }
            let values: Vec<Option<f64>> =
                roles.numbers().map(|column| number::number(row.cell(column), style(column))).collect();
            match (values.as_slice(), numbers.as_slice()) {
                ([Some(value)], _) => read.push((row.line, day, *value, None)),
                ([Some(_), Some(denominator)], [_, cell]) if *denominator < 0.0 => {
                    bad.push(wrong(cell, Wanted::Denominator));
                }
                ([Some(_), Some(denominator)], _) if *denominator == 0.0 => rows.absent += 1,
                ([Some(numerator), Some(denominator)], _) => {
                    read.push((row.line, day, *numerator, Some(*denominator)));
                }
                _ => {
                    let at = values.iter().position(Option::is_none).unwrap_or_default();
                    bad.push(wrong(numbers.get(at).copied().unwrap_or_default(), Wanted::Number));
                }
            }
        }
        if !bad.is_empty() {
            let more = bad.len().saturating_sub(BAD_LINES_NAMED);
            bad.truncate(BAD_LINES_NAMED);
            return Err(ChartFileError::BadLines { lines: bad, more });
        }
        let shares = read.iter().all(|(_, _, n, d)| d.is_none_or(|d| (0.0..=d).contains(n)));
        let scale = scale.unwrap_or(if shares { 100 } else { 1 });
        let written_percent =
            || table.rows.iter().any(|row| roles.numbers().any(|column| row.cell(column).contains('%')));
        rows.percent = match roles.kind {
            Kind::Rate { .. } => scale == 100 && shares,
            Kind::Value(column) => written_percent() || table.name(column).contains('%'),
        };
        for (line, day, value, denominator) in read {
            let value = match denominator {
                None => Value::plain(value),
                Some(denominator) => rate(value, denominator, scale),
            };
            match value {
                Some(value) => rows.points.push((line, Point::new(day, value))),
                None => rows.absent += 1,
            }
        }
        Ok(rows)
    }
}

/// A rate: exact where both numbers are whole.
fn rate(numerator: f64, denominator: f64, scale: i64) -> Option<Value> {
    let whole = |value: f64| (value.fract() == 0.0 && value.abs() < 9e15).then_some(value as i64);
    match (whole(numerator), whole(denominator)) {
        (Some(numerator), Some(denominator)) => Value::rate(numerator, denominator, scale),
        _ => Value::plain(scale as f64 * numerator / denominator),
    }
}
