//! What people do in threads.

use std::collections::BTreeSet;

use plaza_domain::event::{
    Anchor, Attachment, CorrectionId, Following, KpiId, MessageChanged, MessageId, MessageWritten, Met,
    Outcome, Payload, Reacted, TalkProposed, ThreadCause, ThreadClosed, ThreadId, ThreadOpened, Way,
};
use plaza_domain::language::Language;
use plaza_domain::person::PersonId;

use super::attachment::ATTACHMENTS_MAX;
use super::said::Conversation;
use super::text::{Mentionable, mentions, tidy};
use super::{Picture, picture};
use crate::error::{EngineError, Result};
use crate::page::thread::{CloseForm, FlagForm};
use crate::promise::{new_id, reason_of, text_of};
use crate::pull::resume_in_turn;
use crate::split::{Closing, Disputed};
use crate::workspace::Workspace;

/// Letters of a question: one plain question, not a treatise.
const QUESTION_CHARS_MAX: usize = 500;

/// Letters of a message.
pub const TEXT_CHARS_MAX: usize = 20_000;

/// Letters of what came of a talk, or of an outcome.
const WORDS_CHARS_MAX: usize = 4_000;

/// What people may react with.
const REACTIONS: [&str; 4] = ["agree", "thanks", "surprised", "looking"];

impl Workspace {
    /// Whoever acts; nobody flags or answers without a name.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] while nobody has said who they are.
    pub(crate) fn somebody_acts(&self) -> Result<PersonId> {
        let person = self.actor()?.map(|person| person.id);
        person.ok_or_else(|| {
            EngineError::invalid("profile", "say first who you are: others will want to know who asks")
        })
    }

    pub(crate) fn mentionable(&self) -> Result<Mentionable> {
        let (people, departments) = self.view(|view| Ok((view.people()?, view.departments()?)))?;
        Ok(Mentionable {
            people: people.into_iter().map(|person| (person.id, person.name)).collect(),
            departments: departments.into_iter().map(|department| (department.id, department.name)).collect(),
        })
    }

    /// One thread.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for one that there is not.
    pub(crate) fn conversation(&self, thread: &ThreadId) -> Result<Conversation> {
        let said = self.view(|view| view.thread(thread))?;
        Conversation::of(said).ok_or_else(|| EngineError::NotFound {
            noun: "thread",
            name: thread.as_str().chars().take(80).collect(),
        })
    }

    /// Flags something: the question goes to those who answer for it, with a picture of what was seen. A signal that
    /// somebody has taken up already is not taken up twice: the question becomes a message in its thread.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a question or without a name; [`EngineError::NotFound`] for something that is not
    /// there.
    pub fn open_thread(&self, form: &FlagForm) -> Result<ThreadId> {
        let me = self.somebody_acts()?;
        let question = text_of("question", &tidy(&form.question), QUESTION_CHARS_MAX)?;
        let mut asked: BTreeSet<PersonId> = BTreeSet::new();
        for id in &form.people {
            asked.insert(self.person_here("people", id)?);
        }
        let thread = match &form.anchor {
            Anchor::Signal { kpi, signal, .. } => {
                self.signal_is_there(kpi, signal)?;
                let hash = blake3::hash(format!("thread about signal {signal}").as_bytes()).to_hex();
                ThreadId(hash.chars().take(32).collect())
            }
            _ => ThreadId(new_id()?),
        };
        if let Ok(known) = self.conversation(&thread) {
            if known.outcome.is_some() {
                self.reopen_thread(&thread, &question)?;
            }
            self.say(&thread, question, Vec::new(), asked)?;
            return Ok(thread);
        }
        if let Anchor::Split { integration, order, line } = &form.anchor
            && !Disputed::find(self, integration, order, line)?.is_missed()
        {
            return Err(EngineError::invalid(
                "anchor",
                "this order line is no miss: there is nothing to split",
            ));
        }
        let Picture { seen, owners, departments } = picture(self, &form.anchor, Language::En)?;
        asked.extend(owners.into_iter().map(|(person, _)| person));
        asked.remove(&me);
        self.act([Payload::ThreadOpened(ThreadOpened {
            thread: thread.clone(),
            cause: cause_of(form),
            anchor: form.anchor.clone(),
            question,
            seen,
            people: asked,
            departments,
        })])?;
        self.ledger().mark_read(&me, &thread, true)?;
        Ok(thread)
    }

    fn signal_is_there(&self, kpi: &KpiId, signal: &plaza_domain::event::SignalId) -> Result<()> {
        let known = self.view(|view| view.signals(Some(kpi)))?;
        if known.iter().any(|one| one.found.signal == *signal) {
            Ok(())
        } else {
            Err(EngineError::NotFound { noun: "signal", name: signal.to_string() })
        }
    }

