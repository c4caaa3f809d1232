//! Looking at every journey there is, on every core.

use plaza_store::intake::View;

use super::key::OrderKey;
use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

/// Threads at most: beyond these the disk is what takes the time.
const WORKERS_MAX: usize = 4;

/// Gives stretches of keys that together are all keys to `look`, each on a thread of its own; all lines of an order
/// are in one of them. The answers are in the order of the keys.
pub(crate) fn each_stretch<T: Send>(
    workspace: &Workspace,
    look: impl Fn(View<'_>, i64, i64) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).clamp(1, WORKERS_MAX);
    let readers = (0..workers).map(|_| workspace.intake_reader()).collect::<Result<Vec<_>>>()?;
    let look = &look;
    std::thread::scope(|scope| {
        let threads: Vec<_> = readers
            .into_iter()
            .enumerate()
            .map(|(place, reader)| {
                let (from, to) = stretch(place, workers);
                scope.spawn(move || look(reader.view(), from, to))
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| {
                thread.join().map_err(|_| EngineError::Conflict { what: "the list of journeys" })?
            })
            .collect()
    })
}

/// The first and last key of one of several stretches of equal width.
fn stretch(place: usize, of: usize) -> (i64, i64) {
    let border = |place: usize| OrderKey::of_journey(i64::MAX / of as i64 * place as i64).last();
    let from = if place == 0 { 0 } else { border(place) + 1 };
    let to = if place + 1 == of { i64::MAX } else { border(place + 1) };
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_all_keys_once_and_part_no_order() {
        for workers in 1..=WORKERS_MAX {
            let stretches: Vec<(i64, i64)> = (0..workers).map(|place| stretch(place, workers)).collect();
            assert_eq!((stretches[0].0, stretches[workers - 1].1), (0, i64::MAX));
            for pair in stretches.windows(2) {
                assert_eq!(pair[0].1 + 1, pair[1].0);
                assert_eq!(OrderKey::of_journey(pair[1].0).whole(), pair[1].0);
            }
        }
    }
}
