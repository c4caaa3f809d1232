//! The sheet for entering by hand: an XLSX with the orders that are under way, to be filled in away from Plaza.

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::Path;

use plaza_connect::file::FileFormat;
use plaza_connect::file::xlsx::Workbook as Filled;
use plaza_domain::day::Day;
use plaza_domain::journey::Journey;
use plaza_domain::language::Language;
use plaza_domain::record::{Field, FieldKind};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::{EnteredRow, HandReport, ROWS_MAX, column, enter, fields};
use crate::error::{EngineError, Result};
use crate::integration::Integration;
use crate::journey::context::JourneyContext;
use crate::journey::key::OrderKey;
use crate::journey::pack::unpack;
use crate::staging::ONLY_LINE;
use crate::week;
use crate::words::field_name;
use crate::workspace::Workspace;

/// Orders under way that a sheet lists, those promised first.
const LINES_MAX: usize = 2_000;

/// The hidden sheet that says which column is which, whatever language the sheet is in.
const KEY_SHEET: &str = "plaza";

/// Columns that only help to find the line: what stands there about a known order is not read.
const TO_FIND: [Field; 3] = [Field::Customer, Field::Product, Field::ProductGroup];

/// An order line under way.
struct Line {
    promised: Option<Day>,
    texts: Vec<(Field, String)>,
}

/// Writes a sheet for an integration: its columns in the reader's language, the order lines under way one per row.
/// Returns how many lines it lists.
///
/// # Errors
/// [`EngineError::NotFound`] for an integration that is not in use; [`EngineError::Unwritten`] where it cannot be written.
pub fn write_sheet(workspace: &Workspace, id: &str, path: &Path, language: Language) -> Result<usize> {
    let home = Integration::from_toml(&workspace.integration_in_use(id)?.current.toml)?;
    let lines = under_way(workspace, &home)?;
    written(&home, &lines, path, language).map_err(|fault| EngineError::Unwritten {
        path: path.to_path_buf(),
        source: std::io::Error::other(fault),
    })?;
    Ok(lines.len())
}

