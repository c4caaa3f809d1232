//! The order numbers that there are, for finding one by its beginning. Journeys are kept by a hash of their number,
//! which finds a whole number at once and says nothing about its beginning; so the numbers are gathered when somebody
//! searches, and kept, sorted, until the intake changes: some sixteen bytes an order.

use std::cmp::Ordering;
use std::sync::Arc;

use plaza_store::intake::View;

use super::key::OrderKey;
use super::pack::unpack;
use super::scan::each_stretch;
use crate::error::Result;
use crate::fresh::Fresh;
use crate::workspace::Workspace;

/// Bytes of numbers that are kept at most: ten million orders of twelve letters. Orders beyond are found by their
/// whole number only.
const BYTES_MAX: usize = 120 << 20;

/// One order: where its number begins in the text, how long it is, and its integration's number.
type Entry = (u32, u16, u16);

/// The order numbers of a workspace.
#[derive(Debug, Default)]
pub(crate) struct OrderNumbers {
    text: Vec<u8>,
    entries: Vec<Entry>,
}

/// The numbers as they were gathered last.
#[derive(Debug, Default)]
pub(crate) struct KnownNumbers(Fresh<(), OrderNumbers>);

impl KnownNumbers {
    /// The numbers of all orders.
    ///
    /// # Errors
    /// What the intake says.
    pub(crate) fn read(&self, workspace: &Workspace) -> Result<Arc<OrderNumbers>> {
        self.0.get(
            workspace,
            (),
            |_| true,
            || {
                let parts = each_stretch(workspace, gather)?;
                let mut all = OrderNumbers::default();
                for part in parts {
                    all.take(&part);
                }
                // Parts are sorted: runs that the stable sort only has to merge.
                let OrderNumbers { text, entries } = &mut all;
                entries.sort_by(|a, b| compare(number(text, *a), number(text, *b)));
                entries.shrink_to_fit();
                text.shrink_to_fit();
                Ok(all)
            },
        )
    }
}

/// The orders of one stretch of keys, sorted.
fn gather(view: View<'_>, from: i64, to: i64) -> Result<OrderNumbers> {
    let mut found = OrderNumbers::default();
    let mut last = None;
    view.each_journey(from, to, |key, integration, body| -> Result<()> {
        // Lines of an order lie side by side; one of them is enough.
        let order = OrderKey::of_journey(key);
        if last != Some(order)
            && let Some((_, texts)) = unpack(body)
        {
            last = Some(order);
            found.push(texts.order.as_bytes(), integration);
        }
        Ok(())
    })?;
    let OrderNumbers { text, entries } = &mut found;
    entries.sort_unstable_by(|a, b| compare(number(text, *a), number(text, *b)));
    Ok(found)
}

impl OrderNumbers {
    fn push(&mut self, order: &[u8], integration: i64) {
        let known = (u32::try_from(self.text.len()), u16::try_from(order.len()), u16::try_from(integration));
        if let (Ok(start), Ok(length), Ok(integration)) = known
            && self.text.len() + order.len() <= BYTES_MAX
        {
            self.text.extend_from_slice(order);
            self.entries.push((start, length, integration));
        }
    }

    fn take(&mut self, other: &Self) {
        for entry in &other.entries {
            self.push(number(&other.text, *entry), i64::from(entry.2));
        }
    }

    /// Orders whose number begins with `start`, whatever its case, in order, with their integrations' numbers; `max`
    /// at most.
    pub(crate) fn beginning_with(&self, start: &str, max: usize) -> Vec<(&str, i64)> {
        let start = start.as_bytes();
        let head = |entry: &Entry| {
            let order = number(&self.text, *entry);
            compare(order.get(..start.len()).unwrap_or(order), start)
        };
        let first = self.entries.partition_point(|entry| head(entry) == Ordering::Less);
        let rest = self.entries.get(first..).unwrap_or_default();
        let found = rest.iter().take_while(|entry| head(entry) == Ordering::Equal).take(max);
        found
            .filter_map(|entry| {
                Some((std::str::from_utf8(number(&self.text, *entry)).ok()?, i64::from(entry.2)))
            })
            .collect()
    }
}

fn number(text: &[u8], (start, length, _): Entry) -> &[u8] {
    let start = start as usize;
    text.get(start..start + usize::from(length)).unwrap_or_default()
}

/// By letters, whatever their case; order numbers have few others than those of ASCII.
fn compare(a: &[u8], b: &[u8]) -> Ordering {
    a.iter().map(u8::to_ascii_lowercase).cmp(b.iter().map(u8::to_ascii_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_found_by_their_beginning_whatever_its_case() {
        let mut numbers = OrderNumbers::default();
        for order in ["4711", "471", "so-12", "SO-1", "SO-2", "Ä1", "", "5"] {
            numbers.push(order.as_bytes(), 1);
        }
        let OrderNumbers { text, entries } = &mut numbers;
        entries.sort_by(|a, b| compare(number(text, *a), number(text, *b)));
        let found = |start: &str| -> Vec<&str> {
            numbers.beginning_with(start, 10).into_iter().map(|(order, _)| order).collect()
        };
        assert_eq!(found("471"), ["471", "4711"]);
        assert_eq!(found("So-1"), ["SO-1", "so-12"]);
        assert_eq!(found("Ä"), ["Ä1"]);
        assert_eq!(found("6"), Vec::<&str>::new());
        assert_eq!(found("47111111111111111111"), Vec::<&str>::new());
        assert_eq!(numbers.beginning_with("", 3).len(), 3);
    }
}
