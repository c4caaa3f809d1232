//! A million order lines in one CSV, the same from the same seed: three years, 2 % cancelled, 1.5 % undelivered, 3 %
//! short. What the benchmark pulls.

use std::io::{self, Write};

use plaza_domain::day::Day;

/// The seed of the benchmark's file.
pub const SEED: u64 = 20_260_323;

/// The last day on which something is ordered.
pub const LAST_ORDERED: Day = Day(20_530);

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
files = ["million.csv"]
delivery = "snapshot"
snapshot_date = "2026-03-23"

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

/// Splitmix64, by Sebastiano Vigna: a few lines that never change beneath the benchmark.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn happens(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }
}

/// Writes `lines` order lines. Of every hundredth line the delivery moves by a day in another `edition`, so that two
/// editions of a million lines differ in ten thousand.
///
/// # Errors
/// What writing gives.
pub fn write(out: &mut impl Write, lines: u64, seed: u64, edition: u64) -> io::Result<()> {
    writeln!(
        out,
        "order,line,customer,product,quantity,delivered_quantity,ordered,promised,confirmed,produced,shipped,delivered,status"
    )?;
    let mut chance = Chance(seed);
    let (mut order, mut line, mut left) = (4_500_000, 0, 0);
    for number in 0..lines {
        if left == 0 {
            order += 1;
            line = 0;
            left = 1 + chance.below(5);
        }
        left -= 1;
        line += 1;
        write_line(out, &mut chance, order, line, edition > 0 && number % 100 == 0)?;
    }
    Ok(())
}

fn write_line(out: &mut impl Write, chance: &mut Chance, order: u64, line: u64, moved: bool) -> io::Result<()> {
    let ordered = LAST_ORDERED.plus(-(chance.below(DAYS) as i32));
    let promised = ordered.plus(8 + chance.below(8) as i32);
    let confirmed = ordered.plus(chance.below(3) as i32);
    let produced = confirmed.plus(3 + chance.below(7) as i32);
    let shipped = produced.plus(1 + chance.below(3) as i32);
    let delivered = shipped.plus(1 + chance.below(4) as i32 + i32::from(moved));
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

    #[test]
    fn one_seed_writes_one_file_and_an_edition_moves_a_hundredth() {
        let file = |edition| {
            let mut out = Vec::new();
            write(&mut out, 2_000, SEED, edition).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(file(0), file(0));
        let moved = file(0).lines().zip(file(1).lines()).filter(|(a, b)| a != b).count();
        assert!((15..=20).contains(&moved), "{moved}");
    }
}
