//! A file of the person's own, written whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{EngineError, Result};

/// Who may read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Whoever may read new files of this user: what is made to be passed on.
    Usual,
    /// Only this user: it may be a recovery code.
    Me,
}

/// Writes a file that a person chose. It is written beside its place and moved there, so that whoever looks finds the
/// file of before or the new one, never half of it.
///
/// # Errors
/// [`EngineError::Invalid`] for a path that is not absolute; [`EngineError::Unwritten`] says why it could not be
/// written: what was there before is unchanged.
pub fn save(path: &str, content: &[u8], readers: Readers) -> Result<()> {
    let asked = Path::new(path);
    if !asked.is_absolute() {
        return Err(EngineError::invalid("file", "choose a file by its whole path"));
    }
    let unwritten = |source| EngineError::Unwritten { path: asked.to_owned(), source };
    // Through a link, the file that it leads to is replaced, not the link.
    let path = asked.canonicalize().unwrap_or_else(|_| asked.to_owned());
    if path.is_dir() {
        return Err(unwritten(io::ErrorKind::IsADirectory.into()));
    }
    let part = beside(&path).ok_or_else(|| unwritten(io::ErrorKind::InvalidFilename.into()))?;
    let written = write(&part, content, readers).and_then(|()| std::fs::rename(&part, &path));
    written.map_err(|source| {
        // What is left over of the attempt is of no use to anybody.
        let _ = std::fs::remove_file(&part);
        unwritten(source)
    })
}

/// A name in the same folder that no other program writes at the same time.
fn beside(path: &Path) -> Option<PathBuf> {
    let mut name = path.file_name()?.to_owned();
    name.push(format!(".{}.part", std::process::id()));
    Some(path.with_file_name(name))
}

fn write(part: &Path, content: &[u8], readers: Readers) -> io::Result<()> {
    let mut file = open(part, readers)?;
    file.write_all(content)?;
    file.sync_all()
}

#[cfg(unix)]
fn open(part: &Path, readers: Readers) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let mode = match readers {
        Readers::Usual => 0o666,
        Readers::Me => 0o600,
    };
    OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(part)
}

#[cfg(not(unix))]
fn open(part: &Path, _readers: Readers) -> io::Result<File> {
    // New files in a user's folders are that user's alone there.
    OpenOptions::new().write(true).create(true).truncate(true).open(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_cannot_be_written_is_refused_in_words_and_keeps_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("code.txt");
        std::fs::write(&there, "before").unwrap();
        let path = |path: &Path| path.to_str().unwrap().to_owned();
        assert!(matches!(save("code.txt", b"x", Readers::Me), Err(EngineError::Invalid { .. })));
        assert!(matches!(save("", b"x", Readers::Me), Err(EngineError::Invalid { .. })));
        for unusable in
            [folder.path().to_owned(), folder.path().join("none/code.txt"), there.join("code.txt")]
        {
            let error = save(&path(&unusable), b"x", Readers::Me).unwrap_err();
            assert!(matches!(error, EngineError::Unwritten { .. }), "{error}");
            assert!(error.to_string().contains("unchanged"), "{error}");
        }
        assert_eq!(std::fs::read(&there).unwrap(), b"before");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left over");
    }

    #[test]
    fn a_file_is_replaced_whole_and_a_link_leads_on() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("code.txt");
        save(there.to_str().unwrap(), "früh".as_bytes(), Readers::Me).unwrap();
        save(there.to_str().unwrap(), b"late", Readers::Usual).unwrap();
        assert_eq!(std::fs::read(&there).unwrap(), b"late");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let link = folder.path().join("link.txt");
            std::os::unix::fs::symlink(&there, &link).unwrap();
            save(link.to_str().unwrap(), b"through", Readers::Me).unwrap();
            assert!(link.is_symlink());
            assert_eq!(std::fs::read(&there).unwrap(), b"through");
            assert_eq!(std::fs::metadata(&there).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(std::fs::read_dir(folder.path()).unwrap().count() <= 2, "nothing is left over");
    }
}
