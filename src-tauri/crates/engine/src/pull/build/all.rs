//! All journeys of an integration at once: every core assembles stretches of keys while one thread writes them.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use plaza_domain::journey::truth::Disagreement;
use plaza_domain::kpi::{Sign, Tallies, count};
use plaza_store::intake::{Intake, Load, Reader, Tallied, TallyRow};

use super::order::Held;
use super::waiting::Waiting;
use super::{Building, Built};
use crate::error::{EngineError, Result};
use crate::journey::key::OrderKey;
use crate::pull::report::Warnings;

/// Keys are split into so many stretches that two cores finish together, and few enough that each is worth a query.
const SEGMENTS: i64 = 128;

/// Finished stretches that may wait for the writer, per worker.
const SEGMENTS_WAITING: usize = 2;

/// Most threads that assemble; the one that writes cannot keep up with more.
const WORKERS_MAX: usize = 4;

/// Journeys of one stretch of keys.
#[derive(Default)]
struct Segment {
    /// Key, where its body ends, and until when it is restless.
    keys: Vec<(i64, usize, Option<i32>)>,
    bodies: Vec<u8>,
    held: Vec<Held>,
    disagreements: Vec<(i64, Disagreement)>,
    warnings: Warnings,
}

impl Building<'_> {
    /// Makes all journeys of the integration.
    pub(super) fn all(&self, intake: &mut Intake, basis: Vec<u8>) -> Result<Built> {
        let workers = std::thread::available_parallelism().map_or(1, usize::from).clamp(1, WORKERS_MAX);
        let readers = (0..workers).map(|_| intake.reader()).collect::<Result<Vec<_>, _>>()?;
        let load = intake.load()?;
        load.clear_journeys(self.integration)?;
        let mut built = Built::default();
        let tallies = std::thread::scope(|scope| -> Result<Tallies> {
            let mut channels = Vec::new();
            let mut threads = Vec::new();
            for (place, reader) in readers.into_iter().enumerate() {
                let (out, segments) = sync_channel(SEGMENTS_WAITING);
                channels.push(segments);
                threads.push(scope.spawn(move || self.segments(&reader, place, workers, &out)));
            }
            self.write(&load, channels, &mut built)?;
            let mut tallies = Tallies::default();
            for thread in threads {
                tallies.add(&thread.join().map_err(|_| EngineError::Conflict { what: "a count" })?);
            }
            Ok(tallies)
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
        let noted = Tallied { today: self.today.0, basis, journeys: Some(built.journeys) };
        load.put_tallied(self.integration, &noted)?;
        load.clear_touched(self.integration)?;
        load.commit()?;
        Ok(built)
    }

    /// Writes the workers' stretches in the order of their keys. The channels close when it is done or fails, and the
    /// workers stop.
    #[allow(clippy::needless_pass_by_value)] // they close because they are dropped here
    fn write(
        &self,
        load: &Load<'_>,
        channels: Vec<Receiver<Result<Segment>>>,
        built: &mut Built,
    ) -> Result<()> {
        let waiting = Waiting::of(load.view(), &self.voices.streams)?;
        let mut writer = load.journeys()?;
        let mut disagreements = Vec::new();
        let turns = (0..SEGMENTS as usize).zip(channels.iter().cycle());
        for (_, channel) in turns {
            let Ok(segment) = channel.recv() else { break };
            let segment = segment?;
            let mut start = 0;
            for (key, end, restless) in &segment.keys {
                let body = segment.bodies.get(start..*end).unwrap_or_default();
                writer.put(*key, self.integration, *restless, body)?;
                start = *end;
                waiting.mended(load, *key, self.run)?;
            }
            built.journeys += segment.keys.len() as i64;
            built.warnings.add(segment.warnings);
            self.hold(load, segment.held, built)?;
            disagreements.extend(segment.disagreements);
        }
        drop(writer);
        self.note_disagreements(load, (0, i64::MAX), disagreements)
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
        for (place, stream) in self.voices.streams.iter().enumerate() {
            let start = records.len();
            reader.view().records_between(*stream, from, to, &mut records)?;
            records[start..].iter_mut().for_each(|record| record.stream = place as i64);
        }
        if self.voices.streams.len() > 1 {
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
            segment.bodies.extend_from_slice(&made.packed);
            segment.held.extend(made.held);
            segment.disagreements.extend(made.disagreements);
        }
        Ok(segment)
    }
}
