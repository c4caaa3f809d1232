//! The signals of a KPI as its page shows them: from the record, as far as the charts still show them.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::day::Week;
use plaza_domain::department::DepartmentId;
use plaza_domain::event::Observation;
use plaza_domain::language::Language;
use plaza_domain::signal::{Signal, compare, words};
use plaza_store::view::Signal as Recorded;

use super::kpi::SignalView;
use crate::signal::Charts;
use crate::signal_record::as_signal;

/// What was found and nobody has taken up yet.
const NEW: &str = "new";

/// What a restatement, or a person's act, took away; it stays readable.
const LAPSED: &str = "lapsed";

/// All signals, those that ended last first.
pub(super) fn signal_views(charts: &Charts, recorded: &[Recorded], language: Language) -> Vec<SignalView> {
    let parts: BTreeSet<Option<&DepartmentId>> = std::iter::once(None)
        .chain(charts.parts.keys().map(Some))
        .chain(recorded.iter().map(|signal| signal.found.part.as_ref()))
        .collect();
    let mut views = Vec::new();
    for part in parts {
        let behaviour = match part {
            None => Some(&charts.whole),
            Some(department) => charts.parts.get(department),
        };
        let found = behaviour.map_or(&[][..], |behaviour| &behaviour.signals);
        let view = |signal: &Signal, state| view(part, signal, state, language);
        let of_part = recorded.iter().filter(|signal| signal.found.part.as_ref() == part);
        let (gone, standing): (Vec<_>, Vec<_>) = of_part.partition(|signal| signal.lapsed_by.is_some());
        let stored: Vec<Signal> = standing.iter().filter_map(|signal| as_signal(&signal.found)).collect();
        let comparison = compare(&stored, found, None);
        // What grew since it was recorded is shown as it is now. What is not on record yet is news all the same.
        let shown: BTreeSet<usize> =
            comparison.same.iter().map(|(_, now)| *now).chain(comparison.new.iter().copied()).collect();
        views.extend(shown.into_iter().filter_map(|now| view(found.get(now)?, NEW)));
        let vanished = comparison.lapsed.iter().chain(&comparison.out_of_view);
        views.extend(vanished.filter_map(|gone| view(stored.get(*gone)?, LAPSED)));
        views.extend(gone.iter().filter_map(|signal| view(&as_signal(&signal.found)?, LAPSED)));
    }
    views.sort_by(|a, b| b.to.cmp(&a.to).then_with(|| a.department.cmp(&b.department)));
    views
}

fn view(part: Option<&DepartmentId>, signal: &Signal, state: &str, language: Language) -> Option<SignalView> {
    Some(SignalView {
        rule: signal.rule.code().to_owned(),
        words: words::rule(signal.rule, signal.side, language).to_owned(),
        department: part.map(ToString::to_string),
        from: signal.days.first()?.week().to_string(),
        to: signal.days.last()?.week().to_string(),
        state: state.to_owned(),
    })
}

/// How many signals of one KPI are news: recorded recently and still there. What the very first pull of a long history
/// finds in its old weeks is history: of a KPI that was first published recently only patterns that reach into the
/// recent weeks count.
pub(super) fn news(
    recorded: &[Recorded],
    observations: &[Observation],
    since: Week,
    is_recent: impl Fn(i64) -> bool,
) -> usize {
    let is_established = observations.iter().any(|observation| !is_recent(observation.known_from));
    let reaches = |signal: &&Recorded| signal.found.weeks.last().is_some_and(|last| *last >= since);
    recorded
        .iter()
        .filter(|signal| signal.lapsed_by.is_none() && is_recent(signal.found_at.wall_ms))
        .filter(|signal| is_established || reaches(signal))
        .count()
}

/// Recorded signals by their KPI.
pub(super) fn by_kpi(recorded: Vec<Recorded>) -> BTreeMap<String, Vec<Recorded>> {
    let mut by_kpi: BTreeMap<String, Vec<Recorded>> = BTreeMap::new();
    for signal in recorded {
        by_kpi.entry(signal.found.kpi.to_string()).or_default().push(signal);
    }
    by_kpi
}
