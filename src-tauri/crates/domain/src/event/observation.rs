//! An observation: a KPI's value for one ISO week in one revision; and what a later revision does to a
//! signature.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{IntegrationId, KpiId, RunId, ThreadId};
use crate::day::{Day, Week};
use crate::department::DepartmentId;

/// A KPI's value for one ISO week in one revision. Append-only: a change makes the next revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// The KPI.
    pub kpi: KpiId,
    /// The version of its definition whose arithmetic counted.
    pub definition_version: u32,
    /// The week.
    pub week: Week,
    /// From 1, dense for one KPI and week across versions of the definition.
    pub revision: u32,
    /// Journeys kept (percent KPIs), or the sum of days.
    pub numerator: i64,
    /// Journeys counted. Zero means that the week has no value; for a KPI that is a sum it is 1.
    pub denominator: i64,
    /// Journeys behind the value.
    pub n: i64,
    /// Journeys whose outcome is open: outside the denominator, they make the week provisional.
    pub pending: i64,
    /// Journeys cancelled: never counted, shown beside.
    pub cancelled: i64,
    /// The departments' parts, in order of their ids; departments without a part are left out.
    pub parts: Vec<ObservedPart>,
    /// Late days of the journeys counted; millionths of a day.
    pub late_microdays: i64,
    /// The same journeys against the customer's three dates.
    #[serde(default, skip_serializing_if = "Bases::is_empty")]
    pub bases: Bases,
    /// Further counts shown beside the value (early, in full, order level…), by their word.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub beside: BTreeMap<String, Ratio>,
    /// From when this revision was known: milliseconds since 1970 UTC.
    pub known_from: i64,
    /// The run that brought it; nothing where no run did (a definition or a setting changed).
    pub run: Option<RunId>,
    /// The journeys that moved the value since the revision before.
    #[serde(default, skip_serializing_if = "Moved::is_empty")]
    pub moved: Moved,
    /// What this revision is to the one before.
    pub cause: Cause,
    /// The split whose outcome made this revision; nothing where none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<SplitCause>,
}

/// A split that people agreed on, or took back, as the reason of a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitCause {
    /// Of which integration.
    pub integration: IntegrationId,
    /// The order's number.
    pub order: String,
    /// The line's number.
    pub line: String,
    /// The thread in which it was disputed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<ThreadId>,
    /// The agreed split was taken back, and what the milestones say counts again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_withdrawn: bool,
}

/// One department's part of an observation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedPart {
    /// Whose part.
    pub department: DepartmentId,
    /// Share of the misses in millionths of one journey (percent KPIs; they add up to the misses), or of the sum
    /// of days in millionths of a day (the other KPIs; they add up to the numerator).
    pub millionths: i64,
    /// Late days that are this department's; millionths of a day.
    pub late_microdays: i64,
}

/// A rate, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(i64, i64)", into = "(i64, i64)")]
pub struct Ratio {
    /// What was counted as hit.
    pub numerator: i64,
    /// Of how many.
    pub denominator: i64,
}

impl From<(i64, i64)> for Ratio {
    fn from((numerator, denominator): (i64, i64)) -> Self {
        Self { numerator, denominator }
    }
}

impl From<Ratio> for (i64, i64) {
    fn from(ratio: Ratio) -> Self {
        (ratio.numerator, ratio.denominator)
    }
}

/// The same journeys against each of the customer's dates; nothing where a KPI has no such date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bases {
    /// Against what the customer asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requested: Option<Ratio>,
    /// Against the first date that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<Ratio>,
    /// Against the last date agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Ratio>,
}

impl Bases {
    const fn is_empty(&self) -> bool {
        self.requested.is_none() && self.promised.is_none() && self.agreed.is_none()
    }
}

/// At most this many moved journeys are named in an event; the rest are counted.
pub const MOVED_NAMED_MAX: usize = 50;

/// The journeys that made the difference to the revision before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// How many.
    pub count: u64,
    /// The first of them, at most [`MOVED_NAMED_MAX`], as `order/line`.
    pub first: Vec<String>,
}

