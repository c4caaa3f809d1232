//! Keys in files that only their user may read: for systems without a keyring.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{KeyError, KeyName, Keys, Secret, WORD_BYTES_MAX, Word, WordName};

/// Keeps each key in a file of its own, 64 hexadecimal digits, mode 0600, in a folder of mode 0700.
#[derive(Clone, Debug)]
pub struct FileKeys {
    folder: PathBuf,
}

impl FileKeys {
    /// Keys in `folder`, which is made when the first one is kept. It belongs into the user's own data, never into
    /// a workspace's folder.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether a key of this name is there, without reading it.
    pub(super) fn holds(&self, name: KeyName) -> bool {
        self.path(name).is_file()
    }

    fn word_path(&self, name: &WordName) -> PathBuf {
        self.folder.join(format!("{name}.secret"))
    }

    fn path(&self, name: KeyName) -> PathBuf {
        self.folder.join(format!("{name}.key"))
    }
}

fn fault(path: &Path) -> impl FnOnce(std::io::Error) -> KeyError + use<> {
    let path = path.to_owned();
    move |source| KeyError::File { path, source }
}

impl Keys for FileKeys {
    fn load(&self, name: KeyName) -> Result<Option<Secret>, KeyError> {
        let path = self.path(name);
        let Some(mut file) = open_private(&path)? else { return Ok(None) };
        // One byte more than a key: a longer file is not one.
        let mut text = Zeroizing::new([0; 66]);
        let mut length = 0;
        while let Some(rest) = text.get_mut(length..).filter(|rest| !rest.is_empty()) {
            match file.read(rest).map_err(fault(&path))? {
                0 => break,
                read => length += read,
            }
        }
        match read_hex(text[..length].trim_ascii_end()) {
            Some(bytes) => Ok(Some(Secret(bytes))),
            None => Err(KeyError::NotAKey { path }),
        }
    }

    fn save(&self, name: KeyName, secret: &Secret) -> Result<(), KeyError> {
        let mut text = Zeroizing::new([0; 65]);
        for (digits, byte) in text.chunks_exact_mut(2).zip(secret.expose()) {
            digits[0] = b"0123456789abcdef"[usize::from(byte >> 4)];
            digits[1] = b"0123456789abcdef"[usize::from(byte & 15)];
        }
        text[64] = b'\n';
        self.write(&self.path(name), text.as_slice())
    }

    fn load_word(&self, name: &WordName) -> Result<Option<Word>, KeyError> {
        let path = self.word_path(name);
        let Some(file) = open_private(&path)? else { return Ok(None) };
        let mut bytes = Zeroizing::new(Vec::with_capacity(WORD_BYTES_MAX + 1));
        file.take(WORD_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(fault(&path))?;
        if bytes.len() > WORD_BYTES_MAX {
            return Err(KeyError::NotAKey { path });
        }
        Word::of(&bytes).map(Some).ok_or(KeyError::NotAKey { path })
    }

    fn save_word(&self, name: &WordName, word: Option<&Word>) -> Result<bool, KeyError> {
        let path = self.word_path(name);
        if let Some(word) = word {
            self.write(&path, word.expose().as_bytes())?;
            return Ok(true);
        }
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(fault(&path)(error)),
            _ => Ok(false),
        }
    }
}

impl FileKeys {
    fn write(&self, path: &Path, text: &[u8]) -> Result<(), KeyError> {
        make_private_folder(&self.folder).map_err(fault(&self.folder))?;
        let part = path.with_extension("part");
        let written = write_private(&part, text).and_then(|()| fs::rename(&part, path));
        if written.is_err() {
            // Nothing half-written stays behind; what failed is told below.
            drop(fs::remove_file(&part));
        }
        written.map_err(fault(path))
    }
}

/// Opens a file of a secret, unless others may read it; nothing where it is not there.
fn open_private(path: &Path) -> Result<Option<File>, KeyError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fault(path)(error)),
    };
    if may_be_read_by_others(&file).map_err(fault(path))? {
        return Err(KeyError::OthersMayRead { path: path.to_owned() });
    }
    Ok(Some(file))
}

