//! Several files that make one journey, joined by order and line, through the wizard alone: looked at, suggested,
//! previewed, counted, saved, pulled.

use plaza_domain::record::Field;
use plaza_engine::draft;
use plaza_engine::integration::{Delivery, Integration, LegTable, Stream};

use super::{draft_of, words};
use crate::bench::Bench;

const ORDERS: &str = "\
Order No,Line No,Order Date,Promised Date,Quantity,Status
A,1,2026-01-05,2026-01-23,10,open
A,2,2026-01-05,2026-01-23,5,open
B,1,2026-01-06,2026-04-17,4,open
";
const PRODUCTIONS: &str = "\
Lot,Order No,Line No,Produced on,Quantity
P1,A,1,2026-01-10,6
P2,A,1,2026-01-14,4
P3,A,2,2026-01-12,5
";
const SHIPMENTS: &str = "\
Shipment No,Order No,Line No,Shipped,Delivered,Quantity
S1,A,1,2026-01-15,2026-01-16,6
S2,A,1,2026-01-24,2026-01-26,4
S3,A,2,2026-01-19,2026-01-20,5
S4,X,1,2026-01-19,2026-01-20,1
";
const INVOICES: &str = "\
Invoice No,Order No,Invoice Date
R1,A,2026-01-27
";
const PAYMENTS: &str = "\
Payment No,Order No,Paid on
Z1,A,2026-02-20
";

const LEGS: [(&str, &str); 5] = [
    ("produced", "production"),
    ("shipped", "logistics"),
    ("delivered", "logistics"),
    ("invoiced", "sales"),
    ("paid", "sales"),
];

/// The wizard's files, looked at, with the way of an order that a person chose.
fn chosen(bench: &Bench, files: &[&str]) -> Integration {
    let report = bench.look(files).unwrap();
    let streams: Vec<Stream> = report.tables.iter().map(|table| table.suggestion.clone()).collect();
    let mut draft = draft_of(streams, &LEGS.map(|(milestone, _)| milestone));
    draft.route.promise = plaza_domain::journey::Milestone::Delivered;
    draft.standards[0].days.insert(plaza_domain::journey::Milestone::Invoiced, 10);
    for (leg, (_, department)) in draft.route.legs.iter_mut().zip(LEGS) {
        *leg = LegTable { department: department.into(), ..leg.clone() };
    }
    draft
}

fn five(bench: &Bench) -> Integration {
    bench
        .write("orders.csv", ORDERS)
        .write("productions.csv", PRODUCTIONS)
        .write("shipments.csv", SHIPMENTS)
        .write("invoices.csv", INVOICES)
        .write("payments.csv", PAYMENTS);
    let mut draft =
        chosen(bench, &["orders.csv", "productions.csv", "shipments.csv", "invoices.csv", "payments.csv"]);
    for stream in &mut draft.streams[1..] {
        stream.delivery = Delivery::Increment;
    }
    draft
}

#[test]
fn a_file_that_does_not_fit_the_others_is_a_problem_of_its_stream_alone() {
    let bench = Bench::new();
    let mut draft = five(&bench);
    draft.streams[2].fields.remove(&Field::Order);
    draft.streams[3].files = vec![bench.path("gone.csv")];
    let preview = bench.preview(&draft);
    let of = |place: usize| {
        let name = Some(draft.streams[place].name.as_str());
        preview.problems.iter().filter(|problem| problem.stream.as_deref() == name).count()
    };
    assert_eq!([of(0), of(1), of(2), of(3), of(4)], [0, 0, 1, 1, 0], "{:?}", words(&preview));
    assert_eq!(preview.streams[4].rows.len(), 1);
    assert!(bench.count(&draft).is_err());
}

