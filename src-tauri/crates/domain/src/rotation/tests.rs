//! What comes of everything that was said of a rotation.

mod merge;

use super::days::{of_visit, weeks_touched};
use super::*;
use crate::day::Week;
use crate::department::DepartmentId;
use crate::event::{ProgramChange, RotationId, SwapAnswered, SwapAsked, VisitLength};

const FIVE: [bool; 7] = [true, true, true, true, true, false, false];

fn at(wall_ms: i64) -> Stamp {
    Stamp { wall_ms, counter: 0 }
}

fn department(id: &str) -> DepartmentId {
    id.parse().unwrap()
}

fn program() -> Payload {
    Payload::RotationSet(ProgramChange::whole(&written()))
}

fn written() -> RotationProgram {
    RotationProgram {
        rotation: RotationId::from("r"),
        name: "In their shoes".into(),
        purpose: "See the other side of the hall".into(),
        question: "What makes an order late?".into(),
        first: Week(2900),
        weeks: 10,
        length: VisitLength::Weeks(1),
        period_weeks: 4,
        due: 1,
        most: 2,
        pair_target: 1,
        pairs: Vec::new(),
        departments: Vec::new(),
        closed: Vec::new(),
        must: Vec::new(),
        wishes: Vec::new(),
        buddies: Vec::new(),
        stays_home: Vec::new(),
    }
}

fn placed(placement: &str, visitor: &str, home: &str, host: &str, week: i32) -> Placed {
    let (from, until) = of_visit(FIVE, VisitLength::Weeks(1), Week(week), 0).unwrap();
    Placed {
        placement: placement.into(),
        visitor: visitor.into(),
        home: department(home),
        host: department(host),
        week: Week(week),
        part: 0,
        from,
        until,
    }
}

fn plan(placements: &[Placed], reason: &str) -> Payload {
    Payload::RotationPublished(RotationPublished {
        rotation: "r".into(),
        placements: placements.to_vec(),
        reason: reason.into(),
        after: None,
        swaps: Vec::new(),
    })
}

fn rotation(said: &[Payload]) -> Rotation {
    let said = said.iter().zip(1..).map(|(payload, ms)| (payload, Some("ada".into()), at(ms)));
    Rotation::of(said).unwrap()
}

fn ada() -> Placed {
    placed("a", "ada", "sales", "production", 2901)
}

fn bob() -> Placed {
    placed("b", "bob", "logistics", "sales", 2902)
}

fn asked() -> Payload {
    Payload::SwapAsked(SwapAsked {
        rotation: "r".into(),
        swap: "s".into(),
        one: ada(),
        other: bob(),
        reason: "A wedding".into(),
    })
}

fn answered(home: &str, accepted: bool) -> Payload {
    Payload::SwapAnswered(SwapAnswered {
        rotation: "r".into(),
        swap: "s".into(),
        department: department(home),
        accepted,
        reason: String::new(),
    })
}

fn cancelled(placement: &str) -> Payload {
    Payload::PlacementCancelled {
        rotation: "r".into(),
        placement: placement.into(),
        reason: "The line stands still".into(),
    }
}

#[test]
fn nothing_comes_of_words_about_a_rotation_that_is_not_there() {
    let said = [plan(&[ada()], ""), cancelled("a")];
    assert_eq!(Rotation::of(said.iter().map(|payload| (payload, None, at(1)))), None);
}

#[test]
fn a_later_plan_withdraws_what_it_does_without_and_counts_what_it_moves() {
    let moved = placed("b", "bob", "logistics", "sales", 2905);
    let found =
        rotation(&[program(), plan(&[ada(), bob()], ""), plan(std::slice::from_ref(&moved), "Ada is away")]);
    let (one, other) = (&found.visits[&PlacementId::from("a")], &found.visits[&PlacementId::from("b")]);
    assert_eq!(one.standing, Standing::Withdrawn { reason: "Ada is away".into() });
    assert_eq!((one.sequence, other.sequence), (1, 1));
    assert_eq!(other.placed, moved);
    assert_eq!(found.planned().len(), 1);
    let again = rotation(&[program(), plan(&[ada(), bob()], ""), plan(&[ada(), bob()], "Nothing new")]);
    assert!(again.visits.values().all(|visit| visit.sequence == 0), "nobody is told the same twice");
}

