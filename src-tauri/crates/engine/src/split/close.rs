//! A dispute ends: with another split, or with the one that the milestones give.

use std::collections::BTreeMap;

use plaza_domain::department::DepartmentId;
use plaza_domain::event::{Anchor, IntegrationId, Outcome, Payload, SplitOverridden, ThreadClosed, ThreadId};
use plaza_domain::journey::agreed::{SLACK, SharesFault, agreed_shares};
use plaza_domain::journey::split::apportion;
use plaza_domain::journey::{Milestone, PerSeat};
use plaza_domain::kpi::judge::{Judged, Verdict, judge};

use super::cause_of;
use crate::error::{EngineError, Result};
use crate::integration::Integration;
use crate::journey::context::JourneyContext;
use crate::journey::order::{Found, find_all, measured, not_here};
use crate::page::thread::{Share, ShareForm};
use crate::pull;
use crate::workspace::Workspace;

/// Millionths of a per cent's worth of a whole.
const MILLIONTHS_PER_PERCENT: f64 = 10_000.0;

/// Tenths of a per cent of a whole.
const TENTHS: i64 = 1000;

/// An order line whose split is disputed.
pub(crate) struct Disputed {
    pub home: Integration,
    pub found: Found,
    /// Its verdict as the KPI has it; nothing without a promise.
    pub judged: Option<Judged>,
}

impl Disputed {
    /// One that is found already.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for one of an integration that is not in use.
    pub(crate) fn of(workspace: &Workspace, found: &Found) -> Result<Self> {
        let home = workspace.home_of_system(&found.context.system)?;
        let judged = judge(&found.journey, &found.context.kpi, workspace.today()?);
        Ok(Self { home, found: found.clone(), judged })
    }

    /// Finds it.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for an integration or a line that is not there.
    pub(crate) fn find(
        workspace: &Workspace,
        integration: &IntegrationId,
        order: &str,
        line: &str,
    ) -> Result<Self> {
        let home = workspace.home_integration(integration.as_str())?;
        let reader = workspace.intake_reader()?;
        let all = find_all(workspace, reader.view(), order, line)?;
        let found = all.into_iter().find(|one| one.context.system == home.system);
        let found = found.ok_or_else(|| not_here(order, line, Some(&home.system)))?;
        let judged = judge(&found.journey, &found.context.kpi, workspace.today()?);
        Ok(Self { home, found, judged })
    }

    /// Whether there is a miss to be split.
    pub(crate) fn is_missed(&self) -> bool {
        self.judged.as_ref().is_some_and(|judged| matches!(judged.verdict, Verdict::Missed(_)))
    }

    /// What the milestones say, millionths by seat; all nothing where it is no miss.
    pub(crate) fn counted(&self) -> PerSeat<i64> {
        let Some(Judged { verdict: Verdict::Missed(miss), promised, .. }) = &self.judged else {
            return PerSeat::default();
        };
        miss.blame(&self.found.journey.as_counted(), &self.found.context.kpi, *promised).shares
    }

    /// Whether the milestones say something else than when something was said of them.
    pub(crate) fn has_changed_since(&self, workspace: &Workspace, said: &SplitOverridden) -> Result<bool> {
        let counted = named(&self.counted(), &self.found.context.departments);
        Ok(counted != said.counted || self.late_days(workspace)? != said.late_days)
    }

    /// Each department's share as the milestones have it, in tenths of a per cent that add up to 100, in the order of the
    /// flow.
    pub(crate) fn counted_percents(&self) -> Vec<Share> {
        let tenths = apportion(TENTHS, &self.counted());
        let some = flow(&self.found.context).into_iter().filter_map(|(seat, id)| {
            let tenths = tenths.get(seat).copied().filter(|tenths| *tenths > 0)?;
            Some(Share { department: id.to_string(), percent: tenths as f64 / 10.0 })
        });
        some.collect()
    }

    /// How late it is, days, where lateness is why it was missed.
    pub(crate) fn late_days(&self, workspace: &Workspace) -> Result<Option<i32>> {
        let split = measured(&self.found.journey, &self.found.context.kpi, workspace.today()?);
        Ok(split.filter(|split| split.is_late()).map(|split| split.lateness_days))
    }
}

/// The departments that an order of these rules passes, by their seats in the order of the flow: only they can have a
/// share of its miss.
pub(crate) fn flow(context: &JourneyContext) -> Vec<(usize, DepartmentId)> {
    let route = &context.kpi.route;
    let legs = route.steps().iter().filter(|step| **step != Milestone::Ordered).map(|step| route.seat(*step));
    let mut seats: Vec<usize> = Vec::new();
    for seat in std::iter::once(route.promiser()).chain(legs) {
        if !seats.contains(&seat.index()) {
            seats.push(seat.index());
        }
    }
    seats.into_iter().filter_map(|seat| Some((seat, context.departments.get(seat)?.clone()))).collect()
}

/// Shares by department as the ledger keeps them, from seats.
pub(crate) fn named(shares: &PerSeat<i64>, departments: &[DepartmentId]) -> BTreeMap<DepartmentId, u32> {
    let some = departments.iter().zip(shares).filter(|(_, share)| **share > 0);
    some.filter_map(|(id, share)| Some((id.clone(), u32::try_from(*share).ok()?))).collect()
}

