//! Who is believed, where two systems speak of the same orders; and what their owners are asked to correct.

use plaza_domain::event::AttentionKind;
use plaza_domain::record::Field;
use plaza_engine::error::EngineError;
use plaza_engine::journey::order::order;
use plaza_engine::page::order::OrderPage;
use plaza_engine::page::truth::TruthPage;
use plaza_engine::truth::CorrectionForm;
use plaza_engine::words::Language;
use plaza_engine::workspace::Workspace;

use crate::bench::{Bench, FLAT, HEAD};

/// The CRM speaks of the ERP's orders: what was promised, and what the customer asked for.
const CRM: &str = r#"
id = "crm"
name = "CRM deals"
system = "CRM"
orders_of = "flat"

[[stream]]
name = "deals"
files = ["deals*.csv"]
delivery = "snapshot"
snapshot_date = "deals_{yyyy-MM-dd}.csv"

[stream.fields]
order = "deal"
line = "position"
promised = "promised"
requested = "wanted"
"#;

/// Ten lines of one week, all delivered on Monday 9 March; promised for the 10th, which is in time.
fn erp() -> String {
    let lines: String =
        (0..10).map(|nth| format!("A{nth},1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\n")).collect();
    format!("{HEAD}{lines}")
}

/// The CRM promised some of them for the 6th: then they were late.
fn crm(earlier: usize) -> String {
    let promised = |nth: usize| if nth < earlier { "2026-03-06" } else { "2026-03-10" };
    let lines: String = (0..10).map(|nth| format!("A{nth},1,{},2026-03-05\n", promised(nth))).collect();
    format!("deal,position,promised,wanted\n{lines}Z9,1,2026-03-06,2026-03-05\n")
}

fn both(earlier: usize) -> Bench {
    let bench = Bench::new();
    bench.write("lines_2026-03-20.csv", &erp());
    bench.pull(FLAT);
    bench.write("deals_2026-03-20.csv", &crm(earlier));
    bench.pull(CRM);
    bench
}

fn page(bench: &Bench) -> TruthPage {
    TruthPage::read(&bench.workspace, "flat", Language::En).unwrap()
}

fn believe(bench: &Bench, field: Field, record: &str) {
    let me = bench.workspace.me().unwrap().unwrap();
    bench.workspace.set_truth("flat", field, "CRM", record, &me).unwrap();
}

/// Disagreements by field.
fn counts(bench: &Bench) -> Vec<(String, u32)> {
    page(bench)
        .rows
        .into_iter()
        .filter(|row| row.disagreements > 0)
        .map(|row| (row.field, row.disagreements))
        .collect()
}

