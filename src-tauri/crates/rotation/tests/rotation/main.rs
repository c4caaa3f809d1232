//! The solver as its callers see it.

#![allow(clippy::expect_used)] // a test may stop at once

mod support;

mod bad_input;
mod explain;
mod known;
mod measure;
mod random;
mod replan;
mod rules;
mod steady;