/// Reads the shares of a form.
fn shares_of(form: &[ShareForm], context: &JourneyContext) -> Result<PerSeat<i32>> {
    let wrong = |words: String| EngineError::invalid("shares", words);
    let flow = flow(context);
    let mut said = PerSeat::<i64>::default();
    let mut given = Vec::new();
    for share in form {
        let known = flow.iter().find(|(_, id)| id.as_str() == share.department);
        let (seat, _) = known.ok_or_else(|| {
            let name: String = share.department.chars().take(80).collect();
            wrong(format!("“{name}” is no department that this order passes"))
        })?;
        if given.contains(seat) {
            return Err(wrong("each department has one share".to_owned()));
        }
        if !share.percent.is_finite() || !(0.0..=100.0).contains(&share.percent) {
            return Err(wrong("a share is between 0 and 100 per cent".to_owned()));
        }
        given.push(*seat);
        if let Some(slot) = said.get_mut(*seat) {
            *slot = (share.percent * MILLIONTHS_PER_PERCENT).round() as i64;
        }
    }
    agreed_shares(&said).map_err(|fault| match fault {
        SharesFault::Sum { sum } => {
            let percent = sum as f64 / MILLIONTHS_PER_PERCENT;
            wrong(format!("the shares add up to {percent:.2} per cent; together they must be 100"))
        }
        fault @ SharesFault::OutOfRange => wrong(fault.to_string()),
    })
}

/// How a dispute is closed.
pub(crate) struct Closing<'a> {
    pub thread: &'a ThreadId,
    pub anchor: &'a Anchor,
    pub outcome: Outcome,
    pub words: String,
    pub shares: &'a [ShareForm],
}

impl Workspace {
    /// Closes a dispute, and has what it says counted and published in the same act. The caller has the workspace's turn.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason (`words`), by somebody who may not change what is published (`profile`), for
    /// shares that are no split (`shares`), and for a line that cannot be split now (`outcome`).
    pub(crate) fn close_dispute(&self, closing: Closing<'_>) -> Result<()> {
        let Closing { thread, anchor, outcome, words, shares } = closing;
        let Anchor::Split { integration, order, line } = anchor else {
            return Err(EngineError::invalid("outcome", "this thread disputes no split"));
        };
        if words.is_empty() && !matches!(outcome, Outcome::DataError { .. }) {
            return Err(EngineError::invalid("words", "say why: others read it beside the split"));
        }
        let said = self.split_words(integration, order, line)?;
        let is_own =
            said.last().is_some_and(|word| !word.is_withdrawn() && word.said.thread.as_ref() == Some(thread));
        let said = match &outcome {
            Outcome::SplitOverridden => {
                self.demand_right()?;
                let disputed = Disputed::find(self, integration, order, line)?;
                Some((agreement(&disputed, shares)?, disputed))
            }
            // What this thread had agreed on is taken back: what the milestones say counts again.
            _ if is_own => {
                self.demand_right()?;
                Some((BTreeMap::new(), Disputed::find(self, integration, order, line)?))
            }
            _ => None,
        };
        let closed =
            Payload::ThreadClosed(ThreadClosed { thread: thread.clone(), outcome, words: words.clone() });
        let Some((shares, disputed)) = said else {
            self.act([closed])?;
            return Ok(());
        };
        self.demand_countable(&disputed.home)?;
        let said = SplitOverridden {
            integration: integration.clone(),
            order: order.clone(),
            line: line.clone(),
            shares,
            counted: named(&disputed.counted(), &disputed.found.context.departments),
            late_days: disputed.late_days(self)?,
            reason: words,
            thread: Some(thread.clone()),
        };
        let cause = cause_of(&said);
        self.act([Payload::SplitOverridden(said), closed])?;
        pull::publish_split(self, &disputed.home, &cause)
    }

    fn demand_right(&self) -> Result<()> {
        if self.may_split()? {
            return Ok(());
        }
        let words = "a split is changed by whoever decides about the KPI, or by a facilitator";
        Err(EngineError::invalid("profile", words))
    }

    /// Refuses what could not be counted and published now.
    fn demand_countable(&self, home: &Integration) -> Result<()> {
        if self.held_batch(&home.id.as_str().into())?.is_some() {
            let words = "a batch waits at the checkpoint: decide about it first";
            return Err(EngineError::invalid("outcome", words));
        }
        if !pull::is_countable(self, home)? {
            let words = "the integration was changed and not pulled since: pull it first";
            return Err(EngineError::invalid("outcome", words));
        }
        Ok(())
    }
}

/// What was agreed, where it can be said of this miss and differs from what is counted.
fn agreement(disputed: &Disputed, form: &[ShareForm]) -> Result<BTreeMap<DepartmentId, u32>> {
    if !disputed.is_missed() {
        let words = "this order line is no miss: there is nothing to split";
        return Err(EngineError::invalid("outcome", words));
    }
    let context = &disputed.found.context;
    let shares = shares_of(form, context)?.map(i64::from);
    let is_counted =
        shares.iter().zip(disputed.counted()).all(|(said, counted)| (said - counted).abs() <= SLACK);
    if is_counted {
        let words = "that is what the milestones say: close it as “the split stays”";
        return Err(EngineError::invalid("shares", words));
    }
    Ok(named(&shares, &context.departments))
}
