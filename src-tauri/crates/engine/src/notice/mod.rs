//! Notices: what is true of this workspace on this device and a person should know. Read once, they stay away until
//! they are about something else.

use plaza_domain::event::DeviceId;
use plaza_store::key::KeyWarning;
use plaza_store::ledger::DeviceStanding;

use crate::error::Result;
use crate::home::Home;
use crate::local::{BackupFailed, Local, Remembered};
use crate::page::series::moment;
use crate::page::workspace::Notice;
use crate::workspace::Workspace;

/// How far the workspace's clock may be ahead of this computer's before it is told, milliseconds. Clocks of computers
/// that ask the network differ by seconds; less than this nobody has to set anything right.
const CLOCK_AHEAD_TOLD_MS: i64 = 10 * 60 * 1000;

impl Workspace {
    /// What a person should know now and has not read yet.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn notices(&self) -> Result<Vec<Notice>> {
        // What cannot be remembered is told again next time: nothing is lost by it.
        drop(self.notice_device());
        let known = self.local().map(Local::read).unwrap_or_default();
        let mut notices = self.true_notices(&known)?;
        notices.retain(|notice| !known.dismissed.contains(&(notice.code.clone(), notice.detail.clone())));
        Ok(notices)
    }

    /// A person has read a notice. Nothing happens where it is not true any more.
    ///
    /// # Errors
    /// What the ledger says; what this device remembers cannot be written.
    pub fn dismiss_notice(&self, code: &str) -> Result<()> {
        let Some(local) = self.local() else { return Ok(()) };
        let read: Vec<(String, String)> = self
            .true_notices(&local.read())?
            .into_iter()
            .filter(|notice| notice.code == code)
            .map(|notice| (notice.code, notice.detail))
            .collect();
        local.change(|known| {
            // What it was about before is of no interest any more: the list stays short.
            known.dismissed.retain(|(other, _)| other != code);
            known.dismissed.extend(read);
        })
    }

    fn true_notices(&self, known: &Remembered) -> Result<Vec<Notice>> {
        let mut notices = Vec::new();
        let mut tell = |code: &str, detail: String| notices.push(Notice { code: code.to_owned(), detail });
        // The keys of the sample company sign what nobody did: where they lie is nobody's concern.
        let is_own = !self.is_sample()?;
        if let Some(KeyWarning::InFile { folder, .. }) = self.ledger().key_warning()?.filter(|_| is_own) {
            tell("key_in_file", folder.display().to_string());
        }
        let (device, standing) = self.ledger().device()?;
        let short = device.as_ref().map(DeviceId::short).unwrap_or_default();
        match standing {
            DeviceStanding::Waiting => tell("not_admitted", short),
            DeviceStanding::CutOff => tell("cut_off", short),
            DeviceStanding::Admitted | DeviceStanding::MustRenew => {}
        }
        if let Some(made_at) = known.restored {
            tell("restored_copy", moment(made_at));
        } else if let Some(at) = known.renewed {
            tell("device_renewed", moment(at));
        }
        let latest = self.ledger().latest_stamp()?;
        if latest.wall_ms > self.now_ms().saturating_add(CLOCK_AHEAD_TOLD_MS) {
            tell("clock_ahead", moment(latest.wall_ms));
        }
        for name in self.waiting_batches()? {
            tell("batch_held", name);
        }
        if let Some(BackupFailed { day, why }) = &known.backup_failed {
            tell("backup_failed", format!("{day}: {why}"));
        }
        Ok(notices)
    }

    /// Names of the integrations whose batch waits at its checkpoint.
    fn waiting_batches(&self) -> Result<Vec<String>> {
        let (held, known) = {
            let reader = self.intake_reader()?;
            (reader.view().held()?, reader.view().integrations()?)
        };
        let waiting = held.iter().filter(|one| one.held_at.is_some());
        let ids = waiting.filter_map(|held| known.iter().find(|one| one.number == held.integration));
        ids.map(|known| self.integration_name(&known.name)).collect()
    }

    /// Compares the device that this copy writes as with the one that was here last time, so that a person is told
    /// when a copy had to take a new id.
    pub(crate) fn notice_device(&self) -> Result<()> {
        let (Some(local), (device, _)) = (self.local(), self.ledger().device()?) else { return Ok(()) };
        let now_ms = self.now_ms();
        let seen = device.map(|device| device.to_string());
        local.change(|known| {
            self.folder().clone_into(&mut known.folder);
            if known.device.is_some() && known.device != seen {
                known.renewed = Some(now_ms);
            }
            known.device = seen;
        })
    }
}

impl Home {
    /// Looks at the daily backup of an open workspace: makes it where it is missing. That it did not work is
    /// remembered as a notice, and forgotten once it works. Returns whether anything changed that a screen shows.
    pub fn look_after(&self, workspace: &Workspace) -> bool {
        let made = self.back_up_daily(workspace);
        let failed = match &made {
            Ok(_) => None,
            Err(error) => workspace.today().ok().map(|day| BackupFailed { day, why: error.to_string() }),
        };
        let mut is_news = matches!(made, Ok(Some(_)));
        if let Some(local) = workspace.local() {
            is_news |= local.read().backup_failed != failed;
            // Where even this cannot be written there is no place left to say so.
            drop(local.change(|known| known.backup_failed = failed));
        }
        is_news
    }
}

#[cfg(test)]
mod tests;
