//! Figures, on request: `cargo test --release -p plaza-rotation --test rotation -- --ignored --nocapture measure`.

use std::num::NonZero;
use std::time::Instant;

use plaza_rotation::generate::company;
use plaza_rotation::{Budget, Change, Must, Outcome, Replanned, Visitor, Weeks, explain, replan, search};

use crate::support::{budget, go_on};

/// The most memory that this process held, in MB, where the system says it.
fn peak_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
}

#[test]
#[ignore = "a measurement"]
fn measure_a_year_of_five_hundred_people() {
    let variable = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let iterations = variable("ITERATIONS").unwrap_or(2_000_000);
    let all = [(60, 6, 26), (500, 12, 13), (500, 12, 52)];
    for (people, departments, weeks) in all {
        for seed in [1, 2, 3] {
            let instance = company(people, departments, weeks, seed);
            let begun = Instant::now();
            let threads = NonZero::new(2).expect("two");
            let plan = search(&instance, Budget { threads, ..budget(iterations, 2) }, &go_on);
            let took = begun.elapsed();
            let Ok(Outcome::Found(found)) = plan else { panic!("{people} {seed}: {plan:?}") };
            let rules: Vec<String> =
                found.report.rules.iter().map(|rule| format!("{:?} {}", rule.rule, rule.score)).collect();
            println!(
                "{people} x {departments} x {weeks} seed {seed}: score {} in {took:.2?}, {} placements, {:?} MB, {rules:?}",
                found.report.score,
                found.placements.len(),
                peak_mb()
            );
        }
    }
}

/// A year's plan made anew after an illness, and a clash of a year explained.
#[test]
#[ignore = "a measurement"]
fn measure_what_follows_a_year_of_five_hundred_people() {
    let instance = company(500, 12, 52, 1);
    let Ok(Outcome::Found(plan)) = search(&instance, budget(500_000, 2), &go_on) else {
        panic!("nothing fits")
    };
    let visit = plan.placements.iter().find(|visit| visit.week == 20).copied();
    let visit = visit.expect("somebody visits in week 20");
    let absent = vec![(visit.person, Weeks { first: 20, last: 23 })];
    let change = Change { from: 20, absent, ..Change::default() };
    let begun = Instant::now();
    let anew = replan(&instance, &plan.placements, &change, budget(500_000, 2), &go_on);
    let took = begun.elapsed();
    let Ok(Replanned::Found(anew)) = anew else { panic!("{anew:?}") };
    println!("an illness: {took:.2?}, {} stand, {} changes of others", anew.kept, anew.changes_of_others());
    let mut instance = instance;
    instance.departments[3].peaks = vec![Weeks { first: 0, last: 51 }];
    let must = Must { visitor: Visitor::Department(0), host: 3, least: 2, weeks: None };
    instance.program.must.push(must);
    let begun = Instant::now();
    let explanation = explain(&instance, budget(100_000, 2), &go_on).expect("valid");
    println!("a clash: {:.2?}, {explanation:?}", begun.elapsed());
}
