//! How little is said at once: each matter once at each stage, in bundles, and never more than three a day.

use std::collections::BTreeSet;

use super::{Matter, ReminderKind, ReminderSettings, WorkingDays};

/// A device says no more than this on one day.
pub const DAILY_MAX: usize = 3;

/// Between two bundles lies at least so much time, milliseconds: two hours, so that a busy morning is one bundle. Only a
/// meeting that is about to begin does not wait.
pub const BETWEEN_MS: i64 = 2 * 3_600_000;

/// What a device has said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The keys of the matters that the person was reminded of ([`Matter::key`]).
    pub keys: BTreeSet<String>,
    /// When something was said, milliseconds since 1970 UTC; older than a day may be left out.
    pub sent: Vec<i64>,
}

/// What is said at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// What it is about, what presses most first.
    pub matters: Vec<Matter>,
    /// What the person sees anyhow and need not be reminded of.
    pub seen: Vec<Matter>,
}

/// What is to be said now about what was `found`, by these rules:
///
/// 1. What is switched off, and what was told at its stage already, is left out.
/// 2. What is on the screen (`on_screen`, an address) is seen and not told.
/// 3. In quiet hours nothing is said; what falls there waits and comes in one bundle afterwards.
/// 4. All that waits is said at once. After a bundle it is quiet for two hours, but for a meeting about to begin, which
///    takes along what waits.
/// 5. No more than three are said on a day (of the workspace's time zone); the last one is kept for the meeting where
///    `meeting_ahead` says that one is still to come today.
pub fn bundle(
    settings: &ReminderSettings,
    days: &WorkingDays,
    now_ms: i64,
    found: Vec<Matter>,
    told: &Told,
    on_screen: Option<&str>,
    meeting_ahead: bool,
) -> Bundle {
    let mut bundle = Bundle::default();
    if !settings.is_on {
        return bundle;
    }
    let is_new =
        |matter: &Matter| settings.kinds.contains(&matter.kind) && !told.keys.contains(&matter.key());
    let (seen, mut waits): (Vec<_>, Vec<_>) = found
        .into_iter()
        .filter(is_new)
        .partition(|matter| Some(page(&matter.address)) == on_screen.map(page));
    bundle.seen = seen;
    if waits.is_empty() || settings.is_quiet(days, now_ms) {
        return bundle;
    }
    let today = days.day_at(now_ms);
    // A clock that was set back: what was said in its future counts as said now.
    let sent: Vec<i64> = told.sent.iter().map(|at| (*at).min(now_ms)).collect();
    let sent_today = sent.iter().filter(|at| days.day_at(**at) == today).count();
    let is_meeting = waits.iter().any(|matter| matter.kind == ReminderKind::Meeting);
    let keeps_one = meeting_ahead && !is_meeting && settings.kinds.contains(&ReminderKind::Meeting);
    let most = if keeps_one { DAILY_MAX - 1 } else { DAILY_MAX };
    let is_early = sent.iter().any(|at| now_ms - at < BETWEEN_MS) && !is_meeting;
    if sent_today >= most || is_early {
        return bundle;
    }
    waits.sort_by(|one, other| (one.order(), &one.id).cmp(&(other.order(), &other.id)));
    bundle.matters = waits;
    bundle
}

/// An address without what is picked on its page.
fn page(address: &str) -> &str {
    address.split_once('?').map_or(address, |(page, _)| page)
}

#[cfg(test)]
mod tests {
    use super::super::{QuietHours, Stage};
    use super::*;
    use crate::workspace::Settings;
    use proptest::prelude::*;

    /// A Tuesday at noon, UTC.
    const NOON: i64 = 20_417 * 86_400_000 + 12 * HOUR;
    const HOUR: i64 = 3_600_000;

    fn days() -> WorkingDays {
        WorkingDays::of(&Settings::default())
    }

    fn matter(kind: ReminderKind, id: &str) -> Matter {
        let stage = if kind == ReminderKind::Meeting { Stage::Soon } else { Stage::Waits };
        Matter { kind, id: id.into(), stage, text: id.into(), address: format!("/{id}") }
    }

    fn thread(id: &str) -> Matter {
        matter(ReminderKind::Thread, id)
    }

    fn told(sent: &[i64]) -> Told {
        Told { keys: BTreeSet::new(), sent: sent.to_vec() }
    }

    fn ids(bundle: &Bundle) -> Vec<&str> {
        bundle.matters.iter().map(|matter| matter.id.as_str()).collect()
    }

    fn say(settings: &ReminderSettings, at: i64, found: Vec<Matter>, told: &Told) -> Bundle {
        bundle(settings, &days(), at, found, told, None, false)
    }

    #[test]
    fn what_is_off_says_nothing() {
        let found = || vec![thread("a"), matter(ReminderKind::Meeting, "m")];
        let usual = ReminderSettings::default();
        assert_eq!(days().day_at(NOON).weekday(), 1);
        for settings in [
            ReminderSettings { is_on: false, ..usual.clone() },
            ReminderSettings { kinds: BTreeSet::new(), ..usual.clone() },
        ] {
            assert_eq!(say(&settings, NOON, found(), &Told::default()), Bundle::default());
        }
        let only = ReminderSettings { kinds: [ReminderKind::Meeting].into(), ..usual };
        assert_eq!(ids(&say(&only, NOON, found(), &Told::default())), ["m"]);
    }

