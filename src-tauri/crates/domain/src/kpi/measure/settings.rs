//! What a person says of a measure.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::cell::Quantity;

/// How the number comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
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
}

/// Where a definition keeps them among its settings.
const FIELD: &str = "measure";

impl MeasureSettings {
    /// The settings of a definition; nothing where it is not that of a measure, or a newer Plaza wrote it otherwise.
    pub fn of(settings: &Value) -> Option<Self> {
        Self::deserialize(settings.get(FIELD)?).ok()
    }

    /// As a definition carries them.
    pub fn to_value(&self) -> Value {
        let settings = serde_json::to_value(self).unwrap_or_default();
        Value::Object([(FIELD.to_owned(), settings)].into_iter().collect())
    }

    /// The word of the unit, where it is none that Plaza knows itself.
    pub fn unit_word(&self) -> Option<&str> {
        match &self.unit {
            MeasureUnit::Percent => None,
            MeasureUnit::Plain(word) => Some(word),
        }
    }

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
