//! Read by another mapping, the same cells mean something else: everything is read anew, from the kept originals
//! where a file is no longer at its source.

use std::path::{Path, PathBuf};

use plaza_store::intake::{Batch, Intake, Original};

use super::Pull;
use super::files::{Group, SourceFile};
use crate::error::{EngineError, Result};
use crate::integration::Delivery;
use crate::journey::context::day_of_moment;

/// Where originals are unpacked, within the workspace's folder.
const FOLDER: &str = "reading";

/// Groups of kept originals. Their files live as long as this does.
#[derive(Default)]
pub(super) struct Kept {
    pub groups: Vec<Group>,
    _folder: Option<Unpacked>,
}

impl Pull<'_> {
    /// What must be read besides the groups that are at their source.
    pub(super) fn kept_groups(&self, present: &[Group]) -> Result<Kept> {
        let intake = self.workspace.intake();
        let known = intake.view().integration(&self.integration.id)?;
        let Some(known) = known.filter(|known| known.mapping != self.mapping()) else {
            return Ok(Kept::default());
        };
        let unpacked = Unpacked::new(self.workspace.folder())?;
        let mut groups: Vec<Group> = Vec::new();
        let numbers = intake.view().streams()?;
        for (place, stream) in self.integration.streams.iter().enumerate() {
            let number =
                numbers.iter().find(|one| one.integration == known.number && one.name == stream.name);
            let Some(number) = number else { continue };
            for batch in intake.view().batches(number.number)? {
                let Some(original) = intake.view().original(batch.original)? else { continue };
                let is_there = present.iter().any(|group| {
                    group.stream == place && group.files.iter().any(|file| file.hash == original.hash)
                });
                // An undated snapshot that is gone was replaced by the one that is there.
                let is_past = !batch.declared && stream.delivery == Delivery::Snapshot;
                if !is_there && !is_past {
                    groups.push(unpacked.group(&intake, place, &batch, &original)?);
                }
            }
        }
        Ok(Kept { groups, _folder: Some(unpacked) })
    }
}

/// A folder for originals that are read again; it goes when the pull is over.
struct Unpacked(PathBuf);

impl Unpacked {
    fn new(workspace: &Path) -> Result<Self> {
        let folder = workspace.join(FOLDER);
        std::fs::create_dir_all(&folder).map_err(EngineError::file(&folder))?;
        Ok(Self(folder))
    }

    fn group(&self, intake: &Intake, stream: usize, batch: &Batch, original: &Original) -> Result<Group> {
        let file = SourceFile {
            path: self.unpack(intake, original)?,
            name: original.name.clone(),
            size: original.size.unsigned_abs(),
            hash: original.hash,
        };
        let declared = batch.declared.then(|| day_of_moment(batch.moment));
        Ok(Group { stream, declared, files: vec![file] })
    }

    fn unpack(&self, intake: &Intake, original: &Original) -> Result<PathBuf> {
        let path = self.0.join(format!("{}-{}", original.number, original.name.replace(['/', '\\'], "_")));
        let mut file = std::fs::File::create(&path).map_err(EngineError::file(&path))?;
        let mut bytes = intake.view().open_original(original.number);
        std::io::copy(&mut bytes, &mut file).map_err(EngineError::file(&path))?;
        Ok(path)
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        // What is left is a copy of kept originals; the next pull that needs the folder writes over it.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
