//! What the written files say of themselves.

use plaza_domain::day::Day;

use super::files::exported;
use super::*;
use crate::integration::Integration;

fn last() -> Day {
    "2026-11-23".parse().unwrap()
}

#[test]
fn one_seed_is_one_company() {
    assert_eq!(exports(SEED, last()), exports(SEED, last()));
    assert_ne!(exports(SEED, last())[3], exports(SEED + 1, last())[3]);
}

#[test]
fn a_year_has_about_twelve_thousand_lines_and_no_export_knows_the_future() {
    let lines = exported(SEED, last());
    assert!((11_000..13_500).contains(&lines.len()), "{}", lines.len());
    for export in exports(SEED, last()) {
        let (_, shipments) = export.files.iter().find(|(name, _)| name.starts_with("shipments")).unwrap();
        for row in std::str::from_utf8(shipments).unwrap().lines().skip(1) {
            let delivered = row.split(',').nth(5).unwrap();
            assert!(delivered.is_empty() || delivered.parse::<Day>().unwrap() < export.day, "{row}");
        }
    }
}

#[test]
fn its_integration_reads() {
    let integration = Integration::from_toml(INTEGRATION_TOML).unwrap();
    assert_eq!(integration.streams.len(), 5);
}
