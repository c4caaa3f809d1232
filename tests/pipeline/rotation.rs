//! Rotations, from a program to what people brought home. Bad inputs first.

mod away;
mod change;
mod company;
mod planner;
mod right;
mod taken_up;
mod told;
mod wish;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use plaza_domain::event::{VisitLength, VisitMust, VisitWish, WeekCapacity, WeekSpan};
use plaza_domain::person::PersonId;
use plaza_engine::error::EngineError;
use plaza_engine::page::rotation::{DebriefForm, LearnedPage, RotationList, SwapForm, VisitView};
use plaza_engine::page::thread::Found;
use plaza_engine::pull::{Unwatched, Watch};
use plaza_engine::rotation::propose;
use plaza_engine::words::Language;

use self::company::{Company, DEPARTMENTS, fields};
use crate::bench::TODAY;

#[test]
fn a_program_that_cannot_be_meant_names_each_field() {
    let company = Company::new();
    let span =
        |first: &str, last: &str| WeekSpan { first: first.parse().unwrap(), last: last.parse().unwrap() };
    let nobody = PersonId("nobody".into());
    assert_eq!(company.refused(|one| one.name = " ".into()), ["name"]);
    assert_eq!(company.refused(|one| one.question = "\n ".into()), ["question"]);
    assert_eq!(company.refused(|one| one.weeks = 0), ["weeks", "length"]);
    assert_eq!(company.refused(|one| one.weeks = 105), ["weeks"]);
    assert_eq!(company.refused(|one| one.length = VisitLength::Days(5)), ["length"]);
    assert_eq!(company.refused(|one| one.length = VisitLength::Weeks(13)), ["length"]);
    assert_eq!(company.refused(|one| one.period_weeks = 0), ["period_weeks"]);
    assert_eq!(company.refused(|one| one.due = 3), ["due"]);
    assert_eq!(company.refused(|one| one.pairs.clear()), ["pairs"]);
    assert_eq!(company.refused(|one| one.pairs[0].host = one.pairs[0].home.clone()), ["pairs"]);
    assert_eq!(company.refused(|one| one.pairs.push(one.pairs[0].clone())), ["pairs"]);
    assert_eq!(company.refused(|one| one.closed.push(span("2026-W20", "2026-W19"))), ["closed"]);
    assert_eq!(company.refused(|one| one.stays_home.push(nobody.clone())), ["stays_home"]);
    assert_eq!(company.refused(|one| one.buddies.push(vec![company.person("sales-1")])), ["buddies"]);
    let wish =
        VisitWish { person: company.person("sales-1"), host: "production".parse().unwrap(), strength: 4 };
    assert_eq!(company.refused(|one| one.wishes.push(wish)), ["wishes"]);
    let must =
        VisitMust { home: "sales".parse().unwrap(), person: None, host: "sales".parse().unwrap(), least: 1 };
    assert_eq!(company.refused(|one| one.must.push(must)), ["must"]);
    assert_eq!(company.refused(|one| (one.due, one.period_weeks) = (9, 0)), ["period_weeks", "due"]);
    let list = RotationList::read(&company.bench.workspace, Language::En).unwrap();
    assert!(list.rotations.is_empty(), "what is refused leaves no trace");
}

#[test]
fn only_heads_and_facilitators_plan() {
    let company = Company::new();
    let program = company.program();
    let saved = company.as_("sales-1", |company| company.bench.workspace.save_rotation(&program));
    assert_eq!(fields(saved), ["profile"]);
    let rotation = company.saved(|_| {});
    let proposed = company.as_("sales-1", |company| {
        propose(&company.bench.workspace, &rotation, Language::En, &Unwatched::default())
    });
    assert_eq!(fields(proposed), ["profile"]);
    let proposed = company.proposed(&rotation);
    let published =
        company.as_("sales-1", |company| company.bench.workspace.publish_rotation(&proposed, 0, ""));
    assert_eq!(fields(published), ["profile"]);
}

