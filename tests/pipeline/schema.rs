//! Columns that change and data that grow old: what the rules of an integration say happens then, every combination.

use plaza_domain::event::{POINTS_MILLIONTHS, RANGES_THOUSANDTHS};
use plaza_engine::checkpoint::CheckpointForm;
use plaza_engine::error::EngineError;
use plaza_engine::page::checkpoint::CheckpointView;
use plaza_engine::page::integration::IntegrationPage;
use plaza_engine::pull::{PullReport, Unwatched, pull_saved};
use plaza_engine::staging::Finding;
use plaza_engine::words::Language;

use crate::bench::{Bench, FLAT, HEAD};

const FIRST: &str = "lines_2026-03-20.csv";
const NEXT: &str = "lines_2026-03-27.csv";

fn rules(lines: &str) -> String {
    format!("{FLAT}\n[rules]\n{lines}\n")
}

fn schema(line: &str) -> String {
    rules(&format!("schema = {{ {line} }}"))
}

/// Ten lines as they should be.
fn good() -> String {
    let line = |nth: usize| format!("{},1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\n", 100 + nth);
    format!("{HEAD}{}", (0..10).map(line).collect::<String>())
}

/// The same with one more column, `note`, that one row fills.
fn with_new() -> String {
    let line = |(nth, line): (usize, &str)| match nth {
        0 => format!("{line},note\n"),
        3 => format!("{line},call first\n"),
        _ => format!("{line},\n"),
    };
    good().lines().enumerate().map(line).collect()
}

/// The same without what is delivered.
fn without_delivered() -> String {
    let line = |line: &str| {
        let cells: Vec<&str> =
            line.split(',').enumerate().filter(|(at, _)| *at != 5).map(|one| one.1).collect();
        format!("{}\n", cells.join(","))
    };
    good().lines().map(line).collect()
}

/// The same, but most of what should be dates are words; two rows have none.
fn retyped() -> String {
    let line = |(nth, line): (usize, &str)| {
        let by = match nth {
            0 => return format!("{line}\n"),
            1 | 2 => "",
            3 => "2026-03-09",
            _ => "by lorry",
        };
        format!("{}\n", line.replace("2026-03-09", by))
    };
    good().lines().enumerate().map(line).collect()
}

/// A workspace that landed a good file a week ago.
fn landed(toml: &str) -> Bench {
    let bench = Bench::new();
    bench.write(FIRST, &good());
    bench.pull(toml);
    bench.wait_days(1);
    bench
}

#[track_caller]
fn stopped(outcome: Result<PullReport, EngineError>) -> String {
    match outcome {
        Err(EngineError::Schema(stop)) => stop.words(Language::En),
        other => panic!("{other:?}"),
    }
}

fn said(report: &PullReport) -> Vec<&'static str> {
    let word = |finding: &Finding| match finding {
        Finding::NewColumn { .. } => "new",
        Finding::MissingColumn { .. } => "missing",
        Finding::RetypedColumn { .. } => "retyped",
        _ => "other",
    };
    report.warnings.get("schema-change").map_or(Vec::new(), |some| some.samples.iter().map(word).collect())
}

fn kept(bench: &Bench) -> Option<(i64, i64)> {
    bench.kept().get("2026-W11").copied()
}

/// Both for a date whose format is stated and for one that the whole column decides.
fn both(line: &str) -> [String; 2] {
    let open = schema(line);
    let stated = open.replace(
        "delivered = \"delivered\"",
        "delivered = { column = \"delivered\", formats = [\"yyyy-MM-dd\"] }",
    );
    [open, stated]
}

#[test]
fn policies_that_mean_nothing_are_refused() {
    let bench = landed(FLAT);
    for (toml, path) in [
        (schema("new = \"drop-value\""), "rules.schema.new"),
        (rules("severity = { schema-change = \"quarantine\" }"), "rules.severity.schema-change"),
        (rules("severity = { stale-data = \"quarantine\" }"), "rules.severity.stale-data"),
        (rules("severity = { changed-column = \"off\" }"), "rules.severity.changed-column"),
    ] {
        match bench.try_pull(&toml) {
            Err(EngineError::Invalid { fields }) => assert_eq!(fields[0].0, path),
            other => panic!("{path}: {other:?}"),
        }
    }
}

