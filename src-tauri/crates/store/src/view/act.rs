//! Who did something, and when: read from the order in which writers are ranked.

use plaza_domain::event::{DeviceId, Envelope, EventHash, Stamp};
use plaza_domain::person::PersonId;
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};

use super::View;
use crate::error::Result;

/// Clock, device and hash of an event in bytes that sort as they rank: the later writer is the greater one, and no
/// two events are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank([u8; 76]);

/// The rank of an event, and for whom it acts.
pub(super) struct Order {
    pub(super) rank: Rank,
    pub(super) acting_for: Option<String>,
}

impl Order {
    pub(super) fn new(envelope: &Envelope, hash: EventHash) -> Self {
        let mut bytes = [0; 76];
        // The sign bit is turned so that times before 1970 sort before those after it.
        bytes[..8].copy_from_slice(&((envelope.at.wall_ms as u64) ^ (1 << 63)).to_be_bytes());
        bytes[8..12].copy_from_slice(&envelope.at.counter.to_be_bytes());
        bytes[12..44].copy_from_slice(&envelope.device.0);
        bytes[44..].copy_from_slice(&hash.0);
        Self { rank: Rank(bytes), acting_for: envelope.acting_for.as_ref().map(|person| person.0.clone()) }
    }
}

impl Rank {
    fn part<const N: usize>(&self, from: usize) -> [u8; N] {
        let mut part = [0; N];
        part.copy_from_slice(&self.0[from..from + N]);
        part
    }

    pub(super) fn device(&self) -> DeviceId {
        DeviceId(self.part(12))
    }

    pub(super) fn stamp(&self) -> Stamp {
        let wall_ms = (u64::from_be_bytes(self.part(0)) ^ (1 << 63)) as i64;
        Stamp { wall_ms, counter: u32::from_be_bytes(self.part(8)) }
    }
}

impl ToSql for Rank {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
    }
}

impl FromSql for Rank {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let bytes = value.as_blob()?;
        bytes
            .try_into()
            .map(Self)
            .map_err(|_| FromSqlError::InvalidBlobSize { expected_size: 76, blob_size: bytes.len() })
    }
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The person: the one acted for, else the one whose device it was then. Nothing before the device had a
    /// profile.
    pub person: Option<PersonId>,
    /// Whether it was done on the device of somebody else.
    pub on_behalf: bool,
    /// The device.
    pub device: DeviceId,
    /// When, as the device believed.
    pub at: Stamp,
    /// The event.
    pub hash: EventHash,
}

impl View<'_> {
    /// Reads who was behind a rank.
    pub(super) fn act(&self, rank: Rank, acting_for: Option<String>) -> Result<Act> {
        let device = rank.device();
        let on_behalf = acting_for.is_some();
        let person = match acting_for {
            Some(person) => Some(PersonId(person)),
            None => self.profile_at(device, Some(rank))?,
        };
        Ok(Act { person, on_behalf, device, at: rank.stamp(), hash: EventHash(rank.part(44)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plaza_domain::event::EventId;
    use proptest::prelude::*;

    fn rank(wall_ms: i64, counter: u32, device: u8, hash: u8) -> Rank {
        let envelope = Envelope {
            id: EventId([0; 16]),
            device: DeviceId([device; 32]),
            seq: 1,
            prev: EventHash::default(),
            at: Stamp { wall_ms, counter },
            acting_for: None,
        };
        Order::new(&envelope, EventHash([hash; 32])).rank
    }

    proptest! {
        #[test]
        fn ranks_sort_as_clock_device_and_hash(a in any::<(i64, u32, u8, u8)>(), b in any::<(i64, u32, u8, u8)>()) {
            let (left, right) = (rank(a.0, a.1, a.2, a.3), rank(b.0, b.1, b.2, b.3));
            prop_assert_eq!(left.cmp(&right), a.cmp(&b));
            prop_assert_eq!(left.stamp(), Stamp { wall_ms: a.0, counter: a.1 });
            prop_assert_eq!(left.device(), DeviceId([a.2; 32]));
        }
    }
}
