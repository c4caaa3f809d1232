//! Bad choices first, then the days on which clocks change, then what holds for all of them.

use proptest::prelude::*;

use super::*;
use crate::day::Day;
use crate::workspace::TimeZone;

fn time(text: &str) -> TimeOfDay {
    text.parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    name.parse().unwrap()
}

/// What the clocks of a zone show at an instant.
fn shown(zone: TimeZone, instant: i64) -> String {
    let minute = zone.minute_at(instant);
    format!("{} {:02}:{:02}", zone.day_at(instant), minute / 60, minute % 60)
}

fn at(zone: TimeZone, day: &str, clock: &str) -> i64 {
    zone.moment_of(day.parse().unwrap(), time(clock).minute_of_day()).unwrap()
}

fn schedule(cadence: Cadence, warn_minutes: u32, late_minutes: u32) -> Schedule {
    Schedule {
        integration: "erp".into(),
        version: 1,
        cadence,
        delay: Cost::Little,
        error: Cost::Little,
        warn_minutes,
        late_minutes,
    }
}

#[test]
fn what_cannot_be_is_refused() {
    use ScheduleRefused::{LateBeforeWarn, NoSuchTime, NoSuchWeekday, Threshold, TooOften, TooSeldom};
    for text in ["24:00", "06:60", "6:00", "06.00", "", "06:00:00", "+6:00", "aa:bb"] {
        assert_eq!(text.parse::<TimeOfDay>(), Err(NoSuchTime(text.into())));
    }
    let daily = Cadence::Daily { time: time("06:00") };
    for (cadence, warn, late, refused) in [
        (Cadence::Minutes { minutes: 5 }, 30, 60, Err(TooOften(5))),
        (Cadence::Minutes { minutes: 14 }, 30, 60, Err(TooOften(14))),
        (Cadence::Minutes { minutes: 721 }, 30, 60, Err(TooSeldom(721))),
        (Cadence::Weekly { weekday: 7, time: time("06:00") }, 30, 60, Err(NoSuchWeekday(7))),
        (daily, 60, 60, Err(LateBeforeWarn)),
        (daily, 60, 30, Err(LateBeforeWarn)),
        (daily, 0, 30, Err(Threshold)),
        (daily, 60, THRESHOLD_MINUTES_MAX + 1, Err(Threshold)),
        (Cadence::Minutes { minutes: 15 }, 30, 60, Ok(())),
        (Cadence::ByHand, 1, 2, Ok(())),
    ] {
        assert_eq!(schedule(cadence, warn, late).check(), refused, "{cadence:?} {warn} {late}");
    }
}

