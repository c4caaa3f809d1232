//! Reminders on the desktop: what waits for the person of this device, said gently ([`plaza_domain::reminder`]). Showing it
//! is the window's; what was said is kept on this device and never an event.

mod find;
mod visits;
mod words;

use std::collections::BTreeSet;

use plaza_domain::language::Language;
use plaza_domain::person::PersonId;
use plaza_domain::reminder::{BETWEEN_MS, QuietFault, QuietHours, ReminderSettings, WorkingDays, bundle};
use plaza_store::ledger::Position;

use crate::error::{EngineError, Result};
use crate::meeting::set::minute_of;
use crate::page::reminder::ReminderForm;
use crate::workspace::Workspace;

pub use words::example;

/// What a notification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Its title, plain text.
    pub title: String,
    /// What stands below, plain text, a line for each matter.
    pub body: String,
    /// What a click does, where the system shows a word for it.
    pub open: String,
    /// Where a click leads in the window.
    pub address: String,
}

/// A reminder that is to be shown now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// What it says.
    pub said: Said,
    person: PersonId,
    told: Vec<String>,
    waiting: BTreeSet<String>,
}

/// What the last look went by. While nothing of it changes, and no moment comes at which time alone could change something,
/// there is nothing new to be found: an idle window asks for one row.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Basis {
    person: PersonId,
    position: Position,
    settings: ReminderSettings,
    on_screen: Option<String>,
}

/// Looks for what is to be said; one for each open workspace.
#[derive(Debug, Default)]
pub struct Reminding {
    last: Option<(Basis, i64)>,
}

impl Reminding {
    /// What is to be said now, if anything; `on_screen` is the address that the person sees, where the window has the focus.
    /// Whoever shows it says so by [`Workspace::reminded`]; else it is found again.
    ///
    /// Nothing is said where nobody has said whose device this is, and while somebody acts on it for another: what waits for
    /// one person is not told to another. Nor where the workspace was opened on another day than the clock's.
    ///
    /// # Errors
    /// What the stores say.
    pub fn look(&mut self, workspace: &Workspace, on_screen: Option<&str>) -> Result<Option<Reminder>> {
        let settings = workspace.reminder_settings()?;
        if !settings.is_on || workspace.acting_for().is_some() || workspace.is_set_to_a_day() {
            return Ok(None);
        }
        let Some(person) = workspace.me()? else { return Ok(None) };
        let now_ms = workspace.now_ms();
        let position = workspace.ledger().last_position()?;
        let basis = Basis { person, position, settings, on_screen: on_screen.map(str::to_owned) };
        if self.last.as_ref().is_some_and(|(last, until)| *last == basis && now_ms < *until) {
            return Ok(None);
        }
        let found = look(workspace, &basis, now_ms)?;
        // What is to be said is found again until it was shown.
        self.last = found.reminder.is_none().then_some((basis, found.until));
        Ok(found.reminder)
    }
}

struct Look {
    reminder: Option<Reminder>,
    /// Until when time alone changes nothing, milliseconds since 1970 UTC.
    until: i64,
}

fn look(workspace: &Workspace, basis: &Basis, now_ms: i64) -> Result<Look> {
    let company = workspace.settings()?;
    let days = WorkingDays::of(&company);
    let found = find::find(workspace, &basis.person, now_ms)?;
    let told = workspace.ledger().reminders_told(&basis.person)?;
    let waiting: BTreeSet<String> = found.matters.iter().map(|matter| matter.key()).collect();
    let settings = &basis.settings;
    let on_screen = basis.on_screen.as_deref();
    let said = bundle(settings, &days, now_ms, found.matters, &told, on_screen, found.meeting_ahead);
    let seen: Vec<String> = said.seen.iter().map(|matter| matter.key()).collect();
    let is_stale = told.keys.iter().any(|key| !waiting.contains(key));
    if !seen.is_empty() || is_stale {
        workspace.ledger().note_reminders(&basis.person, &seen, &waiting, None, now_ms)?;
    }
    let zone = company.time_zone;
    let today = zone.day_at(now_ms);
    let quiet_ends = settings.quiet.and_then(|quiet| zone.moment_of(today, quiet.to));
    let rested = told.sent.iter().map(|at| at + BETWEEN_MS);
    let until = [Some(zone.start_of(today.plus(1))), quiet_ends, found.soon_from]
        .into_iter()
        .flatten()
        .chain(rested)
        .filter(|moment| *moment > now_ms)
        .min();
    let reminder = (!said.matters.is_empty()).then(|| Reminder {
        told: said.matters.iter().map(|matter| matter.key()).chain(seen).collect(),
        said: words::said(&said.matters, settings.without_details, company.language),
        person: basis.person.clone(),
        waiting,
    });
    Ok(Look { reminder, until: until.unwrap_or(now_ms) })
}

impl Workspace {
    /// What this device reminds of.
    pub(crate) fn reminder_settings(&self) -> Result<ReminderSettings> {
        Ok(self.ledger().reminder_settings()?.unwrap_or_default())
    }

    /// Sets what this device reminds of; `language` is that of the words of what cannot be.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] names each field that cannot be used: a time that no clock shows, quiet hours that begin
    /// when they end.
    pub fn set_reminders(&self, form: &ReminderForm, language: Language) -> Result<()> {
        let before = self.reminder_settings()?;
        let mut quiet = None;
        if form.is_quiet {
            let mut fields = Vec::new();
            let mut time = |field: &str, text: &str| {
                let minute = minute_of(text);
                if minute.is_none() {
                    fields.push((field.to_owned(), words::no_time(language)));
                }
                minute.unwrap_or_default()
            };
            let (from, to) = (time("from", &form.from), time("to", &form.to));
            if !fields.is_empty() {
                return Err(EngineError::Invalid { fields });
            }
            quiet = Some(QuietHours::new(from, to).map_err(|fault| {
                let (field, words) = match fault {
                    QuietFault::NeverOrAlways => ("to", words::never_or_always(language)),
                    QuietFault::NoSuchMinute(_) => ("from", words::no_time(language)),
                };
                EngineError::invalid(field, words)
            })?);
        }
        let settings = ReminderSettings {
            is_on: form.is_on,
            kinds: form.kinds.clone(),
            quiet,
            only_working_days: form.only_working_days,
            without_details: form.without_details,
        };
        if settings != before {
            self.ledger().keep_reminder_settings(&settings)?;
        }
        Ok(())
    }

    /// A reminder was shown: it is not shown again.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn reminded(&self, reminder: &Reminder) -> Result<()> {
        let now_ms = self.now_ms();
        let Reminder { person, told, waiting, .. } = reminder;
        Ok(self.ledger().note_reminders(person, told, waiting, Some(now_ms), now_ms)?)
    }
}
