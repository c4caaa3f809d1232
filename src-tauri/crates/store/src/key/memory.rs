//! Keys that live as long as the program: for tests, and for looking at a workspace without leaving a trace.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::{KeyError, KeyName, Keys, Secret, Word, WordName};

/// Keeps keys in memory.
#[derive(Debug, Default)]
pub struct MemoryKeys(Mutex<BTreeMap<KeyName, Secret>>, Mutex<BTreeMap<WordName, Word>>);

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

    fn load_word(&self, name: &WordName) -> Result<Option<Word>, KeyError> {
        Ok(self.1.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned())
    }

    fn save_word(&self, name: &WordName, word: Option<&Word>) -> Result<bool, KeyError> {
        let mut words = self.1.lock().unwrap_or_else(PoisonError::into_inner);
        match word {
            Some(word) => drop(words.insert(name.clone(), word.clone())),
            None => drop(words.remove(name)),
        }
        Ok(false)
    }
}
