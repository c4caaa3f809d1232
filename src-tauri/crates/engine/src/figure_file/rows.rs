//! The rows of a file: what each says of a week, or why it is refused.

use std::collections::{BTreeMap, BTreeSet};

use plaza_connect::Damage;
use plaza_connect::file::Table;
use plaza_domain::cell::{CellFault, NumberFormat, Quantity};
use plaza_domain::day::Week;
use plaza_domain::department::DepartmentId;
use plaza_domain::event::FigureColumns;
use plaza_domain::kpi::measure::{
    FIGURE_MAX, Figure, MeasureForm, MeasureSettings, MeasureUnit, Reason, Said, collate,
};

use super::Measure;
use super::week::week_of;
use crate::figure::EARLIEST;

/// What people write where there is no number.
const NOTHING: [&str; 7] = ["", "-", "–", "—", "n/a", "k.a.", "s/d"];

/// Why a row is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The row itself cannot be read.
    Damaged(Damage),
    /// The cell names no week.
    NotAWeek,
    /// The cell is no date of the form that was said.
    NotADate(CellFault),
    /// The week is not over yet.
    NotOver,
    /// The week is older than any that is counted.
    TooOld,
    /// There is no number.
    Missing,
    /// The cell is no number that can be kept.
    Number(CellFault),
    /// The number is larger than any that is counted.
    TooLarge,
    /// The cell names no department, and not the total.
    NoSuchDepartment,
    /// The row is fine, its week is not.
    Week(Reason),
}

/// A row that is refused, and where it is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// Its number in the file.
    pub row: u64,
    /// The column; nothing where the row as a whole is wrong.
    pub column: Option<String>,
    /// What stands there.
    pub cell: String,
    pub why: Why,
}

/// What the rows of a file say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    /// The weeks that are whole, with their rows.
    pub weeks: BTreeMap<Week, (Figure, Vec<u64>)>,
    /// In the order of the file.
    pub refused: Vec<Refused>,
    /// Rows without any number: a form that is filled in later.
    pub blank: u32,
}

/// Where the columns stand.
struct Places<'a> {
    columns: &'a FigureColumns,
    week: usize,
    numerator: usize,
    denominator: Option<usize>,
    department: Option<usize>,
    parts: Vec<(usize, &'a DepartmentId)>,
}

impl<'a> Places<'a> {
    fn find(table: &Table, columns: &'a FigureColumns, form: MeasureForm) -> Option<Self> {
        let place = |name: &str| table.columns.iter().position(|column| column == name);
        let parts = columns.parts.iter().map(|(column, id)| Some((place(column)?, id)));
        let optional = |name: Option<&String>| match name {
            None => Some(None),
            Some(name) => place(name).map(Some),
        };
        Some(Self {
            columns,
            week: place(&columns.week)?,
            numerator: place(&columns.numerator)?,
            denominator: match form {
                MeasureForm::Ratio => Some(place(columns.denominator.as_ref()?)?),
                MeasureForm::Value => None,
            },
            department: optional(columns.department.as_ref())?,
            parts: parts.collect::<Option<_>>()?,
        })
    }
}

/// Reads the rows of a table; columns that are not there leave it empty, which [`super::faults`] has said before.
pub(crate) fn read(table: &Table, columns: &FigureColumns, measure: &Measure) -> Rows {
    let Some(places) = Places::find(table, columns, measure.settings.form) else { return Rows::default() };
    let reader =
        Reader { table, places, measure, format: NumberFormat::stated(columns.decimal_comma == Some(true)) };
    let mut rows = Rows::default();
    let (mut said, mut broken) = (Vec::new(), BTreeSet::new());
    for damaged in &table.damaged {
        let why = Why::Damaged(damaged.damage.clone());
        rows.refused.push(Refused { row: damaged.row, column: None, cell: damaged.raw.clone(), why });
    }
    for (number, cells) in &table.rows {
        let row = Row { number: *number, cells };
        if reader.is_blank(&row) {
            rows.blank += 1;
            continue;
        }
        let read = reader.week(&row).and_then(|week| {
            reader.said(&row, week).inspect_err(|_| {
                broken.insert(week);
            })
        });
        match read {
            Ok(all) => said.extend(all),
            Err(refused) => rows.refused.push(refused),
        }
    }
    let (half, whole): (Vec<Said>, Vec<Said>) =
        said.into_iter().partition(|said| broken.contains(&said.week));
    let collated = collate(whole, measure.settings.form);
    for (week, (figure, mut places)) in collated.weeks {
        places.dedup();
        rows.weeks.insert(week, (figure, places));
    }
    let half = half.into_iter().map(|said| (said.row, Reason::WeekIncomplete));
    let aside = collated.aside.into_iter().map(|aside| (aside.said.row, aside.reason));
    rows.refused.extend(reader.of_weeks(half.chain(aside)));
    rows.refused.sort_by_key(|refused| refused.row);
    rows
}

#[derive(Clone, Copy)]
struct Row<'a> {
    number: u64,
    cells: &'a [String],
}

impl<'a> Row<'a> {
    fn cell(&self, place: usize) -> &'a str {
        self.cells.get(place).map_or("", |cell| cell.trim())
    }
}

struct Reader<'a> {
    table: &'a Table,
    places: Places<'a>,
    measure: &'a Measure,
    format: NumberFormat,
}

