//! What bears on a schedule: the program's rules, departments, people, and what was already said.
//!
//! People and departments are named by their place in the lists, weeks by their number from 0. A week is the grain of
//! everything but absences. Visits are either whole weeks or a few days long. A visit of `n` days takes a **part** of a
//! week: the working days are cut into as many parts of `n` days as fit (five days: two parts of two days, and Friday stays
//! free). So two short visits of one week are known to be one after the other or side by side, capacity and home cover are
//! exact on every day, and nobody has to agree on days afterwards. The price is that a visit begins only where a part does.

use serde::{Deserialize, Serialize};

/// A run of weeks, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weeks {
    /// The first week, from 0.
    pub first: u32,
    /// The last week, not before the first.
    pub last: u32,
}

impl Weeks {
    /// Whether a week is among them.
    pub fn contains(&self, week: u32) -> bool {
        self.first <= week && week <= self.last
    }
}

/// A part of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Part {
    /// The week.
    pub week: u32,
    /// The part of it, from 0; 0 where visits take whole weeks.
    pub part: u32,
}

/// How long a visit takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// Whole weeks one after the other, at least 1.
    Weeks(u32),
    /// Working days within one week, at least 1 and fewer than a whole week.
    Days(u32),
}

/// What one unit of each soft rule costs. Units differ (a cell, a squared visit, a person-week), so the numbers are rates of
/// exchange: the defaults say, for example, that an uncovered cell is worth two people who are one visit short. Integers, so
/// that a sum is the same on every computer. At most [`Weights::MOST`] each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// For each visit that a home × host cell lacks.
    pub coverage: u32,
    /// For each person, times the square of the visits that they are short of or beyond what is due. The square makes it
    /// dearer that one person lacks two than that two people lack one each.
    pub fairness: u32,
    /// For each wish that stays open, times its strength.
    pub wish: u32,
    /// For each person away beyond a department's even share, and part of a week or week.
    pub spread: u32,
    /// For each visit of a person to a department that they know already.
    pub repeat: u32,
    /// For each placement that people were told and that does not happen, and each that they were not told.
    pub stability: u32,
}

impl Weights {
    /// The largest weight: with [`crate::validate`]'s limits no sum leaves 64 bits.
    pub const MOST: u32 = 10_000;
}

impl Default for Weights {
    fn default() -> Self {
        Self { coverage: 40, fairness: 20, wish: 6, spread: 4, repeat: 15, stability: 30 }
    }
}

/// Who has to make a visit that must happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visitor {
    /// This person.
    Person(usize),
    /// Anybody of this department.
    Department(usize),
}

/// A pair that must happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Must {
    /// Who visits.
    pub visitor: Visitor,
    /// The department visited.
    pub host: usize,
    /// How many visits at least.
    pub least: u32,
    /// In which of these weeks they begin; in any when absent.
    pub weeks: Option<Weeks>,
}

/// The rules of a rotation program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// How many weeks are planned.
    pub weeks: u32,
    /// How long a visit takes.
    pub length: Length,
    /// Working days of a week, 1 to 7.
    pub working_days: u32,
    /// Weeks of a period, counted from week 0: a person begins at most one visit in each.
    pub period_weeks: u32,
    /// Visits that each person who joins should make in all weeks together.
    pub due: u32,
    /// Visits that nobody exceeds; not below `due`.
    pub most: u32,
    /// Which departments may visit which, as (home, host).
    pub allowed: Vec<(usize, usize)>,
    /// How many visits each allowed pair should see.
    pub cell_target: u32,
    /// Weeks in which nobody visits anybody.
    pub closed: Vec<Weeks>,
    /// Pairs that must happen.
    pub must: Vec<Must>,
    /// What the soft rules cost.
    pub weights: Weights,
}

/// Another host capacity for some weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capacity {
    /// Which weeks.
    pub weeks: Weeks,
    /// Visitors at the same time.
    pub visitors: u32,
}

/// A department, as home and as host.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Visitors that it takes at the same time.
    pub capacity: u32,
    /// Weeks with another capacity; the last that holds a week counts.
    pub capacity_in: Vec<Capacity>,
    /// Least number of its people who are neither absent nor visiting.
    pub cover: u32,
    /// Peak season: it neither hosts nor sends.
    pub peaks: Vec<Weeks>,
    /// Weeks in which it does not host.
    pub no_hosting: Vec<Weeks>,
    /// Weeks in which it does not send.
    pub no_sending: Vec<Weeks>,
    /// Visits that its people made in earlier schedules, as (host, visits).
    pub walked: Vec<(usize, u32)>,
}

/// A wish to visit a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The department.
    pub host: usize,
    /// How strong: 1 to 3.
    pub strength: u32,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The department that they belong to.
    pub home: usize,
    /// Whether they take part; whoever does not still counts for the home's cover.
    pub joins: bool,
    /// Weeks in which they are not there.
    pub absent: Vec<Weeks>,
    /// Parts of other weeks in which they are not there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent_parts: Vec<Part>,
    /// Departments that they wish to visit.
    pub wishes: Vec<Wish>,
    /// Departments that they visited in earlier schedules.
    pub been: Vec<usize>,
}

impl Person {
    /// Whether they are not there in a part of a week.
    pub fn is_absent(&self, week: u32, part: u32) -> bool {
        self.absent.iter().any(|weeks| weeks.contains(week))
            || self.absent_parts.iter().any(|other| (other.week, other.part) == (week, part))
    }
}

/// One visit of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Placement {
    /// Who.
    pub person: usize,
    /// Where.
    pub host: usize,
    /// The week in which it begins.
    pub week: u32,
    /// Which part of that week, from 0; 0 where visits take whole weeks.
    pub part: u32,
}

/// What people were told and may still be changed, at a price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The placements.
    pub placements: Vec<Placement>,
    /// Placements that begin before this week and are new count as changes; those after it nobody was told about.
    pub until: u32,
    /// People whose new placements cost nothing: those for whom the plan is made anew.
    pub free: Vec<usize>,
}

/// Everything that bears on a schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    /// The rules.
    pub program: Program,
    /// The departments.
    pub departments: Vec<Department>,
    /// The people.
    pub people: Vec<Person>,
    /// Groups of people who go together: to the same host at the same time, or not at all.
    pub buddies: Vec<Vec<usize>>,
    /// Placements that stand, whatever it costs.
    pub pinned: Vec<Placement>,
    /// Placements that people were told.
    pub told: Option<Told>,
    /// No placement begins before this week but pinned and told ones: it is over, or too close.
    pub closed_before: u32,
}

impl Program {
    /// In how many parts a week is cut: 1 where visits take whole weeks.
    pub fn parts(&self) -> u32 {
        match self.length {
            Length::Weeks(_) => 1,
            Length::Days(days) => self.working_days / days.max(1),
        }
    }

    /// The weeks that a visit beginning in `week` touches.
    pub fn weeks_of(&self, week: u32) -> std::ops::Range<u32> {
        match self.length {
            Length::Weeks(weeks) => week..week.saturating_add(weeks),
            Length::Days(_) => week..week.saturating_add(1),
        }
    }

    /// The working days of its week that a part takes, from 0; all of them where visits take whole weeks.
    pub fn days_of(&self, part: u32) -> std::ops::Range<u32> {
        match self.length {
            Length::Weeks(_) => 0..self.working_days,
            Length::Days(days) => part * days..(part + 1) * days,
        }
    }
}
