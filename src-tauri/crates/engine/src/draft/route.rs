//! What is wrong with a draft's route, standards and rules.

use std::collections::BTreeSet;

use plaza_domain::department::DepartmentId;
use plaza_domain::journey::Milestone;

use super::fault::{Fault, Step, What};
use crate::integration::Integration;
use crate::staging::{RuleFault, rule_faults};

/// Checks everything about a draft but its files.
pub(super) fn check(draft: &Integration, departments: &[DepartmentId], faults: &mut Vec<Fault>) {
    route(draft, departments, faults);
    standards(draft, faults);
    rules(draft, faults);
}

fn route(draft: &Integration, departments: &[DepartmentId], faults: &mut Vec<Fault>) {
    let mut say = |path: String, what: What| {
        faults.push(Fault { path, step: Step::Route, stream: None, field: None, what });
    };
    let is_there = |id: &str| departments.iter().any(|one| one.as_str() == id);
    let route = &draft.route;
    if route.promised_by.trim().is_empty() {
        say("route.promised_by".into(), What::NoPromiser);
    } else if !is_there(&route.promised_by) {
        say("route.promised_by".into(), What::NoDepartment { id: route.promised_by.clone() });
    }
    if route.legs.is_empty() {
        say("route.legs".into(), What::NoLegs);
    }
    let mut seen = BTreeSet::new();
    for (place, leg) in route.legs.iter().enumerate() {
        if leg.to == Milestone::Ordered {
            say(format!("route.legs[{place}].to"), What::OrderedLeg);
        } else if !seen.insert(leg.to) {
            say(format!("route.legs[{place}].to"), What::RepeatedLeg { leg: leg.to });
        }
        if leg.department.trim().is_empty() {
            say(format!("route.legs[{place}].department"), What::NoOwner { leg: leg.to });
        } else if !is_there(&leg.department) {
            let id = leg.department.clone();
            say(format!("route.legs[{place}].department"), What::NoDepartment { id });
        }
    }
    if !route.legs.is_empty() && !seen.contains(&route.promise) {
        say("route.promise".into(), What::PromiseNotOnRoute { milestone: route.promise });
    }
}

fn standards(draft: &Integration, faults: &mut Vec<Fault>) {
    // The earliest defaults are the ones that all later ones build on.
    let first = draft.standards.iter().map(|one| one.valid_from).min();
    let earliest = draft
        .standards
        .iter()
        .find(|one| Some(one.valid_from) == first && one.product.is_none() && one.product_group.is_none());
    for leg in draft.route.legs.iter().filter(|leg| leg.to != Milestone::Ordered) {
        if earliest.is_none_or(|days| !days.days.contains_key(&leg.to)) {
            faults.push(Fault {
                path: format!("standard[0].days.{}", leg.to.word()),
                step: Step::Route,
                stream: None,
                field: None,
                what: What::NoStandard { leg: leg.to },
            });
        }
    }
}

fn rules(draft: &Integration, faults: &mut Vec<Fault>) {
    for (path, fault) in rule_faults(draft) {
        let (field, what) = match fault {
            RuleFault::Unknown(rule) => (None, What::UnknownRule { rule }),
            RuleFault::Fixed(rule) | RuleFault::OfSchema(rule) => (None, What::FixedRule { rule }),
            RuleFault::NothingToDrop => (None, What::NothingToDrop),
            RuleFault::OfFile(rule) => (None, What::FileRule { rule }),
            RuleFault::Unmapped(field) => (Some(field), What::RequiredUnmapped { field }),
            RuleFault::NoNumber(field) => (Some(field), What::RangeOfNoNumber { field }),
            RuleFault::EmptyRange(field) => (Some(field), What::EmptyRange { field }),
        };
        faults.push(Fault { path, step: Step::Rules, stream: None, field, what });
    }
}
