//! A paper: minutes, an agenda, a digest; one model and three writers.
//!
//! ```text
//!          ┌─ markdown  for what is kept and compared
//! Paper ───┼─ html      one file for a browser or a mail, light and dark, on screen and printed
//!          └─ pdf       tagged, A4, for what is signed, filed and pinned up
//! ```
//!
//! A text is never read as markup, whatever stands in it. A line break in a text is one on paper. What no writer could
//! show is left out by all of them: an item, a table, a note without a visible letter; what steers text without being
//! one (control characters). The rest a test finds in every writer's output.

mod html;
mod markdown;
#[cfg(feature = "pdf")]
mod pdf;

use plaza_domain::chart::Chart;
use plaza_domain::language::Language;

pub use html::html;
pub use markdown::markdown;
#[cfg(all(feature = "pdf", feature = "png"))]
pub use pdf::card_pdf;
#[cfg(feature = "pdf")]
pub use pdf::{Pdf, PdfError, pdf};

/// A document to read, in the reader's language.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// The language that its texts are in.
    pub language: Language,
    /// What it is: `Weekly meeting, 17 August 2026`.
    pub title: String,
    /// A line below the title; may be empty.
    pub subtitle: String,
    /// What stands at its head, each with its name: place, time, who was there.
    pub facts: Vec<(String, String)>,
    /// What it says, in order.
    pub blocks: Vec<Block>,
    /// A line for the foot of every page; may be empty. Numbers of pages are added on paper.
    pub footer: String,
}

/// A piece of a paper.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading below the title.
    Heading {
        /// From 1, which is right below the title, to 3. A level that skips one is written as the next deeper one,
        /// so that the outline has no holes.
        level: u8,
        /// Its text.
        text: String,
    },
    /// A paragraph.
    Text(Vec<Span>),
    /// A list.
    List {
        /// Whether its items are counted from 1.
        numbered: bool,
        /// Its items.
        items: Vec<Vec<Span>>,
    },
    /// A table.
    Table(Table),
    /// A chart with its title above and its sentence below. Who cannot see it has its summary, and its table twin
    /// wherever the output can fold a long table away (HTML) or cannot draw (Markdown).
    Chart {
        /// The chart, in the paper's language.
        chart: Box<Chart>,
        /// What it says in one sentence; may be empty.
        sentence: String,
    },
    /// A picture.
    Image {
        /// How its bytes are to be read.
        format: ImageFormat,
        /// Its bytes.
        bytes: Vec<u8>,
        /// What it shows, in words.
        alt: String,
    },
    /// A quiet aside: how a number came about, what was left out.
    Note(Vec<Span>),
    /// A line across.
    Rule,
}

/// How the bytes of a picture are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageFormat {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
}

/// A table. A row may be shorter or longer than the others: missing cells are empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with one cell for each column.
    pub rows: Vec<Vec<Vec<Span>>>,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub head: String,
    /// Where its cells are held.
    pub align: Align,
    /// Its share of the width that is left beside the columns without a share (0), which are as wide as their texts.
    pub share: u8,
}

/// Where texts are held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// At the start of the line.
    #[default]
    Start,
    /// At its end, for numbers.
    End,
}

/// A run of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// As it is.
    Text(String),
    /// Of weight.
    Strong(String),
    /// Said with another voice.
    Emphasis(String),
    /// A name that a machine gave: an order, a field.
    Code(String),
    /// A link.
    Link {
        /// Its text.
        text: String,
        /// Where it leads: `https:`, `http:` or `mailto:`. With any other address the text is written alone.
        address: String,
    },
}

impl Column {
    /// A column of words that takes `share` of what is left of the width.
    pub fn words(head: impl Into<String>, share: u8) -> Self {
        Self { head: head.into(), align: Align::Start, share }
    }

    /// A column of numbers, as wide as they are.
    pub fn numbers(head: impl Into<String>) -> Self {
        Self { head: head.into(), align: Align::End, share: 0 }
    }
}

impl From<&str> for Span {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Span {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl Span {
    /// What is read of it.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Strong(text)
            | Self::Emphasis(text)
            | Self::Code(text)
            | Self::Link { text, .. } => text,
        }
    }
}

impl Table {
    /// The columns, with those that only rows have.
    fn columns(&self) -> Vec<Column> {
        let longest = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut columns = self.columns.clone();
        columns.resize(columns.len().max(longest), Column::default());
        columns
    }

    /// The table twin of a chart.
    fn of(chart: &Chart) -> Self {
        let table = &chart.table;
        let columns = table.columns.iter().enumerate().map(|(at, head)| {
            if (1..=table.numbers as usize).contains(&at) {
                Column::numbers(head)
            } else {
                Column::words(head, 0)
            }
        });
        let rows =
            table.rows.iter().map(|row| row.cells.iter().map(|cell| vec![cell.as_str().into()]).collect());
        Self { columns: columns.collect(), rows: rows.collect() }
    }
}

