//! The pull, end to end, without a window: files in, weeks of the ledger out. Bad inputs first.

mod pages;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use plaza_domain::event::Observation;
use plaza_engine::clock::SetClock;
use plaza_engine::error::EngineError;
use plaza_engine::integration::Integration;
use plaza_engine::pull::{PullReport, Unwatched, pull, release};
use plaza_engine::week::tallies_hold;
use plaza_engine::workspace::{Founding, Workspace};
use plaza_store::intake::{QuarantineFilter, QuarantineState};
use plaza_store::key::MemoryKeys;

const FLAT: &str = r#"
id = "flat"
name = "Flat"
system = "ERP"

[route]
promised_by = "sales"
legs = [
  { to = "produced", department = "production" },
  { to = "delivered", department = "logistics" },
]

[[standard]]
days = { produced = 5, delivered = 2 }

[[stream]]
name = "lines"
files = ["lines*.csv"]
delivery = "snapshot"
snapshot_date = "lines_{yyyy-MM-dd}.csv"

[stream.fields]
order = "order"
line = "line"
ordered = "ordered"
promised = "promised"
produced = "produced"
delivered = "delivered"
ordered_quantity = "quantity"
"#;

const HEAD: &str = "order,line,ordered,promised,produced,delivered,quantity\n";

/// 2026-03-30, a Monday.
const TODAY: &str = "2026-03-30";

struct Bench {
    files: tempfile::TempDir,
    _home: tempfile::TempDir,
    workspace: Workspace,
    clock: Arc<SetClock>,
}

impl Bench {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let day: plaza_domain::day::Day = TODAY.parse().unwrap();
        let clock = Arc::new(SetClock::new(i64::from(day.0) * 86_400_000 + 30_000_000));
        let founding = Founding {
            company: "Test".into(),
            language: plaza_domain::language::Language::En,
            time_zone: plaza_domain::workspace::TimeZone::UTC,
            departments: ["logistics", "production", "sales"]
                .map(|id| (id.parse().ok(), id.to_owned()))
                .to_vec(),
            me: "Ada".into(),
            my_department: None,
        };
        let folder = home.path().join("workspace");
        let (workspace, _) =
            Workspace::found(&folder, &founding, Arc::new(MemoryKeys::default()), clock.clone()).unwrap();
        Self { files: tempfile::tempdir().unwrap(), _home: home, workspace, clock }
    }

    fn write(&self, name: &str, rows: &str) -> &Self {
        std::fs::write(self.files.path().join(name), rows).unwrap();
        self
    }

    fn remove(&self, name: &str) {
        std::fs::remove_file(self.files.path().join(name)).unwrap();
    }

    fn try_pull(&self, toml: &str) -> Result<PullReport, EngineError> {
        pull(
            &self.workspace,
            &Integration::from_toml(toml).unwrap(),
            self.files.path(),
            &Unwatched::default(),
        )
    }

    fn pull(&self, toml: &str) -> PullReport {
        let report = self.try_pull(toml).unwrap();
        assert!(tallies_hold(&self.workspace).unwrap(), "incremental tallies differ from a full count");
        self.parts_add_up();
        report
    }

    fn observations(&self, kpi: &str) -> Vec<Observation> {
        self.workspace.view(|view| view.observations(&kpi.into(), None)).unwrap()
    }

    /// kept, counted, by week, of the latest revisions.
    fn kept(&self) -> BTreeMap<String, (i64, i64)> {
        let all = self.observations("promise-kept");
        all.into_iter().map(|one| (one.week.to_string(), (one.numerator, one.denominator))).collect()
    }

    fn parts_add_up(&self) {
        for kpi in ["promise-kept", "right-first-time"] {
            for one in self.observations(kpi) {
                let parts: i64 = one.parts.iter().map(|part| part.millionths).sum();
                assert_eq!(parts, (one.denominator - one.numerator) * 1_000_000, "{kpi} {}", one.week);
            }
        }
    }

    fn waiting(&self) -> Vec<plaza_store::intake::Quarantined> {
        let filter = QuarantineFilter {
            state: Some(QuarantineState::Waiting),
            limit: 1000,
            ..QuarantineFilter::default()
        };
        self.workspace.intake().view().quarantine(filter).unwrap()
    }
}

