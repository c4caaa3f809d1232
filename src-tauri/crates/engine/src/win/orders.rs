//! The order lines behind a win: as a person writes them, and as they are found.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::event::WinOrder;
use plaza_domain::win::ORDERS_MAX;
use plaza_store::intake::View;

use crate::error::{EngineError, Result};
use crate::journey::context::JourneyContext;
use crate::journey::key::OrderKey;
use crate::journey::order::{Found, find_by};
use crate::journey::pack::unpack;
use crate::workspace::Workspace;

/// An order line behind a win, with what is here of it.
#[derive(Clone, Debug)]
pub(crate) struct OrderOfWin {
    pub(crate) order: WinOrder,
    /// Nothing on a device that did not pull it, and for a line that its system has not any more.
    pub(crate) found: Option<Found>,
}

/// Order lines that a person means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meant {
    pub(super) orders: BTreeSet<WinOrder>,
    /// The customer of all of them, where they agree; empty where they do not, or where some were not looked up.
    pub(super) customer: String,
}

/// A line that a word may mean.
struct Line {
    order: WinOrder,
    customer: String,
}

/// Order lines as a person writes them, the system named where two have one number.
pub(crate) fn written(orders: &[WinOrder]) -> String {
    words_of(orders).into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(", ")
}

fn words_of(orders: &[WinOrder]) -> Vec<(String, &WinOrder)> {
    let word = |one: &WinOrder| {
        let is_twice = orders.iter().any(|other| {
            other.system != one.system && (&other.order, &other.line) == (&one.order, &one.line)
        });
        let system = if is_twice { format!("{}: ", one.system) } else { String::new() };
        format!("{system}{}/{}", one.order, one.line)
    };
    orders.iter().map(|one| (word(one), one)).collect()
}

impl Workspace {
    /// Orders as a person writes them: `4711/2` for a line, `4711` for all lines of an order, `shop: 4711/2` for those of one
    /// system; a comma between two. A word that stands on the win already means what it meant: rows stay on the device that
    /// pulled them, and another one has nothing to look it up in.
    pub(super) fn orders_meant(&self, text: &str, known: &[WinOrder]) -> Result<Meant> {
        if text.trim() == written(known) {
            return Ok(Meant { orders: known.iter().cloned().collect(), customer: String::new() });
        }
        let stand: BTreeMap<String, &WinOrder> = words_of(known).into_iter().collect();
        let contexts = crate::week::rules(self)?;
        let reader = self.intake_reader()?;
        let mut meant = Meant::default();
        let mut customers: BTreeSet<String> = BTreeSet::new();
        let mut all_looked_up = true;
        for word in text.split([',', ';', '\n']).map(str::trim).filter(|word| !word.is_empty()) {
            if let Some(order) = stand.get(word) {
                meant.orders.insert((*order).clone());
                all_looked_up = false;
            } else {
                for line in only(word, lines_of(&contexts, reader.view(), word)?)? {
                    meant.orders.insert(line.order);
                    customers.insert(line.customer.trim().to_owned());
                }
            }
            if meant.orders.len() > ORDERS_MAX {
                let words = format!("name at most {ORDERS_MAX} order lines");
                return Err(EngineError::invalid("orders", words));
            }
        }
        customers.remove("");
        if let (true, 1, Some(customer)) = (all_looked_up, customers.len(), customers.pop_first()) {
            meant.customer = customer;
        }
        Ok(meant)
    }

    /// The order lines of a win with what is here of each.
    pub(crate) fn orders_of_win(&self, orders: &[WinOrder]) -> Result<Vec<OrderOfWin>> {
        if orders.is_empty() {
            return Ok(Vec::new());
        }
        let contexts = crate::week::rules(self)?;
        let reader = self.intake_reader()?;
        let look = |order: &WinOrder| {
            let all = find_by(&contexts, reader.view(), &order.order, &order.line)?;
            let found = all.into_iter().find(|one| one.context.system == order.system);
            Ok(OrderOfWin { order: order.clone(), found })
        };
        orders.iter().map(look).collect()
    }
}

