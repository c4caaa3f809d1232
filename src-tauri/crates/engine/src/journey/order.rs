//! One order line with its arithmetic and the raw records behind it: what `plaza order` prints.

use std::collections::BTreeMap;

use plaza_domain::day::Day;
use plaza_domain::journey::split::{End, Split};
use plaza_domain::journey::{Journey, Milestone, PerSeat};
use plaza_domain::kpi::KpiRules;
use plaza_store::intake::{Record, View};
use serde::Serialize;

use super::context::JourneyContext;
use super::key::OrderKey;
use super::pack::{JourneyTexts, unpack};
use crate::error::{EngineError, Result};
use crate::split::Disputed;
use crate::workspace::Workspace;

/// One order line, whole. Serialised, it is what `plaza order --json` prints.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OrderReport {
    /// The system that it is of.
    pub system: String,
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
    /// Each department's share of the lateness, adding up to 1; empty where it is not late. What people agreed on instead,
    /// where they did.
    pub shares: BTreeMap<String, f64>,
    /// What people agreed on against what the milestones say; nothing where they did not, or where it is no miss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed: Option<AgreedReport>,
    /// The raw records.
    pub records: Vec<RecordReport>,
}

/// A split that people agreed on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgreedReport {
    /// Each department's share of the miss as the milestones have it, adding up to 1.
    pub counted: BTreeMap<String, f64>,
    /// Who said so: their name; nothing where nobody had said whose the device was.
    pub by: Option<String>,
    /// On which day.
    pub on: Day,
    /// Why.
    pub reason: String,
    /// The thread in which it was disputed.
    pub thread: Option<String>,
    /// The milestones say something else than when it was agreed.
    pub has_changed: bool,
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

/// The line of an order, in the system named; where none is named, in the only one that has it.
///
/// # Errors
/// [`EngineError::NotFound`] where no system, or not this one, has it; [`EngineError::SeveralSystems`] where none is
/// named and several have it.
pub fn order(workspace: &Workspace, order: &str, line: &str, system: Option<&str>) -> Result<OrderReport> {
    let reader = workspace.intake_reader()?;
    let mut found = find_all(workspace, reader.view(), order, line)?;
    if let Some(system) = system {
        found.retain(|one| one.context.system == system);
    }
    if found.len() > 1 {
        let systems = found.into_iter().map(|one| one.context.system).collect();
        return Err(EngineError::SeveralSystems { order: order.to_owned(), line: line.to_owned(), systems });
    }
    let found = found.pop().ok_or_else(|| not_here(order, line, system))?;
    let Found { context, journey, .. } = &found;
    let today = workspace.today()?;
    let split = measured(journey, &context.kpi, today);
    let mut report = OrderReport {
        system: context.system.clone(),
        order: order.to_owned(),
        line: line.to_owned(),
        promised: journey.promised,
        delivered: journey.reached(context.kpi.route.promise(), today),
        lateness_days: split.as_ref().map(|split| split.lateness_days),
        gap_days: split.as_ref().map(|split| split.gap_days),
        legs: Vec::new(),
        shares: BTreeMap::new(),
        agreed: None,
        records: records(workspace, reader.view(), &found)?,
    };
    if let Some(split) = split {
        fill(&mut report, &split, context);
    }
    fill_agreed(&mut report, workspace, &found)?;
    Ok(report)
}

/// What people agreed on, while it divides the miss.
fn fill_agreed(report: &mut OrderReport, workspace: &Workspace, found: &Found) -> Result<()> {
    let Some(agreed) = found.journey.agreed() else { return Ok(()) };
    let disputed = Disputed::of(workspace, found)?;
    let id = disputed.home.id.as_str().into();
    let words = workspace.split_words(&id, &report.order, &report.line)?;
    let Some(word) = words.last().filter(|word| !word.is_withdrawn() && disputed.is_missed()) else {
        return Ok(());
    };
    let shares = |shares: &PerSeat<i64>| -> BTreeMap<String, f64> {
        let some = found.context.departments.iter().zip(shares).filter(|(_, share)| **share > 0);
        some.map(|(id, share)| (id.to_string(), *share as f64 / 1e6)).collect()
    };
    let people = workspace.view(|view| view.people())?;
    let by = word.act.person.as_ref().and_then(|id| people.into_iter().find(|person| person.id == *id));
    report.shares = shares(&agreed.map(i64::from));
    report.agreed = Some(AgreedReport {
        counted: shares(&disputed.counted()),
        by: by.map(|person| person.name),
        on: workspace.settings()?.time_zone.day_at(word.act.at.wall_ms),
        reason: word.said.reason.clone(),
        thread: word.said.thread.as_ref().map(ToString::to_string),
        has_changed: disputed.has_changed_since(workspace, &word.said)?,
    });
    Ok(())
}

