//! Signing and checking single events and statements. Nothing here touches the database.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use plaza_domain::event::{
    Authority, DeviceId, EVENT_TAG, Event, EventFault, EventHash, PublicKey, Signed, Statement, WorkspaceId,
    decode,
};

/// An event as it travels: 64 bytes of signature and the exact bytes that its device wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedEvent {
    /// Ed25519 over tag, workspace id and body.
    pub signature: [u8; 64],
    /// JSON, never written again.
    pub body: Vec<u8>,
}

/// Why an event from elsewhere is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It is not an event.
    #[error(transparent)]
    NotAnEvent(#[from] EventFault),
    /// Its device's key is one that every signature fits.
    #[error("the key of device {} is weak and proves nothing", device.short())]
    WeakKey {
        /// The device that it names.
        device: DeviceId,
    },
    /// The signature is not of this event, this device and this workspace.
    #[error("the signature is not that of device {} for this workspace", device.short())]
    BadSignature {
        /// The device that it names.
        device: DeviceId,
    },
    /// A sequence number that no device writes.
    #[error("an event has the sequence number {seq}, which no device writes")]
    BadSequence {
        /// Which one.
        seq: u64,
    },
}

/// What is signed and hashed.
fn signed_bytes(workspace: WorkspaceId, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(EVENT_TAG.len() + 32 + body.len());
    bytes.extend_from_slice(EVENT_TAG);
    bytes.extend_from_slice(&workspace.0);
    bytes.extend_from_slice(body);
    bytes
}

/// Signs a body; the hash is the event's identity.
pub(super) fn seal(key: &SigningKey, workspace: WorkspaceId, body: Vec<u8>) -> (EventHash, SealedEvent) {
    let bytes = signed_bytes(workspace, &body);
    let hash = EventHash(*blake3::hash(&bytes).as_bytes());
    (hash, SealedEvent { signature: key.sign(&bytes).to_bytes(), body })
}

/// Reads and checks an event of this workspace.
///
/// # Errors
/// [`Refusal`].
pub(super) fn open(workspace: WorkspaceId, sealed: &SealedEvent) -> Result<(EventHash, Event), Refusal> {
    let event = decode(&sealed.body)?;
    let device = event.envelope.device;
    // SQLite counts in signed numbers; so does everybody who writes here.
    if event.envelope.seq == 0 || i64::try_from(event.envelope.seq).is_err() {
        return Err(Refusal::BadSequence { seq: event.envelope.seq });
    }
    let mut bytes = signed_bytes(workspace, &sealed.body);
    if event.kind == "workspace_founded" {
        // The genesis event was signed before there was an id: it is the one whose hash became the id.
        let genesis = signed_bytes(WorkspaceId::default(), &sealed.body);
        if *blake3::hash(&genesis).as_bytes() == workspace.0 {
            bytes = genesis;
        }
    }
    let key = strong_key(&device.0).ok_or(Refusal::WeakKey { device })?;
    key.verify_strict(&bytes, &Signature::from_bytes(&sealed.signature))
        .map_err(|_| Refusal::BadSignature { device })?;
    Ok((EventHash(*blake3::hash(&bytes).as_bytes()), event))
}

/// A public key that only its secret fits.
fn strong_key(bytes: &[u8; 32]) -> Option<VerifyingKey> {
    VerifyingKey::from_bytes(bytes).ok().filter(|key| !key.is_weak())
}

/// Signs a keeper's statement.
pub(super) fn state<T: Statement>(
    key: &SigningKey,
    by: Authority,
    workspace: WorkspaceId,
    statement: T,
) -> Signed<T> {
    let signature = key.sign(&statement.signed_bytes(workspace)).to_bytes();
    Signed { statement, by, signature: hex(&signature) }
}

/// Whether a statement carries the signature of the key that it claims.
pub(super) fn stated<T: Statement>(
    statement: &Signed<T>,
    keeper: PublicKey,
    recovery: PublicKey,
    workspace: WorkspaceId,
) -> bool {
    let key = match statement.by {
        Authority::Keeper => keeper,
        Authority::Recovery => recovery,
    };
    let (Some(key), Some(signature)) = (strong_key(&key.0), unhex(&statement.signature)) else {
        return false;
    };
    key.verify_strict(&statement.statement.signed_bytes(workspace), &Signature::from_bytes(&signature))
        .is_ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]))
        .collect()
}

fn unhex(text: &str) -> Option<[u8; 64]> {
    let mut bytes = [0; 64];
    if text.len() != 128 {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let [high, low] = [digits[0], digits[1]].map(|digit| char::from(digit).to_digit(16));
        *byte = (high? << 4 | low?) as u8;
    }
    Some(bytes)
}
