//! A record: one raw row, as far as an integration maps it. Its typed values travel as [`Facts`], a compact
//! run of bytes that is written once while the file streams by and read again whenever its journey is rebuilt.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::journey::Milestone;

/// What a mapped column means. The word (in TOML, JSON and on screen) is the variant in snake case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Field {
    // Identity
    /// Order number in the system of record.
    Order,
    /// Line number within the order; line `1` where the source has none.
    Line,
    /// Key of the row itself where order and line do not identify it (a shipment number, an invoice line).
    RowKey,
    /// When the source last changed the row; decides which of two versions is the later one.
    ChangedAt,
    // Texts
    /// Customer.
    Customer,
    /// Product.
    Product,
    /// Product group, for standards.
    ProductGroup,
    /// ISO currency of the value.
    Currency,
    /// The source's status, mapped by value to [`Status`].
    Status,
    /// Reason of a return, mapped by value to a [`Reason`].
    ReturnReason,
    /// Reason of a credit note, mapped by value to a [`Reason`].
    CreditReason,
    /// Reason of a dispute, mapped by value to a [`Reason`].
    DisputeReason,
    /// Who moved the date, mapped by value to [`ChangedBy`].
    DateChangedBy,
    // Milestones, actual
    /// Ordered on.
    Ordered,
    /// Confirmed on.
    Confirmed,
    /// Produced on.
    Produced,
    /// Shipped on.
    Shipped,
    /// Delivered on.
    Delivered,
    /// Invoiced on.
    Invoiced,
    /// Paid on.
    Paid,
    // Milestones, due
    /// Due to be confirmed on.
    ConfirmedDue,
    /// Due to be produced on.
    ProducedDue,
    /// Due to be shipped on.
    ShippedDue,
    /// Due to be delivered on.
    DeliveredDue,
    /// Due to be invoiced on.
    InvoicedDue,
    /// Due to be paid on.
    PaidDue,
    // The customer's dates
    /// What the customer asked for.
    Requested,
    /// The first date that we gave.
    Promised,
    /// The last date agreed.
    Agreed,
    // Exceptions
    /// Cancelled on.
    CancelledOn,
    /// Returned on.
    ReturnedOn,
    /// Credited on.
    CreditedOn,
    /// Disputed on.
    DisputedOn,
    // Quantities (thousandths) and money (minor units)
    /// Quantity ordered.
    OrderedQuantity,
    /// Quantity produced, in this row.
    ProducedQuantity,
    /// Quantity shipped, in this row.
    ShippedQuantity,
    /// Quantity delivered, in this row.
    DeliveredQuantity,
    /// Quantity returned, in this row.
    ReturnedQuantity,
    /// Quantity cancelled.
    CancelledQuantity,
    /// Value of the line.
    Value,
}

/// How a field's value is read from its cell, and kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Kept as text.
    Text,
    /// A calendar date: days since 1970-01-01.
    Date,
    /// A point in time: seconds since 1970-01-01T00:00 in the workspace's time zone.
    Moment,
    /// Thousandths.
    Quantity,
    /// Minor units.
    Money,
    /// A text that the mapping turns into a small code (status, reason).
    Code,
}

impl Field {
    /// All fields, in the order that the wizard shows.
    #[allow(clippy::enum_glob_use)] // forty names twice on one line help nobody
    pub const ALL: [Self; 40] = {
        use Field::*;
        [
            Order,
            Line,
            RowKey,
            ChangedAt,
            Customer,
            Product,
            ProductGroup,
            Currency,
            Status,
            ReturnReason,
            CreditReason,
            DisputeReason,
            DateChangedBy,
            Ordered,
            Confirmed,
            Produced,
            Shipped,
            Delivered,
            Invoiced,
            Paid,
            ConfirmedDue,
            ProducedDue,
            ShippedDue,
            DeliveredDue,
            InvoicedDue,
            PaidDue,
            Requested,
            Promised,
            Agreed,
            CancelledOn,
            ReturnedOn,
            CreditedOn,
            DisputedOn,
            OrderedQuantity,
            ProducedQuantity,
            ShippedQuantity,
            DeliveredQuantity,
            ReturnedQuantity,
            CancelledQuantity,
            Value,
        ]
    };

    /// How its cells are read.
    pub const fn kind(self) -> FieldKind {
        match self {
            Self::Order
            | Self::Line
            | Self::RowKey
            | Self::Customer
            | Self::Product
            | Self::ProductGroup
            | Self::Currency => FieldKind::Text,
            Self::Status
            | Self::ReturnReason
            | Self::CreditReason
            | Self::DisputeReason
            | Self::DateChangedBy => FieldKind::Code,
            Self::ChangedAt => FieldKind::Moment,
            Self::OrderedQuantity
            | Self::ProducedQuantity
            | Self::ShippedQuantity
            | Self::DeliveredQuantity
            | Self::ReturnedQuantity
            | Self::CancelledQuantity => FieldKind::Quantity,
            Self::Value => FieldKind::Money,
            _ => FieldKind::Date,
        }
    }

