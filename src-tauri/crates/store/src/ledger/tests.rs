//! The ledger in order, in disorder, forked and tampered with.

use std::collections::BTreeSet;
use std::path::Path;

use plaza_domain::day::Week;
use plaza_domain::event::AHEAD_MAX_MS;
use plaza_domain::person::PersonId;
use plaza_domain::workspace::SettingChange;
use proptest::prelude::*;
use rusqlite::params;
use tempfile::TempDir;

use super::acts::acts;
use super::verify::fingerprint;
use super::*;
use crate::key::{FileKeys, MemoryKeys, Secret};
use plaza_domain::event::{Authority, DeviceCut, DeviceGrant, Envelope, Payload, encode};

const NOW: i64 = 1_795_000_000_000;

struct Place {
    folder: TempDir,
    keys: Arc<MemoryKeys>,
    ledger: Ledger,
    recovery: crate::key::RecoveryCode,
}

fn found() -> Place {
    let (folder, keys) = (tempfile::tempdir().unwrap(), Arc::new(MemoryKeys::default()));
    let Founded { ledger, recovery } = Ledger::found(folder.path(), "Mill", keys.clone(), NOW).unwrap();
    Place { folder, keys, ledger, recovery }
}

fn company(name: &str) -> Draft {
    Draft::act(Payload::SettingsChanged { changes: vec![SettingChange::Company(name.into())] })
}

fn company_of(ledger: &Ledger) -> String {
    ledger.view(|view| view.settings()).unwrap().company
}

fn signed(week: i32, revision: u32) -> Draft {
    let payload = Payload::WeekSigned { kpi: "k".into(), week: Week(week), revision, note: String::new() };
    Draft::derived(payload, ["signed".to_owned(), week.to_string(), revision.to_string()])
}

fn all_events(ledger: &Ledger) -> Vec<SealedEvent> {
    ledger.events_after(Position(0), u32::MAX).unwrap().into_iter().map(|kept| kept.sealed).collect()
}

/// All projections of a ledger, as one hash for each table.
fn projections(ledger: &Ledger) -> Vec<(String, blake3::Hash)> {
    ledger
        .database
        .read(|connection| {
            let tables = view::table_names(connection)?;
            tables.into_iter().map(|table| Ok((table.clone(), fingerprint(connection, &table)?))).collect()
        })
        .unwrap()
}

/// Another copy of a workspace that knows its genesis event and nothing else: what a joining device starts with.
fn joiner(of: &Ledger, folder: &Path) -> Ledger {
    let genesis = of.events_after(Position(0), 1).unwrap().remove(0);
    let database = Database::open(folder, LEDGER).unwrap();
    database
        .write(|tx| {
            tx.execute(
                "INSERT INTO here (one, workspace, wall_ms, counter, view_version) VALUES (1, ?1, 0, 0, '')",
                params![of.workspace.0],
            )?;
            row::insert(tx, genesis.hash, &genesis.event, &genesis.sealed, Standing::Waiting).map(drop)
        })
        .unwrap();
    drop(database);
    Ledger::open(folder, Arc::new(MemoryKeys::default()), NOW).unwrap()
}

/// A device that is not in the ledger, writing by hand.
struct Stranger {
    key: SigningKey,
    seq: u64,
    prev: EventHash,
    /// As on every device, each event is later than the one before: two events of one stamp would be ordered by their
    /// hashes, that is by chance.
    clock: Stamp,
}

impl Stranger {
    fn new(seed: u8) -> Self {
        Self {
            key: Secret::from_bytes([seed; 32]).signing_key(),
            seq: 0,
            prev: EventHash::default(),
            clock: Stamp::default(),
        }
    }

    fn device(&self) -> DeviceId {
        DeviceId(self.key.verifying_key().to_bytes())
    }

