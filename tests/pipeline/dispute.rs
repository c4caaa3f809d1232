//! A disputed split from the flag to the week that is published anew. Bad inputs first.

use plaza_domain::event::{
    Anchor, Cause, Observation, Outcome, Payload, SplitOverridden, ThreadCause, ThreadId,
};
use plaza_domain::kpi::{Basis, KpiKind};
use plaza_domain::person::{PersonId, Role};
use plaza_engine::error::EngineError;
use plaza_engine::journey::order::order;
use plaza_engine::page::kpi::{JourneyList, JourneyQuery, WeekPanel};
use plaza_engine::page::order::OrderPage;
use plaza_engine::page::thread::{CloseForm, FlagForm, FlagOffer, ShareForm, ThreadMark, ThreadView};
use plaza_engine::pull::resume;
use plaza_engine::week::tallies_hold;
use plaza_engine::words::Language;
use proptest::prelude::*;

use crate::bench::{Bench, FLAT, Figures, HEAD};

/// Ten lines promised for 10 March, of which A0 is delivered on this day of March; by the milestones all of its lateness is
/// logistics'.
fn file(delivered: &str) -> String {
    let line = |nth: usize| {
        let delivered = if nth == 0 { delivered } else { "09" };
        format!("A{nth},1,2026-03-02,2026-03-10,2026-03-06,2026-03-{delivered},5\n")
    };
    format!("{HEAD}{}", (0..10).map(line).collect::<String>())
}

/// A company with one miss, and Bea, who decides about the KPI.
fn company() -> (Bench, String) {
    let bench = Bench::of(&["finance", "logistics", "production", "sales"]);
    bench.write("lines_2026-03-20.csv", &file("12"));
    bench.pull(FLAT);
    let bea = bench.person("Bea", &[Role::Head]);
    let mut definition = bench.workspace.definition(KpiKind::PromiseKept).unwrap();
    definition.version += 1;
    definition.decider = Some(PersonId(bea.clone()));
    bench.workspace.act([Payload::KpiDefined(definition)]).unwrap();
    (bench, bea)
}

fn split(order: &str) -> Anchor {
    Anchor::Split { integration: "flat".into(), order: order.into(), line: "1".into() }
}

fn flag(anchor: Anchor) -> FlagForm {
    let question = "Was it really ours?".to_owned();
    FlagForm { cause: ThreadCause::Dispute, anchor, question, people: Vec::new() }
}

fn dispute(bench: &Bench) -> ThreadId {
    later(bench);
    bench.workspace.open_thread(&flag(split("A0"))).unwrap()
}

fn later(bench: &Bench) {
    bench.clock.set(bench.clock_ms() + 60_000);
}

fn agreed(shares: &[(&str, f64)]) -> CloseForm {
    let shares = shares.iter().map(|(id, percent)| ShareForm { department: (*id).into(), percent: *percent });
    CloseForm {
        outcome: Outcome::SplitOverridden,
        words: "The carrier came when production let it in".into(),
        shares: shares.collect(),
    }
}

fn stays(words: &str) -> CloseForm {
    CloseForm { outcome: Outcome::SplitStays, words: words.into(), shares: Vec::new() }
}

/// Somebody else closes it on this device.
fn closed_by(bench: &Bench, person: &str, thread: &ThreadId, form: &CloseForm) -> Result<(), EngineError> {
    later(bench);
    bench.workspace.act_for(Some(PersonId(person.to_owned())));
    let done = bench.workspace.close_thread(thread, form);
    bench.workspace.act_for(None);
    done
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: Result<T, EngineError>, path: &str) {
    match outcome {
        Err(EngineError::Invalid { fields }) => {
            assert!(fields.iter().any(|(at, _)| at == path), "{fields:?}");
        }
        other => panic!("{other:?}"),
    }
}

fn revisions(bench: &Bench) -> Vec<Observation> {
    let week = "2026-W11".parse().unwrap();
    bench.workspace.view(|view| view.revisions(&"promise-kept".into(), week)).unwrap()
}

/// Department and millionths of the week's parts.
fn parts(bench: &Bench) -> Vec<(String, i64)> {
    let last = revisions(bench).pop().unwrap();
    last.parts.iter().map(|part| (part.department.to_string(), part.millionths)).collect()
}

fn of(parts: &[(&str, i64)]) -> Vec<(String, i64)> {
    parts.iter().map(|(id, part)| ((*id).to_owned(), *part)).collect()
}

fn page(bench: &Bench) -> OrderPage {
    OrderPage::read(&bench.workspace, "A0", "1", None, Language::En).unwrap()
}

fn read(bench: &Bench, thread: &ThreadId) -> ThreadView {
    ThreadView::read(&bench.workspace, thread, Language::En).unwrap()
}

