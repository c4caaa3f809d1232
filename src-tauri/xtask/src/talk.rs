//! What `plaza-bench talk` said: how long the window waits for conversations, beside the bare rows out of the same file.

use std::collections::BTreeMap;

use crate::bench::{judge, spread};

/// Conversations of a long-lived company, and messages of each.
pub(crate) const THREADS: u32 = 10_000;
pub(crate) const MESSAGES_EACH: u32 = 10;

/// Milliseconds that a person may wait for the inbox, or for what a search finds.
const WAIT_MS: f64 = 100.0;

/// What a line is called, its name there, and the peer that answers the same with bare rows.
const LINES: &[(&str, &str, Option<&str>)] = &[
    ("inbox: waiting for me", "mine", None),
    ("inbox: all open", "open", Some("bare-open")),
    ("inbox: all open, the last page", "end", Some("bare-end")),
    ("search: a word of many messages", "common", Some("bare-common")),
    ("search: a word of few", "rare", None),
    ("search: the beginning of a word", "beginning", None),
    ("search: what is nowhere", "none", None),
    ("a conversation", "thread", None),
    ("a message sent", "say", None),
];

/// Prints the figures; `output` has a line for each: name, seconds, seconds of the processors, rows.
pub(crate) fn print(output: &str) {
    let mut all: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for line in output.lines() {
        let mut words = line.split(' ');
        let (name, seconds) =
            (words.next().unwrap_or_default(), words.next().and_then(|text| text.parse::<f64>().ok()));
        all.entry(name).or_default().extend(seconds);
    }
    let of = |name: &str| all.get(name).cloned().unwrap_or_default();
    println!("{THREADS} conversations of {MESSAGES_EACH} messages each");
    for (what, name, peer) in LINES {
        println!("{what:36} {:>27}", spread(of(name)));
        if let Some(peer) = peer {
            println!("{:36} {:>27}", "  its bare rows, SQLite alone", spread(of(peer)));
        }
    }
    println!();
    for (what, name, peer) in LINES {
        let milliseconds: Vec<f64> = of(name).into_iter().map(|seconds| seconds * 1000.0).collect();
        judge(&format!("{what}, ms"), &milliseconds, WAIT_MS);
        let mut bare = peer.map(&of).unwrap_or_default();
        bare.sort_by(f64::total_cmp);
        if let Some(median) = bare.get(bare.len() / 2) {
            let ratios = of(name).into_iter().map(|seconds| seconds / median).collect();
            println!("{:40} {}", format!("{what} / its bare rows"), spread(ratios));
        }
    }
}
