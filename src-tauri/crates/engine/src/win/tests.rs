//! What is said of a win at once on several devices, in whatever order it arrives.

use plaza_domain::event::{
    ContributorAdded, ContributorRemoved, DeviceId, EventHash, Stamp, WinCelebrated, WinReacted,
};
use proptest::prelude::*;

use super::*;

fn win() -> WinId {
    "w".into()
}

/// What was said in the order of its ranks, as the store hands it on.
fn folded(said: &[(u32, Payload)]) -> Option<Win> {
    let all = said.iter().map(|(place, payload)| {
        let stamp = Stamp { wall_ms: 1_795_000_000_000, counter: *place };
        let act = Act {
            person: Some(PersonId(format!("p{}", place % 3))),
            on_behalf: false,
            device: DeviceId([1; 32]),
            at: stamp,
            hash: EventHash([0; 32]),
        };
        Said { payload: payload.clone(), act }
    });
    Win::of(win(), all.collect())
}

fn recorded() -> Payload {
    Payload::WinRecorded(WinRecorded {
        win: win(),
        title: Some("Saved".into()),
        on: Some(Day(20_000)),
        ..WinRecorded::default()
    })
}

#[test]
fn what_others_say_of_a_win_that_has_not_arrived_is_no_win_yet() {
    let told = WinRecorded { win: win(), story: Some("How".into()), ..WinRecorded::default() };
    assert_eq!(folded(&[(1, Payload::WinRecorded(told.clone()))]), None);
    let whole = folded(&[(0, recorded()), (1, Payload::WinRecorded(told))]).unwrap();
    assert_eq!((whole.recorded.title.as_str(), whole.recorded.story.as_str()), ("Saved", "How"));
    assert_eq!(whole.act.at.counter, 0);
}

#[test]
fn two_people_who_change_two_words_at_once_change_both_and_taking_back_is_not_undone_by_a_word() {
    let title = WinRecorded { win: win(), title: Some("Kept".into()), ..WinRecorded::default() };
    let day = WinRecorded { win: win(), on: Some(Day(20_001)), ..WinRecorded::default() };
    let gone = Payload::WinWithdrawn { win: win(), reason: "a mistake".into() };
    let said = [(0, recorded()), (1, gone), (2, Payload::WinRecorded(title)), (3, Payload::WinRecorded(day))];
    let whole = folded(&said).unwrap();
    assert_eq!((whole.recorded.title.as_str(), whole.recorded.on), ("Kept", Day(20_001)));
    assert_eq!(whole.withdrawn.unwrap().0, "a mistake");
}

fn words() -> impl Strategy<Value = Payload> {
    let name = || prop::sample::select(vec!["a", "b"]).prop_map(str::to_owned);
    let text = || prop::option::of(name());
    let who = || {
        name().prop_map(|id| match id.as_str() {
            "a" => Contributor::Department { department: "sales".parse().unwrap() },
            _ => Contributor::Person { person: PersonId("b".into()) },
        })
    };
    prop_oneof![
        (text(), text(), text(), prop::option::of(0i32..3)).prop_map(|(title, story, customer, on)| {
            let on = on.map(Day);
            Payload::WinRecorded(WinRecorded {
                win: win(),
                title,
                story,
                on,
                customer,
                ..WinRecorded::default()
            })
        }),
        name().prop_map(|reason| Payload::WinWithdrawn { win: win(), reason }),
        Just(Payload::WinRestored { win: win() }),
        Just(Payload::WinForAgenda { win: win() }),
        (who(), name()).prop_map(|(contributor, words)| {
            let reason = ContributorReason::Named { words };
            Payload::ContributorAdded(ContributorAdded { win: win(), contributor, reason, department: None })
        }),
        (who(), name()).prop_map(|(contributor, reason)| {
            Payload::ContributorRemoved(ContributorRemoved { win: win(), contributor, reason })
        }),
        (name(), any::<bool>()).prop_map(|(reaction, is_on)| Payload::WinReacted(WinReacted {
            win: win(),
            reaction,
            is_on
        })),
        (name(), any::<bool>()).prop_map(|(meeting, is_on)| {
            let meeting = MeetingId(meeting);
            Payload::WinCelebrated(WinCelebrated { win: win(), meeting, is_on })
        }),
    ]
}

/// The last word that `pick` hears in something.
fn last<T>(said: &[(u32, Payload)], pick: impl Fn(&Payload) -> Option<T>) -> Option<T> {
    said.iter().rev().find_map(|(_, payload)| pick(payload))
}

proptest! {
    /// Each of a win's words is the last one on it alone, whatever was said between.
    #[test]
    fn every_word_is_the_last_on_its_own(said in prop::collection::vec(words(), 0..40)) {
        let mut all = vec![(0, recorded())];
        all.extend((1..).zip(said));
        let whole = folded(&all).unwrap();
        let told = |pick: fn(&WinRecorded) -> Option<String>| last(&all, |said| match said {
            Payload::WinRecorded(recorded) => pick(recorded),
            _ => None,
        });
        prop_assert_eq!(&Some(whole.recorded.title.clone()), &told(|one| one.title.clone()));
        prop_assert_eq!(&whole.recorded.story, &told(|one| one.story.clone()).unwrap_or_default());
        prop_assert_eq!(&whole.recorded.customer, &told(|one| one.customer.clone()).unwrap_or_default());
        let stands = last(&all, |said| match said {
            Payload::WinWithdrawn { reason, .. } => Some(Some(reason.clone())),
            Payload::WinRestored { .. } => Some(None),
            _ => None,
        });
        prop_assert_eq!(&whole.withdrawn.as_ref().map(|gone| gone.0.clone()), &stands.flatten());
        for meeting in ["a", "b"].map(MeetingId::from) {
            let is_on = last(&all, |said| match said {
                Payload::WinCelebrated(one) if one.meeting == meeting => Some(one.is_on),
                _ => None,
            });
            prop_assert_eq!(whole.celebrated.contains(&meeting), is_on.unwrap_or(false));
        }
        let sales = Contributor::Department { department: "sales".parse().unwrap() };
        for who in [sales, Contributor::Person { person: PersonId("b".into()) }] {
            let word = last(&all, |said| match said {
                Payload::ContributorAdded(one) if one.contributor == who => Some((true, None)),
                Payload::ContributorRemoved(one) if one.contributor == who => {
                    Some((false, Some(one.reason.clone())))
                }
                _ => None,
            });
            prop_assert_eq!(whole.contributors.contains_key(&who), word.as_ref().is_some_and(|word| word.0));
            let off = whole.taken_off.get(&who).map(|off| off.reason.clone());
            prop_assert_eq!(off, word.and_then(|word| word.1));
        }
    }
}
