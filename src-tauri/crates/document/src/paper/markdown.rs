//! A paper as Markdown: `CommonMark` with the tables of GitHub's.

use plaza_domain::chart::Chart;

use super::{Align, Block, Paper, Span, Table, are_blank, is_blank, one_line, safe_address};

/// Writes a paper as Markdown.
///
/// A chart becomes its title, its sentence and its table twin; a picture what it shows, in words: the text is whole
/// wherever it is read, and short enough to be compared.
pub fn markdown(paper: &Paper) -> String {
    let mut out = String::new();
    line(&mut out, "# ", &paper.title);
    line(&mut out, "", &paper.subtitle);
    let facts = paper.facts.iter().filter(|(name, value)| !is_blank(name) || !is_blank(value));
    let facts: Vec<_> = facts.collect();
    for (name, value) in &facts {
        let spans = match one_line(name) {
            name if name.is_empty() => vec![value.as_str().into()],
            name => vec![Span::Strong(name), ": ".into(), value.as_str().into()],
        };
        item(&mut out, "- ", &spans);
    }
    // Two lists that follow each other would be one: each has the other's sign.
    let mut lists = usize::from(!facts.is_empty());
    if lists > 0 {
        out.push('\n');
    }
    for (level, block) in paper.shown() {
        let list = matches!(block, Block::List { .. });
        write_block(&mut out, level, block, lists);
        lists = if list { lists + 1 } else { 0 };
    }
    if !is_blank(&paper.footer) {
        out.push_str("---\n\n");
        line(&mut out, "", &paper.footer);
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn write_block(out: &mut String, level: u8, block: &Block, lists_before: usize) {
    match block {
        Block::Heading { text, .. } => {
            let sign = "#".repeat(usize::from(level) + 1) + " ";
            line(out, &sign, text);
        }
        Block::Text(spans) => paragraph(out, "", spans),
        Block::Note(spans) => paragraph(out, "> ", spans),
        Block::List { numbered, items } => {
            let shown = items.iter().filter(|spans| !are_blank(spans));
            for (at, spans) in shown.enumerate() {
                let sign = match (numbered, lists_before % 2) {
                    (true, 0) => format!("{}. ", at + 1),
                    (true, _) => format!("{}) ", at + 1),
                    (false, 0) => "- ".into(),
                    (false, _) => "* ".into(),
                };
                item(out, &sign, spans);
            }
            out.push('\n');
        }
        Block::Table(table) => write_table(out, table),
        Block::Chart { chart, sentence } => write_chart(out, chart, sentence),
        Block::Image { alt, .. } => paragraph(out, "", &[Span::Emphasis(alt.clone())]),
        Block::Rule => out.push_str("---\n\n"),
    }
}

fn write_chart(out: &mut String, chart: &Chart, sentence: &str) {
    paragraph(out, "", &[Span::Strong(chart.title.clone())]);
    paragraph(out, "", &[sentence.into()]);
    write_table(out, &Table::of(chart));
}

/// A block of one line.
fn line(out: &mut String, sign: &str, text: &str) {
    let text = one_line(text);
    if !is_blank(&text) {
        out.push_str(sign);
        // A heading may be closed by signs of its own, but begins with nothing else.
        let heading = sign.starts_with('#');
        let text = escaped(&text);
        out.push_str(&if heading { text.replace('#', "\\#") } else { at_start(&text) });
        out.push_str("\n\n");
    }
}

/// A block of lines, each behind `sign`.
fn paragraph(out: &mut String, sign: &str, spans: &[Span]) {
    let text = inline(spans, false);
    if text.is_empty() {
        return;
    }
    for line in text.split('\n') {
        out.push_str(sign);
        out.push_str(line);
        out.push('\n');
    }
    out.push('\n');
}

fn item(out: &mut String, sign: &str, spans: &[Span]) {
    out.push_str(sign);
    out.push_str(&inline(spans, false).replace('\n', &format!("\n{}", " ".repeat(sign.len()))));
    out.push('\n');
}

fn write_table(out: &mut String, table: &Table) {
    let columns = table.columns();
    if columns.is_empty() {
        return;
    }
    let heads = columns.iter().map(|column| inline(&[one_line(&column.head).into()], true));
    row(out, heads);
    row(
        out,
        columns.iter().map(|column| if column.align == Align::End { "---:".into() } else { "---".into() }),
    );
    for cells in &table.rows {
        let missing = columns.len() - cells.len();
        let cells = cells.iter().map(|cell| inline(cell, true));
        row(out, cells.chain(std::iter::repeat_n(String::new(), missing)));
    }
    out.push('\n');
}

fn row(out: &mut String, cells: impl Iterator<Item = String>) {
    for cell in cells {
        out.push_str("| ");
        out.push_str(&cell);
        out.push(' ');
    }
    out.push_str("|\n");
}

/// Spans on the lines of a paragraph, or on the one line of a cell.
fn inline(spans: &[Span], cell: bool) -> String {
    let mut pieces: Vec<Piece> = Vec::new();
    for piece in spans.iter().map(Piece::of).filter(|piece| !piece.whole.is_empty()) {
        match pieces.last_mut() {
            // Two codes side by side would have each other's signs.
            Some(last) if matches!((&last.kind, &piece.kind), (Kind::Code, Kind::Code)) => {
                last.whole.push_str(&piece.whole);
            }
            _ => pieces.push(piece),
        }
    }
    let mut text = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| pieces.get(at));
        piece.write(&mut text, before, pieces.get(at + 1));
    }
    let broken = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
    if cell {
        return broken.collect::<Vec<&str>>().join("<br>").replace('|', "\\|");
    }
    broken.map(at_start).collect::<Vec<String>>().join("\\\n")
}

