//! Where a read of rows stands: behind which value of the cursor field, and behind which key among its equals.

use serde::{Deserialize, Serialize};

use super::super::{CursorField, SystemError, SystemFault};
use crate::Cursor;

/// A value of the cursor field or of its key, exactly as the database gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", try_from = "Written")]
pub(super) enum Mark {
    /// A number, written with digits. [`Mark::number`] sees to it that it is nothing else.
    Number(String),
    /// Anything else.
    Text(String),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Written {
    Number(String),
    Text(String),
}

/// A mark that is said to be a number and is none.
#[derive(Debug, thiserror::Error)]
#[error("not a number")]
struct NoNumber;

impl TryFrom<Written> for Mark {
    type Error = NoNumber;

    fn try_from(written: Written) -> Result<Self, NoNumber> {
        match written {
            Written::Number(text) if is_number(&text) => Ok(Self::Number(text)),
            Written::Number(_) => Err(NoNumber),
            Written::Text(text) => Ok(Self::Text(text)),
        }
    }
}

impl Mark {
    /// A number where the text is one, else a text.
    pub(super) fn number(text: String) -> Self {
        if is_number(&text) { Self::Number(text) } else { Self::Text(text) }
    }
}

/// Digits with what belongs to them; nothing that could be anything else in a statement.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|sign: char| sign.is_ascii_digit())
        && !digits.contains("--")
        && digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte))
}

/// A value of the cursor field, with the key of its row where the request names one.
pub(super) type Pair = (Mark, Option<Mark>);

/// Where a read stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Position {
    /// Before the first row.
    #[default]
    Start,
    /// Among the rows whose cursor field is empty, behind this key; then on from where the read before ended.
    Empty {
        /// The key.
        key: Mark,
        /// Where the read before ended.
        end: Option<Pair>,
    },
    /// Behind a row; those with an empty cursor field are read.
    Row(Pair),
    /// Behind the last row; the next read begins here.
    End(Pair),
}

/// A position with the request that it belongs to.
#[derive(Serialize, Deserialize)]
struct Kept {
    field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    at: Position,
}

impl Position {
    /// What a cursor means for a request with this cursor field.
    ///
    /// # Errors
    /// [`SystemFault::BadCursor`] where it was given for another field, or by something else.
    pub(super) fn of(cursor: &Cursor, by: Option<&CursorField>) -> Result<Self, SystemError> {
        if *cursor == Cursor::start() {
            return Ok(Self::Start);
        }
        let bad = || SystemError::from(SystemFault::BadCursor);
        let by = by.ok_or_else(bad)?;
        let kept: Kept = serde_json::from_str(&cursor.to_string()).map_err(|_| bad())?;
        if kept.field == by.field && kept.key == by.key { Ok(kept.at) } else { Err(bad()) }
    }

    /// As a cursor.
    ///
    /// # Errors
    /// [`SystemFault::Local`], never met: its parts are texts.
    pub(super) fn cursor(&self, by: Option<&CursorField>) -> Result<Cursor, SystemError> {
        let (Some(by), false) = (by, *self == Self::Start) else { return Ok(Cursor::start()) };
        let kept = Kept { field: by.field.clone(), key: by.key.clone(), at: self.clone() };
        let text = serde_json::to_string(&kept).map_err(|_| SystemError::from(SystemFault::Local))?;
        text.parse().map_err(|_| SystemFault::Local.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(key: Option<&str>) -> CursorField {
        CursorField { field: "changed".into(), key: key.map(str::to_owned), overlap_seconds: 0 }
    }

    #[test]
    fn a_position_survives_as_text_and_belongs_to_its_request() {
        let by_id = by(Some("id"));
        let pair = (Mark::Text("2026-01-02 \"'".into()), Some(Mark::Number("9007199254740993".into())));
        let positions = [
            Position::Start,
            Position::Empty { key: Mark::Number("7".into()), end: Some(pair.clone()) },
            Position::Row(pair.clone()),
            Position::End(pair),
        ];
        for position in positions {
            let cursor = position.cursor(Some(&by_id)).unwrap();
            assert_eq!(Position::of(&cursor, Some(&by_id)).unwrap(), position);
            if position != Position::Start {
                for other in [None, Some(&by(None))] {
                    assert_eq!(Position::of(&cursor, other).unwrap_err().code(), "bad_cursor");
                }
            }
        }
    }

    #[test]
    fn a_forged_number_is_refused() {
        for forged in ["1; drop table x", "1 or 1", "1--", "", "-", "e5", "0x1", "1--2"] {
            let text = format!(r#"{{"field":"changed","at":{{"row":[{{"number":"{forged}"}},null]}}}}"#);
            let cursor: Cursor = text.parse().unwrap();
            assert_eq!(Position::of(&cursor, Some(&by(None))).unwrap_err().code(), "bad_cursor", "{forged}");
        }
        assert_eq!(Mark::number("-1.5e+10".into()), Mark::Number("-1.5e+10".into()));
    }
}