    fn say(&mut self, workspace: WorkspaceId, at_ms: i64, payload: &Payload) -> SealedEvent {
        self.clock = self.clock.tick(at_ms);
        let envelope = Envelope {
            id: found::random_id().unwrap(),
            device: self.device(),
            seq: self.seq + 1,
            prev: self.prev,
            at: self.clock,
            acting_for: None,
        };
        let (hash, sealed) = seal::seal(&self.key, workspace, encode(&envelope, payload).unwrap());
        (self.seq, self.prev) = (envelope.seq, hash);
        sealed
    }

    fn grant(&self, from_seq: u64) -> DeviceGrant {
        DeviceGrant { device: self.device(), person: None, roles: BTreeSet::new(), from_seq }
    }
}

#[test]
fn a_founded_workspace_is_open_to_its_first_device_and_verifies() {
    let Place { folder, keys, ledger, .. } = found();
    assert_eq!(company_of(&ledger), "Mill");
    assert_eq!(ledger.device().unwrap().1, DeviceStanding::Admitted);
    ledger.append(&[company("New Mill")], NOW).unwrap();
    let verified = ledger.verify().unwrap();
    assert!(verified.is_sound(), "{verified:?}");
    assert_eq!((verified.events, verified.admitted, verified.devices), (3, 3, 1));
    drop(ledger);
    let again = Ledger::open(folder.path(), keys.clone(), NOW).unwrap();
    assert_eq!(company_of(&again), "New Mill");
    let refused = Ledger::found(folder.path(), "Other", keys, NOW).unwrap_err();
    assert!(matches!(refused, StoreError::WorkspaceExists { .. }));
    let empty = tempfile::tempdir().unwrap();
    let nothing = Ledger::open(empty.path(), Arc::new(MemoryKeys::default()), NOW).unwrap_err();
    assert!(matches!(nothing, StoreError::NoWorkspace { .. }));
    assert_eq!(std::fs::read_dir(empty.path()).unwrap().count(), 0, "looking leaves no trace");
}

#[test]
fn what_a_machine_repeats_is_written_once_and_an_act_each_time() {
    let place = found();
    let first = place.ledger.append(&[signed(1, 1), signed(1, 2), company("A")], NOW).unwrap();
    let second = place.ledger.append(&[signed(1, 2), company("A"), signed(1, 2)], NOW).unwrap();
    let Outcome::Written(hash) = first.outcomes[1] else { panic!("{first:?}") };
    assert_eq!(second.outcomes[0], Outcome::Already(hash));
    assert_eq!(second.outcomes[2], Outcome::Already(hash));
    assert!(matches!(second.outcomes[1], Outcome::Written(_)));
    assert_eq!(place.ledger.verify().unwrap().events, 2 + 3 + 1);
}

#[test]
fn an_append_that_fails_leaves_nothing_behind() {
    let place = found();
    let before = (all_events(&place.ledger), projections(&place.ledger));
    let too_large = company(&"x".repeat(plaza_domain::event::EVENT_BYTES_MAX));
    assert!(place.ledger.append(&[company("A"), too_large], NOW).is_err());
    assert_eq!((all_events(&place.ledger), projections(&place.ledger)), before);
}

#[test]
fn events_are_read_by_cursor_and_newest_first() {
    let place = found();
    place.ledger.append(&[signed(1, 1), signed(2, 1), signed(3, 1)], NOW).unwrap();
    let first = place.ledger.events_after(Position(0), 2).unwrap();
    let rest = place.ledger.events_after(first[1].position, 10).unwrap();
    assert_eq!((first.len(), rest.len()), (2, 3));
    let newest = place.ledger.events_before(None, 2).unwrap();
    assert_eq!(newest[0].position, rest[2].position);
    assert_eq!(place.ledger.events_before(Some(newest[1].position), 10).unwrap().len(), 3);
}

