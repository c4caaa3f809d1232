//! Records, routes and calendars for tests: small builders, and strategies that make odd ones.

#![allow(clippy::unwrap_used, clippy::enum_glob_use, clippy::wildcard_imports, clippy::needless_for_each)] // tests

use proptest::prelude::*;

use super::assemble::{AssemblyRules, RecordFacts, assemble};
use super::history::History;
use super::plan::{Route, Standards};
use super::{Journey, Milestone, PerMilestone, Seat};
use crate::day::{Calendar, Day};
use crate::kpi::KpiRules;
use crate::record::{Facts, Field, FieldKind, Known, push_number};

pub(crate) const SALES: Seat = Seat(3);
pub(crate) const PRODUCTION: Seat = Seat(2);
pub(crate) const LOGISTICS: Seat = Seat(1);
pub(crate) const FINANCE: Seat = Seat(0);

/// A day of 2026 from `month/day`.
pub(crate) fn day(text: &str) -> Day {
    let (month, day) = text.split_once('/').unwrap();
    Day::from_ymd(2026, month.parse().unwrap(), day.parse().unwrap()).unwrap()
}

/// All seven milestones, four departments.
pub(crate) fn route() -> Route {
    route_of(&Milestone::ALL, Milestone::Delivered)
}

pub(crate) fn route_of(steps: &[Milestone], promise: Milestone) -> Route {
    let seat = |milestone| match milestone {
        Milestone::Ordered | Milestone::Confirmed => SALES,
        Milestone::Produced => PRODUCTION,
        Milestone::Shipped | Milestone::Delivered => LOGISTICS,
        Milestone::Invoiced | Milestone::Paid => FINANCE,
    };
    let steps: Vec<_> = steps.iter().map(|milestone| (*milestone, Some(seat(*milestone)))).collect();
    Route::new(&steps, promise, SALES).unwrap()
}

/// Confirm 1, produce 6, ship 2, deliver 2, invoice 3, pay 30.
pub(crate) fn standards() -> Standards {
    Standards::of_defaults(PerMilestone([None, Some(1), Some(6), Some(2), Some(2), Some(3), Some(30)]))
}

pub(crate) fn assembly_rules() -> AssemblyRules {
    AssemblyRules {
        route: route(),
        standards: standards(),
        calendar: Calendar::every_day(),
        tolerance_permille: 0,
        reason_seats: vec![Some(FINANCE), Some(LOGISTICS), Some(PRODUCTION), Some(SALES), None],
    }
}

pub(crate) fn kpi_rules() -> KpiRules {
    KpiRules::new(route(), Calendar::every_day(), 3)
}

/// The KPI rules that belong to rules of assembling.
pub(crate) fn kpi_rules_of(rules: &AssemblyRules) -> KpiRules {
    KpiRules {
        tolerance_permille: rules.tolerance_permille,
        ..KpiRules::new(rules.route, rules.calendar.clone(), 3)
    }
}

/// Facts from numbers.
pub(crate) fn facts(of: &[(Field, i64)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (field, number) in of {
        push_number(&mut bytes, *field, *number);
    }
    bytes
}

/// A record of the first stream, known on 1 January.
pub(crate) fn record(facts: &[u8]) -> RecordFacts<'_> {
    RecordFacts {
        stream: 0,
        facts: Facts(facts),
        known: Known::changed(i64::from(day("1/1").0) * 86_400),
        history: None,
        deleted_at_source: None,
        order_level: false,
        left_out: 0,
    }
}

/// A journey from one flat record.
pub(crate) fn journey(of: &[(Field, i64)]) -> Journey {
    assemble(&[record(&facts(of))], &assembly_rules(), None).unwrap().journey
}

/// Facts of dates (`month/day` of 2026).
pub(crate) fn on(of: &[(Field, &str)]) -> Vec<(Field, i64)> {
    of.iter().map(|(field, text)| (*field, i64::from(day(text).0))).collect()
}

/// Days around the start of 2026, so that generated dates meet.
const FIRST: i32 = 20_454;

pub(crate) fn any_day() -> impl Strategy<Value = Day> {
    (FIRST..FIRST + 90).prop_map(Day)
}

pub(crate) fn any_calendar() -> impl Strategy<Value = Calendar> {
    prop_oneof![
        Just(Calendar::every_day()),
        (any::<[bool; 7]>(), prop::collection::vec(any_day(), 0..8))
            .prop_map(|(week, holidays)| Calendar::working_days(week, holidays)),
        prop::collection::vec(any_day(), 0..8).prop_map(|holidays| Calendar::working_days(
            [true, true, true, true, true, false, false],
            holidays
        )),
    ]
}

/// Any order of any milestones, any departments.
pub(crate) fn any_route() -> impl Strategy<Value = Route> {
    (
        Just(Milestone::ALL[1..].to_vec()).prop_shuffle(),
        1usize..7,
        any::<prop::sample::Index>(),
        any::<[u8; 8]>(),
    )
        .prop_map(|(mut steps, len, promise, seats)| {
            steps.truncate(len);
            let promise = *promise.get(&steps);
            steps.insert(0, Milestone::Ordered);
            let seat = |i: usize| Seat(seats[i] % 8);
            let steps: Vec<_> = steps.iter().enumerate().map(|(i, step)| (*step, Some(seat(i)))).collect();
            Route::new(&steps, promise, seat(7)).unwrap()
        })
}