#[test]
fn absences_that_cannot_be_meant_are_refused() {
    let company = Company::new();
    let ada = company.person("sales-1").to_string();
    assert_eq!(fields(company.absent("nobody", "2026-05-04", "2026-05-08")), ["person"]);
    assert_eq!(fields(company.absent(&ada, "soon", "2026-05-08")), ["from"]);
    assert_eq!(fields(company.absent(&ada, "2026-05-04", "2026-05-03")), ["until"]);
    assert_eq!(fields(company.absent(&ada, "2026-05-04", "2029-05-03")), ["until"]);
    let absence = company.absent(&ada, "2026-05-04", "2026-05-08").unwrap();
    company.bench.workspace.withdraw_absence(&absence).unwrap();
    let again = company.bench.workspace.withdraw_absence(&absence);
    assert!(matches!(again, Err(EngineError::NotFound { noun: "absence", .. })), "{again:?}");
}

#[test]
fn a_search_that_is_stopped_leaves_nothing() {
    struct Impatient(AtomicBool);
    impl Watch for Impatient {
        fn progress(&self, _what: &str, _done: u64, _total: u64) {
            self.0.store(true, Ordering::Relaxed);
        }
        fn cancel(&self) -> &AtomicBool {
            &self.0
        }
    }
    let company = Company::new();
    let rotation = company.saved(|_| {});
    let stopped = company.as_("sales-0", |company| {
        propose(&company.bench.workspace, &rotation, Language::En, &Impatient(AtomicBool::new(false)))
    });
    assert!(matches!(stopped, Err(EngineError::Cancelled)), "{stopped:?}");
    assert!(company.page(&rotation).visits.is_empty());
}

#[test]
fn a_proposal_covers_every_pair_within_the_rules_and_people_are_told_once_it_is_published() {
    let company = Company::new();
    let rotation = company.saved(|_| {});
    let proposed = company.proposed(&rotation);
    let first = &proposed.view.proposals[0];
    assert_eq!((first.kind.as_str(), first.people), ("balanced", 9), "{:?}", first.costs);
    assert!(company.page(&rotation).visits.is_empty(), "a proposal is nobody's word");
    company.publish(&proposed, "").unwrap();
    let page = company.page(&rotation);
    assert_eq!(page.visits.len(), first.visits as usize);
    let mut busy = BTreeSet::new();
    for visit in &page.visits {
        assert!(visit.from.as_str() > TODAY && visit.home != visit.host, "{visit:?}");
        assert!(busy.insert((&visit.host, &visit.from)), "one visitor at a time: {visit:?}");
    }
    for (row, home) in page.matrix.rows.iter().zip(&page.matrix.departments) {
        for (cell, host) in row.iter().zip(&page.matrix.departments) {
            let wanted = u32::from(home.id != host.id);
            assert!(cell.planned >= wanted, "{} → {}", home.id, host.id);
        }
    }
    let told: usize =
        page.calendar.people.iter().flat_map(|row| &row.cells).map(|cell| cell.visits.len()).sum();
    assert_eq!((told, page.calendar.weeks.len()), (page.visits.len(), 12));
}

#[test]
fn what_cannot_happen_is_explained() {
    let company = Company::new();
    let rotation = company.saved(|program| {
        program.departments[1].capacity = 0;
        program.must.push(VisitMust {
            home: "sales".parse().unwrap(),
            person: None,
            host: "production".parse().unwrap(),
            least: 1,
        });
    });
    let proposed = company.proposed(&rotation);
    assert!(proposed.view.proposals.is_empty());
    let clash = &proposed.view.clashes[0];
    assert!(clash.proven, "{clash:?}");
    assert_eq!(clash.words, "sales → production cannot happen as often as it has to.");
    assert!(clash.helps.iter().any(|help| help == "production takes 1 more at the same time"), "{clash:?}");
    assert!(matches!(company.publish(&proposed, ""), Err(EngineError::NotFound { noun: "proposal", .. })));
}

