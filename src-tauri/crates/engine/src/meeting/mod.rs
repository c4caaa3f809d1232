//! The weekly meeting: set up once, its agenda drafts itself, every word in it is kept, its minutes write themselves.

pub(crate) mod agenda;
mod find;
mod minutes;
pub(crate) mod record;
mod run;
pub(crate) mod set;
mod visits;
pub(crate) mod words;

pub(crate) use find::improves;
