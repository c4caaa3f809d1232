//! The limits of belief where an integration says nothing. The wizard shows them.

use plaza_domain::day::Day;

/// No date is earlier: 1990-01-01.
pub const EARLIEST: Day = Day(7_305);

/// No planned date is further ahead of today, days. Three years: longer stretches are typing errors far more often than
/// orders.
pub const AHEAD_DAYS: u32 = 1_095;

/// No date is further from the order, days; likewise.
pub const LONGEST_DAYS: u32 = 1_095;

/// A run whose rows differ from the last run's by more than this warns, per cent.
pub const ROW_COUNT_PERCENT: u16 = 30;

/// A column whose share of empty cells rises by more than this warns, percentage points.
pub const NULL_SHARE_POINTS: u16 = 10;

/// The newest of the newest file may be so old, hours, however often it is pulled: nobody works at a long weekend.
pub const STALE_HOURS_MIN: u32 = 72;
