//! Reminders on the desktop: what this device reminds of, when, and whom.

use std::collections::BTreeSet;

use plaza_domain::reminder::{QuietHours, ReminderKind, ReminderSettings};
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::meeting::set::time_of;
use crate::page::said_by::Names;
use crate::workspace::Workspace;

/// The page of reminders.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ReminderPage {
    /// What is set.
    pub form: ReminderForm,
    /// Whom this device reminds (name); nobody where nobody has said whose it is.
    pub person: Option<String>,
    /// For whom somebody acts on this device now (name); it reminds of nothing meanwhile.
    pub acting_for: Option<String>,
    /// By which time zone it is quiet.
    pub zone: String,
    /// How many a day at most.
    pub most: u32,
    /// Minutes before a meeting.
    pub soon_minutes: u32,
}

/// What a device reminds of, and when, as a person fills it in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[allow(clippy::struct_excessive_bools)] // one switch of the form each
pub struct ReminderForm {
    /// Whether it reminds at all.
    pub is_on: bool,
    /// Of what.
    pub kinds: BTreeSet<ReminderKind>,
    /// Whether there are quiet hours.
    pub is_quiet: bool,
    /// When they begin: `18:00`.
    pub from: String,
    /// When they end: `08:00`.
    pub to: String,
    /// Whether it is quiet on days on which nobody works.
    pub only_working_days: bool,
    /// Whether it says how much waits, and nothing of what.
    pub without_details: bool,
}

impl ReminderForm {
    pub(crate) fn of(settings: &ReminderSettings) -> Self {
        let quiet = settings.quiet.unwrap_or(QuietHours::USUAL);
        Self {
            is_on: settings.is_on,
            kinds: settings.kinds.clone(),
            is_quiet: settings.quiet.is_some(),
            from: time_of(quiet.from),
            to: time_of(quiet.to),
            only_working_days: settings.only_working_days,
            without_details: settings.without_details,
        }
    }
}

impl ReminderPage {
    /// Reads the page.
    ///
    /// # Errors
    /// What the stores say.
    pub fn read(workspace: &Workspace) -> Result<Self> {
        let names = Names::read(workspace)?;
        Ok(Self {
            form: ReminderForm::of(&workspace.reminder_settings()?),
            person: workspace.me()?.map(|person| names.of(&person)),
            acting_for: workspace.acting_for().map(|person| names.of(&person)),
            zone: workspace.settings()?.time_zone.to_string(),
            most: plaza_domain::reminder::DAILY_MAX as u32,
            soon_minutes: plaza_domain::reminder::SOON_MINUTES as u32,
        })
    }
}
