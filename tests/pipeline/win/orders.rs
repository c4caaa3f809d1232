//! Wins and the orders that they rest on. Bad inputs first.

use plaza_domain::event::{ContributorReason, Payload, WinId, WinOrder, WinRecorded};
use plaza_engine::page::win::{CustomerView, WinChange, WinForm, WinView};
use plaza_engine::words::Language;

use super::{department, form, read, refused, saved_order};
use crate::bench::{Bench, FLAT, HEAD};

#[test]
fn departments_are_proposed_from_the_journey_with_their_reason() {
    let bench = Bench::new();
    saved_order(&bench);
    let win = bench.workspace.record_win(&WinForm { orders: "A1".into(), ..form("Saved") }).unwrap();
    let view = read(&bench, &win);
    assert_eq!(view.orders_text, "A1/1");
    let proposed: Vec<_> =
        view.proposals.iter().map(|one| (one.contributor.clone(), one.reason.clone())).collect();
    assert_eq!(
        proposed,
        [
            (department("production"), ContributorReason::Carried { legs: 1, kept: 0 }),
            (department("logistics"), ContributorReason::MadeUp { days: 1, legs: 1 }),
        ]
    );
    assert_eq!(bench.workspace.name_proposed(&win).unwrap(), 2);
    assert_eq!(bench.workspace.name_proposed(&win).unwrap(), 0, "nobody is named twice");
    let view = read(&bench, &win);
    assert!(view.proposals.is_empty());
    let logistics = view.contributors.iter().find(|one| one.contributor == department("logistics")).unwrap();
    assert_eq!(logistics.words, "Made up 1 day when the order was late.");
    assert_eq!(logistics.said.as_ref().unwrap().name.as_deref(), Some("Ada"));
}

/// The usual lines with a customer each.
fn lines_with_customers(bench: &Bench) {
    let toml = FLAT.replace("order = \"order\"", "order = \"order\"\ncustomer = \"customer\"");
    let head = HEAD.replace("quantity", "quantity,customer");
    let rows = [
        // Produced a day late, and early at the customer's all the same.
        "A1,1,2026-03-02,2026-03-11,2026-03-10,2026-03-10,5,Meyer",
        "A2,1,2026-03-02,2026-03-11,2026-03-07,2026-03-09,5,Meyer",
        // Arrived more than a quarter of a year before the win; not yet there; somebody else's.
        "A3,1,2025-11-03,2025-11-12,2025-11-10,2025-11-12,5,Meyer",
        "A4,1,2026-03-02,2026-04-11,,,5,Meyer",
        "B1,1,2026-03-02,2026-03-11,2026-03-09,2026-03-11,5,Grün & Söhne",
        "C1,1,2026-03-02,2026-03-11,2026-03-09,2026-03-11,5,",
    ];
    bench.write("lines_2026-03-30.csv", &format!("{head}{}\n", rows.join("\n")));
    bench.pull(&toml);
}

#[test]
fn a_customer_nobody_knows_proposes_nobody_and_can_be_named_all_the_same() {
    let bench = Bench::new();
    lines_with_customers(&bench);
    refused(bench.workspace.record_win(&WinForm { customer: "x".repeat(201), ..form("Saved") }), "customer");
    let win = bench.workspace.record_win(&WinForm { customer: "Nobody".into(), ..form("Saved") }).unwrap();
    let view = read(&bench, &win);
    assert_eq!((view.customer.as_str(), view.customer_lines, view.proposals.len()), ("Nobody", 0, 0));
}

#[test]
fn departments_are_proposed_from_what_arrived_at_the_customer_in_the_quarter_before() {
    let bench = Bench::new();
    lines_with_customers(&bench);
    let known: Vec<(String, u32)> =
        CustomerView::list(&bench.workspace).unwrap().into_iter().map(|one| (one.name, one.lines)).collect();
    assert_eq!(known, [("Grün & Söhne".to_owned(), 1), ("Meyer".to_owned(), 4)]);
    let win = bench.workspace.record_win(&WinForm { customer: "meyer".into(), ..form("Saved") }).unwrap();
    let view = read(&bench, &win);
    assert_eq!(view.customer_lines, 2);
    let mut proposed: Vec<_> =
        view.proposals.iter().map(|one| (one.contributor.clone(), one.reason.clone())).collect();
    proposed.sort();
    assert_eq!(
        proposed,
        [
            (department("logistics"), ContributorReason::MadeUp { days: 1, legs: 1 }),
            (department("production"), ContributorReason::Carried { legs: 2, kept: 1 }),
        ]
    );
    let production = view.proposals.iter().find(|one| one.contributor == department("production")).unwrap();
    assert_eq!(production.words, "Kept its time on 1 of 2 legs.");
    // Orders that are named say more than the customer does.
    let told = WinChange { orders: Some("A2".into()), ..WinChange::default() };
    bench.workspace.change_win(&win, &told).unwrap();
    assert_eq!(read(&bench, &win).customer_lines, 0);
    // What arrived after the day of the win had no part in it.
    let before = WinForm { customer: "Meyer".into(), on: "2026-03-08".into(), ..form("Before") };
    let before = bench.workspace.record_win(&before).unwrap();
    assert_eq!(read(&bench, &before).customer_lines, 0);
}

