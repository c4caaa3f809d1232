//! Who may write: grants and cuts are intervals over a device's own sequence numbers, so that no clock is
//! trusted. Signed by the keeper, or by the recovery key where the keeper's is lost.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{DeviceId, EventHash, WorkspaceId};
use crate::person::{PersonId, Role};

/// A device is admitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceGrant {
    /// Which device.
    pub device: DeviceId,
    /// Whose; nothing until the device chooses a profile.
    pub person: Option<PersonId>,
    /// What it may be.
    pub roles: BTreeSet<Role>,
    /// The first of its events that counts.
    pub from_seq: u64,
}

/// A device is cut off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceCut {
    /// Which device.
    pub device: DeviceId,
    /// The last of its events that counts.
    pub last_seq: u64,
    /// The hash of that event, so that another history up to the same number does not count.
    pub last_hash: EventHash,
}

/// Which of the two keys of the genesis event signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// The keeper's key.
    Keeper,
    /// The recovery key.
    Recovery,
}

/// A statement with a signature of its own, so that any device can carry it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed<T> {
    /// What is stated.
    #[serde(flatten)]
    pub statement: T,
    /// Whose key signed.
    pub by: Authority,
    /// The signature over [`Statement::signed_bytes`], 128 hexadecimal digits.
    pub signature: String,
}

/// What a keeper can state.
pub trait Statement {
    /// The bytes that are signed: a tag, the workspace, and the fields in a fixed order and width.
    fn signed_bytes(&self, workspace: WorkspaceId) -> Vec<u8>;
}

impl Statement for DeviceGrant {
    fn signed_bytes(&self, workspace: WorkspaceId) -> Vec<u8> {
        let mut bytes = b"plaza-grant-v1\0".to_vec();
        bytes.extend(workspace.0);
        bytes.extend(self.device.0);
        bytes.extend(self.from_seq.to_le_bytes());
        bytes.push(u8::from(self.person.is_some()));
        let person = self.person.as_ref().map_or("", |person| person.0.as_str());
        bytes.extend((person.len() as u64).to_le_bytes());
        bytes.extend(person.as_bytes());
        // Each role has a number that never changes, as its word never does.
        bytes.extend(self.roles.iter().map(|role| match role {
            Role::Keeper => 1,
            Role::Facilitator => 2,
            Role::Head => 3,
            Role::Member => 4,
            Role::IntegrationOwner => 5,
            Role::Reader => 6,
        }));
        bytes
    }
}

impl Statement for DeviceCut {
    fn signed_bytes(&self, workspace: WorkspaceId) -> Vec<u8> {
        let mut bytes = b"plaza-cut-v1\0".to_vec();
        bytes.extend(workspace.0);
        bytes.extend(self.device.0);
        bytes.extend(self.last_seq.to_le_bytes());
        bytes.extend(self.last_hash.0);
        bytes
    }
}

/// Whether an event counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It counts.
    Admitted,
    /// Its device is not granted (yet).
    Waiting,
    /// Its device was cut off before it, or it belongs to another history than the one named by the cut.
    Quarantined,
    /// Its stamp is more than a day ahead of this device's clock.
    HeldBack,
}

/// All grants and cuts that carry a good signature. Which events count is a function of this set alone, so the
/// order in which they arrived cannot matter.
#[derive(Clone, Debug, Default)]
pub struct Admissions {
    /// The lowest granted sequence number of each device.
    granted_from: BTreeMap<DeviceId, u64>,
    /// All cuts of each device; the lowest one decides.
    cuts: BTreeMap<DeviceId, BTreeSet<(u64, EventHash)>>,
}

impl Admissions {
    /// Takes in a grant whose signature is good.
    pub fn grant(&mut self, grant: &DeviceGrant) {
        let from = self.granted_from.entry(grant.device).or_insert(grant.from_seq);
        *from = grant.from_seq.min(*from);
    }

    /// Takes in a cut whose signature is good.
    pub fn cut(&mut self, cut: &DeviceCut) {
        self.cuts.entry(cut.device).or_default().insert((cut.last_seq, cut.last_hash));
    }