#[test]
fn two_programs_append_at_once_and_the_chain_stays_one() {
    let (folder, user) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let keys = || Arc::new(FileKeys::new(user.path().join("keys")));
    let first = Ledger::found(folder.path(), "Mill", keys(), NOW).unwrap().ledger;
    let second = Ledger::open(folder.path(), keys(), NOW).unwrap();
    std::thread::scope(|scope| {
        for (ledger, from) in [(&first, 0), (&second, 1000)] {
            scope.spawn(move || {
                for week in from..from + 40 {
                    ledger.append(&[signed(week, 1)], NOW).unwrap();
                }
            });
        }
    });
    let verified = first.verify().unwrap();
    assert!(verified.is_sound(), "{verified:?}");
    assert_eq!((verified.events, verified.devices, verified.forks), (82, 1, 0));
    assert_eq!(first.view(|view| view.signatures(&"k".into())).unwrap().len(), 80);
}

#[test]
fn a_device_counts_from_its_grant_until_its_cut() {
    let place = found();
    let (ledger, workspace) = (&place.ledger, place.ledger.workspace());
    let mut guest = Stranger::new(5);
    let say = |guest: &mut Stranger, name: &str| guest.say(workspace, NOW + 10, &company(name).payload);
    let one = say(&mut guest, "one");
    let imported = ledger.import(std::slice::from_ref(&one), NOW).unwrap();
    assert_eq!((imported.new, imported.waiting), (1, 1));
    assert_eq!(company_of(ledger), "Mill");

    ledger.grant(guest.grant(1), NOW).unwrap();
    assert_eq!(company_of(ledger), "one", "what waited counts with the grant");

    let (two, three) = (say(&mut guest, "two"), say(&mut guest, "three"));
    ledger.import(std::slice::from_ref(&two), NOW).unwrap();
    ledger.cut(guest.device(), NOW).unwrap();
    let imported = ledger.import(&[three, two], NOW).unwrap();
    assert_eq!((imported.new, imported.known, imported.quarantined), (1, 1, 1));
    assert_eq!(company_of(ledger), "two");
    assert!(ledger.verify().unwrap().is_sound());
}

#[test]
fn a_cut_that_comes_late_takes_back_what_was_shown() {
    let place = found();
    let (ledger, workspace) = (&place.ledger, place.ledger.workspace());
    let mut guest = Stranger::new(5);
    ledger.grant(guest.grant(1), NOW).unwrap();
    let good = guest.say(workspace, NOW + 10, &company("good").payload);
    let cut = DeviceCut { device: guest.device(), last_seq: 1, last_hash: guest.prev };
    let bad = guest.say(workspace, NOW + 20, &company("bad").payload);
    ledger.import(&[good, bad], NOW).unwrap();
    assert_eq!(company_of(ledger), "bad");

    let name = KeyName { workspace, role: KeyRole::Keeper };
    let keeper = place.keys.load(name).unwrap().unwrap().signing_key();
    let cut = seal::state(&keeper, Authority::Keeper, workspace, cut);
    ledger.append(&[Draft::act(Payload::DeviceCut(cut))], NOW).unwrap();
    assert_eq!(company_of(ledger), "good");
    assert!(ledger.verify().unwrap().is_sound());
}

#[test]
fn a_grant_or_cut_that_the_keeper_did_not_sign_does_nothing() {
    let place = found();
    let (ledger, workspace) = (&place.ledger, place.ledger.workspace());
    let mut guest = Stranger::new(5);
    let forged = seal::state(&guest.key, Authority::Keeper, workspace, guest.grant(1));
    let forged = guest.say(workspace, NOW, &Payload::DeviceGranted(forged));
    let (own, _) = ledger.device().unwrap();
    let cut = DeviceCut { device: own.unwrap(), last_seq: 1, last_hash: EventHash::default() };
    let cut = seal::state(&guest.key, Authority::Recovery, workspace, cut);
    let cut = guest.say(workspace, NOW, &Payload::DeviceCut(cut));
    let imported = ledger.import(&[forged, cut], NOW).unwrap();
    assert_eq!((imported.new, imported.waiting), (2, 2));
    assert_eq!(ledger.device().unwrap().1, DeviceStanding::Admitted);
    // A grant for another workspace is not one for this.
    let other = found();
    let name = KeyName { workspace, role: KeyRole::Keeper };
    let keeper = place.keys.load(name).unwrap().unwrap().signing_key();
    let foreign = seal::state(&keeper, Authority::Keeper, other.ledger.workspace(), guest.grant(1));
    ledger.append(&[Draft::act(Payload::DeviceGranted(foreign))], NOW).unwrap();
    assert_eq!(ledger.import(&[], NOW).unwrap().waiting, 2);
}

