//! Each notice is told when it is true, once, and again when it is about something else.

use std::path::Path;
use std::sync::Arc;

use plaza_domain::language::Language;
use plaza_domain::workspace::TimeZone;
use plaza_store::key::{FileKeys, KeyName, KeyringSilence, Keys, MemoryKeys, Secret};

use super::*;
use crate::clock::SetClock;
use crate::pull::Unwatched;
use crate::workspace::Founding;

/// Some hours into 2026-11-23.
const NOW: i64 = 1_795_420_800_000;
const DAY_MS: i64 = 86_400_000;

struct Desk {
    folder: tempfile::TempDir,
    clock: Arc<SetClock>,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), clock: Arc::new(SetClock::new(NOW)) }
    }

    fn home(&self, data: &str, keys: Arc<dyn Keys>) -> Home {
        Home::with(&self.folder.path().join(data), keys, self.clock.clone())
    }

    fn found(&self, home: &Home) -> Workspace {
        self.found_as(home, "Mill")
    }

    fn found_as(&self, home: &Home, company: &str) -> Workspace {
        let founding = Founding {
            company: company.into(),
            language: Language::En,
            time_zone: TimeZone::UTC,
            departments: vec![(None, "Sales".into())],
            me: "Ada".into(),
            my_department: None,
        };
        let folder = self.folder.path().join("mill");
        drop(Workspace::found(&folder, &founding, home.keys(), home.clock()).unwrap());
        home.open(&folder).unwrap()
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }
}

fn codes(workspace: &Workspace) -> Vec<String> {
    workspace.notices().unwrap().into_iter().map(|notice| notice.code).collect()
}

#[test]
fn a_workspace_in_order_has_none() {
    let desk = Desk::new();
    let home = desk.home("data", Arc::new(MemoryKeys::default()));
    let mill = desk.found(&home);
    assert!(home.look_after(&mill), "a backup was made");
    assert_eq!(codes(&mill), [""; 0]);
    drop(mill);
    assert_eq!(codes(&home.open(&desk.path("mill")).unwrap()), [""; 0]);
}

/// Keys in files, as on a system without a keyring.
#[derive(Debug)]
struct NoKeyring(FileKeys);

impl Keys for NoKeyring {
    fn load(&self, name: KeyName) -> Result<Option<Secret>, plaza_store::key::KeyError> {
        self.0.load(name)
    }

    fn save(&self, name: KeyName, secret: &Secret) -> Result<(), plaza_store::key::KeyError> {
        self.0.save(name, secret)
    }

    fn load_word(
        &self,
        name: &plaza_store::key::WordName,
    ) -> Result<Option<plaza_store::key::Word>, plaza_store::key::KeyError> {
        self.0.load_word(name)
    }

    fn save_word(
        &self,
        name: &plaza_store::key::WordName,
        word: Option<&plaza_store::key::Word>,
    ) -> Result<bool, plaza_store::key::KeyError> {
        self.0.save_word(name, word)
    }

    fn warning_of(&self, _: KeyName) -> Option<KeyWarning> {
        Some(KeyWarning::InFile { folder: self.0.folder().to_owned(), reason: KeyringSilence::Unavailable })
    }
}

#[test]
fn a_key_in_a_file_is_told_until_it_is_read() {
    let desk = Desk::new();
    let home = desk.home("data", Arc::new(NoKeyring(FileKeys::new(desk.path("keys")))));
    let mill = desk.found(&home);
    let notices = mill.notices().unwrap();
    assert_eq!(notices.len(), 1);
    assert_eq!(
        (notices[0].code.as_str(), notices[0].detail.as_str()),
        ("key_in_file", desk.path("keys").to_str().unwrap())
    );
    mill.dismiss_notice("nonsense").unwrap();
    assert_eq!(codes(&mill), ["key_in_file"]);
    mill.dismiss_notice("key_in_file").unwrap();
    assert_eq!(codes(&mill), [""; 0]);
    drop(mill);
    assert_eq!(codes(&home.open(&desk.path("mill")).unwrap()), [""; 0], "read is read, on this device");
}

#[test]
fn where_the_sample_company_keeps_its_keys_is_nobodys_concern() {
    let desk = Desk::new();
    let home = desk.home("data", Arc::new(NoKeyring(FileKeys::new(desk.path("keys")))));
    let sample = desk.found_as(&home, crate::sample::COMPANY);
    assert!(sample.ledger().key_warning().unwrap().is_some(), "the key lies in a file");
    assert_eq!(codes(&sample), [""; 0]);
}

