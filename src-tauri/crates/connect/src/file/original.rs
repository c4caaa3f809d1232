//! What identifies a file, and the day that it was declared for.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use plaza_domain::cell::DateFormat;
use plaza_domain::day::Day;

use super::folder::matches;
use crate::ConnectError;

/// A file as it lies there, by what is known without reading it. The same three mean: probably unchanged;
/// whether it is the same content, its hash says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Where it is.
    pub path: PathBuf,
    /// Its name without the folder.
    pub name: String,
    /// Its size.
    pub size_bytes: u64,
    /// When it was last written: seconds since 1970-01-01 UTC; nought where the system does not say.
    pub modified_seconds: i64,
}

impl Original {
    /// Looks at a file.
    ///
    /// # Errors
    /// `Missing` or `Unreadable`.
    pub fn of(path: &Path) -> Result<Self, ConnectError> {
        let metadata = std::fs::metadata(path).map_err(|error| ConnectError::io(path, error))?;
        let modified_seconds = metadata
            .modified()
            .ok()
            .and_then(|at| at.duration_since(UNIX_EPOCH).ok())
            .map_or(0, |since| since.as_secs() as i64);
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Ok(Self { path: path.into(), name, size_bytes: metadata.len(), modified_seconds })
    }
}

/// Where a file's name says for which day its content stands: `orders_{yyyy-MM-dd}.csv`. Around the braces,
/// `*` and `?` match as they do in file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotName {
    before: String,
    format: DateFormat,
    after: String,
}

impl SnapshotName {
    /// Reads a pattern.
    ///
    /// # Errors
    /// `BadPattern` where there is not exactly one date in braces, or it is no date format.
    pub fn new(pattern: &str) -> Result<Self, ConnectError> {
        let bad = |reason| ConnectError::BadPattern { pattern: pattern.into(), reason };
        let one = "it needs one date in braces, such as orders_{yyyy-MM-dd}.csv";
        let (before, rest) = pattern.split_once('{').ok_or_else(|| bad(one))?;
        let (format, after) = rest.split_once('}').ok_or_else(|| bad(one))?;
        if after.contains(['{', '}']) {
            return Err(bad(one));
        }
        let format = format.parse().map_err(|_| bad("what stands in braces is no date format"))?;
        Ok(Self { before: before.into(), format, after: after.into() })
    }

    /// The day that a file's name tells; `None` where it does not fit, or fits with different days.
    pub fn day(&self, name: &str) -> Option<Day> {
        let mut found = None;
        let borders: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
        for (index, start) in
            borders.iter().enumerate().filter(|(_, start)| matches(&self.before, &name[..**start]))
        {
            for end in &borders[index..] {
                let date = &name[*start..*end];
                if date.trim() != date || !matches(&self.after, &name[*end..]) {
                    continue;
                }
                if let Ok(stamp) = self.format.parse(date.as_bytes()) {
                    if found.is_some_and(|day| day != stamp.day) {
                        return None;
                    }
                    found = Some(stamp.day);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_a_snapshot_is_read_from_its_name() {
        for (pattern, name, day) in [
            ("orders_{yyyy-MM-dd}.csv", "orders_2026-03-20.csv", Some("2026-03-20")),
            ("orders_{yyyyMMdd}*.csv", "orders_20260320_v2.CSV", Some("2026-03-20")),
            ("*{d.M.yyyy}.xlsx", "Stand 2.3.2026.xlsx", Some("2026-03-02")),
            // 12.3. and 2.3. both fit.
            ("*{d.M.yyyy}.xlsx", "Stand 12.3.2026.xlsx", None),
            ("orders_{yyyy-MM-dd}.csv", "orders_2026-02-30.csv", None),
            ("orders_{yyyy-MM-dd}.csv", "prices_2026-03-20.csv", None),
        ] {
            let found = SnapshotName::new(pattern).unwrap().day(name);
            assert_eq!(found.map(|day| day.to_string()).as_deref(), day, "{pattern} {name}");
        }
        for pattern in ["orders.csv", "{yyyy-MM-dd", "{yyyy}.csv", "{yyyyMMdd}{yyyyMMdd}"] {
            assert_eq!(SnapshotName::new(pattern).unwrap_err().code(), "bad_pattern", "{pattern}");
        }
    }
}
