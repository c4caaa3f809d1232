//! Watched folders: a file that is new and whole has its integration pulled, where that is active.
//!
//! Nobody is told when a system writes a file, and the messages that some file systems send do not come from network
//! drives. So the folders are listed from time to time: that is all an idle look costs. Where no folder is watched,
//! nobody looks.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use plaza_connect::file::Original;
use plaza_connect::file::folder::{Folder, QUIET_SECONDS};
use plaza_store::intake::View;

use crate::drill::outage::cut_until;
use crate::error::{EngineError, Result};
use crate::integration::{Integration, Stream};
use crate::pull::{base, hash_file, note_failure};
use crate::workspace::Workspace;

/// Seconds between two looks. A file counts as whole when two looks found it the same, so a pull begins within twice
/// this of the last byte; listing a folder so seldom cannot be measured.
pub const LOOK_SECONDS: u64 = 15;

/// Size and time of a file.
type Stand = (u64, i64);

/// The watched folders of an open workspace.
#[derive(Debug, Default)]
pub struct FolderWatch {
    /// By integration and stream.
    folders: BTreeMap<(String, String), Watched>,
}

/// What a look found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderNews {
    /// Integrations with a file that is new and whole: they want to be pulled.
    pub ready: BTreeSet<String>,
    /// Integrations whose folder could not be read, for the first time since it could; noted among their runs.
    pub lost: BTreeSet<String>,
}

#[derive(Debug)]
struct Watched {
    place: (PathBuf, String),
    folder: Folder,
    /// Files that were pulled, or tried to be, as they stood then: what did not work is not tried again and again.
    done: HashMap<PathBuf, Stand>,
    /// It was looked into since the workspace was opened.
    is_known: bool,
    is_lost: bool,
}

impl FolderWatch {
    /// Looks once into every watched folder of the active integrations.
    ///
    /// # Errors
    /// What the stores say; a folder that cannot be read is in the news instead.
    pub fn look(&mut self, workspace: &Workspace) -> Result<FolderNews> {
        let mut news = FolderNews::default();
        let mut seen = BTreeSet::new();
        for saved in workspace.view(|view| view.integrations())? {
            // A folder of one that is not active is read when a person pulls it.
            if saved.retired.is_some() || !workspace.is_active(&saved.id)? {
                continue;
            }
            let Ok(integration) = Integration::from_toml(&saved.current.toml) else { continue };
            let is_cut = cut_until(workspace, saved.id.as_str())?.is_some();
            for stream in integration.streams.iter().filter(|stream| stream.folder.is_some()) {
                let key = (integration.id.clone(), stream.name.clone());
                seen.insert(key.clone());
                if is_cut {
                    // What lies there when the drill is over is new then.
                    let place = place(workspace, &key.0, stream)?;
                    self.folders.extend(Watched::of(place).map(|watched| (key, watched)));
                    continue;
                }
                self.look_at(workspace, &key, stream, &mut news)?;
            }
        }
        self.folders.retain(|key, _| seen.contains(key));
        Ok(news)
    }

    /// Whether the last look found a folder to watch. Without one nothing needs to be looked at again before an
    /// integration is saved.
    pub fn is_needed(&self) -> bool {
        !self.folders.is_empty()
    }

