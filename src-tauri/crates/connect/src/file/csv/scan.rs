//! Finds the cells of one record in a block of bytes, without copying them.

use memchr::memchr;

use super::dialect::LineEnd;

/// Longest quoted cell. A spreadsheet's cell holds at most 32 767 characters, of at most four bytes each; a
/// quote that is open for longer was never meant as one.
pub(crate) const QUOTED_CELL_BYTES: usize = 4 * 32_768;

const CELL: u8 = 0;
const DELIMITER: u8 = 1;
const LINE_END: u8 = 2;

/// The marks of a dialect as a table over bytes.
#[derive(Clone, Debug)]
pub(crate) struct Scanner {
    class: [u8; 256],
    quote: Option<u8>,
    /// A carriage return before a line feed belongs to the line end though it does not end a line alone.
    strip_return: bool,
}

/// How the search for one record ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Found {
    /// The record ends before `next`; `lines` line ends are in it, its own one included.
    Record { next: usize, lines: u32, doubled_quotes: bool },
    /// The block ends inside the record.
    Incomplete,
    /// A quote that opens in the record's cells is never closed.
    UnclosedQuote,
    /// Text after a closing quote.
    TextAfterQuote,
}

/// How a quoted cell ended.
enum Quoted {
    Closed { end: usize, next: usize, doubled: bool },
    Ended(Found),
}

impl Scanner {
    pub(crate) fn new(delimiter: u8, quote: Option<u8>, line_end: LineEnd) -> Self {
        let mut class = [CELL; 256];
        class[usize::from(delimiter)] = DELIMITER;
        if line_end != LineEnd::Cr {
            class[usize::from(b'\n')] = LINE_END;
        }
        if matches!(line_end, LineEnd::Any | LineEnd::Cr) {
            class[usize::from(b'\r')] = LINE_END;
        }
        Self { class, quote, strip_return: matches!(line_end, LineEnd::Lf | LineEnd::CrLf) }
    }

    /// Finds the record that begins at `start` and pushes start and end of each of its cells. `last` says
    /// that no more bytes follow the block. On anything but a record, `spans` may hold cells of its beginning.
    pub(crate) fn record(&self, text: &[u8], start: usize, last: bool, spans: &mut Vec<(u32, u32)>) -> Found {
        let mut at = start;
        let mut doubled_quotes = false;
        let mut quoted_bytes = 0;
        loop {
            let begin = at;
            let end;
            if self.quote.is_some() && text.get(at).copied() == self.quote {
                match self.quoted(text, at, last) {
                    Quoted::Ended(found) => return found,
                    Quoted::Closed { end: closed, next, doubled } => {
                        spans.push(((begin + 1) as u32, closed as u32));
                        doubled_quotes |= doubled;
                        quoted_bytes += closed - begin;
                        at = next;
                        end = None;
                    }
                }
            } else {
                let length = text[at..].iter().position(|byte| self.class[usize::from(*byte)] != CELL);
                at = length.map_or(text.len(), |length| at + length);
                end = Some(at);
            }
            let Some(mark) = text.get(at) else {
                if !last {
                    return Found::Incomplete;
                }
                if let Some(end) = end {
                    spans.push((begin as u32, end as u32));
                }
                let lines = if quoted_bytes == 0 { 1 } else { 1 + count_line_ends(&text[start..at]) };
                return Found::Record { next: at, lines, doubled_quotes };
            };
            if self.class[usize::from(*mark)] == DELIMITER {
                if let Some(end) = end {
                    spans.push((begin as u32, end as u32));
                }
                at += 1;
                continue;
            }
            let Some(next) = line_end(text, at, last) else { return Found::Incomplete };
            if let Some(mut end) = end {
                if self.strip_return && end > begin && text[end - 1] == b'\r' {
                    end -= 1;
                }
                spans.push((begin as u32, end as u32));
            }
            let lines = if quoted_bytes == 0 { 1 } else { 1 + count_line_ends(&text[start..at]) };
            return Found::Record { next, lines, doubled_quotes };
        }
    }

