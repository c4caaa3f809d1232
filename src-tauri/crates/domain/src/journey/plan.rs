//! The plan: which milestones a workspace uses, who owns each leg, and when each leg should end.
//!
//! `due[ordered] = actual[ordered]`; every later due is the source's where it gives one, else the due before it
//! plus the standard lead time of the leg. A missing milestone has a due too, so that a joined leg is measured
//! against the days planned for all of it.

use std::collections::HashMap;

use super::{DEPARTMENTS_MAX, MILESTONES, Milestone, PerMilestone, Seat};
use crate::day::{Calendar, Day};

/// The milestones that a workspace uses, in its order, and the department of each leg.
///
/// The leg of a milestone is the stretch that ends there. The order is the workspace's: a company that invoices
/// at shipment puts `invoiced` before `delivered`, one that is paid in advance puts `paid` second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    steps: [Milestone; MILESTONES],
    len: u8,
    /// Position on the route plus one; 0 for a milestone that is not on it.
    place: PerMilestone<u8>,
    seats: PerMilestone<Seat>,
    promise: Milestone,
    promiser: Seat,
}

/// What keeps a route or its standards from being used. All of them are reported at once.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// Every journey begins with the order.
    #[error("the first milestone must be “ordered”")]
    OrderedNotFirst,
    /// The milestone is on the route twice.
    #[error("“{}” is on the route twice", .0.word())]
    Repeated(Milestone),
    /// The promise is made for a milestone that the workspace does not use.
    #[error("the promise is for “{}”, which is not on the route after “ordered”", .0.word())]
    PromiseNotOnRoute(Milestone),
    /// The leg that ends at this milestone has no department.
    #[error("the leg to “{}” has no department", .0.word())]
    NoDepartment(Milestone),
    /// The leg that ends at this milestone has no default standard lead time.
    #[error("the leg to “{}” has no default standard", .0.word())]
    NoStandard(Milestone),
    /// A standard is negative or longer than a person lives.
    #[error("the standard of the leg to “{}” is {days} days", milestone.word())]
    StandardOutOfRange {
        /// The leg.
        milestone: Milestone,
        /// The days given.
        days: i32,
    },
    /// More departments own legs than there are seats.
    #[error("seat {0} is one too many: at most eight departments can own legs")]
    NoSuchSeat(u8),
}

impl Route {
    /// A route from its milestones in order, each with the department of the leg that ends there (`ordered`
    /// needs none), the milestone that is promised, and the department that promises.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn new(
        steps: &[(Milestone, Option<Seat>)],
        promise: Milestone,
        promiser: Seat,
    ) -> Result<Self, Vec<PlanFault>> {
        let mut faults = Vec::new();
        let mut route = Self {
            steps: Milestone::ALL,
            len: 0,
            place: PerMilestone::default(),
            seats: PerMilestone([promiser; MILESTONES]),
            promise,
            promiser,
        };
        if steps.first().is_none_or(|(milestone, _)| *milestone != Milestone::Ordered) {
            faults.push(PlanFault::OrderedNotFirst);
        }
        for (milestone, seat) in steps.iter().copied() {
            if route.place[milestone] != 0 {
                faults.push(PlanFault::Repeated(milestone));
                continue;
            }
            route.steps[usize::from(route.len)] = milestone;
            route.len += 1;
            route.place[milestone] = route.len;
            match seat {
                Some(seat) => route.seats[milestone] = seat,
                None if milestone != Milestone::Ordered => faults.push(PlanFault::NoDepartment(milestone)),
                None => {}
            }
        }
        if route.place[promise] < 2 {
            faults.push(PlanFault::PromiseNotOnRoute(promise));
        }
        for seat in route.steps().iter().map(|step| route.seats[*step]).chain([promiser]) {
            if usize::from(seat.0) >= DEPARTMENTS_MAX {
                faults.push(PlanFault::NoSuchSeat(seat.0));
            }
        }
        if faults.is_empty() { Ok(route) } else { Err(faults) }
    }

    /// Its milestones, `ordered` first.
    pub fn steps(&self) -> &[Milestone] {
        &self.steps[..usize::from(self.len)]
    }

    /// Its milestones from `ordered` to the promised one, both included.
    pub fn to_promise(&self) -> &[Milestone] {
        &self.steps[..usize::from(self.place[self.promise])]
    }

    /// Its milestones from `ordered` to the given one; none where that is not on the route.
    pub fn until(&self, milestone: Milestone) -> &[Milestone] {
        &self.steps[..usize::from(self.place[milestone])]
    }

    /// Whether the workspace uses this milestone.
    pub fn has(&self, milestone: Milestone) -> bool {
        self.place[milestone] != 0
    }

    /// The department of the leg that ends at this milestone (of `ordered`, which ends none: the promising one).
    pub fn seat(&self, milestone: Milestone) -> Seat {
        self.seats[milestone]
    }

    /// The milestone that is promised.
    pub const fn promise(&self) -> Milestone {
        self.promise
    }

    /// The department that promises: it owns the promise gap.
    pub const fn promiser(&self) -> Seat {
        self.promiser
    }

    /// The milestone at which goods count as delivered: `delivered`, or the promised one where the workspace
    /// has no such milestone.
    pub fn delivery(&self) -> Milestone {
        if self.has(Milestone::Delivered) { Milestone::Delivered } else { self.promise }
    }

    /// The milestone whose week *Promise realism* counts in: `confirmed`, else `ordered`.
    pub fn confirmation(&self) -> Milestone {
        if self.has(Milestone::Confirmed) { Milestone::Confirmed } else { Milestone::Ordered }
    }

    /// The department that answers for a short delivery of goods that were produced in full: that of `shipped`,
    /// else of `delivered`, else of the promised milestone.
    pub fn logistics(&self) -> Seat {
        let milestone = [Milestone::Shipped, Milestone::Delivered].into_iter().find(|m| self.has(*m));
        self.seats[milestone.unwrap_or(self.promise)]
    }
}

