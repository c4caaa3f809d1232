//! The solver of rotations: who visits which department, and when. Pure: no clock, no IO, and chance only from a seed.
//!
//! In the order of the flow:
//!
//! * [`model`]: an [`Instance`] says everything that bears on a schedule; [`validate`] refuses what cannot be meant.
//! * [`check`]: recomputes every rule of a list of placements and is the only source of what is said about it. It shares no
//!   table and no arithmetic with the search.
//! * [`search`]: simulated annealing with ejections; several seeds, of which each gives one answer whatever the threads.
//! * [`generate`]: instances from a seed, for tests and measurements.

pub mod check;
pub mod generate;
pub mod model;
mod rng;
pub mod search;
pub mod validate;

pub use check::{Breach, Match, Report, RuleScore, SoftRule, check};
pub use model::{
    Capacity, Department, Instance, Length, Must, Person, Placement, Program, Told, Visitor, Weeks, Weights,
    Wish,
};
pub use search::{Budget, Outcome, Progress, Schedule, SearchError, search};
pub use validate::{Fault, validate};
