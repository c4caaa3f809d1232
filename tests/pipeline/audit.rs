//! The audit: what Plaza answers itself, what a person may say, and when there is debt.

use plaza_domain::audit::Answer;
use plaza_domain::audit::Answer::{No, Partial, Yes};
use plaza_engine::error::EngineError;
use plaza_engine::page::audit::{AnswerDraft, AuditPage};
use plaza_engine::page::integration::IntegrationList;
use plaza_engine::pull::{Unwatched, pull_saved};
use plaza_engine::words::Language;

use crate::bench::{Bench, FLAT, HEAD};

/// An active integration that was pulled today: what Plaza knows is fine.
fn bench() -> Bench {
    let bench = Bench::new();
    let rows = "A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\n";
    bench.write("lines_2026-03-29.csv", &format!("{HEAD}{rows}")).pull(FLAT);
    bench.activate("flat");
    bench
}

fn page(bench: &Bench) -> AuditPage {
    AuditPage::read(&bench.workspace, "flat", Language::En).unwrap()
}

fn answer(bench: &Bench, question: &str) -> (Option<Answer>, String) {
    let found = page(bench).questions.into_iter().find(|one| one.question == question).unwrap();
    (found.known, found.evidence.unwrap_or_default())
}

fn said(question: &str, answer: Answer, comment: &str) -> AnswerDraft {
    AnswerDraft { question: question.into(), answer: Some(answer), comment: comment.into() }
}

/// Yes to everything that only people know.
fn kind() -> Vec<AnswerDraft> {
    ["truth", "exceptions", "fallback", "usage"].into_iter().map(|word| said(word, Yes, "")).collect()
}

fn refused(result: Result<(), EngineError>) -> Vec<(String, String)> {
    match result {
        Err(EngineError::Invalid { fields }) => fields,
        unexpected => panic!("{unexpected:?}"),
    }
}

#[test]
fn plaza_answers_what_it_knows_and_asks_people_for_the_rest() {
    let bench = bench();
    let page = page(&bench);
    assert_eq!((page.questions.len(), page.quarter.as_str(), page.is_done), (13, "2026-Q1", false));
    let open: Vec<&str> =
        page.questions.iter().filter(|one| one.answer.is_none()).map(|one| one.question.as_str()).collect();
    assert_eq!(open, ["truth", "exceptions", "fallback", "usage"]);
    assert_eq!(answer(&bench, "owner"), (Some(Yes), "Ada owns it.".into()));
    assert_eq!(answer(&bench, "fresh"), (Some(Yes), "It was pulled today.".into()));
    assert_eq!(answer(&bench, "measure").0, Some(Partial), "no whole week yet");
    assert_eq!(
        answer(&bench, "usage").1,
        "Counted by: On-time delivery, Right first time, Promise realism, Late backlog."
    );
}

#[test]
fn evidence_follows_what_happens() {
    let bench = bench();
    let bad = "A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,-5\n";
    bench.write("lines_2026-03-30.csv", &format!("{HEAD}{bad}")).pull(FLAT);
    assert_eq!(answer(&bench, "quarantine").0, Some(Yes), "it waits, but not for long");
    bench.wait_days(10);
    assert_eq!(answer(&bench, "fresh").0, Some(Partial));
    bench.wait_days(6);
    let (known, words) = answer(&bench, "quarantine");
    assert_eq!(
        (known, words.as_str()),
        (Some(Partial), "Rows that wait for more than 14 days: 1; the oldest for 16 days.")
    );
    assert_eq!(answer(&bench, "fresh"), (Some(No), "It was last pulled 16 days ago.".into()));
    bench.wait_days(60);
    assert_eq!(answer(&bench, "quarantine").0, Some(No));
    assert_eq!(answer(&bench, "measure").0, Some(No), "nothing came in for weeks");
    assert_eq!(answer(&bench, "coupling").0, None, "no run tells");
    let rules = format!("{FLAT}\n[rules]\nseverity = {{ negative-quantity = \"warn\" }}\n");
    bench.pull(&rules);
    assert_eq!(answer(&bench, "rules").0, Some(Partial));
    bench.remove("lines_2026-03-30.csv");
    bench.remove("lines_2026-03-29.csv");
    assert!(pull_saved(&bench.workspace, "flat", &Unwatched::default()).is_err());
    assert_eq!(answer(&bench, "coupling").0, Some(No), "one of two");
}