#[test]
fn what_is_no_split_is_refused_and_nothing_changes() {
    let (bench, bea) = company();
    let workspace = &bench.workspace;
    refused(workspace.open_thread(&flag(split("A5"))), "anchor");
    let nowhere = workspace.open_thread(&flag(split("Z9")));
    assert!(matches!(nowhere, Err(EngineError::NotFound { .. })), "{nowhere:?}");
    let thread = dispute(&bench);
    let good = agreed(&[("production", 40.0), ("logistics", 60.0)]);
    refused(workspace.close_thread(&thread, &good), "profile");
    assert!(!read(&bench, &thread).outcomes.contains(&"split_overridden".to_owned()), "Ada may not");
    let silent = CloseForm { words: " \u{200b}".into(), ..good.clone() };
    refused(closed_by(&bench, &bea, &thread, &silent), "words");
    refused(closed_by(&bench, &bea, &thread, &stays("")), "words");
    for shares in [
        &[("production", 40.0), ("logistics", 59.9)][..],
        &[("production", 40.0), ("logistics", 60.1)],
        &[],
        &[("finance", 40.0), ("logistics", 60.0)],
        &[("nobody", 40.0), ("logistics", 60.0)],
        &[("production", 40.0), ("production", 60.0)],
        &[("production", -10.0), ("logistics", 110.0)],
        &[("production", f64::NAN), ("logistics", 100.0)],
        &[("logistics", f64::INFINITY)],
        &[("logistics", 100.0)],
    ] {
        refused(closed_by(&bench, &bea, &thread, &agreed(shares)), "shares");
    }
    assert_eq!(workspace.view(|view| view.splits(None)).unwrap(), []);
    assert_eq!(revisions(&bench).len(), 1);
    assert!(read(&bench, &thread).outcome.is_none());
    closed_by(&bench, &bea, &thread, &stays("The doors stood open")).unwrap();
    assert!(matches!(closed_by(&bench, &bea, &thread, &good), Err(EngineError::Conflict { .. })));
    assert_eq!((revisions(&bench).len(), page(&bench).split.is_none()), (1, true), "that changed nothing");
}

#[test]
fn what_is_in_time_now_is_not_split() {
    let (bench, bea) = company();
    let thread = dispute(&bench);
    bench.write("lines_2026-03-21.csv", &file("10"));
    bench.pull(FLAT);
    refused(closed_by(&bench, &bea, &thread, &agreed(&[("production", 100.0)])), "outcome");
    assert!(!read(&bench, &thread).outcomes.contains(&"split_overridden".to_owned()));
    assert_eq!(bench.workspace.view(|view| view.splits(None)).unwrap(), []);
}

#[test]
fn a_dispute_hangs_on_its_number_and_goes_to_whom_it_concerns() {
    let (bench, bea) = company();
    let offer = FlagOffer::read(&bench.workspace, &split("A0"), Language::En).unwrap();
    assert_eq!(offer.people.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), [bea.as_str()]);
    assert_eq!(offer.departments, ["logistics"]);
    let thread = dispute(&bench);
    let view = read(&bench, &thread);
    assert_eq!(view.seen.week.as_deref(), Some("2026-W11"));
    assert!((view.seen.revision.unwrap().then - 1.0).abs() < 1e-9);
    let shown = view.split.unwrap();
    assert_eq!((shown.late_days, shown.is_missed, shown.may_decide), (2, true, false));
    assert_eq!((shown.deciders, shown.offered.len()), (vec!["Bea".to_owned()], 3), "finance is not passed");
    let marks = ThreadMark::of_kpi(&bench.workspace, "promise-kept").unwrap();
    assert_eq!(marks[0].week.as_deref(), Some("2026-W11"), "it stands on the chart");
}

