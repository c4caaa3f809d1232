//! The nouns and the arithmetic of Plaza, in the order of the flow. Pure: no clock, no randomness, no IO.

pub mod workspace;
pub mod department;
pub mod person;
pub mod day;
pub mod language;
pub mod cell;
pub mod event;
pub mod record;
pub mod journey;
pub mod kpi;
pub mod signal;
pub mod chart;