pub(crate) fn any_assembly_rules() -> impl Strategy<Value = AssemblyRules> {
    (any_route(), any_calendar(), any::<[u8; 7]>(), 0i64..60).prop_map(
        |(route, calendar, times, tolerance)| AssemblyRules {
            route,
            calendar,
            standards: Standards::of_defaults(PerMilestone(times.map(|days| Some(i32::from(days % 20))))),
            tolerance_permille: tolerance,
            reason_seats: vec![Some(Seat(0)), None, Some(Seat(5))],
        },
    )
}

/// A number that makes some sense for a field.
fn any_number(field: Field) -> BoxedStrategy<i64> {
    match field.kind() {
        FieldKind::Date => any_day().prop_map(|day| i64::from(day.0)).boxed(),
        FieldKind::Quantity if field == Field::OrderedQuantity => (0i64..12).boxed(),
        FieldKind::Quantity if field == Field::CancelledQuantity => (0i64..3).boxed(),
        FieldKind::Quantity => (-2i64..12).boxed(),
        FieldKind::Code => (0i64..5).boxed(),
        _ => (0i64..1000).boxed(),
    }
}

/// Number fields that a journey reads, each there or not. Dates come more often than oddities.
pub(crate) fn any_facts() -> impl Strategy<Value = Vec<(Field, i64)>> {
    let fields: Vec<Field> = Field::ALL
        .into_iter()
        .filter(|field| field.kind() != FieldKind::Text && *field != Field::ChangedAt)
        .collect();
    fields
        .into_iter()
        .map(|field| {
            let likely = match field {
                Field::Ordered => 0.98,
                Field::Promised => 0.9,
                _ if field.actual_of().is_some() => 0.7,
                Field::CancelledOn | Field::DisputedOn | Field::ReturnedOn | Field::CancelledQuantity => 0.1,
                _ => 0.3,
            };
            (Just(field), prop::option::weighted(likely, any_number(field)))
        })
        .collect::<Vec<_>>()
        .prop_map(|facts| facts.into_iter().filter_map(|(field, number)| Some((field, number?))).collect())
}

/// Facts whose milestones are in the usual order, so that most journeys are sound.
pub(crate) fn any_sound_facts() -> impl Strategy<Value = Vec<(Field, i64)>> {
    any_facts().prop_map(|mut facts| {
        let mut dates: Vec<i64> = facts
            .iter()
            .filter(|(field, _)| field.actual_of().is_some())
            .map(|(_, number)| *number)
            .collect();
        dates.sort_unstable();
        let milestones = facts.iter_mut().filter(|(field, _)| field.actual_of().is_some());
        for ((_, number), date) in milestones.zip(dates) {
            *number = date;
        }
        facts
    })
}

/// A record with everything that the store keeps beside its facts.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) stream: u16,
    pub(crate) order_level: bool,
    pub(crate) deleted: Option<Day>,
    pub(crate) facts: Vec<u8>,
    pub(crate) known: Known,
    pub(crate) history: Option<History>,
}

impl Kept {
    pub(crate) fn as_record(&self) -> RecordFacts<'_> {
        RecordFacts {
            stream: self.stream,
            facts: Facts(&self.facts),
            known: self.known,
            history: self.history.as_ref(),
            deleted_at_source: self.deleted,
            order_level: self.order_level,
            left_out: 0,
        }
    }
}

pub(crate) fn any_known() -> impl Strategy<Value = Known> {
    (any_day(), any::<bool>(), 0i64..3).prop_map(|(day, declared, hours)| {
        if declared {
            Known::declared(day)
        } else {
            Known::changed(i64::from(day.0) * 86_400 + hours * 3_600)
        }
    })
}

/// One record, alone or with the history of a few versions.
pub(crate) fn any_kept() -> impl Strategy<Value = Kept> {
    let versions = prop::collection::vec((any_sound_facts(), any_known()), 1..4);
    (versions, 0u16..3, prop::bool::weighted(0.1), prop::option::weighted(0.07, any_day())).prop_map(
        |(versions, stream, order_level, deleted)| {
            let versions: Vec<_> = versions.into_iter().map(|(of, known)| (known, facts(&of))).collect();
            let (known, current) = versions.iter().max().cloned().unwrap();
            let mut history = History::default();
            versions.iter().for_each(|(known, facts)| history.note(Facts(facts), *known));
            let history = (versions.len() > 1).then_some(history);
            Kept { stream, order_level, deleted, facts: current, known, history }
        },
    )
}

/// A journey with its rules; odd ones too.
pub(crate) fn any_journeys(rules: &AssemblyRules, kept: &[Vec<Kept>]) -> Vec<Journey> {
    kept.iter()
        .filter_map(|records| {
            let records: Vec<_> = records.iter().map(Kept::as_record).collect();
            assemble(&records, rules, None).ok().map(|assembled| assembled.journey)
        })
        .collect()
}
