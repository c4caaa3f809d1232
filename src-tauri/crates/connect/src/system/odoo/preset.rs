//! What Odoo has for a journey, by its documentation: sale lines, their stock moves, productions and invoice lines.

use plaza_domain::record::{Field, Status};

use crate::system::preset::{PresetStream, column, status, stream};

const SALE: &[(&str, Status)] = &[
    ("draft", Status::Open),
    ("sent", Status::Open),
    ("sale", Status::Open),
    ("done", Status::Closed),
    ("cancel", Status::Cancelled),
];

/// The streams of Odoo for the journeys of order lines. A production knows the number of its order (`origin`), not the
/// line, and is no part of it; nor is an invoice line of several order lines, whose `sale_line_ids` stay a list.
pub fn preset() -> Vec<PresetStream> {
    vec![
        stream(
            "lines",
            r#"sale.order.line?[["display_type", "=", false]]"#,
            vec![
                column(Field::Order, "order_id.name"),
                column(Field::Line, "id"),
                column(Field::ChangedAt, "write_date"),
                column(Field::Customer, "order_id.partner_id.display_name"),
                column(Field::Product, "product_id.display_name"),
                column(Field::Currency, "currency_id.name"),
                column(Field::Ordered, "order_id.date_order"),
                column(Field::Promised, "order_id.commitment_date"),
                column(Field::OrderedQuantity, "product_uom_qty"),
                column(Field::Value, "price_subtotal"),
                status("state", SALE),
            ],
        ),
        stream(
            "moves",
            r#"stock.move?[["sale_line_id", "!=", false], ["state", "=", "done"]]"#,
            vec![
                column(Field::Order, "sale_line_id.order_id.name"),
                column(Field::Line, "sale_line_id"),
                column(Field::RowKey, "id"),
                column(Field::ChangedAt, "write_date"),
                column(Field::Delivered, "date"),
                column(Field::DeliveredQuantity, "product_uom_qty"),
            ],
        ),
        stream(
            "invoice lines",
            r#"account.move.line?[["sale_line_ids", "!=", false], ["parent_state", "=", "posted"]]"#,
            vec![
                column(Field::Order, "move_id.invoice_origin"),
                column(Field::Line, "sale_line_ids"),
                column(Field::RowKey, "id"),
                column(Field::ChangedAt, "write_date"),
                column(Field::Invoiced, "move_id.invoice_date"),
            ],
        ),
    ]
}
