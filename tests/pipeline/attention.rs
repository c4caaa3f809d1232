//! What needs a person: raised at once, counted for whom it waits, told in the inbox, on the agenda and in the digest.

use plaza_domain::audit::Answer::{No, Yes};
use plaza_domain::event::{AttentionKind, Closing, MeetingId};
use plaza_domain::meeting::Section;
use plaza_domain::person::Role;
use plaza_engine::page::attention::{AttentionList, AttentionView};
use plaza_engine::page::audit::AnswerDraft;
use plaza_engine::page::digest::Digest;
use plaza_engine::page::meeting::{AgendaView, Exhibit};
use plaza_engine::page::workspace::PersonDraft;
use plaza_engine::words::Language;

use crate::bench::{Bench, FLAT, HEAD};

/// The week of the bench's day, and the one after it.
const THIS: &str = "2026-W14";
const NEXT: &str = "2026-W15";

/// A second system that speaks of the first one's orders.
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
produced = "made"
requested = "wanted"
"#;

fn list(bench: &Bench) -> AttentionList {
    AttentionList::read(&bench.workspace, Language::En).unwrap()
}

fn of_kind(bench: &Bench, kind: AttentionKind) -> Vec<AttentionView> {
    list(bench).rows.into_iter().filter(|row| row.kind == kind).collect()
}

fn answers(answer: plaza_domain::audit::Answer) -> Vec<AnswerDraft> {
    let drafts = ["truth", "exceptions", "fallback", "usage"].map(|question| AnswerDraft {
        question: question.into(),
        answer: Some(answer),
        comment: if answer == Yes { String::new() } else { "nobody looked".into() },
    });
    drafts.into()
}

/// An active integration that was pulled today.
fn active() -> Bench {
    let bench = Bench::new();
    let rows = "A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\n";
    bench.write("lines_2026-03-29.csv", &format!("{HEAD}{rows}")).pull(FLAT);
    bench.activate("flat");
    bench
}

/// A company that meets; answers the ids of its two people.
fn meets(bench: &Bench) -> [String; 2] {
    let bea = bench.person("Bea", &[Role::Head]);
    bench.workspace.set_meeting(&bench.meeting(&[&bea])).unwrap();
    [bench.me(), bea]
}

/// Titles, reasons and addresses of what concerns us in a meeting, waiting items included.
fn concerns(bench: &Bench, meeting: &str) -> Vec<(String, String, String)> {
    let view = AgendaView::read(&bench.workspace, &MeetingId::from(meeting), Language::En).unwrap();
    let items = view.items.into_iter().chain(view.waiting);
    let items = items.filter(|item| item.section == Section::Concerns);
    items.map(|item| (item.title, item.reason_words, item.address.unwrap_or_default())).collect()
}

#[test]
fn an_audit_that_finds_debt_raises_it_at_once_and_a_better_one_ends_it() {
    let bench = active();
    bench.workspace.save_audit("flat", &answers(Yes)).unwrap();
    assert!(of_kind(&bench, AttentionKind::Debt).is_empty());
    bench.workspace.save_audit("flat", &answers(No)).unwrap();
    let debt = of_kind(&bench, AttentionKind::Debt);
    assert_eq!(debt.len(), 1, "{debt:?}");
    assert_eq!(
        (debt[0].person.as_deref(), debt[0].is_mine, debt[0].is_department),
        (Some("Ada"), true, true)
    );
    assert_eq!(debt[0].address, "/integrations/flat?tab=audit");
    bench.workspace.save_audit("flat", &answers(Yes)).unwrap();
    assert!(of_kind(&bench, AttentionKind::Debt).is_empty());
}

