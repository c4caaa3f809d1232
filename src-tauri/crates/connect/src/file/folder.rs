//! A watched folder: which of its files are whole and may be read. Nobody is told when a file is being
//! written, so a file counts as whole when it was the same at two looks, or has been left alone for a while.
//! No thread watches; whoever owns the folder looks when it is time.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::Original;
use crate::ConnectError;

/// A file that nobody has written for so long is whole, even at the first look.
pub const QUIET_SECONDS: i64 = 60;

/// Most files of a folder that are looked at; a folder with more is an archive, not an inbox.
const FILES: usize = 100_000;

/// A folder with a pattern of file names.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    pattern: String,
    quiet_seconds: i64,
    /// Size and time of each file at the last look.
    before: HashMap<PathBuf, (u64, i64)>,
}

/// The files that match, in natural order of their names (`part 2` before `part 10`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderLook {
    /// Whole ones.
    pub ready: Vec<Original>,
    /// Those that may still be written: they are ready at a later look.
    pub waiting: Vec<Original>,
}

impl Folder {
    /// A folder whose files match `pattern` (`*` any characters, `?` one; capitals do not matter).
    ///
    /// # Errors
    /// `BadPattern` for one that names another folder or nothing.
    pub fn new(path: impl Into<PathBuf>, pattern: &str, quiet_seconds: i64) -> Result<Self, ConnectError> {
        let bad = |reason| ConnectError::BadPattern { pattern: pattern.into(), reason };
        if pattern.trim().is_empty() {
            return Err(bad("it is empty"));
        }
        if pattern.contains(['/', '\\']) {
            return Err(bad("it must be the name of a file in the folder, without a path"));
        }
        Ok(Self { path: path.into(), pattern: pattern.into(), quiet_seconds, before: HashMap::new() })
    }

    /// Looks into the folder; `now_seconds` since 1970-01-01 UTC.
    ///
    /// # Errors
    /// `Missing`, `Unreadable` or `TooLarge`.
    pub fn look(&mut self, now_seconds: i64) -> Result<FolderLook, ConnectError> {
        let mut look = FolderLook::default();
        let mut seen = HashMap::new();
        for original in list(&self.path, &self.pattern)? {
            let state = (original.size_bytes, original.modified_seconds);
            let same = self.before.get(&original.path) == Some(&state);
            // A clock that went back must not make files wait for ever: two equal looks are always enough.
            let quiet = now_seconds - original.modified_seconds >= self.quiet_seconds;
            seen.insert(original.path.clone(), state);
            if same || quiet { look.ready.push(original) } else { look.waiting.push(original) }
        }
        self.before = seen;
        Ok(look)
    }
}

/// The files of a folder that match a pattern, in natural order. Hidden files and what programs leave beside
/// files while they write (`~$…`, `….tmp`, `….part`, `….crdownload`) are never among them.
///
/// # Errors
/// `Missing`, `Unreadable` or `TooLarge`.
pub fn list(folder: &Path, pattern: &str) -> Result<Vec<Original>, ConnectError> {
    let io = |error| ConnectError::io(folder, error);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let entry = entry.map_err(io)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_passing(&name) || !matches(pattern, &name) {
            continue;
        }
        match Original::of(&entry.path()) {
            // A folder may be named like a file, and a file may vanish between two looks.
            Ok(original) if entry.path().is_file() => found.push(original),
            Ok(_) | Err(ConnectError::Missing { .. }) => {}
            Err(error) => return Err(error),
        }
        if found.len() > FILES {
            return Err(ConnectError::TooLarge { path: folder.into(), what: "files", limit: FILES as u64 });
        }
    }
    found.sort_by(|a, b| natural(&a.name, &b.name));
    Ok(found)
}

/// The files that a path stands for, whose last part may have `*` and `?`: in natural order, at least one.
///
/// # Errors
/// `Missing` where no file matches, or as for [`list`].
pub fn expand(path: &Path) -> Result<Vec<Original>, ConnectError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !name.contains(['*', '?']) {
        return Ok(vec![Original::of(path)?]);
    }
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let found = list(folder, &name)?;
    if found.is_empty() { Err(ConnectError::Missing { path: path.into() }) } else { Ok(found) }
}

fn is_passing(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    name.starts_with('.')
        || name.starts_with("~$")
        || [".tmp", ".part", ".crdownload", ".filepart", ".partial"].iter().any(|end| lower.ends_with(end))
}

