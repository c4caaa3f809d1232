//! The audit of an integration as its page shows it.

pub use plaza_domain::audit::Answer;
use serde::{Deserialize, Serialize};

/// The audit as it stands now, and how it stood before.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct AuditPage {
    /// The quarter that a saved audit is for: `2026-Q4`.
    pub quarter: String,
    /// Whether this quarter's has been saved.
    pub is_done: bool,
    /// Every question, in order.
    pub questions: Vec<QuestionView>,
    /// How many answers are not *yes*.
    pub lacking: u32,
    /// More than two are not, and it counts: debt.
    pub debt: bool,
    /// One for each quarter since the first audit, in order.
    pub quarters: Vec<QuarterView>,
}

/// A question with its answer.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct QuestionView {
    /// Its word: `owner`.
    pub question: String,
    /// As it is asked.
    pub words: String,
    /// What Plaza knows; a person may answer worse, never better.
    pub known: Option<Answer>,
    /// What it knows that by, in the reader's words.
    pub evidence: Option<String>,
    /// What a person answered last.
    pub said: Option<Answer>,
    /// What the person said about it.
    pub comment: String,
    /// The answer that counts.
    pub answer: Option<Answer>,
    /// The answers that a person may give, the best first.
    pub allowed: Vec<Answer>,
}

/// The audit of a quarter.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct QuarterView {
    /// `2026-Q3`.
    pub quarter: String,
    /// Whether it was audited; if not, the counts are 0.
    pub audited: bool,
    /// Answers that are *yes*.
    pub yes: u32,
    /// Answers that are *partial*.
    pub partial: u32,
    /// Answers that are *no*.
    pub no: u32,
    /// Whether that was debt.
    pub debt: bool,
    /// Who saved it (name).
    pub by: Option<String>,
    /// When, RFC 3339.
    pub at: Option<String>,
}

/// What a form answers.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct AnswerDraft {
    /// The question's word.
    pub question: String,
    /// The person's answer; none where the evidence says enough.
    pub answer: Option<Answer>,
    /// What the person says about it.
    pub comment: String,
}
