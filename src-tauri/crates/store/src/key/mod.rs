//! Secret keys: where they are kept, and how none of them ever reaches a log, an error or a screen.
//!
//! A key is kept under the name of its workspace, never in the workspace's folder: who copies the folder does not
//! get the keys with it.

mod file;
mod memory;
mod recovery;
#[cfg(target_os = "linux")]
mod secret_service;
mod system;
mod word;

use std::fmt;
use std::path::PathBuf;

use ed25519_dalek::SigningKey;
use plaza_domain::event::{DeviceId, PublicKey, WorkspaceId};
use zeroize::Zeroizing;

pub use file::FileKeys;
pub use memory::MemoryKeys;
pub use recovery::{NotARecoveryCode, RecoveryCode};
pub use system::SystemKeys;
pub use word::{WORD_BYTES_MAX, Word, WordName};

/// A secret of 32 bytes, wiped when it is dropped. It has no way to be printed.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; 32]>);

impl Secret {
    /// 32 bytes that were a secret before they came here.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A new one from the system's random numbers.
    ///
    /// # Errors
    /// [`KeyError::NoRandomness`].
    pub fn random() -> Result<Self, KeyError> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut_slice()).map_err(|_| KeyError::NoRandomness)?;
        Ok(Self(bytes))
    }

    /// The bytes, for a keeper of keys only.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// The signing key made of it.
    pub(crate) fn signing_key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.0)
    }

    pub(crate) fn public(&self) -> PublicKey {
        PublicKey(self.signing_key().verifying_key().to_bytes())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Whose key, in which workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Which of its keys.
    pub role: KeyRole,
}

/// Which of a workspace's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyRole {
    /// A device's.
    Device(DeviceId),
    /// The keeper's.
    Keeper,
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.role {
            KeyRole::Device(device) => write!(f, "{}-device-{device}", self.workspace),
            KeyRole::Keeper => write!(f, "{}-keeper", self.workspace),
        }
    }
}

/// A place that keeps keys.
pub trait Keys: Send + Sync + fmt::Debug {
    /// The key kept under a name, or nothing.
    ///
    /// # Errors
    /// [`KeyError`] where the place cannot be asked.
    fn load(&self, name: KeyName) -> Result<Option<Secret>, KeyError>;

    /// Keeps a key.
    ///
    /// # Errors
    /// [`KeyError`] where it cannot be kept.
    fn save(&self, name: KeyName, secret: &Secret) -> Result<(), KeyError>;

    /// The secret word kept under a name, or nothing.
    ///
    /// # Errors
    /// [`KeyError`] where the place cannot be asked.
    fn load_word(&self, name: &WordName) -> Result<Option<Word>, KeyError>;

    /// Keeps a secret word in place of an earlier one; nothing forgets it. Returns whether it had to be kept in a file,
    /// because no keyring answers.
    ///
    /// # Errors
    /// [`KeyError`] where it cannot be kept.
    fn save_word(&self, name: &WordName, word: Option<&Word>) -> Result<bool, KeyError>;

    /// What a person should know about where the key of this name is.
    fn warning_of(&self, name: KeyName) -> Option<KeyWarning> {
        let _ = name;
        None
    }
}

/// What a person should know about where their key is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyWarning {
    /// The system has no keyring that answers, so the key lies in a file that only this user may read.
    InFile {
        /// The folder of the key files.
        folder: PathBuf,
        /// Why not in the keyring.
        reason: KeyringSilence,
    },
}

/// Why the system's keyring was not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyringSilence {
    /// There is none, or it refused.
    Unavailable,
    /// It did not answer in time.
    TimedOut,
}

impl fmt::Display for KeyWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InFile { folder, reason } => {
                let why = match reason {
                    KeyringSilence::Unavailable => "this system offers no keyring",
                    KeyringSilence::TimedOut => "the system's keyring did not answer",
                };
                write!(
                    f,
                    "{why}, so the key of this device lies in a file that only you may read: {}",
                    folder.display()
                )
            }
        }
    }
}

/// A key could not be read or kept. No variant carries anything secret.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    NoRandomness,
    /// A key that must be here is not.
    #[error(
        "the key {name} is not on this computer, or its keyring does not answer here; unlock the keyring, or restore the \
         workspace from a backup to go on under a new device"
    )]
    Missing {
        /// Its name.
        name: KeyName,
    },
    /// A key file could not be read or written.
    #[error("the key file {}: {source}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A key file does not hold a key.
    #[error("the key file {} does not hold a key", path.display())]
    NotAKey {
        /// Which one.
        path: PathBuf,
    },
    /// Others may read a key file.
    #[error("the key file {} can be read by others; take their right away (chmod 600) or found a new device", path.display())]
    OthersMayRead {
        /// Which one.
        path: PathBuf,
    },
}