    /// Says something in a thread.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a message that says nothing, is too long, or has too much attached;
    /// [`EngineError::NotFound`] for a thread or an attachment that is not there.
    pub fn write_message(
        &self,
        thread: &ThreadId,
        text: &str,
        attachments: Vec<Attachment>,
    ) -> Result<MessageId> {
        self.somebody_acts()?;
        self.conversation(thread)?;
        let text = message_text(text, attachments.is_empty())?;
        if attachments.len() > ATTACHMENTS_MAX {
            return Err(EngineError::invalid(
                "attachments",
                format!("at most {ATTACHMENTS_MAX} files hang on one message"),
            ));
        }
        for attachment in &attachments {
            self.check_attachment(attachment)?;
        }
        self.say(thread, text, attachments, BTreeSet::new())
    }

    /// Says something; `asked` are people who are asked beside those whom the text mentions.
    fn say(
        &self,
        thread: &ThreadId,
        text: String,
        attachments: Vec<Attachment>,
        asked: BTreeSet<PersonId>,
    ) -> Result<MessageId> {
        let me = self.somebody_acts()?;
        let conversation = self.conversation(thread)?;
        let mut found = mentions(&text, &self.mentionable()?);
        found.people.extend(asked);
        // Whoever asked waits for the answer.
        found.people.extend(conversation.opened_by.person.clone().filter(|opener| *opener != me));
        let message = MessageId(new_id()?);
        self.act([Payload::MessageWritten(MessageWritten {
            thread: thread.clone(),
            message: message.clone(),
            text,
            people: found.people,
            departments: found.departments,
            attachments,
        })])?;
        self.ledger().mark_read(&me, thread, true)?;
        Ok(message)
    }

    /// Changes one's own message; what it said before stays readable.
    ///
    /// # Errors
    /// As [`Workspace::write_message`]; [`EngineError::Invalid`] for somebody else's message.
    pub fn change_message(&self, thread: &ThreadId, message: &MessageId, text: &str) -> Result<()> {
        let has_none = self.own_message(thread, message)?;
        let text = message_text(text, has_none)?;
        let found = mentions(&text, &self.mentionable()?);
        self.act([Payload::MessageChanged(MessageChanged {
            thread: thread.clone(),
            message: message.clone(),
            text,
            people: found.people,
            departments: found.departments,
        })])?;
        Ok(())
    }

    /// Takes one's own message back.
    ///
    /// # Errors
    /// As [`Workspace::change_message`].
    pub fn delete_message(&self, thread: &ThreadId, message: &MessageId) -> Result<()> {
        self.own_message(thread, message)?;
        self.act([Payload::MessageDeleted { thread: thread.clone(), message: message.clone() }])?;
        Ok(())
    }

    /// Checks that a message is of whoever acts and stands; whether nothing is attached to it.
    fn own_message(&self, thread: &ThreadId, message: &MessageId) -> Result<bool> {
        let me = self.somebody_acts()?;
        let conversation = self.conversation(thread)?;
        let known = conversation.message(message).filter(|known| !known.is_deleted);
        let known =
            known.ok_or_else(|| EngineError::NotFound { noun: "message", name: message.to_string() })?;
        if known.act.person.as_ref() != Some(&me) {
            return Err(EngineError::invalid("message", "only whoever wrote it may change it"));
        }
        Ok(known.attachments.is_empty())
    }

    /// Reacts to a message, or to the question; or takes that back.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for another word than *agree, thanks, surprised, looking*; [`EngineError::NotFound`].
    pub fn react(
        &self,
        thread: &ThreadId,
        message: Option<MessageId>,
        reaction: &str,
        is_on: bool,
    ) -> Result<()> {
        self.somebody_acts()?;
        let conversation = self.conversation(thread)?;
        if !REACTIONS.contains(&reaction) {
            return Err(EngineError::invalid("reaction", "agree, thanks, surprised or looking"));
        }
        if let Some(message) = message.as_ref().filter(|message| conversation.message(message).is_none()) {
            return Err(EngineError::NotFound { noun: "message", name: message.to_string() });
        }
        let reacted = Reacted { thread: thread.clone(), message, reaction: reaction.to_owned(), is_on };
        self.act([Payload::Reacted(reacted)])?;
        Ok(())
    }

