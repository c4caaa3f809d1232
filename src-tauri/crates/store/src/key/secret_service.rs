//! The Secret Service of a Linux desktop (GNOME Keyring, `KWallet`, `KeePassXC`).

use std::sync::Arc;

use keyring_core::{CredentialStore, Error};
use zbus_secret_service_keyring_store::Store;
use zeroize::Zeroizing;

use super::system::Keyring;

/// Under which the keyring lists our keys to its user.
const SERVICE: &str = "Plaza";

struct SecretService(Arc<CredentialStore>);

/// Connects to the Secret Service; nothing where there is none. May hang without a session bus: give it a time.
pub(super) fn connect() -> Option<Arc<dyn Keyring>> {
    let store: Arc<CredentialStore> = Store::new().ok()?;
    Some(Arc::new(SecretService(store)))
}

impl Keyring for SecretService {
    fn load(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, ()> {
        // The reason is dropped on purpose: an error of the keyring may quote what it was asked.
        match self.0.build(SERVICE, name, None).and_then(|entry| entry.get_secret()) {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(Error::NoEntry) => Ok(None),
            Err(_) => Err(()),
        }
    }

    fn save(&self, name: &str, secret: &[u8]) -> Result<(), ()> {
        let entry = self.0.build(SERVICE, name, None).map_err(drop)?;
        entry.set_secret(secret).map_err(drop)
    }

    fn forget(&self, name: &str) -> Result<(), ()> {
        match self.0.build(SERVICE, name, None).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(_) => Err(()),
        }
    }
}
