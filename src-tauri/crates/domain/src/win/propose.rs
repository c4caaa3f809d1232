//! Who had a part in a win: departments from the legs of its orders, people from what they decided and kept. A proposal
//! says why; a person takes it or leaves it. Nobody is ranked: proposals stand in the order of the flow, not of days.

use std::collections::{BTreeMap, BTreeSet};

use crate::day::Week;
use crate::department::DepartmentId;
use crate::event::{
    CommitmentId, Contributor, ContributorReason, DecisionId, ItemId, KpiId, MeetingId, ThreadId,
};
use crate::person::PersonId;

/// A leg that has ended, of an order line behind a win.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldLeg {
    /// Whose it was.
    pub department: DepartmentId,
    /// Days late that the order line was when the leg began, against its promise; negative where it was early.
    pub behind_days: i32,
    /// Days that the leg took beyond its plan; negative where it took less.
    pub overrun_days: i32,
    /// It spans milestones whose dates are missing, so that nobody knows which of its departments took the days.
    pub joint: bool,
}

impl HeldLeg {
    /// Days by which the leg brought a late order line nearer to its promise. Days saved on one that was in time anyhow
    /// made up nothing.
    fn made_up_days(&self) -> u32 {
        let saved = self.overrun_days.saturating_neg();
        u32::try_from(saved.min(self.behind_days)).unwrap_or(0)
    }
}

/// Somebody who may be named, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Who.
    pub contributor: Contributor,
    /// Why.
    pub reason: ContributorReason,
}

/// The departments that held legs, in the order in which they first held one.
///
/// A department that made up time is proposed for that; one whose legs all kept theirs, for that; any other, because
/// the order was carried by it too. A joint leg is counted as held and as not kept, for nobody knows whose days they
/// were.
pub fn propose_departments(legs: &[HeldLeg]) -> Vec<Proposal> {
    #[derive(Default)]
    struct Sum {
        legs: u32,
        kept: u32,
        made_up_days: u32,
        made_up_legs: u32,
    }
    let mut order: Vec<&DepartmentId> = Vec::new();
    let mut sums: BTreeMap<&DepartmentId, Sum> = BTreeMap::new();
    for leg in legs {
        if !sums.contains_key(&leg.department) {
            order.push(&leg.department);
        }
        let sum = sums.entry(&leg.department).or_default();
        sum.legs = sum.legs.saturating_add(1);
        if leg.joint {
            continue;
        }
        if leg.overrun_days <= 0 {
            sum.kept = sum.kept.saturating_add(1);
        }
        let days = leg.made_up_days();
        if days > 0 {
            sum.made_up_days = sum.made_up_days.saturating_add(days);
            sum.made_up_legs = sum.made_up_legs.saturating_add(1);
        }
    }
    let reason = |sum: &Sum| {
        if sum.made_up_days > 0 {
            ContributorReason::MadeUp { days: sum.made_up_days, legs: sum.made_up_legs }
        } else if sum.kept == sum.legs {
            ContributorReason::Kept { legs: sum.legs }
        } else {
            ContributorReason::Carried { legs: sum.legs, kept: sum.kept }
        }
    };
    let proposal = |department: &DepartmentId| {
        let sum = sums.get(department)?;
        let contributor = Contributor::Department { department: department.clone() };
        Some(Proposal { contributor, reason: reason(sum) })
    };
    order.into_iter().filter_map(proposal).collect()
}

/// A chart that turned to the better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Of which KPI.
    pub kpi: KpiId,
    /// Of which part; nothing for the whole.
    pub part: Option<DepartmentId>,
    /// The first week of the pattern.
    pub from: Week,
    /// The last week of the pattern.
    pub until: Week,
    /// The items of agendas under which it was talked about.
    pub items: BTreeSet<ItemId>,
    /// The threads in which it was talked about.
    pub threads: BTreeSet<ThreadId>,
}

impl Turn {
    /// Whether two patterns of a KPI are one turn: their weeks overlap or follow each other, on the same chart or on that
    /// of the whole and of one of its parts.
    pub fn is_one_with(&self, other: &Self) -> bool {
        let is_one_chart = self.part == other.part || self.part.is_none() || other.part.is_none();
        let touches = self.from <= other.until.plus(1) && other.from <= self.until.plus(1);
        self.kpi == other.kpi && is_one_chart && touches
    }

    fn is_talked_about_in(&self, (_, item, thread): &Place) -> bool {
        let is_in_item = item.as_ref().is_some_and(|item| self.items.contains(item));
        is_in_item || thread.as_ref().is_some_and(|thread| self.threads.contains(thread))
    }
}

