//! Texts at the right ends of the lines, pushed apart so that none covers another.

use super::frame::{Frame, Labels};
use super::scale::{Scale, rounded};
use super::{Label, LineKind};
use crate::language::Language;
use crate::signal::{Behaviour, Limits};

/// Distance from the plot to a label.
const GAP: f64 = 4.0;

/// The lines of the last phase, the target and the baseline, with their texts. The most important first: those stay when there
/// is no room for all.
fn texts(behaviour: &Behaviour, frame: &Frame, scale: &Scale) -> Vec<(LineKind, f64, String)> {
    let mut texts = Vec::new();
    let number = |value: f64| frame.unit.short(value, scale.label_decimals, frame.language);
    if let Some(target) = behaviour.options.target {
        let exact = exact(target, frame.language);
        let text = match frame.language {
            Language::En => format!("{exact} target"),
            Language::De => format!("Ziel {exact}"),
            Language::Es => format!("objetivo {exact}"),
        };
        texts.push((LineKind::Target, target, text));
    }
    if let Some(baseline) = frame.baseline {
        let exact = exact(baseline, frame.language);
        let text = match frame.language {
            Language::En => format!("{exact} before"),
            Language::De => format!("vorher {exact}"),
            Language::Es => format!("antes {exact}"),
        };
        texts.push((LineKind::Baseline, baseline, text));
    }
    if let Some(phase) = behaviour.phases.last() {
        if let Some(mean) = phase.mean {
            texts.push((LineKind::Mean, mean, number(mean)));
        }
        // Without variation the limits are the mean, which is named already.
        let apart = |limits: &Limits| limits.lower < limits.upper && frame.labels == Labels::Full;
        if let Some(limits) = phase.limits.filter(apart) {
            texts.push((LineKind::Upper, limits.upper, number(limits.upper)));
            texts.push((LineKind::Lower, limits.lower, number(limits.lower)));
        }
    }
    texts
}

/// A target as a person set it: at most three decimals, no idle zeros.
pub(super) fn exact(value: f64, language: Language) -> String {
    let decimals = (0..3).find(|decimals| {
        let factor = 10_f64.powi(*decimals);
        ((value * factor).round() / factor - value).abs() < 1e-9 * value.abs().max(1.0)
    });
    language.number(value, decimals.unwrap_or(3) as u8)
}

/// The room that the labels need on the right.
pub(super) fn room(behaviour: &Behaviour, frame: &Frame, scale: &Scale) -> f64 {
    let texts = texts(behaviour, frame, scale);
    let widest = texts.iter().map(|(.., text)| scale.text_width(text)).fold(0.0, f64::max);
    if widest > 0.0 { widest + GAP + 2.0 } else { 4.0 }
}

/// The labels of a chart. A limit beyond what is drawn has none; where the height is too small for all of them,
/// limits go first, then the mean.
pub(super) fn labels(behaviour: &Behaviour, frame: &Frame, scale: &Scale) -> Vec<Label> {
    let distance = scale.font_size * 1.15;
    let (top, bottom) = (scale.font_size * 0.5, scale.plot.y + scale.plot.height);
    let fitting = (((bottom - top) / distance).floor() as usize + 1).max(1);
    let mut wanted: Vec<(f64, LineKind, String)> = texts(behaviour, frame, scale)
        .into_iter()
        .filter(|(_, value, _)| scale.shows(*value))
        .take(fitting)
        .map(|(kind, value, text)| (scale.y(value), kind, text))
        .collect();
    // Equal heights keep the order of the values: the upper limit above, the lower one below.
    wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(order(a.1).cmp(&order(b.1))));
    let places = apart(&wanted.iter().map(|(y, ..)| *y).collect::<Vec<_>>(), distance, top, bottom);
    let x = rounded(scale.plot.x + scale.plot.width + GAP);
    wanted
        .into_iter()
        .zip(places)
        .map(|((_, kind, text), y)| Label { kind, x, y: rounded(y + scale.font_size * 0.35), text })
        .collect()
}

const fn order(kind: LineKind) -> u8 {
    match kind {
        LineKind::Upper => 0,
        LineKind::Target => 1,
        LineKind::Baseline => 2,
        LineKind::Mean => 3,
        LineKind::Lower => 4,
    }
}

/// Places in the order of `wanted` (ascending), at least `distance` apart, within `low` and `high` as far as there
/// is room, each as near to where it was wanted as its neighbours allow: neighbours that collide share their shift.
pub(super) fn apart(wanted: &[f64], distance: f64, low: f64, high: f64) -> Vec<f64> {
    // Clusters of (sum of wanted starts, size): a cluster of touching texts sits around the mean of its wishes.
    let mut clusters: Vec<(f64, usize)> = Vec::new();
    let start = |(sum, size): (f64, usize)| {
        let length = (size.saturating_sub(1)) as f64 * distance;
        (sum / size as f64).min(high - length).max(low)
    };
    for place in wanted {
        let mut cluster = (*place, 1_usize);
        while let Some(before) = clusters.last().copied()
            && start(before) + before.1 as f64 * distance > start(cluster)
        {
            clusters.pop();
            // A member wants the cluster to start where it would stand itself, less those before it.
            let shift = before.1 as f64 * distance * cluster.1 as f64;
            cluster = (before.0 + cluster.0 - shift, before.1 + cluster.1);
        }
        clusters.push(cluster);
    }
    let mut places = Vec::with_capacity(wanted.len());
    for cluster in clusters {
        let first = start(cluster);
        places.extend((0..cluster.1).map(|at| first + at as f64 * distance));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_collide_share_the_shift() {
        assert_eq!(apart(&[10.0, 50.0], 12.0, 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(apart(&[50.0, 50.0], 12.0, 0.0, 100.0), [44.0, 56.0]);
        assert_eq!(apart(&[0.0, 1.0, 2.0], 10.0, 0.0, 100.0), [0.0, 10.0, 20.0]);
        assert_eq!(apart(&[95.0, 99.0], 10.0, 0.0, 100.0), [90.0, 100.0]);
        assert!(apart(&[], 10.0, 0.0, 100.0).is_empty());
    }

    #[test]
    fn a_target_is_written_as_it_was_set() {
        for (value, text) in
            [(95.0, "95"), (97.5, "97.5"), (0.125, "0.125"), (1000.0, "1,000"), (33.333_333, "33.333")]
        {
            assert_eq!(exact(value, Language::En), text);
        }
    }
}
