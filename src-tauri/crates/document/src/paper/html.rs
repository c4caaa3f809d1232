//! A paper as one HTML file that needs nothing beside itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plaza_domain::chart::Chart;

use super::{
    Align, Block, ImageFormat, Paper, Span, Table, are_blank, is_blank, lines, one_line, safe_address,
};
use crate::escape::escape;

/// What the file looks like, on screen and printed.
const STYLE: &str = include_str!("html.css");

/// Writes a paper as HTML: one file, with pictures and style inside and without scripts. It may fetch nothing, which
/// the file says itself.
pub fn html(paper: &Paper) -> String {
    let mut page = Page(String::with_capacity(8192));
    page.raw("<!doctype html>\n<html lang=\"")
        .raw(paper.language.code())
        .raw("\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<title>")
        .text(&one_line(&paper.title))
        .raw("</title>\n<style>\n")
        .raw(STYLE)
        .raw("</style>\n</head>\n<body>\n");
    page.head(paper);
    page.raw("<main>\n");
    for (level, block) in paper.shown() {
        page.block(level, block);
    }
    page.raw("</main>\n");
    if !is_blank(&paper.footer) {
        page.element("footer", &[paper.footer.as_str().into()]);
    }
    page.raw("</body>\n</html>\n");
    page.0
}

/// The page so far.
struct Page(String);

impl Page {
    /// Appends our own markup.
    fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Appends a text of somebody's.
    fn text(&mut self, text: &str) -> &mut Self {
        escape(&mut self.0, text);
        self
    }

    /// Appends a text with its breaks.
    fn broken(&mut self, text: &str) -> &mut Self {
        let text = super::clean(text);
        for (at, line) in text.split('\n').enumerate() {
            self.raw(if at > 0 { "<br>" } else { "" }).text(line);
        }
        self
    }

    /// Appends an element with spans. Its direction is that of its first letter: names of people may run the other way.
    fn element(&mut self, name: &str, spans: &[Span]) -> &mut Self {
        self.raw("<").raw(name).raw(" dir=\"auto\">").spans(spans).raw("</").raw(name).raw(">\n")
    }

    fn spans(&mut self, spans: &[Span]) -> &mut Self {
        for span in spans.iter().filter(|span| !span.text().is_empty()) {
            match span {
                Span::Text(text) => self.broken(text),
                Span::Strong(text) => self.raw("<strong>").broken(text).raw("</strong>"),
                Span::Emphasis(text) => self.raw("<em>").broken(text).raw("</em>"),
                Span::Code(text) => self.raw("<code>").text(&one_line(text)).raw("</code>"),
                Span::Link { text, address } => match safe_address(address) {
                    Some(address) => {
                        self.raw("<a rel=\"noreferrer noopener\" href=\"").text(&address).raw("\">");
                        self.broken(text).raw("</a>")
                    }
                    None => self.broken(text),
                },
            };
        }
        self
    }

    fn head(&mut self, paper: &Paper) {
        self.raw("<header>\n").element("h1", &[one_line(&paper.title).into()]);
        if !is_blank(&paper.subtitle) {
            self.element("p", &[paper.subtitle.as_str().into()]);
        }
        let facts = paper.facts.iter().filter(|(name, value)| !is_blank(name) || !is_blank(value));
        for (at, (name, value)) in facts.clone().enumerate() {
            self.raw(if at == 0 { "<dl>\n" } else { "" });
            self.element("dt", &[name.as_str().into()]).element("dd", &[value.as_str().into()]);
        }
        self.raw(if facts.count() > 0 { "</dl>\n" } else { "" }).raw("</header>\n");
    }

    fn block(&mut self, level: u8, block: &Block) {
        match block {
            Block::Heading { text, .. } => {
                self.element(
                    ["h2", "h3", "h4"][usize::from(level.clamp(1, 3)) - 1],
                    &[one_line(text).into()],
                );
            }
            Block::Text(spans) => {
                self.element("p", spans);
            }
            Block::Note(spans) => {
                self.element("aside", spans);
            }
            Block::List { numbered, items } => {
                let name = if *numbered { "ol" } else { "ul" };
                self.raw("<").raw(name).raw(">\n");
                for spans in items.iter().filter(|spans| !are_blank(spans)) {
                    self.element("li", spans);
                }
                self.raw("</").raw(name).raw(">\n");
            }
            Block::Table(table) => {
                self.table(table);
            }
            Block::Chart { chart, sentence } => self.chart(chart, sentence),
            Block::Image { format, bytes, alt } => {
                let kind = match format {
                    ImageFormat::Png => "image/png",
                    ImageFormat::Jpeg => "image/jpeg",
                };
                self.raw("<figure><img alt=\"")
                    .text(&one_line(alt))
                    .raw("\" src=\"data:")
                    .raw(kind)
                    .raw(";base64,");
                self.raw(&STANDARD.encode(bytes)).raw("\"></figure>\n");
            }
            Block::Rule => {
                self.raw("<hr>\n");
            }
        }
    }

    fn chart(&mut self, chart: &Chart, sentence: &str) {
        self.raw("<figure>\n<b dir=\"auto\">").text(&chart.title).raw("</b>\n").raw(&crate::svg(chart));
        if !lines(sentence).is_empty() {
            self.element("figcaption", &[sentence.into()]);
        }
        if !chart.table.rows.is_empty() {
            // Its name is the chart's: a word of ours would be in some language.
            self.raw("<details><summary dir=\"auto\">").text(&chart.title).raw("</summary>\n");
            self.table(&Table::of(chart)).raw("</details>\n");
        }
        self.raw("</figure>\n");
    }

    fn table(&mut self, table: &Table) -> &mut Self {
        let columns = table.columns();
        let class = |at: usize| match columns.get(at).map(|column| column.align) {
            Some(Align::End) => " class=\"end\"",
            _ => "",
        };
        self.raw("<div class=\"wide\" tabindex=\"0\"><table>\n");
        if columns.iter().any(|column| !is_blank(&column.head)) {
            self.raw("<thead><tr>");
            for (at, column) in columns.iter().enumerate() {
                self.raw("<th scope=\"col\" dir=\"auto\"")
                    .raw(class(at))
                    .raw(">")
                    .broken(&column.head)
                    .raw("</th>");
            }
            self.raw("</tr></thead>\n");
        }
        self.raw("<tbody>\n");
        for row in &table.rows {
            self.raw("<tr>");
            for at in 0..columns.len() {
                self.raw("<td dir=\"auto\"").raw(class(at)).raw(">");
                self.spans(row.get(at).map(Vec::as_slice).unwrap_or_default()).raw("</td>");
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody></table></div>\n")
    }
}