/// The lines of the one system that a word means.
fn only(word: &str, systems: BTreeMap<String, Vec<Line>>) -> Result<Vec<Line>> {
    if systems.len() > 1 {
        let names: Vec<&str> = systems.keys().map(String::as_str).collect();
        let example = names.first().map(|name| format!("{name}: {word}")).unwrap_or_default();
        let words = format!(
            "“{word}” stands in several systems: {}. Say which one, as in “{example}”",
            names.join(", ")
        );
        return Err(EngineError::invalid("orders", words));
    }
    let lines = systems.into_values().next();
    lines.ok_or_else(|| EngineError::invalid("orders", format!("there is no order “{word}” here")))
}

/// The lines that a word may mean, by system. The number itself may hold a stroke or a colon, so the whole word is looked
/// for first, then as a line, then in the system that it begins with.
fn lines_of(
    contexts: &BTreeMap<i64, JourneyContext>,
    view: View<'_>,
    word: &str,
) -> Result<BTreeMap<String, Vec<Line>>> {
    let found = lines_in(contexts.values(), view, word)?;
    if !found.is_empty() {
        return Ok(found);
    }
    let mut best = BTreeMap::new();
    for context in contexts.values() {
        let Some(rest) = in_system(word, &context.system) else { continue };
        best.extend(lines_in([context], view, rest)?);
    }
    Ok(best)
}

/// What follows the name of a system and a colon.
fn in_system<'a>(word: &'a str, system: &str) -> Option<&'a str> {
    let mut at = word.match_indices(':');
    at.find_map(|(at, _)| {
        let (name, rest) = (word.get(..at)?, word.get(at + 1..)?);
        (name.trim().to_lowercase() == system.trim().to_lowercase()).then(|| rest.trim())
    })
}

fn lines_in<'a>(
    contexts: impl IntoIterator<Item = &'a JourneyContext> + Clone,
    view: View<'_>,
    word: &str,
) -> Result<BTreeMap<String, Vec<Line>>> {
    let mut systems = BTreeMap::new();
    for context in contexts.clone() {
        let lines = lines(context, view, word, None)?;
        if !lines.is_empty() {
            systems.insert(context.system.clone(), lines);
        }
    }
    if let (true, Some((order, line))) = (systems.is_empty(), word.rsplit_once('/')) {
        for context in contexts {
            let lines = lines(context, view, order.trim(), Some(line.trim()))?;
            if !lines.is_empty() {
                systems.insert(context.system.clone(), lines);
            }
        }
    }
    Ok(systems)
}

/// The lines of an order in a system, or the one that is named.
fn lines(context: &JourneyContext, view: View<'_>, order: &str, line: Option<&str>) -> Result<Vec<Line>> {
    let key = OrderKey::of(&context.system, order);
    let mut lines = Vec::new();
    view.each_journey(key.whole(), key.last(), |_, _, body| -> Result<()> {
        // Another order's key may be the same by chance.
        let texts = unpack(body).map(|(_, texts)| texts);
        if let Some(texts) =
            texts.filter(|texts| texts.order == order && line.is_none_or(|line| texts.line == line))
        {
            lines.push(Line {
                order: WinOrder {
                    system: context.system.clone(),
                    order: order.to_owned(),
                    line: texts.line.to_owned(),
                },
                customer: texts.customer.to_owned(),
            });
        }
        Ok(())
    })?;
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(system: &str, line: &str) -> WinOrder {
        WinOrder { system: system.into(), order: "4711".into(), line: line.into() }
    }

    #[test]
    fn a_system_is_named_only_where_two_have_one_number() {
        assert_eq!(written(&[]), "");
        assert_eq!(written(&[order("ERP", "1"), order("shop", "2")]), "4711/1, 4711/2");
        assert_eq!(written(&[order("ERP", "1"), order("shop", "1")]), "ERP: 4711/1, shop: 4711/1");
    }

    #[test]
    fn a_word_begins_with_a_system_or_it_does_not() {
        assert_eq!(in_system("shop: 4711/2", "Shop"), Some("4711/2"));
        assert_eq!(in_system("SAP: DE : 4711", "sap: de"), Some("4711"));
        assert_eq!(in_system("shop 4711", "shop"), None);
        assert_eq!(in_system("workshop: 4711", "shop"), None);
    }
}