#[test]
fn a_cancelled_placement_stays_cancelled_in_a_plan_that_still_lists_it() {
    let found = rotation(&[program(), plan(&[ada()], ""), cancelled("a"), plan(&[ada()], "Made elsewhere")]);
    let visit = &found.visits[&PlacementId::from("a")];
    assert_eq!(visit.standing, Standing::Cancelled { reason: "The line stands still".into() });
    assert_eq!(visit.sequence, 1);
}

#[test]
fn places_change_when_both_heads_accept_and_not_before() {
    let mut said = vec![program(), plan(&[ada(), bob()], ""), asked(), answered("sales", true)];
    let half = rotation(&said);
    assert_eq!(half.swaps[&SwapId::from("s")].waits_for(), [&department("logistics")]);
    assert_eq!(half.visits[&PlacementId::from("a")].placed, ada());
    // Whoever is not asked has no say.
    said.push(answered("production", false));
    said.push(answered("logistics", true));
    let whole = rotation(&said);
    assert_eq!(whole.swaps[&SwapId::from("s")].state, SwapState::Done);
    let one = &whole.visits[&PlacementId::from("a")];
    assert_eq!((one.placed.visitor.0.as_str(), one.placed.home.as_str()), ("bob", "logistics"));
    assert_eq!((one.before.clone(), one.sequence), (vec![PersonId::from("ada")], 1));
}

#[test]
fn a_swap_ends_with_a_no_or_when_its_placements_change() {
    let said = [program(), plan(&[ada(), bob()], ""), asked(), answered("sales", false)];
    let mut no = said.to_vec();
    no.push(answered("logistics", true));
    assert_eq!(rotation(&no).swaps[&SwapId::from("s")].state, SwapState::Declined);
    let late = [
        program(),
        plan(&[ada(), bob()], ""),
        asked(),
        answered("sales", true),
        cancelled("b"),
        answered("logistics", true),
    ];
    let found = rotation(&late);
    assert_eq!(found.swaps[&SwapId::from("s")].state, SwapState::Lapsed);
    assert_eq!(found.visits[&PlacementId::from("a")].placed, ada());
    let open = rotation(&late[..5]);
    assert_eq!(open.swap_state(&open.swaps[&SwapId::from("s")]), SwapState::Lapsed);
}

#[test]
fn an_ended_rotation_withdraws_what_is_still_to_come() {
    let end = Payload::RotationEnded { rotation: "r".into(), from: bob().from, reason: "Enough".into() };
    let found = rotation(&[program(), plan(&[ada(), bob()], ""), end]);
    assert!(found.visits[&PlacementId::from("a")].is_planned());
    assert!(!found.visits[&PlacementId::from("b")].is_planned());
    assert_eq!(found.ended.map(|ended| ended.reason).as_deref(), Some("Enough"));
}

#[test]
fn visits_take_working_days() {
    let monday = Week(2900).monday();
    let sunday_to_thursday = [true, true, true, true, false, false, true];
    for (weekdays, length, part, days) in [
        (FIVE, VisitLength::Weeks(1), 0, Some((0, 4))),
        (FIVE, VisitLength::Weeks(2), 0, Some((0, 11))),
        (FIVE, VisitLength::Weeks(1), 1, None),
        (FIVE, VisitLength::Weeks(0), 0, None),
        (FIVE, VisitLength::Days(2), 0, Some((0, 1))),
        (FIVE, VisitLength::Days(2), 1, Some((2, 3))),
        (FIVE, VisitLength::Days(2), 2, None),
        (FIVE, VisitLength::Days(0), 0, None),
        (sunday_to_thursday, VisitLength::Days(5), 0, Some((0, 6))),
        ([false; 7], VisitLength::Weeks(1), 0, Some((0, 4))),
    ] {
        let expected = days.map(|(first, last)| (monday.plus(first), monday.plus(last)));
        assert_eq!(of_visit(weekdays, length, Week(2900), part), expected, "{weekdays:?} {length:?} {part}");
    }
}

#[test]
fn absences_touch_the_planned_weeks_only() {
    let day = |week: i32, day: i32| Week(week).monday().plus(day);
    for (from, until, touched) in [
        (day(2899, 0), day(2899, 6), None),
        (day(2899, 6), day(2900, 0), Some((0, 0))),
        (day(2902, 4), day(2903, 1), Some((2, 3))),
        (day(2902, 4), day(2999, 1), Some((2, 9))),
        (day(2910, 0), day(2911, 0), None),
        (day(2903, 0), day(2902, 0), None),
    ] {
        assert_eq!(weeks_touched(Week(2900), 10, from, until), touched, "{from} {until}");
    }
}