    /// Where a device was cut off: its last event that counts.
    pub fn cut_of(&self, device: DeviceId) -> Option<(u64, EventHash)> {
        self.cuts.get(&device)?.first().copied()
    }

    /// Whether the event `seq` of a device counts. `in_history` says whether the event leads to the one that
    /// the cut names; it is asked only where there is a cut.
    pub fn standing(
        &self,
        device: DeviceId,
        seq: u64,
        in_history: impl FnOnce(EventHash) -> bool,
    ) -> Standing {
        match (self.granted_from.get(&device), self.cut_of(device)) {
            (None, _) => Standing::Waiting,
            (Some(from), _) if seq < *from => Standing::Waiting,
            (Some(_), None) => Standing::Admitted,
            (Some(_), Some((last, hash))) if seq <= last && in_history(hash) => Standing::Admitted,
            (Some(_), Some(_)) => Standing::Quarantined,
        }
    }

    /// Whether a device may write its next event.
    pub fn may_write(&self, device: DeviceId) -> bool {
        self.granted_from.contains_key(&device) && !self.cuts.contains_key(&device)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEVICE: DeviceId = DeviceId([7; 32]);
    const LAST: EventHash = EventHash([9; 32]);

    fn grant(from_seq: u64) -> DeviceGrant {
        DeviceGrant { device: DEVICE, person: None, roles: BTreeSet::new(), from_seq }
    }

    #[test]
    fn grants_and_cuts_are_intervals_in_any_order() {
        let cut = |last_seq| DeviceCut { device: DEVICE, last_seq, last_hash: LAST };
        let mut forwards = Admissions::default();
        assert_eq!(forwards.standing(DEVICE, 1, |_| true), Standing::Waiting);
        forwards.grant(&grant(2));
        assert!(forwards.may_write(DEVICE));
        forwards.cut(&cut(5));
        forwards.cut(&cut(4));
        let mut backwards = Admissions::default();
        backwards.cut(&cut(4));
        backwards.cut(&cut(5));
        backwards.grant(&grant(2));
        for admissions in [forwards, backwards] {
            assert!(!admissions.may_write(DEVICE));
            for (seq, in_history, standing) in [
                (1, true, Standing::Waiting),
                (2, true, Standing::Admitted),
                (4, true, Standing::Admitted),
                (4, false, Standing::Quarantined),
                (5, true, Standing::Quarantined),
            ] {
                assert_eq!(admissions.standing(DEVICE, seq, |_| in_history), standing, "{seq} {in_history}");
            }
        }
    }

    #[test]
    fn every_field_of_a_statement_is_signed() {
        let workspace = WorkspaceId([1; 32]);
        let base =
            DeviceGrant { person: Some(PersonId("p".into())), roles: [Role::Reader].into(), ..grant(1) };
        let bytes = base.signed_bytes(workspace);
        assert_ne!(bytes, base.signed_bytes(WorkspaceId([2; 32])));
        for other in [
            DeviceGrant { device: DeviceId([8; 32]), ..base.clone() },
            DeviceGrant { from_seq: 2, ..base.clone() },
            DeviceGrant { person: None, ..base.clone() },
            DeviceGrant { person: Some(PersonId("q".into())), ..base.clone() },
            DeviceGrant { roles: [Role::Keeper].into(), ..base.clone() },
            DeviceGrant { roles: [Role::Keeper, Role::Reader].into(), ..base.clone() },
        ] {
            assert_ne!(bytes, other.signed_bytes(workspace), "{other:?}");
        }
        let cut = DeviceCut { device: DEVICE, last_seq: 1, last_hash: LAST };
        let bytes = cut.signed_bytes(workspace);
        for other in [
            DeviceCut { device: DeviceId([8; 32]), ..cut.clone() },
            DeviceCut { last_seq: 2, ..cut.clone() },
            DeviceCut { last_hash: EventHash([1; 32]), ..cut.clone() },
        ] {
            assert_ne!(bytes, other.signed_bytes(workspace), "{other:?}");
        }
    }
}
