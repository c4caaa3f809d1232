//! The history as the files that the company's systems export on a Monday morning: only what changed in the week
//! before, with what was known then.

use std::fmt::Write as _;

use plaza_domain::day::{Calendar, Day};

use super::catalogue::{CUSTOMERS, PRODUCTS};
use super::story::{Line, Mistake, Shipment, history};
use super::{EXPORTS, holidays};

/// The integration that reads these files, as a person would have saved it.
pub const INTEGRATION_TOML: &str = include_str!("northlight.toml");

/// What the systems exported on one Monday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The Monday; the export is written at six in the morning.
    pub day: Day,
    /// File name and content.
    pub files: Vec<(String, Vec<u8>)>,
}

/// All weekly exports, oldest first; the last one is of `last`, a Monday.
pub fn exports(seed: u64, last: Day) -> Vec<Export> {
    let lines = history(seed, last, &working_days(last));
    (0..EXPORTS)
        .map(|nth| {
            let day = last.plus(-7 * (EXPORTS - 1 - nth));
            let window = Window { from: day.plus(-7), before: day };
            let files = [
                ("orders", orders as fn(&[Line], &Window) -> String),
                ("productions", productions),
                ("shipments", shipments),
                ("invoices", invoices),
                ("returns", returns),
            ]
            .map(|(name, write)| (format!("{name}_{day}.csv"), write(&lines, &window).into_bytes()));
            Export { day, files: files.to_vec() }
        })
        .collect()
}

/// The calendar that the company works by.
pub(super) fn working_days(last: Day) -> Calendar {
    let year = last.to_date().format("%Y").to_string().parse().unwrap_or(2026);
    let off = (year - 2..=year + 1).flat_map(holidays).map(|(day, _)| day);
    Calendar::working_days([true, true, true, true, true, false, false], off)
}

/// The week that an export covers.
struct Window {
    from: Day,
    before: Day,
}

impl Window {
    fn covers(&self, day: Day) -> bool {
        (self.from..self.before).contains(&day)
    }

    /// The day when it is known by the time of the export.
    fn known(&self, day: Day) -> Option<Day> {
        (day < self.before).then_some(day)
    }

    /// The last of the days that are known by now: when the row changed last.
    fn changed(&self, days: &[Option<Day>]) -> Option<Day> {
        days.iter().flatten().copied().filter(|day| *day < self.before).max()
    }
}

/// Day first with dots, as the order system writes dates.
fn dotted(day: Option<Day>) -> String {
    day.map(|day| day.to_date().format("%d.%m.%Y").to_string()).unwrap_or_default()
}

fn iso(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Cents with a decimal comma.
fn comma(cents: i64) -> String {
    format!("{},{:02}", cents / 100, cents % 100)
}

/// The day on which a mistyped order row was put right.
fn mended(line: &Line) -> Option<Day> {
    line.mistyped.map(|mistake| line.ordered.plus(if mistake == Mistake::NoOrderDate { 10 } else { 60 }))
}

fn orders(lines: &[Line], window: &Window) -> String {
    let mut text = String::from(
        "Order;Line;Customer;Product;Group;Quantity;Value;Currency;Ordered;Requested;Promised;Agreed;Confirmed;Cancelled;Status;Changed\n",
    );
    for line in lines {
        let closed = line.short.then(|| line.shipments.iter().map(|s| s.delivered).max()).flatten();
        let moments = [
            Some(line.ordered),
            Some(line.confirmed),
            line.cancelled,
            line.agreed.map(|(_, told)| told),
            closed,
            mended(line),
        ];
        let Some(changed) = window.changed(&moments).filter(|changed| window.covers(*changed)) else {
            continue;
        };
        let product = &PRODUCTS[line.product];
        let mistake = line.mistyped.filter(|_| mended(line).is_none_or(|day| day >= window.before));
        let cancelled = line.cancelled.and_then(|day| window.known(day));
        let status = match (mistake, cancelled, closed.and_then(|day| window.known(day))) {
            (Some(Mistake::UnknownStatus), ..) => "ON HOLD?",
            (_, Some(_), _) => "CANCELLED",
            (_, _, Some(_)) => "CLOSED",
            _ => "OPEN",
        };
        let promised =
            if mistake == Some(Mistake::WrongCentury) { line.promised.plus(-36_524) } else { line.promised };
        let agreed = line.agreed.filter(|(_, told)| *told < window.before).map(|(day, _)| day);
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "{};{};{};{};{};{};{};EUR;{};{};{};{};{};{};{status};{} 17:{:02}",
            line.order,
            line.line,
            CUSTOMERS[line.customer].0,
            product.number,
            product.group.word(),
            line.quantity,
            comma(product.price_cents * i64::from(line.quantity)),
            dotted((mistake != Some(Mistake::NoOrderDate)).then_some(line.ordered)),
            dotted(Some(line.requested)),
            dotted(Some(promised)),
            dotted(agreed),
            dotted(window.known(line.confirmed)),
            dotted(cancelled),
            dotted(Some(changed)),
            line.order % 60,
        );
    }
    text
}

