//! What comes of words of people who did not know of each other's, in both orders of their clocks.

use proptest::prelude::*;

use super::*;
use crate::event::{DepartmentRule, HostWish, PersonWishes, VisitWish};

fn end(from: Day) -> Payload {
    Payload::RotationEnded { rotation: "r".into(), from, reason: "Enough".into() }
}

/// A plan that knows the swap and has it in it.
fn knowing(placements: &[Placed]) -> Payload {
    let Payload::RotationPublished(published) = plan(placements, "Bob knows") else { unreachable!() };
    Payload::RotationPublished(RotationPublished { swaps: vec!["s".into()], ..published })
}

fn change(make: impl FnOnce(&mut RotationProgram)) -> Payload {
    let mut program = written();
    make(&mut program);
    Payload::RotationSet(ProgramChange::between(&written(), &program))
}

fn visit<'a>(rotation: &'a Rotation, id: &str) -> &'a Visit {
    &rotation.visits[&PlacementId::from(id)]
}

fn swap_of(rotation: &Rotation) -> SwapState {
    rotation.swap_state(&rotation.swaps[&SwapId::from("s")])
}

fn swapped() -> Vec<Payload> {
    vec![program(), plan(&[ada(), bob()], ""), asked(), answered("sales", true), answered("logistics", true)]
}

#[test]
fn half_a_program_is_none_and_words_before_it_are_lost() {
    let said = [change(|program| program.name = "Other".into()), plan(&[ada()], "")];
    assert_eq!(Rotation::of(said.iter().map(|payload| (payload, None, at(1)))), None);
}

#[test]
fn an_end_stands_whatever_is_said_of_the_program_before_or_after() {
    let renamed = change(|program| program.name = "Other".into());
    for said in [[end(ada().from), renamed.clone()], [renamed, end(ada().from)]] {
        let mut all = vec![program(), plan(&[ada(), bob()], "")];
        all.extend(said);
        let found = rotation(&all);
        assert_eq!(found.program.what.name, "Other");
        assert!(found.ended.is_some() && found.planned().is_empty());
    }
}

#[test]
fn a_plan_of_somebody_who_did_not_know_of_the_end_revives_nothing() {
    let moved = placed("b", "bob", "logistics", "sales", 2905);
    let new = placed("c", "cem", "sales", "logistics", 2906);
    let remade = plan(&[ada(), moved, new], "Bob is ill");
    let after = rotation(&[program(), plan(&[ada(), bob()], ""), end(bob().from), remade.clone()]);
    let before = rotation(&[program(), plan(&[ada(), bob()], ""), remade, end(bob().from)]);
    for found in [&after, &before] {
        assert!(visit(found, "a").is_planned(), "what begins before the end stays");
        for id in ["b", "c"] {
            let expected = Standing::Withdrawn { reason: "Enough".into() };
            assert_eq!(visit(found, id).standing, expected, "{id}");
        }
        assert_eq!(found.plans.len(), 2, "the plan is kept");
    }
    assert_eq!(visit(&after, "b").sequence, 1, "nobody is told a second time that it does not happen");
}

#[test]
fn of_two_ends_the_first_reason_and_the_earlier_day_count() {
    let late = Payload::RotationEnded { rotation: "r".into(), from: bob().from, reason: "Later".into() };
    let plan = plan(&[ada(), bob()], "");
    let found = rotation(&[program(), plan, late, end(ada().from)]);
    assert_eq!(found.ended, Some(Ended { from: ada().from, reason: "Later".into() }));
    assert!(found.planned().is_empty());
}

#[test]
fn a_swap_of_other_weeks_than_were_asked_for_is_not_made() {
    let moved = placed("b", "bob", "logistics", "sales", 2905);
    let remade = plan(&[ada(), moved.clone()], "Bob is ill");
    // By the clock the plan comes before the question, whose asker did not know of it.
    for early in [2, 3, 4] {
        let mut said = swapped();
        said.insert(early, remade.clone());
        let found = rotation(&said);
        assert_eq!(swap_of(&found), SwapState::Lapsed, "{early}");
        assert_eq!((&visit(&found, "a").placed, &visit(&found, "b").placed), (&ada(), &moved));
    }
}

