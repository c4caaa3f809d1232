//! The visits of a person, read by two programs that do not know each other, and what a calendar makes of one file after another.

use std::collections::BTreeMap;

use plaza_domain::day::Day;
use plaza_engine::page::rotation::{SwapForm, VisitView};
use plaza_engine::words::Language;
use serde_json::Value;

use crate::calendar::read;
use crate::rotating::Company;

/// What a calendar holds that takes an entry with a higher number for a newer word about the same entry, and takes out what is
/// cancelled.
#[derive(Default)]
struct Held {
    entries: BTreeMap<String, (u64, Value)>,
}

impl Held {
    /// Imports a person's file; answers how many entries it changed.
    fn import(&mut self, company: &Company, reader: &str, person: &str) -> usize {
        let file = company.bench.files.path().join("visits.ics");
        company.bench.workspace.export_visits(&person.into(), Language::En, &file).unwrap();
        let mut changed = 0;
        for event in read(reader, &file)["events"].as_array().unwrap() {
            let uid = event["uid"].as_str().unwrap().to_owned();
            let sequence = event["sequence"].as_u64().unwrap();
            let is_news = self.entries.get(&uid).is_none_or(|(known, held)| {
                assert!(
                    sequence > *known || (sequence == *known && event == held),
                    "{reader}: an entry that changed has a higher number: {held} then {event}"
                );
                sequence > *known
            });
            if is_news {
                self.entries.insert(uid, (sequence, event.clone()));
                changed += 1;
            }
        }
        changed
    }

    /// First and last day of what is not cancelled.
    fn days(&self) -> Vec<(String, String)> {
        let standing = self.entries.values().filter(|(_, event)| event["status"] != "CANCELLED");
        let mut days: Vec<_> = standing
            .map(|(_, event)| {
                let end: Day = event["end"].as_str().expect("a day, no moment").parse().unwrap();
                (event["start"].as_str().unwrap().to_owned(), end.plus(-1).to_string())
            })
            .collect();
        days.sort();
        days
    }
}

fn told(
    company: &Company,
    rotation: &plaza_domain::event::RotationId,
    person: &str,
) -> Vec<(String, String)> {
    let own = company.planned(rotation).into_iter().filter(|visit| visit.visitor == person);
    let mut days: Vec<_> = own.map(|visit: VisitView| (visit.from, visit.until)).collect();
    days.sort();
    days
}

/// Every calendar that had the files before holds after each change what the plan says, and nothing else.
#[test]
fn two_programs_follow_visits_that_move_change_hands_and_are_cancelled() {
    let company = Company::new();
    let rotation = company.published();
    let people: Vec<String> = company.people.iter().map(|(_, person)| person.to_string()).collect();
    let mut held: BTreeMap<(&str, &str), Held> = BTreeMap::new();
    let mut import = |what: &str| {
        let mut changed = 0;
        for reader in ["icalendar", "vobject"] {
            for person in &people {
                let calendar = held.entry((reader, person)).or_default();
                changed += calendar.import(&company, reader, person);
                assert_eq!(calendar.days(), told(&company, &rotation, person), "{what}: {reader}, {person}");
            }
        }
        changed
    };
    let visits = company.planned(&rotation);
    assert_eq!(import("published"), 2 * visits.len());
    assert_eq!(import("nothing happened"), 0);

    // Somebody falls ill: their entry is another one, everybody else's are what they were.
    let ill = visits.last().unwrap();
    company.absent(&ill.visitor, &ill.from, &ill.until).unwrap();
    company.publish(&company.remade(&rotation), "Somebody is ill").unwrap();
    let changed = import("planned anew");
    assert!((2..=4).contains(&changed), "{changed} entries of one visit, by two programs");

    // Two people of different homes change places: each has the other's visit, and not their own any more.
    let visits = company.planned(&rotation);
    let swap = visits.iter().flat_map(|one| visits.iter().map(move |other| (one, other))).find_map(
        |(one, other)| {
            if one.home >= other.home || one.host != other.host {
                return None;
            }
            let form = SwapForm {
                rotation: rotation.to_string(),
                one: one.placement.clone(),
                other: other.placement.clone(),
                reason: "A wedding".into(),
            };
            let asked = company.as_("sales-0", |one| one.bench.workspace.ask_swap(&form, Language::En));
            asked.ok().map(|swap| (one.home.clone(), other.home.clone(), swap))
        },
    );
    let (one, other, swap) = swap.expect("two can change places");
    assert_eq!(import("asked, not accepted"), 0);
    for home in [one, other] {
        let head = format!("{home}-0");
        company
            .as_(&head, |company| {
                company.bench.workspace.answer_swap(&rotation, &swap, true, "", Language::En)
            })
            .unwrap();
    }
    assert_eq!(import("changed places"), 2 * 4, "two visits, each in two calendars");

    let visit = company.planned(&rotation)[0].clone();
    company.as_("sales-0", |one| one.cancel(&rotation, &visit, "The line stands still")).unwrap();
    assert!(import("cancelled") >= 2);
    company.as_("sales-0", |one| one.bench.workspace.end_rotation(&rotation, "Nobody has the time")).unwrap();
    assert!(import("ended") > 0);
    assert!(told(&company, &rotation, &people[0]).is_empty());
}
