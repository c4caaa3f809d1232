//! Looking at files: what cannot be used, what is in a table, what its columns probably mean.

use std::path::Path;

use plaza_domain::language::Language;
use plaza_domain::record::Field;
use plaza_engine::draft;
use plaza_engine::integration::FieldTable;

use super::{column, draft_of, formats, pairs, suggested};
use crate::bench::Bench;

#[test]
fn files_that_are_no_tables_are_refused_with_their_reason() {
    let bench = Bench::new();
    bench.write("empty.csv", "");
    bench.write("web.csv", "<!doctype html><html><body>Please log in</body></html>");
    std::fs::write(bench.files.path().join("binary.csv"), [0_u8; 4096]).unwrap();
    std::fs::create_dir(bench.files.path().join("none")).unwrap();
    for (name, words) in [
        ("missing.csv", "is not there"),
        ("empty.csv", "is empty"),
        ("web.csv", "a web page"),
        ("binary.csv", "zeros or binary"),
        ("none", "is not there"),
    ] {
        let error = bench.look(&[name]).unwrap_err().to_string();
        assert!(error.contains(words) && error.contains(name), "{name}: {error}");
    }
    // Beside a file that can be used they are listed, and the file is still of use.
    bench.write("good.csv", "order,ordered\nA,2026-03-20\n");
    let report = bench.look(&["good.csv", "empty.csv", "missing.csv"]).unwrap();
    assert_eq!((report.tables.len(), report.refused.len()), (1, 2));
    assert!(report.refused.iter().any(|file| file.words.contains("empty.csv")), "{:?}", report.refused);
    let german =
        draft::look(&bench.workspace, &[bench.path("good.csv"), bench.path("empty.csv")], Language::De)
            .unwrap();
    assert!(german.refused[0].words.contains("ist leer"), "{:?}", german.refused);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    bench.write("secret.csv", "order\nA\n");
    let path = bench.files.path().join("secret.csv");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        return; // Whoever may read everything cannot see this.
    }
    assert!(bench.look(&["secret.csv"]).unwrap_err().to_string().contains("cannot be read"));
}

#[test]
fn a_file_with_only_names_is_a_table_without_rows() {
    let bench = Bench::new();
    bench.write("names.csv", "order,line,ordered,promised\n");
    let report = bench.look(&["names.csv"]).unwrap();
    let table = &report.tables[0];
    assert_eq!((table.rows, table.rows_exact, table.columns.len()), (0, true, 4));
    assert!(table.columns.iter().all(|column| column.kind == "empty"));
    let draft = draft_of(vec![table.suggestion.clone()], &["delivered"]);
    let preview = bench.preview(&draft);
    assert!(preview.streams[0].rows.is_empty());
}

#[test]
fn doubled_names_are_told_and_readable() {
    let bench = Bench::new();
    bench.write("doubled.csv", "order,date,date,\nA,2026-03-20,2026-03-21,x\n");
    let table = bench.look(&["doubled.csv"]).unwrap().tables.remove(0);
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["order", "date", "date (2)", "column 4"]);
    assert_eq!(table.notes.len(), 2, "{:?}", table.notes);
    assert!(table.notes[0].contains("“date (2)”"), "{:?}", table.notes);
}

#[test]
fn damaged_rows_are_told_with_their_numbers() {
    let bench = Bench::new();
    let good = "A,2026-03-20,1\n".repeat(30);
    let bad = "A,2026-03-20\n".repeat(25);
    bench.write("damaged.csv", &format!("order,ordered,quantity\n{good}{bad}"));
    let table = bench.look(&["damaged.csv"]).unwrap().tables.remove(0);
    assert_eq!((table.rows, table.damaged.len()), (30, 21));
    assert!(table.damaged[0].starts_with("Row 32: "), "{:?}", table.damaged[0]);
    assert!(table.damaged[20].contains('5'), "{:?}", table.damaged[20]);
}

#[test]
fn one_column_over_several_files_is_one_question() {
    let bench = Bench::new();
    std::fs::create_dir(bench.files.path().join("in")).unwrap();
    // Only the second file tells that the day comes first.
    bench.write("in/orders_1.csv", "order,ordered on\nA,01/02/2026\nB,02/03/2026\n");
    bench.write("in/orders_2.csv", "order,ordered on\nC,21/02/2026\n");
    bench.write("in/prices.csv", "article,price\nX,1.50\n");
    bench.write("in/notes.md", "# no table\n");
    let report = bench.look(&["in"]).unwrap();
    assert_eq!(report.tables.len(), 3);
    assert!(report.tables.iter().all(|table| Path::new(&table.path).is_absolute()));
    let ordered = column(&report, "ordered on");
    assert!(!ordered.ambiguous && ordered.date_formats == ["dd/MM/yyyy"], "{ordered:?}");
    assert_eq!(formats(&report.tables[0].suggestion, Field::Ordered), ["dd/MM/yyyy"]);
}