/// A span on its way: its blanks at both ends stand outside of its signs.
struct Piece {
    kind: Kind,
    /// All of it, with `\n` for breaks.
    whole: String,
}

enum Kind {
    Plain,
    /// The sign that opens and closes it, and the tag that does where the sign would not be read as one.
    Signed(&'static str, &'static str),
    Code,
    Link(String),
}

impl Piece {
    fn of(span: &Span) -> Self {
        let kind = match span {
            Span::Text(_) => Kind::Plain,
            Span::Strong(_) => Kind::Signed("**", "strong"),
            Span::Emphasis(_) => Kind::Signed("*", "em"),
            Span::Code(_) => Kind::Code,
            Span::Link { address, .. } => safe_address(address).map_or(Kind::Plain, Kind::Link),
        };
        Self { kind, whole: super::clean(span.text()) }
    }

    fn write(&self, out: &mut String, before: Option<&Self>, after: Option<&Self>) {
        let inner = self.whole.trim();
        if inner.is_empty() {
            out.push_str(&self.whole);
            return;
        }
        let start = self.whole.len() - self.whole.trim_start().len();
        let (head, tail) = (&self.whole[..start], &self.whole[start + inner.len()..]);
        out.push_str(head);
        match &self.kind {
            Kind::Plain => out.push_str(&escaped(inner)),
            Kind::Code => out.push_str(&code(inner)),
            Kind::Link(address) => {
                out.push('[');
                // A break within a link's text is a blank.
                out.push_str(&escaped(&one_line(inner)));
                out.push_str("](<");
                out.push_str(address);
                out.push_str(">)");
            }
            Kind::Signed(sign, tag) => {
                let outside_before = if head.is_empty() { before.map(Self::last) } else { None };
                let outside_after = if tail.is_empty() { after.map(Self::first) } else { None };
                let first = inner.chars().next();
                let stands = opens(outside_before, first) && opens(outside_after, inner.chars().next_back());
                let (open, close) = if stands {
                    ((*sign).to_owned(), (*sign).to_owned())
                } else {
                    (format!("<{tag}>"), format!("</{tag}>"))
                };
                // Signs do not reach over a line.
                for (at, line) in inner.split('\n').map(str::trim).filter(|line| !line.is_empty()).enumerate()
                {
                    if at > 0 {
                        out.push('\n');
                    }
                    out.extend([&open, &escaped(line), &close].map(String::as_str));
                }
            }
        }
        out.push_str(tail);
    }

    /// What stands at its end, as the sign of a neighbour sees it.
    fn last(&self) -> char {
        self.edge(self.whole.chars().next_back())
    }

    fn first(&self) -> char {
        self.edge(self.whole.chars().next())
    }

    fn edge(&self, letter: Option<char>) -> char {
        match (&self.kind, letter) {
            (_, Some(letter)) if letter.is_whitespace() => ' ',
            (Kind::Signed(..), _) => '*',
            (Kind::Plain, Some(letter)) => letter,
            _ => '`',
        }
    }
}

/// Whether a sign between `outside` and `inside` is read as the edge of what is inside. Where two signs would touch it
/// is not known whose is whose.
fn opens(outside: Option<char>, inside: Option<char>) -> bool {
    match (outside, inside) {
        (None, _) => true,
        (Some('*'), _) | (Some(_), None) => false,
        (Some(outside), Some(inside)) => outside.is_whitespace() || inside.is_alphanumeric(),
    }
}

/// Text as code: in as many signs as nothing within it has.
fn code(text: &str) -> String {
    let text = one_line(text);
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// A text of which nothing is read as a sign.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '$') {
            out.push('\\');
        }
        out.push(letter);
    }
    // A link may follow, and would be a picture.
    if out.ends_with('!') {
        out.truncate(out.len() - 1);
        out.push_str("\\!");
    }
    out
}

/// A line that does not begin with what would make it a heading, an item, a rule or a quotation.
fn at_start(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    match line[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &line[..digits], &line[digits..]),
        Some('#' | '+' | '-' | '=' | '|' | ':') if digits == 0 => format!("\\{line}"),
        _ => line.to_owned(),
    }
}
