//! The pages behind the board: an order line with its arithmetic, and the raw records behind it. Bad inputs first.

use plaza_domain::journey::Milestone;
use plaza_domain::language::Language;
use plaza_engine::error::EngineError;
use plaza_engine::journey::order::order;
use plaza_engine::page::order::{OrderPage, RecordView};
use plaza_engine::page::palette::Hit;

use super::bench::{FLAT, HEAD};
use super::{Bench, JOINED};

pub(super) const WIDE: &str = r#"
id = "wide"
name = "ERP orders"
system = "ERP"

[route]
promised_by = "sales"
legs = [
  { to = "confirmed", department = "sales" },
  { to = "produced", department = "production" },
  { to = "shipped", department = "logistics" },
  { to = "delivered", department = "logistics" },
  { to = "invoiced", department = "sales" },
]

[[standard]]
days = { confirmed = 1, produced = 6, shipped = 2, delivered = 2, invoiced = 3 }

[[stream]]
name = "lines"
files = ["lines*.csv"]
delivery = "snapshot"
snapshot_date = "lines_{yyyy-MM-dd}.csv"

[stream.fields]
order = "Order"
line = "Line"
customer = "Customer"
ordered = { column = "Ordered", formats = ["yyyy-MM-dd"] }
requested = { column = "Requested", formats = ["yyyy-MM-dd"] }
promised = { column = "Promised", formats = ["yyyy-MM-dd"] }
confirmed = { column = "Confirmed", formats = ["yyyy-MM-dd"] }
produced = { column = "Produced", formats = ["yyyy-MM-dd"] }
shipped = { column = "Shipped", formats = ["yyyy-MM-dd"] }
delivered = { column = "Delivered", formats = ["yyyy-MM-dd"] }
invoiced = { column = "Invoiced", formats = ["yyyy-MM-dd"] }
cancelled_on = { column = "Cancelled", formats = ["yyyy-MM-dd"] }
value = { column = "Value", decimal = "." }
currency = "Currency"
"#;

pub(super) const WIDE_HEAD: &str = "Order,Line,Customer,Ordered,Requested,Promised,Confirmed,Produced,Shipped,Delivered,Invoiced,Cancelled,Value,Currency,Remark\r\n";

/// The worked example, one that is open and late, one that is pending, one cancelled in time and one after the promise
/// was missed, one without a promise, one kept, and one that was invoiced late.
pub(super) const WIDE_ROWS: &str = "\
4711,1,\"Aqua, \"\"Werke\"\"\",2026-03-02,2026-03-13,2026-03-16,2026-03-03,2026-03-15,2026-03-18,2026-03-20,2026-03-21,,18400.50,EUR,\"two\r\nlines\"\r
4711,2,\"Aqua, \"\"Werke\"\"\",2026-03-02,,2026-03-18,2026-03-03,2026-03-12,,,,,10,EUR,\r
4712,1,=1+1,2026-03-23,,2026-04-10,2026-03-24,,,,,,,,\r
4713,1,Molino,2026-03-02,,2026-03-18,2026-03-03,,,,,2026-03-10,,,\r
4714,1,Molino,2026-03-02,,2026-03-18,2026-03-03,,,,,2026-03-25,5,EUR,\r
4715,1,Molino,2026-03-02,,,2026-03-03,,,,,,,,\r
4716,1,Zoe,2026-03-02,,2026-03-17,2026-03-03,2026-03-09,2026-03-11,2026-03-13,2026-03-16,,7,EUR,\r
4717,1,Zoe,2026-03-02,,2026-03-17,2026-03-03,2026-03-09,2026-03-11,2026-03-13,2026-03-24,,7,EUR,\r
";

pub(super) fn wide() -> Bench {
    let bench = Bench::new();
    bench.write("lines_2026-03-29.csv", &format!("{WIDE_HEAD}{WIDE_ROWS}"));
    let report = bench.pull(WIDE);
    assert_eq!((report.journeys, report.records.quarantined), (8, 0), "{:?}", report.reasons);
    bench
}

