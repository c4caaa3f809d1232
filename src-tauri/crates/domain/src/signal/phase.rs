//! Phases: stretches with limits of their own, and the words that propose one.

use serde::{Deserialize, Serialize};

use super::Behaviour;
use super::limits::{Centre, Limits, Ruler, Screening, State};
use super::options::{Baseline, Options};
use super::rule::{Rule, Side};
use super::value::Point;
use crate::day::Day;

/// A shift of at least this many points is proposed as a phase …
pub const SHIFT_POINTS: usize = 8;
/// … once it has lasted this many weeks.
pub const SHIFT_WEEKS: i32 = 12;

/// A phase with its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// Its first point's day.
    pub from: Day,
    /// Its last point's day.
    pub to: Day,
    /// Position of its first point in the series.
    pub start: usize,
    /// Position after its last point in the series.
    pub end: usize,
    /// How many counted points the mean and the limits rest on: all of the phase, or its fixed baseline.
    pub n: u32,
    /// The mean; `None` where every point is a ghost.
    pub mean: Option<f64>,
    /// The limits; `None` with fewer than 6 points.
    pub limits: Option<Limits>,
    /// The mean moving range that the limits rest on (after screening); `None` with fewer than 6 points.
    pub moving_range_mean: Option<f64>,
    /// How far the limits can be trusted.
    pub state: State,
    /// What became of screening.
    pub screening: Screening,
    /// The fixed baseline, where one was chosen and the phase is at least as long.
    pub baseline: Option<Baseline>,
}

impl Phase {
    /// Compares points with this phase's lines; `None` without limits.
    pub(super) fn ruler(&self) -> Option<Ruler> {
        Some(Ruler { mean: self.mean?, range_mean: self.moving_range_mean? })
    }

    fn of(
        points: &[Point],
        start: usize,
        end: usize,
        baseline: Option<Baseline>,
        screening: bool,
    ) -> Option<Self> {
        let (first, last) = (points.get(start)?, points.get(end.checked_sub(1)?)?);
        let counted: Vec<f64> = points[start..end]
            .iter()
            .filter(|point| !point.ghost)
            .map(|point| point.value.number())
            .collect();
        let baseline = baseline.filter(|baseline| baseline.points() as usize <= counted.len());
        let resting = baseline.map_or(counted.len(), |baseline| baseline.points() as usize);
        let centre = Centre::of(&counted[..resting], screening);
        let state = State::of(resting);
        let firm = centre.filter(|_| state != State::RunChart);
        Some(Self {
            from: first.day,
            to: last.day,
            start,
            end,
            n: resting as u32,
            mean: centre.map(|centre| centre.mean),
            limits: firm.map(|centre| Limits::new(centre.mean, centre.range_mean)),
            moving_range_mean: firm.map(|centre| centre.range_mean),
            state,
            screening: firm.map_or(Screening::Off, |centre| centre.screening),
            baseline,
        })
    }
}

/// Splits the series at the signed phase starts. The second list names starts that no point follows.
pub(super) fn split(points: &[Point], options: &Options) -> (Vec<Phase>, Vec<Day>) {
    let mut starts = options.phases.clone();
    starts.sort_by_key(|start| start.day);
    starts.dedup_by_key(|start| start.day);

    let mut cuts = vec![(0, options.baseline)];
    let mut empty = Vec::new();
    for (at, start) in starts.iter().enumerate() {
        let position = points.partition_point(|point| point.day < start.day);
        let until = starts
            .get(at + 1)
            .map_or(points.len(), |next| points.partition_point(|point| point.day < next.day));
        if position == until {
            empty.push(start.day);
        } else {
            cuts.push((position, start.baseline));
        }
    }
    let ends = cuts.iter().skip(1).map(|(position, _)| *position).chain([points.len()]);
    let phases = cuts.iter().zip(ends).filter_map(|((start, baseline), end)| {
        (*start < end).then(|| Phase::of(points, *start, end, *baseline, options.screening))?
    });
    (phases.collect(), empty)
}

/// A decision with an expected effect, and the day from which the effect was expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Expected {
    /// The day from which the effect was expected.
    #[specta(type = String)]
    pub day: Day,
    /// The decision, in its people's words.
    pub text: String,
}

/// Why a phase is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case", tag = "because")]
pub enum Because {
    /// A shift that persists.
    Shift {
        /// Its side of the mean.
        side: Side,
        /// Its points.
        points: u32,
        /// Calendar weeks from its first to its last point, both included.
        weeks: u32,
    },
    /// A decision whose effect was expected by now.
    Decision {
        /// The decision, in its people's words.
        text: String,
    },
}

/// A new phase that a person may sign, with a reason. Plaza never makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Proposal {
    /// The first day of the proposed phase: a day of the series.
    #[specta(type = String)]
    pub day: Day,
    /// Why.
    #[serde(flatten)]
    pub because: Because,
}

/// Proposes phases: a shift of 8 or more in the last phase that goes on to its last point and spans at least 12
/// calendar weeks, and each decision whose day has come within the last phase. Earliest first.
///
/// `expected` are the decisions that no phase has answered yet; a declined one is left out by the caller.
pub fn propose(behaviour: &Behaviour, expected: &[Expected]) -> Vec<Proposal> {
    let Some(phase) = behaviour.phases.last() else { return Vec::new() };
    let last = behaviour.points[phase.start..phase.end].iter().rfind(|point| !point.ghost);
    let Some(last) = last else { return Vec::new() };
    let mut proposals: Vec<Proposal> = Vec::new();
    for signal in behaviour.signals.iter().filter(|signal| signal.rule == Rule::Shift) {
        let (Some(first), Some(end)) = (signal.days.first(), signal.days.last()) else { continue };
        let weeks = end.week().0 - first.week().0 + 1;
        let lasting = *end == last.day && *first > phase.from;
        if lasting && signal.days.len() >= SHIFT_POINTS && weeks >= SHIFT_WEEKS {
            let points = signal.days.len() as u32;
            let because = Because::Shift { side: signal.side, points, weeks: weeks as u32 };
            proposals.push(Proposal { day: *first, because });
        }
    }
    for decision in expected {
        let points = &behaviour.points[phase.start..phase.end];
        if let Some(point) = points.iter().find(|point| point.day.week() >= decision.day.week())
            && point.day > phase.from
        {
            proposals.push(Proposal {
                day: point.day,
                because: Because::Decision { text: decision.text.clone() },
            });
        }
    }
    proposals.sort_by_key(|proposal| proposal.day);
    proposals
}
