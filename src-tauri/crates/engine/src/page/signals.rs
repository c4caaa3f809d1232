//! The signals of a KPI as its page shows them: from the record, as far as the charts still show them.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::day::{Day, Week};
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{Observation, SignalId};
use plaza_domain::language::Language;
use plaza_domain::signal::{Behaviour, Side, Signal, compare, words};
use plaza_domain::workspace::TimeZone;
use plaza_store::view::Signal as Recorded;

use super::kpi::SignalView;
use crate::signal::Charts;
use crate::signal_record::as_signal;

/// What was found and nobody has taken up yet.
const NEW: &str = "new";

/// Somebody has taken it up, and people talk about it.
const IN_THREAD: &str = "in_thread";

/// Its thread is closed.
const EXPLAINED: &str = "explained";

/// What a restatement, or a person's act, took away; it stays readable.
const LAPSED: &str = "lapsed";

/// All signals, those that ended last first.
///
/// `taken` are the signals that somebody has taken up, and whether their thread is open.
pub(super) fn signal_views(
    charts: &Charts,
    recorded: &[Recorded],
    taken: &BTreeMap<SignalId, bool>,
    language: Language,
) -> Vec<SignalView> {
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
        let view = |signal: &Signal, state| signal_view(part, signal, state, language);
        let of_part = recorded.iter().filter(|signal| signal.found.part.as_ref() == part);
        let (gone, standing): (Vec<_>, Vec<_>) = of_part.partition(|signal| signal.lapsed_by.is_some());
        let (ids, stored): (Vec<&SignalId>, Vec<Signal>) = standing
            .iter()
            .filter_map(|signal| Some((&signal.found.signal, as_signal(&signal.found)?)))
            .unzip();
        let comparison = compare(&stored, found, None);
        // What grew since it was recorded is shown as it is now. What is not on record yet is news all the same.
        let shown: BTreeSet<usize> =
            comparison.same.iter().map(|(_, now)| *now).chain(comparison.new.iter().copied()).collect();
        for now in shown {
            let same = comparison.same.iter().find(|(_, found)| *found == now);
            let id = same.and_then(|(stored, _)| ids.get(*stored)).copied();
            let state = match id.and_then(|id| taken.get(id)) {
                Some(true) => IN_THREAD,
                Some(false) => EXPLAINED,
                None => NEW,
            };
            let shown = found.get(now).and_then(|signal| view(signal, state));
            views.extend(shown.map(|shown| SignalView { signal: id.map(ToString::to_string), ..shown }));
        }
        let vanished = comparison.lapsed.iter().chain(&comparison.out_of_view);
        views.extend(vanished.filter_map(|gone| view(stored.get(*gone)?, LAPSED)));
        views.extend(gone.iter().filter_map(|signal| view(&as_signal(&signal.found)?, LAPSED)));
    }
    views.sort_by(|a, b| b.to.cmp(&a.to).then_with(|| a.department.cmp(&b.department)));
    views
}

/// One signal on the chart of the whole, or of a department's part.
pub(crate) fn signal_view(
    part: Option<&DepartmentId>,
    signal: &Signal,
    state: &str,
    language: Language,
) -> Option<SignalView> {
    Some(SignalView {
        signal: None,
        rule: signal.rule.code().to_owned(),
        words: words::rule(signal.rule, signal.side, language).to_owned(),
        department: part.map(ToString::to_string),
        from: signal.days.first()?.week().to_string(),
        to: signal.days.last()?.week().to_string(),
        state: state.to_owned(),
    })
}

/// The days that the board looks back on.
pub(crate) struct Lately {
    /// The first of them.
    pub(crate) since: Day,
    /// Where their midnights are.
    pub(crate) zone: TimeZone,
}

impl Lately {
    /// Whether a moment (milliseconds since 1970 UTC) lies in them.
    pub(crate) fn covers(&self, ms: i64) -> bool {
        self.zone.day_at(ms) >= self.since
    }

    /// Whether a week ended so that it could be published for the first time in them.
    fn saw_the_end_of(&self, week: Week) -> bool {
        week.plus(1).monday() >= self.since
    }
}

/// How many changes on a KPI's own chart are news. `was_published`: some week of it was published before.
///
/// It is counted by the weeks, not by the moment at which a signal was recorded: a first pull, or a KPI that was turned
/// on, records the signals of years at once. News is
/// * what reaches into a week that ended lately, be it new or still going on, and
/// * what first became visible through a week that was published or restated lately, where earlier ones were published
///   before: all of a first load is history.
///
/// Neighbouring points that signal to one side are one change, whatever rules tell it. What a part's chart shows is told
/// with the change of the whole that it moved with, and is not counted again.
pub(super) fn news(
    whole: &Behaviour,
    recorded: &[Recorded],
    observations: &[Observation],
    lately: &Lately,
    was_published: bool,
) -> usize {
    let published: BTreeSet<Week> = observations
        .iter()
        .filter(|observation| lately.covers(observation.known_from))
        .map(|observation| observation.week)
        .collect();
    let known: Vec<Signal> = recorded
        .iter()
        .filter(|signal| signal.found.part.is_none() && signal.lapsed_by.is_none())
        .filter(|signal| !lately.covers(signal.found_at.wall_ms))
        .filter_map(|signal| as_signal(&signal.found))
        .collect();
    let is_news = |change: &Change| {
        let mut weeks = change.days.iter().map(|day| day.week());
        weeks.clone().any(|week| lately.saw_the_end_of(week))
            || (was_published
                && weeks.any(|week| published.contains(&week))
                && !known.iter().any(|known| change.holds_some_of(known)))
    };
    changes(whole).iter().filter(|change| is_news(change)).count()
}

/// Neighbouring points that signal to the same side.
struct Change {
    side: Side,
    days: Vec<Day>,
}

impl Change {
    fn holds_some_of(&self, signal: &Signal) -> bool {
        signal.side == self.side && signal.days.iter().any(|day| self.days.contains(day))
    }
}

fn changes(whole: &Behaviour) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut side_before = None;
    for point in whole.points.iter().filter(|point| !point.ghost) {
        let side = point.fired.first().map(|fired| fired.side);
        match (side, changes.last_mut()) {
            (Some(_), Some(change)) if side == side_before => change.days.push(point.day),
            (Some(side), _) => changes.push(Change { side, days: vec![point.day] }),
            (None, _) => {}
        }
        side_before = side;
    }
    changes
}

/// Recorded signals by their KPI.
pub(super) fn by_kpi(recorded: Vec<Recorded>) -> BTreeMap<String, Vec<Recorded>> {
    let mut by_kpi: BTreeMap<String, Vec<Recorded>> = BTreeMap::new();
    for signal in recorded {
        by_kpi.entry(signal.found.kpi.to_string()).or_default().push(signal);
    }
    by_kpi
}
