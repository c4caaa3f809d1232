//! From records to journeys and tallies: only of the orders that were touched, or of all of them at once on every
//! core when nothing is known yet or everything depends on something that changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use plaza_domain::day::{Day, Week};
use plaza_domain::event::MOVED_NAMED_MAX;
use plaza_domain::journey::Journey;
use plaza_domain::journey::assemble::{Exception, RecordFacts, Refusal, assemble};
use plaza_domain::journey::history::History;
use plaza_domain::kpi::{KpiKind, KpiRules, Sign, Tallies, Tally, count, stable_from};
use plaza_domain::record::{Facts, Field};
use plaza_store::intake::{
    Intake, Load, MovedRow, QuarantineState, Quarantined, Reader, Record, Tallied, TallyRow, View,
};

use super::land::{Warnings, warn};
use crate::error::{EngineError, Result};
use crate::journey::context::{JourneyContext, day_of_moment};
use crate::journey::key::{OrderKey, is_whole_order};
use crate::journey::pack::{JourneyTexts, pack, unpack};
use crate::staging::Finding;

/// A touched order that stands for all of them.
pub(super) const EVERY_ORDER: i64 = -1;

/// Keys are split into so many stretches that two cores finish together, and few enough that each is worth a query.
const SEGMENTS: i64 = 128;

/// Finished stretches that may wait for the writer, per worker.
const SEGMENTS_WAITING: usize = 2;

/// What building did.
#[derive(Debug, Default)]
pub(super) struct Built {
    /// Journeys that were kept out, by reason.
    pub held: BTreeMap<String, i64>,
    pub warnings: Warnings,
    /// Journeys of the integration now.
    pub journeys: i64,
}

/// What is built, with what.
pub(super) struct Building<'a> {
    pub context: &'a JourneyContext,
    pub integration: i64,
    /// Numbers of the streams, in the integration's order.
    pub streams: &'a [i64],
    pub run: i64,
    pub today: Day,
}

/// A journey that records do not make, and the record that waits for it.
struct Held {
    finding: Finding,
    stream: i64,
    record: Box<Record>,
}

/// One order, assembled.
#[derive(Default)]
struct Order {
    journeys: Vec<Journey>,
    /// Key, and where its body ends in `bodies`.
    keys: Vec<(i64, usize)>,
    bodies: Vec<u8>,
    held: Vec<Held>,
}