#[test]
fn a_plan_that_does_not_know_a_swap_undoes_it_and_says_so() {
    let mut said = swapped();
    said.push(plan(&[ada(), bob()], "Made elsewhere"));
    let found = rotation(&said);
    assert_eq!(swap_of(&found), SwapState::Undone);
    assert_eq!(visit(&found, "a").placed, ada());
    let former = visit(&found, "a").former.as_ref().unwrap();
    assert_eq!((former.placed.visitor.0.as_str(), former.reason.as_str()), ("bob", "Made elsewhere"));
    // The other order: the plan was there first, and both heads agreed to what stands in it.
    let found = rotation(&[
        program(),
        plan(&[ada(), bob()], ""),
        plan(&[ada(), bob()], "Made elsewhere"),
        asked(),
        answered("sales", true),
        answered("logistics", true),
    ]);
    assert_eq!(swap_of(&found), SwapState::Done);
    assert_eq!(visit(&found, "a").placed.visitor.0, "bob");
}

#[test]
fn a_plan_that_knows_a_swap_or_has_it_in_it_leaves_it_done() {
    let done = rotation(&swapped());
    let placements: Vec<Placed> = done.planned().into_iter().map(|visit| visit.placed.clone()).collect();
    for next in [knowing(&placements), plan(&placements, "The same by chance"), knowing(&[])] {
        let mut said = swapped();
        said.push(next);
        assert_eq!(swap_of(&rotation(&said)), SwapState::Done);
    }
    let mut said = swapped();
    said.push(plan(&[], "Nobody goes"));
    assert_eq!(swap_of(&rotation(&said)), SwapState::Undone);
}

#[test]
fn a_cancelled_placement_and_a_swap_in_both_orders() {
    let mut late = swapped();
    late.push(cancelled("a"));
    let found = rotation(&late);
    assert_eq!(swap_of(&found), SwapState::Done);
    assert!(matches!(visit(&found, "a").standing, Standing::Cancelled { .. }));
    let mut early = swapped();
    early.insert(4, cancelled("a"));
    let found = rotation(&early);
    assert_eq!(swap_of(&found), SwapState::Lapsed);
    assert_eq!(visit(&found, "b").placed, bob());
}

#[test]
fn a_plan_says_whether_it_knew_the_one_before() {
    let knows = |after| {
        let Payload::RotationPublished(published) = plan(&[ada()], "Ill") else { unreachable!() };
        Payload::RotationPublished(RotationPublished { after, ..published })
    };
    let blind = |found: Rotation| -> Vec<bool> { found.plans.iter().map(|plan| plan.is_blind).collect() };
    let first = || vec![program(), plan(&[ada(), bob()], "")];
    let with = |next| first().into_iter().chain([next]).collect::<Vec<_>>();
    assert_eq!(blind(rotation(&with(knows(Some(at(2)))))), [false, false]);
    assert_eq!(blind(rotation(&with(knows(None)))), [false, true]);
}

#[test]
fn people_who_change_different_things_both_keep_them() {
    let rule =
        DepartmentRule { bring: "Safety shoes".into(), ..DepartmentRule::unsaid(&department("sales")) };
    let bring = change(|program| program.departments.push(rule.clone()));
    let wish = |person: &str| VisitWish { person: person.into(), host: department("sales"), strength: 2 };
    let wished = change(|program| program.wishes.push(wish("ada")));
    let other = change(|program| program.wishes.push(wish("bob")));
    let longer = change(|program| program.weeks = 12);
    for said in
        [[bring.clone(), wished.clone(), other.clone(), longer.clone()], [longer, other, wished, bring]]
    {
        let mut all = vec![program()];
        all.extend(said);
        let found = rotation(&all).program.what;
        assert_eq!((found.weeks, found.departments), (12, vec![rule.clone()]));
        assert_eq!(found.wishes, [wish("ada"), wish("bob")]);
    }
}

