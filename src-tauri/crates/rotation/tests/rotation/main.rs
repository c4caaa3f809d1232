//! The solver as its callers see it.

mod support;

mod bad_input;
mod known;
mod measure;
mod random;
mod rules;
