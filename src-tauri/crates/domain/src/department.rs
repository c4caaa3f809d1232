//! Departments: who owns a leg, and which colour, letter and pattern stands for them on every screen for ever.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use crate::journey::DEPARTMENTS_MAX;

/// A department's name in files and addresses: lower-case ASCII letters, digits and single hyphens, at most
/// [`DEPARTMENT_ID_MAX`] of them. Ordered, because ties in splits are broken by it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(try_from = "String", into = "String")]
#[specta(transparent)]
pub struct DepartmentId(String);

/// Long enough for “research-and-development”, short enough for a column.
pub const DEPARTMENT_ID_MAX: usize = 40;

/// The text cannot name a department.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” cannot name a department: use lower-case letters, digits and hyphens, at most {DEPARTMENT_ID_MAX}"
)]
pub struct NotADepartmentId(pub String);

impl DepartmentId {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A slug made of a name that a person typed: “Production & Planning” → `production-planning`. `None`
    /// where the name holds no ASCII letter or digit after the common accents are taken off.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut slug = String::new();
        for char in name.chars().flat_map(char::to_lowercase) {
            let plain: &str = match char {
                'ä' | 'æ' => "ae",
                'ö' | 'œ' => "oe",
                'ü' => "ue",
                'ß' => "ss",
                'á' | 'à' | 'â' | 'ã' | 'å' => "a",
                'é' | 'è' | 'ê' | 'ë' => "e",
                'í' | 'ì' | 'î' | 'ï' => "i",
                'ó' | 'ò' | 'ô' | 'õ' | 'ø' => "o",
                'ú' | 'ù' | 'û' => "u",
                'ñ' => "n",
                'ç' => "c",
                _ => "",
            };
            if !plain.is_empty() {
                slug.push_str(plain);
            } else if char.is_ascii_alphanumeric() {
                slug.push(char);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
            if slug.len() >= DEPARTMENT_ID_MAX {
                break;
            }
        }
        slug.truncate(DEPARTMENT_ID_MAX);
        slug.trim_matches('-').parse().ok()
    }
}

impl FromStr for DepartmentId {
    type Err = NotADepartmentId;
    fn from_str(text: &str) -> Result<Self, NotADepartmentId> {
        let fits = !text.is_empty()
            && text.len() <= DEPARTMENT_ID_MAX
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--")
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(text.to_owned())) } else { Err(NotADepartmentId(text.to_owned())) }
    }
}

impl TryFrom<String> for DepartmentId {
    type Error = NotADepartmentId;
    fn try_from(text: String) -> Result<Self, NotADepartmentId> {
        text.parse()
    }
}

impl From<DepartmentId> for String {
    fn from(id: DepartmentId) -> Self {
        id.0
    }
}

impl fmt::Display for DepartmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A department as the workspace knows it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Department {
    /// Stays when everything else changes.
    pub id: DepartmentId,
    /// As people write it.
    pub name: String,
    /// One upper-case letter that stands beside the colour, for those who do not tell colours apart.
    pub letter: String,
    /// Which of the eight colours and patterns is this department's, 0–7. Given once, never changed.
    pub slot: u8,
    /// Whether it still owns legs; a closed department stays readable.
    pub active: bool,
}

/// Why a department cannot be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DepartmentRefused {
    /// There are as many active departments as colours that everybody tells apart.
    #[error(
        "there are already {DEPARTMENTS_MAX} active departments, as many as colours that everybody tells apart"
    )]
    TooMany,
}

