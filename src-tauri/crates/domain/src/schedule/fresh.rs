//! How old numbers are, held against what was agreed.

use serde::{Deserialize, Serialize};

use super::MINUTE_MS;

/// How an integration's numbers stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Freshness {
    /// As young as they should be.
    Fresh,
    /// Old enough to look why.
    Warn,
    /// Late.
    Late,
}

/// How numbers of an age stand, and in how many milliseconds they stand worse; none where they are late already. A
/// negative age (the clock was set back) is no age.
pub const fn freshness(age_ms: i64, warn_minutes: u32, late_minutes: u32) -> (Freshness, Option<i64>) {
    let age_ms = if age_ms < 0 { 0 } else { age_ms };
    let (warn, late) = (warn_minutes as i64 * MINUTE_MS, late_minutes as i64 * MINUTE_MS);
    if age_ms >= late {
        (Freshness::Late, None)
    } else if age_ms >= warn {
        (Freshness::Warn, Some(late - age_ms))
    } else {
        (Freshness::Fresh, Some(warn - age_ms))
    }
}