fn written(
    home: &Integration,
    lines: &[Line],
    path: &Path,
    language: Language,
) -> std::result::Result<(), XlsxError> {
    let fields = fields(home);
    let mut book = Workbook::new();
    let (bold, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet();
    sheet.set_name(
        home.name.chars().filter(|letter| !"[]:*?/\\'".contains(*letter)).take(31).collect::<String>(),
    )?;
    sheet.set_freeze_panes(1, 2)?;
    for (place, field) in fields.iter().enumerate() {
        let place = place as u16;
        let name = field_name(*field, language);
        sheet.set_column_width(
            place,
            f64::from(u16::try_from(name.chars().count().clamp(10, 30)).unwrap_or(30)) + 2.0,
        )?;
        match field.kind() {
            FieldKind::Date => sheet.set_column_format(place, &day)?,
            FieldKind::Text => sheet.set_column_format(place, &text)?,
            _ => sheet,
        };
        sheet.write_with_format(0, place, name, &bold)?;
    }
    for (row, line) in lines.iter().enumerate() {
        for (field, words) in &line.texts {
            if let Some(place) = fields.iter().position(|one| one == field) {
                sheet.write_string_with_format(row as u32 + 1, place as u16, words, &text)?;
            }
        }
    }
    key(book.add_worksheet(), home, &fields, language)?;
    book.save(path)
}

fn key(
    sheet: &mut Worksheet,
    home: &Integration,
    fields: &[Field],
    language: Language,
) -> std::result::Result<(), XlsxError> {
    sheet.set_name(KEY_SHEET)?.set_hidden(true);
    sheet.write(0, 0, "integration")?.write(0, 1, home.id.as_str())?;
    for (place, field) in fields.iter().enumerate() {
        let row = place as u32 + 1;
        sheet.write(row, 0, column(*field))?.write(row, 1, field_name(*field, language))?;
    }
    Ok(())
}

/// The order lines that have not reached their promise and did not end, those promised first first.
fn under_way(workspace: &Workspace, home: &Integration) -> Result<Vec<Line>> {
    let reader = workspace.intake_reader()?;
    let (view, today) = (reader.view(), workspace.today()?);
    let Some(known) = view.integration(&home.id)? else { return Ok(Vec::new()) };
    let context = week::rules(workspace)?.into_iter().find(|(number, _)| *number == known.number);
    let Some((_, context)) = context else { return Ok(Vec::new()) };
    let is_open = |journey: &Journey, context: &JourneyContext| {
        journey.ended(today).is_none() && journey.reached(context.kpi.route.promise(), today).is_none()
    };
    let mut lines = Vec::new();
    view.each_journey(0, i64::MAX, |_, integration, body| -> Result<()> {
        if integration == known.number
            && let Some((journey, texts)) = unpack(body)
            && is_open(&journey, &context)
        {
            let texts = [
                (Field::Order, texts.order),
                (Field::Line, texts.line),
                (Field::Customer, texts.customer),
                (Field::Product, texts.product),
                (Field::ProductGroup, texts.product_group),
            ];
            let texts = texts.into_iter().map(|(field, text)| (field, text.to_owned())).collect();
            lines.push(Line { promised: journey.promised, texts });
        }
        Ok(())
    })?;
    lines.sort_by(|one, other| {
        let promised = |line: &Line| (line.promised.is_none(), line.promised);
        promised(one).cmp(&promised(other)).then_with(|| one.texts[0].1.cmp(&other.texts[0].1))
    });
    lines.truncate(LINES_MAX);
    Ok(lines)
}

/// Enters what a person filled into a sheet, all of it or nothing. Rows in which nothing was filled in are passed over.
///
/// # Errors
/// As [`enter`], with the rows numbered as the sheet numbers them; [`EngineError::Connect`] for what is no workbook;
/// [`EngineError::Invalid`] for the sheet of another integration, and for columns that cannot be told.
pub fn read_sheet(workspace: &Workspace, id: &str, path: &Path, note: &str) -> Result<HandReport> {
    let home = Integration::from_toml(&workspace.integration_in_use(id)?.current.toml)?;
    let mut book = Filled::open(path, BufReader::new(File::open(path).map_err(EngineError::file(path))?))?;
    let mut filled = filled_rows(workspace, &home, &mut book)?;
    filled.retain(|(_, row)| row.keys().any(|field| !matches!(field, Field::Order | Field::Line)));
    if filled.is_empty() {
        return Err(EngineError::invalid(
            "sheet",
            "nothing is filled in: write what happened beside the orders",
        ));
    }
    if filled.len() > ROWS_MAX {
        return Err(EngineError::invalid("sheet", format!("at most {ROWS_MAX} rows at once")));
    }
    let rows: Vec<EnteredRow> = filled.iter().map(|(_, row)| row.clone()).collect();
    enter(workspace, id, &rows, "sheet", note).map_err(|fault| match fault {
        EngineError::Invalid { fields } => EngineError::Invalid {
            fields: fields.into_iter().map(|(path, fault)| (in_sheet(&path, &filled), fault)).collect(),
        },
        other => other,
    })
}

/// `rows.3.delivered` as the sheet numbers its rows.
fn in_sheet(path: &str, filled: &[(u64, EnteredRow)]) -> String {
    let mut parts = path.splitn(3, '.');
    let (Some("rows"), Some(place), Some(field)) = (parts.next(), parts.next(), parts.next()) else {
        return path.to_owned();
    };
    let row = place.parse().ok().and_then(|place: usize| filled.get(place)).map(|(row, _)| *row);
    row.map_or_else(|| path.to_owned(), |row| format!("sheet.{row}.{field}"))
}

fn filled_rows(
    workspace: &Workspace,
    home: &Integration,
    book: &mut Filled<BufReader<File>>,
) -> Result<Vec<(u64, EnteredRow)>> {
    let names = column_names(home, book)?;
    let sheet = book.sheets()?.into_iter().find(|sheet| sheet.is_visible && sheet.name != KEY_SHEET);
    let sheet = sheet.ok_or_else(|| EngineError::invalid("sheet", "the workbook has no sheet"))?;
    let layout =
        book.look(&FileFormat { sheet: Some(sheet.name), header_row: Some(1), ..FileFormat::default() })?;
    let columns: Vec<Option<Field>> = layout.columns.iter().map(|name| field_of(name, &names)).collect();
    if !columns.contains(&Some(Field::Order)) {
        let message = "no column has the order numbers: use the sheet that Plaza writes";
        return Err(EngineError::invalid("sheet", message));
    }
    let reader = workspace.intake_reader()?;
    let mut rows = Vec::new();
    let mut failed: Option<EngineError> = None;
    book.read(&layout, 0, &mut |page| {
        for row in page.rows() {
            let mut cells = EnteredRow::new();
            for (place, field) in columns.iter().enumerate() {
                let text = row.cell(place).trim();
                if let Some(field) = field.filter(|_| !text.is_empty()) {
                    cells.insert(field, plain(field, text).to_owned());
                }
            }
            let order = OrderKey::of(&home.system, cells.get(&Field::Order).map_or("", String::as_str));
            let line = order.line(cells.get(&Field::Line).map_or(ONLY_LINE, String::as_str));
            match reader.view().journey(line) {
                Ok(Some(_)) => cells.retain(|field, _| !TO_FIND.contains(field)),
                Ok(None) => {}
                Err(error) => failed = Some(error.into()),
            }
            if !cells.is_empty() {
                rows.push((row.number(), cells));
            }
        }
        if failed.is_some() || rows.len() > 2 * ROWS_MAX + LINES_MAX {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    match failed {
        Some(error) => Err(error),
        None => Ok(rows),
    }
}

/// A date that a sheet keeps with its time of day, without it.
fn plain(field: Field, text: &str) -> &str {
    match field.kind() {
        FieldKind::Date => text.strip_suffix("00:00:00").map_or(text, |day| day.trim_end_matches([' ', 'T'])),
        _ => text,
    }
}

/// What the columns are called in this sheet: as its hidden sheet says, else in every language.
fn column_names(home: &Integration, book: &mut Filled<BufReader<File>>) -> Result<Vec<(String, Field)>> {
    let fields = fields(home);
    let mut names: Vec<(String, Field)> = Vec::new();
    for language in [Language::En, Language::De, Language::Es] {
        names.extend(fields.iter().map(|field| (field_name(*field, language).to_owned(), *field)));
    }
    names.extend(fields.iter().map(|field| (column(*field), *field)));
    if !book.sheets()?.iter().any(|sheet| sheet.name == KEY_SHEET) {
        return Ok(names);
    }
    let format =
        FileFormat { sheet: Some(KEY_SHEET.to_owned()), header_row: Some(0), ..FileFormat::default() };
    let layout = book.look(&format)?;
    let mut other = None;
    book.read(&layout, 0, &mut |page| {
        for row in page.rows() {
            match (row.cell(0), row.cell(1)) {
                ("integration", id) if id != home.id => other = Some(id.to_owned()),
                (word, name) => {
                    let field = fields.iter().find(|field| column(**field) == word);
                    names.extend(field.map(|field| (name.to_owned(), *field)));
                }
            }
        }
        ControlFlow::Continue(())
    })?;
    match other {
        Some(id) => {
            let message = format!("this sheet is for the integration “{id}”, not for “{}”", home.id);
            Err(EngineError::invalid("sheet", message))
        }
        None => Ok(names),
    }
}

fn field_of(name: &str, names: &[(String, Field)]) -> Option<Field> {
    let name = name.trim();
    names.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, field)| *field)
}
