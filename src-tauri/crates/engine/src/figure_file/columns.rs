//! Which column of a file says what: proposed from names and cells, from what was said of the file before, and checked.

use std::path::Path;

use plaza_connect::file::Table;
use plaza_domain::cell::{DateFormat, WordCount};
use plaza_domain::department::DepartmentId;
use plaza_domain::event::FigureColumns;
use plaza_domain::kpi::measure::MeasureForm;
use plaza_store::view::FigureFile;

use super::found::Found;
use super::week::week_of;
use super::{Measure, Wrong};

/// A way in which the column of weeks may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The forms of dates; none for ISO weeks.
    pub formats: Vec<DateFormat>,
    /// A cell that can be read so.
    pub example: String,
    /// The week that it then says.
    pub week: Option<plaza_domain::day::Week>,
}

/// How a file is read when nobody has said it: as the one before, as far as its columns are there; else as its names and
/// cells look. Answers whether it is remembered.
pub(crate) fn propose(
    table: &Table,
    measure: &Measure,
    before: Option<&FigureFile>,
) -> (FigureColumns, bool) {
    let found = Found::of(table);
    let remembered = before.filter(|file| fits(&file.brought.columns, table, measure));
    let mut columns = match remembered {
        Some(file) => file.brought.columns.clone(),
        None => found.fresh(measure),
    };
    // What was said of text does not hold for a workbook, whose numbers have points whatever it shows, nor the reverse.
    let was_workbook = remembered.is_some_and(|file| is_workbook_name(&file.brought.file.name));
    let said = columns.decimal_comma.take().filter(|_| was_workbook == table.is_workbook);
    let mut columns = found.completed(columns, measure);
    columns.decimal_comma = columns.decimal_comma.or(said);
    (columns, remembered.is_some())
}

/// What a person said of the columns, with what the cells say themselves where the person did not.
pub(crate) fn complete(columns: FigureColumns, table: &Table, measure: &Measure) -> FigureColumns {
    Found::of(table).completed(columns, measure)
}

fn is_workbook_name(name: &str) -> bool {
    let extension = Path::new(name).extension();
    extension.is_some_and(|one| one.eq_ignore_ascii_case("xlsx") || one.eq_ignore_ascii_case("xlsm"))
}

/// Whether every column that was said is there.
fn fits(columns: &FigureColumns, table: &Table, measure: &Measure) -> bool {
    let denominator = columns.denominator.as_ref().filter(|_| measure.settings.form == MeasureForm::Ratio);
    let named = [&columns.week, &columns.numerator];
    let mut named =
        named.into_iter().chain(denominator).chain(&columns.department).chain(columns.parts.keys());
    named.all(|column| table.columns.contains(column))
}

/// The ways in which a column of weeks may be read, for a person to choose from.
pub(crate) fn choices(table: &Table, column: &str) -> Vec<Choice> {
    let found = Found::of(table);
    let Some(at) = found.place(column) else { return Vec::new() };
    let mut ways: Vec<Vec<DateFormat>> = Vec::new();
    if found.count_weeks(at) > 0 {
        ways.push(Vec::new());
    }
    if let Some(date) = found.profiles.get(at).and_then(|profile| profile.date.as_ref()) {
        let several = date.choices();
        ways.extend(if several.is_empty() { date.formats().into_iter().collect() } else { several });
    }
    ways.into_iter()
        .map(|formats| {
            let read = |cell: &str| match formats.as_slice() {
                [] => week_of(cell),
                formats => {
                    let day = formats.iter().find_map(|format| format.parse(cell.as_bytes()).ok());
                    day.map(|stamp| stamp.day.week())
                }
            };
            let example = found.cells(at).find_map(|cell| Some((cell.to_owned(), read(cell)?)));
            let (example, week) = example.map_or((String::new(), None), |(cell, week)| (cell, Some(week)));
            Choice { formats, example, week }
        })
        .collect()
}

/// The words of the column of departments, the most frequent first.
pub(crate) fn words_of(table: &Table, column: &str) -> Vec<WordCount> {
    Found::of(table).words(column)
}

/// What is wrong with what was said of the columns, by field.
pub(crate) fn faults(columns: &FigureColumns, table: &Table, measure: &Measure) -> Vec<(String, Wrong)> {
    let mut faults: Vec<(String, Wrong)> = Vec::new();
    let is_here = |column: &str| table.columns.iter().any(|one| one == column);
    let mut column = |field: String, name: &str| {
        if name.is_empty() {
            faults.push((field, Wrong::NoColumn));
        } else if !is_here(name) {
            faults.push((field, Wrong::NoSuchColumn));
        }
    };
    column("week".to_owned(), &columns.week);
    column("numerator".to_owned(), &columns.numerator);
    if measure.settings.form == MeasureForm::Ratio {
        column("denominator".to_owned(), columns.denominator.as_deref().unwrap_or_default());
    }
    if let Some(department) = &columns.department {
        column("department".to_owned(), department);
    }
    columns.parts.keys().for_each(|part| column(format!("parts.{part}"), part));
    if columns.department.is_some() && !columns.parts.is_empty() {
        faults.push(("department".to_owned(), Wrong::TwoForms));
    }
    let mut whose: Vec<&DepartmentId> = Vec::new();
    for (part, id) in &columns.parts {
        if measure.departments.iter().all(|one| one.id != *id) {
            faults.push((format!("parts.{part}"), Wrong::NoSuchDepartment));
        } else if whose.contains(&id) {
            faults.push((format!("parts.{part}"), Wrong::TwoColumns));
        }
        whose.push(id);
    }
    faults.extend(twice(columns, measure));
    if columns.week_formats.is_none() && is_here(&columns.week) {
        faults.push(("week_formats".to_owned(), Wrong::WhichDates));
    }
    if columns.decimal_comma.is_none() {
        faults.push(("decimal_comma".to_owned(), Wrong::WhichMark));
    }
    faults
}

/// Columns that are said to be two things.
fn twice(columns: &FigureColumns, measure: &Measure) -> Option<(String, Wrong)> {
    let denominator = columns.denominator.as_ref().filter(|_| measure.settings.form == MeasureForm::Ratio);
    let fields = [("week", Some(&columns.week)), ("numerator", Some(&columns.numerator))];
    let fields =
        fields.into_iter().chain([("denominator", denominator), ("department", columns.department.as_ref())]);
    let mut seen: Vec<&String> = columns.parts.keys().collect();
    for (field, name) in fields {
        let Some(name) = name.filter(|name| !name.is_empty()) else { continue };
        if seen.contains(&name) {
            return Some((field.to_owned(), Wrong::SameColumn));
        }
        seen.push(name);
    }
    None
}
