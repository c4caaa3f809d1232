//! What the two icons beside a chart say.

use serde::{Deserialize, Serialize};

use super::limits::{Limits, same};
use super::options::Direction;
use super::rule::Side;

/// How a point is meant: what its signal says for the direction that is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// No signal.
    #[default]
    Plain,
    /// A signal in the better direction.
    Improving,
    /// A signal in the worse direction.
    Concerning,
    /// A signal where neither direction is better.
    Neutral,
}

impl Tone {
    /// The tone of a signal on `side`.
    pub const fn of(side: Side, direction: Direction) -> Self {
        match (direction, side) {
            (Direction::Neutral, _) => Self::Neutral,
            (Direction::Higher, Side::High) | (Direction::Lower, Side::Low) => Self::Improving,
            (Direction::Higher, Side::Low) | (Direction::Lower, Side::High) => Self::Concerning,
        }
    }
}

/// The first icon: what the last counted point says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Variation {
    /// A signal, high, and high is better.
    ImprovingHigh,
    /// A signal, low, and low is better.
    ImprovingLow,
    /// A signal, high, and low is better.
    ConcerningHigh,
    /// A signal, low, and high is better.
    ConcerningLow,
    /// No signal: the usual ups and downs.
    CommonCause,
    /// A signal where neither direction is better.
    Neutral,
}

impl Variation {
    /// The icon of a point with a signal on `side`; without one, the usual ups and downs.
    pub const fn of(side: Option<Side>, direction: Direction) -> Self {
        match side {
            None => Self::CommonCause,
            Some(side) => match (Tone::of(side, direction), side) {
                (Tone::Improving, Side::High) => Self::ImprovingHigh,
                (Tone::Improving, Side::Low) => Self::ImprovingLow,
                (Tone::Concerning, Side::High) => Self::ConcerningHigh,
                (Tone::Concerning, Side::Low) => Self::ConcerningLow,
                _ => Self::Neutral,
            },
        }
    }

    /// The icon's name in files, such as `improving-high`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ImprovingHigh => "improving-high",
            Self::ImprovingLow => "improving-low",
            Self::ConcerningHigh => "concerning-high",
            Self::ConcerningLow => "concerning-low",
            Self::CommonCause => "common-cause",
            Self::Neutral => "neutral",
        }
    }
}

/// The second icon: what the process will do to the target if nothing changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// The target lies at the worse limit or beyond: it will be met.
    ConsistentlyPasses,
    /// The target lies at the better limit or beyond: it will be missed.
    ConsistentlyFails,
    /// The target lies between the limits.
    HitOrMiss,
}

impl Assurance {
    /// Judges `target` against the limits of the last phase; passing is tested first. `None` without limits,
    /// target or direction. A target on a limit counts as reached by it.
    pub fn of(limits: Option<&Limits>, target: Option<f64>, direction: Direction) -> Option<Self> {
        let (limits, target) = (limits?, target?);
        let at_most = |a: f64, b: f64| a <= b || same(a, b, limits.upper - limits.lower);
        let (passes, fails) = match direction {
            Direction::Higher => (at_most(target, limits.lower), at_most(limits.upper, target)),
            Direction::Lower => (at_most(limits.upper, target), at_most(target, limits.lower)),
            Direction::Neutral => return None,
        };
        Some(if passes {
            Self::ConsistentlyPasses
        } else if fails {
            Self::ConsistentlyFails
        } else {
            Self::HitOrMiss
        })
    }

    /// The icon's name in files, such as `hit-or-miss`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ConsistentlyPasses => "consistently-passes",
            Self::ConsistentlyFails => "consistently-fails",
            Self::HitOrMiss => "hit-or-miss",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_on_a_limit_is_decided_and_passing_comes_first() {
        use Assurance::{ConsistentlyFails, ConsistentlyPasses, HitOrMiss};
        use Direction::{Higher, Lower};
        let limits = Limits::new(1000.0, 100.0);
        let flat = Limits::new(5.0, 0.0);
        for (limits, target, direction, expected) in [
            (limits, 1266.0, Higher, ConsistentlyFails),
            (limits, 734.0, Higher, ConsistentlyPasses),
            (limits, 1266.0, Lower, ConsistentlyPasses),
            (limits, 734.0, Lower, ConsistentlyFails),
            (limits, 1000.0, Lower, HitOrMiss),
            (flat, 5.0, Higher, ConsistentlyPasses),
            (flat, 5.0, Lower, ConsistentlyPasses),
        ] {
            assert_eq!(
                Assurance::of(Some(&limits), Some(target), direction),
                Some(expected),
                "{target} {direction:?}"
            );
        }
        assert_eq!(Assurance::of(Some(&limits), Some(1.0), Direction::Neutral), None);
        assert_eq!(Assurance::of(None, Some(1.0), Higher), None);
        assert_eq!(Assurance::of(Some(&limits), None, Higher), None);
    }
}
