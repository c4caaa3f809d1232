//! One company in Tryton, over its two interfaces and out of its database.

use plaza_connect::system::tryton::preset;

use crate::company::{BEHIND_DELIVERY, agree, as_it_is, in_full_and_kept, journeys, of_preset, pulled};
use crate::start::{SECRET, Tryton};

/// The day that the company's data stands for.
const DAY: &str = "2026-11-23";

/// The rows of a stream of the preset as the tables have them, under the names that the interfaces give.
fn query(stream: &str) -> &'static str {
    match stream {
        "lines" => {
            r#"SELECT l.id, coalesce(l.write_date, l.create_date) AS write_date, s.number AS "sale.number",
                 p.name AS "sale.party.name", a.code AS "product.code", c.code AS "sale.currency.code",
                 s.sale_date AS "sale.sale_date", s.shipping_date AS "sale.shipping_date", l.quantity,
                 round(l.quantity::numeric * l.unit_price, c.digits) AS amount, s.state AS "sale.state"
               FROM sale_line l JOIN sale_sale s ON s.id = l.sale JOIN party_party p ON p.id = s.party
                 JOIN currency_currency c ON c.id = s.currency LEFT JOIN product_product a ON a.id = l.product
               WHERE l.type = 'line'"#
        }
        "planned moves" | "moves" => {
            r#"SELECT m.id, m.create_date, coalesce(m.write_date, m.create_date) AS write_date,
                 s.number AS "origin.sale.number", l.id AS "origin.id", m.origin_planned_date, m.effective_date,
                 m.quantity
               FROM stock_move m JOIN sale_line l ON m.origin = 'sale.line,' || l.id JOIN sale_sale s ON s.id = l.sale"#
        }
        "productions" => {
            r#"SELECT r.id, coalesce(r.write_date, r.create_date) AS write_date, s.number AS "origin.sale.number",
                 l.id AS "origin.id", r.planned_date, r.effective_date, r.quantity
               FROM production r JOIN sale_line l ON r.origin = 'sale.line,' || l.id JOIN sale_sale s ON s.id = l.sale"#
        }
        "invoice lines" => {
            r#"SELECT n.id, coalesce(n.write_date, n.create_date) AS write_date, s.number AS "origin.sale.number",
                 l.id AS "origin.id", i.invoice_date AS "invoice.invoice_date",
                 (SELECT CASE WHEN count(*) = count(r.id) THEN max(r.date) END
                  FROM account_move_line o LEFT JOIN account_move_reconciliation r ON r.id = o.reconciliation
                  WHERE o.account = i.account AND (o.move = i.move OR o.move IN (SELECT x.move
                    FROM "account_invoice-additional-account_move" x WHERE x.invoice = i.id))) AS "invoice.reconciled"
               FROM account_invoice_line n JOIN sale_line l ON n.origin = 'sale.line,' || l.id
                 JOIN sale_sale s ON s.id = l.sale JOIN account_invoice i ON i.id = n.invoice WHERE i.type = 'out'"#
        }
        other => panic!("the preset has a stream that no query is known for: {other}"),
    }
}

#[test]
fn both_interfaces_and_the_database_give_one_company_whose_promises_are_counted() {
    let server = Tryton::of_this_run();
    let place = format!("kind = \"tryton\"\nurl = \"{}\"\ndatabase = \"{}\"", server.url, Tryton::DATABASE);
    let by_rpc = of_preset(&format!("{place}\nuser = \"{}\"", Tryton::READER), &preset(), as_it_is);
    let by_rest = of_preset(&format!("{place}\ninterface = \"rest\""), &preset(), as_it_is);
    let database = format!(
        "kind = \"postgres\"\nhost = \"127.0.0.1\"\nport = {}\ndatabase = \"erp\"\nuser = \"plaza\"\ntls = \"off\"",
        server.postgres.port
    );
    let by_sql = of_preset(&database, &preset(), |stream| {
        let done = if stream.name == "moves" { " WHERE m.state = 'done'" } else { "" };
        format!(
            "query = '''{}{done}'''\ncursor = \"write_date\"\nkey = \"id\"\noverlap_minutes = 5",
            query(stream.name)
        )
    });
    let (rpc, said) = pulled(DAY, &by_rpc, ("password", Tryton::READER_PASSWORD));
    let (rest, said_by_rest) = pulled(DAY, &by_rest, ("key", &server.key));
    let (sql, said_by_sql) = pulled(DAY, &by_sql, ("password", SECRET));
    println!("{:?} {:?} {:?} waiting {}", said.records, said.reasons, said.warnings, rpc.waiting().len());
    let company = journeys(&rpc);
    agree(("JSON-RPC", &company), ("REST", &journeys(&rest)));
    agree(("JSON-RPC", &company), ("the database", &journeys(&sql)));
    for other in [&said_by_rest, &said_by_sql] {
        assert_eq!(
            (said.journeys, &said.records, &said.reasons),
            (other.journeys, &other.records, &other.reasons)
        );
    }
    for other in [&rest, &sql] {
        assert_eq!(rpc.figures(), other.figures());
    }
    // A quarter of this company's orders is invoiced before anything is delivered, so that its invoices stand in no
    // one order with its deliveries: the promise is measured on the way of the goods.
    for (bench, toml) in [(&rpc, by_rpc), (&rest, by_rest), (&sql, by_sql)] {
        bench.pull(&toml.replace(BEHIND_DELIVERY, ""));
        let counted = in_full_and_kept(&journeys(bench));
        assert_eq!(counted, (317, 170), "in full, and of them on or before the promise");
    }
}