    /// Says how closely whoever acts follows a thread.
    ///
    /// # Errors
    /// [`EngineError::NotFound`].
    pub fn follow_thread(&self, thread: &ThreadId, following: Following) -> Result<()> {
        self.somebody_acts()?;
        self.conversation(thread)?;
        self.act([Payload::ThreadFollowed { thread: thread.clone(), following }])?;
        Ok(())
    }

    /// Notes on this device that whoever acts has read a thread, or wants it to count as unread. Nobody else learns it.
    ///
    /// # Errors
    /// [`EngineError::NotFound`].
    pub fn mark_thread(&self, thread: &ThreadId, is_read: bool) -> Result<()> {
        let Some(me) = self.actor()? else { return Ok(()) };
        self.conversation(thread)?;
        Ok(self.ledger().mark_read(&me.id, thread, is_read)?)
    }

    /// Proposes to talk instead of writing on.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for nobody to talk with; [`EngineError::NotFound`].
    pub fn propose_talk(&self, thread: &ThreadId, way: Way, people: &[String], words: &str) -> Result<()> {
        let me = self.somebody_acts()?;
        self.open_conversation(thread)?;
        let mut with = self.people_here(people)?;
        with.remove(&me);
        if with.is_empty() && way != Way::Agenda {
            return Err(EngineError::invalid("people", "say with whom"));
        }
        let words = words_of(words)?;
        self.act([Payload::TalkProposed(TalkProposed { thread: thread.clone(), way, people: with, words })])?;
        self.ledger().mark_read(&me, thread, true)?;
        Ok(())
    }

    /// Writes down that people met.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] where fewer than two people are named; [`EngineError::NotFound`].
    pub fn note_met(&self, thread: &ThreadId, way: Way, people: &[String], words: &str) -> Result<()> {
        let me = self.somebody_acts()?;
        self.conversation(thread)?;
        let mut with = self.people_here(people)?;
        with.insert(me.clone());
        if with.len() < 2 {
            return Err(EngineError::invalid("people", "say who met"));
        }
        let words = words_of(words)?;
        self.act([Payload::Met(Met { thread: thread.clone(), way, people: with, words })])?;
        self.ledger().mark_read(&me, thread, true)?;
        Ok(())
    }

    /// Closes a thread with its outcome.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for an outcome that does not fit what the thread hangs on, or lacks what it needs;
    /// [`EngineError::Conflict`] for a closed one; [`EngineError::NotFound`].
    pub fn close_thread(&self, thread: &ThreadId, form: &CloseForm) -> Result<()> {
        let me = self.somebody_acts()?;
        // What a dispute ends with is counted and published at once.
        let is_dispute = matches!(self.conversation(thread)?.opened.anchor, Anchor::Split { .. });
        let _turn = is_dispute.then(|| self.turn());
        if is_dispute {
            resume_in_turn(self)?;
        }
        let conversation = self.open_conversation(thread)?;
        let anchor = &conversation.opened.anchor;
        if !outcomes(anchor).contains(&word_of(&form.outcome)) {
            return Err(EngineError::invalid(
                "outcome",
                "this outcome does not fit what the thread is about",
            ));
        }
        let words = words_of(&form.words)?;
        let outcome = match form.outcome.clone() {
            Outcome::RealChange { cause } => {
                Outcome::RealChange { cause: text_of("cause", &tidy(&cause), WORDS_CHARS_MAX)? }
            }
            Outcome::DataError { correction: Some(correction) } => {
                self.correction_of(anchor, &correction)?;
                Outcome::DataError { correction: Some(correction) }
            }
            Outcome::DataError { correction: None } if order_of(anchor).is_some() => {
                let reason = "ask first for the correction where the record is, and name it here";
                return Err(EngineError::invalid("correction", reason));
            }
            Outcome::DataError { correction: None } if words.is_empty() => {
                return Err(EngineError::invalid("words", "say what is wrong, and where it is being mended"));
            }
            Outcome::DefinitionChanged { version } => {
                let known = match anchor.kpi() {
                    Some(kpi) => self.view(|view| view.kpi_versions(kpi))?,
                    None => Vec::new(),
                };
                if !known.iter().any(|one| one.definition.version == version) {
                    return Err(EngineError::invalid("version", "choose a version of the definition"));
                }
                Outcome::DefinitionChanged { version }
            }
            outcome => outcome,
        };
        if is_dispute {
            self.close_dispute(Closing { thread, anchor, outcome, words, shares: &form.shares })?;
            self.ledger().mark_read(&me, thread, true)?;
            return Ok(());
        }
        self.act([Payload::ThreadClosed(ThreadClosed { thread: thread.clone(), outcome, words })])?;
        self.ledger().mark_read(&me, thread, true)?;
        Ok(())
    }

