//! Reminders on the desktop: what reminds and at which stage, when it is quiet, and how little is said at once. What was
//! reminded of is a matter of one device and never an event.

mod bundle;
mod matter;
mod quiet;

pub use bundle::{BETWEEN_MS, Bundle, DAILY_MAX, Told, bundle};
pub use matter::{Matter, ReminderKind, SOON_MINUTES, Stage, due_stage, is_soon};
pub use quiet::{QuietFault, QuietHours, ReminderSettings, WorkingDays};