#[track_caller]
fn refused(outcome: Result<impl std::fmt::Debug, EngineError>, path: &str) {
    match outcome {
        Err(EngineError::Invalid { fields }) => {
            assert!(fields.iter().any(|(at, _)| at == path), "{fields:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_cannot_add_to_anothers_orders_is_refused() {
    let bench = Bench::new();
    bench.write("lines_2026-03-20.csv", &erp());
    bench.write("deals_2026-03-20.csv", &crm(0));
    refused(bench.try_pull(CRM), "orders_of");
    bench.pull(FLAT);
    refused(bench.try_pull(&CRM.replace("orders_of = \"flat\"", "orders_of = \"crm\"")), "orders_of");
    let second = FLAT.replace("id = \"flat\"", "id = \"second\"");
    refused(bench.try_pull(&second), "system");
    bench.pull(CRM);
    let chained = CRM.replace("id = \"crm\"", "id = \"shop\"").replace("= \"flat\"", "= \"crm\"");
    refused(bench.try_pull(&chained), "orders_of");
}

#[test]
fn the_orders_own_system_is_believed_until_the_map_says_otherwise() {
    let bench = both(4);
    assert_eq!(bench.kept()["2026-W11"], (10, 10));
    assert_eq!(counts(&bench), [("promised".to_owned(), 4)]);
    // What only the other one says counts, and nothing contradicts it.
    let line = OrderPage::read(&bench.workspace, "A0", "1", None, Language::En).unwrap();
    assert_eq!(line.requested.as_deref(), Some("2026-03-05"));
    assert_eq!(line.promised.as_deref(), Some("2026-03-10"));
    // An order that only the other one knows is no journey: whose orders they are says which there are.
    assert!(matches!(order(&bench.workspace, "Z9", "1", None), Err(EngineError::NotFound { .. })));
    assert_eq!(page(&bench).unknown_lines, 1);

    let said = |system: &str, field: &str| {
        let line = OrderPage::read(&bench.workspace, "A0", "1", None, Language::En).unwrap();
        let record = line.records.into_iter().find(|record| record.system == system).unwrap();
        record.cells.into_iter().find(|cell| cell.fields.iter().any(|one| one == field)).unwrap().counts
    };
    assert!(said("ERP", "promised") && !said("CRM", "promised") && said("CRM", "requested"));

    believe(&bench, Field::Promised, "CRM");
    assert!(!said("ERP", "promised") && said("CRM", "promised"));
    let kept = bench.kept();
    assert_eq!((kept["2026-W10"], kept["2026-W11"]), ((0, 4), (6, 6)));
    assert_eq!(counts(&bench), [("promised".to_owned(), 4)]);
    let shown = page(&bench).disagreements;
    assert_eq!((shown[0].kept_system.as_str(), shown[0].kept_value.as_str()), ("CRM", "2026-03-06"));
    assert_eq!((shown[0].other_system.as_str(), shown[0].other_value.as_str()), ("ERP", "2026-03-10"));

    believe(&bench, Field::Promised, "ERP");
    assert_eq!(bench.kept()["2026-W11"], (10, 10));
}

#[test]
fn a_disagreement_reaches_the_owner_and_ends_with_the_mend() {
    let bench = both(2);
    let mine = || {
        let open = bench.workspace.attention().unwrap();
        open.into_iter()
            .filter(|one| one.raised.kind == AttentionKind::Disagreement)
            .map(|one| (one.raised.subject, one.raised.person))
            .collect::<Vec<_>>()
    };
    assert_eq!(mine(), [("promised".to_owned(), bench.workspace.me().unwrap())]);
    bench.wait_days(1);
    bench.write("deals_2026-03-21.csv", &crm(0));
    bench.pull(CRM);
    assert_eq!((mine(), counts(&bench)), (Vec::new(), Vec::new()));
}

#[test]
fn it_makes_no_difference_who_is_pulled_first_or_again() {
    let bench = both(3);
    believe(&bench, Field::Promised, "CRM");
    let (kept, found) = (bench.kept(), counts(&bench));
    // The same again changes nothing.
    bench.pull(FLAT);
    bench.pull(CRM);
    assert_eq!((bench.kept(), counts(&bench)), (kept.clone(), found.clone()));
    // Everything made anew says the same as what was made bit by bit.
    bench.wait_days(1);
    bench.write("lines_2026-03-21.csv", &erp().replace("A9,1,", "A9,2,"));
    bench.pull(FLAT);
    bench.write("lines_2026-03-22.csv", &erp());
    bench.pull(FLAT);
    assert_eq!((bench.kept(), counts(&bench)), (kept, found));
}

#[test]
fn who_is_retired_is_heard_no_more() {
    let bench = both(4);
    believe(&bench, Field::Promised, "CRM");
    assert_eq!(bench.kept()["2026-W11"], (6, 6));
    bench.workspace.retire_integration("crm", "nobody looks into it").unwrap();
    assert_eq!(bench.kept()["2026-W11"], (10, 10));
    assert_eq!(counts(&bench), []);
    let line = OrderPage::read(&bench.workspace, "A0", "1", None, Language::En).unwrap();
    assert_eq!(line.requested, None);
}

#[test]
fn orders_that_were_ones_own_become_additions() {
    let alone = both(4);
    let bench = Bench::new();
    bench.write("lines_2026-03-20.csv", &erp());
    bench.pull(FLAT);
    bench.write("deals_2026-03-20.csv", &crm(4));
    let own = CRM
        .replace("orders_of = \"flat\"\n", "[route]\npromised_by = \"sales\"\nlegs = [{ to = \"delivered\", department = \"logistics\" }]\n\n[[standard]]\ndays = { delivered = 5 }\n")
        .replace("requested = \"wanted\"", "ordered = \"wanted\"");
    bench.pull(&own);
    assert_eq!(bench.kept()["2026-W11"], (10, 16));
    bench.pull(CRM);
    assert_eq!(bench.kept()["2026-W11"], alone.kept()["2026-W11"]);
    assert_eq!(counts(&bench), counts(&alone));
}

#[test]
fn what_the_orders_own_system_deleted_is_not_kept_alive_by_others() {
    let bench = both(0);
    bench.wait_days(1);
    let without: String =
        erp().lines().filter(|line| !line.starts_with("A9")).map(|line| format!("{line}\n")).collect();
    bench.write("lines_2026-03-22.csv", &without);
    bench.pull(FLAT);
    let alone = Bench::new();
    alone.write("lines_2026-03-20.csv", &erp());
    alone.pull(FLAT);
    alone.wait_days(1);
    alone.write("lines_2026-03-22.csv", &without);
    alone.pull(FLAT);
    assert_eq!(bench.kept(), alone.kept());
}

#[test]
fn a_map_that_means_nothing_is_refused() {
    let bench = both(1);
    let me = bench.workspace.me().unwrap().unwrap();
    let set = |field, origin: &str, record: &str, owner: &str| {
        bench.workspace.set_truth("flat", field, origin, record, &owner.into())
    };
    refused(set(Field::Paid, "ERP", "ERP", me.0.as_str()), "field");
    refused(set(Field::Promised, " ", "ERP", me.0.as_str()), "origin");
    refused(set(Field::Promised, "ERP", "SAP", me.0.as_str()), "record");
    refused(set(Field::Promised, "ERP", "ERP", "nobody"), "owner");
    assert!(matches!(
        bench.workspace.set_truth("none", Field::Promised, "ERP", "ERP", &me),
        Err(EngineError::NotFound { .. })
    ));
}

#[test]
fn a_correction_is_asked_of_the_owner_and_watched_until_the_source_shows_it() {
    let bench = both(1);
    let line = OrderPage::read(&bench.workspace, "A0", "1", None, Language::En).unwrap();
    let of_crm = line.records.iter().find(|record| record.system == "CRM").unwrap();
    let form = |text: &str, wanted: &str, records: &[&str]| CorrectionForm {
        field: Field::Promised,
        text: text.to_owned(),
        wanted: wanted.to_owned(),
        records: records.iter().map(|id| (*id).to_owned()).collect(),
    };
    refused(bench.workspace.ask_correction("flat", &form(" ", "", &[&of_crm.id])), "text");
    refused(bench.workspace.ask_correction("flat", &form("wrong", "", &[])), "records");
    assert!(bench.workspace.ask_correction("flat", &form("wrong", "", &["r1-2-3"])).is_err());
    let asked = form("the deal was moved by mistake", "2026-03-10", &[&of_crm.id]);
    let correction = bench.workspace.ask_correction("flat", &asked).unwrap();
    let standing = || page(&bench).corrections.iter().map(|one| one.standing.clone()).collect::<Vec<_>>();
    let waits = || {
        let open = bench.workspace.attention().unwrap();
        open.iter().filter(|one| one.raised.kind == AttentionKind::Correction).count()
    };
    assert_eq!((standing(), waits()), (vec!["open".to_owned()], 1));
    // Another wrong date is no mend.
    bench.wait_days(1);
    bench.write("deals_2026-03-21.csv", &crm(1).replace("A0,1,2026-03-06", "A0,1,2026-03-07"));
    bench.pull(CRM);
    assert_eq!((standing(), waits()), (vec!["changed".to_owned()], 1));
    bench.wait_days(1);
    bench.write("deals_2026-03-22.csv", &crm(0));
    bench.pull(CRM);
    assert_eq!((standing(), waits()), (vec!["mended".to_owned()], 0));
    bench.workspace.close_correction(&correction, "thank you").unwrap();
    assert_eq!(standing(), ["closed"]);
    assert!(matches!(
        bench.workspace.close_correction(&correction, "twice"),
        Err(EngineError::Conflict { .. })
    ));
}

#[test]
fn everything_is_still_there_when_the_workspace_is_opened_again() {
    let bench = both(2);
    believe(&bench, Field::Promised, "CRM");
    let other = Workspace::open(bench.workspace.folder(), bench.keys.clone(), bench.clock.clone()).unwrap();
    assert_eq!(TruthPage::read(&other, "flat", Language::En).unwrap(), page(&bench));
}
