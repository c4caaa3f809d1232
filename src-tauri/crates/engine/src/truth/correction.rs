//! Requests to correct something at its source. Plaza never corrects a record in place: it asks its owner, and watches
//! until the source shows the mend.

use plaza_domain::event::{
    CorrectionAsked, CorrectionClosed, CorrectionId, CorrectionSeen, IntegrationId, Payload, RunId,
    WrongRecord,
};
use plaza_domain::record::{Facts, Field};
use plaza_store::intake::View;
use plaza_store::ledger::Draft;
use plaza_store::view::Correction;

use super::map::owner_of_field;
use super::say;
use crate::error::{EngineError, Result};
use crate::hand;
use crate::integration::Integration;
use crate::record::RecordHandle;
use crate::staging::ONLY_LINE;
use crate::workspace::Workspace;

/// Records of one request.
pub const RECORDS_MAX: usize = 200;

/// Letters of a text.
const CHARS_MAX: usize = 2_000;

/// What a person asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionForm {
    /// The field that is wrong.
    pub field: Field,
    /// What is wrong, in the person's words.
    pub text: String,
    /// What should stand there; empty where that is for the owner to find out.
    pub wanted: String,
    /// Handles of the records.
    pub records: Vec<String>,
}

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The source says what it said.
    Open,
    /// The source says something else now, and not yet what was asked for everywhere.
    Changed,
    /// The source shows the mend.
    Mended,
    /// Somebody closed it.
    Closed,
}

impl Standing {
    /// The word of it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Changed => "changed",
            Self::Mended => "mended",
            Self::Closed => "closed",
        }
    }

    /// Whether somebody still has something to do.
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Open | Self::Changed)
    }

    /// Of a request.
    pub fn of(correction: &Correction) -> Self {
        if correction.closed.is_some() {
            return Self::Closed;
        }
        let Some((seen, _)) = correction.seen.last() else { return Self::Open };
        let asked = &correction.asked;
        let changed =
            asked.records.iter().zip(&seen.says).filter(|(record, says)| record.said != **says).count();
        let is_wanted = |says: &Option<String>| match &asked.wanted {
            Some(wanted) => says.as_ref() == Some(wanted),
            None => true,
        };
        if changed == asked.records.len() && seen.says.iter().all(is_wanted) {
            Self::Mended
        } else if changed > 0 {
            Self::Changed
        } else {
            // It went back to what it was.
            Self::Open
        }
    }
}

impl Workspace {
    /// Asks the owner of a field to correct it at its source.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without words, without records, for records of other orders, where nobody answers for the
    /// field, or where nobody has said who asks; [`EngineError::NotFound`] for an integration that is not in use.
    pub fn ask_correction(&self, id: &str, form: &CorrectionForm) -> Result<CorrectionId> {
        let mut saved = self.integration_in_use(hand::home_of(id).unwrap_or(id))?;
        let mut home = Integration::from_toml(&saved.current.toml)?;
        if let Some(other) = home.orders_of.take() {
            // What is said of another's orders is answered for where these are at home.
            saved = self.integration_in_use(&other)?;
            home = Integration::from_toml(&saved.current.toml)?;
        }
        if self.actor()?.is_none() {
            return Err(EngineError::invalid(
                "profile",
                "say first who you are: the owner will want to know who asks",
            ));
        }
        let text = form.text.trim();
        if text.is_empty() || text.chars().count() > CHARS_MAX {
            return Err(EngineError::invalid(
                "text",
                format!("say what is wrong, in at most {CHARS_MAX} letters"),
            ));
        }
        if form.records.is_empty() || form.records.len() > RECORDS_MAX {
            return Err(EngineError::invalid("records", format!("name 1 to {RECORDS_MAX} records")));
        }
        let owner = owner_of_field(self, &home, form.field)?;
        let owner =
            owner.ok_or_else(|| EngineError::invalid("owner", "nobody answers for this field yet"))?;
        let reader = self.intake_reader()?;
        let mut records = Vec::new();
        for handle in &form.records {
            records.push(wrong_record(reader.view(), handle, form.field)?);
        }
        let mut bits = [0; 16];
        getrandom::fill(&mut bits).map_err(EngineError::NoRandomness)?;
        let correction = CorrectionId(plaza_domain::event::EventId(bits).to_string());
        let wanted = form.wanted.trim();
        self.act([Payload::CorrectionAsked(CorrectionAsked {
            correction: correction.clone(),
            integration: saved.id,
            field: form.field,
            owner,
            text: text.to_owned(),
            wanted: (!wanted.is_empty()).then(|| wanted.to_owned()),
            records,
        })])?;
        self.note_attention()?;
        Ok(correction)
    }

