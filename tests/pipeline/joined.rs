//! Several streams that make one journey.

use std::collections::BTreeMap;

use crate::bench::Bench;

pub(crate) const JOINED: &str = r#"
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
fn a_shipment_without_an_order_still_waits_when_it_is_sent_again_and_no_longer_when_it_is_withdrawn() {
    let toml = JOINED.replace(
        "\"shipments.csv\"]\ndelivery = \"increment\"\nsnapshot_date = \"2026-03-29\"",
        "\"shipments_*.csv\"]\ndelivery = \"snapshot\"\nsnapshot_date = \"shipments_{yyyy-MM-dd}.csv\"",
    );
    assert_ne!(toml, JOINED);
    let bench = Bench::new();
    bench.write("orders.csv", "order,line,ordered,promised,quantity\nA,1,2026-03-02,2026-03-10,10\n");
    let head = "shipment,order,line,shipped,delivered,quantity\nS1,A,1,2026-03-05,2026-03-06,10\n";
    let lost = "S4,X,1,2026-03-05,2026-03-06,1\n";
    bench.write("shipments_2026-03-20.csv", &format!("{head}{lost}")).pull(&toml);
    assert_eq!(bench.waiting().len(), 1);
    bench
        .write("shipments_2026-03-21.csv", &format!("{head}{lost}S5,A,1,2026-03-06,2026-03-07,1\n"))
        .pull(&toml);
    assert_eq!(bench.waiting().len(), 1);
    bench.write("shipments_2026-03-22.csv", head).pull(&toml);
    assert!(bench.waiting().is_empty());
}
