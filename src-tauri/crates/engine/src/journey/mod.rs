//! Journeys: their keys, how they are kept, and how they are made from records.

pub mod context;
pub(crate) mod counted;
pub mod key;
pub(crate) mod numbers;
pub(crate) mod odd;
pub mod order;
pub mod pack;
pub(crate) mod scan;
