//! The journeys behind a week's number: as a list in slices, and as a file.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use plaza_domain::department::{Department, DepartmentId};
use plaza_domain::journey::split::MILLION;
use plaza_domain::kpi::KpiKind;
use plaza_domain::language::Language;

use super::board::PartShare;
use super::flow::departments_in_flow;
use super::kpi::{JourneyList, JourneyQuery, JourneyRow};
use super::order_words::pick;
use super::palette::has_several_systems;
use super::series::count;
use crate::error::{EngineError, Result};
use crate::file::{Readers, save};
use crate::journey::counted::{CountedJourney, CountedList, ListQuestion, Outcome};
use crate::pull::seats;
use crate::workspace::Workspace;

/// Rows of one slice at most: some ten screens.
const SLICE_MAX: u32 = 500;

impl JourneyList {
    /// The slice of the list that is asked for.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a week or an order of rows that is none, [`EngineError::NotFound`] for a
    /// department that is not here; what the stores say.
    pub fn read(workspace: &Workspace, query: &JourneyQuery) -> Result<Self> {
        let chosen = Chosen::of(workspace, query)?;
        let departments = Seats { ids: seats(workspace)?, order: departments_in_flow(workspace)? };
        let (systems, integrations) = (systems(workspace)?, integrations(workspace)?);
        let rows = chosen
            .places
            .iter()
            .skip(query.offset as usize)
            .take(query.limit.min(SLICE_MAX) as usize)
            .filter_map(|place| chosen.list.rows.get(*place))
            .map(|row| shown(row, &departments, &systems, &integrations))
            .collect();
        Ok(Self { total: count(chosen.places.len() as i64), rows })
    }

    /// Writes the whole list to a CSV file: UTF-8 with a byte order mark, commas, as RFC 4180 has it, dates as
    /// `YYYY-MM-DD` and numbers with a point, whatever the language of its head. Texts that a spreadsheet would take
    /// for a formula get an apostrophe in front.
    ///
    /// # Errors
    /// As [`JourneyList::read`]; [`EngineError::Unwritten`] says why the file could not be written.
    pub fn export(workspace: &Workspace, query: &JourneyQuery, file: &str, language: Language) -> Result<()> {
        let chosen = Chosen::of(workspace, query)?;
        let ids = seats(workspace)?;
        let departments = workspace.view(|view| view.departments())?;
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.to_vec());
        let unwritten =
            |fault: csv::Error| EngineError::Unwritten { path: file.into(), source: fault.into() };
        writer.write_record(head(query, &ids, &departments, language)).map_err(unwritten)?;
        for row in chosen.places.iter().filter_map(|place| chosen.list.rows.get(*place)) {
            writer.write_record(cells(row, &ids, language)).map_err(unwritten)?;
        }
        let text = writer
            .into_inner()
            .map_err(|fault| EngineError::Unwritten { path: file.into(), source: fault.into_error() })?;
        save(file, &text, Readers::Usual)
    }
}

/// What tells spreadsheets that a file is UTF-8.
const MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// The rows of a list that are asked for, in order.
struct Chosen {
    list: Arc<CountedList>,
    places: Vec<usize>,
}

impl Chosen {
    fn of(workspace: &Workspace, query: &JourneyQuery) -> Result<Self> {
        let sort = Sort::of(&query.sort)?;
        let seat = query.department.as_deref().map(|id| {
            let place = seats(workspace)?.iter().position(|known| known.as_str() == id);
            place.ok_or_else(|| EngineError::NotFound {
                noun: "department",
                name: id.chars().take(80).collect(),
            })
        });
        let seat = seat.transpose()?;
        let week = crate::words::week(&query.week)?;
        let question = ListQuestion { kind: query.kpi, basis: query.basis, week };
        let list = workspace.counted().read(workspace, question)?;
        let has_share =
            |row: &CountedJourney| seat.is_none_or(|seat| row.parts.get(seat).is_some_and(|part| *part > 0));
        let mut places: Vec<usize> = (0..list.rows.len())
            .filter(|place| {
                list.rows.get(*place).is_some_and(|row| {
                    (!query.missed_only || row.outcome == Outcome::Missed) && has_share(row)
                })
            })
            .collect();
        let by = |a: &usize, b: &usize| match (list.rows.get(*a), list.rows.get(*b)) {
            (Some(a), Some(b)) => sort.compare(a, b, query.descending),
            _ => Ordering::Equal,
        };
        places.sort_by(by);
        Ok(Self { list, places })
    }
}

/// What a list is sorted by.
#[derive(Clone, Copy)]
enum Sort {
    Order,
    Customer,
    Lateness,
    Value,
}

