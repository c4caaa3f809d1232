//! Reads a set page by page. Each page is asked by the values of the last row that was given and not by a number of
//! rows to pass over, so that a row that changes meanwhile pushes no other out of sight. A service that does not take
//! such a question is followed by its own links.

use std::collections::HashSet;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::OData;
use super::query::{Field, Query};
use crate::system::http::answer::Answer;
use crate::system::http::json::{Fields, HASH, cell, hash, items};
use crate::system::http::moment::compare;
use crate::system::http::position::{fingerprint, written};
use crate::system::{Ask, Block, BlockBuilder, FieldType, Request, SystemError, SystemFault};
use crate::{Cursor, ReadEnd};

/// Where a read is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Position {
    of: String,
    /// The value of the cursor field from which it reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    /// The last value that it saw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    latest: Option<String>,
    /// The values of the order of the last row that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<Vec<String>>,
    /// The service's own link to the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

impl Position {
    /// Where `from` is.
    ///
    /// # Errors
    /// [`SystemFault::BadCursor`].
    pub(super) fn parse(from: &Cursor, request: &Request) -> Result<Self, SystemError> {
        let of = fingerprint("odata", request);
        let text = from.to_string();
        if text.is_empty() {
            return Ok(Self { of, since: None, latest: None, after: None, link: None });
        }
        let position: Self = serde_json::from_str(&text).map_err(|_| SystemFault::BadCursor)?;
        if position.of == of { Ok(position) } else { Err(SystemFault::BadCursor.into()) }
    }

    fn is_within(&self) -> bool {
        self.link.is_some() || self.after.is_some()
    }

    fn ended(&self) -> Self {
        let since = self.latest.clone().or_else(|| self.since.clone());
        Self { since, latest: None, after: None, link: None, of: self.of.clone() }
    }
}

/// A page, understood.
struct Page {
    rows: Vec<Row>,
    hash: u64,
    next: Option<String>,
}

struct Row {
    cells: Vec<String>,
    order: Vec<String>,
}

/// One read.
pub(super) struct Reading<'r> {
    pub odata: &'r OData,
    pub query: Query<'r>,
    pub request: &'r Request,
    pub ask: &'r Ask<'r>,
    pub position: Position,
    pub take: &'r mut dyn FnMut(Block) -> ControlFlow<()>,
    seen: Seen,
}

/// What one read saw.
#[derive(Default)]
struct Seen {
    /// Pages and links.
    pages: HashSet<u64>,
    /// The rows that have the last value of the first field of the order: services that keep moments more exactly than
    /// they write them give these again.
    ties: HashSet<u64>,
    /// The link of the page before, for a service that does not take the question for the rows behind it.
    spare: Option<String>,
    /// Whether a page was read.
    is_begun: bool,
}

impl<'r> Reading<'r> {
    /// From a position on.
    pub(super) fn new(
        odata: &'r OData,
        query: Query<'r>,
        request: &'r Request,
        ask: &'r Ask<'r>,
        position: Position,
        take: &'r mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Self {
        Self { odata, query, request, ask, position, take, seen: Seen::default() }
    }

    /// Reads to the end.
    ///
    /// # Errors
    /// Why it broke off.
    pub(super) fn run(mut self) -> Result<ReadEnd, SystemError> {
        let mut builder = BlockBuilder::new(self.query.columns.clone());
        let mut told = self.position.clone();
        loop {
            let page = self.next_page()?;
            let next = page.next.clone();
            let (by_values, is_full) = self.way_on(&page)?;
            let has_more = next.is_some() || (by_values && is_full);
            for row in page.rows {
                if !self.note(&row.order, by_values) {
                    continue;
                }
                builder.push(&row.cells)?;
                // Behind any row where it goes on by values; else pages are kept whole.
                if by_values && builder.is_full() {
                    told = self.position.clone();
                    if (self.take)(builder.take(written(&told)?)?).is_break() {
                        return Ok(ReadEnd::Stopped);
                    }
                }
            }
            self.position.link = next.clone().filter(|_| !by_values);
            self.seen.spare = next.filter(|_| by_values);
            let at = if has_more { self.position.clone() } else { self.position.ended() };
            if builder.rows() > 0 || (!has_more && told != at) {
                told = at;
                if (self.take)(builder.take(written(&told)?)?).is_break() {
                    return Ok(ReadEnd::Stopped);
                }
            }
            if !has_more {
                return Ok(ReadEnd::Complete);
            }
        }
    }

