//! The system that stands in for the integration's own: it gives kept originals again, each row many times, and some of
//! its pages go wrong. What goes wrong follows from the seed alone.

use std::ops::ControlFlow;
use std::sync::{Mutex, MutexGuard, PoisonError};

use plaza_connect::system::{
    Answered, Ask, Block, BlockBuilder, FoundStream, Request, System, SystemError, SystemFault,
};
use plaza_connect::{Cursor, ReadEnd, Row};
use plaza_domain::cell::trim;

use super::plan::{Given, Round};
use crate::staging::same_column;

/// What stands between an order number and the number of its copy.
pub(super) const MARK: char = '~';

/// Seconds after which a question counts as not answered; nobody waits for them here.
const SILENT_SECONDS: u64 = 60;

/// Gives the originals of one pull.
pub(super) struct Replay<'a> {
    pub round: &'a Round,
    pub times: u32,
    pub faults: &'a Faults,
}

/// What goes wrong with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// No answer in time.
    TimeOut,
    /// The page breaks off in the middle.
    Partial,
    /// The page comes twice.
    Page,
    /// Some rows of it come twice.
    Rows,
}

/// How often something went wrong.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counted {
    pub time_outs: u32,
    pub partial_pages: u32,
    pub repeated_pages: u32,
    pub repeated_rows: i64,
}

/// Draws what goes wrong, and counts it.
pub(super) struct Faults {
    per_mille: u32,
    state: Mutex<Drawn>,
}

struct Drawn {
    chance: u64,
    /// Pages since the last fault of this stretch, and where in the stretch the next is.
    page: u32,
    at: u32,
    counted: Counted,
}

impl Faults {
    /// Nothing goes wrong.
    pub(super) const fn none() -> Self {
        let state = Drawn { chance: 0, page: 0, at: 0, counted: Counted::ZERO };
        Self { per_mille: 0, state: Mutex::new(state) }
    }