#[test]
fn what_is_not_as_it_was_signed_is_refused() {
    let place = found();
    let (ledger, workspace) = (&place.ledger, place.ledger.workspace());
    let mut guest = Stranger::new(5);
    let good = guest.say(workspace, NOW, &company("good").payload);
    let mut bytes = good.clone();
    let place_of_good = bytes.body.windows(4).position(|four| four == b"good").unwrap();
    bytes.body[place_of_good] = b'f';
    let mut signature = good.clone();
    signature.signature[3] ^= 1;
    let elsewhere = guest.say(WorkspaceId([9; 32]), NOW, &company("good").payload);
    let rubbish = SealedEvent { signature: [0; 64], body: b"rubbish".to_vec() };
    let imported = ledger.import(&[bytes, signature, elsewhere, rubbish], NOW).unwrap();
    let places: Vec<_> = imported.refused.iter().map(|refused| refused.place).collect();
    assert_eq!((imported.new, places), (0, vec![0, 1, 2, 3]));
    assert!(matches!(imported.refused[3].reason, Refusal::NotAnEvent(_)));
}

#[test]
fn a_weak_key_is_refused_though_an_all_zero_signature_fits_it() {
    let place = found();
    // The neutral element of the curve: with it R = 0·B − k·A is neutral for every message, so that the plain
    // equation holds for a signature that anybody can write.
    let mut weak = [0; 32];
    weak[0] = 1;
    let envelope = Envelope {
        id: found::random_id().unwrap(),
        device: DeviceId(weak),
        seq: 1,
        prev: EventHash::default(),
        at: (NOW, 0).into(),
        acting_for: None,
    };
    let mut signature = [0; 64];
    signature[0] = 1;
    let sealed = SealedEvent { signature, body: encode(&envelope, &company("forged").payload).unwrap() };
    let mut signed = plaza_domain::event::EVENT_TAG.to_vec();
    signed.extend(place.ledger.workspace().0);
    signed.extend(&sealed.body);
    let key = ed25519_dalek::VerifyingKey::from_bytes(&weak).unwrap();
    let fits =
        ed25519_dalek::Verifier::verify(&key, &signed, &ed25519_dalek::Signature::from_bytes(&signature));
    assert!(fits.is_ok(), "plain verification is fooled; that is why it is not used");
    let imported = place.ledger.import(&[sealed], NOW).unwrap();
    assert!(matches!(imported.refused[0].reason, Refusal::WeakKey { .. }));
}

#[test]
fn an_event_from_tomorrow_is_held_back_and_counts_when_its_day_comes() {
    let place = found();
    let (ledger, workspace) = (&place.ledger, place.ledger.workspace());
    let mut guest = Stranger::new(5);
    ledger.grant(guest.grant(1), NOW).unwrap();
    let later = NOW + AHEAD_MAX_MS + 1000;
    let event = guest.say(workspace, later, &company("from the future").payload);
    assert_eq!(ledger.import(&[event], NOW).unwrap().held_back, 1);
    assert_eq!(company_of(ledger), "Mill");
    ledger.append(&[company("now")], NOW + 5).unwrap();
    let newest = ledger.events_before(None, 1).unwrap().remove(0);
    assert!(newest.event.envelope.at.wall_ms < later, "its stamp was not merged");
    assert!(ledger.verify().unwrap().is_sound());
    let again = Ledger::open(place.folder.path(), place.keys.clone(), NOW + 2000).unwrap();
    assert_eq!(company_of(&again), "from the future");
}