/// Where something was said: in which meeting, under which item, in which thread.
pub type Place = (Option<MeetingId>, Option<ItemId>, Option<ThreadId>);

/// A decision that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenDecision {
    /// Which one.
    pub decision: DecisionId,
    /// Who saw to it.
    pub owner: Option<PersonId>,
    /// Which KPI it was to move; nothing where no effect was expected.
    pub kpi: Option<KpiId>,
    /// Which part of it; nothing for the whole.
    pub part: Option<DepartmentId>,
    /// The first week in which it was in force.
    pub in_force: Week,
    /// Where it was said.
    pub place: Place,
}

impl TakenDecision {
    /// Whether the turn may have come of it: it was to move this chart, or the whole of it, and it was in force by
    /// the pattern's first week but no longer before it than a year.
    pub fn is_before(&self, turn: &Turn) -> bool {
        let is_meant = self.kpi.as_ref() == Some(&turn.kpi)
            && (self.part.is_none() || turn.part.is_none() || self.part == turn.part);
        is_meant && self.in_force <= turn.from && self.in_force >= turn.from.plus(-WEEKS_BACK)
    }

    fn is_said_with(&self, commitment: &KeptCommitment) -> bool {
        let (meeting, item, thread) = &self.place;
        let (of_meeting, of_item, of_thread) = &commitment.place;
        let same_item = meeting.is_some() && meeting == of_meeting && item.is_some() && item == of_item;
        same_item || (thread.is_some() && thread == of_thread)
    }
}

/// Weeks before a turn in which a decision may have been taken that it came of: a year.
const WEEKS_BACK: i32 = 52;

/// A commitment that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCommitment {
    /// Which one.
    pub commitment: CommitmentId,
    /// Who kept it.
    pub who: PersonId,
    /// Where it was said.
    pub place: Place,
}

