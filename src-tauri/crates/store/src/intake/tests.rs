//! The intake holds what it was given.

use std::io::Read;

use super::*;

fn open() -> (tempfile::TempDir, Intake) {
    let folder = tempfile::tempdir().unwrap();
    let intake = Intake::open(folder.path()).unwrap();
    (folder, intake)
}

#[test]
fn the_migrations_are_well_formed() {
    migrations().validate().unwrap();
}

#[test]
fn a_file_of_a_newer_plaza_is_refused_with_a_clear_word() {
    let (folder, intake) = open();
    intake.connection.pragma_update(None, "user_version", 999).unwrap();
    drop(intake);
    let error = Intake::open(folder.path()).unwrap_err();
    assert!(matches!(error, IntakeError::Newer), "{error}");
    assert!(error.to_string().contains("newer Plaza"));
}

#[test]
fn a_load_that_is_dropped_never_was() {
    let (_folder, mut intake) = open();
    let load = intake.load().unwrap();
    let integration = load.integration_number("erp", b"m").unwrap();
    load.put_run("r1", integration, 0, 0).unwrap();
    drop(load);
    assert!(intake.view().integrations().unwrap().is_empty());
}

#[test]
fn an_original_reads_back_as_it_came() {
    let (_folder, mut intake) = open();
    let raw: Vec<u8> = (0..3 * CHUNK_BYTES / 2).map(|i| (i * i % 251) as u8).collect();
    let load = intake.load().unwrap();
    let number = load.put_original(&[9; 32], "orders.csv", raw.len() as i64, 7).unwrap();
    for (place, chunk) in raw.chunks(CHUNK_BYTES).enumerate() {
        let packed = pack(chunk).unwrap();
        load.put_chunk(number, place as i64, (place * CHUNK_BYTES) as i64, &packed).unwrap();
    }
    load.close_original(number, 3, "{}").unwrap();
    load.commit().unwrap();
    let reader = intake.reader().unwrap();
    let found = reader.view().original_by_hash(&[9; 32]).unwrap().unwrap();
    assert_eq!((found.number, found.name.as_str(), found.rows), (number, "orders.csv", 3));
    let mut back = Vec::new();
    reader.view().open_original(number).read_to_end(&mut back).unwrap();
    assert!(back == raw);
}

/// An intake with two kept files.
fn with_originals() -> (tempfile::TempDir, Intake) {
    let (folder, mut intake) = open();
    let load = intake.load().unwrap();
    for name in ["a.csv", "b.csv"] {
        let raw = name.repeat(100_000);
        let hash = *blake3::hash(raw.as_bytes()).as_bytes();
        let number = load.put_original(&hash, name, raw.len() as i64, 7).unwrap();
        load.put_chunk(number, 0, 0, &pack(raw.as_bytes()).unwrap()).unwrap();
        load.close_original(number, 3, "{}").unwrap();
    }
    load.commit().unwrap();
    (folder, intake)
}

#[test]
fn an_original_that_is_not_what_came_is_named() {
    let cases: [(&str, &str, &str); 5] = [
        (
            "other bytes",
            "UPDATE original_chunk SET bytes = (SELECT bytes FROM original_chunk WHERE original = 1)",
            "b.csv",
        ),
        ("another hash", "UPDATE original SET hash = zeroblob(32) WHERE number = 1", "a.csv"),
        ("another size", "UPDATE original SET size = size + 1 WHERE number = 2", "b.csv"),
        ("a missing chunk", "DELETE FROM original_chunk WHERE original = 1", "a.csv"),
        (
            "bytes that do not unpack",
            "UPDATE original_chunk SET bytes = x'0badc0de' WHERE original = 2",
            "b.csv",
        ),
    ];
    for (label, sql, name) in cases {
        let (_folder, intake) = with_originals();
        let sound = intake.view().verify(&|_, _| true).unwrap();
        assert_eq!((sound.originals, sound.faults), (2, 0));
        intake.connection.execute(sql, []).unwrap();
        let verified = intake.view().verify(&|_, _| true).unwrap();
        assert_eq!(verified.faults, 1, "{label}: {verified:?}");
        assert!(
            matches!(verified.named.first(), Some(IntakeFault::Original { name: found, .. }) if found == name),
            "{label}: {verified:?}"
        );
    }
}

#[test]
fn rows_whose_original_is_gone_are_counted() {
    let (_folder, intake) = with_originals();
    intake
        .connection
        .execute(
            "INSERT INTO record (stream, journey, row_key, content, known_at, evidence, arrival, original, row, version, facts)
             VALUES (1, 2, 3, 4, 0, 0, 0, 77, 1, 1, x'')",
            [],
        )
        .unwrap();
    let verified = intake.view().verify(&|_, _| true).unwrap();
    assert_eq!(verified.named, [IntakeFault::Orphans { table: "record", count: 1 }]);
}

#[test]
fn a_verification_ends_when_it_is_told_to() {
    let (_folder, intake) = with_originals();
    let asked = std::cell::Cell::new(0);
    let watch = |done, total| {
        asked.set(asked.get() + 1);
        assert_eq!(total, 2);
        done < 1
    };
    intake.view().verify(&watch).unwrap();
    assert_eq!(asked.get(), 2);
}

#[test]
fn a_released_row_is_not_quarantined_again_but_a_mended_one_is() {
    let (_folder, mut intake) = open();
    let load = intake.load().unwrap();
    let integration = load.integration_number("erp", b"m").unwrap();
    let stream = load.stream_number(integration, "orders").unwrap();
    let row = Quarantined {
        number: 0,
        stream,
        key: RecordKey { journey: 5, row_key: 0 },
        content: 1,
        known: plaza_domain::record::Known::changed(0),
        original: 1,
        row: 2,
        run: 1,
        findings: "[]".into(),
        facts: vec![],
        state: QuarantineState::Waiting,
        note: None,
    };
    load.put_quarantined(&row).unwrap();
    let keys = load.view().quarantine_keys(stream).unwrap();
    for (state, after) in [
        (QuarantineState::Released, QuarantineState::Released),
        (QuarantineState::Mended, QuarantineState::Waiting),
        (QuarantineState::Gone, QuarantineState::Waiting),
    ] {
        load.settle_quarantined(keys[0].number, state, "why").unwrap();
        load.put_quarantined(&row).unwrap();
        assert_eq!(load.view().quarantined(keys[0].number).unwrap().unwrap().state, after);
    }
    assert_eq!(load.view().quarantine_count(Some(integration)).unwrap(), 1);
    assert_eq!(load.view().quarantine_count(Some(integration + 1)).unwrap(), 0);
}
