//! A paper as the data that the template reads.

use std::collections::BTreeSet;

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation as _;

use super::super::safe_address;
use super::super::{
    Align, Block, ImageFormat, Paper, Span, Table, are_blank, is_blank, is_invisible, lines, one_line,
};
use super::fonts;

/// A word longer than this may be broken anywhere: no hyphenation knows it.
const LONGEST_WORD: usize = 32;

/// A row with more text than this, in bytes, may be broken by the end of a page.
const LONGEST_ROW: usize = 800;

/// What stands for a letter that no font has.
const BOX: char = '□';

/// A drawing's pixels are the web's: 96 an inch.
const POINTS_A_PIXEL: f64 = 0.75;

/// How much is asked of the fonts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// Letters with the signs that belong to them, as they were written.
    Usual,
    /// Letters alone: for texts in which no font finds its way.
    Great,
}

/// What is handed to the template.
pub(super) struct Data {
    pub(super) paper: Sheet,
    pub(super) pictures: Vec<Vec<u8>>,
}

/// The paper; texts are lists of their lines.
#[derive(Serialize)]
pub(super) struct Sheet {
    language: &'static str,
    title: String,
    subtitle: Vec<String>,
    facts: Vec<(Vec<String>, Vec<String>)>,
    footer: String,
    blocks: Vec<Piece>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Piece {
    Heading {
        level: u8,
        text: String,
    },
    Text {
        spans: Vec<Run>,
    },
    Note {
        spans: Vec<Run>,
    },
    List {
        numbered: bool,
        items: Vec<Vec<Run>>,
    },
    Table {
        columns: Vec<Head>,
        headed: bool,
        rows: Vec<Row>,
    },
    /// `width` is in points.
    Chart {
        picture: usize,
        width: f64,
        title: String,
        alt: String,
        sentence: Vec<String>,
    },
    Image {
        picture: usize,
        format: &'static str,
        alt: String,
    },
    Rule,
}

#[derive(Serialize)]
struct Head {
    title: Vec<String>,
    end: bool,
    share: u8,
}

#[derive(Serialize)]
struct Row {
    /// Whether it stays on one page.
    whole: bool,
    cells: Vec<Vec<Run>>,
}

#[derive(Serialize)]
struct Run {
    kind: &'static str,
    lines: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

impl Data {
    /// The data of a paper, and the letters that no font has.
    pub(super) fn of(paper: &Paper, care: Care) -> (Self, BTreeSet<char>) {
        let mut desk = Desk { care, pictures: Vec::new(), missing: BTreeSet::new() };
        let facts = paper.facts.iter().filter(|(name, value)| !is_blank(name) || !is_blank(value));
        let facts = facts.map(|(name, value)| (desk.lines(name), desk.lines(value))).collect();
        let blocks = paper.shown().map(|(level, block)| desk.piece(level, block)).collect();
        let sheet = Sheet {
            language: paper.language.code(),
            title: desk.line(&paper.title),
            subtitle: desk.lines(&paper.subtitle),
            facts,
            footer: desk.line(&paper.footer),
            blocks,
        };
        (Self { paper: sheet, pictures: desk.pictures }, desk.missing)
    }
}

/// A drawing, what it is called and what is on it, in letters that the fonts have; and the letters that none has.
#[cfg(feature = "png")]
pub(super) fn of_drawing(svg: &str, title: &str, summary: &str, care: Care) -> ([String; 3], BTreeSet<char>) {
    let mut desk = Desk { care, pictures: Vec::new(), missing: BTreeSet::new() };
    let texts = [desk.in_fonts(svg), one_line(title), one_line(summary)];
    (texts, desk.missing)
}

/// Collects pictures and missing letters on the way.
struct Desk {
    care: Care,
    pictures: Vec<Vec<u8>>,
    missing: BTreeSet<char>,
}

impl Desk {
    fn line(&mut self, text: &str) -> String {
        self.written(&one_line(text))
    }

    fn lines(&mut self, text: &str) -> Vec<String> {
        lines(text).iter().map(|line| self.written(line)).collect()
    }

    /// A text in letters that the fonts have.
    fn written(&mut self, text: &str) -> String {
        breakable(&self.in_fonts(text))
    }

