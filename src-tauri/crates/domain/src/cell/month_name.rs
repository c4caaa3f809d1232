//! Names of months in the three languages of the program. No name means different months in two of them,
//! so a column may be read without knowing its language.

/// Names in lower case, whole and shortened, with the month 1–12. "Sept" and "Jänner" are in use too.
const NAMES: [(&str, u8); 57] = [
    ("jan", 1),
    ("january", 1),
    ("januar", 1),
    ("jänner", 1),
    ("jän", 1),
    ("ene", 1),
    ("enero", 1),
    ("feb", 2),
    ("february", 2),
    ("februar", 2),
    ("febrero", 2),
    ("mar", 3),
    ("march", 3),
    ("märz", 3),
    ("mär", 3),
    ("mrz", 3),
    ("maerz", 3),
    ("marzo", 3),
    ("apr", 4),
    ("april", 4),
    ("abr", 4),
    ("abril", 4),
    ("may", 5),
    ("mai", 5),
    ("mayo", 5),
    ("jun", 6),
    ("june", 6),
    ("juni", 6),
    ("junio", 6),
    ("jul", 7),
    ("july", 7),
    ("juli", 7),
    ("julio", 7),
    ("aug", 8),
    ("august", 8),
    ("ago", 8),
    ("agosto", 8),
    ("sep", 9),
    ("sept", 9),
    ("september", 9),
    ("septiembre", 9),
    ("setiembre", 9),
    ("set", 9),
    ("oct", 10),
    ("october", 10),
    ("okt", 10),
    ("oktober", 10),
    ("octubre", 10),
    ("nov", 11),
    ("november", 11),
    ("noviembre", 11),
    ("dec", 12),
    ("december", 12),
    ("dez", 12),
    ("dezember", 12),
    ("dic", 12),
    ("diciembre", 12),
];

/// The month (1–12) that a name in English, German or Spanish means, in any case; `None` otherwise.
pub(super) fn month_of(name: &[u8]) -> Option<u8> {
    // The usual case first: three plain letters, compared as one number.
    if let &[a, b, c] = name {
        let key = u32::from_be_bytes([0, a | 0x20, b | 0x20, c | 0x20]);
        if let Some(month) = SHORT.iter().find(|(short, _)| *short == key).map(|(_, month)| *month) {
            return Some(month);
        }
    }
    if name.len() < 3 || name.len() > 12 {
        return None;
    }
    NAMES.iter().find(|(known, _)| same(known.as_bytes(), name)).map(|(_, month)| *month)
}

const fn key(name: [u8; 3]) -> u32 {
    u32::from_be_bytes([0, name[0], name[1], name[2]])
}

const SHORT: [(u32, u8); 12] = [
    (key(*b"jan"), 1),
    (key(*b"feb"), 2),
    (key(*b"mar"), 3),
    (key(*b"apr"), 4),
    (key(*b"may"), 5),
    (key(*b"jun"), 6),
    (key(*b"jul"), 7),
    (key(*b"aug"), 8),
    (key(*b"sep"), 9),
    (key(*b"oct"), 10),
    (key(*b"nov"), 11),
    (key(*b"dec"), 12),
];

/// Equal but for the case of ASCII letters and of "ä" (C3 A4, capital C3 84).
fn same(known: &[u8], name: &[u8]) -> bool {
    known.len() == name.len()
        && known
            .iter()
            .zip(name)
            .all(|(known, byte)| *known == byte.to_ascii_lowercase() || (*known, *byte) == (0xA4, 0x84))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_three_languages_and_any_case() {
        for (name, month) in [
            ("Jan", 1),
            ("AUG", 8),
            ("Mär", 3),
            ("MÄRZ", 3),
            ("dic", 12),
            ("Septiembre", 9),
            ("Okt", 10),
            ("May", 5),
        ] {
            assert_eq!(month_of(name.as_bytes()), Some(month), "{name}");
        }
        for name in ["", "J", "Ja", "Foo", "Julember", "DN", "N/A"] {
            assert_eq!(month_of(name.as_bytes()), None, "{name}");
        }
    }

    #[test]
    fn no_name_means_two_months() {
        for (name, month) in NAMES {
            assert!(NAMES.iter().all(|(other, at)| *other != name || *at == month), "{name}");
        }
    }
}
