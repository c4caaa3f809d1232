//! What cannot be meant is refused, with what and where.

use plaza_rotation::validate::{MOST_DEPARTMENTS, MOST_PEOPLE, MOST_WEEKS, Place};
use plaza_rotation::{
    Breach, Capacity, Fault, Instance, Length, Must, Part, SearchError, Told, Visitor, Weights, Wish, search,
    validate,
};

use crate::support::{at, budget, go_on, must, plain, weeks};

#[track_caller]
fn refuses(spoil: impl FnOnce(&mut Instance), expected: Fault) {
    let mut instance = plain(3, 8, &[0, 0, 1]);
    assert_eq!(validate(&instance), Ok(()));
    spoil(&mut instance);
    assert_eq!(validate(&instance), Err(expected.clone()));
    assert_eq!(search(&instance, budget(10, 1), &go_on), Err(SearchError::Fault(expected)));
}

#[test]
fn sizes() {
    refuses(|bad| bad.program.weeks = 0, Fault::NoWeeks);
    refuses(|bad| bad.program.weeks = 999, Fault::TooManyWeeks { weeks: 999, most: MOST_WEEKS });
    refuses(
        |bad| bad.people = vec![bad.people[0].clone(); MOST_PEOPLE + 1],
        Fault::TooManyPeople { people: MOST_PEOPLE + 1, most: MOST_PEOPLE },
    );
    refuses(
        |bad| bad.departments = vec![bad.departments[0].clone(); MOST_DEPARTMENTS + 1],
        Fault::TooManyDepartments { departments: MOST_DEPARTMENTS + 1, most: MOST_DEPARTMENTS },
    );
    refuses(|bad| bad.program.most = 9_999, Fault::TooManyVisits { visits: 9_999 });
    refuses(|bad| bad.program.cell_target = 251, Fault::TooManyVisits { visits: 251 });
    refuses(|bad| bad.program.must = vec![must(0, 1, 251)], Fault::TooManyVisits { visits: 251 });
    refuses(
        |bad| bad.program.must = vec![must(0, 1, 250); 41],
        Fault::TooManyMustVisits { visits: 10_250, most: 10_000 },
    );
    refuses(
        |bad| bad.program.must = vec![must(0, 1, 1); 1_001],
        Fault::TooManyMusts { musts: 1_001, most: 1_000 },
    );
    let heavy = Weights { wish: 10_001, ..Weights::default() };
    refuses(|bad| bad.program.weights = heavy, Fault::Weight(10_001));
}

#[test]
fn lengths_and_periods() {
    refuses(|bad| bad.program.working_days = 8, Fault::WorkingDays(8));
    for length in [Length::Weeks(0), Length::Days(0), Length::Days(5)] {
        refuses(|bad| bad.program.length = length, Fault::Length(length));
    }
    refuses(|bad| bad.program.length = Length::Weeks(9), Fault::LongerThanPlan { length: 9, weeks: 8 });
    refuses(|bad| bad.program.period_weeks = 0, Fault::NoPeriod);
    refuses(|bad| bad.program.due = 2, Fault::DueBeyondMost { due: 2, most: 1 });
}

#[test]
fn strangers() {
    let no = |place, department| Fault::UnknownDepartment { place, department };
    refuses(|bad| bad.program.allowed[1] = (0, 7), no(Place::Allowed(1), 7));
    refuses(|bad| bad.program.must = vec![must(7, 1, 1)], no(Place::Must(0), 7));
    refuses(|bad| bad.departments[1].walked = vec![(7, 1)], no(Place::Department(1), 7));
    refuses(|bad| bad.people[2].home = 7, no(Place::Person(2), 7));
    refuses(|bad| bad.people[2].been = vec![7], no(Place::Person(2), 7));
    refuses(|bad| bad.people[2].wishes = vec![Wish { host: 7, strength: 1 }], no(Place::Person(2), 7));
    refuses(|bad| bad.pinned = vec![at(0, 7, 1)], no(Place::Pinned(0), 7));
    let nobody = |place| Fault::UnknownPerson { place, person: 7 };
    refuses(|bad| bad.pinned = vec![at(7, 1, 1)], nobody(Place::Pinned(0)));
    refuses(|bad| bad.buddies = vec![vec![0, 7]], nobody(Place::Buddies(0)));
    let person = Must { visitor: Visitor::Person(7), ..must(0, 1, 1) };
    refuses(|bad| bad.program.must = vec![person], nobody(Place::Must(0)));
    let told = Told { placements: Vec::new(), until: 3, free: vec![7] };
    refuses(|bad| bad.told = Some(told), nobody(Place::Told(0)));
}

