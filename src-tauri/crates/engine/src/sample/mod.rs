//! The sample company: a year in the life of *Northlight Pumps*, written as the files that its systems would
//! have exported week by week, and pulled through the same pipeline as anybody's files.
//!
//! The story, counted back from the week of the last export:
//! * 40 to 34 weeks ago sales ran a spring campaign for the *Aurora* pumps and promised them four working days
//!   sooner than the plan allowed.
//! * 26 weeks ago logistics changed the carrier for the south, and deliveries there got faster and steadier.
//! * 20 weeks ago two days' delivery slips were dated with the day they were typed in, six days late; they were
//!   put right a fortnight later.
//! * Since 13 weeks ago the test bench for large pumps is the bottleneck of production.
//! * Between Christmas and New Year the house is closed; hardly anything is promised for those days.
//! * In the last export a handful of delivery dates of the week before last were corrected.

mod calendar;
mod catalogue;
mod create;
mod files;
mod story;

pub use calendar::holidays;
pub use catalogue::{DEPARTMENTS, PEOPLE, SamplePerson};
pub use create::create;
pub use files::{Export, INTEGRATION_TOML, exports};

/// The seed of the company that the product shows.
pub const SEED: u64 = 0x504C_415A_4131;

/// What the sample company is called.
pub const COMPANY: &str = "Northlight Pumps";

/// Where it stands; its holidays are those of this place.
pub const TIME_ZONE: &str = "Europe/Berlin";

/// How many weekly exports there are; the orders of the first weeks fill the pipeline before the year begins.
pub const EXPORTS: i32 = 60;

/// Order lines a week in an ordinary week.
pub const LINES_A_WEEK: u32 = 203;
