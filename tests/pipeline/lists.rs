//! The journeys behind a week's number, the same as a file, and finding anything by its name. Bad questions first.

use plaza_domain::kpi::{Basis, KpiKind};
use plaza_domain::language::Language;
use plaza_engine::error::EngineError;
use plaza_engine::page::kpi::{JourneyList, JourneyQuery, WeekPanel};
use plaza_engine::page::palette::Hit;

use super::Bench;
use super::pages::{WIDE, WIDE_HEAD, WIDE_ROWS, wide};

fn query(kpi: KpiKind, week: &str) -> JourneyQuery {
    JourneyQuery {
        kpi,
        basis: Basis::Promised,
        week: week.into(),
        missed_only: false,
        department: None,
        sort: "order".into(),
        descending: false,
        offset: 0,
        limit: 500,
    }
}

fn list(bench: &Bench, query: &JourneyQuery) -> JourneyList {
    JourneyList::read(&bench.workspace, query).unwrap()
}

fn names(list: &JourneyList) -> Vec<String> {
    list.rows.iter().map(|row| format!("{}/{} {}", row.order, row.line, row.outcome)).collect()
}

#[test]
fn a_question_that_cannot_be_is_refused() {
    let bench = wide();
    let w12 = query(KpiKind::PromiseKept, "2026-W12");
    for wrong in [
        JourneyQuery { week: "2026-W60".into(), ..w12.clone() },
        JourneyQuery { week: String::new(), ..w12.clone() },
        JourneyQuery { sort: "lateness; DROP".into(), ..w12.clone() },
    ] {
        let error = JourneyList::read(&bench.workspace, &wrong).unwrap_err();
        assert!(matches!(error, EngineError::Invalid { .. }), "{error}");
    }
    let nobody = JourneyQuery { department: Some("marketing".into()), ..w12.clone() };
    assert!(matches!(JourneyList::read(&bench.workspace, &nobody), Err(EngineError::NotFound { .. })));
    let beyond = JourneyQuery { offset: u32::MAX, limit: u32::MAX, ..w12 };
    let answer = list(&bench, &beyond);
    assert_eq!((answer.total, answer.rows.len()), (6, 0));
    assert_eq!(list(&bench, &query(KpiKind::PromiseKept, "1999-W01")).total, 0);
}

#[test]
fn the_list_of_a_week_is_what_the_week_counts() {
    let bench = wide();
    let all = list(&bench, &query(KpiKind::PromiseKept, "2026-W12"));
    assert_eq!(
        names(&all),
        [
            "4711/1 missed",
            "4711/2 missed",
            "4713/1 cancelled",
            "4714/1 missed",
            "4716/1 kept",
            "4717/1 missed"
        ]
    );
    let mut lists = 0;
    for kind in KpiKind::ALL {
        for one in bench.observations(kind.word()) {
            let list = list(&bench, &query(kind, &one.week.to_string()));
            let count = |outcome: &str| list.rows.iter().filter(|row| row.outcome == outcome).count() as i64;
            let counted = count("kept") + count("missed") + count("counted");
            assert_eq!(
                (counted, count("pending"), count("cancelled")),
                (one.n, one.pending, one.cancelled),
                "{kind:?} {}",
                one.week
            );
            if kind.is_percent() {
                assert_eq!(count("kept"), one.numerator, "{kind:?} {}", one.week);
            }
            // The rows' parts are the parts of the week.
            for part in &one.parts {
                let sum: f64 = list
                    .rows
                    .iter()
                    .flat_map(|row| &row.parts)
                    .filter(|row| row.department == part.department.as_str())
                    .map(|row| row.value)
                    .sum();
                assert!(
                    (sum - part.millionths as f64 / 1e6).abs() < 1e-6,
                    "{kind:?} {} {}",
                    one.week,
                    part.department
                );
            }
            lists += 1;
        }
    }
    assert!(lists > 4, "{lists}");
}

