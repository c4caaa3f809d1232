//! What `plaza chart` says: the stable JSON shape.

use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_domain::signal::{Assurance, Behaviour, Rule, State, Variation, sentence};
use serde::Serialize;

/// The chart as numbers and one sentence. The shape is stable; the README documents it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The phases in order.
    pub phases: Vec<PhaseReport>,
    /// The points in order.
    pub points: Vec<PointReport>,
    /// The first icon: `improving-high`, `improving-low`, `concerning-high`, `concerning-low`, `common-cause`,
    /// `neutral`; null when every point is a ghost.
    pub variation: Option<Variation>,
    /// The second icon: `consistently-passes`, `consistently-fails`, `hit-or-miss`; null without limits, target
    /// or direction.
    pub assurance: Option<Assurance>,
    /// The sentence.
    pub sentence: String,
}

/// A phase.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PhaseReport {
    /// The date of its first point.
    pub from: Day,
    /// How many points its mean and limits rest on.
    pub n: u32,
    /// The mean; null when every point is a ghost.
    pub mean: Option<f64>,
    /// Lower natural process limit; null for a run chart.
    pub lower: Option<f64>,
    /// Upper natural process limit; null for a run chart.
    pub upper: Option<f64>,
    /// The mean moving range behind the limits; null for a run chart.
    pub moving_range_mean: Option<f64>,
    /// `run-chart`, `provisional` or `firm`.
    pub state: State,
}

/// A point.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PointReport {
    /// Its date.
    pub date: Day,
    /// Its value.
    pub value: f64,
    /// Every rule that fired: `outside`, `trend`, `near-limits`, `shift`, in this order.
    pub rules: Vec<Rule>,
    /// Whether it is left out of mean and rules.
    pub ghost: bool,
}

impl Report {
    /// The report of a chart, its sentence in a language.
    pub fn of(behaviour: &Behaviour, language: Language) -> Self {
        let phases = behaviour.phases.iter().map(|phase| PhaseReport {
            from: phase.from,
            n: phase.n,
            mean: phase.mean,
            lower: phase.limits.map(|limits| limits.lower),
            upper: phase.limits.map(|limits| limits.upper),
            moving_range_mean: phase.moving_range_mean,
            state: phase.state,
        });
        let points = behaviour.points.iter().map(|point| PointReport {
            date: point.day,
            value: point.number(),
            rules: point.rules().collect(),
            ghost: point.ghost,
        });
        Self {
            phases: phases.collect(),
            points: points.collect(),
            variation: behaviour.variation,
            assurance: behaviour.assurance,
            sentence: sentence(behaviour, &[], &[]).words(behaviour.cadence, language),
        }
    }
}
