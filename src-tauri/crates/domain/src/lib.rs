//! The nouns and the arithmetic of Plaza, in the order of the flow. Pure: no clock, no randomness, no IO.

pub mod audit;
pub mod breaker;
pub mod cell;
pub mod chart;
pub mod charter;
pub mod day;
pub mod department;
pub mod event;
pub mod journey;
pub mod kpi;
pub mod language;
pub mod meeting;
pub mod person;
pub mod record;
pub mod reminder;
pub mod rotation;
pub mod schedule;
pub mod signal;
pub mod thread;
pub mod win;
pub mod workspace;
