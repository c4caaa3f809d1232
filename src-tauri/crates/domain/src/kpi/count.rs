//! What one order contributes to which KPI and week. Integers only, and no allocation for orders whose lines are
//! promised for at most eight different weeks: a million journeys are counted in well under a second.

use super::judge::{Judged, Verdict, judge};
use super::tally::{Beside, Level};
use super::{Basis, KpiKind, KpiRules, Sink};
use crate::day::{Calendar, Day, Week};
use crate::journey::split::{MILLION, apportion};
use crate::journey::{Journey, Milestone, PerSeat, Seat};

/// Whether a contribution is added or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Add it.
    Plus,
    /// Take it back: what the order contributed before it changed, or on an earlier day.
    Minus,
}

impl Sign {
    const fn factor(self) -> i64 {
        match self {
            Self::Plus => 1,
            Self::Minus => -1,
        }
    }
}

/// Adds to `sink` (or takes back) everything that one order contributes on `today`, to all five KPIs.
///
/// All lines of the order must be given together, in any order: whether an *order* was on time depends on all of
/// them. A date after `today` is not yet a fact.
pub fn count(order: &[Journey], rules: &KpiRules, today: Day, sign: Sign, sink: &mut impl Sink) {
    let sign = sign.factor();
    let mut groups = Groups::default();
    for journey in order {
        let Some(ordered) = journey.actual[Milestone::Ordered] else { continue };
        match judge(journey, rules, today) {
            Some(judged) => {
                promise_kept(journey, rules, today, judged, sign, sink, &mut groups);
                late_backlog(
                    journey,
                    rules,
                    today,
                    judged.promised.max(ordered),
                    judged.promised,
                    sign,
                    sink,
                );
            }
            None => sink.at(KpiKind::PromiseKept, ordered.week()).without_promise += sign,
        }
        order_to_cash(journey, rules, today, ordered, sign, sink);
        right_first_time(journey, rules, today, sign, sink);
        promise_realism(journey, rules, today, sign, sink);
    }
    groups.emit(sign, sink);
}

/// Of the journeys promised for the week, those delivered in full and in time and invoiced correctly.
fn promise_kept(
    journey: &Journey,
    rules: &KpiRules,
    today: Day,
    judged: Judged,
    sign: i64,
    sink: &mut impl Sink,
    groups: &mut Groups,
) {
    let tally = sink.at(KpiKind::PromiseKept, judged.week());
    match judged.verdict {
        Verdict::Pending => tally.pending += sign,
        Verdict::Cancelled => tally.cancelled += sign,
        Verdict::Kept { unsettled } => {
            tally.n += sign;
            tally.numerator += sign;
            tally.unsettled += sign * i64::from(unsettled);
        }
        Verdict::Missed(miss) => {
            tally.n += sign;
            let blame = miss.blame(journey, rules, judged.promised);
            add(&mut tally.parts, &blame.shares, sign);
            if let Some(split) = &blame.split {
                tally.late_days += sign * i64::from(split.lateness_days);
                add(&mut tally.late_micro_days, &split.late_micro_days, sign);
            }
        }
    }
    if matches!(judged.verdict, Verdict::Kept { .. } | Verdict::Missed(_)) {
        let line = Line::of(journey, rules, today);
        for basis in Basis::ALL {
            line.add_to(basis, &mut tally.beside[basis.index()], sign);
        }
        groups.add(judged.week(), &line);
    }
}

/// Mean days from ordered to paid of the journeys paid in the week, leg by leg.
fn order_to_cash(
    journey: &Journey,
    rules: &KpiRules,
    today: Day,
    ordered: Day,
    sign: i64,
    sink: &mut impl Sink,
) {
    let steps = rules.route.until(Milestone::Paid);
    let Some(paid) = journey.reached(Milestone::Paid, today).filter(|_| steps.len() > 1) else { return };
    let tally = sink.at(KpiKind::OrderToCash, paid.week());
    if journey.ended(today).is_some() {
        tally.cancelled += sign;
        return;
    }
    tally.n += sign;
    let mut from = ordered;
    for milestone in steps[1..].iter().copied() {
        // A missing milestone joins its leg to the next one.
        let Some(on) = journey.reached(milestone, today) else { continue };
        let days = sign * i64::from(rules.calendar.count(from, on));
        tally.numerator += days;
        tally.leg_days[milestone] += days;
        tally.parts[rules.route.seat(milestone).index()] += days * MILLION;
        from = on;
    }
}

