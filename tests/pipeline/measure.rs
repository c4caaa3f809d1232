//! Measures: weekly numbers that people enter. Bad input first.

use std::collections::BTreeMap;

use plaza_domain::event::{Cause, KpiId, Observation};
use plaza_domain::kpi::KpiKind;
use plaza_domain::kpi::measure::MeasureForm;
use plaza_engine::definition::{define, preview, save, show};
use plaza_engine::error::EngineError;
use plaza_engine::figure::enter;
use plaza_engine::page::board::Board;
use plaza_engine::page::definition::{DefinitionList, DefinitionPage};
use plaza_engine::page::kpi::{JourneyList, JourneyQuery, KpiPage, WeekPanel};
use plaza_engine::page::measure::{FigureForm, FigurePage, NewMeasure};
use plaza_engine::page::{Unit, WeekState};
use plaza_engine::pull::Unwatched;
use plaza_engine::week::{WeekQuery, Which, weeks};
use plaza_engine::words::{Basis, Language};
use proptest::prelude::*;

use crate::bench::{Bench, FLAT, usual, year_of_lines};

/// The last week that is over on the bench's day.
pub(crate) const LAST: &str = "2026-W13";

/// Makes a good form a bad one.
type Change<T> = fn(&mut T);

/// A share in percent, whose parts may be half a point off.
pub(crate) fn accuracy() -> NewMeasure {
    NewMeasure {
        name: "Forecast accuracy".into(),
        question: "How close was the forecast?".into(),
        decision: String::new(),
        form: MeasureForm::Ratio,
        is_percent: true,
        unit_word: String::new(),
        tolerance: 0.5,
        higher_is_better: true,
    }
}

/// A value with a unit of its own.
pub(crate) fn stock() -> NewMeasure {
    NewMeasure {
        name: "Stock".into(),
        form: MeasureForm::Value,
        is_percent: false,
        unit_word: "pallets".into(),
        tolerance: 2.0,
        higher_is_better: false,
        ..accuracy()
    }
}

fn begun(bench: &Bench, form: &NewMeasure) -> KpiId {
    define(&bench.workspace, form, Language::En).unwrap()
}

fn week(week: &str, numerator: f64, denominator: Option<f64>, parts: &[(&str, f64)]) -> FigureForm {
    FigureForm {
        week: week.into(),
        revision: 0,
        numerator: Some(numerator),
        denominator,
        parts: parts.iter().map(|(id, part)| ((*id).to_owned(), *part)).collect(),
    }
}

fn said(bench: &Bench, kpi: &KpiId, form: &FigureForm, reason: &str) -> Result<(), EngineError> {
    enter(&bench.workspace, kpi, form, reason, Language::En)
}

fn page(bench: &Bench, kpi: &KpiId) -> KpiPage {
    KpiPage::read(&bench.workspace, kpi, Basis::Promised, Language::En).unwrap()
}

fn panel(bench: &Bench, kpi: &KpiId, week: &str) -> WeekPanel {
    WeekPanel::read(&bench.workspace, kpi, Basis::Promised, week.parse().unwrap(), Language::En).unwrap()
}

fn published(bench: &Bench, kpi: &KpiId) -> Vec<Observation> {
    bench.observations(kpi.as_str())
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: Result<T, EngineError>, path: &str) -> String {
    match outcome {
        Err(EngineError::Invalid { fields }) => {
            let found = fields.iter().find(|(at, _)| at == path);
            found.unwrap_or_else(|| panic!("{path}: {fields:?}")).1.clone()
        }
        other => panic!("{path}: {other:?}"),
    }
}

#[test]
fn what_a_measure_cannot_be_is_named_by_its_field_and_nothing_begins() {
    let bench = Bench::new();
    let cases: [(&str, Change<NewMeasure>); 9] = [
        ("name", |form| form.name = "  ".into()),
        ("name", |form| form.name = "x".repeat(61)),
        ("name", |form| form.name = "on-time DELIVERY".into()),
        ("name", |form| form.name = "Termintreue".into()),
        ("question", |form| form.question = "x".repeat(301)),
        ("unit_word", |form| form.unit_word = String::new()),
        ("tolerance", |form| form.tolerance = -0.5),
        ("tolerance", |form| form.tolerance = 0.0001),
        ("tolerance", |form| form.tolerance = f64::NAN),
    ];
    for (path, change) in cases {
        let mut form = stock();
        change(&mut form);
        refused(define(&bench.workspace, &form, Language::De), path);
    }
    assert_eq!(DefinitionList::read(&bench.workspace, Language::En).unwrap().rows.len(), 5);
}

