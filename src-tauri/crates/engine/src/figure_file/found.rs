//! What the columns of a file hold: weeks, numbers, words that name departments.

use std::collections::BTreeMap;

use plaza_connect::file::Table;
use plaza_domain::cell::{Cells, ColumnKind, ColumnProfile, DateFormat, PlausibleYears, WordCount};
use plaza_domain::department::{Department, DepartmentId};
use plaza_domain::event::FigureColumns;
use plaza_domain::kpi::measure::{MeasureForm, MeasureUnit};

use super::Measure;
use super::week::week_of;
use crate::page::name;

/// Different words of the column of departments that are asked about.
const WORDS_MAX: usize = 100;

const WEEK_NAMES: [&str; 10] =
    ["week", "weeks", "woche", "kw", "kalenderwoche", "semana", "date", "datum", "fecha", "period"];
const VALUE_NAMES: [&str; 9] =
    ["value", "wert", "valor", "total", "gesamt", "rate", "result", "ergebnis", "resultado"];
const NUMERATOR_NAMES: [&str; 6] = ["numerator", "zähler", "zaehler", "numerador", "hits", "treffer"];
const DENOMINATOR_NAMES: [&str; 6] = ["denominator", "nenner", "denominador", "of", "von", "base"];
const DEPARTMENT_NAMES: [&str; 7] =
    ["department", "abteilung", "departamento", "dept", "bereich", "area", "team"];
const TOTAL_WORDS: [&str; 12] = [
    "total",
    "all",
    "sum",
    "company",
    "gesamt",
    "summe",
    "alle",
    "firma",
    "unternehmen",
    "todos",
    "suma",
    "empresa",
];

/// What the words of a column of departments mean, as far as they are names of departments or of the whole.
fn known_words(words: &[WordCount], measure: &Measure) -> BTreeMap<String, Option<DepartmentId>> {
    let known = words.iter().filter_map(|word| {
        let meant = match department_of(&word.text, &measure.departments) {
            Some(id) => Some(id),
            None if TOTAL_WORDS.contains(&word.text.to_lowercase().as_str()) => None,
            None => return None,
        };
        Some((word.text.clone(), meant))
    });
    known.collect()
}

/// The department that a text names, by name or id, upper and lower case alike.
fn department_of(text: &str, departments: &[Department]) -> Option<DepartmentId> {
    let text = text.trim().to_lowercase();
    let is = |one: &&Department| one.name.to_lowercase() == text || one.id.as_str() == text;
    // A department in use goes before one of the same name that is closed.
    let found = departments.iter().filter(|one| one.active).find(is);
    found.or_else(|| departments.iter().find(is)).map(|one| one.id.clone())
}

/// The one department whose name stands in a heading: “Anteil Vertrieb”.
fn department_in(heading: &str, departments: &[Department]) -> Option<DepartmentId> {
    if let Some(id) = department_of(heading, departments) {
        return Some(id);
    }
    let tokens = tokens(heading);
    let names = |one: &Department| {
        let name = self::tokens(&one.name);
        !name.is_empty() && tokens.windows(name.len()).any(|window| window == name)
    };
    let mut found = departments.iter().filter(|one| one.active && names(one));
    match (found.next(), found.next()) {
        (Some(one), None) => Some(one.id.clone()),
        _ => None,
    }
}

fn tokens(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|token| !token.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A table with what its columns hold.
pub(super) struct Found<'a> {
    table: &'a Table,
    pub(super) profiles: Vec<ColumnProfile>,
}

impl<'a> Found<'a> {
    pub(super) fn of(table: &'a Table) -> Self {
        let mut cells: Vec<Cells> = table.columns.iter().map(|_| Cells::new()).collect();
        for (number, row) in &table.rows {
            for (cells, cell) in cells.iter_mut().zip(row) {
                cells.push(cell.as_bytes(), *number);
            }
        }
        let years = PlausibleYears::default();
        Self { table, profiles: cells.iter().map(|cells| cells.finish(years)).collect() }
    }

    pub(super) fn place(&self, column: &str) -> Option<usize> {
        self.table.columns.iter().position(|one| one == column)
    }

