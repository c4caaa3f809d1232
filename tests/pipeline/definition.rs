//! Definitions of joint KPIs: what a change would do is looked at, then done, and both are the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

use plaza_domain::day::{Day, Week};
use plaza_domain::event::{Cause, KpiDefinition, KpiId, Observation, Payload};
use plaza_domain::kpi::KpiKind;
use plaza_engine::checkpoint::CheckpointForm;
use plaza_engine::definition::{self, preview, save, show};
use plaza_engine::error::EngineError;
use plaza_engine::page::board::Board;
use plaza_engine::page::definition::{DefinitionForm, DefinitionList, DefinitionPage, DefinitionPreview};
use plaza_engine::page::kpi::{KpiPage, WeekPanel};
use plaza_engine::pull::{Unwatched, Watch};
use plaza_engine::week::tallies_hold;
use plaza_engine::words::{Basis, Language};

use crate::bench::Bench;

const RIGHT: KpiKind = KpiKind::RightFirstTime;
const KEPT: KpiKind = KpiKind::PromiseKept;

const SALES: &str = r#"
id = "sales"
name = "Sales orders"
system = "ERP"

[route]
promised_by = "sales"
legs = [
  { to = "produced", department = "production" },
  { to = "delivered", department = "logistics" },
  { to = "invoiced", department = "sales" },
]

[[standard]]
days = { produced = 5, delivered = 2, invoiced = 3 }

[[stream]]
name = "lines"
files = ["sales*.csv"]
delivery = "snapshot"
snapshot_date = "sales_{yyyy-MM-dd}.csv"

[stream.fields]
order = "order"
line = "line"
ordered = "ordered"
promised = "promised"
produced = "produced"
delivered = "delivered"
invoiced = "invoiced"
returned_on = "returned"
"#;

/// Weeks of the story, up to the one before 2026-03-30.
const WEEKS: i32 = 30;

/// Two lines an order, eight orders a week. Some come late, some are invoiced late, some come back sooner or later.
fn file(until: Day) -> String {
    let mut rows = "order,line,ordered,promised,produced,delivered,invoiced,returned\n".to_owned();
    let last: Week = "2026-W13".parse().unwrap();
    for nth in 0..WEEKS {
        let monday = Week(last.0 - WEEKS + 1 + nth).monday();
        for line in 0..16 {
            let seed = nth * 7 + line * 5;
            let promised = monday.plus(8);
            let delivered = promised.plus(if seed % 6 == 0 { 3 } else { -1 });
            let invoiced = delivered.plus(if seed % 5 == 0 { 6 } else { 2 });
            let returned = match seed % 9 {
                0 => Some(delivered.plus(10)),
                1 if nth > 12 => Some(delivered.plus(35)),
                2 => Some(delivered.plus(55)),
                _ => None,
            };
            let known = |day: Day| if day <= until { day.to_string() } else { String::new() };
            writeln!(
                rows,
                "S{nth}-{},{},{monday},{promised},{},{},{},{}",
                line / 2,
                line % 2 + 1,
                known(monday.plus(5)),
                known(delivered),
                known(invoiced),
                returned.map_or_else(String::new, known),
            )
            .unwrap();
        }
    }
    rows
}

fn company() -> Bench {
    let bench = Bench::new();
    bench.write("sales_2026-03-29.csv", &file("2026-03-29".parse().unwrap()));
    bench.pull(SALES);
    bench
}

fn form(bench: &Bench, kind: KpiKind) -> DefinitionForm {
    DefinitionPage::read(&bench.workspace, kind).unwrap().form
}

fn changed(bench: &Bench, kind: KpiKind, change: impl FnOnce(&mut DefinitionForm)) -> DefinitionForm {
    let mut form = form(bench, kind);
    change(&mut form);
    form
}

fn look(bench: &Bench, kind: KpiKind, form: &DefinitionForm) -> DefinitionPreview {
    preview(&bench.workspace, kind, form, Language::En, &Unwatched::default()).unwrap()
}

fn keep(bench: &Bench, kind: KpiKind, form: &DefinitionForm, reason: &str) -> Result<(), EngineError> {
    save(&bench.workspace, kind, form, reason, Language::En, &Unwatched::default())
}