impl Moved {
    const fn is_empty(&self) -> bool {
        self.count == 0 && self.first.is_empty()
    }
}

/// What a revision is to the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// There is none before.
    First,
    /// The value is the same and the week not settled: only the split is sharper. A signature stays.
    Refinement,
    /// The value changed, or anything changed after settling. A signature is lifted.
    Restatement,
}

impl Observation {
    /// Whether both revisions have one value: the same counts, not merely the same quotient (10 of 20 is not 20
    /// of 40, for other journeys stand behind it).
    pub const fn has_value_of(&self, other: &Self) -> bool {
        self.numerator == other.numerator && self.denominator == other.denominator
    }

    /// Whether nothing but the passing of time lies between the two: windows closed, and every number is the same.
    fn only_settles_to(&self, next: &Self) -> bool {
        let without = |one: &Self| -> BTreeMap<String, Ratio> {
            one.beside
                .iter()
                .filter(|(word, _)| *word != UNSETTLED)
                .map(|(word, ratio)| (word.clone(), *ratio))
                .collect()
        };
        self.beside != next.beside
            && self.definition_version == next.definition_version
            && without(self) == without(next)
            && self.says_the_same_as(&Self { beside: self.beside.clone(), ..next.clone() })
    }

    /// Whether the passing of time alone may still change it: journeys are undecided, or what was hit may yet turn
    /// out a miss.
    pub fn is_provisional(&self) -> bool {
        self.pending > 0 || self.beside.get(UNSETTLED).is_some_and(|unsettled| unsettled.numerator > 0)
    }

    /// Whether it was complete when it became known on that day: the week was over, and nothing undecided. Only what
    /// was complete or signed can be restated; before that a number is still being made.
    pub fn is_complete(&self, known_on: Day) -> bool {
        known_on > self.week.sunday() && !self.is_provisional()
    }

    /// Whether a recount found what this revision already says, so that none need be published. Everything but
    /// revision, run, time, cause and the version that counted is compared: a week that a changed definition counts alike
    /// stays as it was signed.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        self.has_value_of(other)
            && (self.n, self.pending, self.cancelled) == (other.n, other.pending, other.cancelled)
            && self.late_microdays == other.late_microdays
            && self.parts == other.parts
            && self.bases == other.bases
            && self.beside == other.beside
    }
}

/// The count beside an observation of journeys that were hit so far, and whose window is still open.
pub const UNSETTLED: &str = "unsettled";

/// What `next` is to the revision `before` it, when it became known on `known_on` (the day of its `known_from`
/// in the workspace's time zone) and the week was unsettled up to and including `unsettled_until`.
pub fn cause_of(
    before: Option<&Observation>,
    next: &Observation,
    known_on: Day,
    unsettled_until: Day,
) -> Cause {
    match before {
        None => Cause::First,
        Some(before) if before.has_value_of(next) && known_on <= unsettled_until => Cause::Refinement,
        Some(before) if before.only_settles_to(next) => Cause::Refinement,
        Some(_) => Cause::Restatement,
    }
}

/// Whether a signature still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureStanding {
    /// It stands for the week as it is now.
    Stands,
    /// A later revision lifted it.
    Lifted {
        /// The first revision that did.
        by_revision: u32,
        /// Because the value changed; otherwise because something changed after the week had settled.
        value_changed: bool,
    },
    /// It names a revision that is not here (yet).
    RevisionUnknown,
}

