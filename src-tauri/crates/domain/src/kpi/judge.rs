//! *Promise kept*, for one journey: kept, missed, pending or cancelled, and whose the miss is.

use super::KpiRules;
use crate::day::{Day, Week};
use crate::journey::split::{End, MILLION, Split, apportion};
use crate::journey::{Journey, Milestone, PerSeat};

/// What became of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Undecided: not there yet and the promise not past, or the invoicing standard still running.
    Pending,
    /// Cancelled, or deleted at the source, before anything was missed.
    Cancelled,
    /// In full, on or before the date, and invoiced correctly within the standard.
    Kept {
        /// A wrong invoice could still be credited within its window.
        unsettled: bool,
    },
    /// Missed, on one count or several.
    Missed(Miss),
}

/// On which counts a promise was missed; one at least.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Miss {
    /// Late, or not there at all.
    pub late: Option<End>,
    /// Closed below the ordered quantity.
    pub short: bool,
    /// The invoice was late, or wrong.
    pub invoice: Option<InvoiceFault>,
}

/// What was wrong with an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InvoiceFault {
    /// Not written within the standard.
    Late,
    /// Credited within the window because it was wrong.
    Wrong,
}

/// A journey with a promise, judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The date it was measured against.
    pub promised: Day,
    /// What became of it.
    pub verdict: Verdict,
}

/// A miss divided among departments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blame {
    /// Millionths of the miss for each department; one million in all.
    pub shares: PerSeat<i64>,
    /// The arithmetic of the lateness, where lateness is one of the counts.
    pub split: Option<Split>,
}

/// Judges a journey on `today`. `None` without a promise.
///
/// In the observation of the promise's week a journey that has not reached the promised milestone counts with the
/// Monday after that week, whatever the day on which it is looked at, until it does reach it. In a week that is
/// not over it counts with today: the Monday would claim days that have not passed.
pub fn judge(journey: &Journey, rules: &KpiRules, today: Day) -> Option<Judged> {
    let promised = rules.basis.date(journey)?;
    let ended = journey.ended(today);
    let horizon = ended.unwrap_or(today);
    let mut miss = Miss::default();
    let mut invoice = Invoice::Fine { unsettled: false };
    match journey.reached(rules.route.promise(), horizon) {
        Some(reached) => {
            miss.late = (reached > promised).then_some(End::Reached(reached));
            miss.short = rules.counts_short && journey.short;
            invoice = Invoice::of(journey, rules, horizon);
            if let Invoice::Fault(fault) = invoice {
                miss.invoice = Some(fault);
            }
        }
        None if promised < horizon => {
            let until = if ended.is_some() { horizon } else { today.min(promised.week().plus(1).monday()) };
            miss.late = Some(End::Running(until));
        }
        None => invoice = Invoice::Running,
    }
    let verdict = match invoice {
        _ if miss != Miss::default() => Verdict::Missed(miss),
        _ if ended.is_some() => Verdict::Cancelled,
        Invoice::Fine { unsettled } => Verdict::Kept { unsettled },
        Invoice::Running | Invoice::Fault(_) => Verdict::Pending,
    };
    Some(Judged { promised, verdict })
}

impl Judged {
    /// The week it counts in.
    pub const fn week(&self) -> Week {
        self.promised.week()
    }
}

impl Miss {
    /// Divides the miss: evenly among its counts; a late count as lateness splits, a short one to production
    /// where less was produced than needed, else to logistics, an invoice to the department that invoices. Where
    /// people agreed on another split, that one divides the whole miss.
    pub fn blame(&self, journey: &Journey, rules: &KpiRules, promised: Day) -> Blame {
        let split = self.late.map(|end| Split::of(journey, &rules.route, &rules.calendar, promised, end));
        if let Some(agreed) = journey.agreed() {
            return Blame { shares: agreed.map(i64::from), split };
        }
        let (mut weights, mut whole) = (PerSeat::default(), 1);
        if let Some(split) = &split {
            weights = split.weights();
            whole = weights.iter().sum();
        }
        if self.short {
            weights[short_seat(journey, rules).index()] += whole;
        }
        if self.invoice.is_some() {
            weights[rules.route.seat(Milestone::Invoiced).index()] += whole;
        }
        Blame { shares: apportion(MILLION, &weights), split }
    }
}

/// The department that answers for a short delivery.
fn short_seat(journey: &Journey, rules: &KpiRules) -> crate::journey::Seat {
    let needed = journey.needed_quantity(rules.tolerance_permille);
    let produced_less =
        journey.produced_quantity.zip(needed).is_some_and(|(produced, needed)| produced < needed);
    if produced_less && rules.route.has(Milestone::Produced) {
        rules.route.seat(Milestone::Produced)
    } else {
        rules.route.logistics()
    }
}

/// How a journey stands with its invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Invoice {
    /// Written in time and right so far, or not asked for.
    Fine { unsettled: bool },
    /// Not written, and the standard not past.
    Running,
    /// Late or wrong.
    Fault(InvoiceFault),
}

impl Invoice {
    fn of(journey: &Journey, rules: &KpiRules, horizon: Day) -> Self {
        if !rules.counts_invoice || !rules.route.has(Milestone::Invoiced) {
            return Self::Fine { unsettled: false };
        }
        let last_day = invoice_last_day(journey, rules, horizon);
        let Some(invoiced) = journey.reached(Milestone::Invoiced, horizon) else {
            return if last_day.is_some_and(|last| horizon > last) {
                Self::Fault(InvoiceFault::Late)
            } else {
                Self::Running
            };
        };
        let window_ends = invoiced.plus(rules.credit_window_days);
        if journey.credit_for_wrong_invoice
            && journey.credited.is_some_and(|on| on <= horizon.min(window_ends))
        {
            Self::Fault(InvoiceFault::Wrong)
        } else if last_day.is_some_and(|last| invoiced > last) {
            Self::Fault(InvoiceFault::Late)
        } else {
            Self::Fine { unsettled: horizon <= window_ends }
        }
    }
}

/// The last day on which an invoice is within the standard: the days planned for its leg, counted from the last
/// milestone before it that is known by then. The journey's own plan decides (its standard was frozen with the
/// promise); where it has none, the workspace's default. Days that a person stated are counted from the promise
/// milestone and win. `None` without a milestone to count from.
pub(super) fn invoice_last_day(journey: &Journey, rules: &KpiRules, by: Day) -> Option<Day> {
    let promise = rules.route.promise();
    if let Some(stated) = rules.stated_invoicing_days
        && rules.route.until(Milestone::Invoiced).contains(&promise)
    {
        return Some(rules.calendar.add(journey.reached(promise, by)?, stated.max(0)));
    }
    let before = rules.route.until(Milestone::Invoiced).iter().copied();
    let before = before.filter(|milestone| *milestone != Milestone::Invoiced);
    let from = before.rev().find(|milestone| journey.reached(*milestone, by).is_some())?;
    let planned = match (journey.due[from], journey.due[Milestone::Invoiced]) {
        (Some(start), Some(end)) => rules.calendar.count(start, end),
        _ => rules.invoicing_days,
    };
    Some(rules.calendar.add(journey.actual[from]?, planned.max(0)))
}