/// Standard lead times in days, one for each leg (by the milestone that ends it).
pub type LeadTimes = PerMilestone<Option<i32>>;

/// Standards that were in force from a day on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandardSet {
    /// The first day they are in force; `None` is always.
    pub valid_from: Option<Day>,
    /// For every product without its own.
    pub default: LeadTimes,
    /// Per product group.
    pub groups: HashMap<String, LeadTimes>,
    /// Per product.
    pub products: HashMap<String, LeadTimes>,
}

/// Standard lead times: per product, else per product group, else the default, as in force on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standards {
    /// Oldest first.
    sets: Vec<StandardSet>,
}

/// No lead time is longer: it would be a typing error.
const STANDARD_MAX_DAYS: i32 = 36_500;

impl Standards {
    /// Standards from their dated sets, in any order. Of two sets of one day the later in the list counts.
    pub fn new(mut sets: Vec<StandardSet>) -> Self {
        sets.sort_by_key(|set| set.valid_from);
        Self { sets }
    }

    /// One undated set with only defaults.
    pub fn of_defaults(default: LeadTimes) -> Self {
        Self::new(vec![StandardSet { default, ..StandardSet::default() }])
    }

    /// The dated sets, oldest first.
    pub fn sets(&self) -> &[StandardSet] {
        &self.sets
    }

    /// What keeps these standards from being used with a route: every leg needs a default in every set, so that
    /// the plan of a journey exists whatever its product and its day.
    pub fn faults(&self, route: &Route) -> Vec<PlanFault> {
        let mut faults = Vec::new();
        for milestone in route.steps().iter().copied().skip(1) {
            if self.sets.is_empty() || self.sets.iter().any(|set| set.default[milestone].is_none()) {
                faults.push(PlanFault::NoStandard(milestone));
            }
        }
        for set in &self.sets {
            for times in set.groups.values().chain(set.products.values()).chain([&set.default]) {
                for milestone in Milestone::ALL {
                    if let Some(days) =
                        times[milestone].filter(|days| !(0..=STANDARD_MAX_DAYS).contains(days))
                    {
                        faults.push(PlanFault::StandardOutOfRange { milestone, days });
                    }
                }
            }
        }
        faults
    }

    /// The set in force on a day: the last that began by then, else the first of all (a journey older than the
    /// oldest standards is measured by those).
    pub fn in_force(&self, day: Day) -> Option<&StandardSet> {
        let begun = self.sets.partition_point(|set| set.valid_from.is_none_or(|from| from <= day));
        self.sets.get(begun.saturating_sub(1))
    }
}

impl StandardSet {
    /// The days of one leg: the product's, else its group's, else the default.
    pub fn days(
        &self,
        milestone: Milestone,
        product: Option<&LeadTimes>,
        group: Option<&LeadTimes>,
    ) -> Option<i32> {
        product
            .and_then(|times| times[milestone])
            .or_else(|| group.and_then(|times| times[milestone]))
            .or(self.default[milestone])
    }
}

/// What a plan is made from.
#[derive(Clone, Copy, Debug)]
pub struct PlanOf<'a> {
    /// The day it was ordered.
    pub ordered: Day,
    /// The day the promise was written, where that is known; it chooses the standards in force. Without it the
    /// ordered day does, never the day of the pull: rebuilding from the originals must give the same plan.
    pub written: Option<Day>,
    /// The product, as the source names it.
    pub product: Option<&'a str>,
    /// Its group.
    pub group: Option<&'a str>,
    /// The dues that the source gave when the promise was written.
    pub given: PerMilestone<Option<Day>>,
}

/// The planned end of each leg. `None` for milestones that are not on the route; where a leg has no standard and
/// the source no due (a route that [`Standards::faults`] complains about), from there on.
pub fn dues(
    route: &Route,
    standards: &Standards,
    calendar: &Calendar,
    of: &PlanOf<'_>,
) -> PerMilestone<Option<Day>> {
    let mut due = PerMilestone::default();
    due[Milestone::Ordered] = Some(of.ordered);
    let set = standards.in_force(of.written.unwrap_or(of.ordered));
    // Most workspaces have defaults only: no hashing then.
    let own = |times: fn(&StandardSet) -> &HashMap<String, LeadTimes>, name: Option<&str>| {
        set.map(times).filter(|times| !times.is_empty()).and_then(|times| times.get(name?))
    };
    let product = own(|set| &set.products, of.product);
    let group = own(|set| &set.groups, of.group);
    let mut before = Some(of.ordered);
    for milestone in route.steps().iter().copied().skip(1) {
        before = of.given[milestone].or_else(|| {
            let days = set?.days(milestone, product, group)?;
            Some(calendar.add(before?, days.clamp(0, STANDARD_MAX_DAYS)))
        });
        due[milestone] = before;
    }
    due
}
