//! Reads a stream of a web service page by page, so that nothing is lost and nothing doubled.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use reqwest::Url;

use super::Http;
use super::moment::{compare, earlier};
use super::page::{Page, PageRow, Wanted};
use super::position::{Position, Spot};
use crate::ReadEnd;
use crate::system::connection::Paging;
use crate::system::{Ask, Block, BlockBuilder, Request, SystemError, SystemFault};

/// Rows that one read remembers, so that a row is not given twice: some 100 MB.
const REMEMBERED_ROWS_MAX: usize = 4_000_000;

/// Pages without rows that may follow each other while each still names a next one.
const EMPTY_PAGES_MAX: u32 = 100;

/// Times that a read begins anew because rows changed their places while it was read.
const PASSES_MAX: u32 = 3;

/// One read.
pub(super) struct Reading<'r> {
    pub http: &'r Http,
    pub request: &'r Request,
    pub ask: &'r Ask<'r>,
    pub position: Position,
    pub take: &'r mut dyn FnMut(Block) -> ControlFlow<()>,
    /// The rows of the page, on their way.
    builder: Option<BlockBuilder>,
    /// Rows that were given, by key: the state in which they were given.
    given: HashMap<u64, u64>,
    /// A row came again with another state: others may have changed their places and been passed over.
    has_moved: bool,
    /// The position that was given last.
    told: Option<Position>,
}

/// What was seen of one pass over the pages.
#[derive(Default)]
struct Seen {
    pages: HashSet<u64>,
    spots: HashSet<Spot>,
    empty: u32,
}

type Flow = ControlFlow<ReadEnd>;

impl<'r> Reading<'r> {
    /// From a position on.
    pub(super) fn new(
        http: &'r Http,
        request: &'r Request,
        ask: &'r Ask<'r>,
        position: Position,
        take: &'r mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Self {
        let fields = request.fields.clone();
        let builder = (!fields.is_empty()).then(|| BlockBuilder::new(fields));
        let told = Some(position.clone());
        Self { http, request, ask, position, take, builder, given: HashMap::new(), has_moved: false, told }
    }

    /// Reads to the end.
    ///
    /// # Errors
    /// Why it broke off.
    pub(super) fn run(mut self) -> Result<ReadEnd, SystemError> {
        let resumed = self.resume()?;
        for pass in 1..=PASSES_MAX {
            self.has_moved = false;
            let spot = resumed.clone().filter(|_| pass == 1).unwrap_or_else(|| self.http.first_spot());
            if let ControlFlow::Break(end) = self.pass(spot)? {
                return Ok(end);
            }
            if !self.has_moved {
                break;
            }
        }
        let ended = self.position.ended();
        if self.told.as_ref() != Some(&ended) && self.give(ended)?.is_break() {
            return Ok(ReadEnd::Stopped);
        }
        Ok(ReadEnd::Complete)
    }

    /// The page with which a read goes on that broke off; none where it begins at the front. Pages by number and by
    /// offset hold what they held only while the page before is still the same.
    fn resume(&mut self) -> Result<Option<Spot>, SystemError> {
        let Some(next) = self.position.next.clone() else { return Ok(None) };
        let is_counted = matches!(next, Spot::Page(_) | Spot::Offset(_));
        if let (true, Some((before, hash))) = (is_counted, &self.position.before) {
            let is_same = match self.page(before) {
                Ok(page) => page.hash == *hash,
                Err(error) if is_gone(&error) => false,
                Err(error) => return Err(error),
            };
            if !is_same {
                self.begin_anew();
                return Ok(None);
            }
        }
        Ok(Some(next))
    }

    fn begin_anew(&mut self) {
        self.position.next = None;
        self.position.before = None;
        self.position.given = 0;
    }

    /// Once over the pages, from `spot` on.
    fn pass(&mut self, mut spot: Spot) -> Result<Flow, SystemError> {
        let mut seen = Seen::default();
        let is_resumed = self.position.next.as_ref() == Some(&spot);
        loop {
            let page = match self.page(&spot) {
                Ok(page) => page,
                // Some services say of the page behind the last that it is not there.
                Err(error) if is_end(&error, &spot) && !seen.spots.is_empty() => Page::default(),
                // A mark that a service forgot in the meantime.
                Err(error) if is_gone(&error) && is_resumed && seen.spots.is_empty() => {
                    self.begin_anew();
                    spot = self.http.first_spot();
                    self.page(&spot)?
                }
                Err(error) => return Err(error),
            };
            seen.spots.insert(spot.clone());
            if page.count > 0 && !seen.pages.insert(page.hash) {
                let expected = "a new page: it gives rows of a page before once more";
                return Err(SystemFault::Nonsense { expected }.into());
            }
            let next = self.next(&spot, &page)?;
            if next.as_ref().is_some_and(|next| seen.spots.contains(next)) {
                let expected = "one that leads on: its next page is one that was read before";
                return Err(SystemFault::Nonsense { expected }.into());
            }
            seen.empty = if page.count == 0 { seen.empty + 1 } else { 0 };
            if seen.empty > EMPTY_PAGES_MAX {
                return Err(
                    SystemFault::Nonsense { expected: "one with rows, after many without any" }.into()
                );
            }
            if let ControlFlow::Break(end) = self.give_page(page, &spot, next.as_ref())? {
                return Ok(ControlFlow::Break(end));
            }
            match next {
                Some(next) => spot = next,
                None => return Ok(ControlFlow::Continue(())),
            }
        }
    }