/// Whether a signature of `signed_revision` stands, given all revisions of that week in ascending order with
/// the day each became known. The revisions are compared themselves; what they say of their cause is not
/// believed.
pub fn signature_standing<'a>(
    signed_revision: u32,
    revisions: impl IntoIterator<Item = (&'a Observation, Day)>,
    unsettled_until: Day,
) -> SignatureStanding {
    let mut before: Option<&Observation> = None;
    for (revision, known_on) in revisions {
        match before {
            None if revision.revision == signed_revision => before = Some(revision),
            None => {}
            Some(last) => {
                let cause = cause_of(Some(last), revision, known_on, unsettled_until);
                if cause == Cause::Restatement {
                    let value_changed = !last.has_value_of(revision);
                    return SignatureStanding::Lifted { by_revision: revision.revision, value_changed };
                }
                before = Some(revision);
            }
        }
    }
    if before.is_some() { SignatureStanding::Stands } else { SignatureStanding::RevisionUnknown }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn revision(revision: u32, numerator: i64, denominator: i64) -> Observation {
        Observation {
            kpi: "promise-kept".into(),
            definition_version: 1,
            week: Week(2900),
            revision,
            numerator,
            denominator,
            n: denominator,
            pending: 0,
            cancelled: 0,
            parts: vec![],
            late_microdays: 0,
            bases: Bases::default(),
            beside: BTreeMap::new(),
            known_from: 0,
            run: None,
            moved: Moved::default(),
            cause: Cause::First,
            split: None,
        }
    }

    #[test]
    fn a_signature_is_lifted_by_a_value_or_after_settling_and_kept_by_a_refinement() {
        use SignatureStanding::{Lifted, RevisionUnknown, Stands};
        let until = Day(100);
        let (r1, same, moved, doubled) =
            (revision(1, 9, 10), revision(2, 9, 10), revision(2, 8, 10), revision(2, 18, 20));
        for (label, signed, revisions, standing) in [
            ("nothing after", 1, vec![(&r1, Day(90))], Stands),
            ("a refinement", 1, vec![(&r1, Day(90)), (&same, Day(100))], Stands),
            (
                "after settling",
                1,
                vec![(&r1, Day(90)), (&same, Day(101))],
                Lifted { by_revision: 2, value_changed: false },
            ),
            (
                "another value",
                1,
                vec![(&r1, Day(90)), (&moved, Day(91))],
                Lifted { by_revision: 2, value_changed: true },
            ),
            (
                "other counts",
                1,
                vec![(&r1, Day(90)), (&doubled, Day(91))],
                Lifted { by_revision: 2, value_changed: true },
            ),
            ("the new one signed", 2, vec![(&r1, Day(90)), (&moved, Day(91))], Stands),
            ("not here", 3, vec![(&r1, Day(90)), (&moved, Day(91))], RevisionUnknown),
        ] {
            assert_eq!(signature_standing(signed, revisions, until), standing, "{label}");
        }
    }

    #[test]
    fn a_window_that_closes_after_settling_leaves_the_signature() {
        let open = Observation {
            beside: [(UNSETTLED.to_owned(), Ratio { numerator: 3, denominator: 10 })].into(),
            ..revision(1, 9, 10)
        };
        let closed = revision(2, 9, 10);
        assert_eq!(cause_of(Some(&open), &closed, Day(101), Day(100)), Cause::Refinement);
        assert_eq!(
            signature_standing(1, [(&open, Day(90)), (&closed, Day(101))], Day(100)),
            SignatureStanding::Stands
        );
        let moved = Observation { cancelled: 1, ..closed.clone() };
        assert_eq!(cause_of(Some(&open), &moved, Day(101), Day(100)), Cause::Restatement);
        assert!(open.is_provisional() && !closed.is_provisional());
        let sunday = closed.week.sunday();
        assert!(
            closed.is_complete(sunday.plus(1))
                && !closed.is_complete(sunday)
                && !open.is_complete(sunday.plus(1))
        );
    }

    #[test]
    fn a_value_that_came_back_still_lifted_the_signature() {
        let (r1, r2, r3) = (revision(1, 9, 10), revision(2, 8, 10), revision(3, 9, 10));
        let standing = signature_standing(1, [(&r1, Day(1)), (&r2, Day(2)), (&r3, Day(3))], Day(9));
        assert_eq!(standing, SignatureStanding::Lifted { by_revision: 2, value_changed: true });
    }
}
