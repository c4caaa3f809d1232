//! Outlines of points.

use super::Shape;
use super::scale::rounded;
use crate::signal::{Fired, Rule, Side};

impl Shape {
    /// The shape of a point by the first rule that fired.
    pub(super) const fn of(fired: Option<&Fired>) -> Self {
        match fired {
            None => Self::Circle,
            Some(Fired { rule: Rule::Outside, .. }) => Self::Diamond,
            Some(Fired { rule: Rule::Trend, side: Side::High }) => Self::TriangleUp,
            Some(Fired { rule: Rule::Trend, side: Side::Low }) => Self::TriangleDown,
            Some(Fired { rule: Rule::NearLimits, .. }) => Self::Plus,
            Some(Fired { rule: Rule::Shift, .. }) => Self::Square,
        }
    }

    /// SVG path data around a centre. The shapes are drawn to one visual weight, so a diamond reaches further
    /// than a square of the same radius.
    pub(super) fn outline(self, x: f64, y: f64, radius: f64) -> String {
        let corners: &[(f64, f64)] = match self {
            Self::Circle => {
                let (left, right, r) = (rounded(x - radius), rounded(x + radius), rounded(radius));
                return format!("M{left} {y}A{r} {r} 0 1 1 {right} {y}A{r} {r} 0 1 1 {left} {y}Z");
            }
            Self::Diamond => &[(0.0, -1.35), (1.35, 0.0), (0.0, 1.35), (-1.35, 0.0)],
            Self::Square => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
            Self::TriangleUp => &[(0.0, -1.25), (1.2, 0.85), (-1.2, 0.85)],
            Self::TriangleDown => &[(0.0, 1.25), (-1.2, -0.85), (1.2, -0.85)],
            Self::Plus => &[
                (-0.42, -1.25),
                (0.42, -1.25),
                (0.42, -0.42),
                (1.25, -0.42),
                (1.25, 0.42),
                (0.42, 0.42),
                (0.42, 1.25),
                (-0.42, 1.25),
                (-0.42, 0.42),
                (-1.25, 0.42),
                (-1.25, -0.42),
                (-0.42, -0.42),
            ],
        };
        let corner =
            |(dx, dy): &(f64, f64)| format!("{} {}", rounded(x + dx * radius), rounded(y + dy * radius));
        let places: Vec<String> = corners.iter().map(corner).collect();
        format!("M{}Z", places.join("L"))
    }
}
