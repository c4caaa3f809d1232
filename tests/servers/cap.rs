//! One company in an `OData` service, in both versions.

use crate::company::{agree, in_full_and_kept, journeys, pulled};
use crate::start::Cap;

/// Behind the last day of the service's rows.
const DAY: &str = "2026-12-07";

const STREAMS: &str = r#"
[route]
promised_by = "sales"
legs = [{ to = "delivered", department = "logistics" }]

[[standard]]
days = { delivered = 7 }

[[stream]]
name = "items"
delivery = "increment"
from = { name = "A_SalesOrderItem", cursor = "modifiedAt", key = "ID" }

[stream.fields]
order = "order.SalesOrder"
line = "Item"
changed_at = "modifiedAt"
customer = "order.SoldToParty"
product = "Material"
ordered = "order.CreationDate"
requested = "order.RequestedDeliveryDate"
ordered_quantity = { column = "OrderQuantity", decimal = "." }
status = { column = "order.OverallStatus", values = { A = "open", B = "open", C = "closed" } }

[[stream]]
name = "deliveries"
delivery = "increment"
from = { name = "A_Delivery", cursor = "modifiedAt", key = "ID", page_rows = 900 }

[stream.fields]
order = "item.order.SalesOrder"
line = "item.Item"
row_key = "ID"
changed_at = "modifiedAt"
promised = "PlannedGoodsIssue"
delivered = "ActualGoodsIssue"
delivered_quantity = { column = "Quantity", decimal = "." }
"#;

#[test]
fn both_versions_give_one_company_whose_promises_are_counted() {
    let cap = Cap::start();
    let [v4, v2] = [4, 2].map(|version| {
        let url = cap.connection(version)["url"].as_str().unwrap().to_owned();
        let connection = format!(
            "[connection]\nkind = \"odata\"\nversion = {version}\nurl = \"{url}\"\nauth = {{ kind = \"basic\", user = \"{}\" }}\n",
            Cap::USER
        );
        let toml = format!("id = \"erp\"\nname = \"ERP\"\nsystem = \"ERP\"\n{connection}{STREAMS}");
        pulled(DAY, &toml, ("password", Cap::PASSWORD))
    });
    assert_eq!((v4.1.records.read, v4.1.records.quarantined, v4.1.journeys), (12_000, 0, 6_000));
    assert_eq!((v2.1.records.read, v2.1.records.quarantined, v2.1.journeys), (12_000, 0, 6_000));
    let company = journeys(&v4.0);
    agree(("version 4", &company), ("version 2", &journeys(&v2.0)));
    assert_eq!(in_full_and_kept(&company), (6_000, 3_000), "in full, and of them on or before the promise");
    assert_eq!(v4.0.figures(), v2.0.figures());
}
