//! From records to journeys and tallies: only of the orders that were touched, or of all of them at once on every
//! core when nothing is known yet or everything depends on something that changed.

mod all;
mod disagree;
mod moved;
mod order;
mod recount;
mod redefined;
mod some;
mod waiting;

use std::collections::BTreeMap;

use plaza_domain::day::Day;
use plaza_domain::journey::Journey;
use plaza_domain::kpi::stable_from;
use plaza_store::intake::{Intake, Load, QuarantineState, Quarantined};

use super::report::Warnings;
use crate::error::Result;
use crate::integration::RuleTable;
use crate::journey::context::JourneyContext;
use crate::split::Agreed;
use crate::truth::Voices;
use order::Held;

pub use recount::recount;
pub(crate) use redefined::{Redefined, Rules, redefined};

/// A touched order that stands for all of them.
pub(super) const EVERY_ORDER: i64 = -1;

/// What building did.
#[derive(Debug, Default)]
pub(super) struct Built {
    /// Journeys that were kept out, by reason.
    pub held: BTreeMap<String, i64>,
    pub warnings: Warnings,
    /// Journeys of the integration now.
    pub journeys: i64,
}

/// What is built, with what.
pub(super) struct Building<'a> {
    pub context: &'a JourneyContext,
    /// Splits that people agreed on.
    pub agreed: &'a Agreed,
    pub rules: &'a RuleTable,
    pub integration: i64,
    /// Who speaks of its orders, in which streams.
    pub voices: &'a Voices,
    pub run: i64,
    pub today: Day,
}

impl Building<'_> {
    /// Makes the journeys that are due and brings the tallies to today.
    pub(super) fn run(&self, intake: &mut Intake) -> Result<Built> {
        let tallied = intake.view().tallied(self.integration)?;
        let touched = intake.view().touched(self.integration)?;
        let basis = self.voices.basis(self.context.assembly_basis());
        let all = touched.first() == Some(&EVERY_ORDER);
        match tallied {
            Some(tallied) if !all && tallied.basis == basis && tallied.today <= self.today.0 => {
                self.some(intake, &touched, tallied)
            }
            _ => self.all(intake, basis),
        }
    }

    /// The day from which time alone changes nothing any more, where that is still to come.
    fn restless(&self, order: &[Journey]) -> Option<i32> {
        match stable_from(order, &self.context.kpi) {
            Some(day) if day <= self.today => None,
            Some(day) => Some(day.0),
            None => Some(i32::MAX),
        }
    }

    /// Keeps records that make no journey in quarantine.
    fn hold(&self, load: &Load<'_>, held: Vec<Held>, built: &mut Built) -> Result<()> {
        // What is gone from its source waits for nothing.
        for Held { finding, stream, record } in held.into_iter().filter(|held| held.record.gone_at.is_none())
        {
            *built.held.entry(finding.reason().to_owned()).or_default() += 1;
            load.put_quarantined(&Quarantined {
                number: 0,
                stream,
                key: record.key,
                content: record.content,
                known: record.known,
                original: record.original,
                row: record.row,
                run: self.run,
                findings: serde_json::to_string(&[finding]).unwrap_or_default(),
                facts: record.facts,
                state: QuarantineState::Waiting,
                note: None,
            })?;
        }
        Ok(())
    }
}
