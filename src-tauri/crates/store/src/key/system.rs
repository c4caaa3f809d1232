//! Keys where the system keeps them: its keyring when it answers, else files of the user's own.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, mpsc};
use std::time::Duration;

use zeroize::Zeroizing;

use super::{FileKeys, KeyError, KeyName, KeyWarning, KeyringSilence, Keys, Secret, Word, WordName};

/// A keyring that has not answered whether it exists within this time is left alone. Without a session bus some
/// systems wait for one for ever.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// A locked keyring asks its user for a password; long enough to type one.
const ANSWER_TIMEOUT: Duration = Duration::from_mins(1);

/// The system's keyring, as far as it answers.
pub(super) trait Keyring: Send + Sync {
    /// The secret under a name. `Err` where the keyring does not answer the question.
    fn load(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, ()>;
    /// Keeps a secret.
    fn save(&self, name: &str, secret: &[u8]) -> Result<(), ()>;
    /// Forgets a secret, if it is there.
    fn forget(&self, name: &str) -> Result<(), ()>;
}

type Connect = fn() -> Option<Arc<dyn Keyring>>;

/// Keys in the system's keyring; in files under the user's own data where there is none. Nothing is asked of the
/// system before the first key is.
pub struct SystemKeys {
    files: FileKeys,
    connect: Connect,
    connect_timeout: Duration,
    keyring: OnceLock<Result<Arc<dyn Keyring>, KeyringSilence>>,
    warning: Mutex<Option<KeyWarning>>,
}

impl std::fmt::Debug for SystemKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SystemKeys").field("files", &self.files).finish_non_exhaustive()
    }
}

impl SystemKeys {
    /// `user_data` is the folder of the user's own data of this program; key files go below it, in `keys`.
    pub fn new(user_data: &Path) -> Self {
        Self::with(user_data, connect_system, CONNECT_TIMEOUT)
    }

    fn with(user_data: &Path, connect: Connect, connect_timeout: Duration) -> Self {
        Self {
            files: FileKeys::new(user_data.join("keys")),
            connect,
            connect_timeout,
            keyring: OnceLock::new(),
            warning: Mutex::new(None),
        }
    }

    fn keyring(&self) -> Result<Arc<dyn Keyring>, KeyringSilence> {
        self.keyring
            .get_or_init(|| match within(self.connect_timeout, self.connect) {
                Some(Some(keyring)) => Ok(keyring),
                Some(None) => Err(KeyringSilence::Unavailable),
                None => Err(KeyringSilence::TimedOut),
            })
            .clone()
    }

    /// Has the keyring do something, within the time that a person needs to unlock it.
    fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Keyring) -> Result<T, ()> + Send + 'static,
    ) -> Result<T, KeyringSilence> {
        let keyring = self.keyring()?;
        match within(ANSWER_TIMEOUT, move || question(keyring.as_ref())) {
            Some(answer) => answer.map_err(|()| KeyringSilence::Unavailable),
            None => Err(KeyringSilence::TimedOut),
        }
    }

    fn load_bytes(&self, name: String) -> Option<Zeroizing<Vec<u8>>> {
        self.ask(move |keyring| keyring.load(&name)).ok().flatten()
    }

    fn warn(&self, reason: KeyringSilence) {
        // The first reason stays: later ones only repeat it, and know less of why.
        let warning = || KeyWarning::InFile { folder: self.files.folder().to_owned(), reason };
        self.warning.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(warning);
    }
}

impl Keys for SystemKeys {
    fn load(&self, name: KeyName) -> Result<Option<Secret>, KeyError> {
        // A file that is there was written because no keyring answered then; it is asked first, being quick.
        if let Some(secret) = self.files.load(name)? {
            return Ok(Some(secret));
        }
        let found = self.load_bytes(name.to_string());
        Ok(found.and_then(|bytes| bytes.as_slice().try_into().ok()).map(Secret::from_bytes))
    }

    fn save(&self, name: KeyName, secret: &Secret) -> Result<(), KeyError> {
        let bytes = Zeroizing::new(secret.expose().to_vec());
        if let Err(reason) = self.ask(move |keyring| keyring.save(&name.to_string(), &bytes)) {
            self.files.save(name, secret)?;
            self.warn(reason);
        }
        Ok(())
    }

    fn load_word(&self, name: &WordName) -> Result<Option<Word>, KeyError> {
        if let Some(word) = self.files.load_word(name)? {
            return Ok(Some(word));
        }
        Ok(self.load_bytes(name.to_string()).and_then(|bytes| Word::of(&bytes)))
    }

