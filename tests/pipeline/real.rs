//! Real files, sound and damaged, where they are at hand: their data is not part of this repository. `bad_rows` and
//! `again` have the like made up, small enough to stand alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use plaza_domain::record::{Facts, Field};
use plaza_engine::pull::PullReport;
use plaza_store::intake::Record;

use crate::bench::{Bench, Figures};

/// The day on which the open orders of these files have long been late.
const TODAY: &str = "2026-11-23";

const NORTHWIND: &str = include_str!("../fixtures/integrations/northwind.toml");
const SCMS: &str = include_str!("../fixtures/integrations/scms.toml");
const PURCHASING: &str = include_str!("../fixtures/integrations/adventureworks-purchasing.toml");

/// Olist's orders: marketplace orders, one line each, with timestamps.
const OLIST: &str = r#"
id = "olist"
name = "Olist"
system = "Olist"

[route]
promised_by = "planning"
legs = [{ to = "confirmed", department = "planning" }, { to = "shipped", department = "logistics" }, { to = "delivered", department = "logistics" }]

[[standard]]
days = { confirmed = 1, shipped = 3, delivered = 10 }

[[stream]]
name = "orders"
files = ["orders.csv"]
delivery = "snapshot"

[stream.fields]
order = "order_id"
ordered = "order_purchase_timestamp"
confirmed = "order_approved_at"
shipped = "order_delivered_carrier_date"
delivered = "order_delivered_customer_date"
promised = "order_estimated_delivery_date"

[stream.fields.status]
column = "order_status"
values = { delivered = "closed", shipped = "open", processing = "open", invoiced = "open", created = "open", approved = "open", canceled = "cancelled", unavailable = "cancelled" }
"#;

/// `AdventureWorks`' work orders.
const WORK_ORDERS: &str = r#"
id = "work-orders"
name = "Work orders"
system = "AdventureWorks"

[route]
promise = "produced"
promised_by = "planning"
legs = [{ to = "produced", department = "production" }]

[[standard]]
days = { produced = 10 }

[[stream]]
name = "work-orders"
files = ["orders.csv"]
delivery = "snapshot"

[stream.fields]
order = "WorkOrderID"
product = "ProductID"
ordered = "StartDate"
produced = "EndDate"
promised = "DueDate"
ordered_quantity = "OrderQty"
produced_quantity = "StockedQty"
"#;

/// A file of the data beside the repository; nothing, and a word about it, where that is not there.
pub(crate) fn data(path: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(4)?;
    let shared = std::env::var_os("PLAZA_SHARED").map_or_else(|| root.join("shared"), PathBuf::from);
    let file = shared.join("data").join(path);
    if file.is_file() {
        return Some(file);
    }
    eprintln!("left out: {path} is not at hand (PLAZA_SHARED names the folder that holds `data`)");
    None
}

/// A company that has these files under these names, on that day.
fn company(departments: &[&str], files: &[(&str, &str)]) -> Option<Bench> {
    let bench = Bench::of(departments);
    for (path, name) in files {
        std::fs::copy(data(path)?, bench.files.path().join(name)).unwrap();
    }
    bench.set_day(TODAY);
    Some(bench)
}

