//! Wins: what people record, who had a part in it, and what suggests one.

mod customer;
mod propose;
mod record;
mod suggest;
pub(crate) mod words;

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::department::DepartmentId;
use plaza_domain::event::{Contributor, ContributorReason, MeetingId, Payload, WinId, WinRecorded};
use plaza_domain::person::PersonId;
use plaza_domain::win::Named;
use plaza_store::view::{Act, Said};

pub(crate) use propose::held_legs;
pub(crate) use suggest::Suggestion;

use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

/// A win.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Win {
    /// Which one.
    pub id: WinId,
    /// As it stands.
    pub recorded: WinRecorded,
    /// Who recorded it first, when.
    pub act: Act,
    /// Who is named on it, why, and who named them.
    pub contributors: BTreeMap<Contributor, (ContributorReason, Act)>,
    /// Who reacted how.
    pub reactions: BTreeMap<String, BTreeSet<PersonId>>,
    /// The meetings that celebrated it.
    pub celebrated: BTreeSet<MeetingId>,
}

impl Win {
    /// Folds everything that was said of a win; nothing for one that was taken back, or of which only what others said has
    /// arrived yet.
    fn of(id: WinId, all: Vec<Said>) -> Option<Self> {
        let mut recorded: Option<(WinRecorded, Act)> = None;
        let mut is_withdrawn = false;
        let mut contributors = BTreeMap::new();
        let mut reactions: BTreeMap<String, BTreeSet<PersonId>> = BTreeMap::new();
        let mut celebrated = BTreeSet::new();
        for Said { payload, act } in all {
            match payload {
                Payload::WinRecorded(said) => {
                    is_withdrawn = false;
                    let first = recorded.map_or(act, |(_, first)| first);
                    recorded = Some((said, first));
                }
                Payload::WinWithdrawn { .. } => is_withdrawn = true,
                Payload::ContributorAdded(said) => {
                    contributors.insert(said.contributor, (said.reason, act));
                }
                Payload::ContributorRemoved(said) => {
                    contributors.remove(&said.contributor);
                }
                Payload::WinReacted(said) => {
                    let Some(person) = act.person else { continue };
                    let people = reactions.entry(said.reaction).or_default();
                    if said.is_on {
                        people.insert(person)
                    } else {
                        people.remove(&person)
                    };
                }
                Payload::WinCelebrated(said) => {
                    celebrated.insert(said.meeting);
                }
                _ => {}
            }
        }
        let (recorded, act) = recorded.filter(|_| !is_withdrawn)?;
        reactions.retain(|_, people| !people.is_empty());
        Some(Self { id, recorded, act, contributors, reactions, celebrated })
    }

    /// The departments that it names, those of the people named among them.
    pub(crate) fn named(&self, departments: &BTreeMap<PersonId, DepartmentId>) -> Named {
        let of = |contributor: &Contributor| match contributor {
            Contributor::Department { department } => Some(department.clone()),
            Contributor::Person { person } => departments.get(person).cloned(),
        };
        self.contributors.keys().filter_map(of).collect()
    }
}

/// What a win was called last, also one that was taken back.
pub(crate) fn last_title(all: Vec<Said>) -> Option<String> {
    all.into_iter().rev().find_map(|said| match said.payload {
        Payload::WinRecorded(recorded) => Some(recorded.title),
        _ => None,
    })
}

impl Workspace {
    /// All wins that stand, the latest won first.
    pub(crate) fn wins(&self) -> Result<Vec<Win>> {
        let all = self.view(|view| view.wins())?;
        let mut list: Vec<Win> = all.into_iter().filter_map(|(id, all)| Win::of(id, all)).collect();
        list.sort_by_key(|win| std::cmp::Reverse((win.recorded.on, win.act.at)));
        Ok(list)
    }

    /// One win that stands.
    pub(crate) fn win(&self, id: &WinId) -> Result<Win> {
        let all = self.view(|view| view.win(id))?;
        Win::of(id.clone(), all).ok_or_else(|| EngineError::NotFound { noun: "win", name: id.to_string() })
    }
}
