//! Every journey counted anew, to hold the kept tallies against or to answer what was not kept.

use plaza_domain::day::Day;
use plaza_domain::journey::Journey;
use plaza_domain::kpi::{KpiRules, Sign, Tallies, count};
use plaza_store::intake::{Intake, View};

use crate::error::{EngineError, Result};
use crate::journey::key::OrderKey;
use crate::journey::pack::unpack_journey;

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
        order.extend(unpack_journey(&mut rest));
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
