//! Founding a workspace: the keys, the genesis event, the first grant.

use std::path::Path;
use std::sync::{Arc, Mutex};

use plaza_domain::event::{
    Authority, DeviceGrant, DeviceId, Envelope, EventHash, EventId, Payload, Stamp, WorkspaceFounded,
    WorkspaceId, encode,
};
use plaza_domain::person::Role;
use rusqlite::params;

use super::append::{Chain, DraftId};
use super::row::Here;
use super::{LEDGER, Ledger, row, seal};
use crate::connection::Database;
use crate::error::{Result, StoreError};
use crate::key::{KeyName, KeyRole, Keys, RecoveryCode, Secret};
use crate::view;

/// A workspace just founded.
#[derive(Debug)]
pub struct Founded {
    /// Its ledger.
    pub ledger: Ledger,
    /// The recovery code, to be shown once and written down: nothing keeps it.
    pub recovery: RecoveryCode,
}

impl Ledger {
    /// Founds a workspace in `folder`, which is made where it is missing. This device becomes its first one and
    /// holds the keeper's key.
    ///
    /// # Errors
    /// [`StoreError::WorkspaceExists`], [`StoreError::NetworkDrive`], a key that cannot be kept.
    pub fn found(folder: &Path, company: &str, keys: Arc<dyn Keys>, now_ms: i64) -> Result<Founded> {
        std::fs::create_dir_all(folder).map_err(StoreError::file(folder))?;
        let database = Database::open(folder, LEDGER)?;
        let (device_secret, keeper, recovery) = (Secret::random()?, Secret::random()?, Secret::random()?);
        let (device_key, device) = (device_secret.signing_key(), DeviceId(device_secret.public().0));
        let payload = Payload::WorkspaceFounded(WorkspaceFounded {
            company: company.to_owned(),
            keeper: keeper.public(),
            recovery: recovery.public(),
            nonce: random_id()?,
        });
        let envelope = Envelope {
            id: random_id()?,
            device,
            seq: 1,
            prev: EventHash::default(),
            at: Stamp::default().tick(now_ms),
            acting_for: None,
        };
        let (genesis, sealed) = seal::seal(&device_key, WorkspaceId::default(), encode(&envelope, &payload)?);
        let workspace = WorkspaceId(genesis.0);
        let (_, event) = seal::open(workspace, &sealed).map_err(|refusal| StoreError::Damaged {
            place: "the genesis event",
            fault: refusal.to_string(),
        })?;

        database.write(|tx| {
            if Here::read(tx)?.is_some() {
                return Err(StoreError::WorkspaceExists { path: folder.to_owned() });
            }
            keys.save(KeyName { workspace, role: KeyRole::Device(device) }, &device_secret)?;
            keys.save(KeyName { workspace, role: KeyRole::Keeper }, &keeper)?;
            tx.execute(
                "INSERT INTO here (one, workspace, device, wall_ms, counter, view_version) VALUES (1, ?1, ?2, ?3, ?4, ?5)",
                params![workspace.0, device.0, envelope.at.wall_ms, envelope.at.counter, view::version()],
            )?;
            view::create(tx)?;
            row::insert(tx, genesis, &event, &sealed, plaza_domain::event::Standing::Admitted)?;
            view::project(tx, workspace, genesis, &event)?;
            let grant = DeviceGrant { device, person: None, roles: [Role::Keeper].into(), from_seq: 1 };
            let grant = seal::state(&keeper.signing_key(), Authority::Keeper, workspace, grant);
            let mut chain = Chain::resume(tx, workspace, device, &device_key, now_ms)?;
            chain.write(&Payload::DeviceGranted(grant), None, &DraftId::Random)?;
            chain.close()
        })?;
        let signer = Mutex::new(Some((device, device_key)));
        let ledger = Self { folder: folder.to_owned(), database, workspace, keys, signer };
        Ok(Founded { ledger, recovery: RecoveryCode::new(recovery) })
    }
}

/// 128 bits that nobody guesses.
pub(super) fn random_id() -> Result<EventId> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(|_| crate::key::KeyError::NoRandomness)?;
    Ok(EventId(bits))
}