    fn save_word(&self, name: &WordName, word: Option<&Word>) -> Result<bool, KeyError> {
        let place = name.to_string();
        let kept = match word {
            Some(word) => {
                let bytes = Zeroizing::new(word.expose().as_bytes().to_vec());
                self.ask(move |keyring| keyring.save(&place, &bytes))
            }
            None => self.ask(move |keyring| keyring.forget(&place)),
        };
        if kept.is_err() {
            return self.files.save_word(name, word);
        }
        // What an earlier start kept in a file, because no keyring answered then, would be read before the keyring.
        self.files.save_word(name, None)
    }

    fn warning_of(&self, name: KeyName) -> Option<KeyWarning> {
        if !self.files.holds(name) {
            return None;
        }
        // A file that is there was written because no keyring answered then; why is known where it was today.
        self.warn(KeyringSilence::Unavailable);
        self.warning.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What `ask` answers within a time; a question that is never answered leaves its thread behind, which ends with
/// the program.
fn within<T: Send + 'static>(time: Duration, ask: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (answer, answered) = mpsc::sync_channel(1);
    let asked = std::thread::Builder::new().name("keyring".into()).spawn(move || drop(answer.send(ask())));
    asked.ok()?;
    answered.recv_timeout(time).ok()
}

#[cfg(target_os = "linux")]
fn connect_system() -> Option<Arc<dyn Keyring>> {
    super::secret_service::connect()
}

#[cfg(not(target_os = "linux"))]
fn connect_system() -> Option<Arc<dyn Keyring>> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{KeyRole, MemoryKeys};
    use plaza_domain::event::WorkspaceId;

    const NAME: KeyName = KeyName { workspace: WorkspaceId([1; 32]), role: KeyRole::Keeper };

    struct Works(MemoryKeys);

    impl Keyring for Works {
        fn load(&self, _: &str) -> Result<Option<Zeroizing<Vec<u8>>>, ()> {
            let found = self.0.load(NAME).map_err(drop)?;
            Ok(found.map(|secret| Zeroizing::new(secret.expose().to_vec())))
        }
        fn save(&self, _: &str, secret: &[u8]) -> Result<(), ()> {
            let bytes = secret.try_into().map_err(drop)?;
            self.0.save(NAME, &Secret::from_bytes(bytes)).map_err(drop)
        }
        fn forget(&self, _: &str) -> Result<(), ()> {
            Ok(())
        }
    }

    struct Refuses;

    impl Keyring for Refuses {
        fn load(&self, _: &str) -> Result<Option<Zeroizing<Vec<u8>>>, ()> {
            Err(())
        }
        fn save(&self, _: &str, _: &[u8]) -> Result<(), ()> {
            Err(())
        }
        fn forget(&self, _: &str) -> Result<(), ()> {
            Err(())
        }
    }

    #[test]
    fn a_key_goes_to_the_keyring_where_there_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let keys =
            SystemKeys::with(folder.path(), || Some(Arc::new(Works(MemoryKeys::default()))), CONNECT_TIMEOUT);
        let secret = Secret::random().unwrap();
        keys.save(NAME, &secret).unwrap();
        assert_eq!(keys.load(NAME).unwrap().unwrap().expose(), secret.expose());
        assert_eq!(keys.warning_of(NAME), None);
        assert!(!folder.path().join("keys").exists());
    }

    #[test]
    fn a_silent_missing_or_refusing_keyring_leads_to_a_file_and_a_warning() {
        let hangs: Connect = || {
            std::thread::sleep(Duration::from_secs(5));
            None
        };
        let cases: [(Connect, KeyringSilence); 3] = [
            (hangs, KeyringSilence::TimedOut),
            (|| None, KeyringSilence::Unavailable),
            (|| Some(Arc::new(Refuses)), KeyringSilence::Unavailable),
        ];
        for (connect, silence) in cases {
            let folder = tempfile::tempdir().unwrap();
            let keys = SystemKeys::with(folder.path(), connect, Duration::from_millis(50));
            let began = std::time::Instant::now();
            assert!(keys.load(NAME).unwrap().is_none());
            assert_eq!(keys.warning_of(NAME), None, "a key that is nowhere is not in a file");
            let secret = Secret::random().unwrap();
            keys.save(NAME, &secret).unwrap();
            assert!(began.elapsed() < Duration::from_secs(3), "a silent keyring is asked once");
            let warning = keys.warning_of(NAME);
            assert!(matches!(warning, Some(KeyWarning::InFile { reason, .. }) if reason == silence));
            assert_eq!(keys.load(NAME).unwrap().unwrap().expose(), secret.expose());
            let warning = keys.warning_of(NAME);
            assert!(matches!(warning, Some(KeyWarning::InFile { reason, .. }) if reason == silence));
        }
    }
}
