//! Why nothing fits.
//!
//! Only pairs that must happen can make a schedule impossible: every other hard rule forbids, and an empty schedule breaks
//! none of those. So an explanation names the smallest sets of pairs that clash, counts for each pair where its possibilities
//! go, and lists what would help. Counts come from the checker; relaxations were each tried, and a sound schedule was found.

mod count;
mod relax;

use std::cell::Cell;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::model::Instance;
use crate::search::{Aim, Budget, Outcome, Progress, SearchError, Watch, run};
use crate::validate::validate;
pub use count::{Loss, Lost, MustCount};
pub use relax::Relaxation;

/// Why nothing fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// Sets of pairs that clash, each for itself: all of them have to be resolved.
    pub clashes: Vec<Clash>,
}

/// A smallest set of pairs that cannot all happen: without any one of them the others can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// The pairs, with where their possibilities go.
    pub musts: Vec<MustCount>,
    /// Whether counting alone proves it. Otherwise a search that was given the budget found nothing.
    pub proven: bool,
    /// What would help, each by itself, the smallest of its kind.
    pub relaxations: Vec<Relaxation>,
}

/// Says why nothing fits, or nothing when something does. `budget` is what one of many searches is given; where pairs can
/// happen it ends early, so a tenth of what a schedule gets is plenty.
///
/// # Errors
/// When the instance cannot be meant, or the watcher breaks.
pub fn explain(
    instance: &Instance,
    budget: Budget,
    watch: Watch<'_>,
) -> Result<Option<Explanation>, SearchError> {
    validate(instance)?;
    let trial = Trial { budget, watch, done: Cell::new(0) };
    let mut left: Vec<usize> = (0..instance.program.must.len()).collect();
    let mut sets = Vec::new();
    while !trial.fits(&with_musts(instance, &left))? {
        let set = smallest(instance, &trial, &left)?;
        left.retain(|must| !set.contains(must));
        sets.push(set);
    }
    let mut clashes = Vec::new();
    for set in sets {
        // The pairs of other clashes are left out, or nothing could help against this one.
        let musts: Vec<usize> = set.iter().chain(&left).copied().collect();
        let counts: Vec<MustCount> = set.iter().map(|must| count::count(instance, *must)).collect();
        clashes.push(Clash {
            proven: counts.iter().any(|count| count.at_most < count.least),
            relaxations: relax::relaxations(instance, &trial, &set, &musts)?,
            musts: counts,
        });
    }
    Ok(if clashes.is_empty() { None } else { Some(Explanation { clashes }) })
}

/// Leaves out one pair after the other, as long as the rest still clashes.
fn smallest(instance: &Instance, trial: &Trial<'_>, from: &[usize]) -> Result<Vec<usize>, SearchError> {
    // What counting proves needs no search.
    for &must in from {
        let count = count::count(instance, must);
        if count.at_most < count.least {
            return Ok(vec![must]);
        }
    }
    let mut set = from.to_vec();
    for &must in from {
        let without: Vec<usize> = set.iter().copied().filter(|other| *other != must).collect();
        if !trial.fits(&with_musts(instance, &without))? {
            set = without;
        }
    }
    Ok(set)
}

/// The instance with only these of its pairs.
fn with_musts(instance: &Instance, musts: &[usize]) -> Instance {
    let mut instance = instance.clone();
    let all = std::mem::take(&mut instance.program.must);
    let kept = all.into_iter().enumerate().filter(|(number, _)| musts.contains(number));
    instance.program.must = kept.map(|(_, must)| must).collect();
    instance
}

/// Tries whether something fits, many times.
struct Trial<'watch> {
    budget: Budget,
    watch: Watch<'watch>,
    done: Cell<u64>,
}

impl Trial<'_> {
    fn fits(&self, instance: &Instance) -> Result<bool, SearchError> {
        let (watch, before) = (self.watch, self.done.get());
        // How many trials there will be nobody knows.
        let counted = move |progress: Progress| -> ControlFlow<()> {
            watch(Progress { done: before + progress.done, total: None })
        };
        let outcome = run(instance, self.budget, Aim::AnySound, &counted)?;
        let steps = self.budget.iterations.saturating_mul(u64::from(self.budget.seeds.get()));
        self.done.set(before.saturating_add(steps));
        Ok(matches!(outcome, Outcome::Found(_)))
    }
}
