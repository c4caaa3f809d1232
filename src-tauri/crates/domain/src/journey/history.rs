//! What must not be forgotten of a record's earlier versions, so that they need not be read again: the dates
//! first promised, the dues first given, and since when it has been cancelled.
//!
//! A [`History`] is a set that only grows: noting the same versions in any order, any number of times, gives the
//! same history, as long as the versions' times are the source's ([`Known::is_certain`]). A record with one
//! version needs none.

use super::{Milestone, PerMilestone};
use crate::day::Day;
use crate::record::{
    ChangedBy, FactValue, Facts, Field, Known, Status, push_varint, read_varint, unzigzag, zigzag,
};

/// A date that a version of a record promised, when that was first known, and the dues of that version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GivenPromise {
    /// When it was first known.
    pub known: Known,
    /// The date.
    pub day: Day,
    /// Who moved the date here, as that version says.
    pub by: ChangedBy,
    /// The dues that the same version gave: frozen with the promise.
    pub dues: PerMilestone<Option<Day>>,
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Each date promised and who moved it there, with the earliest version that did; sorted, earliest first.
    promises: Vec<GivenPromise>,
    /// The earliest version that gave each due.
    dues: PerMilestone<Option<(Known, Day)>>,
    /// The last version whose status was not *cancelled*.
    alive: Option<Known>,
    /// Versions since then whose status was, earliest first.
    cancelled: Vec<Known>,
}

/// The bytes are not a history written by this version of Plaza.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a record's history is damaged at byte {at} of {len}")]
pub struct DamagedHistory {
    /// Where reading stopped.
    pub at: usize,
    /// How long it is.
    pub len: usize,
}

/// The facts that a history is made of, read in one pass.
struct Version {
    promised: Option<Day>,
    by: ChangedBy,
    dues: PerMilestone<Option<Day>>,
    cancelled: bool,
}

impl Version {
    fn of(facts: Facts<'_>) -> Self {
        let mut version =
            Self { promised: None, by: ChangedBy::Us, dues: PerMilestone::default(), cancelled: false };
        for (field, value) in facts.iter() {
            let FactValue::Number(number) = value else { continue };
            match field {
                Field::Promised => version.promised = super::day_of(number),
                Field::DateChangedBy => version.by = ChangedBy::from_code(number),
                Field::Status => version.cancelled = Status::from_code(number) == Some(Status::Cancelled),
                _ => {
                    if let Some(milestone) = field.due_of() {
                        version.dues[milestone] = super::day_of(number);
                    }
                }
            }
        }
        version
    }
}

impl History {
    /// The history of a record with one version.
    pub fn of(facts: Facts<'_>, known: Known) -> Self {
        let mut history = Self::default();
        history.note(facts, known);
        history
    }

    /// Adds one version of the record.
    pub fn note(&mut self, facts: Facts<'_>, known: Known) {
        let version = Version::of(facts);
        if let Some(day) = version.promised {
            self.note_promise(GivenPromise { known, day, by: version.by, dues: version.dues });
        }
        for milestone in Milestone::ALL {
            if let Some(day) = version.dues[milestone] {
                self.note_due(milestone, (known, day));
            }
        }
        if version.cancelled { self.note_cancelled(known) } else { self.note_alive(known) }
    }

    /// Adds all that another history of the same record knows.
    pub fn merge(&mut self, other: &Self) {
        other.promises.iter().for_each(|promise| self.note_promise(*promise));
        for milestone in Milestone::ALL {
            if let Some(due) = other.dues[milestone] {
                self.note_due(milestone, due);
            }
        }
        other.alive.into_iter().for_each(|known| self.note_alive(known));
        other.cancelled.iter().for_each(|known| self.note_cancelled(*known));
    }

    fn note_promise(&mut self, promise: GivenPromise) {
        match self.promises.iter_mut().find(|known| (known.day, known.by) == (promise.day, promise.by)) {
            Some(known) => *known = promise.min(*known),
            None => self.promises.push(promise),
        }
        self.promises.sort_unstable();
    }

    fn note_due(&mut self, milestone: Milestone, due: (Known, Day)) {
        let earliest = &mut self.dues[milestone];
        *earliest = Some(earliest.map_or(due, |known| known.min(due)));
    }

    fn note_alive(&mut self, known: Known) {
        self.alive = self.alive.max(Some(known));
        // A later version that is not cancelled took the cancellation back.
        self.cancelled.retain(|cancelled| Some(*cancelled) > self.alive);
    }

    fn note_cancelled(&mut self, known: Known) {
        if Some(known) > self.alive
            && let Err(at) = self.cancelled.binary_search(&known)
        {
            self.cancelled.insert(at, known);
        }
    }

    /// The promise that counts: the earliest. Of two dates known at the same time the earlier date.
    pub fn first_promise(&self) -> Option<&GivenPromise> {
        self.promises.first()
    }

