//! From days and values to pixels.

use super::frame::{Frame, Labels};
use super::{Area, label};
use crate::day::Day;
use crate::signal::{Behaviour, Charted};

/// Space between the outermost points and the edge of the plot, so that no point is cut.
const INSET: f64 = 5.0;
/// Room above the plot for the boxes of marks.
const MARK_ROOM: f64 = 18.0;
/// The smallest drawing.
const SMALLEST: (f64, f64) = (120.0, 48.0);

/// A length rounded to 0.01 pixel; never −0.
pub(super) fn rounded(length: f64) -> f64 {
    (length * 100.0).round() / 100.0 + 0.0
}

/// The scales of one drawing.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) font_size: f64,
    pub(super) plot: Area,
    /// Decimals of a value in a text.
    pub(super) decimals: u8,
    /// Decimals of a line's label.
    pub(super) label_decimals: u8,
    first: Day,
    last: Day,
    low: f64,
    high: f64,
}

impl Scale {
    pub(super) fn new(behaviour: &Behaviour, frame: &Frame) -> Self {
        let (width, height) = (frame.width.max(SMALLEST.0), frame.height.max(SMALLEST.1));
        let font_size = if width >= 800.0 { 11.0 } else { 10.0 };
        let (first, last) = axis(behaviour, frame);
        let (low, high) = domain(behaviour, frame);
        let label_decimals = match high - low {
            span if span >= 10.0 => 0,
            span if span >= 1.0 => 1,
            span if span >= 0.1 => 2,
            span if span >= 0.01 => 3,
            _ => 4,
        };
        let integral = behaviour.points.iter().all(|point| point.number().fract() == 0.0);
        let decimals =
            frame.decimals.unwrap_or(if integral || high - low >= 1000.0 { 0 } else { label_decimals + 1 });
        let mut scale = Self {
            width,
            height,
            font_size,
            plot: Area::default(),
            decimals,
            label_decimals: fewest(behaviour, label_decimals.min(frame.decimals.unwrap_or(4))),
            first,
            last,
            low,
            high,
        };
        let top = if frame.marks.is_empty() && frame.activation.is_none() { 2.0 } else { MARK_ROOM };
        let right = label::room(behaviour, frame, &scale);
        let below = font_size + if frame.labels == Labels::Full { 8.0 } else { 5.0 };
        scale.plot = Area {
            x: 2.0,
            y: top,
            width: rounded((width - 2.0 - right).max(40.0)),
            height: rounded((height - top - below).max(20.0)),
        };
        scale
    }

    /// The horizontal place of a day; the middle when the axis has one day only.
    pub(super) fn x(&self, day: Day) -> f64 {
        let (left, width) = (self.plot.x + INSET, self.plot.width - 2.0 * INSET);
        let days = f64::from(self.last - self.first);
        let part = if days > 0.0 { f64::from(day - self.first) / days } else { 0.5 };
        rounded(left + width * part)
    }

    /// The height of a value on the drawing.
    pub(super) fn y(&self, value: f64) -> f64 {
        let (top, height) = (self.plot.y + INSET, self.plot.height - 2.0 * INSET);
        rounded(top + height * (self.high - value) / (self.high - self.low))
    }

    /// Whether a value lies within what is drawn.
    pub(super) fn shows(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// A value held within what is drawn.
    pub(super) fn held(&self, value: f64) -> f64 {
        value.clamp(self.low, self.high)
    }

    /// Whether a day lies within the time axis.
    pub(super) fn spans(&self, day: Day) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// The first and the last day of the time axis.
    pub(super) const fn days(&self) -> (Day, Day) {
        (self.first, self.last)
    }

    /// How wide a text is, roughly: Plaza's type is a little wider than half its size.
    pub(super) fn text_width(&self, text: &str) -> f64 {
        text.chars().count() as f64 * self.font_size * 0.58
    }
}

/// As few decimals as say the same about every line: `100` and not `100.0` for a constant series.
fn fewest(behaviour: &Behaviour, decimals: u8) -> u8 {
    let limits = behaviour.phases.iter().filter_map(|phase| phase.limits);
    let lines: Vec<f64> = limits
        .flat_map(|limits| [limits.lower, limits.upper])
        .chain(behaviour.phases.iter().filter_map(|phase| phase.mean))
        .collect();
    let factor = 10_f64.powi(i32::from(decimals));
    let whole = |line: &f64| ((line * factor).round() / factor).fract() == 0.0;
    if lines.iter().all(whole) { 0 } else { decimals }
}

/// The first and the last day of the time axis.
fn axis(behaviour: &Behaviour, frame: &Frame) -> (Day, Day) {
    let days = behaviour.points.first().zip(behaviour.points.last());
    let (first, last) =
        frame.axis.or(days.map(|(first, last)| (first.day, last.day))).unwrap_or((Day(0), Day(0)));
    (first.min(last), first.max(last))
}

/// The lowest and the highest value drawn: every point, the means, the target, the baseline, and the limits as far as a value
/// can go. Never empty.
fn domain(behaviour: &Behaviour, frame: &Frame) -> (f64, f64) {
    let (floor, ceiling) = (frame.floor.unwrap_or(f64::MIN), frame.ceiling.unwrap_or(f64::MAX));
    let limits = behaviour.phases.iter().filter_map(|phase| phase.limits);
    // A limit beyond floor or ceiling is held there, unless a point lies further out.
    let limits = limits.flat_map(|limits| [limits.lower.max(floor), limits.upper.min(ceiling)]);
    let means = behaviour.phases.iter().filter_map(|phase| phase.mean);
    let points = behaviour.points.iter().map(Charted::number);
    let all = points.chain(limits).chain(means).chain(behaviour.options.target).chain(frame.baseline);
    let (low, high) =
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if low > high {
        return (0.0, 1.0);
    }
    let spread = (high - low).abs() > 1e-12 * high.abs().max(low.abs());
    if spread {
        (low, high)
    } else {
        // A constant series stands in the middle.
        let room = if high == 0.0 { 1.0 } else { high.abs() * 0.05 };
        (low - room, high + room)
    }
}
