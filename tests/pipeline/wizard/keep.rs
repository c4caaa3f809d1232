//! A draft saved, exported and imported.

use std::path::PathBuf;

use plaza_domain::record::Field;
use plaza_engine::draft;
use plaza_engine::error::EngineError;
use plaza_engine::integration::{FieldTable, Integration};

use super::{draft_of, formats};
use crate::bench::{Bench, FLAT};

#[test]
fn what_is_saved_states_what_the_files_leave_no_doubt_about_and_again_is_the_next_version() {
    let bench = Bench::new();
    bench.write("orders.csv", "order;ordered;value\nA;20.03.2026;1.234,50\nB;21.03.2026;2,00\n");
    let mut stream = bench.look(&["orders.csv"]).unwrap().tables.remove(0).suggestion;
    stream.fields.insert(Field::Ordered, FieldTable::Column("ordered".into()));
    let mut draft = draft_of(vec![stream], &["delivered"]);
    assert_eq!(draft::save(&bench.workspace, &draft, " first ", false).unwrap(), "orders");
    let saved = |bench: &Bench| {
        let id = plaza_domain::event::IntegrationId::from("orders");
        bench.workspace.view(|view| view.integration_versions(&id)).unwrap()
    };
    let versions = saved(&bench);
    assert_eq!((versions.len(), versions[0].note.as_str()), (1, "first"));
    let kept = Integration::from_toml(&versions[0].toml).unwrap();
    assert_eq!(formats(&kept.streams[0], Field::Ordered), ["dd.MM.yyyy"]);
    let FieldTable::Read(value) = &kept.streams[0].fields[&Field::Value] else { panic!("no mark") };
    assert_eq!(value.decimal.as_deref(), Some(","));
    // The same again is no news; another integration does not take its name; a change is the next version.
    draft::save(&bench.workspace, &draft, "", true).unwrap();
    assert_eq!(saved(&bench).len(), 1);
    let error = draft::save(&bench.workspace, &draft, "", false).unwrap_err();
    assert!(matches!(&error, EngineError::Invalid { fields } if fields[0].0 == "id"), "{error}");
    draft.name = "Other".into();
    draft::save(&bench.workspace, &draft, "", true).unwrap();
    assert_eq!(saved(&bench).last().unwrap().version, 2);
    // What was saved can be pulled, and a later file with only low days is read the same way.
    bench.write("orders.csv", "order;ordered;value\nC;01.02.2026;1,00\n");
    let report = bench.pull(&saved(&bench).last().unwrap().toml.clone());
    assert_eq!((report.records.new, report.records.quarantined), (1, 0));
}

#[test]
fn an_export_comes_back_with_its_paths_and_leaves_nothing_half_written() {
    let bench = Bench::new();
    bench.write("orders.csv", "order,ordered\nA,2026-03-20\n");
    let stream = bench.look(&["orders.csv"]).unwrap().tables.remove(0).suggestion;
    let draft = draft_of(vec![stream], &["delivered"]);
    draft::save(&bench.workspace, &draft, "", false).unwrap();
    let file = bench.files.path().join("orders.toml");
    draft::export(&bench.workspace, "orders", &file).unwrap();
    assert_eq!(draft::import(&file).unwrap(), draft);
    assert_eq!(draft::from_toml(&draft::to_toml(&draft).unwrap()).unwrap(), draft);
    assert!(draft::export(&bench.workspace, "nothing", &file).is_err());
    let nowhere = bench.files.path().join("no/such/folder/orders.toml");
    assert!(draft::export(&bench.workspace, "orders", &nowhere).is_err());
    let mut names: Vec<_> = std::fs::read_dir(bench.files.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["orders.csv", "orders.toml"]);
}

#[test]
fn an_import_starts_from_the_folder_of_its_file_and_says_where_it_is_wrong() {
    let bench = Bench::new();
    let text = FLAT.replace("lines*.csv", "../in/lines*.csv");
    std::fs::create_dir(bench.files.path().join("toml")).unwrap();
    bench.write("toml/flat.toml", &text);
    let imported = draft::import(&bench.files.path().join("toml/flat.toml")).unwrap();
    let expected: PathBuf = bench.files.path().join("in").join("lines*.csv");
    assert_eq!(imported.streams[0].files, [expected.display().to_string()]);
    for (from, to, said) in [
        ("promised_by = \"sales\"", "promised_by = 7", &["line 7, column 15", "invalid type", "string"][..]),
        ("promised_by", "promised_bye", &["line 7", "promised_bye"]),
        ("delivery = \"snapshot\"", "delivery = \"everything\"", &["line", "everything"]),
        ("order = \"order\"", "ordre = \"order\"", &["line", "ordre"]),
        ("order = \"order\"", "order = { colum = \"order\" }", &["line", "colum"]),
        ("order = \"order\"", "order = 7", &["line", "the name of a column"]),
        ("[route]", "[rout]", &["rout"]),
        ("delivery = \"snapshot\"\n", "", &["delivery"]),
        ("days = { produced = 5, delivered = 2 }", "days = { produced = -5 }", &["line"]),
        ("legs = [", "legs = [[", &["line", "column"]),
    ] {
        let broken = text.replacen(from, to, 1);
        assert_ne!(broken, text, "{from}");
        let error = draft::from_toml(&broken).unwrap_err().to_string();
        assert!(said.iter().all(|word| error.contains(word)), "{to}: {error}");
    }
    assert!(draft::import(&bench.files.path().join("toml")).is_err());
    std::fs::write(bench.files.path().join("latin.toml"), b"name = \"\xE4\"").unwrap();
    assert!(draft::import(&bench.files.path().join("latin.toml")).unwrap_err().to_string().contains("UTF-8"));
}

#[test]
fn what_was_written_beside_its_data_is_shown_absolute_and_stays_relative() {
    let bench = Bench::new();
    bench.write(
        "lines_2026-03-20.csv",
        "order,line,ordered,promised,produced,delivered,quantity\nA,1,2026-03-02,2026-03-20,,,5\n",
    );
    bench.pull(FLAT);
    let page = plaza_engine::page::integration::IntegrationPage::read(
        &bench.workspace,
        "flat",
        plaza_domain::language::Language::En,
    )
    .unwrap();
    let mut draft = page.integration;
    assert_eq!(draft.streams[0].files, [bench.path("lines*.csv")]);
    assert!(bench.preview(&draft).problems.is_empty());
    draft.name = "Renamed".into();
    draft::save(&bench.workspace, &draft, "", true).unwrap();
    let saved = bench.workspace.view(|view| view.integration(&"flat".into())).unwrap().unwrap();
    let kept = Integration::from_toml(&saved.current.toml).unwrap();
    assert_eq!((kept.name.as_str(), kept.streams[0].files[0].as_str()), ("Renamed", "lines*.csv"));
}
