//! Process behaviour charts (XmR): limits, rules, phases, icons and the sentence.
//!
//! ```text
//! points + options ─ phase::split ─ limits ─ rule::patterns ─ Behaviour ─┬─ icon      two icons
//!                                                                        ├─ found     new, same, lapsed
//!                                                                        ├─ phase     proposals
//!                                                                        └─ sentence  facts → words
//! ```
//!
//! Nothing here clips, rounds or re-bases: limits may lie below 0 or above 100, and a new phase is proposed,
//! never made.

mod cadence;
mod found;
mod icon;
mod limits;
mod options;
mod phase;
mod rule;
mod sentence;
mod value;
pub mod words;

pub use cadence::Cadence;
pub use found::{Comparison, Signal, compare};
pub use icon::{Assurance, Tone, Variation};
pub use limits::{
    FEWEST_FOR_FIRM, FEWEST_FOR_LIMITS, HALF_FACTOR, LIMIT_FACTOR, Limits, NEAR_FACTOR, RANGE_FACTOR,
    SCREENING_FACTOR, Screening, State,
};
pub use options::{Baseline, Direction, Options, PhaseStart, RuleSet, ShortBaseline};
pub use phase::{Because, Expected, Phase, Proposal, SHIFT_POINTS, SHIFT_WEEKS, propose};
pub use rule::{Rule, Side};
pub use sentence::{Change, Decision, Moved, Parts, Sentence, Step, sentence};
pub use value::{LARGEST_VALUE, Point, Value};

use serde::{Deserialize, Serialize};

use crate::day::Day;

/// A rule that fired at a point, and to which side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Fired {
    /// The rule.
    pub rule: Rule,
    /// The side of the pattern: of the mean, or the direction of a trend.
    pub side: Side,
}

/// A point of a computed chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Charted {
    /// The day that labels it.
    pub day: Day,
    /// Its exact value.
    pub value: Value,
    /// Drawn, but excluded from mean and rules.
    pub ghost: bool,
    /// Position of its phase.
    pub phase: usize,
    /// The distance to the counted point before it in the same phase; `None` for the first and for ghosts.
    pub moving_range: Option<f64>,
    /// Whether that distance lies beyond the upper range limit. Shown, not a rule.
    pub range_outside: bool,
    /// Every rule that fired, in the order of precedence, each once.
    pub fired: Vec<Fired>,
    /// What the first of those rules says for the better direction.
    pub tone: Tone,
}

impl Charted {
    /// The value as a float, for drawing.
    pub fn number(&self) -> f64 {
        self.value.number()
    }

    /// The names of the rules that fired, in the order of precedence.
    pub fn rules(&self) -> impl Iterator<Item = Rule> {
        self.fired.iter().map(|fired| fired.rule)
    }
}

/// Something that the reader of a chart has to know about how it was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case", tag = "warning")]
pub enum Warning {
    /// A fixed baseline holds a signal itself: its limits are wider than the process.
    BaselineHoldsSignal {
        /// The first day of its phase.
        #[specta(type = String)]
        from: Day,
        /// The rule of the first such signal.
        rule: Rule,
    },
    /// A phase has fewer counted points than its fixed baseline asks for; its limits use those that it has.
    BaselineNotReached {
        /// The first day of its phase.
        #[specta(type = String)]
        from: Day,
        /// Counted points so far.
        points: u32,
        /// Points that the baseline asks for.
        wanted: u32,
    },
    /// Screening would have left no variation and was refused.
    ScreeningRefused {
        /// The first day of its phase.
        #[specta(type = String)]
        from: Day,
    },
    /// No point follows this phase start.
    PhaseWithoutPoints {
        /// The day of the start.
        #[specta(type = String)]
        day: Day,
    },
}

/// The points do not stand in the order of their days, or a day stands twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the points are not in order: {after} stands after {before}")]
pub struct OutOfOrder {
    /// The earlier position's day.
    pub before: Day,
    /// The later position's day, which is not later.
    pub after: Day,
}

/// A computed process behaviour chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Behaviour {
    /// What was chosen.
    pub options: Options,
    /// The phases in order; none without points.
    pub phases: Vec<Phase>,
    /// The points in order.
    pub points: Vec<Charted>,
    /// Every signal, by phase and, within it, by rule and day.
    pub signals: Vec<Signal>,
    /// The first icon, of the last counted point; `None` without one.
    pub variation: Option<Variation>,
    /// Since when the first icon says so: of all signals of that point to that side the first day. A point beyond the
    /// limits that ends a run says since when the run lasts.
    pub since: Option<Day>,
    /// The second icon.
    pub assurance: Option<Assurance>,
    /// The rhythm of the series.
    pub cadence: Cadence,
    /// What the reader has to know.
    pub warnings: Vec<Warning>,
}

impl Behaviour {
    /// The last counted point.
    pub fn last(&self) -> Option<&Charted> {
        self.points.iter().rfind(|point| !point.ghost)
    }

    /// The same chart from a day on, for drawing: limits, rules and icons stay those of the whole series.
    #[must_use]
    pub fn since(&self, day: Day) -> Self {
        let gone = self.points.partition_point(|point| point.day < day);
        let gone_phases = self.phases.iter().filter(|phase| phase.end <= gone).count();
        let mut kept = self.clone();
        kept.points.drain(..gone);
        kept.points.iter_mut().for_each(|point| point.phase -= gone_phases);
        kept.phases.drain(..gone_phases);
        for phase in &mut kept.phases {
            phase.start = phase.start.saturating_sub(gone);
            phase.end -= gone;
        }
        kept
    }

