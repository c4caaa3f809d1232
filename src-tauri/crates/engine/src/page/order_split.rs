//! Both splits of an order line's miss: what the milestones say, and what people agreed on.

use plaza_domain::journey::split::MILLION;
use serde::Serialize;

use super::board::PartShare;
use super::said_by::Names;
use super::thread::{SaidBy, Share};
use crate::error::Result;
use crate::split::{Disputed, SplitWord};
use crate::workspace::Workspace;

/// What people said against the split that the milestones give.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct OrderSplit {
    /// What the milestones say, as [`super::order::OrderPage::shares`]; empty when kept.
    pub counted: Vec<PartShare>,
    /// What was agreed last; none where that was taken back.
    pub agreed: Option<AgreedSplit>,
    /// What was agreed divides the miss. It does not where the line is no miss any more.
    pub is_in_force: bool,
    /// The milestones say something else than when it was agreed.
    pub has_changed: bool,
    /// Days late when it was agreed, where it has changed and lateness was why.
    pub late_days_then: Option<i32>,
    /// What was said before, the latest first.
    pub earlier: Vec<AgreedSplit>,
}

/// A split that people agreed on, or that one was taken back.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct AgreedSplit {
    /// Each department's share, percent; empty where what the milestones say was to count again.
    pub shares: Vec<Share>,
    /// Why.
    pub reason: String,
    /// By whom, when.
    pub said: SaidBy,
    /// The thread in which it was disputed.
    pub thread: Option<String>,
}

impl AgreedSplit {
    /// What was said, with its shares in the order of the flow.
    pub(crate) fn of(word: &SplitWord, names: &Names, place: impl Fn(&str) -> Option<usize>) -> Self {
        let mut shares: Vec<Share> = word
            .said
            .shares
            .iter()
            .map(|(department, share)| Share {
                department: department.to_string(),
                percent: f64::from(*share) * 100.0 / MILLION as f64,
            })
            .collect();
        shares.sort_by_key(|share| place(&share.department));
        Self {
            shares,
            reason: word.said.reason.clone(),
            said: names.said(&word.act),
            thread: word.said.thread.as_ref().map(ToString::to_string),
        }
    }
}

impl OrderSplit {
    /// Reads what was said; nothing where nobody said anything.
    pub(super) fn read(
        workspace: &Workspace,
        disputed: &Disputed,
        counted: Vec<PartShare>,
        place: impl Fn(&str) -> Option<usize>,
    ) -> Result<Option<Self>> {
        let texts = disputed.found.texts();
        let id = disputed.home.id.as_str().into();
        let words = workspace.split_words(&id, texts.order, texts.line)?;
        let Some((last, before)) = words.split_last() else { return Ok(None) };
        let names = Names::read(workspace)?;
        let has_changed = !last.is_withdrawn() && disputed.has_changed_since(workspace, &last.said)?;
        let mut earlier: Vec<AgreedSplit> =
            before.iter().rev().map(|word| AgreedSplit::of(word, &names, &place)).collect();
        let shown = AgreedSplit::of(last, &names, &place);
        let agreed = if last.is_withdrawn() {
            earlier.insert(0, shown);
            None
        } else {
            Some(shown)
        };
        Ok(Some(Self {
            counted,
            is_in_force: agreed.is_some()
                && disputed.is_missed()
                && disputed.found.journey.agreed().is_some(),
            agreed,
            has_changed,
            late_days_then: last.said.late_days.filter(|_| has_changed),
            earlier,
        }))
    }
}
