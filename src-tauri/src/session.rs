//! The open workspace of this window.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::thread::{self, JoinHandle};

use plaza_engine::home::Home;
use plaza_engine::page::Tag;
use plaza_engine::workspace::Workspace;

use crate::ApiError;
use crate::background::Background;
use crate::desk::Desk;
use crate::job::Jobs;

/// What the window has open. Commands share it: reads go side by side.
#[derive(Debug)]
pub struct Session {
    home: Home,
    open: RwLock<Option<Opened>>,
    jobs: Jobs,
    /// The start's own opening while it is under way: the first question about the workspace waits for it.
    opening: Mutex<Option<JoinHandle<()>>>,
    /// The desktop around the window; nothing where there is no window.
    desk: OnceLock<Box<dyn Desk>>,
}

/// An open workspace and what it does without being asked.
#[derive(Debug)]
struct Opened {
    workspace: Arc<Workspace>,
    background: Background,
}

impl Session {
    /// A session without a workspace; `data` is Plaza's own folder of this user.
    pub fn new(data: &Path) -> Self {
        Self::with(Home::new(data))
    }

    /// A session without a workspace, of a Plaza with other keys or another clock.
    pub fn with(home: Home) -> Self {
        Self {
            home,
            open: RwLock::new(None),
            jobs: Jobs::default(),
            opening: Mutex::default(),
            desk: OnceLock::new(),
        }
    }

    /// Plaza on this computer.
    pub const fn home(&self) -> &Home {
        &self.home
    }

    /// Its long work.
    pub const fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// The window stands on this desktop from now on.
    pub(crate) fn stand_on(&self, desk: impl Desk + 'static) {
        // A session has one window; a second desktop would be a mistake of Plaza's own and changes nothing.
        drop(self.desk.set(Box::new(desk)));
    }

    /// The desktop around the window, where there is one.
    pub(crate) fn desk(&self) -> Option<&dyn Desk> {
        self.desk.get().map(AsRef::as_ref)
    }

    /// The open workspace, where there is one.
    pub fn open(&self) -> Option<Arc<Workspace>> {
        self.wait_until_begun();
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        open.as_ref().map(|opened| Arc::clone(&opened.workspace))
    }

    /// The open workspace.
    ///
    /// # Errors
    /// [`ApiError::NoWorkspace`].
    pub fn workspace(&self) -> Result<Arc<Workspace>, ApiError> {
        self.open()
            .ok_or_else(|| ApiError::NoWorkspace { message: "No workspace is open.".into(), detail: None })
    }

    /// Opens another workspace in place of the one before, or none. Long work on the one before goes on.
    pub fn set(&self, workspace: Option<Workspace>) -> Option<Arc<Workspace>> {
        self.wait_until_begun();
        self.put(workspace)
    }

    /// Pages that depend on these are stale. A saved integration may watch a folder, which is looked into.
    pub(crate) fn changed(&self, tags: &[Tag]) {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(opened) = open.as_ref().filter(|_| tags.contains(&Tag::Integration)) {
            opened.background.wake();
        }
    }

    fn put(&self, workspace: Option<Workspace>) -> Option<Arc<Workspace>> {
        let workspace = workspace.map(Arc::new);
        let opened = workspace
            .clone()
            .map(|workspace| Opened { background: Background::begin(&workspace, &self.jobs), workspace });
        let before = {
            let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *open, opened)
        };
        // Closing its databases may take a moment, in which commands need not wait for the next one.
        drop(before);
        workspace
    }

    /// Opens what the start asks for: a folder, else the workspace that was open last. A folder that cannot be opened
    /// leaves the window at its first page, which says why when the person tries again.
    ///
    /// It goes on beside the window's own start: the page is loaded and painted meanwhile.
    pub fn begin(self: &Arc<Self>, folder: Option<PathBuf>) {
        let session = Arc::clone(self);
        let opening = thread::spawn(move || {
            let folder = folder.or_else(|| session.home.last());
            if let Some(folder) = folder
                && let Ok(workspace) = session.home.open(&folder)
            {
                session.put(Some(workspace));
            }
        });
        *self.opening.lock().unwrap_or_else(PoisonError::into_inner) = Some(opening);
    }

    fn wait_until_begun(&self) {
        // Held while waiting: whoever else asks waits as well.
        let mut opening = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(opening) = opening.take() {
            // An opening that panicked opened nothing.
            let _ = opening.join();
        }
    }
}
