//! How a file is written, as an integration states it.

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

use super::csv::LineEnd;
use crate::ConnectError;

/// How a file is written, as an integration states it: whatever is absent is found out by looking at the
/// file. A flat table of plain values, so that it reads well in TOML.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FileFormat {
    /// `csv` or `xlsx`; found out from the first bytes where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// CSV: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252` or any other label of the WHATWG standard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// CSV: the ASCII character between cells, or `tab`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
    /// CSV: the ASCII character around cells; empty for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// CSV: `any`, `lf`, `crlf` or `cr`; `any` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_end: Option<String>,
    /// XLSX: the sheet's name; the first sheet with cells where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The line or sheet row with the column names, 1 for the first; 0 where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u32>,
    /// Names for the columns, in place of those in the file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
}

impl FileFormat {
    pub(crate) fn encoding(&self) -> Result<Option<&'static Encoding>, ConnectError> {
        let Some(label) = &self.encoding else { return Ok(None) };
        Encoding::for_label(label.as_bytes()).map(Some).ok_or_else(|| {
            bad(
                "encoding",
                label,
                "utf-8, utf-16le, utf-16be, windows-1252 or another label of the WHATWG standard",
            )
        })
    }

    pub(crate) fn delimiter(&self) -> Result<Option<u8>, ConnectError> {
        let Some(text) = &self.delimiter else { return Ok(None) };
        match text.as_bytes() {
            _ if text.eq_ignore_ascii_case("tab") || text == "\\t" => Ok(Some(b'\t')),
            [byte] if byte.is_ascii() && !matches!(byte, b'\r' | b'\n' | b'"' | 0) => Ok(Some(*byte)),
            _ => Err(bad("delimiter", text, "one ASCII character, or tab")),
        }
    }

    #[allow(clippy::option_option)] // stated as none is something else than not stated
    pub(crate) fn quote(&self) -> Result<Option<Option<u8>>, ConnectError> {
        let Some(text) = &self.quote else { return Ok(None) };
        match text.as_bytes() {
            [] => Ok(Some(None)),
            [byte] if byte.is_ascii() && !matches!(byte, b'\r' | b'\n' | 0) => Ok(Some(Some(*byte))),
            _ => Err(bad("quote", text, "one ASCII character, or empty for none")),
        }
    }

    pub(crate) fn line_end(&self) -> Result<Option<LineEnd>, ConnectError> {
        let Some(text) = &self.line_end else { return Ok(None) };
        Ok(Some(match text.as_str() {
            "any" => LineEnd::Any,
            "lf" => LineEnd::Lf,
            "crlf" => LineEnd::CrLf,
            "cr" => LineEnd::Cr,
            _ => return Err(bad("line end", text, "any, lf, crlf or cr")),
        }))
    }

    pub(crate) fn kind(&self) -> Result<Option<FileKind>, ConnectError> {
        match self.kind.as_deref() {
            None => Ok(None),
            Some("csv") => Ok(Some(FileKind::Csv)),
            Some("xlsx") => Ok(Some(FileKind::Xlsx)),
            Some(other) => Err(bad("kind of file", other, "csv or xlsx")),
        }
    }
}

/// The kinds of file that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Text with delimiters.
    Csv,
    /// An Excel workbook in the Open XML format.
    Xlsx,
}

fn bad(setting: &'static str, value: &str, allowed: &'static str) -> ConnectError {
    ConnectError::BadFormat { setting, value: value.into(), allowed }
}
