//! Puts a chart together.

use super::frame::{Frame, Mark};
use super::scale::{Scale, rounded};
use super::{Area, Chart, Dot, Flag, Line, LineKind, MarkKind, Shape, Stroke, label, table, tick};
use crate::signal::{Behaviour, Cadence, Charted, Phase, State, words};

/// How far a band reaches beyond its outermost points.
const OVERHANG: f64 = 5.0;
/// Height of a mark's box.
const BOX_HEIGHT: f64 = 14.0;

/// Draws a chart: no point, one point, a constant series and ten years of weeks alike.
pub fn draw(behaviour: &Behaviour, frame: &Frame) -> Chart {
    let scale = Scale::new(behaviour, frame);
    let ends = ends(behaviour, &scale);
    Chart {
        title: frame.title.to_owned(),
        language: frame.language.code().to_owned(),
        width: rounded(scale.width),
        height: rounded(scale.height),
        font_size: scale.font_size,
        plot: scale.plot,
        bands: bands(behaviour, &ends, &scale),
        lines: lines(behaviour, frame, &ends, &scale),
        strokes: strokes(behaviour, &scale),
        points: dots(behaviour, frame, &scale),
        marks: marks(behaviour, frame, &ends, &scale),
        ticks: tick::ticks(behaviour, frame, &scale),
        labels: label::labels(behaviour, frame, &scale),
        summary: table::summary(behaviour, frame, &scale),
        table: table::table(behaviour, frame, &scale),
    }
}

/// Left and right end of each phase: half-way to the neighbour, a little beyond the outermost points.
fn ends(behaviour: &Behaviour, scale: &Scale) -> Vec<(f64, f64)> {
    let plot = scale.plot;
    let between =
        |before: &Phase, after: &Phase| rounded(f64::midpoint(scale.x(before.to), scale.x(after.from)));
    let within = |x: f64| rounded(x.clamp(plot.x, plot.x + plot.width));
    let phases = &behaviour.phases;
    let each = phases.iter().enumerate().map(|(at, phase)| {
        let before = at.checked_sub(1).and_then(|at| phases.get(at));
        let left = before.map_or_else(|| scale.x(phase.from) - OVERHANG, |before| between(before, phase));
        let right =
            phases.get(at + 1).map_or_else(|| scale.x(phase.to) + OVERHANG, |after| between(phase, after));
        (within(left), within(right))
    });
    each.collect()
}

fn bands(behaviour: &Behaviour, ends: &[(f64, f64)], scale: &Scale) -> Vec<Area> {
    let limited = behaviour.phases.iter().zip(ends).filter_map(|(phase, ends)| Some((phase.limits?, ends)));
    let bands = limited.map(|(limits, (left, right))| {
        let (top, bottom) = (scale.y(scale.held(limits.upper)), scale.y(scale.held(limits.lower)));
        Area { x: *left, y: top, width: rounded(right - left), height: rounded(bottom - top) }
    });
    bands.collect()
}

fn lines(behaviour: &Behaviour, frame: &Frame, ends: &[(f64, f64)], scale: &Scale) -> Vec<Line> {
    let mut lines = Vec::new();
    for (phase, (x1, x2)) in behaviour.phases.iter().zip(ends) {
        let values = [
            (LineKind::Mean, phase.mean),
            (LineKind::Upper, phase.limits.map(|limits| limits.upper)),
            (LineKind::Lower, phase.limits.map(|limits| limits.lower)),
        ];
        for (kind, value) in values {
            if let Some(value) = value.filter(|value| scale.shows(*value)) {
                let provisional = kind != LineKind::Mean && phase.state == State::Provisional;
                lines.push(Line { kind, x1: *x1, x2: *x2, y: scale.y(value), provisional });
            }
        }
    }
    let across = [(LineKind::Target, behaviour.options.target), (LineKind::Baseline, frame.baseline)];
    for (kind, value) in across {
        if let Some(value) = value {
            let (x1, x2) = (scale.plot.x, rounded(scale.plot.x + scale.plot.width));
            lines.push(Line { kind, x1, x2, y: scale.y(value), provisional: false });
        }
    }
    lines
}

/// Whether a period is absent between two neighbours.
fn is_gap(before: &Charted, after: &Charted, cadence: Cadence) -> bool {
    match cadence {
        Cadence::Weekly => after.day.week().0 - before.day.week().0 > 1,
        Cadence::Monthly => after.day - before.day > 45,
        // A weekend is no gap.
        Cadence::Daily => after.day - before.day > 4,
        Cadence::Irregular => false,
    }
}

/// The line through the counted points: broken between phases, fainter over absent periods.
fn strokes(behaviour: &Behaviour, scale: &Scale) -> Vec<Stroke> {
    let mut strokes = Vec::new();
    let place = |point: &Charted| format!("{} {}", scale.x(point.day), scale.y(point.number()));
    for phase in &behaviour.phases {
        let counted: Vec<&Charted> = behaviour.points[phase.start..phase.end]
            .iter()
            .filter(|point| !point.ghost && scale.spans(point.day))
            .collect();
        let mut path = String::new();
        for pair in counted.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            if is_gap(before, after, behaviour.cadence) {
                if !path.is_empty() {
                    strokes.push(Stroke { path: std::mem::take(&mut path), bridge: false });
                }
                strokes.push(Stroke { path: format!("M{}L{}", place(before), place(after)), bridge: true });
                continue;
            }
            if path.is_empty() {
                path = format!("M{}", place(before));
            }
            path.push('L');
            path.push_str(&place(after));
        }
        if !path.is_empty() {
            strokes.push(Stroke { path, bridge: false });
        }
    }
    strokes
}

