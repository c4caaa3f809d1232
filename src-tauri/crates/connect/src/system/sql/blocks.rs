//! Rows of a database become blocks, each with the position behind it.

use std::ops::ControlFlow;

use super::super::{Block, BlockBuilder, CursorField, Request, SystemError, SystemFault};
use super::plan::{Column, Phase, Plan};
use super::position::{Mark, Pair, Position};
use crate::ReadEnd;

/// A cell of the cursor field or its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell<'a> {
    pub(super) text: &'a [u8],
    pub(super) is_number: bool,
}

/// A row's cursor value and key, kept without a new allocation for each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Spot {
    phase: Option<Phase>,
    value: Kept,
    key: Kept,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Kept {
    text: Vec<u8>,
    is_number: bool,
}

impl Kept {
    fn is(&self, cell: Cell<'_>) -> bool {
        self.is_number == cell.is_number && self.text == cell.text
    }

    fn set(&mut self, cell: Cell<'_>) {
        self.text.clear();
        self.text.extend_from_slice(cell.text);
        self.is_number = cell.is_number;
    }

    fn mark(&self) -> Mark {
        let text = String::from_utf8_lossy(&self.text).into_owned();
        if self.is_number { Mark::number(text) } else { Mark::Text(text) }
    }
}

const NOTHING: Cell<'static> = Cell { text: b"", is_number: false };

/// Makes blocks of the rows of one read and gives them away. A block ends between two rows that the cursor field and
/// its key tell apart, so that the position behind it is exact. Where more rows are alike than a block may hold, the
/// position is the last exact one before: they come again with a resumed read, and none is lost.
pub(super) struct Blocks<'a> {
    builder: BlockBuilder,
    take: &'a mut dyn FnMut(Block) -> ControlFlow<()>,
    by: Option<&'a CursorField>,
    rows_max: u64,
    rows_all: u64,
    from: Position,
    phase: Phase,
    /// The last row's.
    last: Spot,
    /// The last whose rows were all given.
    behind: Spot,
}

impl<'a> Blocks<'a> {
    /// For a read.
    pub(super) fn new(
        request: &'a Request,
        plan: &Plan,
        take: &'a mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Self {
        let columns = plan.fields.iter().map(|field| field.name.clone()).collect();
        Self {
            builder: BlockBuilder::new(columns),
            take,
            by: request.cursor.as_ref(),
            rows_max: u64::from(request.page_rows.max(1)),
            rows_all: 0,
            from: plan.from.clone(),
            phase: Phase::Whole,
            last: Spot::default(),
            behind: Spot::default(),
        }
    }

    /// The rows of a statement follow.
    pub(super) fn begin(&mut self, phase: Phase) {
        self.phase = phase;
    }

    /// Rows so far, those of the next block included.
    pub(super) fn rows(&self) -> u64 {
        self.rows_all
    }