#[test]
fn a_known_no_cannot_be_overruled_and_a_person_may_be_stricter() {
    let bench = bench();
    bench.wait_days(20);
    assert_eq!(answer(&bench, "fresh").0, Some(No));
    let mut drafts = kind();
    drafts.push(said("fresh", Yes, "it feels fresh"));
    let why = refused(bench.workspace.save_audit("flat", &drafts));
    assert_eq!(why.len(), 1);
    assert!(why[0].0 == "fresh" && why[0].1.contains("cannot be overruled"), "{why:?}");
    assert!(page(&bench).quarters.is_empty(), "nothing was kept");
    *drafts.last_mut().unwrap() = said("trail", No, "Nobody finds the paper behind it.");
    bench.workspace.save_audit("flat", &drafts).unwrap();
    let trail = page(&bench).questions.into_iter().find(|one| one.question == "trail").unwrap();
    assert_eq!((trail.known, trail.answer), (Some(Yes), Some(No)));
}

#[test]
fn every_question_is_answered_and_what_is_lacking_is_said() {
    let bench = bench();
    let fields = |drafts: &[AnswerDraft]| -> Vec<String> {
        refused(bench.workspace.save_audit("flat", drafts)).into_iter().map(|(field, _)| field).collect()
    };
    assert_eq!(fields(&[]), ["truth", "exceptions", "fallback", "usage"]);
    let mut drafts = kind();
    drafts[0] = said("truth", Partial, " ");
    assert_eq!(fields(&drafts), ["truth"]);
    drafts[0] = said("truth", Partial, &"x".repeat(2_001));
    assert_eq!(fields(&drafts), ["truth"]);
    drafts.push(said("mood", Yes, ""));
    assert_eq!(fields(&drafts), ["mood"]);
    let missing = bench.workspace.save_audit("nothing", &kind());
    assert!(matches!(missing, Err(EngineError::NotFound { .. })));
}

#[test]
fn three_answers_that_are_not_yes_are_debt() {
    let bench = bench();
    let debt = || IntegrationList::read(&bench.workspace).unwrap().integrations.remove(0).debt;
    let mut drafts = kind();
    drafts[0] = said("truth", Partial, "Two lists of customers.");
    bench.workspace.save_audit("flat", &drafts).unwrap();
    assert_eq!((page(&bench).lacking, page(&bench).debt, debt()), (2, false, None), "with “measure”: two");
    drafts[1] = said("exceptions", No, "Returns are typed as orders.");
    bench.workspace.save_audit("flat", &drafts).unwrap();
    assert_eq!((page(&bench).lacking, page(&bench).debt, debt()), (3, true, Some(3)));
    assert_eq!(page(&bench).quarters.len(), 1, "one for each quarter, the last word");
}

#[test]
fn debt_has_a_trend_by_quarter_and_answers_stand_until_the_next_audit() {
    let bench = bench();
    let mut drafts = kind();
    drafts[0] = said("truth", Partial, "Two lists of customers.");
    drafts[1] = said("exceptions", No, "Returns are typed as orders.");
    bench.workspace.save_audit("flat", &drafts).unwrap();
    bench.set_day("2026-08-10");
    assert!(page(&bench).debt, "last quarter's answers still stand");
    bench.pull(FLAT);
    bench.workspace.save_audit("flat", &kind()).unwrap();
    let quarters: Vec<_> = page(&bench)
        .quarters
        .into_iter()
        .map(|one| (one.quarter, one.audited, one.debt, one.partial + one.no))
        .collect();
    let expected = [
        ("2026-Q1".to_owned(), true, true, 3),
        ("2026-Q2".to_owned(), false, false, 0),
        ("2026-Q3".to_owned(), true, false, 1),
    ];
    assert_eq!(quarters, expected);
}

#[test]
fn an_integration_of_which_nobody_promised_anything_has_no_debt_yet() {
    let bench = Bench::new();
    bench.save("flat", FLAT.to_owned());
    let page = page(&bench);
    assert!(page.lacking > 3 && !page.debt, "{}", page.lacking);
}