fn page(bench: &Bench, kind: KpiKind) -> KpiPage {
    KpiPage::read(&bench.workspace, kind, Basis::Promised, Language::En).unwrap()
}

fn by_week(bench: &Bench, kind: KpiKind) -> BTreeMap<String, Observation> {
    bench.observations(kind.word()).into_iter().map(|one| (one.week.to_string(), one)).collect()
}

fn value(kind: KpiKind, one: &Observation) -> Option<f64> {
    let unit = if kind.is_percent() { 100.0 } else { 1.0 };
    (one.denominator > 0).then(|| one.numerator as f64 * unit / one.denominator as f64)
}

/// Signals that the page shows as standing, as words.
fn standing(page: &KpiPage) -> Vec<String> {
    let mut all: Vec<String> = page
        .signals
        .iter()
        .filter(|signal| signal.state != "lapsed")
        .map(|signal| format!("{:?} {} {} {}", signal.department, signal.words, signal.from, signal.to))
        .collect();
    all.sort();
    all
}

#[track_caller]
fn refused(outcome: Result<(), EngineError>, path: &str) -> String {
    match outcome {
        Err(EngineError::Invalid { fields }) => {
            let found = fields.iter().find(|(at, _)| at == path);
            found.unwrap_or_else(|| panic!("{path}: {fields:?}")).1.clone()
        }
        other => panic!("{path}: {other:?}"),
    }
}

/// Looks, saves, and holds what happened against what was seen, week by week. Returns what was seen.
fn same_as_seen(bench: &Bench, kind: KpiKind, form: &DefinitionForm) -> DefinitionPreview {
    let (before, page_before) = (by_week(bench, kind), page(bench, kind));
    let others: Vec<KpiKind> = KpiKind::ALL.into_iter().filter(|other| *other != kind).collect();
    let others_before: Vec<_> = others.iter().map(|other| by_week(bench, *other)).collect();
    let seen = look(bench, kind, form);
    assert_eq!(by_week(bench, kind), before, "a look changes nothing");
    assert_eq!(seen.before.sentence, page_before.sentence);

    keep(bench, kind, form, "we looked at it together").unwrap();
    assert!(tallies_hold(&bench.workspace).unwrap(), "tallies are what a full count gives");
    bench.parts_add_up();
    let (after, page_after) = (by_week(bench, kind), page(bench, kind));
    let mut moved = BTreeMap::new();
    for (week, now) in &after {
        let was = before.get(week);
        if was.is_none_or(|was| !was.has_value_of(now)) {
            moved.insert(week.clone(), (was.and_then(|was| value(kind, was)), value(kind, now)));
        }
    }
    let foreseen: BTreeMap<_, _> =
        seen.moves.iter().map(|one| (one.week.clone(), (one.was, one.would_be))).collect();
    assert_eq!(foreseen, moved);
    assert_eq!(seen.changed as usize, moved.len());
    let revised =
        after.iter().filter(|(week, now)| before.get(*week).map_or(0, |was| was.revision) < now.revision);
    assert_eq!((seen.changed + seen.sharpened) as usize, revised.count());
    for (other, was) in others.iter().zip(others_before) {
        assert_eq!(by_week(bench, *other), was, "{other:?} is not its business");
    }

    assert_eq!(seen.after.sentence, page_after.sentence);
    assert_eq!(seen.after.chart.table, page_after.chart.table);
    let mut expected: Vec<String> = standing(&page_before);
    for lost in &seen.lost {
        let gone = format!("{:?} {} {} {}", lost.department, lost.words, lost.from, lost.to);
        let place =
            expected.iter().position(|one| *one == gone).unwrap_or_else(|| panic!("{gone}: {expected:?}"));
        expected.remove(place);
    }
    let found = standing(&page_after);
    for gained in &seen.gained {
        let new = format!("{:?} {} {} {}", gained.department, gained.words, gained.from, gained.to);
        assert!(found.contains(&new), "{new}: {found:?}");
        expected.push(new);
    }
    // One that grew is the same one, with other words.
    assert_eq!(found.len(), expected.len(), "{found:#?}\n{expected:#?}");
    seen
}

