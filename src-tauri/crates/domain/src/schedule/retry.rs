//! When a queued pull is tried again: bounded, with exponential backoff and full jitter, never sooner than the system
//! asks.

use super::{DAY_MS, MINUTE_MS};

/// Attempts of one queued pull, the first included: as many as open a circuit, which then has the word.
pub const ATTEMPTS_MAX: u32 = 3;

/// The upper bound of the first pause, milliseconds. A single request was tried again within seconds already.
pub const FIRST_PAUSE_MS: i64 = MINUTE_MS;

/// The upper bound of any pause that Plaza chooses, milliseconds.
pub const LONGEST_PAUSE_MS: i64 = 10 * MINUTE_MS;

/// A system that asks for more is asked again after this, milliseconds.
pub const ASKED_LONGEST_MS: i64 = DAY_MS;

/// Milliseconds until the next attempt after attempt `attempt` (from 1) failed; none where it was the last one. `chance`
/// is a random number; `asked_ms` is how long the system asks to be left alone.
///
/// The pause is drawn evenly from 0 to `min(longest, first · 2^(attempt−1))` (*full jitter*: M. Brooker, “Exponential
/// Backoff and Jitter”, 2015) and comes on top of what the system asks.
pub fn after_attempt(attempt: u32, chance: u64, asked_ms: Option<i64>) -> Option<i64> {
    if attempt >= ATTEMPTS_MAX {
        return None;
    }
    let doublings = attempt.saturating_sub(1).min(16);
    let bound = (FIRST_PAUSE_MS << doublings).min(LONGEST_PAUSE_MS);
    let drawn = (i128::from(bound) * i128::from(chance) / i128::from(u64::MAX)) as i64;
    Some(asked_ms.unwrap_or(0).clamp(0, ASKED_LONGEST_MS) + drawn)
}
