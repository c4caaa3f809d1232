//! The chart model: a process behaviour chart as shapes and words, ready to draw.
//!
//! It is computed here once and drawn twice, by the window and by the picture writer, so neither scales, rounds,
//! formats or decides anything. Lengths are in pixels of a `width` × `height` drawing with its origin at the
//! top left, rounded to 0.01; texts are in the language that was asked for.
//!
//! ```text
//! Behaviour + Frame ─ scale ─┬─ lines, bands, points, marks
//!                            ├─ tick   below
//!                            ├─ label  right, pushed apart
//!                            └─ table  the twin in words, the summary
//! ```

mod draw;
mod frame;
mod label;
mod plain;
mod scale;
mod shape;
mod table;
mod tick;

pub use draw::draw;
pub use frame::{Frame, Labels, Mark, Unit};
pub use plain::draw_plain;

use serde::{Deserialize, Serialize};

use crate::signal::{Rule, Tone};

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// What a horizontal line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum LineKind {
    /// The mean of a phase.
    Mean,
    /// Its upper natural process limit.
    Upper,
    /// Its lower natural process limit.
    Lower,
    /// The target.
    Target,
    /// How it stood before, as a person said it.
    Baseline,
}

/// A horizontal line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Line {
    /// What it stands for.
    pub kind: LineKind,
    /// Left end.
    pub x1: f64,
    /// Right end.
    pub x2: f64,
    /// Its height on the drawing.
    pub y: f64,
    /// A limit that will still move.
    pub provisional: bool,
}

/// A piece of the line through the points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Stroke {
    /// SVG path data.
    pub path: String,
    /// Whether it bridges absent periods, to be drawn fainter.
    pub bridge: bool,
}

/// The shape of a point, so that a signal is never colour alone. Where several rules fired the first in the order
/// of precedence decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// No signal.
    Circle,
    /// Outside the limits.
    Diamond,
    /// A rising trend.
    TriangleUp,
    /// A falling trend.
    TriangleDown,
    /// Often near a limit.
    Plus,
    /// A run on one side of the mean.
    Square,
}

/// A point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Dot {
    /// Its day, `2026-08-17`: unique in the chart.
    pub day: String,
    /// Its ISO week, `2026-W34`.
    pub week: String,
    /// Centre.
    pub x: f64,
    /// Centre.
    pub y: f64,
    /// Half of its size.
    pub radius: f64,
    /// SVG path data of its outline.
    pub outline: String,
    /// The value.
    pub value: f64,
    /// The value as text with its unit.
    pub text: String,
    /// Its shape.
    pub shape: Shape,
    /// What its signal says.
    pub tone: Tone,
    /// Not signed yet: only its outline is drawn.
    pub hollow: bool,
    /// Left out of mean and rules.
    pub ghost: bool,
    /// Every rule that fired, in the order of precedence.
    pub rules: Vec<Rule>,
    /// Everything about it in words, for a screen reader or a tooltip.
    pub label: String,
}

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// A thread hangs here.
    Thread,
    /// A phase starts here.
    Phase,
    /// What the chart judges began here.
    Activation,
}

/// A mark on the chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Flag {
    /// What it stands for.
    pub kind: MarkKind,
    /// What the caller knows it by: of a thread the address at which it is read; of a phase the day of its first point.
    pub key: String,
    /// SVG path data of its stem.
    pub stem: String,
    /// Its box; empty (width 0) for a phase.
    pub area: Area,
    /// The text in its box.
    pub text: String,
    /// The same in words, for a screen reader or a tooltip.
    pub label: String,
    /// Everything that it stands for is over: only the outline of its box is drawn.
    #[serde(default)]
    pub is_closed: bool,
}

/// Where a text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At its left end.
    Start,
    /// At its middle.
    Middle,
    /// At its right end.
    End,
}

/// A text below the time axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Tick {
    /// Where it is held.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// How it is held.
    pub anchor: Align,
    /// Its text.
    pub text: String,
}

/// A text at the right end of a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Label {
    /// The line that it names.
    pub kind: LineKind,
    /// Its left end.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// Its text.
    pub text: String,
}

/// A row of the table twin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Row {
    /// The day of its point, as in [`Dot::day`].
    pub day: String,
    /// One text for each column.
    pub cells: Vec<String>,
    /// What its signal says.
    pub tone: Tone,
}

/// The chart as a table, latest row last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Table {
    /// Headings.
    pub columns: Vec<String>,
    /// How many of the columns, from the second on, hold numbers.
    pub numbers: u32,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A chart, ready to draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// The language of its texts (ISO 639-1).
    pub language: String,
    /// Width of the drawing.
    pub width: f64,
    /// Height of the drawing.
    pub height: f64,
    /// Size of its texts.
    pub font_size: f64,
    /// The area of the lines, without the texts around it.
    pub plot: Area,
    /// The area between the limits, one for each phase that has them.
    pub bands: Vec<Area>,
    /// Means and limits of the phases, the target, and the baseline. A limit that lies beyond what a value can be (over 100 %)
    /// has no line; the band ends at the edge.
    pub lines: Vec<Line>,
    /// The line through the points.
    pub strokes: Vec<Stroke>,
    /// The points, in order.
    pub points: Vec<Dot>,
    /// Threads, starts of phases, and the activation.
    pub marks: Vec<Flag>,
    /// Texts below.
    pub ticks: Vec<Tick>,
    /// Texts on the right.
    pub labels: Vec<Label>,
    /// The chart in words, for a screen reader.
    pub summary: String,
    /// The table twin.
    pub table: Table,
}
