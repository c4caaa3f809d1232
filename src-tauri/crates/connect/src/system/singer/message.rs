//! The lines of the Singer protocol.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::system::cell::Members;
use crate::system::{Blank, SystemError, SystemFault};

/// A line, as far as it matters here.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    stream: Option<Cow<'a, str>>,
    #[serde(borrow)]
    record: Option<Members<'a>>,
    #[serde(borrow)]
    schema: Option<&'a RawValue>,
    #[serde(borrow)]
    value: Option<&'a RawValue>,
}

/// What a tap says.
#[derive(Debug)]
pub(super) enum Message<'a> {
    /// What the rows of a stream look like from here on.
    Schema { stream: Cow<'a, str>, schema: &'a RawValue },
    /// A row.
    Record { stream: Cow<'a, str>, record: Members<'a> },
    /// Everything before is given; a later run goes on here.
    State(&'a RawValue),
    /// A table was given anew, or is about to be. Plaza keeps what was there before as history.
    ActivateVersion,
}

const EXPECTED: &str = "lines of the Singer protocol";

/// Reads one line.
pub(super) fn read<'a>(line: &'a [u8], blank: &Blank) -> Result<Message<'a>, SystemError> {
    let nonsense = |what: &str| {
        let shown = String::from_utf8_lossy(&line[..line.len().min(200)]);
        let detail = if what.is_empty() { shown.into_owned() } else { format!("{what}: {shown}") };
        SystemError::new(SystemFault::Nonsense { expected: EXPECTED }, &detail, blank)
    };
    let line: Line<'a> = serde_json::from_slice(line).map_err(|_| nonsense(""))?;
    let stream = line.stream;
    match (line.kind.as_ref(), stream) {
        ("RECORD", Some(stream)) => {
            let record = line.record.ok_or_else(|| nonsense("a row without its record"))?;
            Ok(Message::Record { stream, record })
        }
        ("SCHEMA", Some(stream)) => {
            let schema = line.schema.ok_or_else(|| nonsense("a schema without its text"))?;
            Ok(Message::Schema { stream, schema })
        }
        ("STATE", _) => line.value.map(Message::State).ok_or_else(|| nonsense("a state without its value")),
        ("ACTIVATE_VERSION", _) => Ok(Message::ActivateVersion),
        ("RECORD" | "SCHEMA", None) => Err(nonsense("a line without its stream")),
        // Its rows would lie in files of the tap's; whatever else a newer protocol says may be rows, too.
        ("BATCH", _) => {
            Err(nonsense("rows in files (BATCH) instead of lines; switch batches off in the tap's settings"))
        }
        _ => Err(nonsense("a kind of line that Plaza does not know")),
    }
}