    /// The milestone whose actual date this field holds.
    pub const fn actual_of(self) -> Option<Milestone> {
        Some(match self {
            Self::Ordered => Milestone::Ordered,
            Self::Confirmed => Milestone::Confirmed,
            Self::Produced => Milestone::Produced,
            Self::Shipped => Milestone::Shipped,
            Self::Delivered => Milestone::Delivered,
            Self::Invoiced => Milestone::Invoiced,
            Self::Paid => Milestone::Paid,
            _ => return None,
        })
    }

    /// The milestone whose due date this field holds.
    pub const fn due_of(self) -> Option<Milestone> {
        Some(match self {
            Self::ConfirmedDue => Milestone::Confirmed,
            Self::ProducedDue => Milestone::Produced,
            Self::ShippedDue => Milestone::Shipped,
            Self::DeliveredDue => Milestone::Delivered,
            Self::InvoicedDue => Milestone::Invoiced,
            Self::PaidDue => Milestone::Paid,
            _ => return None,
        })
    }

    /// The field with this number, as [`Facts`] keep it.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|field| *field as u8 == number)
    }
}

/// What a source's status means for the journey. Milestones come from dates, not from statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Status {
    /// Under way.
    Open,
    /// The source expects nothing more: what is missing now will stay missing.
    Closed,
    /// Cancelled; on the cancellation date, else the change time, else the day the file was declared for.
    Cancelled,
}

impl Status {
    /// The code that [`Facts`] keep for it.
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The status with this code.
    pub const fn from_code(code: i64) -> Option<Self> {
        Some(match code {
            0 => Self::Open,
            1 => Self::Closed,
            2 => Self::Cancelled,
            _ => return None,
        })
    }
}

/// Who moved a promised date.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ChangedBy {
    /// We did; also where the source does not say, so that silence excuses nobody.
    #[default]
    Us,
    /// The customer did.
    Customer,
}

impl ChangedBy {
    /// The code that [`Facts`] keep for it.
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// Who is meant by a code; *us* for one that is unknown.
    pub const fn from_code(code: i64) -> Self {
        if code == 1 { Self::Customer } else { Self::Us }
    }
}

/// What the reason of a return, credit note or dispute was mapped to.
///
/// A department is kept by its position in the workspace's append-only list of departments named in mappings,
/// not by its seat: seats move when a department is added, and facts are durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Nothing was said, or nothing that the mapping knows.
    Unnamed,
    /// The invoice was wrong (credit notes only).
    WrongInvoice,
    /// A department, by its position in that list.
    Department(u16),
}

impl Reason {
    /// The code that [`Facts`] keep for it: 0 unnamed, 1 wrong invoice, 2 + position.
    pub const fn code(self) -> i64 {
        match self {
            Self::Unnamed => 0,
            Self::WrongInvoice => 1,
            Self::Department(position) => 2 + position as i64,
        }
    }

    /// The reason with this code; *unnamed* for one that is unknown.
    pub const fn from_code(code: i64) -> Self {
        match code {
            1 => Self::WrongInvoice,
            2..=65_537 => Self::Department((code - 2) as u16),
            _ => Self::Unnamed,
        }
    }
}

/// What tells when a version of a record was true. The best evidence first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Evidence {
    /// The source's own change time.
    ChangeTime,
    /// The date that the file was declared for.
    SnapshotDate,
    /// Neither: the moment it arrived here.
    Arrival,
}

/// When a version of a record was known.
///
/// With a change time or a declared snapshot date, versions are ordered by it, whatever order they arrived in;
/// only without both does arrival decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Known {
    /// Seconds since 1970-01-01T00:00 in the workspace's time zone: the change time, else midnight of the
    /// declared snapshot date, else the moment of arrival.
    pub at: i64,
    /// Where `at` comes from.
    pub evidence: Evidence,
    /// Order of arrival where `evidence` is [`Evidence::Arrival`]; 0 otherwise, so that arrival never tells
    /// apart what change times or snapshot dates call simultaneous.
    pub arrival: u64,
}

impl Known {
    /// By the source's change time (seconds in the workspace's time zone).
    pub const fn changed(at: i64) -> Self {
        Self { at, evidence: Evidence::ChangeTime, arrival: 0 }
    }

