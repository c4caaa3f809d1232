//! The journeys of touched orders only. A week's figures are sums over orders, so an order is taken out of them as it
//! was and put in as it is.

use std::collections::BTreeMap;

use plaza_domain::day::{Day, Week};
use plaza_domain::journey::Journey;
use plaza_domain::kpi::{KpiKind, Sign, Tally, count};
use plaza_store::intake::{Intake, JourneyWriter, Load, Record, Tallied, TallyRow};

use super::moved::{MovedWeeks, name_of};
use super::waiting::Waiting;
use super::{Building, Built};
use crate::error::Result;
use crate::journey::key::OrderKey;
use crate::journey::pack::unpack;

/// Weekly figures by KPI and week.
type Figures = BTreeMap<(KpiKind, Week), Tally>;

/// An order's journeys as they were kept: keys and bodies.
type Kept = Vec<(i64, Vec<u8>)>;

/// What is written while orders are made again.
struct Change<'l> {
    load: &'l Load<'l>,
    writer: JourneyWriter<'l>,
    waiting: Waiting,
    records: Vec<Record>,
    built: Built,
}

impl Building<'_> {
    /// Makes the touched orders' journeys, and counts again those that time may have changed since `before`.
    pub(super) fn some(
        &self,
        intake: &mut Intake,
        touched: &[i64],
        before: Day,
        basis: Vec<u8>,
    ) -> Result<Built> {
        let orders = self.due_orders(intake, touched, before)?;
        let load = intake.load()?;
        let (figures, moved, mut built) = self.recount_orders(&load, orders, before)?;
        self.apply(&load, &figures)?;
        moved.keep(&load)?;
        load.put_tallied(self.integration, &Tallied { today: self.today.0, basis })?;
        load.clear_touched(self.integration)?;
        load.commit()?;
        built.journeys = intake.view().journey_count_of(self.integration)?;
        Ok(built)
    }

    /// What these orders add to the weeks more than they did.
    fn recount_orders(
        &self,
        load: &Load<'_>,
        orders: BTreeMap<i64, bool>,
        before: Day,
    ) -> Result<(Figures, MovedWeeks, Built)> {
        let mut change = Change {
            load,
            writer: load.journeys()?,
            waiting: Waiting::of(load.view(), self.streams)?,
            records: Vec::new(),
            built: Built::default(),
        };
        let mut figures = Figures::new();
        let mut moved = MovedWeeks::default();
        for (order, is_touched) in orders {
            let (delta, names) = self.recount_order(&mut change, order, is_touched, before)?;
            for ((kind, week), tally) in delta.iter().filter(|(_, tally)| !tally.is_zero()) {
                *figures.entry((*kind, *week)).or_default() += tally;
                moved.note(*kind, *week, &names);
            }
        }
        Ok((figures, moved, change.built))
    }

    /// Orders to count again, and whether their records were touched.
    fn due_orders(&self, intake: &Intake, touched: &[i64], before: Day) -> Result<BTreeMap<i64, bool>> {
        let mut orders: BTreeMap<i64, bool> = BTreeMap::new();
        if before != self.today {
            for key in intake.view().restless_journeys(self.integration, before.0)? {
                orders.entry(OrderKey::of_journey(key).whole()).or_insert(false);
            }
        }
        orders.extend(touched.iter().map(|order| (*order, true)));
        Ok(orders)
    }

    /// What an order's journeys add to the weeks more than they did, and the names of those that changed.
    fn recount_order(
        &self,
        change: &mut Change<'_>,
        order: i64,
        is_touched: bool,
        before: Day,
    ) -> Result<(Figures, Vec<String>)> {
        let key = OrderKey::of_journey(order);
        let mut old = Kept::new();
        change.load.view().each_journey(key.whole(), key.last(), |key, _, body| -> Result<()> {
            old.push((key, body.to_vec()));
            Ok(())
        })?;
        let old_journeys: Vec<Journey> =
            old.iter().filter_map(|(_, body)| unpack(body).map(|(journey, _)| journey)).collect();
        let mut delta = Figures::new();
        count(&old_journeys, &self.context.kpi, before, Sign::Minus, &mut delta);
        let mut names = if is_touched {
            self.remake(change, key, &old, &mut delta)?
        } else {
            count(&old_journeys, &self.context.kpi, self.today, Sign::Plus, &mut delta);
            Vec::new()
        };
        if names.is_empty() {
            names.extend(old.first().map(|(_, body)| name_of(body)));
        }
        Ok((delta, names))
    }

    /// Makes an order's journeys from its records and keeps them. Returns the names of those that changed.
    fn remake(
        &self,
        change: &mut Change<'_>,
        key: OrderKey,
        old: &Kept,
        delta: &mut Figures,
    ) -> Result<Vec<String>> {
        let Change { load, writer, waiting, records, built } = change;
        records.clear();
        for (place, stream) in self.streams.iter().enumerate() {
            let start = records.len();
            load.view().records_between(*stream, key.whole(), key.last(), records)?;
            records.iter_mut().skip(start).for_each(|record| record.stream = place as i64);
        }
        let made = self.order(records, &mut built.warnings);
        count(&made.journeys, &self.context.kpi, self.today, Sign::Plus, delta);
        let restless = self.restless(&made.journeys);
        let mut names = Vec::new();
        for (key, body) in made.bodies() {
            if !old.iter().any(|(other, before)| *other == key && before == body) {
                names.push(name_of(body));
            }
            writer.put(key, self.integration, restless, body)?;
            waiting.mended(load, key, self.run)?;
        }
        for (gone, body) in old.iter().filter(|(other, _)| made.keys.iter().all(|(key, _)| key != other)) {
            writer.delete(*gone)?;
            names.push(name_of(body));
        }
        self.hold(load, made.held, built)?;
        Ok(names)
    }

    fn apply(&self, load: &Load<'_>, figures: &Figures) -> Result<()> {
        let mut stored: BTreeMap<(i64, i32), Tally> = BTreeMap::new();
        for row in load.view().tallies(Some(self.integration))? {
            stored.insert((row.kpi, row.week), Tally::from_bytes(&row.body).unwrap_or_default());
        }
        for ((kind, week), delta) in figures {
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
}
