//! A million order lines in one CSV, the same from the same seed: three years, 2 % cancelled, 1.5 % undelivered, 3 %
//! short. What the benchmark pulls.

use std::io::{self, Write};

use plaza_domain::day::Day;

use crate::chance::Chance;

/// The seed of the benchmark's file.
pub const SEED: u64 = 20_260_323;

/// The last day on which something is ordered.
pub const LAST_ORDERED: Day = Day(20_530);

/// Order numbers begin after this one.
const FIRST_ORDER: u64 = 4_500_000;

/// An order has at most so many lines.
const LINES_OF_AN_ORDER_MAX: u64 = 5;

/// How many days the orders are spread over: three years.
const DAYS: u64 = 3 * 365;

/// The integration that reads the file; its formats are stated, so that one pass is enough.
pub const INTEGRATION_TOML: &str = r#"id = "million"
name = "A million order lines"
system = "ERP"

[route]
promise = "delivered"
promised_by = "sales"
legs = [
  { to = "confirmed", department = "sales" },
  { to = "produced", department = "production" },
  { to = "shipped", department = "logistics" },
  { to = "delivered", department = "logistics" },
]
tolerance_per_mille = 10

[[standard]]
days = { confirmed = 1, produced = 6, shipped = 2, delivered = 2 }

[[stream]]
name = "lines"
files = ["lines_*.csv"]
delivery = "increment"
snapshot_date = "lines_{yyyy-MM-dd}.csv"

[stream.fields]
order = "order"
line = "line"
customer = "customer"
product = "product"
ordered_quantity = { column = "quantity", decimal = "." }
delivered_quantity = { column = "delivered_quantity", decimal = "." }
ordered = { column = "ordered", formats = ["yyyy-MM-dd"] }
promised = { column = "promised", formats = ["yyyy-MM-dd"] }
confirmed = { column = "confirmed", formats = ["yyyy-MM-dd"] }
produced = { column = "produced", formats = ["yyyy-MM-dd"] }
shipped = { column = "shipped", formats = ["yyyy-MM-dd"] }
delivered = { column = "delivered", formats = ["yyyy-MM-dd"] }
status = { column = "status", values = { open = "open", closed = "closed", cancelled = "cancelled" } }
"#;

/// One in so many lines has changed in a later edition.
const CHANGED_EVERY: u64 = 100;

/// Names of the columns.
const HEADING: &str = "order,line,customer,product,quantity,delivered_quantity,ordered,promised,confirmed,produced,\
                       shipped,delivered,status";

/// The name of an edition's file: the day it stands for is in it.
pub fn file_name(edition: u64) -> String {
    format!("lines_{}.csv", LAST_ORDERED.plus(1 + edition as i32))
}

/// Writes `lines` order lines.
///
/// # Errors
/// What writing gives.
pub fn write(out: &mut impl Write, lines: u64, seed: u64) -> io::Result<()> {
    writeln!(out, "{HEADING}")?;
    each_line(lines, seed, |chance, order, line, _| write_line(out, chance, order, line, 0))?;
    out.flush()
}

/// Writes what has changed of `lines` order lines in a later `edition`: of one line in a hundred the delivery is
/// later by as many days.
///
/// # Errors
/// What writing gives.
pub fn write_changed(out: &mut impl Write, lines: u64, seed: u64, edition: u64) -> io::Result<()> {
    let mut nowhere = io::sink();
    writeln!(out, "{HEADING}")?;
    each_line(lines, seed, |chance, order, line, number| {
        if number % CHANGED_EVERY == 0 {
            write_line(out, chance, order, line, edition as i32)
        } else {
            write_line(&mut nowhere, chance, order, line, 0)
        }
    })?;
    out.flush()
}

/// Calls `each` with order, line and number of every line; chance stands the same for each in every edition.
fn each_line(
    lines: u64,
    seed: u64,
    mut each: impl FnMut(&mut Chance, u64, u64, u64) -> io::Result<()>,
) -> io::Result<()> {
    let mut chance = Chance(seed);
    let (mut order, mut line, mut left) = (FIRST_ORDER, 0, 0);
    for number in 0..lines {
        if left == 0 {
            order += 1;
            line = 0;
            left = 1 + chance.below(LINES_OF_AN_ORDER_MAX);
        }
        left -= 1;
        line += 1;
        each(&mut chance, order, line, number)?;
    }
    Ok(())
}

fn write_line(
    out: &mut impl Write,
    chance: &mut Chance,
    order: u64,
    line: u64,
    later_days: i32,
) -> io::Result<()> {
    let ordered = LAST_ORDERED.plus(-(chance.below(DAYS) as i32));
    let promised = ordered.plus(8 + chance.below(8) as i32);
    let confirmed = ordered.plus(chance.below(3) as i32);
    let produced = confirmed.plus(3 + chance.below(7) as i32);
    let shipped = produced.plus(1 + chance.below(3) as i32);
    let delivered = shipped.plus(1 + chance.below(4) as i32 + later_days);
    let (customer, product) = (chance.below(2_000), chance.below(5_000));
    let quantity = 1 + chance.below(500);
    let (cancelled, undelivered, short) = (chance.happens(20), chance.happens(15), chance.happens(30));
    write!(out, "SO-{order},{},C{customer:05},P-{product:06},{quantity},", line * 10)?;
    if cancelled {
        return writeln!(out, "0,{ordered},{promised},{confirmed},,,,cancelled");
    }
    if undelivered {
        return writeln!(out, "0,{ordered},{promised},{confirmed},{produced},,,open");
    }
    let arrived = if short { quantity * 9 / 10 } else { quantity };
    writeln!(out, "{arrived},{ordered},{promised},{confirmed},{produced},{shipped},{delivered},closed")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn one_seed_writes_one_file_and_an_edition_changes_a_hundredth_of_its_lines() {
        let first = text(|out| write(out, 2_000, SEED));
        assert_eq!(first, text(|out| write(out, 2_000, SEED)));
        let changed = text(|out| write_changed(out, 2_000, SEED, 1));
        assert_eq!(changed.lines().count(), 21);
        let new = changed.lines().skip(1).filter(|line| !first.lines().any(|old| old == *line)).count();
        // Lines that never arrived have nothing to be late.
        assert!((17..=20).contains(&new), "{new}");
        let key = |line: &str| line.split(',').take(2).collect::<Vec<_>>().join("/");
        assert!(changed.lines().all(|line| first.lines().any(|old| key(old) == key(line))));
    }

    #[test]
    fn the_shares_are_those_of_a_company_in_trouble() {
        let file = text(|out| write(out, 20_000, SEED));
        let share = |word: &str| file.lines().filter(|line| line.ends_with(word)).count() as f64 / 200.0;
        assert!((share(",cancelled") - 2.0).abs() < 0.4, "{}", share(",cancelled"));
        assert!((share(",open") - 1.5).abs() < 0.4, "{}", share(",open"));
    }
}