impl Reader<'_> {
    fn refused(&self, row: &Row<'_>, place: usize, why: Why) -> Refused {
        Refused {
            row: row.number,
            column: self.table.columns.get(place).cloned(),
            cell: row.cell(place).to_owned(),
            why,
        }
    }

    /// Whether there is no number in a row.
    fn is_blank(&self, row: &Row<'_>) -> bool {
        let places = self.places.parts.iter().map(|(place, _)| *place);
        let places = places.chain([self.places.numerator]).chain(self.places.denominator);
        places.into_iter().all(|place| is_nothing(row.cell(place)))
    }

    fn week(&self, row: &Row<'_>) -> std::result::Result<Week, Refused> {
        let place = self.places.week;
        let cell = row.cell(place);
        let week = match self.places.columns.week_formats.as_deref() {
            None | Some([]) => week_of(cell).ok_or(Why::NotAWeek),
            Some([first, others @ ..]) => first
                .parse(cell.as_bytes())
                .or_else(|fault| {
                    others.iter().find_map(|format| format.parse(cell.as_bytes()).ok()).ok_or(fault)
                })
                .map(|stamp| stamp.day.week())
                .map_err(Why::NotADate),
        };
        let week = match week {
            Ok(week) if week > self.measure.last => Err(Why::NotOver),
            Ok(week) if week < EARLIEST => Err(Why::TooOld),
            week => week,
        };
        week.map_err(|why| self.refused(row, place, why))
    }

    /// What a row says of its week: one thing in the long form; the total and each part in the wide one.
    fn said(&self, row: &Row<'_>, week: Week) -> std::result::Result<Vec<Said>, Refused> {
        let department = self.department(row)?;
        let denominator = match self.places.denominator.filter(|_| department.is_none()) {
            Some(place) if !is_nothing(row.cell(place)) => Some(self.number(row, place)?),
            _ => None,
        };
        let numerator = self.number(row, self.places.numerator)?;
        let mut all = vec![Said { row: row.number, week, department, numerator, denominator }];
        for (place, id) in &self.places.parts {
            if !is_nothing(row.cell(*place)) {
                let (numerator, department) = (self.number(row, *place)?, Some((*id).clone()));
                all.push(Said { row: row.number, week, department, numerator, denominator: None });
            }
        }
        Ok(all)
    }

    /// Whose row it is; nothing for the total.
    fn department(&self, row: &Row<'_>) -> std::result::Result<Option<DepartmentId>, Refused> {
        let Some(place) = self.places.department else { return Ok(None) };
        let cell = row.cell(place);
        if cell.is_empty() {
            return Ok(None);
        }
        let meant = self.places.columns.departments.get(cell);
        let is_here = |id: &DepartmentId| self.measure.departments.iter().any(|one| one.id == *id);
        match meant {
            Some(None) => Ok(None),
            Some(Some(id)) if is_here(id) => Ok(Some(id.clone())),
            _ => Err(self.refused(row, place, Why::NoSuchDepartment)),
        }
    }

    fn number(&self, row: &Row<'_>, place: usize) -> std::result::Result<Quantity, Refused> {
        let cell = row.cell(place);
        let why = match quantity(cell, self.format, self.places.columns.is_share, &self.measure.settings) {
            _ if is_nothing(cell) => Why::Missing,
            Ok(number) if number.0.unsigned_abs() <= FIGURE_MAX.0.unsigned_abs() => return Ok(number),
            Ok(_) => Why::TooLarge,
            Err(fault) => Why::Number(fault),
        };
        Err(self.refused(row, place, why))
    }

    /// Rows that are refused for their week, each once with the most telling reason.
    fn of_weeks(&self, rows: impl Iterator<Item = (u64, Reason)>) -> Vec<Refused> {
        let mut reasons: BTreeMap<u64, Reason> = BTreeMap::new();
        for (row, reason) in rows {
            // “Another row is wrong” comes last among the reasons.
            let known = reasons.entry(row).or_insert(reason);
            *known = (*known).min(reason);
        }
        let refused = reasons.into_iter().filter_map(|(number, reason)| {
            let at = self.table.rows.binary_search_by_key(&number, |(number, _)| *number).ok()?;
            let (number, cells) = self.table.rows.get(at)?;
            let place = match reason {
                Reason::NoDenominator | Reason::DenominatorNotPositive => self.places.denominator,
                Reason::Twice => Some(self.places.week),
                Reason::NoTotal | Reason::WeekIncomplete => None,
            };
            let row = Row { number: *number, cells };
            let why = Why::Week(reason);
            Some(match place {
                Some(place) => self.refused(&row, place, why),
                None => Refused { row: row.number, column: None, cell: String::new(), why },
            })
        });
        refused.collect()
    }
}

fn is_nothing(cell: &str) -> bool {
    NOTHING.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// A cell in thousandths of what the measure counts. A per cent sign means something only where the measure is a value in
/// percent.
fn quantity(
    cell: &str,
    format: NumberFormat,
    is_share: bool,
    settings: &MeasureSettings,
) -> std::result::Result<Quantity, CellFault> {
    match (settings.form, &settings.unit) {
        (MeasureForm::Value, MeasureUnit::Percent) => format.percent(cell.as_bytes(), is_share),
        _ if cell.contains('%') => {
            Err(CellFault::NotANumber { text: cell.chars().take(80).collect(), format: format.to_string() })
        }
        _ => format.quantity(cell.as_bytes()),
    }
}
