//! Proposals: schedules that a solver finds, side by side, with what each costs. Nothing is told to anybody.

use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;

use plaza_domain::event::RotationId;
use plaza_domain::language::Language;
use plaza_rotation::{
    Budget, Outcome, Placement, Progress, Report, SearchError, Weights, check, explain, search,
};
use serde::Serialize;

use super::instance::Known;
use super::words;
use crate::error::{EngineError, Result};
use crate::page::rotation::{ProposalView, ProposedView};
use crate::pull::Watch;
use crate::workspace::Workspace;

/// A word for what a proposal minds most, and what makes it do so.
type Kind = (&'static str, fn(&mut Weights));

/// What proposals mind most. The first is what a person would take without thinking.
const KINDS: [Kind; 4] = [
    ("balanced", |_| {}),
    ("coverage", |weights| weights.coverage = 400),
    ("fair", |weights| weights.fairness = 200),
    ("wishes", |weights| weights.wish = 120),
];

/// How much of a search's budget an explanation gets for each of its many trials.
const EXPLAIN_SHARE: u64 = 10;

/// A schedule that nobody was told of.
#[derive(Clone, Debug)]
pub(super) struct Proposal {
    /// Its placements, in the solver's terms.
    pub(super) placements: Vec<Placement>,
    /// What each rule costs.
    costs: Vec<i64>,
}

/// What a search came to: kept until somebody publishes one of its proposals, or looks away.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// As a page shows it.
    pub view: ProposedView,
    pub(super) rotation: RotationId,
    pub(super) proposals: Vec<Proposal>,
    /// What it goes by: another one means that something has changed since.
    pub(super) basis: String,
}

/// What a schedule goes by, in a word.
pub(super) fn basis(known: &Known) -> Result<String> {
    #[derive(Serialize)]
    struct Basis<'a> {
        instance: &'a plaza_rotation::Instance,
        people: &'a [plaza_domain::person::PersonId],
        departments: &'a [plaza_domain::department::DepartmentId],
        first: plaza_domain::day::Week,
    }
    let basis = Basis {
        instance: &known.instance,
        people: &known.people,
        departments: &known.departments,
        first: known.first,
    };
    let bytes = serde_json::to_vec(&basis).map_err(|_| EngineError::Conflict { what: "the rotation" })?;
    Ok(blake3::hash(&bytes).to_hex().to_string())
}

/// As many threads as the computer has; the answer is the same with any number.
pub(super) fn budget() -> Budget {
    Budget::new(std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN))
}

/// Has a search tell its watcher of the `nth` of `of` parts, and hear that it shall stop.
pub(super) fn watched(
    watch: &dyn Watch,
    nth: u64,
    of: u64,
) -> impl Fn(Progress) -> ControlFlow<()> + Sync + '_ {
    const PARTS: u64 = 1_000;
    move |progress| {
        let total = progress.total.unwrap_or(0);
        let done = progress.done.saturating_mul(PARTS).checked_div(total);
        match done {
            Some(done) => watch.progress("plan", nth * PARTS + done.min(PARTS), of * PARTS),
            None => watch.progress("plan", 0, 0),
        }
        if watch.cancel().load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// What a search that found nothing means for a person.
pub(super) fn refused(error: SearchError) -> EngineError {
    match error {
        SearchError::Fault(fault) => EngineError::invalid("rotation", fault.to_string()),
        SearchError::Cancelled => EngineError::Cancelled,
        unsound @ SearchError::Unsound(_) => EngineError::Solver(unsound),
    }
}

/// Looks for schedules of what is still to come of a rotation.
///
/// # Errors
/// [`EngineError::Invalid`] for a program that cannot be planned; [`EngineError::NotFound`]; [`EngineError::Cancelled`].
pub fn propose(
    workspace: &Workspace,
    rotation: &RotationId,
    language: Language,
    watch: &dyn Watch,
) -> Result<Proposed> {
    propose_of(workspace, rotation, &KINDS, language, watch)
}

/// As [`propose()`], and only what a person would take without thinking.
pub(crate) fn propose_one(
    workspace: &Workspace,
    rotation: &RotationId,
    language: Language,
    watch: &dyn Watch,
) -> Result<Proposed> {
    propose_of(workspace, rotation, &KINDS[..1], language, watch)
}

fn propose_of(
    workspace: &Workspace,
    rotation: &RotationId,
    kinds: &[Kind],
    language: Language,
    watch: &dyn Watch,
) -> Result<Proposed> {
    workspace.demand_planner()?;
    let found = workspace.live_rotation(rotation)?;
    let known = Known::read(workspace, &found)?;
    let mut proposed = Proposed {
        view: ProposedView::default(),
        rotation: rotation.clone(),
        proposals: Vec::new(),
        basis: basis(&known)?,
    };
    proposed.view.rotation = rotation.to_string();
    // People count on what was published: it stands, and what is open is planned around it.
    let promised = known.promised();
    for (nth, (kind, mind)) in (0_u64..).zip(kinds) {
        let mut instance = known.instance.clone();
        mind(&mut instance.program.weights);
        instance.pinned.clone_from(&promised);
        let tell = watched(watch, nth, kinds.len() as u64);
        match search(&instance, budget(), &tell).map_err(refused)? {
            Outcome::Found(schedule) => proposed.add(&known, kind, schedule.placements, language),
            // The weights do not bear on whether anything fits.
            Outcome::NothingFits { .. } => {
                let mut as_promised = known.clone();
                as_promised.instance.pinned = promised;
                proposed.explain(&as_promised, language, watch)?;
                break;
            }
        }
    }
    Ok(proposed)
}

impl Proposed {
    /// Adds a proposal, but for one that costs the same by every rule as another: nobody could say which to choose. What it
    /// costs is counted alike for all.
    pub(super) fn add(&mut self, known: &Known, kind: &str, placements: Vec<Placement>, language: Language) {
        let report: Report = check(&known.instance, &placements);
        let costs: Vec<i64> = report.rules.iter().map(|rule| rule.score).collect();
        if self.proposals.iter().any(|other| other.costs == costs) {
            return;
        }
        let nth = u32::try_from(self.proposals.len()).unwrap_or(u32::MAX);
        self.view.proposals.push(ProposalView::of(known, (nth, kind), &placements, &report, language));
        self.proposals.push(Proposal { placements, costs });
    }

    /// Says why nothing fits.
    pub(super) fn explain(&mut self, known: &Known, language: Language, watch: &dyn Watch) -> Result<()> {
        let mut budget = budget();
        budget.iterations /= EXPLAIN_SHARE;
        let tell = watched(watch, 0, 1);
        let explanation = explain(&known.instance, budget, &tell).map_err(refused)?;
        let clashes = explanation.map(|explanation| explanation.clashes).unwrap_or_default();
        self.view.clashes = clashes.iter().map(|clash| words::clash(known, clash, language)).collect();
        Ok(())
    }
}
