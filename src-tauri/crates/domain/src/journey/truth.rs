//! Who is believed where several sources speak of one order line: the integration whose orders they are (the *home*),
//! others that speak of them, and people who entered by hand what a system could not.
//!
//! A field counts from one source only. Which one is said in the truth map, by field; where that source is silent, or
//! nothing is said, the home comes first, then the others in their order, then what was entered by hand. What the
//! others say differently is a [`Disagreement`]: it does not count, and it is not forgotten.
//!
//! A date and its quantity (or reason) are one statement and are never taken from two sources.

use crate::record::{FactValue, Facts, Field, FieldKind};

/// A source's place: 0 is the home.
pub type Voice = u8;

/// The home's place.
pub const HOME: Voice = 0;

const FIELDS: usize = Field::ALL.len();

/// Which source counts, by field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    of_record: [Option<Voice>; FIELDS],
}

impl Default for Truth {
    fn default() -> Self {
        Self { of_record: [None; FIELDS] }
    }
}

impl Truth {
    /// From now on this source counts for the statement that `field` belongs to.
    pub fn set(&mut self, field: Field, voice: Voice) {
        self.of_record[statement(field) as usize] = Some(voice);
    }

    /// The source that counts for a field, where one was named.
    pub fn of(&self, field: Field) -> Option<Voice> {
        self.of_record[statement(field) as usize]
    }
}

/// What one record says, and who says it.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// The source.
    pub voice: Voice,
    /// Its typed values.
    pub facts: Facts<'a>,
    /// It holds for the whole order, so that its quantities cannot be divided among the lines.
    pub order_level: bool,
}

/// What a source says of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// As [`FactValue::Number`].
    Number(i64),
    /// As [`FactValue::Text`].
    Text(String),
}

/// A source says something else than the one that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The field.
    pub field: Field,
    /// The source that counts.
    pub kept: Voice,
    /// What it says.
    pub kept_value: Value,
    /// The source that does not.
    pub other: Voice,
    /// What it says.
    pub other_value: Value,
}

/// What weighing the records of one line against each other gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weighed {
    /// For each record the fields that do not count, as bits by [`Field`]'s number.
    pub left_out: Vec<u64>,
    /// What was said differently, by field and source.
    pub disagreements: Vec<Disagreement>,
    /// Fields that two sources say alike: field, the source that counts, the other.
    pub agreements: Vec<(Field, Voice, Voice)>,
}

/// The field that leads the statement a field belongs to: a quantity belongs to its date.
pub const fn statement(field: Field) -> Field {
    match field {
        Field::ProducedQuantity => Field::Produced,
        Field::ShippedQuantity => Field::Shipped,
        Field::DeliveredQuantity => Field::Delivered,
        Field::ReturnedQuantity | Field::ReturnReason => Field::ReturnedOn,
        Field::CreditReason => Field::CreditedOn,
        Field::DisputeReason => Field::DisputedOn,
        Field::CancelledQuantity => Field::CancelledOn,
        Field::DateChangedBy => Field::Promised,
        Field::Currency => Field::Value,
        other => other,
    }
}

/// Whether a field only names the row: nobody can be wrong about it.
pub const fn is_identity(field: Field) -> bool {
    matches!(field, Field::Order | Field::Line | Field::RowKey | Field::ChangedAt)
}

