//! The journeys of touched orders only. A week's figures are sums over orders, so an order is taken out of them as it
//! was and put in as it is.

use std::collections::BTreeMap;

use plaza_domain::day::{Day, Week};
use plaza_domain::journey::Journey;
use plaza_domain::kpi::{KpiKind, Sign, Tally, count};
use plaza_store::intake::{Intake, JourneyRow, JourneyWriter, Load, Record, Tallied, TallyRow};

use super::moved::{MovedWeeks, name_of};
use super::waiting::Waiting;
use super::{Building, Built};
use crate::error::Result;
use crate::journey::key::OrderKey;
use crate::journey::pack::unpack_journey;

/// Weekly figures by KPI and week.
type Figures = BTreeMap<(KpiKind, Week), Tally>;

/// What is written while orders are made again.
struct Change<'l> {
    load: &'l Load<'l>,
    writer: JourneyWriter<'l>,
    waiting: Waiting,
    records: Vec<Record>,
    built: Built,
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
        let load = intake.load()?;
        let (figures, moved, mut built) = self.recount_orders(&load, orders, before)?;
        self.apply(&load, &figures)?;
        moved.keep(&load)?;
        // What was built so far is by how many there are more.
        built.journeys += known;
        let journeys = Some(built.journeys);
        load.put_tallied(self.integration, &Tallied { today: self.today.0, journeys, ..tallied })?;
        load.clear_touched(self.integration)?;
        load.commit()?;
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
        let old = change.load.view().journeys_between(key.whole(), key.last())?;
        let old_journeys: Vec<Journey> =
            old.iter().filter_map(|row| unpack_journey(&mut row.body.as_slice())).collect();
        let mut delta = Figures::new();
        count(&old_journeys, &self.context.kpi, before, Sign::Minus, &mut delta);
        let mut names = if is_touched {
            self.remake(change, key, &old, &mut delta)?
        } else {
            count(&old_journeys, &self.context.kpi, self.today, Sign::Plus, &mut delta);
            Vec::new()
        };
        if names.is_empty() {
            names.extend(old.first().map(|row| name_of(&row.body)));
        }
        Ok((delta, names))
    }

    /// Makes an order's journeys from its records and keeps them. Returns the names of those that changed.
    fn remake(
        &self,
        change: &mut Change<'_>,
        key: OrderKey,
        old: &[JourneyRow],
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
            let before = old.iter().find(|row| row.key == key);
            let is_same = before.is_some_and(|row| row.body == body);
            if !is_same {
                names.push(name_of(body));
            }
            if !is_same || before.is_some_and(|row| row.restless_until != restless) {
                writer.put(key, self.integration, restless, body)?;
            }
            built.journeys += i64::from(before.is_none());
            waiting.mended(load, key, self.run)?;
        }
        for gone in old.iter().filter(|row| made.keys.iter().all(|(key, _)| *key != row.key)) {
            writer.delete(gone.key)?;
            built.journeys -= 1;
            names.push(name_of(&gone.body));
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
