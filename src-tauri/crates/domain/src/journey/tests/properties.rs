//! What must hold for any records, routes and calendars.

use proptest::prelude::*;

use crate::journey::agreed::{SLACK, SharesFault, agreed_shares};
use crate::journey::assemble::{RecordFacts, assemble};
use crate::journey::history::History;
use crate::journey::sample::*;
use crate::journey::split::{End, MILLION, Split, apportion, is_whole};
use crate::record::{Facts, Field, Known};

proptest! {
    #[test]
    fn lateness_is_the_gap_and_the_overruns(
        rules in any_assembly_rules(), records in prop::collection::vec(any_kept(), 1..4),
        promised in any_day(), end in any_day(), running in any::<bool>(),
    ) {
        for journey in any_journeys(&rules, &[records]) {
            let reached = journey.actual[rules.route.promise()];
            let end = match reached { Some(on) if !running => End::Reached(on), _ => End::Running(end) };
            let split = Split::of(&journey, &rules.route, &rules.calendar, promised, end);
            let overruns: i32 = split.legs().iter().map(|leg| leg.overrun_days).sum();
            prop_assert_eq!(split.lateness_days, split.gap_days + overruns);
            prop_assert_eq!(split.components_days.iter().sum::<i32>(), split.lateness_days);
            let late = end.day() > promised;
            prop_assert_eq!(split.is_late(), late);
            prop_assert_eq!(split.lateness_days > 0, late);
            let whole = if late { MILLION } else { 0 };
            prop_assert_eq!(split.shares.iter().map(|share| i64::from(*share)).sum::<i64>(), whole);
            let late_days = if late { i64::from(split.lateness_days) } else { 0 };
            prop_assert_eq!(split.late_micro_days.iter().sum::<i64>(), late_days * MILLION);
            for (seat, days) in split.components_days.iter().enumerate() {
                prop_assert!(*days > 0 || split.shares[seat] == 0, "only who overran is charged");
            }
            let legs = split.legs();
            prop_assert!(legs.windows(2).all(|pair| pair[0].to == pair[1].from), "legs follow one another");
            prop_assert_eq!(legs.iter().filter(|leg| leg.running).count(), usize::from(matches!(end, End::Running(_))));
        }
    }

    #[test]
    fn parts_are_whole_and_as_near_as_can_be(total in 0i64..20_000_000, weights in any::<[u16; 8]>()) {
        let weights = weights.map(i64::from);
        let sum: i64 = weights.iter().sum();
        let parts = apportion(total, &weights);
        prop_assert_eq!(parts.iter().sum::<i64>(), if sum == 0 { 0 } else { total });
        for (part, weight) in parts.iter().zip(weights) {
            if sum > 0 {
                prop_assert!((part * sum - total * weight).abs() < sum, "less than one unit away");
            }
        }
    }

    #[test]
    fn an_agreed_split_is_whole_and_divides_any_lateness_to_the_millionth(
        cuts in prop::collection::vec(0i64..=1_000_000, 7), slack in -SLACK..=SLACK, days in 1i64..4_000,
    ) {
        let mut cuts = cuts;
        cuts.sort_unstable();
        let borders: Vec<i64> = std::iter::once(0).chain(cuts).chain([MILLION]).collect();
        let mut said = [0; 8];
        for (share, pair) in said.iter_mut().zip(borders.windows(2)) {
            *share = pair[1] - pair[0];
        }
        let exact = said;
        let largest = said.iter_mut().max().unwrap();
        *largest = (*largest + slack).min(MILLION);
        let agreed = agreed_shares(&said).unwrap();
        prop_assert!(is_whole(&agreed));
        for (seat, share) in agreed.iter().enumerate() {
            prop_assert!((i64::from(*share) - exact[seat]).abs() <= SLACK + 1, "nobody's share moves beyond the slack");
            prop_assert!(said[seat] > 0 || *share == 0, "who was given nothing gets nothing");
        }
        let divided = apportion(days * MILLION, &agreed.map(i64::from));
        prop_assert_eq!(divided.iter().sum::<i64>(), days * MILLION);
        for (part, share) in divided.iter().zip(agreed) {
            prop_assert!((part - days * i64::from(share)).abs() <= 1);
        }
        let mut off = said;
        *off.iter_mut().min().unwrap() += 2 * SLACK + 1;
        let sum: i64 = off.iter().sum();
        prop_assert_eq!(agreed_shares(&off), Err(SharesFault::Sum { sum }));
        off[0] = -1;
        prop_assert_eq!(agreed_shares(&off), Err(SharesFault::OutOfRange));
    }

    #[test]
    fn records_make_the_same_journey_in_any_order(
        rules in any_assembly_rules(), records in prop::collection::vec(any_kept(), 1..5), turn in 0usize..5,
    ) {
        let handed: Vec<_> = records.iter().map(Kept::as_record).collect();
        let mut turned = handed.clone();
        turned.reverse();
        turned.rotate_left(turn % records.len());
        prop_assert_eq!(assemble(&handed, &rules, None), assemble(&turned, &rules, None));
    }

    #[test]
    fn versions_make_the_same_journey_in_any_order_of_arrival(
        rules in any_assembly_rules(), turn in 0usize..6,
        versions in prop::collection::vec((any_sound_facts(), any_known()), 1..6),
    ) {
        let versions: Vec<_> = versions.into_iter().map(|(of, known)| (known, facts(&of))).collect();
        let build = |versions: &[(Known, Vec<u8>)]| {
            let mut history = History::default();
            versions.iter().for_each(|(known, facts)| history.note(Facts(facts), *known));
            let (known, current) = versions.iter().max().cloned().unwrap();
            (history, known, current)
        };
        let mut turned = versions.clone();
        turned.reverse();
        turned.rotate_left(turn % versions.len());
        let [one, other] = [build(&versions), build(&turned)];
        prop_assert_eq!(&one, &other);
        let make = |(history, known, current): &(History, Known, Vec<u8>)| {
            let record = RecordFacts { history: Some(history), known: *known, ..record(current) };
            assemble(&[record], &rules, None).map(|made| (made.journey, made.exceptions))
        };
        prop_assert_eq!(make(&one), make(&other));
    }

    #[test]
    fn one_version_needs_no_history(rules in any_assembly_rules(), of in any_facts(), known in any_known()) {
        let facts = facts(&of);
        let history = History::of(Facts(&facts), known);
        let without = RecordFacts { known, ..record(&facts) };
        let with = RecordFacts { history: Some(&history), ..without };
        prop_assert_eq!(assemble(&[without], &rules, None), assemble(&[with], &rules, None));
    }

    #[test]
    fn a_history_merges_and_travels_as_bytes(
        one in prop::collection::vec((any_facts(), any_known()), 0..4),
        other in prop::collection::vec((any_facts(), any_known()), 0..4), cut in any::<prop::sample::Index>(),
    ) {
        let build = |versions: &[(Vec<(Field, i64)>, Known)]| {
            let mut history = History::default();
            versions.iter().for_each(|(of, known)| history.note(Facts(&facts(of)), *known));
            history
        };
        let (mut ab, mut ba) = (build(&one), build(&other));
        ab.merge(&build(&other));
        ba.merge(&build(&one));
        prop_assert_eq!(&ab, &ba);
        prop_assert_eq!(&ab, &build(&[one, other].concat()));
        let bytes = ab.to_bytes();
        prop_assert_eq!(History::from_bytes(&bytes), Ok(ab));
        prop_assert!(History::from_bytes(&bytes[..cut.index(bytes.len())]).is_err());
    }

    #[test]
    fn damaged_records_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..80), rules in any_assembly_rules()) {
        let _ = assemble(&[record(&bytes)], &rules, None);
        let _ = assemble(&[record(&bytes), RecordFacts { stream: 1, ..record(&bytes) }], &rules, None);
        let _ = History::from_bytes(&bytes);
    }

    #[test]
    fn known_milestones_are_in_order_after_assembling(rules in any_assembly_rules(), of in any_facts()) {
        if let Ok(made) = assemble(&[record(&facts(&of))], &rules, None) {
            let known: Vec<_> = rules.route.steps().iter().filter_map(|step| made.journey.actual[*step]).collect();
            prop_assert!(known.is_sorted());
            prop_assert!(rules.route.steps().iter().all(|step| made.journey.due[*step].is_some()));
        }
    }
}