    #[test]
    fn a_matter_is_told_once_at_each_stage() {
        let settings = ReminderSettings::default();
        let mut one = matter(ReminderKind::Commitment, "c");
        let mut told = Told::default();
        for stage in [Stage::Tomorrow, Stage::Today, Stage::Overdue] {
            one.stage = stage;
            assert_eq!(ids(&say(&settings, NOON, vec![one.clone()], &told)), ["c"]);
            told.keys.insert(one.key());
            assert_eq!(ids(&say(&settings, NOON, vec![one.clone()], &told)), Vec::<&str>::new());
        }
    }

    #[test]
    fn what_falls_into_quiet_hours_comes_afterwards_as_one_bundle() {
        let settings = ReminderSettings::default();
        let found = vec![thread("b"), matter(ReminderKind::Commitment, "c"), thread("a")];
        let evening = NOON + 7 * HOUR;
        assert_eq!(ids(&say(&settings, evening, found.clone(), &Told::default())), Vec::<&str>::new());
        let morning = NOON + 20 * HOUR;
        assert_eq!(ids(&say(&settings, morning, found, &Told::default())), ["c", "a", "b"]);
    }

    #[test]
    fn what_is_on_the_screen_is_seen_also_in_quiet_hours() {
        let settings = ReminderSettings::default();
        for at in [NOON, NOON + 9 * HOUR] {
            let found = vec![thread("a?of=1"), thread("b")];
            let said = bundle(&settings, &days(), at, found, &Told::default(), Some("/a"), false);
            assert_eq!(said.seen, [thread("a?of=1")]);
            assert_eq!(said.matters.len(), usize::from(at == NOON));
        }
    }

    #[test]
    fn two_hours_lie_between_two_bundles_but_a_meeting_does_not_wait() {
        let settings = ReminderSettings::default();
        let before = told(&[NOON - HOUR]);
        assert_eq!(ids(&say(&settings, NOON, vec![thread("a")], &before)), Vec::<&str>::new());
        let with_meeting = vec![thread("a"), matter(ReminderKind::Meeting, "m")];
        assert_eq!(ids(&say(&settings, NOON, with_meeting, &before)), ["m", "a"]);
        assert_eq!(ids(&say(&settings, NOON, vec![thread("a")], &told(&[NOON - 2 * HOUR]))), ["a"]);
    }

    #[test]
    fn never_more_than_three_a_day_and_the_last_is_kept_for_the_meeting() {
        let settings = ReminderSettings { quiet: None, ..ReminderSettings::default() };
        let two = told(&[NOON - 8 * HOUR, NOON - 5 * HOUR]);
        let three = told(&[NOON - 8 * HOUR, NOON - 5 * HOUR, NOON - 3 * HOUR]);
        let ask = |told: &Told, found: Matter, ahead: bool| {
            bundle(&settings, &days(), NOON, vec![found], told, None, ahead).matters.len()
        };
        assert_eq!(ask(&two, thread("a"), false), 1);
        assert_eq!(ask(&two, thread("a"), true), 0);
        assert_eq!(ask(&two, matter(ReminderKind::Meeting, "m"), true), 1);
        assert_eq!(ask(&three, thread("a"), false), 0);
        assert_eq!(ask(&three, matter(ReminderKind::Meeting, "m"), true), 0);
        // Yesterday's do not count.
        assert_eq!(
            ask(&told(&[NOON - 13 * HOUR, NOON - 14 * HOUR, NOON - 15 * HOUR]), thread("a"), false),
            1
        );
        // Who wants no word of meetings has all three for the rest.
        let no_meetings = ReminderSettings { kinds: [ReminderKind::Thread].into(), ..settings.clone() };
        assert_eq!(bundle(&no_meetings, &days(), NOON, vec![thread("a")], &two, None, true).matters.len(), 1);
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_open_the_gates() {
        let settings = ReminderSettings::default();
        let ahead = told(&[NOON + 50 * HOUR, NOON + 53 * HOUR, NOON + 60 * HOUR]);
        assert_eq!(say(&settings, NOON, vec![thread("a")], &ahead).matters.len(), 0);
    }

    proptest! {
        // Each case is a week of its own.
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// A whole week, minute by minute, with matters that come at random: never more than three a day, never in quiet
        /// hours, each once.
        #[test]
        fn whatever_happens_it_stays_gentle(
            arrivals in prop::collection::vec((0i64..10_080, 0usize..5), 0..60),
            from in 0u16..1_440, length in 1u16..1_439, working in any::<bool>(),
        ) {
            let quiet = QuietHours::new(from, (from + length) % 1_440).unwrap();
            let settings =
                ReminderSettings { quiet: Some(quiet), only_working_days: working, ..ReminderSettings::default() };
            let (days, mut told) = (days(), Told::default());
            let mut heard = Vec::new();
            for minute in (0..10_080).step_by(7) {
                let now = NOON + minute * 60_000;
                let found: Vec<Matter> = arrivals.iter().enumerate().filter(|(_, (at, _))| *at <= minute)
                    .map(|(nth, (_, kind))| matter(ReminderKind::ALL[*kind], &nth.to_string())).collect();
                let said = bundle(&settings, &days, now, found, &told, None, false);
                if !said.matters.is_empty() {
                    prop_assert!(!settings.is_quiet(&days, now));
                    told.sent.push(now);
                    for one in said.matters {
                        told.keys.insert(one.key());
                        heard.push(one.key());
                    }
                }
            }
            for day in told.sent.iter().map(|at| days.day_at(*at)) {
                prop_assert!(told.sent.iter().filter(|at| days.day_at(**at) == day).count() <= DAILY_MAX);
            }
            let all = heard.len();
            heard.sort();
            heard.dedup();
            prop_assert_eq!(all, heard.len());
        }
    }
}
