//! From the rows of a file, or of a form, to weeks.

use std::collections::{BTreeMap, BTreeSet};

use super::{Figure, MeasureForm};
use crate::cell::Quantity;
use crate::day::Week;
use crate::department::DepartmentId;

/// What one row says, read but not yet believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Its place in the source, for the way back.
    pub row: u64,
    /// Which week.
    pub week: Week,
    /// Whose part it is; nothing for the total.
    pub department: Option<DepartmentId>,
    /// The value, or what stands above the line.
    pub numerator: Quantity,
    /// What stands below it, on the row of a total. A part is a part of the numerator, so its own is not used.
    pub denominator: Option<Quantity>,
}

/// Why a row is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The week, or this department's part of it, is there more than once and nothing tells which row is right.
    Twice,
    /// The total has nothing below the line.
    NoDenominator,
    /// What is below the line is zero or negative.
    DenominatorNotPositive,
    /// There are parts and no total that they could be held against.
    NoTotal,
    /// The row is fine, another one of its week is not: half a week is not published.
    WeekIncomplete,
}

/// A row that waits, with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// The row as it came.
    pub said: Said,
    /// Why it waits.
    pub reason: Reason,
}

/// Every row is in exactly one of the two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collated {
    /// The weeks that are whole, with the rows that they came from, in the order of the source.
    pub weeks: BTreeMap<Week, (Figure, Vec<u64>)>,
    /// The rows that wait, by week and in the order of the source.
    pub aside: Vec<Aside>,
}

/// Puts the rows of one file together by week. Rows of the same week that contradict or repeat each other take the
/// whole week out: publishing it without them would say a number that the source does not.
pub fn collate(rows: impl IntoIterator<Item = Said>, form: MeasureForm) -> Collated {
    let mut by_week: BTreeMap<Week, Vec<Said>> = BTreeMap::new();
    for said in rows {
        by_week.entry(said.week).or_default().push(said);
    }
    let mut collated = Collated::default();
    for (week, rows) in by_week {
        let reasons = reasons(&rows, form);
        if reasons.iter().any(Option::is_some) {
            let aside = rows.into_iter().zip(reasons);
            collated.aside.extend(
                aside.map(|(said, reason)| Aside { said, reason: reason.unwrap_or(Reason::WeekIncomplete) }),
            );
        } else if let Some(whole) = figure(&rows, form) {
            collated.weeks.insert(week, (whole, rows.iter().map(|said| said.row).collect()));
        }
    }
    collated
}

/// What is wrong with each of a week's rows, in their order.
fn reasons(rows: &[Said], form: MeasureForm) -> Vec<Option<Reason>> {
    let (mut seen, mut twice) = (BTreeSet::new(), BTreeSet::new());
    for said in rows {
        if !seen.insert(&said.department) {
            twice.insert(&said.department);
        }
    }
    let has_total = seen.contains(&None);
    let reason = |said: &Said| {
        if twice.contains(&said.department) {
            Some(Reason::Twice)
        } else if !has_total {
            Some(Reason::NoTotal)
        } else if said.department.is_none() && form == MeasureForm::Ratio {
            match said.denominator {
                None => Some(Reason::NoDenominator),
                Some(below) if below.0 <= 0 => Some(Reason::DenominatorNotPositive),
                Some(_) => None,
            }
        } else {
            None
        }
    };
    rows.iter().map(reason).collect()
}

/// The week that rows without fault make; nothing where there is no total, which [`reasons`] has said before.
fn figure(rows: &[Said], form: MeasureForm) -> Option<Figure> {
    let total = rows.iter().find(|said| said.department.is_none())?;
    let denominator = match form {
        MeasureForm::Ratio => total.denominator?,
        MeasureForm::Value => Quantity(Quantity::SCALE),
    };
    let part = |said: &Said| Some((said.department.clone()?, said.numerator));
    Some(Figure { numerator: total.numerator, denominator, parts: rows.iter().filter_map(part).collect() })
}