    /// One row: its cursor value and key, where the read has them, and what writes its cells.
    ///
    /// # Errors
    /// `Setting` where a key is empty; as `write`.
    pub(super) fn row(
        &mut self,
        value: Option<Cell<'_>>,
        key: Option<Cell<'_>>,
        write: impl FnOnce(&mut BlockBuilder) -> Result<(), SystemError>,
    ) -> Result<ControlFlow<()>, SystemError> {
        if key.is_none() && self.phase != Phase::Whole && self.by.is_some_and(|by| by.key.is_some()) {
            return Err(self.empty_key());
        }
        let (value, key) = (value.unwrap_or(NOTHING), key.unwrap_or(NOTHING));
        let is_first = self.last.phase.is_none();
        let is_alike =
            self.last.phase == Some(self.phase) && self.last.value.is(value) && self.last.key.is(key);
        if self.builder.rows() > 0 {
            // Without a key there is no exact position among rows without a value, as there is none without a cursor.
            let may_end = !is_alike || self.phase != Phase::Values;
            if self.builder.is_full() || (may_end && self.builder.rows() >= self.rows_max) {
                let position = if is_alike { self.position(&self.behind) } else { self.position(&self.last) };
                if self.give(&position)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        if !is_alike {
            if !is_first {
                std::mem::swap(&mut self.behind, &mut self.last);
            }
            self.last.phase = Some(self.phase);
            self.last.value.set(value);
            self.last.key.set(key);
        }
        self.rows_all += 1;
        write(&mut self.builder)?;
        Ok(ControlFlow::Continue(()))
    }

    /// All rows were given: what is left goes into a last block, which may be empty, with the position where the next
    /// read begins.
    ///
    /// # Errors
    /// [`SystemFault::Local`].
    pub(super) fn finish(mut self) -> Result<ReadEnd, SystemError> {
        let position = match self.last.phase {
            Some(Phase::Values) => Position::End(self.pair(&self.last)),
            _ => match &self.from {
                Position::Row(pair) | Position::End(pair) | Position::Empty { end: Some(pair), .. } => {
                    Position::End(pair.clone())
                }
                Position::Start | Position::Empty { end: None, .. } => Position::Start,
            },
        };
        // Whoever took the last block may stop or not: there is nothing more.
        let _ = self.give(&position)?;
        Ok(ReadEnd::Complete)
    }

    fn give(&mut self, position: &Position) -> Result<ControlFlow<()>, SystemError> {
        let block = self.builder.take(position.cursor(self.by)?)?;
        Ok((self.take)(block))
    }

    fn position(&self, spot: &Spot) -> Position {
        let has_key = self.by.is_some_and(|by| by.key.is_some());
        match spot.phase {
            Some(Phase::Values) => Position::Row(self.pair(spot)),
            Some(Phase::Empty) if has_key => {
                let end = match &self.from {
                    Position::End(pair) | Position::Row(pair) => Some(pair.clone()),
                    Position::Empty { end, .. } => end.clone(),
                    Position::Start => None,
                };
                Position::Empty { key: spot.key.mark(), end }
            }
            _ => self.from.clone(),
        }
    }

    fn pair(&self, spot: &Spot) -> Pair {
        let has_key = self.by.is_some_and(|by| by.key.is_some());
        (spot.value.mark(), has_key.then(|| spot.key.mark()))
    }

    fn empty_key(&self) -> SystemError {
        let name = self.by.and_then(|by| by.key.as_deref()).unwrap_or_default();
        let reason = format!("“{name}” is empty in a row; a key has a value in every row");
        SystemFault::Setting { setting: "key", reason }.into()
    }
}

/// Whether a column's marks are numbers.
pub(super) fn is_number(column: Option<&Column>) -> bool {
    use super::super::FieldType;
    column.is_some_and(|column| matches!(column.kind, FieldType::Integer | FieldType::Decimal))
}

#[cfg(test)]
mod tests {
    use super::super::super::What;
    use super::super::name::Style;
    use super::*;
    use crate::Cursor;

    /// Blocks of rows with these values and keys, each of `bytes`: rows and the position behind them.
    fn given(key: Option<&str>, rows: &[(Option<&str>, &str)], bytes: usize) -> Vec<(u64, Position)> {
        use super::super::super::FieldType;
        let cursor = CursorField { field: "at".into(), key: key.map(str::to_owned), overlap_seconds: 0 };
        let request = Request {
            fields: vec!["text".into()],
            cursor: Some(cursor),
            page_rows: 2,
            ..Request::all(What::Named("t".into()))
        };
        let columns = ["at", "id", "text"].map(|name| Column::plain(Style::Sqlite, name, FieldType::Text));
        let plan = Plan::new(Style::Sqlite, &request, &columns, &Cursor::start(), None).unwrap();
        let mut found = Vec::new();
        let mut take = |block: Block| {
            found.push((block.rows, Position::of(&block.cursor, request.cursor.as_ref()).unwrap()));
            ControlFlow::Continue(())
        };
        let mut blocks = Blocks::new(&request, &plan, &mut take);
        let cell = |text| Cell { text, is_number: false };
        for (value, id) in rows {
            blocks.begin(if value.is_none() { Phase::Empty } else { Phase::Values });
            let id = key.map(|_| cell(id.as_bytes()));
            let text = vec![b'x'; bytes];
            let flow =
                blocks.row(value.map(|value| cell(value.as_bytes())), id, |to| to.push([&text])).unwrap();
            assert!(flow.is_continue());
        }
        assert_eq!(blocks.finish().unwrap(), ReadEnd::Complete);
        found
    }

    fn text(text: &str) -> Mark {
        Mark::Text(text.into())
    }

    #[test]
    fn a_block_ends_between_rows_that_the_key_tells_apart() {
        let rows = [(None, "8"), (None, "9"), (Some("a"), "1"), (Some("a"), "2"), (Some("a"), "3")];
        let pair = |id: &str| (text("a"), Some(text(id)));
        let expected = [
            (2, Position::Empty { key: text("9"), end: None }),
            (2, Position::Row(pair("2"))),
            (1, Position::End(pair("3"))),
        ];
        assert_eq!(given(Some("id"), &rows, 1), expected);
    }

    #[test]
    fn without_a_key_a_block_waits_for_the_next_value() {
        let rows = [(Some("a"), ""), (Some("b"), ""), (Some("b"), ""), (Some("b"), ""), (Some("c"), "")];
        let expected = [(4, Position::Row((text("b"), None))), (1, Position::End((text("c"), None)))];
        assert_eq!(given(None, &rows, 1), expected);
    }

    #[test]
    fn more_alike_rows_than_a_block_holds_come_again_and_are_not_lost() {
        let half = super::super::super::block::BLOCK_BYTES / 2 + 1;
        let rows = [(Some("a"), ""), (Some("b"), ""), (Some("b"), ""), (Some("b"), ""), (Some("b"), "")];
        let behind = || Position::Row((text("a"), None));
        let expected = [(2, behind()), (2, behind()), (1, Position::End((text("b"), None)))];
        assert_eq!(given(None, &rows, half), expected);
    }
}
