//! Appending: what this device says, signed, chained and projected in one transaction.

use ed25519_dalek::SigningKey;
use plaza_domain::event::{
    Content, DeviceId, Envelope, Event, EventHash, EventId, Payload, Stamp, Standing, WorkspaceId, encode,
};
use plaza_domain::person::PersonId;
use rusqlite::Transaction;

use super::found::random_id;
use super::row::{self, Here};
use super::{Ledger, import, seal};
use crate::error::{Result, StoreError};
use crate::view;

/// Something to be said.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What happened.
    pub payload: Payload,
    /// The person whose act it is, where that is not the device's own person.
    pub acting_for: Option<PersonId>,
    /// How the event is named.
    pub id: DraftId,
}

/// How an event is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftId {
    /// 128 random bits: every act of a person.
    Random,
    /// Derived from these words and the device's secret: what a machine finds again when it repeats itself after a
    /// crash. The same words from one device are one event; the second append changes nothing.
    Derived(Vec<String>),
}

impl Draft {
    /// An act of the device's own person.
    pub const fn act(payload: Payload) -> Self {
        Self { payload, acting_for: None, id: DraftId::Random }
    }

    /// An act of somebody else on this device: “person A, on the device of person B”.
    pub const fn act_for(payload: Payload, person: PersonId) -> Self {
        Self { payload, acting_for: Some(person), id: DraftId::Random }
    }

    /// What the machine found, named by words that are the same when it finds it again (run, KPI, week…).
    pub fn derived<T: Into<String>>(payload: Payload, words: impl IntoIterator<Item = T>) -> Self {
        let words = words.into_iter().map(Into::into).collect();
        Self { payload, acting_for: None, id: DraftId::Derived(words) }
    }
}

/// What became of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the ledger now.
    Written(EventHash),
    /// An event of this name was there already.
    Already(EventHash),
}

/// What an append did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// One outcome for each draft, in their order.
    pub outcomes: Vec<Outcome>,
    /// This copy took a new device id first; tell the person.
    pub renewed: Option<Renewal>,
}

/// A copy of a workspace goes on under a new device id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// The device that the copy wrote as before.
    pub old: Option<DeviceId>,
    /// The device that it writes as now.
    pub new: DeviceId,
}

impl Ledger {
    /// Appends events; all of them or none. A restored or forked copy takes a new device id first, and admits itself
    /// where the keeper's key is on this computer. `now_ms` is milliseconds since 1970 UTC.
    ///
    /// # Errors
    /// [`StoreError::NotAdmitted`], [`StoreError::CutOff`], a missing key, or what the database says.
    pub fn append(&self, drafts: &[Draft], now_ms: i64) -> Result<Appended> {
        let renewed = self.ensure_device(now_ms)?;
        let outcomes = self.database.write(|tx| {
            let here = self.here(tx)?;
            let Some(device) = here.device.filter(|_| !here.must_renew) else {
                // Another process found a fork between the two transactions; the next append renews.
                return Err(StoreError::Busy);
            };
            let key = self.signing_key(device)?;
            let mut chain = Chain::resume(tx, self.workspace, device, &key, now_ms)?;
            let outcomes = drafts
                .iter()
                .map(|draft| chain.write(&draft.payload, draft.acting_for.as_ref(), &draft.id))
                .collect::<Result<Vec<_>>>()?;
            chain.close()?;
            Ok(outcomes)
        })?;
        Ok(Appended { outcomes, renewed })
    }
}

/// A device's chain while it is being written, within one transaction.
pub(super) struct Chain<'a> {
    tx: &'a Transaction<'a>,
    workspace: WorkspaceId,
    device: DeviceId,
    key: &'a SigningKey,
    /// Of the last event.
    seq: u64,
    prev: EventHash,
    clock: Stamp,
    now_ms: i64,
    /// A grant or cut was written: everything is judged again at the end.
    authority: bool,
}

impl<'a> Chain<'a> {
    /// Goes on after the device's last event.
    pub(super) fn resume(
        tx: &'a Transaction<'a>,
        workspace: WorkspaceId,
        device: DeviceId,
        key: &'a SigningKey,
        now_ms: i64,
    ) -> Result<Self> {
        let (seq, prev) = row::head_of(tx, device)?;
        let clock = Here::read(tx)?.map(|here| here.clock).unwrap_or_default();
        Ok(Self { tx, workspace, device, key, seq, prev, clock, now_ms, authority: false })
    }

    /// Writes one event: signed, chained, projected.
    pub(super) fn write(
        &mut self,
        payload: &Payload,
        acting_for: Option<&PersonId>,
        id: &DraftId,
    ) -> Result<Outcome> {
        let id = match id {
            DraftId::Random => random_id()?,
            DraftId::Derived(words) => {
                let id = derived_id(self.key, words);
                if let Some(hash) = row::find_by_id(self.tx, self.device, id)? {
                    return Ok(Outcome::Already(hash));
                }
                id
            }
        };
        let at = self.clock.tick(self.now_ms);
        let envelope = Envelope {
            id,
            device: self.device,
            seq: self.seq + 1,
            prev: self.prev,
            at,
            acting_for: acting_for.cloned(),
        };
        let (hash, sealed) = seal::seal(self.key, self.workspace, encode(&envelope, payload)?);
        let event = Event {
            envelope,
            kind: payload.kind().to_owned(),
            version: payload.version(),
            content: Content::Known(Box::new(payload.clone())),
        };
        row::insert(self.tx, hash, &event, &sealed, Standing::Admitted)?;
        view::project(self.tx, self.workspace, hash, &event)?;
        self.authority |= matches!(payload, Payload::DeviceGranted(_) | Payload::DeviceCut(_));
        (self.seq, self.prev, self.clock) = (event.envelope.seq, hash, at);
        Ok(Outcome::Written(hash))
    }

    /// Keeps the clock, and judges all events again where a grant or cut was written.
    pub(super) fn close(self) -> Result<()> {
        view::settle(self.tx)?;
        Here::set_clock(self.tx, self.clock)?;
        if self.authority {
            import::settle(self.tx, self.workspace, self.now_ms, true)?;
        }
        Ok(())
    }
}

/// An id that only this device can derive, the same for the same words.
fn derived_id(key: &SigningKey, words: &[String]) -> EventId {
    let secret = zeroize::Zeroizing::new(blake3::derive_key("plaza derived event id v1", key.as_bytes()));
    let mut hasher = blake3::Hasher::new_keyed(&secret);
    for word in words {
        // With its length before it, so that no two lists of words run together to the same bytes.
        hasher.update(&(word.len() as u64).to_le_bytes());
        hasher.update(word.as_bytes());
    }
    let mut bits = [0; 16];
    hasher.finalize_xof().fill(&mut bits);
    EventId(bits)
}
