//! The circuit breaker of an integration: a system that fails again and again is left in peace, and tried by one probe
//! after pauses that grow. Pure: the clock comes from outside.

use crate::schedule::{HOUR_MS, MINUTE_MS};

/// Faults in a row that open the circuit.
pub const FAULTS_MAX: u32 = 3;

/// How long it stays open at first, milliseconds.
pub const FIRST_REST_MS: i64 = 15 * MINUTE_MS;

/// It stays open no longer than this before a probe, milliseconds: a system that is back is noticed the same day.
pub const LONGEST_REST_MS: i64 = 6 * HOUR_MS;

/// The circuit of one integration. Moments are milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Circuit {
    /// Pulls go through.
    Closed {
        /// Faults in a row so far, fewer than [`FAULTS_MAX`].
        faults: u32,
    },
    /// Nothing goes through by itself.
    Open {
        /// Since when.
        since: i64,
        /// When a probe may go through.
        until: i64,
        /// How often in a row it was opened; from 1.
        openings: u32,
    },
    /// One probe is under way.
    HalfOpen {
        /// Since when the circuit is not closed.
        since: i64,
        /// How often in a row it was opened; from 1.
        openings: u32,
    },
}

/// How an attempt went, as the circuit sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Went {
    /// It worked, or the system answered and only a person can go on from there.
    Answered,
    /// It failed in a way that may pass. The system asks to be left alone for so many milliseconds, where it does.
    Failed(Option<i64>),
    /// It was stopped before anybody could tell.
    Stopped,
}

impl Default for Circuit {
    fn default() -> Self {
        Self::Closed { faults: 0 }
    }
}

impl Circuit {
    /// Lets a pull through that nobody asked for; the circuit is as returned then. None where it does not, until the
    /// moment of [`Circuit::closed_until`]. While a probe is under way no other is let through.
    #[must_use]
    pub const fn let_through(self, now_ms: i64) -> Option<Self> {
        match self {
            Self::Closed { .. } => Some(self),
            Self::Open { since, until, openings } if now_ms >= until => {
                Some(Self::HalfOpen { since, openings })
            }
            Self::Open { .. } | Self::HalfOpen { .. } => None,
        }
    }

    /// The moment before which nothing goes through by itself.
    pub const fn closed_until(self) -> Option<i64> {
        match self {
            Self::Open { until, .. } => Some(until),
            Self::Closed { .. } | Self::HalfOpen { .. } => None,
        }
    }

    /// Since when it is not closed.
    pub const fn open_since(self) -> Option<i64> {
        match self {
            Self::Open { since, .. } | Self::HalfOpen { since, .. } => Some(since),
            Self::Closed { .. } => None,
        }
    }

    /// The circuit after an attempt, whoever asked for it. A person's attempt that fails while it is open leaves the
    /// pause as it is.
    #[must_use]
    pub fn after(self, went: Went, now_ms: i64) -> Self {
        match (self, went) {
            (_, Went::Answered) => Self::Closed { faults: 0 },
            (Self::HalfOpen { since, openings }, Went::Stopped) => {
                Self::Open { since, until: now_ms + FIRST_REST_MS, openings }
            }
            (_, Went::Stopped) => self,
            (Self::Closed { faults }, Went::Failed(asked)) if faults + 1 >= FAULTS_MAX => {
                Self::Open { since: now_ms, until: now_ms + rest(1, asked), openings: 1 }
            }
            (Self::Closed { faults }, Went::Failed(_)) => Self::Closed { faults: faults + 1 },
            (Self::Open { since, until, openings }, Went::Failed(asked)) => {
                let asked_until = now_ms + asked.unwrap_or(0).clamp(0, LONGEST_REST_MS);
                Self::Open { since, until: until.max(asked_until), openings }
            }
            (Self::HalfOpen { since, openings }, Went::Failed(asked)) => {
                let openings = openings.saturating_add(1);
                Self::Open { since, until: now_ms + rest(openings, asked), openings }
            }
        }
    }

    /// The circuit after its probe was lost with the program that sent it: another may go through.
    #[must_use]
    pub const fn lost(self, now_ms: i64) -> Self {
        match self {
            Self::HalfOpen { since, openings } => Self::Open { since, until: now_ms, openings },
            other => other,
        }
    }

    /// The same where the clock was set back since it opened: no pause is longer than the longest.
    #[must_use]
    pub fn on_clock(self, now_ms: i64) -> Self {
        match self {
            Self::Open { since, until, openings } => Self::Open {
                since: since.min(now_ms),
                until: until.min(now_ms.saturating_add(LONGEST_REST_MS)),
                openings,
            },
            Self::HalfOpen { since, openings } => Self::HalfOpen { since: since.min(now_ms), openings },
            closed @ Self::Closed { .. } => closed,
        }
    }
}