#[test]
fn five_files_with_partial_shipments_become_journeys_through_the_wizard_alone() {
    let bench = Bench::new();
    let draft = five(&bench);
    let names: Vec<&str> = draft.streams.iter().map(|stream| stream.name.as_str()).collect();
    assert_eq!(names, ["orders", "productions", "shipments", "invoices", "payments"]);
    let preview = bench.preview(&draft);
    assert!(preview.problems.is_empty(), "{:?}", words(&preview));
    assert_eq!(preview.streams.iter().map(|stream| stream.rows.len()).collect::<Vec<_>>(), [3, 3, 4, 1, 1]);
    let counts = bench.count(&draft).unwrap();
    assert_eq!((counts.read, counts.journeys, counts.quarantined), (12, 3, 1), "{counts:?}");
    assert_eq!(counts.reasons[0].rule, "not-ordered");

    draft::save(&bench.workspace, &draft, "five files", false).unwrap();
    let saved = bench.workspace.view(|view| view.integration(&"orders".into())).unwrap().unwrap();
    let pulled = bench.pull(&saved.current.toml);
    assert_eq!((pulled.records.read, pulled.journeys, pulled.records.quarantined), (12, 3, 1));
    // A/1 was whole with the second shipment, after its promise; A/2 in time; B is not due yet.
    assert_eq!(bench.kept()["2026-W04"], (1, 2));
    let page = |line: &str| {
        plaza_engine::page::order::OrderPage::read(
            &bench.workspace,
            "A",
            line,
            None,
            plaza_domain::language::Language::En,
        )
        .unwrap()
    };
    let told = serde_json::to_string(&page("1")).unwrap();
    for day in ["2026-01-14", "2026-01-26", "2026-01-27", "2026-02-20"] {
        assert!(told.contains(day), "{day} is not on the order's page: {told}");
    }
    // The invoice names no line: it is about both.
    assert!(serde_json::to_string(&page("2")).unwrap().contains("2026-01-27"));
    // The same files again change nothing; the order that the shipment waited for takes it in.
    let again = bench.pull(&saved.current.toml);
    assert_eq!((again.records.new, again.records.changed, again.weeks_changed.len()), (0, 0, 0));
    bench.wait_days(1);
    bench.write("orders.csv", &format!("{ORDERS}X,1,2026-01-06,2026-01-23,1,open\n"));
    let mended = bench.pull(&saved.current.toml);
    assert_eq!((mended.journeys, bench.waiting().len()), (4, 0));
}

/// Each row is fine by itself; together they say that more was shipped than ordered.
#[test]
fn what_rows_of_several_files_say_together_warns_in_the_count_and_in_the_pull_unless_it_is_off() {
    let bench = Bench::new();
    bench.write("orders.csv", ORDERS);
    bench.write("shipments.csv", &SHIPMENTS.replace("2026-01-26,4", "2026-01-26,7").replace("S4,X", "S4,B"));
    let mut draft = chosen(&bench, &["orders.csv", "shipments.csv"]);
    let passes =
        |milestone: plaza_domain::journey::Milestone| ["shipped", "delivered"].contains(&milestone.word());
    draft.route.legs.retain(|leg| passes(leg.to));
    draft.standards[0].days.retain(|milestone, _| passes(*milestone));
    let counts = bench.count(&draft).unwrap();
    assert!(counts.warnings.iter().any(|words| words.contains("13") && words.contains("10")), "{counts:?}");
    let pulled = bench.pull(&draft.to_toml().unwrap());
    assert_eq!(pulled.warnings["quantity-order"].count, 1);
    let off = Bench::new();
    for stream in &mut draft.streams {
        let name = stream.files[0].rsplit('/').next().unwrap().to_owned();
        std::fs::copy(&stream.files[0], off.files.path().join(&name)).unwrap();
        stream.files = vec![off.path(&name)];
    }
    draft.rules.severity.insert("quantity-order".into(), plaza_engine::integration::Severity::Off);
    assert!(off.count(&draft).unwrap().warnings.is_empty());
    assert!(off.pull(&draft.to_toml().unwrap()).warnings.is_empty());
}