/// Decides field by field whose word counts. `kept_by_hand` are statements (bits by the leading field's number) for
/// which the owner said that the last source, what was entered by hand, counts.
pub fn weigh(heard: &[Heard<'_>], truth: &Truth, kept_by_hand: u64) -> Weighed {
    let mut weighed = Weighed { left_out: vec![0; heard.len()], ..Weighed::default() };
    let voices = heard.iter().map(|one| one.voice).max().map_or(0, |last| usize::from(last) + 1);
    for lead in Field::ALL.into_iter().filter(|field| statement(*field) == *field && !is_identity(*field)) {
        let parts: Vec<Field> = Field::ALL.into_iter().filter(|field| statement(*field) == lead).collect();
        let speaks: Vec<bool> = (0..voices)
            .map(|voice| {
                let own = heard.iter().filter(|one| usize::from(one.voice) == voice);
                own.flat_map(|one| one.facts.iter())
                    .any(|(field, _)| statement(field) == lead && !is_identity(field))
            })
            .collect();
        if speaks.iter().filter(|speaks| **speaks).count() < 2 {
            continue;
        }
        let of_record = truth.of(lead).map(usize::from);
        let by_hand = (kept_by_hand & (1 << lead as u8) != 0).then(|| voices - 1);
        let named = by_hand.into_iter().chain(of_record).find(|voice| speaks.get(*voice) == Some(&true));
        let Some(kept) = named.or_else(|| speaks.iter().position(|speaks| *speaks)) else { continue };
        for (record, mask) in heard.iter().zip(&mut weighed.left_out) {
            if usize::from(record.voice) != kept {
                *mask |= parts.iter().fold(0, |bits, part| bits | 1 << *part as u8);
            }
        }
        weighed.compare(heard, &parts, kept, &speaks);
    }
    weighed
}

impl Weighed {
    fn compare(&mut self, heard: &[Heard<'_>], parts: &[Field], kept: usize, speaks: &[bool]) {
        for other in (0..speaks.len()).filter(|voice| *voice != kept && speaks[*voice]) {
            let (kept, other) = (kept as Voice, other as Voice);
            // Who changed a date is told along with it and is no statement of its own.
            for field in parts.iter().copied().filter(|field| *field != Field::DateChangedBy) {
                let (Some(kept_value), Some(other_value)) =
                    (said(heard, kept, field), said(heard, other, field))
                else {
                    continue;
                };
                if kept_value == other_value {
                    self.agreements.push((field, kept, other));
                } else {
                    self.disagreements.push(Disagreement { field, kept, kept_value, other, other_value });
                }
            }
        }
    }
}

/// What a source says of a field, all its records together: the sum of quantities that come in parts, the first of
/// dates that are first ones, the last of other dates, else the first that is said.
pub fn said(heard: &[Heard<'_>], voice: Voice, field: Field) -> Option<Value> {
    let is_parted = matches!(
        field,
        Field::ProducedQuantity | Field::ShippedQuantity | Field::DeliveredQuantity | Field::ReturnedQuantity
    );
    let own = heard.iter().filter(|one| one.voice == voice && !(is_parted && one.order_level));
    let mut said: Option<Value> = None;
    for (_, value) in own.flat_map(|one| one.facts.iter()).filter(|(known, _)| *known == field) {
        said = Some(match (said, value) {
            (None, FactValue::Number(number)) => Value::Number(number),
            (None, FactValue::Text(text)) => Value::Text(text.to_owned()),
            (Some(Value::Number(sum)), FactValue::Number(number)) if is_parted => {
                Value::Number(sum.saturating_add(number))
            }
            (Some(Value::Number(day)), FactValue::Number(other)) if field.kind() == FieldKind::Date => {
                let is_first = matches!(field, Field::Ordered | Field::Confirmed | Field::Promised);
                Value::Number(if is_first { day.min(other) } else { day.max(other) })
            }
            (Some(first), _) => first,
        });
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{push_number, push_text};

    fn facts(numbers: &[(Field, i64)], customer: Option<&str>) -> Vec<u8> {
        let mut bytes = Vec::new();
        push_text(&mut bytes, Field::Order, "4711");
        for (field, number) in numbers {
            push_number(&mut bytes, *field, *number);
        }
        if let Some(text) = customer {
            push_text(&mut bytes, Field::Customer, text);
        }
        bytes
    }

    fn heard(voice: Voice, bytes: &[u8]) -> Heard<'_> {
        Heard { voice, facts: Facts(bytes), order_level: false }
    }

    fn bit(field: Field) -> u64 {
        1 << field as u8
    }

    #[test]
    fn one_source_alone_is_believed_whole() {
        let bytes = facts(&[(Field::Shipped, 5), (Field::Promised, 4)], Some("Acme"));
        let weighed = weigh(&[heard(0, &bytes), heard(0, &bytes)], &Truth::default(), 0);
        assert_eq!(weighed, Weighed { left_out: vec![0, 0], ..Weighed::default() });
    }

    #[test]
    fn the_home_counts_unless_the_map_names_another() {
        let erp = facts(&[(Field::Promised, 10), (Field::Ordered, 1)], Some("Acme"));
        let crm = facts(&[(Field::Promised, 12)], Some("ACME"));
        let records = [heard(0, &erp), heard(1, &crm)];
        let home = weigh(&records, &Truth::default(), 0);
        assert_eq!(home.left_out[0], 0);
        assert_eq!(home.left_out[1] & bit(Field::Promised), bit(Field::Promised));
        assert_eq!(home.disagreements.len(), 2);
        let mut truth = Truth::default();
        truth.set(Field::Promised, 1);
        let named = weigh(&records, &truth, 0);
        assert_eq!(named.left_out[0] & bit(Field::Promised), bit(Field::Promised));
        assert_eq!(named.left_out[1] & bit(Field::Promised), 0);
        let promised = named.disagreements.iter().find(|one| one.field == Field::Promised);
        let expected = Disagreement {
            field: Field::Promised,
            kept: 1,
            kept_value: Value::Number(12),
            other: 0,
            other_value: Value::Number(10),
        };
        assert_eq!(promised, Some(&expected));
    }

    #[test]
    fn a_source_of_record_that_is_silent_leaves_the_word_to_the_next() {
        let erp = facts(&[(Field::Ordered, 1)], None);
        let crm = facts(&[(Field::Requested, 9)], None);
        let hand = facts(&[(Field::Requested, 8)], None);
        let mut truth = Truth::default();
        truth.set(Field::Requested, 0);
        let weighed = weigh(&[heard(0, &erp), heard(1, &crm), heard(2, &hand)], &truth, 0);
        assert_eq!(weighed.left_out, [bit(Field::Requested), 0, bit(Field::Requested)]);
        let kept = weigh(&[heard(0, &erp), heard(1, &crm), heard(2, &hand)], &truth, bit(Field::Requested));
        assert_eq!(kept.left_out, [bit(Field::Requested), bit(Field::Requested), 0]);
    }

    #[test]
    fn a_quantity_goes_with_its_date_and_parts_are_added_up() {
        let first = facts(&[(Field::Shipped, 3), (Field::ShippedQuantity, 2000)], None);
        let second = facts(&[(Field::Shipped, 5), (Field::ShippedQuantity, 3000)], None);
        let other = facts(&[(Field::Shipped, 5), (Field::ShippedQuantity, 5000)], None);
        let weighed = weigh(&[heard(0, &first), heard(0, &second), heard(1, &other)], &Truth::default(), 0);
        let pair = bit(Field::Shipped) | bit(Field::ShippedQuantity);
        assert_eq!(weighed.left_out, [0, 0, pair]);
        assert_eq!(weighed.disagreements, []);
        assert_eq!(weighed.agreements, [(Field::Shipped, 0, 1), (Field::ShippedQuantity, 0, 1)]);
    }
}
