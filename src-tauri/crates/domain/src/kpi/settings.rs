//! What a person may set of a KPI's own arithmetic. Each setting belongs to one kind; those of others are kept as they
//! are and change nothing.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::rules::WINDOW_DAYS;
use super::{KpiKind, KpiRules};
use crate::department::DepartmentId;
use crate::journey::Seat;

/// Windows and standards have at most so many days: a year. What comes later is another matter than the order.
pub const SETTING_DAYS_MAX: i32 = 366;

/// The settings of one definition, as its event carries them; what is as it always was is left out of the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KpiSettings {
    /// *Promise kept*: a line delivered short is a miss.
    pub counts_short: bool,
    /// *Promise kept*: an invoice that is late or wrong is a miss.
    pub counts_invoice: bool,
    /// *Promise kept*: days from the promised milestone to the invoice; nothing where each order's own plan says so.
    pub invoicing_days: Option<i32>,
    /// *Promise kept*: calendar days from invoicing within which a credit because of a wrong invoice counts.
    pub credit_window_days: i32,
    /// *Right first time*: calendar days from delivery within which something counts.
    pub return_window_days: i32,
    /// *Right first time*: whether returns, credit notes and disputes count, in that order.
    pub counts_after: [bool; 3],
    /// *Right first time*: whose a return, a credit note and a dispute are where no reason names a department;
    /// nothing for the one that the route names.
    pub unnamed: [Option<DepartmentId>; 3],
}

impl Default for KpiSettings {
    fn default() -> Self {
        Self {
            counts_short: true,
            counts_invoice: true,
            invoicing_days: None,
            credit_window_days: WINDOW_DAYS,
            return_window_days: WINDOW_DAYS,
            counts_after: [true; 3],
            unnamed: [const { None }; 3],
        }
    }
}

impl KpiSettings {
    /// The settings of a definition; what cannot be read is as it always was.
    pub fn of(settings: &Value) -> Self {
        Self::deserialize(settings).unwrap_or_default()
    }

    /// As a definition carries them: `before` with what these say otherwise than the defaults. What a newer Plaza wrote
    /// there stays.
    pub fn to_value(&self, before: &Value) -> Value {
        let fields = |settings: &Self| match serde_json::to_value(settings) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        let usual = fields(&Self::default());
        let mut kept = before.as_object().cloned().unwrap_or_default();
        for (name, value) in fields(self) {
            if usual.get(&name) == Some(&value) {
                kept.remove(&name);
            } else {
                kept.insert(name, value);
            }
        }
        if kept.is_empty() { Value::Null } else { Value::Object(kept) }
    }
}

impl KpiRules {
    /// Has one kind counted as its definition says. `seat` gives the place of a department; one that is not here
    /// answers for nothing, and the route's own does.
    pub fn set(
        &mut self,
        kind: KpiKind,
        settings: &KpiSettings,
        seat: impl Fn(&DepartmentId) -> Option<Seat>,
    ) {
        match kind {
            KpiKind::PromiseKept => {
                self.counts_short = settings.counts_short;
                self.counts_invoice = settings.counts_invoice;
                self.stated_invoicing_days = settings.invoicing_days.or(self.stated_invoicing_days);
                self.credit_window_days = settings.credit_window_days;
            }
            KpiKind::RightFirstTime => {
                self.return_window_days = settings.return_window_days;
                self.counts_after = settings.counts_after;
                for (place, department) in self.unnamed_reason_seats.iter_mut().zip(&settings.unnamed) {
                    *place = department.as_ref().and_then(&seat).unwrap_or(*place);
                }
            }
            KpiKind::OrderToCash | KpiKind::PromiseRealism | KpiKind::LateBacklog | KpiKind::Measure => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_not_written_and_what_is_newer_stays() {
        let usual = KpiSettings::default();
        assert_eq!(usual.to_value(&Value::Null), Value::Null);
        let wider = KpiSettings { return_window_days: 42, ..usual.clone() };
        let newer = serde_json::json!({ "of_a_newer_plaza": 1 });
        let written = wider.to_value(&newer);
        assert_eq!(written, serde_json::json!({ "of_a_newer_plaza": 1, "return_window_days": 42 }));
        assert_eq!(KpiSettings::of(&written), wider);
        assert_eq!(usual.to_value(&written), newer);
        assert_eq!(KpiSettings::of(&Value::String("nonsense".into())), usual);
    }
}
