//! What leaves Plaza on paper: chart pictures today.

mod svg;

pub use svg::{sheet, svg};
