//! The solver as its callers see it.

mod support;

mod bad_input;
mod explain;
mod known;
mod measure;
mod random;
mod replan;
mod rules;
mod steady;
