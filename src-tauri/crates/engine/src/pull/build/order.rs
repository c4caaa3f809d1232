//! The lines of one order, assembled from its records.

use plaza_domain::journey::assemble::{Assembled, RecordFacts, Refusal, assemble};
use plaza_domain::journey::history::History;
use plaza_domain::journey::truth::{Disagreement, HOME, Heard, weigh};
use plaza_domain::journey::{Journey, Milestone};
use plaza_domain::record::{Facts, Field};
use plaza_store::intake::Record;

use super::Building;
use crate::journey::context::day_of_moment;
use crate::journey::key::is_whole_order;
use crate::journey::odd::odd;
use crate::journey::pack::{JourneyTexts, pack};
use crate::pull::report::Warnings;
use crate::staging::{Finding, ONLY_LINE};

/// A journey that records do not make, and the record that waits for it.
pub(super) struct Held {
    pub finding: Finding,
    pub stream: i64,
    pub record: Box<Record>,
}

/// One order, assembled.
#[derive(Default)]
pub(super) struct Order {
    pub journeys: Vec<Journey>,
    /// Key, and where its body ends in `packed`.
    pub keys: Vec<(i64, usize)>,
    pub packed: Vec<u8>,
    pub held: Vec<Held>,
    /// What sources say differently, by journey.
    pub disagreements: Vec<(i64, Disagreement)>,
}

impl Order {
    /// The journeys' keys and bodies.
    pub(super) fn bodies(&self) -> impl Iterator<Item = (i64, &[u8])> {
        let mut start = 0;
        self.keys.iter().map(move |(key, end)| {
            let body = self.packed.get(start..*end).unwrap_or_default();
            start = *end;
            (*key, body)
        })
    }
}

impl Building<'_> {
    /// Assembles the lines of one order. The records' `stream` is their place in the integration.
    pub(super) fn order(&self, records: &mut [Record], warnings: &mut Warnings) -> Order {
        records.sort_by_key(|record| (record.key.journey, record.stream, record.key.row_key));
        let mut order = Order::default();
        let whole = records.partition_point(|record| is_whole_order(record.key.journey));
        let (of_order, of_lines) = records.split_at(whole);
        let name =
            records.first().and_then(|record| Facts(&record.facts).text(Field::Order)).unwrap_or_default();
        let mut rest = of_lines;
        while let Some(first) = rest.first() {
            let length = rest.partition_point(|record| record.key.journey <= first.key.journey);
            let (line, after) = rest.split_at(length);
            rest = after;
            self.line(name, of_order, line, &mut order, warnings);
        }
        order
    }

    fn line(
        &self,
        name: &str,
        of_order: &[Record],
        line: &[Record],
        order: &mut Order,
        warnings: &mut Warnings,
    ) {
        let Some(first) = line.first() else { return };
        let words = |record: &Record| {
            let facts = Facts(&record.facts);
            (facts.text(Field::Order).map(str::to_owned), facts.text(Field::Line).map(str::to_owned))
        };
        if Facts(&first.facts).text(Field::Order) != Some(name)
            || line.iter().skip(1).any(|other| words(other) != words(first))
        {
            return self.hold_back(Finding::KeyCollision { other: name.to_owned() }, first, order);
        }
        let Some(heard) = self.heard(line, of_order, order) else { return };
        let histories: Vec<Option<History>> = heard
            .iter()
            .map(|(record, _)| *record)
            .map(|record| record.history.as_deref().and_then(|bytes| History::from_bytes(bytes).ok()))
            .collect();
        let facts: Vec<RecordFacts<'_>> = heard
            .iter()
            .zip(&histories)
            .map(|((record, left_out), history)| RecordFacts {
                stream: record.stream as u16,
                facts: Facts(&record.facts),
                known: record.known,
                history: history.as_ref(),
                deleted_at_source: record.gone_at.map(day_of_moment),
                order_level: is_whole_order(record.key.journey),
                left_out: *left_out,
            })
            .collect();
        match assemble(&facts, &self.context.assembly, None) {
            Ok(mut assembled) => {
                let tolerance = self.context.kpi.tolerance_permille;
                odd(&assembled, tolerance, self.rules, |finding| warnings.note(finding));
                let line = Facts(&first.facts).text(Field::Line).unwrap_or(ONLY_LINE);
                assembled.journey.override_shares = self.agreed.get(first.key.journey, name, line);
                pack(&assembled.journey, &texts(name, line, &assembled), &mut order.packed);
                order.keys.push((first.key.journey, order.packed.len()));
                order.journeys.push(assembled.journey);
            }
            Err(refusal) => self.hold_back(finding(&refusal), first, order),
        }
    }

    /// The records that speak of a line, each with the fields in which another source is believed. None where only
    /// others than the integration itself know the line: whose orders they are says which lines there are.
    fn heard<'r>(
        &self,
        line: &'r [Record],
        of_order: &'r [Record],
        order: &mut Order,
    ) -> Option<Vec<(&'r Record, u64)>> {
        let all = line.iter().chain(of_order);
        if self.voices.are_one() {
            return Some(all.map(|record| (record, 0)).collect());
        }
        let voice = |record: &Record| self.voices.at(record.stream);
        let own = || line.iter().filter(|record| voice(record) == HOME);
        let is_known =
            own().next().is_some() || line.iter().any(|record| Some(voice(record)) == self.voices.by_hand);
        if !is_known {
            return None;
        }
        // What the integration itself has deleted is not kept alive by what others say of it.
        let is_gone = own().next().is_some() && own().all(|record| record.gone_at.is_some());
        let records: Vec<&Record> = all.filter(|record| !is_gone || voice(record) == HOME).collect();
        let heard: Vec<Heard<'_>> = records
            .iter()
            .map(|record| Heard {
                voice: voice(record),
                facts: Facts(&record.facts),
                order_level: is_whole_order(record.key.journey),
            })
            .collect();
        let journey = line.first().map_or(0, |record| record.key.journey);
        let weighed = weigh(&heard, &self.voices.truth, self.voices.kept(journey));
        order.disagreements.extend(weighed.disagreements.into_iter().map(|one| (journey, one)));
        Some(records.into_iter().zip(weighed.left_out).collect())
    }

    fn hold_back(&self, finding: Finding, record: &Record, order: &mut Order) {
        let stream = self.voices.streams.get(record.stream as usize).copied().unwrap_or_default();
        order.held.push(Held { finding, stream, record: Box::new(record.clone()) });
    }
}

fn texts<'a>(order: &'a str, line: &'a str, assembled: &Assembled<'a>) -> JourneyTexts<'a> {
    JourneyTexts {
        order,
        line,
        customer: assembled.texts.customer.unwrap_or_default(),
        product: assembled.texts.product.unwrap_or_default(),
        product_group: assembled.texts.group.unwrap_or_default(),
        currency: assembled.texts.currency.unwrap_or_default(),
    }
}

fn finding(refusal: &Refusal) -> Finding {
    match *refusal {
        Refusal::NotOrdered => Finding::NotOrdered,
        Refusal::OrderedTooLate { ordered, milestone, on } => Finding::MilestoneOrder {
            milestone: Milestone::Ordered,
            on: ordered,
            later: milestone,
            later_on: on,
        },
    }
}
