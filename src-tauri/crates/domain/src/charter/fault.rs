//! What cannot be true of a charter, whatever else it says.

use super::{Charter, Measure};
use crate::day::Day;
use crate::department::Department;
use crate::event::KpiDefinition;
use crate::person::{Person, PersonId};

/// Letters of the problem: one sentence that is read aloud in a meeting.
pub const SENTENCE_CHARS_MAX: usize = 280;
/// Letters of the other answers: half a page.
pub const TEXT_CHARS_MAX: usize = 2_000;
/// Letters of a measure's name or unit: they stand beside a chart.
pub const WORD_CHARS_MAX: usize = 60;
/// The largest number that is taken, millionths: a thousand million, so that sums of weeks stay whole numbers.
pub const NUMBER_MAX_MILLIONTHS: i64 = 1_000_000_000_000_000;

/// Hundred percent.
const ALL_MILLIONTHS: i64 = 100_000_000;

/// What cannot be true; each belongs to a field of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The text is longer than it may be.
    TooLong {
        /// Which field.
        field: &'static str,
        /// How many letters it may have.
        letters: usize,
    },
    /// The problem is more than one line.
    NotOneSentence,
    /// There is no such person.
    NoSuchPerson {
        /// Which field.
        field: &'static str,
    },
    /// The person has left.
    HasLeft {
        /// Which field.
        field: &'static str,
        /// Who.
        name: String,
    },
    /// There is no such KPI.
    NoSuchKpi,
    /// There is no such department.
    NoSuchDepartment,
    /// The number is below or above what such a measure can be.
    OutOfRange {
        /// Which field.
        field: &'static str,
        /// Whether it is a percentage.
        is_percent: bool,
    },
    /// The target is the baseline: nothing would change.
    TargetIsBaseline,
    /// The date is over.
    DateIsOver,
}

impl Fault {
    /// The field that it belongs to.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::TooLong { field, .. }
            | Self::NoSuchPerson { field }
            | Self::HasLeft { field, .. }
            | Self::OutOfRange { field, .. } => field,
            Self::NotOneSentence => "problem",
            Self::NoSuchKpi => "kpi",
            Self::NoSuchDepartment => "part",
            Self::TargetIsBaseline => "target",
            Self::DateIsOver => "by",
        }
    }
}

/// What a charter is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Everybody who ever was here.
    pub people: &'a [Person],
    /// The departments.
    pub departments: &'a [Department],
    /// The definitions in force.
    pub kpis: &'a [KpiDefinition],
    /// The day on which it is saved.
    pub today: Day,
}

impl Known<'_> {
    fn person(&self, field: &'static str, id: &PersonId) -> Option<Fault> {
        match self.people.iter().find(|person| person.id == *id) {
            None => Some(Fault::NoSuchPerson { field }),
            Some(person) if person.has_left(self.today) => {
                Some(Fault::HasLeft { field, name: person.name.clone() })
            }
            Some(_) => None,
        }
    }
}

impl Charter {
    /// What cannot be true of it, in the order of the questions. `before` is the version before: a measure that has not
    /// been changed keeps its date, though that may be over meanwhile.
    pub fn faults(&self, known: &Known<'_>, before: Option<&Self>) -> Vec<Fault> {
        let mut faults = self.text_faults();
        faults.extend(self.beneficiaries.iter().filter_map(|id| known.person("beneficiaries", id)));
        faults.extend(self.owner.as_ref().and_then(|id| known.person("owner", id)));
        faults.extend(self.measure.faults(known));
        let is_kept = before.is_some_and(|before| before.measure == self.measure);
        if !is_kept && self.measure.by.is_some_and(|by| by < known.today) {
            faults.push(Fault::DateIsOver);
        }
        faults
    }

    fn text_faults(&self) -> Vec<Fault> {
        let texts = [
            ("problem", &self.problem, SENTENCE_CHARS_MAX),
            ("usage", &self.usage, TEXT_CHARS_MAX),
            ("fallback", &self.fallback, TEXT_CHARS_MAX),
            ("name", &self.measure.name, WORD_CHARS_MAX),
            ("unit", &self.measure.unit, WORD_CHARS_MAX),
        ];
        let long = texts.into_iter().filter(|(_, text, letters)| text.chars().count() > *letters);
        let mut faults: Vec<Fault> =
            long.map(|(field, _, letters)| Fault::TooLong { field, letters }).collect();
        if self.problem.contains('\n') {
            faults.push(Fault::NotOneSentence);
        }
        faults
    }
}

impl Measure {
    fn faults(&self, known: &Known<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        let definition = self.kpi.as_ref().map(|kpi| known.kpis.iter().find(|one| one.kpi == *kpi));
        if definition == Some(None) {
            faults.push(Fault::NoSuchKpi);
        }
        if let Some(part) = &self.part
            && !known.departments.iter().any(|department| department.id == *part)
        {
            faults.push(Fault::NoSuchDepartment);
        }
        let is_percent = match self.what.as_str() {
            Self::QUARANTINE => true,
            _ => definition.flatten().is_some_and(crate::event::KpiDefinition::is_percent),
        };
        let range = if is_percent {
            0..=ALL_MILLIONTHS
        } else if self.what == Self::ENTERED {
            -NUMBER_MAX_MILLIONTHS..=NUMBER_MAX_MILLIONTHS
        } else {
            0..=NUMBER_MAX_MILLIONTHS
        };
        for (field, number) in [("baseline", self.baseline_millionths), ("target", self.target_millionths)] {
            if number.is_some_and(|number| !range.contains(&number)) {
                faults.push(Fault::OutOfRange { field, is_percent });
            }
        }
        if self.target_millionths.is_some() && self.target_millionths == self.baseline_millionths {
            faults.push(Fault::TargetIsBaseline);
        }
        faults
    }
}