/// Everything after the order happens to a line only while it is not cancelled.
fn goes_on(line: &Line, day: Day) -> bool {
    line.cancelled.is_none_or(|cancelled| day <= cancelled)
}

fn productions(lines: &[Line], window: &Window) -> String {
    let mut text = String::from("Production,Order,Line,Quantity,Finished\n");
    for line in lines.iter().filter(|line| window.covers(line.produced) && goes_on(line, line.produced)) {
        let _ = writeln!(
            text,
            "P{}-{},{},{},{},{}",
            line.order, line.line, line.order, line.line, line.quantity, line.produced
        );
    }
    text
}

/// The delivery date that the system shows at the time of the export.
fn shown_delivery(shipment: &Shipment, window: &Window) -> Option<Day> {
    match shipment.keyed_wrong {
        Some((keyed, put_right)) if put_right >= window.before => window.known(keyed),
        _ => window.known(shipment.delivered),
    }
}

fn shipments(lines: &[Line], window: &Window) -> String {
    let mut text = String::from("Shipment,Order,Line,Quantity,Shipped,Delivered,Changed\n");
    for line in lines {
        for (nth, shipment) in line.shipments.iter().enumerate().filter(|(_, s)| goes_on(line, s.shipped)) {
            let moments = match shipment.keyed_wrong {
                Some((keyed, put_right)) => [Some(shipment.shipped), Some(keyed), Some(put_right)],
                None => [Some(shipment.shipped), Some(shipment.delivered), None],
            };
            let Some(changed) = window.changed(&moments).filter(|changed| window.covers(*changed)) else {
                continue;
            };
            let _ = writeln!(
                text,
                "S{}-{}-{},{},{},{},{},{},{changed}T18:{:02}:00",
                line.order,
                line.line,
                nth + 1,
                line.order,
                line.line,
                shipment.quantity,
                shipment.shipped,
                iso(shown_delivery(shipment, window)),
                line.order % 60,
            );
        }
    }
    text
}

fn invoices(lines: &[Line], window: &Window) -> String {
    let mut text = String::from("Invoice;Order;Line;Invoiced;Paid;Credited;Reason;Changed\n");
    for line in lines.iter().filter(|line| goes_on(line, line.invoiced)) {
        let moments = [Some(line.invoiced), Some(line.paid), line.credited.map(|(day, _)| day)];
        let Some(changed) = window.changed(&moments).filter(|changed| window.covers(*changed)) else {
            continue;
        };
        let credited = line.credited.filter(|(day, _)| *day < window.before);
        let _ = writeln!(
            text,
            "I{}-{};{};{};{};{};{};{};{} 19:{:02}",
            line.order,
            line.line,
            line.order,
            line.line,
            dotted(Some(line.invoiced)),
            dotted(window.known(line.paid)),
            dotted(credited.map(|(day, _)| day)),
            credited.map(|(_, reason)| reason).unwrap_or_default(),
            dotted(Some(changed)),
            line.order % 60,
        );
    }
    text
}

fn returns(lines: &[Line], window: &Window) -> String {
    let mut text = String::from("Return,Order,Line,Quantity,Returned,Reason\n");
    for line in lines {
        let Some((day, reason)) = line.returned.filter(|(day, _)| window.covers(*day) && goes_on(line, *day))
        else {
            continue;
        };
        let _ = writeln!(
            text,
            "R{}-{},{},{},{},{day},{reason}",
            line.order,
            line.line,
            line.order,
            line.line,
            line.quantity.div_ceil(2)
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integration::Integration;
    use crate::sample::SEED;

    #[test]
    fn one_seed_is_one_company() {
        let last: Day = "2026-11-23".parse().unwrap();
        assert_eq!(exports(SEED, last), exports(SEED, last));
        assert_ne!(exports(SEED, last)[3], exports(SEED + 1, last)[3]);
    }

    #[test]
    fn a_year_has_about_twelve_thousand_lines_and_no_export_knows_the_future() {
        let last: Day = "2026-11-23".parse().unwrap();
        let lines = history(SEED, last, &working_days(last));
        assert!((11_000..13_500).contains(&lines.len()), "{}", lines.len());
        for export in exports(SEED, last) {
            let (_, shipments) = export.files.iter().find(|(name, _)| name.starts_with("shipments")).unwrap();
            for row in String::from_utf8(shipments.clone()).unwrap().lines().skip(1) {
                let delivered = row.split(',').nth(5).unwrap();
                assert!(delivered.is_empty() || delivered.parse::<Day>().unwrap() < export.day, "{row}");
            }
        }
    }

    #[test]
    fn its_integration_reads() {
        let integration = Integration::from_toml(INTEGRATION_TOML).unwrap();
        assert_eq!(integration.streams.len(), 5);
    }
}
