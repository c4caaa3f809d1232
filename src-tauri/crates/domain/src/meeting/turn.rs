//! Whose turn it is to facilitate.

use std::collections::BTreeMap;

use crate::day::Week;
use crate::person::PersonId;

/// How often somebody facilitated, and when last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Who.
    pub person: PersonId,
    /// How often.
    pub times: u32,
    /// The week of the last time.
    pub last: Option<Week>,
}

/// Who is next, and who after them: whoever has not facilitated for the longest time, those who never did first, then in
/// the order of the list. `held` is who facilitated in which week. Counting times instead would ask a newcomer week after
/// week until they had caught up with years.
pub fn next_facilitators(list: &[PersonId], held: &[(Week, PersonId)]) -> Vec<Turn> {
    let mut known: BTreeMap<&PersonId, (u32, Option<Week>)> = BTreeMap::new();
    for (week, person) in held {
        let entry = known.entry(person).or_insert((0, None));
        entry.0 += 1;
        entry.1 = entry.1.max(Some(*week));
    }
    let mut turns: Vec<Turn> = list
        .iter()
        .map(|person| {
            let (times, week) = known.get(person).copied().unwrap_or((0, None));
            Turn { person: person.clone(), times, last: week }
        })
        .collect();
    turns.sort_by_key(|turn| turn.last);
    turns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[&str]) -> Vec<PersonId> {
        names.iter().map(|name| PersonId((*name).to_owned())).collect()
    }

    #[test]
    fn fifty_two_weeks_are_shared_evenly_and_nobody_twice_in_a_row() {
        let list = people(&["a", "b", "c", "d"]);
        let mut held: Vec<(Week, PersonId)> = Vec::new();
        for week in 0..52 {
            let next = next_facilitators(&list, &held).remove(0).person;
            assert_ne!(Some(&next), held.last().map(|(_, person)| person));
            held.push((Week(week), next));
        }
        assert!(next_facilitators(&list, &held).iter().all(|turn| turn.times == 13));
    }

    #[test]
    fn a_newcomer_is_next_once_and_not_until_they_have_caught_up() {
        let mut list = people(&["a", "b"]);
        let mut held: Vec<(Week, PersonId)> =
            (0..20).map(|week| (Week(week), list[(week % 2) as usize].clone())).collect();
        list.push(PersonId("new".into()));
        let mut asked = Vec::new();
        for week in 20..26 {
            let next = next_facilitators(&list, &held).remove(0).person;
            asked.push(next.0.clone());
            held.push((Week(week), next));
        }
        assert_eq!(asked, ["new", "a", "b", "new", "a", "b"]);
    }
}