impl Building<'_> {
    /// Makes the journeys that are due and brings the tallies to today.
    pub fn run(&self, intake: &mut Intake) -> Result<Built> {
        let tallied = intake.view().tallied(self.integration)?;
        let touched = intake.view().touched(self.integration)?;
        let basis = self.context.assembly_basis();
        let all = touched.first() == Some(&EVERY_ORDER);
        match tallied {
            Some(tallied) if !all && tallied.basis == basis && tallied.today <= self.today.0 => {
                self.some(intake, &touched, Day(tallied.today), basis)
            }
            _ => self.all(intake, basis),
        }
    }

    /// Makes the touched orders' journeys, and counts again those that time may have changed.
    fn some(&self, intake: &mut Intake, touched: &[i64], before: Day, basis: Vec<u8>) -> Result<Built> {
        let mut built = Built::default();
        let mut orders: BTreeMap<i64, bool> = BTreeMap::new();
        if before != self.today {
            for key in intake.view().restless_journeys(self.integration, before.0)? {
                orders.entry(OrderKey::of_journey(key).whole()).or_insert(false);
            }
        }
        orders.extend(touched.iter().map(|order| (*order, true)));
        let load = intake.load()?;
        let waiting = Waiting::of(load.view(), self.streams)?;
        let mut deltas: BTreeMap<(KpiKind, Week), Tally> = BTreeMap::new();
        let mut moved: BTreeMap<(KpiKind, Week), (i64, Vec<String>)> = BTreeMap::new();
        {
            let mut writer = load.journeys()?;
            let mut records = Vec::new();
            for (order, is_touched) in orders {
                let key = OrderKey::of_journey(order);
                let mut old: Vec<(i64, Vec<u8>)> = Vec::new();
                load.view().each_journey(key.whole(), key.last(), |key, _, body| -> Result<()> {
                    old.push((key, body.to_vec()));
                    Ok(())
                })?;
                let old_journeys: Vec<Journey> =
                    old.iter().filter_map(|(_, body)| unpack(body).map(|(journey, _)| journey)).collect();
                let mut delta: BTreeMap<(KpiKind, Week), Tally> = BTreeMap::new();
                count(&old_journeys, &self.context.kpi, before, Sign::Minus, &mut delta);
                let mut names = Vec::new();
                if is_touched {
                    records.clear();
                    for (place, stream) in self.streams.iter().enumerate() {
                        let start = records.len();
                        load.view().records_between(*stream, key.whole(), key.last(), &mut records)?;
                        records[start..].iter_mut().for_each(|record| record.stream = place as i64);
                    }
                    let made = self.order(&mut records, &mut built.warnings);
                    count(&made.journeys, &self.context.kpi, self.today, Sign::Plus, &mut delta);
                    let restless = self.restless(&made.journeys);
                    let mut start = 0;
                    for (key, end) in &made.keys {
                        let body = &made.bodies[start..*end];
                        start = *end;
                        if !old.iter().any(|(other, before)| other == key && before == body) {
                            names.push(name_of(body));
                        }
                        writer.put(*key, self.integration, restless, body)?;
                        waiting.mended(&load, *key, self.run)?;
                    }
                    for (gone, body) in
                        old.iter().filter(|(other, _)| made.keys.iter().all(|(key, _)| key != other))
                    {
                        writer.delete(*gone)?;
                        names.push(name_of(body));
                    }
                    self.hold(&load, made.held, &mut built)?;
                } else {
                    count(&old_journeys, &self.context.kpi, self.today, Sign::Plus, &mut delta);
                }
                if names.is_empty() {
                    names.extend(old.first().map(|(_, body)| name_of(body)));
                }
                for ((kind, week), tally) in delta.iter().filter(|(_, tally)| !tally.is_zero()) {
                    *deltas.entry((*kind, *week)).or_default() += tally;
                    let entry = moved.entry((*kind, *week)).or_default();
                    entry.0 += names.len() as i64;
                    let room = MOVED_NAMED_MAX.saturating_sub(entry.1.len());
                    entry.1.extend(names.iter().take(room).cloned());
                }
            }
        }
        self.apply(&load, &deltas)?;
        note_moved(&load, moved)?;
        load.put_tallied(self.integration, &Tallied { today: self.today.0, basis })?;
        load.clear_touched(self.integration)?;
        load.commit()?;
        built.journeys = intake.view().journey_count_of(self.integration)?;
        Ok(built)
    }

    fn apply(&self, load: &Load<'_>, deltas: &BTreeMap<(KpiKind, Week), Tally>) -> Result<()> {
        let mut stored: BTreeMap<(i64, i32), Tally> = BTreeMap::new();
        for row in load.view().tallies(Some(self.integration))? {
            stored.insert((row.kpi, row.week), Tally::from_bytes(&row.body).unwrap_or_default());
        }
        for ((kind, week), delta) in deltas {
            let mut tally = stored.remove(&(*kind as i64, week.0)).unwrap_or_default();
            tally += delta;
            let body = if tally.is_zero() { Vec::new() } else { tally.to_bytes() };
            load.put_tally(&TallyRow {
                integration: self.integration,
                kpi: *kind as i64,
                week: week.0,
                body,
            })?;
        }
        Ok(())
    }

    /// Makes all journeys of the integration.
    fn all(&self, intake: &mut Intake, basis: Vec<u8>) -> Result<Built> {
        let workers = std::thread::available_parallelism().map_or(1, usize::from).clamp(1, 4);
        let readers = (0..workers).map(|_| intake.reader()).collect::<Result<Vec<_>, _>>()?;
        let load = intake.load()?;
        let waiting = Waiting::of(load.view(), self.streams)?;
        load.clear_journeys(self.integration)?;
        let mut built = Built::default();
        let mut tallies = Tallies::default();
        std::thread::scope(|scope| -> Result<()> {
            let mut channels: Vec<Receiver<Result<Segment>>> = Vec::new();
            let mut threads = Vec::new();
            for (place, reader) in readers.into_iter().enumerate() {
                let (out, segments) = sync_channel(SEGMENTS_WAITING);
                channels.push(segments);
                threads.push(scope.spawn(move || self.segments(&reader, place, workers, &out)));
            }
            let mut writer = load.journeys()?;
            for place in 0..SEGMENTS as usize {
                let Ok(segment) = channels[place % workers].recv() else { break };
                let segment = segment?;
                let mut start = 0;
                for (key, end, restless) in &segment.keys {
                    writer.put(*key, self.integration, *restless, &segment.bodies[start..*end])?;
                    start = *end;
                    waiting.mended(&load, *key, self.run)?;
                }
                built.journeys += segment.keys.len() as i64;
                for (rule, (count, samples)) in segment.warnings {
                    let entry = built.warnings.entry(rule).or_default();
                    entry.0 += count;
                    let room = 5usize.saturating_sub(entry.1.len());
                    entry.1.extend(samples.into_iter().take(room));
                }
                self.hold(&load, segment.held, &mut built)?;
            }
            drop(channels);
            for thread in threads {
                tallies.add(&thread.join().map_err(|_| EngineError::Conflict { what: "a count" })?);
            }
            Ok(())
        })?;
        load.clear_tallies(self.integration)?;
        for (kind, week, tally) in tallies.iter() {
            let body = tally.to_bytes();
            load.put_tally(&TallyRow {
                integration: self.integration,
                kpi: kind as i64,
                week: week.0,
                body,
            })?;
        }
        load.put_tallied(self.integration, &Tallied { today: self.today.0, basis })?;
        load.clear_touched(self.integration)?;
        load.commit()?;
        Ok(built)
    }

    /// One worker's stretches: every `step`-th from `first` on, each handed over when it is whole.
    fn segments(
        &self,
        reader: &Reader,
        first: usize,
        step: usize,
        out: &SyncSender<Result<Segment>>,
    ) -> Tallies {
        let mut tallies = Tallies::default();
        for place in (first..SEGMENTS as usize).step_by(step) {
            let segment = self.segment(reader, place as i64, &mut tallies);
            let failed = segment.is_err();
            if out.send(segment).is_err() || failed {
                break;
            }
        }
        tallies
    }

    fn segment(&self, reader: &Reader, place: i64, tallies: &mut Tallies) -> Result<Segment> {
        // Keys are hashes, spread evenly from 0 to the largest.
        let width = i64::MAX / SEGMENTS;
        let from = if place == 0 { 0 } else { OrderKey::of_journey(place * width).last() + 1 };
        let to =
            if place == SEGMENTS - 1 { i64::MAX } else { OrderKey::of_journey((place + 1) * width).last() };
        let mut records = Vec::new();
        for (place, stream) in self.streams.iter().enumerate() {
            let start = records.len();
            reader.view().records_between(*stream, from, to, &mut records)?;
            records[start..].iter_mut().for_each(|record| record.stream = place as i64);
        }
        if self.streams.len() > 1 {
            records.sort_by_key(|record| (record.key.journey, record.stream, record.key.row_key));
        }
        let mut segment = Segment::default();
        let mut rest = records.as_mut_slice();
        while let Some(first) = rest.first() {
            let last = OrderKey::of_journey(first.key.journey).last();
            let length = rest.partition_point(|record| record.key.journey <= last);
            let (order, after) = rest.split_at_mut(length);
            rest = after;
            let made = self.order(order, &mut segment.warnings);
            count(&made.journeys, &self.context.kpi, self.today, Sign::Plus, tallies);
            let restless = self.restless(&made.journeys);
            let start = segment.bodies.len();
            segment.keys.extend(made.keys.iter().map(|(key, end)| (*key, start + end, restless)));
            segment.bodies.extend_from_slice(&made.bodies);
            segment.held.extend(made.held);
        }
        Ok(segment)
    }

    fn restless(&self, order: &[Journey]) -> Option<i32> {
        match stable_from(order, &self.context.kpi) {
            Some(day) if day <= self.today => None,
            Some(day) => Some(day.0),
            None => Some(i32::MAX),
        }
    }

    /// Assembles the lines of one order. The records' `stream` is their place in the integration.
    fn order(&self, records: &mut [Record], warnings: &mut Warnings) -> Order {
        records.sort_by_key(|record| (record.key.journey, record.stream, record.key.row_key));
        let mut order = Order::default();
        let whole = records.partition_point(|record| is_whole_order(record.key.journey));
        let (of_order, of_lines) = records.split_at(whole);
        let name =
            records.first().and_then(|record| Facts(&record.facts).text(Field::Order)).unwrap_or_default();
        let mut rest = of_lines;
        while let Some(first) = rest.first() {
            let length = rest.partition_point(|record| record.key.journey <= first.key.journey);
            let (line, after) = rest.split_at(length);
            rest = after;
            self.line(name, of_order, line, &mut order, warnings);
        }
        order
    }

    fn line(
        &self,
        name: &str,
        of_order: &[Record],
        line: &[Record],
        order: &mut Order,
        warnings: &mut Warnings,
    ) {
        let first = &line[0];
        let words = |record: &Record| {
            let facts = Facts(&record.facts);
            (facts.text(Field::Order).map(str::to_owned), facts.text(Field::Line).map(str::to_owned))
        };
        if Facts(&first.facts).text(Field::Order) != Some(name)
            || line.iter().skip(1).any(|other| words(other) != words(first))
        {
            let finding = Finding::KeyCollision { other: name.to_owned() };
            order.held.push(Held {
                finding,
                stream: self.streams[first.stream as usize],
                record: Box::new(first.clone()),
            });
            return;
        }
        let histories: Vec<Option<History>> = line
            .iter()
            .chain(of_order)
            .map(|record| record.history.as_deref().and_then(|bytes| History::from_bytes(bytes).ok()))
            .collect();
        let facts: Vec<RecordFacts<'_>> = line
            .iter()
            .chain(of_order)
            .zip(&histories)
            .map(|(record, history)| RecordFacts {
                stream: record.stream as u16,
                facts: Facts(&record.facts),
                known: record.known,
                history: history.as_ref(),
                deleted_at_source: record.gone_at.map(day_of_moment),
                order_level: is_whole_order(record.key.journey),
            })
            .collect();
        match assemble(&facts, &self.context.assembly, None) {
            Ok(assembled) => {
                for exception in &assembled.exceptions {
                    if let Exception::OutOfOrder { milestone, on, later, later_on } = *exception {
                        warn(warnings, Finding::MilestoneOrder { milestone, on, later, later_on });
                    }
                }
                if let Some(finding) = quantities(&assembled.journey, &self.context.kpi) {
                    warn(warnings, finding);
                }
                let texts = JourneyTexts {
                    order: name,
                    line: facts[0].facts.text(Field::Line).unwrap_or(crate::staging::ONLY_LINE),
                    customer: assembled.texts.customer.unwrap_or_default(),
                    product: assembled.texts.product.unwrap_or_default(),
                    product_group: assembled.texts.group.unwrap_or_default(),
                    currency: assembled.texts.currency.unwrap_or_default(),
                };
                pack(&assembled.journey, &texts, &mut order.bodies);
                order.keys.push((first.key.journey, order.bodies.len()));
                order.journeys.push(assembled.journey);
            }
            Err(refusal) => {
                let finding = match refusal {
                    Refusal::NotOrdered => Finding::NotOrdered,
                    Refusal::OrderedTooLate { ordered, milestone, on } => Finding::MilestoneOrder {
                        milestone: plaza_domain::journey::Milestone::Ordered,
                        on: ordered,
                        later: milestone,
                        later_on: on,
                    },
                };
                order.held.push(Held {
                    finding,
                    stream: self.streams[first.stream as usize],
                    record: Box::new(first.clone()),
                });
            }
        }
    }

    fn hold(&self, load: &Load<'_>, held: Vec<Held>, built: &mut Built) -> Result<()> {
        for Held { finding, stream, record } in held {
            *built.held.entry(finding.reason().to_owned()).or_default() += 1;
            load.put_quarantined(&Quarantined {
                number: 0,
                stream,
                key: record.key,
                content: record.content,
                known: record.known,
                original: record.original,
                row: record.row,
                run: self.run,
                findings: serde_json::to_string(&[finding]).unwrap_or_default(),
                facts: record.facts,
                state: QuarantineState::Waiting,
                note: None,
            })?;
        }
        Ok(())
    }
}

