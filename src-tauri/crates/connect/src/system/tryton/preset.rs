//! What Tryton has for a journey.
//!
//! An order line is the row `sale.line`; moves, productions and invoice lines lead to it by their origin, and so carry
//! its id and its order's number. A move's `origin_planned_date` is what was first planned for it, and the earliest of
//! a line's moves what was promised: a backorder's move gets a new one.

use plaza_domain::record::{Field, Status};

use crate::system::preset::{PresetStream, column, status, stream};

const SALE: &[(&str, Status)] = &[
    ("draft", Status::Open),
    ("quotation", Status::Open),
    ("confirmed", Status::Open),
    ("processing", Status::Open),
    ("done", Status::Closed),
    ("cancelled", Status::Cancelled),
];

/// The streams of Tryton for the journeys of order lines; both its interfaces give the same.
pub fn preset() -> Vec<PresetStream> {
    vec![
        stream(
            "lines",
            r#"sale.line?[["type", "=", "line"]]"#,
            vec![
                column(Field::Order, "sale.number"),
                column(Field::Line, "id"),
                column(Field::ChangedAt, "write_date"),
                column(Field::Customer, "sale.party.name"),
                column(Field::Product, "product.code"),
                column(Field::Currency, "sale.currency.code"),
                column(Field::Ordered, "sale.sale_date"),
                column(Field::Requested, "sale.shipping_date"),
                column(Field::OrderedQuantity, "quantity"),
                column(Field::Value, "amount"),
                status("sale.state", SALE),
            ],
        ),
        stream(
            "planned moves",
            r#"stock.move?[["origin", "like", "sale.line,%"]]"#,
            vec![
                column(Field::Order, "origin.sale.number"),
                column(Field::Line, "origin.id"),
                column(Field::RowKey, "id"),
                column(Field::ChangedAt, "write_date"),
                column(Field::Promised, "origin_planned_date"),
            ],
        ),
        stream(
            "moves",
            r#"stock.move?[["origin", "like", "sale.line,%"], ["state", "=", "done"]]"#,
            vec![
                column(Field::Order, "origin.sale.number"),
                column(Field::Line, "origin.id"),
                column(Field::RowKey, "id"),
                column(Field::ChangedAt, "write_date"),
                column(Field::Delivered, "effective_date"),
                column(Field::DeliveredQuantity, "quantity"),
            ],
        ),
        stream(
            "productions",
            r#"production?[["origin", "like", "sale.line,%"]]"#,
            vec![
                column(Field::Order, "origin.sale.number"),
                column(Field::Line, "origin.id"),
                column(Field::RowKey, "id"),
                column(Field::ChangedAt, "write_date"),
                column(Field::ProducedDue, "planned_date"),
                column(Field::Produced, "effective_date"),
                column(Field::ProducedQuantity, "quantity"),
            ],
        ),
        stream(
            "invoice lines",
            r#"account.invoice.line?[["origin", "like", "sale.line,%"], ["invoice.type", "=", "out"]]"#,
            vec![
                column(Field::Order, "origin.sale.number"),
                column(Field::Line, "origin.id"),
                column(Field::RowKey, "id"),
                column(Field::ChangedAt, "write_date"),
                column(Field::Invoiced, "invoice.invoice_date"),
                column(Field::Paid, "invoice.reconciled"),
            ],
        ),
    ]
}