impl Sort {
    fn of(word: &str) -> Result<Self> {
        Ok(match word {
            "order" => Self::Order,
            "customer" => Self::Customer,
            "lateness" => Self::Lateness,
            "value" => Self::Value,
            other => {
                let words = format!("“{other}” is none of order, customer, lateness, value");
                return Err(EngineError::invalid("sort", words));
            }
        })
    }

    /// Rows without the value come last either way; equal ones are in the order of their numbers.
    fn compare(self, a: &CountedJourney, b: &CountedJourney, descending: bool) -> Ordering {
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        let numbers = || natural(&a.order, &b.order).then_with(|| natural(&a.line, &b.line));
        let first = match self {
            Self::Order => return turned(numbers()),
            Self::Customer => {
                let known = (a.customer.is_empty(), b.customer.is_empty());
                known.0.cmp(&known.1).then_with(|| turned(lower(&a.customer).cmp(lower(&b.customer))))
            }
            Self::Lateness => known_first(a.days, b.days, turned),
            Self::Value => known_first(a.value, b.value, turned),
        };
        first.then_with(numbers)
    }
}

fn known_first<T: Ord>(a: Option<T>, b: Option<T>, turned: impl Fn(Ordering) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => turned(a.cmp(&b)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

fn lower(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

/// Compares numbers within texts by their size, so that 9 comes before 10 and A-9 before A-10.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a_rest, mut b_rest) = (a, b);
    loop {
        let (a_text, a_after) = split_text(a_rest);
        let (b_text, b_after) = split_text(b_rest);
        let (a_digits, a_behind) = split_digits(a_after);
        let (b_digits, b_behind) = split_digits(b_after);
        let (a_size, b_size) = (a_digits.trim_start_matches('0'), b_digits.trim_start_matches('0'));
        let order = a_text
            .cmp(b_text)
            .then_with(|| a_digits.is_empty().cmp(&b_digits.is_empty()).reverse())
            .then_with(|| a_size.len().cmp(&b_size.len()))
            .then_with(|| a_size.cmp(b_size));
        if order != Ordering::Equal {
            return order;
        }
        if a_behind.is_empty() || b_behind.is_empty() {
            // “007” and “7” are as large; they still are two.
            return a_behind.cmp(b_behind).then_with(|| a.cmp(b));
        }
        (a_rest, b_rest) = (a_behind, b_behind);
    }
}

fn split_text(text: &str) -> (&str, &str) {
    text.split_at(text.find(|one: char| one.is_ascii_digit()).unwrap_or(text.len()))
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|one: char| !one.is_ascii_digit()).unwrap_or(text.len()))
}

/// The seats of the departments, and the order in which parts are shown.
struct Seats {
    ids: Vec<DepartmentId>,
    order: Vec<Department>,
}

impl Seats {
    /// The parts that are there, in the order of the flow.
    fn parts(&self, row: &CountedJourney) -> Vec<(&DepartmentId, i64)> {
        let place = |id: &DepartmentId| self.order.iter().position(|known| known.id == *id);
        let mut parts: Vec<_> = self.ids.iter().zip(row.parts).filter(|(_, part)| *part > 0).collect();
        parts.sort_by_key(|(id, _)| place(id));
        parts
    }
}

/// What the systems of the integrations are called, by the integrations' numbers; nothing where all are one.
fn systems(workspace: &Workspace) -> Result<BTreeMap<i64, String>> {
    let rules = crate::week::rules(workspace)?;
    if !has_several_systems(&rules) {
        return Ok(BTreeMap::new());
    }
    Ok(rules.into_iter().map(|(number, context)| (number, context.system)).collect())
}

/// The ids of the integrations by their numbers.
fn integrations(workspace: &Workspace) -> Result<BTreeMap<i64, String>> {
    let known = workspace.intake_reader()?.view().integrations()?;
    Ok(known.into_iter().map(|known| (known.number, known.name)).collect())
}

fn shown(
    row: &CountedJourney,
    departments: &Seats,
    systems: &BTreeMap<i64, String>,
    integrations: &BTreeMap<i64, String>,
) -> JourneyRow {
    let own = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let total: i64 = row.parts.iter().sum();
    JourneyRow {
        system: systems.get(&row.integration).cloned(),
        integration: integrations.get(&row.integration).cloned().unwrap_or_default(),
        order: row.order.to_string(),
        line: row.line.to_string(),
        customer: own(&row.customer),
        product: own(&row.product),
        promised: row.promised.map(|day| day.to_string()),
        reached: row.reached.map(|day| day.to_string()),
        days: row.days,
        outcome: row.outcome.word().to_owned(),
        is_agreed: row.is_agreed,
        parts: departments
            .parts(row)
            .into_iter()
            .map(|(department, part)| PartShare {
                department: department.to_string(),
                value: part as f64 / MILLION as f64,
                share: part as f64 / total as f64,
                change: None,
            })
            .collect(),
        value: row.value.map(|minor| minor as f64 / 100.0),
        currency: own(&row.currency),
    }
}