#[test]
fn a_wider_window_restates_the_weeks_that_were_foreseen() {
    let bench = company();
    let form = changed(&bench, RIGHT, |form| form.settings.return_window_days = 42.0);
    let seen = same_as_seen(&bench, RIGHT, &form);
    assert!(seen.counts_otherwise && seen.changed > 5, "{}", seen.changed);
    assert!(seen.moves.iter().all(|one| one.would_be < one.was), "a wider window only finds more");
    let far = |one: &plaza_engine::page::definition::WeekMove| one.by.unwrap().abs();
    assert!(seen.moves.windows(2).all(|pair| far(&pair[0]) >= far(&pair[1])), "largest first");
    assert_eq!(seen.changes, ["Window after delivery: 28 days → 42 days"]);

    // Back again: the numbers are what they were.
    let before = company();
    let form = changed(&bench, RIGHT, |form| form.settings.return_window_days = 28.0);
    same_as_seen(&bench, RIGHT, &form);
    assert_eq!(bench.figures(), before.figures());
}

#[test]
fn every_setting_moves_a_number() {
    let mut signals = (0, 0);
    for (label, kind, change) in [
        ("invoice", KEPT, (|form| form.settings.counts_invoice = false) as fn(&mut DefinitionForm)),
        ("days to invoice", KEPT, |form| form.settings.invoicing_days = Some(6.0)),
        ("window", RIGHT, |form| form.settings.return_window_days = 60.0),
        ("returns", RIGHT, |form| form.settings.counts_returns = false),
    ] {
        let bench = company();
        let seen = same_as_seen(&bench, kind, &changed(&bench, kind, change));
        assert!(seen.changed > 3, "{label}: {}", seen.changed);
        signals = (signals.0 + seen.gained.len(), signals.1 + seen.lost.len());
    }
    assert!(signals.0 > 0 && signals.1 > 0, "{signals:?}");
    let bench = company();
    let form = changed(&bench, RIGHT, |form| form.settings.returns_to = Some("production".into()));
    let seen = same_as_seen(&bench, RIGHT, &form);
    assert!(seen.changed == 0 && seen.sharpened > 5, "only whose it is: {}", seen.sharpened);
    let whose = bench.observations(RIGHT.word()).into_iter().flat_map(|one| one.parts);
    assert!(whose.into_iter().all(|part| part.department.as_str() == "production"));
}

#[test]
fn what_was_counted_otherwise_goes_on_with_the_clock_and_with_the_next_pull() {
    let bench = company();
    let form = changed(&bench, RIGHT, |form| form.settings.return_window_days = 60.0);
    keep(&bench, RIGHT, &form, "customers take their time").unwrap();
    let known = by_week(&bench, RIGHT);
    // 60 days are over only after this; a window of 28 days would have been closed for most weeks by now.
    for (days, name) in
        [(20, "sales_2026-04-18.csv"), (25, "sales_2026-05-13.csv"), (30, "sales_2026-06-12.csv")]
    {
        bench.wait_days(days);
        let until: Day = name[6..16].parse().unwrap();
        bench.write(name, &file(until));
        bench.pull(SALES);
    }
    assert_ne!(by_week(&bench, RIGHT), known);
    let anew = Bench::new();
    anew.set_day("2026-06-13");
    let form = changed(&anew, RIGHT, |form| form.settings.return_window_days = 60.0);
    keep(&anew, RIGHT, &form, "the same from the beginning").unwrap();
    anew.write("sales_2026-06-12.csv", &file("2026-06-12".parse().unwrap()));
    anew.pull(SALES);
    let values = |bench: &Bench| -> BTreeMap<String, Option<f64>> {
        by_week(bench, RIGHT).into_iter().map(|(week, one)| (week, value(RIGHT, &one))).collect()
    };
    assert_eq!(values(&bench), values(&anew));
}

