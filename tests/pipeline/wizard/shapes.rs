//! Cells of every shape: words among numbers, days counted by a spreadsheet, noughts for no date. Asked, never guessed.

use plaza_domain::record::Field;
use plaza_engine::error::EngineError;
use plaza_engine::integration::{FieldTable, Integration, Stream};
use plaza_engine::page::integration::{ColumnReport, WordCount};

use super::{column, draft_of, formats, suggested, words};
use crate::bench::Bench;

fn listed(words: &[WordCount]) -> Vec<(&str, u32)> {
    words.iter().map(|word| (word.word.as_str(), word.count)).collect()
}

/// The choices of a column: formats, and the day of the example.
fn choices(column: &ColumnReport) -> Vec<(String, Option<&str>)> {
    column.date_choices.iter().map(|choice| (choice.formats.join(" "), choice.day.as_deref())).collect()
}

fn map(stream: &mut Stream, field: Field, read: serde_json::Value) {
    stream.fields.insert(field, serde_json::from_value(read).unwrap());
}

fn suggestion(bench: &Bench, file: &str) -> Stream {
    bench.look(&[file]).unwrap().tables.remove(0).suggestion
}

#[test]
fn words_among_numbers_wait_until_a_person_says_what_they_stand_for() {
    let bench = Bench::new();
    let rows: String = (1..=40)
        .map(|row| {
            let quantity = match row {
                1..=4 => "n/a",
                5 => "-",
                6 => "siehe Notiz",
                _ => "12,5",
            };
            let value = if row == 7 { "01.05.2026" } else { "1.234,50" };
            format!("O{row};13.03.2026;16.03.2026;{quantity};{value}\n")
        })
        .collect();
    bench.write("orders.csv", &format!("order;ordered;promised;quantity;value\n{rows}"));
    let report = bench.look(&["orders.csv"]).unwrap();
    let quantity = column(&report, "quantity");
    assert_eq!(listed(&quantity.number_words), [("n/a", 4), ("-", 1), ("siehe Notiz", 1)]);
    assert_eq!(listed(&column(&report, "value").number_words), [("01.05.2026", 1)]);
    assert!(!quantity.mark_unknown && !quantity.ambiguous);
    let mut draft = draft_of(vec![report.tables[0].suggestion.clone()], &["delivered"]);
    let preview = bench.preview(&draft);
    assert!(preview.problems.is_empty(), "{:?}", words(&preview));
    let rows = &preview.streams[0].rows;
    assert!(rows[0].reasons[0].contains("n/a") && rows[4].reasons[0].contains('-'), "{:?}", rows[0].reasons);
    let counts = bench.count(&draft).unwrap();
    assert_eq!(
        (counts.quarantined, counts.journeys, counts.reasons[0].rule.as_str()),
        (7, 33, "not-a-number")
    );

    let empty = ["n/a", "-", "Siehe Notiz"];
    map(
        &mut draft.streams[0],
        Field::OrderedQuantity,
        serde_json::json!({ "column": "quantity", "empty_words": empty }),
    );
    let place =
        bench.preview(&draft).streams[0].fields.iter().position(|own| own == "ordered_quantity").unwrap();
    assert_eq!(bench.preview(&draft).streams[0].rows[0].read[place], None);
    let counts = bench.count(&draft).unwrap();
    assert_eq!((counts.quarantined, counts.journeys), (1, 39));
    // What is saved states the words, and the pull does what the count said.
    plaza_engine::draft::save(&bench.workspace, &draft, "", false).unwrap();
    let saved = bench.workspace.view(|view| view.integration(&"orders".into())).unwrap().unwrap();
    let text = saved.current.toml;
    assert!(text.contains("siehe Notiz") || text.contains("Siehe Notiz"), "{text}");
    let pulled = bench.pull(&text);
    assert_eq!((pulled.records.quarantined, pulled.journeys), (1, 39));
}

#[test]
fn a_column_without_a_single_number_is_no_column_of_numbers() {
    let bench = Bench::new();
    bench.write("orders.csv", "order,ordered,note\nA,2026-03-02,call first\nB,2026-03-02,-\n");
    let mut stream = suggestion(&bench, "orders.csv");
    map(&mut stream, Field::OrderedQuantity, serde_json::json!("note"));
    let preview = bench.preview(&draft_of(vec![stream.clone()], &["delivered"]));
    assert!(
        words(&preview).iter().any(|(step, words)| step == "fields" && words.contains("holds no numbers")),
        "{:?}",
        words(&preview)
    );
    let all = serde_json::json!({ "column": "note", "empty_words": ["call first", "-"] });
    map(&mut stream, Field::OrderedQuantity, all);
    assert!(bench.preview(&draft_of(vec![stream], &["delivered"])).problems.is_empty());
}

