//! What suggests a win: a chart that turned to the better after a decision.

use std::collections::BTreeSet;

use plaza_domain::event::{DecisionId, KpiDefinition, Payload, SignalFound, SignalId};

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
    /// The decisions that it may have come of.
    pub decisions: Vec<DecisionId>,
}

impl Workspace {
    /// Turns to the better of the last quarter of a year that came after a decision, that nobody dismissed and that no win was
    /// ever recorded for: one that was taken back is an answer too. The latest first, one for each chart.
    pub(crate) fn win_suggestions(&self) -> Result<Vec<Suggestion>> {
        let since = self.today()?.week().plus(-WEEKS);
        let decisions = self.taken_decisions()?;
        let answered = self.answered_signals()?;
        let (definitions, mut signals) = self.view(|view| Ok((view.kpis()?, view.signals(None)?)))?;
        signals
            .sort_by_key(|signal| std::cmp::Reverse((signal.found.weeks.last().copied(), signal.found_at)));
        let mut charts = BTreeSet::new();
        let mut suggestions = Vec::new();
        for signal in signals.into_iter().filter(|signal| signal.lapsed_by.is_none()) {
            let found = signal.found;
            let definition = definitions.iter().find(|one| one.kpi == found.kpi && one.active);
            let (Some(definition), Some(turn)) = (definition, turn_of(&found)) else { continue };
            if turn.until < since || !improves(definition, &found) {
                continue;
            }
            let behind = decisions.iter().filter(|one| one.is_before(&turn));
            let behind: Vec<DecisionId> = behind.map(|one| one.decision.clone()).collect();
            // A chart is spoken of once: an older pattern of the same turn says nothing new.
            if behind.is_empty() || !charts.insert((found.kpi.clone(), found.part.clone())) {
                continue;
            }
            if !answered.contains(&found.signal) {
                suggestions.push(Suggestion { definition: definition.clone(), found, decisions: behind });
            }
        }
        Ok(suggestions)
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