#[test]
fn the_word_comes_from_the_name_and_an_eighth_is_refused() {
    let bench = Bench::new();
    let first = begun(&bench, &NewMeasure { name: "Lagertreue für Öl".into(), ..stock() });
    assert_eq!(first.as_str(), "lagertreue-fuer-oel");
    let second = begun(&bench, &NewMeasure { name: "Lagertreue für Oel".into(), ..stock() });
    assert_eq!(second.as_str(), "lagertreue-fuer-oel-2");
    let words = refused(define(&bench.workspace, &accuracy(), Language::En), "active");
    assert!(words.contains("7 KPIs") && words.contains("Lagertreue für Öl"), "{words}");

    show(&bench.workspace, KpiKind::LateBacklog, false, Language::En, &Unwatched::default()).unwrap();
    begun(&bench, &accuracy());
    let board = Board::read(&bench.workspace, Language::En).unwrap();
    assert_eq!(board.rows.len(), 7);
    assert!(board.rows.iter().rev().take(3).all(|row| row.kind == KpiKind::Measure), "measures come last");
}

#[test]
fn a_week_that_cannot_be_is_refused_by_its_field_and_nothing_is_published() {
    let bench = Bench::new();
    let kpi = begun(&bench, &accuracy());
    let good = week(LAST, 93.0, Some(120.0), &[("sales", 50.0), ("production", 43.0)]);
    let cases: [(&str, Change<FigureForm>); 12] = [
        ("week", |form| form.week = "last week".into()),
        ("week", |form| form.week = "2026-W14".into()),
        ("week", |form| form.week = "1989-W50".into()),
        ("numerator", |form| form.numerator = None),
        ("numerator", |form| form.numerator = Some(0.0001)),
        ("numerator", |form| form.numerator = Some(2e9)),
        ("denominator", |form| form.denominator = None),
        ("denominator", |form| form.denominator = Some(0.0)),
        ("denominator", |form| form.denominator = Some(-120.0)),
        ("parts.nowhere", |form| {
            form.parts.insert("nowhere".into(), 0.0);
        }),
        ("parts.sales", |form| {
            form.parts.insert("sales".into(), f64::INFINITY);
        }),
        ("parts", |form| {
            form.parts.insert("sales".into(), 51.0);
        }),
    ];
    for (path, change) in cases {
        let mut form = good.clone();
        change(&mut form);
        refused(said(&bench, &kpi, &form, ""), path);
    }
    assert!(published(&bench, &kpi).is_empty());
    // Half a point of 120 is 0.6: what is within the tolerance passes, and shows as what no department has.
    let off = week(LAST, 93.0, Some(120.0), &[("sales", 50.0), ("production", 43.6)]);
    said(&bench, &kpi, &off, "").unwrap();
    let unassigned = panel(&bench, &kpi, LAST).unassigned.unwrap();
    assert!((unassigned + 0.5).abs() < 1e-9, "{unassigned}");

    for other in [KpiId::from("nothing"), KpiKind::PromiseKept.into()] {
        assert!(matches!(said(&bench, &other, &good, ""), Err(EngineError::NotFound { .. })), "{other}");
    }
}

#[test]
fn parts_that_do_not_add_up_are_named_with_both_sums() {
    let bench = Bench::new();
    let kpi = begun(&bench, &accuracy());
    let off = week(LAST, 93.0, Some(120.0), &[("sales", 50.0), ("production", 44.5)]);
    let outcome = |language| refused(enter(&bench.workspace, &kpi, &off, "", language), "parts");
    assert_eq!(outcome(Language::En), "The parts add up to 94.5, the total is 93.");
    assert_eq!(outcome(Language::De), "Die Anteile ergeben 94,5, die Summe ist 93.");
}

