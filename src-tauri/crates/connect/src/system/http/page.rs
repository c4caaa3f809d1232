//! One answer of a web service, understood: its rows, and where it leads.

use reqwest::header::LINK;
use serde_json::value::RawValue;

use super::answer::{Answer, message};
use super::json::{Fields, HASH, both, cell, hash, is_nothing, items, kind};
use super::moment::moment;
use super::path::Path;
use crate::system::{Blank, CursorField, FieldType, FoundField, Range, SystemError, SystemFault};

/// A field that is in none of so many rows is not there. Fewer rows prove nothing: services leave out what is empty.
const ROWS_THAT_PROVE: usize = 20;

/// Where things stand in the answers of a service.
pub(super) struct Shape {
    /// The rows; the answer itself where absent.
    pub rows: Option<Path>,
    /// An error in an answer of 200.
    pub error: Option<Path>,
    /// What leads to the next page.
    pub next: Option<Path>,
    /// The next page is in a header.
    pub has_link_header: bool,
}

/// What is wanted of an answer.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'w> {
    /// The stream, for people.
    pub stream: &'w str,
    /// The fields that were asked for, which have to be there.
    pub fields: &'w [String],
    /// The columns of the blocks; all fields that are there where empty.
    pub columns: &'w [String],
    /// What grows.
    pub cursor: Option<&'w CursorField>,
    /// Only these.
    pub range: Option<Range>,
}

/// One answer, understood.
#[derive(Default)]
pub(super) struct Page {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// Its rows that are wanted.
    pub rows: Vec<PageRow>,
    /// All its rows.
    pub count: usize,
    /// Tells it from other pages.
    pub hash: u64,
    /// The mark or address that leads to the next.
    pub next: Option<String>,
}

/// A row.
pub(super) struct PageRow {
    /// Its cells, in the order of the columns.
    pub cells: Vec<String>,
    /// The value of its cursor field; empty without one.
    pub cursor: String,
    /// Tells it from other rows, where the request says by what.
    pub key: Option<u64>,
    /// Tells it from other states of itself.
    pub hash: u64,
}

impl Shape {
    /// The rows of an answer and what leads on.
    ///
    /// # Errors
    /// [`SystemFault::Nonsense`], [`SystemFault::BrokenOff`], [`SystemFault::NoField`], [`SystemFault::Refused`] for an
    /// error that came as if it were none.
    pub(super) fn understand(&self, answer: &Answer, wanted: &Wanted<'_>) -> Result<Page, SystemError> {
        let text = answer.text()?;
        let answered = json(&text)?;
        let rows = self.rows(answered)?;
        let fields: Option<Vec<Fields<'_>>> = rows.iter().map(|row| Fields::of(row)).collect();
        let fields = fields.ok_or(SystemFault::Nonsense { expected: "a list of rows with named fields" })?;
        let columns = if wanted.columns.is_empty() { names(&fields) } else { wanted.columns.to_vec() };
        all_there(&fields, wanted)?;
        let mut page =
            Page { columns, count: rows.len(), next: self.next(answer, answered), ..Page::default() };
        page.hash = HASH;
        for (raw, fields) in rows.iter().zip(&fields) {
            let hash = hash(raw.get().as_bytes(), HASH);
            page.hash = super::json::hash(&hash.to_le_bytes(), page.hash);
            let text = |name: &str| fields.find(name).map(|raw| cell(raw).into_owned()).unwrap_or_default();
            let cursor = wanted.cursor.map(|cursor| text(&cursor.field)).unwrap_or_default();
            if !is_within(&cursor, wanted.range) {
                continue;
            }
            let key = wanted.cursor.and_then(|cursor| cursor.key.as_deref());
            let key = key.map(|key| super::json::hash(text(key).as_bytes(), HASH));
            let cells = page.columns.iter().map(|column| text(column)).collect();
            page.rows.push(PageRow { cells, cursor, key, hash });
        }
        Ok(page)
    }

