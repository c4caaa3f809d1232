//! A chart as a picture: SVG that stands alone, in light colours, with generic fonts.
//!
//! The writer maps the model one to one and computes nothing: one element for each item, in the order of the
//! list below, with these classes. The window draws the same elements.
//!
//! | model | element | classes |
//! |---|---|---|
//! | `bands` | `rect` | `band` |
//! | `lines` | `line` | `mean`, `limit upper`, `limit lower` (and `provisional`), `target`, `baseline` |
//! | `strokes` | `path` | `line` (and `bridge`) |
//! | `points` | `path` | `point`, shape, tone; `hollow`, `ghost` |
//! | `marks` | `g` with `path` (and `rect`, `text` of all but a phase) | `mark thread` (and `closed`), `mark phase`, `mark activation` |
//! | `ticks` | `text` | `tick` |
//! | `labels` | `text` | `label` and the kind of its line |

use std::fmt::Display;

use plaza_domain::chart::{Align, Chart, Dot, Flag, Line, LineKind, MarkKind, Shape};
use plaza_domain::signal::Tone;

use crate::escape::escape;

/// Colours and widths, once for the whole picture.
const STYLE: &str = "\
text{font-family:Inter,'Helvetica Neue',Arial,sans-serif;font-variant-numeric:tabular-nums;fill:#6b757c}\
.title{font-family:'Source Serif 4',Georgia,'Times New Roman',serif;font-weight:600;fill:#1d2327}\
.sentence{fill:#1d2327}.paper{fill:#fff}.band{fill:#f1f3f2}.mean{stroke:#9aa3a8}.limit{stroke:#b9c0c4;stroke-dasharray:3 3}\
.limit.provisional{stroke-dasharray:1 4}.mean,.limit,.target,.baseline{stroke-width:1;fill:none}\
.target{stroke:#2f6f4f;stroke-dasharray:1 3;stroke-width:1.2}.baseline{stroke:#9aa3a8;stroke-dasharray:6 3}\
.line{fill:none;stroke:#56616a;stroke-width:1.2;stroke-linejoin:round;stroke-linecap:round}\
.line.bridge{stroke-width:.8;stroke-dasharray:2 3;stroke:#8b949a}\
.point{fill:#56616a;stroke:#56616a;stroke-width:0}\
.point.improving{fill:#2f6f4f;stroke:#2f6f4f}.point.concerning{fill:#a8431f;stroke:#a8431f}\
.point.neutral{fill:#3b6ea8;stroke:#3b6ea8}\
.point.hollow{fill:#fff;stroke-width:1.2}.point.ghost{fill:#fff;stroke:#8b949a;stroke-width:1;stroke-dasharray:1.5 1.5}\
.mark path{fill:none;stroke:#c9b79c;stroke-width:1}.mark rect{fill:#f7edd8;stroke:#d9b878}\
.mark text{fill:#7a5a17;font-weight:600;text-anchor:middle}\
.mark.closed path{stroke-dasharray:1 2}.mark.closed rect{fill:#fff;stroke-dasharray:2 2}.mark.closed text{fill:#6b757c;font-weight:400}.mark.phase path,.mark.activation path{stroke:#8b949a;stroke-dasharray:4 2}\
.label{fill:#6b757c;stroke:none}.label.target{fill:#2f6f4f}";

/// Space to the left and right of a sheet.
const MARGIN: f64 = 24.0;
/// Sizes of a sheet's title and sentence.
const TITLE_SIZE: f64 = 18.0;
const SENTENCE_SIZE: f64 = 14.0;

/// Writes the chart as a picture: the drawing alone.
pub fn svg(chart: &Chart) -> String {
    let mut out = String::with_capacity(4096 + chart.points.len() * 220);
    write_chart(&mut out, chart, None);
    out.push('\n');
    out
}

/// Writes the chart as a sheet to hand out: title and sentence above the drawing.
pub fn sheet(chart: &Chart, sentence: &str) -> String {
    let mut out = String::with_capacity(6144 + chart.points.len() * 220);
    let width = chart.width + 2.0 * MARGIN;
    // A letter is a little more than half as wide as its size.
    let lines = wrapped(sentence, (chart.width / (SENTENCE_SIZE * 0.52)) as usize);
    let head = MARGIN + TITLE_SIZE + 8.0 + lines.len() as f64 * SENTENCE_SIZE * 1.45;
    let height = head + 12.0 + chart.height + MARGIN * 0.7;
    let mut open = Element::new(&mut out, "svg");
    open.set("xmlns", "http://www.w3.org/2000/svg");
    open.set("viewBox", format_args!("0 0 {width:.0} {height:.0}"));
    open.set("width", format_args!("{width:.0}")).set("height", format_args!("{height:.0}")).open();
    Element::new(&mut out, "rect").set("fill", "#fff").set("width", "100%").set("height", "100%").close();
    let mut baseline = MARGIN + TITLE_SIZE * 0.8;
    let mut title = Element::new(&mut out, "text");
    title.set("class", "title").set("x", MARGIN).set("y", format_args!("{baseline:.1}"));
    title.set("font-size", TITLE_SIZE).text(&chart.title);
    baseline += 8.0;
    for line in &lines {
        baseline += SENTENCE_SIZE * 1.45;
        let mut text = Element::new(&mut out, "text");
        text.set("class", "sentence").set("x", MARGIN).set("y", format_args!("{baseline:.1}"));
        text.set("font-size", SENTENCE_SIZE).text(line);
    }
    write_chart(&mut out, chart, Some((MARGIN, head + 12.0)));
    out.push_str("</svg>\n");
    out
}