#[test]
fn parts_that_are_none() {
    let none = |week, part| Fault::NoSuchPart { place: Place::Person(1), week, part };
    for (week, part) in [(99, 0), (1, 1)] {
        refuses(|bad| bad.people[1].absent_parts = vec![Part { week, part }], none(week, part));
    }
}

#[test]
fn weeks_that_are_none() {
    let outside = |place, weeks| Fault::Weeks { place, weeks };
    refuses(|bad| bad.program.closed = vec![weeks(3, 2)], outside(Place::Closed, weeks(3, 2)));
    refuses(|bad| bad.people[1].absent = vec![weeks(7, 8)], outside(Place::Person(1), weeks(7, 8)));
    refuses(|bad| bad.departments[1].peaks = vec![weeks(8, 9)], outside(Place::Department(1), weeks(8, 9)));
    refuses(
        |bad| bad.departments[1].no_hosting = vec![weeks(8, 9)],
        outside(Place::Department(1), weeks(8, 9)),
    );
    refuses(
        |bad| bad.departments[1].no_sending = vec![weeks(8, 9)],
        outside(Place::Department(1), weeks(8, 9)),
    );
    let capacity = Capacity { weeks: weeks(0, 8), visitors: 1 };
    refuses(
        |bad| bad.departments[0].capacity_in = vec![capacity],
        outside(Place::Department(0), weeks(0, 8)),
    );
    let late = Must { weeks: Some(weeks(8, 8)), ..must(0, 1, 1) };
    refuses(|bad| bad.program.must = vec![late], outside(Place::Must(0), weeks(8, 8)));
}

#[test]
fn what_is_said_twice_or_of_oneself() {
    refuses(|bad| bad.program.allowed.push((0, 1)), Fault::Twice(Place::Allowed(6)));
    let wish = Wish { host: 1, strength: 1 };
    refuses(|bad| bad.people[0].wishes = vec![wish, wish], Fault::Twice(Place::Person(0)));
    refuses(|bad| bad.buddies = vec![vec![0, 1], vec![1, 2]], Fault::Twice(Place::Buddies(1)));
    refuses(|bad| bad.buddies = vec![vec![0]], Fault::Alone(0));
    let told = Told { placements: vec![at(0, 1, 1), at(0, 1, 1)], until: 3, free: Vec::new() };
    refuses(|bad| bad.told = Some(told), Fault::Twice(Place::Told(1)));
    let own = |place, department| Fault::OwnDepartment { place, department };
    refuses(|bad| bad.program.allowed[0] = (1, 1), own(Place::Allowed(0), 1));
    refuses(|bad| bad.program.must = vec![must(2, 2, 1)], own(Place::Must(0), 2));
    refuses(
        |bad| bad.people[0].wishes = vec![Wish { host: 1, strength: 4 }],
        Fault::Strength { person: 0, strength: 4 },
    );
}

#[test]
fn pins_that_cannot_stand() {
    let outside = |place, placement| Fault::Outside { place, placement };
    refuses(|bad| bad.pinned = vec![at(0, 1, 8)], outside(Place::Pinned(0), at(0, 1, 8)));
    let told = Told { placements: vec![at(0, 1, 8)], until: 3, free: Vec::new() };
    refuses(|bad| bad.told = Some(told), outside(Place::Told(0), at(0, 1, 8)));
    let full = Breach::HostFull { host: 1, week: 2, part: 0, visitors: 2, capacity: 1 };
    refuses(|bad| bad.pinned = vec![at(0, 1, 2), at(1, 1, 2)], Fault::Pinned(full));
}

#[test]
fn faults_are_sentences() {
    let fault = Fault::Weeks { place: Place::Person(3), weeks: weeks(4, 2) };
    assert_eq!(fault.to_string(), "weeks 4 to 2 are not among those planned (Person(3))");
}
