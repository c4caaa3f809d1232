//! The solver as its callers see it.

mod support;

mod measure;
mod random;