    /// The cells of a column that hold anything.
    pub(super) fn cells(&self, at: usize) -> impl Iterator<Item = &'a str> {
        let rows = self.table.rows.iter();
        rows.filter_map(move |(_, row)| row.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    pub(super) fn count_weeks(&self, at: usize) -> usize {
        self.cells(at).filter(|cell| week_of(cell).is_some()).count()
    }

    fn is_called(&self, at: usize, names: &[&str]) -> bool {
        let name = self.table.columns.get(at).map(String::as_str).unwrap_or_default();
        tokens(name).iter().any(|token| names.contains(&token.as_str()))
    }

    /// What the cells say themselves, where it was not said.
    pub(super) fn completed(&self, mut columns: FigureColumns, measure: &Measure) -> FigureColumns {
        // The first of the sheets is the one that was read.
        columns.sheet = self.table.sheets.first().cloned();
        let said = columns.week_formats.as_deref();
        if !said.is_some_and(|formats| self.reads(&columns.week, formats)) {
            columns.week_formats = self.week_formats(&columns.week);
        }
        if columns.decimal_comma.is_none() {
            columns.decimal_comma = self.decimal_comma(&columns, measure);
        }
        if let Some(column) = columns.department.clone() {
            for (word, meant) in known_words(&self.words(&column), measure) {
                columns.departments.entry(word).or_insert(meant);
            }
        }
        columns
    }

    pub(super) fn fresh(&self, measure: &Measure) -> FigureColumns {
        let name_of = |at: usize| self.table.columns.get(at).cloned().unwrap_or_default();
        let week = self.week_column();
        let numbers: Vec<usize> =
            (0..self.table.columns.len()).filter(|at| Some(*at) != week && self.is_number(*at)).collect();
        let (parts, others): (Vec<usize>, Vec<usize>) =
            numbers.into_iter().partition(|at| department_in(&name_of(*at), &measure.departments).is_some());
        let called = |names: &[&str]| others.iter().copied().find(|at| self.is_called(*at, names));
        let first_but = |taken: Option<usize>| others.iter().copied().find(|at| Some(*at) != taken);
        let (numerator, denominator) = match measure.settings.form {
            MeasureForm::Value => {
                let own = tokens(&name(&measure.definition, measure.language));
                let own: Vec<&str> = own.iter().map(String::as_str).collect();
                (called(&VALUE_NAMES).or_else(|| called(&own)).or_else(|| first_but(None)), None)
            }
            MeasureForm::Ratio => {
                let below = called(&DENOMINATOR_NAMES);
                let above = called(&NUMERATOR_NAMES).filter(|at| Some(*at) != below);
                let above = above.or_else(|| first_but(below));
                (above, below.or_else(|| first_but(above)))
            }
        };
        let department = if parts.is_empty() { self.department_column(week, measure) } else { None };
        let mut columns = FigureColumns {
            week: week.map(name_of).unwrap_or_default(),
            numerator: numerator.map(name_of).unwrap_or_default(),
            denominator: denominator.map(name_of),
            department: department.map(name_of),
            ..FigureColumns::default()
        };
        for at in parts {
            let heading = name_of(at);
            if let Some(id) = department_in(&heading, &measure.departments)
                && columns.parts.values().all(|known| *known != id)
            {
                columns.parts.insert(heading, id);
            }
        }
        columns.is_share = self.is_share(&columns, measure);
        columns
    }

    /// The first column of weeks or dates, one that is called so before others.
    fn week_column(&self) -> Option<usize> {
        let is_week = |at: &usize| {
            let held = self.cells(*at).count();
            let is_date = self.profiles.get(*at).is_some_and(|profile| {
                matches!(profile.kind, ColumnKind::Date | ColumnKind::Timestamp)
                    || (profile.date.is_some() && self.is_called(*at, &WEEK_NAMES))
            });
            held > 0 && (is_date || 2 * self.count_weeks(*at) >= held)
        };
        let columns: Vec<usize> = (0..self.table.columns.len()).filter(is_week).collect();
        let called = columns.iter().copied().find(|at| self.is_called(*at, &WEEK_NAMES));
        called.or_else(|| columns.first().copied())
    }

    /// Whether at least half of what a column holds are numbers.
    fn is_number(&self, at: usize) -> bool {
        let Some(profile) = self.profiles.get(at) else { return false };
        let held = profile.cells.saturating_sub(profile.empty);
        profile.number.as_ref().is_some_and(|number| 2 * number.rows >= held)
    }

    /// A column with words of which some name departments, and most name one or the total; or that is called so.
    fn department_column(&self, week: Option<usize>, measure: &Measure) -> Option<usize> {
        (0..self.table.columns.len()).filter(|at| Some(*at) != week && !self.is_number(*at)).find(|at| {
            let words = self.words_at(*at);
            let known = known_words(&words, measure);
            let rows: u32 = words.iter().map(|word| word.rows).sum();
            let meant: u32 =
                words.iter().filter(|word| known.contains_key(&word.text)).map(|word| word.rows).sum();
            let names_some = known.values().any(Option::is_some);
            names_some && (2 * meant >= rows || self.is_called(*at, &DEPARTMENT_NAMES))
        })
    }

    pub(super) fn words(&self, column: &str) -> Vec<WordCount> {
        self.place(column).map(|at| self.words_at(at)).unwrap_or_default()
    }

    fn words_at(&self, at: usize) -> Vec<WordCount> {
        let mut words: BTreeMap<&str, u32> = BTreeMap::new();
        for cell in self.cells(at) {
            *words.entry(cell).or_default() += 1;
        }
        let mut words: Vec<WordCount> =
            words.into_iter().map(|(text, rows)| WordCount { text: text.to_owned(), rows }).collect();
        words.sort_by(|one, other| other.rows.cmp(&one.rows).then_with(|| one.text.cmp(&other.text)));
        words.truncate(WORDS_MAX);
        words
    }

    /// How the weeks of a column are written; nothing where a person must say it.
    fn week_formats(&self, column: &str) -> Option<Vec<DateFormat>> {
        let at = self.place(column)?;
        if 2 * self.count_weeks(at) >= self.cells(at).count().max(1) {
            return Some(Vec::new());
        }
        self.profiles.get(at)?.date.as_ref()?.formats()
    }

    /// Whether any cell of a column reads as a week so.
    fn reads(&self, column: &str, formats: &[DateFormat]) -> bool {
        let Some(at) = self.place(column) else { return false };
        self.cells(at).any(|cell| match formats {
            [] => week_of(cell).is_some(),
            formats => formats.iter().any(|format| format.parse(cell.as_bytes()).is_ok()),
        })
    }

    /// The columns with numbers that are used.
    fn used(&self, columns: &FigureColumns, measure: &Measure) -> Vec<usize> {
        let below = columns.denominator.as_ref().filter(|_| measure.settings.form == MeasureForm::Ratio);
        let names = [&columns.numerator].into_iter().chain(below).chain(columns.parts.keys());
        names.filter_map(|name| self.place(name)).collect()
    }

    /// Which mark stands before decimals, by all numbers together; nothing where they can be read in both ways.
    fn decimal_comma(&self, columns: &FigureColumns, measure: &Measure) -> Option<bool> {
        let mut cells = Cells::new();
        for at in self.used(columns, measure) {
            for (number, row) in &self.table.rows {
                cells.push(row.get(at).map_or(&b""[..], |cell| cell.as_bytes()), *number);
            }
        }
        let profile = cells.finish(PlausibleYears::default());
        let has_mark = |mark: char| {
            self.used(columns, measure).iter().any(|at| self.cells(*at).any(|cell| cell.contains(mark)))
        };
        match profile.number.as_ref().map(|number| number.candidates.as_slice()) {
            Some([one]) => Some(one.has_decimal_comma()),
            // Its numbers come with points; what is text in it is refused, not guessed.
            _ if self.table.is_workbook => Some(false),
            _ if !has_mark(',') && !has_mark('.') => Some(false),
            _ => None,
        }
    }

    /// Whether values in percent stand as shares of 1, as a workbook keeps them: none is above 1, and none has a sign.
    fn is_share(&self, columns: &FigureColumns, measure: &Measure) -> bool {
        if (measure.settings.form, &measure.settings.unit) != (MeasureForm::Value, &MeasureUnit::Percent) {
            return false;
        }
        let Some(at) = self.place(&columns.numerator) else { return false };
        let number = |cell: &str| cell.replace(',', ".").parse::<f64>().ok();
        let numbers: Option<Vec<f64>> = self.cells(at).map(number).collect();
        numbers.is_some_and(|numbers| {
            numbers.iter().all(|number| number.abs() <= 1.0)
                && numbers.iter().any(|number| number.fract() != 0.0)
        })
    }
}