/// The same order in a second system, there with two lines.
fn two_systems(bench: &Bench) {
    saved_order(bench);
    let other = FLAT.replace("id = \"flat\"", "id = \"shop\"").replace("\"ERP\"", "\"shop\"");
    let other = other.replace("lines*.csv", "shop*.csv").replace("lines_{", "shop_{");
    bench.write(
        "shop_2026-03-30.csv",
        &format!(
            "{HEAD}A1,1,2026-03-02,2026-03-11,2026-03-09,2026-03-11,5\nA1,2,2026-03-02,2026-03-11,,,5\n"
        ),
    );
    bench.pull(&other);
}

#[test]
fn an_order_of_two_systems_is_refused_until_one_of_them_is_named() {
    let bench = Bench::new();
    two_systems(&bench);
    let record =
        |orders: &str| bench.workspace.record_win(&WinForm { orders: orders.into(), ..form("Saved") });
    for word in ["A1", "A1/1", "ERP, A1", "workshop: A1"] {
        refused(record(word), "orders");
    }
    let words = record("A1/1").unwrap_err().to_string();
    assert!(words.contains("ERP, shop") && words.contains("“ERP: A1/1”"), "{words}");
    let win = record("shop: A1, Erp : A1/1").unwrap();
    let view = read(&bench, &win);
    assert_eq!(view.orders_text, "ERP: A1/1, shop: A1/1, A1/2");
    // Only the second one is left: its number alone still means what it meant.
    let told = |orders: &str| WinChange { orders: Some(orders.into()), ..WinChange::default() };
    bench.workspace.change_win(&win, &told("shop: A1/1")).unwrap();
    assert_eq!(read(&bench, &win).orders_text, "A1/1");
    bench.workspace.change_win(&win, &told("A1/1, A1/2")).unwrap();
    let systems: Vec<_> = read(&bench, &win).orders.into_iter().map(|one| one.system).collect();
    assert_eq!(systems, ["shop", "shop"]);
}

#[test]
fn a_device_that_has_no_rows_changes_the_story_and_leaves_the_orders_alone() {
    let bench = Bench::new();
    let workspace = &bench.workspace;
    // As it arrives from the device that pulled the order.
    let order = WinOrder { system: "Elsewhere".into(), order: "A1".into(), line: "1".into() };
    let win: WinId = "w".into();
    let recorded = WinRecorded {
        win: win.clone(),
        title: Some("Saved".into()),
        on: Some("2026-03-30".parse().unwrap()),
        orders: Some(vec![order]),
        ..WinRecorded::default()
    };
    workspace.act([Payload::WinRecorded(recorded)]).unwrap();
    refused(workspace.record_win(&WinForm { orders: "A1".into(), ..form("Other") }), "orders");
    let story = WinChange { story: Some("How".into()), ..WinChange::default() };
    workspace.change_win(&win, &story).unwrap();
    let same = WinChange { orders: Some(" A1/1 ".into()), ..WinChange::default() };
    workspace.change_win(&win, &same).unwrap();
    let more = WinChange { orders: Some("A1/1, A9".into()), ..WinChange::default() };
    refused(workspace.change_win(&win, &more), "orders");
    workspace.withdraw_win(&win, "a mistake").unwrap();
    workspace.restore_win(&win).unwrap();
    let view = read(&bench, &win);
    assert_eq!((view.orders_text.as_str(), view.story.as_str()), ("A1/1", "How"));
    assert!(view.orders[0].journey.is_none() && view.proposals.is_empty());
}

#[test]
fn the_customer_is_that_of_the_orders_where_they_agree_and_nobody_says_otherwise() {
    let bench = Bench::new();
    lines_with_customers(&bench);
    let customer = |orders: &str, customer: &str| {
        let form = WinForm { orders: orders.into(), customer: customer.into(), ..form("Saved") };
        read(&bench, &bench.workspace.record_win(&form).unwrap()).customer
    };
    assert_eq!(customer("A1, B1", ""), "", "two customers");
    assert_eq!(customer("C1", ""), "", "a line without one");
    assert_eq!(customer("A1, A2", ""), "Meyer");
    assert_eq!(customer("A1", "Meyer & Co"), "Meyer & Co");
    let win = bench.workspace.record_win(&form("Saved")).unwrap();
    let told = WinChange { orders: Some("B1".into()), ..WinChange::default() };
    bench.workspace.change_win(&win, &told).unwrap();
    assert_eq!(read(&bench, &win).customer, "Grün & Söhne");
    let nobody = WinChange { customer: Some(" ".into()), ..WinChange::default() };
    bench.workspace.change_win(&win, &nobody).unwrap();
    assert_eq!(read(&bench, &win).customer, "", "a person may take it off again");
}

#[test]
fn the_way_of_each_order_line_stands_on_the_page() {
    let bench = Bench::new();
    saved_order(&bench);
    let win = bench.workspace.record_win(&WinForm { orders: "A1".into(), ..form("Saved") }).unwrap();
    let view = WinView::read(&bench.workspace, &win, Language::De).unwrap();
    let journey = view.orders[0].journey.as_ref().unwrap();
    assert_eq!(
        (journey.promised.as_deref(), journey.reached.as_deref(), journey.lateness_days),
        (Some("2026-03-11"), Some("2026-03-10"), Some(-1))
    );
    let legs: Vec<_> = journey.legs.iter().map(|leg| leg.department.as_str()).collect();
    assert_eq!(legs, ["production", "logistics"]);
}
