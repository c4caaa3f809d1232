//! The dependencies point one way: `plaza → engine → {connect, store, document} → domain`, and the engine
//! alone asks the rotation solver, which knows nothing of ours.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Of each of our crates, which others of ours it may use.
const ALLOWED: &[(&str, &[&str])] = &[
    ("plaza-domain", &[]),
    ("plaza-rotation", &[]),
    ("plaza-connect", &["plaza-domain"]),
    ("plaza-store", &["plaza-domain"]),
    ("plaza-document", &["plaza-domain"]),
    ("plaza-engine", &["plaza-connect", "plaza-store", "plaza-document", "plaza-domain", "plaza-rotation"]),
    ("plaza-cli", &["plaza-engine", "plaza-domain"]),
    ("plaza-testkit", &["plaza-engine", "plaza-domain", "plaza-rotation"]),
    ("plaza", &["plaza-engine", "plaza-domain"]),
    ("xtask", &[]),
];

/// What may not be reached from a crate, however far away.
const OUT_OF_REACH: &[(&str, &[&str])] = &[
    ("plaza-domain", &["rusqlite", "tauri", "tokio", "reqwest", "getrandom", "tempfile"]),
    // One TLS and one library that ciphers: rustls with ring. SQLite is there for strangers' files (see `tidy`).
    ("plaza-connect", &["tauri", "openssl-sys", "native-tls", "aws-lc-rs", "aws-lc-sys"]),
    ("plaza-document", &["rusqlite", "tauri"]),
    ("plaza-engine", &["tauri", "wry"]),
    ("plaza-cli", &["tauri", "wry", "gtk", "webkit2gtk"]),
];

/// Names of packages, each with what it depends on when it is built for use (not for its tests).
struct Graph(BTreeMap<String, BTreeSet<String>>);

impl Graph {
    fn read() -> Self {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
        let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        let output = Command::new(cargo)
            .args(["metadata", "--format-version=1", "--locked", "--manifest-path", manifest])
            .output()
            .expect("cargo starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo answers in JSON");
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let names: BTreeMap<String, String> = list(&metadata["packages"])
            .iter()
            .map(|package| (text(&package["id"]), text(&package["name"])))
            .collect();
        let name = |id: &Value| names.get(id.as_str().unwrap_or_default()).cloned().unwrap_or_default();
        let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for node in list(&metadata["resolve"]["nodes"]) {
            // Two versions of one package count as one: the question is what can be reached.
            let uses = graph.entry(name(&node["id"])).or_default();
            for dependency in list(&node["deps"]) {
                if list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null()) {
                    uses.insert(name(&dependency["pkg"]));
                }
            }
        }
        Self(graph)
    }

    fn direct(&self, package: &str) -> impl Iterator<Item = &str> {
        self.0.get(package).into_iter().flatten().map(String::as_str)
    }

    fn reached(&self, package: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut waiting: Vec<&str> = self.direct(package).collect();
        while let Some(next) = waiting.pop() {
            if reached.insert(next) {
                waiting.extend(self.direct(next));
            }
        }
        reached
    }
}

#[test]
fn our_crates_depend_in_one_direction() {
    let graph = Graph::read();
    let ours: BTreeSet<&str> = ALLOWED.iter().map(|(name, _)| *name).collect();
    for found in graph.0.keys().filter(|name| name.starts_with("plaza")) {
        assert!(ours.contains(found.as_str()), "{found} has no place in the table of this test");
    }
    for (name, allowed) in ALLOWED {
        assert!(graph.0.contains_key(*name), "{name} is not in the workspace");
        let used: Vec<&str> = graph.direct(name).filter(|used| ours.contains(used)).collect();
        for used in used {
            assert!(allowed.contains(&used), "{name} may not use {used}");
        }
    }
}

#[test]
fn what_a_crate_must_not_know_is_out_of_its_reach() {
    let graph = Graph::read();
    for (name, forbidden) in OUT_OF_REACH {
        let reached = graph.reached(name);
        for forbidden in *forbidden {
            assert!(!reached.contains(forbidden), "{name} reaches {forbidden}");
        }
    }
}
