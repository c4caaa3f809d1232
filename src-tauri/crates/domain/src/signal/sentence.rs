//! The one sentence of a chart, as facts. [`super::words`] says it.

use serde::{Deserialize, Serialize};

use super::icon::Tone;
use super::limits::{FEWEST_FOR_LIMITS, same};
use super::phase::Expected;
use super::rule::{Rule, Side};
use super::{Behaviour, Signal};
use crate::day::Day;

/// A signal that ended at most this many points ago is still worth the sentence.
const RECENT_POINTS: usize = 3;
/// A decision at most this many days before a change is named beside it: a quarter of a year.
const DECISION_DAYS: i32 = 91;
/// A change further back than this names its year.
pub(super) const YEAR_DAYS: i32 = 357;

/// The last counted point against the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// It rose.
    Rise,
    /// It fell.
    Dip,
}

/// A signal, told as a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Change {
    /// The rule that tells it best: a shift says since when, an outside point alone says only that.
    pub rule: Rule,
    /// Towards higher or lower numbers.
    pub side: Side,
    /// Whether that is better.
    pub tone: Tone,
    /// How many points.
    pub points: u32,
    /// Its first day.
    #[specta(type = String)]
    pub since: Day,
    /// Its last day.
    #[specta(type = String)]
    pub until: Day,
    /// Whether the last of its points lies outside the limits as well.
    pub outside: bool,
    /// Whether its first day is so far back that the year has to be said.
    pub far: bool,
}

/// A part whose chart moved in the same sense at the same time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Moved {
    /// The part's name, as people call it.
    pub name: String,
}

/// Which parts moved with the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Parts {
    /// Those that did, in the order given.
    pub moved: Vec<Moved>,
    /// How many did not.
    pub others: u32,
}

/// A decision that came before a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Decision {
    /// The decision, in its people's words.
    pub text: String,
    /// Its day.
    #[specta(type = String)]
    pub day: Day,
    /// Whole ISO weeks from the decision to the change.
    pub weeks: u32,
}

/// The facts of a chart's sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case", tag = "sentence")]
pub enum Sentence {
    /// There is no counted point.
    Empty,
    /// The last phase has too few points for limits.
    TooFew {
        /// Counted points so far.
        points: u32,
        /// The first day of the phase, when it is not the first one.
        #[specta(type = Option<String>)]
        since: Option<Day>,
    },
    /// Nothing unusual; the last step is no news.
    Quiet {
        /// Counted points since the last signal, or all of them.
        points: u32,
        /// The last step, if there was one.
        step: Option<Step>,
        /// The day of that step where it is not of the period just past (see [`Sentence::read_on`]).
        #[specta(type = Option<String>)]
        dated: Option<Day>,
    },
    /// A signal that ended a moment ago.
    Ended {
        /// The signal.
        change: Change,
        /// Counted points since.
        points: u32,
    },
    /// The last point is part of a signal.
    Changed {
        /// The signal.
        change: Change,
        /// Which parts moved with it; `None` where there are no parts to compare.
        parts: Option<Parts>,
        /// The decision that came before it.
        decision: Option<Decision>,
    },
}

/// Gathers the facts. `parts` are the charts of the parts with their names; `decisions` are those that people
/// expected an effect of.
pub fn sentence(behaviour: &Behaviour, parts: &[(&str, &Behaviour)], decisions: &[Expected]) -> Sentence {
    let counted: Vec<usize> = (0..behaviour.points.len()).filter(|at| !behaviour.points[*at].ghost).collect();
    let (Some(last), Some(phase)) = (counted.last(), behaviour.phases.last()) else { return Sentence::Empty };
    let in_phase = counted.iter().filter(|at| **at >= phase.start).count();
    if in_phase < FEWEST_FOR_LIMITS {
        let since = (behaviour.phases.len() > 1).then_some(phase.from);
        return Sentence::TooFew { points: in_phase as u32, since };
    }
    let quiet = counted.iter().rev().take_while(|at| behaviour.points[**at].fired.is_empty()).count();
    let flagged = counted.len().checked_sub(quiet + 1).and_then(|at| counted.get(at));
    let change =
        flagged.and_then(|at| change(behaviour, behaviour.points[*at].day, behaviour.points[*last].day));
    match change {
        Some(change) if quiet == 0 => Sentence::Changed {
            parts: (!parts.is_empty()).then(|| moved(&change, parts)),
            decision: decision(&change, decisions),
            change,
        },
        // A signal of a phase that is over has been answered by the new phase.
        Some(change) if quiet <= RECENT_POINTS && change.until >= phase.from => {
            Sentence::Ended { change, points: quiet as u32 }
        }
        _ => Sentence::Quiet { points: quiet as u32, step: step(behaviour, &counted), dated: None },
    }
}

