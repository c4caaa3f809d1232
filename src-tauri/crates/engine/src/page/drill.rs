//! The drills of an integration as its page shows them: what is owed, what is under way, what came of those that were held.

use plaza_domain::event::{DrillHeld, DrillResult};
use plaza_domain::language::Language;
use plaza_domain::person::PersonId;
use plaza_store::view::{Act, DrillWord};
use serde::{Deserialize, Serialize};

use super::series::moment;
use crate::charter::facts::Facts;
use crate::drill::outage::{self, Played};
use crate::drill::{rush, words};
use crate::error::Result;
use crate::workspace::Workspace;

/// The drills of an integration.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct DrillPage {
    /// Why a drill is owed, in the reader's words; nothing where none is.
    pub debt: Option<String>,
    /// The day from which one is owed; nothing for an integration that is not active.
    pub owed_from: Option<String>,
    /// How people carry on by hand, as the charter says; empty where it does not.
    pub fallback: String,
    /// The person at this device may begin and end an outage.
    pub may_decide: bool,
    /// The outage whose record is open.
    pub outage: Option<OutageView>,
    /// Drills that were held, the newest first.
    pub held: Vec<DrillView>,
    /// The shortest and the longest outage, minutes.
    pub minutes: (u32, u32),
    /// How many times the usual volume a rush has, and the days it replays.
    pub rush: (u32, u32),
}

/// An outage whose record is open.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct OutageView {
    /// When it began, RFC 3339.
    pub began: String,
    /// When it ends, or ended, RFC 3339.
    pub over: String,
    /// Whether the integration is cut now.
    pub is_cut: bool,
    /// Who began it (name).
    pub by: Option<String>,
    /// What is to be found out.
    pub purpose: String,
    /// What was noted, in its order.
    pub notes: Vec<NoteView>,
    /// What is known by now, a sentence each; nothing before the first pull after it.
    pub record: Option<Vec<String>>,
}

/// Something that was noted.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct NoteView {
    /// When, RFC 3339.
    pub at: String,
    /// Who (name).
    pub by: Option<String>,
    /// What.
    pub words: String,
}

/// A drill that was held.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct DrillView {
    /// Its id.
    pub id: String,
    /// `rush` or `outage`.
    pub kind: String,
    /// When it began, RFC 3339.
    pub began: String,
    /// When it ended, RFC 3339.
    pub ended: String,
    /// Who took part (names).
    pub took_part: Vec<String>,
    /// What was learned.
    pub learned: String,
    /// Whether nothing was lost and nothing doubled; nothing for an outage.
    pub is_sound: Option<bool>,
    /// What came of it, a sentence each.
    pub sentences: Vec<String>,
    /// What was noted meanwhile.
    pub notes: Vec<NoteView>,
}

/// What a person says when an outage begins.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
pub struct OutageDraft {
    /// For how many minutes.
    pub minutes: u32,
    /// What is to be found out.
    pub purpose: String,
}

impl OutageDraft {
    /// Begins it.
    ///
    /// # Errors
    /// As [`outage::begin`].
    pub fn begin(&self, workspace: &Workspace, id: &str) -> Result<()> {
        outage::begin(workspace, id, self.minutes, &self.purpose)
    }
}

/// Who took part in an outage, and what was learned.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
pub struct OutageClosing {
    /// People's ids.
    pub took_part: Vec<String>,
    /// What was learned.
    pub learned: String,
}

impl OutageClosing {
    /// Closes its record.
    ///
    /// # Errors
    /// As [`outage::close`].
    pub fn close(&self, workspace: &Workspace, id: &str) -> Result<()> {
        let people: Vec<PersonId> = self.took_part.iter().map(|id| id.as_str().into()).collect();
        outage::close(workspace, id, &people, &self.learned).map(drop)
    }
}

impl DrillPage {
    /// Reads the drills of an integration in use.
    ///
    /// # Errors
    /// There is none of this id; what the stores say.
    pub fn read(workspace: &Workspace, id: &str, language: Language) -> Result<Self> {
        let saved = workspace.integration_in_use(id)?;
        let facts = Facts::read(workspace, &saved)?;
        let reader = Reading { workspace, facts: &facts, language };
        let acts = workspace.view(|view| view.drill_acts(&saved.id))?;
        let mut held = Vec::new();
        for said in acts.iter().rev() {
            let DrillWord::Held(one) = &said.word else { continue };
            let notes = acts.iter().filter_map(|said| match &said.word {
                DrillWord::Noted(noted) if noted.drill == one.drill => Some((&noted.words, &said.act)),
                _ => None,
            });
            held.push(reader.held(one, notes.map(|(words, act)| reader.note(words, act)).collect()));
        }
        let open = outage::open(workspace, &saved.id)?;
        let since = facts.active_since();
        let is_debt = facts.drills.is_debt(since, facts.today);
        let fallback = facts.charter.as_ref().map(|version| version.charter.fallback.clone());
        Ok(Self {
            debt: is_debt.then(|| crate::audit::words::owed(facts.drills.last, language)),
            owed_from: facts.drills.owed_from(since).map(|day| day.to_string()),
            fallback: fallback.unwrap_or_default(),
            may_decide: workspace.may_decide(&facts)?,
            outage: open.map(|open| reader.open(&open)).transpose()?,
            held,
            minutes: (outage::MINUTES_MIN, outage::MINUTES_MAX),
            rush: (rush::TIMES, u32::try_from(rush::DAYS).unwrap_or(u32::MAX)),
        })
    }
}

struct Reading<'a> {
    workspace: &'a Workspace,
    facts: &'a Facts,
    language: Language,
}

impl Reading<'_> {
    fn name(&self, id: &PersonId) -> Option<String> {
        self.facts.person(id).map(|person| person.name.clone())
    }

    fn note(&self, words: &str, act: &Act) -> NoteView {
        let by = act.person.as_ref().and_then(|id| self.name(id));
        NoteView { at: moment(act.at.wall_ms), by, words: words.to_owned() }
    }

    fn open(&self, open: &Played) -> Result<OutageView> {
        let record = outage::record(self.workspace, open)?;
        let (began_at, over_at) = (open.began_at(), open.over_at());
        Ok(OutageView {
            began: moment(began_at),
            over: moment(over_at),
            is_cut: open.is_cut(self.workspace.now_ms()),
            by: open.act.person.as_ref().and_then(|id| self.name(id)),
            purpose: open.begun.purpose.clone(),
            notes: open.notes.iter().map(|(words, act)| self.note(words, act)).collect(),
            record: record.map(|record| words::outage(&record, began_at, over_at, self.language)),
        })
    }

    fn held(&self, held: &DrillHeld, notes: Vec<NoteView>) -> DrillView {
        let (kind, is_sound, sentences) = match &held.result {
            DrillResult::Rush(rush) => ("rush", Some(rush.is_sound()), words::rush(rush, self.language)),
            DrillResult::Outage(outage) => {
                ("outage", None, words::outage(outage, held.began_at, held.ended_at, self.language))
            }
        };
        DrillView {
            id: held.drill.clone(),
            kind: kind.to_owned(),
            began: moment(held.began_at),
            ended: moment(held.ended_at),
            took_part: held.took_part.iter().filter_map(|id| self.name(id)).collect(),
            learned: held.learned.clone(),
            is_sound,
            sentences,
            notes,
        }
    }
}
