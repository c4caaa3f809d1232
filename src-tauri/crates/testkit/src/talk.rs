//! A long-lived company's conversations, the same from the same seed. What the benchmark searches.

use std::collections::BTreeSet;

use plaza_domain::day::Week;
use plaza_domain::event::{
    Anchor, MessageId, MessageWritten, Payload, Seen, ThreadCause, ThreadId, ThreadOpened,
};
use plaza_domain::person::PersonId;

use crate::chance::Chance;

/// The seed of the benchmark's conversations.
pub const SEED: u64 = 20_260_511;

/// Words that texts are made of; those with small numbers come more often, as in any language.
const VOCABULARY: u64 = 4_000;

/// The last week that somebody talks about, and how many weeks before it.
const LAST_WEEK: Week = Week(2_930);
const WEEKS: u64 = 156;

/// The events of one thread with its messages.
pub fn conversation(chance: &mut Chance, people: &[PersonId], number: u64, messages: u64) -> Vec<Payload> {
    let somebody = |chance: &mut Chance| people[chance.below(people.len() as u64) as usize].clone();
    let thread = ThreadId(format!("talk-{number}"));
    let kpi = ["promise-kept", "order-to-cash", "right-first-time"][chance.below(3) as usize].into();
    let week = LAST_WEEK.plus(-(chance.below(WEEKS) as i32));
    let mut acts = vec![Payload::ThreadOpened(ThreadOpened {
        thread: thread.clone(),
        cause: ThreadCause::Flag,
        anchor: Anchor::Week { kpi, week, part: None },
        question: words(chance, 9),
        seen: Seen::default(),
        people: BTreeSet::from([somebody(chance)]),
        departments: BTreeSet::new(),
    })];
    for message in 0..messages {
        let length = 8 + chance.below(30);
        let mentioned =
            if chance.happens(250) { BTreeSet::from([somebody(chance)]) } else { BTreeSet::new() };
        acts.push(Payload::MessageWritten(MessageWritten {
            thread: thread.clone(),
            message: MessageId(format!("talk-{number}-{message}")),
            text: words(chance, length),
            people: mentioned,
            departments: BTreeSet::new(),
            attachments: Vec::new(),
        }));
    }
    acts
}

fn words(chance: &mut Chance, count: u64) -> String {
    let mut text = Vec::new();
    for _ in 0..count {
        let end = 1 + chance.below(VOCABULARY);
        text.push(word(chance.below(end)));
    }
    text.join(" ")
}

/// The word of a number: syllables, so that words share their beginnings.
pub fn word(mut number: u64) -> String {
    const SYLLABLES: [&str; 16] = [
        "ka", "lo", "mi", "ren", "sta", "tu", "ve", "zin", "or", "pal", "qui", "be", "da", "fen", "gro",
        "hul",
    ];
    let mut text = String::new();
    loop {
        text.push_str(SYLLABLES[(number % 16) as usize]);
        number /= 16;
        if number == 0 {
            return text;
        }
    }
}