#[test]
fn a_list_is_filtered_sorted_and_cut_as_it_is_asked() {
    let bench = wide();
    let missed = JourneyQuery { missed_only: true, ..query(KpiKind::PromiseKept, "2026-W12") };
    let late = JourneyQuery { sort: "lateness".into(), descending: true, ..missed.clone() };
    let days: Vec<Option<i32>> = list(&bench, &late).rows.iter().map(|row| row.days).collect();
    assert_eq!(days, [Some(7), Some(5), Some(4), Some(-4)]);
    let slice = list(&bench, &JourneyQuery { offset: 1, limit: 2, ..late.clone() });
    assert_eq!((slice.total, names(&slice)), (4, vec!["4711/2 missed".into(), "4711/1 missed".into()]));
    let production = JourneyQuery { department: Some("production".into()), ..missed.clone() };
    assert!(
        list(&bench, &production)
            .rows
            .iter()
            .all(|row| row.parts.iter().any(|part| part.department == "production"))
    );
    assert_eq!(list(&bench, &production).rows[0].order, "4711");
    let by_value =
        JourneyQuery { sort: "value".into(), descending: true, ..query(KpiKind::PromiseKept, "2026-W12") };
    let values: Vec<Option<f64>> = list(&bench, &by_value).rows.iter().map(|row| row.value).collect();
    assert_eq!(values, [Some(18400.5), Some(10.0), Some(7.0), Some(7.0), Some(5.0), None]);
    let by_customer = JourneyQuery { sort: "customer".into(), descending: true, ..missed };
    let customers: Vec<_> =
        list(&bench, &by_customer).rows.into_iter().filter_map(|row| row.customer).collect();
    assert_eq!(customers, ["Zoe", "Molino", "Aqua, \"Werke\"", "Aqua, \"Werke\""]);
}

#[test]
fn against_another_date_the_panel_counts_what_the_list_shows() {
    let bench = wide();
    let week = "2026-W11".parse().unwrap();
    let w11 = JourneyQuery { basis: Basis::Requested, ..query(KpiKind::PromiseKept, "2026-W11") };
    let requested = list(&bench, &w11);
    assert_eq!(names(&requested), ["4711/1 missed"]);
    assert_eq!(
        (requested.rows[0].promised.as_deref(), requested.rows[0].days),
        (Some("2026-03-13"), Some(7))
    );
    // Nothing was promised for that week, so that the KPI itself was not observed.
    let error = WeekPanel::read(&bench.workspace, KpiKind::PromiseKept, Basis::Requested, week, Language::En)
        .unwrap_err();
    assert!(matches!(error, EngineError::NotFound { .. }), "{error}");

    let bench = Bench::new();
    bench.write(
        "lines_2026-03-29.csv",
        &format!(
            "{WIDE_HEAD}{}",
            WIDE_ROWS.replace("2026-03-02,,2026-03-17", "2026-03-02,2026-03-18,2026-03-17")
        ),
    );
    bench.pull(WIDE);
    let week = "2026-W12".parse().unwrap();
    let read =
        |basis| WeekPanel::read(&bench.workspace, KpiKind::PromiseKept, basis, week, Language::En).unwrap();
    let (promised, requested) = (read(Basis::Promised), read(Basis::Requested));
    assert_eq!(
        (promised.numerator.as_str(), promised.denominator.as_str(), promised.revision),
        ("1", "5", 1)
    );
    assert_eq!(
        (requested.numerator.as_str(), requested.denominator.as_str(), requested.revision),
        ("1", "2", 0)
    );
    assert_eq!((requested.value, requested.sign.possible, requested.revisions.len()), (Some(50.0), false, 0));
    assert_eq!(requested.sign.reason.as_deref(), Some("other_basis"));
}

#[test]
fn a_list_is_fresh_after_a_pull() {
    let bench = wide();
    let w12 = query(KpiKind::PromiseKept, "2026-W12");
    assert_eq!(list(&bench, &w12).total, 6);
    assert_eq!(Hit::search(&bench.workspace, "48").unwrap(), []);
    bench.clock.set(bench.clock_ms() + 1000);
    let more = format!("{WIDE_HEAD}{WIDE_ROWS}4801,1,New,2026-03-02,,2026-03-18,,,,,,,,,\r\n");
    bench.write("lines_2026-03-30.csv", &more);
    bench.pull(WIDE);
    assert_eq!(list(&bench, &w12).total, 7);
    assert_eq!(Hit::search(&bench.workspace, "48").unwrap().len(), 1);
}

