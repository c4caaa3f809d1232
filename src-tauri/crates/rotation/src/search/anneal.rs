//! Simulated annealing: a worse schedule is taken with a chance that shrinks with the loss and with the time.

use std::ops::ControlFlow;

use super::board::{Board, Spot};
use super::moves::step;
use super::state::State;
use crate::rng::{Rng, Thresholds};

/// Iterations between two looks at the temperature, the watcher and the best so far.
const STRIDE: u64 = 1024;
/// The last temperature: below it no loss of a whole unit passes.
const COLDEST: f64 = 0.25;

/// What one seed found.
pub(super) struct Found {
    pub(super) score: i64,
    pub(super) shortage: i64,
    pub(super) spots: Vec<(usize, Spot)>,
}

/// How one seed is run.
pub(super) struct Run {
    pub(super) seed: u64,
    pub(super) iterations: u64,
    /// Whether the first schedule without a shortage is enough.
    pub(super) only_goals: bool,
}

/// Runs one seed. `watch` is told how many iterations were done since it was last told.
///
/// Breaks when the watcher breaks.
pub(super) fn anneal(
    board: &Board,
    run: &Run,
    watch: &dyn Fn(u64) -> ControlFlow<()>,
) -> ControlFlow<(), Found> {
    let mut rng = Rng::new(run.seed);
    let thresholds = Thresholds::new();
    let mut state = State::new(board);
    let mut best = Found { score: state.score, shortage: state.shortage, spots: state.spots() };
    let hottest = board.costs.scale();
    let mut done = 0;
    while done < run.iterations && !board.units.is_empty() {
        if run.only_goals && state.shortage == 0 {
            break;
        }
        let stride = STRIDE.min(run.iterations - done);
        let left = 1.0 - done as f64 / run.iterations as f64;
        let square = left * left;
        let temperature = COLDEST + (hottest - COLDEST).max(0.0) * square * square;
        for _ in 0..stride {
            let before = state.score;
            let whole = step(&mut state, &mut rng);
            let loss = state.score - before;
            if whole && (loss <= 0 || (loss as f64) < thresholds.draw(&mut rng) * temperature) {
                state.log.clear();
                // While it is hot the best is soon surpassed; keeping it costs a copy.
                if state.score < best.score && (left < 0.2 || state.shortage < best.shortage) {
                    best = Found { score: state.score, shortage: state.shortage, spots: state.spots() };
                }
            } else {
                state.undo();
            }
        }
        done += stride;
        watch(stride)?;
    }
    if state.score < best.score {
        best = Found { score: state.score, shortage: state.shortage, spots: state.spots() };
    }
    ControlFlow::Continue(best)
}
