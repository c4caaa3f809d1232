//! A plan that people know is made anew because something happened.
//!
//! What people were told stands unless a rule forbids it. First everything that can stand is pinned, and only those who are
//! concerned are planned anew: nobody else hears of it. Only when that does not do (a department falls below its cover, a
//! pair that must happen has lost its visitor and no place is free) the others are touched, by a search in which one change
//! costs more than all other soft rules together.

use serde::{Deserialize, Serialize};

use crate::check::{Breach, Match, SoftRule, check, standing};
use crate::model::{Instance, Placement, Told, Weeks};
use crate::search::{Aim, Budget, Outcome, Schedule, SearchError, Watch, run};
use crate::validate::validate;

/// What happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The week in which it becomes known: what is over by then stays, and nothing new begins before it.
    pub from: u32,
    /// People who are not there, and when.
    pub absent: Vec<(usize, Weeks)>,
    /// Departments that neither host nor send, and when.
    pub shut: Vec<(usize, Weeks)>,
    /// People to whom something else happened: a visit of theirs was cancelled or broken off, or they are not there in a
    /// part of a week that the instance knows already. They are to get another visit, which is no change that others pay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concerned: Vec<usize>,
}

/// What changes for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Who.
    pub person: usize,
    /// Whether it happened to them or to a buddy of theirs.
    pub concerned: bool,
    /// What they were told and does not happen.
    pub withdrawn: Vec<Placement>,
    /// What they have to be told.
    pub new: Vec<Placement>,
    /// The rules that what was withdrawn would break in the new plan, by the checker. With none of them it made room for
    /// something that must happen.
    pub because: Vec<Breach>,
}

/// The new plan and what it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replan {
    /// The plan. Its report's stability counts the same changes.
    pub schedule: Schedule,
    /// How many placements stand as they were told, those that are over included.
    pub kept: usize,
    /// What changes, by person.
    pub moved: Vec<Moved>,
    /// The instance that the change makes: what the plan was checked against.
    pub instance: Instance,
}

impl Replan {
    /// How many placements of people to whom nothing happened are withdrawn or new.
    pub fn changes_of_others(&self) -> usize {
        let others = self.moved.iter().filter(|moved| !moved.concerned);
        others.map(|moved| moved.withdrawn.len() + moved.new.len()).sum()
    }
}

/// What a plan that was made anew comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Replanned {
    /// A plan.
    Found(Box<Replan>),
    /// Nothing fits any more. [`crate::explain`] says why, given this instance.
    NothingFits {
        /// The instance that the change makes.
        instance: Box<Instance>,
    },
}

/// The instance that a change makes of a plan that people know.
pub fn changed(instance: &Instance, published: &[Placement], change: &Change) -> Instance {
    let mut after = instance.clone();
    for &(person, weeks) in &change.absent {
        if let Some(person) = after.people.get_mut(person) {
            person.absent.push(weeks);
        }
    }
    for &(department, weeks) in &change.shut {
        if let Some(department) = after.departments.get_mut(department) {
            department.peaks.push(weeks);
        }
    }
    after.closed_before = after.closed_before.max(change.from);
    let over = |placement: &&Placement| after.program.weeks_of(placement.week).end <= change.from;
    let mut told: Vec<Placement> = published.to_vec();
    told.extend(&instance.pinned);
    told.sort_unstable();
    told.dedup();
    let past: Vec<Placement> = told.iter().filter(over).copied().collect();
    // Pins of the future stand if they still can; what breaks a rule now was only told.
    let mut pinned = past.clone();
    for pin in instance.pinned.iter().filter(|pin| !past.contains(pin)) {
        let buddies = instance.buddies.iter().find(|group| group.contains(&pin.person));
        let mut with = pinned.clone();
        with.extend(buddies.into_iter().flatten().map(|person| Placement { person: *person, ..*pin }));
        with.push(*pin);
        with.sort_unstable();
        with.dedup();
        let known = Instance { pinned: with.clone(), ..after.clone() };
        if standing(&known, &with).is_empty() {
            pinned = with;
        }
    }
    pinned.retain(|pin| past.contains(pin) || instance.pinned.contains(pin));
    told.retain(|placement| !pinned.contains(placement));
    let free = concerned(instance, &told, change);
    after.told = Some(Told { placements: told, until: after.program.weeks, free });
    after.pinned = pinned;
    after
}

/// The people to whom something happened: who is absent, who would visit or leave a department that is shut, and their
/// buddies, who cannot go without them.
fn concerned(instance: &Instance, told: &[Placement], change: &Change) -> Vec<usize> {
    let mut people: Vec<usize> = change.absent.iter().map(|(person, _)| *person).collect();
    people.extend(&change.concerned);
    for placement in told {
        let home = instance.people.get(placement.person).map(|person| person.home);
        let hit = |(department, weeks): &(usize, Weeks)| {
            (*department == placement.host || Some(*department) == home)
                && instance.program.weeks_of(placement.week).any(|week| weeks.contains(week))
        };
        if change.shut.iter().any(hit) {
            people.push(placement.person);
        }
    }
    let groups = instance.buddies.iter().filter(|group| group.iter().any(|person| people.contains(person)));
    let buddies: Vec<usize> = groups.flatten().copied().collect();
    people.extend(buddies);
    people.sort_unstable();
    people.dedup();
    people
}

