//! Pulling bit by bit gives what pulling everything at once gives, whatever order the files come in, as long as their
//! rows carry change times or the files a snapshot date.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::bench::{Bench, FLAT, Figures, HEAD};

/// Order lines of the generated companies: so few that files meet in them again and again.
const ORDERS: [&str; 4] = ["A", "B", "C", "D"];

/// An increment whose rows say when they were changed.
fn increments() -> String {
    FLAT.replace("delivery = \"snapshot\"", "delivery = \"increment\"")
        .replace("snapshot_date = \"lines_{yyyy-MM-dd}.csv\"\n", "")
        .replace(
            "order = \"order\"",
            "order = \"order\"\nchanged_at = { column = \"changed\", formats = [\"ISO\"] }",
        )
}

/// One row: order, line, days, and what is wrong with it.
#[derive(Clone, Debug)]
struct Row {
    order: usize,
    line: u8,
    promised: u8,
    produced: Option<u8>,
    delivered: Option<u8>,
    quantity: i8,
}

impl Row {
    fn any() -> impl Strategy<Value = Self> {
        (
            0..ORDERS.len(),
            1..3u8,
            8..28u8,
            prop::option::weighted(0.8, 4..12u8),
            prop::option::weighted(0.7, 12..20u8),
            // Now and then one that waits in quarantine.
            prop_oneof![4 => 0..9i8, 1 => Just(-1)],
        )
            .prop_map(|(order, line, promised, produced, delivered, quantity)| Self {
                order,
                line,
                promised,
                produced,
                delivered,
                quantity,
            })
    }

    fn text(&self) -> String {
        let day = |day: Option<u8>| day.map_or_else(String::new, |day| format!("2026-03-{day:02}"));
        let Self { order, line, promised, produced, delivered, quantity } = self;
        let (order, promised) = (ORDERS[*order], day(Some(*promised)));
        format!("{order},{line},2026-03-02,{promised},{},{},{quantity}", day(*produced), day(*delivered))
    }
}

/// A file of rows with different keys: of two rows with one key nothing would tell which is right.
fn file() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(Row::any(), 0..7).prop_map(|rows| {
        let by_key: BTreeMap<(usize, u8), Row> =
            rows.into_iter().map(|row| ((row.order, row.line), row)).collect();
        by_key.into_values().collect()
    })
}

/// Complete files of days in March, in the order in which they arrive.
fn snapshots() -> impl Strategy<Value = Vec<(u8, Vec<Row>)>> {
    let days = prop::sample::subsequence((20..28u8).collect::<Vec<_>>(), 1..5);
    days.prop_flat_map(|days| {
        let files: Vec<_> = days.iter().map(|day| (Just(*day), file())).collect();
        files.prop_shuffle()
    })
}

fn snapshot(day: u8, rows: &[Row]) -> (String, String) {
    let lines: String = rows.iter().map(|row| format!("{}\n", row.text())).collect();
    (format!("lines_2026-03-{day:02}.csv"), format!("{HEAD}{lines}"))
}

/// Increments of rows that were each changed at another second, in the order in which they arrive.
fn changes() -> impl Strategy<Value = Vec<Vec<(u16, Row)>>> {
    let stamps = Just((0..24u16).collect::<Vec<_>>()).prop_shuffle();
    (stamps, prop::collection::vec(prop::collection::vec(Row::any(), 0..6), 1..5)).prop_map(
        |(stamps, files)| {
            let mut stamps = stamps.into_iter();
            let stamped =
                |rows: Vec<Row>| rows.into_iter().filter_map(|row| Some((stamps.next()?, row))).collect();
            files.into_iter().map(stamped).collect()
        },
    )
}

fn increment(place: usize, rows: &[(u16, Row)]) -> (String, String) {
    let head = HEAD.replace('\n', ",changed\n");
    let lines: String =
        rows.iter().map(|(second, row)| format!("{},2026-03-19 10:00:{second:02}\n", row.text())).collect();
    (format!("lines_{place}.csv"), format!("{head}{lines}"))
}

/// Pulls the files one after the other, a day apart where `days_pass`; each pull holds its figures against a full
/// count. Then everything once more on the last day.
fn one_by_one(files: &[(String, String)], toml: &str, days_pass: bool) -> Figures {
    let bench = Bench::new();
    for (name, text) in files {
        bench.write(name, text);
        bench.pull(toml);
        if days_pass {
            bench.wait_days(1);
        }
    }
    bench.set_day("2026-04-20");
    bench.pull(toml);
    bench.figures()
}

fn at_once(files: &[(String, String)], toml: &str) -> Figures {
    let bench = Bench::new();
    for (name, text) in files {
        bench.write(name, text);
    }
    bench.set_day("2026-04-20");
    bench.pull(toml);
    bench.figures()
}

/// More by `PROPTEST_CASES`.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn snapshots_give_the_same_one_by_one_in_any_order_and_at_once(files in snapshots(), days_pass: bool) {
        let files: Vec<(String, String)> = files.iter().map(|(day, rows)| snapshot(*day, rows)).collect();
        prop_assert_eq!(one_by_one(&files, FLAT, days_pass), at_once(&files, FLAT));
    }

    #[test]
    fn increments_with_change_times_give_the_same_one_by_one_in_any_order_and_at_once(
        files in changes(),
        days_pass: bool,
    ) {
        let files: Vec<(String, String)> =
            files.iter().enumerate().map(|(place, rows)| increment(place, rows)).collect();
        let toml = increments();
        let together = at_once(&files, &toml);
        prop_assert_eq!(&one_by_one(&files, &toml, days_pass), &together);
        let backwards: Vec<(String, String)> = files.into_iter().rev().collect();
        prop_assert_eq!(&one_by_one(&backwards, &toml, days_pass), &together);
    }
}
