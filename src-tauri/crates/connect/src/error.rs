//! Why a source cannot be used at all.

use std::path::PathBuf;

/// Why a source cannot be used at all. A single bad row is never an error: it is a
/// [`DamagedRow`](crate::DamagedRow) in its page.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The file or folder cannot be opened or read.
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The file is not there.
    #[error("{path} is not there; check the path, or whether a network drive is connected")]
    Missing {
        /// Which file.
        path: PathBuf,
    },
    /// No byte, or nothing but blank lines.
    #[error("{path} is empty: it has not even a row with column names")]
    Empty {
        /// Which file.
        path: PathBuf,
    },
    /// The content is of another kind than what is asked for.
    #[error("{path} is {found}, not {expected}: {advice}")]
    WrongKind {
        /// Which file.
        path: PathBuf,
        /// What it is.
        found: &'static str,
        /// What was expected.
        expected: &'static str,
        /// What a person can do about it.
        advice: &'static str,
    },
    /// A workbook that opens only with a password.
    #[error("{path} is protected with a password; save it without one, or export the sheet as CSV")]
    Protected {
        /// Which file.
        path: PathBuf,
    },
    /// A file that breaks off or contradicts itself.
    #[error("{path} is damaged: {reason}; export it again")]
    Corrupt {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A workbook has no sheet of this name.
    #[error("{path} has no sheet “{sheet}”; it has {}", sheets.join(", "))]
    NoSheet {
        /// Which file.
        path: PathBuf,
        /// The name asked for.
        sheet: String,
        /// The names there are.
        sheets: Vec<String>,
    },
    /// The row that should hold the column names lies behind the end, or is blank.
    #[error("{path} has no column names in row {row}")]
    NoHeader {
        /// Which file.
        path: PathBuf,
        /// The row asked for, 1 for the first.
        row: u32,
    },
    /// More columns or rows than are ever read.
    #[error("{path} has more than {limit} {what}")]
    TooLarge {
        /// Which file.
        path: PathBuf,
        /// `columns` or `rows`.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// A setting of the file format that means nothing.
    #[error("“{value}” is no {setting}; it may be {allowed}")]
    BadFormat {
        /// The setting.
        setting: &'static str,
        /// What it holds.
        value: String,
        /// What it may hold.
        allowed: &'static str,
    },
    /// Names were given for the columns, but not as many as there are.
    #[error("{path} has {found} columns, but {named} names are given")]
    ColumnNames {
        /// Which file.
        path: PathBuf,
        /// Columns in the file.
        found: usize,
        /// Names given.
        named: usize,
    },
    /// A source has no stream of this name.
    #[error("there is no stream “{stream}”")]
    NoStream {
        /// The name asked for.
        stream: String,
    },
    /// A position that this kind of source did not give.
    #[error("“{cursor}” is not a position in this source")]
    BadCursor {
        /// The position.
        cursor: String,
    },
    /// A pattern of file names that cannot be used.
    #[error("“{pattern}” is not a pattern of file names: {reason}")]
    BadPattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}

impl ConnectError {
    /// A stable name of the kind of error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable",
            Self::Missing { .. } => "missing",
            Self::Empty { .. } => "empty",
            Self::WrongKind { .. } => "wrong_kind",
            Self::Protected { .. } => "protected",
            Self::Corrupt { .. } => "corrupt",
            Self::NoSheet { .. } => "no_sheet",
            Self::NoHeader { .. } => "no_header",
            Self::TooLarge { .. } => "too_large",
            Self::BadFormat { .. } => "bad_format",
            Self::ColumnNames { .. } => "column_names",
            Self::NoStream { .. } => "no_stream",
            Self::BadCursor { .. } => "bad_cursor",
            Self::BadPattern { .. } => "bad_pattern",
        }
    }

    /// What the operating system says, with the file it says it about.
    pub(crate) fn io(path: &std::path::Path, source: std::io::Error) -> Self {
        let path = path.to_path_buf();
        if source.kind() == std::io::ErrorKind::NotFound {
            Self::Missing { path }
        } else {
            Self::Unreadable { path, source }
        }
    }
}