fn shared(path: &str) -> Option<std::path::PathBuf> {
    let root = std::env::var_os("PLAZA_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"),
        std::path::PathBuf::from,
    );
    Some(root.join("data").join(path)).filter(|path| path.is_file())
}

#[test]
fn bad_rows_wait_with_their_reasons_and_count_nowhere() {
    let bench = Bench::new();
    let rows = "\
A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5
B,1,2026-03-02,2026-03-10,2026-03-06,00:00.0,5
,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5
C,1,,2026-03-10,2026-03-06,2026-03-09,5
D,1,1026-03-02,2026-03-10,2026-03-06,2026-03-09,5
E,1,2026-03-02,2026-03-10,2026-03-06,2027-03-09,5
F,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,-5
G,1,2026-03-02,2026-03-10,2026-03-06,2026-02-30,5
H,1,2026-03-02
I,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5
I,1,2026-03-02,2026-03-11,2026-03-06,2026-03-09,5
J,1,2026-03-05,2026-03-10,,2026-03-09,5
J,1,2026-03-05,2026-03-10,,2026-03-09,5
";
    let toml = FLAT
        .replace(
            "delivered = \"delivered\"",
            "delivered = { column = \"delivered\", formats = [\"yyyy-MM-dd\"] }",
        )
        .replace("ordered = \"ordered\"", "ordered = { column = \"ordered\", formats = [\"yyyy-MM-dd\"] }");
    let report = bench.write("lines_2026-03-29.csv", &format!("{HEAD}{rows}")).pull(&toml);
    let reasons: Vec<(&str, i64)> =
        report.reasons.iter().map(|(reason, count)| (reason.as_str(), *count)).collect();
    assert_eq!(
        reasons,
        [
            ("damaged", 1),
            ("date-in-future", 1),
            ("date-lost", 1),
            ("date-too-early", 1),
            ("negative-quantity", 1),
            ("no-such-day", 1),
            ("required", 2),
            ("unique-key", 2),
        ]
    );
    assert_eq!(
        (report.records.read, report.records.new, report.records.same, report.records.quarantined),
        (13, 2, 1, 10)
    );
    assert_eq!(report.journeys, 2);
    assert_eq!(bench.kept(), BTreeMap::from([("2026-W11".to_owned(), (2, 2))]));
    assert!(report.warnings.contains_key("duplicate"));
}

#[test]
fn an_ambiguous_date_is_asked_and_nothing_is_changed() {
    let bench = Bench::new();
    let rows = "A,1,01/02/2026,03/04/2026,,,5\nB,1,02/03/2026,05/04/2026,,,5\n";
    let error = bench.write("lines_2026-03-29.csv", &format!("{HEAD}{rows}")).try_pull(FLAT).unwrap_err();
    let EngineError::Question(question) = error else { panic!("{error}") };
    assert_eq!(question.column, "ordered");
    assert!(question.answers.iter().any(|answer| answer.contains("formats")), "{:?}", question.answers);
    assert!(bench.workspace.intake().view().integrations().unwrap().is_empty());
}

#[test]
fn a_missing_column_and_an_unknown_department_are_said_before_anything_is_changed() {
    let bench = Bench::new();
    bench.write("lines_2026-03-29.csv", &format!("{HEAD}A,1,2026-03-02,2026-03-10,,,5\n"));
    let error = bench.try_pull(&FLAT.replace("\"promised\"", "\"promise\"")).unwrap_err().to_string();
    assert!(error.contains("promise") && error.contains("“promised”"), "{error}");
    let error = bench.try_pull(&FLAT.replace("\"sales\"", "\"marketing\"")).unwrap_err().to_string();
    assert!(error.contains("marketing"), "{error}");
    assert!(bench.kept().is_empty());
}

const FIRST: &str = "\
A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5
A,2,2026-03-02,2026-03-10,2026-03-12,2026-03-14,5
B,1,2026-03-03,2026-03-17,2026-03-09,2026-03-20,5
C,1,2026-03-03,2026-03-18,,,5
";

