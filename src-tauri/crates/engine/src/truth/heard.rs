//! The records that speak of one order line, each with what of it does not count.

use plaza_domain::journey::truth::{Heard, Voice, weigh};
use plaza_domain::record::Facts;
use plaza_store::intake::{Record, View};

use super::Voices;
use crate::error::Result;
use crate::journey::key::{OrderKey, is_whole_order};

/// A record that speaks of a line.
#[derive(Clone, Debug)]
pub(crate) struct HeardRecord {
    pub record: Record,
    /// The place of its stream among all that speak.
    pub place: usize,
    /// Whose it is.
    pub voice: Voice,
    /// Fields that do not count, as bits by number: another source is believed.
    pub left_out: u64,
    /// Those of them in which the other source says something else.
    pub contradicted: u64,
}

/// The records of an order line and of its order as a whole, weighed against each other.
pub(crate) fn heard(view: View<'_>, voices: &Voices, key: i64) -> Result<Vec<HeardRecord>> {
    let whole = OrderKey::of_journey(key).whole();
    let mut all = Vec::new();
    for (place, stream) in voices.streams.iter().enumerate() {
        let mut records = Vec::new();
        view.records_between(*stream, key, key, &mut records)?;
        view.records_between(*stream, whole, whole, &mut records)?;
        let voice = voices.at(place as i64);
        all.extend(records.into_iter().map(|record| HeardRecord {
            record,
            place,
            voice,
            left_out: 0,
            contradicted: 0,
        }));
    }
    if voices.are_one() {
        return Ok(all);
    }
    let said: Vec<Heard<'_>> = all
        .iter()
        .map(|one| Heard {
            voice: one.voice,
            facts: Facts(&one.record.facts),
            order_level: is_whole_order(one.record.key.journey),
        })
        .collect();
    let weighed = weigh(&said, &voices.truth, voices.kept(key));
    for (one, left_out) in all.iter_mut().zip(weighed.left_out) {
        let others = weighed.disagreements.iter().filter(|found| found.other == one.voice);
        one.contradicted = others.fold(0, |bits, found| bits | 1 << found.field as u8);
        one.left_out = left_out;
    }
    Ok(all)
}
