//! Nobody else pulls an integration while it is held, in this program or another.

use std::fs::{File, TryLockError};

use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

/// The folder of the files that are held, within a workspace's folder.
const HOLDS: &str = "holds";

/// Held while an integration is pulled. The operating system lets go of it when a program ends, however it ends.
#[derive(Debug)]
pub(crate) struct Hold {
    _file: File,
}

impl Hold {
    /// Takes it; none where somebody else has it.
    ///
    /// # Errors
    /// The file that is held cannot be made.
    pub(crate) fn take(workspace: &Workspace, integration: &str) -> Result<Option<Self>> {
        let folder = workspace.folder().join(HOLDS);
        std::fs::create_dir_all(&folder).map_err(EngineError::file(&folder))?;
        let path = folder.join(integration);
        let file = File::create(&path).map_err(EngineError::file(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(EngineError::file(&path)(source)),
        }
    }

    /// As [`Hold::take`], for whoever has nothing else to do then.
    ///
    /// # Errors
    /// [`EngineError::Busy`], which calls the integration `name`.
    pub(crate) fn demand(workspace: &Workspace, integration: &str, name: &str) -> Result<Self> {
        let busy = || EngineError::Busy { integration: name.to_owned() };
        Self::take(workspace, integration)?.ok_or_else(busy)
    }
}