#[test]
fn the_same_file_twice_changes_nothing() {
    let bench = Bench::new();
    bench.write("lines_2026-03-22.csv", &format!("{HEAD}{FIRST}"));
    let first = bench.pull(FLAT);
    assert_eq!((first.records.new, first.journeys), (4, 4));
    let before = bench.observations("promise-kept");
    let second = bench.pull(FLAT);
    assert_eq!((second.records.read, second.records.same, second.records.new), (4, 4, 0));
    assert!(second.weeks_changed.is_empty() && second.files.is_empty());
    assert_eq!(bench.observations("promise-kept"), before);
    assert_eq!(bench.kept(), BTreeMap::from([("2026-W11".into(), (1, 2)), ("2026-W12".into(), (0, 2))]));
}

#[test]
fn a_changed_row_makes_a_version_and_a_missing_one_is_deleted_at_the_source() {
    let bench = Bench::new();
    bench.write("lines_2026-03-22.csv", &format!("{HEAD}{FIRST}"));
    bench.pull(FLAT);
    let second = FIRST.replace("2026-03-14", "2026-03-10").replace("C,1,2026-03-03,2026-03-18,,,5\n", "");
    bench.clock.set(bench.clock_ms() + 1000);
    let report = bench.write("lines_2026-03-23.csv", &format!("{HEAD}{second}")).pull(FLAT);
    assert_eq!((report.records.changed, report.records.deleted, report.records.same), (1, 1, 6));
    let w11 = bench
        .workspace
        .view(|view| view.revisions(&"promise-kept".into(), "2026-W11".parse().unwrap()))
        .unwrap();
    assert_eq!(w11.iter().map(|one| (one.revision, one.numerator)).collect::<Vec<_>>(), [(1, 1), (2, 2)]);
    assert_eq!(w11[1].moved.first, ["A/2"]);
}

#[test]
fn any_order_of_the_same_files_gives_the_same_observations() {
    let second = FIRST.replace("2026-03-14", "2026-03-11").replace("2026-03-17", "2026-03-24");
    let third = second.replace("C,1,2026-03-03,2026-03-18,,,5\n", "").replace("B,1", "D,1");
    let files = [
        ("lines_2026-03-20.csv", FIRST.to_owned()),
        ("lines_2026-03-21.csv", second),
        ("lines_2026-03-22.csv", third),
    ];
    let mut seen = Vec::new();
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1], [0, 2, 1], [1, 0, 2]] {
        let bench = Bench::new();
        for place in order {
            let (name, rows) = &files[place];
            bench.write(name, &format!("{HEAD}{rows}"));
            bench.pull(FLAT);
            bench.remove(name);
        }
        let say = |kpi: &str| -> Vec<_> {
            let all = bench.observations(kpi).into_iter();
            all.map(|one| {
                (one.week, one.numerator, one.denominator, one.n, one.pending, one.cancelled, one.parts)
            })
            .collect()
        };
        seen.push((order, say("promise-kept"), say("late-backlog"), say("promise-realism")));
    }
    for other in &seen[1..] {
        assert_eq!((&other.1, &other.2, &other.3), (&seen[0].1, &seen[0].2, &seen[0].3), "{:?}", other.0);
    }
}

#[test]
fn a_released_row_counts_and_a_mended_one_leaves_quarantine() {
    let bench = Bench::new();
    let rows = "A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\nB,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,-5\nC,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,-7\n";
    bench.write("lines_2026-03-22.csv", &format!("{HEAD}{rows}"));
    bench.pull(FLAT);
    assert_eq!(bench.kept()["2026-W11"], (1, 1));
    let waiting = bench.waiting();
    assert_eq!(waiting.len(), 2);
    assert!(release(&bench.workspace, waiting[0].number, "  ").is_err());
    let b = waiting.iter().find(|row| row.row == 3).unwrap().number;
    release(&bench.workspace, b, "a correction booked as minus").unwrap();
    assert_eq!(bench.kept()["2026-W11"], (2, 2));
    assert!(tallies_hold(&bench.workspace).unwrap());
    let mended = rows.replace("-7", "7");
    let report = bench.write("lines_2026-03-23.csv", &format!("{HEAD}{mended}")).pull(FLAT);
    assert_eq!((report.records.quarantined, report.records.new), (0, 1));
    assert!(bench.waiting().is_empty());
    assert_eq!(bench.kept()["2026-W11"], (3, 3));
}