/// The first row of the file.
fn head(
    query: &JourneyQuery,
    ids: &[DepartmentId],
    departments: &[Department],
    language: Language,
) -> Vec<String> {
    use plaza_domain::kpi::Basis;
    let date = match query.basis {
        Basis::Promised => ["Promised", "Zugesagt", "Prometido"],
        Basis::Requested => ["Requested", "Gewünscht", "Solicitado"],
        Basis::Agreed => ["Agreed", "Vereinbart", "Acordado"],
    };
    let reached = match query.kpi {
        KpiKind::OrderToCash => ["Paid", "Bezahlt", "Cobrado"],
        _ => ["Delivered", "Geliefert", "Entregado"],
    };
    let days = match query.kpi {
        KpiKind::OrderToCash => ["Days to cash", "Tage bis Zahlung", "Días hasta el cobro"],
        KpiKind::PromiseRealism => ["Promise gap in days", "Lücke der Zusage in Tagen", "Brecha en días"],
        _ => ["Days late", "Tage verspätet", "Días de retraso"],
    };
    let words = [
        ["Order", "Auftrag", "Pedido"],
        ["Line", "Position", "Línea"],
        ["Customer", "Kunde", "Cliente"],
        ["Product", "Produkt", "Producto"],
        date,
        reached,
        days,
        ["Outcome", "Ergebnis", "Resultado"],
        ["Value", "Wert", "Valor"],
        ["Currency", "Währung", "Moneda"],
        ["Split", "Aufteilung", "Reparto"],
    ];
    let name = |id: &DepartmentId| {
        departments
            .iter()
            .find(|known| known.id == *id)
            .map_or_else(|| id.to_string(), |known| known.name.clone())
    };
    let fixed = words.map(|words| pick(language, words).to_owned());
    fixed.into_iter().chain(ids.iter().map(|id| harmless(&name(id)))).collect()
}

fn cells(row: &CountedJourney, ids: &[DepartmentId], language: Language) -> Vec<String> {
    let day = |day: Option<plaza_domain::day::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let outcome = match row.outcome {
        Outcome::Kept => ["kept", "gehalten", "cumplida"],
        Outcome::Missed => ["missed", "verfehlt", "incumplida"],
        Outcome::Pending => ["pending", "offen", "pendiente"],
        Outcome::Cancelled => ["cancelled", "storniert", "cancelada"],
        Outcome::Counted => ["counted", "gezählt", "contada"],
    };
    let split = match row.outcome {
        Outcome::Missed if row.is_agreed => Some(["agreed", "vereinbart", "acordado"]),
        Outcome::Missed if row.parts.iter().any(|part| *part > 0) => Some(["counted", "gezählt", "contado"]),
        _ => None,
    };
    let fixed = [
        harmless(&row.order),
        harmless(&row.line),
        harmless(&row.customer),
        harmless(&row.product),
        day(row.promised),
        day(row.reached),
        row.days.map(|days| days.to_string()).unwrap_or_default(),
        pick(language, outcome).to_owned(),
        row.value.map(|minor| decimal(minor, 2)).unwrap_or_default(),
        harmless(&row.currency),
        split.map(|words| pick(language, words).to_owned()).unwrap_or_default(),
    ];
    let parts = ids.iter().zip(row.parts).map(|(_, part)| decimal(part, 6));
    fixed.into_iter().chain(parts).collect()
}

/// A whole number of hundredths or millionths, exactly.
fn decimal(number: i64, places: u32) -> String {
    let unit = 10_u64.pow(places);
    let (sign, size) = (if number < 0 { "-" } else { "" }, number.unsigned_abs());
    format!("{sign}{}.{:0width$}", size / unit, size % unit, width = places as usize)
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_within_texts_are_ordered_by_size() {
        let mut texts =
            ["A-10", "10", "9", "A-9", "007", "7", "A-9b", "", "B", "99999999999999999999999", "A-09"];
        texts.sort_by(|a, b| natural(a, b));
        assert_eq!(
            texts,
            ["", "007", "7", "9", "10", "99999999999999999999999", "A-09", "A-9", "A-9b", "A-10", "B"]
        );
    }

    #[test]
    fn a_text_is_never_a_formula() {
        for (text, safe) in
            [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "'-5"), ("\t=1", "'\t=1"), ("a=1", "a=1"), ("", "")]
        {
            assert_eq!(harmless(text), safe);
        }
        assert_eq!((decimal(-5, 2), decimal(1_234_567, 6)), ("-0.05".to_owned(), "1.234567".to_owned()));
    }
}
