//! Who may write here: new device ids for copies, grants, cuts, and the recovery code.

use ed25519_dalek::SigningKey;
use plaza_domain::event::{Authority, DeviceCut, DeviceGrant, DeviceId, Payload};
use plaza_domain::person::{PersonId, Role};
use rusqlite::{Transaction, params};

use super::append::{Chain, Draft, DraftId, Renewal};
use super::{Ledger, admission, row, seal};
use crate::error::{Result, StoreError};
use crate::key::{KeyName, KeyRole, RecoveryCode, Secret};
use crate::view::View;

impl Ledger {
    /// Makes sure that this copy has a device that may write; a new one where it must have it.
    pub(super) fn ensure_device(&self, now_ms: i64) -> Result<Option<Renewal>> {
        let ready = self.database.read(|connection| {
            let here = self.here(connection)?;
            let Some(device) = here.device.filter(|_| !here.must_renew) else { return Ok(false) };
            Ok(admission::admissions(connection, self.workspace)?.may_write(device))
        })?;
        if ready {
            return Ok(None);
        }
        let (device, renewal, granted) = self.database.write(|tx| self.renew(tx, now_ms))?;
        if granted { Ok(renewal) } else { Err(StoreError::NotAdmitted { device }) }
    }

    /// Takes a new device id where one is due, and admits the device where the keeper's key is here.
    fn renew(&self, tx: &Transaction<'_>, now_ms: i64) -> Result<(DeviceId, Option<Renewal>, bool)> {
        let here = self.here(tx)?;
        let (device, key, renewal) = match here.device {
            Some(device) if !here.must_renew => (device, self.signing_key(device)?, None),
            old => {
                let secret = Secret::random()?;
                let device = DeviceId(secret.public().0);
                self.keys
                    .save(KeyName { workspace: self.workspace, role: KeyRole::Device(device) }, &secret)?;
                tx.execute("UPDATE here SET device = ?1, must_renew = NULL", [device.0])?;
                (device, secret.signing_key(), Some(Renewal { old, new: device }))
            }
        };
        let admissions = admission::admissions(tx, self.workspace)?;
        if admissions.cut_of(device).is_some() {
            return Err(StoreError::CutOff { device });
        }
        if !admissions.may_write(device) {
            let Some(keeper) = self.keeper(tx)? else { return Ok((device, renewal, false)) };
            let person = match renewal.and_then(|renewal| renewal.old) {
                Some(old) => View::new(tx).profile(old)?,
                None => None,
            };
            self.admit(tx, device, &key, person, (&keeper, Authority::Keeper), now_ms)?;
        }
        Ok((device, renewal, true))
    }

    /// Writes a device's own grant, and its profile, as its first events.
    fn admit(
        &self,
        tx: &Transaction<'_>,
        device: DeviceId,
        key: &SigningKey,
        person: Option<PersonId>,
        (authority, by): (&SigningKey, Authority),
        now_ms: i64,
    ) -> Result<()> {
        let grant = DeviceGrant { device, person: person.clone(), roles: [Role::Keeper].into(), from_seq: 1 };
        let grant = seal::state(authority, by, self.workspace, grant);
        let mut chain = Chain::resume(tx, self.workspace, device, key, now_ms)?;
        chain.write(&Payload::DeviceGranted(grant), None, &DraftId::Random)?;
        if let Some(person) = person {
            chain.write(&Payload::ProfileChosen { device, person }, None, &DraftId::Random)?;
        }
        chain.close()
    }

    /// The keeper's key, where it is on this computer.
    fn keeper(&self, tx: &Transaction<'_>) -> Result<Option<SigningKey>> {
        let secret = self.keys.load(KeyName { workspace: self.workspace, role: KeyRole::Keeper })?;
        let named = admission::founding(tx, self.workspace)?.keeper;
        Ok(secret.filter(|secret| secret.public() == named).map(|secret| secret.signing_key()))
    }

    /// Admits this copy's device by the recovery code, where the keeper's key is lost.
    ///
    /// # Errors
    /// [`StoreError::WrongRecoveryCode`], [`StoreError::CutOff`].
    pub fn admit_by_recovery(&self, code: &RecoveryCode, now_ms: i64) -> Result<DeviceId> {
        self.database.write(|tx| {
            if admission::founding(tx, self.workspace)?.recovery != code.secret().public() {
                return Err(StoreError::WrongRecoveryCode);
            }
            let (device, renewal, granted) = self.renew(tx, now_ms)?;
            if !granted {
                let key = self.signing_key(device)?;
                let person = match renewal.and_then(|renewal| renewal.old) {
                    Some(old) => View::new(tx).profile(old)?,
                    None => None,
                };
                let authority = code.secret().signing_key();
                self.admit(tx, device, &key, person, (&authority, Authority::Recovery), now_ms)?;
            }
            Ok(device)
        })
    }

    /// Admits another device from one of its sequence numbers on.
    ///
    /// # Errors
    /// [`StoreError::NoKeeper`] where the keeper's key is elsewhere; what [`Ledger::append`] says.
    pub fn grant(&self, grant: DeviceGrant, now_ms: i64) -> Result<()> {
        let keeper = self.database.write(|tx| self.keeper(tx))?.ok_or(StoreError::NoKeeper)?;
        let grant = seal::state(&keeper, Authority::Keeper, self.workspace, grant);
        self.append(&[Draft::act(Payload::DeviceGranted(grant))], now_ms).map(drop)
    }

    /// Cuts a device off after the last of its events that is here. For good: a person who comes back comes with a
    /// new device.
    ///
    /// # Errors
    /// [`StoreError::NoKeeper`] where the keeper's key is elsewhere; what [`Ledger::append`] says.
    pub fn cut(&self, device: DeviceId, now_ms: i64) -> Result<()> {
        let (keeper, (last_seq, last_hash)) = self
            .database
            .write(|tx| Ok((self.keeper(tx)?.ok_or(StoreError::NoKeeper)?, row::head_of(tx, device)?)))?;
        let cut = seal::state(
            &keeper,
            Authority::Keeper,
            self.workspace,
            DeviceCut { device, last_seq, last_hash },
        );
        self.append(&[Draft::act(Payload::DeviceCut(cut))], now_ms).map(drop)
    }

    /// Marks this copy: its next act takes a new device id first.
    pub(crate) fn mark_for_renewal(tx: &rusqlite::Connection, why: &str) -> Result<()> {
        tx.execute("UPDATE here SET must_renew = ?1", params![why])?;
        Ok(())
    }
}
