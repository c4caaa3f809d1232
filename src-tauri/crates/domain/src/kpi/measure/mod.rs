//! *Measure*: a weekly number that a system already has, and whether its departments' parts add up to it.
//!
//! Nothing here is corrected. What a file says twice in two ways, and what cannot be divided, is set aside with its
//! reason; what does not add up within the tolerance is named, and somebody decides; a small difference within it
//! stays visible as what no department has.

mod collate;
mod settings;
#[cfg(test)]
mod tests;

pub use collate::{Aside, Collated, Reason, Said, collate};
pub use settings::{MeasureFault, MeasureForm, MeasureSettings, MeasureUnit};

use std::collections::BTreeMap;

use super::Rate;
use crate::cell::Quantity;
use crate::department::DepartmentId;

/// One week of a measure, exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Above the line: the value itself where the measure is a value.
    pub numerator: Quantity,
    /// Below it, positive: 1 where the measure is a value.
    pub denominator: Quantity,
    /// Each department's part of the numerator; none where the measure has no parts this week.
    pub parts: BTreeMap<DepartmentId, Quantity>,
}

/// The largest number of a week that is counted with, either side of nought: a thousand million units. With parts in
/// millionths and percentages a hundred times as large, 64 bits hold no more than nine times that.
pub const FIGURE_MAX: Quantity = Quantity(1_000_000_000 * Quantity::SCALE);

/// Why a week cannot be what was said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FigureFault {
    /// The measure is a ratio and nothing was said of what stands below the line.
    #[error("nothing stands below the line")]
    NoDenominator,
    /// What stands below the line is zero or negative.
    #[error("what stands below the line is not positive")]
    DenominatorNotPositive,
    /// A number is larger than [`FIGURE_MAX`].
    #[error("a number is too large")]
    TooLarge,
    /// The parts do not add up.
    #[error("the parts add up to {} and the total is {}", .0.sum, .0.total)]
    Gap(Gap),
}

/// A week whose parts do not add up to its total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The total, as the source says it (the numerator).
    pub total: Quantity,
    /// What the parts add up to.
    pub sum: Quantity,
}

impl Figure {
    /// What was said of a week, where it can be counted with and its parts add up within the tolerance. What is said of
    /// the denominator of a measure that has none is not looked at.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn new(
        numerator: Quantity,
        denominator: Option<Quantity>,
        parts: BTreeMap<DepartmentId, Quantity>,
        settings: &MeasureSettings,
    ) -> Result<Self, FigureFault> {
        let denominator = match settings.form {
            MeasureForm::Value => Quantity(Quantity::SCALE),
            MeasureForm::Ratio => denominator.ok_or(FigureFault::NoDenominator)?,
        };
        if denominator.0 <= 0 {
            return Err(FigureFault::DenominatorNotPositive);
        }
        let too_large = |one: &Quantity| one.0.unsigned_abs() > FIGURE_MAX.0.unsigned_abs();
        if parts.values().chain([&numerator, &denominator]).any(too_large) {
            return Err(FigureFault::TooLarge);
        }
        let figure = Self { numerator, denominator, parts };
        figure.reconcile(settings).map_err(FigureFault::Gap)?;
        Ok(figure)
    }

    /// Numerator and denominator of its value as a fraction of the unit, thousandths each: of a value that is percent
    /// already, so many of a hundred.
    pub fn fraction(&self, settings: &MeasureSettings) -> (i64, i64) {
        let is_percent_already = settings.form == MeasureForm::Value && settings.unit == MeasureUnit::Percent;
        let whole = if is_percent_already { 100 * Quantity::SCALE } else { self.denominator.0 };
        (self.numerator.0, whole)
    }

    /// The value in the measure's unit; nothing where a number of it is too large to be counted with.
    pub fn value(&self, settings: &MeasureSettings) -> Option<Rate> {
        self.share(self.numerator.0, settings)
    }

    /// A department's part of the value, in the measure's unit: parts and [`Figure::unassigned`] add up to the value.
    pub fn part(&self, department: &DepartmentId, settings: &MeasureSettings) -> Option<Rate> {
        self.share(self.parts.get(department)?.0, settings)
    }

    /// What of the numerator no department has: zero where the parts add up exactly or there are none.
    pub fn unassigned(&self) -> Option<Quantity> {
        if self.parts.is_empty() {
            return Some(Quantity(0));
        }
        self.numerator.0.checked_sub(self.sum()?).map(Quantity)
    }

    /// What is wrong with the parts: they differ from the total by more than the tolerance, which is in the
    /// measure's unit. Exactly the tolerance is within it. A week without parts has nothing to add up.
    ///
    /// # Errors
    /// The gap; with sums too large to be counted, the largest number stands for the sum.
    pub fn reconcile(&self, settings: &MeasureSettings) -> Result<(), Gap> {
        if self.parts.is_empty() {
            return Ok(());
        }
        let sum = self.wide_sum();
        // |total − sum| · factor / denominator ≤ tolerance / 1000, without dividing.
        let apart = (i128::from(self.numerator.0) - sum).unsigned_abs();
        let left = apart.saturating_mul(settings.factor().unsigned_abs().into());
        let left = left.saturating_mul(Quantity::SCALE.unsigned_abs().into());
        let tolerance = settings.tolerance.0.max(0).unsigned_abs();
        let right = u128::from(tolerance) * u128::from(self.denominator.0.max(0).unsigned_abs());
        if left <= right {
            return Ok(());
        }
        let clamped = sum.clamp(i64::MIN.into(), i64::MAX.into());
        Err(Gap { total: self.numerator, sum: Quantity(i64::try_from(clamped).unwrap_or(i64::MAX)) })
    }

    fn share(&self, of: i64, settings: &MeasureSettings) -> Option<Rate> {
        let numerator = of.checked_mul(settings.factor())?;
        (self.denominator.0 > 0).then_some(Rate { numerator, denominator: self.denominator.0 })
    }

    fn wide_sum(&self) -> i128 {
        self.parts.values().map(|part| i128::from(part.0)).sum()
    }

    fn sum(&self) -> Option<i64> {
        i64::try_from(self.wide_sum()).ok()
    }
}