    /// The dates promised that are not the first one: each a *date change*.
    pub fn changes(&self) -> impl Iterator<Item = &GivenPromise> {
        let first = self.promises.first().map(|promise| promise.day);
        self.promises.iter().filter(move |promise| Some(promise.day) != first)
    }

    /// The due first given for a milestone, and when that was known.
    pub fn first_due(&self, milestone: Milestone) -> Option<(Known, Day)> {
        self.dues[milestone]
    }

    /// Since when the record has been cancelled without a break.
    pub fn cancelled_since(&self) -> Option<Known> {
        self.cancelled.first().copied()
    }

    /// As bytes, to be kept beside the record.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![FORMAT];
        push_varint(&mut bytes, self.promises.len() as u64);
        for promise in &self.promises {
            push_known(&mut bytes, promise.known);
            push_signed(&mut bytes, i64::from(promise.day.0));
            bytes.push(promise.by as u8);
            push_dues(&mut bytes, &promise.dues.0, |bytes, day| push_signed(bytes, i64::from(day.0)));
        }
        push_dues(&mut bytes, &self.dues.0, |bytes, (known, day)| {
            push_known(bytes, known);
            push_signed(bytes, i64::from(day.0));
        });
        push_knowns(&mut bytes, self.alive.as_slice());
        push_knowns(&mut bytes, &self.cancelled);
        bytes
    }

    /// A history from its bytes.
    ///
    /// # Errors
    /// The bytes are cut, damaged, or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DamagedHistory> {
        let mut rest = bytes;
        Self::read(&mut rest)
            .filter(|_| rest.is_empty())
            .ok_or(DamagedHistory { at: bytes.len() - rest.len(), len: bytes.len() })
    }

    fn read(rest: &mut &[u8]) -> Option<Self> {
        if read_byte(rest)? != FORMAT {
            return None;
        }
        let mut history = Self::default();
        for _ in 0..read_raw(rest)? {
            let (known, day) = (read_known(rest)?, read_day(rest)?);
            let by = ChangedBy::from_code(i64::from(read_byte(rest)?));
            let dues = read_dues(rest, read_day)?;
            history.promises.push(GivenPromise { known, day, by, dues });
        }
        history.dues = read_dues(rest, |rest| Some((read_known(rest)?, read_day(rest)?)))?;
        history.alive = read_knowns(rest)?.first().copied();
        history.cancelled = read_knowns(rest)?;
        Some(history)
    }
}

/// First byte of the encoding.
const FORMAT: u8 = 1;

fn push_signed(bytes: &mut Vec<u8>, number: i64) {
    push_varint(bytes, zigzag(number));
}

fn push_known(bytes: &mut Vec<u8>, known: Known) {
    bytes.push(known.evidence as u8);
    push_signed(bytes, known.at);
    push_varint(bytes, known.arrival);
}

fn push_knowns(bytes: &mut Vec<u8>, all: &[Known]) {
    push_varint(bytes, all.len() as u64);
    for known in all {
        push_known(bytes, *known);
    }
}

/// A bit for each that is there, then those.
fn push_dues<T: Copy>(bytes: &mut Vec<u8>, all: &[Option<T>], push: impl Fn(&mut Vec<u8>, T)) {
    bytes.push(all.iter().enumerate().fold(0, |bits, (i, one)| bits | (u8::from(one.is_some()) << i)));
    all.iter().flatten().for_each(|one| push(bytes, *one));
}

fn read_byte(rest: &mut &[u8]) -> Option<u8> {
    let (byte, after) = rest.split_first()?;
    *rest = after;
    Some(*byte)
}

fn read_raw(rest: &mut &[u8]) -> Option<u64> {
    let (raw, after) = read_varint(rest)?;
    *rest = after;
    Some(raw)
}

fn read_day(rest: &mut &[u8]) -> Option<Day> {
    super::day_of(unzigzag(read_raw(rest)?))
}

fn read_known(rest: &mut &[u8]) -> Option<Known> {
    use crate::record::Evidence::{Arrival, ChangeTime, SnapshotDate};
    let evidence = match read_byte(rest)? {
        0 => ChangeTime,
        1 => SnapshotDate,
        2 => Arrival,
        _ => return None,
    };
    Some(Known { evidence, at: unzigzag(read_raw(rest)?), arrival: read_raw(rest)? })
}

fn read_knowns(rest: &mut &[u8]) -> Option<Vec<Known>> {
    (0..read_raw(rest)?).map(|_| read_known(rest)).collect()
}

fn read_dues<T: Copy>(
    rest: &mut &[u8],
    read: impl Fn(&mut &[u8]) -> Option<T>,
) -> Option<PerMilestone<Option<T>>> {
    let bits = read_byte(rest)?;
    let mut all = PerMilestone([None; super::MILESTONES]);
    for milestone in Milestone::ALL.into_iter().filter(|milestone| bits & (1 << *milestone as u8) != 0) {
        all[milestone] = Some(read(rest)?);
    }
    Some(all)
}