#[test]
fn a_change_names_what_differs_and_leads_from_one_program_to_the_other() {
    let (was, mut now) = (written(), written());
    assert!(ProgramChange::between(&was, &now).is_empty());
    // What says as much as nothing is no change.
    now.departments.push(DepartmentRule::unsaid(&department("sales")));
    assert!(ProgramChange::between(&was, &now).is_empty());
    now.most = 3;
    now.wishes.push(VisitWish { person: "ada".into(), host: department("sales"), strength: 1 });
    let change = ProgramChange::between(&was, &now);
    assert_eq!((change.most, &change.name, change.wishes.len()), (Some(3), &None, 1));
    let mut made = was.clone();
    change.apply(&mut made);
    assert_eq!((made.most, &made.wishes), (3, &now.wishes));
    // And back: wishes and rules that are gone are said to be gone.
    let back = ProgramChange::between(&made, &was);
    assert_eq!(back.wishes, [PersonWishes { person: "ada".into(), wishes: Vec::<HostWish>::new() }]);
    back.apply(&mut made);
    assert_eq!(made, was);
    assert_eq!(ProgramChange::whole(&now).program().map(|program| program.wishes), Some(now.wishes));
}

#[test]
fn changes_clash_where_they_make_the_same_thing_different() {
    let of = |make: &dyn Fn(&mut RotationProgram)| {
        let mut program = written();
        make(&mut program);
        ProgramChange::between(&written(), &program)
    };
    let name = of(&|program| program.name = "One".into());
    assert!(name.clashes(&of(&|program| program.name = "Two".into())));
    assert!(!name.clashes(&name), "the same twice is no quarrel");
    assert!(!name.clashes(&of(&|program| program.most = 4)));
    let bring = |id: &'static str, text: &'static str| {
        of(&|program: &mut RotationProgram| {
            let rule = DepartmentRule { bring: text.into(), ..DepartmentRule::unsaid(&department(id)) };
            program.departments.push(rule);
        })
    };
    assert!(bring("sales", "Shoes").clashes(&bring("sales", "Gloves")));
    assert!(!bring("sales", "Shoes").clashes(&bring("production", "Gloves")));
}

/// What people might say of a rotation after its first plan.
fn word() -> impl Strategy<Value = Payload> {
    let weeks = prop::collection::vec((any::<bool>(), 2901i32..2906), 2);
    let some_plan = (weeks, any::<bool>(), any::<bool>()).prop_map(|(weeks, is_swapped, knows)| {
        let (one, other) = if is_swapped { ("bob", "ada") } else { ("ada", "bob") };
        let all = [
            placed("a", one, "sales", "production", weeks[0].1),
            placed("b", other, "sales", "logistics", weeks[1].1),
        ];
        let listed: Vec<Placed> =
            all.into_iter().zip(&weeks).filter(|(_, (is_in, _))| *is_in).map(|(placed, _)| placed).collect();
        if knows { knowing(&listed) } else { plan(&listed, "Anew") }
    });
    prop_oneof![
        3 => some_plan,
        1 => (2900i32..2906).prop_map(|week| end(Week(week).monday())),
        1 => Just(cancelled("a")),
        1 => Just(asked()),
        2 => any::<bool>().prop_map(|yes| answered("sales", yes)),
        2 => any::<bool>().prop_map(|yes| answered("logistics", yes)),
        1 => (1u32..9).prop_map(|most| change(|program| program.most = most)),
    ]
}

proptest! {
    /// Whatever was said and in whatever order of the clocks.
    #[test]
    fn what_holds_of_every_rotation(words in prop::collection::vec(word(), 0..14)) {
        let mut said = vec![program(), plan(&[ada(), bob()], "")];
        said.extend(words);
        let mut before: Option<Rotation> = None;
        for heard in 2..=said.len() {
            let found = rotation(&said[..heard]);
            if let Some(ended) = &found.ended {
                prop_assert!(found.planned().iter().all(|visit| visit.placed.from < ended.from));
            }
            if let Some(before) = before {
                prop_assert!(before.ended.is_none() || found.ended.is_some(), "an end is for good");
                for (id, was) in &before.visits {
                    let now = &found.visits[id];
                    let same = (&was.placed, &was.standing) == (&now.placed, &now.standing);
                    // A calendar takes an entry with a higher number only: what is new has one, and nothing else has.
                    prop_assert_eq!(was.sequence == now.sequence, same, "{:?} {:?}", was, now);
                    if matches!(was.standing, Standing::Cancelled { .. }) {
                        prop_assert!(!now.is_planned(), "a cancelled visit stays cancelled");
                    }
                }
                for (id, was) in &before.swaps {
                    let is_final = matches!(was.state, SwapState::Declined | SwapState::Lapsed | SwapState::Undone);
                    prop_assert!(!is_final || found.swaps[id].state == was.state);
                }
            }
            before = Some(found);
        }
    }
}
