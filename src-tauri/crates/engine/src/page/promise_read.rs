//! Reads decisions, needs and commitments for the screens.

use plaza_domain::language::Language;

use super::meeting::{CommitmentView, DecisionView, EffectView, ExpectedView, NeedView, PromiseBoard};
use super::meeting_read::Reader;
use super::name;
use super::series::count;
use crate::error::Result;
use crate::meeting::words;
use crate::promise::{Commitment, Decision, Need, OPEN_MAX};
use crate::workspace::Workspace;
use plaza_domain::event::CommitmentAnswer;

/// Answered ones that one answer lists.
const LISTED_MAX: usize = 200;

const MILLION: f64 = 1_000_000.0;

/// Everything that stands.
pub(super) struct Promised {
    pub(super) decisions: Vec<Decision>,
    pub(super) needs: Vec<Need>,
    pub(super) commitments: Vec<Commitment>,
}

impl Promised {
    pub(super) fn read(workspace: &Workspace) -> Result<Self> {
        Ok(Self {
            decisions: workspace.decisions()?,
            needs: workspace.needs()?,
            commitments: workspace.commitments()?,
        })
    }
}

impl Reader<'_> {
    pub(super) fn decision(&self, one: &Decision, language: Language) -> Result<DecisionView> {
        let taken = &one.taken;
        let definition = match &taken.expected {
            Some(expected) => self.workspace.view(|view| view.kpi(&expected.kpi))?,
            None => None,
        };
        let unit = definition.as_ref().map(words::unit);
        let expected = taken.expected.as_ref().zip(definition.as_ref()).map(|(expected, definition)| {
            let kpi_name = name(definition, language);
            let department = expected.part.as_ref().map(|part| self.department(part));
            let called = words::chart(&kpi_name, department.as_deref());
            let unit = words::unit(definition);
            ExpectedView {
                kpi: expected.kpi.to_string(),
                words: words::expected(expected, &called, unit, language),
                kpi_name,
                department: expected.part.as_ref().map(ToString::to_string),
                size: expected.size_millionths as f64 / MILLION,
                unit,
                by: expected.by.to_string(),
            }
        });
        let effect = one.effect.as_ref().zip(unit).map(|(checked, unit)| {
            let number = |millionths: Option<i64>| millionths.map(|number| number as f64 / MILLION);
            let (before, after) = (number(checked.before_millionths), number(checked.after_millionths));
            EffectView {
                answer: checked.answer,
                week: checked.week.to_string(),
                before,
                after,
                weeks_before: checked.weeks_before,
                weeks_after: checked.weeks_after,
                words: words::effect_words(checked.answer, before.zip(after), unit, language),
            }
        });
        Ok(DecisionView {
            decision: taken.decision.to_string(),
            meeting: taken.said_in.meeting.as_ref().map(ToString::to_string),
            item: taken.said_in.item.as_ref().map(ToString::to_string),
            thread: taken.said_in.thread.as_ref().map(ToString::to_string),
            text: taken.text.clone(),
            owner_name: taken.owner.as_ref().map(|owner| self.names.of(owner)),
            owner: taken.owner.as_ref().map(|owner| owner.0.clone()),
            expected,
            effect,
            said: self.names.said(&one.act),
        })
    }

    fn department(&self, id: &plaza_domain::department::DepartmentId) -> String {
        let departments = self.workspace.view(|view| view.departments()).unwrap_or_default();
        departments
            .into_iter()
            .find(|known| known.id == *id)
            .map_or_else(|| id.to_string(), |known| known.name)
    }

    pub(super) fn need(&self, one: &Need) -> Result<NeedView> {
        let today = self.workspace.today()?;
        let last = one.answers.last();
        Ok(NeedView {
            need: one.asked.need.to_string(),
            meeting: one.asked.said_in.meeting.as_ref().map(ToString::to_string),
            item: one.asked.said_in.item.as_ref().map(ToString::to_string),
            from: one.asked.from.to_string(),
            to: one.asked.to.to_string(),
            text: one.asked.text.clone(),
            by: one.by().to_string(),
            answer: last.map(|(answer, _)| answer.clone()),
            answered: last.map(|(_, act)| self.names.said(act)),
            is_overdue: one.is_open() && one.by() < today,
            is_open: one.is_open(),
            said: self.names.said(&one.act),
        })
    }

    pub(super) fn commitment(&self, one: &Commitment) -> Result<CommitmentView> {
        let today = self.workspace.today()?;
        let moved =
            one.answers.iter().filter(|(answer, _)| matches!(answer, CommitmentAnswer::Moved { .. })).count();
        Ok(CommitmentView {
            commitment: one.made.commitment.to_string(),
            meeting: one.made.said_in.meeting.as_ref().map(ToString::to_string),
            item: one.made.said_in.item.as_ref().map(ToString::to_string),
            need: one.made.need.as_ref().map(ToString::to_string),
            who: one.made.who.0.clone(),
            name: self.names.of(&one.made.who),
            text: one.made.text.clone(),
            due: one.due().to_string(),
            first_due: (one.due() != one.made.due).then(|| one.made.due.to_string()),
            moved: count(moved as i64),
            answer: one.answers.last().map(|(answer, _)| answer.clone()),
            is_overdue: one.is_open() && one.due() < today,
            is_open: one.is_open(),
            said: self.names.said(&one.act),
        })
    }
}

impl PromiseBoard {
    /// Reads decisions, needs and commitments of all meetings.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn read(workspace: &Workspace, language: Language) -> Result<Self> {
        let plan = workspace.meeting_plan()?;
        let reader = Reader::new(workspace, &plan)?;
        let mut commitments = reader
            .promised
            .commitments
            .iter()
            .map(|one| reader.commitment(one))
            .collect::<Result<Vec<_>>>()?;
        commitments.sort_by(|one, other| {
            order(one.is_open, &one.due, &one.said.at).cmp(&order(other.is_open, &other.due, &other.said.at))
        });
        let mut crowded: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
        for one in commitments.iter().filter(|one| one.is_open) {
            *crowded.entry(one.name.clone()).or_default() += 1;
        }
        let mut needs =
            reader.promised.needs.iter().map(|one| reader.need(one)).collect::<Result<Vec<_>>>()?;
        needs.sort_by(|one, other| {
            order(one.is_open, &one.by, &one.said.at).cmp(&order(other.is_open, &other.by, &other.said.at))
        });
        let latest = reader.promised.decisions.iter().rev().take(LISTED_MAX);
        let decisions = latest.map(|one| reader.decision(one, language)).collect::<Result<_>>()?;
        commitments.truncate(commitments.iter().filter(|one| one.is_open).count() + LISTED_MAX);
        needs.truncate(needs.iter().filter(|one| one.is_open).count() + LISTED_MAX);
        let crowded = crowded.into_iter().filter(|(_, open)| *open > OPEN_MAX).collect();
        Ok(Self { commitments, needs, decisions, crowded })
    }
}

/// Open ones first by their day, then those answered, the latest first.
fn order<'a>(
    is_open: bool,
    day: &'a str,
    at: &'a str,
) -> (bool, Option<&'a str>, std::cmp::Reverse<&'a str>) {
    (!is_open, is_open.then_some(day), std::cmp::Reverse(at))
}