#[test]
fn decimal_marks_that_contradict_one_another_are_asked_about_and_can_be_answered() {
    let bench = Bench::new();
    bench.write(
        "orders.csv",
        "order;ordered;value\nA;2026-03-02;1,5\nB;2026-03-02;1.5\nC;2026-03-02;1.234,5\nD;2026-03-02;1 234,5\n",
    );
    let report = bench.look(&["orders.csv"]).unwrap();
    assert!(column(&report, "value").mark_unknown && column(&report, "value").ambiguous);
    let mut draft = draft_of(vec![report.tables[0].suggestion.clone()], &["delivered"]);
    assert!(
        words(&bench.preview(&draft)).iter().any(|(step, words)| step == "dates" && words.contains("1,5"))
    );
    map(&mut draft.streams[0], Field::Value, serde_json::json!({ "column": "value", "decimal": "," }));
    let counts = bench.count(&draft).unwrap();
    // The one that is written the other way waits; thousands may have any mark.
    assert_eq!((counts.journeys, counts.quarantined), (3, 1), "{counts:?}");
}

/// Days as a spreadsheet counts them: a person sees both days that the number may be.
#[test]
fn a_spreadsheets_day_numbers_are_asked_about_by_the_wizard_and_by_the_pull() {
    let bench = Bench::new();
    let file =
        "order;ordered;promised;delivered\nA;46083;46090;46088,5\nB;46084;0;46089,25\nC;46084;46091;n/a\n";
    bench.write("orders.csv", file);
    let report = bench.look(&["orders.csv"]).unwrap();
    let ordered = column(&report, "ordered");
    let days = [("excel-1900".to_owned(), Some("2026-03-02")), ("excel-1904".to_owned(), Some("2030-03-03"))];
    assert_eq!((ordered.date_choices[0].example.as_str(), choices(ordered)), ("46083", days.to_vec()));
    assert_eq!(listed(&column(&report, "promised").date_words), [("0", 1)]);
    assert_eq!(listed(&column(&report, "delivered").date_words), [("n/a", 1)]);
    let stream = report.tables[0].suggestion.clone();
    for (field, name) in
        [(Field::Ordered, "ordered"), (Field::Promised, "promised"), (Field::Delivered, "delivered")]
    {
        assert_eq!(stream.fields[&field], FieldTable::Column(name.into()), "a guess");
    }
    let mut draft = draft_of(vec![stream.clone()], &["delivered"]);
    let asked = bench.preview(&draft);
    assert_eq!(asked.problems.iter().filter(|one| one.step == "dates").count(), 3, "{:?}", words(&asked));
    assert!(words(&asked)[0].1.contains("as a spreadsheet counts them"), "{:?}", words(&asked));
    assert!(plaza_engine::draft::save(&bench.workspace, &draft, "", false).is_err());
    let error = bench.try_pull(&draft.to_toml().unwrap()).unwrap_err();
    let EngineError::Question(question) = error else { panic!("{error}") };
    assert_eq!(question.examples, ["46083 (2026-03-02 / 2030-03-03)", "46084 (2026-03-03 / 2030-03-04)"]);
    assert_eq!(
        question.answers,
        [
            "ordered = { column = \"ordered\", formats = [\"excel-1900\"] }",
            "ordered = { column = \"ordered\", formats = [\"excel-1904\"] }"
        ]
    );
    for (field, name, empty) in [
        (Field::Ordered, "ordered", "0"),
        (Field::Promised, "promised", "0"),
        (Field::Delivered, "delivered", "n/a"),
    ] {
        let read = serde_json::json!({ "column": name, "formats": ["excel-1900"], "empty_words": [empty] });
        map(&mut draft.streams[0], field, read);
    }
    let preview = bench.preview(&draft);
    assert!(preview.problems.is_empty(), "{:?}", words(&preview));
    let read = |row: usize, field: &str| {
        let place = preview.streams[0].fields.iter().position(|own| own == field).unwrap();
        preview.streams[0].rows[row].read[place].clone()
    };
    assert_eq!(read(0, "delivered").as_deref(), Some("2026-03-07"));
    assert_eq!((read(1, "promised"), read(2, "delivered")), (None, None));
    let counts = bench.count(&draft).unwrap();
    assert_eq!((counts.journeys, counts.quarantined, counts.without_promise), (3, 0, 1));
    assert_eq!(bench.pull(&draft.to_toml().unwrap()).journeys, 3);
}