    /// The quoted cell whose opening quote is at `open`.
    fn quoted(&self, text: &[u8], open: usize, last: bool) -> Quoted {
        let quote = self.quote.unwrap_or(b'"');
        let mut at = open + 1;
        let mut doubled = false;
        loop {
            let limit = text.len().min(open + QUOTED_CELL_BYTES);
            let Some(length) = text.get(at..limit).and_then(|rest| memchr(quote, rest)) else {
                let hopeless = last || limit < text.len();
                return Quoted::Ended(if hopeless { Found::UnclosedQuote } else { Found::Incomplete });
            };
            let close = at + length;
            match text.get(close + 1) {
                None if !last => return Quoted::Ended(Found::Incomplete),
                None => return Quoted::Closed { end: close, next: close + 1, doubled },
                Some(byte) if *byte == quote => {
                    doubled = true;
                    at = close + 2;
                }
                Some(_) => return self.closed(text, open, close, last, doubled),
            }
        }
    }

    /// What follows a closing quote: the next cell, the next record, or something that must not be there.
    fn closed(&self, text: &[u8], open: usize, close: usize, last: bool, doubled: bool) -> Quoted {
        let mut next = close + 1;
        // Blanks between a closing quote and the delimiter are harmless.
        while text.get(next) == Some(&b' ') && self.class[usize::from(b' ')] == CELL {
            next += 1;
        }
        match text.get(next) {
            None if !last => Quoted::Ended(Found::Incomplete),
            None => Quoted::Closed { end: close, next, doubled },
            Some(byte) if self.class[usize::from(*byte)] != CELL => {
                Quoted::Closed { end: close, next, doubled }
            }
            Some(b'\r') if self.strip_return && text.get(next + 1).is_none_or(|byte| *byte == b'\n') => {
                if next + 1 == text.len() && !last {
                    return Quoted::Ended(Found::Incomplete);
                }
                Quoted::Closed { end: close, next: next + 1, doubled }
            }
            // A quote that "closes" lines later in front of text is the opening quote of another cell.
            Some(_) if count_line_ends(&text[open..close]) > 0 => Quoted::Ended(Found::UnclosedQuote),
            Some(_) => Quoted::Ended(Found::TextAfterQuote),
        }
    }

    /// The end of the physical line that holds `start`: where its text ends and where the next line begins.
    pub(crate) fn physical_line(&self, text: &[u8], start: usize, last: bool) -> Option<(usize, usize)> {
        match text[start..].iter().position(|byte| self.class[usize::from(*byte)] == LINE_END) {
            None => last.then_some((text.len(), text.len())),
            Some(length) => line_end(text, start + length, last).map(|next| (start + length, next)),
        }
    }
}

/// Where the next line begins after the line end at `at`; unknown when the block stops between CR and LF.
fn line_end(text: &[u8], at: usize, last: bool) -> Option<usize> {
    match (text[at], text.get(at + 1)) {
        (b'\r', Some(b'\n')) => Some(at + 2),
        (b'\r', None) if !last => None,
        _ => Some(at + 1),
    }
}

/// How many line ends (CR, LF or both together) the bytes hold.
pub(crate) fn count_line_ends(bytes: &[u8]) -> u32 {
    let mut count = 0;
    let mut before = 0;
    for byte in bytes {
        count += u32::from(*byte == b'\r' || (*byte == b'\n' && before != b'\r'));
        before = *byte;
    }
    count
}

/// Removes the second of each doubled quote inside a cell, in place; gives the cell's new end.
pub(crate) fn undouble(text: &mut [u8], (start, end): (u32, u32), quote: u8) -> u32 {
    let (start, end) = (start as usize, end as usize);
    // Only a cell that wears quotes doubles those inside it.
    if start == 0 || text[start - 1] != quote {
        return end as u32;
    }
    let Some(first) = memchr(quote, &text[start..end]) else { return end as u32 };
    let (mut from, mut to) = (start + first, start + first);
    while from < end {
        text[to] = text[from];
        from += if text[from] == quote { 2 } else { 1 };
        to += 1;
    }
    // What is left over may be half a character, and the block shall stay text.
    text[to..end].fill(quote);
    to as u32
}
