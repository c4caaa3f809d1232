//! Reads the audit of an integration.

use plaza_domain::audit::{Answer, Quarter, is_debt};
use plaza_domain::language::Language;
use plaza_store::view::Audit;

use super::audit::{AuditPage, QuarterView, QuestionView};
use super::series::{count, moment};
use crate::audit::{Standing, question_words};
use crate::charter::facts::Facts;
use crate::charter::measure::Measuring;
use crate::error::Result;
use crate::workspace::Workspace;

/// Quarters that are shown: two years, and the one before.
const QUARTERS_MAX: i32 = 9;

impl AuditPage {
    /// The audit of an integration in use.
    ///
    /// # Errors
    /// There is none of this id; what the stores say.
    pub fn read(workspace: &Workspace, id: &str, language: Language) -> Result<Self> {
        let saved = workspace.integration_in_use(id)?;
        let facts = Facts::read(workspace, &saved)?;
        let measuring = Measuring::read(workspace, &facts)?;
        let standing = Standing::read(workspace, &facts, measuring.as_ref(), language)?;
        let quarter = Quarter::of(facts.today);
        Ok(Self {
            quarter: quarter.to_string(),
            is_done: standing.audits.iter().any(|audit| audit.saved.quarter == quarter),
            lacking: u32::try_from(standing.lacking()).unwrap_or(u32::MAX),
            debt: standing.is_debt(),
            quarters: quarters(&standing.audits, quarter, &facts),
            questions: standing
                .asked
                .into_iter()
                .map(|asked| QuestionView {
                    question: asked.question.word().to_owned(),
                    words: question_words(asked.question, language).to_owned(),
                    allowed: [Answer::Yes, Answer::Partial, Answer::No]
                        .into_iter()
                        .filter(|answer| asked.known.is_none_or(|known| *answer >= known))
                        .collect(),
                    known: asked.known,
                    answer: asked.answer(),
                    evidence: asked.evidence,
                    said: asked.said,
                    comment: asked.comment,
                })
                .collect(),
        })
    }
}

/// Every quarter from the first audit to this one, those without an audit too.
fn quarters(audits: &[Audit], now: Quarter, facts: &Facts) -> Vec<QuarterView> {
    let Some(first) = audits.first().map(|audit| audit.saved.quarter) else { return Vec::new() };
    let first = first.0.max(now.0 - QUARTERS_MAX + 1);
    let view = |quarter: i32| {
        let audit = audits.iter().find(|audit| audit.saved.quarter.0 == quarter);
        let answers: Vec<Answer> = audit
            .map(|audit| audit.saved.answers.values().map(|answer| answer.answer).collect())
            .unwrap_or_default();
        let of = |wanted: Answer| count(answers.iter().filter(|answer| **answer == wanted).count() as i64);
        QuarterView {
            quarter: Quarter(quarter).to_string(),
            audited: audit.is_some(),
            yes: of(Answer::Yes),
            partial: of(Answer::Partial),
            no: of(Answer::No),
            debt: is_debt(answers.iter().copied().map(Some)),
            by: audit
                .and_then(|audit| audit.act.person.as_ref())
                .and_then(|id| facts.person(id))
                .map(|person| person.name.clone()),
            at: audit.map(|audit| moment(audit.act.at.wall_ms)),
        }
    };
    (first..=now.0).map(view).collect()
}