#[test]
fn a_choice_is_written_and_read_the_same() {
    for cadence in [
        Cadence::ByHand,
        Cadence::Minutes { minutes: 15 },
        Cadence::Daily { time: time("02:30") },
        Cadence::Weekly { weekday: 4, time: time("23:59") },
    ] {
        let chosen = schedule(cadence, 30, 60);
        let text = serde_json::to_string(&chosen).unwrap();
        assert_eq!(serde_json::from_str::<Schedule>(&text).unwrap(), chosen, "{text}");
    }
    assert!(serde_json::from_str::<Cadence>(r#"{"kind":"daily","time":"25:00"}"#).is_err());
}

#[test]
fn a_daily_time_that_is_skipped_or_shown_twice_is_due_once() {
    let berlin = zone("Europe/Berlin");
    let daily = Cadence::Daily { time: time("02:30") };
    // The clocks jump from 02:00 to 03:00 on 29 March, and go back from 03:00 to 02:00 on 25 October.
    for (from, expected) in [
        ("2026-03-27", ["2026-03-28 02:30", "2026-03-29 03:00", "2026-03-30 02:30"]),
        ("2026-10-23", ["2026-10-24 02:30", "2026-10-25 02:30", "2026-10-26 02:30"]),
    ] {
        let mut pace = Pace::chosen(at(berlin, from, "12:00"));
        for expected in expected {
            let due = pace.due(daily, berlin).unwrap();
            assert_eq!(shown(berlin, due), expected);
            // The pull begins a moment later than it is due.
            pace = Pace::began(due + 5_000);
        }
    }
    // Of the two 02:30 the first one counts.
    let due = Pace::chosen(at(berlin, "2026-10-24", "12:00")).due(daily, berlin).unwrap();
    assert_eq!(due, at(berlin, "2026-10-25", "00:30") + 2 * HOUR_MS);
}

#[test]
fn a_day_that_a_calendar_left_out_is_passed_over() {
    // Samoa went from 29 to 31 December 2011.
    let apia = zone("Pacific/Apia");
    let daily = Cadence::Daily { time: time("06:00") };
    let due = Pace::began(at(apia, "2011-12-29", "06:00")).due(daily, apia).unwrap();
    assert_eq!(shown(apia, due), "2011-12-31 06:00");
    let friday = Cadence::Weekly { weekday: 4, time: time("06:00") };
    let due = Pace::began(at(apia, "2011-12-23", "06:00")).due(friday, apia).unwrap();
    assert_eq!(shown(apia, due), "2012-01-06 06:00", "the Friday of that week did not exist");
}

#[test]
fn missed_times_are_due_once() {
    let utc = TimeZone::UTC;
    let daily = Cadence::Daily { time: time("06:00") };
    let monday = Cadence::Weekly { weekday: 0, time: time("06:00") };
    let now = at(utc, "2026-11-27", "20:00");
    for cadence in [daily, monday, Cadence::Minutes { minutes: 15 }] {
        let due = Pace::began(at(utc, "2026-11-02", "06:00")).due(cadence, utc).unwrap();
        assert!(due < now, "{cadence:?}");
        let next = Pace::began(now).due(cadence, utc).unwrap();
        assert!(next > now, "{cadence:?}: however many were missed, one pull is due");
    }
    assert_eq!(shown(utc, Pace::began(now).due(monday, utc).unwrap()), "2026-11-30 06:00");
    assert_eq!(Pace::began(now).due(Cadence::ByHand, utc), None);
}

#[test]
fn a_clock_that_was_set_back_neither_stops_a_schedule_nor_runs_it_twice() {
    let utc = TimeZone::UTC;
    let daily = Cadence::Daily { time: time("06:00") };
    let ran = Pace::began(at(utc, "2026-11-27", "06:00"));
    // By an hour: the same 06:00 comes again, and is not pulled again.
    let back = ran.on_clock(daily, at(utc, "2026-11-27", "05:00"));
    assert_eq!(shown(utc, back.due(daily, utc).unwrap()), "2026-11-28 06:00");
    // By a year: it goes on within two days.
    let back = ran.on_clock(daily, at(utc, "2025-11-27", "09:00"));
    assert_eq!(shown(utc, back.due(daily, utc).unwrap()), "2025-11-28 06:00");
    let often = Cadence::Minutes { minutes: 15 };
    let back = ran.on_clock(often, at(utc, "2025-11-27", "09:00"));
    assert_eq!(shown(utc, back.due(often, utc).unwrap()), "2025-11-27 09:15");
    assert_eq!(ran.on_clock(daily, ran.anchor), ran, "a clock that goes on changes nothing");
}

#[test]
fn a_time_right_after_a_pull_by_hand_counts_as_pulled() {
    let utc = TimeZone::UTC;
    let daily = Cadence::Daily { time: time("06:00") };
    let by_hand = Pace::began(at(utc, "2026-11-27", "05:58"));
    assert_eq!(shown(utc, by_hand.due(daily, utc).unwrap()), "2026-11-28 06:00");
    let earlier = Pace::began(at(utc, "2026-11-27", "05:30"));
    assert_eq!(shown(utc, earlier.due(daily, utc).unwrap()), "2026-11-27 06:00");
}

#[test]
fn a_dearer_delay_means_oftener_and_a_dearer_error_more_seldom() {
    let period = |delay, error| propose(delay, error).period_ms().unwrap_or(i64::MAX);
    for (place, less) in Cost::ALL.iter().enumerate() {
        for more in &Cost::ALL[place..] {
            for other in Cost::ALL {
                assert!(
                    period(*more, other) <= period(*less, other),
                    "delay {less:?} {more:?}, error {other:?}"
                );
                assert!(
                    period(other, *more) >= period(other, *less),
                    "error {less:?} {more:?}, delay {other:?}"
                );
            }
        }
    }
    assert_eq!(propose(Cost::LineStops, Cost::Nothing), Cadence::Minutes { minutes: 15 });
    assert_eq!(propose(Cost::Nothing, Cost::LineStops), Cadence::ByHand);
    for (delay, error) in Cost::ALL.into_iter().flat_map(|delay| Cost::ALL.map(|error| (delay, error))) {
        let cadence = propose(delay, error);
        let (warn_minutes, late_minutes) = cadence.thresholds();
        assert_eq!(schedule(cadence, warn_minutes, late_minutes).check(), Ok(()), "{delay:?} {error:?}");
    }
}

#[test]
fn numbers_grow_old_in_two_steps() {
    for (age_minutes, stands, next_minutes) in [
        (-5, Freshness::Fresh, Some(30)),
        (0, Freshness::Fresh, Some(30)),
        (29, Freshness::Fresh, Some(1)),
        (30, Freshness::Warn, Some(30)),
        (60, Freshness::Late, None),
    ] {
        let expected = (stands, next_minutes.map(|minutes: i64| minutes * MINUTE_MS));
        assert_eq!(freshness(age_minutes * MINUTE_MS, 30, 60), expected, "{age_minutes}");
    }
}

fn cadences() -> impl Strategy<Value = Cadence> {
    let time = (0u16..24, 0u16..60).prop_map(|(hour, minute)| TimeOfDay::new(hour, minute).unwrap());
    prop_oneof![
        (MINUTES_MIN..=MINUTES_MAX).prop_map(|minutes| Cadence::Minutes { minutes }),
        time.clone().prop_map(|time| Cadence::Daily { time }),
        (0u8..7, time).prop_map(|(weekday, time)| Cadence::Weekly { weekday, time }),
    ]
}

fn zones() -> impl Strategy<Value = TimeZone> {
    let names = [
        "UTC",
        "Europe/Berlin",
        "America/Havana",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Asia/Kathmandu",
    ];
    prop::sample::select(names.to_vec()).prop_map(zone)
}

/// From 2020 to 2035.
const MOMENTS: std::ops::Range<i64> = 1_577_836_800_000..2_051_222_400_000;

proptest! {
    #[test]
    fn the_next_pull_is_after_the_last_and_within_two_periods(cadence in cadences(), zone in zones(), last in MOMENTS) {
        let due = Pace::began(last).due(cadence, zone).unwrap();
        prop_assert!(due >= last + i64::from(MINUTES_MIN) * MINUTE_MS);
        prop_assert!(due <= last + 2 * cadence.period_ms().unwrap() + 2 * HOUR_MS);
        // What has a time of the day is due at it, but where the clocks skip it.
        if let Cadence::Daily { time } | Cadence::Weekly { time, .. } = cadence {
            let jumped = zone.moment_of(zone.day_at(due), time.minute_of_day());
            prop_assert_eq!(jumped, Some(due));
        }
    }

    /// Looked at again and again over weeks, with sleep and a clock that is set back now and then: no two pulls begin
    /// within the least distance of real time, and no schedule stands still.
    #[test]
    fn never_more_often_than_every_fifteen_minutes(
        cadence in cadences(), zone in zones(), start in MOMENTS,
        steps in prop::collection::vec((1i64..400, prop::option::weighted(0.1, 1i64..40_000)), 1..200),
    ) {
        let (mut real, mut clock) = (0i64, start);
        let mut pace = Pace::chosen(clock);
        let mut ran: Option<i64> = None;
        for (minutes, back) in steps {
            real += minutes * MINUTE_MS;
            clock += minutes * MINUTE_MS - back.unwrap_or(0) * MINUTE_MS;
            pace = pace.on_clock(cadence, clock);
            let due = pace.due(cadence, zone).unwrap();
            prop_assert!(due <= clock + 2 * cadence.period_ms().unwrap() + DAY_MS, "it stands still");
            if due <= clock {
                if let Some(ran) = ran {
                    prop_assert!(real - ran >= i64::from(MINUTES_MIN) * MINUTE_MS);
                }
                ran = Some(real);
                pace = Pace::began(clock);
            }
        }
    }

    #[test]
    fn pauses_are_within_their_bounds(attempt in 1u32..10, chance in any::<u64>(), asked in prop::option::of(-HOUR_MS..3 * DAY_MS)) {
        match after_attempt(attempt, chance, asked) {
            None => prop_assert!(attempt >= ATTEMPTS_MAX),
            Some(pause) => {
                let cap = (FIRST_PAUSE_MS << (attempt - 1)).min(LONGEST_PAUSE_MS);
                let asked = asked.unwrap_or(0).clamp(0, ASKED_LONGEST_MS);
                prop_assert!((asked..=asked + cap).contains(&pause), "{pause}");
            }
        }
    }

    #[test]
    fn a_clock_shows_what_was_asked_for(zone in zones(), day in 18_300i32..24_000, minute in 0u16..1440) {
        let moment = zone.moment_of(Day(day), minute).unwrap();
        prop_assert_eq!(zone.day_at(moment), Day(day));
        prop_assert!(zone.minute_at(moment) >= minute);
    }
}
