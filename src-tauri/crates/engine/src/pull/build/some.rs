//! The journeys of touched orders only. A week's figures are sums over orders, so an order is taken out of them as it
//! was and put in as it is. Every core makes orders again while one thread writes them.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use plaza_domain::day::{Day, Week};
use plaza_domain::journey::Journey;
use plaza_domain::journey::truth::Disagreement;
use plaza_domain::kpi::{Few, KpiKind, Sign, Tally, count};
use plaza_store::intake::{Intake, JourneyRow, Load, Reader, Record, Tallied, TallyRow};

use super::moved::{MovedWeeks, name_of};
use super::order::Held;
use super::waiting::Waiting;
use super::{Building, Built};
use crate::error::{EngineError, Result};
use crate::journey::key::OrderKey;
use crate::journey::pack::unpack_journey;
use crate::pull::report::Warnings;

/// Orders that a worker makes again before it hands them over: enough to be worth it, few enough to wait in memory.
const ORDERS_AT_ONCE: usize = 512;

/// Finished pieces that may wait for the writer, per worker.
const PIECES_WAITING: usize = 4;

/// Most threads that make orders again; the one that writes cannot keep up with more.
const WORKERS_MAX: usize = 4;

/// Weekly figures by KPI and week.
pub(super) type Figures = BTreeMap<(KpiKind, Week), Tally>;

/// An order, by the first key of its range, and whether its records were touched.
type Due = (i64, bool);

/// Some orders, made again.
#[derive(Default)]
struct Piece {
    /// What they add to the weeks more than they did.
    figures: Figures,
    moved: MovedWeeks,
    /// Journeys to be written: key, where its body ends, and until when it is restless.
    puts: Vec<(i64, usize, Option<i32>)>,
    bodies: Vec<u8>,
    /// Keys of journeys that are no more.
    gone: Vec<i64>,
    /// Keys of all journeys that were made.
    made: Vec<i64>,
    held: Vec<Held>,
    /// What sources say differently, by order: its range of keys, and what was found.
    disagreements: Vec<((i64, i64), Vec<(i64, Disagreement)>)>,
    warnings: Warnings,
    /// By how many journeys there are more.
    journeys: i64,
}

/// A worker's means.
struct Bench<'a> {
    reader: &'a Reader,
    before: Day,
    records: Vec<Record>,
    /// What the order at hand adds to the weeks more than it did.
    delta: Few,
}

