//! Read by another mapping, the same cells mean something else: everything that was ever landed is read anew from the
//! kept originals, in the order of the moments that it stands for. What is still to be read is noted in the store
//! until it is landed, so that a crash in between loses nothing, and no journey is made of half the records.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use plaza_store::intake::{Intake, Original, Reread, View};

use super::Pull;
use super::files::{Group, SourceFile};
use crate::answer::Question;
use crate::error::{EngineError, Result};
use crate::integration::Stream;
use crate::journey::context::day_of_moment;

/// Where originals are unpacked, within the workspace's folder.
const FOLDER: &str = "reading";

impl Pull<'_> {
    /// Groups of kept originals that must be read anew: those that are noted, and all of them where the mapping is not
    /// the one they were read by.
    pub(super) fn kept_groups(&self) -> Result<Vec<Group>> {
        let intake = self.workspace.intake();
        let view = intake.view();
        let Some(known) = view.integration(&self.integration.id)? else { return Ok(Vec::new()) };
        let is_remapped = known.mapping != self.mapping();
        let numbers = view.streams()?;
        let folder = Unpacked::folder(self.workspace.folder());
        let mut groups = Vec::new();
        for (place, definition) in self.integration.streams.iter().enumerate() {
            let number =
                numbers.iter().find(|one| one.integration == known.number && one.name == definition.name);
            let Some(stream) = number.map(|one| one.number) else { continue };
            let mut rereads: BTreeSet<Reread> = view.rereads(stream)?.into_iter().collect();
            if self.is_asked_anew(view, definition)? {
                rereads.clear();
            } else if is_remapped {
                rereads.extend(view.batches(stream)?.iter().map(|batch| Reread {
                    stream,
                    moment: batch.moment,
                    original: batch.original,
                    declared: batch.declared,
                }));
            }
            let rereads: Vec<Reread> = rereads.into_iter().collect();
            for same in rereads.chunk_by(|one, next| one.moment == next.moment) {
                groups.extend(group(&intake, place, same, &folder)?);
            }
        }
        Ok(groups)
    }

    /// Whether a stream's system is asked another question than before. What it answered then may lack a column, so it
    /// was asked for everything, and what was kept is not read anew.
    pub(super) fn is_asked_anew(&self, view: View<'_>, stream: &Stream) -> Result<bool> {
        let Some(question) = Question::of(self.integration, stream)? else { return Ok(false) };
        Ok(view.position(&self.integration.id, &stream.name, &question.fingerprint)?.is_none())
    }
}

/// The originals of one moment.
fn group(intake: &Intake, stream: usize, rereads: &[Reread], folder: &Path) -> Result<Option<Group>> {
    let mut files = Vec::new();
    for reread in rereads {
        let Some(original) = intake.view().original(reread.original)? else { continue };
        files.push(SourceFile {
            path: folder.join(format!("{}-{}", original.number, original.name.replace(['/', '\\'], "_"))),
            name: original.name,
            size: original.size.unsigned_abs(),
            hash: original.hash,
        });
    }
    let Some(first) = rereads.first().filter(|_| !files.is_empty()) else { return Ok(None) };
    let declared = first.declared.then(|| day_of_moment(first.moment));
    Ok(Some(Group { stream, declared, arrived: Some(first.moment), files, answer: None }))
}

/// The originals of one group, unpacked while it is read.
pub(super) struct Unpacked(Vec<PathBuf>);

impl Unpacked {
    fn folder(workspace: &Path) -> PathBuf {
        workspace.join(FOLDER)
    }

    /// Unpacks those files of a group that are kept originals; what is at its source is left alone.
    pub(super) fn of(group: &Group, workspace: &Path, intake: &Intake) -> Result<Self> {
        let folder = Self::folder(workspace);
        let mut unpacked = Self(Vec::new());
        for file in group.files.iter().filter(|file| file.path.starts_with(&folder)) {
            std::fs::create_dir_all(&folder).map_err(EngineError::file(&folder))?;
            let missing = || EngineError::NotFound { noun: "original", name: file.name.clone() };
            let original = intake.view().original_by_hash(&file.hash)?.ok_or_else(missing)?;
            unpacked.0.push(file.path.clone());
            unpack(intake, &original, &file.path)?;
        }
        Ok(unpacked)
    }
}

fn unpack(intake: &Intake, original: &Original, path: &Path) -> Result<()> {
    let mut file = std::fs::File::create(path).map_err(EngineError::file(path))?;
    let mut bytes = intake.view().open_original(original.number);
    std::io::copy(&mut bytes, &mut file).map_err(EngineError::file(path))?;
    Ok(())
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        for path in &self.0 {
            // What is left is a copy of a kept original; whoever reads that again writes over it.
            let _ = std::fs::remove_file(path);
        }
        if let Some(folder) = self.0.first().and_then(|path| path.parent()) {
            let _ = std::fs::remove_dir(folder);
        }
    }
}
