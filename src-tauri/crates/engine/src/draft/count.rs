//! All rows of a draft's files counted, through the rules that a pull holds them against, without keeping anything.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;

use plaza_domain::day::{Day, Week};
use plaza_domain::journey::assemble::{RecordFacts, Refusal, assemble};
use plaza_domain::language::Language;
use plaza_domain::record::{Facts, Field, Known};

use super::check::{Checked, CheckedStream, check};
use super::rows::{Kept, Landing, ReadRow, Rows};
use crate::error::{EngineError, Result};
use crate::integration::{Delivery, Integration, Stream};
use crate::journey::context::JourneyContext;
use crate::journey::key::{OrderKey, is_whole_order};
use crate::journey::odd::odd;
use crate::page::integration::PreviewCounts;
use crate::page::run::{reasons, warning};
use crate::pull::{FileGroup, Warnings, Watch, file_groups, filled_down};
use crate::staging::{Finding, RowReader};
use crate::workspace::Workspace;

/// Orders after which the watcher hears of it.
const ORDERS_PER_STEP: usize = 20_000;

/// What is counted.
#[derive(Debug, Default)]
pub(super) struct Sums {
    pub(super) read: u64,
    pub(super) quarantined: u64,
    pub(super) reasons: BTreeMap<String, i64>,
    /// Findings that keep no row out.
    pub(super) warnings: Warnings,
    journeys: u64,
    without_promise: u64,
    weeks: Option<(Week, Week)>,
}

impl Sums {
    /// A row or a journey that waits.
    pub(super) fn hold(&mut self, reason: &'static str) {
        self.quarantined += 1;
        *self.reasons.entry(reason.to_owned()).or_default() += 1;
    }
}

/// Counts what the draft would make of its files, as they are now.
///
/// # Errors
/// [`EngineError::Invalid`] where something still stops the draft; [`EngineError::Cancelled`]; a file that cannot be
/// read. Nothing is changed, whatever happens.
pub fn count(
    workspace: &Workspace,
    draft: &Integration,
    language: Language,
    watch: &dyn Watch,
) -> Result<PreviewCounts> {
    if draft.streams.iter().any(|stream| stream.from.is_some()) {
        return Err(EngineError::invalid("stream", "the rows of a system are counted when they are pulled"));
    }
    watch.progress("looking", 0, 0);
    let checked = check(workspace, draft)?;
    let context = checked.context.as_ref().filter(|_| checked.faults.is_empty());
    let Some(context) = context else {
        let words = |fault: &super::fault::Fault| (fault.path.clone(), fault.what.words(language));
        return Err(EngineError::Invalid { fields: checked.faults.iter().map(words).collect() });
    };
    let total = checked.streams.iter().filter_map(|own| own.group.as_ref()).map(|group| group.rows()).sum();
    let mut counting = Counting { draft, checked: &checked, context, watch, total, sums: Sums::default() };
    let mut streams = Vec::new();
    for (place, (stream, own)) in draft.streams.iter().zip(&checked.streams).enumerate() {
        streams.push(counting.stream(place, stream, own)?);
    }
    counting.journeys(&streams)?;
    Ok(counting.sums.told(language))
}

struct Counting<'a> {
    draft: &'a Integration,
    checked: &'a Checked,
    context: &'a JourneyContext,
    watch: &'a dyn Watch,
    total: u64,
    sums: Sums,
}