/// Of the journeys delivered in the week, those that did not come back, were not credited and not disputed.
///
/// A journey that was cancelled later stays a miss where it was one by then (a return is often booked by
/// cancelling the line); otherwise it is not counted.
fn right_first_time(journey: &Journey, rules: &KpiRules, today: Day, sign: i64, sink: &mut impl Sink) {
    let Some(delivered) = journey.reached(rules.route.delivery(), today) else { return };
    let ended = journey.ended(today);
    let window_ends = delivered.plus(rules.return_window_days);
    let until = ended.unwrap_or(today).min(window_ends);
    let mut weights = PerSeat::default();
    for (index, on) in [journey.returned, journey.credited, journey.disputed].into_iter().enumerate() {
        if rules.counts_after[index] && on.is_some_and(|on| on <= until) {
            let seat = journey.reasons[index].unwrap_or(rules.unnamed_reason_seats[index]);
            weights[seat.index()] += 1;
        }
    }
    let missed = weights.iter().any(|weight| *weight > 0);
    let tally = sink.at(KpiKind::RightFirstTime, delivered.week());
    if missed {
        tally.n += sign;
        add(&mut tally.parts, &apportion(MILLION, &weights), sign);
    } else if ended.is_some() {
        tally.cancelled += sign;
    } else {
        tally.n += sign;
        tally.numerator += sign;
        tally.unsettled += sign * i64::from(today <= window_ends);
    }
}

/// Mean of the positive promise gap over the journeys confirmed in the week.
fn promise_realism(journey: &Journey, rules: &KpiRules, today: Day, sign: i64, sink: &mut impl Sink) {
    let Some(confirmed) = journey.reached(rules.route.confirmation(), today) else { return };
    let tally = sink.at(KpiKind::PromiseRealism, confirmed.week());
    let Some(promised) = rules.basis.date(journey) else {
        tally.without_promise += sign;
        return;
    };
    if journey.ended(today).is_some() {
        tally.cancelled += sign;
        return;
    }
    let due = journey.due[rules.route.promise()].unwrap_or(promised);
    // Late is decided on calendar dates, and so is too soon: a plan that ends on the Saturday after a Friday's
    // promise is a gap of a day.
    let gap = if due > promised { late_days(&rules.calendar, promised, due) } else { 0 };
    tally.n += sign;
    tally.numerator += sign * gap;
    tally.parts[rules.route.promiser().index()] += sign * gap * MILLION;
    let mut from = journey.due[Milestone::Ordered];
    for milestone in rules.route.to_promise()[1..].iter().copied() {
        let (Some(start), Some(end)) = (from, journey.due[milestone]) else { continue };
        tally.leg_days[milestone] += sign * i64::from(rules.calendar.count(start, end));
        from = Some(end);
    }
}

/// At each week's end, the late days of a journey that is late and open then, to the department that holds it:
/// that of the leg after the last milestone reached.
///
/// Only weeks that are over count, and none before the line was ordered.
fn late_backlog(
    journey: &Journey,
    rules: &KpiRules,
    today: Day,
    begins: Day,
    promised: Day,
    sign: i64,
    sink: &mut impl Sink,
) {
    let open_until = journey
        .reached(rules.route.promise(), today)
        .into_iter()
        .chain(journey.ended(today))
        .fold(today, Day::min);
    let mut week = begins.week();
    while week.plus(1).monday() <= open_until {
        let monday = week.plus(1).monday();
        let days = late_days(&rules.calendar, promised, monday);
        let tally = sink.at(KpiKind::LateBacklog, week);
        tally.n += sign;
        tally.numerator += sign * days;
        tally.parts[holder(journey, rules, week.sunday()).index()] += sign * days * MILLION;
        week = week.plus(1);
    }
}

/// The department of the leg after the last milestone reached by a day, towards the promise.
fn holder(journey: &Journey, rules: &KpiRules, by: Day) -> Seat {
    let steps = rules.route.to_promise();
    let before = &steps[..steps.len() - 1];
    let last = before.iter().rposition(|milestone| journey.reached(*milestone, by).is_some()).unwrap_or(0);
    rules.route.seat(steps[last + 1])
}

/// Days between two dates of which the second is later; in calendar days where no working day lies between.
fn late_days(calendar: &Calendar, from: Day, to: Day) -> i64 {
    let days = calendar.count(from, to);
    i64::from(if days > 0 { days } else { to - from })
}

fn add(sums: &mut PerSeat<i64>, parts: &PerSeat<i64>, sign: i64) {
    for (sum, part) in sums.iter_mut().zip(parts) {
        *sum += sign * part;
    }
}

/// The quantity that reached the promised milestone, as far as it is known: what was delivered is at most what was
/// shipped.
fn arrived(journey: &Journey, rules: &KpiRules) -> Option<i64> {
    match rules.route.promise() {
        Milestone::Produced => journey.produced_quantity,
        Milestone::Shipped => journey.shipped_quantity,
        _ => journey.delivered_quantity.or(journey.shipped_quantity),
    }
}

