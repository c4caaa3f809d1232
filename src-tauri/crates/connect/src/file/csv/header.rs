//! The names of a file's columns.

use std::collections::HashSet;
use std::path::Path;

use super::pages::COLUMNS;
use crate::{ConnectError, Note};

/// The names of a file's columns, each different from the others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Header {
    pub(crate) columns: Vec<String>,
    /// What had to be done to the names.
    pub(crate) notes: Vec<Note>,
    /// The row of names ends with a delimiter, so that the last column has no name; rows without a cell
    /// for it are whole.
    pub(crate) unnamed_last: bool,
}

/// What is wrong with the names, before the file is known that it is said about.
#[derive(Debug)]
pub(crate) enum HeaderFault {
    TooMany,
    Names { found: usize, named: usize },
}

impl HeaderFault {
    pub(crate) fn at(self, path: &Path) -> ConnectError {
        let path = path.to_path_buf();
        match self {
            Self::TooMany => ConnectError::TooLarge { path, what: "columns", limit: COLUMNS as u64 },
            Self::Names { found, named } => ConnectError::ColumnNames { path, found, named },
        }
    }
}

impl Header {
    pub(crate) fn of_names(names: &[String]) -> Self {
        Self { columns: names.to_vec(), notes: Vec::new(), unnamed_last: false }
    }
}

/// Names from the cells of a row; `stated` replaces them.
pub(crate) fn read<T: AsRef<str>>(
    cells: impl Iterator<Item = T>,
    stated: &[String],
) -> Result<Header, HeaderFault> {
    let cells: Vec<String> = cells
        .take(COLUMNS + 1)
        .map(|cell| cell.as_ref().split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    if cells.len() > COLUMNS {
        return Err(HeaderFault::TooMany);
    }
    if !stated.is_empty() {
        let (found, named) = (cells.len(), stated.len());
        return if found == named {
            Ok(unique(stated.to_vec()))
        } else {
            Err(HeaderFault::Names { found, named })
        };
    }
    Ok(unique(cells))
}

/// Names for a file without a row of them.
pub(crate) fn numbered(found: usize, stated: &[String]) -> Result<Header, HeaderFault> {
    if found > COLUMNS {
        return Err(HeaderFault::TooMany);
    }
    match stated.len() {
        0 => Ok(Header::of_names(&(1..=found).map(|number| format!("column {number}")).collect::<Vec<_>>())),
        named if named == found => Ok(unique(stated.to_vec())),
        named => Err(HeaderFault::Names { found, named }),
    }
}

/// Makes names that are missing or doubled usable, and says so.
fn unique(names: Vec<String>) -> Header {
    let unnamed_last = names.len() > 1 && names.last().is_some_and(String::is_empty);
    let mut header = Header { unnamed_last, ..Header::default() };
    let given: HashSet<String> = names.iter().cloned().collect();
    let mut taken = HashSet::new();
    for (index, name) in names.into_iter().enumerate() {
        let place = index + 1;
        let base = if name.is_empty() { format!("column {place}") } else { name.clone() };
        let mut candidate = base.clone();
        let mut count = 1;
        // A made name must not take one that another column really has.
        while taken.contains(&candidate) || (candidate != name && given.contains(&candidate)) {
            count += 1;
            candidate = format!("{base} ({count})");
        }
        if name.is_empty() {
            header.notes.push(Note::Unnamed { column: place, called: candidate.clone() });
        } else if candidate != name {
            header.notes.push(Note::Doubled { name, column: place, called: candidate.clone() });
        }
        taken.insert(candidate.clone());
        header.columns.push(candidate);
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_unique_and_it_is_said() {
        let header = read(["a", "", "a", "a (2)", " b\n c ", "a"].into_iter(), &[]).unwrap();
        assert_eq!(header.columns, ["a", "column 2", "a (3)", "a (2)", "b c", "a (4)"]);
        assert_eq!(header.notes.len(), 3);
        assert!(!header.unnamed_last);
    }

    #[test]
    fn stated_names_must_be_as_many_as_the_columns() {
        let stated = ["x".to_owned(), "y".to_owned()];
        assert_eq!(read(["a", "b"].into_iter(), &stated).unwrap().columns, stated);
        assert!(matches!(read(["a"].into_iter(), &stated), Err(HeaderFault::Names { found: 1, named: 2 })));
        assert!(matches!(numbered(COLUMNS + 1, &[]), Err(HeaderFault::TooMany)));
    }
}
