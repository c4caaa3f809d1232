//! Where the relative paths of an integration start.
//!
//! A definition is kept in the ledger as it was written, for every device: absolute paths from the wizard, relative
//! ones from a TOML file beside its data. What relative ones start from is a matter of each device, so it is kept
//! beside the records, not in the ledger. A folder within the workspace is kept relative to it: the sample company's
//! exports, and whatever else lies there, go with the workspace when it is moved, copied or restored.

use std::path::{Path, PathBuf};

use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

/// Where the relative paths of an integration start on this device: where it was pulled from last; the workspace's own
/// folder where it never was.
///
/// # Errors
/// What the intake says.
pub fn base(workspace: &Workspace, integration: &str) -> Result<PathBuf> {
    let kept = workspace.intake_reader()?.view().base(integration)?;
    Ok(workspace.folder().join(kept.unwrap_or_default()))
}

/// Keeps where an integration is pulled from.
pub(super) fn keep(workspace: &Workspace, integration: &str, base: &Path) -> Result<()> {
    let base = std::path::absolute(base).map_err(EngineError::file(base))?;
    let home = workspace.folder();
    let home = std::path::absolute(home).map_err(EngineError::file(home))?;
    let folder = base.strip_prefix(&home).unwrap_or(&base).display().to_string();
    let mut intake = workspace.intake();
    if intake.view().base(integration)?.is_some_and(|kept| kept == folder) {
        return Ok(());
    }
    let load = intake.load()?;
    load.put_base(integration, &folder)?;
    Ok(load.commit()?)
}