#[test]
fn a_restatement_says_which_version_made_it_and_lifts_only_the_signatures_that_it_must() {
    let bench = company();
    let before = by_week(&bench, RIGHT);
    for one in
        before.values().filter(|one| one.denominator > 0 && one.week.sunday() < "2026-03-30".parse().unwrap())
    {
        bench.workspace.sign_week(RIGHT, one.week, one.revision, "").unwrap();
    }
    let form = changed(&bench, RIGHT, |form| form.settings.return_window_days = 42.0);
    let seen = same_as_seen(&bench, RIGHT, &form);
    let moved = seen.moves.iter().find(|one| one.was.is_some()).unwrap();
    assert!(moved.lifts && seen.lifted > 0);
    let week: Week = moved.week.parse().unwrap();
    let now = &by_week(&bench, RIGHT)[&moved.week];
    assert_eq!((now.cause, &now.run, now.definition_version), (Cause::Restatement, &None, 2));
    assert!(now.moved.count > 0 && !now.moved.first.is_empty(), "{:?}", now.moved);
    let panel = WeekPanel::read(&bench.workspace, RIGHT, Basis::Promised, week, Language::En).unwrap();
    assert_eq!(panel.revisions[0].definition, Some(2));
    assert_eq!(panel.revisions[0].definition_reason.as_deref(), Some("we looked at it together"));
    assert_eq!((panel.revisions[1].definition, &panel.revisions[1].definition_reason), (None, &None));
    let lifted = by_week(&bench, RIGHT)
        .values()
        .filter(|one| {
            let panel =
                WeekPanel::read(&bench.workspace, RIGHT, Basis::Promised, one.week, Language::En).unwrap();
            panel.state == plaza_engine::page::WeekState::Restated
        })
        .count();
    assert_eq!(lifted, seen.lifted as usize);
    let untouched = before.iter().find(|(week, was)| by_week(&bench, RIGHT)[*week] == **was);
    assert!(untouched.is_some(), "a week that is counted alike stays as it was signed");
}

#[test]
fn what_only_the_chart_says_publishes_nothing_now_or_with_the_next_pull() {
    let bench = company();
    let before = by_week(&bench, KEPT);
    let form = changed(&bench, KEPT, |form| {
        form.target = None;
        form.rule_set = "wheeler".into();
        form.baseline = Some(12);
        form.screening = true;
        form.decision = "Whether to add a second shift".into();
    });
    let seen = same_as_seen(&bench, KEPT, &form);
    assert_eq!((seen.counts_otherwise, seen.changed, seen.sharpened, seen.lifted), (false, 0, 0, 0));
    assert_ne!(
        (seen.before.lower, seen.before.upper),
        (seen.after.lower, seen.after.upper),
        "a baseline moves limits"
    );
    assert_ne!(seen.before.assurance, seen.after.assurance, "without a target there is nothing to pass");
    assert_eq!(by_week(&bench, KEPT), before);
    bench.pull(SALES);
    assert_eq!(by_week(&bench, KEPT), before, "nor does the next pull publish the same numbers again");
}

#[test]
fn a_version_keeps_who_when_why_and_what_differs() {
    let bench = company();
    let ada = bench.me();
    let form = changed(&bench, KEPT, |form| {
        form.name = "  Promises   kept ".into();
        form.decides = Some(ada.clone());
        form.owners = [("production".to_owned(), ada.clone())].into();
        form.target = Some(92.5);
    });
    keep(&bench, KEPT, &form, "agreed on Monday").unwrap();
    let form = changed(&bench, KEPT, |form| {
        form.settings.counts_invoice = false;
        form.owners.clear();
    });
    keep(&bench, KEPT, &form, "invoices have a number of their own now").unwrap();
    let page = page(&bench, KEPT);
    let [third, second, first] = page.history.as_slice() else { panic!("{:?}", page.history) };
    assert_eq!((first.version, first.changes.len(), first.reason.as_str()), (1, 0, ""));
    assert_eq!((second.version, second.reason.as_str()), (2, "agreed on Monday"));
    assert_eq!(second.by.as_ref(), Some(&ada));
    assert_eq!(
        second.changes,
        [
            "Name: On-time delivery → Promises kept",
            "Who decides: — → Ada",
            "Answers for production: — → Ada",
            "Target: 95% → 92.5%",
        ]
    );
    assert_eq!(
        third.changes,
        ["A late or wrong invoice is a miss: yes → no", "Answers for production: Ada → —"]
    );
    let german = KpiPage::read(&bench.workspace, KEPT, Basis::Promised, Language::De).unwrap();
    assert!(german.history[1].changes.contains(&"Ziel: 95\u{a0}% → 92,5\u{a0}%".to_owned()));
    let list = DefinitionList::read(&bench.workspace, Language::En).unwrap();
    let row = list.rows.iter().find(|row| row.kpi == KEPT).unwrap();
    assert_eq!(
        (row.version, row.name.as_deref(), row.decides.as_deref()),
        (3, Some("Promises kept"), Some("Ada"))
    );
    assert_eq!(row.changes, third.changes);
}

