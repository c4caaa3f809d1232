//! What the joint KPIs need to know of the workspace.

use super::Basis;
use crate::day::Calendar;
use crate::journey::plan::Route;
use crate::journey::{Milestone, Seat};

/// The settings that every contribution depends on: when one changes, everything is counted anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KpiRules {
    /// Milestones and departments.
    pub route: Route,
    /// How days are counted.
    pub calendar: Calendar,
    /// Which of the customer's dates counts as the promise.
    pub basis: Basis,
    /// By how much a quantity may fall short and still be in full, thousandths of the ordered quantity.
    pub tolerance_permille: i64,
    /// Days to invoice in, where a journey's own plan does not say: the default standard of the leg.
    pub invoicing_days: i32,
    /// Days from the promise milestone to the invoice, where a person stated them: they win over every plan.
    pub stated_invoicing_days: Option<i32>,
    /// Calendar days from invoicing within which a credit because of a wrong invoice makes the promise missed.
    pub credit_window_days: i32,
    /// Calendar days from delivery within which a return, credit note or dispute counts.
    pub return_window_days: i32,
    /// Whose a return, a credit note and a dispute are where no reason names a department.
    pub unnamed_reason_seats: [Seat; 3],
    /// Whether a line delivered short is a miss (*Promise kept*).
    pub counts_short: bool,
    /// Whether an invoice that is late or wrong is a miss (*Promise kept*).
    pub counts_invoice: bool,
    /// Whether returns, credit notes and disputes count (*Right first time*), in that order.
    pub counts_after: [bool; 3],
}

/// Default of both windows, days.
pub const WINDOW_DAYS: i32 = 28;

impl KpiRules {
    /// Rules with the defaults: measured against the promise, no tolerance, windows of 28 days, and reasons that
    /// name nobody counted for the department of the delivery (returns), of the invoice (credit notes; where
    /// there is none, the promising one) and the promising one (disputes).
    pub fn new(route: Route, calendar: Calendar, invoicing_days: i32) -> Self {
        let finance =
            if route.has(Milestone::Invoiced) { route.seat(Milestone::Invoiced) } else { route.promiser() };
        let unnamed_reason_seats = [route.seat(route.delivery()), finance, route.promiser()];
        Self {
            route,
            calendar,
            basis: Basis::Promised,
            tolerance_permille: 0,
            invoicing_days,
            stated_invoicing_days: None,
            credit_window_days: WINDOW_DAYS,
            return_window_days: WINDOW_DAYS,
            unnamed_reason_seats,
            counts_short: true,
            counts_invoice: true,
            counts_after: [true; 3],
        }
    }
}