impl Building<'_> {
    /// Makes the touched orders' journeys, and counts again those that time may have changed since they were tallied.
    pub(super) fn some(&self, intake: &mut Intake, touched: &[i64], tallied: Tallied) -> Result<Built> {
        intake.look_up_often(true)?;
        let built = self.some_looked_up(intake, touched, tallied);
        intake.look_up_often(false)?;
        built
    }

    fn some_looked_up(&self, intake: &mut Intake, touched: &[i64], tallied: Tallied) -> Result<Built> {
        let before = Day(tallied.today);
        let known = match tallied.journeys {
            Some(journeys) => journeys,
            None => intake.view().journey_count_of(self.integration)?,
        };
        let orders = self.due_orders(intake, touched, before)?;
        let pieces: Vec<&[Due]> = orders.chunks(ORDERS_AT_ONCE).collect();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let workers = cores.min(pieces.len()).clamp(1, WORKERS_MAX);
        let readers = (0..workers).map(|_| intake.busy_reader()).collect::<Result<Vec<_>, _>>()?;
        let load = intake.load()?;
        let mut built = Built { journeys: known, ..Built::default() };
        let (figures, moved) = std::thread::scope(|scope| {
            let mut channels = Vec::new();
            for (place, reader) in readers.into_iter().enumerate() {
                let (out, made) = sync_channel(PIECES_WAITING);
                channels.push(made);
                let own: Vec<&[Due]> = pieces.iter().skip(place).step_by(workers).copied().collect();
                scope.spawn(move || self.pieces(&reader, &own, before, &out));
            }
            self.write_pieces(&load, &channels, pieces.len(), &mut built)
        })?;
        apply(&load, self.integration, &figures)?;
        moved.keep(&load)?;
        let journeys = Some(built.journeys);
        load.put_tallied(self.integration, &Tallied { today: self.today.0, journeys, ..tallied })?;
        load.clear_touched(self.integration)?;
        load.commit()?;
        Ok(built)
    }

    /// Orders to count again, in the order of their keys.
    fn due_orders(&self, intake: &Intake, touched: &[i64], before: Day) -> Result<Vec<Due>> {
        let mut orders: BTreeMap<i64, bool> = BTreeMap::new();
        if before != self.today {
            for key in intake.view().restless_journeys(self.integration, before.0)? {
                orders.entry(OrderKey::of_journey(key).whole()).or_insert(false);
            }
        }
        orders.extend(touched.iter().map(|order| (*order, true)));
        Ok(orders.into_iter().collect())
    }

    /// One worker's pieces, each handed over when it is whole. It stops where the writer has stopped.
    fn pieces(&self, reader: &Reader, own: &[&[Due]], before: Day, out: &SyncSender<Result<Piece>>) {
        let mut bench = Bench { reader, before, records: Vec::new(), delta: Few::default() };
        for orders in own {
            let mut piece = Piece::default();
            let made = orders.iter().try_for_each(|due| self.recount_order(&mut bench, *due, &mut piece));
            let failed = made.is_err();
            if out.send(made.map(|()| piece)).is_err() || failed {
                break;
            }
        }
    }

    /// Writes the workers' pieces in the order of their orders.
    fn write_pieces(
        &self,
        load: &Load<'_>,
        channels: &[Receiver<Result<Piece>>],
        pieces: usize,
        built: &mut Built,
    ) -> Result<(Figures, MovedWeeks)> {
        let waiting = Waiting::of(load.view(), &self.voices.streams)?;
        let mut writer = load.journeys()?;
        let (mut figures, mut moved) = (Figures::new(), MovedWeeks::default());
        for channel in channels.iter().cycle().take(pieces) {
            // A worker that is gone without a word broke off.
            let piece = channel.recv().map_err(|_| EngineError::Conflict { what: "a count" })??;
            let mut start = 0;
            for (key, end, restless) in &piece.puts {
                let body = piece.bodies.get(start..*end).unwrap_or_default();
                writer.put(*key, self.integration, *restless, body)?;
                start = *end;
            }
            for key in &piece.gone {
                writer.delete(*key)?;
            }
            for key in &piece.made {
                waiting.mended(load, *key, self.run)?;
            }
            built.journeys += piece.journeys;
            built.warnings.add(piece.warnings);
            self.hold(load, piece.held, built)?;
            for (span, found) in piece.disagreements {
                self.note_disagreements(load, span, found)?;
            }
            for (week, delta) in &piece.figures {
                *figures.entry(*week).or_default() += delta;
            }
            moved.add(piece.moved);
        }
        Ok((figures, moved))
    }

    /// Adds to a piece what an order's journeys add to the weeks more than they did.
    fn recount_order(
        &self,
        bench: &mut Bench<'_>,
        (order, is_touched): Due,
        piece: &mut Piece,
    ) -> Result<()> {
        let key = OrderKey::of_journey(order);
        let old = bench.reader.view().journeys_between(key.whole(), key.last())?;
        let old_journeys: Vec<Journey> =
            old.iter().filter_map(|row| unpack_journey(&mut row.body.as_slice())).collect();
        count(&old_journeys, &self.context.kpi, bench.before, Sign::Minus, &mut bench.delta);
        let mut names = if is_touched {
            self.remake(bench, key, &old, piece)?
        } else {
            count(&old_journeys, &self.context.kpi, self.today, Sign::Plus, &mut bench.delta);
            Vec::new()
        };
        if names.is_empty() && !bench.delta.is_zero() {
            names.extend(old.first().map(|row| name_of(&row.body)));
        }
        for (kind, week, tally) in bench.delta.drain_changed() {
            *piece.figures.entry((kind, week)).or_default() += &tally;
            piece.moved.note(kind, week, &names);
        }
        Ok(())
    }

    /// Makes an order's journeys from its records. Returns the names of those that changed.
    fn remake(
        &self,
        bench: &mut Bench<'_>,
        key: OrderKey,
        old: &[JourneyRow],
        piece: &mut Piece,
    ) -> Result<Vec<String>> {
        let records = &mut bench.records;
        records.clear();
        for (place, stream) in self.voices.streams.iter().enumerate() {
            let start = records.len();
            bench.reader.view().records_between(*stream, key.whole(), key.last(), records)?;
            records.iter_mut().skip(start).for_each(|record| record.stream = place as i64);
        }
        let made = self.order(records, &mut piece.warnings);
        count(&made.journeys, &self.context.kpi, self.today, Sign::Plus, &mut bench.delta);
        let restless = self.restless(&made.journeys);
        let mut names = Vec::new();
        for (key, body) in made.bodies() {
            let before = old.iter().find(|row| row.key == key);
            let is_same = before.is_some_and(|row| row.body == body);
            if !is_same {
                names.push(name_of(body));
            }
            if !is_same || before.is_some_and(|row| row.restless_until != restless) {
                piece.bodies.extend_from_slice(body);
                piece.puts.push((key, piece.bodies.len(), restless));
            }
            piece.journeys += i64::from(before.is_none());
            piece.made.push(key);
        }
        for gone in old.iter().filter(|row| made.keys.iter().all(|(key, _)| *key != row.key)) {
            piece.gone.push(gone.key);
            piece.journeys -= 1;
            names.push(name_of(&gone.body));
        }
        if !self.voices.are_one() {
            piece.disagreements.push(((key.whole(), key.last()), made.disagreements));
        }
        piece.held.extend(made.held);
        Ok(names)
    }
}

/// Adds to the tallies of an integration (by its number).
pub(super) fn apply(load: &Load<'_>, integration: i64, figures: &Figures) -> Result<()> {
    let mut stored: BTreeMap<(i64, i32), Tally> = BTreeMap::new();
    for row in load.view().tallies(Some(integration))? {
        stored.insert((row.kpi, row.week), Tally::from_bytes(&row.body).unwrap_or_default());
    }
    for ((kind, week), delta) in figures {
        let mut tally = stored.remove(&(*kind as i64, week.0)).unwrap_or_default();
        tally += delta;
        let body = if tally.is_zero() { Vec::new() } else { tally.to_bytes() };
        load.put_tally(&TallyRow { integration, kpi: *kind as i64, week: week.0, body })?;
    }
    Ok(())
}