#[test]
fn a_correction_is_a_restatement_with_a_reason_and_the_same_numbers_are_none() {
    let bench = Bench::new();
    let kpi = begun(&bench, &accuracy());
    let first = week(LAST, 93.0, Some(120.0), &[("sales", 50.0), ("production", 43.0)]);
    said(&bench, &kpi, &first, "").unwrap();
    bench.workspace.sign_week(&kpi, LAST.parse().unwrap(), 1, "").unwrap();
    assert_eq!(panel(&bench, &kpi, LAST).state, WeekState::Signed);

    let again = |numerator: f64| FigureForm { revision: 1, numerator: Some(numerator), ..first.clone() };
    assert!(matches!(said(&bench, &kpi, &first, "why"), Err(EngineError::Conflict { .. })), "an old form");
    refused(said(&bench, &kpi, &again(93.4), "  "), "reason");
    refused(said(&bench, &kpi, &again(93.0), "the same again"), "form");
    assert_eq!(published(&bench, &kpi).len(), 1);

    said(&bench, &kpi, &again(93.4), "  one forecast   was missing ").unwrap();
    let panel = panel(&bench, &kpi, LAST);
    assert_eq!((panel.state, panel.revision), (WeekState::Restated, 2));
    let entered = panel.revisions[0].entered.as_ref().unwrap();
    assert_eq!((entered.by.as_deref(), entered.reason.as_str()), (Some("Ada"), "one forecast was missing"));
    assert_eq!(panel.revisions[0].cause, "restatement");
    assert_eq!(panel.revisions[1].value, Some(77.5), "what was published before stays readable");
    assert_eq!((panel.numerator.as_str(), panel.denominator.as_str()), ("93.4", "120"));
    assert_eq!(published(&bench, &kpi)[0].cause, Cause::Restatement);
}

#[test]
fn a_measure_has_a_row_a_page_parts_and_signals_like_any_other() {
    let bench = Bench::new();
    let kpi = begun(&bench, &stock());
    let last: plaza_domain::day::Week = LAST.parse().unwrap();
    for ago in (0..30).rev() {
        // Two kinds of weeks, then one far outside.
        let level = if ago == 0 { 900.0 } else { 100.0 + f64::from(ago % 2) };
        let form = week(
            &last.plus(-ago).to_string(),
            level,
            None,
            &[("logistics", level - 40.0), ("production", 40.0)],
        );
        said(&bench, &kpi, &form, "").unwrap();
    }
    let board = Board::read(&bench.workspace, Language::En).unwrap();
    let row = board.rows.iter().find(|row| row.kpi == kpi).unwrap();
    assert_eq!((row.unit, row.unit_word.as_deref()), (Unit::Number, Some("pallets")));
    let latest = row.latest.as_ref().unwrap();
    assert_eq!((latest.week.as_str(), latest.value, latest.small_n), (LAST, 900.0, false));
    let parts: BTreeMap<&str, f64> =
        row.parts.iter().map(|part| (part.department.as_str(), part.value)).collect();
    assert_eq!(parts, [("logistics", 860.0), ("production", 40.0)].into(), "sales has said nothing");

    let page = page(&bench, &kpi);
    assert_eq!((page.weeks.len(), page.parts.len()), (30, 2));
    assert!(page.signals.iter().any(|signal| signal.rule == "outside" && signal.to == LAST));
    let on_part = |id: &str| page.signals.iter().any(|signal| signal.department.as_deref() == Some(id));
    assert!(on_part("logistics") && !on_part("production"));
    assert_eq!(page.measure.as_ref().unwrap().next_week, LAST);
    let recorded = bench.workspace.view(|view| view.signals(Some(&kpi))).unwrap();
    assert!(
        recorded.iter().any(|signal| signal.found.part.is_none()),
        "it is on record, for agenda and digest"
    );

    let query =
        WeekQuery { kpi: Some(kpi.clone()), which: Which::Latest, basis: Basis::Promised, known_at: None };
    let rows = weeks(&bench.workspace, &query).unwrap();
    assert_eq!((rows.len(), rows[0].value, rows[0].state), (1, Some(900.0), "provisional"));
    let query = JourneyQuery {
        kpi,
        basis: Basis::Promised,
        week: LAST.into(),
        missed_only: false,
        department: None,
        sort: "order".into(),
        descending: false,
        offset: 0,
        limit: 10,
    };
    assert_eq!(JourneyList::read(&bench.workspace, &query).unwrap().total, 0, "no order is behind it");
}

