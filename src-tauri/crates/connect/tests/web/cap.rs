//! A real `OData` server, as SAP builds them (`tests/servers/cap`), in both versions.

use plaza_connect::Cursor;
use plaza_connect::system::{FieldType, Range, System};

use crate::servers::Cap;
use crate::{ONCE, Talk, by, goes_on_behind_each_block, open, read, request, whole};

fn system(cap: &Cap, version: u8) -> Box<dyn System> {
    open(cap.connection(version), ONCE).unwrap()
}

const DELIVERY: [&str; 6] =
    ["item.order.SalesOrder", "item.Item", "PlannedGoodsIssue", "ActualGoodsIssue", "Quantity", "modifiedAt"];

/// One server for all that is asked of it: it takes longer to start than to answer.
#[test]
#[ignore = "needs an OData server: `cargo xtask test` installs and starts it"]
fn a_real_service_gives_the_same_in_both_versions() {
    let cap = Cap::start();
    offers_the_same(&cap);
    gives_the_same_rows(&cap);
    goes_on(&cap);
    asks_for_little(&cap);
    refuses_in_words(&cap);
}

fn offers_the_same(cap: &Cap) {
    let found = [4, 2].map(|version| {
        let (system, talk) = (system(cap, version), Talk::new());
        let answered = talk.with(|ask| system.check(ask)).unwrap();
        assert_eq!(answered.product, format!("OData {version}.0"));
        assert!(answered.notes.is_empty(), "this computer's own wire needs no protection");
        talk.with(|ask| system.discover(ask)).unwrap()
    });
    let names: Vec<&str> = found[0].iter().map(|stream| stream.name.as_str()).collect();
    assert_eq!(names, ["A_SalesOrder", "A_SalesOrderItem", "A_Delivery"]);
    // The versions list their fields in different orders.
    let sorted = found.map(|streams| {
        streams
            .into_iter()
            .map(|mut stream| {
                stream.fields.sort_by(|a, b| a.name.cmp(&b.name));
                stream
            })
            .collect::<Vec<_>>()
    });
    assert_eq!(sorted[0], sorted[1]);
    let field =
        |stream: usize, name: &str| sorted[0][stream].fields.iter().find(|field| field.name == name).unwrap();
    assert_eq!((field(0, "ID").is_key, field(0, "ID").kind), (true, FieldType::Integer));
    assert_eq!(field(0, "SalesOrder").label.as_deref(), Some("Order"));
    assert_eq!(field(0, "TotalNetAmount").kind, FieldType::Decimal);
    assert_eq!(field(1, "order.SalesOrder").kind, FieldType::Text);
    assert_eq!(field(2, "item.order.RequestedDeliveryDate").kind, FieldType::Date);
    assert_eq!(field(2, "modifiedAt").kind, FieldType::Timestamp);
}

fn gives_the_same_rows(cap: &Cap) {
    let cases: [(&str, &[&str], usize); 4] = [
        ("A_SalesOrder", &[], 2_000),
        (
            "A_SalesOrderItem",
            &["ID", "order_ID", "order.SalesOrder", "Item", "Material", "OrderQuantity"],
            6_000,
        ),
        ("A_Delivery", &DELIVERY, 6_000),
        ("A_Delivery", &["item/order/SoldToParty"], 6_000),
    ];
    for (stream, fields, count) in cases {
        let mut wanted = request(stream, fields);
        wanted.page_rows = 1_000;
        let [v4, v2] = [4, 2].map(|version| whole(&*system(cap, version), &wanted, &Cursor::start()));
        assert_eq!(v4.columns, v2.columns);
        let (v4, v2) = (v4.rows(), v2.rows());
        assert_eq!(v4.len(), count, "{stream}");
        for (a, b) in v4.iter().zip(&v2) {
            assert_eq!(a, b, "{stream}");
        }
        assert_eq!(v4.len(), v2.len());
    }
    let wanted = plaza_connect::system::Request { page_rows: 1_000, ..request("A_Delivery", &DELIVERY) };
    let rows = whole(&*system(cap, 2), &wanted, &Cursor::start()).rows();
    assert_eq!(rows[0], ["4500000001", "10", "2026-06-01", "2026-06-01", "5.000", "2026-06-03T10:00:00Z"]);
    assert!(rows.iter().all(|row| row[4] == "5.000"), "all are delivered in full");
    assert_eq!(
        rows.iter().filter(|row| row[3] <= row[2]).count(),
        3_000,
        "half of them on the day or before"
    );
    let orders = whole(
        &*system(cap, 4),
        &request("A_SalesOrder", &["SalesOrder", "TotalNetAmount"]),
        &Cursor::start(),
    );
    assert_eq!(orders.rows()[9], ["4500000010", "133.70"], "no float took the nought away");
}