/// Makes a plan anew with the fewest changes to what people were told.
///
/// # Errors
/// When the instance or the change cannot be meant, or the watcher breaks.
pub fn replan(
    instance: &Instance,
    published: &[Placement],
    change: &Change,
    budget: Budget,
    watch: Watch<'_>,
) -> Result<Replanned, SearchError> {
    let after = changed(instance, published, change);
    validate(&after)?;
    let Some(first) = fewest(&after, budget, watch)? else {
        return Ok(Replanned::NothingFits { instance: Box::new(after) });
    };
    // Whoever was touched all the same gets another place, where that touches nobody else.
    let mut offered = after.clone();
    offered.pinned.extend(first.placements.iter().filter(|placement| !after.pinned.contains(placement)));
    let mut touched = false;
    if let Some(told) = &mut offered.told {
        for placement in told.placements.iter().filter(|placement| !first.placements.contains(placement)) {
            if !told.free.contains(&placement.person) {
                told.free.push(placement.person);
                touched = true;
            }
        }
    }
    let second = if touched {
        run(&offered, budget, Aim::FewestChanges, watch)?
    } else {
        Outcome::Found(first.clone())
    };
    let schedule = if let Outcome::Found(second) = second { second } else { first };
    Ok(Replanned::Found(Box::new(describe(after, schedule))))
}

/// The plan with the fewest changes, or none when nothing fits.
fn fewest(after: &Instance, budget: Budget, watch: Watch<'_>) -> Result<Option<Schedule>, SearchError> {
    let mut fixed = after.clone();
    fixed.pinned.extend(standing_of(after));
    let mut best = None;
    if validate(&fixed).is_ok() {
        match run(&fixed, budget, Aim::FewestChanges, watch)? {
            Outcome::Found(schedule) if adds_nothing(after, &schedule) => return Ok(Some(schedule)),
            // Something must happen and takes others: moving one of them may be less than two new ones.
            Outcome::Found(schedule) => best = Some(schedule),
            Outcome::NothingFits { .. } => {}
        }
    }
    let free = match run(after, budget, Aim::FewestChanges, watch)? {
        Outcome::Found(schedule) => Some(schedule),
        Outcome::NothingFits { .. } => None,
    };
    let found = best.into_iter().chain(free);
    Ok(found.min_by_key(|schedule| changes(after, schedule)))
}

/// What people were told and can stand: all that breaks no rule by itself. Whether they can stand together is another matter.
fn standing_of(after: &Instance) -> Vec<Placement> {
    let told = after.told.iter().flat_map(|told| &told.placements);
    let fine = told.filter(|placement| {
        let group = after.buddies.iter().find(|group| group.contains(&placement.person));
        let mut with: Vec<Placement> =
            group.into_iter().flatten().map(|person| Placement { person: *person, ..**placement }).collect();
        if with.is_empty() {
            with.push(**placement);
        }
        standing(after, &with).is_empty()
    });
    fine.copied().collect()
}

fn changes(after: &Instance, schedule: &Schedule) -> i64 {
    let report = check(after, &schedule.placements);
    report.rule(SoftRule::Stability).map_or(0, |rule| rule.amount)
}

/// Whether nobody but the concerned hears of a plan.
fn adds_nothing(after: &Instance, schedule: &Schedule) -> bool {
    let report = check(after, &schedule.placements);
    report
        .rule(SoftRule::Stability)
        .is_none_or(|rule| !rule.matches.iter().any(|found| matches!(found, Match::New { .. })))
}

fn describe(after: Instance, mut schedule: Schedule) -> Replan {
    schedule.report = check(&after, &schedule.placements);
    let (told, free) = after.told.as_ref().map_or((&[][..], &[][..]), |told| (&told.placements, &told.free));
    let before: Vec<Placement> = told.iter().chain(&after.pinned).copied().collect();
    let mut moved = Vec::new();
    for person in 0..after.people.len() {
        let of = |list: &[Placement], other: &[Placement]| -> Vec<Placement> {
            let own = list.iter().filter(|placement| placement.person == person);
            own.filter(|placement| !other.contains(placement)).copied().collect()
        };
        let (withdrawn, new) = (of(&before, &schedule.placements), of(&schedule.placements, &before));
        if withdrawn.is_empty() && new.is_empty() {
            continue;
        }
        let because = withdrawn.iter().flat_map(|placement| {
            let mut with: Vec<Placement> = schedule.placements.clone();
            // Beside the own new ones, or every move would be its own reason.
            with.retain(|other| !new.contains(other));
            with.push(*placement);
            standing(&after, &with)
        });
        let mut because: Vec<Breach> = because.collect();
        because.dedup();
        moved.push(Moved { person, concerned: free.contains(&person), withdrawn, new, because });
    }
    let kept = before.iter().filter(|placement| schedule.placements.contains(placement)).count();
    Replan { kept, moved, schedule, instance: after }
}
