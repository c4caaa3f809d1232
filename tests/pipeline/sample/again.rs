//! The same figures counted again, by naive code that shares nothing with the program: the files are cut at their
//! delimiters, the last row of a key stands, days are counted one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use plaza_domain::day::{Day, Week};
use plaza_engine::sample;
use plaza_engine::words::Language;

/// Rows of one kind of file by key: the last export that mentions a key has the word.
type Rows = BTreeMap<String, BTreeMap<String, String>>;

/// Everything that was exported.
pub(super) struct Files {
    orders: Rows,
    shipments: BTreeMap<String, Vec<(Day, i64)>>,
    invoices: BTreeMap<String, BTreeMap<String, String>>,
    off: BTreeSet<Day>,
}

fn rows(folder: &Path, kind: &str, delimiter: char, key: &[&str]) -> Rows {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(kind))
        .collect();
    names.sort();
    let mut rows = Rows::new();
    for name in names {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let mut lines = text.lines();
        let head: Vec<&str> = lines.next().unwrap().split(delimiter).collect();
        for line in lines {
            let row: BTreeMap<String, String> =
                head.iter().map(ToString::to_string).zip(line.split(delimiter).map(str::to_owned)).collect();
            let key: Vec<&str> = key.iter().map(|name| row[*name].as_str()).collect();
            rows.insert(key.join("/"), row);
        }
    }
    rows
}

/// `16.03.2026` or `2026-03-16`; nothing where the cell is empty.
fn day(cell: &str) -> Option<Day> {
    match cell.split('.').collect::<Vec<_>>()[..] {
        [day, month, year] => {
            Day::from_ymd(year.parse().unwrap(), month.parse().unwrap(), day.parse().unwrap())
        }
        _ => cell.parse().ok(),
    }
}

fn line(row: &BTreeMap<String, String>) -> String {
    format!("{}/{}", row["Order"], row["Line"])
}

impl Files {
    pub(super) fn read(folder: &Path) -> Self {
        let mut orders = rows(folder, "orders_", ';', &["Order", "Line"]);
        // These wait in quarantine.
        orders.retain(|_, row| {
            let is_old = day(&row["Promised"]).is_some_and(|promised| promised < day("2000-01-01").unwrap());
            day(&row["Ordered"]).is_some() && !is_old && row["Status"] != "ON HOLD?"
        });
        let mut shipments: BTreeMap<String, Vec<(Day, i64)>> = BTreeMap::new();
        for row in rows(folder, "shipments_", ',', &["Shipment"]).values() {
            if let Some(delivered) = day(&row["Delivered"]) {
                shipments.entry(line(row)).or_default().push((delivered, row["Quantity"].parse().unwrap()));
            }
        }
        let invoices = rows(folder, "invoices_", ';', &["Invoice"]);
        let invoices = invoices.into_values().map(|row| (line(&row), row)).collect();
        let off = sample::holidays(2024..=2027, Language::En).into_iter().map(|(day, _)| day).collect();
        Self { orders, shipments, invoices, off }
    }

    fn is_worked_on(&self, day: Day) -> bool {
        day.weekday() < 5 && !self.off.contains(&day)
    }

    /// The day that is so many working days later.
    fn working_days_after(&self, mut day: Day, mut days: i32) -> Day {
        while days > 0 {
            day = day.plus(1);
            days -= i32::from(self.is_worked_on(day));
        }
        day
    }

    /// Working days after `from`, up to and including `to`.
    fn working_days(&self, from: Day, to: Day) -> i64 {
        (from.0 + 1..=to.0).filter(|day| self.is_worked_on(Day(*day))).count() as i64
    }

    /// The day on which all of it, or all that will come, had arrived; and whether some of it never will.
    fn delivered(&self, key: &str, row: &BTreeMap<String, String>) -> (Option<Day>, bool) {
        let mut parts = self.shipments.get(key).cloned().unwrap_or_default();
        parts.sort_unstable();
        let (wanted, mut sum) = (row["Quantity"].parse::<i64>().unwrap(), 0);
        for (day, quantity) in &parts {
            sum += quantity;
            if sum >= wanted {
                return (Some(*day), false);
            }
        }
        let is_closed = row["Status"] == "CLOSED";
        (parts.last().filter(|_| is_closed).map(|(day, _)| *day), is_closed)
    }

    /// Of the lines promised for each week, how many were kept, of how many that are decided.
    pub(super) fn kept(&self, today: Day) -> BTreeMap<Week, (i64, i64)> {
        let mut weeks: BTreeMap<Week, (i64, i64)> = BTreeMap::new();
        for (key, row) in &self.orders {
            let Some(promised) = day(&row["Promised"]) else { continue };
            let (delivered, is_short) = self.delivered(key, row);
            let cancelled = day(&row["Cancelled"]);
            let delivered = delivered.filter(|day| cancelled.is_none_or(|cancelled| *day <= cancelled));
            let is_kept = match (delivered, cancelled) {
                (None, Some(cancelled)) if cancelled <= promised => None,
                (None, None) if today <= promised => None,
                (None, _) => Some(false),
                (Some(delivered), _) if delivered > promised || is_short => Some(false),
                (Some(delivered), _) => self.is_invoiced_well(key, delivered, today),
            };
            if let Some(is_kept) = is_kept {
                let week = weeks.entry(promised.week()).or_default();
                *week = (week.0 + i64::from(is_kept), week.1 + 1);
            }
        }
        weeks
    }

    /// Whether the invoice came within three working days and was right; nothing while that is open.
    fn is_invoiced_well(&self, key: &str, delivered: Day, today: Day) -> Option<bool> {
        let last_day = self.working_days_after(delivered, 3);
        let Some(invoice) = self.invoices.get(key) else { return (today > last_day).then_some(false) };
        let invoiced = day(&invoice["Invoiced"]).unwrap();
        let wrong = day(&invoice["Credited"]).filter(|_| invoice["Reason"] == "wrong invoice");
        Some(invoiced <= last_day && wrong.is_none_or(|credited| credited > invoiced.plus(28)))
    }

    /// Working days from ordered to paid of the lines paid in each week, and how many these are.
    pub(super) fn paid(&self, today: Day) -> BTreeMap<Week, (i64, i64)> {
        let mut weeks: BTreeMap<Week, (i64, i64)> = BTreeMap::new();
        for (key, invoice) in &self.invoices {
            let Some(row) = self.orders.get(key).filter(|row| row["Cancelled"].is_empty()) else { continue };
            let Some(paid) = day(&invoice["Paid"]).filter(|paid| *paid <= today) else { continue };
            let week = weeks.entry(paid.week()).or_default();
            *week = (week.0 + self.working_days(day(&row["Ordered"]).unwrap(), paid), week.1 + 1);
        }
        weeks
    }
}
