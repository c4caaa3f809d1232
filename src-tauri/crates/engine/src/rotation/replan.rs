//! A plan that people know is made anew with the fewest changes, because somebody is not there or a rule has changed.

use plaza_domain::day::Day;
use plaza_domain::event::{Placed, RotationId};
use plaza_domain::language::Language;
use plaza_domain::rotation::{Rotation, Standing};
use plaza_rotation::{Change, Placement, Replanned, Weeks, replan as search_anew};

use super::instance::Known;
use super::propose::{Proposed, basis, budget, refused, watched};
use super::words;
use crate::error::{EngineError, Result};
use crate::page::rotation::{ChangeView, ProposedView};
use crate::pull::Watch;
use crate::workspace::Workspace;

/// Looks for the plan with the fewest changes to what people were told.
///
/// # Errors
/// [`EngineError::Invalid`] where nothing was published yet; as [`super::propose()`] else.
pub fn replan(
    workspace: &Workspace,
    rotation: &RotationId,
    language: Language,
    watch: &dyn Watch,
) -> Result<Proposed> {
    workspace.demand_planner()?;
    let found = workspace.live_rotation(rotation)?;
    if found.plans.is_empty() {
        return Err(EngineError::invalid("rotation", "nothing was published yet: choose a proposal first"));
    }
    let known = Known::read(workspace, &found)?;
    let mut proposed = Proposed {
        view: ProposedView { rotation: rotation.to_string(), ..ProposedView::default() },
        rotation: rotation.clone(),
        proposals: Vec::new(),
        basis: basis(&known)?,
    };
    let today = workspace.today()?;
    let told = told(&known);
    let lost = lost(&known, &found, today);
    let mut change = change(&known, &told, today);
    change.concerned.extend(owed(&known, &found, &lost));
    // What happened is in the instance already; the solver is told of it as of news, so that it knows whom it concerns.
    let mut before = known.instance.clone();
    before.told = None;
    let tell = watched(watch, 0, 1);
    match search_anew(&before, &told, &change, budget(), &tell).map_err(refused)? {
        Replanned::Found(plan) if plan.moved.is_empty() && lost.is_empty() => {
            proposed.view.nothing_to_do = true;
        }
        Replanned::Found(plan) => {
            let mut as_told = known.clone();
            as_told.instance = plan.instance;
            proposed.add(&as_told, "fewest_changes", plan.schedule.placements, language);
            if let Some(view) = proposed.view.proposals.last_mut() {
                view.kept = u32::try_from(plan.kept).unwrap_or(u32::MAX);
                view.changes = plan.moved.iter().map(|moved| change_view(&known, moved, language)).collect();
                view.changes.extend(lost.iter().map(|placed| lost_view(&known, placed, language)));
            }
        }
        Replanned::NothingFits { instance } => {
            let mut as_told = known.clone();
            as_told.instance = *instance;
            proposed.explain(&as_told, language, watch)?;
        }
    }
    Ok(proposed)
}

/// What people were told and has not begun.
fn told(known: &Known) -> Vec<Placement> {
    known.instance.told.iter().flat_map(|told| told.placements.iter().copied()).collect()
}

/// Whoever is owed a visit: theirs was cancelled or broken off, and they have fewer than are due.
fn owed(known: &Known, rotation: &Rotation, lost: &[&Placed]) -> Vec<usize> {
    let cancelled = rotation.visits.values();
    let cancelled = cancelled.filter(|visit| matches!(visit.standing, Standing::Cancelled { .. }));
    let planned = rotation.planned();
    let due = usize::try_from(rotation.program.what.due).unwrap_or(usize::MAX);
    cancelled
        .map(|visit| &visit.placed)
        .chain(lost.iter().copied())
        .filter_map(|placed| {
            let number = known.people.iter().position(|id| *id == placed.visitor)?;
            let left = planned.iter().filter(|visit| visit.placed.visitor == placed.visitor);
            let left = left.filter(|visit| !lost.contains(&&visit.placed)).count();
            (left < due && known.instance.people.get(number)?.joins).then_some(number)
        })
        .collect()
}

/// What people were told, is not over, and cannot even be looked at: it has begun and a rule forbids it, or the program as it
/// stands has no such visit any more.
fn lost<'a>(known: &Known, rotation: &'a Rotation, today: Day) -> Vec<&'a Placed> {
    let planned = rotation.planned().into_iter().map(|visit| &visit.placed);
    planned
        .filter(|placed| placed.until >= today)
        .filter(|placed| match known.placement(placed) {
            Some(one) => placed.from <= today && !known.instance.pinned.contains(&one),
            None => true,
        })
        .collect()
}

fn lost_view(known: &Known, placed: &Placed, language: Language) -> ChangeView {
    let place = |id: &plaza_domain::department::DepartmentId| {
        let number = known.departments.iter().position(|other| other == id);
        number.map_or_else(|| id.to_string(), |number| known.department_name(number).to_owned())
    };
    let person = known.people.iter().position(|id| *id == placed.visitor);
    ChangeView {
        name: person.map_or_else(|| placed.visitor.to_string(), |one| known.person_name(one).to_owned()),
        concerned: true,
        withdrawn: vec![words::days(&place(&placed.host), placed.from, placed.until, language)],
        new: Vec::new(),
        because: Vec::new(),
    }
}

/// Who cannot do what they were told, and which departments cannot host or send then.
fn change(known: &Known, told: &[Placement], today: Day) -> Change {
    let program = &known.instance.program;
    let this_week = u32::try_from(today.week().0 - known.first.0).unwrap_or(0).min(program.weeks);
    let mut change = Change { from: this_week, ..Change::default() };
    for one in told {
        let hit = |spans: &[Weeks]| -> Vec<Weeks> {
            let touches = |span: &&Weeks| program.weeks_of(one.week).any(|week| span.contains(week));
            spans.iter().filter(touches).copied().collect()
        };
        let Some(person) = known.instance.people.get(one.person) else { continue };
        if program.weeks_of(one.week).any(|week| person.is_absent(week, one.part)) {
            change.concerned.push(one.person);
        }
        for department in [one.host, person.home] {
            if let Some(found) = known.instance.departments.get(department) {
                change.shut.extend(hit(&found.peaks).into_iter().map(|weeks| (department, weeks)));
            }
        }
    }
    change.shut.dedup();
    change
}

fn change_view(known: &Known, moved: &plaza_rotation::Moved, language: Language) -> ChangeView {
    let visits = |list: &[Placement]| -> Vec<String> {
        list.iter().map(|one| words::visit(known, one, language)).collect()
    };
    let mut because: Vec<String> =
        moved.because.iter().map(|breach| words::breach(known, breach, language)).collect();
    because.dedup();
    ChangeView {
        name: known.person_name(moved.person).to_owned(),
        concerned: moved.concerned,
        withdrawn: visits(&moved.withdrawn),
        new: visits(&moved.new),
        because,
    }
}
