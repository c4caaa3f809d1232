//! Public data, sound and damaged, where it is at hand.

use plaza_domain::record::Field;
use plaza_engine::integration::{FieldTable, Integration};
use plaza_engine::page::integration::SourceReport;

use super::{column, draft_of, pairs, suggested, words};
use crate::bench::Bench;
use crate::real::data;

#[test]
fn northwind_and_scms_suggest_what_their_integrations_say() {
    let bench = Bench::new();
    if bench.take("northwind/orders.csv", "orders.csv") {
        let table = bench.look(&["orders.csv"]).unwrap().tables.remove(0);
        assert_eq!((table.rows, table.rows_exact), (830, true));
        assert_eq!(
            suggested(&table.suggestion),
            pairs(&[
                ("order", "order_id"),
                ("line", "=1"),
                ("customer", "customer_id"),
                ("ordered", "order_date"),
                ("shipped", "shipped_date"),
                ("promised", "required_date"),
            ])
        );
        let draft = draft_of(vec![table.suggestion], &["shipped"]);
        let counts = bench.count(&draft).unwrap();
        assert_eq!((counts.read, counts.journeys, counts.quarantined), (830, 830, 0), "{counts:?}");
    }
    for file in [
        "scms/SCMS_Delivery_History_Dataset.csv",
        "scms/alt_iso_fickya1987.csv",
        "damaged/scms_cr_only_line_ends_HiteshNimbalkar.csv",
    ] {
        if !bench.take(file, "scms.csv") {
            continue;
        }
        let table = bench.look(&["scms.csv"]).unwrap().tables.remove(0);
        assert_eq!((table.rows, table.damaged.len()), (10_324, 0), "{file}");
        let found = suggested(&table.suggestion);
        for pair in [
            ("order", "PO / SO #"),
            ("line", "ID"),
            ("product_group", "Product Group"),
            ("delivered", "Delivered to Client Date"),
            ("promised", "Scheduled Delivery Date"),
            ("ordered_quantity", "Line Item Quantity"),
            ("value", "Line Item Value"),
        ] {
            let pair = (pair.0.to_owned(), pair.1.to_owned());
            assert!(found.contains(&pair), "{file}: {pair:?} is not in {found:?}");
        }
        let sent = column(&bench.look(&["scms.csv"]).unwrap(), "PO Sent to Vendor Date").clone();
        assert!(sent.date_words.iter().any(|word| word.word == "N/A - From RDC"), "{:?}", sent.date_words);
    }
}

#[test]
fn a_file_without_names_is_told_and_nothing_is_guessed_from_it() {
    let bench = Bench::new();
    if !bench.take("adventureworks/PurchaseOrderHeader.csv", "PurchaseOrderHeader.csv") {
        return;
    }
    let table = bench.look(&["PurchaseOrderHeader.csv"]).unwrap().tables.remove(0);
    assert!(table.notes.iter().any(|note| note.contains("looks like data")), "{:?}", table.notes);
    assert_eq!(table.suggestion.fields.len(), 0);
    assert_eq!(table.suggestion.name, "purchaseorderheader");
    let draft = draft_of(vec![table.suggestion], &["delivered"]);
    assert!(words(&bench.preview(&draft)).iter().any(|(step, _)| step == "fields"));
}

/// The integrations of the public data sets are what the wizard can read, preview and count.
#[test]
fn the_integrations_of_public_data_count_as_they_should() {
    for (toml, folder, departments, read, journeys) in [
        (
            include_str!("../../fixtures/integrations/northwind.toml"),
            "northwind",
            ["sales", "logistics"],
            830,
            830,
        ),
        (
            include_str!("../../fixtures/integrations/scms.toml"),
            "scms",
            ["planning", "logistics"],
            10_324,
            10_324,
        ),
        (
            include_str!("../../fixtures/integrations/adventureworks-purchasing.toml"),
            "adventureworks",
            ["purchasing", "vendors"],
            12_857,
            8_845,
        ),
    ] {
        let bench = Bench::new();
        let mut draft = Integration::from_toml(toml).unwrap();
        let mut is_there = true;
        for file in draft.streams.iter_mut().flat_map(|stream| &mut stream.files) {
            let path = data(&format!("{folder}/{file}"));
            is_there &= path.is_some();
            *file = path.map(|path| path.display().to_string()).unwrap_or_default();
        }
        if !is_there {
            continue;
        }
        for department in departments {
            if bench
                .workspace
                .view(|view| view.departments())
                .unwrap()
                .iter()
                .all(|own| own.id.as_str() != department)
            {
                let department = plaza_engine::page::workspace::DepartmentDraft {
                    id: None,
                    name: department.to_owned(),
                    letter: department[..1].to_uppercase(),
                };
                bench.workspace.save_department_draft(&department).unwrap();
            }
        }
        let preview = bench.preview(&draft);
        assert!(preview.problems.is_empty(), "{folder}: {:?}", words(&preview));
        assert!(preview.streams.iter().all(|stream| stream.rows.len() == 10), "{folder}");
        let counts = bench.count(&draft).unwrap();
        assert_eq!((counts.read, counts.journeys), (read, journeys), "{folder}: {counts:?}");
    }
}