fn write_private(path: &Path, text: &[u8]) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text)?;
    file.sync_all()
}

fn read_hex(text: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let mut bytes = Zeroizing::new([0; 32]);
    if text.len() != 64 {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        let [high, low] = [digits[0], digits[1]].map(|digit| char::from(digit).to_digit(16));
        *byte = (high? << 4 | low?) as u8;
    }
    Some(bytes)
}

fn make_private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(unix)]
fn may_be_read_by_others(file: &File) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn may_be_read_by_others(_: &File) -> std::io::Result<bool> {
    // The user's own data folder is private to them by its inherited access list.
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::KeyRole;
    use plaza_domain::event::WorkspaceId;

    const NAME: KeyName = KeyName { workspace: WorkspaceId([1; 32]), role: KeyRole::Keeper };

    #[test]
    fn a_key_comes_back_and_nobody_else_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let keys = FileKeys::new(folder.path().join("keys"));
        assert!(keys.load(NAME).unwrap().is_none());
        let secret = Secret::random().unwrap();
        keys.save(NAME, &secret).unwrap();
        keys.save(NAME, &secret).unwrap();
        assert_eq!(keys.load(NAME).unwrap().unwrap().expose(), secret.expose());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(keys.folder()), mode(&keys.path(NAME))), (0o700, 0o600));
            fs::set_permissions(keys.path(NAME), fs::Permissions::from_mode(0o640)).unwrap();
            assert!(matches!(keys.load(NAME), Err(KeyError::OthersMayRead { .. })));
        }
    }

    #[test]
    fn a_file_that_holds_no_key_is_said_to_hold_none() {
        let folder = tempfile::tempdir().unwrap();
        let keys = FileKeys::new(folder.path());
        keys.save(NAME, &Secret::random().unwrap()).unwrap();
        for text in ["", "abc", &"zz".repeat(32), &"ab".repeat(33)] {
            fs::write(keys.path(NAME), text).unwrap();
            assert!(matches!(keys.load(NAME), Err(KeyError::NotAKey { .. })), "{text}");
        }
    }

    #[test]
    fn a_word_comes_back_until_it_is_forgotten_and_nobody_else_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let keys = FileKeys::new(folder.path().join("keys"));
        let name = |slot: &str| WordName {
            workspace: WorkspaceId([1; 32]),
            integration: "erp".into(),
            slot: slot.into(),
        };
        assert!(keys.load_word(&name("password")).unwrap().is_none());
        let word = Word::new("pässw/rd".into());
        assert!(keys.save_word(&name("password"), Some(&word)).unwrap());
        keys.save_word(&name("../a"), Some(&Word::new("other".into()))).unwrap();
        assert_eq!(keys.load_word(&name("password")).unwrap(), Some(word.clone()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let path = keys.word_path(&name("password"));
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
            assert!(matches!(keys.load_word(&name("password")), Err(KeyError::OthersMayRead { .. })));
        }
        keys.save_word(&name("password"), None).unwrap();
        assert!(keys.load_word(&name("password")).unwrap().is_none());
        assert_eq!(keys.load_word(&name("../a")).unwrap().unwrap().expose(), "other");
        assert!(!format!("{word:?}").contains("ssw"));
    }

    #[test]
    fn a_secret_is_never_printed() {
        let folder = tempfile::tempdir().unwrap();
        let keys = FileKeys::new(folder.path());
        let secret = Secret::from_bytes([0xa5; 32]);
        keys.save(NAME, &secret).unwrap();
        fs::write(keys.path(NAME), "a5".repeat(40)).unwrap();
        let printed = format!("{secret:?} {keys:?} {:?}", keys.load(NAME));
        assert!(!printed.contains("a5a5") && !printed.contains("165, 165"), "{printed}");
    }
}