#[test]
fn what_a_newer_plaza_wrote_is_kept_and_not_shown() {
    let place = found();
    let (ledger, workspace) = (&place.ledger, place.ledger.workspace());
    let guest = Stranger::new(5);
    ledger.grant(guest.grant(1), NOW).unwrap();
    let before = projections(ledger);
    let body = format!(
        r#"{{"id":"{}","device":"{}","seq":1,"prev":"{}","at":[{NOW},0],"version":7,"kind":"week_signed","payload":[]}}"#,
        "ab".repeat(16),
        guest.device(),
        EventHash::default()
    );
    let (_, sealed) = seal::seal(&guest.key, workspace, body.into_bytes());
    let imported = ledger.import(std::slice::from_ref(&sealed), NOW).unwrap();
    assert_eq!((imported.new, imported.newer), (1, 1));
    assert_eq!(projections(ledger), before);
    assert_eq!(ledger.events_before(None, 1).unwrap()[0].sealed, sealed, "passed on as it came");
    assert_eq!(ledger.verify().unwrap().newer, 1);
}

#[test]
fn a_copied_device_is_noticed_and_goes_on_under_a_new_id() {
    let place = found();
    let copy = tempfile::tempdir().unwrap();
    place
        .ledger
        .database
        .read(|c| crate::connection::copy_database(c, &copy.path().join(LEDGER.file)))
        .unwrap();
    let twin = Ledger::open(copy.path(), place.keys.clone(), NOW).unwrap();
    let ada = PersonId("ada".into());
    let (device, _) = place.ledger.device().unwrap();
    let chosen = Payload::ProfileChosen { device: device.unwrap(), person: ada.clone() };
    place.ledger.append(&[Draft::act(chosen), company("here")], NOW + 1).unwrap();
    twin.append(&[company("there")], NOW + 2).unwrap();
    let imported = place.ledger.import(&all_events(&twin), NOW + 3).unwrap();
    assert!(imported.own_fork);
    assert_eq!(imported.forks, vec![(device.unwrap(), 3)]);
    assert_eq!(place.ledger.device().unwrap().1, DeviceStanding::MustRenew);

    let appended = place.ledger.append(&[company("after")], NOW + 4).unwrap();
    let renewal = appended.renewed.unwrap();
    assert_eq!(renewal.old, device);
    assert_ne!(Some(renewal.new), device);
    assert_eq!(
        place.ledger.view(|view| view.profile(renewal.new)).unwrap(),
        Some(ada),
        "its person goes with it"
    );
    let verified = place.ledger.verify().unwrap();
    assert!(verified.is_sound(), "{verified:?}");
    assert_eq!(verified.forks, 1);
    assert_eq!(company_of(&place.ledger), "after");
}

#[test]
fn a_copy_without_the_keepers_key_waits_until_the_recovery_code_is_given() {
    let place = found();
    place.ledger.append(&[company("here")], NOW).unwrap();
    place.ledger.database.write(|tx| Ledger::mark_for_renewal(tx, "restored")).unwrap();
    let elsewhere = Ledger::open(place.folder.path(), Arc::new(MemoryKeys::default()), NOW).unwrap();
    for _ in 0..2 {
        let refused = elsewhere.append(&[company("A")], NOW).unwrap_err();
        assert!(matches!(refused, StoreError::NotAdmitted { .. }), "{refused}");
    }
    assert_eq!(elsewhere.device().unwrap().1, DeviceStanding::Waiting);
    let wrong = found().recovery;
    assert!(matches!(elsewhere.admit_by_recovery(&wrong, NOW), Err(StoreError::WrongRecoveryCode)));
    let code = place.recovery.reveal().parse().unwrap();
    elsewhere.admit_by_recovery(&code, NOW).unwrap();
    elsewhere.append(&[company("again")], NOW).unwrap();
    assert!(elsewhere.verify().unwrap().is_sound());
    assert_eq!(company_of(&elsewhere), "again");
}