    /// Closes a request, mended or not.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason; [`EngineError::Conflict`] where it is closed already;
    /// [`EngineError::NotFound`] for one that there is not.
    pub fn close_correction(&self, correction: &CorrectionId, reason: &str) -> Result<()> {
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > CHARS_MAX {
            return Err(EngineError::invalid("reason", "say why"));
        }
        let known = self.view(|view| view.correction(correction))?;
        let known = known.ok_or_else(|| EngineError::NotFound {
            noun: "request for correction",
            name: correction.to_string(),
        })?;
        if known.closed.is_some() {
            return Err(EngineError::Conflict { what: "the request for correction" });
        }
        let closed = CorrectionClosed { correction: correction.clone(), reason: reason.to_owned() };
        self.act([Payload::CorrectionClosed(closed)])?;
        self.note_attention()
    }

    /// Looks whether the sources show what was asked to be corrected of an integration's orders; `run` brought news.
    pub(crate) fn look_at_corrections(&self, home: &IntegrationId, run: &RunId) -> Result<()> {
        let corrections = self.view(|view| view.corrections(home))?;
        let mut drafts = Vec::new();
        for correction in corrections.iter().filter(|one| Standing::of(one).is_due()) {
            let reader = self.intake_reader()?;
            let mut says = Vec::new();
            for record in &correction.asked.records {
                says.push(says_now(reader.view(), &record.record, correction.asked.field)?);
            }
            let before = correction.seen.last().map(|(seen, _)| seen.says.clone());
            let asked = || correction.asked.records.iter().map(|record| record.said.clone()).collect();
            if before.unwrap_or_else(asked) == says {
                continue;
            }
            let id = correction.asked.correction.clone();
            let words = [id.to_string(), run.to_string(), format!("{says:?}")];
            let seen = CorrectionSeen { correction: id, run: run.clone(), says };
            drafts.push(Draft::derived(Payload::CorrectionSeen(seen), words));
        }
        if !drafts.is_empty() {
            self.ledger().append(&drafts, self.now_ms())?;
        }
        Ok(())
    }
}

fn wrong_record(view: View<'_>, handle: &str, field: Field) -> Result<WrongRecord> {
    let unknown = || EngineError::NotFound { noun: "record", name: handle.chars().take(80).collect() };
    let parsed: RecordHandle = handle.parse().map_err(|_| unknown())?;
    let record = view.record(parsed.stream, parsed.key)?.ok_or_else(unknown)?;
    let facts = Facts(&record.facts);
    Ok(WrongRecord {
        order: facts.text(Field::Order).unwrap_or_default().to_owned(),
        line: facts.text(Field::Line).unwrap_or(ONLY_LINE).to_owned(),
        record: handle.to_owned(),
        said: say::of_record(field, &record.facts),
    })
}

/// What a record says now; nothing where it is silent or gone from its source.
fn says_now(view: View<'_>, handle: &str, field: Field) -> Result<Option<String>> {
    let Ok(parsed) = handle.parse::<RecordHandle>() else { return Ok(None) };
    let record = view.record(parsed.stream, parsed.key)?.filter(|record| record.gone_at.is_none());
    Ok(record.and_then(|record| say::of_record(field, &record.facts)))
}