/// Breaks a text into lines of at most `most` letters; a longer word stands alone.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Writes the drawing, as a whole document or at a place within one.
fn write_chart(out: &mut String, chart: &Chart, place: Option<(f64, f64)>) {
    let (width, height) = (chart.width, chart.height);
    let mut open = Element::new(out, "svg");
    open.set("xmlns", "http://www.w3.org/2000/svg");
    if let Some((x, y)) = place {
        open.set("x", format_args!("{x:.1}")).set("y", format_args!("{y:.1}"));
    }
    open.set("viewBox", format_args!("0 0 {width} {height}")).set("width", width).set("height", height);
    open.set("role", "img").set("lang", &chart.language).set("aria-label", &chart.summary);
    open.set("font-size", chart.font_size).open();
    out.push_str("<style>");
    out.push_str(STYLE);
    out.push_str("</style>");
    let mut title = Element::new(out, "title");
    title.text(&chart.title);
    Element::new(out, "rect").set("class", "paper").set("width", width).set("height", height).close();

    for band in &chart.bands {
        let mut rect = Element::new(out, "rect");
        rect.set("class", "band").set("x", band.x).set("y", band.y);
        rect.set("width", band.width).set("height", band.height).close();
    }
    for line in &chart.lines {
        let mut element = Element::new(out, "line");
        element.set("class", line_class(line)).set("x1", line.x1).set("y1", line.y);
        element.set("x2", line.x2).set("y2", line.y).close();
    }
    for stroke in &chart.strokes {
        let class = if stroke.bridge { "line bridge" } else { "line" };
        Element::new(out, "path").set("class", class).set("d", &stroke.path).close();
    }
    for mark in chart.marks.iter().filter(|mark| mark.kind == MarkKind::Phase) {
        write_mark(out, mark, chart.font_size);
    }
    for dot in &chart.points {
        let mut path = Element::new(out, "path");
        path.set("class", point_class(dot)).set("d", &dot.outline);
        path.open();
        Element::new(out, "title").text(&dot.label);
        out.push_str("</path>");
    }
    for mark in chart.marks.iter().filter(|mark| mark.kind != MarkKind::Phase) {
        write_mark(out, mark, chart.font_size);
    }
    for tick in &chart.ticks {
        let anchor = match tick.anchor {
            Align::Start => "start",
            Align::Middle => "middle",
            Align::End => "end",
        };
        let mut text = Element::new(out, "text");
        text.set("class", "tick").set("x", tick.x).set("y", tick.y).set("text-anchor", anchor);
        text.text(&tick.text);
    }
    for label in &chart.labels {
        let mut text = Element::new(out, "text");
        text.set("class", format_args!("label {}", kind(label.kind))).set("x", label.x).set("y", label.y);
        text.text(&label.text);
    }
    out.push_str("</svg>");
}

fn write_mark(out: &mut String, mark: &Flag, font_size: f64) {
    let class = match mark.kind {
        MarkKind::Thread if mark.is_closed => "mark thread closed",
        MarkKind::Thread => "mark thread",
        MarkKind::Phase => "mark phase",
        MarkKind::Activation => "mark activation",
    };
    Element::new(out, "g").set("class", class).open();
    Element::new(out, "title").text(&mark.label);
    Element::new(out, "path").set("d", &mark.stem).close();
    if mark.area.width > 0.0 {
        let area = mark.area;
        let mut rect = Element::new(out, "rect");
        rect.set("x", area.x).set("y", area.y).set("width", area.width).set("height", area.height);
        rect.set("rx", area.height / 2.0).close();
        let mut text = Element::new(out, "text");
        text.set("x", area.x + area.width / 2.0).set("y", area.y + area.height / 2.0 + font_size * 0.35);
        text.text(&mark.text);
    }
    out.push_str("</g>");
}

const fn kind(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Mean => "mean",
        LineKind::Upper => "upper",
        LineKind::Lower => "lower",
        LineKind::Target => "target",
        LineKind::Baseline => "baseline",
    }
}

fn line_class(line: &Line) -> String {
    let limit = matches!(line.kind, LineKind::Upper | LineKind::Lower);
    let provisional = if line.provisional { " provisional" } else { "" };
    format!("{}{}{provisional}", if limit { "limit " } else { "" }, kind(line.kind))
}

fn point_class(dot: &Dot) -> String {
    let shape = match dot.shape {
        Shape::Circle => "circle",
        Shape::Diamond => "diamond",
        Shape::TriangleUp => "triangle-up",
        Shape::TriangleDown => "triangle-down",
        Shape::Plus => "plus",
        Shape::Square => "square",
    };
    let tone = match dot.tone {
        Tone::Plain => "plain",
        Tone::Improving => "improving",
        Tone::Concerning => "concerning",
        Tone::Neutral => "neutral",
    };
    let hollow = if dot.hollow { " hollow" } else { "" };
    let ghost = if dot.ghost { " ghost" } else { "" };
    format!("point {shape} {tone}{hollow}{ghost}")
}

/// Writes one element; every value is escaped.
pub(crate) struct Element<'a> {
    out: &'a mut String,
    name: &'static str,
}

impl<'a> Element<'a> {
    pub(crate) fn new(out: &'a mut String, name: &'static str) -> Self {
        out.push('<');
        out.push_str(name);
        Self { out, name }
    }

    pub(crate) fn set(&mut self, name: &str, value: impl Display) -> &mut Self {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(self.out, value);
        self.out.push('"');
        self
    }

    pub(crate) fn open(&mut self) {
        self.out.push('>');
    }

    pub(crate) fn close(&mut self) {
        self.out.push_str("/>");
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.out.push('>');
        escape(self.out, text);
        self.out.push_str("</");
        self.out.push_str(self.name);
        self.out.push('>');
    }
}