    /// So many pages in a thousand have a fault: one in each stretch of pages, at a place that is drawn.
    pub(super) fn drawn(seed: u32, per_mille: u32) -> Self {
        let mut state = Drawn { chance: u64::from(seed), page: 0, at: 0, counted: Counted::ZERO };
        state.at = (state.next() % u64::from(1_000 / per_mille.max(1))) as u32;
        Self { per_mille, state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, Drawn> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn counted(&self) -> Counted {
        self.state().counted
    }

    /// What goes wrong with the next page.
    fn next(&self) -> Option<Fault> {
        if self.per_mille == 0 {
            return None;
        }
        let stretch = (1_000 / self.per_mille).max(1);
        let mut state = self.state();
        let is_now = state.page == state.at;
        state.page += 1;
        if state.page == stretch {
            state.page = 0;
            state.at = (state.next() % u64::from(stretch)) as u32;
        }
        if !is_now {
            return None;
        }
        let kinds = [Fault::TimeOut, Fault::Partial, Fault::Page, Fault::Rows];
        let kind = kinds[(state.next() % 4) as usize];
        match kind {
            Fault::TimeOut => state.counted.time_outs += 1,
            Fault::Partial => state.counted.partial_pages += 1,
            Fault::Page | Fault::Rows => state.counted.repeated_pages += 1,
        }
        Some(kind)
    }
}

impl Counted {
    const ZERO: Self = Self { time_outs: 0, partial_pages: 0, repeated_pages: 0, repeated_rows: 0 };
}

impl Drawn {
    /// The next number of `SplitMix64`.
    const fn next(&mut self) -> u64 {
        self.chance = self.chance.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.chance;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

impl System for Replay<'_> {
    fn check(&self, _ask: &Ask<'_>) -> Result<Answered, SystemError> {
        Ok(Answered::default())
    }

    fn discover(&self, _ask: &Ask<'_>) -> Result<Vec<FoundStream>, SystemError> {
        Ok(Vec::new())
    }

    fn read(
        &self,
        request: &Request,
        from: &Cursor,
        ask: &Ask<'_>,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ReadEnd, SystemError> {
        let name = request.what.text();
        let given = self.round.streams.iter().find(|stream| stream.name == name);
        let given = given.ok_or_else(|| SystemFault::NoStream { name: name.to_owned() })?;
        let (first, after) = position(from)?;
        for place in first..given.files.len() {
            let mut file = Reading { replay: self, given, request, ask, take, place, pages: None };
            if file.read(if place == first { after } else { 0 })?.is_break() {
                return Ok(ReadEnd::Stopped);
            }
        }
        Ok(ReadEnd::Complete)
    }
}

/// A position: `file row`, behind that row of that file.
fn position(from: &Cursor) -> Result<(usize, u64), SystemError> {
    let text = from.to_string();
    if text.is_empty() {
        return Ok((0, 0));
    }
    let parts = text.split_once(' ').and_then(|(file, row)| Some((file.parse().ok()?, row.parse().ok()?)));
    parts.ok_or_else(|| SystemFault::BadCursor.into())
}

/// One file on its way out.
struct Reading<'r, 'a> {
    replay: &'r Replay<'a>,
    given: &'r Given,
    request: &'r Request,
    ask: &'r Ask<'r>,
    take: &'r mut dyn FnMut(Block) -> ControlFlow<()>,
    place: usize,
    /// Where each column asked for stands in the file, and the order's among those asked for.
    pages: Option<(Vec<Option<usize>>, usize)>,
}

impl Reading<'_, '_> {
    fn read(&mut self, after: u64) -> Result<ControlFlow<()>, SystemError> {
        let Some(source) = self.given.source(self.place) else { return Ok(ControlFlow::Continue(())) };
        let local = |_| SystemError::from(SystemFault::Local);
        let looked = source.look().map_err(local)?;
        let mut page: Vec<(u64, Vec<String>)> = Vec::new();
        let mut outcome = Ok(ControlFlow::Continue(()));
        source
            .pages(&looked, after, &mut |rows| {
                if self.pages.is_none() {
                    let places = self.request.fields.iter().map(|field| same_column(rows.names(), field));
                    let order = self.request.fields.iter().position(|field| *field == self.given.order);
                    self.pages = Some((places.collect(), order.unwrap_or_default()));
                }
                for row in rows.rows() {
                    page.push((row.number(), self.cells(row)));
                    if page.len() as u64 >= self.given.page_rows {
                        outcome = self.give(&page);
                        page.clear();
                        if !matches!(outcome, Ok(ControlFlow::Continue(()))) {
                            return ControlFlow::Break(());
                        }
                    }
                }
                ControlFlow::Continue(())
            })
            .map_err(local)?;
        if matches!(outcome, Ok(ControlFlow::Continue(()))) && !page.is_empty() {
            outcome = self.give(&page);
        }
        outcome
    }

    fn cells(&self, row: Row<'_>) -> Vec<String> {
        let Some((places, _)) = &self.pages else { return Vec::new() };
        places
            .iter()
            .map(|place| place.map_or_else(String::new, |place| row.cell(place).to_owned()))
            .collect()
    }

    /// Gives one page, or what goes wrong with it.
    fn give(&mut self, rows: &[(u64, Vec<String>)]) -> Result<ControlFlow<()>, SystemError> {
        if self.ask.is_cancelled() {
            return Ok(ControlFlow::Break(()));
        }
        let fault = self.replay.faults.next();
        match fault {
            Some(Fault::TimeOut) => Err(SystemFault::TimedOut { seconds: SILENT_SECONDS }.into()),
            Some(Fault::Partial) => {
                let half = rows.get(..rows.len() / 2).unwrap_or_default();
                if !half.is_empty() && self.hand_over(half, 1)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                Err(SystemFault::BrokenOff.into())
            }
            Some(Fault::Page) => {
                self.repeat(rows);
                let first = self.hand_over(rows, 1)?;
                if first.is_break() { Ok(first) } else { self.hand_over(rows, 1) }
            }
            Some(Fault::Rows) => {
                self.repeat(rows);
                self.hand_over(rows, 2)
            }
            None => self.hand_over(rows, 1),
        }
    }

    fn hand_over(
        &mut self,
        rows: &[(u64, Vec<String>)],
        often: usize,
    ) -> Result<ControlFlow<()>, SystemError> {
        let block = self.block(rows, often)?;
        Ok((self.take)(block))
    }

    fn repeat(&self, rows: &[(u64, Vec<String>)]) {
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX) * i64::from(self.replay.times);
        self.replay.faults.state().counted.repeated_rows += count;
    }

    /// These rows with all their copies, each so often.
    fn block(&self, rows: &[(u64, Vec<String>)], often: usize) -> Result<Block, SystemError> {
        let order = self.pages.as_ref().map_or(0, |(_, order)| *order);
        let mut block = BlockBuilder::new(self.request.fields.clone());
        for (_, cells) in rows {
            for copy in 0..self.replay.times {
                let mut cells = cells.clone();
                if let Some(cell) = cells.get_mut(order).filter(|cell| !trim(cell.as_bytes()).is_empty()) {
                    *cell = renamed(cell.trim(), copy);
                }
                for _ in 0..often {
                    block.push(&cells)?;
                }
            }
        }
        let row = rows.last().map_or(0, |(row, _)| *row);
        let behind = format!("{} {row}", self.place);
        block.take(behind.parse().map_err(|_| SystemFault::BadCursor)?)
    }
}

/// The order number of a copy.
pub(super) fn renamed(order: &str, copy: u32) -> String {
    format!("{order}{MARK}{copy}")
}
