//! Whose a journey's lateness is.
//!
//! ```text
//! lateness     L    = reached − promised                                   (days, > 0 is late)
//! leg overrun  o[i] = (actual[i] − actual[i−1]) − (due[i] − due[i−1])
//! promise gap  g    = due[p] − promised       > 0: promised sooner than the plan allows
//! identity     L    = g + Σ o[i]                                           always, to the day
//! ```
//! The sum telescopes because every count of days is a difference of one running count
//! ([`Calendar::count`]) and `due[ordered] = actual[ordered]`. A leg that started late because an earlier one
//! ended late has no overrun: knock-on days stay with their cause.

use super::plan::Route;
use super::{Journey, MILESTONES, Milestone, PerMilestone, PerSeat, Seat};
use crate::day::{Calendar, Day};

/// A miss, and anything else that is divided among departments, in millionths.
pub const MILLION: i64 = 1_000_000;

/// How a journey stands at the promised milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It reached it on this day.
    Reached(Day),
    /// It had not reached it on this day, which stands for the date it lacks: the Monday after the week that is
    /// observed, today in a week that is not over, or the day the line was cancelled.
    ///
    /// Only the leg after the last known milestone runs, to the department of that leg. The same holds for a
    /// cancellation: were its day taken for a delivery, a cancellation would move the days of the department
    /// that sat on the line to the one that never got it.
    Running(Day),
}

impl End {
    /// The day measured to.
    pub const fn day(self) -> Day {
        match self {
            Self::Reached(day) | Self::Running(day) => day,
        }
    }
}

/// One leg of a journey, planned against actual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Whose it is.
    pub seat: Seat,
    /// The milestone it starts from.
    pub from: Milestone,
    /// The milestone it ends at; for a running leg the one that is waited for.
    pub to: Milestone,
    /// Days planned.
    pub planned_days: i32,
    /// Days it took, or has taken so far.
    pub actual_days: i32,
    /// The difference: `actual_days − planned_days`.
    pub overrun_days: i32,
    /// It spans milestones whose dates are missing.
    pub joint: bool,
    /// It has not ended; its plan reaches to the promised milestone, since all that is left waits for it.
    pub running: bool,
}

const NO_LEG: Leg = Leg {
    seat: Seat(0),
    from: Milestone::Ordered,
    to: Milestone::Ordered,
    planned_days: 0,
    actual_days: 0,
    overrun_days: 0,
    joint: false,
    running: false,
};

/// Everything that the order page needs to write the arithmetic out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The date measured against.
    pub promised: Day,
    /// The planned end of the last leg.
    pub due: Day,
    /// How the journey stands at the promised milestone.
    pub end: End,
    /// The days of this split are calendar days: the workspace counts every day, or the journey is late by
    /// calendar dates only (promised on a Friday, delivered on the Saturday).
    pub calendar_days: bool,
    /// `L`: days late when positive.
    pub lateness_days: i32,
    /// `g`: the promise gap, of the department that promised.
    pub gap_days: i32,
    /// Each department's components summed, the promise gap included; `lateness_days` in all.
    pub components_days: PerSeat<i32>,
    /// Each department's share of the lateness in millionths, as measured; 1 000 000 in all for a late journey,
    /// else 0.
    pub measured_shares: PerSeat<i32>,
    /// The shares that count: the measured ones, unless a dispute ended in an override.
    pub shares: PerSeat<i32>,
    /// Each department's late days in millionths of a day, `lateness_days` million in all; 0 where not late.
    pub late_micro_days: PerSeat<i64>,
    legs: [Leg; MILESTONES - 1],
    leg_count: u8,
}

impl Split {
    /// Splits a journey's lateness against a promised date.
    ///
    /// Milestones later than `end` are not looked at: the observation of a past week does not know them.
    pub fn of(journey: &Journey, route: &Route, calendar: &Calendar, promised: Day, end: End) -> Self {
        const EVERY_DAY: &Calendar = &Calendar::every_day();
        let late = end.day() > promised;
        // Late is decided on calendar dates: a weekend's delay is a delay although no working day passed.
        let calendar = if late && calendar.count(promised, end.day()) <= 0 { EVERY_DAY } else { calendar };
        let mut split = Self::measure(journey, route, calendar, promised, end);
        if late {
            split.share(journey.override_shares.as_deref());
        }
        split
    }

    fn measure(journey: &Journey, route: &Route, calendar: &Calendar, promised: Day, end: End) -> Self {
        let due = journey.due[route.promise()].unwrap_or(promised);
        let mut split = Self {
            promised,
            due,
            end,
            calendar_days: !calendar.counts_working_days(),
            lateness_days: calendar.count(promised, end.day()),
            gap_days: calendar.count(promised, due),
            components_days: PerSeat::default(),
            measured_shares: PerSeat::default(),
            shares: PerSeat::default(),
            late_micro_days: PerSeat::default(),
            legs: [NO_LEG; MILESTONES - 1],
            leg_count: 0,
        };
        split.components_days[route.promiser().index()] += split.gap_days;
        let Some(ordered) = journey.actual[Milestone::Ordered] else { return split };
        let walk = Walk { route, calendar, due: &journey.due, promise_due: due };
        walk.legs(&journey.actual, ordered, end, |leg| {
            split.components_days[leg.seat.index()] += leg.overrun_days;
            split.legs[usize::from(split.leg_count)] = leg;
            split.leg_count += 1;
        });
        split
    }

