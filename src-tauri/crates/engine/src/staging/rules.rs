//! The rules that one row is held against, prepared for a file.

use plaza_domain::day::Day;
use plaza_domain::journey::{MILESTONES, Milestone};
use plaza_domain::record::{Field, FieldKind};

use super::finding::{Finding, Rule};
use super::limits::{AHEAD_DAYS, EARLIEST, LONGEST_DAYS};
use crate::integration::{RuleTable, Severity, Stream};
use crate::journey::odd::slack;

/// The rules of one stream on one day.
#[derive(Clone, Debug)]
pub struct RowRules {
    /// Today in the workspace's zone.
    pub today: Day,
    earliest: Day,
    latest_plan: Day,
    longest_days: i32,
    required: u64,
    ranges: Vec<(Field, Option<i64>, Option<i64>)>,
    severities: [Severity; Rule::ALL.len()],
    route: Vec<Milestone>,
    tolerance_per_mille: i64,
}

/// The numbers of one row while it is read: one for each field.
#[derive(Clone, Copy, Debug)]
pub struct RowNumbers {
    known: u64,
    numbers: [i64; Field::ALL.len()],
}

impl Default for RowNumbers {
    fn default() -> Self {
        Self { known: 0, numbers: [0; Field::ALL.len()] }
    }
}

impl RowNumbers {
    /// Forgets the row before.
    pub fn clear(&mut self) {
        self.known = 0;
    }

    /// Notes a number.
    pub fn set(&mut self, field: Field, number: i64) {
        self.known |= 1 << field as u64;
        self.numbers[field as usize] = number;
    }

    /// Notes that a text is there.
    pub fn set_text(&mut self, field: Field) {
        self.known |= 1 << field as u64;
    }

    /// The number of a field.
    pub fn get(&self, field: Field) -> Option<i64> {
        (self.known & (1 << field as u64) != 0).then(|| self.numbers[field as usize])
    }
}

const ACTUALS: [Field; MILESTONES] = [
    Field::Ordered,
    Field::Confirmed,
    Field::Produced,
    Field::Shipped,
    Field::Delivered,
    Field::Invoiced,
    Field::Paid,
];

const PLANS: [Field; 9] = [
    Field::ConfirmedDue,
    Field::ProducedDue,
    Field::ShippedDue,
    Field::DeliveredDue,
    Field::InvoicedDue,
    Field::PaidDue,
    Field::Requested,
    Field::Promised,
    Field::Agreed,
];

const EXCEPTIONS: [Field; 4] = [Field::CancelledOn, Field::ReturnedOn, Field::CreditedOn, Field::DisputedOn];

const QUANTITIES: [Field; 6] = [
    Field::OrderedQuantity,
    Field::ProducedQuantity,
    Field::ShippedQuantity,
    Field::DeliveredQuantity,
    Field::ReturnedQuantity,
    Field::CancelledQuantity,
];

impl RowRules {
    /// The rules of a stream whose milestones come in the order of `route` (`ordered` first).
    pub fn new(
        rules: &RuleTable,
        stream: &Stream,
        route: &[Milestone],
        tolerance_per_mille: i64,
        today: Day,
    ) -> Self {
        let mut required = 1 << Field::Order as u64;
        // A stream with an order date is the one that journeys begin with.
        for field in rules.required.iter().chain([&Field::Ordered, &Field::Line]) {
            if stream.fields.contains_key(field) {
                required |= 1 << *field as u64;
            }
        }
        let scale = |field: Field, bound: Option<f64>| {
            let unit = if field.kind() == FieldKind::Money { 100.0 } else { 1000.0 };
            bound.map(|bound| (bound * unit).round() as i64)
        };
        let days =
            |days: Option<u32>, default: u32| i32::try_from(days.unwrap_or(default)).unwrap_or(i32::MAX / 4);
        Self {
            today,
            earliest: rules.earliest.unwrap_or(EARLIEST),
            latest_plan: Day(today.0.saturating_add(days(rules.ahead_days, AHEAD_DAYS))),
            longest_days: days(rules.longest_days, LONGEST_DAYS),
            required,
            ranges: rules
                .range
                .iter()
                .map(|(field, range)| (*field, scale(*field, range.min), scale(*field, range.max)))
                .collect(),
            severities: Rule::ALL.map(|rule| rule.severity(rules)),
            route: route.to_vec(),
            tolerance_per_mille,
        }
    }