#[test]
fn a_lost_key_is_told_and_no_event_is_written() {
    let place = found();
    let (device, _) = place.ledger.device().unwrap();
    let again = Ledger::open(place.folder.path(), place.keys.clone(), NOW).unwrap();
    place.keys.forget(KeyName { workspace: again.workspace(), role: KeyRole::Device(device.unwrap()) });
    assert!(matches!(again.append(&[company("A")], NOW), Err(StoreError::Key(KeyError::Missing { .. }))));
    assert_eq!(again.verify().unwrap().events, 2);
}

#[test]
fn tampering_is_found() {
    type Tamper = fn(&rusqlite::Connection) -> rusqlite::Result<usize>;
    let cases: [(&str, Tamper, fn(&Fault) -> bool); 9] = [
        (
            "a changed body",
            |c| {
                c.execute("UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'one', 'two') AS BLOB) WHERE seq = 3", [])
            },
            |fault| matches!(fault, Fault::Event { .. }),
        ),
        (
            "a changed signature",
            |c| c.execute("UPDATE event SET signature = zeroblob(64) WHERE seq = 3", []),
            |fault| matches!(fault, Fault::Event { .. }),
        ),
        (
            "a changed column",
            |c| c.execute("UPDATE event SET wall_ms = wall_ms + 1 WHERE seq = 4", []),
            |fault| matches!(fault, Fault::Column { column: "wall_ms or counter", .. }),
        ),
        (
            "a deleted event",
            |c| c.execute("DELETE FROM event WHERE seq = 3", []),
            |fault| matches!(fault, Fault::Gap { seq: 3, .. }),
        ),
        (
            "a changed standing",
            |c| c.execute("UPDATE event SET standing = 1 WHERE seq = 4", []),
            |fault| matches!(fault, Fault::Standing { .. }),
        ),
        (
            "a changed projection",
            |c| c.execute("UPDATE view_setting SET value = replace(value, 'two', 'six')", []),
            |fault| matches!(fault, Fault::Projection { table } if table == "view_setting"),
        ),
        (
            "a projection of nothing",
            |c| c.execute("CREATE TABLE view_ghostly (x INTEGER)", []).map(|_| 1),
            |fault| matches!(fault, Fault::Projection { table } if table == "view_ghostly"),
        ),
        (
            "a changed attachment",
            |c| c.execute("UPDATE attachment SET bytes = x'00'", []),
            |fault| matches!(fault, Fault::Attachment { .. }),
        ),
        (
            "a deleted genesis event",
            |c| c.execute("DELETE FROM event WHERE seq = 1", []),
            |fault| matches!(fault, Fault::Event { at: Position(1), .. }),
        ),
    ];
    for (label, tamper, is_it) in cases {
        let place = found();
        place.ledger.append(&[company("one"), company("two")], NOW).unwrap();
        place.ledger.keep_attachment(b"a picture", NOW).unwrap();
        let path = place.folder.path().join(LEDGER.file);
        drop(place.ledger);
        let connection = rusqlite::Connection::open(path).unwrap();
        connection.execute_batch("DROP TRIGGER event_stays; DROP TRIGGER event_stays_as_it_is;").unwrap();
        assert_eq!(tamper(&connection).unwrap(), 1, "{label}");
        drop(connection);
        let ledger = Ledger::open(place.folder.path(), place.keys.clone(), NOW).unwrap();
        let verified = ledger.verify().unwrap();
        let fault = verified.named.first();
        assert!(fault.is_some_and(is_it), "{label}: {verified:?}");
    }
}

#[test]
fn the_database_itself_refuses_to_change_an_event() {
    let place = found();
    for sql in
        ["DELETE FROM event", "UPDATE event SET body = x'00'", "UPDATE event SET acting_for = 'somebody'"]
    {
        assert!(place.ledger.database.write(|tx| Ok(tx.execute(sql, [])?)).is_err(), "{sql}");
    }
}