/// A definition beyond those that are built in, as a newer Plaza may have written it.
fn further(nth: usize, active: bool) -> KpiDefinition {
    let definitions = plaza_engine::workspace::default_definitions();
    let first = definitions.into_iter().next().unwrap();
    KpiDefinition {
        kpi: KpiId::from(format!("x-{nth}").as_str()),
        name: format!("Number {nth}"),
        active,
        ..first
    }
}

#[test]
fn an_eighth_is_refused_with_the_names_of_the_seven_and_a_place_is_free_again() {
    let bench = company();
    show(&bench.workspace, KpiKind::LateBacklog, false, Language::En, &Unwatched::default()).unwrap();
    bench.workspace.act((1..=3).map(|nth| Payload::KpiDefined(further(nth, true)))).unwrap();
    let back = |language| show(&bench.workspace, KpiKind::LateBacklog, true, language, &Unwatched::default());
    let words = refused(back(Language::En), "active");
    for name in [
        "7 KPIs",
        "On-time delivery",
        "Order to cash",
        "Right first time",
        "Promise realism",
        "Number 1",
        "Number 3",
    ] {
        assert!(words.contains(name), "{words}");
    }
    assert!(refused(back(Language::De), "active").contains("Termintreue"));
    let form = changed(&bench, KpiKind::LateBacklog, |form| form.active = true);
    refused(keep(&bench, KpiKind::LateBacklog, &form, "we want it back"), "active");

    show(&bench.workspace, KpiKind::OrderToCash, false, Language::En, &Unwatched::default()).unwrap();
    back(Language::En).unwrap();
    assert!(bench.workspace.definition(KpiKind::LateBacklog).unwrap().active);
}

#[test]
fn a_kpi_that_comes_back_to_the_board_has_the_weeks_that_it_missed() {
    let bench = company();
    show(&bench.workspace, RIGHT, false, Language::En, &Unwatched::default()).unwrap();
    let before = by_week(&bench, RIGHT);
    bench.wait_days(14);
    bench.write("sales_2026-04-12.csv", &file("2026-04-12".parse().unwrap()));
    bench.pull(SALES);
    assert_eq!(by_week(&bench, RIGHT), before, "off the board nothing is published");
    let board = Board::read(&bench.workspace, Language::En).unwrap();
    assert!(board.rows.iter().all(|row| row.kpi != RIGHT));

    let seen = look(&bench, RIGHT, &changed(&bench, RIGHT, |form| form.active = true));
    show(&bench.workspace, RIGHT, true, Language::En, &Unwatched::default()).unwrap();
    let after = by_week(&bench, RIGHT);
    assert!(after.len() > before.len());
    let moved = after.iter().filter(|(week, now)| before.get(*week).is_none_or(|was| !was.has_value_of(now)));
    assert_eq!(moved.count(), seen.changed as usize);
    let history = page(&bench, RIGHT).history;
    assert_eq!(history[0].changes, ["Brought back to the board"]);
    assert_eq!(history[1].changes, ["Taken off the board"]);

    for kind in KpiKind::ALL {
        show(&bench.workspace, kind, false, Language::En, &Unwatched::default()).unwrap();
    }
    let board = Board::read(&bench.workspace, Language::En).unwrap();
    assert!(board.rows.is_empty());
    let list = DefinitionList::read(&bench.workspace, Language::En).unwrap();
    assert_eq!((list.active, list.most, list.rows.len()), (0, 7, 5));
}

