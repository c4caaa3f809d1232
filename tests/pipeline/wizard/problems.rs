//! What stops a draft, with the step and the place where it is answered; rules and limits as the wizard shows them.

use plaza_domain::language::Language;
use plaza_domain::record::Field;
use plaza_engine::draft;
use plaza_engine::error::EngineError;
use plaza_engine::integration::{FieldTable, Stream};

use super::{column, draft_of, formats, words};
use crate::bench::Bench;

#[test]
fn an_ambiguous_date_is_asked_in_look_and_preview_and_never_given_a_format() {
    let bench = Bench::new();
    let rows: String = (1..=12).map(|day| format!("O{day},{day:02}/03/2026,{day:02}/04/2026\n")).collect();
    bench.write("orders.csv", &format!("order,order date,promised date\n{rows}"));
    let report = bench.look(&["orders.csv"]).unwrap();
    let ordered = column(&report, "order date");
    assert!(ordered.ambiguous);
    assert_eq!(ordered.date_formats, ["dd/MM/yyyy", "MM/dd/yyyy"]);
    let stream = report.tables[0].suggestion.clone();
    assert!(formats(&stream, Field::Ordered).is_empty() && formats(&stream, Field::Promised).is_empty());
    let mut draft = draft_of(vec![stream], &["delivered"]);
    let preview = bench.preview(&draft);
    let dates: Vec<_> = preview.problems.iter().filter(|problem| problem.step == "dates").collect();
    assert_eq!(dates.len(), 2, "{:?}", words(&preview));
    assert_eq!(dates[0].field.as_deref(), Some("ordered"));
    // As they are written, until a person says how they are read.
    let place = preview.streams[0].fields.iter().position(|field| field == "ordered").unwrap();
    assert_eq!(preview.streams[0].rows[0].read[place].as_deref(), Some("01/03/2026"));
    assert!(preview.streams[0].rows.iter().all(|row| row.reasons.is_empty()));
    assert!(matches!(bench.count(&draft), Err(EngineError::Invalid { .. })));
    for field in [Field::Ordered, Field::Promised] {
        let name = if field == Field::Ordered { "order date" } else { "promised date" };
        let read = serde_json::json!({ "column": name, "formats": ["dd/MM/yyyy"] });
        draft.streams[0].fields.insert(field, serde_json::from_value(read).unwrap());
    }
    let preview = bench.preview(&draft);
    assert!(preview.problems.is_empty(), "{:?}", words(&preview));
    assert_eq!(preview.streams[0].rows[0].read[place].as_deref(), Some("2026-03-01"));
}

#[test]
fn files_of_different_shapes_in_one_stream_are_a_problem_that_names_the_file() {
    let bench = Bench::new();
    bench.write("a.csv", "order,ordered\nA,2026-03-20\n");
    bench.write("b.csv", "number,ordered\nB,2026-03-20\n");
    let mut stream = bench.look(&["a.csv"]).unwrap().tables.remove(0).suggestion;
    stream.files.push(bench.path("b.csv"));
    let preview = bench.preview(&draft_of(vec![stream.clone()], &["delivered"]));
    let problem = preview.problems.iter().find(|problem| problem.step == "files").unwrap();
    assert!(problem.words.contains("b.csv") && problem.words.contains("order"), "{}", problem.words);
    stream.files = vec![bench.path("b.csv")];
    let preview = bench.preview(&draft_of(vec![stream], &["delivered"]));
    assert!(words(&preview).iter().any(|(step, words)| step == "fields" && words.contains("“order”")));
}

