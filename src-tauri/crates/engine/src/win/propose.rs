//! Who is proposed for a win: read from the journeys of its orders, and from what was decided before its signal.

use plaza_domain::day::Day;
use plaza_domain::event::{CommitmentAnswer, SaidIn, WinOrder, WinRecorded};
use plaza_domain::journey::Journey;
use plaza_domain::win::{
    HeldLeg, KeptCommitment, Proposal, TakenDecision, Turn, propose_departments, propose_people,
};

use super::Win;
use crate::error::Result;
use crate::journey::context::JourneyContext;
use crate::journey::key::OrderKey;
use crate::journey::order::{find_all, measured};
use crate::journey::pack::unpack;
use crate::workspace::Workspace;

/// The lines that a person means by `4711/2` or `4711`, in the first system that has them.
pub(super) fn lines_of(workspace: &Workspace, word: &str) -> Result<Vec<WinOrder>> {
    let reader = workspace.intake_reader()?;
    let view = reader.view();
    // The number itself may hold a stroke, so the whole of it is looked for first.
    for context in crate::week::rules(workspace)?.into_values() {
        let key = OrderKey::of(&context.system, word);
        let mut lines = Vec::new();
        view.each_journey(key.whole(), key.last(), |_, _, body| -> Result<()> {
            if let Some((_, texts)) = unpack(body).filter(|(_, texts)| texts.order == word) {
                lines.push(WinOrder {
                    system: context.system.clone(),
                    order: word.to_owned(),
                    line: texts.line.to_owned(),
                });
            }
            Ok(())
        })?;
        if !lines.is_empty() {
            return Ok(lines);
        }
    }
    let Some((order, line)) = word.rsplit_once('/') else { return Ok(Vec::new()) };
    let (order, line) = (order.trim(), line.trim());
    let found = find_all(workspace, view, order, line)?;
    Ok(found
        .into_iter()
        .take(1)
        .map(|found| WinOrder {
            system: found.context.system,
            order: order.to_owned(),
            line: line.to_owned(),
        })
        .collect())
}

/// The legs of an order line that have ended. None for a line that is not here any more, or was promised nothing.
fn legs_of(workspace: &Workspace, order: &WinOrder) -> Result<Vec<HeldLeg>> {
    let reader = workspace.intake_reader()?;
    let all = find_all(workspace, reader.view(), &order.order, &order.line)?;
    let Some(found) = all.into_iter().find(|one| one.context.system == order.system) else {
        return Ok(Vec::new());
    };
    Ok(held_legs(&found.journey, &found.context, workspace.today()?))
}

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

fn place(
    said_in: &SaidIn,
) -> (
    Option<plaza_domain::event::MeetingId>,
    Option<plaza_domain::event::ItemId>,
    Option<plaza_domain::event::ThreadId>,
) {
    (said_in.meeting.clone(), said_in.item.clone(), said_in.thread.clone())
}

impl Workspace {
    /// Who is proposed for a win and not named on it: the departments of its orders' journeys, or of its customer's where
    /// it names no orders, then the people behind its signal.
    pub(crate) fn proposals(&self, win: &Win) -> Result<Proposed> {
        let WinRecorded { orders, customer, on, .. } = &win.recorded;
        let mut legs = Vec::new();
        for order in orders {
            legs.extend(legs_of(self, order)?);
        }
        let mut customer_lines = 0;
        if orders.is_empty() && !customer.is_empty() {
            let found = self.customer_legs(customer, *on)?;
            customer_lines = found.lines;
            legs = found.legs;
        }
        let mut proposals = propose_departments(&legs);
        if let Some(signal) = &win.recorded.signal {
            let known = self.view(|view| view.signals(None))?;
            let known = known.into_iter().find(|known| known.found.signal == *signal);
            if let Some(turn) = known.as_ref().and_then(|known| turn_of(&known.found)) {
                proposals.extend(propose_people(&turn, &self.taken_decisions()?, &self.kept_commitments()?));
            }
        }
        proposals.retain(|one| !win.contributors.contains_key(&one.contributor));
        Ok(Proposed { proposals, customer_lines })
    }

    pub(super) fn taken_decisions(&self) -> Result<Vec<TakenDecision>> {
        let zone = self.settings()?.time_zone;
        let all = self.decisions()?.into_iter().map(|one| {
            let in_force = one.taken.from.unwrap_or_else(|| zone.day_at(one.act.at.wall_ms).week());
            let place = place(&one.taken.said_in);
            let (kpi, part) = one.taken.expected.map(|expected| (expected.kpi, expected.part)).unzip();
            TakenDecision {
                decision: one.taken.decision,
                owner: one.taken.owner,
                kpi,
                part: part.flatten(),
                in_force,
                place,
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
pub(super) fn turn_of(found: &plaza_domain::event::SignalFound) -> Option<Turn> {
    Some(Turn {
        kpi: found.kpi.clone(),
        part: found.part.clone(),
        from: *found.weeks.first()?,
        until: *found.weeks.last()?,
    })
}