#[test]
fn day_numbers_in_text_cells_of_a_workbook_and_among_written_dates_are_asked_about_too() {
    let bench = Bench::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["order", "ordered", "promised"],
        ["A", "46083.5", "2026-03-09"],
        ["B", "46084", "46091"],
        ["C", "46084", "2026-03-11"],
    ];
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *cell).unwrap();
        }
    }
    book.save(bench.files.path().join("orders.xlsx")).unwrap();
    let report = bench.look(&["orders.xlsx"]).unwrap();
    assert_eq!(choices(column(&report, "ordered")).len(), 2);
    let promised = column(&report, "promised");
    assert_eq!(
        choices(promised),
        [
            ("yyyy-MM-dd excel-1900".to_owned(), Some("2026-03-10")),
            ("yyyy-MM-dd excel-1904".to_owned(), Some("2030-03-11")),
            ("yyyy-MM-dd".to_owned(), None),
        ]
    );
    assert!(promised.ambiguous);
    let mut draft = draft_of(vec![report.tables[0].suggestion.clone()], &["delivered"]);
    assert!(formats(&draft.streams[0], Field::Promised).is_empty());
    // “They are no days” is an answer as well: those cells wait.
    for (formats, waiting) in [(vec!["yyyy-MM-dd", "excel-1900"], 0), (vec!["yyyy-MM-dd"], 1)] {
        let stream = &mut draft.streams[0];
        map(stream, Field::Ordered, serde_json::json!({ "column": "ordered", "formats": ["excel-1900"] }));
        map(stream, Field::Promised, serde_json::json!({ "column": "promised", "formats": formats }));
        let counts = bench.count(&draft).unwrap();
        assert_eq!((counts.journeys, counts.quarantined), (3 - waiting, waiting));
    }
}

/// The number of an order is not taken for its date because it is of that size.
#[test]
fn five_digits_are_an_order_number_or_a_date_by_their_name_and_never_without_asking() {
    let bench = Bench::new();
    bench.write("orders.csv", "Order No,Order Date,Total\n45001,46083,36000\n45002,46084,41000\n");
    let found = suggested(&suggestion(&bench, "orders.csv"));
    for pair in [("order", "Order No"), ("ordered", "Order Date"), ("value", "Total")] {
        assert!(found.contains(&(pair.0.to_owned(), pair.1.to_owned())), "{pair:?}: {found:?}");
    }
}

#[test]
fn noughts_and_words_for_no_date_are_listed_however_many_there_are() {
    let bench = Bench::new();
    let rows: String = (1..=200)
        .map(|row| {
            let (paid, delivered) =
                if row % 50 == 0 { ("20260320", "20.03.2026") } else { ("00000000", "offen") };
            format!("O{row};20260302;{delivered};{paid}\n")
        })
        .collect();
    bench.write("orders.csv", &format!("Auftragsnr;Bestelldatum;Lieferdatum;Zahlungsdatum\n{rows}"));
    let report = bench.look(&["orders.csv"]).unwrap();
    assert_eq!(listed(&column(&report, "Zahlungsdatum").date_words), [("00000000", 196)]);
    assert_eq!(listed(&column(&report, "Lieferdatum").date_words), [("offen", 196)]);
    let mut draft = draft_of(vec![report.tables[0].suggestion.clone()], &["delivered", "paid"]);
    let preview = bench.preview(&draft);
    assert!(preview.problems.is_empty(), "{:?}", words(&preview));
    assert_eq!(bench.count(&draft).unwrap().journeys, 4);
    let toml: Integration = draft.clone();
    assert_eq!(formats(&toml.streams[0], Field::Paid), ["yyyyMMdd"]);
    for (field, name, word) in
        [(Field::Delivered, "Lieferdatum", "offen"), (Field::Paid, "Zahlungsdatum", "00000000")]
    {
        map(&mut draft.streams[0], field, serde_json::json!({ "column": name, "empty_words": [word] }));
    }
    let counts = bench.count(&draft).unwrap();
    assert_eq!((counts.journeys, counts.quarantined), (200, 0));
}

/// What comes behind the first rows counts as much: only the whole column tells.
#[test]
fn words_and_marks_far_down_are_found_as_well() {
    let bench = Bench::new();
    let rows: String = (1..=25_000)
        .map(|row| {
            let quantity = match row {
                24_000 => "1.5".to_owned(),
                24_001 => "1,5".to_owned(),
                24_002 => "TBC".to_owned(),
                _ => (row % 1_000).to_string(),
            };
            format!("O{row};2026-03-02;{quantity}\n")
        })
        .collect();
    bench.write("orders.csv", &format!("order;ordered;quantity\n{rows}"));
    let report = bench.look(&["orders.csv"]).unwrap();
    let quantity = column(&report, "quantity");
    assert!(quantity.mark_unknown);
    assert_eq!(listed(&quantity.number_words), [("TBC", 1)]);
}
