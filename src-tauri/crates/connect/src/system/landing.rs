//! A file in which the answers of a system are written down as they come. It is pulled like any other file, and goes on
//! where it was after a crash.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::{Blank, Block, SystemError, SystemFault};

/// A file that grows block by block.
#[derive(Debug)]
pub struct Landing {
    path: PathBuf,
    file: File,
    len: u64,
}

impl Landing {
    /// A new one with its row of names; one that lies there from before is begun anew.
    ///
    /// # Errors
    /// [`SystemFault::Local`].
    pub fn create(path: &Path, columns: &[String]) -> Result<Self, SystemError> {
        let file = File::create(path).map_err(local)?;
        let mut landing = Self { path: path.to_owned(), file, len: 0 };
        let mut names =
            csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
        names.write_record(columns).map_err(|error| local(std::io::Error::other(error)))?;
        let names = names.into_inner().map_err(|error| local(error.into_error()))?;
        landing.write(&names)?;
        Ok(landing)
    }

    /// Goes on with one that was kept up to `len` bytes; what was written behind it and not kept is cut off.
    ///
    /// # Errors
    /// [`SystemFault::Local`], also where less is there than was kept.
    pub fn resume(path: &Path, len: u64) -> Result<Self, SystemError> {
        let mut file = OpenOptions::new().write(true).open(path).map_err(local)?;
        if file.metadata().map_err(local)?.len() < len {
            return Err(local(std::io::ErrorKind::UnexpectedEof.into()));
        }
        file.set_len(len).map_err(local)?;
        file.seek(SeekFrom::End(0)).map_err(local)?;
        Ok(Self { path: path.to_owned(), file, len })
    }

    /// Adds the rows of a block.
    ///
    /// # Errors
    /// [`SystemFault::Local`]: no room, say.
    pub fn append(&mut self, block: &Block) -> Result<(), SystemError> {
        self.write(&block.csv)
    }

    /// Makes sure that what was added outlasts a loss of power. Returns the length up to which that is so, bytes.
    ///
    /// # Errors
    /// [`SystemFault::Local`].
    pub fn keep(&mut self) -> Result<u64, SystemError> {
        self.file.sync_data().map_err(local)?;
        Ok(self.len)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), SystemError> {
        self.file.write_all(bytes).map_err(local)?;
        self.len += bytes.len() as u64;
        Ok(())
    }
}

#[allow(clippy::needless_pass_by_value)] // as `map_err` gives it
fn local(error: std::io::Error) -> SystemError {
    SystemError::new(SystemFault::Local, &error.to_string(), &Blank::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(csv: &str) -> Block {
        Block { csv: csv.into(), rows: 1, ..Block::default() }
    }

    #[test]
    fn what_was_kept_stays_and_what_was_not_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lines.csv");
        let mut landing = Landing::create(&path, &["a".into(), "b, c".into()]).unwrap();
        landing.append(&block("1,2\n")).unwrap();
        let kept = landing.keep().unwrap();
        landing.append(&block("3,hal")).unwrap();
        drop(landing);
        let mut landing = Landing::resume(&path, kept).unwrap();
        landing.append(&block("3,4\n")).unwrap();
        landing.keep().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "a,\"b, c\"\n1,2\n3,4\n");
        assert_eq!(Landing::resume(&path, 1_000).unwrap_err().code(), "local");
    }
}
