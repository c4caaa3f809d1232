//! Where Plaza keeps its own data of this user, and how a workspace is opened from the command line.

use std::path::{Path, PathBuf};

use plaza_engine::home::Home;
use plaza_engine::integration::Integration;
use plaza_engine::workspace::{Founding, Workspace};

use crate::failure::Failure;

/// The window's name among the programs of this computer: both keep their data in one place.
const PROGRAM: &str = "app.plaza.desktop";

/// Plaza on this computer.
pub(crate) fn home() -> Home {
    Home::new(&data_folder())
}

fn data_folder() -> PathBuf {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        variable("APPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library").join("Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local").join("share")))
    };
    base.unwrap_or_else(std::env::temp_dir).join(PROGRAM)
}

/// Opens the workspace in a folder, on another day where one is given.
pub(crate) fn open(folder: &Path, today: Option<plaza_engine::Day>) -> Result<Workspace, Failure> {
    let home = home();
    let about = || folder.display().to_string();
    let workspace = Workspace::open(folder, home.keys(), home.clock())
        .map_err(|error| Failure::with(about(), error))?
        .on(today);
    plaza_engine::pull::resume(&workspace).map_err(|error| Failure::with(about(), error))?;
    plaza_engine::drill::rush::sweep(&workspace).map_err(|error| Failure::with(about(), error))?;
    Ok(workspace)
}

/// Opens the workspace in a folder and changes nothing in it: an interrupted pull stays as it is.
pub(crate) fn open_as_it_is(folder: &Path) -> Result<Workspace, Failure> {
    let home = home();
    Workspace::open(folder, home.keys(), home.clock())
        .map_err(|error| Failure::with(folder.display().to_string(), error))
}

/// Opens the workspace in a folder; founds one where the folder is empty or missing, with the departments that the
/// integrations name and whoever is logged in as its keeper.
pub(crate) fn open_or_found(
    folder: &Path,
    integrations: &[Integration],
    today: Option<plaza_engine::Day>,
) -> Result<Workspace, Failure> {
    if folder.join("ledger.db").is_file() {
        return open(folder, today);
    }
    let mut ids: Vec<&str> = Vec::new();
    for integration in integrations {
        let route = &integration.route;
        for id in std::iter::once(route.promised_by.as_str())
            .chain(route.legs.iter().map(|leg| leg.department.as_str()))
        {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    let name = |variable: &str| std::env::var(variable).ok().filter(|name| !name.trim().is_empty());
    let company =
        folder.file_name().map_or_else(|| "Company".to_owned(), |name| name.to_string_lossy().into_owned());
    let founding = Founding {
        company,
        language: plaza_engine::words::Language::default(),
        time_zone: plaza_engine::TimeZone::UTC,
        departments: ids.into_iter().map(|id| (id.parse().ok(), title(id))).collect(),
        me: name("USER").or_else(|| name("USERNAME")).unwrap_or_else(|| "Keeper".to_owned()),
        my_department: Some(0),
    };
    let home = home();
    let (workspace, recovery) = Workspace::found(folder, &founding, home.keys(), home.clock())
        .map_err(|error| Failure::with(folder.display().to_string(), error))?;
    eprintln!("founded a workspace in {}", folder.display());
    eprintln!("recovery code, shown only now, write it down: {}", recovery.reveal().as_str());
    Ok(workspace.on(today))
}

/// `customer-service` → “Customer service”.
fn title(id: &str) -> String {
    let mut words = id.replace('-', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}