#[test]
fn names_in_three_languages_suggest_the_same_fields() {
    let bench = Bench::new();
    let row = "SO-1;1;Aqua;2026-03-02;2026-03-10;2026-03-09;2026-03-08;5;100,50;offen\nSO-1;2;Aqua;2026-03-02;2026-03-20;2026-03-19;2026-03-18;5;10,50;offen\n";
    let expected = |names: &[&str]| {
        let fields = [
            "order",
            "line",
            "customer",
            "status",
            "ordered",
            "shipped",
            "delivered",
            "promised",
            "ordered_quantity",
            "value",
        ];
        // Fields come in their own order, the columns as in the file.
        let place = [0, 1, 2, 9, 3, 6, 5, 4, 7, 8];
        fields
            .iter()
            .zip(place)
            .map(|(field, at)| ((*field).to_owned(), names[at].to_owned()))
            .collect::<Vec<_>>()
    };
    for names in [
        [
            "OrderID",
            "Line No.",
            "Customer Name",
            "OrderDate",
            "promised_date",
            "DeliveredDate",
            "ship_date",
            "Qty",
            "NetAmount",
            "Status",
        ],
        [
            "Auftragsnr",
            "Pos.",
            "Kunde",
            "Bestelldatum",
            "Zugesagter Liefertermin",
            "Lieferdatum",
            "Versanddatum",
            "Menge",
            "Nettowert",
            "Status",
        ],
        [
            "Nº pedido",
            "Línea",
            "Cliente",
            "Fecha de pedido",
            "Fecha prometida",
            "Fecha de entrega",
            "Fecha de envío",
            "Cantidad",
            "Importe",
            "Estado",
        ],
    ] {
        bench.write("rows.csv", &format!("{}\n{row}", names.join(";")));
        let table = bench.look(&["rows.csv"]).unwrap().tables.remove(0);
        assert_eq!(suggested(&table.suggestion), expected(&names));
        assert_eq!(table.suggestion.name, "orders");
        assert_eq!(formats(&table.suggestion, Field::Ordered), ["yyyy-MM-dd"]);
        let FieldTable::Read(status) = &table.suggestion.fields[&Field::Status] else {
            panic!("no meanings")
        };
        assert_eq!(status.values["offen"], "open");
    }
}

#[test]
fn rows_that_are_no_orders_suggest_their_own_stream() {
    let bench = Bench::new();
    bench.write(
        "shipments.csv",
        "shipment_no,order_no,line_no,shipped,delivered,quantity\nS1,A,1,2026-03-05,2026-03-06,6\nS2,A,1,2026-03-12,2026-03-13,4\n",
    );
    bench.write(
        "invoices.csv",
        "Rechnungsnr;Auftragsnr;Rechnungsdatum;Fälligkeit der Rechnung\nR1;A;2026-03-05;2026-04-05\n",
    );
    let report = bench.look(&["shipments.csv", "invoices.csv"]).unwrap();
    assert_eq!(
        suggested(&report.tables[0].suggestion),
        pairs(&[
            ("order", "order_no"),
            ("line", "line_no"),
            ("row_key", "shipment_no"),
            ("shipped", "shipped"),
            ("delivered", "delivered"),
            ("shipped_quantity", "quantity"),
            ("delivered_quantity", "quantity"),
        ])
    );
    assert_eq!(
        suggested(&report.tables[1].suggestion),
        pairs(&[
            ("order", "Auftragsnr"),
            ("row_key", "Rechnungsnr"),
            ("invoiced", "Rechnungsdatum"),
            ("paid_due", "Fälligkeit der Rechnung"),
        ])
    );
    let names: Vec<&str> = report.tables.iter().map(|table| table.suggestion.name.as_str()).collect();
    assert_eq!(names, ["shipments", "invoices"]);
}

#[test]
fn a_column_is_the_same_in_a_file_that_writes_its_name_in_capitals() {
    let bench = Bench::new();
    bench.write("orders_1.csv", "order,ordered on\nA,01/02/2026\nB,02/03/2026\n");
    bench.write("orders_2.csv", "ORDER,Ordered On \nC,02/21/2026\n");
    let mut stream = bench.look(&["orders_1.csv"]).unwrap().tables.remove(0).suggestion;
    assert!(formats(&stream, Field::Ordered).is_empty());
    stream.files.push(bench.path("orders_2.csv"));
    let draft = draft_of(vec![stream], &["delivered"]);
    let preview = bench.preview(&draft);
    // The second file tells that the month comes first: a question less, and the right days.
    assert!(preview.problems.is_empty(), "{:?}", super::words(&preview));
    let place = preview.streams[0].fields.iter().position(|field| field == "ordered").unwrap();
    assert_eq!(preview.streams[0].rows[1].read[place].as_deref(), Some("2026-02-03"));
}
