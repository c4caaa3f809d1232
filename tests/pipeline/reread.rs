//! A changed mapping reads everything anew.

use crate::bench::{Bench, FLAT, HEAD};

const FIRST: &str = "\
A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5
B,1,2026-03-03,2026-03-11,2026-03-09,2026-03-12,5
";

/// The same flow, with the promise read from another column.
fn remapped(toml: &str) -> String {
    toml.replace("promised = \"promised\"", "promised = \"produced\"")
}

fn undated(toml: &str, delivery: &str) -> String {
    toml.replace("snapshot_date = \"lines_{yyyy-MM-dd}.csv\"\n", "")
        .replace("delivery = \"snapshot\"", &format!("delivery = \"{delivery}\""))
}

#[test]
fn a_changed_mapping_reads_everything_anew_even_what_is_no_longer_at_its_source() {
    let increments = FLAT.replace("delivery = \"snapshot\"", "delivery = \"increment\"");
    let bench = Bench::new();
    bench.write("lines_2026-03-20.csv", &format!("{HEAD}{FIRST}")).pull(&increments);
    bench.remove("lines_2026-03-20.csv");
    bench
        .write("lines_2026-03-21.csv", &format!("{HEAD}C,1,2026-03-03,2026-03-18,2026-03-10,2026-03-12,5\n"))
        .pull(&increments);
    assert_eq!(bench.kept()["2026-W11"], (1, 2));
    let report = bench.pull(&remapped(&increments));
    assert_eq!((report.records.read, report.records.new, report.journeys), (4, 3, 3));
    // Against the day of production nothing was delivered in time.
    let sum = bench.kept().values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    assert_eq!(sum, (0, 3));
    let back = bench.pull(&increments);
    assert_eq!((back.journeys, bench.kept()["2026-W11"]), (3, (1, 2)));
}

#[test]
fn undated_files_are_read_anew_in_the_order_of_their_arrival() {
    for delivery in ["increment", "snapshot"] {
        let toml = undated(FLAT, delivery);
        let bench = Bench::new();
        // One file, written over: the first promise is in the first, which is gone.
        bench.write("lines.csv", &format!("{HEAD}{FIRST}")).pull(&toml);
        bench.wait_days(1);
        let later = FIRST.replace("2026-03-11", "2026-03-17").replace("2026-03-09,5", "2026-03-10,5");
        bench.write("lines.csv", &format!("{HEAD}{later}")).pull(&toml);
        let figures = bench.figures();
        let stated = toml.replace(
            "ordered_quantity = \"quantity\"",
            "ordered_quantity = { column = \"quantity\", decimal = \".\" }",
        );
        bench.wait_days(1);
        let report = bench.pull(&stated);
        assert_eq!((report.records.read, report.journeys), (6, 2), "{delivery}");
        assert_eq!(bench.figures(), figures, "{delivery}");
    }
}

#[test]
fn a_row_that_was_deleted_at_the_source_stays_deleted_when_everything_is_read_anew() {
    let bench = Bench::new();
    bench.write("lines_2026-03-20.csv", &format!("{HEAD}{FIRST}C,1,2026-03-03,2026-03-11,,,5\n")).pull(FLAT);
    bench.write("lines_2026-03-21.csv", &format!("{HEAD}{FIRST}")).pull(FLAT);
    let figures = bench.figures();
    bench.remove("lines_2026-03-20.csv");
    let mapped = FLAT.replace(
        "ordered_quantity = \"quantity\"",
        "ordered_quantity = { column = \"quantity\", decimal = \".\" }",
    );
    let report = bench.pull(&mapped);
    // The file that is still there is looked at too, and says the same.
    assert_eq!((report.records.read, report.records.deleted, report.journeys), (7, 1, 3));
    assert_eq!(bench.figures(), figures);
}
