//! How a CSV file is written: delimiter, quotes, encoding, line ends.

use encoding_rs::Encoding;

use crate::ConnectError;
use crate::file::FileFormat;

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// CR, LF or both together, mixed at will: right for nearly every file.
    Any,
    /// LF; a CR elsewhere is text, one before the LF is not.
    Lf,
    /// CR and LF; each alone… LF ends a line too, a lone CR is text.
    CrLf,
    /// CR; an LF is text.
    Cr,
}

/// How one CSV file is written, everything known.
#[derive(Clone, Debug, PartialEq)]
pub struct Dialect {
    /// The encoding of its bytes.
    pub encoding: &'static Encoding,
    /// The ASCII character between cells.
    pub delimiter: u8,
    /// The ASCII character around cells, if any.
    pub quote: Option<u8>,
    /// What ends a line.
    pub line_end: LineEnd,
    /// The line with the column names, 1 for the first; 0 where there is none.
    pub header_row: u32,
    /// Names that replace those of the file; empty for none.
    pub columns: Vec<String>,
}

impl Default for Dialect {
    /// UTF-8, commas, double quotes, any line end, names in the first line.
    fn default() -> Self {
        Self {
            encoding: encoding_rs::UTF_8,
            delimiter: b',',
            quote: Some(b'"'),
            line_end: LineEnd::Any,
            header_row: 1,
            columns: Vec::new(),
        }
    }
}

impl LineEnd {
    const fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Lf => "lf",
            Self::CrLf => "crlf",
            Self::Cr => "cr",
        }
    }
}

impl Dialect {
    /// Takes over whatever `format` states; what it does not state stays.
    ///
    /// # Errors
    /// A setting that means nothing.
    pub fn apply(&mut self, format: &FileFormat) -> Result<(), ConnectError> {
        if let Some(encoding) = format.encoding()? {
            self.encoding = encoding;
        }
        if let Some(delimiter) = format.delimiter()? {
            self.delimiter = delimiter;
        }
        if let Some(quote) = format.quote()? {
            self.quote = quote;
        }
        if let Some(line_end) = format.line_end()? {
            self.line_end = line_end;
        }
        if let Some(row) = format.header_row {
            self.header_row = row;
        }
        self.columns.clone_from(&format.columns);
        Ok(())
    }

    /// This dialect as a file format in which everything is stated.
    pub fn to_format(&self) -> FileFormat {
        FileFormat {
            kind: Some("csv".into()),
            encoding: Some(self.encoding.name().to_ascii_lowercase()),
            delimiter: Some(char::from(self.delimiter).to_string()),
            quote: Some(self.quote.map(|quote| char::from(quote).to_string()).unwrap_or_default()),
            line_end: Some(self.line_end.name().into()),
            sheet: None,
            header_row: Some(self.header_row),
            columns: self.columns.clone(),
        }
    }

    /// Whether a position in the text is the same position in the original's bytes.
    pub fn keeps_bytes(&self) -> bool {
        self.encoding == encoding_rs::UTF_8
    }

    /// Whether the lines of the file can be told from its bytes without reading its cells: line ends are bytes of
    /// their own in the encoding, and each of them ends a line wherever it stands.
    pub fn has_lines_in_bytes(&self) -> bool {
        self.encoding.is_ascii_compatible() && self.line_end == LineEnd::Any
    }
}