#[test]
fn a_restored_copy_says_so_and_is_no_twin() {
    let desk = Desk::new();
    let home = desk.home("data", Arc::new(MemoryKeys::default()));
    let mill = desk.found(&home);
    let file = home.back_up(&mill, None, &Unwatched::default()).unwrap().path;
    desk.clock.set(NOW + DAY_MS);
    home.restore(&file, &desk.path("copy"), &Unwatched::default()).unwrap();
    let copy = home.open(&desk.path("copy")).unwrap();
    let notices = copy.notices().unwrap();
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert_eq!(notices[0].code, "restored_copy");
    assert!(notices[0].detail.starts_with("2026-11-23T"), "{notices:?}");
    assert_ne!(copy.ledger().device().unwrap().0, mill.ledger().device().unwrap().0);
    assert_eq!(copy.me().unwrap(), mill.me().unwrap(), "it is still the same person's");
    assert_eq!(codes(&mill), [""; 0]);
}

#[test]
fn a_copy_on_another_computer_may_not_write_until_the_recovery_code_is_given() {
    let desk = Desk::new();
    let home = desk.home("data", Arc::new(MemoryKeys::default()));
    let mill = desk.found(&home);
    let file = home.back_up(&mill, None, &Unwatched::default()).unwrap().path;
    let elsewhere = desk.home("other", Arc::new(MemoryKeys::default()));
    elsewhere.restore(&file, &desk.path("copy"), &Unwatched::default()).unwrap();
    let copy = elsewhere.open(&desk.path("copy")).unwrap();
    assert_eq!(codes(&copy), ["not_admitted", "restored_copy"]);
    assert!(copy.admit("not a code").is_err());
    assert_eq!(codes(&copy), ["not_admitted", "restored_copy"]);
    assert!(!copy.take_part().unwrap());
}

#[test]
fn a_copied_folder_is_told_when_its_device_was_renewed() {
    let desk = Desk::new();
    let home = desk.home("data", Arc::new(MemoryKeys::default()));
    let mill = desk.found(&home);
    assert_eq!(codes(&mill), [""; 0]);
    let twin = desk.path("twin");
    drop(mill);
    copy_folder(&desk.path("mill"), &twin);
    let (mill, twin) = (home.open(&desk.path("mill")).unwrap(), home.open(&twin).unwrap());
    for (workspace, name) in [(&mill, "A"), (&twin, "B")] {
        workspace.save_person(None, name, "", None, <_>::default()).unwrap();
    }
    let events = |workspace: &Workspace| -> Vec<_> {
        let kept = workspace.ledger().events_after(plaza_store::ledger::Position(0), 1000).unwrap();
        kept.into_iter().map(|kept| kept.sealed).collect()
    };
    let imported = twin.ledger().import(&events(&mill), NOW).unwrap();
    assert!(imported.own_fork);
    assert!(twin.take_part().unwrap());
    assert_eq!(codes(&twin), ["device_renewed"]);
    assert_eq!(codes(&mill), [""; 0]);
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn a_clock_that_was_set_back_is_told_and_again_when_it_goes_on() {
    let desk = Desk::new();
    let home = desk.home("data", Arc::new(MemoryKeys::default()));
    let mill = desk.found(&home);
    desk.clock.set(NOW - 5 * 60_000);
    assert_eq!(codes(&mill), [""; 0], "five minutes are nobody's concern");
    desk.clock.set(NOW - DAY_MS);
    assert_eq!(codes(&mill), ["clock_ahead"]);
    mill.dismiss_notice("clock_ahead").unwrap();
    assert_eq!(codes(&mill), [""; 0]);
    desk.clock.set(NOW + 60_000);
    mill.save_person(None, "A", "", None, <_>::default()).unwrap();
    desk.clock.set(NOW - DAY_MS);
    assert_eq!(codes(&mill), ["clock_ahead"], "it is about a later entry now");
}

#[test]
fn a_daily_backup_that_fails_is_told_with_its_reason_until_one_works() {
    let desk = Desk::new();
    let home = desk.home("data", Arc::new(MemoryKeys::default()));
    let mill = desk.found(&home);
    // A file where the folder of backups should be.
    std::fs::write(home.backup_folder(), "in the way").unwrap();
    assert!(home.look_after(&mill));
    let notices = mill.notices().unwrap();
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].code, "backup_failed");
    assert!(
        notices[0].detail.starts_with("2026-11-23: ") && notices[0].detail.contains("backups"),
        "{notices:?}"
    );
    mill.dismiss_notice("backup_failed").unwrap();
    assert!(!home.look_after(&mill), "the same again is no news");
    assert_eq!(codes(&mill), [""; 0]);
    desk.clock.set(NOW + DAY_MS);
    assert!(home.look_after(&mill));
    assert_eq!(codes(&mill), ["backup_failed"], "another day is");
    std::fs::remove_file(home.backup_folder()).unwrap();
    assert!(home.look_after(&mill));
    assert_eq!(codes(&mill), [""; 0]);
}
