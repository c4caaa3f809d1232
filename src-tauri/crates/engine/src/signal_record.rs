//! Signals in the ledger: what the charts find is recorded once, and recorded as lapsed when it is gone.
//!
//! After every publication and every act that changes a chart, the signals of each KPI and of its departments' parts are
//! compared with those on record. Everything follows from the ledger's own state: doing it again, after a crash or from
//! two programs at once, adds nothing.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::day::{Day, Week};
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{
    KpiDefinition, KpiId, Observation, Payload, SignalFound, SignalId, SignalLimits, Stamp,
};
use plaza_domain::signal::{Behaviour, Rule, Side, Signal, compare};
use plaza_store::ledger::Draft;
use plaza_store::view::Signal as Recorded;

use crate::error::Result;
use crate::page::series::Charted;
use crate::signal::{Charts, rule_set};
use crate::workspace::Workspace;

/// Events that are signed and written at once; the first load of many years finds hundreds of signals.
const EVENTS_AT_ONCE: usize = 500;

const MILLION: f64 = 1_000_000.0;

impl Workspace {
    /// Compares the signals of every active KPI with those on record, and records what is new and what is gone.
    ///
    /// # Errors
    /// What the ledger says.
    pub(crate) fn record_signals(&self) -> Result<()> {
        for definition in self.view(|view| view.kpis())? {
            if definition.active {
                self.record_signals_of(&definition)?;
            }
        }
        Ok(())
    }

    /// The same for one KPI whose chart somebody changed. The act itself is in the ledger already and must not seem to
    /// have failed: what cannot be recorded now is recorded with the next pull.
    pub(crate) fn record_signals_after_act(&self, kpi: &KpiId) {
        drop(self.definition(kpi).and_then(|definition| self.record_signals_of(&definition)));
    }

    fn record_signals_of(&self, definition: &KpiDefinition) -> Result<()> {
        let (today, is_set) = (self.today()?, self.is_set_to_a_day());
        // Read as the pages read it: what is on record is what people see.
        let (charted, recorded) = self.view(|view| {
            let charted = Charted::read(view, definition, None, today, is_set)?;
            Ok((charted, view.signals(Some(&definition.kpi))?))
        })?;
        if charted.observations.is_empty() {
            return Ok(());
        }
        let drafts = changes(definition, &charted.observations, &charted.charts(definition)?, &recorded);
        for some in drafts.chunks(EVENTS_AT_ONCE) {
            self.ledger().append(some, self.now_ms())?;
        }
        Ok(())
    }
}

/// What is to be said so that the record is as the charts are.
fn changes(
    definition: &KpiDefinition,
    observations: &[Observation],
    charts: &Charts,
    recorded: &[Recorded],
) -> Vec<Draft> {
    let revisions: BTreeMap<Week, u32> =
        observations.iter().map(|observation| (observation.week, observation.revision)).collect();
    let parts: BTreeSet<Option<&DepartmentId>> = std::iter::once(None)
        .chain(charts.parts.keys().map(Some))
        .chain(recorded.iter().map(|signal| signal.found.part.as_ref()))
        .collect();
    let mut drafts = Vec::new();
    for part in parts {
        let behaviour = match part {
            None => Some(&charts.whole),
            Some(department) => charts.parts.get(department),
        };
        let found = behaviour.map_or(&[][..], |behaviour| &behaviour.signals);
        // What an older Plaza recorded without its side, or a newer one by a rule of its own, stays as it is.
        let (standing, stored): (Vec<&Recorded>, Vec<Signal>) = recorded
            .iter()
            .filter(|signal| signal.lapsed_by.is_none() && signal.found.part.as_ref() == part)
            .filter_map(|signal| Some((signal, as_signal(&signal.found)?)))
            .unzip();
        let first = behaviour.or(Some(&charts.whole)).and_then(first_day);
        let comparison = compare(&stored, found, first);
        for new in comparison.new {
            let Some(signal) = found.get(new) else { continue };
            drafts.extend(found_draft(definition, part, signal, &revisions, recorded));
        }
        for gone in comparison.lapsed {
            let Some(signal) = standing.get(gone) else { continue };
            let last = signal.found.weeks.last();
            let revision =
                last.and_then(|week| revisions.get(week)).copied().unwrap_or(signal.found.revision);
            let words =
                ["signal lapsed".to_owned(), signal.found.signal.to_string(), stamp_word(signal.found_at)];
            let payload = Payload::SignalLapsed { signal: signal.found.signal.clone(), revision };
            drafts.push(Draft::derived(payload, words));
        }
    }
    drafts
}

fn found_draft(
    definition: &KpiDefinition,
    part: Option<&DepartmentId>,
    signal: &Signal,
    revisions: &BTreeMap<Week, u32>,
    recorded: &[Recorded],
) -> Option<Draft> {
    let weeks: Vec<Week> = signal.days.iter().map(|day| day.week()).collect();
    let (from, to) = (weeks.first()?, weeks.last()?);
    let side = side_word(signal.side);
    let place = part.map_or("whole", DepartmentId::as_str);
    let id = format!("{}/{place}/{}/{side}/{from}/{to}", definition.kpi, signal.rule.code());
    // One that lapsed and is there again is said again: by a name that the first time did not have.
    let before =
        recorded.iter().find(|known| known.found.signal.as_str() == id).and_then(|known| known.lapsed_at);
    let words = ["signal found".to_owned(), id.clone(), before.map_or_else(String::new, stamp_word)];
    let found = SignalFound {
        signal: SignalId(id),
        kpi: definition.kpi.clone(),
        part: part.cloned(),
        rule: signal.rule.code().to_owned(),
        side: side.to_owned(),
        limits: Some(SignalLimits {
            mean_millionths: millionths(signal.mean),
            lower_millionths: millionths(signal.lower),
            upper_millionths: millionths(signal.upper),
        }),
        rule_set: definition.rule_set.clone(),
        revision: revisions.get(to).copied().unwrap_or(1),
        weeks,
    };
    Some(Draft::derived(Payload::SignalFound(found), words))
}

/// What was recorded, as charts compare it; nothing for words that this program does not know.
pub(crate) fn as_signal(found: &SignalFound) -> Option<Signal> {
    let rule = Rule::ALL.into_iter().find(|rule| rule.code() == found.rule)?;
    let side = [Side::High, Side::Low].into_iter().find(|side| side_word(*side) == found.side)?;
    let limit = |pick: fn(&SignalLimits) -> i64| {
        found.limits.as_ref().map_or(0.0, |limits| pick(limits) as f64 / MILLION)
    };
    Some(Signal {
        rule,
        side,
        days: found.weeks.iter().map(|week| week.monday()).collect(),
        rule_set: rule_set(&found.rule_set),
        mean: limit(|limits| limits.mean_millionths),
        lower: limit(|limits| limits.lower_millionths),
        upper: limit(|limits| limits.upper_millionths),
    })
}

const fn side_word(side: Side) -> &'static str {
    match side {
        Side::High => "high",
        Side::Low => "low",
    }
}

fn first_day(behaviour: &Behaviour) -> Option<Day> {
    behaviour.points.first().map(|point| point.day)
}

/// Limits are drawn, never counted with: what no `i64` holds is drawn at its edge.
fn millionths(number: f64) -> i64 {
    (number * MILLION).round() as i64
}

fn stamp_word(at: Stamp) -> String {
    format!("{}.{}", at.wall_ms, at.counter)
}

#[cfg(test)]
mod tests;
