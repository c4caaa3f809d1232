//! The integration audit: what Plaza answers by evidence, what people answer, and the debt that follows.

mod evidence;
pub(crate) mod words;

use std::collections::BTreeMap;

use plaza_domain::audit::{Answer, Quarter, Question, is_debt, joined, lacking};
use plaza_domain::event::{AuditAnswer, AuditSaved, Payload};
use plaza_domain::language::Language;
use plaza_store::view::Audit;

use crate::charter::facts::Facts;
use crate::charter::measure::Measuring;
use crate::error::{EngineError, Result};
use crate::page::audit::AnswerDraft;
use crate::workspace::Workspace;
pub(crate) use words::question as question_words;

/// Letters of a comment.
const COMMENT_CHARS_MAX: usize = 2_000;

/// A question with everything that is known about its answer.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) question: Question,
    /// What Plaza knows; nothing where only people do.
    pub(crate) known: Option<Answer>,
    /// What it knows that by, in words; may also help where it knows no answer.
    pub(crate) evidence: Option<String>,
    /// What a person answered last.
    pub(crate) said: Option<Answer>,
    pub(crate) comment: String,
}

impl Asked {
    /// The answer that counts.
    pub(crate) fn answer(&self) -> Option<Answer> {
        joined(self.known, self.said)
    }
}

/// The audit of an integration as it stands now.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    /// Every question, in order.
    pub(crate) asked: Vec<Asked>,
    /// One for each quarter that was audited, in order.
    pub(crate) audits: Vec<Audit>,
    /// Whether debt is counted: from the activation or the first audit on. Before, nobody has promised anything.
    pub(crate) counts: bool,
}

impl Standing {
    /// Reads it; the evidence in a language. What people answered in the last audit stands until the next one.
    pub(crate) fn read(
        workspace: &Workspace,
        facts: &Facts,
        measuring: Option<&Measuring>,
        language: Language,
    ) -> Result<Self> {
        let audits = workspace.view(|view| view.audits(&facts.id))?;
        let missing_secrets = evidence::missing_secrets(workspace, facts)?;
        let asked = Question::ALL.into_iter().map(|question| {
            let found = evidence::find(question, facts, measuring, missing_secrets);
            let last = audits.last().and_then(|audit| audit.saved.answers.get(question.word()));
            Asked {
                question,
                known: found.as_ref().and_then(evidence::Evidence::answer),
                evidence: found.map(|found| words::evidence(&found, language)),
                said: last.and_then(|last| last.said),
                comment: last.map(|last| last.comment.clone()).unwrap_or_default(),
            }
        });
        Ok(Self { asked: asked.collect(), counts: facts.activation.is_some() || !audits.is_empty(), audits })
    }

    /// How many answers are not *yes*.
    pub(crate) fn lacking(&self) -> usize {
        lacking(self.asked.iter().map(Asked::answer))
    }

    /// Whether it is in debt.
    pub(crate) fn is_debt(&self) -> bool {
        self.counts && is_debt(self.asked.iter().map(Asked::answer))
    }
}

impl Workspace {
    /// Saves the audit of this quarter, all its answers at once; a second one in a quarter takes the place of the first.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] with every question that has no answer, whose answer is kinder than what Plaza knows, or
    /// that lacks something without saying what; [`EngineError::NotFound`] for an integration that is not in use.
    pub fn save_audit(&self, id: &str, drafts: &[AnswerDraft]) -> Result<()> {
        let saved = self.integration_in_use(id)?;
        let language = self.settings()?.language;
        let facts = Facts::read(self, &saved)?;
        let measuring = Measuring::read(self, &facts)?;
        let standing = Standing::read(self, &facts, measuring.as_ref(), language)?;
        let mut given: BTreeMap<Question, &AnswerDraft> = BTreeMap::new();
        for draft in drafts {
            let question = Question::of(&draft.question).ok_or_else(|| {
                EngineError::invalid(draft.question.as_str(), "the audit has no such question")
            })?;
            given.insert(question, draft);
        }
        let (mut answers, mut refused) = (BTreeMap::new(), Vec::new());
        for asked in standing.asked {
            let (word, draft) = (asked.question.word().to_owned(), given.get(&asked.question));
            match answered(asked, draft.copied()) {
                Ok(answer) => drop(answers.insert(word, answer)),
                Err(why) => refused.push((word, words::refused(&why, language))),
            }
        }
        if !refused.is_empty() {
            return Err(EngineError::Invalid { fields: refused });
        }
        let quarter = Quarter::of(facts.today);
        self.act([Payload::AuditSaved(AuditSaved { integration: saved.id, quarter, answers })])?;
        Ok(())
    }
}

/// Why an answer cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    /// The comment is longer than it may be.
    #[error("the comment is too long")]
    TooLong,
    /// It is kinder than the evidence.
    #[error("the evidence says otherwise: {evidence}")]
    Overruled {
        /// The evidence, in words.
        evidence: String,
    },
    /// There is none.
    #[error("there is no answer")]
    Unanswered,
    /// It is not *yes*, and nobody says what is lacking.
    #[error("it is not said what is lacking")]
    WithoutComment,
}

/// The answer to keep, or why it cannot be.
fn answered(asked: Asked, draft: Option<&AnswerDraft>) -> std::result::Result<AuditAnswer, Refused> {
    let said = draft.and_then(|draft| draft.answer);
    let comment = draft.map(|draft| draft.comment.trim().to_owned()).unwrap_or_default();
    if comment.chars().count() > COMMENT_CHARS_MAX {
        return Err(Refused::TooLong);
    }
    let evidence = asked.evidence.unwrap_or_default();
    if let (Some(known), Some(said)) = (asked.known, said)
        && said < known
    {
        return Err(Refused::Overruled { evidence });
    }
    let answer = joined(asked.known, said).ok_or(Refused::Unanswered)?;
    // What the evidence says needs no second sentence; what only a person sees does.
    if answer != Answer::Yes && asked.known != Some(answer) && comment.is_empty() {
        return Err(Refused::WithoutComment);
    }
    Ok(AuditAnswer { answer, said, comment, evidence })
}