fn page(bench: &Bench, order: &str, line: &str) -> OrderPage {
    OrderPage::read(&bench.workspace, order, line, None, Language::En).unwrap()
}

/// Kind, label, working and days of each line of the sum.
fn sum(page: &OrderPage) -> Vec<(&str, &str, &str, f64)> {
    let line = |line: &'_ plaza_engine::page::order::ArithmeticLine| (line.days * 100.0).round() / 100.0;
    page.arithmetic
        .iter()
        .map(|one| (one.kind.as_str(), one.label.as_str(), one.working.as_str(), line(one)))
        .collect()
}

#[test]
fn an_order_or_a_record_that_is_not_here_is_said_so() {
    let bench = wide();
    for (order, line) in
        [("4711", "3"), ("0815", "1"), ("", ""), ("4711/1", ""), ("’; DROP TABLE journey", "1")]
    {
        let error = OrderPage::read(&bench.workspace, order, line, None, Language::En).unwrap_err();
        assert!(matches!(error, EngineError::NotFound { .. }), "{error}");
    }
    let known = page(&bench, "4711", "1").records[0].id.clone();
    let other = known.replace("r1-", "r7-");
    for id in [
        "",
        "r",
        "1",
        "r1-2-3",
        other.as_str(),
        "r1-ffffffffffffffff-0",
        &format!("{known}0000000000"),
        "r1--",
    ] {
        let error = RecordView::read(&bench.workspace, id, Language::En).unwrap_err();
        assert!(matches!(error, EngineError::NotFound { .. }), "{id}: {error}");
    }
}

#[test]
fn a_number_that_stands_in_two_systems_is_said_to_and_the_system_can_be_named() {
    let bench = wide();
    let one = page(&bench, "4711", "1");
    assert_eq!((one.system.as_str(), one.systems.as_slice()), ("ERP", &["ERP".to_owned()][..]));
    let report = order(&bench.workspace, "4711", "1", None).unwrap();
    assert_eq!((report.system.as_str(), report.lateness_days), ("ERP", Some(4)));

    let shop =
        FLAT.replace("\"flat\"", "\"shop\"").replace("\"ERP\"", "\"Shop 24\"").replace("lines*", "shop*");
    let shop = shop.replace("lines_{", "shop_{");
    bench.write(
        "shop_2026-03-29.csv",
        &format!("{HEAD}4711,1,2026-03-02,2026-03-16,2026-03-10,2026-03-17,1\n"),
    );
    bench.pull(&shop);
    let both = ["ERP".to_owned(), "Shop 24".to_owned()];
    let of = |system| OrderPage::read(&bench.workspace, "4711", "1", system, Language::En);
    for (system, shown, lateness) in
        [(None, "ERP", 4), (Some("ERP"), "ERP", 4), (Some("Shop 24"), "Shop 24", 1)]
    {
        let page = of(system).unwrap();
        assert_eq!((page.system.as_str(), page.lateness_days), (shown, Some(lateness)), "{system:?}");
        assert_eq!(page.systems, both);
        assert!(page.records.iter().all(|record| record.system == shown));
    }
    assert!(matches!(of(Some("Elsewhere")).unwrap_err(), EngineError::NotFound { .. }));
    assert!(page(&bench, "4712", "1").systems.len() == 1, "only this number stands in both");

    let of = |system| order(&bench.workspace, "4711", "1", system);
    match of(None).unwrap_err() {
        EngineError::SeveralSystems { systems, .. } => assert_eq!(systems, both),
        other => panic!("{other}"),
    }
    assert_eq!(of(Some("Shop 24")).unwrap().lateness_days, Some(1));
    assert!(matches!(of(Some("shop 24")).unwrap_err(), EngineError::NotFound { .. }));

    // Lists and the palette lead to the very order.
    let hits = Hit::search(&bench.workspace, "4711/1").unwrap();
    let addresses: Vec<&str> = hits.iter().map(|hit| hit.address.as_str()).collect();
    assert_eq!(addresses, ["/order/4711/1?system=%22ERP%22", "/order/4711/1?system=%22Shop%2024%22"]);
}

