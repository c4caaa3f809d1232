//! The record follows the charts: once, whatever is repeated, and back and forth.

use std::sync::Arc;

use plaza_domain::event::{Bases, Cause, Moved, ObservedPart};
use plaza_domain::language::Language;
use plaza_domain::workspace::TimeZone;
use plaza_store::key::MemoryKeys;

use super::*;
use crate::clock::SetClock;
use crate::page::board::Board;
use crate::page::definition::DefinitionForm;
use crate::page::kpi::KpiPage;
use crate::workspace::Founding;
use plaza_domain::kpi::Basis;

/// Some hours into 2026-11-23.
const NOW: i64 = 1_795_420_800_000;
const DAY_MS: i64 = 86_400_000;
const KIND: KpiKind = KpiKind::PromiseKept;
/// How many weeks are over: the one that ended on the day before now is the last.
const LAST: i32 = 99;

struct Desk {
    _folder: tempfile::TempDir,
    clock: Arc<SetClock>,
    workspace: Workspace,
    first: Week,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(SetClock::new(NOW));
        let founding = Founding {
            company: "Mill".into(),
            language: Language::En,
            time_zone: TimeZone::UTC,
            departments: vec![(None, "Sales".into()), (None, "Production".into())],
            me: "Ada".into(),
            my_department: None,
        };
        let keys = Arc::new(MemoryKeys::default());
        let path = folder.path().join("mill");
        let workspace = Workspace::found(&path, &founding, keys, clock.clone()).unwrap().0;
        Self { _folder: folder, clock, workspace, first: "2025-W01".parse().unwrap() }
    }

    /// Publishes a week in which so many of a hundred lines were kept; all misses are production's.
    fn publish(&self, nth: i32, kept: i64, revision: u32) {
        self.publish_as(KIND, nth, kept, revision);
    }

    fn publish_as(&self, kind: KpiKind, nth: i32, kept: i64, revision: u32) {
        let observation = Observation {
            kpi: kind.word().into(),
            definition_version: 1,
            week: self.first.plus(nth),
            revision,
            numerator: kept,
            denominator: 100,
            n: 100,
            pending: 0,
            cancelled: 0,
            parts: vec![ObservedPart {
                department: "production".parse().unwrap(),
                millionths: (100 - kept) * 1_000_000,
                late_microdays: 0,
            }],
            late_microdays: 0,
            bases: Bases::default(),
            beside: BTreeMap::new(),
            known_from: self.workspace.now_ms(),
            run: None,
            moved: Moved::default(),
            cause: if revision > 1 { Cause::Restatement } else { Cause::First },
            split: None,
        };
        self.workspace.act([Payload::ObservationPublished(observation)]).unwrap();
    }

    /// Two values in turn from a week on.
    fn publish_all(&self, weeks: std::ops::Range<i32>, kept: [i64; 2]) {
        for nth in weeks {
            self.publish(nth, kept[nth as usize % 2], 1);
        }
    }

    /// Records, and says how many events that added.
    fn record(&self) -> usize {
        let before = self.events();
        self.workspace.record_signals().unwrap();
        self.events() - before
    }

    fn events(&self) -> usize {
        self.workspace.ledger().verify().unwrap().events
    }

    /// The record: part, rule, side and whether it lapsed, in order of id.
    fn recorded(&self) -> Vec<String> {
        let mut recorded: Vec<String> = self
            .workspace
            .view(|view| view.signals(None))
            .unwrap()
            .into_iter()
            .map(|signal| {
                let lapsed = if signal.lapsed_by.is_some() { " lapsed" } else { "" };
                format!("{}{lapsed}", signal.found.signal)
            })
            .collect();
        recorded.sort();
        recorded
    }

    fn states(&self) -> Vec<(String, String)> {
        let page = KpiPage::read(&self.workspace, KIND, Basis::Promised, Language::En).unwrap();
        page.signals.into_iter().map(|signal| (signal.words, signal.state)).collect()
    }
}

#[test]
fn nothing_is_recorded_without_limits_or_without_a_pattern() {
    let desk = Desk::new();
    assert_eq!(desk.record(), 0);
    desk.publish_all(0..4, [90, 91]);
    desk.publish(4, 10, 1);
    assert_eq!(desk.record(), 0, "five points have no limits");
    let desk = Desk::new();
    desk.publish_all(0..20, [90, 91]);
    assert_eq!(desk.record(), 0, "nothing changed");
}