#[test]
fn a_host_takes_another_number_in_some_weeks() {
    let company = Company::new();
    let weeks = |first: &str, last: &str, capacity: u32| WeekCapacity {
        first: first.parse().unwrap(),
        last: last.parse().unwrap(),
        capacity,
    };
    // Production takes nobody but in three weeks, and three at once in the middle one of these.
    let rotation = company.saved(|program| {
        let rule = &mut program.departments[1];
        (rule.capacity, rule.capacity_in) =
            (0, vec![weeks("2026-W18", "2026-W20", 1), weeks("2026-W19", "2026-W19", 3)]);
        // Before the plan begins: says nothing of it.
        rule.capacity_in.push(weeks("2026-W01", "2026-W10", 9));
        program.pairs.retain(|pair| pair.host.as_str() == "production");
        program.due = 1;
    });
    company.publish(&company.proposed(&rotation), "").unwrap();
    let mut hosted: BTreeMap<String, u32> = BTreeMap::new();
    for visit in company.planned(&rotation) {
        *hosted.entry(visit.from).or_default() += 1;
    }
    let expected = [("2026-04-27", 1), ("2026-05-04", 3), ("2026-05-11", 1)];
    assert_eq!(hosted, expected.map(|(day, visitors)| (day.to_owned(), visitors)).into());
    // The calendar of hosts shows it closed in the other weeks, though its people may visit others.
    let page = company.page(&rotation);
    let row = page.calendar.hosts.iter().find(|row| row.id == "production").unwrap();
    let open: Vec<usize> = (0..12).filter(|week| !row.cells[*week].is_closed).collect();
    assert_eq!(open, [3, 4, 5]);
    // Weeks that end before they begin, and more people than there are, are refused.
    for other in [weeks("2026-W20", "2026-W18", 1), weeks("2026-W18", "2026-W20", 5_000)] {
        assert_eq!(company.refused(|one| one.departments[1].capacity_in = vec![other]), ["departments"]);
    }
}

#[test]
fn a_proposal_that_others_have_overtaken_is_not_published() {
    let company = Company::new();
    let rotation = company.saved(|_| {});
    let proposed = company.proposed(&rotation);
    let ada = company.person("sales-1").to_string();
    company.absent(&ada, "2026-05-04", "2026-05-08").unwrap();
    let published = company.publish(&proposed, "");
    assert!(matches!(published, Err(EngineError::Conflict { .. })), "{published:?}");
}

#[test]
fn who_falls_ill_is_planned_anew_and_nobody_else_hears_of_it() {
    let company = Company::new();
    let rotation = company.published();
    let before = company.planned(&rotation);
    assert!(company.remade(&rotation).view.nothing_to_do);
    let ill = before.last().unwrap().clone();
    company.absent(&ill.visitor, &ill.from, &ill.until).unwrap();
    let remade = company.remade(&rotation);
    let proposal = &remade.view.proposals[0];
    assert!(proposal.changes.iter().all(|change| change.name == ill.visitor_name), "{:?}", proposal.changes);
    assert_eq!(proposal.kept as usize, before.len() - 1);
    assert_eq!(fields(company.publish(&remade, "")), ["reason"]);
    company.publish(&remade, "Somebody is ill").unwrap();
    let after = company.planned(&rotation);
    let same = |visit: &VisitView| {
        after.iter().any(|other| {
            (&other.placement, &other.from, &other.host) == (&visit.placement, &visit.from, &visit.host)
        })
    };
    assert!(before.iter().filter(|visit| visit.placement != ill.placement).all(same));
    let own = after.iter().filter(|visit| visit.visitor == ill.visitor);
    assert!(own.into_iter().all(|visit| visit.from != ill.from));
    // The calendar entry has the same name and a higher number, whether it moved or was taken out.
    let text = company.calendar(&ill.visitor);
    assert!(text.contains(&format!("UID:placement-{}@plaza", ill.placement)), "{text}");
    assert!(text.contains("SEQUENCE:1"), "{text}");
}