fn dots(behaviour: &Behaviour, frame: &Frame, scale: &Scale) -> Vec<Dot> {
    let (first, last) = scale.days();
    let days = f64::from(last - first);
    let periods = match behaviour.cadence {
        Cadence::Weekly => days / 7.0,
        Cadence::Monthly => days / 30.44,
        Cadence::Daily => days,
        Cadence::Irregular => 0.0,
    };
    // Points of a dense chart shrink, so that the line stays a line.
    let room = scale.plot.width / periods.max(behaviour.points.len() as f64).max(1.0);
    let small = (room * 0.24).clamp(0.8, 2.6);
    let large = (small * 1.45).max(2.2);
    let drawn = behaviour.points.iter().filter(|point| scale.spans(point.day));
    let dots = drawn.map(|point| {
        let shape = Shape::of(point.fired.first());
        let radius = rounded(if shape == Shape::Circle { small } else { large });
        let (x, y) = (scale.x(point.day), scale.y(point.number()));
        Dot {
            day: point.day.to_string(),
            week: point.day.week().to_string(),
            x,
            y,
            radius,
            outline: shape.outline(x, y, radius),
            value: point.number(),
            text: frame.unit.long(point.number(), scale.decimals, frame.language),
            shape,
            tone: point.tone,
            hollow: frame.unsigned.contains(&point.day),
            ghost: point.ghost,
            rules: point.rules().collect(),
            label: table::point(behaviour, point, frame, scale),
        }
    });
    dots.collect()
}

fn marks(behaviour: &Behaviour, frame: &Frame, ends: &[(f64, f64)], scale: &Scale) -> Vec<Flag> {
    let (top, bottom) = (scale.plot.y, rounded(scale.plot.y + scale.plot.height));
    let later = behaviour.phases.iter().zip(ends).skip(1);
    let mut flags: Vec<Flag> = later
        .map(|(phase, (x, _))| Flag {
            kind: MarkKind::Phase,
            key: phase.from.to_string(),
            stem: format!("M{x} {top}L{x} {bottom}"),
            area: Area { x: *x, y: top, ..Area::default() },
            text: String::new(),
            label: words::phase_start(phase.from, behaviour.cadence, frame.language),
            is_closed: false,
        })
        .collect();
    flags.extend(threads(behaviour, frame, scale));
    flags.extend(frame.activation.and_then(|mark| activation(mark, scale)));
    flags
}

/// A stem over the whole height with its word above; within the plot also where it lies at the edge.
fn activation(mark: &Mark, scale: &Scale) -> Option<Flag> {
    if !scale.spans(mark.day) {
        return None;
    }
    let (x, width) = (scale.x(mark.day), scale.text_width(&mark.text) + 9.0);
    let (left, right) = (scale.plot.x, scale.plot.x + scale.plot.width - width);
    let roof = 2.0 + BOX_HEIGHT;
    Some(Flag {
        kind: MarkKind::Activation,
        key: mark.key.clone(),
        stem: format!("M{x} {roof}L{x} {}", rounded(scale.plot.y + scale.plot.height)),
        area: Area {
            x: rounded((x - width / 2.0).min(right).max(left)),
            y: 2.0,
            width: rounded(width),
            height: BOX_HEIGHT,
        },
        text: mark.text.clone(),
        label: mark.label.clone(),
        is_closed: false,
    })
}

/// Boxes above the plot with a stem down to their points; boxes that would touch stand side by side.
fn threads(behaviour: &Behaviour, frame: &Frame, scale: &Scale) -> Vec<Flag> {
    let mut marks: Vec<&Mark> = frame.marks.iter().filter(|mark| scale.spans(mark.day)).collect();
    marks.sort_by_key(|mark| mark.day);
    let widths: Vec<f64> = marks.iter().map(|mark| (scale.text_width(&mark.text) + 9.0).max(16.0)).collect();
    let widest = widths.iter().copied().fold(16.0, f64::max);
    let wanted: Vec<f64> = marks.iter().map(|mark| scale.x(mark.day)).collect();
    let (low, high) = (widest / 2.0, scale.plot.x + scale.plot.width - widest / 2.0 + 4.0);
    let centres = label::apart(&wanted, widest + 2.0, low, high.max(low));
    let each = marks.iter().zip(widths).zip(centres).map(|((mark, width), centre)| {
        let point = behaviour.points.iter().find(|point| point.day == mark.day);
        let (x, foot) = match point {
            Some(point) => (scale.x(point.day), scale.y(point.number()) - 5.0),
            None => (scale.x(mark.day), scale.plot.y + scale.plot.height),
        };
        let roof = 2.0 + BOX_HEIGHT;
        let foot = rounded(foot.max(roof));
        Flag {
            kind: MarkKind::Thread,
            key: mark.key.clone(),
            stem: format!("M{} {roof}L{x} {foot}", rounded(centre)),
            area: Area {
                x: rounded(centre - width / 2.0),
                y: 2.0,
                width: rounded(width),
                height: BOX_HEIGHT,
            },
            text: mark.text.clone(),
            label: mark.label.clone(),
            is_closed: mark.is_closed,
        }
    });
    each.collect()
}