impl Counting<'_> {
    fn stopped(&self) -> bool {
        self.watch.cancel().load(Ordering::Relaxed)
    }

    /// Reads all files of a stream, one moment after the other, and gives the records that are left at the end.
    fn stream(&mut self, place: usize, stream: &Stream, own: &CheckedStream) -> Result<Rows> {
        let mut kept = Rows::default();
        for (arrival, group) in file_groups(place, stream, Path::new(""))?.iter().enumerate() {
            let known = match group.declared {
                Some(day) => Known::declared(day),
                None => Known::arrived(i64::from(self.checked.today.0) * 86_400, arrival as u64),
            };
            let mut read = Vec::new();
            let mut findings = Vec::new();
            self.read(stream, own, group, &mut kept, &mut read, &mut findings)?;
            let rules = super::preview::rules(self.draft, stream, self.checked);
            let landing = Landing {
                rules: &rules,
                known,
                is_snapshot: stream.delivery == Delivery::Snapshot,
                findings: &findings,
            };
            kept = landing.run(kept, read, &mut self.sums);
            if self.stopped() {
                return Err(EngineError::Cancelled);
            }
        }
        Ok(kept)
    }

    fn read(
        &mut self,
        stream: &Stream,
        own: &CheckedStream,
        group: &FileGroup,
        kept: &mut Rows,
        read: &mut Vec<ReadRow>,
        findings: &mut Vec<Vec<Finding>>,
    ) -> Result<()> {
        let (Some(looked), Some(plan), Some(zones)) = (&own.group, &own.plan, &self.checked.zones) else {
            return Ok(());
        };
        let rules = super::preview::rules(self.draft, stream, self.checked);
        let (watch, total) = (self.watch, self.total);
        for file in &group.files {
            let Some(table) = looked.tables.iter().find(|table| table.path == file.path) else {
                return Err(EngineError::Conflict { what: "a file" });
            };
            let plan = plan
                .find_columns(&stream.name, &file.name, &table.columns)
                .map_err(|error| EngineError::invalid("stream", error.to_string()))?;
            let whole_orders = self.context.whole_orders;
            let mut reader =
                RowReader::new(plan, rules.clone(), zones.clone(), &self.draft.system, whole_orders);
            let (arena, sums) = (&mut kept.facts, &mut self.sums);
            let (mut found, before) = (Vec::new(), sums.read);
            table.source.pages(&table.looked, 0, &mut |page| {
                for row in page.rows() {
                    let row = reader.read(row, arena, &mut found);
                    let mut finding = 0;
                    if !found.is_empty() {
                        findings.push(std::mem::take(&mut found));
                        finding = findings.len();
                    }
                    read.push(ReadRow { row, finding: u32::try_from(finding).unwrap_or(u32::MAX) });
                }
                for _ in page.damaged() {
                    sums.hold("damaged");
                }
                sums.read += (page.len() + page.damaged().len()) as u64;
                watch.progress("reading", sums.read, total);
                if watch.cancel().load(Ordering::Relaxed) {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })?;
            let rows = (self.sums.read - before) as i64;
            for finding in filled_down(reader.rules(), reader.plan(), &reader.repeated, rows) {
                self.sums.warnings.note(finding);
            }
        }
        if self.stopped() { Err(EngineError::Cancelled) } else { Ok(()) }
    }

    /// Puts the records of all streams together, order by order, as journeys are made of them.
    fn journeys(&mut self, streams: &[Rows]) -> Result<()> {
        let mut all: Vec<(i64, u16, u32)> = Vec::new();
        for (place, rows) in streams.iter().enumerate() {
            // A row that names no order has a key below nought and belongs to no journey.
            let named = rows.kept.iter().enumerate().filter(|(_, kept)| kept.key.0 >= 0);
            all.extend(named.map(|(index, kept)| (kept.key.0, place as u16, index as u32)));
        }
        all.sort_unstable();
        let total = all.len() as u64;
        let mut rest = all.as_slice();
        let mut orders = 0;
        while let Some(first) = rest.first() {
            let last = OrderKey::of_journey(first.0).last();
            let (order, after) = rest.split_at(rest.partition_point(|one| one.0 <= last));
            rest = after;
            self.order(order, streams);
            orders += 1;
            if orders % ORDERS_PER_STEP == 0 {
                self.watch.progress("joining", total - rest.len() as u64, total);
                if self.stopped() {
                    return Err(EngineError::Cancelled);
                }
            }
        }
        Ok(())
    }

    fn order(&mut self, order: &[(i64, u16, u32)], streams: &[Rows]) {
        let records: Vec<(i64, RecordFacts<'_>)> =
            order.iter().filter_map(|(key, place, index)| record(*key, *place, *index, streams)).collect();
        let whole = records.partition_point(|(key, _)| is_whole_order(*key));
        let (of_order, of_lines) = records.split_at(whole);
        let name = records.first().and_then(|(_, record)| record.facts.text(Field::Order));
        let mut rest = of_lines;
        while let Some((key, _)) = rest.first() {
            let (line, after) = rest.split_at(rest.partition_point(|(own, _)| own <= key));
            rest = after;
            let facts: Vec<RecordFacts<'_>> =
                line.iter().chain(of_order).map(|(_, record)| *record).collect();
            self.line(name, &facts, line.len());
        }
    }

    fn line(&mut self, name: Option<&str>, facts: &[RecordFacts<'_>], own: usize) {
        let Some(first) = facts.first() else { return };
        let text = |record: &RecordFacts<'_>, field| record.facts.text(field).map(str::to_owned);
        let collides = |other: &RecordFacts<'_>| {
            [Field::Order, Field::Line].iter().any(|field| text(other, *field) != text(first, *field))
        };
        if first.facts.text(Field::Order) != name || facts.iter().take(own).any(collides) {
            return self.sums.hold("key-collision");
        }
        match assemble(facts, &self.context.assembly, None) {
            Ok(assembled) => {
                self.sums.journeys += 1;
                let (tolerance, warnings) = (self.context.kpi.tolerance_permille, &mut self.sums.warnings);
                odd(&assembled, tolerance, &self.draft.rules, |finding| warnings.note(finding));
                match assembled.journey.promised.map(Day::week) {
                    None => self.sums.without_promise += 1,
                    Some(week) => {
                        let (first, last) = self.sums.weeks.unwrap_or((week, week));
                        self.sums.weeks = Some((first.min(week), last.max(week)));
                    }
                }
            }
            Err(Refusal::NotOrdered) => self.sums.hold("not-ordered"),
            Err(Refusal::OrderedTooLate { .. }) => self.sums.hold("milestone-order"),
        }
    }
}

fn record(key: i64, place: u16, index: u32, streams: &[Rows]) -> Option<(i64, RecordFacts<'_>)> {
    let rows = streams.get(usize::from(place))?;
    let kept: &Kept = rows.kept.get(index as usize)?;
    let facts = RecordFacts {
        stream: place,
        facts: Facts(rows.facts_of(kept)),
        known: kept.known,
        history: kept.history.as_deref(),
        deleted_at_source: kept.gone,
        order_level: is_whole_order(key),
        left_out: 0,
    };
    Some((key, facts))
}

impl Sums {
    fn told(self, language: Language) -> PreviewCounts {
        let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        PreviewCounts {
            read: small(self.read),
            journeys: small(self.journeys),
            quarantined: small(self.quarantined),
            reasons: reasons(self.reasons.iter(), language),
            first_week: self.weeks.map(|(first, _)| first.to_string()),
            last_week: self.weeks.map(|(_, last)| last.to_string()),
            without_promise: small(self.without_promise),
            warnings: self.warnings.iter().map(|(rule, found)| warning(rule, found, language)).collect(),
        }
    }
}
