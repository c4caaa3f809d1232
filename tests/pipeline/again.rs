//! The same files again, changed ones, and ones that lack what was there.

use std::collections::BTreeMap;

use crate::bench::{Bench, FLAT, HEAD};

const FIRST: &str = "\
A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5
A,2,2026-03-02,2026-03-10,2026-03-12,2026-03-14,5
B,1,2026-03-03,2026-03-17,2026-03-09,2026-03-20,5
C,1,2026-03-03,2026-03-18,,,5
";

#[test]
fn the_same_file_twice_changes_nothing() {
    let bench = Bench::new();
    bench.write("lines_2026-03-22.csv", &format!("{HEAD}{FIRST}"));
    let first = bench.pull(FLAT);
    assert_eq!((first.records.new, first.journeys), (4, 4));
    let before = bench.observations("promise-kept");
    let second = bench.pull(FLAT);
    assert_eq!((second.records.read, second.records.same, second.records.new), (4, 4, 0));
    assert!(second.weeks_changed.is_empty() && second.files.is_empty());
    assert_eq!(bench.observations("promise-kept"), before);
    assert_eq!(bench.kept(), BTreeMap::from([("2026-W11".into(), (1, 2)), ("2026-W12".into(), (0, 2))]));
}

#[test]
fn a_changed_row_makes_a_version_and_a_missing_one_is_deleted_at_the_source() {
    let bench = Bench::new();
    bench.write("lines_2026-03-22.csv", &format!("{HEAD}{FIRST}"));
    bench.pull(FLAT);
    let second = FIRST.replace("2026-03-14", "2026-03-10").replace("C,1,2026-03-03,2026-03-18,,,5\n", "");
    bench.wait_days(1);
    let report = bench.write("lines_2026-03-23.csv", &format!("{HEAD}{second}")).pull(FLAT);
    assert_eq!((report.records.changed, report.records.deleted, report.records.same), (1, 1, 6));
    let w11 = bench
        .workspace
        .view(|view| view.revisions(&"promise-kept".into(), "2026-W11".parse().unwrap()))
        .unwrap();
    assert_eq!(w11.iter().map(|one| (one.revision, one.numerator)).collect::<Vec<_>>(), [(1, 1), (2, 2)]);
    assert_eq!(w11[1].moved.first, ["A/2"]);
}

#[test]
fn any_order_of_the_same_files_gives_the_same_observations() {
    let second = FIRST.replace("2026-03-14", "2026-03-11").replace("2026-03-17", "2026-03-24");
    let third = second.replace("C,1,2026-03-03,2026-03-18,,,5\n", "").replace("B,1", "D,1");
    let files = [
        ("lines_2026-03-20.csv", FIRST.to_owned()),
        ("lines_2026-03-21.csv", second),
        ("lines_2026-03-22.csv", third),
    ];
    let mut seen = Vec::new();
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1], [0, 2, 1], [1, 0, 2]] {
        let bench = Bench::new();
        for place in order {
            let (name, rows) = &files[place];
            bench.write(name, &format!("{HEAD}{rows}"));
            bench.pull(FLAT);
            bench.remove(name);
        }
        let say = |kpi: &str| -> Vec<_> {
            let all = bench.observations(kpi).into_iter();
            all.map(|one| {
                (one.week, one.numerator, one.denominator, one.n, one.pending, one.cancelled, one.parts)
            })
            .collect()
        };
        seen.push((order, say("promise-kept"), say("late-backlog"), say("promise-realism")));
    }
    for other in &seen[1..] {
        assert_eq!((&other.1, &other.2, &other.3), (&seen[0].1, &seen[0].2, &seen[0].3), "{:?}", other.0);
    }
}