/// An order line as it is kept, with what it is measured by.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The integration's number.
    pub(crate) integration: i64,
    /// What the integration's journeys are assembled and counted with.
    pub(crate) context: JourneyContext,
    /// Its order's key.
    pub(crate) order: OrderKey,
    /// Its own key.
    pub(crate) key: i64,
    /// What happened to it.
    pub(crate) journey: Journey,
    /// The bytes that its texts are in.
    body: Vec<u8>,
}

impl Found {
    /// Its texts.
    pub(crate) fn texts(&self) -> JourneyTexts<'_> {
        unpack(&self.body).map(|(_, texts)| texts).unwrap_or_default()
    }
}

/// That no system, or not the one named, has the line of an order.
pub(crate) fn not_here(order: &str, line: &str, system: Option<&str>) -> EngineError {
    let of = system.map_or_else(String::new, |system| format!(" of {system}"));
    EngineError::NotFound { noun: "order line", name: format!("{order}/{line}{of}") }
}

/// The line of an order in each of the workspace's systems that has it, in the order in which these were connected.
///
/// # Errors
/// What the stores say.
pub(crate) fn find_all(workspace: &Workspace, view: View<'_>, order: &str, line: &str) -> Result<Vec<Found>> {
    find_by(&crate::week::rules(workspace)?, view, order, line)
}

/// As [`find_all`], with what the journeys are counted with: for whoever looks for many.
///
/// # Errors
/// What the stores say.
pub(crate) fn find_by(
    contexts: &BTreeMap<i64, JourneyContext>,
    view: View<'_>,
    order: &str,
    line: &str,
) -> Result<Vec<Found>> {
    let mut all = Vec::new();
    for (integration, context) in contexts {
        let (integration, order_key) = (*integration, OrderKey::of(&context.system, order));
        let key = order_key.line(line);
        let Some(row) = view.journey(key)?.filter(|row| row.integration == integration) else { continue };
        let journey = unpack(&row.body)
            // Another order's key may be the same by chance.
            .filter(|(_, texts)| texts.order == order && texts.line == line)
            .map(|(journey, _)| journey);
        if let Some(journey) = journey {
            let context = context.clone();
            all.push(Found { integration, context, order: order_key, key, journey, body: row.body });
        }
    }
    Ok(all)
}

/// The arithmetic of a journey against its promise: to the day that it was reached or ended, else to the Monday
/// after the promise's week (to today before that). `None` without a promise.
pub(crate) fn measured(journey: &Journey, rules: &KpiRules, today: Day) -> Option<Split> {
    let promised = journey.promised?;
    let ended = journey.ended(today);
    let end = match (journey.reached(rules.route.promise(), ended.unwrap_or(today)), ended) {
        (Some(day), _) => End::Reached(day),
        (None, Some(ended)) => End::Running(ended),
        (None, None) => End::Running(promised.week().plus(1).monday().min(today).max(promised.min(today))),
    };
    Some(Split::of(journey, &rules.route, &rules.calendar, promised, end))
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

fn records(workspace: &Workspace, view: View<'_>, found: &Found) -> Result<Vec<RecordReport>> {
    let mut reports = Vec::new();
    for stream in view.streams()?.into_iter().filter(|stream| stream.integration == found.integration) {
        let mut records: Vec<Record> = Vec::new();
        view.records_between(stream.number, found.order.whole(), found.order.whole(), &mut records)?;
        view.records_between(stream.number, found.key, found.key, &mut records)?;
        let batches = view.batches(stream.number)?;
        for record in records {
            let Some(original) = view.original(record.original)? else { continue };
            let batch = batches.iter().find(|batch| batch.original == record.original);
            let run = batch.map(|batch| view.run(batch.run)).transpose()?.flatten();
            reports.push(RecordReport {
                system: found.context.system.clone(),
                stream: stream.name.clone(),
                run: run.map_or_else(String::new, |run| run.name),
                fields: workspace.layouts().cells(view, &original, record.row)?.into_iter().collect(),
                file: original.name,
                row: record.row,
                version: record.version,
            });
        }
    }
    Ok(reports)
}