    /// The fields of the rows of an answer, and what they hold.
    ///
    /// # Errors
    /// As [`Shape::understand`].
    pub(super) fn fields(&self, answer: &Answer) -> Result<(Vec<FoundField>, u64), SystemError> {
        let text = answer.text()?;
        let rows = self.rows(json(&text)?)?;
        let mut found: Vec<(String, Option<FieldType>)> = Vec::new();
        for row in &rows {
            for (name, raw) in Fields::of(row).map(|fields| fields.flat()).unwrap_or_default() {
                match found.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, known)) => {
                        *known = known.zip(kind(raw)).map(|(a, b)| both(a, b)).or(*known).or(kind(raw));
                    }
                    None => found.push((name, kind(raw))),
                }
            }
        }
        let field = |(name, kind): (String, Option<FieldType>)| {
            let is_key = name.eq_ignore_ascii_case("id") && is_unique(&rows, &name);
            FoundField { label: None, kind: kind.unwrap_or(FieldType::Text), is_key, name }
        };
        Ok((found.into_iter().map(field).collect(), rows.len() as u64))
    }

    fn rows<'j>(&self, answered: &'j RawValue) -> Result<Vec<&'j RawValue>, SystemError> {
        if let Some(said) = self.error.as_ref().and_then(|error| error.first(answered)) {
            let said = serde_json::from_str(said.get()).ok().and_then(|said| message(&said, 0));
            let fault = SystemFault::Refused { status: Some(200) };
            return Err(SystemError::new(fault, &said.unwrap_or_default(), &Blank::default()));
        }
        let Some(path) = &self.rows else {
            let expected = "a list of rows; if they stand within it, say where by a JSON path";
            return items(answered).ok_or_else(|| SystemFault::Nonsense { expected }.into());
        };
        let found = path.all(answered);
        match found.as_slice() {
            [] => {
                Err(SystemFault::Nonsense { expected: "one with rows where they were said to stand" }.into())
            }
            [one] => match items(one) {
                Some(rows) => Ok(rows),
                None if is_nothing(one) => Ok(Vec::new()),
                None => Ok(found),
            },
            _ => Ok(found),
        }
    }

    fn next(&self, answer: &Answer, answered: &RawValue) -> Option<String> {
        if self.has_link_header {
            return answer.headers.get_all(LINK).iter().find_map(|header| next_link(header.to_str().ok()?));
        }
        Some(cell(self.next.as_ref()?.first(answered)?).into_owned())
    }
}

fn json(text: &str) -> Result<&RawValue, SystemError> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        if error.is_eof() && !text.trim().is_empty() {
            return SystemFault::BrokenOff.into();
        }
        let said = super::answer::words(text.as_bytes());
        SystemError::new(SystemFault::Nonsense { expected: "JSON" }, &said, &Blank::default())
    })
}

/// The names of all fields, in the order in which they first come.
fn names(rows: &[Fields<'_>]) -> Vec<String> {
    let mut known = std::collections::HashSet::new();
    let all = rows.iter().flat_map(|row| row.flat().into_iter().map(|(name, _)| name));
    all.filter(|name| known.insert(name.clone())).collect()
}

fn all_there(rows: &[Fields<'_>], wanted: &Wanted<'_>) -> Result<(), SystemError> {
    let is_missing = |name: &str| rows.iter().all(|row| row.find(name).is_none());
    let without = |field: &str| {
        Err(SystemFault::NoField { stream: wanted.stream.to_owned(), field: field.to_owned() }.into())
    };
    // By these it goes on: without them rows would be lost.
    let vital =
        wanted.cursor.into_iter().flat_map(|cursor| Some(&cursor.field).into_iter().chain(&cursor.key));
    let proven = if rows.len() < ROWS_THAT_PROVE { &[] } else { wanted.fields };
    match vital.chain(proven).find(|name| !rows.is_empty() && is_missing(name)) {
        Some(missing) => without(missing),
        None => Ok(()),
    }
}

fn is_within(cursor: &str, range: Option<Range>) -> bool {
    let Some(range) = range else { return true };
    // What is no moment cannot be outside: it is given, so that nothing is lost.
    moment(cursor).is_none_or(|moment| range.from <= moment && moment < range.to)
}

fn is_unique(rows: &[&RawValue], name: &str) -> bool {
    let mut known = std::collections::HashSet::new();
    rows.iter().all(|row| {
        let value = Fields::of(row).and_then(|fields| fields.own(name));
        value.is_some_and(|value| known.insert(value.get()))
    })
}

/// The address of the next page in a header `Link` (RFC 8288).
fn next_link(header: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, link)) = rest.split_once('<') {
        let (address, behind) = link.split_once('>')?;
        // A comma within a quoted parameter does not end it.
        let mut is_quoted = false;
        let end = behind.find(|sign| {
            is_quoted ^= sign == '"';
            sign == ',' && !is_quoted
        });
        let end = end.unwrap_or(behind.len());
        let is_next = behind[..end].split(';').any(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or_default();
            let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
            name.trim().eq_ignore_ascii_case("rel") && relations.any(|one| one.eq_ignore_ascii_case("next"))
        });
        if is_next {
            return Some(address.to_owned());
        }
        rest = &behind[end..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_link_is_found_among_others() {
        let cases = [
            (r#"<https://x/1>; rel="prev", <https://x/3?a=1,2>; rel="next""#, Some("https://x/3?a=1,2")),
            (r#"</rows?page=2>; title="a, b"; rel=next"#, Some("/rows?page=2")),
            (r#"<https://x/1>; rel="last""#, None),
            (r#"<https://x/1>; rel="last next""#, Some("https://x/1")),
            ("", None),
            ("<broken", None),
        ];
        for (header, expected) in cases {
            assert_eq!(next_link(header).as_deref(), expected, "{header}");
        }
    }
}