/// How long it rests: twice as long each time in a row, at least as long as the system asks, never longer than the
/// longest.
fn rest(openings: u32, asked_ms: Option<i64>) -> i64 {
    let doublings = openings.saturating_sub(1).min(16);
    (FIRST_REST_MS << doublings).max(asked_ms.unwrap_or(0)).min(LONGEST_REST_MS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn failed(circuit: Circuit, now: i64) -> Circuit {
        circuit.after(Went::Failed(None), now)
    }

    fn open_at(now: i64) -> Circuit {
        failed(failed(failed(Circuit::default(), now), now), now)
    }

    #[test]
    fn three_faults_in_a_row_open_it_and_an_answer_between_them_does_not() {
        let two = failed(failed(Circuit::default(), 1), 2);
        assert_eq!(two, Circuit::Closed { faults: 2 });
        assert_eq!(two.after(Went::Answered, 3), Circuit::default());
        assert_eq!(failed(two, 3), Circuit::Open { since: 3, until: 3 + FIRST_REST_MS, openings: 1 });
        assert_eq!(two.after(Went::Stopped, 3), two, "a stop says nothing about the system");
    }

    #[test]
    fn pauses_grow_to_their_bound() {
        let (mut circuit, mut now, mut rests) = (open_at(0), 0, Vec::new());
        for _ in 0..8 {
            let until = circuit.closed_until().unwrap();
            rests.push((until - now) / MINUTE_MS);
            assert_eq!(circuit.let_through(until - 1), None);
            now = until;
            circuit = failed(circuit.let_through(now).unwrap(), now);
        }
        assert_eq!(rests, [15, 30, 60, 120, 240, 360, 360, 360]);
        assert!(matches!(circuit, Circuit::Open { since: 0, .. }), "{circuit:?}");
        let probe = circuit.let_through(circuit.closed_until().unwrap()).unwrap();
        assert_eq!(probe.after(Went::Answered, now), Circuit::default());
    }

    #[test]
    fn a_person_may_try_while_it_is_open_and_does_not_make_it_worse() {
        let open = open_at(0);
        assert_eq!(failed(open, 5), open);
        assert_eq!(open.after(Went::Answered, 5), Circuit::default());
        let asked = open.after(Went::Failed(Some(HOUR_MS)), 5);
        assert_eq!(asked.closed_until(), Some(5 + HOUR_MS), "what the system asks for is kept");
    }

    #[test]
    fn a_probe_that_was_lost_with_its_program_is_sent_again() {
        let probe = open_at(0).let_through(FIRST_REST_MS).unwrap();
        assert_eq!(probe.let_through(i64::MAX), None);
        assert!(probe.lost(FIRST_REST_MS + 9).let_through(FIRST_REST_MS + 9).is_some());
    }

    proptest! {
        /// Any order of attempts and asking: while a probe is under way no other goes through, and what is open lets
        /// nothing through before its time.
        #[test]
        fn never_more_than_one_probe(steps in prop::collection::vec((0u8..4, 0i64..9 * HOUR_MS, any::<Option<u32>>()), 1..80)) {
            let (mut circuit, mut now, mut probes) = (Circuit::default(), 0i64, 0u32);
            for (step, wait, asked) in steps {
                now += wait;
                let before = circuit;
                match step {
                    0 => if let Some(through) = circuit.let_through(now) {
                        if let Some(until) = before.closed_until() {
                            prop_assert!(now >= until);
                            probes += 1;
                        }
                        circuit = through;
                    },
                    1 => { circuit = circuit.after(Went::Answered, now); probes = 0; }
                    2 => { circuit = circuit.after(Went::Failed(asked.map(i64::from)), now); probes = 0; }
                    _ => { circuit = circuit.after(Went::Stopped, now); probes = 0; }
                }
                prop_assert!(probes <= 1);
                if let Some(until) = circuit.closed_until() {
                    prop_assert!(until <= now + LONGEST_REST_MS);
                }
            }
        }

        #[test]
        fn a_clock_that_was_set_back_does_not_keep_it_open_for_days(back in 0i64..1000 * HOUR_MS) {
            let circuit = open_at(2000 * HOUR_MS);
            let now = 2000 * HOUR_MS - back;
            let until = circuit.on_clock(now).closed_until().unwrap();
            prop_assert!(until <= now + LONGEST_REST_MS);
        }
    }
}
