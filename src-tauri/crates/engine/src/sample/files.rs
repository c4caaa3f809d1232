//! The history as the files that the company's systems export on a Monday morning: only what changed in the week
//! before, with what was known then.

use std::fmt::Write as _;

use plaza_domain::day::Day;

use super::EXPORTS;
use super::calendar::Calendars;
use super::catalogue::{CUSTOMERS, Group, PRODUCTS};
use super::error::plant;
use super::story::{Line, Mistake, Shipment, history};

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
///
/// The first one holds everything that was open when the order system began, the others what changed in the week
/// before.
pub fn exports(seed: u64, last: Day) -> Vec<Export> {
    let lines = exported(seed, last);
    (0..EXPORTS)
        .map(|nth| {
            let day = last.plus(-7 * (EXPORTS - 1 - nth));
            let from = if nth == 0 { Day(i32::MIN) } else { day.plus(-7) };
            let window = Window { from, before: day };
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

/// The lines that are exported: of those ordered before the system began only the ones still unpaid then.
pub(super) fn exported(seed: u64, last: Day) -> Vec<Line> {
    let calendars = Calendars::until(last);
    let mut lines = history(seed, last, &calendars);
    let began = last.plus(-7 * EXPORTS);
    lines.retain(|line| line.promised.is_some() || line.paid >= began);
    plant(&mut lines, last, &calendars.house);
    lines
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

/// What is wrong with a line's row at the time of the export.
fn mistake(line: &Line, window: &Window) -> Option<Mistake> {
    line.mistake.filter(|(_, put_right)| *put_right >= window.before).map(|(mistake, _)| mistake)
}

/// Days of a century, near enough.
const CENTURY_DAYS: i32 = 36_524;

fn orders(lines: &[Line], window: &Window) -> String {
    let mut text = String::from(
        "Order;Line;Customer;Product;Group;Quantity;Value;Currency;Ordered;Requested;Promised;Agreed;Confirmed;Cancelled;Status;Changed\n",
    );
    for line in lines {
        let closed = line.delivered().filter(|_| line.short);
        let moments = [
            Some(line.ordered),
            Some(line.confirmed),
            line.cancelled,
            line.agreed.map(|(_, told)| told),
            closed,
            line.mistake.map(|(_, put_right)| put_right),
        ];
        let Some(changed) = window.changed(&moments).filter(|changed| window.covers(*changed)) else {
            continue;
        };
        let (mistake, product) = (mistake(line, window), PRODUCTS.get(line.product));
        let cancelled = line.cancelled.and_then(|day| window.known(day));
        let status = match (mistake, cancelled, closed.and_then(|day| window.known(day))) {
            (Some(Mistake::UnknownStatus), ..) => "ON HOLD?",
            (_, Some(_), _) => "CANCELLED",
            (_, _, Some(_)) => "CLOSED",
            _ => "OPEN",
        };
        let century = if mistake == Some(Mistake::WrongCentury) { CENTURY_DAYS } else { 0 };
        let promised = line.promised.map(|day| day.plus(-century));
        let agreed = line.agreed.filter(|(_, told)| *told < window.before).map(|(day, _)| day);
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "{};{};{};{};{};{};{};EUR;{};{};{};{};{};{};{status};{} 17:{:02}",
            line.order,
            line.line,
            CUSTOMERS.get(line.customer).map_or("", |(name, _)| name),
            product.map_or("", |product| product.number),
            product.map_or(Group::Spares, |product| product.group).word(),
            line.quantity,
            comma(product.map_or(0, |product| product.price_cents) * i64::from(line.quantity)),
            dotted((mistake != Some(Mistake::NoOrderDate)).then_some(line.ordered)),
            dotted(Some(line.requested)),
            dotted(promised),
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
        let is_next_year = mistake(line, window) == Some(Mistake::ProducedNextYear);
        let finished = if is_next_year { line.produced.plus(365) } else { line.produced };
        let _ = writeln!(
            text,
            "P{}-{},{},{},{},{}",
            line.order, line.line, line.order, line.line, line.quantity, finished
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

/// A digit too many before an order's number.
const STRAY: u32 = 7_000_000;

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
            if mistake(line, window) == Some(Mistake::StrayShipment) {
                let _ = writeln!(
                    text,
                    "S{}-{}-9,{},{},{},{},,{changed}T18:{:02}:00",
                    line.order + STRAY,
                    line.line,
                    line.order + STRAY,
                    line.line,
                    shipment.quantity,
                    shipment.shipped,
                    line.order % 60,
                );
            }
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