impl Sentence {
    /// The same sentence for somebody who reads it on `today`, when `last` is the day of the last point: of a series
    /// that ended a while ago nobody says “last week”.
    #[must_use]
    pub fn read_on(mut self, today: Day, last: Day) -> Self {
        if let Self::Quiet { dated, .. } = &mut self
            && today.week().0 - last.week().0 > 1
        {
            *dated = Some(last);
        }
        self
    }
}

/// The signal of this day that tells most: a run or a trend says since when.
fn change(behaviour: &Behaviour, day: Day, last: Day) -> Option<Change> {
    let telling = |signal: &&Signal| match signal.rule {
        Rule::Shift => 0,
        Rule::Trend => 1,
        Rule::Outside => 2,
        Rule::NearLimits => 3,
    };
    let signal = behaviour.signals_of(day).min_by_key(telling)?;
    let (since, until) = (*signal.days.first()?, *signal.days.last()?);
    let outside = |signal: &Signal| signal.rule == Rule::Outside;
    Some(Change {
        rule: signal.rule,
        side: signal.side,
        tone: Tone::of(signal.side, behaviour.options.direction),
        points: signal.days.len() as u32,
        since,
        until,
        outside: signal.rule != Rule::Outside && behaviour.signals_of(day).any(outside),
        far: last - since > YEAR_DAYS,
    })
}

/// Which parts have a signal in the same sense within the days of the change. Sense is better or worse, since a
/// part may count misses where the whole counts hits; where a chart has no better direction any signal counts.
fn moved(change: &Change, parts: &[(&str, &Behaviour)]) -> Parts {
    let with_it = |part: &Behaviour| {
        part.signals.iter().any(|signal| {
            let tone = Tone::of(signal.side, part.options.direction);
            let sense = tone == change.tone || tone == Tone::Neutral || change.tone == Tone::Neutral;
            sense && signal.days.iter().any(|day| (change.since..=change.until).contains(day))
        })
    };
    let moved: Vec<Moved> = parts
        .iter()
        .filter(|(_, part)| with_it(part))
        .map(|(name, _)| Moved { name: (*name).to_owned() })
        .collect();
    Parts { others: (parts.len() - moved.len()) as u32, moved }
}

/// The latest decision shortly before the change.
fn decision(change: &Change, decisions: &[Expected]) -> Option<Decision> {
    let before = |decision: &&Expected| (0..=DECISION_DAYS).contains(&(change.since - decision.day));
    let decision = decisions.iter().filter(before).max_by_key(|decision| decision.day)?;
    let weeks = change.since.week().0 - decision.day.week().0;
    Some(Decision { text: decision.text.clone(), day: decision.day, weeks: weeks.max(0) as u32 })
}

/// The last step, where it can be seen at all.
fn step(behaviour: &Behaviour, counted: &[usize]) -> Option<Step> {
    let [.., before, last] = counted else { return None };
    let (before, last) = (behaviour.points[*before].number(), behaviour.points[*last].number());
    if same(before, last, 0.0) {
        None
    } else if last > before {
        Some(Step::Rise)
    } else {
        Some(Step::Dip)
    }
}
