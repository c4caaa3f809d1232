//! A plain line: values against a baseline and a target, without averages, limits and rules.

use super::{Chart, Frame, draw};
use crate::signal::{Options, OutOfOrder, Point, Tone, compute};

/// Draws values as a plain line with the frame's baseline and activation, and a target.
///
/// # Errors
/// [`OutOfOrder`] when the points are not in the order of their days.
pub fn draw_plain(points: &[Point], target: Option<f64>, frame: &Frame) -> Result<Chart, OutOfOrder> {
    let mut behaviour = compute(points, &Options { target, ..Options::default() })?;
    behaviour.signals.clear();
    for phase in &mut behaviour.phases {
        (phase.mean, phase.limits, phase.moving_range_mean) = (None, None, None);
    }
    for point in &mut behaviour.points {
        point.fired.clear();
        point.tone = Tone::Plain;
    }
    let frame = Frame { is_plain: true, ..frame.clone() };
    Ok(draw(&behaviour, &frame))
}

#[cfg(test)]
mod tests {
    use super::super::{LineKind, Mark, MarkKind, Unit};
    use super::*;
    use crate::day::Day;
    use crate::language::Language;
    use crate::signal::Value;

    #[test]
    fn a_plain_line_has_baseline_target_and_activation_and_no_limits() {
        let points: Vec<Point> = (0..20)
            .map(|at| Point::new(Day(4 + at * 7), Value::plain(f64::from(80 + at * at % 7)).unwrap()))
            .collect();
        let mark = Mark::new(Day(40), "40", "active", "Active since then");
        let frame = Frame {
            baseline: Some(70.0),
            activation: Some(&mark),
            ..Frame::new("Hours", 600.0, 160.0, Language::En, Unit::Number)
        };
        let chart = draw_plain(&points, Some(95.0), &frame).unwrap();
        let kinds: Vec<LineKind> = chart.lines.iter().map(|line| line.kind).collect();
        assert_eq!(kinds, [LineKind::Target, LineKind::Baseline]);
        assert!(chart.lines[0].y < chart.lines[1].y, "{:?}", chart.lines);
        assert!(chart.lines.iter().all(|line| line.y <= 160.0 && line.y >= 0.0));
        let marks: Vec<_> = chart.marks.iter().map(|mark| (mark.kind, mark.text.as_str())).collect();
        assert_eq!(marks, [(MarkKind::Activation, "active")]);
        assert_eq!((chart.table.columns.len(), chart.table.numbers, chart.points.len()), (2, 1, 20));
        assert!(chart.table.rows.iter().all(|row| row.cells.len() == 2) && chart.bands.is_empty());
        assert!(chart.points.iter().all(|point| point.tone == Tone::Plain && point.rules.is_empty()));
        let nothing = draw_plain(&[], Some(95.0), &frame).unwrap();
        assert!(nothing.points.is_empty() && nothing.marks.is_empty());
    }
}
