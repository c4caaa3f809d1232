//! Who is proposed for a win: read from the journeys of its orders, and from what was decided before its signal.

use std::collections::BTreeSet;

use plaza_domain::day::Day;
use plaza_domain::event::{Anchor, CommitmentAnswer, SaidIn, SignalFound, SignalId};
use plaza_domain::journey::Journey;
use plaza_domain::meeting::Subject;
use plaza_domain::win::{
    HeldLeg, KeptCommitment, Place, Proposal, TakenDecision, Turn, propose_departments, propose_people,
};

use super::{OrderOfWin, Told, Win};
use crate::error::Result;
use crate::journey::context::JourneyContext;
use crate::journey::order::measured;
use crate::meeting::improves;
use crate::promise::Decision;
use crate::workspace::Workspace;

/// The legs of a journey that have ended, each with how late its line was when it began. None where nothing was promised.
pub(crate) fn held_legs(journey: &Journey, context: &JourneyContext, today: Day) -> Vec<HeldLeg> {
    let Some(split) = measured(journey, &context.kpi, today) else { return Vec::new() };
    let mut behind_days = split.gap_days;
    let mut held = Vec::new();
    for leg in split.legs() {
        let department = context.departments.get(leg.seat.index());
        if let Some(department) = department.filter(|_| !leg.running) {
            held.push(HeldLeg {
                department: department.clone(),
                behind_days,
                overrun_days: leg.overrun_days,
                joint: leg.joint,
            });
        }
        behind_days = behind_days.saturating_add(leg.overrun_days);
    }
    held
}

/// Who is proposed for a win and not named on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Proposed {
    /// Who, and why: departments in the order of their first leg, then people.
    pub(crate) proposals: Vec<Proposal>,
    /// Order lines of the customer that were looked at; 0 where the win names its orders, or no customer.
    pub(crate) customer_lines: usize,
}

fn place(said_in: &SaidIn) -> Place {
    (said_in.meeting.clone(), said_in.item.clone(), said_in.thread.clone())
}

impl Workspace {
    /// As [`Workspace::proposals`], for whoever has not looked the orders up.
    pub(super) fn proposed(&self, win: &Win) -> Result<Proposed> {
        self.proposals(win, &self.orders_of_win(&win.recorded.orders)?)
    }

    /// Who is proposed for a win: the departments of its orders' journeys, or of its customer's where it names no orders, then
    /// the people behind its signal. Neither who is named on it, nor whose name was taken off.
    pub(crate) fn proposals(&self, win: &Win, orders: &[OrderOfWin]) -> Result<Proposed> {
        let Told { customer, on, .. } = &win.recorded;
        let today = self.today()?;
        let here = orders.iter().filter_map(|order| order.found.as_ref());
        let mut legs: Vec<HeldLeg> =
            here.flat_map(|found| held_legs(&found.journey, &found.context, today)).collect();
        let mut customer_lines = 0;
        if orders.is_empty() && !customer.is_empty() {
            let found = self.customer_legs(customer, *on)?;
            customer_lines = found.lines;
            legs = found.legs;
        }
        let mut proposals = propose_departments(&legs);
        if let Some(signal) = &win.recorded.signal
            && let Some(turn) = self.turn_talked_about(signal)?
        {
            let decisions = self.taken(&self.decisions()?)?;
            proposals.extend(propose_people(&turn, &decisions, &self.kept_commitments()?));
        }
        proposals.retain(|one| {
            let who = &one.contributor;
            !win.contributors.contains_key(who) && !win.taken_off.contains_key(who)
        });
        Ok(Proposed { proposals, customer_lines })
    }

    /// The turn of a signal, with where people talked about it: under the items and in the threads of all signals that are
    /// one turn with it. Each week gives a pattern another signal.
    fn turn_talked_about(&self, signal: &SignalId) -> Result<Option<Turn>> {
        let all = self.view(|view| view.signals(None))?;
        let known = all.iter().find(|known| known.found.signal == *signal).map(|known| &known.found);
        let Some((known, mut turn)) = known.and_then(|known| Some((known, turn_of(known)?))) else {
            return Ok(None);
        };
        let (definition, threads) =
            self.view(|view| Ok((view.kpi(&known.kpi)?, view.marked_threads(&known.kpi)?)))?;
        let is_of_it = |other: &SignalFound| {
            let is_better = definition.as_ref().is_some_and(|definition| improves(definition, other));
            other.signal == *signal
                || is_better && turn_of(other).is_some_and(|other| other.is_one_with(&turn))
        };
        let of_it: Vec<&SignalFound> =
            all.iter().map(|one| &one.found).filter(|other| is_of_it(other)).collect();
        for one in &of_it {
            let Some(week) = one.weeks.last().copied() else { continue };
            let (kpi, signal, part) = (one.kpi.clone(), one.signal.clone(), one.part.clone());
            turn.items.insert(Subject::Signal { kpi, signal, part, week }.item());
        }
        for thread in threads {
            let Anchor::Signal { signal, .. } = &thread.anchor else { continue };
            if of_it.iter().any(|one| one.signal == *signal) {
                turn.items.insert(Subject::Thread { thread: thread.thread.clone() }.item());
                turn.threads.insert(thread.thread);
            }
        }
        Ok(Some(turn))
    }

    /// Decisions as turns are compared with, in their order.
    pub(super) fn taken(&self, decisions: &[Decision]) -> Result<Vec<TakenDecision>> {
        let zone = self.settings()?.time_zone;
        let all = decisions.iter().map(|one| {
            let expected = one.taken.expected.as_ref();
            TakenDecision {
                decision: one.taken.decision.clone(),
                owner: one.taken.owner.clone(),
                kpi: expected.map(|expected| expected.kpi.clone()),
                part: expected.and_then(|expected| expected.part.clone()),
                in_force: one.taken.from.unwrap_or_else(|| zone.day_at(one.act.at.wall_ms).week()),
                place: place(&one.taken.said_in),
            }
        });
        Ok(all.collect())
    }

    fn kept_commitments(&self) -> Result<Vec<KeptCommitment>> {
        let all = self.commitments()?;
        let kept = all.into_iter().filter(|one| {
            let last = one.answers.last().map(|(answer, _)| answer);
            matches!(last, Some(CommitmentAnswer::Kept))
        });
        let kept = kept.map(|one| {
            let place = place(&one.made.said_in);
            KeptCommitment { commitment: one.made.commitment, who: one.made.who, place }
        });
        Ok(kept.collect())
    }
}

/// The pattern of a signal, where it has weeks.
pub(super) fn turn_of(found: &SignalFound) -> Option<Turn> {
    Some(Turn {
        kpi: found.kpi.clone(),
        part: found.part.clone(),
        from: *found.weeks.first()?,
        until: *found.weeks.last()?,
        items: BTreeSet::new(),
        threads: BTreeSet::new(),
    })
}