#[test]
fn an_export_is_the_whole_list_as_a_spreadsheet_may_open_it() {
    let bench = wide();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("misses.csv");
    let path = file.to_str().unwrap();
    let w12 = JourneyQuery { limit: 1, offset: 5, ..query(KpiKind::PromiseKept, "2026-W12") };
    JourneyList::export(&bench.workspace, &w12, path, Language::De).unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap()).unwrap();
    let mut lines = text.split("\r\n");
    assert_eq!(
        lines.next().unwrap(),
        "Auftrag,Position,Kunde,Produkt,Zugesagt,Geliefert,Tage verspätet,Ergebnis,Wert,Währung,Aufteilung,logistics,production,sales"
    );
    assert_eq!(
        lines.next().unwrap(),
        "4711,1,\"Aqua, \"\"Werke\"\"\",,2026-03-16,2026-03-20,4,verfehlt,18400.50,EUR,,0.142857,0.857143,0.000000"
    );
    assert_eq!(text.matches("\r\n").count(), 7);
    // A customer whose name would be a formula.
    JourneyList::export(&bench.workspace, &query(KpiKind::PromiseKept, "2026-W15"), path, Language::En)
        .unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("4712,1,'=1+1,,2026-04-10,,,pending,"), "{text}");
    let error =
        JourneyList::export(&bench.workspace, &w12, "/none/of/these/misses.csv", Language::En).unwrap_err();
    assert!(error.to_string().contains("could not be written"), "{error}");
}

#[test]
fn anything_is_found_by_its_name_and_orders_by_their_beginning() {
    let bench = wide();
    let found = |query: &str| -> Vec<(String, String, String)> {
        let hits = Hit::search(&bench.workspace, query).unwrap();
        hits.into_iter().map(|hit| (hit.kind, hit.title, hit.address)).collect()
    };
    for nothing in ["", "   ", "zzz", "4711/9", "’; DROP", &"x".repeat(10_000)] {
        assert_eq!(found(nothing), [], "{nothing}");
    }
    let order = |order: &str, line: &str| {
        ("order".to_owned(), format!("{order} / {line}"), format!("/order/{order}/{line}"))
    };
    assert_eq!(found("4711"), [order("4711", "1"), order("4711", "2")]);
    assert_eq!(found("4711/2"), [order("4711", "2")]);
    assert_eq!(found(" 4711 / 2 "), [order("4711", "2")]);
    let beginning = found("471");
    assert_eq!(beginning.len(), 7);
    assert_eq!(beginning[1], order("4712", "1"));
    assert_eq!(found("ada"), [("person".into(), "Ada".into(), "/workspace/people".into())]);
    assert_eq!(found("Logís"), [("department".into(), "logistics".into(), "/workspace/people".into())]);
    assert_eq!(
        found("erp orders"),
        [("integration".into(), "ERP orders".into(), "/integrations/wide".into())]
    );
    assert_eq!(found("termintreue"), [("kpi".into(), "On-time delivery".into(), "/kpi/promise-kept".into())]);
    let hits = Hit::search(&bench.workspace, "4714").unwrap();
    assert_eq!(hits[0].detail.as_deref(), Some("Molino · ERP"));
}

#[test]
fn a_search_never_shows_more_than_twenty() {
    let bench = Bench::new();
    let rows: String =
        (0..60).map(|row| format!("{},1,X,2026-03-02,,2026-03-18,,,,,,,,,\r\n", 900_000 + row)).collect();
    bench.write("lines_2026-03-29.csv", &format!("{WIDE_HEAD}{rows}"));
    bench.pull(WIDE);
    let hits = Hit::search(&bench.workspace, "9").unwrap();
    assert_eq!(
        (hits.len(), hits[0].title.as_str(), hits[19].title.as_str()),
        (20, "900000 / 1", "900019 / 1")
    );
}
