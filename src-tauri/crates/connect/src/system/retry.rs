//! When to try again: bounded, with exponential backoff and full jitter, never sooner than the system asks.

use std::time::Duration;

use super::SystemError;

/// How often and how patiently an attempt is repeated.
///
/// The pause before attempt *n* + 1 is drawn evenly from 0 to `min(longest, first · 2^(n−1))` (*full jitter*: M. Brooker,
/// “Exponential Backoff and Jitter”, 2015), so that many clients of one weak server do not come back together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// Attempts in all, the first included.
    pub attempts: u32,
    /// The upper bound of the first pause.
    pub first: Duration,
    /// The upper bound of any pause that Plaza chooses.
    pub longest: Duration,
    /// The longest pause that a system may ask for within one run; beyond it the run ends and the next one comes as
    /// scheduled.
    pub asked_longest: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 5,
            first: Duration::from_secs(1),
            longest: Duration::from_secs(30),
            asked_longest: Duration::from_mins(2),
        }
    }
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// Try again after this time.
    For(Duration),
    /// Give up.
    Never,
}

impl Retry {
    /// What to do after attempt `attempt` (from 1) failed with `error`; `chance` is a random number.
    pub fn after(&self, attempt: u32, error: &SystemError, chance: u64) -> Pause {
        if attempt >= self.attempts || !error.is_passing() {
            return Pause::Never;
        }
        let doublings = attempt.saturating_sub(1).min(31);
        let bound = self.first.saturating_mul(1 << doublings).min(self.longest);
        let drawn = bound.mul_f64(chance as f64 / u64::MAX as f64);
        let super::SystemFault::Busy { wait: Some(asked) } = error.fault else { return Pause::For(drawn) };
        if asked > self.asked_longest { Pause::Never } else { Pause::For(asked + drawn) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::SystemFault;

    fn failing() -> SystemError {
        SystemFault::Failing { status: Some(500) }.into()
    }

    #[test]
    fn pauses_grow_to_their_bound_and_end() {
        let retry = Retry { attempts: 8, ..Retry::default() };
        let bounds: Vec<_> = (1..=8).map(|attempt| retry.after(attempt, &failing(), u64::MAX)).collect();
        let seconds = |seconds| Pause::For(Duration::from_secs(seconds));
        assert_eq!(
            bounds,
            [
                seconds(1),
                seconds(2),
                seconds(4),
                seconds(8),
                seconds(16),
                seconds(30),
                seconds(30),
                Pause::Never
            ]
        );
        assert_eq!(retry.after(5, &failing(), 0), seconds(0));
    }

    #[test]
    fn what_will_not_pass_is_not_tried_again() {
        let refused: SystemError = SystemFault::Unauthorised.into();
        assert_eq!(Retry::default().after(1, &refused, 0), Pause::Never);
    }

    #[test]
    fn a_wait_that_the_system_asks_for_is_kept_within_bounds() {
        let busy = |seconds| SystemFault::Busy { wait: Some(Duration::from_secs(seconds)) }.into();
        assert_eq!(Retry::default().after(1, &busy(7), 0), Pause::For(Duration::from_secs(7)));
        assert_eq!(Retry::default().after(1, &busy(3_600), 0), Pause::Never);
    }
}
