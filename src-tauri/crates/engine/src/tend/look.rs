//! What is due now, and when to look again.

use std::collections::BTreeMap;

use plaza_domain::breaker::Circuit;
use plaza_domain::day::Day;
use plaza_domain::schedule::{Cadence, Freshness, Pace};
use plaza_domain::workspace::TimeZone;
use plaza_store::intake::{CircuitRow, Load, PaceRow, QueueRow, QueueState, View};

use super::hold::Hold;
use super::settle::again;
use super::{Age, by_itself};
use crate::drill::outage::cut_until;
use crate::error::Result;
use crate::workspace::Workspace;

/// Another program that is pulling tells nobody when it has done: its integration is looked at again after so many
/// milliseconds.
const ELSEWHERE_MS: i64 = 60_000;

/// What could not even be begun (a disk that is full, a lock that another looked at) stays due; it is not listed again
/// within so many milliseconds, so that nobody runs in a circle.
const LISTED_MS: i64 = 5_000;

/// Looks after the integrations of an open workspace; remembers what was seen, to tell what changed since.
#[derive(Debug, Default)]
pub struct Tending {
    stood: BTreeMap<String, Stand>,
    /// When what is due was listed last, milliseconds since 1970 UTC.
    listed: BTreeMap<String, i64>,
    /// The day on which what needs a person was looked for last.
    looked_on: Option<Day>,
}

/// How old an integration's numbers are, and until when a drill cuts it.
type Stand = (Option<Freshness>, Option<i64>);

/// What a look found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Integrations that are due, by their ids: each is to be given to [`run`](super::run).
    pub due: Vec<String>,
    /// When something is next due, milliseconds since 1970 UTC; none where nothing ever will be.
    pub again_at: Option<i64>,
    /// When numbers next grow old or a drill ends, milliseconds since 1970 UTC; none where nothing will.
    pub ages_at: Option<i64>,
    /// Some numbers grew old, or young, a drill ended, or something began or ceased to need a person since the last look:
    /// pages that show it are stale.
    pub aged: bool,
}

impl Look {
    fn sooner(&mut self, at: Option<i64>) {
        self.again_at = self.again_at.into_iter().chain(at).min();
    }
}

impl Tending {
    /// Looks once. What is due is queued before this returns, so that nothing is lost with the program.
    ///
    /// # Errors
    /// What the stores say.
    pub fn look(&mut self, workspace: &Workspace) -> Result<Look> {
        let mut look = Look::default();
        let mut stands = BTreeMap::new();
        for saved in workspace.view(|view| view.integrations())? {
            let id = saved.id.as_str();
            let schedule = workspace.view(|view| by_itself(view, &saved.id))?;
            if saved.retired.is_none() {
                let age = Age::of(workspace, id)?;
                let cut = cut_until(workspace, id)?;
                look.ages_at = look.ages_at.into_iter().chain(age.next_at).chain(cut).min();
                stands.insert(id.to_owned(), (age.freshness, cut));
            }
            let about = About {
                id,
                schedule: schedule.map(|one| (one.schedule.cadence, one.act.hash.to_string())),
                definition: saved.current.act.hash.to_string(),
                zone: workspace.settings()?.time_zone,
                now: workspace.now_ms(),
            };
            let found = about.bring_up_to_date(workspace)?;
            match found.next {
                Next::Never => {}
                Next::At(moment) => look.sooner(Some(moment)),
                Next::Now if Hold::take(workspace, id)?.is_none() => {
                    look.sooner(Some(about.now + ELSEWHERE_MS));
                }
                Next::Now => look.due.extend(self.list(id, about.now, &mut look.again_at)),
            }
        }
        let before = std::mem::replace(&mut self.stood, stands);
        look.aged = !before.is_empty() && before != self.stood;
        // Some matters begin with a day: a year without a drill, a measure whose date is over.
        let today = Some(workspace.today()?);
        if before != self.stood || today != self.looked_on {
            self.looked_on = today;
            // Whoever opens a page is told of it there; that it could not be noted is no reason not to pull.
            look.aged |= workspace.look_for_attention().unwrap_or(false);
        }
        Ok(look)
    }
}

impl Tending {
    /// Lists what is due, unless it was listed a moment ago.
    fn list(&mut self, id: &str, now: i64, again_at: &mut Option<i64>) -> Option<String> {
        let again = self.listed.get(id).map(|listed| listed + LISTED_MS);
        if let Some(again) = again.filter(|again| (now..now + LISTED_MS).contains(again)) {
            *again_at = (*again_at).into_iter().chain([again]).min();
            return None;
        }
        self.listed.insert(id.to_owned(), now);
        Some(id.to_owned())
    }
}

/// What is known of an integration besides the intake.
struct About<'a> {
    id: &'a str,
    /// Its cadence and the event that chose it, where it is pulled by itself.
    schedule: Option<(Cadence, String)>,
    definition: String,
    zone: TimeZone,
    now: i64,
}

