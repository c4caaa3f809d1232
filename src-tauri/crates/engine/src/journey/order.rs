//! One order line with its arithmetic and the raw records behind it: what `plaza order` prints.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use plaza_connect::file::csv::{CsvPages, sniff};
use plaza_connect::file::xlsx::Workbook;
use plaza_connect::file::{FileFormat, csv};
use plaza_domain::day::Day;
use plaza_domain::journey::Milestone;
use plaza_domain::journey::split::{End, Split};
use plaza_store::intake::{Record, View};
use serde::Serialize;

use super::context::JourneyContext;
use super::key::OrderKey;
use super::pack::unpack;
use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

/// One order line, whole. Serialised, it is what `plaza order --json` prints.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OrderReport {
    /// Order number.
    pub order: String,
    /// Line number.
    pub line: String,
    /// The first date given.
    pub promised: Option<Day>,
    /// When the promised milestone was reached.
    pub delivered: Option<Day>,
    /// Days late when positive; measured to the Monday after the promise's week while it is open.
    pub lateness_days: Option<i32>,
    /// The promise gap.
    pub gap_days: Option<i32>,
    /// Its legs up to the promise.
    pub legs: Vec<LegReport>,
    /// Each department's share of the lateness, adding up to 1; empty where it is not late.
    pub shares: BTreeMap<String, f64>,
    /// The raw records.
    pub records: Vec<RecordReport>,
}

/// One leg.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LegReport {
    /// Whose it is.
    pub department: String,
    /// From this milestone.
    pub from: Milestone,
    /// To this one.
    pub to: Milestone,
    /// Days planned.
    pub planned_days: i32,
    /// Days taken so far.
    pub actual_days: i32,
    /// The difference.
    pub overrun_days: i32,
    /// It spans milestones whose dates are missing.
    pub joint: bool,
    /// It has not ended.
    pub running: bool,
}

/// A raw record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordReport {
    /// The system.
    pub system: String,
    /// The stream.
    pub stream: String,
    /// The run that brought it.
    pub run: String,
    /// The file.
    pub file: String,
    /// The row in the file, as a person counts them.
    pub row: i64,
    /// From 1.
    pub version: i64,
    /// The cells as they stand in the kept original, by column.
    pub fields: BTreeMap<String, String>,
}

/// The line of an order in any of the workspace's systems.
///
/// # Errors
/// [`EngineError::NotFound`] where no system has it.
pub fn order(workspace: &Workspace, order: &str, line: &str) -> Result<OrderReport> {
    let contexts = crate::week::rules(workspace)?;
    let today = workspace.today()?;
    let reader = workspace.intake_reader()?;
    let view = reader.view();
    for (integration, context) in &contexts {
        let key = OrderKey::of(&context.system, order);
        let Some(row) = view.journey(key.line(line))?.filter(|row| row.integration == *integration) else {
            continue;
        };
        let Some((journey, texts)) =
            unpack(&row.body).filter(|(_, texts)| texts.order == order && texts.line == line)
        else {
            continue;
        };
        let promise = context.kpi.route.promise();
        let reached = journey.reached(promise, today);
        let split = journey.promised.map(|promised| {
            let end = match (reached, journey.ended(today)) {
                (Some(day), _) => End::Reached(day),
                (None, Some(ended)) => End::Running(ended),
                (None, None) => {
                    End::Running(promised.week().plus(1).monday().min(today).max(promised.min(today)))
                }
            };
            Split::of(&journey, &context.kpi.route, &context.kpi.calendar, promised, end)
        });
        let mut report = OrderReport {
            order: texts.order.to_owned(),
            line: texts.line.to_owned(),
            promised: journey.promised,
            delivered: reached,
            lateness_days: split.as_ref().map(|split| split.lateness_days),
            gap_days: split.as_ref().map(|split| split.gap_days),
            legs: Vec::new(),
            shares: BTreeMap::new(),
            records: records(view, *integration, context, key, key.line(line))?,
        };
        if let Some(split) = split {
            fill(&mut report, &split, context);
        }
        return Ok(report);
    }
    Err(EngineError::NotFound { noun: "order line", name: format!("{order}/{line}") })
}

fn fill(report: &mut OrderReport, split: &Split, context: &JourneyContext) {
    let name = |seat: usize| context.departments.get(seat).map_or_else(String::new, ToString::to_string);
    report.legs = split
        .legs()
        .iter()
        .map(|leg| LegReport {
            department: name(leg.seat.index()),
            from: leg.from,
            to: leg.to,
            planned_days: leg.planned_days,
            actual_days: leg.actual_days,
            overrun_days: leg.overrun_days,
            joint: leg.joint,
            running: leg.running,
        })
        .collect();
    let shares = split.shares.iter().enumerate().filter(|(_, share)| **share > 0);
    report.shares = shares.map(|(seat, share)| (name(seat), f64::from(*share) / 1e6)).collect();
}

fn records(
    view: View<'_>,
    integration: i64,
    context: &JourneyContext,
    key: OrderKey,
    journey: i64,
) -> Result<Vec<RecordReport>> {
    let mut reports = Vec::new();
    for stream in view.streams()?.into_iter().filter(|stream| stream.integration == integration) {
        let mut found: Vec<Record> = Vec::new();
        view.records_between(stream.number, key.whole(), key.whole(), &mut found)?;
        view.records_between(stream.number, journey, journey, &mut found)?;
        let batches = view.batches(stream.number)?;
        for record in found {
            let Some(original) = view.original(record.original)? else { continue };
            let batch = batches.iter().find(|batch| batch.original == record.original);
            let run = batch.map(|batch| view.run(batch.run)).transpose()?.flatten();
            reports.push(RecordReport {
                system: context.system.clone(),
                stream: stream.name.clone(),
                run: run.map_or_else(String::new, |run| run.name),
                fields: cells(view, &original.format, record.original, record.row)?,
                file: original.name,
                row: record.row,
                version: record.version,
            });
        }
    }
    Ok(reports)
}

/// The cells of a row, read again from the kept original.
///
/// # Errors
/// The original is damaged.
pub fn cells(view: View<'_>, format: &str, original: i64, row: i64) -> Result<BTreeMap<String, String>> {
    let format: FileFormat = serde_json::from_str(format).unwrap_or_default();
    let path = Path::new("the kept original");
    let row = row.unsigned_abs();
    if format.kind.as_deref() == Some("xlsx") {
        let mut bytes = Vec::new();
        view.open_original(original).read_to_end(&mut bytes).map_err(EngineError::file(path))?;
        let layout = Workbook::open(path, Cursor::new(bytes.clone()))?.look(&format)?;
        let cells = plaza_connect::file::xlsx::read_row(path, Cursor::new(bytes), &layout, row)?;
        return Ok(layout.columns.iter().cloned().zip(cells.unwrap_or_default()).collect());
    }
    let dialect = {
        let mut sample = Vec::new();
        let mut start = view.open_original(original).take(csv::SAMPLE_BYTES as u64);
        start.read_to_end(&mut sample).map_err(EngineError::file(path))?;
        sniff(path, &sample, false, None, &format)?.dialect
    };
    let mut input = view.open_original(original);
    let mut pages = CsvPages::open(path, &mut input, &dialect)?;
    let columns = pages.columns().to_vec();
    while let Some(page) = pages.next_page()? {
        if page.last_row() < row {
            continue;
        }
        let found = page.rows().find(|found| found.number() == row);
        return Ok(found
            .map(|found| columns.into_iter().zip(found.cells().map(str::to_owned)).collect())
            .unwrap_or_default());
    }
    Ok(BTreeMap::new())
}
