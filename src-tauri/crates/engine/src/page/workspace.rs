//! First start, and the workspace's own pages: people, calendar, backup.

use serde::{Deserialize, Serialize};

use super::{DepartmentView, PersonView};
use crate::error::Result;
use crate::workspace::Workspace;

/// What the window needs to know when it starts.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Start {
    /// The open workspace.
    pub workspace: Option<WorkspaceView>,
    /// Workspaces opened before, newest first.
    pub recent: Vec<RecentWorkspace>,
    /// Where a new workspace would be put.
    pub suggested_folder: String,
    /// Version of Plaza.
    pub version: String,
}

/// A workspace opened before.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RecentWorkspace {
    /// Company name.
    pub name: String,
    /// Its folder.
    pub folder: String,
    /// The folder is there.
    pub exists: bool,
}

/// The open workspace.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct WorkspaceView {
    /// Company name.
    pub name: String,
    /// Its folder.
    pub folder: String,
    /// It is the sample company.
    pub sample: bool,
    /// `en`, `de` or `es`.
    pub language: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Monday first; all true when every day counts.
    pub working_days: Vec<bool>,
    /// Count lead times in working days.
    pub count_working_days: bool,
    /// Holidays.
    pub holidays: Vec<Holiday>,
    /// Departments in order of id.
    pub departments: Vec<DepartmentView>,
    /// People, those who left last.
    pub people: Vec<PersonView>,
    /// Who I am (a person's id).
    pub me: Option<String>,
    /// For whom this device acts, where that is not its own person (a person's id).
    pub acting_for: Option<String>,
    /// Things to tell the person once: `key_in_file`, `restored_copy`, `clock_ahead`…
    pub notices: Vec<Notice>,
}

/// Something to tell the person.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Notice {
    /// Its code; the catalogue has the words.
    pub code: String,
    /// What it is about.
    pub detail: String,
}

/// A day off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Holiday {
    /// The day.
    pub day: String,
    /// Its name.
    pub name: String,
}

/// What a new workspace needs.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct NewWorkspace {
    /// Its folder; made if absent, refused if not empty.
    pub folder: String,
    /// Company name.
    pub name: String,
    /// `en`, `de` or `es`.
    pub language: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Departments: name; the id is made from it.
    pub departments: Vec<String>,
    /// My name.
    pub my_name: String,
    /// My department: its place in `departments`.
    pub my_department: Option<u32>,
}

/// A workspace was made.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Created {
    /// The workspace, open.
    pub workspace: WorkspaceView,
    /// The recovery code, shown this once: to be written down.
    pub recovery_code: String,
}

/// A change to the workspace's settings; absent fields stay.
#[derive(Clone, Debug, Default, Deserialize, specta::Type)]
pub struct SettingsChange {
    /// Company name.
    pub name: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// Time zone.
    pub time_zone: Option<String>,
    /// Working days, Monday first.
    pub working_days: Option<Vec<bool>>,
    /// Count lead times in working days.
    pub count_working_days: Option<bool>,
    /// All holidays, replacing those before.
    pub holidays: Option<Vec<Holiday>>,
}

/// A person to add or to change.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct PersonDraft {
    /// Absent for a new person.
    pub id: Option<String>,
    /// Name.
    pub name: String,
    /// Department's id.
    pub department: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// Roles.
    pub roles: Vec<String>,
}

/// A department to add or to change.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct DepartmentDraft {
    /// Absent for a new department.
    pub id: Option<String>,
    /// Name.
    pub name: String,
    /// One letter.
    pub letter: String,
}

/// A backup in the backup folder.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct BackupView {
    /// Its file.
    pub file: String,
    /// When, RFC 3339.
    pub made: String,
    /// Bytes.
    pub size_bytes: f64,
    /// Made by Plaza's daily routine.
    pub automatic: bool,
}

/// Backups and how many are kept.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct BackupPage {
    /// Where they are.
    pub folder: String,
    /// How many automatic ones are kept; 0 makes none.
    pub keep: u32,
    /// Newest first.
    pub backups: Vec<BackupView>,
}

/// What a look at the ledger found.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct VerifyView {
    /// Everything holds.
    pub sound: bool,
    /// Events checked.
    pub events: u32,
    /// What does not hold, in words.
    pub faults: Vec<String>,
}

/// Something that the palette found.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Hit {
    /// `order`, `kpi`, `person`, `department`, `integration`.
    pub kind: String,
    /// What to show.
    pub title: String,
    /// A second line.
    pub detail: Option<String>,
    /// The page's address: `/order/4711/1`.
    pub address: String,
}

impl WorkspaceView {
    /// Reads the open workspace.
    ///
    /// # Errors
    /// What the stores say.
    pub fn read(workspace: &Workspace) -> Result<Self> {
        let me = workspace.me()?;
        let (settings, departments, mut people) =
            workspace.view(|view| Ok((view.settings()?, view.departments()?, view.people()?)))?;
        people.sort_by(|a, b| a.left.is_some().cmp(&b.left.is_some()).then_with(|| a.name.cmp(&b.name)));
        let notices = workspace.notices()?;
        Ok(Self {
            sample: workspace.is_sample()?,
            name: settings.company,
            folder: workspace.folder().display().to_string(),
            language: settings.language.code().to_owned(),
            time_zone: settings.time_zone.to_string(),
            working_days: settings.weekdays.to_vec(),
            count_working_days: settings.counts_working_days,
            holidays: settings
                .holidays
                .into_iter()
                .map(|(day, name)| Holiday { day: day.to_string(), name })
                .collect(),
            departments: departments.iter().map(DepartmentView::from).collect(),
            people: people.iter().map(PersonView::from).collect(),
            me: me.map(|me| me.to_string()),
            acting_for: workspace.acting_for().map(|person| person.to_string()),
            notices,
        })
    }
}
