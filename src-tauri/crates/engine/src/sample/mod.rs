//! The sample company: a year in the life of *Northlight Pumps*, written as the files that its systems would
//! have exported week by week, and pulled through the same pipeline as anybody's files.
//!
//! The story, counted back from the week of the last export:
//! * 60 weeks ago the house began with a new order system; open orders were taken over without their first promise,
//!   so the first weeks are left out of the charts.
//! * 42 to 38 weeks ago sales ran a campaign for the *Aurora* pumps and promised some of them three or four
//!   working days sooner than the plan allowed.
//! * 34 weeks ago the integration of the exports was activated: its charter promised that logistics' part of the misses
//!   would shrink to two points.
//! * 32 weeks ago logistics changed the carrier for the south, and deliveries there got steadier. When that had lasted
//!   a quarter of a year, sales signed a new phase of the chart.
//! * 20 weeks ago one driver's delivery slips were dated with the day on which they were typed in, a week late; they
//!   were put right after the week had been signed. It happened again three weeks ago, and the last export brings
//!   the right dates.
//! * Since 11 weeks ago the test bench for large pumps is the bottleneck of production: promises for the weeks from
//!   then on are broken more often.
//! * People visit each other's departments in two rotations of half a year, of which the second is still under way. One visit
//!   was cancelled, two people changed places, and one plan was made anew because somebody could not be there.
//! * Between Christmas and New Year the house is closed; only the on-call service brings a handful of parts.
//! * A dozen wins stand on the wall; those of the first weeks name sales alone.
//! * A few rows of the last exports wait in quarantine.

mod brought;
mod calendar;
mod catalogue;
mod chance;
mod charter;
mod create;
mod error;
mod files;
mod meeting;
mod rotation;
mod saying;
mod story;
#[cfg(test)]
mod tests;
mod thread;
mod win;
mod won;
mod words;

pub use calendar::holidays;
pub use catalogue::{DEPARTMENTS, PEOPLE, SampleDepartment, SamplePerson};
pub(crate) use create::MAKING;
pub use create::create;
pub use files::{Export, INTEGRATION_TOML, exports};

/// The seed of the company that the product shows: one in which chance alone does not say anything beside the story.
pub const SEED: u64 = 2;

/// What the sample company is called.
pub const COMPANY: &str = "Northlight Pumps";

/// Where it stands; its holidays are those of this place.
pub const TIME_ZONE: &str = "Europe/Berlin";

/// How many weekly exports there are: a year, and the weeks before it in which the pipeline fills.
pub const EXPORTS: i32 = 60;

/// Order lines on an ordinary day, before the day's own chance adds up to six.
pub const LINES_A_DAY: u32 = 33;

/// Order lines that the on-call service brings between the years.
pub const ON_CALL_LINES: u32 = 4;

/// Weeks of orders before the first export of which those still unpaid were taken over: the longest lead time and
/// term of payment.
const TAKEN_OVER_WEEKS: i32 = 12;

/// When sales ran its campaign, weeks ago.
pub const CAMPAIGN: std::ops::RangeInclusive<i32> = 38..=42;

/// Since when the south has the new carrier, weeks ago.
pub const CARRIER_SINCE: i32 = 32;

/// When the integration was activated, weeks ago.
pub const ACTIVE_SINCE: i32 = 34;

/// Since when the test bench is the bottleneck, weeks ago: pumps planned to be finished from then on queue.
pub const BOTTLENECK_SINCE: i32 = 11;

/// The promised week whose delivery slips were mistyped and put right long ago, weeks ago.
pub const ERROR_PAST: i32 = 20;

/// The promised week whose delivery slips the last export puts right, weeks ago.
pub const ERROR_NOW: i32 = 3;
