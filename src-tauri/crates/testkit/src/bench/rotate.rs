//! How long a rotation's plan takes, and how near it comes to what another program proved.

use std::error::Error;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use plaza_rotation::generate::company;
use plaza_rotation::{
    Budget, Change, Instance, Outcome, Progress, Replanned, SearchError, Weeks, replan, search,
};
use serde::Deserialize;

use crate::processor_seconds;

/// Processors of the computer that the figures are for.
const TWO: NonZero<usize> = NonZero::<usize>::MIN.saturating_add(1);

/// A case of the fixtures, as far as it is needed here.
#[derive(Deserialize)]
struct Case {
    instance: Instance,
    known: Known,
}

#[derive(Deserialize)]
struct Known {
    bound: i64,
}

/// Plans as a proposal is planned. Prints lines of a name, seconds on the clock and of the processors, and what it came to:
/// `case` (a case of the fixtures; the score in thousandths of its bound), `year` (500 people, 12 departments, 52 weeks; the
/// score), `ill` (that plan made anew after an illness; changes of others), and `stop` (from the word to the end).
pub(crate) fn rotate(case: &Path, times: u64) -> Result<(), Box<dyn Error>> {
    let case: Case = serde_json::from_slice(&std::fs::read(case)?)?;
    for seed in 1..=times {
        timed("case", || Ok(plan(&case.instance)?.0 * 1_000 / case.known.bound.max(1)))?;
        let instance = company(500, 12, 52, seed);
        let mut told = Vec::new();
        timed("year", || {
            let (score, placements) = plan(&instance)?;
            told = placements;
            Ok(score)
        })?;
        let visit = told.iter().find(|visit| visit.week == 20).ok_or("nobody goes in week 20")?;
        let absent = vec![(visit.person, Weeks { first: 20, last: 23 })];
        let change = Change { from: 20, absent, ..Change::default() };
        timed("ill", || match replan(&instance, &told, &change, Budget::new(TWO), &go_on)? {
            Replanned::Found(anew) => Ok(i64::try_from(anew.changes_of_others())?),
            Replanned::NothingFits { .. } => Err("nothing fits".into()),
        })?;
        stop(&instance)?;
    }
    Ok(())
}

fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn plan(instance: &Instance) -> Result<(i64, Vec<plaza_rotation::Placement>), Box<dyn Error>> {
    match search(instance, Budget::new(TWO), &go_on)? {
        Outcome::Found(schedule) => Ok((schedule.report.score, schedule.placements)),
        Outcome::NothingFits { .. } => Err("nothing fits".into()),
    }
}

fn timed(name: &str, act: impl FnOnce() -> Result<i64, Box<dyn Error>>) -> Result<(), Box<dyn Error>> {
    let (start, worked) = (Instant::now(), processor_seconds());
    let came_to = act()?;
    println!("{name} {:.4} {:.4} {came_to}", start.elapsed().as_secs_f64(), processor_seconds() - worked);
    Ok(())
}

/// Stops a search in its middle.
fn stop(instance: &Instance) -> Result<(), Box<dyn Error>> {
    let said = Mutex::new(None);
    let half = |progress: Progress| {
        if progress.total.is_none_or(|total| progress.done < total / 2) {
            return ControlFlow::Continue(());
        }
        if let Ok(mut said) = said.lock() {
            said.get_or_insert_with(Instant::now);
        }
        ControlFlow::Break(())
    };
    let stopped = search(instance, Budget::new(TWO), &half);
    if !matches!(stopped, Err(SearchError::Cancelled)) {
        return Err("a search that was stopped went on".into());
    }
    let said = said.into_inner()?.ok_or("nobody was asked")?;
    println!("stop {:.4} 0 0", said.elapsed().as_secs_f64());
    Ok(())
}
