//! The arithmetic of one journey: tables of cases, and what must hold for any.

mod assemble;
mod plan;
mod properties;
mod split;
