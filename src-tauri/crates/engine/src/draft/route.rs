//! What is wrong with a draft's route, standards and rules.

use std::collections::BTreeSet;

use plaza_domain::department::DepartmentId;
use plaza_domain::journey::Milestone;
use plaza_domain::record::{Field, FieldKind};

use super::fault::{Fault, Step, What};
use crate::integration::Integration;
use crate::staging::{Rule, field_word};

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
    let mut say = |path: String, field: Option<Field>, what: What| {
        faults.push(Fault { path, step: Step::Rules, stream: None, field, what });
    };
    for rule in draft.rules.severity.keys() {
        let path = format!("rules.severity.{rule}");
        match Rule::from_word(rule) {
            None => say(path, None, What::UnknownRule { rule: rule.clone() }),
            Some(known) if known.is_fixed() => say(path, None, What::FixedRule { rule: rule.clone() }),
            Some(_) => {}
        }
    }
    for (place, field) in draft.rules.required.iter().enumerate() {
        if draft.streams.iter().all(|stream| !stream.fields.contains_key(field)) {
            say(format!("rules.required[{place}]"), Some(*field), What::RequiredUnmapped { field: *field });
        }
    }
    for (field, range) in &draft.rules.range {
        let path = format!("rules.range.{}", field_word(*field));
        if !matches!(field.kind(), FieldKind::Quantity | FieldKind::Money) {
            say(path, Some(*field), What::RangeOfNoNumber { field: *field });
        } else if range.min.zip(range.max).is_some_and(|(min, max)| min > max) {
            say(path, Some(*field), What::EmptyRange { field: *field });
        }
    }
}
