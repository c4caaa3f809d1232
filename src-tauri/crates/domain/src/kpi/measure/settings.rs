//! What a person says of a measure.

use serde::{Deserialize, Serialize};

use crate::cell::Quantity;

/// How the number comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureForm {
    /// As a numerator and a denominator: 93 forecasts of 120 were close enough.
    Ratio,
    /// As the value itself.
    Value,
}

/// What the value counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureUnit {
    /// Percent: a ratio times 100, or a value that is percent already.
    Percent,
    /// Anything else, in a person's word: “pallets”, “€ per order”.
    Plain(String),
}

/// What is set once for a measure and belongs to its arithmetic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureSettings {
    /// How the number comes.
    pub form: MeasureForm,
    /// What the value counts.
    pub unit: MeasureUnit,
    /// By how much the parts of a week may differ from its total, in the measure's unit; 0 for not at all.
    pub tolerance: Quantity,
    /// Decimals that are shown, at most [`Quantity::DECIMALS`].
    pub decimals: u8,
    /// Whether a higher value is better.
    pub higher_is_better: bool,
}

/// Why a measure cannot be defined so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MeasureFault {
    /// The unit has no word.
    #[error("the unit has no word")]
    NoUnit,
    /// The tolerance is below zero.
    #[error("the tolerance is negative: {0}")]
    NegativeTolerance(Quantity),
    /// More decimals than are kept.
    #[error("{0} decimals are more than are kept")]
    Decimals(u8),
}

impl MeasureSettings {
    /// Whether a measure can be defined so.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), MeasureFault> {
        if matches!(&self.unit, MeasureUnit::Plain(word) if word.trim().is_empty()) {
            return Err(MeasureFault::NoUnit);
        }
        if self.tolerance.0 < 0 {
            return Err(MeasureFault::NegativeTolerance(self.tolerance));
        }
        if self.decimals > Quantity::DECIMALS {
            return Err(MeasureFault::Decimals(self.decimals));
        }
        Ok(())
    }

    /// What numerator over denominator is multiplied by to be in the measure's unit.
    pub(super) const fn factor(&self) -> i64 {
        match (self.form, &self.unit) {
            (MeasureForm::Ratio, MeasureUnit::Percent) => 100,
            _ => 1,
        }
    }
}