/// The people behind a turn to the better: who saw to a decision that it may have come of, or that was taken when people
/// talked about it; then who kept a commitment that was made then, or under the same item or in the same thread as such a
/// decision. Each once, for the first reason found.
pub fn propose_people(
    turn: &Turn,
    decisions: &[TakenDecision],
    commitments: &[KeptCommitment],
) -> Vec<Proposal> {
    let is_behind = |one: &&TakenDecision| one.is_before(turn) || turn.is_talked_about_in(&one.place);
    let behind: Vec<&TakenDecision> = decisions.iter().filter(is_behind).collect();
    let decided = behind.iter().filter_map(|one| {
        let reason = ContributorReason::Decided { decision: one.decision.clone() };
        Some((one.owner.clone()?, reason))
    });
    let kept = commitments.iter().filter(|one| {
        turn.is_talked_about_in(&one.place) || behind.iter().any(|decision| decision.is_said_with(one))
    });
    let committed = kept.map(|one| {
        let reason = ContributorReason::Committed { commitment: one.commitment.clone() };
        (one.who.clone(), reason)
    });
    let mut known = BTreeSet::new();
    decided
        .chain(committed)
        .filter(|(person, _)| known.insert(person.clone()))
        .map(|(person, reason)| Proposal { contributor: Contributor::Person { person }, reason })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leg(department: &str, behind_days: i32, overrun_days: i32) -> HeldLeg {
        HeldLeg { department: department.parse().unwrap(), behind_days, overrun_days, joint: false }
    }

    fn reasons(legs: &[HeldLeg]) -> Vec<ContributorReason> {
        propose_departments(legs).into_iter().map(|one| one.reason).collect()
    }

    #[test]
    fn without_a_leg_nobody_is_proposed() {
        assert!(propose_departments(&[]).is_empty());
    }

    #[test]
    fn time_is_made_up_only_on_an_order_that_is_late_and_only_as_far() {
        // Saved five days on an order that was three late: three count. Saved on one in time: kept, no more.
        assert_eq!(reasons(&[leg("logistics", 3, -5)]), [ContributorReason::MadeUp { days: 3, legs: 1 }]);
        assert_eq!(reasons(&[leg("logistics", 0, -5)]), [ContributorReason::Kept { legs: 1 }]);
        assert_eq!(reasons(&[leg("logistics", -2, -5)]), [ContributorReason::Kept { legs: 1 }]);
    }

    #[test]
    fn a_joint_leg_credits_nobody_with_its_days() {
        let joint = HeldLeg { joint: true, ..leg("production", 4, -4) };
        assert_eq!(reasons(&[joint]), [ContributorReason::Carried { legs: 1, kept: 0 }]);
    }

    #[test]
    fn departments_stand_in_the_order_of_the_flow_whoever_saved_most() {
        let all =
            propose_departments(&[leg("sales", 0, 2), leg("production", 2, 0), leg("logistics", 2, -9)]);
        let names: Vec<_> = all.iter().map(|one| one.contributor.clone()).collect();
        let department = |name: &str| Contributor::Department { department: name.parse().unwrap() };
        assert_eq!(names, [department("sales"), department("production"), department("logistics")]);
        assert_eq!(all[0].reason, ContributorReason::Carried { legs: 1, kept: 0 });
    }

    fn decision(kpi: &str, in_force: i32, item: &str) -> TakenDecision {
        TakenDecision {
            decision: "d".into(),
            owner: Some(PersonId("ana".to_owned())),
            kpi: Some(kpi.into()),
            part: None,
            in_force: Week(in_force),
            place: (Some("2026-W10".into()), Some(item.into()), None),
        }
    }

    fn kept(who: &str, item: Option<&str>) -> KeptCommitment {
        let place = (Some("2026-W10".into()), item.map(Into::into), None);
        KeptCommitment { commitment: "c".into(), who: PersonId(who.to_owned()), place }
    }

    fn turn() -> Turn {
        Turn {
            kpi: "on-time".into(),
            part: None,
            from: Week(100),
            until: Week(107),
            items: ["signal-s".into()].into(),
            threads: ["t".into()].into(),
        }
    }

    fn people(decisions: &[TakenDecision], commitments: &[KeptCommitment]) -> Vec<String> {
        let all = propose_people(&turn(), decisions, commitments);
        all.into_iter()
            .filter_map(|one| match one.contributor {
                Contributor::Person { person } => Some(person.0),
                Contributor::Department { .. } => None,
            })
            .collect()
    }

    #[test]
    fn a_decision_about_another_number_or_after_the_turn_names_nobody() {
        let bora = [kept("bora", Some("i"))];
        assert!(people(&[decision("invoice", 98, "i")], &bora).is_empty());
        assert!(people(&[decision("on-time", 101, "i")], &bora).is_empty(), "the turn had begun");
        assert!(people(&[decision("on-time", 47, "i")], &bora).is_empty(), "more than a year before");
        assert_eq!(people(&[decision("on-time", 100, "i")], &bora), ["ana", "bora"]);
        assert_eq!(people(&[decision("on-time", 48, "i")], &bora), ["ana", "bora"]);
    }

    #[test]
    fn whoever_took_it_up_when_the_turn_was_talked_about_is_named_and_nobody_from_elsewhere() {
        let without_forecast = |item: &str| TakenDecision { kpi: None, ..decision("on-time", 109, item) };
        assert!(people(&[without_forecast("signal-other")], &[kept("cem", Some("signal-other"))]).is_empty());
        assert_eq!(people(&[without_forecast("signal-s")], &[kept("cem", Some("signal-s"))]), ["ana", "cem"]);
        let in_thread = |thread: &str| TakenDecision {
            place: (None, None, Some(thread.into())),
            ..without_forecast("none")
        };
        assert!(people(&[in_thread("u")], &[]).is_empty());
        assert_eq!(people(&[in_thread("t")], &[]), ["ana"]);
        assert_eq!(people(&[], &[kept("cem", Some("signal-s"))]), ["cem"]);
        assert!(!without_forecast("signal-s").is_before(&turn()), "talking about it did not bring it about");
    }

    #[test]
    fn patterns_that_touch_are_one_turn_and_those_of_two_parts_or_numbers_are_two() {
        let other = |part: Option<&str>, from: i32, until: i32| Turn {
            part: part.map(|part| part.parse().unwrap()),
            from: Week(from),
            until: Week(until),
            ..turn()
        };
        assert!(turn().is_one_with(&other(None, 108, 110)) && other(None, 108, 110).is_one_with(&turn()));
        assert!(
            turn().is_one_with(&other(None, 90, 99)) && turn().is_one_with(&other(Some("sales"), 101, 102))
        );
        assert!(!turn().is_one_with(&other(None, 109, 110)) && !turn().is_one_with(&other(None, 90, 98)));
        assert!(!other(Some("sales"), 100, 107).is_one_with(&other(Some("finance"), 100, 107)));
        assert!(!turn().is_one_with(&Turn { kpi: "other".into(), ..turn() }));
    }

    #[test]
    fn whoever_decided_and_whoever_kept_their_word_under_the_same_item_are_named_once() {
        let commitments =
            [kept("bora", Some("i")), kept("ana", Some("i")), kept("cem", Some("other")), kept("dov", None)];
        assert_eq!(people(&[decision("on-time", 98, "i")], &commitments), ["ana", "bora"]);
    }
}