#[test]
fn the_worked_example_is_written_out_as_the_sum_that_it_is() {
    let bench = wide();
    let page = page(&bench, "4711", "1");
    assert_eq!(
        sum(&page),
        [
            ("gap", "Promise gap", "planned end 13 March − promised 16 March", -3.0),
            ("leg", "Confirming", "1 day taken − 1 planned", 0.0),
            ("leg", "Producing", "12 days taken − 6 planned", 6.0),
            ("leg", "Shipping", "3 days taken − 2 planned", 1.0),
            ("leg", "Delivering", "2 days taken − 2 planned", 0.0),
            ("sum", "Lateness", "−3 + 0 + 6 + 1 + 0", 4.0),
            ("share", "production", "4 × 6/7", 3.43),
            ("share", "logistics", "4 × 1/7", 0.57),
        ]
    );
    assert_eq!((page.outcome.as_str(), page.lateness_days, page.gap_days), ("missed", Some(4), Some(-3)));
    assert_eq!((page.counts, page.gap_department.as_deref()), (vec!["late".to_owned()], Some("sales")));
    assert_eq!(page.customer.as_deref(), Some("Aqua, \"Werke\""));
    assert_eq!(
        (
            page.requested.as_deref(),
            page.promised.as_deref(),
            page.agreed.as_deref(),
            page.reached.as_deref()
        ),
        (Some("2026-03-13"), Some("2026-03-16"), None, Some("2026-03-20"))
    );
    assert_eq!(
        (page.value, page.currency.as_deref(), page.lines),
        (Some(18400.5), Some("EUR"), vec!["1".into(), "2".into()])
    );
    let shares: f64 = page.shares.iter().map(|part| part.share).sum();
    assert!((shares - 1.0).abs() < 1e-6 && page.shares.len() == 2);
    let produced = &page.legs[1];
    assert_eq!(
        (produced.planned_to.as_deref(), produced.actual_to.as_deref()),
        (Some("2026-03-09"), Some("2026-03-15"))
    );
    let invoiced = page.legs.last().unwrap();
    assert_eq!((invoiced.to, invoiced.overrun_days, invoiced.joint), (Milestone::Invoiced, Some(-2), false));
    let weeks: Vec<(String, String)> = page.counted_in.into_iter().map(|one| (one.kpi, one.week)).collect();
    assert!(weeks.contains(&("promise-kept".into(), "2026-W12".into())), "{weeks:?}");
}

#[test]
fn the_sum_is_told_in_the_readers_language() {
    let bench = wide();
    for (language, label, working) in [
        (Language::De, "Lücke der Zusage", "geplantes Ende 13. März − zugesagt 16. März"),
        (Language::Es, "Brecha de la promesa", "fin previsto 13 de marzo − prometido 16 de marzo"),
    ] {
        let page = OrderPage::read(&bench.workspace, "4711", "1", None, language).unwrap();
        assert_eq!(
            (page.arithmetic[0].label.as_str(), page.arithmetic[0].working.as_str()),
            (label, working)
        );
    }
}

#[test]
fn an_open_late_line_is_measured_to_the_monday_after_its_week() {
    let bench = wide();
    let page = page(&bench, "4711", "2");
    assert_eq!(page.outcome, "missed");
    // Promised on Wednesday 18 March; the Monday after is the 23rd.
    assert_eq!((page.lateness_days, page.reached.as_deref()), (Some(5), None));
    let running: Vec<_> = page.legs.iter().filter(|leg| leg.running).collect();
    assert_eq!(running.len(), 1);
    assert_eq!((running[0].to, running[0].actual_to.as_deref()), (Milestone::Shipped, Some("2026-03-23")));
    let terms: f64 = page
        .arithmetic
        .iter()
        .filter(|line| ["gap", "leg"].contains(&&*line.kind))
        .map(|line| line.days)
        .sum();
    assert!((terms - 5.0).abs() < f64::EPSILON, "{:?}", sum(&page));
    assert!(page.arithmetic.iter().any(|line| line.working.contains("so far")), "{:?}", sum(&page));
}