#[test]
fn a_cancelled_visit_leaves_calendars_and_stays_cancelled() {
    let company = Company::new();
    let rotation = company.published();
    let visit = company.planned(&rotation)[0].clone();
    assert_eq!(fields(company.as_("sales-0", |one| one.cancel(&rotation, &visit, " "))), ["reason"]);
    let other = company.people.iter().find(|(name, _)| name.ends_with("-2") && *name != visit.visitor_name);
    let other = other.unwrap().0.clone();
    assert_eq!(fields(company.as_(&other, |one| one.cancel(&rotation, &visit, "No"))), ["profile"]);
    let name = visit.visitor_name.clone();
    company.as_(&name, |one| one.cancel(&rotation, &visit, "The line stands still")).unwrap();
    assert_eq!(fields(company.as_(&name, |one| one.cancel(&rotation, &visit, "Again"))), ["placement"]);
    let text = company.calendar(&visit.visitor);
    let entry = text.split("BEGIN:VEVENT").find(|entry| entry.contains(&visit.placement)).unwrap();
    assert!(entry.contains("STATUS:CANCELLED") && entry.contains("SEQUENCE:1"), "{entry}");
    let page = company.page(&rotation);
    let known = page.visits.iter().find(|known| known.placement == visit.placement).unwrap();
    assert_eq!((known.standing.as_str(), known.reason.as_str()), ("cancelled", "The line stands still"));
}

#[test]
fn places_change_when_both_heads_accept() {
    let company = Company::new();
    let rotation = company.published();
    let visits = company.planned(&rotation);
    let asked = |one: &VisitView, other: &VisitView, reason: &str| {
        let form = SwapForm {
            rotation: rotation.to_string(),
            one: one.placement.clone(),
            other: other.placement.clone(),
            reason: reason.into(),
        };
        company.as_("sales-0", |company| company.bench.workspace.ask_swap(&form, Language::En))
    };
    assert_eq!(fields(asked(&visits[0], &visits[1], "")), ["reason"]);
    assert_eq!(fields(asked(&visits[0], &visits[0], "A wedding")), ["other"]);
    // Two people of two homes who go to one host.
    let pairs = visits.iter().flat_map(|one| visits.iter().map(move |other| (one, other)));
    let mut found = None;
    for (one, other) in pairs.filter(|(one, other)| one.home < other.home && one.host == other.host) {
        if let Ok(swap) = asked(one, other, "A wedding") {
            found = Some((one.clone(), other.clone(), swap));
            break;
        }
    }
    let (one, other, swap) = found.unwrap();
    let answer = |name: &str, yes: bool, reason: &str| {
        company.as_(name, |company| {
            company.bench.workspace.answer_swap(&rotation, &swap, yes, reason, Language::En)
        })
    };
    assert_eq!(fields(answer(&format!("{}-1", one.home), true, "")), ["profile"]);
    assert_eq!(fields(answer(&format!("{}-0", one.home), false, "")), ["reason"]);
    answer(&format!("{}-0", one.home), true, "").unwrap();
    let visitor = |placement: &str| {
        let all = company.planned(&rotation);
        all.into_iter().find(|visit| visit.placement == placement).unwrap().visitor
    };
    assert_eq!(visitor(&one.placement), one.visitor);
    answer(&format!("{}-0", other.home), true, "").unwrap();
    assert_eq!(visitor(&one.placement), other.visitor);
    assert_eq!(visitor(&other.placement), one.visitor);
    let text = company.calendar(&one.visitor);
    let entry = |placement: &str| {
        text.split("BEGIN:VEVENT").find(|entry| entry.contains(placement)).unwrap().to_owned()
    };
    assert!(entry(&one.placement).contains("STATUS:CANCELLED"), "the old visit is taken out");
    assert!(!entry(&other.placement).contains("STATUS:CANCELLED"), "the new one stands");
    assert_eq!(fields(answer(&format!("{}-0", other.home), true, "")), ["swap"]);
}