    /// The signals that the point of this day belongs to.
    pub fn signals_of(&self, day: Day) -> impl Iterator<Item = &Signal> {
        self.signals.iter().filter(move |signal| signal.days.contains(&day))
    }
}

/// Computes a chart from points in the order of their days. An absent week has no point; the moving range and
/// the rules bridge it.
///
/// # Errors
/// [`OutOfOrder`] when a day is not later than the one before it.
pub fn compute(points: &[Point], options: &Options) -> Result<Behaviour, OutOfOrder> {
    if let Some(pair) = points.windows(2).find(|pair| pair[1].day <= pair[0].day) {
        return Err(OutOfOrder { before: pair[0].day, after: pair[1].day });
    }
    let (phases, empty) = phase::split(points, options);
    let mut behaviour = Behaviour {
        options: options.clone(),
        points: charted(points, &phases),
        signals: Vec::new(),
        variation: None,
        since: None,
        assurance: Assurance::of(
            phases.last().and_then(|phase| phase.limits.as_ref()),
            options.target,
            options.direction,
        ),
        cadence: Cadence::of(points.iter().map(|point| point.day)),
        warnings: warnings(points, &phases, empty, options),
        phases,
    };
    for phase in behaviour.phases.clone() {
        apply_rules(&mut behaviour, &phase);
    }
    let last = behaviour.last().map(|point| (point.day, point.fired.first().copied()));
    if let Some((day, fired)) = last {
        behaviour.variation = Some(Variation::of(fired.map(|fired| fired.side), options.direction));
        behaviour.since = fired.and_then(|fired| {
            let to_its_side = behaviour.signals_of(day).filter(|signal| signal.side == fired.side);
            to_its_side.filter_map(|signal| signal.days.first().copied()).min()
        });
    }
    Ok(behaviour)
}

/// The points with their phases and moving ranges, before any rule.
fn charted(points: &[Point], phases: &[Phase]) -> Vec<Charted> {
    let mut charted = Vec::with_capacity(points.len());
    for (at, phase) in phases.iter().enumerate() {
        let mut before: Option<f64> = None;
        for point in &points[phase.start..phase.end] {
            let number = point.value.number();
            let moving_range = before.filter(|_| !point.ghost).map(|before| (number - before).abs());
            if !point.ghost {
                before = Some(number);
            }
            let upper = phase.limits.map(|limits| limits.range_upper);
            let range_outside = moving_range
                .zip(upper)
                .is_some_and(|(range, upper)| range > upper && !limits::same(range, upper, 0.0));
            charted.push(Charted {
                day: point.day,
                value: point.value,
                ghost: point.ghost,
                phase: at,
                moving_range,
                range_outside,
                fired: Vec::new(),
                tone: Tone::Plain,
            });
        }
    }
    charted
}

/// Runs the rules within one phase and writes what they found to points, signals and warnings.
fn apply_rules(behaviour: &mut Behaviour, phase: &Phase) {
    let counted: Vec<usize> = (phase.start..phase.end).filter(|at| !behaviour.points[*at].ghost).collect();
    let values: Vec<Value> = counted.iter().map(|at| behaviour.points[*at].value).collect();
    let patterns = rule::patterns(&values, phase.ruler(), behaviour.options.rule_set);
    let (Some(mean), Some(limits)) = (phase.mean, phase.limits) else { return };
    for pattern in &patterns {
        let fired = Fired { rule: pattern.rule, side: pattern.side };
        for member in &pattern.members {
            let all = &mut behaviour.points[counted[*member]].fired;
            // Patterns of a rule come in order, so of two trends through a point the later one stays.
            all.retain(|other| other.rule != fired.rule);
            all.push(fired);
        }
        behaviour.signals.push(Signal {
            rule: pattern.rule,
            side: pattern.side,
            days: pattern.members.iter().map(|member| behaviour.points[counted[*member]].day).collect(),
            rule_set: behaviour.options.rule_set,
            mean,
            lower: limits.lower,
            upper: limits.upper,
        });
    }
    let direction = behaviour.options.direction;
    for at in counted {
        let point = &mut behaviour.points[at];
        point.fired.sort_by_key(|fired| fired.rule);
        point.tone = point.fired.first().map_or(Tone::Plain, |fired| Tone::of(fired.side, direction));
    }
    if phase.baseline.is_some() {
        let within =
            |pattern: &&rule::Pattern| pattern.members.iter().all(|member| (*member as u32) < phase.n);
        if let Some(pattern) = patterns.iter().find(within) {
            behaviour.warnings.push(Warning::BaselineHoldsSignal { from: phase.from, rule: pattern.rule });
        }
    }
}

/// What is known to be odd before any rule has run.
fn warnings(points: &[Point], phases: &[Phase], empty: Vec<Day>, options: &Options) -> Vec<Warning> {
    let mut warnings: Vec<Warning> =
        empty.into_iter().map(|day| Warning::PhaseWithoutPoints { day }).collect();
    for phase in phases {
        if phase.screening == Screening::Refused {
            warnings.push(Warning::ScreeningRefused { from: phase.from });
        }
        let asked =
            options.phases.iter().filter(|start| start.day <= phase.from).max_by_key(|start| start.day);
        let asked = if phase.start == 0 && asked.is_none() {
            options.baseline
        } else {
            asked.and_then(|start| start.baseline)
        };
        if let (Some(asked), None) = (asked, phase.baseline) {
            let counted = points[phase.start..phase.end].iter().filter(|point| !point.ghost).count() as u32;
            warnings.push(Warning::BaselineNotReached {
                from: phase.from,
                points: counted,
                wanted: asked.points(),
            });
        }
    }
    warnings
}
