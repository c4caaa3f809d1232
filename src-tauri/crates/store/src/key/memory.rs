//! Keys that live as long as the program: for tests, and for looking at a workspace without leaving a trace.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::{KeyError, KeyName, Keys, Secret};

/// Keeps keys in memory.
#[derive(Debug, Default)]
pub struct MemoryKeys(Mutex<BTreeMap<KeyName, Secret>>);

impl MemoryKeys {
    /// Forgets a key, as a lost laptop does.
    pub fn forget(&self, name: KeyName) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&name);
    }
}

impl Keys for MemoryKeys {
    fn load(&self, name: KeyName) -> Result<Option<Secret>, KeyError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&name).cloned())
    }

    fn save(&self, name: KeyName, secret: &Secret) -> Result<(), KeyError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name, secret.clone());
        Ok(())
    }
}
