//! What is odd about a journey as a whole, whatever each of its rows says by itself, and keeps nothing out.

use plaza_domain::journey::Journey;
use plaza_domain::journey::assemble::{Assembled, Exception};
use plaza_domain::record::Field;

use crate::integration::{RuleTable, Severity};
use crate::staging::{Finding, Rule};

/// Milestones out of order and quantities beyond their limits, over all rows of the journey, unless their rules are off.
pub(crate) fn odd(
    assembled: &Assembled<'_>,
    tolerance_permille: i64,
    rules: &RuleTable,
    mut note: impl FnMut(Finding),
) {
    if Rule::MilestoneOrder.severity(rules) != Severity::Off {
        for exception in &assembled.exceptions {
            if let Exception::OutOfOrder { milestone, on, later, later_on } = *exception {
                note(Finding::MilestoneOrder { milestone, on, later, later_on });
            }
        }
    }
    if Rule::QuantityOrder.severity(rules) != Severity::Off
        && let Some(finding) = quantities(&assembled.journey, tolerance_permille)
    {
        note(finding);
    }
}

/// Delivered ≤ shipped ≤ ordered, within the tolerance.
fn quantities(journey: &Journey, tolerance_permille: i64) -> Option<Finding> {
    let ordered = journey.ordered_quantity?;
    let slack = slack(ordered, tolerance_permille);
    let (shipped, delivered) = (journey.shipped_quantity, journey.delivered_quantity);
    let pairs = [
        (Field::ShippedQuantity, shipped, Field::OrderedQuantity, Some(ordered)),
        (Field::DeliveredQuantity, delivered, Field::ShippedQuantity, shipped),
        (Field::DeliveredQuantity, delivered, Field::OrderedQuantity, Some(ordered)),
    ];
    pairs.into_iter().find_map(|(field, quantity, limit_field, limit)| {
        let (quantity, limit) = (quantity?, limit?);
        let finding = Finding::QuantityOrder { field, quantity, limit_field, limit };
        (quantity > limit.saturating_add(slack)).then_some(finding)
    })
}

/// How much more than ordered is still no more, thousandths.
pub(crate) const fn slack(ordered: i64, tolerance_permille: i64) -> i64 {
    ordered.saturating_abs().saturating_mul(tolerance_permille) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tolerance_is_a_share_of_what_was_ordered_however_little_that_is() {
        for (ordered, permille, expected) in [(10_000, 5, 50), (500, 100, 50), (-500, 100, 50), (1, 1, 0)] {
            assert_eq!(slack(ordered, permille), expected);
        }
        assert_eq!(slack(i64::MAX, 1000), i64::MAX / 1000);
    }
}
