//! The same rows in a database and in a file are the same company.

use crate::bench::{Bench, FLAT, HEAD};
use crate::company::{agree, journeys};
use crate::start::{SECRET, Server};

/// Rows with what databases and files write differently: empty cells, quotes, commas, fractions.
fn rows() -> Vec<[String; 7]> {
    (1..=3_000)
        .map(|number: u32| {
            let day = |after: u32| {
                let day = plaza_domain::day::Day(20_455 + (number % 50 + after) as i32);
                day.to_string()
            };
            let produced = if number % 7 == 0 { String::new() } else { day(6) };
            let delivered = if number % 5 == 0 { String::new() } else { day(8 + number % 6) };
            let order = format!("Z\u{fc}rich \"{}\", {}", number / 3, number % 4);
            let quantity = format!("{}.{}", number % 90 + 1, ["0", "25", "5"][number as usize % 3]);
            [order, (number % 3 + 1).to_string(), day(0), day(10), produced, delivered, quantity]
        })
        .collect()
}

#[test]
fn rows_of_a_mariadb_table_make_the_same_company_as_the_same_rows_in_a_file() {
    let server = Server::mariadb();
    let value = |cell: &String| {
        if cell.is_empty() { "NULL".to_owned() } else { format!("'{}'", cell.replace('\'', "''")) }
    };
    let values: Vec<String> = rows()
        .iter()
        .map(|row| format!("({})", row.iter().map(value).collect::<Vec<_>>().join(",")))
        .collect();
    server
        .mysql(&format!(
            "USE erp; CREATE TABLE order_lines (`order` varchar(60), line int, ordered date, promised date, \
             produced date, delivered date, quantity decimal(12, 3)); INSERT INTO order_lines VALUES {}",
            values.join(",")
        ))
        .unwrap();
    let from_file = Bench::new();
    let quoted = |cell: &String| {
        if cell.contains(['"', ',']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    let text: String =
        rows().iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n").collect();
    from_file.write("lines_2026-03-30.csv", &format!("{HEAD}{text}"));
    let by_file = from_file.pull(FLAT);
    let asked = FLAT
        .replace("files = [\"lines*.csv\"]", "from = { name = \"order_lines\" }")
        .replace("snapshot_date = \"lines_{yyyy-MM-dd}.csv\"", "")
        .replace("\"quantity\"", "{ column = \"quantity\", decimal = \".\" }")
        .replacen(
            "[route]",
            &format!(
                "[connection]\nkind = \"mysql\"\nhost = \"127.0.0.1\"\nport = {}\ndatabase = \"erp\"\nuser = \"plaza\"\ntls = \"off\"\n\n[route]",
                server.port
            ),
            1,
        );
    let from_table = Bench::new();
    plaza_engine::connection::keep_secret(&from_table.workspace, "flat", "password", Some(SECRET.into()))
        .unwrap();
    let by_table = from_table.pull(&asked);
    assert_eq!((by_file.records.read, by_file.journeys), (3_000, 3_000));
    assert_eq!(
        (&by_table.records, by_table.journeys, &by_table.reasons),
        (&by_file.records, by_file.journeys, &by_file.reasons)
    );
    agree(("the file", &journeys(&from_file)), ("the table", &journeys(&from_table)));
    assert_eq!(from_file.figures(), from_table.figures());
}