fn goes_on(cap: &Cap) {
    for version in [4, 2] {
        let system = system(cap, version);
        let mut wanted = request("A_Delivery", &["ID", "modifiedAt"]);
        // More than it gives at once, and many rows have one change time: pages end between them.
        wanted.page_rows = 2_500;
        wanted.cursor = by("modifiedAt", "ID", 0);
        let rows = goes_on_behind_each_block(&*system, &wanted);
        assert_eq!(rows.len(), 6_000);
        assert!(rows.is_sorted_by_key(|row| (row[1].clone(), row[0].parse::<u32>().unwrap())));
        let end = whole(&*system, &wanted, &Cursor::start()).cursor();
        let last_day =
            |rows: &[Vec<String>]| rows.iter().filter(|row| row[1].as_str() >= "2026-11-30").count();
        let again = whole(&*system, &wanted, &end);
        assert_eq!((again.rows().len(), again.cursor()), (last_day(&rows), end.clone()));
        wanted.cursor = by("modifiedAt", "ID", 86_400);
        let two_days = whole(&*system, &wanted, &end).rows();
        assert!(two_days.len() > last_day(&rows) && two_days[0][1] == "2026-11-29T10:00:00Z");
        // Numbers that only grow are not asked for twice.
        let mut numbered = request("A_Delivery", &["ID"]);
        numbered.page_rows = 1_000;
        numbered.cursor = by("ID", "ID", 0);
        let end = whole(&*system, &numbered, &Cursor::start()).cursor();
        assert!(whole(&*system, &numbered, &end).rows().is_empty());
        wanted.range = Some(Range {
            from: "2026-06-04T00:00:00Z".parse().unwrap(),
            to: "2026-06-05T10:00:00Z".parse().unwrap(),
        });
        let ranged = whole(&*system, &wanted, &Cursor::start()).rows();
        assert_eq!(ranged.len(), 33, "the end of a range is not part of it");
        assert!(ranged.iter().all(|row| row[1] == "2026-06-04T10:00:00Z"));
    }
}

fn asks_for_little(cap: &Cap) {
    for version in [4, 2] {
        let (system, talk) = (system(cap, version), Talk::new());
        let mut wanted = request("A_Delivery", &["item.order.SalesOrder", "Quantity"]);
        wanted.page_rows = 1_000;
        wanted.cursor = by("modifiedAt", "ID", 0);
        let (got, end) = read(&*system, &wanted, &Cursor::start(), &talk);
        assert!(end.is_ok() && got.columns == ["item.order.SalesOrder", "Quantity"]);
        let trail = talk.trail();
        assert_eq!(trail.len(), 8, "what there is, six full pages, and one to see that it was the last");
        let select = if version == 4 {
            "$select=Quantity,modifiedAt,ID&$expand=item($expand=order($select=SalesOrder))&"
        } else {
            "$select=item/order/SalesOrder,Quantity,modifiedAt,ID&$expand=item/order&"
        };
        assert!(trail[1].request.contains(select), "{}", trail[1].request);
        assert_eq!((trail[1].rows, trail[7].rows), (1_000, 0));
        let told = format!("{trail:?}");
        assert!(!told.contains("gr3en") && !told.contains("a3BpOmdyM2V"));
    }
}

fn refuses_in_words(cap: &Cap) {
    for version in [4, 2] {
        let system = system(cap, version);
        let cases = [
            (request("A_Invoice", &[]), "the system has no “A_Invoice”"),
            (
                request("A_Delivery", &["Qty"]),
                "“A_Delivery” has no field “Qty” any more; it may have been renamed",
            ),
            (
                request("A_Delivery", &["item.Nr"]),
                "“A_Delivery” has no field “item.Nr” any more; it may have been renamed",
            ),
        ];
        for (wanted, words) in cases {
            let (_, end) = read(&*system, &wanted, &Cursor::start(), &Talk::new());
            assert_eq!(end.unwrap_err().to_string(), words);
        }
        let mut connection = cap.connection(version);
        connection["auth"]["user"] = "nobody".into();
        let error = Talk::new().with(|ask| open(connection, ONCE).unwrap().check(ask)).unwrap_err();
        assert_eq!(error.code(), "unauthorised");
        let mut connection = cap.connection(version);
        connection["version"] = (6 - version).into();
        let error = Talk::new().with(|ask| open(connection, ONCE).unwrap().check(ask)).unwrap_err();
        assert_eq!(error.to_string(), format!("version: the service speaks version {version}"));
    }
}