/// Files that spreadsheets have spoiled end in clear words, on every step of the wizard.
#[test]
fn spoiled_files_end_in_clear_words() {
    let bench = Bench::new();
    let hints = |report: &SourceReport| -> Vec<String> {
        report.tables[0]
            .columns
            .iter()
            .flat_map(|column| column.hints.iter().map(|words| format!("{}: {words}", column.name)))
            .collect()
    };
    if bench.take("damaged/adventureworks_workorder_excel_0000_Hemani18_head2000.csv", "lost.csv") {
        let report = bench.look(&["lost.csv"]).unwrap();
        let hints = hints(&report);
        assert!(
            hints.iter().any(|words| words.starts_with("DueDate") && words.contains("00:00.0")),
            "{hints:?}"
        );
        let mut stream = report.tables[0].suggestion.clone();
        stream.fields.insert(Field::Order, FieldTable::Column("WorkOrderID".into()));
        stream.fields.insert(Field::Ordered, FieldTable::Column("StartDate".into()));
        let preview = bench.preview(&draft_of(vec![stream], &["produced"]));
        let lost = words(&preview);
        assert!(
            lost.iter().any(|(step, words)| step == "dates"
                && words.contains("StartDate")
                && words.contains("lost the dates")),
            "{lost:?}"
        );
        assert!(preview.streams[0].rows.iter().all(|row| !row.reasons.is_empty()));
    }
    if bench.take("damaged/olist_filldown_Suhaniahirwar20.csv", "filled.csv") {
        let report = bench.look(&["filled.csv"]).unwrap();
        let hints = hints(&report);
        assert!(
            hints.iter().any(|words| words.contains("invented") || words.contains("filled down")),
            "{hints:?}"
        );
        let draft = draft_of(vec![report.tables[0].suggestion.clone()], &["delivered"]);
        let preview = bench.preview(&draft);
        assert!(preview.problems.is_empty(), "{:?}", words(&preview));
        let counts = bench.count(&draft).unwrap();
        assert!(counts.warnings.iter().any(|words| words.contains("invented")), "{counts:?}");
    }
    if bench.take("damaged/scms_yymmdd_misparse_Masoud2568.csv", "misread.csv") {
        let report = bench.look(&["misread.csv"]).unwrap();
        let hints = hints(&report);
        for name in ["PQ First Sent to Client Date", "PO Sent to Vendor Date"] {
            let said = hints.iter().find(|words| words.starts_with(name) && words.contains("misread"));
            assert!(said.is_some(), "{name}: {hints:?}");
        }
        // The two dates that the promise needs are whole; misread ones are not believed and wait.
        let mut stream = report.tables[0].suggestion.clone();
        stream.fields.insert(Field::Ordered, stream.fields[&Field::Delivered].clone());
        let counts = bench.count(&draft_of(vec![stream.clone()], &["delivered"])).unwrap();
        assert_eq!((counts.read, counts.journeys), (10_324, 10_324));
        let empty = ["N/A - From RDC", "Date Not Captured"];
        let read = serde_json::json!({ "column": "PO Sent to Vendor Date", "empty_words": empty });
        stream.fields.insert(Field::Confirmed, serde_json::from_value(read).unwrap());
        let counts = bench.count(&draft_of(vec![stream], &["delivered"])).unwrap();
        assert_eq!(
            (counts.read, counts.reasons[0].rule.as_str(), counts.reasons[0].rows),
            (10_324, "not-a-date", 1_712)
        );
    }
}