/// Journeys of one stretch of keys.
#[derive(Default)]
struct Segment {
    /// Key, where its body ends, and until when it is restless.
    keys: Vec<(i64, usize, Option<i32>)>,
    bodies: Vec<u8>,
    held: Vec<Held>,
    warnings: Warnings,
}

/// Delivered ≤ shipped ≤ ordered, over all rows of the journey, within the tolerance.
fn quantities(journey: &Journey, rules: &KpiRules) -> Option<Finding> {
    let ordered = journey.ordered_quantity?;
    let slack = ordered.saturating_abs() / 1000 * rules.tolerance_permille;
    let pairs = [
        (Field::ShippedQuantity, journey.shipped_quantity, Field::OrderedQuantity, Some(ordered)),
        (
            Field::DeliveredQuantity,
            journey.delivered_quantity,
            Field::ShippedQuantity,
            journey.shipped_quantity,
        ),
        (Field::DeliveredQuantity, journey.delivered_quantity, Field::OrderedQuantity, Some(ordered)),
    ];
    pairs.into_iter().find_map(|(field, quantity, limit_field, limit)| {
        let (quantity, limit) = (quantity?, limit?);
        (quantity > limit.saturating_add(slack)).then_some(Finding::QuantityOrder {
            field,
            quantity,
            limit_field,
            limit,
        })
    })
}