#[test]
fn a_missing_column_stops_the_run_and_says_which_since_when_and_what_to_do() {
    let bench = landed(FLAT);
    bench.write(NEXT, &without_delivered());
    for _ in 0..2 {
        let words = stopped(bench.try_pull(FLAT));
        for part in ["delivered", NEXT, FIRST, "2026-03-20", "rules.schema.missing"] {
            assert!(words.contains(part), "{part} is not in: {words}");
        }
    }
    assert_eq!(kept(&bench), Some((10, 10)), "what was published stays");
    // The run's record says so too, in the reader's language.
    assert!(pull_saved(&bench.workspace, "flat", &Unwatched::default()).is_err());
    let page = IntegrationPage::read(&bench.workspace, "flat", Language::De).unwrap();
    let error = page.runs[0].error.clone().unwrap();
    assert!(error.contains("fehlt") && error.contains(NEXT), "{error}");
    // The next good file goes on.
    bench.write(NEXT, &good());
    assert!(said(&bench.pull(FLAT)).is_empty());
    assert_eq!(kept(&bench), Some((10, 10)));
}

#[test]
fn files_before_the_one_that_stops_are_taken() {
    let bench = landed(FLAT);
    bench.write("lines_2026-03-24.csv", &good().replace("100,1,", "200,1,"));
    bench.write(NEXT, &without_delivered());
    stopped(bench.try_pull(FLAT));
    bench.remove(NEXT);
    let report = bench.pull(FLAT);
    assert_eq!(report.journeys, 11, "order 200 came before the fault");
}

#[test]
fn a_file_that_never_had_the_column_does_not_suit_the_mapping() {
    let bench = Bench::new();
    bench.write(FIRST, &without_delivered());
    for policy in ["accept", "stop", "drop-row", "drop-value"] {
        let error = bench.try_pull(&schema(&format!("missing = \"{policy}\""))).unwrap_err();
        assert!(matches!(error, EngineError::Invalid { .. }), "{error}");
    }
}

#[test]
fn without_its_key_a_row_is_another_one_and_every_policy_stops() {
    for policy in ["accept", "drop-row", "drop-value"] {
        let toml = schema(&format!("missing = \"{policy}\""));
        let bench = landed(&toml);
        bench.write(NEXT, &good().replace("order,line,", "order,position,"));
        assert!(stopped(bench.try_pull(&toml)).contains("“line”"));
    }
}

#[test]
fn a_missing_column_that_is_accepted_is_said_once() {
    for toml in both("missing = \"accept\"") {
        let bench = landed(&toml);
        bench.write(NEXT, &without_delivered());
        assert_eq!(said(&bench.pull(&toml)), ["missing"]);
        assert_eq!(kept(&bench), Some((0, 10)), "nothing says that anything was delivered");
        bench.write("lines_2026-03-28.csv", &without_delivered().replace(",5\n", ",6\n"));
        assert_eq!(said(&bench.pull(&toml)), Vec::<&str>::new(), "it is no news");
        bench.write("lines_2026-03-29.csv", &good());
        bench.pull(&toml);
        assert_eq!(kept(&bench), Some((10, 10)));
    }
}

#[test]
fn a_missing_column_whose_value_is_dropped_is_said_every_time() {
    for toml in both("missing = \"drop-value\"") {
        let bench = landed(&toml);
        bench.write(NEXT, &without_delivered());
        assert_eq!(said(&bench.pull(&toml)), ["missing"]);
        bench.write("lines_2026-03-28.csv", &without_delivered().replace(",5\n", ",6\n"));
        assert_eq!(said(&bench.pull(&toml)), ["missing"]);
        assert_eq!(kept(&bench), Some((0, 10)));
    }
}

#[test]
fn rows_of_a_file_without_the_column_wait_where_they_shall() {
    for toml in both("missing = \"drop-row\"") {
        let bench = landed(&toml);
        bench.write(NEXT, &without_delivered());
        let report = bench.pull(&toml);
        assert_eq!((report.records.quarantined, report.reasons.get("changed-column")), (10, Some(&10)));
        assert_eq!(kept(&bench), Some((10, 10)), "what is known of them stays");
        bench.write("lines_2026-03-28.csv", &good().replace(",5\n", ",6\n"));
        bench.pull(&toml);
        assert!(bench.waiting().is_empty(), "they are mended");
    }
}

