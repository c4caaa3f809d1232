//! A program that two people change, and plans and swaps that know of each other.

use plaza_domain::event::{RotationId, RotationProgram, VisitWish};
use plaza_engine::error::EngineError;
use plaza_engine::page::rotation::{RotationList, SwapForm, VisitView};
use plaza_engine::words::Language;
use plaza_engine::workspace::Workspace;

use super::{Company, fields};

impl Company {
    fn change(
        &self,
        was: &RotationProgram,
        change: impl FnOnce(&mut RotationProgram),
    ) -> Result<RotationId, EngineError> {
        let mut form = was.clone();
        change(&mut form);
        self.as_("sales-0", |company| company.bench.workspace.change_rotation(&form, Some(was)))
    }

    /// Two people of two homes who go to one host have changed places.
    fn swapped(&self, rotation: &RotationId) -> (VisitView, VisitView) {
        let visits = self.planned(rotation);
        let pairs = visits.iter().flat_map(|one| visits.iter().map(move |other| (one, other)));
        for (one, other) in pairs.filter(|(one, other)| one.home < other.home && one.host == other.host) {
            let form = SwapForm {
                rotation: rotation.to_string(),
                one: one.placement.clone(),
                other: other.placement.clone(),
                reason: "A wedding".into(),
            };
            let asked = self.as_("sales-0", |company| company.bench.workspace.ask_swap(&form, Language::En));
            let Ok(swap) = asked else { continue };
            for home in [&one.home, &other.home] {
                self.as_(&format!("{home}-0"), |company| {
                    company.bench.workspace.answer_swap(rotation, &swap, true, "", Language::En)
                })
                .unwrap();
            }
            return (one.clone(), other.clone());
        }
        panic!("no two visits can be swapped")
    }
}

#[test]
fn who_changes_what_another_has_changed_meanwhile_is_told() {
    let company = Company::new();
    let rotation = company.saved(|_| {});
    let was = company.page(&rotation).program;
    company.change(&was, |program| program.departments[0].bring = "Gloves".into()).unwrap();
    let again = company.change(&was, |program| program.departments[0].bring = "A helmet".into());
    assert!(matches!(again, Err(EngineError::Conflict { .. })), "{again:?}");
    let renamed = company.change(&was, |program| program.name = "One".into());
    renamed.unwrap();
    let again = company.change(&was, |program| program.name = "Two".into());
    assert!(matches!(again, Err(EngineError::Conflict { .. })), "{again:?}");
    // What the change and those of others come to together has to make sense.
    assert_eq!(fields(company.change(&was, |program| program.due = 9)), ["due"]);
    let now = company.page(&rotation).program;
    assert_eq!((now.name.as_str(), now.departments[0].bring.as_str(), now.due), ("One", "Gloves", 1));
}

#[test]
fn who_changes_other_things_keeps_them_and_takes_nothing_back() {
    let company = Company::new();
    let rotation = company.saved(|_| {});
    let was = company.page(&rotation).program;
    let wish =
        VisitWish { person: company.person("sales-1"), host: "production".parse().unwrap(), strength: 2 };
    company.change(&was, |program| program.wishes.push(wish.clone())).unwrap();
    company.change(&was, |program| program.departments[1].bring = "A headset".into()).unwrap();
    // A form may list the same in another order.
    company.change(&was, |program| program.pairs.reverse()).unwrap();
    let now = company.page(&rotation).program;
    assert_eq!(now.wishes, [wish]);
    assert_eq!(now.departments[1].bring, "A headset");
    assert_eq!(now.departments.len(), was.departments.len());
    // Nothing is said where nothing is changed.
    let events = || company.bench.workspace.ledger().last_position().unwrap();
    let before = events();
    company.change(&now, |_| {}).unwrap();
    assert_eq!(events(), before);
}

#[test]
fn an_ended_rotation_is_not_changed() {
    let company = Company::new();
    let rotation = company.published();
    let was = company.page(&rotation).program;
    company.as_("sales-0", |one| one.bench.workspace.end_rotation(&rotation, "Enough")).unwrap();
    assert_eq!(fields(company.change(&was, |program| program.name = "Other".into())), ["rotation"]);
    assert_eq!(company.page(&rotation).row.ended.as_deref(), Some("Enough"));
}

#[test]
fn a_plan_that_is_made_after_a_swap_has_it_in_it() {
    let company = Company::new();
    let rotation = company.published();
    let (one, other) = company.swapped(&rotation);
    let ill = company
        .planned(&rotation)
        .into_iter()
        .rev()
        .find(|visit| ![&one.placement, &other.placement].contains(&&visit.placement))
        .unwrap();
    company.absent(&ill.visitor, &ill.from, &ill.until).unwrap();
    let remade = company.remade(&rotation);
    company.publish(&remade, "Somebody is ill").unwrap();
    let page = company.page(&rotation);
    assert_eq!(page.swaps[0].state, "done");
    assert_eq!((page.plans.len(), page.plans[0].is_blind), (2, false));
    let made = page.visits.iter().find(|visit| visit.placement == one.placement).unwrap();
    assert_eq!((made.visitor.as_str(), made.standing.as_str()), (other.visitor.as_str(), "planned"));
}

#[test]
fn proposals_say_that_others_have_overtaken_them() {
    let company = Company::new();
    let rotation = company.saved(|_| {});
    let proposed = company.proposed(&rotation);
    let workspace = &company.bench.workspace;
    assert!(workspace.is_fresh(&proposed).unwrap());
    company.publish(&proposed, "").unwrap();
    assert!(!workspace.is_fresh(&proposed).unwrap(), "one of them is told");
    let proposed = company.remade(&rotation);
    company.as_("sales-0", |one| one.bench.workspace.end_rotation(&rotation, "Enough")).unwrap();
    assert!(!workspace.is_fresh(&proposed).unwrap());
}

#[test]
fn what_another_program_writes_is_seen() {
    let company = Company::new();
    let rotation = company.saved(|_| {});
    let names = || {
        let list = RotationList::read(&company.bench.workspace, Language::En).unwrap();
        list.rotations.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(names(), ["In their shoes"]);
    let (keys, clock) = (company.bench.keys.clone(), company.bench.clock.clone());
    let other = Workspace::open(company.bench.workspace.folder(), keys, clock).unwrap();
    other.act_for(Some(company.person("sales-0")));
    let mut program = company.page(&rotation).program;
    program.name = "Each to each".into();
    other.save_rotation(&program).unwrap();
    assert_eq!(names(), ["Each to each"]);
}
