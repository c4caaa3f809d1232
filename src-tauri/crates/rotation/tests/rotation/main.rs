//! The solver as its callers see it.

mod support;

mod known;
mod measure;
mod random;