#[test]
fn what_is_pending_cancelled_or_without_a_promise_has_nothing_to_add_up() {
    let bench = wide();
    for (order, outcome) in [("4712", "pending"), ("4713", "cancelled"), ("4715", "no_promise")] {
        let page = page(&bench, order, "1");
        assert_eq!(page.outcome, outcome, "{order}");
        assert_eq!((page.lateness_days, page.arithmetic.len(), page.shares.len()), (None, 0, 0), "{order}");
        assert!(page.legs.iter().all(|leg| !leg.running || leg.overrun_days.is_none()), "{order}");
    }
    let cancelled = page(&bench, "4713", "1");
    assert_eq!(
        (cancelled.exceptions[0].kind.as_str(), cancelled.exceptions[0].day.as_deref()),
        ("cancelled", Some("2026-03-10"))
    );
    // Cancelled after the promise had been missed: it stays a miss, measured to that day.
    let late = page(&bench, "4714", "1");
    assert_eq!((late.outcome.as_str(), late.lateness_days), ("missed", Some(7)));
}

#[test]
fn a_miss_on_another_count_than_lateness_names_it() {
    let bench = wide();
    let kept = page(&bench, "4716", "1");
    assert_eq!((kept.outcome.as_str(), kept.lateness_days, kept.shares.len()), ("kept", Some(-4), 0));
    let page = page(&bench, "4717", "1");
    assert_eq!((page.outcome.as_str(), page.counts), ("missed", vec!["invoice_late".to_owned()]));
    let shares: Vec<_> = page
        .arithmetic
        .iter()
        .filter(|line| line.kind == "share")
        .map(|line| line.working.as_str())
        .collect();
    assert_eq!(shares, ["1 (invoiced late)"]);
    assert_eq!((page.shares[0].department.as_str(), page.shares[0].value), ("sales", 1.0));
}

#[test]
fn partial_shipments_are_one_line_with_the_records_of_both_streams() {
    let bench = Bench::new();
    bench.write("orders.csv", "order,line,ordered,promised,quantity\nA,1,2026-03-02,2026-03-10,10\n");
    bench.write(
        "shipments.csv",
        "shipment,order,line,shipped,delivered,quantity\nS1,A,1,2026-03-05,2026-03-06,6\nS2,A,1,2026-03-12,2026-03-13,4\n",
    );
    bench.pull(JOINED);
    let page = page(&bench, "A", "1");
    assert_eq!(
        (page.quantities.ordered, page.quantities.delivered, page.lateness_days),
        (Some(10.0), Some(10.0), Some(3))
    );
    assert!(page.exceptions.iter().any(|one| one.kind == "partial"), "{:?}", page.exceptions);
    let records: Vec<_> = page.records.iter().map(|one| (one.stream.as_str(), one.row)).collect();
    assert_eq!(records.len(), 3);
    assert_eq!(records[0], ("orders", 2));
    let shipment = page.records.iter().find(|one| one.stream == "shipments" && one.row == 3).unwrap();
    let quantity = shipment.cells.iter().find(|cell| cell.column == "quantity").unwrap();
    assert_eq!((quantity.text.as_str(), quantity.read_as.as_deref()), ("4", Some("4")));
    assert_eq!(quantity.fields, ["shipped_quantity", "delivered_quantity"]);
}