impl Block {
    /// Whether it has anything to show.
    fn is_blank(&self) -> bool {
        match self {
            Self::Heading { text, .. } => is_blank(text),
            Self::Text(spans) | Self::Note(spans) => are_blank(spans),
            Self::List { items, .. } => items.iter().all(|item| are_blank(item)),
            Self::Table(table) => {
                table.columns.iter().all(|column| is_blank(&column.head))
                    && table.rows.iter().flatten().all(|cell| are_blank(cell))
            }
            Self::Image { bytes, .. } => bytes.is_empty(),
            Self::Chart { .. } | Self::Rule => false,
        }
    }
}

impl Paper {
    /// The blocks that have something to show, each with the level at which a heading is written.
    fn shown(&self) -> impl Iterator<Item = (u8, &Block)> {
        let mut depth = 0;
        self.blocks.iter().filter(|block| !block.is_blank()).map(move |block| {
            if let Block::Heading { level, .. } = block {
                depth = (*level).clamp(1, 3).min(depth + 1);
            }
            (depth, block)
        })
    }
}

/// Whether nothing of a text can be seen.
fn is_blank(text: &str) -> bool {
    clean(text).chars().all(|letter| letter.is_whitespace() || is_invisible(letter))
}

fn are_blank(spans: &[Span]) -> bool {
    spans.iter().all(|span| is_blank(span.text()))
}

/// What has no shape of its own: joiners, marks of direction, selectors of variants.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// A text as every writer takes it: line breaks are `\n`, each control character is a blank, and code points that are
/// no characters are gone.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let letters = text.chars().filter_map(|letter| match letter {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => Some('\n'),
        '\0' | '\u{feff}' => None,
        letter if u32::from(letter) & 0xfffe == 0xfffe || matches!(letter, '\u{fdd0}'..='\u{fdef}') => None,
        letter if letter.is_control() => Some(' '),
        letter => Some(letter),
    });
    letters.collect()
}

/// The lines of a text that have something to show.
fn lines(text: &str) -> Vec<String> {
    clean(text).split('\n').map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// A text on one line.
fn one_line(text: &str) -> String {
    lines(text).join(" ")
}

/// An address that is safe to follow: of the web or of a mailbox, without anything that could end it early.
fn safe_address(address: &str) -> Option<String> {
    use std::fmt::Write as _;

    let address = address.trim();
    let (scheme, rest) = address.split_once(':')?;
    let known = ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let hidden = |letter: char| letter.is_control() || letter.is_whitespace() || is_invisible(letter);
    if !known
        || rest.trim_start_matches('/').is_empty()
        || address.chars().any(hidden)
        || address.len() > 2000
    {
        return None;
    }
    let mut safe = String::with_capacity(address.len());
    for letter in address.chars() {
        if matches!(letter, '<' | '>' | '"' | '\'' | '\\' | '`' | '(' | ')' | '[' | ']' | '|' | '*') {
            // Writing to a string does not fail.
            let _ = write!(safe, "%{:02X}", u32::from(letter));
        } else {
            safe.push(letter);
        }
    }
    Some(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_leave_no_hole_in_the_outline() {
        let heading = |level| Block::Heading { level, text: "x".into() };
        let paper = Paper {
            language: Language::En,
            title: String::new(),
            subtitle: String::new(),
            facts: Vec::new(),
            blocks: [3, 3, 2, 0, 2, 9, 1, 3].map(heading).into(),
            footer: String::new(),
        };
        let levels: Vec<u8> = paper.shown().map(|(level, _)| level).collect();
        assert_eq!(levels, [1, 2, 2, 1, 2, 3, 1, 2]);
    }

    #[test]
    fn only_addresses_of_the_web_and_of_mailboxes_are_followed() {
        for (address, safe) in [
            ("https://a.example/b?c=d&e#f", Some("https://a.example/b?c=d&e#f")),
            ("HTTP://a.example/\">(x)", Some("HTTP://a.example/%22%3E%28x%29")),
            ("mailto:a@b.example", Some("mailto:a@b.example")),
            ("javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("https://", None),
            ("https://a b", None),
            ("https://a\u{202e}b", None),
            ("a.example", None),
            ("", None),
        ] {
            assert_eq!(safe_address(address).as_deref(), safe, "{address}");
        }
    }

    #[test]
    fn what_steers_text_is_not_text() {
        assert_eq!(clean("a\r\nb\tc\u{7}d\u{2028}e\u{feff}\u{ffff}\0"), "a\nb c d\ne");
        assert!(is_blank(" \u{200b}\u{feff}\n\t") && !is_blank("\u{200b}."));
        assert_eq!(lines("\n a \n\n b"), ["a", "b"]);
    }
}
