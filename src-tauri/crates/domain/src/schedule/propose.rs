//! The rule: a cheap delay or a dear error means seldom, a dear delay and a cheap error mean often.

use super::{Cadence, Cost, TimeOfDay};

/// Before the working day begins, after the systems' nightly work.
const MORNING: Option<TimeOfDay> = TimeOfDay::new(6, 0);

/// What to propose for the cost of an hour's delay against the cost of an instant error. A dearer delay never means more
/// seldom, a dearer error never more often.
pub const fn propose(delay: Cost, error: Cost) -> Cadence {
    use Cost::{LineStops, Little, Much, Nothing};
    let Some(time) = MORNING else { return Cadence::ByHand };
    let weekly = Cadence::Weekly { weekday: 0, time };
    let daily = Cadence::Daily { time };
    match (delay, error) {
        // Nothing is lost by waiting for a person, and much by not waiting for one.
        (Nothing, LineStops) => Cadence::ByHand,
        (Nothing, _) | (Little, Much | LineStops) => weekly,
        (Little, _) | (Much, Much | LineStops) | (LineStops, LineStops) => daily,
        (Much, Little) | (LineStops, Much) => Cadence::Minutes { minutes: 240 },
        (Much, Nothing) | (LineStops, Little) => Cadence::Minutes { minutes: 60 },
        (LineStops, Nothing) => Cadence::Minutes { minutes: 15 },
    }
}

/// Which side of the rule decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// A delay costs nothing.
    CheapDelay,
    /// An error costs as much as a delay or more.
    DearError,
    /// A delay costs more than an error.
    DearDelay,
}

/// Why [`propose`] proposes what it does.
pub const fn because(delay: Cost, error: Cost) -> Because {
    match (delay, error) {
        (Cost::Nothing, _) => Because::CheapDelay,
        (delay, error) if error as u8 >= delay as u8 => Because::DearError,
        _ => Because::DearDelay,
    }
}
