//! What suggests a win: a chart that turned to the better after a decision.

use std::collections::BTreeSet;

use plaza_domain::day::Week;
use plaza_domain::event::{KpiDefinition, Payload, SignalFound, SignalId};
use plaza_domain::win::Turn;

use super::propose::turn_of;
use crate::error::Result;
use crate::meeting::improves;
use crate::workspace::Workspace;

/// A turn to the better suggests a win for a quarter of a year.
const WEEKS: i32 = 13;

/// A win that nobody has recorded yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Suggestion {
    /// Of which KPI.
    pub definition: KpiDefinition,
    /// The signal.
    pub found: SignalFound,
    /// The decisions that it may have come of, in the words of whoever wrote them down.
    pub decisions: Vec<String>,
}

impl Workspace {
    /// Turns to the better of the last quarter of a year that came after a decision and that nobody has answered. The latest
    /// first, one for each chart; what a part's chart shows is told with the whole that it moved with.
    ///
    /// Answered are those that were dismissed or recorded as a win, whatever became of it, with all that goes on from there:
    /// an id holds the weeks of its pattern, and a week later the same turn has another. A decision that came into force
    /// after the answer's weeks makes what follows it news.
    pub(crate) fn win_suggestions(&self) -> Result<Vec<Suggestion>> {
        let since = self.today()?.week().plus(-WEEKS);
        let all = self.decisions()?;
        let decisions = self.taken(&all)?;
        let (definitions, mut signals) = self.view(|view| Ok((view.kpis()?, view.signals(None)?)))?;
        let improving = |found: &SignalFound| {
            let definition = definitions.iter().find(|one| one.kpi == found.kpi && one.active)?;
            improves(definition, found).then_some(definition)
        };
        let better = signals.iter().filter(|signal| improving(&signal.found).is_some());
        let better = better.filter_map(|signal| Some((&signal.found.signal, turn_of(&signal.found)?)));
        let answered = going_on(better.collect(), &self.answered_signals()?);
        signals
            .sort_by_key(|signal| std::cmp::Reverse((signal.found.weeks.last().copied(), signal.found_at)));
        let mut charts = BTreeSet::new();
        let mut suggestions: Vec<(Turn, Suggestion)> = Vec::new();
        for signal in signals.into_iter().filter(|signal| signal.lapsed_by.is_none()) {
            let found = signal.found;
            let (Some(definition), Some(turn)) = (improving(&found), turn_of(&found)) else { continue };
            if turn.until < since {
                continue;
            }
            let behind = all.iter().zip(&decisions).filter(|(_, taken)| taken.is_before(&turn));
            let behind: Vec<_> = behind.collect();
            // A chart is spoken of once: an older pattern of it says nothing new.
            if behind.is_empty() || !charts.insert((found.kpi.clone(), found.part.clone())) {
                continue;
            }
            let is_answered = answered.iter().any(|(answered, until)| {
                answered.is_one_with(&turn) && behind.iter().all(|(_, taken)| taken.in_force <= *until)
            });
            if !is_answered {
                let decisions = behind.into_iter().map(|(one, _)| one.taken.text.clone()).collect();
                suggestions.push((turn, Suggestion { definition: definition.clone(), found, decisions }));
            }
        }
        let wholes: Vec<Turn> =
            suggestions.iter().map(|(turn, _)| turn).filter(|turn| turn.part.is_none()).cloned().collect();
        suggestions
            .retain(|(turn, _)| turn.part.is_none() || !wholes.iter().any(|whole| whole.is_one_with(turn)));
        Ok(suggestions.into_iter().map(|(_, suggestion)| suggestion).collect())
    }

    /// The signals for which a win was recorded, whatever became of it, or that were dismissed.
    fn answered_signals(&self) -> Result<BTreeSet<SignalId>> {
        let (all, mut answered) = self.view(|view| Ok((view.wins()?, view.dismissed_wins()?)))?;
        let said = all.into_iter().flat_map(|(_, said)| said);
        answered.extend(said.filter_map(|said| match said.payload {
            Payload::WinRecorded(recorded) => recorded.signal,
            _ => None,
        }));
        Ok(answered)
    }
}

/// The turns that were answered and those that go on from them, each with the last week of the answer.
fn going_on(turns: Vec<(&SignalId, Turn)>, answered: &BTreeSet<SignalId>) -> Vec<(Turn, Week)> {
    let (said, mut rest): (Vec<_>, Vec<_>) =
        turns.into_iter().partition(|(signal, _)| answered.contains(*signal));
    let mut all: Vec<(Turn, Week)> = said.into_iter().map(|(_, turn)| (turn.clone(), turn.until)).collect();
    let mut next = 0;
    while let Some((turn, until)) = all.get(next).cloned() {
        let (touching, others): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|(_, other)| other.is_one_with(&turn));
        all.extend(touching.into_iter().map(|(_, other)| (other, until)));
        rest = others;
        next += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_from_an_answer_is_answered_and_what_begins_anew_is_not() {
        let signals: Vec<SignalId> = ["a", "b", "c", "d"].map(Into::into).into();
        let turn = |from: i32, until: i32| Turn {
            kpi: "on-time".into(),
            part: None,
            from: Week(from),
            until: Week(until),
            items: BTreeSet::new(),
            threads: BTreeSet::new(),
        };
        let turns = [turn(10, 17), turn(18, 18), turn(19, 26), turn(28, 35)];
        let all = || signals.iter().zip(turns.clone()).collect::<Vec<_>>();
        assert!(going_on(all(), &BTreeSet::new()).is_empty());
        let answered: BTreeSet<SignalId> = ["a".into()].into();
        let weeks: Vec<_> =
            going_on(all(), &answered).iter().map(|(turn, until)| (turn.from.0, until.0)).collect();
        assert_eq!(weeks, [(10, 17), (18, 17), (19, 17)]);
    }
}