    /// By the date the file was declared for.
    pub const fn declared(day: Day) -> Self {
        Self { at: day.0 as i64 * DAY_SECONDS, evidence: Evidence::SnapshotDate, arrival: 0 }
    }

    /// Only by arrival: the moment (seconds in the workspace's time zone) and a number that grows with every
    /// record that arrives.
    pub const fn arrived(at: i64, arrival: u64) -> Self {
        Self { at, evidence: Evidence::Arrival, arrival }
    }

    /// The calendar day of it.
    pub const fn day(self) -> Day {
        Day(self.at.div_euclid(DAY_SECONDS) as i32)
    }

    /// Whether the time is the source's and not merely ours.
    pub const fn is_certain(self) -> bool {
        !matches!(self.evidence, Evidence::Arrival)
    }
}

const DAY_SECONDS: i64 = 86_400;

/// One typed value of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactValue<'a> {
    /// Days, seconds, thousandths, minor units or a code, by [`Field::kind`].
    Number(i64),
    /// A text.
    Text(&'a str),
}

/// The typed values of one record: for each field its number (one byte), then a zigzag varint, or for texts a
/// varint length and the bytes. Absent fields take no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts<'a>(pub &'a [u8]);

impl<'a> Facts<'a> {
    /// All values in the order they were written. Stops at the first malformed byte.
    pub fn iter(self) -> impl Iterator<Item = (Field, FactValue<'a>)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let (number, after) = rest.split_first()?;
            let field = FIELDS.get(usize::from(*number)).copied().flatten()?;
            let (raw, after) = read_varint(after)?;
            if matches!(field.kind(), FieldKind::Text) {
                let length = usize::try_from(raw).ok()?;
                let text = std::str::from_utf8(after.get(..length)?).ok()?;
                rest = &after[length..];
                return Some((field, FactValue::Text(text)));
            }
            rest = after;
            Some((field, FactValue::Number(unzigzag(raw))))
        })
    }

    /// The number kept for a field.
    pub fn number(self, wanted: Field) -> Option<i64> {
        self.iter().find_map(|(field, value)| match value {
            FactValue::Number(number) if field == wanted => Some(number),
            _ => None,
        })
    }

    /// The text kept for a field.
    pub fn text(self, wanted: Field) -> Option<&'a str> {
        self.iter().find_map(|(field, value)| match value {
            FactValue::Text(text) if field == wanted => Some(text),
            _ => None,
        })
    }
}

/// Appends a number to a record's facts.
pub fn push_number(facts: &mut Vec<u8>, field: Field, number: i64) {
    facts.push(field as u8);
    push_varint(facts, zigzag(number));
}

/// Appends a text to a record's facts.
pub fn push_text(facts: &mut Vec<u8>, field: Field, text: &str) {
    facts.push(field as u8);
    push_varint(facts, text.len() as u64);
    facts.extend_from_slice(text.as_bytes());
}

/// By number, so that reading a fact is one look-up.
const FIELDS: [Option<Field>; 64] = {
    let mut table = [None; 64];
    let mut i = 0;
    while i < Field::ALL.len() {
        table[Field::ALL[i] as usize] = Some(Field::ALL[i]);
        i += 1;
    }
    table
};

pub(crate) const fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

pub(crate) const fn unzigzag(raw: u64) -> i64 {
    ((raw >> 1) as i64) ^ -((raw & 1) as i64)
}

pub(crate) fn push_varint(bytes: &mut Vec<u8>, mut raw: u64) {
    while raw >= 0x80 {
        bytes.push(raw as u8 | 0x80);
        raw >>= 7;
    }
    bytes.push(raw as u8);
}

pub(crate) fn read_varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut raw = 0u64;
    for (i, byte) in bytes.iter().enumerate().take(10) {
        raw |= u64::from(byte & 0x7f) << (7 * i);
        if byte & 0x80 == 0 {
            return Some((raw, &bytes[i + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn facts_read_back_as_written(numbers in prop::collection::vec((0usize..40, any::<i64>(), ".{0,12}"), 0..30)) {
            let mut bytes = Vec::new();
            let mut expected = Vec::new();
            for (index, number, text) in &numbers {
                let field = Field::ALL[*index];
                if matches!(field.kind(), FieldKind::Text) {
                    push_text(&mut bytes, field, text);
                    expected.push((field, FactValue::Text(text)));
                } else {
                    push_number(&mut bytes, field, *number);
                    expected.push((field, FactValue::Number(*number)));
                }
            }
            prop_assert_eq!(Facts(&bytes).iter().collect::<Vec<_>>(), expected);
        }

        #[test]
        fn damaged_facts_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = Facts(&bytes).iter().count();
        }
    }
}