    /// The same, for rows that only add to another's orders: when those were ordered is not for them to say.
    #[must_use]
    pub fn adding(mut self) -> Self {
        self.required &= !(1 << Field::Ordered as u64);
        self
    }

    /// What happens to a row that breaks a rule.
    pub fn severity(&self, rule: Rule) -> Severity {
        self.severities[rule as usize]
    }

    /// Whether a field must not be empty.
    pub fn requires(&self, field: Field) -> bool {
        self.required & (1 << field as u64) != 0
    }

    /// Holds the numbers of a row against the rules.
    pub fn check(&self, row: &RowNumbers, findings: &mut Vec<Finding>) {
        let missing = self.required & !row.known;
        if missing != 0 && self.severity(Rule::Required) != Severity::Off {
            let fields = Field::ALL.into_iter().filter(|field| missing & (1 << *field as u64) != 0);
            findings.extend(fields.map(|field| Finding::Required { field }));
        }
        if self.severity(Rule::DatePlausibility) != Severity::Off {
            self.check_dates(row, findings);
        }
        if self.severity(Rule::NegativeQuantity) != Severity::Off {
            for field in QUANTITIES {
                if let Some(quantity) = row.get(field).filter(|quantity| *quantity < 0) {
                    findings.push(Finding::NegativeQuantity { field, quantity });
                }
            }
        }
        if self.severity(Rule::Range) != Severity::Off {
            for (field, min, max) in &self.ranges {
                let Some(number) = row.get(*field) else { continue };
                if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
                    findings.push(Finding::Range { field: *field, number, min: *min, max: *max });
                }
            }
        }
        if self.severity(Rule::MilestoneOrder) != Severity::Off {
            self.check_order(row, findings);
        }
        if self.severity(Rule::QuantityOrder) != Severity::Off {
            self.check_quantities(row, findings);
        }
    }

    fn check_dates(&self, row: &RowNumbers, findings: &mut Vec<Finding>) {
        let ordered = row.get(Field::Ordered).map(|day| Day(day as i32));
        let mut check = |field: Field, happened: bool| {
            let Some(day) = row.get(field).map(|day| Day(day as i32)) else { return };
            if day < self.earliest {
                findings.push(Finding::TooEarly { field, day, earliest: self.earliest });
            } else if happened && day > self.today {
                findings.push(Finding::InFuture { field, day, today: self.today });
            } else if !happened && day > self.latest_plan {
                findings.push(Finding::TooFarAhead { field, day, latest: self.latest_plan });
            } else if let Some(ordered) = ordered
                && (day - ordered).abs() > self.longest_days
            {
                let longest_days = self.longest_days;
                findings.push(Finding::TooFarFromOrder { field, day, ordered, longest_days });
            }
        };
        for field in ACTUALS.into_iter().chain(EXCEPTIONS) {
            check(field, true);
        }
        for field in PLANS {
            check(field, false);
        }
    }

    fn check_order(&self, row: &RowNumbers, findings: &mut Vec<Finding>) {
        let mut last: Option<(Milestone, Day)> = None;
        for milestone in self.route.iter().rev().copied() {
            let Some(on) = row.get(ACTUALS[milestone as usize]).map(|day| Day(day as i32)) else { continue };
            match last {
                Some((later, later_on)) if on > later_on => {
                    findings.push(Finding::MilestoneOrder { milestone, on, later, later_on });
                }
                _ => last = Some((milestone, on)),
            }
        }
    }

    fn check_quantities(&self, row: &RowNumbers, findings: &mut Vec<Finding>) {
        // Deliveries of several rows add up; here only what one row says of itself.
        let steps = [Field::OrderedQuantity, Field::ShippedQuantity, Field::DeliveredQuantity];
        for pair in [(steps[0], steps[1]), (steps[1], steps[2]), (steps[0], steps[2])] {
            let (Some(limit), Some(quantity)) = (row.get(pair.0), row.get(pair.1)) else { continue };
            let ordered = row.get(Field::OrderedQuantity).unwrap_or(limit);
            if quantity > limit.saturating_add(slack(ordered, self.tolerance_per_mille)) {
                findings.push(Finding::QuantityOrder { field: pair.1, quantity, limit_field: pair.0, limit });
                return;
            }
        }
    }
}