#[test]
fn a_retyped_column_stops_the_run() {
    for toml in [FLAT.to_owned(), both("retyped = \"stop\"")[1].clone()] {
        let bench = landed(&toml);
        bench.write(NEXT, &retyped());
        let words = stopped(bench.try_pull(&toml));
        assert!(words.contains("held dates and now holds words"), "{words}");
        assert_eq!(kept(&bench), Some((10, 10)));
    }
}

#[test]
fn a_retyped_column_that_is_accepted_is_read_as_the_mapping_says() {
    let [open, stated] = both("retyped = \"accept\"");
    let bench = landed(&open);
    bench.write(NEXT, &retyped());
    let asked = bench.try_pull(&open).unwrap_err();
    assert!(matches!(asked, EngineError::Question(_)), "{asked}");
    let bench = landed(&stated);
    bench.write(NEXT, &retyped());
    let report = bench.pull(&stated);
    assert_eq!(said(&report), ["retyped"]);
    assert_eq!(report.reasons.get("not-a-date"), Some(&7), "cell by cell");
    bench.write("lines_2026-03-28.csv", &retyped().replace(",5\n", ",6\n"));
    assert!(said(&bench.pull(&stated)).is_empty(), "it is no news");
}

#[test]
fn nothing_of_a_retyped_column_is_believed_where_its_value_is_dropped() {
    for toml in both("retyped = \"drop-value\"") {
        let bench = landed(&toml);
        bench.write(NEXT, &retyped());
        let report = bench.pull(&toml);
        assert_eq!((said(&report), report.records.quarantined), (vec!["retyped"], 0));
        assert_eq!(kept(&bench), Some((0, 10)));
        bench.write("lines_2026-03-28.csv", &retyped().replace(",5\n", ",6\n"));
        assert_eq!(said(&bench.pull(&toml)), ["retyped"], "what it is compared with stays");
    }
}

#[test]
fn rows_with_a_value_in_a_retyped_column_wait_where_they_shall() {
    for toml in both("retyped = \"drop-row\"") {
        let bench = landed(&toml);
        bench.write(NEXT, &retyped());
        let report = bench.pull(&toml);
        assert_eq!(report.reasons.get("changed-column"), Some(&8), "{:?}", report.reasons);
        assert_eq!(report.records.quarantined, 8, "two rows have no value there");
    }
}

#[test]
fn keys_that_a_spreadsheet_gave_decimals_are_noticed_and_words_among_them_are_not() {
    let decimals = |text: &str| {
        let line = |line: &str| line.replacen(",1,", ".0,1,", 1);
        text.lines().map(|one| format!("{}\n", line(one))).collect::<String>()
    };
    let bench = landed(FLAT);
    bench.write(NEXT, &decimals(&good()));
    let words = stopped(bench.try_pull(FLAT));
    assert!(words.contains("“order”") && words.contains("numbers with decimals"), "{words}");
    bench.write(NEXT, &good().replace("\n1", "\nA-1"));
    assert!(said(&bench.pull(FLAT)).is_empty());
    // A key that is not believed leaves nothing to count.
    let toml = schema("retyped = \"drop-value\"");
    let bench = landed(&toml);
    bench.write(NEXT, &decimals(&good()));
    assert_eq!(bench.pull(&toml).records.quarantined, 10);
}

#[test]
fn a_new_column_is_noticed_once_unless_it_shall_stop_or_keep_rows_out() {
    let bench = landed(FLAT);
    bench.write(NEXT, &with_new());
    assert_eq!(said(&bench.pull(FLAT)), ["new"]);
    bench.write("lines_2026-03-28.csv", &with_new().replace("call", "write"));
    assert!(said(&bench.pull(FLAT)).is_empty());

    let stop = schema("new = \"stop\"");
    let bench = landed(&stop);
    bench.write(NEXT, &with_new());
    assert!(stopped(bench.try_pull(&stop)).contains("“note” is new"));

    let drop = schema("new = \"drop-row\"");
    let bench = landed(&drop);
    bench.write(NEXT, &with_new());
    let report = bench.pull(&drop);
    assert_eq!((said(&report), report.records.quarantined), (vec!["new"], 1));

    let off = rules("severity = { schema-change = \"off\" }");
    let bench = landed(&off);
    bench.write(NEXT, &with_new());
    assert!(said(&bench.pull(&off)).is_empty());
}