#[test]
fn an_agreed_split_counts_from_then_on_until_it_is_taken_back() {
    let (bench, bea) = company();
    let workspace = &bench.workspace;
    workspace.sign_week(KpiKind::PromiseKept, "2026-W11".parse().unwrap(), 1, "").unwrap();
    let thread = dispute(&bench);
    assert_eq!(parts(&bench), of(&[("logistics", 1_000_000)]));
    closed_by(&bench, &bea, &thread, &agreed(&[("production", 40.0), ("logistics", 60.0)])).unwrap();
    let both = of(&[("logistics", 600_000), ("production", 400_000)]);
    let last = revisions(&bench).pop().unwrap();
    assert_eq!((parts(&bench), last.revision, last.cause), (both.clone(), 2, Cause::Refinement));
    assert_eq!(last.parts[1].late_microdays, 800_000, "0.4 of two days");
    let cause = last.split.unwrap();
    assert_eq!(
        (cause.order.as_str(), cause.thread.as_ref(), cause.is_withdrawn),
        ("A0", Some(&thread), false)
    );
    assert!(tallies_hold(workspace).unwrap());
    shown_everywhere(&bench, &thread);

    bench.pull(FLAT);
    bench.write(
        "lines_2026-03-22.csv",
        &file("12").replace("A9,1,2026-03-02,2026-03-10", "A9,1,2026-03-02,2026-03-08"),
    );
    bench.pull(FLAT);
    assert_eq!(parts(&bench), both, "pulls keep it");

    // The week has settled: any change is a restatement now. A later thread replaces the earlier one's split.
    bench.set_day("2026-04-20");
    bench.pull(FLAT);
    let second = dispute(&bench);
    closed_by(&bench, &bea, &second, &agreed(&[("sales", 100.0)])).unwrap();
    let last = revisions(&bench).pop().unwrap();
    assert_eq!((parts(&bench), last.cause), (of(&[("sales", 1_000_000)]), Cause::Restatement));
    assert_eq!(page(&bench).split.unwrap().earlier.len(), 1, "what was agreed before stays readable");

    // The first thread ends otherwise: the second one's split stays.
    workspace.reopen_thread(&thread, "We spoke again").unwrap();
    closed_by(&bench, &bea, &thread, &stays("See the other thread")).unwrap();
    assert_eq!(parts(&bench), of(&[("sales", 1_000_000)]));
    workspace.reopen_thread(&second, "That was too quick").unwrap();
    assert_eq!(parts(&bench), of(&[("sales", 1_000_000)]), "open again changes nothing by itself");
    refused(workspace.close_thread(&second, &stays("No")), "profile");
    assert_eq!(read(&bench, &second).outcomes, [] as [&str; 0], "only who may change it may take it back");
    closed_by(&bench, &bea, &second, &stays("The milestones are right")).unwrap();
    let last = revisions(&bench).pop().unwrap();
    assert_eq!(parts(&bench), of(&[("logistics", 1_000_000)]));
    assert_eq!((last.cause, last.split.unwrap().is_withdrawn), (Cause::Restatement, true));
    let split = page(&bench).split.unwrap();
    assert_eq!((split.agreed.is_none(), split.earlier.len()), (true, 3));
    assert!(tallies_hold(workspace).unwrap());
}

/// Order page, thread, week, list, file and command line name both splits.
fn shown_everywhere(bench: &Bench, thread: &ThreadId) {
    let workspace = &bench.workspace;
    let days = |parts: &[plaza_engine::page::board::PartShare]| -> Vec<(String, f64)> {
        parts.iter().map(|part| (part.department.clone(), part.value)).collect()
    };
    let shown = page(bench);
    assert_eq!(days(&shown.shares), [("production".to_owned(), 0.8), ("logistics".to_owned(), 1.2)]);
    let split = shown.split.unwrap();
    assert_eq!(days(&split.counted), [("logistics".to_owned(), 2.0)]);
    let agreed = split.agreed.unwrap();
    assert_eq!((agreed.said.name.as_deref(), agreed.thread.as_deref()), (Some("Bea"), Some(thread.as_str())));
    assert_eq!((split.is_in_force, split.has_changed, agreed.shares[0].percent), (true, false, 40.0));
    let view = read(bench, thread).split.unwrap();
    assert_eq!((view.overridden.unwrap().len(), view.measured[0].percent), (2, 100.0));
    let panel = WeekPanel::read(
        workspace,
        KpiKind::PromiseKept,
        Basis::Promised,
        "2026-W11".parse().unwrap(),
        Language::En,
    )
    .unwrap();
    let revision = &panel.revisions[0];
    assert_eq!(revision.split.as_ref().unwrap().thread.as_deref(), Some(thread.as_str()));
    assert!(panel.revisions[1].signed_by.is_some(), "a refinement leaves the signature");
    let query = JourneyQuery {
        kpi: KpiKind::PromiseKept,
        basis: Basis::Promised,
        week: "2026-W11".into(),
        department: None,
        missed_only: true,
        sort: "order".into(),
        descending: false,
        offset: 0,
        limit: 10,
    };
    assert!(JourneyList::read(workspace, &query).unwrap().rows[0].is_agreed);
    let path = bench.files.path().join("out.csv.txt");
    JourneyList::export(workspace, &query, path.to_str().unwrap(), Language::En).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let rows: Vec<&str> = text.lines().collect();
    assert!(rows[0].contains(",Split,") && rows[1].contains(",agreed,"), "{text}");
    let report = order(workspace, "A0", "1", None).unwrap();
    let told = report.agreed.unwrap();
    assert_eq!((report.shares["production"], told.counted["logistics"]), (0.4, 1.0));
    assert_eq!(told.by.as_deref(), Some("Bea"));
}

