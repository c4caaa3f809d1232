//! A split that people agreed on against what the milestones say.

use super::split::{MILLION, apportion, is_whole};
use super::{Journey, PerSeat};

/// How far from one million agreed shares may sum to, millionths: whoever writes thirds to four digits means the whole.
pub const SLACK: i64 = 500;

/// Why shares are no split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SharesFault {
    /// A share is negative, or more than the whole.
    #[error("a share is between nothing and the whole")]
    OutOfRange,
    /// They do not add up to the whole miss.
    #[error("the shares add up to {sum} millionths instead of the whole")]
    Sum {
        /// What they add up to, millionths.
        sum: i64,
    },
}

/// Makes shares of a miss whole: one million in all. What is missing or too much within [`SLACK`] is divided in
/// proportion, by largest remainder and ties to the lower seat.
///
/// # Errors
/// [`SharesFault`] for shares that are no split.
pub fn agreed_shares(said: &PerSeat<i64>) -> Result<PerSeat<i32>, SharesFault> {
    if said.iter().any(|share| !(0..=MILLION).contains(share)) {
        return Err(SharesFault::OutOfRange);
    }
    let sum: i64 = said.iter().sum();
    if (sum - MILLION).abs() > SLACK {
        return Err(SharesFault::Sum { sum });
    }
    Ok(apportion(MILLION, said).map(|share| share as i32))
}

impl Journey {
    /// The agreed split that counts where the journey is a miss; shares that are not whole count for nothing.
    pub fn agreed(&self) -> Option<&PerSeat<i32>> {
        self.override_shares.as_deref().filter(|shares| is_whole(shares))
    }

    /// The same journey as the milestones alone have it.
    #[must_use]
    pub fn as_counted(&self) -> Self {
        Self { override_shares: None, ..self.clone() }
    }
}