fn name_of(body: &[u8]) -> String {
    unpack(body).map(|(_, texts)| format!("{}/{}", texts.order, texts.line)).unwrap_or_default()
}

/// Adds to what moved since the last publication: a run that was killed before it published left its own there.
fn note_moved(load: &Load<'_>, moved: BTreeMap<(KpiKind, Week), (i64, Vec<String>)>) -> Result<()> {
    let mut kept: BTreeMap<(i64, i32), MovedRow> =
        load.view().moved()?.into_iter().map(|row| ((row.kpi, row.week), row)).collect();
    for ((kind, week), (count, names)) in moved {
        let row = kept.remove(&(kind as i64, week.0));
        let mut first: Vec<String> =
            row.as_ref().and_then(|row| serde_json::from_str(&row.first).ok()).unwrap_or_default();
        let room = MOVED_NAMED_MAX.saturating_sub(first.len());
        first.extend(names.into_iter().take(room));
        load.put_moved(&MovedRow {
            kpi: kind as i64,
            week: week.0,
            count: count + row.map_or(0, |row| row.count),
            first: serde_json::to_string(&first).unwrap_or_default(),
        })?;
    }
    Ok(())
}

/// Records that wait because they made no journey.
struct Waiting(BTreeMap<i64, BTreeSet<i64>>);