/// One decided line, measured against each of the customer's dates.
#[derive(Clone, Copy, Debug, Default)]
struct Line {
    in_full: bool,
    /// By [`Basis::index`]: `None` where there is no such date, or it has not come and the line is open.
    on_time: [Option<bool>; 3],
    early: [bool; 3],
    ordered_quantity: i64,
    full_quantity: i64,
    in_time_quantity: [i64; 3],
}

impl Line {
    fn of(journey: &Journey, rules: &KpiRules, today: Day) -> Self {
        let horizon = journey.ended(today).unwrap_or(today);
        let reached = journey.reached(rules.route.promise(), horizon);
        let mut line = Self { in_full: reached.is_some() && !journey.short, ..Self::default() };
        for basis in Basis::ALL {
            let index = basis.index();
            let Some(date) = basis.date(journey) else { continue };
            line.on_time[index] = match reached {
                Some(reached) => Some(reached <= date),
                None => (date < horizon).then_some(false),
            };
            line.early[index] = reached.is_some_and(|reached| reached < date);
        }
        if let Some(ordered) = journey.ordered_quantity {
            let ordered = ordered.saturating_sub(journey.cancelled_quantity.unwrap_or(0)).max(0);
            line.ordered_quantity = ordered;
            let all = if line.in_full { ordered } else { 0 };
            line.full_quantity = arrived(journey, rules).unwrap_or(all).clamp(0, ordered);
            // What was booked back later had not arrived.
            line.in_time_quantity =
                journey.in_time_quantity.map(|quantity| quantity.clamp(0, line.full_quantity));
        }
        line
    }

    fn add_to(&self, basis: Basis, beside: &mut Beside, sign: i64) {
        let index = basis.index();
        let Some(on_time) = self.on_time[index] else { return };
        level(&mut beside.line, sign, on_time, self.in_full);
        beside.early += sign * i64::from(self.early[index]);
        let quantity = &mut beside.quantity;
        quantity.n += sign * self.ordered_quantity;
        quantity.on_time += sign * if on_time { self.ordered_quantity } else { 0 };
        quantity.in_full += sign * self.full_quantity;
        quantity.on_time_in_full += sign * self.in_time_quantity[index];
    }
}

fn level(level: &mut Level, sign: i64, on_time: bool, in_full: bool) {
    level.n += sign;
    level.on_time += sign * i64::from(on_time);
    level.in_full += sign * i64::from(in_full);
    level.on_time_in_full += sign * i64::from(on_time && in_full);
}

/// The decided lines of an order, grouped by the week they were promised for: the same journeys, as an order.
#[derive(Default)]
struct Groups {
    near: [Group; 8],
    used: usize,
    /// For orders whose lines are promised for more weeks than that.
    far: Vec<Group>,
}

#[derive(Clone, Copy, Default)]
struct Group {
    week: Option<Week>,
    /// By [`Basis::index`]: whether any line is measured, and whether one was late, short, or either.
    measured: [bool; 3],
    late: [bool; 3],
    short: [bool; 3],
}

impl Groups {
    fn add(&mut self, week: Week, line: &Line) {
        let group = self.at(week);
        for (index, on_time) in line.on_time.into_iter().enumerate() {
            let Some(on_time) = on_time else { continue };
            group.measured[index] = true;
            group.late[index] |= !on_time;
            group.short[index] |= !line.in_full;
        }
    }

    fn at(&mut self, week: Week) -> &mut Group {
        let fresh = Group { week: Some(week), ..Group::default() };
        if let Some(index) = self.near[..self.used].iter().position(|group| group.week == Some(week)) {
            return &mut self.near[index];
        }
        if self.used < self.near.len() {
            self.near[self.used] = fresh;
            self.used += 1;
            return &mut self.near[self.used - 1];
        }
        let index = self.far.iter().position(|group| group.week == Some(week)).unwrap_or(self.far.len());
        if index == self.far.len() {
            self.far.push(fresh);
        }
        &mut self.far[index]
    }

    fn emit(&self, sign: i64, sink: &mut impl Sink) {
        for group in self.near[..self.used].iter().chain(&self.far) {
            let Some(week) = group.week else { continue };
            let tally = sink.at(KpiKind::PromiseKept, week);
            for basis in Basis::ALL {
                let index = basis.index();
                if group.measured[index] {
                    level(&mut tally.beside[index].order, sign, !group.late[index], !group.short[index]);
                }
            }
        }
    }
}