    /// Checks that a request for correction is of what a thread hangs on.
    fn correction_of(&self, anchor: &Anchor, correction: &CorrectionId) -> Result<()> {
        let known = self.view(|view| view.correction(correction))?.ok_or_else(|| EngineError::NotFound {
            noun: "request for correction",
            name: correction.to_string(),
        })?;
        let is_elsewhere = anchor.integration().is_some_and(|one| *one != known.asked.integration);
        let is_of_another = order_of(anchor)
            .is_some_and(|order| !known.asked.records.iter().any(|record| record.order == order));
        if is_elsewhere || is_of_another {
            return Err(EngineError::invalid("correction", "this request is about something else"));
        }
        Ok(())
    }

    /// Opens a thread again.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason; [`EngineError::Conflict`] for an open one; [`EngineError::NotFound`].
    pub fn reopen_thread(&self, thread: &ThreadId, reason: &str) -> Result<()> {
        self.somebody_acts()?;
        if self.conversation(thread)?.outcome.is_none() {
            return Err(EngineError::Conflict { what: "the thread" });
        }
        let reason = reason_of(reason)?;
        self.act([Payload::ThreadReopened { thread: thread.clone(), reason }])?;
        Ok(())
    }

    fn open_conversation(&self, thread: &ThreadId) -> Result<Conversation> {
        let conversation = self.conversation(thread)?;
        if conversation.outcome.is_some() {
            return Err(EngineError::Conflict { what: "the thread" });
        }
        Ok(conversation)
    }

    fn people_here(&self, people: &[String]) -> Result<BTreeSet<PersonId>> {
        people.iter().map(|id| self.person_here("people", id)).collect()
    }
}

/// A signal is taken up; anything else is flagged.
const fn cause_of(form: &FlagForm) -> ThreadCause {
    match (&form.anchor, form.cause) {
        (Anchor::Signal { .. }, _) => ThreadCause::Signal,
        (Anchor::Split { .. }, _) => ThreadCause::Dispute,
        (_, ThreadCause::Signal | ThreadCause::Dispute | ThreadCause::Flag) => ThreadCause::Flag,
    }
}

/// The order that a thread is about, where it is about one.
fn order_of(anchor: &Anchor) -> Option<&str> {
    match anchor {
        Anchor::Order { order, .. } | Anchor::Split { order, .. } | Anchor::Record { order, .. } => {
            Some(order)
        }
        Anchor::Kpi { .. }
        | Anchor::Week { .. }
        | Anchor::Signal { .. }
        | Anchor::Run { .. }
        | Anchor::Debrief { .. } => None,
    }
}

/// The outcomes that fit what a thread hangs on, by their words.
pub(crate) fn outcomes(anchor: &Anchor) -> Vec<&'static str> {
    match anchor {
        Anchor::Kpi { .. } | Anchor::Week { .. } | Anchor::Signal { .. } => {
            vec!["normal_variation", "real_change", "data_error", "definition_changed"]
        }
        Anchor::Split { .. } => vec!["split_stays", "split_overridden", "data_error"],
        // No system says what a person saw, so none can be wrong about it.
        Anchor::Debrief { .. } => vec!["normal_variation", "real_change"],
        Anchor::Order { .. } | Anchor::Record { .. } | Anchor::Run { .. } => {
            vec!["normal_variation", "real_change", "data_error"]
        }
    }
}

/// The word of an outcome.
pub(crate) const fn word_of(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::NormalVariation => "normal_variation",
        Outcome::RealChange { .. } => "real_change",
        Outcome::DataError { .. } => "data_error",
        Outcome::DefinitionChanged { .. } => "definition_changed",
        Outcome::SplitStays => "split_stays",
        Outcome::SplitOverridden => "split_overridden",
    }
}

/// A message says something, or something hangs on it.
fn message_text(text: &str, must_speak: bool) -> Result<String> {
    let text = tidy(text);
    let text = text.trim();
    if text.chars().count() > TEXT_CHARS_MAX {
        let reason =
            format!("that is too long for a message: at most {TEXT_CHARS_MAX} letters. Attach it as a file");
        return Err(EngineError::invalid("text", reason));
    }
    if must_speak && text.is_empty() {
        return Err(EngineError::invalid("text", "say what"));
    }
    Ok(text.to_owned())
}

fn words_of(words: &str) -> Result<String> {
    let words = tidy(words);
    if words.chars().count() > WORDS_CHARS_MAX {
        return Err(EngineError::invalid("words", format!("say it in at most {WORDS_CHARS_MAX} letters")));
    }
    Ok(words.trim().to_owned())
}