#[test]
fn what_is_found_is_recorded_once_and_growing_adds_nothing() {
    let desk = Desk::new();
    desk.publish_all(0..20, [90, 92]);
    desk.publish_all(20..27, [80, 82]);
    assert!(desk.record() > 0);
    let recorded = desk.recorded();
    let low = |part: &str, rule: &str, side: &str| {
        recorded.iter().any(|id| id.starts_with(&format!("promise-kept/{part}/{rule}/{side}/")))
    };
    assert!(low("whole", "shift", "low") && low("production", "shift", "high"), "{recorded:?}");
    assert_eq!(desk.record(), 0, "said once");
    let shifts = |desk: &Desk| desk.recorded().iter().filter(|id| id.contains("whole/shift/low")).count();
    desk.publish_all(27..29, [80, 82]);
    desk.record();
    assert_eq!(shifts(&desk), 1, "a shift that grew is the same shift");
    let words: Vec<String> = desk.states().into_iter().map(|(words, _)| words).collect();
    assert!(!words.is_empty() && words.iter().all(|words| !words.is_empty()), "{words:?}");
}

#[test]
fn a_restatement_takes_a_signal_away_and_another_brings_it_back() {
    let desk = Desk::new();
    desk.publish_all(0..20, [90, 92]);
    desk.publish(20, 40, 1);
    // The week itself, and the run of all the others on the other side of the mean that it moved; both on the whole and
    // on production's part.
    assert_eq!(desk.record(), 4);
    assert!(desk.states().iter().all(|(_, state)| state == "new"));
    desk.publish(20, 91, 2);
    assert_eq!(desk.record(), 4);
    assert!(desk.recorded().iter().all(|id| id.ends_with("lapsed")), "{:?}", desk.recorded());
    assert_eq!(desk.states().len(), 4);
    assert!(desk.states().iter().all(|(words, state)| state == "lapsed" && !words.is_empty()));
    let lapsed = desk.workspace.view(|view| view.signals(None)).unwrap();
    let outside = lapsed.iter().filter(|signal| signal.found.rule == "outside");
    assert!(outside.clone().all(|signal| signal.lapsed_by == Some(2) && signal.found.revision == 1));
    assert_eq!(outside.count(), 2);
    assert_eq!(desk.record(), 0);
    for (revision, kept) in [(3, 40), (4, 91), (5, 40)] {
        desk.publish(20, kept, revision);
        assert_eq!(desk.record(), 4, "revision {revision}");
        assert_eq!(desk.record(), 0, "revision {revision}");
    }
    assert!(desk.recorded().iter().all(|id| !id.ends_with("lapsed")), "{:?}", desk.recorded());
}

#[test]
fn people_who_change_a_chart_change_the_record() {
    let desk = Desk::new();
    desk.publish_all(0..20, [90, 92]);
    desk.publish(20, 40, 1);
    desk.publish_all(21..25, [90, 92]);
    desk.record();
    let whole = |desk: &Desk| -> Vec<String> {
        desk.recorded().into_iter().filter(|id| id.contains("/whole/")).collect()
    };
    let before = whole(&desk);
    assert!(before.iter().any(|id| id.contains("outside/low") && !id.ends_with("lapsed")), "{before:?}");
    let week = desk.first.plus(20);
    desk.workspace.ghost_point(KIND, None, week, true, "strike").unwrap();
    assert!(whole(&desk).iter().any(|id| id.contains("outside/low") && id.ends_with("lapsed")));
    desk.workspace.ghost_point(KIND, None, week, false, "").unwrap();
    assert_eq!(whole(&desk), before);

    desk.publish_all(25..40, [70, 72]);
    desk.record();
    let shift =
        |desk: &Desk| whole(desk).iter().any(|id| id.contains("shift/low") && !id.ends_with("lapsed"));
    assert!(shift(&desk), "{:?}", whole(&desk));
    desk.workspace.sign_phase(KIND, None, desk.first.plus(25), "new machine").unwrap();
    assert!(!shift(&desk), "{:?}", whole(&desk));
    desk.workspace.withdraw_phase(KIND, None, desk.first.plus(25), "it was not that").unwrap();
    assert!(shift(&desk), "{:?}", whole(&desk));
    let before = DefinitionForm::of(&desk.workspace.definition(KIND).unwrap());
    let form = DefinitionForm { rule_set: "wheeler".into(), ..before };
    let (reason, watch) = ("we know it", crate::pull::Unwatched::default());
    crate::definition::save(&desk.workspace, KIND, &form, reason, Language::En, &watch).unwrap();
    assert!(shift(&desk), "fifteen weeks are a shift by either rule set");
    assert_eq!(desk.record(), 0, "every act left the record as the charts are");
}

fn news(desk: &Desk) -> u32 {
    Board::read(&desk.workspace, Language::En).unwrap().since.signals
}

