//! The agenda drafts itself: which items fit, and in which order they stand.

use super::item::{AgendaItem, Section};

/// How long a meeting takes where nobody has said, minutes.
pub const MINUTES_DEFAULT: u32 = 60;

/// A draft: what fits, and what waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    /// What is on it, in its order.
    pub items: Vec<AgendaItem>,
    /// What waits in the queue, what presses most first.
    pub waiting: Vec<AgendaItem>,
}

/// Fills a meeting of `minutes` with what was found. The rules, in their order:
///
/// 1. What is on every agenda, what a person added or chose, and the closing round are on it, even where they are more
///    than fits: a person's word counts more than the clock.
/// 2. The item of each section that presses most gets a place, the sections in their order, so that no flood of one kind
///    drives out another: wins come first, whatever burns.
/// 3. Then whatever presses most ([`AgendaItem::urgency`]), the longest waiting first among equals, while it fits; a
///    shorter one may take the minutes that a longer one cannot use.
/// 4. The rest waits, in the order of rule 3.
pub fn draft(found: Vec<AgendaItem>, minutes: u32) -> Agenda {
    let mut left = i64::from(minutes);
    let mut agenda = Agenda::default();
    let (fixed, mut open): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|item| item.is_fixed() || item.section == Section::Close);
    for item in fixed {
        left -= i64::from(item.minutes);
        agenda.items.push(item);
    }
    open.sort_by(|one, other| {
        (other.urgency(), one.since, &one.item).cmp(&(one.urgency(), other.since, &other.item))
    });
    let (mut open, refused): (Vec<_>, Vec<_>) = open.into_iter().partition(|item| item.is_chosen.is_none());
    for section in Section::ALL {
        let first = open.iter().position(|item| item.section == section);
        if let Some(item) = first.and_then(|at| open.get(at)).filter(|item| i64::from(item.minutes) <= left) {
            let id = item.item.clone();
            left -= i64::from(item.minutes);
            let (taken, rest) = open.into_iter().partition(|item| item.item == id);
            open = rest;
            agenda.items.extend::<Vec<_>>(taken);
        }
    }
    for item in open {
        if i64::from(item.minutes) <= left {
            left -= i64::from(item.minutes);
            agenda.items.push(item);
        } else {
            agenda.waiting.push(item);
        }
    }
    agenda.waiting.extend(refused);
    order(&mut agenda.items);
    agenda
}

/// Puts items into the order in which they are taken: where a person moved one, it stands where they put it; the others
/// by section, then what presses most, then the longest waiting.
pub fn order(items: &mut [AgendaItem]) {
    items.sort_by(|one, other| natural(one).cmp(&natural(other)));
    // A rank names the place that an item had when it was moved, in steps of a thousand from the first place on; the
    // closing round ends every meeting.
    let mut placed: Vec<(i64, usize)> = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let natural = (place as i64 + 1) * 1_000;
        placed.push((item.rank.unwrap_or(natural), place));
    }
    placed.sort_unstable();
    let sorted: Vec<AgendaItem> =
        placed.into_iter().filter_map(|(_, place)| items.get(place).cloned()).collect();
    items.clone_from_slice(&sorted);
    items.sort_by_key(|item| item.section == Section::Close);
}

fn natural(item: &AgendaItem) -> (Section, std::cmp::Reverse<u32>, crate::day::Day, &str) {
    (item.section, std::cmp::Reverse(item.urgency()), item.since, item.item.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;
    use crate::meeting::{Reason, Subject};
    use proptest::prelude::*;

    fn item(name: &str, section: Section, reason: Reason) -> AgendaItem {
        let mut item = AgendaItem::found(section, Subject::Own, reason, Day(0));
        item.item = name.into();
        item
    }

    fn names(items: &[AgendaItem]) -> Vec<&str> {
        items.iter().map(|item| item.item.as_str()).collect()
    }

    #[test]
    fn every_section_gets_its_most_pressing_item_before_any_gets_a_second() {
        let found = vec![
            item("signal-1", Section::See, Reason::SignalFound),
            item("signal-2", Section::See, Reason::SignalUntaken { working_days: 4 }),
            item("win", Section::Wins, Reason::Improved),
            item("flag", Section::Concerns, Reason::Flagged),
        ];
        let agenda = draft(found, 15);
        assert_eq!(names(&agenda.items), ["win", "signal-2", "flag"]);
        assert_eq!(names(&agenda.waiting), ["signal-1"]);
    }

    #[test]
    fn a_persons_word_counts_more_than_the_clock() {
        let mut kept_out = item("win", Section::Wins, Reason::Improved);
        kept_out.is_chosen = Some(false);
        let mut wanted = item("flag", Section::Concerns, Reason::Flagged);
        wanted.is_chosen = Some(true);
        let agenda = draft(vec![kept_out, wanted, item("mine", Section::Close, Reason::Added)], 1);
        assert_eq!(names(&agenda.items), ["flag", "mine"]);
        assert_eq!(names(&agenda.waiting), ["win"]);
    }

    #[test]
    fn what_was_carried_over_presses_more() {
        let mut old = item("old", Section::Concerns, Reason::Flagged);
        old.carried = 2;
        let agenda = draft(vec![item("new", Section::Concerns, Reason::Flagged), old], 5);
        assert_eq!(names(&agenda.items), ["old"]);
    }

    #[test]
    fn what_a_person_moved_stands_where_they_put_it_and_the_round_ends_it_all() {
        let mut items = vec![
            item("a", Section::Wins, Reason::Improved),
            item("b", Section::See, Reason::SignalFound),
            item("c", Section::Concerns, Reason::Flagged),
            item("round", Section::Close, Reason::Standing),
        ];
        items[2].rank = Some(500);
        order(&mut items);
        assert_eq!(names(&items), ["c", "a", "b", "round"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_only_a_persons_word_breaks_the_clock(
            kinds in prop::collection::vec((0usize..6, 0u8..4, prop::option::of(any::<bool>()), 1u32..20), 0..30),
            minutes in 0u32..120,
        ) {
            let found: Vec<_> = kinds.iter().enumerate().map(|(nth, (section, reason, chosen, minutes))| {
                let reason = match reason {
                    0 => Reason::Flagged,
                    1 => Reason::SignalFound,
                    2 => Reason::Added,
                    _ => Reason::NeedAsked,
                };
                let mut item = item(&nth.to_string(), Section::ALL[*section], reason);
                item.is_chosen = *chosen;
                item.minutes = *minutes;
                item
            }).collect();
            let agenda = draft(found.clone(), minutes);
            let mut all: Vec<_> = agenda.items.iter().chain(&agenda.waiting).map(|item| item.item.clone()).collect();
            all.sort();
            let mut given: Vec<_> = found.iter().map(|item| item.item.clone()).collect();
            given.sort();
            prop_assert_eq!(all, given);
            let fixed: u32 = agenda.items.iter().filter(|item| item.is_fixed()).map(|item| item.minutes).sum();
            let total: u32 = agenda.items.iter().map(|item| item.minutes).sum();
            prop_assert!(total <= minutes.max(fixed));
            prop_assert!(agenda.waiting.iter().all(|item| !item.is_fixed()));
        }
    }
}
