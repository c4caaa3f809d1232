//! The laptop's clock is set back: whoever waits for a moment of the old clock would wait for days.

use plaza_domain::schedule::{Cost, DAY_MS, HOUR_MS, MINUTE_MS};
use plaza_engine::page::schedule::{CadenceView, ScheduleChoice};
use plaza_engine::pull::Unwatched;
use plaza_engine::tend::{Tending, run};
use plaza_engine::words::Language;

use super::{Company, Service, asking, well};
use crate::wire::answer;

/// How far it is set back.
const BACK_MS: i64 = 5 * DAY_MS;

fn scheduled(company: &Company) {
    company.bench.workspace.save_charter("web", &company.bench.charter()).unwrap();
    company.bench.workspace.activate_integration("web", "the other is pulled by hand").unwrap();
    let cadence = CadenceView { kind: "minutes".into(), minutes: Some(15), time: None, weekday: None };
    let (delay, error) = (Cost::LineStops, Cost::Nothing);
    let choice = ScheduleChoice { cadence, delay, error, warn_hours: 0.5, late_hours: 1.0 };
    choice.choose(&company.bench.workspace, "web", Language::En).unwrap();
}

/// Waits until it is due, no longer than `longest_ms`, and pulls it. Whether that went well.
fn next(company: &Company, longest_ms: i64) -> bool {
    let began = company.bench.clock_ms();
    loop {
        let look = Tending::default().look(&company.bench.workspace).unwrap();
        if look.due == ["web"] {
            return matches!(run(&company.bench.workspace, "web", &Unwatched::default()), Ok(Some(_)));
        }
        let at = look.again_at.unwrap();
        assert!(at - began <= longest_ms, "nobody waits {} minutes", (at - began) / MINUTE_MS);
        company.bench.clock.set(at);
    }
}

#[test]
fn a_clock_that_is_set_back_neither_stops_pulls_nor_counts_anything_twice() {
    let service = Service::new(well(150));
    let company = Company::new(&asking(&service.server.url()));
    scheduled(&company);
    assert!(next(&company, 16 * MINUTE_MS));
    company.has(150);
    company.bench.clock.set(company.bench.clock_ms() - BACK_MS);
    // The rows say the same as before; what changed at the source since is asked for by its own clock, not by ours.
    service.says(well(250));
    assert!(next(&company, 16 * MINUTE_MS));
    company.has(250);
    company.bench.clock.set(company.bench.clock_ms() + BACK_MS);
    assert!(next(&company, 16 * MINUTE_MS));
    company.has(250);
    assert!(company.bench.workspace.verify(&Unwatched::default()).unwrap().is_sound());
}

#[test]
fn a_clock_that_is_set_back_makes_no_pause_longer_than_the_longest() {
    let service = Service::new(well(150));
    let company = Company::new(&asking(&service.server.url()));
    scheduled(&company);
    // Asked to come back in an hour, then in vain until the circuit opens.
    service.says(std::sync::Arc::new(|_| answer(429, &[("Retry-After", "3600")], "")));
    assert!(!next(&company, 16 * MINUTE_MS));
    company.bench.clock.set(company.bench.clock_ms() - BACK_MS);
    for _ in 0..3 {
        assert!(!next(&company, 2 * HOUR_MS));
    }
    company.bench.clock.set(company.bench.clock_ms() - BACK_MS);
    service.says(well(250));
    assert!(next(&company, 6 * HOUR_MS + MINUTE_MS));
    company.bench.clock.set(company.bench.clock_ms() + 2 * BACK_MS + DAY_MS);
    assert!(next(&company, 16 * MINUTE_MS));
    company.has(250);
}
