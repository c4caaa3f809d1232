//! The weeks of a file against what is published of them.

use std::collections::BTreeMap;

use plaza_domain::cell::Quantity;
use plaza_domain::day::Week;
use plaza_domain::event::{BroughtWeek, EntryCause, FigureColumns, Observation, SignatureStanding};
use plaza_domain::kpi::measure::{Figure, Gap, MeasureForm, MeasureSettings};

use super::Measure;
use crate::error::Result;
use crate::figure;
use crate::workspace::Workspace;

/// A week of a file, and what it would do.
#[derive(Clone, Debug)]
pub(crate) struct Weighed {
    pub week: Week,
    pub figure: Figure,
    /// The rows that say it.
    pub rows: Vec<u64>,
    /// What is published of it.
    pub before: Option<Observation>,
    /// What would be, whoever brings it.
    pub next: Observation,
    /// A person signed what is published.
    pub is_signed: bool,
    /// Its parts do not add up.
    pub gap: Option<Gap>,
}

impl Weighed {
    /// Whether it stands so already.
    pub(crate) fn is_same(&self) -> bool {
        self.before.as_ref().is_some_and(|before| before.says_the_same_as(&self.next))
    }

    /// As the ledger keeps it.
    pub(crate) fn brought(&self, settings: &MeasureSettings) -> BroughtWeek {
        BroughtWeek {
            week: self.week,
            numerator: self.figure.numerator,
            denominator: (settings.form == MeasureForm::Ratio).then_some(self.figure.denominator),
            parts: self.figure.parts.clone(),
            rows: self.rows.clone(),
        }
    }
}

/// A week that the ledger has kept, as it was read.
pub(crate) fn kept(week: &BroughtWeek) -> (Week, (Figure, Vec<u64>)) {
    let figure = Figure {
        numerator: week.numerator,
        denominator: week.denominator.unwrap_or(Quantity(Quantity::SCALE)),
        parts: week.parts.clone(),
    };
    (week.week, (figure, week.rows.clone()))
}

/// Weighs the weeks of a file, in their order.
///
/// # Errors
/// What the ledger says.
pub(crate) fn weigh(
    workspace: &Workspace,
    measure: &Measure,
    weeks: impl IntoIterator<Item = (Week, (Figure, Vec<u64>))>,
) -> Result<Vec<Weighed>> {
    let settings = workspace.settings()?;
    let (published, signed) = workspace.view(|view| {
        Ok((view.observations(measure.kpi(), None)?, view.signed_weeks(measure.kpi(), &settings, None)?))
    })?;
    let mut published: BTreeMap<Week, Observation> =
        published.into_iter().map(|observation| (observation.week, observation)).collect();
    let weigh = |(week, (figure, rows)): (Week, (Figure, Vec<u64>))| {
        let before = published.remove(&week);
        let entry = EntryCause { by: None, reason: String::new(), file: None };
        let next =
            figure::observation(workspace, &measure.definition, week, &figure, entry, before.as_ref())?;
        let is_signed = signed.get(&week).is_some_and(|one| one.standing == SignatureStanding::Stands);
        let gap = figure.reconcile(&measure.settings).err();
        Ok(Weighed { week, figure, rows, before, next, is_signed, gap })
    };
    weeks.into_iter().map(weigh).collect()
}

/// What a person saw: the file, how it was read, and each week with the revision that it would follow. Something else is
/// another look.
pub(crate) fn seen(file: &str, columns: &FigureColumns, weeks: &[Weighed]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut put = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    put(file);
    put(&serde_json::to_string(columns).unwrap_or_default());
    for one in weeks {
        let before = one.before.as_ref().map_or(0, |before| before.revision);
        put(&format!("{} {before} {} {}", one.week, one.figure.numerator.0, one.figure.denominator.0));
        for (department, part) in &one.figure.parts {
            put(&format!("{department} {}", part.0));
        }
    }
    hasher.finalize().to_hex().to_string()
}
