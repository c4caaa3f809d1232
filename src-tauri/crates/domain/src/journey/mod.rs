//! A journey: what happened to one order line on its way across the departments.
//!
//! The arithmetic lives beside it, in the order it runs: [`plan`] (route, standards, dues), [`history`] (what
//! must not be forgotten of a record's earlier versions), [`truth`] (who is believed), [`assemble`] (records to a journey), [`split`]
//! (lateness among departments).

pub mod agreed;
pub mod assemble;
mod assembled;
pub mod history;
pub mod plan;
mod quantity;
mod row;
#[cfg(test)]
pub(crate) mod sample;
pub mod split;
#[cfg(test)]
mod tests;
pub mod truth;

use serde::{Deserialize, Serialize};

use crate::day::Day;

/// At most this many departments own legs: eight colours are told apart by colour-blind readers, not more.
pub const DEPARTMENTS_MAX: usize = 8;

/// One value for each seat, indexed by it.
pub type PerSeat<T> = [T; DEPARTMENTS_MAX];

/// A department's place among the workspace's departments in order of their ids, 0–7. Only for arithmetic:
/// what is kept durably names the department by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat(pub u8);

impl Seat {
    /// The place as an index into [`PerSeat`]; a number out of range counts for the last seat, and
    /// [`plan::Route::new`] lets none through.
    pub const fn index(self) -> usize {
        if (self.0 as usize) < DEPARTMENTS_MAX { self.0 as usize } else { DEPARTMENTS_MAX - 1 }
    }
}

/// What a journey passes, in the usual order; a workspace may order them otherwise and leave some out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Milestone {
    /// The customer ordered.
    Ordered,
    /// We confirmed the order.
    Confirmed,
    /// The ordered quantity was produced.
    Produced,
    /// It left the house.
    Shipped,
    /// It reached the customer.
    Delivered,
    /// It was invoiced.
    Invoiced,
    /// It was paid.
    Paid,
}

impl Milestone {
    /// All milestones in their usual order.
    pub const ALL: [Self; MILESTONES] = [
        Self::Ordered,
        Self::Confirmed,
        Self::Produced,
        Self::Shipped,
        Self::Delivered,
        Self::Invoiced,
        Self::Paid,
    ];

    /// The word that files, TOML and JSON use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Confirmed => "confirmed",
            Self::Produced => "produced",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Invoiced => "invoiced",
            Self::Paid => "paid",
        }
    }
}

/// How many milestones there are.
pub const MILESTONES: usize = 7;

/// One value for each milestone, indexed by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PerMilestone<T>(pub [T; MILESTONES]);

impl<T> std::ops::Index<Milestone> for PerMilestone<T> {
    type Output = T;
    fn index(&self, milestone: Milestone) -> &T {
        &self.0[milestone as usize]
    }
}

impl<T> std::ops::IndexMut<Milestone> for PerMilestone<T> {
    fn index_mut(&mut self, milestone: Milestone) -> &mut T {
        &mut self.0[milestone as usize]
    }
}

/// What happened to one order line, as far as the arithmetic needs it. Texts (numbers, names) are kept beside
/// it by the store. Quantities are thousandths of a unit, money is in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journey {
    /// The day each milestone was reached in full; `None` while it is open or unknown.
    pub actual: PerMilestone<Option<Day>>,
    /// The planned end of each leg, frozen when the promise was written (see [`plan`]). `None` for milestones
    /// that the workspace does not use.
    pub due: PerMilestone<Option<Day>>,
    /// What the customer asked for.
    pub requested: Option<Day>,
    /// The first date that we gave; written once.
    pub promised: Option<Day>,
    /// The last date agreed.
    pub agreed: Option<Day>,
    /// Quantity ordered, thousandths.
    pub ordered_quantity: Option<i64>,
    /// Quantity produced so far, thousandths.
    pub produced_quantity: Option<i64>,
    /// Quantity shipped so far, thousandths.
    pub shipped_quantity: Option<i64>,
    /// Quantity delivered so far, thousandths.
    pub delivered_quantity: Option<i64>,
    /// Quantity that came back, thousandths.
    pub returned_quantity: Option<i64>,
    /// Quantity cancelled before delivery, thousandths.
    pub cancelled_quantity: Option<i64>,
    /// Value of the line, minor units of its currency.
    pub value: Option<i64>,
    /// The source closed the line below ordered less cancelled less tolerance: it was delivered short.
    pub short: bool,
    /// More than one shipment or delivery.
    pub partial: bool,
    /// The whole line was cancelled.
    pub cancelled: Option<Day>,
    /// The record vanished from a complete snapshot; counts like a cancellation on that day.
    pub deleted_at_source: Option<Day>,
    /// Goods came back.
    pub returned: Option<Day>,
    /// A credit note was written.
    pub credited: Option<Day>,
    /// The credit was given because the invoice was wrong.
    pub credit_for_wrong_invoice: bool,
    /// The customer disputed.
    pub disputed: Option<Day>,
    /// Departments that the return, credit and dispute reasons name, in that order.
    pub reasons: [Option<Seat>; 3],
    /// The promise was later overwritten by us.
    pub date_changed_by_us: Option<Day>,
    /// The promise was later moved for the customer.
    pub date_changed_by_customer: Option<Day>,
    /// Quantity that had reached the promise milestone by the requested, promised and agreed date (in that
    /// order), thousandths; 0 where the date or the quantity is unknown.
    pub in_time_quantity: [i64; 3],
    /// A signed override of the split, from a dispute: millionths for each seat, summing to 1 000 000. It moves
    /// the whole miss between departments, whatever the counts on which it was missed; it never turns late into on time.
    pub override_shares: Option<Box<[i32; DEPARTMENTS_MAX]>>,
    /// Milestones whose date contradicted a later one and was treated as missing: bit `1 << milestone`.
    pub out_of_order: u8,
}

/// Days outside the years 1 to 9999 are typing errors, and would overflow sums of late days.
const DAY_RANGE: std::ops::RangeInclusive<i64> = -719_162..=2_932_896;

/// A day from a fact; `None` where it is outside the years 1 to 9999.
pub(crate) fn day_of(number: i64) -> Option<Day> {
    DAY_RANGE.contains(&number).then_some(Day(number as i32))
}

impl Journey {
    /// The day a milestone was reached, if that was on or before `by`: a date beyond it is a plan, not a fact.
    pub fn reached(&self, milestone: Milestone, by: Day) -> Option<Day> {
        self.actual[milestone].filter(|on| *on <= by)
    }

    /// The day the whole line was cancelled or vanished from its source, if that was on or before `by`.
    ///
    /// A deletion counts like a cancellation on the day of the snapshot that missed it, so that a deletion never
    /// improves a number: what had been missed by then stays missed.
    pub fn ended(&self, by: Day) -> Option<Day> {
        let ended = match (self.cancelled, self.deleted_at_source) {
            (Some(cancelled), Some(deleted)) => Some(cancelled.min(deleted)),
            (cancelled, deleted) => cancelled.or(deleted),
        };
        ended.filter(|day| *day <= by)
    }

    /// The quantity from which the line is in full, thousandths: ordered less cancelled less the tolerance (in
    /// thousandths of the ordered quantity, rounded down). `None` where the ordered quantity is unknown.
    pub fn needed_quantity(&self, tolerance_permille: i64) -> Option<i64> {
        let ordered = self.ordered_quantity?;
        let tolerance = i128::from(ordered) * i128::from(tolerance_permille.clamp(0, 1000)) / 1000;
        Some(ordered.saturating_sub(self.cancelled_quantity.unwrap_or(0)).saturating_sub(tolerance as i64))
    }
}