impl Waiting {
    fn of(view: View<'_>, streams: &[i64]) -> Result<Self> {
        let mut waiting: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        for stream in streams {
            for (key, content, number, state) in view.quarantine_keys(*stream)? {
                // A row that is kept out is no record; one that is, waits for its journey.
                let is_record = state == QuarantineState::Waiting
                    && view.record_stub(*stream, key)?.is_some_and(|stub| stub.content == content);
                if is_record {
                    waiting.entry(key.journey).or_default().insert(number);
                }
            }
        }
        Ok(Self(waiting))
    }

    fn mended(&self, load: &Load<'_>, journey: i64, run: i64) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        for number in self.0.get(&journey).into_iter().flatten() {
            load.settle_quarantined(*number, QuarantineState::Mended, &format!("run {run}"))?;
        }
        Ok(())
    }
}

/// Counts every journey of the integrations anew, on every core, without writing anything. The result is what the
/// kept tallies must say; with another basis it answers what was not kept.
pub fn recount(
    intake: &Intake,
    today: Day,
    rules_of: &(dyn Fn(i64) -> Option<KpiRules> + Sync),
) -> Result<Tallies> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).clamp(1, 4);
    let readers = (0..workers).map(|_| intake.reader()).collect::<Result<Vec<_>, _>>()?;
    std::thread::scope(|scope| {
        let mut threads = Vec::new();
        for (place, reader) in readers.into_iter().enumerate() {
            threads.push(scope.spawn(move || {
                let width = i64::MAX / workers as i64;
                let from = if place == 0 { 0 } else { OrderKey::of_journey(place as i64 * width).last() + 1 };
                let to = if place + 1 == workers {
                    i64::MAX
                } else {
                    OrderKey::of_journey((place as i64 + 1) * width).last()
                };
                recount_between(reader.view(), from, to, today, rules_of)
            }));
        }
        let mut tallies = Tallies::default();
        for thread in threads {
            tallies.add(&thread.join().map_err(|_| EngineError::Conflict { what: "a count" })??);
        }
        Ok(tallies)
    })
}

fn recount_between(
    view: View<'_>,
    from: i64,
    to: i64,
    today: Day,
    rules_of: &dyn Fn(i64) -> Option<KpiRules>,
) -> Result<Tallies> {
    let mut tallies = Tallies::default();
    let mut rules: Option<(i64, Option<KpiRules>)> = None;
    let mut order: Vec<Journey> = Vec::new();
    let mut last = None;
    view.each_journey(from, to, |key, integration, body| -> Result<()> {
        let whole = OrderKey::of_journey(key);
        if last != Some(whole) {
            flush(&mut order, rules.as_ref(), today, &mut tallies);
            last = Some(whole);
        }
        if rules.as_ref().is_none_or(|(number, _)| *number != integration) {
            flush(&mut order, rules.as_ref(), today, &mut tallies);
            rules = Some((integration, rules_of(integration)));
        }
        let mut rest = body;
        order.extend(crate::journey::pack::unpack_journey(&mut rest));
        Ok(())
    })?;
    flush(&mut order, rules.as_ref(), today, &mut tallies);
    Ok(tallies)
}

fn flush(
    order: &mut Vec<Journey>,
    rules: Option<&(i64, Option<KpiRules>)>,
    today: Day,
    tallies: &mut Tallies,
) {
    if let Some((_, Some(rules))) = rules
        && !order.is_empty()
    {
        count(order, rules, today, Sign::Plus, tallies);
    }
    order.clear();
}
