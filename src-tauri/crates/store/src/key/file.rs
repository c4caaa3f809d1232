//! Keys in files that only their user may read: for systems without a keyring.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{KeyError, KeyName, Keys, Secret};

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
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(fault(&path)(error)),
        };
        if may_be_read_by_others(&file).map_err(fault(&path))? {
            return Err(KeyError::OthersMayRead { path });
        }
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
        make_private_folder(&self.folder).map_err(fault(&self.folder))?;
        let path = self.path(name);
        let part = path.with_extension("part");
        let written = write_private(&part, secret).and_then(|()| fs::rename(&part, &path));
        if written.is_err() {
            // Nothing half-written stays behind; what failed is told below.
            drop(fs::remove_file(&part));
        }
        written.map_err(fault(&path))
    }
}

fn write_private(path: &Path, secret: &Secret) -> std::io::Result<()> {
    let mut text = Zeroizing::new([0; 65]);
    for (digits, byte) in text.chunks_exact_mut(2).zip(secret.expose()) {
        digits[0] = b"0123456789abcdef"[usize::from(byte >> 4)];
        digits[1] = b"0123456789abcdef"[usize::from(byte & 15)];
    }
    text[64] = b'\n';
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_slice())?;
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