    /// A text of which every letter is in a font, together with the signs that belong to it. Without its signs a letter
    /// is better than none.
    fn in_fonts(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let text: String = text.chars().filter(|letter| !self.is_left_out(*letter)).collect();
        for cluster in text.graphemes(true) {
            if cluster.is_ascii() || (cluster.chars().all(char::is_whitespace)) {
                out.push_str(cluster);
                continue;
            }
            let letters: Vec<char> = cluster.chars().filter(|letter| !is_invisible(*letter)).collect();
            let usual = self.care == Care::Usual;
            if usual && fonts::have(&letters) {
                out.push_str(cluster);
                continue;
            }
            let known = |letter: &char| fonts::have(&[*letter]) && (usual || !is_sign(*letter));
            let first = letters.first().filter(|letter| known(letter));
            out.push(first.copied().unwrap_or(BOX));
            self.missing.extend(letters.iter().skip(usize::from(first.is_some())));
        }
        out
    }

    /// Marks of direction are left out: the order of the letters follows from the letters, and the typesetter loses its
    /// way in marks that belong to none. Joiners stay as long as fonts find their way in them.
    fn is_left_out(&self, letter: char) -> bool {
        let direction = matches!(letter,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}');
        direction || (self.care == Care::Great && is_invisible(letter))
    }

    fn picture(&mut self, bytes: Vec<u8>) -> usize {
        self.pictures.push(bytes);
        self.pictures.len() - 1
    }

    fn spans(&mut self, spans: &[Span]) -> Vec<Run> {
        spans.iter().filter(|span| !span.text().is_empty()).map(|span| self.run(span)).collect()
    }

    fn run(&mut self, span: &Span) -> Run {
        let text = super::super::clean(span.text());
        // Blanks at the ends of a span are between two words.
        let lines = text.split('\n').map(|line| self.written(line)).collect();
        let address = match span {
            Span::Link { address, .. } => safe_address(address),
            _ => None,
        };
        let kind = match span {
            Span::Strong(_) => "strong",
            Span::Emphasis(_) => "emphasis",
            Span::Code(_) => "code",
            Span::Link { .. } if address.is_some() => "link",
            Span::Text(_) | Span::Link { .. } => "text",
        };
        Run { kind, lines, address }
    }

    fn piece(&mut self, level: u8, block: &Block) -> Piece {
        match block {
            Block::Heading { text, .. } => Piece::Heading { level, text: self.line(text) },
            Block::Text(spans) => Piece::Text { spans: self.spans(spans) },
            Block::Note(spans) => Piece::Note { spans: self.spans(spans) },
            Block::List { numbered, items } => {
                let shown = items.iter().filter(|spans| !are_blank(spans));
                Piece::List { numbered: *numbered, items: shown.map(|spans| self.spans(spans)).collect() }
            }
            Block::Table(table) => self.table(table),
            Block::Chart { chart, sentence } => {
                let drawing = self.in_fonts(&crate::svg(chart));
                Piece::Chart {
                    picture: self.picture(drawing.into_bytes()),
                    width: chart.width * POINTS_A_PIXEL,
                    title: self.line(&chart.title),
                    alt: one_line(&chart.summary),
                    sentence: self.lines(sentence),
                }
            }
            Block::Image { format, bytes, alt } => {
                let format = match format {
                    ImageFormat::Png => "png",
                    ImageFormat::Jpeg => "jpg",
                };
                Piece::Image { picture: self.picture(bytes.clone()), format, alt: one_line(alt) }
            }
            Block::Rule => Piece::Rule,
        }
    }

    fn table(&mut self, table: &Table) -> Piece {
        let columns = table.columns();
        let headed = columns.iter().any(|column| !is_blank(&column.head));
        let rows = table.rows.iter().map(|row| {
            let length: usize = row.iter().flatten().map(|span| span.text().len()).sum();
            let mut cells: Vec<Vec<Run>> = row.iter().map(|cell| self.spans(cell)).collect();
            cells.resize_with(columns.len(), Vec::new);
            Row { whole: length <= LONGEST_ROW, cells }
        });
        let rows = rows.collect();
        let heads = columns.iter().map(|column| Head {
            title: self.lines(&column.head),
            end: column.align == Align::End,
            share: column.share,
        });
        Piece::Table { columns: heads.collect(), headed, rows }
    }
}

/// Whether a character stands above, below or within another one.
fn is_sign(letter: char) -> bool {
    let beside: String = ['a', letter].into_iter().collect();
    beside.graphemes(true).count() == 1
}

/// A text whose endless words may be broken: without a place to break they would leave the paper.
fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut length = 0;
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        if word.chars().count() <= LONGEST_WORD {
            out.push_str(word);
            continue;
        }
        for letter in word.chars() {
            if length >= LONGEST_WORD / 2 && letter.is_ascii_graphic() | letter.is_alphanumeric() {
                out.push('\u{200b}');
                length = 0;
            }
            out.push(letter);
            length += 1;
        }
        length = 0;
    }
    out
}
