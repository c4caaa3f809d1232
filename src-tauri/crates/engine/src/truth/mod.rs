//! Whose word counts: the truth map of an integration's journeys, the sources that speak of them, what they say
//! differently, and what their owners are asked to correct at its source.

mod correction;
mod heard;
pub(crate) mod map;
pub(crate) mod say;
pub(crate) mod voices;

pub use correction::{CorrectionForm, RECORDS_MAX, Standing};
pub(crate) use heard::{HeardRecord, heard};
pub(crate) use voices::{Voices, speakers};
