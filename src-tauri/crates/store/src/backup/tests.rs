//! Backups made, kept, restored, and damaged.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use plaza_domain::event::Payload;
use plaza_domain::workspace::SettingChange;

use super::*;
use crate::key::{KeyName, KeyRole, Keys, MemoryKeys};
use crate::ledger::{DeviceStanding, Draft, Outcome, Position};

const NOW: i64 = 1_795_000_000_000;

fn company(name: &str) -> Draft {
    Draft::act(Payload::SettingsChanged { changes: vec![SettingChange::Company(name.into())] })
}

struct Place {
    folder: tempfile::TempDir,
    keys: Arc<MemoryKeys>,
    ledger: Ledger,
}

impl Place {
    fn new() -> Self {
        let (folder, keys) = (tempfile::tempdir().unwrap(), Arc::new(MemoryKeys::default()));
        let ledger = Ledger::found(&folder.path().join("work"), "Mill", keys.clone(), NOW).unwrap().ledger;
        ledger.append(&[company("before")], NOW).unwrap();
        Self { folder, keys, ledger }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Everything in the folder, hidden files too.
    fn listing(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

fn restored(file: &Path, folder: &Path, now_ms: i64) -> Result<Restored> {
    restore(file, folder, now_ms, |_| Ok(()))
}

fn intake_value(folder: &Path) -> i64 {
    let intake = Connection::open(folder.join(INTAKE_FILE)).unwrap();
    intake.query_row("SELECT x FROM kept", [], |row| row.get(0)).unwrap()
}

#[test]
fn a_restored_copy_holds_everything_and_goes_on_under_a_new_device() {
    let place = Place::new();
    let intake = Connection::open(place.path("work").join(INTAKE_FILE)).unwrap();
    intake.pragma_update(None, "journal_mode", "WAL").unwrap();
    intake.execute_batch("CREATE TABLE kept (x INTEGER); INSERT INTO kept VALUES (42);").unwrap();
    // The intake stays open with its pages still in the write-ahead log.
    let written = write(&place.ledger, &place.path("b.plaza"), NOW).unwrap();
    assert_eq!(written.bytes, fs::metadata(place.path("b.plaza")).unwrap().len());
    place.ledger.append(&[company("after")], NOW + 1).unwrap();

    let copied = restored(&place.path("b.plaza"), &place.path("copy"), NOW + 2).unwrap();
    assert_eq!((copied.workspace, copied.made_at), (place.ledger.workspace(), NOW));
    assert!(copied.verified.is_sound());
    assert_eq!(intake_value(&place.path("copy")), 42);
    assert_eq!(place.listing(), ["b.plaza", "copy", "work"]);

    let copy = Ledger::open(&place.path("copy"), place.keys.clone(), NOW + 2).unwrap();
    assert_eq!(copy.view(|view| view.settings()).unwrap().company, "before");
    let (old, standing) = copy.device().unwrap();
    assert_eq!(standing, DeviceStanding::MustRenew);
    let appended = copy.append(&[company("copy")], NOW + 3).unwrap();
    assert_eq!(appended.renewed.unwrap().old, old);
    assert!(copy.verify().unwrap().is_sound());

    // Both go on, and each takes in what the other did: no fork.
    let events: Vec<_> =
        copy.events_after(Position::default(), 100).unwrap().into_iter().map(|kept| kept.sealed).collect();
    let imported = place.ledger.import(&events, NOW + 4).unwrap();
    assert!(imported.forks.is_empty() && imported.waiting == 0, "{imported:?}");
    assert_eq!(place.ledger.view(|view| view.settings()).unwrap().company, "copy");
}

#[test]
fn a_backup_is_of_one_moment_while_others_write() {
    let place = Place::new();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut number = 0;
            while !done.load(Ordering::Relaxed) {
                number += 1;
                let outcomes =
                    place.ledger.append(&[company(&number.to_string())], NOW + number).unwrap().outcomes;
                assert!(matches!(outcomes[0], Outcome::Written(_)));
            }
        });
        for round in 0..5 {
            let file = place.path(&format!("{round}.plaza"));
            write(&place.ledger, &file, NOW).unwrap();
            let copied = restored(&file, &place.path(&format!("copy{round}")), NOW).unwrap();
            assert!(copied.verified.is_sound());
        }
        done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn no_key_is_in_a_backup() {
    let place = Place::new();
    write(&place.ledger, &place.path("b.plaza"), NOW).unwrap();
    restored(&place.path("b.plaza"), &place.path("copy"), NOW).unwrap();
    let workspace = place.ledger.workspace();
    let device = place.ledger.device().unwrap().0.unwrap();
    for role in [KeyRole::Keeper, KeyRole::Device(device)] {
        let secret = place.keys.load(KeyName { workspace, role }).unwrap().unwrap();
        for file in ["b.plaza", "copy/ledger.db"] {
            let bytes = fs::read(place.path(file)).unwrap();
            assert!(!bytes.windows(32).any(|window| window == secret.expose()), "{file}");
        }
    }
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let place = Place::new();
    write(&place.ledger, &place.path("b.plaza"), NOW).unwrap();
    fs::create_dir(place.path("full")).unwrap();
    fs::write(place.path("full").join("mine.txt"), "mine").unwrap();
    let refused = restored(&place.path("b.plaza"), &place.path("full"), NOW).unwrap_err();
    assert!(matches!(refused, StoreError::NotEmpty { .. }));
    assert_eq!(fs::read_dir(place.path("full")).unwrap().count(), 1);
    fs::create_dir(place.path("empty")).unwrap();
    restored(&place.path("b.plaza"), &place.path("empty"), NOW).unwrap();
    restored(&place.path("b.plaza"), &place.path("new/and/deep"), NOW).unwrap();
}

#[test]
fn a_damaged_backup_is_told_and_leaves_nothing_behind() {
    let place = Place::new();
    let good = place.path("b.plaza");
    write(&place.ledger, &good, NOW).unwrap();
    let bytes = fs::read(&good).unwrap();
    let before = |place: &Place| {
        let mut names = place.listing();
        names.retain(|name| name != "bad.plaza");
        names
    };
    let listing = before(&place);
    let rebuilt = |manifest: &dyn Fn(&mut Manifest), extra: Option<&str>| {
        let mut manifest_of = None;
        let mut bundle = tar::Builder::new(Vec::new());
        for entry in tar::Archive::new(bytes.as_slice()).entries().unwrap() {
            let mut entry = entry.unwrap();
            let name = entry.path().unwrap().to_string_lossy().into_owned();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            if name == MANIFEST {
                let mut read: Manifest = serde_json::from_slice(&content).unwrap();
                manifest(&mut read);
                content = serde_json::to_vec(&read).unwrap();
                manifest_of = Some(read);
            }
            bundle.append_data(&mut header(content.len() as u64), name, content.as_slice()).unwrap();
        }
        if let Some(name) = extra {
            bundle.append_data(&mut header(1), name, &b"x"[..]).unwrap();
        }
        assert!(manifest_of.is_some());
        bundle.into_inner().unwrap()
    };
    let flipped = |at: usize| {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x40;
        bytes
    };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("empty", Vec::new()),
        ("rubbish", b"rubbish".repeat(400)),
        ("a tar of something else", {
            let mut bundle = tar::Builder::new(Vec::new());
            bundle.append_data(&mut header(3), "photo.jpg", &b"abc"[..]).unwrap();
            bundle.into_inner().unwrap()
        }),
        ("cut off in the list", bytes[..600].to_vec()),
        ("cut off in the ledger", bytes[..bytes.len() / 2].to_vec()),
        ("a flipped bit in the ledger", flipped(bytes.len() / 2)),
        ("another hash", rebuilt(&|m| m.databases[0].blake3 = "0".repeat(64), None)),
        ("more bytes than it says", rebuilt(&|m| m.databases[0].bytes -= 1, None)),
        ("another workspace", rebuilt(&|m| m.workspace = WorkspaceId([7; 32]), None)),
        ("a newer format", rebuilt(&|m| m.version = 2, None)),
        ("another format", rebuilt(&|m| m.format = "other".into(), None)),
        ("a path that leaves the folder", rebuilt(&|m| m.databases[0].name = "x/ledger.db".into(), None)),
        ("a file too many", rebuilt(&|_| (), Some("extra.txt"))),
        ("one database twice", rebuilt(&|m| m.databases.push(m.databases[0].clone()), None)),
        ("no ledger", rebuilt(&|m| m.databases.clear(), None)),
        (
            "a database missing",
            rebuilt(
                &|m| m.databases.push(Packed { name: INTAKE_FILE.into(), bytes: 1, blake3: String::new() }),
                None,
            ),
        ),
    ];
    for (label, bytes) in cases {
        fs::write(place.path("bad.plaza"), bytes).unwrap();
        let refused = restored(&place.path("bad.plaza"), &place.path("copy"), NOW).unwrap_err();
        assert!(matches!(refused, StoreError::DamagedBackup { .. }), "{label}: {refused:?}");
        assert_eq!(before(&place), listing, "{label}");
    }
    let missing = restored(&place.path("none.plaza"), &place.path("copy"), NOW).unwrap_err();
    assert!(matches!(missing, StoreError::File { .. }));
}

#[test]
fn a_ledger_that_does_not_verify_is_not_restored() {
    let place = Place::new();
    let ledger = Connection::open(place.path("work").join(LEDGER.file)).unwrap();
    ledger.execute("UPDATE view_setting SET value = replace(value, 'before', 'forged')", []).unwrap();
    write(&place.ledger, &place.path("b.plaza"), NOW).unwrap();
    let refused = restored(&place.path("b.plaza"), &place.path("copy"), NOW).unwrap_err();
    assert!(matches!(refused, StoreError::Unverified { .. }), "{refused:?}");
    assert_eq!(place.listing(), ["b.plaza", "work"]);
}

#[test]
fn a_backup_that_cannot_be_written_leaves_nothing_behind() {
    let place = Place::new();
    fs::create_dir(place.path("taken")).unwrap();
    assert!(matches!(write(&place.ledger, &place.path("taken"), NOW), Err(StoreError::File { .. })));
    assert!(matches!(
        write(&place.ledger, &place.path("no/folder/b.plaza"), NOW),
        Err(StoreError::File { .. })
    ));
    assert_eq!(place.listing(), ["taken", "work"]);
}

#[test]
fn a_file_that_is_no_backup_is_never_replaced() {
    let place = Place::new();
    for (name, content) in [("orders.csv", "order,line\n4711,1\n"), ("empty", "")] {
        fs::write(place.path(name), content).unwrap();
        let refused = write(&place.ledger, &place.path(name), NOW).unwrap_err();
        assert!(matches!(refused, StoreError::NoBackup { .. }), "{refused:?}");
        assert_eq!(fs::read_to_string(place.path(name)).unwrap(), content);
    }
    write(&place.ledger, &place.path("b.plaza"), NOW).unwrap();
    write(&place.ledger, &place.path("b.plaza"), NOW + 5).unwrap();
    let about = look(&place.path("b.plaza")).unwrap();
    assert_eq!(about, About { workspace: place.ledger.workspace(), made_at: NOW + 5 });
    assert!(matches!(look(&place.path("work")).unwrap_err(), StoreError::File { .. }));
}

#[test]
fn what_the_inspection_refuses_is_not_restored_and_no_folder_stays_behind() {
    let place = Place::new();
    write(&place.ledger, &place.path("b.plaza"), NOW).unwrap();
    let refuse = |copy: &Path| {
        assert!(copy.join(LEDGER.file).is_file());
        Err(StoreError::Busy)
    };
    let refused = restore(&place.path("b.plaza"), &place.path("new/and/deep"), NOW, refuse).unwrap_err();
    assert!(matches!(refused, StoreError::Busy));
    assert_eq!(place.listing(), ["b.plaza", "work"]);
}

#[cfg(unix)]
#[test]
fn only_its_user_may_read_a_backup_and_what_is_restored_from_it() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    daily(&place.ledger, &place.path("backups"), "2026-11-20".parse().unwrap(), 1, NOW).unwrap();
    write(&place.ledger, &place.path("b.plaza"), NOW).unwrap();
    restored(&place.path("b.plaza"), &place.path("copy"), NOW).unwrap();
    for name in ["b.plaza", "backups", "copy"] {
        let mode = fs::metadata(place.path(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name}: {mode:o}");
    }
}

#[test]
fn the_oldest_daily_backups_go_and_one_always_stays() {
    let name = |text: &str| text.parse::<BackupName>().unwrap();
    let own = name("plaza-abababab-11111111-2026-01-04.plaza");
    let names: Vec<_> = ["2026-01-03", "2026-01-01", "2025-12-31", "2026-01-02"]
        .iter()
        .map(|day| name(&format!("plaza-abababab-11111111-{day}.plaza")))
        // Another workspace's, and another copy's of this one.
        .chain([name("plaza-11111111-11111111-2020-01-01.plaza")])
        .chain([name("plaza-abababab-22222222-2020-01-01.plaza")])
        .collect();
    let going =
        |keep| surplus(&names, &own, keep).iter().map(|name| name.day.to_string()).collect::<Vec<_>>();
    assert_eq!(going(3), ["2025-12-31"]);
    assert_eq!(going(1), ["2025-12-31", "2026-01-01", "2026-01-02"]);
    assert_eq!(going(0), going(1));
    assert!(going(4).is_empty() && going(99).is_empty());
    for text in [
        "plaza-abababab-11111111-2026-1-3.plaza",
        "plaza-abababab-11111111-2026-01-03.plaza.part",
        "plaza-abababab-11111111-2026-01-03-101500.plaza",
        "plaza-abababab-2026-01-03.plaza",
        "plaza-.plaza",
        "mine.plaza",
        "",
    ] {
        assert!(text.parse::<BackupName>().is_err(), "{text}");
    }
}

#[test]
fn a_day_is_backed_up_once_and_other_files_are_left_alone() {
    let place = Place::new();
    let backups = place.path("backups");
    let first: plaza_domain::day::Day = "2026-11-20".parse().unwrap();
    for day in 0..4 {
        assert!(daily(&place.ledger, &backups, first.plus(day), 2, NOW).unwrap().is_some());
        assert!(daily(&place.ledger, &backups, first.plus(day), 2, NOW).unwrap().is_none());
        fs::write(backups.join("mine.plaza"), "mine").unwrap();
    }
    let mut names: Vec<_> = fs::read_dir(&backups)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let (workspace, device) = (place.ledger.workspace(), place.ledger.device().unwrap().0.unwrap());
    let kept = |day: &str| BackupName::new(workspace, device, day.parse().unwrap()).to_string();
    assert_eq!(names, ["mine.plaza".to_owned(), kept("2026-11-22"), kept("2026-11-23")]);
}