/// The slot and letter for a new department beside those that exist: the first free slot (those of closed
/// departments last), the first letter of the name that nobody uses.
///
/// # Errors
/// [`DepartmentRefused::TooMany`] when [`DEPARTMENTS_MAX`] others are active.
pub fn place(name: &str, existing: &[Department]) -> Result<(u8, String), DepartmentRefused> {
    let active: BTreeSet<u8> = existing.iter().filter(|other| other.active).map(|other| other.slot).collect();
    if existing.iter().filter(|other| other.active).count() >= DEPARTMENTS_MAX {
        return Err(DepartmentRefused::TooMany);
    }
    let ever: BTreeSet<u8> = existing.iter().map(|other| other.slot).collect();
    let slots = || 0..DEPARTMENTS_MAX as u8;
    let free =
        slots().find(|slot| !ever.contains(slot)).or_else(|| slots().find(|slot| !active.contains(slot)));
    let slot = free.ok_or(DepartmentRefused::TooMany)?;
    let used: BTreeSet<&str> = existing.iter().map(|other| other.letter.as_str()).collect();
    let letters =
        name.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_uppercase).map(String::from);
    let alphabet = ('A'..='Z').map(String::from);
    let letter = letters.chain(alphabet).find(|letter| !used.contains(letter.as_str()));
    Ok((slot, letter.unwrap_or_else(|| "?".to_owned())))
}

/// Slots after two devices gave the same one away at the same time: in the order of the claims the first keeps
/// it, a later one takes the lowest slot that nobody claims (and shares its claim when all are taken). The same
/// claims in the same order give the same slots on every device.
pub fn settle_slots(claims: &[(DepartmentId, u8)]) -> BTreeMap<DepartmentId, u8> {
    let claimed: BTreeSet<u8> = claims.iter().map(|(_, slot)| *slot).collect();
    let mut taken = BTreeSet::new();
    let mut settled = BTreeMap::new();
    for (id, claim) in claims {
        let fits = usize::from(*claim) < DEPARTMENTS_MAX && !taken.contains(claim);
        let free =
            || (0..DEPARTMENTS_MAX as u8).find(|slot| !claimed.contains(slot) && !taken.contains(slot));
        let slot = if fits { *claim } else { free().unwrap_or(*claim % DEPARTMENTS_MAX as u8) };
        taken.insert(slot);
        settled.insert(id.clone(), slot);
    }
    settled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn department(id: &str, letter: &str, slot: u8, active: bool) -> Department {
        Department { id: id.parse().unwrap(), name: id.to_owned(), letter: letter.to_owned(), slot, active }
    }

    #[test]
    fn names_become_slugs() {
        for (name, slug) in [
            ("Production & Planning", Some("production-planning")),
            ("Qualität", Some("qualitaet")),
            ("Logística", Some("logistica")),
            ("  R&D ", Some("r-d")),
            ("生産", None),
            ("", None),
        ] {
            assert_eq!(DepartmentId::from_name(name).as_ref().map(DepartmentId::as_str), slug, "{name}");
        }
        assert!(
            DepartmentId::from_name(&"a ".repeat(200))
                .is_some_and(|id| id.as_str().len() <= DEPARTMENT_ID_MAX)
        );
        for text in ["", "-a", "a-", "a--b", "A", "a b", "ä"] {
            assert!(text.parse::<DepartmentId>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_ninth_active_department_is_refused_and_a_closed_ones_slot_is_used_last() {
        let mut existing: Vec<_> =
            (0..7).map(|slot| department(&format!("d{slot}"), "X", slot, slot != 2)).collect();
        assert_eq!(place("Sales", &existing), Ok((7, "S".to_owned())));
        existing.push(department("d7", "S", 7, true));
        assert_eq!(place("Sales", &existing), Ok((2, "A".to_owned())));
        existing.push(department("d8", "Z", 2, true));
        assert_eq!(place("Sales", &existing), Err(DepartmentRefused::TooMany));
    }

    #[test]
    fn one_slot_claimed_twice_goes_to_the_first_claim() {
        let id = |text: &str| text.parse::<DepartmentId>().unwrap();
        let settled = settle_slots(&[(id("b"), 0), (id("a"), 0), (id("c"), 1)]);
        assert_eq!(settled, BTreeMap::from([(id("b"), 0), (id("a"), 2), (id("c"), 1)]));
    }
}