#[test]
fn everything_that_stops_a_draft_is_said_at_once_with_its_step_and_its_place() {
    let bench = Bench::new();
    bench.write("orders.csv", "order,ordered,status\nA,2026-03-20,done\n");
    let mut stream = bench.look(&["orders.csv"]).unwrap().tables.remove(0).suggestion;
    stream.fields.insert(Field::Status, FieldTable::Column("status".into()));
    stream.fields.insert(Field::Delivered, FieldTable::Column("status".into()));
    stream
        .fields
        .insert(Field::Value, serde_json::from_str(r#"{"column": "order", "decimal": ";"}"#).unwrap());
    stream.fields.insert(Field::Product, serde_json::from_str("{}").unwrap());
    let other = Stream { files: vec!["orders.csv".into()], ..stream.clone() };
    let mut draft = draft_of(vec![stream, other], &["ordered", "shipped", "shipped"]);
    draft.route.promised_by = "marketing".into();
    draft.route.promise = plaza_domain::journey::Milestone::Paid;
    draft.rules.severity.insert("milestones".into(), plaza_engine::integration::Severity::Warn);
    draft.rules.severity.insert("damaged".into(), plaza_engine::integration::Severity::Off);
    draft.rules.required = vec![Field::Paid];
    draft.time_zone = Some("Europe/Atlantis".into());
    let preview = bench.preview(&draft);
    let steps: std::collections::BTreeSet<&str> =
        preview.problems.iter().map(|problem| problem.step.as_str()).collect();
    let all = ["dates", "fields", "files", "finish", "found", "route", "rules", "values"];
    assert_eq!(steps.into_iter().collect::<Vec<_>>(), all, "{:?}", words(&preview));
    let EngineError::Invalid { fields } = draft::save(&bench.workspace, &draft, "", false).unwrap_err()
    else {
        panic!("a draft with problems was saved")
    };
    for path in [
        "stream[0].fields.value",
        "stream[0].fields.product",
        "stream[0].fields.delivered",
        "stream[1].name",
        "stream[1].files[0]",
        "route.promised_by",
        "route.legs[0].to",
        "route.legs[2].to",
        "route.promise",
        "rules.severity.milestones",
        "rules.severity.damaged",
        "rules.required[0]",
        "time_zone",
    ] {
        assert!(fields.iter().any(|(field, _)| field == path), "{path}: {fields:?}");
    }
    for language in [Language::De, Language::Es] {
        let other = draft::preview(&bench.workspace, &draft, language).unwrap();
        for (one, two) in preview.problems.iter().zip(&other.problems) {
            assert_eq!(one.step, two.step);
            assert_ne!(one.words, two.words, "the same in {language}");
        }
    }
}

#[test]
fn names_may_be_empty_until_the_end_but_not_when_it_is_saved() {
    let bench = Bench::new();
    bench.write("orders.csv", "order,ordered\nA,2026-03-20\n");
    let stream = bench.look(&["orders.csv"]).unwrap().tables.remove(0).suggestion;
    let mut draft = draft_of(vec![stream], &["delivered"]);
    (draft.id, draft.name, draft.system) = (String::new(), String::new(), String::new());
    assert!(bench.preview(&draft).problems.is_empty());
    let error = draft::save(&bench.workspace, &draft, "", false).unwrap_err();
    let EngineError::Invalid { fields } = error else { panic!("{error}") };
    assert_eq!(fields.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["id", "name", "system"]);
}

#[test]
fn a_sheet_that_is_not_there_and_a_format_that_means_nothing_are_problems() {
    let bench = Bench::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    for name in ["March", "April"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (place, cell) in ["order", "ordered"].into_iter().enumerate() {
            sheet.write(0, place as u16, cell).unwrap();
        }
        sheet.write(1, 0, name).unwrap();
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 20).unwrap();
        let format = rust_xlsxwriter::Format::new().set_num_format("dd.mm.yyyy");
        sheet.write_with_format(1, 1, &day, &format).unwrap();
    }
    book.save(bench.files.path().join("book.xlsx")).unwrap();
    let report = bench.look(&["book.xlsx"]).unwrap();
    let sheets: Vec<_> = report.tables.iter().map(|table| table.sheet.clone().unwrap()).collect();
    assert_eq!(sheets, ["March", "April"]);
    assert!(report.tables.iter().all(|table| table.suggestion.format.sheet == table.sheet));
    let mut stream = report.tables[1].suggestion.clone();
    let draft = draft_of(vec![stream.clone()], &["delivered"]);
    assert!(bench.preview(&draft).problems.is_empty(), "{:?}", words(&bench.preview(&draft)));
    assert_eq!(bench.preview(&draft).streams[0].rows[0].read[0].as_deref(), Some("April"));
    assert_eq!(bench.count(&draft).unwrap().journeys, 1);
    stream.format.sheet = Some("May".into());
    let preview = bench.preview(&draft_of(vec![stream.clone()], &["delivered"]));
    assert!(words(&preview).iter().any(|(step, words)| step == "files" && words.contains("“May”")));
    stream.format.sheet = None;
    stream.format.encoding = Some("klingon".into());
    stream.format.kind = Some("csv".into());
    let preview = bench.preview(&draft_of(vec![stream], &["delivered"]));
    assert!(words(&preview).iter().any(|(step, _)| step == "files"), "{:?}", words(&preview));
}

/// The wizard lists the rules and limits that the engine has: what it calls built in is built in.
#[test]
fn the_wizards_rules_and_limits_are_the_engines() {
    use plaza_engine::staging::{Rule, limits};
    let text = include_str!("../../../ui/src/features/integration/wizard/rules.ts");
    let between = |from: &str, to: &str| {
        let rest = &text[text.find(from).unwrap() + from.len()..];
        rest[..rest.find(to).unwrap()].to_owned()
    };
    let quoted = |line: &str| line.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let shown: Vec<Vec<String>> =
        between("RULES = [", "] as const").lines().map(quoted).filter(|line| !line.is_empty()).collect();
    let severity =
        |rule: Rule| serde_json::to_value(rule.default_severity()).unwrap().as_str().unwrap().to_owned();
    let own: Vec<Vec<String>> = Rule::ALL
        .into_iter()
        .filter(|rule| !rule.is_fixed())
        .map(|rule| vec![rule.word().to_owned(), severity(rule)])
        .collect();
    assert_eq!(shown, own);
    // What speaks of a whole file warns; no row of it could wait.
    for rule in quoted(&between("OF_FILES: readonly string[] = [", "]")) {
        assert_eq!(severity(Rule::from_word(&rule).unwrap()), "warn", "{rule}");
    }
    let own: Vec<(String, u32)> = [
        ("ahead_days", limits::AHEAD_DAYS),
        ("longest_days", limits::LONGEST_DAYS),
        ("row_count_percent", limits::ROW_COUNT_PERCENT.into()),
        ("null_share_points", limits::NULL_SHARE_POINTS.into()),
        ("stale_hours", limits::STALE_HOURS_MIN),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec();
    let shown: Vec<(String, u32)> = between("LIMITS = {", "}")
        .lines()
        .filter_map(|line| line.trim().trim_end_matches(',').split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.replace('_', "").parse().unwrap()))
        .collect();
    let sorted = |mut list: Vec<(String, u32)>| {
        list.sort();
        list
    };
    assert_eq!(sorted(shown), sorted(own));
    assert_eq!(limits::EARLIEST.to_string(), "1990-01-01");
    let texts = include_str!("../../../ui/src/i18n/en/wizard.json");
    assert!(texts.contains("1 January 1990"), "the wizard names another earliest day");
}