#[test]
fn a_value_in_percent_is_not_multiplied_and_below_nought_is_a_number() {
    let bench = Bench::new();
    let oee = begun(&bench, &NewMeasure { name: "OEE".into(), form: MeasureForm::Value, ..accuracy() });
    said(&bench, &oee, &week(LAST, 81.25, None, &[]), "").unwrap();
    let panel = panel(&bench, &oee, LAST);
    assert_eq!((panel.value, panel.unassigned, panel.parts.len()), (Some(81.25), None, 0));

    let cash = begun(&bench, &NewMeasure { name: "Cash".into(), unit_word: "k€".into(), ..stock() });
    said(&bench, &cash, &week(LAST, -12.5, None, &[("sales", 7.5), ("production", -20.0)]), "").unwrap();
    assert_eq!(page(&bench, &cash).latest.unwrap().value.to_string(), "-12.5");
}

#[test]
fn pulls_and_other_definitions_leave_a_measure_alone_and_a_form_shows_what_stands() {
    let bench = Bench::new();
    let kpi = begun(&bench, &accuracy());
    let form = week(LAST, 93.0, Some(120.0), &[("sales", 93.0)]);
    said(&bench, &kpi, &form, "").unwrap();
    let before = published(&bench, &kpi);
    bench.write("lines_2026-03-30.csv", &year_of_lines(-2, usual));
    bench.pull(FLAT);
    assert_eq!(published(&bench, &kpi), before);

    let read =
        |week: &str| FigurePage::read(&bench.workspace, &kpi, week.parse().unwrap(), Language::En).unwrap();
    assert_eq!(read(LAST).figure, FigureForm { revision: 1, ..form });
    assert_eq!(read("2026-W12").figure, FigureForm { week: "2026-W12".into(), ..FigureForm::default() });
    assert_eq!(read(LAST).weeks[0], LAST);

    let mut form = DefinitionPage::read(&bench.workspace, &kpi).unwrap().form;
    form.target = Some(85.0);
    let seen = preview(&bench.workspace, &kpi, &form, Language::En, &Unwatched::default()).unwrap();
    assert_eq!((seen.changed, seen.counts_otherwise, seen.weeks), (0, false, 1));
    save(&bench.workspace, &kpi, &form, "agreed", Language::En, &Unwatched::default()).unwrap();
    assert_eq!(published(&bench, &kpi), before, "a target republishes nothing");
    form.version = 2;
    form.name = String::new();
    let unnamed = save(&bench.workspace, &kpi, &form, "no name", Language::En, &Unwatched::default());
    refused(unnamed, "name");
}

#[test]
fn an_entry_names_who_made_it_and_what_they_said() {
    let bench = Bench::new();
    let kpi = begun(&bench, &stock());
    said(&bench, &kpi, &week(LAST, 12.0, Some(99.0), &[]), "counted on Friday").unwrap();
    let one = published(&bench, &kpi).remove(0);
    assert_eq!((one.numerator, one.denominator, one.run), (12_000, 1_000, None), "it has no denominator");
    let entered = one.entered.unwrap();
    assert_eq!(entered.by.map(|by| by.to_string()), bench.workspace.me().unwrap().map(|me| me.to_string()));
    assert_eq!(entered.reason, "counted on Friday");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is typed: it is refused and nothing is there, or parts and what nobody has are the value exactly.
    #[test]
    fn what_is_published_adds_up(
        numerator in -90_000i64..90_000,
        denominator in -5i64..9_000,
        sales in -90_000i64..90_000,
        off in -700i64..700,
    ) {
        let bench = Bench::new();
        let kpi = begun(&bench, &accuracy());
        let units = |thousandths: i64| thousandths as f64 / 1_000.0;
        let parts = [("sales", units(sales)), ("production", units(numerator - sales + off))];
        let form = week(LAST, units(numerator), Some(units(denominator)), &parts);
        let is_good = denominator > 0 && off.abs() * 100 * 1_000 <= 500 * denominator;
        prop_assert_eq!(said(&bench, &kpi, &form, "").is_ok(), is_good);
        let all = published(&bench, &kpi);
        prop_assert_eq!(all.len(), usize::from(is_good));
        for one in all {
            let sum: i64 = one.parts.iter().map(|part| part.millionths).sum();
            prop_assert_eq!(sum, (one.numerator + off) * 1_000_000);
            let shown = panel(&bench, &kpi, LAST);
            let parts: f64 = shown.parts.iter().map(|part| part.value).sum();
            let whole = parts + shown.unassigned.unwrap_or(0.0);
            prop_assert!((whole - shown.value.unwrap()).abs() < 1e-6 * (1.0 + whole.abs()));
        }
    }
}