    fn share(&mut self, overridden: Option<&PerSeat<i32>>) {
        let weights = self.components_days.map(|days| i64::from(days.max(0)));
        let late_micro_days = i64::from(self.lateness_days) * MILLION;
        self.measured_shares = apportion(MILLION, &weights).map(|share| share as i32);
        self.shares = self.measured_shares;
        self.late_micro_days = apportion(late_micro_days, &weights);
        if let Some(shares) = overridden.filter(|shares| is_whole(shares)) {
            self.shares = *shares;
            self.late_micro_days = apportion(late_micro_days, &shares.map(i64::from));
        }
    }

    /// The legs in order, the running one last.
    pub fn legs(&self) -> &[Leg] {
        &self.legs[..usize::from(self.leg_count)]
    }

    /// In what proportion the lateness is divided: the departments' positive components, or the override.
    pub fn weights(&self) -> PerSeat<i64> {
        if self.shares == self.measured_shares {
            self.components_days.map(|days| i64::from(days.max(0)))
        } else {
            self.shares.map(i64::from)
        }
    }

    /// Whether the journey is late.
    pub fn is_late(&self) -> bool {
        self.end.day() > self.promised
    }
}

/// Whether shares are a split at all: none negative, one million in all. Others are not applied.
pub fn is_whole(shares: &PerSeat<i32>) -> bool {
    shares.iter().all(|share| *share >= 0)
        && shares.iter().map(|share| i64::from(*share)).sum::<i64>() == MILLION
}

/// What a walk along the legs looks at.
struct Walk<'a> {
    route: &'a Route,
    calendar: &'a Calendar,
    due: &'a PerMilestone<Option<Day>>,
    promise_due: Day,
}

impl Walk<'_> {
    fn legs(&self, actual: &PerMilestone<Option<Day>>, ordered: Day, end: End, mut emit: impl FnMut(Leg)) {
        let promise = self.route.promise();
        let steps = self.route.to_promise();
        let (mut from, mut from_on, mut from_due, mut from_place) = (Milestone::Ordered, ordered, ordered, 0);
        let mut leg = |from, to, seat, planned_days, actual_days, joint, running| {
            let overrun_days = actual_days - planned_days;
            emit(Leg { seat, from, to, planned_days, actual_days, overrun_days, joint, running });
        };
        for (place, to) in steps.iter().copied().enumerate().skip(1) {
            let (on, due) = match end {
                End::Reached(day) if to == promise => (day, self.promise_due),
                End::Running(_) if to == promise => break,
                // A milestone without a date or without a plan joins its leg to the next one.
                _ => match (actual[to].filter(|on| *on <= end.day()), self.due[to]) {
                    (Some(on), Some(due)) => (on, due),
                    _ => continue,
                },
            };
            let planned = self.calendar.count(from_due, due);
            let actual = self.calendar.count(from_on, on);
            leg(from, to, self.route.seat(to), planned, actual, place > from_place + 1, false);
            (from, from_on, from_due, from_place) = (to, on, due, place);
        }
        if let End::Running(until) = end
            && let Some(to) = steps.get(from_place + 1).copied()
        {
            let planned = self.calendar.count(from_due, self.promise_due);
            leg(from, to, self.route.seat(to), planned, self.calendar.count(from_on, until), false, true);
        }
    }
}

/// Divides `total` in proportion to the weights by largest remainder, ties to the lower seat, so that the parts
/// are whole and add up to it. Negative weights count as 0; where all are 0 everything is 0.
pub fn apportion(total: i64, weights: &PerSeat<i64>) -> PerSeat<i64> {
    // Eight weights of this size still have a sum.
    let weights = weights.map(|weight| weight.clamp(0, i64::MAX / 16));
    let sum: i64 = weights.iter().sum();
    if sum == 0 {
        return PerSeat::default();
    }
    let divided = weights.map(|weight| {
        if let Some(product) = total.checked_mul(weight) {
            return (product / sum, product % sum);
        }
        let (product, sum) = (i128::from(total) * i128::from(weight), i128::from(sum));
        ((product / sum) as i64, (product % sum) as i64)
    });
    let mut parts = divided.map(|(part, _)| part);
    let remainders = divided.map(|(_, remainder)| remainder);
    let mut left = total - parts.iter().sum::<i64>();
    let mut taken = [false; super::DEPARTMENTS_MAX];
    while left > 0 {
        let mut best = None;
        for (seat, remainder) in remainders.iter().enumerate() {
            if !taken[seat] && best.is_none_or(|(_, largest)| *remainder > largest) {
                best = Some((seat, *remainder));
            }
        }
        // Fewer units are left than there are remainders above 0, so a seat is always found.
        let Some((seat, _)) = best else { break };
        parts[seat] += 1;
        taken[seat] = true;
        left -= 1;
    }
    parts
}