    fn page(&self, spot: &Spot) -> Result<Page, SystemError> {
        let range = self.request.range;
        let since = range.map(|range| super::moment::written(range.from)).or_else(|| {
            let overlap = self.request.cursor.as_ref().map_or(0, |cursor| cursor.overlap_seconds);
            self.position.since.as_deref().map(|since| earlier(since, overlap))
        });
        let call = self.http.call(self.request, spot, since.as_deref())?;
        let columns = self.builder.as_ref().map_or(&[][..], BlockBuilder::columns);
        let wanted = Wanted {
            stream: self.request.what.text(),
            fields: &self.request.fields,
            columns,
            cursor: self.request.cursor.as_ref(),
            range,
        };
        self.http.client.ask(&call, self.ask, |answer| {
            let mut page = self.http.shape.understand(answer, &wanted)?;
            if !matches!(self.http.service.paging, Paging::Cursor { .. }) {
                // Relative to the page that names it.
                let absolute = page.next.as_deref().map(|next| answer.url.join(next).map(Url::into));
                page.next = absolute
                    .transpose()
                    .map_err(|_| SystemFault::Nonsense { expected: "one whose next page has an address" })?;
            }
            let rows = page.count as u64;
            Ok((page, rows))
        })
    }

    fn next(&self, spot: &Spot, page: &Page) -> Result<Option<Spot>, SystemError> {
        let mut page_next = page.next.clone();
        Ok(match (&self.http.service.paging, spot) {
            (Paging::None, _) => None,
            (Paging::Page { .. }, Spot::Page(number)) => (page.count > 0).then_some(Spot::Page(number + 1)),
            (Paging::Offset { .. }, Spot::Offset(rows)) => {
                (page.count > 0).then_some(Spot::Offset(rows + page.count as u64))
            }
            (Paging::Cursor { .. }, _) => page_next.take().map(Spot::Mark),
            (Paging::LinkHeader | Paging::NextUrl { .. }, _) => page_next.take().map(Spot::Address),
            _ => return Err(SystemFault::BadCursor.into()),
        })
    }

    /// Gives the rows of a page that were not given before, in blocks.
    fn give_page(&mut self, page: Page, spot: &Spot, next: Option<&Spot>) -> Result<Flow, SystemError> {
        if self.builder.is_none() && page.count > 0 {
            self.builder = Some(BlockBuilder::new(page.columns));
        }
        let passed_over = self.passed_over(page.hash, spot);
        self.position.before = Some((spot.clone(), page.hash));
        for (index, row) in page.rows.into_iter().enumerate() {
            if index < passed_over || !self.is_new(&row) {
                continue;
            }
            let Some(builder) = &mut self.builder else { break };
            builder.push(&row.cells)?;
            if is_latest(&self.position, &row.cursor) {
                self.position.latest = Some(row.cursor);
            }
            if builder.is_full() {
                let within = Position { next: Some(spot.clone()), given: index + 1, ..self.position.clone() };
                if self.give(within)?.is_break() {
                    return Ok(ControlFlow::Break(ReadEnd::Stopped));
                }
            }
        }
        self.position.given = 0;
        self.position.next = next.cloned();
        if self.builder.as_ref().is_some_and(|builder| builder.rows() > 0) {
            let at = match next {
                None if !self.has_moved => self.position.ended(),
                // Rows may have been passed over: a read that breaks off now begins at the front.
                _ if self.has_moved => {
                    Position { next: None, before: None, latest: None, ..self.position.clone() }
                }
                _ => self.position.clone(),
            };
            if self.give(at)?.is_break() {
                return Ok(ControlFlow::Break(ReadEnd::Stopped));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Rows at the front of a page that were given before the read broke off within it.
    fn passed_over(&self, hash: u64, spot: &Spot) -> usize {
        let is_here = self.position.next.as_ref() == Some(spot);
        let is_same =
            self.position.before.as_ref().is_some_and(|(before, known)| before == spot && *known == hash);
        if is_here && is_same { self.position.given } else { 0 }
    }

    fn is_new(&mut self, row: &PageRow) -> bool {
        let Some(key) = row.key else { return true };
        match self.given.get(&key) {
            Some(state) if *state == row.hash => return false,
            Some(_) => self.has_moved = true,
            None if self.given.len() >= REMEMBERED_ROWS_MAX => return true,
            None => {}
        }
        self.given.insert(key, row.hash);
        true
    }

    fn give(&mut self, at: Position) -> Result<ControlFlow<()>, SystemError> {
        let cursor = at.cursor()?;
        self.told = Some(at);
        let Some(builder) = &mut self.builder else {
            // A read that was resumed and found nothing more: only the position moves.
            return Ok((self.take)(Block { cursor, ..Block::default() }));
        };
        Ok((self.take)(builder.take(cursor)?))
    }
}

fn is_latest(position: &Position, cursor: &str) -> bool {
    let latest = position.latest.as_deref().or(position.since.as_deref());
    !cursor.is_empty() && latest.is_none_or(|latest| compare(latest, cursor).is_lt())
}

fn is_gone(error: &SystemError) -> bool {
    matches!(error.fault, SystemFault::NoStream { .. } | SystemFault::Refused { status: Some(400..) })
}

fn is_end(error: &SystemError, spot: &Spot) -> bool {
    matches!(error.fault, SystemFault::NoStream { .. }) && matches!(spot, Spot::Page(_))
}