#[test]
fn what_landed_once_is_read_again_whatever_the_policy_says_now() {
    let accepts = schema("missing = \"accept\"");
    let bench = landed(&accepts);
    bench.write(NEXT, &without_delivered());
    bench.pull(&accepts);
    // Another mapping, and everything is read anew by it, the file without the column too.
    let other = FLAT.replace("ordered_quantity = \"quantity\"", "");
    let report = bench.pull(&other);
    assert_eq!(report.journeys, 10);
    assert_eq!(kept(&bench), Some((0, 10)));
}

/// Guarded by warnings alone.
fn guard(bench: &Bench) {
    let form = CheckpointForm {
        is_on: true,
        approver: bench.workspace.me().unwrap().unwrap(),
        points_millionths: POINTS_MILLIONTHS * 50,
        ranges_thousandths: RANGES_THOUSANDTHS * 1_000_000,
        holds_warnings: true,
        four_eyes: false,
        hours: None,
        reason: "columns are renamed now and then".into(),
    };
    bench.workspace.set_checkpoint("flat", &form).unwrap();
}

fn why(bench: &Bench, language: Language) -> Vec<String> {
    CheckpointView::read(&bench.workspace, "flat", language).unwrap().held.map_or(Vec::new(), |held| held.why)
}

#[test]
fn a_changed_column_holds_the_batch_where_the_checkpoint_is_set_for_it() {
    let toml = schema("missing = \"drop-value\"");
    let bench = landed(&toml);
    guard(&bench);
    bench.write(NEXT, &without_delivered());
    assert!(bench.pull(&toml).held);
    assert_eq!(kept(&bench), Some((10, 10)));
    assert!(why(&bench, Language::De).contains(&"Spalten anders als zuletzt".to_owned()));
    bench.wait_days(1);
    assert!(bench.pull(&toml).held, "the same file mends nothing");
    bench.write("lines_2026-03-29.csv", &good());
    assert!(!bench.pull(&toml).held);
    assert_eq!(kept(&bench), Some((10, 10)));
}

#[test]
fn old_data_hold_the_batch_where_the_checkpoint_is_set_for_it() {
    let toml = rules("stale_hours = 48");
    let bench = landed(&toml);
    guard(&bench);
    // The 31st, in the morning: what was written on the 28th is over since two days and a few hours.
    bench.write("lines_2026-03-28.csv", &good().replace(",5\n", ",6\n"));
    let report = bench.pull(&toml);
    assert!(report.held && report.warnings.contains_key("stale-data"), "{:?}", report.warnings);
    assert_eq!(why(&bench, Language::En), ["The newest data are old"]);
    bench.write("lines_2026-03-30.csv", &good());
    let report = bench.pull(&toml);
    assert!(!report.held && !report.warnings.contains_key("stale-data"), "{:?}", report.warnings);
}

#[test]
fn only_the_newest_file_can_be_old() {
    let toml = rules("stale_hours = 48");
    let bench = Bench::new();
    bench.write("lines_2026-03-01.csv", &good());
    bench.write("lines_2026-03-29.csv", &good().replace(",5\n", ",6\n"));
    assert!(!bench.pull(&toml).warnings.contains_key("stale-data"));
    // Without anything stated it may be two weeks old: nobody chose a cadence.
    bench.write("lines_2026-03-30.csv", &good());
    bench.pull(FLAT);
    bench.wait_days(20);
    bench.write("lines_2026-03-31.csv", &good().replace(",5\n", ",6\n"));
    assert!(bench.pull(FLAT).warnings.contains_key("stale-data"));
}

#[test]
fn change_times_tell_how_old_the_data_are() {
    let toml = rules("stale_hours = 48")
        .replace("snapshot_date = \"lines_{yyyy-MM-dd}.csv\"", "")
        .replace("ordered_quantity", "changed_at = \"changed\"\nordered_quantity");
    let rows = |day: &str| {
        let head = HEAD.replace('\n', ",changed\n");
        format!("{head}A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5,{day} 08:00:00\n")
    };
    let bench = Bench::new();
    bench.write("lines.csv", &rows("2026-03-29"));
    assert!(!bench.pull(&toml).warnings.contains_key("stale-data"));
    bench.wait_days(3);
    bench.write("lines.csv", &rows("2026-03-30"));
    assert!(bench.pull(&toml).warnings.contains_key("stale-data"));
}
