//! Journeys: their keys, how they are kept, and how they are made from records.

pub mod context;
pub mod key;
pub mod order;
pub mod pack;