const JOINED: &str = r#"
id = "joined"
name = "Joined"
system = "ERP"

[route]
promised_by = "sales"
legs = [
  { to = "shipped", department = "logistics" },
  { to = "delivered", department = "logistics" },
]

[[standard]]
days = { shipped = 5, delivered = 2 }

[[stream]]
name = "orders"
files = ["orders.csv"]
delivery = "snapshot"
snapshot_date = "2026-03-29"

[stream.fields]
order = "order"
line = "line"
ordered = "ordered"
promised = "promised"
ordered_quantity = "quantity"

[[stream]]
name = "shipments"
files = ["shipments.csv"]
delivery = "increment"
snapshot_date = "2026-03-29"

[stream.fields]
order = "order"
line = "line"
row_key = "shipment"
shipped = "shipped"
delivered = "delivered"
shipped_quantity = "quantity"
delivered_quantity = "quantity"
"#;

#[test]
fn joined_streams_make_one_journey_of_partial_shipments_and_a_shipment_without_an_order_waits() {
    let bench = Bench::new();
    bench.write(
        "orders.csv",
        "order,line,ordered,promised,quantity\nA,1,2026-03-02,2026-03-10,10\nB,1,2026-03-02,2026-03-10,10\n",
    );
    bench.write(
        "shipments.csv",
        "shipment,order,line,shipped,delivered,quantity\nS1,A,1,2026-03-05,2026-03-06,6\nS2,A,1,2026-03-12,2026-03-13,4\nS3,B,1,2026-03-05,2026-03-06,10\nS4,X,1,2026-03-05,2026-03-06,1\n",
    );
    let report = bench.pull(JOINED);
    assert_eq!(report.journeys, 2);
    assert_eq!(report.reasons, BTreeMap::from([("not-ordered".to_owned(), 1)]));
    // A reached its quantity with the second shipment, three days late.
    assert_eq!(bench.kept()["2026-W11"], (1, 2));
    assert_eq!(bench.waiting().len(), 1);
    bench.write("orders.csv", "order,line,ordered,promised,quantity\nA,1,2026-03-02,2026-03-10,10\nB,1,2026-03-02,2026-03-10,10\nX,1,2026-03-02,2026-03-10,1\n");
    bench.pull(&JOINED.replacen("2026-03-29", "2026-03-30", 1));
    assert_eq!(bench.kept()["2026-W11"], (2, 3));
    assert!(bench.waiting().is_empty());
}

#[test]
fn northwind_counts_as_its_readers_counted_it() {
    let Some(file) = shared("northwind/orders.csv") else { return };
    let bench = Bench::new();
    std::fs::copy(file, bench.files.path().join("orders.csv")).unwrap();
    let report = bench.pull(include_str!("../fixtures/integrations/northwind.toml"));
    assert_eq!((report.records.read, report.records.quarantined, report.journeys), (830, 0, 830));
    let kept = bench.kept();
    let sum = kept.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    assert_eq!(sum, (772, 830));
}

impl Bench {
    fn clock_ms(&self) -> i64 {
        use plaza_engine::clock::Clock;
        self.clock.now_ms()
    }
}

#[test]
fn lost_dates_all_wait_and_filled_down_ones_are_warned_about() {
    let bench = Bench::new();
    let lost = "A,1,00:00.0,00:00.0,,00:00.0,5\nB,1,00:00.0,00:00.0,,00:00.0,5\n";
    let report = bench.write("lines_2026-03-22.csv", &format!("{HEAD}{lost}")).pull(FLAT);
    assert_eq!((report.reasons["date-lost"], report.journeys), (2, 0));

    let bench = Bench::new();
    let rows: String = (0..40)
        .map(|row| format!("O{row},1,2026-03-02 08:{row:02},2026-03-20 00:00,2026-03-05 09:{row:02},2026-03-{:02} 10:17,5\n", 6 + row % 3))
        .collect();
    let report = bench.write("lines_2026-03-22.csv", &format!("{HEAD}{rows}")).pull(FLAT);
    assert!(report.warnings.contains_key("repeated-dates"), "{:?}", report.warnings);
    assert_eq!(report.journeys, 40);
}
