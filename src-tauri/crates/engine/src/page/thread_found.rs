//! Threads that are found from elsewhere: by what they hang on, and by their words.

use plaza_domain::event::ThreadId;
use plaza_domain::language::Language;
use plaza_store::view::ThreadPage;

use super::series::moment;
use super::thread::{ExcerptPiece, Found, FoundText, ThreadMark};
use super::thread_about::Namer;
use crate::error::Result;
use crate::meeting::words as meeting_words;
use crate::thread::words;
use crate::workspace::Workspace;

/// Texts that one search shows at most.
const FOUND_MAX: usize = 60;

impl ThreadMark {
    /// The threads that hang on a KPI's charts.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn of_kpi(workspace: &Workspace, kpi: &str) -> Result<Vec<Self>> {
        let marked = workspace.view(|view| view.marked_threads(&kpi.into()))?;
        Ok(marked.into_iter().map(Self::from).collect())
    }

    /// The threads about an order line of a system.
    ///
    /// # Errors
    /// [`crate::error::EngineError::NotFound`] for a system that no integration in use brings orders of.
    pub fn of_order(workspace: &Workspace, system: &str, order: &str, line: &str) -> Result<Vec<Self>> {
        let integrations = workspace.speaking_of(&workspace.home_of_system(system)?)?;
        let marked = workspace.view(|view| view.threads_of_order(&integrations, order, line))?;
        Ok(marked.into_iter().map(Self::from).collect())
    }
}

impl From<plaza_store::view::MarkedThread> for ThreadMark {
    fn from(one: plaza_store::view::MarkedThread) -> Self {
        Self {
            week: one.marked_week().map(|week| week.to_string()),
            department: one.anchor.part().map(ToString::to_string),
            thread: one.thread.0,
            question: one.question,
            is_open: one.is_open,
        }
    }
}

impl Found {
    /// Finds threads, decisions, needs, commitments and minutes that hold all words of a question, the latest first.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn search(workspace: &Workspace, question: &str, language: Language) -> Result<Self> {
        let question: String = question.chars().take(200).collect();
        let mut hits = workspace.view(|view| view.find_text(&question, FOUND_MAX as u32 + 1))?;
        let has_more = hits.len() > FOUND_MAX;
        hits.truncate(FOUND_MAX);
        let namer = Namer::read(workspace, language)?;
        let mut texts = Vec::new();
        for hit in hits {
            let (address, about) = match hit.noun.as_str() {
                "thread" | "message" => {
                    let thread = ThreadId(hit.place.clone());
                    let row = workspace.view(|view| view.thread_row(&thread, &ThreadPage::default()))?;
                    let Some(row) = row else { continue };
                    (format!("/conversations/{}", hit.place), namer.about(&row.anchor))
                }
                "note" | "minutes" => {
                    let week = hit.place.parse().ok();
                    let week = week.map(|week| meeting_words::week(week, language)).unwrap_or_default();
                    (format!("/meeting/{}/minutes", hit.place), words::meeting(&week, language))
                }
                "debrief" => (format!("/rotations/{}", hit.place), words::debrief(language).to_owned()),
                "win" => (format!("/wins/{}", hit.place), words::promise("win", language).to_owned()),
                _ => ("/meeting/promises".to_owned(), words::promise(&hit.noun, language).to_owned()),
            };
            texts.push(FoundText {
                noun: hit.noun,
                address,
                about,
                at: moment(hit.at),
                excerpt: pieces(&hit.excerpt),
            });
        }
        Ok(Self { texts, has_more })
    }
}

/// An excerpt in pieces: U+0002 and U+0003 stand around what was looked for.
fn pieces(excerpt: &str) -> Vec<ExcerptPiece> {
    let mut pieces = Vec::new();
    for (nth, part) in excerpt.split('\u{2}').enumerate() {
        let (found, rest) =
            if nth == 0 { ("", part) } else { part.split_once('\u{3}').unwrap_or((part, "")) };
        for (text, is_found) in [(found, true), (rest, false)] {
            if !text.is_empty() {
                pieces.push(ExcerptPiece { text: text.to_owned(), is_found });
            }
        }
    }
    pieces
}
