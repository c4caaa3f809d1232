//! From when on the passing of time alone changes nothing.

use super::judge::invoice_last_day;
use super::{Basis, KpiRules};
use crate::day::Day;
use crate::journey::{Journey, Milestone};

/// The first day from which the passing of time alone no longer changes what the order contributes; `None` while
/// a promise is open, which adds to the backlog every week. New data can change it at any time.
///
/// When the clock moves from one day to another, only orders that were not yet stable on the first need to be
/// counted again.
pub fn stable_from(order: &[Journey], rules: &KpiRules) -> Option<Day> {
    order
        .iter()
        .try_fold(Day(i32::MIN), |latest, journey| Some(latest.max(journey_stable_from(journey, rules)?)))
}

fn journey_stable_from(journey: &Journey, rules: &KpiRules) -> Option<Day> {
    let ended = journey.ended(Day(i32::MAX));
    // A date beyond today is not yet a fact, so the last of all dates is the least to wait for.
    let dates = journey.actual.0.iter().flatten();
    let dates =
        dates.chain(&journey.returned).chain(&journey.credited).chain(&journey.disputed).chain(&ended);
    let mut latest = dates.copied().max().unwrap_or(Day(i32::MIN));
    if let Some(delivered) = journey.actual[rules.route.delivery()] {
        latest = latest.max(delivered.plus(rules.return_window_days + 1));
    }
    if ended.is_some() {
        return Some(latest);
    }
    if journey.actual[rules.route.promise()].is_none() {
        let promised = Basis::ALL.iter().any(|basis| basis.date(journey).is_some());
        return (!promised).then_some(latest);
    }
    if rules.counts_invoice && rules.route.has(Milestone::Invoiced) {
        let settled = match journey.actual[Milestone::Invoiced] {
            Some(invoiced) => Some(invoiced.plus(rules.credit_window_days + 1)),
            None => invoice_last_day(journey, rules, Day(i32::MAX)).map(|last| last.plus(1)),
        };
        latest = latest.max(settled.unwrap_or(latest));
    }
    Some(latest)
}