/// Whether a name fits a pattern of `*` (any characters) and `?` (one), capitals aside.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.to_lowercase().chars().collect(), name.to_lowercase().chars().collect());
    let (mut p, mut n) = (0, 0);
    // The last star, and how much of the name it has taken.
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(c) if *c == '?' || *c == name[n] => {
                p += 1;
                n += 1;
            }
            _ => {
                let Some((at, taken)) = star else { return false };
                star = Some((at, taken + 1));
                p = at + 1;
                n = taken + 1;
            }
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// Compares names as a person sorts them: numbers by value, capitals aside; equal ones byte by byte.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (Some(x), Some(y)) = (left.chars().next(), right.chars().next()) else {
            return left.len().cmp(&right.len()).then_with(|| a.cmp(b));
        };
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
            let ((one, rest), (two, other)) = (left.split_at(digits(left)), right.split_at(digits(right)));
            let (one, two) = (one.trim_start_matches('0'), two.trim_start_matches('0'));
            match one.len().cmp(&two.len()).then_with(|| one.cmp(two)) {
                Ordering::Equal => (left, right) = (rest, other),
                unequal => return unequal,
            }
            continue;
        }
        match x.to_lowercase().cmp(y.to_lowercase()) {
            Ordering::Equal => (left, right) = (&left[x.len_utf8()..], &right[y.len_utf8()..]),
            unequal => return unequal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(originals: &[Original]) -> Vec<&str> {
        originals.iter().map(|original| original.name.as_str()).collect()
    }

    #[test]
    fn patterns_match_as_people_expect() {
        for (pattern, name, fits) in [
            ("*.csv", "orders.CSV", true),
            ("*.csv", "orders.csv.bak", false),
            ("orders_??.csv", "orders_12.csv", true),
            ("orders_??.csv", "orders_1.csv", false),
            ("*a*b*", "xxaxxbxx", true),
            ("*a*b*", "xxbxxaxx", false),
            ("", "", true),
            ("*", "", true),
            ("Ü*.csv", "übersicht.csv", true),
        ] {
            assert_eq!(matches(pattern, name), fits, "{pattern} {name}");
        }
    }

    #[test]
    fn files_that_are_being_written_wait() {
        let folder = tempfile::tempdir().unwrap();
        for name in
            ["part 10.csv", "part 2.csv", "Part 1.csv", ".hidden.csv", "~$part.csv", "x.csv.tmp", "other.txt"]
        {
            std::fs::write(folder.path().join(name), "a\n").unwrap();
        }
        std::fs::create_dir(folder.path().join("folder.csv")).unwrap();
        let now = Original::of(&folder.path().join("part 2.csv")).unwrap().modified_seconds;
        let mut watched = Folder::new(folder.path(), "*.csv", QUIET_SECONDS).unwrap();
        let first = watched.look(now).unwrap();
        assert_eq!(
            (names(&first.ready), names(&first.waiting)),
            (vec![], vec!["Part 1.csv", "part 2.csv", "part 10.csv"])
        );
        std::fs::write(folder.path().join("part 2.csv"), "a\nmore\n").unwrap();
        let second = watched.look(now + 5).unwrap();
        assert_eq!(
            (names(&second.ready), names(&second.waiting)),
            (vec!["Part 1.csv", "part 10.csv"], vec!["part 2.csv"])
        );
        assert_eq!(
            names(&watched.look(now + 10).unwrap().ready),
            ["Part 1.csv", "part 2.csv", "part 10.csv"]
        );
        let mut late = Folder::new(folder.path(), "*.csv", QUIET_SECONDS).unwrap();
        assert_eq!(late.look(now + 3600).unwrap().ready.len(), 3);
    }

    #[test]
    fn folders_and_patterns_that_cannot_be_used_are_refused() {
        for pattern in ["", "../*.csv", "a\\b.csv"] {
            assert_eq!(Folder::new("x", pattern, 1).unwrap_err().code(), "bad_pattern");
        }
        assert_eq!(Folder::new("/no/such/folder", "*", 1).unwrap().look(0).unwrap_err().code(), "missing");
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(expand(&folder.path().join("*.csv")).unwrap_err().code(), "missing");
        std::fs::write(folder.path().join("b2.csv"), "a\n").unwrap();
        std::fs::write(folder.path().join("b1.csv"), "a\n").unwrap();
        assert_eq!(names(&expand(&folder.path().join("b*.csv")).unwrap()), ["b1.csv", "b2.csv"]);
        assert_eq!(names(&expand(&folder.path().join("b2.csv")).unwrap()), ["b2.csv"]);
    }

    proptest! {
        #[test]
        fn the_natural_order_is_an_order(a in "[a-zA-Z0-9ü ]{0,8}", b in "[a-zA-Z0-9ü ]{0,8}", c in "[a-zA-Z0-9ü ]{0,8}") {
            prop_assert_eq!(natural(&a, &b), natural(&b, &a).reverse());
            prop_assert_eq!(natural(&a, &b) == Ordering::Equal, a == b);
            if natural(&a, &b).is_le() && natural(&b, &c).is_le() {
                prop_assert!(natural(&a, &c).is_le());
            }
        }
    }
}
