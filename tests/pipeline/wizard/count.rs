//! All rows of a draft counted, as the pull then does.

use std::sync::atomic::AtomicBool;

use plaza_domain::language::Language;
use plaza_domain::record::Field;
use plaza_engine::draft;
use plaza_engine::error::EngineError;
use plaza_engine::integration::Integration;
use plaza_engine::pull::Watch;

use super::{column, draft_of, words};
use crate::bench::{Bench, FLAT, HEAD};
use crate::joined::JOINED;

#[test]
fn placeholder_words_are_counted_and_wait_until_a_person_says_what_they_stand_for() {
    let bench = Bench::new();
    let rows: String = (1..=28)
        .map(|day| format!("O{day},2026-03-{day:02},TBC\nP{day},2026-03-{day:02},2026-04-{day:02}\n"))
        .collect();
    bench.write("orders.csv", &format!("order,ordered,promised\n{rows}"));
    let report = bench.look(&["orders.csv"]).unwrap();
    let promised = column(&report, "promised");
    assert_eq!((promised.kind.as_str(), promised.date_words.len()), ("date", 1));
    assert_eq!((promised.date_words[0].word.as_str(), promised.date_words[0].count), ("TBC", 28));
    let mut draft = draft_of(vec![report.tables[0].suggestion.clone()], &["delivered"]);
    assert!(bench.preview(&draft).problems.is_empty(), "{:?}", words(&bench.preview(&draft)));
    let preview = bench.preview(&draft);
    assert!(preview.streams[0].rows[0].reasons[0].contains("TBC"), "{:?}", preview.streams[0].rows[0]);
    let counts = bench.count(&draft).unwrap();
    assert_eq!((counts.read, counts.quarantined, counts.journeys, counts.without_promise), (56, 28, 28, 0));
    assert_eq!(counts.reasons[0].rule, "not-a-date");
    let read = serde_json::json!({ "column": "promised", "empty_words": ["TBC"] });
    draft.streams[0].fields.insert(Field::Promised, serde_json::from_value(read).unwrap());
    let counts = bench.count(&draft).unwrap();
    assert_eq!((counts.quarantined, counts.journeys, counts.without_promise), (0, 56, 28));
    assert_eq!(
        (counts.first_week.as_deref(), counts.last_week.as_deref()),
        (Some("2026-W14"), Some("2026-W18"))
    );
}

/// The wizard's count is what the pull does with the same files.
#[test]
fn a_count_says_what_the_pull_then_does() {
    let text = FLAT.replace(
        "[stream.fields]",
        "[stream.fields]\nchanged_at = { column = \"changed\", formats = [\"ISO\"] }",
    );
    let head = HEAD.replace('\n', ",changed\n");
    let days = ["2026-03-20", "2026-03-21", "2026-03-22"];
    let bench = Bench::new();
    for (place, day) in days.into_iter().enumerate() {
        let rows: String = (0..60)
            .filter(|row| (row + place) % 7 != 3)
            .map(|row| {
                let ordered = 2 + row % 20;
                let order = format!("O{}", row % 40);
                let quantity = if row % 13 == 5 { -1 } else { 5 };
                let promised = 10 + (row + place) % 15;
                let changed = if row % 2 == 0 { format!("{day}T08:00:00") } else { String::new() };
                format!(
                    "{order},{},2026-03-{ordered:02},2026-03-{promised:02},,,{quantity},{changed}\n",
                    row % 3
                )
            })
            .collect();
        bench.write(&format!("lines_{day}.csv"), &format!("{head}{rows}X,1,broken\n"));
    }
    let mut draft = Integration::from_toml(&text).unwrap();
    draft.streams[0].files = vec![bench.path("lines*.csv")];
    for field in [Field::Ordered, Field::Promised] {
        let name = if field == Field::Ordered { "ordered" } else { "promised" };
        let read = serde_json::json!({ "column": name, "formats": ["yyyy-MM-dd"] });
        draft.streams[0].fields.insert(field, serde_json::from_value(read).unwrap());
    }
    assert!(bench.preview(&draft).problems.is_empty(), "{:?}", words(&bench.preview(&draft)));
    let before = std::fs::metadata(bench.workspace.folder().join("intake.db")).unwrap().len();
    let counts = bench.count(&draft).unwrap();
    assert_eq!(std::fs::metadata(bench.workspace.folder().join("intake.db")).unwrap().len(), before);
    assert!(bench.workspace.intake().view().integrations().unwrap().is_empty());
    let report = bench.pull(&draft.to_toml().unwrap());
    assert_eq!(i64::from(counts.read), report.records.read);
    assert_eq!(i64::from(counts.journeys), report.journeys);
    assert_eq!(i64::from(counts.quarantined), report.records.quarantined);
    let reasons: std::collections::BTreeMap<String, i64> =
        counts.reasons.iter().map(|reason| (reason.rule.clone(), i64::from(reason.rows))).collect();
    assert_eq!(reasons, report.reasons);
    assert!(counts.quarantined > 0 && counts.journeys > 30);
}

#[test]
fn joined_streams_are_counted_as_journeys_and_a_shipment_without_an_order_waits() {
    let bench = Bench::new();
    bench.write(
        "orders.csv",
        "order,line,ordered,promised,quantity\nA,1,2026-03-02,2026-03-10,10\nB,1,2026-03-02,2026-03-17,10\n",
    );
    bench.write(
        "shipments.csv",
        "shipment,order,line,shipped,delivered,quantity\nS1,A,1,2026-03-05,2026-03-06,6\nS2,A,1,2026-03-12,2026-03-13,4\nS3,X,1,2026-03-05,2026-03-06,1\n",
    );
    let mut draft = Integration::from_toml(JOINED).unwrap();
    for stream in &mut draft.streams {
        stream.files = stream.files.iter().map(|file| bench.path(file)).collect();
    }
    let counts = bench.count(&draft).unwrap();
    assert_eq!((counts.read, counts.journeys, counts.quarantined), (5, 2, 1));
    assert_eq!(counts.reasons[0].rule, "not-ordered");
    assert_eq!(
        (counts.first_week.as_deref(), counts.last_week.as_deref()),
        (Some("2026-W11"), Some("2026-W12"))
    );
}

#[derive(Default)]
struct Stopped(AtomicBool, std::sync::Mutex<Vec<(String, u64, u64)>>);

impl Watch for Stopped {
    fn progress(&self, what: &str, done: u64, total: u64) {
        self.1.lock().unwrap().push((what.to_owned(), done, total));
        self.0.store(what == "reading", std::sync::atomic::Ordering::Relaxed);
    }
    fn cancel(&self) -> &AtomicBool {
        &self.0
    }
}

#[test]
fn a_count_says_how_far_it_is_and_can_be_stopped() {
    let bench = Bench::new();
    bench.write("orders.csv", "order,ordered\nA,2026-03-20\nB,2026-03-20\n");
    let stream = bench.look(&["orders.csv"]).unwrap().tables.remove(0).suggestion;
    let watch = Stopped::default();
    let draft = draft_of(vec![stream], &["delivered"]);
    let stopped = draft::count(&bench.workspace, &draft, Language::En, &watch);
    assert!(matches!(stopped, Err(EngineError::Cancelled)));
    let seen = watch.1.lock().unwrap();
    assert_eq!(*seen, [("looking".into(), 0, 0), ("reading".into(), 2, 2)]);
}
