//! Splits that people agreed on against what the milestones say: which count, who may say so, and what was said.

mod close;
mod right;

use std::collections::BTreeMap;

use plaza_domain::department::DepartmentId;
use plaza_domain::event::{IntegrationId, SplitCause, SplitOverridden};
use plaza_domain::journey::PerSeat;
use plaza_domain::journey::split::is_whole;
use plaza_store::intake::View;
use plaza_store::view::Act;

use crate::error::Result;
use crate::integration::Integration;
use crate::journey::key::OrderKey;
use crate::journey::pack::unpack;
use crate::workspace::Workspace;

pub(crate) use close::{Closing, Disputed, flow};

/// What was said of one order line's split: an agreement, or that one was taken back.
#[derive(Clone, Debug)]
pub(crate) struct SplitWord {
    /// What.
    pub said: SplitOverridden,
    /// By whom, when.
    pub act: Act,
}

impl SplitWord {
    /// It takes back what was agreed before.
    pub(crate) fn is_withdrawn(&self) -> bool {
        self.said.shares.is_empty()
    }

    /// It as the reason of a revision.
    pub(crate) fn cause(&self) -> SplitCause {
        cause_of(&self.said)
    }
}

/// What was said of a split as the reason of a revision.
pub(super) fn cause_of(said: &SplitOverridden) -> SplitCause {
    SplitCause {
        integration: said.integration.clone(),
        order: said.order.clone(),
        line: said.line.clone(),
        thread: said.thread.clone(),
        is_withdrawn: said.shares.is_empty(),
    }
}

impl Workspace {
    /// Everything that was said of one order line's split, the earliest first; the last word counts.
    pub(crate) fn split_words(
        &self,
        integration: &IntegrationId,
        order: &str,
        line: &str,
    ) -> Result<Vec<SplitWord>> {
        let all = self.view(|view| view.splits(Some(integration.as_str())))?;
        let is_meant = |said: &SplitOverridden| said.order == order && said.line == line;
        Ok(all
            .into_iter()
            .filter(|(said, _)| is_meant(said))
            .map(|(said, act)| SplitWord { said, act })
            .collect())
    }
}

/// The last word on each order line of an integration, by the key of its journey.
#[derive(Debug, Default)]
pub(crate) struct Agreed(BTreeMap<i64, Word>);

#[derive(Debug)]
struct Word {
    last: SplitWord,
    /// Nothing where it was taken back.
    shares: Option<Box<PerSeat<i32>>>,
}

impl Agreed {
    /// Reads them. `departments` are the workspace's by their seats.
    pub(crate) fn of(
        workspace: &Workspace,
        home: &Integration,
        departments: &[DepartmentId],
    ) -> Result<Self> {
        let mut by_key = BTreeMap::new();
        for (said, act) in workspace.view(|view| view.splits(Some(&home.id)))? {
            let key = OrderKey::of(&home.system, &said.order).line(&said.line);
            let shares = seated(&said.shares, departments);
            by_key.insert(key, Word { last: SplitWord { said, act }, shares });
        }
        Ok(Self(by_key))
    }

    /// The split that counts for a line; nothing where what the milestones say does.
    pub(crate) fn get(&self, key: i64, order: &str, line: &str) -> Option<Box<PerSeat<i32>>> {
        let word = self.0.get(&key)?;
        let said = &word.last.said;
        // Another line's key may be the same by chance.
        (said.order == order && said.line == line).then(|| word.shares.clone()).flatten()
    }

    /// Nothing was ever said of a split.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words that the kept journeys of an integration (by its number) do not follow yet, by their keys, the earliest
    /// said first: a program was killed between the word and the count, or the word was said elsewhere.
    pub(crate) fn unheard(&self, view: View<'_>, integration: i64) -> Result<Vec<(i64, &SplitWord)>> {
        let mut unheard = Vec::new();
        for (key, word) in &self.0 {
            let row = view.journey(*key)?.filter(|row| row.integration == integration);
            let said = &word.last.said;
            let is_unheard =
                row.as_ref().and_then(|row| unpack(&row.body)).is_some_and(|(journey, texts)| {
                    texts.order == said.order
                        && texts.line == said.line
                        && journey.override_shares.as_deref() != word.shares.as_deref()
                });
            if is_unheard {
                unheard.push((*key, &word.last));
            }
        }
        unheard.sort_by_key(|(_, word)| word.act.at);
        Ok(unheard)
    }
}

/// Shares by the departments' seats; nothing for those that are no whole, as where a department is none of the workspace's.
pub(crate) fn seated(
    shares: &BTreeMap<DepartmentId, u32>,
    departments: &[DepartmentId],
) -> Option<Box<PerSeat<i32>>> {
    let mut seats = PerSeat::<i32>::default();
    for (department, share) in shares {
        let place = departments.iter().position(|known| known == department)?;
        *seats.get_mut(place)? = i32::try_from(*share).ok()?;
    }
    is_whole(&seats).then(|| Box::new(seats))
}