    fn look_at(
        &mut self,
        workspace: &Workspace,
        key: &(String, String),
        stream: &Stream,
        news: &mut FolderNews,
    ) -> Result<()> {
        let id = &key.0;
        let place = place(workspace, id, stream)?;
        let watched =
            if let Some(watched) = self.folders.get_mut(key).filter(|watched| watched.place == place) {
                watched
            } else {
                let Some(fresh) = Watched::of(place) else { return Ok(()) };
                self.folders.insert(key.clone(), fresh);
                let Some(watched) = self.folders.get_mut(key) else { return Ok(()) };
                watched
            };
        let now_ms = workspace.now_ms();
        let look = match watched.folder.look(now_ms.div_euclid(1000)) {
            Ok(look) => look,
            Err(error) => {
                if !std::mem::replace(&mut watched.is_lost, true) {
                    note_failure(workspace, id, now_ms, &EngineError::Source(error))?;
                    news.lost.insert(id.clone());
                }
                return Ok(());
            }
        };
        if std::mem::replace(&mut watched.is_lost, false) {
            // The page says that the folder cannot be read; a pull says that it can.
            news.ready.insert(id.clone());
        }
        let whole = look.ready.iter().map(|file| (file.path.clone(), stand(file)));
        let done: HashMap<PathBuf, Stand> = whole.collect();
        let is_first = !std::mem::replace(&mut watched.is_known, true);
        let before = std::mem::replace(&mut watched.done, done);
        let fresh: Vec<&Original> =
            look.ready.iter().filter(|file| before.get(&file.path) != Some(&stand(file))).collect();
        if !fresh.is_empty() {
            let reader = workspace.intake_reader()?;
            let pulled = Pulled::read(reader.view(), id, &stream.name)?;
            if !pulled.has_all(reader.view(), &fresh, is_first)? {
                news.ready.insert(id.clone());
            }
        }
        Ok(())
    }
}

const fn stand(file: &Original) -> Stand {
    (file.size_bytes, file.modified_seconds)
}

impl Watched {
    /// Nothing for a pattern that cannot be one: the pull says so.
    fn of(place: (PathBuf, String)) -> Option<Self> {
        let folder = Folder::new(&place.0, &place.1, QUIET_SECONDS).ok()?;
        Some(Self { place, folder, done: HashMap::new(), is_known: false, is_lost: false })
    }
}

fn place(workspace: &Workspace, id: &str, stream: &Stream) -> Result<(PathBuf, String)> {
    let folder = Path::new(stream.folder.as_deref().unwrap_or_default());
    let folder = if folder.is_absolute() { folder.to_owned() } else { base(workspace, id)?.join(folder) };
    Ok((folder, stream.pattern.clone().unwrap_or_else(|| "*.csv".to_owned())))
}

/// What was pulled of a stream so far.
struct Pulled {
    /// Name and size of the files that were landed.
    landed: BTreeSet<(String, u64)>,
    sizes: BTreeSet<u64>,
    /// When the last pull began, seconds since 1970 UTC.
    last_seconds: Option<i64>,
}

impl Pulled {
    fn read(view: View<'_>, id: &str, stream: &str) -> Result<Self> {
        let mut pulled = Self { landed: BTreeSet::new(), sizes: BTreeSet::new(), last_seconds: None };
        let Some(integration) = view.integration(id)? else { return Ok(pulled) };
        let newest = view.runs(Some(integration.number), 1)?;
        pulled.last_seconds = newest.first().map(|run| run.started_at.div_euclid(1000));
        let streams = view.streams()?;
        let number = streams.iter().find(|one| one.integration == integration.number && one.name == stream);
        for batch in number.map(|stream| view.batches(stream.number)).transpose()?.unwrap_or_default() {
            if let Some(original) = view.original(batch.original)? {
                pulled.landed.insert((original.name, original.size.unsigned_abs()));
                pulled.sizes.insert(original.size.unsigned_abs());
            }
        }
        Ok(pulled)
    }

    /// Whether the files were pulled already: older than the last pull, and landed by it or before. At the first look,
    /// when all of them are fresh, name and size tell; later the content does.
    fn has_all(&self, view: View<'_>, files: &[&Original], is_first: bool) -> Result<bool> {
        for file in files {
            let is_older = self.last_seconds.is_some_and(|last| file.modified_seconds <= last);
            let is_named = is_first && self.landed.contains(&(file.name.clone(), file.size_bytes));
            if !is_older || !(is_named || self.is_content_known(view, file)?) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Files of one content are kept once, under the name that came first.
    fn is_content_known(&self, view: View<'_>, file: &Original) -> Result<bool> {
        if !self.sizes.contains(&file.size_bytes) {
            return Ok(false);
        }
        match hash_file(&file.path) {
            Ok(hash) => Ok(view.original_by_hash(&hash)?.is_some()),
            // It went away meanwhile, or cannot be read: the pull says what is the matter.
            Err(_) => Ok(false),
        }
    }
}
