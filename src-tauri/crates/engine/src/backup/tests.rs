//! Daily backups kept and taken away, beside those of others and those by hand.

use std::sync::Arc;

use plaza_domain::workspace::TimeZone;
use plaza_store::key::MemoryKeys;

use super::*;
use crate::clock::SetClock;
use crate::pull::Unwatched;
use crate::workspace::Founding;

const DAY_MS: i64 = 86_400_000;
/// Some hours into 2026-11-23.
const NOW: i64 = 1_795_420_800_000;

struct Desk {
    folder: tempfile::TempDir,
    clock: Arc<SetClock>,
    keys: Arc<MemoryKeys>,
    home: Home,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (clock, keys) = (Arc::new(SetClock::new(NOW)), Arc::new(MemoryKeys::default()));
        let home = Home::with(&folder.path().join("data"), keys.clone(), clock.clone());
        Self { folder, clock, keys, home }
    }

    fn found(&self, name: &str) -> Workspace {
        let founding = Founding {
            company: name.into(),
            language: Language::En,
            time_zone: TimeZone::UTC,
            departments: vec![(None, "Sales".into())],
            me: "Ada".into(),
            my_department: None,
        };
        let folder = self.folder.path().join(name);
        Workspace::found(&folder, &founding, self.keys.clone(), self.clock.clone()).unwrap().0
    }

    fn listed(&self, workspace: &Workspace) -> Vec<BackupView> {
        self.home.backup_page(workspace).unwrap().backups
    }
}

#[test]
fn a_day_has_one_daily_backup_and_so_many_are_kept() {
    let desk = Desk::new();
    let mill = desk.found("mill");
    desk.home.keep_backups(3).unwrap();
    for day in 0..5 {
        desk.clock.set(NOW + day * DAY_MS);
        assert!(desk.home.back_up_daily(&mill).unwrap().is_some());
        assert!(desk.home.back_up_daily(&mill).unwrap().is_none());
    }
    let listed = desk.listed(&mill);
    let days: Vec<&str> = listed.iter().map(|backup| &backup.made[..10]).collect();
    assert_eq!(days, ["2026-11-27", "2026-11-26", "2026-11-25"]);
    assert!(listed.iter().all(|backup| backup.automatic && backup.size_bytes > 1000.0));
}

#[test]
fn those_of_another_workspace_those_by_hand_and_other_files_stay() {
    let desk = Desk::new();
    let (mill, bakery) = (desk.found("mill"), desk.found("bakery"));
    desk.home.keep_backups(1).unwrap();
    desk.home.back_up_daily(&bakery).unwrap().unwrap();
    let by_hand = desk.home.back_up(&mill, None, &Unwatched::default()).unwrap().path;
    let other = desk.home.backup_folder().join("notes.plaza");
    std::fs::write(&other, "not a backup").unwrap();
    for day in 0..3 {
        desk.clock.set(NOW + day * DAY_MS);
        desk.home.back_up_daily(&mill).unwrap().unwrap();
    }
    assert_eq!(desk.listed(&bakery).len(), 1);
    let listed = desk.listed(&mill);
    assert_eq!(listed.iter().map(|backup| backup.automatic).collect::<Vec<_>>(), [true, false]);
    assert!(by_hand.is_file() && other.is_file());
}

#[test]
fn a_copy_of_a_workspace_keeps_backups_of_its_own() {
    let desk = Desk::new();
    let mill = desk.found("mill");
    desk.home.keep_backups(1).unwrap();
    let first = desk.home.back_up_daily(&mill).unwrap().unwrap().path;
    desk.home.restore(&first, &desk.folder.path().join("copy"), &Unwatched::default()).unwrap();
    let copy = desk.home.open(&desk.folder.path().join("copy")).unwrap();
    let second = desk.home.back_up_daily(&copy).unwrap().unwrap().path;
    desk.clock.set(NOW + DAY_MS);
    desk.home.back_up_daily(&copy).unwrap().unwrap();
    assert!(first.is_file(), "the original's stays");
    assert!(!second.is_file(), "the copy's older one went");
    assert_eq!(desk.listed(&mill).len(), 2, "both are backups of one workspace");
}

#[test]
fn none_are_made_where_none_are_kept_and_those_that_are_there_stay() {
    let desk = Desk::new();
    let mill = desk.found("mill");
    assert_eq!(desk.home.backups_kept(), KEPT_DEFAULT);
    desk.home.back_up_daily(&mill).unwrap().unwrap();
    desk.home.keep_backups(0).unwrap();
    desk.clock.set(NOW + DAY_MS);
    assert!(desk.home.back_up_daily(&mill).unwrap().is_none());
    assert_eq!(desk.listed(&mill).len(), 1);
    assert!(matches!(desk.home.keep_backups(KEPT_MAX + 1), Err(EngineError::Invalid { .. })));
    assert_eq!(desk.home.backup_page(&mill).unwrap().keep, 0);
}

#[test]
fn two_programs_never_make_it_at_once() {
    let desk = Desk::new();
    let mill = desk.found("mill");
    let turn = Turn::wait(&desk.home.backup_folder()).unwrap();
    assert!(desk.home.back_up_daily(&mill).unwrap().is_none());
    drop(turn);
    assert!(desk.home.back_up_daily(&mill).unwrap().is_some());
}

#[test]
fn a_backup_or_restoring_that_is_stopped_leaves_nothing() {
    let desk = Desk::new();
    let mill = desk.found("mill");
    let (file, folder) = (desk.folder.path().join("b.plaza"), desk.folder.path().join("copy"));
    let stopped = Unwatched::default();
    stopped.cancel().store(true, Ordering::Relaxed);
    assert!(matches!(mill.back_up(&file, &stopped), Err(EngineError::Cancelled)));
    assert!(!file.exists());
    mill.back_up(&file, &Unwatched::default()).unwrap();
    assert!(matches!(desk.home.restore(&file, &folder, &stopped), Err(EngineError::Cancelled)));
    assert!(!folder.exists());
}

#[test]
fn the_first_look_is_soon_after_opening_and_then_hourly() {
    let mut schedule = Schedule::default();
    let (start, mill, bakery) = (Instant::now(), Path::new("/mill"), Path::new("/bakery"));
    let mut looks = Vec::new();
    for minute in 0..=130 {
        if schedule.is_due(Some(mill), start + Duration::from_secs(60 * minute)) {
            looks.push(minute);
        }
    }
    assert_eq!(looks, [1, 61, 121]);
    let later = start + Duration::from_mins(140);
    assert!(!schedule.is_due(Some(bakery), later), "another workspace begins anew");
    assert!(schedule.is_due(Some(bakery), later + FIRST_LOOK_AFTER));
    assert!(!schedule.is_due(None, later));
    assert!(!schedule.is_due(Some(bakery), later + LOOK_EVERY), "it was closed and opened again");
}
