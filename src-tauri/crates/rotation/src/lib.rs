//! The solver of rotations: who visits which department, and when. Pure: no clock, no IO, and chance only from a seed.
//!
//! In the order of the flow:
//!
//! * [`model`]: an [`Instance`] says everything that bears on a schedule; [`validate`] refuses what cannot be meant.
//! * [`check`]: recomputes every rule of a list of placements and is the only source of what is said about it. It shares no
//!   table and no arithmetic with the search.
//! * [`search`]: simulated annealing with ejections; several seeds, of which each gives one answer whatever the threads.
//! * [`explain`]: when nothing fits, which rules clash, in counts, and which relaxations were tried and help.
//! * [`replan`]: what to do when somebody falls ill, with the fewest changes to what people were told.
//! * [`generate`]: instances from a seed, for tests and measurements.

pub mod check;
pub mod explain;
pub mod generate;
pub mod model;
pub mod replan;
mod rng;
pub mod search;
pub mod validate;

pub use check::{Breach, Match, Report, RuleScore, SoftRule, check};
pub use explain::{Clash, Explanation, Loss, Lost, MustCount, Relaxation, explain};
pub use model::{
    Capacity, Department, Instance, Length, Must, Part, Person, Placement, Program, Told, Visitor, Weeks,
    Weights, Wish,
};
pub use replan::{Change, Moved, Replan, Replanned, changed, replan};
pub use search::{Budget, Outcome, Progress, Schedule, SearchError, search};
pub use validate::{Fault, validate};
