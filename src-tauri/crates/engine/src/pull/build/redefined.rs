//! What another arithmetic makes of the journeys there are, found without writing anything: for each order what it adds
//! to the weeks now is taken out, and what it would add is put in. The same sums serve a preview and, written down, the
//! change itself.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use plaza_domain::day::{Day, Week};
use plaza_domain::journey::Journey;
use plaza_domain::kpi::{Few, KpiKind, KpiRules, Sign, Tally, count, stable_from};
use plaza_store::intake::{Intake, JourneyRow, MovedRow, Reader};

use super::moved::{MovedWeeks, name_of};
use super::some::{Figures, apply};
use crate::error::{EngineError, Result};
use crate::journey::key::OrderKey;
use crate::journey::pack::unpack_journey;
use crate::pull::Watch;
use crate::workspace::Workspace;

/// Keys are looked at in so many stretches: each is read at once, and a cancel waits for one of them at most.
const STRETCHES: usize = 256;

/// Threads at most: beyond these the disk is what takes the time.
const WORKERS_MAX: usize = 4;

/// The rules that an integration's journeys are counted by, and those that they would be.
pub(crate) struct Rules {
    /// The day that its tallies stand for.
    pub(crate) today: Day,
    pub(crate) before: KpiRules,
    pub(crate) after: KpiRules,
    /// The fingerprint of the tallies counted by `after`.
    pub(crate) basis: Vec<u8>,
}

/// What other rules change.
#[derive(Default)]
pub(crate) struct Redefined {
    /// By integration's number: what its tallies say more.
    figures: BTreeMap<i64, Figures>,
    moved: MovedWeeks,
    /// Journeys that time may change until another day than before.
    restless: Vec<(i64, Option<i32>)>,
}

impl Redefined {
    /// What the tallies of all integrations say more, by KPI and week.
    pub(crate) fn figures(&self) -> impl Iterator<Item = (KpiKind, Week, &Tally)> {
        self.figures.values().flatten().map(|((kind, week), tally)| (*kind, *week, tally))
    }

    /// Which journeys move which week.
    pub(crate) fn moved(&self) -> Vec<MovedRow> {
        self.moved.rows()
    }

    /// Writes it down: tallies, what moved, and until when journeys are restless. All of it or nothing.
    ///
    /// # Errors
    /// What the intake says.
    pub(crate) fn write(self, intake: &mut Intake, rules: &BTreeMap<i64, Rules>) -> Result<()> {
        let load = intake.load()?;
        for (integration, figures) in &self.figures {
            apply(&load, *integration, figures)?;
        }
        for (integration, rules) in rules {
            if let Some(tallied) = load.view().tallied(*integration)? {
                let basis = rules.basis.clone();
                load.put_tallied(*integration, &plaza_store::intake::Tallied { basis, ..tallied })?;
            }
        }
        for (key, until) in self.restless {
            load.set_restless(key, until)?;
        }
        self.moved.keep(&load)?;
        Ok(load.commit()?)
    }

    fn add(&mut self, other: Self) {
        for (integration, figures) in other.figures {
            let sums = self.figures.entry(integration).or_default();
            for (week, tally) in figures {
                *sums.entry(week).or_default() += &tally;
            }
        }
        self.moved.add(other.moved);
        self.restless.extend(other.restless);
    }
}

/// Counts every journey of these integrations by both rules, on every core.
///
/// # Errors
/// [`EngineError::Cancelled`] where `watch` says so; what the intake says.
pub(crate) fn redefined(
    workspace: &Workspace,
    rules: &BTreeMap<i64, Rules>,
    watch: &dyn Watch,
) -> Result<Redefined> {
    if rules.values().all(|rules| rules.before == rules.after) {
        return Ok(Redefined::default());
    }
    let workers = std::thread::available_parallelism().map_or(1, usize::from).clamp(1, WORKERS_MAX);
    let readers = (0..workers).map(|_| workspace.intake_reader()).collect::<Result<Vec<_>>>()?;
    let done = AtomicUsize::new(0);
    let done = &done;
    std::thread::scope(|scope| {
        let threads: Vec<_> = readers
            .into_iter()
            .enumerate()
            .map(|(first, reader)| {
                scope.spawn(move || stretches(&reader, (first, workers), rules, watch, done))
            })
            .collect();
        let mut all = Redefined::default();
        for thread in threads {
            all.add(thread.join().map_err(|_| EngineError::Conflict { what: "a count" })??);
        }
        Ok(all)
    })
}

/// One worker's stretches: every `step`-th from `first` on.
fn stretches(
    reader: &Reader,
    (first, step): (usize, usize),
    rules: &BTreeMap<i64, Rules>,
    watch: &dyn Watch,
    done: &AtomicUsize,
) -> Result<Redefined> {
    let border = |place: usize| OrderKey::of_journey(i64::MAX / STRETCHES as i64 * place as i64).last();
    let mut found = Redefined::default();
    let mut few = Few::default();
    for place in (first..STRETCHES).step_by(step) {
        if watch.cancel().load(Ordering::Relaxed) {
            return Err(EngineError::Cancelled);
        }
        let from = if place == 0 { 0 } else { border(place) + 1 };
        let to = if place + 1 == STRETCHES { i64::MAX } else { border(place + 1) };
        let rows = reader.view().journeys_between(from, to)?;
        let of_order = |row: &JourneyRow| (OrderKey::of_journey(row.key), row.integration);
        for order in rows.chunk_by(|one, next| of_order(one) == of_order(next)) {
            let rules = order.first().and_then(|row| Some((row.integration, rules.get(&row.integration)?)));
            if let Some((integration, rules)) = rules {
                found.count(integration, order, rules, &mut few);
            }
        }
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        watch.progress("count", done as u64, STRETCHES as u64);
    }
    Ok(found)
}

impl Redefined {
    /// Adds what one order adds to the weeks more than it did.
    fn count(&mut self, integration: i64, order: &[JourneyRow], rules: &Rules, few: &mut Few) {
        let journeys: Vec<Journey> =
            order.iter().filter_map(|row| unpack_journey(&mut row.body.as_slice())).collect();
        count(&journeys, &rules.before, rules.today, Sign::Minus, few);
        count(&journeys, &rules.after, rules.today, Sign::Plus, few);
        let until = match stable_from(&journeys, &rules.after) {
            Some(day) if day <= rules.today => None,
            Some(day) => Some(day.0),
            None => Some(i32::MAX),
        };
        let others = order.iter().filter(|row| row.restless_until != until);
        self.restless.extend(others.map(|row| (row.key, until)));
        if few.is_zero() {
            few.drain_changed().for_each(drop);
            return;
        }
        let names: Vec<String> = order.first().map(|row| name_of(&row.body)).into_iter().collect();
        let figures = self.figures.entry(integration).or_default();
        for (kind, week, tally) in few.drain_changed() {
            *figures.entry((kind, week)).or_default() += &tally;
            self.moved.note(kind, week, &names);
        }
    }
}