    /// The next page that leads further.
    fn next_page(&mut self) -> Result<Page, SystemError> {
        loop {
            let spare = self.seen.spare.take();
            let asked = match &self.position.link {
                Some(link) if !self.seen.pages.insert(hash(link.as_bytes(), HASH)) => Err(not_further()),
                _ => self.page(),
            };
            let is_stuck = match &asked {
                Ok(page) => !self.is_further(page),
                Err(error) => is_refused(error),
            };
            match spare {
                _ if !is_stuck => {}
                Some(link) => {
                    self.position.link = Some(link);
                    continue;
                }
                // A position that the service does not take (any more): it is read anew from where the last whole read
                // ended, so that no read is stuck for ever.
                None if !self.seen.is_begun && self.position.is_within() => {
                    self.position.link = None;
                    self.position.after = None;
                    continue;
                }
                None => return asked.and(Err(not_further())),
            }
            let page = asked?;
            self.seen.is_begun = true;
            self.seen.pages.insert(page.hash);
            return Ok(page);
        }
    }

    /// Whether a page leads further; a service that overlooks a part of the question gives the same again.
    fn is_further(&self, page: &Page) -> bool {
        if page.rows.is_empty() {
            return true;
        }
        let is_last = page.next.is_none() && (page.rows.len() as u64) < u64::from(self.request.page_rows);
        let is_known = |row: &Row| self.seen.ties.contains(&state(&row.order));
        let is_behind = match (&self.position.link, &self.position.after, page.rows.first()) {
            (None, Some(after), Some(first)) => !self.is_certainly_before(&first.order, after),
            _ => true,
        };
        is_behind && !self.seen.pages.contains(&page.hash) && (is_last || !page.rows.iter().all(is_known))
    }

    /// Whether it goes on by the values of the last row, and whether the page is as large as it was asked for.
    fn way_on(&self, page: &Page) -> Result<(bool, bool), SystemError> {
        let is_full = page.rows.len() as u64 >= u64::from(self.request.page_rows);
        if self.position.link.is_some() || !self.query.has_key {
            return Ok((false, is_full));
        }
        let is_sorted = page.rows.is_sorted_by(|a, b| !self.is_certainly_before(&b.order, &a.order));
        if !is_sorted && is_full && page.next.is_none() {
            // Behind a page without an order nobody knows what is missing.
            return Err(SystemFault::Nonsense { expected: "sorted as it was asked" }.into());
        }
        Ok((is_sorted, is_full))
    }

    /// Keeps where a row stands. Whether it is one that was not given yet.
    fn note(&mut self, order: &[String], by_values: bool) -> bool {
        let is_tie = self.position.after.as_ref().and_then(|after| after.first()) == order.first();
        if !is_tie {
            self.seen.ties.clear();
        }
        if by_values && !self.seen.ties.insert(state(order)) {
            return false;
        }
        if let (true, Some(cursor)) = (self.query.has_cursor, order.first()) {
            let latest = self.position.latest.as_deref().or(self.position.since.as_deref());
            if !cursor.is_empty() && latest.is_none_or(|latest| compare(latest, cursor).is_lt()) {
                self.position.latest = Some(cursor.clone());
            }
        }
        self.position.after = by_values.then(|| order.to_vec());
        true
    }

    /// Whether `a` stands before `b` by the first field of the order. Texts are left out: services sort them in many
    /// ways.
    fn is_certainly_before(&self, a: &[String], b: &[String]) -> bool {
        let (Some(field), Some(a), Some(b)) = (self.query.order.first(), a.first(), b.first()) else {
            return false;
        };
        let edm = field.property.edm;
        let is_certain = edm.is_time() || edm.kind() == FieldType::Integer;
        is_certain && if a.is_empty() || b.is_empty() { a.len() < b.len() } else { compare(a, b).is_lt() }
    }