#[test]
fn what_cannot_be_is_named_by_its_field_and_nothing_is_changed() {
    let bench = company();
    let gone = bench.person("Gone", &[]);
    bench.workspace.person_leaves(&gone, Some("2026-03-01")).unwrap();
    for (path, kind, change) in [
        ("name", KEPT, (|form| form.name = "x".repeat(61)) as fn(&mut DefinitionForm)),
        ("question", KEPT, |form| form.question = "x".repeat(301)),
        ("decides", KEPT, |form| form.decides = Some("nobody".into())),
        ("owners.production", KEPT, |form| form.owners = [("production".into(), "nobody".into())].into()),
        ("owners.nowhere", KEPT, |form| form.owners = [("nowhere".into(), "nobody".into())].into()),
        ("target", KEPT, |form| form.target = Some(101.0)),
        ("target", KpiKind::OrderToCash, |form| form.target = Some(-1.0)),
        ("target", KEPT, |form| form.target = Some(f64::NAN)),
        ("rule_set", KEPT, |form| form.rule_set = "nelson".into()),
        ("baseline", KEPT, |form| form.baseline = Some(11)),
        ("settings.invoicing_days", KEPT, |form| form.settings.invoicing_days = Some(1.5)),
        ("settings.credit_window_days", KEPT, |form| form.settings.credit_window_days = 400.0),
        ("settings.return_window_days", RIGHT, |form| form.settings.return_window_days = 0.0),
        ("settings.returns_to", RIGHT, |form| form.settings.returns_to = Some("nowhere".into())),
        ("settings.counts_returns", RIGHT, |form| {
            let settings = &mut form.settings;
            (settings.counts_returns, settings.counts_credits, settings.counts_disputes) =
                (false, false, false);
        }),
    ] {
        let form = changed(&bench, kind, change);
        refused(keep(&bench, kind, &form, "because"), path);
        refused(definition::check_look(&bench.workspace, kind, &form, Language::De), path);
    }
    let left = changed(&bench, KEPT, |form| form.decides = Some(gone.clone()));
    assert!(refused(keep(&bench, KEPT, &left, "because"), "decides").contains("Gone has left"));
    refused(keep(&bench, KEPT, &form(&bench, KEPT), "because"), "form");
    let good = changed(&bench, KEPT, |form| form.target = Some(90.0));
    refused(keep(&bench, KEPT, &good, "  "), "reason");
    assert_eq!(page(&bench, KEPT).history.len(), 1);
    keep(&bench, KEPT, &good, "because").unwrap();
    assert!(
        matches!(keep(&bench, KEPT, &good, "again"), Err(EngineError::Conflict { .. })),
        "from an old version"
    );
}

/// Stops at once.
struct Stopped(AtomicBool);

impl Watch for Stopped {
    fn progress(&self, _what: &str, _done: u64, _total: u64) {}

    fn cancel(&self) -> &AtomicBool {
        &self.0
    }
}

#[test]
fn a_change_that_is_stopped_or_must_wait_for_a_batch_changes_nothing() {
    let bench = company();
    let (figures, form) =
        (bench.figures(), changed(&bench, RIGHT, |form| form.settings.return_window_days = 42.0));
    let stopped = Stopped(AtomicBool::new(true));
    let outcome = save(&bench.workspace, RIGHT, &form, "because", Language::En, &stopped);
    assert!(matches!(outcome, Err(EngineError::Cancelled)), "{outcome:?}");
    assert_eq!((bench.figures(), page(&bench, RIGHT).history.len()), (figures, 1));

    let approver = bench.workspace.me().unwrap().unwrap();
    let set = CheckpointForm {
        is_on: true,
        approver,
        points_millionths: 100_000,
        ranges_thousandths: 100,
        holds_warnings: false,
        four_eyes: false,
        hours: None,
        reason: "careful".into(),
    };
    bench.workspace.set_checkpoint("sales", &set).unwrap();
    bench.wait_days(1);
    let text = file("2026-03-29".parse().unwrap());
    let fewer: Vec<&str> =
        text.lines().filter(|line| !line.starts_with("S1") || line.len() % 2 == 0).collect();
    bench.write("sales_2026-03-30.csv", &format!("{}\n", fewer.join("\n")));
    assert!(bench.pull(SALES).held);
    let (figures, seen) = (bench.figures(), look(&bench, RIGHT, &form));
    assert!(seen.held.unwrap().contains("Sales orders"));
    assert!(refused(keep(&bench, RIGHT, &form, "because"), "settings").contains("Sales orders"));
    assert_eq!((bench.figures(), page(&bench, RIGHT).history.len()), (figures, 1));
    // What counts nothing otherwise need not wait.
    let words = changed(&bench, RIGHT, |form| form.target = Some(98.0));
    keep(&bench, RIGHT, &words, "higher").unwrap();
}
