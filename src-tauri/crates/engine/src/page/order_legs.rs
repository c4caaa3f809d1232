//! The legs of an order line as its page shows them, planned against actual.

use plaza_domain::day::{Calendar, Day};
use plaza_domain::journey::split::Split;
use plaza_domain::journey::{Journey, Milestone};

use super::order::LegView;
use super::order_judged::id_of;
use crate::journey::order::Found;

/// The legs of the route: those of the arithmetic, then those that it does not reach.
pub(super) fn legs(found: &Found, split: Option<&Split>, today: Day) -> Vec<LegView> {
    let (journey, rules) = (&found.journey, &found.context.kpi);
    let text = |day: Option<Day>| day.map(|day| day.to_string());
    let mut views = Vec::new();
    let mut from = Milestone::Ordered;
    let is_over = journey.ended(today).is_some();
    for leg in split.iter().flat_map(|split| split.legs().iter().map(move |leg| (*split, leg))) {
        let (split, leg) = leg;
        let running = leg.running && !is_over;
        // Days that a leg may still take have not been saved.
        let is_open = leg.running && !split.is_late();
        views.push(LegView {
            from: leg.from,
            to: leg.to,
            department: id_of(found, leg.seat.index()).unwrap_or_default(),
            planned_days: leg.planned_days,
            actual_days: Some(leg.actual_days),
            overrun_days: (!is_open).then_some(leg.overrun_days),
            joint: leg.joint,
            running,
            planned_from: text(due(journey, leg.from)),
            planned_to: text(if leg.running || leg.to == rules.route.promise() {
                Some(split.due)
            } else {
                journey.due[leg.to]
            }),
            actual_from: text(journey.actual[leg.from]),
            actual_to: text(if leg.running || leg.to == rules.route.promise() {
                Some(split.end.day())
            } else {
                journey.actual[leg.to]
            }),
        });
        from = leg.to;
    }
    views.extend(later_legs(found, from, split, today));
    views
}

/// The planned end of a leg; an order is due when it was placed.
fn due(journey: &Journey, milestone: Milestone) -> Option<Day> {
    if milestone == Milestone::Ordered { journey.actual[milestone] } else { journey.due[milestone] }
}

/// The legs after `from`: after the promise, or not begun.
fn later_legs(found: &Found, mut from: Milestone, split: Option<&Split>, today: Day) -> Vec<LegView> {
    let (journey, rules) = (&found.journey, &found.context.kpi);
    let every_day = Calendar::every_day();
    let in_calendar_days = split.is_some_and(|split| split.calendar_days);
    let calendar = if in_calendar_days { &every_day } else { &rules.calendar };
    let text = |day: Option<Day>| day.map(|day| day.to_string());
    let steps = rules.route.steps();
    let first = steps.iter().position(|step| *step == from).map_or(steps.len(), |place| place + 1);
    let last_known = steps.iter().rposition(|step| journey.reached(*step, today).is_some()).unwrap_or(0);
    let is_over = journey.ended(today).is_some();
    let mut views = Vec::new();
    let mut joint = false;
    for (place, to) in steps.iter().copied().enumerate().skip(first) {
        let (started, ended) = (journey.reached(from, today), journey.reached(to, today));
        if ended.is_none() && place < last_known {
            joint = true;
            continue;
        }
        let planned = due(journey, from).zip(journey.due[to]);
        let running = ended.is_none() && started.is_some() && !is_over;
        let actual_to = ended.or(running.then_some(today));
        let actual_days = started.zip(actual_to).map(|(start, end)| calendar.count(start, end));
        if planned.is_some() || actual_days.is_some() {
            let planned_days = planned.map_or(0, |(start, end)| calendar.count(start, end));
            views.push(LegView {
                from,
                to,
                department: id_of(found, rules.route.seat(to).index()).unwrap_or_default(),
                planned_days,
                actual_days,
                overrun_days: actual_days
                    .filter(|_| ended.is_some() && planned.is_some())
                    .map(|days| days - planned_days),
                joint,
                running,
                planned_from: text(planned.map(|(start, _)| start)),
                planned_to: text(planned.map(|(_, end)| end)),
                actual_from: text(started.filter(|_| actual_to.is_some())),
                actual_to: text(actual_to),
            });
        }
        (from, joint) = (to, false);
    }
    views
}
