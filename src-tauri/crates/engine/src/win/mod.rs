//! Wins: what people record, who had a part in it, and what suggests one.

mod agenda;
mod customer;
mod name;
mod orders;
mod propose;
mod record;
mod suggest;
pub(crate) mod words;

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::day::Day;
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{
    Contributor, ContributorReason, MeetingId, Payload, SignalId, WinId, WinOrder, WinRecorded,
};
use plaza_domain::person::PersonId;
use plaza_domain::win::Named;
use plaza_store::view::{Act, Said};

pub(crate) use orders::{OrderOfWin, written};
pub(crate) use propose::{Proposed, held_legs};
pub(crate) use suggest::Suggestion;

use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

/// What is told of a win, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub title: String,
    pub story: String,
    pub on: Day,
    pub customer: String,
    pub orders: Vec<WinOrder>,
    pub signal: Option<SignalId>,
}

/// Why somebody is named on a win.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub reason: ContributorReason,
    /// In which department a person worked when they were named.
    pub department: Option<DepartmentId>,
    /// Who named them, when.
    pub act: Act,
}

/// A name that was taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TakenOff {
    pub reason: String,
    /// Who took it off, when.
    pub act: Act,
    /// What it was named for; nothing while only its removal has arrived.
    pub was: Option<Part>,
}

/// A win.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Win {
    /// Which one.
    pub id: WinId,
    /// As it stands.
    pub recorded: Told,
    /// Who recorded it first, when.
    pub act: Act,
    /// Why it was taken back, by whom; nothing while it stands.
    pub withdrawn: Option<(String, Act)>,
    /// Who is named on it.
    pub contributors: BTreeMap<Contributor, Part>,
    /// Whose name was taken off.
    pub taken_off: BTreeMap<Contributor, TakenOff>,
    /// Who reacted how.
    pub reactions: BTreeMap<String, BTreeSet<PersonId>>,
    /// The meetings that celebrated it.
    pub celebrated: BTreeSet<MeetingId>,
    /// When somebody put it onto the next agenda last, milliseconds since 1970 UTC.
    pub for_agenda: Option<i64>,
}

impl Win {
    /// Folds everything that was said of a win; nothing for one of which only what others said has arrived yet.
    fn of(id: WinId, all: Vec<Said>) -> Option<Self> {
        let mut told = WinRecorded { win: id.clone(), ..WinRecorded::default() };
        let mut first = None;
        let mut withdrawn = None;
        let mut named = Naming::default();
        let mut reactions: BTreeMap<String, BTreeSet<PersonId>> = BTreeMap::new();
        let mut celebrated = BTreeSet::new();
        let mut for_agenda = None;
        for Said { payload, act } in all {
            match payload {
                Payload::WinRecorded(said) => {
                    first.get_or_insert(act);
                    told.change(said);
                }
                Payload::WinWithdrawn { reason, .. } => withdrawn = Some((reason, act)),
                Payload::WinRestored { .. } => withdrawn = None,
                Payload::WinForAgenda { .. } => for_agenda = Some(act.at.wall_ms),
                Payload::ContributorAdded(said) => {
                    let part = Part { reason: said.reason, department: said.department, act };
                    named.add(said.contributor, part);
                }
                Payload::ContributorRemoved(said) => named.take_off(said.contributor, said.reason, act),
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
                    if said.is_on {
                        celebrated.insert(said.meeting)
                    } else {
                        celebrated.remove(&said.meeting)
                    };
                }
                _ => {}
            }
        }
        let recorded = Told {
            title: told.title?,
            on: told.on?,
            story: told.story.unwrap_or_default(),
            customer: told.customer.unwrap_or_default(),
            orders: told.orders.unwrap_or_default(),
            signal: told.signal,
        };
        reactions.retain(|_, people| !people.is_empty());
        Some(Self {
            id,
            recorded,
            act: first?,
            withdrawn,
            contributors: named.on,
            taken_off: named.off,
            reactions,
            celebrated,
            for_agenda,
        })
    }

    /// The departments that it names, those in which the people named worked then among them.
    pub(crate) fn named(&self) -> Named {
        let of = |(contributor, part): (&Contributor, &Part)| match contributor {
            Contributor::Department { department } => Some(department.clone()),
            Contributor::Person { .. } => part.department.clone(),
        };
        self.contributors.iter().filter_map(of).collect()
    }
}

/// Who is named, and whose name was taken off: the last word on each.
#[derive(Default)]
struct Naming {
    on: BTreeMap<Contributor, Part>,
    off: BTreeMap<Contributor, TakenOff>,
}

impl Naming {
    fn add(&mut self, contributor: Contributor, part: Part) {
        self.off.remove(&contributor);
        self.on.insert(contributor, part);
    }

    fn take_off(&mut self, contributor: Contributor, reason: String, act: Act) {
        let before = self.off.remove(&contributor).and_then(|before| before.was);
        let was = self.on.remove(&contributor).or(before);
        self.off.insert(contributor, TakenOff { reason, act, was });
    }
}

/// What a win was called last, also one that was taken back.
pub(crate) fn last_title(all: Vec<Said>) -> Option<String> {
    all.into_iter().rev().find_map(|said| match said.payload {
        Payload::WinRecorded(recorded) => recorded.title,
        _ => None,
    })
}

impl Workspace {
    /// All wins that stand, the latest won first.
    pub(crate) fn wins(&self) -> Result<Vec<Win>> {
        let all = self.view(|view| view.wins())?;
        let mut list: Vec<Win> = all.into_iter().filter_map(|(id, all)| Win::of(id, all)).collect();
        list.retain(|win| win.withdrawn.is_none());
        list.sort_by_key(|win| std::cmp::Reverse((win.recorded.on, win.act.at)));
        Ok(list)
    }

    /// One win that stands.
    pub(crate) fn win(&self, id: &WinId) -> Result<Win> {
        let known = self.known_win(id)?.filter(|win| win.withdrawn.is_none());
        known.ok_or_else(|| EngineError::NotFound { noun: "win", name: id.to_string() })
    }

    /// One win, also one that was taken back.
    pub(crate) fn known_win(&self, id: &WinId) -> Result<Option<Win>> {
        Ok(Win::of(id.clone(), self.view(|view| view.win(id))?))
    }
}

#[cfg(test)]
mod tests;
