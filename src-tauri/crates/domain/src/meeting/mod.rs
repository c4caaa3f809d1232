//! The weekly meeting: its agenda, when it is, and whose turn it is to facilitate it. Pure.

mod agenda;
mod item;
mod series;
mod turn;

pub use agenda::{Agenda, MINUTES_DEFAULT, draft, order};
pub use item::{AgendaItem, Reason, Section, Subject};
pub use series::{Occurrence, meeting_of, occurrence, week_of};
pub use turn::{Turn, next_facilitators};