#[test]
fn projections_of_another_version_are_replayed_at_the_next_start() {
    let place = found();
    place.ledger.append(&[company("one"), signed(1, 1)], NOW).unwrap();
    let before = projections(&place.ledger);
    let spoil = "UPDATE here SET view_version = 'older'; DELETE FROM view_setting; CREATE TABLE view_old (x INTEGER);";
    place.ledger.database.write(|tx| Ok(tx.execute_batch(spoil)?)).unwrap();
    let again = Ledger::open(place.folder.path(), place.keys.clone(), NOW).unwrap();
    assert_eq!(projections(&again), before);
}

#[test]
fn no_secret_is_ever_printed() {
    let place = found();
    let (device, _) = place.ledger.device().unwrap();
    let workspace = place.ledger.workspace();
    let printed = format!("{:?} {:?} {:?}", place.ledger, place.keys, place.recovery);
    for role in [KeyRole::Keeper, KeyRole::Device(device.unwrap())] {
        let secret = place.keys.load(KeyName { workspace, role }).unwrap().unwrap();
        let hex = plaza_domain::event::PublicKey(*secret.expose()).to_string();
        let list = format!("{:?}", secret.expose());
        let first_bytes = list.trim_matches(['[', ']']).split(", ").take(6).collect::<Vec<_>>().join(", ");
        assert!(!printed.contains(&hex[..16]) && !printed.contains(&first_bytes), "{printed}");
    }
    assert!(!printed.contains(place.recovery.reveal().as_str()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Two devices, one of them granted and cut in the middle; any order, any repetition, any cut into batches.
    #[test]
    fn any_order_repetition_and_cut_of_the_log_gives_the_same_projections(
        said in prop::collection::vec((any::<bool>(), 0i64..5, acts()), 1..30),
        cut_after in prop::option::of(0usize..10),
        shuffle in prop::collection::vec(any::<prop::sample::Index>(), 80),
        batches in prop::collection::vec(1usize..8, 40),
    ) {
        let place = found();
        let (ledger, workspace) = (&place.ledger, place.ledger.workspace());
        let mut guest = Stranger::new(5);
        let mut cut = None;
        for (by_guest, at, payload) in said {
            if by_guest {
                let event = guest.say(workspace, NOW + at, &payload);
                if cut_after.is_some_and(|after| guest.seq == after as u64 + 1) {
                    cut = Some(DeviceCut { device: guest.device(), last_seq: guest.seq, last_hash: guest.prev });
                }
                ledger.import(&[event], NOW).unwrap();
            } else {
                ledger.append(&[Draft::act(payload)], NOW + at).unwrap();
            }
        }
        ledger.grant(guest.grant(2), NOW).unwrap();
        if let Some(cut) = cut {
            let name = KeyName { workspace, role: KeyRole::Keeper };
            let keeper = place.keys.load(name).unwrap().unwrap().signing_key();
            let cut = seal::state(&keeper, Authority::Keeper, workspace, cut);
            ledger.append(&[Draft::act(Payload::DeviceCut(cut))], NOW).unwrap();
        }
        prop_assert!(ledger.verify().unwrap().is_sound());
        let expected = projections(ledger);
        ledger.rebuild_views().unwrap();
        prop_assert_eq!(&projections(ledger), &expected, "a replay equals what grew");

        let mut log = all_events(ledger);
        let repeated: Vec<_> = shuffle.iter().take(10).map(|index| index.get(&log).clone()).collect();
        log.extend(repeated);
        for (place, index) in shuffle.iter().enumerate().take(log.len()) {
            let other = index.index(log.len());
            log.swap(place, other);
        }
        let folder = tempfile::tempdir().unwrap();
        let other = joiner(ledger, folder.path());
        let mut rest = log.as_slice();
        for size in batches.iter().cycle() {
            let (batch, after) = rest.split_at((*size).min(rest.len()));
            let imported = other.import(batch, NOW).unwrap();
            prop_assert!(imported.refused.is_empty(), "{:?}", imported.refused);
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(&projections(&other), &expected);
        let verified = other.verify().unwrap();
        prop_assert!(verified.is_sound(), "{:?}", verified);
    }
}
