//! Finds a schedule: simulated annealing over units of people, with steps that push others out and rehome them.
//!
//! Hard rules are never broken on the way: a step that would is undone. The one exception are pairs that must happen, which a
//! schedule grows into; each visit that lacks costs more than all soft rules together, and a search that ends with such a
//! shortage hands out no schedule. The budget is counted in iterations and every seed runs for itself, so a seed gives one
//! answer on every computer, however many threads work.

mod anneal;
mod board;
mod moves;
mod state;

use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};

use crate::check::{Breach, Report, SoftRule, check};
use crate::model::{Instance, Placement};
use crate::validate::{Fault, validate};
use anneal::{Found, Run, anneal};
use board::Board;

/// How much is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Steps of each seed.
    pub iterations: u64,
    /// How many seeds are run; the best one counts.
    pub seeds: NonZero<u32>,
    /// The first seed; the others follow it.
    pub first_seed: u64,
    /// How many threads work at most. It changes the time and never the answer.
    pub threads: NonZero<usize>,
}

impl Budget {
    /// One for interactive use: a second or two for 500 people, 12 departments and a year on two cores.
    pub fn new(threads: NonZero<usize>) -> Self {
        Self { iterations: 2_000_000, seeds: TWO, first_seed: 1, threads }
    }
}

const TWO: NonZero<u32> = NonZero::<u32>::MIN.saturating_add(1);

/// What is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aim {
    /// The lowest score.
    Best,
    /// The first schedule in which everything happens that must.
    AnySound,
    /// The fewest changes to what people were told, and among those the lowest score.
    FewestChanges,
}

/// How far a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Steps done, of all seeds.
    pub done: u64,
    /// Steps to do, where that is known beforehand.
    pub total: Option<u64>,
}

/// Who watches a search: it is told of progress some hundred times a second, from any thread, and breaks to cancel.
pub type Watch<'watch> = &'watch (dyn Fn(Progress) -> ControlFlow<()> + Sync);

/// A sound schedule and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The placements, in order.
    pub placements: Vec<Placement>,
    /// By the checker; without breaches.
    pub report: Report,
    /// The seed that found it.
    pub seed: u64,
}

/// What a search came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// A schedule that breaks no hard rule.
    Found(Schedule),
    /// No schedule in which everything happens that must.
    NothingFits {
        /// What the nearest one lacks: only [`Breach::MustUnmet`].
        unmet: Vec<Breach>,
    },
}

/// Why a search has no outcome.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// The instance cannot be meant.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The watcher broke.
    #[error("the search was cancelled")]
    Cancelled,
    /// What was found does not pass the checker. This is a fault of this crate: nothing is handed out.
    #[error("the schedule found breaks a rule: {0:?}")]
    Unsound(Breach),
}

/// Searches the best schedule of an instance. Of what does not fit, [`crate::explain`] says why.
///
/// # Errors
/// When the instance cannot be meant, or the watcher breaks.
pub fn search(instance: &Instance, budget: Budget, watch: Watch<'_>) -> Result<Outcome, SearchError> {
    validate(instance)?;
    run(instance, budget, Aim::Best, watch)
}

pub(crate) fn run(
    instance: &Instance,
    budget: Budget,
    aim: Aim,
    watch: Watch<'_>,
) -> Result<Outcome, SearchError> {
    let mut board = Board::new(instance);
    if aim == Aim::FewestChanges {
        board.costs.put_stability_first();
    }
    let seeds = budget.seeds.get() as usize;
    let total = budget.iterations.saturating_mul(seeds as u64);
    let (done, next) = (AtomicU64::new(0), AtomicUsize::new(0));
    let found: Mutex<Vec<(usize, Found)>> = Mutex::new(Vec::new());
    let report = |steps: u64| {
        let done = done.fetch_add(steps, Ordering::Relaxed) + steps;
        watch(Progress { done, total: Some(total) })
    };
    let work = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= seeds {
                return;
            }
            let seed = budget.first_seed.wrapping_add(number as u64);
            let run = Run { seed, iterations: budget.iterations, only_goals: aim == Aim::AnySound };
            let ControlFlow::Continue(one) = anneal(&board, &run, &report) else { return };
            if let Ok(mut found) = found.lock() {
                found.push((number, one));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..budget.threads.get().min(seeds) {
            scope.spawn(work);
        }
        work();
    });
    let found = found.into_inner().unwrap_or_default();
    if found.len() < seeds {
        return Err(SearchError::Cancelled);
    }
    let best = found.into_iter().min_by_key(|(number, found)| (found.score, *number));
    let Some((number, best)) = best else { return Err(SearchError::Cancelled) };
    finish(instance, &board, budget.first_seed.wrapping_add(number as u64), &best)
}

/// Has the checker look at what was found.
fn finish(instance: &Instance, board: &Board, seed: u64, best: &Found) -> Result<Outcome, SearchError> {
    let placements = state::placements(board, &best.spots);
    let report = check(instance, &placements);
    debug_assert_eq!(
        report.score,
        best.score
            - board.costs.must * best.shortage
            - board.costs.stability_on_top * report.rule(SoftRule::Stability).map_or(0, |rule| rule.amount),
        "the search and the checker disagree about the score"
    );
    let is_unmet = |breach: &&Breach| matches!(breach, Breach::MustUnmet { .. });
    if let Some(breach) = report.breaches.iter().find(|breach| !is_unmet(breach)) {
        return Err(SearchError::Unsound(breach.clone()));
    }
    if report.breaches.is_empty() {
        Ok(Outcome::Found(Schedule { placements, report, seed }))
    } else {
        Ok(Outcome::NothingFits { unmet: report.breaches })
    }
}