#[test]
fn an_agreed_split_applies_only_while_there_is_a_miss_and_changed_data_is_said() {
    let (bench, bea) = company();
    let thread = dispute(&bench);
    closed_by(&bench, &bea, &thread, &agreed(&[("production", 50.0), ("logistics", 50.0)])).unwrap();
    let half = of(&[("logistics", 500_000), ("production", 500_000)]);
    for (file_day, delivered, wanted, is_in_force, has_changed) in [
        ("21", "14", half.clone(), true, true),
        ("22", "10", Vec::new(), false, true),
        ("23", "12", half.clone(), true, false),
    ] {
        bench.write(&format!("lines_2026-03-{file_day}.csv"), &file(delivered));
        bench.pull(FLAT);
        assert_eq!(parts(&bench), wanted, "delivered on {delivered}");
        let split = page(&bench).split.unwrap();
        assert_eq!((split.is_in_force, split.has_changed), (is_in_force, has_changed), "{delivered}");
    }
}

#[test]
fn a_word_that_no_count_followed_is_followed_when_the_workspace_is_opened() {
    let (bench, _) = company();
    let thread = dispute(&bench);
    bench.workspace.act([word("A0", &[("sales", 1_000_000)], Some(thread.clone()))]).unwrap();
    assert_eq!(parts(&bench), of(&[("logistics", 1_000_000)]));
    resume(&bench.workspace).unwrap();
    assert_eq!(parts(&bench), of(&[("sales", 1_000_000)]));
    assert_eq!(revisions(&bench).pop().unwrap().split.unwrap().thread, Some(thread));
    let count = revisions(&bench).len();
    resume(&bench.workspace).unwrap();
    assert_eq!(revisions(&bench).len(), count, "once");
}

fn word(order: &str, shares: &[(&str, u32)], thread: Option<ThreadId>) -> Payload {
    Payload::SplitOverridden(SplitOverridden {
        integration: "flat".into(),
        order: order.into(),
        line: "1".into(),
        shares: shares.iter().map(|(id, share)| (id.parse().unwrap(), *share)).collect(),
        counted: std::collections::BTreeMap::new(),
        late_days: None,
        reason: "So it was".into(),
        thread,
    })
}

/// Twelve lines, each delivered on a day of March.
fn any_file() -> impl Strategy<Value = String> {
    prop::collection::vec(8u8..16, 12).prop_map(|days| {
        let line = |(nth, day): (usize, u8)| {
            format!("A{nth},1,2026-03-02,2026-03-10,2026-03-06,2026-03-{day:02},5\n")
        };
        format!("{HEAD}{}", days.into_iter().enumerate().map(line).collect::<String>())
    })
}

/// A word on a line's split: shares that are whole, or that it is taken back.
fn any_word() -> impl Strategy<Value = (usize, Option<u32>)> {
    (0usize..12, prop::option::weighted(0.8, 0u32..=1_000_000))
}

fn say(bench: &Bench, (line, share): (usize, Option<u32>)) {
    later(bench);
    let shares =
        share.map_or_else(Vec::new, |share| vec![("sales", share), ("production", 1_000_000 - share)]);
    let shares: Vec<_> = shares.into_iter().filter(|(_, share)| *share > 0).collect();
    bench.workspace.act([word(&format!("A{line}"), &shares, None)]).unwrap();
}

fn last_day(bench: &Bench) -> Figures {
    bench.set_day("2026-04-20");
    bench.pull(FLAT);
    bench.figures()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]
    #[test]
    fn bit_by_bit_and_at_once_count_agreed_splits_alike(
        steps in prop::collection::vec((any_file(), prop::collection::vec(any_word(), 0..5)), 1..4),
    ) {
        let bit_by_bit = Bench::new();
        for (nth, (file, words)) in steps.iter().enumerate() {
            bit_by_bit.write(&format!("lines_2026-03-2{nth}.csv"), file);
            bit_by_bit.pull(FLAT);
            for word in words {
                say(&bit_by_bit, *word);
            }
        }
        let one_by_one = last_day(&bit_by_bit);

        let at_once = Bench::new();
        for (nth, (file, _)) in steps.iter().enumerate() {
            at_once.write(&format!("lines_2026-03-2{nth}.csv"), file);
        }
        steps.iter().flat_map(|(_, words)| words).for_each(|word| say(&at_once, *word));
        prop_assert_eq!(&one_by_one, &last_day(&at_once));

        // Other standards of a product that nobody ordered: every journey is made anew.
        let other = FLAT.replace(
            "[[stream]]",
            "[[standard]]\nproduct = \"none\"\ndays = { produced = 9, delivered = 9 }\n\n[[stream]]",
        );
        bit_by_bit.pull(&other);
        prop_assert_eq!(one_by_one, bit_by_bit.figures());
    }
}