/// On time and counted, over all weeks of *Promise kept*.
fn sum(bench: &Bench) -> (i64, i64) {
    bench.kept().values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

fn scms(path: &str) -> Option<(PullReport, Figures)> {
    let bench = company(&["logistics", "planning"], &[(path, "SCMS_Delivery_History_Dataset.csv")])?;
    let report = bench.pull(SCMS);
    Some((report, bench.figures()))
}

#[test]
fn northwind_counts_as_its_readers_counted_it() {
    let Some(bench) = company(&["logistics", "sales"], &[("northwind/orders.csv", "orders.csv")]) else {
        return;
    };
    let report = bench.pull(NORTHWIND);
    assert_eq!((report.records.read, report.records.quarantined, report.journeys), (830, 0, 830));
    // With the open ones, all of them late by now.
    assert_eq!(sum(&bench), (772, 830));
    let backlog = bench.observations("late-backlog");
    let open = backlog.iter().max_by_key(|one| one.week).unwrap().n;
    // Of the shipped ones, as whoever leaves out the open ones counts.
    assert_eq!((772, 830 - open), (772, 809));
}

#[test]
fn both_copies_of_the_scms_history_say_the_same_of_every_week() {
    let Some((report, figures)) = scms("scms/SCMS_Delivery_History_Dataset.csv") else { return };
    let Some((other_report, other)) = scms("scms/alt_iso_fickya1987.csv") else { return };
    assert_eq!((report.records.read, report.records.quarantined, report.journeys), (10_324, 0, 10_324));
    assert_eq!(other_report.records, report.records);
    assert!(figures.len() > 400, "{}", figures.len());
    assert_eq!(figures, other);
}

#[test]
fn the_scms_history_with_lines_that_end_in_a_carriage_return_alone_loads_whole() {
    let Some((report, figures)) = scms("damaged/scms_cr_only_line_ends_HiteshNimbalkar.csv") else { return };
    assert_eq!((report.records.read, report.records.quarantined, report.journeys), (10_324, 0, 10_324));
    if let Some((_, sound)) = scms("scms/SCMS_Delivery_History_Dataset.csv") {
        assert_eq!(figures, sound);
    }
}

#[test]
fn purchase_orders_of_two_joined_files_are_all_made_and_split() {
    let files = [
        ("adventureworks/PurchaseOrderDetail.csv", "PurchaseOrderDetail.csv"),
        ("adventureworks/PurchaseOrderHeader.csv", "PurchaseOrderHeader.csv"),
    ];
    let Some(bench) = company(&["purchasing", "vendors"], &files) else { return };
    let report = bench.pull(PURCHASING);
    assert_eq!((report.records.read, report.records.quarantined), (8_845 + 4_012, 0));
    assert_eq!(report.journeys, 8_845);
    let (kept, counted) = sum(&bench);
    let cancelled: i64 = bench.observations("promise-kept").iter().map(|one| one.cancelled).sum();
    assert_eq!(counted + cancelled, 8_845);
    assert!(kept > 0 && kept < counted, "{kept} of {counted}");
}

#[test]
fn years_that_a_spreadsheet_misread_wait_and_are_never_counted() {
    let path = "damaged/scms_yymmdd_misparse_Masoud2568.csv";
    let Some((report, figures)) = scms(path) else { return };
    // The columns that this integration reads are whole in that copy.
    assert_eq!((report.records.read, report.journeys), (10_324, 10_324));
    if let Some((_, sound)) = scms("scms/SCMS_Delivery_History_Dataset.csv") {
        assert_eq!(figures, sound);
    }
    // A flow that begins with the damaged column.
    let toml = SCMS.replace(
        "ordered = \"Delivered to Client Date\"",
        "ordered = { column = \"PO Sent to Vendor Date\", empty_words = [\"N/A - From RDC\", \"Date Not Captured\"] }",
    );
    let Some(bench) = company(&["logistics", "planning"], &[(path, "SCMS_Delivery_History_Dataset.csv")])
    else {
        return;
    };
    let report = bench.pull(&toml);
    println!("{:?} {:?}", report.records, report.reasons);
    let sound = company(
        &["logistics", "planning"],
        &[("scms/SCMS_Delivery_History_Dataset.csv", "SCMS_Delivery_History_Dataset.csv")],
    );
    if let Some(sound) = sound {
        sound.pull(&toml);
        // Every order date that is counted is one that stands in the sound file.
        let ordered = ordered_days(&sound);
        for (journey, day) in ordered_days(&bench) {
            assert_eq!(ordered.get(&journey), Some(&day), "{journey}");
        }
    }
}

#[test]
fn filled_down_dates_are_warned_about_with_the_column_named() {
    let Some(bench) =
        company(&["logistics", "planning"], &[("damaged/olist_filldown_Suhaniahirwar20.csv", "orders.csv")])
    else {
        return;
    };
    let report = bench.pull(OLIST);
    assert_eq!(report.records.read, 9_999);
    let warning = &report.warnings["repeated-dates"];
    println!("{:?} {warning:?} {:?}", report.records, report.reasons);
    assert!(warning.count >= 1);
}

#[test]
fn dates_that_a_spreadsheet_cut_to_minutes_wait_row_by_row() {
    let path = "damaged/adventureworks_workorder_excel_0000_Hemani18_head2000.csv";
    let Some(bench) = company(&["planning", "production"], &[(path, "orders.csv")]) else { return };
    let report = bench.pull(WORK_ORDERS);
    assert_eq!((report.records.read, report.records.quarantined, report.journeys), (1_999, 1_999, 0));
    assert_eq!(report.reasons.keys().collect::<Vec<_>>(), ["date-lost"]);
    assert!(bench.kept().is_empty());
}

/// The day on which each journey begins, by its key.
fn ordered_days(bench: &Bench) -> BTreeMap<i64, i64> {
    let intake = bench.workspace.intake();
    let mut records = Vec::new();
    intake.view().records_between(1, 0, i64::MAX, &mut records).unwrap();
    let is_counted = |key: i64| intake.view().journey(key).unwrap().is_some();
    let ordered = |record: &Record| Facts(&record.facts).number(Field::Ordered);
    records
        .iter()
        .filter(|record| is_counted(record.key.journey))
        .filter_map(|record| Some((record.key.journey, ordered(record)?)))
        .collect()
}