#[test]
fn a_first_pull_of_a_long_history_is_no_news_but_for_what_reaches_into_the_last_week() {
    // The week before the Monday on which it is pulled is the hundredth.
    let begin = |last: [i64; 2]| {
        let desk = Desk::new();
        desk.publish_all(0..50, [90, 92]);
        desk.publish(50, 40, 1);
        desk.publish_all(51..90, [90, 92]);
        desk.publish_all(90..LAST, last);
        desk.record();
        assert!(!desk.recorded().is_empty());
        desk
    };
    assert_eq!(news(&begin([90, 92])), 0, "what it finds in old weeks is history");
    assert_eq!(
        news(&begin([80, 82])),
        1,
        "a shift that goes on, on the whole and on a part, by several rules"
    );
}

#[test]
fn a_week_that_is_pulled_late_is_news_when_it_shows_something() {
    let desk = Desk::new();
    desk.publish_all(0..30, [90, 92]);
    desk.record();
    desk.clock.set(NOW + 10 * DAY_MS);
    desk.publish(30, 30, 1);
    assert_eq!(
        desk.record(),
        4,
        "the week, and the run of the others above the mean that it moved; whole and part"
    );
    assert_eq!(news(&desk), 1, "the run above the mean has no week that was published since");
    desk.publish(30, 91, 2);
    desk.record();
    assert_eq!(news(&desk), 0, "what lapsed is no news");
    desk.publish(30, 30, 3);
    desk.record();
    assert_eq!(news(&desk), 1);
    // Nothing is recorded yet where an older program pulled: what the chart shows counts all the same.
    desk.publish(20, 20, 2);
    assert_eq!(news(&desk), 2);
    desk.clock.set(NOW + 20 * DAY_MS);
    desk.record();
    assert_eq!(news(&desk), 0, "recorded late, of weeks that were published long ago");
}

#[test]
fn week_after_week_a_change_is_counted_while_it_goes_on_and_no_longer() {
    let desk = Desk::new();
    desk.clock.set(NOW - 57 * DAY_MS);
    desk.publish_all(0..LAST - 8, [90, 92]);
    desk.record();
    let mut counted = Vec::new();
    // Pulled on each Monday, looked at on the Wednesday after.
    for (nth, kept) in (LAST - 8..).zip([40, 91, 90, 70, 72, 70, 72, 70, 72, 70, 72, 90, 91, 90]) {
        desk.clock.set(NOW + i64::from(nth + 1 - LAST) * 7 * DAY_MS);
        desk.publish(nth, kept, 1);
        desk.record();
        desk.clock.set(NOW + i64::from(nth + 1 - LAST) * 7 * DAY_MS + 2 * DAY_MS);
        counted.push(news(&desk));
    }
    // The outlier; the low weeks, of which the first ones lie outside the limits and the others make a shift; after
    // them the calm.
    assert_eq!(counted, [1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
    // On the Sunday it is still the news of the week, on the Monday after without a pull no more.
    let desk = Desk::new();
    desk.publish_all(0..LAST - 1, [90, 92]);
    desk.publish(LAST - 1, 40, 1);
    desk.record();
    for (days, expected) in [(0, 1), (6, 1), (7, 0)] {
        desk.clock.set(NOW + days * DAY_MS);
        assert_eq!(news(&desk), expected, "{days} days later");
    }
}

#[test]
fn a_kpi_that_is_turned_on_later_brings_no_news_from_its_past() {
    let desk = Desk::new();
    desk.publish_all(0..LAST, [90, 92]);
    desk.record();
    desk.clock.set(NOW + 10 * DAY_MS);
    // Its weeks are published at once, beside one that has been there for long.
    for nth in 0..LAST {
        let kept = if nth == 50 { 40 } else { [90, 92][nth as usize % 2] };
        desk.publish_as(KpiKind::RightFirstTime, nth, kept, 1);
    }
    assert!(desk.record() > 0);
    assert_eq!(news(&desk), 0);
    // From then on it is as any other.
    desk.clock.set(NOW + 20 * DAY_MS);
    desk.publish_as(KpiKind::RightFirstTime, 60, 30, 2);
    desk.record();
    assert_eq!(news(&desk), 1);
    // What joins a change that is known already is no other change.
    desk.publish_as(KpiKind::RightFirstTime, 51, 30, 2);
    desk.record();
    assert_eq!(news(&desk), 1);
}

#[test]
fn two_programs_that_find_the_same_record_it_once() {
    let desk = Desk::new();
    desk.publish_all(0..20, [90, 92]);
    desk.publish(20, 40, 1);
    let before = desk.events();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| desk.workspace.record_signals().unwrap());
        }
    });
    assert_eq!(desk.events() - before, 4);
}