    fn page(&self) -> Result<Page, SystemError> {
        let call = if let Some(link) = &self.position.link {
            self.odata.link(link, self.query.set, self.request.page_rows)?
        } else {
            let (since, after) = (self.position.since.as_deref(), self.position.after.as_deref());
            self.odata.call(
                &self.query,
                &self.query.text(self.request, since, after),
                self.request.page_rows,
            )?
        };
        self.odata.client.ask(&call, self.ask, |answer| {
            let page = self.understand(answer)?;
            let rows = page.rows.len() as u64;
            Ok((page, rows))
        })
    }

    fn understand(&self, answer: &Answer) -> Result<Page, SystemError> {
        let nonsense = || SystemError::from(SystemFault::Nonsense { expected: "a page of OData in JSON" });
        let text = answer.text()?;
        let parsed: Result<&RawValue, _> = serde_json::from_str(text.trim_start_matches('\u{feff}'));
        let answered = parsed.map_err(|error| {
            if error.is_eof() && !text.trim().is_empty() { SystemFault::BrokenOff.into() } else { nonsense() }
        })?;
        let outer = Fields::of(answered).ok_or_else(nonsense)?;
        let (list, next) = if self.query.version == 2 {
            let d = outer.own("d").ok_or_else(nonsense)?;
            match Fields::of(d) {
                Some(inner) => (inner.own("results"), inner.own("__next")),
                None => (Some(d), None),
            }
        } else {
            (outer.own("value"), outer.own("@odata.nextLink").or_else(|| outer.own("@nextLink")))
        };
        let list = list.and_then(items).ok_or_else(nonsense)?;
        let mut page = Page { rows: Vec::with_capacity(list.len()), hash: HASH, next: None };
        for raw in list {
            let row = Fields::of(raw).ok_or_else(nonsense)?;
            page.hash = hash(raw.get().as_bytes(), page.hash);
            let cells: Result<_, _> = self.query.fields.iter().map(|field| self.text(&row, field)).collect();
            let order: Result<_, _> = self.query.order.iter().map(|field| self.text(&row, field)).collect();
            page.rows.push(Row { cells: cells?, order: order? });
        }
        let next = next.map(cell).filter(|next| !next.is_empty());
        let absolute = next.map(|next| answer.url.join(&next).map(String::from).map_err(|_| nonsense()));
        page.next = absolute.transpose()?;
        Ok(page)
    }

    fn text(&self, row: &Fields<'_>, field: &Field) -> Result<String, SystemError> {
        let missing =
            || SystemFault::NoField { stream: self.query.set.name.clone(), field: field.steps.join(".") };
        let Some((last, ways)) = field.steps.split_last() else { return Err(missing().into()) };
        let Some(first) = ways.first() else {
            let own = row.own(last).ok_or_else(missing)?;
            return Ok(field.property.edm.text(own).into_owned());
        };
        // Where a way leads nowhere (`null`), all fields behind it are empty.
        let inner = row.own(first).and_then(Fields::of);
        let there = inner.as_ref().map(|inner| {
            if ways.len() == 1 { inner.own(last) } else { inner.find(&field.steps[1..].join(".")) }
        });
        Ok(there.flatten().map(|raw| field.property.edm.text(raw).into_owned()).unwrap_or_default())
    }
}

/// Tells a row from others by its values of the order.
fn state(order: &[String]) -> u64 {
    order.iter().fold(HASH, |sum, value| hash(b"\0", hash(value.as_bytes(), sum)))
}

fn is_refused(error: &SystemError) -> bool {
    matches!(
        error.fault,
        SystemFault::Refused { .. }
            | SystemFault::Failing { status: Some(500) }
            | SystemFault::NoStream { .. }
    )
}

fn not_further() -> SystemError {
    SystemFault::Nonsense { expected: "a new page: it gives rows of a page before once more" }.into()
}