#[test]
fn it_is_counted_for_whom_it_waits() {
    let bench = active();
    bench.workspace.save_audit("flat", &answers(No)).unwrap();
    let bad = "A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,-5\n";
    bench.write("lines_2026-03-30.csv", &format!("{HEAD}{bad}")).pull(FLAT);
    let counts = |list: AttentionList| (list.mine, list.department, list.all);
    let all = list(&bench).rows.len() as u32;
    assert!(all >= 2, "{:?}", list(&bench));
    assert_eq!(counts(list(&bench)), (all, all, all));
    // The same matters, as somebody of another department, and then as a colleague, sees them.
    let me = bench.me();
    let bea = bench.person("Bea", &[Role::Head]);
    let moved = |id: &str, name: &str, department: &str| {
        let draft = PersonDraft {
            id: Some(id.into()),
            name: name.into(),
            department: Some(department.into()),
            email: None,
            roles: vec!["head".into()],
        };
        bench.workspace.save_person_draft(&draft).unwrap();
    };
    moved(&me, "Ada", "sales");
    moved(&bea, "Bea", "production");
    bench.workspace.choose_profile(bea.as_str().into()).unwrap();
    assert_eq!(counts(list(&bench)), (0, 0, all));
    moved(&bea, "Bea", "sales");
    assert_eq!(counts(list(&bench)), (0, all, all));
    assert!(list(&bench).rows.iter().all(|row| row.is_department && !row.is_mine));
}

#[test]
fn the_agenda_and_the_digest_name_it_with_its_place() {
    let bench = active();
    meets(&bench);
    bench.workspace.save_audit("flat", &answers(No)).unwrap();
    let debt = concerns(&bench, THIS).into_iter().find(|(title, ..)| title.contains("debt")).unwrap();
    assert!(debt.1.starts_with("Needs a person since"), "{debt:?}");
    assert_eq!(debt.2, "/integrations/flat?tab=audit");
    // Every matter that is open is something that concerns us, and something that waits for its person.
    let digest = Digest::read(&bench.workspace, Language::En).unwrap();
    let told: Vec<&str> =
        digest.waiting.iter().flat_map(|person| &person.lines).map(|line| line.address.as_str()).collect();
    let agenda: Vec<String> = concerns(&bench, THIS).into_iter().map(|(.., address)| address).collect();
    for row in list(&bench).rows {
        assert!(told.contains(&row.address.as_str()), "{row:?} {told:?}");
        assert!(agenda.contains(&row.address), "{row:?} {agenda:?}");
    }
}

#[test]
fn matters_of_one_kind_are_one_item_until_something_new_of_it_comes() {
    let bench = active();
    meets(&bench);
    let deals =
        |made: &str| format!("deal,position,promised,made,wanted\nA,1,2026-03-06,{made},2026-03-05\n");
    bench.write("deals_2026-03-20.csv", &deals("2026-03-07")).pull(CRM);
    assert_eq!(of_kind(&bench, AttentionKind::Disagreement).len(), 2);
    let told = concerns(&bench, THIS);
    let told: Vec<_> = told.iter().filter(|(title, ..)| title.contains("disagree")).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].1.starts_with("2 matters of one kind"), "{told:?}");

    // On the screen of the meeting both fields are named.
    let meeting = MeetingId::from(THIS);
    let view = AgendaView::read(&bench.workspace, &meeting, Language::En).unwrap();
    let items = view.items.into_iter().chain(view.waiting);
    let item = items.into_iter().find(|item| item.title.contains("disagree")).unwrap().item;
    let item = item.as_str().into();
    let exhibit = Exhibit::read(&bench.workspace, &meeting, &item, Language::En).unwrap();
    let about = exhibit.facts.iter().find(|(name, _)| name == "About").map(|(_, text)| text.as_str());
    assert_eq!(about, Some("Produced, Promised"), "{:?}", exhibit.facts);

    // Talked through, neither of the two comes back next week.
    bench.workspace.begin_meeting(&meeting).unwrap();
    bench.workspace.enter_item(&meeting, &item).unwrap();
    bench.workspace.close_item(&meeting, &item, Some(Closing::Understood)).unwrap();
    bench.workspace.end_meeting(&meeting).unwrap();
    bench.wait_days(7);
    let next = concerns(&bench, NEXT);
    assert!(next.iter().all(|(title, ..)| !title.contains("disagree")), "{next:?}");
    assert_eq!(
        of_kind(&bench, AttentionKind::Disagreement).len(),
        2,
        "they stay in the inbox until they are mended"
    );
}
