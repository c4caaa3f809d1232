//! The customers that the journeys know, and what arrived there lately.

use std::collections::BTreeMap;

use plaza_domain::day::Day;
use plaza_domain::win::{CUSTOMER_DAYS, HeldLeg};

use super::propose::held_legs;
use crate::error::Result;
use crate::journey::pack::{unpack, unpack_journey};
use crate::journey::scan::each_stretch;
use crate::workspace::Workspace;

/// Customers that are offered: those with the most order lines. Any other name can be written.
const CUSTOMERS_MAX: usize = 1_000;

/// Order lines of a customer that are looked at for one win: with more of them every department held many, and a few
/// more change nothing.
const LINES_MAX: usize = 2_000;

/// A customer that orders were placed by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Customer {
    pub(crate) name: String,
    /// How many order lines.
    pub(crate) lines: u32,
}

/// The legs of a customer's order lines that arrived in the quarter of a year up to a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CustomerLegs {
    pub(crate) legs: Vec<HeldLeg>,
    /// Of how many order lines they are.
    pub(crate) lines: usize,
}

/// Whether two writings are one name: blanks at the ends and capitals do not tell customers apart.
fn is_same(one: &str, other: &str) -> bool {
    let one = one.trim();
    one.len() == other.len() && one == other || one.to_lowercase() == other.to_lowercase()
}

impl Workspace {
    /// The customers of all order lines by name, at most a thousand.
    pub(crate) fn customers(&self) -> Result<Vec<Customer>> {
        let counts = each_stretch(self, |view, from, to| {
            let mut counts: BTreeMap<String, u32> = BTreeMap::new();
            view.each_journey(from, to, |_, _, body| -> Result<()> {
                let name = unpack(body).map_or("", |(_, texts)| texts.customer.trim());
                match counts.get_mut(name) {
                    Some(count) => *count = count.saturating_add(1),
                    None if name.is_empty() => {}
                    None => {
                        counts.insert(name.to_owned(), 1);
                    }
                }
                Ok(())
            })?;
            Ok(counts)
        })?;
        let mut all: BTreeMap<String, u32> = BTreeMap::new();
        for (name, lines) in counts.into_iter().flatten() {
            let sum = all.entry(name).or_default();
            *sum = sum.saturating_add(lines);
        }
        let mut all: Vec<Customer> = all.into_iter().map(|(name, lines)| Customer { name, lines }).collect();
        if all.len() > CUSTOMERS_MAX {
            all.sort_by_key(|one| std::cmp::Reverse(one.lines));
            all.truncate(CUSTOMERS_MAX);
        }
        all.sort_by_cached_key(|one| one.name.to_lowercase());
        Ok(all)
    }

    /// What a win of a customer rests on where it names no orders: the lines that reached what was promised in the
    /// quarter of a year up to `on`.
    pub(crate) fn customer_legs(&self, customer: &str, on: Day) -> Result<CustomerLegs> {
        let contexts = crate::week::rules(self)?;
        let today = self.today()?;
        let (first, last) = (on.plus(-CUSTOMER_DAYS), on);
        let found = each_stretch(self, |view, from, to| {
            let mut found: Vec<Vec<HeldLeg>> = Vec::new();
            view.each_journey(from, to, |_, integration, body| -> Result<()> {
                let Some(context) = contexts.get(&integration) else { return Ok(()) };
                let mut rest = body;
                let Some(journey) = unpack_journey(&mut rest) else { return Ok(()) };
                let reached = journey.reached(context.kpi.route.promise(), today);
                // One look at a date is cheaper than reading the texts of every line.
                if found.len() >= LINES_MAX || !reached.is_some_and(|day| first < day && day <= last) {
                    return Ok(());
                }
                if unpack(body).is_some_and(|(_, texts)| is_same(texts.customer, customer)) {
                    found.push(held_legs(&journey, context, today));
                }
                Ok(())
            })?;
            Ok(found)
        })?;
        let lines: Vec<Vec<HeldLeg>> = found.into_iter().flatten().filter(|legs| !legs.is_empty()).collect();
        Ok(CustomerLegs { lines: lines.len(), legs: lines.into_iter().flatten().collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_capitals_do_not_tell_customers_apart_and_anything_else_does() {
        for (one, other, same) in [
            ("Meyer", "Meyer", true),
            (" Meyer ", "meyer", true),
            ("MÜLLER", "müller", true),
            ("Meyer", "Meier", false),
            ("Meyer", "Meyer GmbH", false),
            ("", "Meyer", false),
        ] {
            assert_eq!(is_same(one, other), same, "{one} {other}");
        }
    }
}