/// What is to be noted, and what comes next.
struct Found {
    pace: Option<PaceRow>,
    queued: Option<QueueRow>,
    /// Where the clock was set back: what is only read as shorter would begin anew with every look.
    circuit: Option<CircuitRow>,
    is_dropped: bool,
    next: Next,
}

enum Next {
    Never,
    At(i64),
    /// It is due, under way, or was left by a program that ended.
    Now,
}

impl About<'_> {
    /// Notes what is to be noted; where there is nothing, nothing is written.
    fn bring_up_to_date(&self, workspace: &Workspace) -> Result<Found> {
        let found = self.find(workspace.intake_reader()?.view())?;
        if found.pace.is_none() && found.queued.is_none() && found.circuit.is_none() && !found.is_dropped {
            return Ok(found);
        }
        let mut intake = workspace.intake();
        let load = intake.load()?;
        // Another program may have been faster.
        let found = self.find(load.view())?;
        self.note(&load, &found)?;
        load.commit()?;
        Ok(found)
    }

    fn note(&self, load: &Load<'_>, found: &Found) -> Result<()> {
        if let Some(pace) = &found.pace {
            load.put_pace(self.id, pace)?;
        }
        if let Some(queued) = &found.queued {
            load.put_queued(queued)?;
        }
        if let Some(circuit) = &found.circuit {
            load.put_circuit(self.id, circuit)?;
        }
        if found.is_dropped {
            load.drop_queued(self.id)?;
        }
        Ok(())
    }

    fn find(&self, view: View<'_>) -> Result<Found> {
        let queued = view.queued(self.id)?;
        let mut found =
            Found { pace: None, queued: None, circuit: None, is_dropped: false, next: Next::Never };
        let Some((cadence, schedule)) = &self.schedule else {
            // What is under way ends by itself.
            found.is_dropped = queued.is_some_and(|queued| queued.state != QueueState::Running);
            return Ok(found);
        };
        let known = view.pace(self.id)?;
        let pace = self.pace(known.as_ref(), *cadence, schedule);
        if known.as_ref() != Some(&pace) {
            found.pace = Some(pace.clone());
        }
        let before = view.circuit(self.id)?;
        let circuit = before.circuit.on_clock(self.now);
        if circuit != before.circuit {
            found.circuit = Some(CircuitRow { circuit, ..before });
        }
        let Some(before) = queued else {
            let Some(due_at) = pace.pace.due(*cadence, self.zone) else { return Ok(found) };
            if due_at > self.now {
                found.next = Next::At(due_at);
                return Ok(found);
            }
            let fresh = self.fresh(due_at, circuit);
            found.next = self.next(&fresh);
            found.queued = Some(fresh);
            return Ok(found);
        };
        let now = self.up_to_date(before.clone(), circuit);
        found.next = self.next(&now);
        found.queued = (now != before).then_some(now);
        Ok(found)
    }

    /// Where it stands in its cadence. Another schedule counts from now on, and keeps its distance to the last pull.
    fn pace(&self, known: Option<&PaceRow>, cadence: Cadence, schedule: &str) -> PaceRow {
        let chosen = Pace::chosen(self.now);
        let pace = match known {
            Some(known) if known.schedule == schedule => known.pace.on_clock(cadence, self.now),
            Some(known) => {
                let rest = known.pace.on_clock(cadence, self.now).not_before;
                Pace { not_before: rest.max(self.now), ..chosen }
            }
            None => chosen,
        };
        PaceRow { schedule: schedule.to_owned(), pace }
    }

    fn fresh(&self, due_at: i64, circuit: Circuit) -> QueueRow {
        QueueRow {
            integration: self.id.to_owned(),
            due_at,
            attempt: 1,
            not_before: circuit.closed_until().unwrap_or(self.now).max(self.now),
            state: QueueState::Waiting,
            noted_at: self.now,
            definition: None,
            words: None,
        }
    }

    /// The queued pull after the clock was set back, the circuit was opened or closed by a person's pull, or a person
    /// changed the definition that it waits for.
    fn up_to_date(&self, mut row: QueueRow, circuit: Circuit) -> QueueRow {
        if row.noted_at > self.now {
            row.not_before -= row.noted_at - self.now;
            row.noted_at = self.now;
        }
        match row.state {
            QueueState::Person if row.definition.as_deref() != Some(&self.definition) => again(row, self.now),
            QueueState::Waiting => {
                if let Some(until) = circuit.closed_until().filter(|until| *until > row.not_before) {
                    row.not_before = until;
                }
                row
            }
            QueueState::Person | QueueState::Running => row,
        }
    }

    const fn next(&self, row: &QueueRow) -> Next {
        match row.state {
            QueueState::Person => Next::Never,
            QueueState::Waiting if row.not_before > self.now => Next::At(row.not_before),
            QueueState::Waiting | QueueState::Running => Next::Now,
        }
    }
}