#[test]
fn a_record_shows_every_version_with_the_file_run_row_and_cells_that_it_came_from() {
    let bench = wide();
    let first = page(&bench, "4711", "1").records.remove(0);
    assert_eq!(
        (first.version, first.current, first.row, first.file.as_str()),
        (1, true, 2, "lines_2026-03-29.csv")
    );
    assert_eq!((first.system.as_str(), first.owner.as_deref()), ("ERP", Some("Ada")));
    bench.clock.set(bench.clock_ms() + 1000);
    let changed = WIDE_ROWS
        .replace("4711,1,", "9,1,Ada,2026-03-02,,2026-03-19,,,,,,,,,\r\n4711,1,")
        .replace("2026-03-20,2026-03-21", "2026-03-19,2026-03-21");
    bench.write("lines_2026-03-30.csv", &format!("{WIDE_HEAD}{changed}"));
    bench.pull(WIDE);
    let page = page(&bench, "4711", "1");
    assert_eq!(page.lateness_days, Some(3));
    assert_eq!(page.records[0].id, first.id, "a handle stays the same");
    let versions = RecordView::read(&bench.workspace, &first.id, Language::En).unwrap();
    let say = |view: &RecordView| {
        let cell = |column: &str| view.cells.iter().find(|cell| cell.column == column).unwrap().clone();
        (
            view.version,
            view.current,
            view.file.clone(),
            view.row,
            cell("Delivered").text,
            cell("Delivered").read_as,
        )
    };
    assert_eq!(
        versions.iter().map(say).collect::<Vec<_>>(),
        [
            (2, true, "lines_2026-03-30.csv".into(), 3, "2026-03-19".into(), Some("2026-03-19".into())),
            (1, false, "lines_2026-03-29.csv".into(), 2, "2026-03-20".into(), Some("2026-03-20".into())),
        ]
    );
    assert!(versions.iter().all(|one| one.pulled.is_some()) && versions[0].run != versions[1].run);
    let remark = versions[0].cells.iter().find(|cell| cell.column == "Remark").unwrap();
    assert_eq!(
        (remark.text.as_str(), remark.fields.len(), remark.read_as.as_deref()),
        ("two\r\nlines", 0, None)
    );
    // A row below one with a line break in a cell is found where a person would count it.
    let below = OrderPage::read(&bench.workspace, "4711", "2", None, Language::En).unwrap();
    assert_eq!(below.records[0].cells[1].text, "2");
}

#[test]
fn a_moved_promise_is_an_exception_with_its_dates_and_the_first_one_counts() {
    let bench = wide();
    bench.clock.set(bench.clock_ms() + 1000);
    bench.write(
        "lines_2026-03-30.csv",
        &format!("{WIDE_HEAD}{}", WIDE_ROWS.replace("2026-03-13,2026-03-16", "2026-03-13,2026-03-24")),
    );
    bench.pull(WIDE);
    let page = page(&bench, "4711", "1");
    assert_eq!((page.promised.as_deref(), page.lateness_days), (Some("2026-03-16"), Some(4)));
    let moved = page.exceptions.iter().find(|one| one.kind == "date_changed_by_us").unwrap();
    assert_eq!(moved.words, "We moved the date to 24 March; the first promise, 16 March, counts.");
    assert_eq!(moved.day.as_deref(), Some("2026-03-30"));
}

#[test]
fn cells_of_other_encodings_are_read_again_as_they_stand() {
    let rows: Vec<String> =
        (0..3000).map(|row| format!("O{row},1,2026-03-02,2026-03-10,,Zoë {row}\r\n")).collect();
    let text = format!("order,line,ordered,promised,delivered,Kunde\r\n{}", rows.concat());
    let toml = super::FLAT
        .replace("produced = \"produced\"\n", "")
        .replace("ordered_quantity = \"quantity\"", "customer = \"Kunde\"");
    let windows: Vec<u8> = text.chars().map(|one| one as u8).collect();
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [text.clone().into_bytes(), windows, utf16] {
        let bench = Bench::new();
        std::fs::write(bench.files.path().join("lines_2026-03-22.csv"), bytes).unwrap();
        bench.pull(&toml);
        let page = page(&bench, "O2777", "1");
        assert_eq!((page.records[0].row, page.records[0].cells[5].text.as_str()), (2779, "Zoë 2777"));
    }
}
