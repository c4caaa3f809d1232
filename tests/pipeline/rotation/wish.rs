//! What people wish to see, each for themselves; and what is found and asked of debriefs later.

use plaza_domain::event::{RotationId, VisitWish};
use plaza_engine::error::EngineError;
use plaza_engine::page::rotation::{DebriefForm, LearnedPage, WishForm, WishesForm};
use plaza_engine::page::thread::Found;
use plaza_engine::words::Language;

use super::{Company, fields};

impl Company {
    fn wish(&self, who: &str, rotation: &RotationId, wishes: &[(&str, u32)]) -> Result<(), EngineError> {
        let wishes =
            wishes.iter().map(|(host, strength)| WishForm { host: (*host).into(), strength: *strength });
        let form = WishesForm { rotation: rotation.to_string(), wishes: wishes.collect() };
        self.as_(who, |company| company.bench.workspace.set_wishes(&form))
    }
}

#[test]
fn wishes_that_cannot_be_meant_are_refused() {
    let company = Company::new();
    let stays = company.person("sales-2");
    let rotation = company.saved(|program| {
        program.stays_home.push(stays.clone());
        program.pairs.retain(|pair| pair.host.as_str() != "logistics");
    });
    let refused = |who: &str, wishes: &[(&str, u32)]| fields(company.wish(who, &rotation, wishes));
    assert_eq!(refused("sales-1", &[("nowhere", 1)]), ["wishes"]);
    assert_eq!(refused("sales-1", &[("logistics", 1)]), ["wishes"], "nobody may visit logistics");
    assert_eq!(refused("sales-1", &[("sales", 1)]), ["wishes"]);
    assert_eq!(refused("sales-1", &[("production", 0)]), ["wishes"]);
    assert_eq!(refused("sales-1", &[("production", 4)]), ["wishes"]);
    assert_eq!(refused("sales-1", &[("production", 1), ("production", 2)]), ["wishes"]);
    assert_eq!(refused("sales-2", &[("production", 1)]), ["profile"], "they stay at home");
    let unknown = company.wish("sales-1", &"gone".into(), &[]);
    assert!(matches!(unknown, Err(EngineError::NotFound { noun: "rotation", .. })), "{unknown:?}");
    assert!(company.page(&rotation).program.wishes.is_empty());
    company.as_("sales-0", |one| one.bench.workspace.end_rotation(&rotation, "Enough")).unwrap();
    assert_eq!(refused("sales-1", &[("production", 1)]), ["rotation"]);
}

#[test]
fn a_member_wishes_for_themselves_and_the_program_has_it() {
    let company = Company::new();
    let rotation = company.saved(|_| {});
    let was = company.page(&rotation).program;
    company.wish("sales-1", &rotation, &[("production", 3), ("logistics", 1)]).unwrap();
    company.wish("sales-1", &rotation, &[("production", 2)]).unwrap();
    let wished = |host: &str, strength| VisitWish {
        person: company.person("sales-1"),
        host: host.parse().unwrap(),
        strength,
    };
    assert_eq!(company.page(&rotation).program.wishes, [wished("production", 2)]);
    // A planner who had the form open takes nothing back.
    let mut form = was.clone();
    form.most = 3;
    company.as_("sales-0", |one| one.bench.workspace.change_rotation(&form, Some(&was))).unwrap();
    let page = company.as_("sales-1", |company| company.page(&rotation));
    assert_eq!((page.program.most, page.program.wishes.len()), (3, 1));
    let mine = page.my_wishes.unwrap();
    assert_eq!(mine.wishes, [WishForm { host: "production".into(), strength: 2 }]);
    assert_eq!(
        mine.hosts.iter().map(|host| host.id.as_str()).collect::<Vec<_>>(),
        ["logistics", "production"]
    );
    company.wish("sales-1", &rotation, &[]).unwrap();
    assert!(company.page(&rotation).program.wishes.is_empty());
}

#[test]
fn what_the_host_answered_is_found() {
    let company = Company::new();
    let rotation = company.published();
    let visit = company.planned(&rotation)[0].clone();
    company.bench.set_day(&visit.until);
    let form = DebriefForm {
        rotation: rotation.to_string(),
        placement: visit.placement.clone(),
        saw: "Pallets that wait for labels".into(),
        surprised: String::new(),
        change: String::new(),
        thanks: Vec::new(),
    };
    let workspace = &company.bench.workspace;
    company.as_(&visit.visitor_name, |_| workspace.write_debrief(&form)).unwrap();
    let found = |words: &str| Found::search(workspace, words, Language::En).unwrap().texts.len();
    assert_eq!(found("printed earlier"), 0);
    let placement = visit.placement.as_str().into();
    company
        .as_(&format!("{}-1", visit.host), |_| {
            workspace.answer_debrief(&rotation, &placement, "They are printed earlier now")
        })
        .unwrap();
    assert_eq!((found("printed earlier"), found("pallets labels")), (1, 1));
    // Other words of the visitor leave the answer where it is.
    let other = DebriefForm { saw: "Boxes".into(), ..form };
    company.as_(&visit.visitor_name, |_| workspace.write_debrief(&other)).unwrap();
    assert_eq!((found("printed earlier"), found("pallets"), found("boxes")), (1, 0, 1));
    let learned = LearnedPage::read(workspace, None, None, Language::En).unwrap();
    assert_eq!((learned.visits.len(), learned.more), (1, 0));
}