#[test]
fn a_debrief_is_its_visitors_is_answered_by_the_host_and_is_found() {
    let company = Company::new();
    let rotation = company.published();
    let visit = company.planned(&rotation)[0].clone();
    let form = |saw: &str| DebriefForm {
        rotation: rotation.to_string(),
        placement: visit.placement.clone(),
        saw: saw.into(),
        surprised: "How loud the hall is".into(),
        change: "Call before a rush order".into(),
        thanks: vec![company.person("production-0").to_string()],
    };
    let write = |name: &str, saw: &str| {
        company.as_(name, |company| company.bench.workspace.write_debrief(&form(saw)))
    };
    assert_eq!(fields(write(&visit.visitor_name, "Pallets")), ["profile"], "not before it begins");
    company.bench.set_day(&visit.until);
    let elsewhere = company.people.iter().find(|(name, _)| *name != visit.visitor_name).unwrap().0.clone();
    assert_eq!(fields(write(&elsewhere, "Pallets")), ["profile"]);
    assert_eq!(fields(write(&visit.visitor_name, "  ")), ["saw"]);
    write(&visit.visitor_name, "Pallets that wait for labels").unwrap();
    let placement = visit.placement.as_str().into();
    let answer = |name: &str| {
        company.as_(name, |company| {
            company.bench.workspace.answer_debrief(&rotation, &placement, "We print them earlier now")
        })
    };
    assert_eq!(fields(answer(&visit.visitor_name)), ["profile"]);
    answer(&format!("{}-1", visit.host)).unwrap();
    let found = Found::search(&company.bench.workspace, "pallets lab", Language::En).unwrap().texts;
    assert_eq!(
        (found[0].noun.as_str(), found[0].address.clone()),
        ("debrief", format!("/rotations/{rotation}"))
    );
    let learned = LearnedPage::read(&company.bench.workspace, Some(&visit.host), None, Language::En).unwrap();
    assert_eq!((learned.year, learned.visits.len()), (2026, 1));
    let debrief = learned.visits[0].debrief.clone().unwrap();
    assert_eq!((debrief.saw.as_str(), debrief.answers.len()), ("Pallets that wait for labels", 1));
    let elsewhere = DEPARTMENTS.iter().find(|id| **id != visit.host).unwrap();
    let other = LearnedPage::read(&company.bench.workspace, Some(elsewhere), None, Language::En).unwrap();
    assert!(other.visits.is_empty());
}

#[test]
fn a_brief_says_what_to_ask_whom_and_what_to_bring() {
    let company = Company::new();
    let rotation = company.published();
    let visit = company.planned(&rotation)[0].clone();
    let placement = visit.placement.as_str().into();
    let write = |name: &str| {
        let path = company.bench.files.path().join(name);
        let written = company.bench.workspace.export_brief(&rotation, &placement, Language::En, &path);
        written.map(|()| std::fs::read(path).unwrap())
    };
    assert_eq!(fields(write("brief.txt")), ["path"]);
    let text = String::from_utf8(write("brief.md").unwrap()).unwrap();
    let contact = format!("{}-0", visit.host);
    for words in ["What makes an order late?", "Safety shoes", contact.as_str(), visit.visitor_name.as_str()]
    {
        // Markdown may escape a hyphen or a dot.
        assert!(text.replace('\\', "").contains(words), "{words}: {text}");
    }
    assert!(write("brief.pdf").unwrap().starts_with(b"%PDF"));
}

#[test]
fn an_ended_rotation_takes_back_what_is_still_to_come() {
    let company = Company::new();
    let rotation = company.published();
    let end = |reason: &str| {
        company.as_("sales-0", |company| company.bench.workspace.end_rotation(&rotation, reason))
    };
    assert_eq!(fields(end("")), ["reason"]);
    end("Nobody has the time").unwrap();
    assert_eq!(fields(end("Again")), ["rotation"]);
    let page = company.page(&rotation);
    assert!(page.visits.iter().all(|visit| visit.standing == "withdrawn"));
    assert_eq!((page.row.ended.as_deref(), page.may_plan), (Some("Nobody has the time"), false));
}
