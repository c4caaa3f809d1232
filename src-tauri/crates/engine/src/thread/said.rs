//! One thread, from everything that was said in it.

use std::collections::BTreeMap;

use plaza_domain::event::{
    Attachment, Following, MessageId, Met, Outcome, Payload, TalkProposed, ThreadOpened,
};
use plaza_domain::person::PersonId;
use plaza_store::view::{Act, Said};

/// One thread.
pub(crate) struct Conversation {
    pub opened: ThreadOpened,
    pub opened_by: Act,
    /// Messages and what happened between them, in their order.
    pub spoken: Vec<Spoken>,
    /// Who reacted to what: (message, or nothing for the question; word) → people.
    pub reactions: BTreeMap<(Option<MessageId>, String), Vec<PersonId>>,
    pub following: BTreeMap<PersonId, Following>,
    /// How it ended, while it is closed.
    pub outcome: Option<(Outcome, String, Act)>,
}

/// Something in a thread.
pub(crate) enum Spoken {
    Message(Wording),
    Talk(TalkProposed, Act),
    Met(Met, Act),
    Closed(Outcome, String, Act),
    Reopened(String, Act),
}

/// A message with its history.
pub(crate) struct Wording {
    pub message: MessageId,
    pub act: Act,
    pub text: String,
    pub attachments: Vec<Attachment>,
    /// What it said before, with until when, milliseconds since 1970 UTC.
    pub earlier: Vec<(String, i64)>,
    pub is_deleted: bool,
}

impl Conversation {
    /// Hears everything in its order; nothing where it was never opened.
    pub(crate) fn of(all: Vec<Said>) -> Option<Self> {
        let mut conversation: Option<Self> = None;
        // A message may arrive before the opening that it answers: it is heard once there is one.
        let (openings, rest): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|said| matches!(said.payload, Payload::ThreadOpened(_)));
        for Said { payload, act } in openings {
            let Payload::ThreadOpened(opened) = payload else { continue };
            if conversation.is_none() {
                conversation = Some(Self {
                    opened,
                    opened_by: act,
                    spoken: Vec::new(),
                    reactions: BTreeMap::new(),
                    following: BTreeMap::new(),
                    outcome: None,
                });
            }
        }
        let mut conversation = conversation?;
        for said in rest {
            conversation.hear(said);
        }
        Some(conversation)
    }

    fn hear(&mut self, Said { payload, act }: Said) {
        match payload {
            Payload::MessageWritten(written) if self.message(&written.message).is_none() => {
                self.spoken.push(Spoken::Message(Wording {
                    message: written.message,
                    act,
                    text: written.text,
                    attachments: written.attachments,
                    earlier: Vec::new(),
                    is_deleted: false,
                }));
            }
            Payload::MessageChanged(changed) => {
                if let Some(known) = self.own_message(&changed.message, act.person.as_ref()) {
                    let before = std::mem::replace(&mut known.text, changed.text);
                    known.earlier.push((before, act.at.wall_ms));
                }
            }
            Payload::MessageDeleted { message, .. } => {
                if let Some(known) = self.own_message(&message, act.person.as_ref()) {
                    known.is_deleted = true;
                }
            }
            Payload::Reacted(reacted) => {
                let Some(person) = act.person else { return };
                let people = self.reactions.entry((reacted.message, reacted.reaction)).or_default();
                people.retain(|known| *known != person);
                if reacted.is_on {
                    people.push(person);
                }
            }
            Payload::ThreadFollowed { following, .. } => {
                if let Some(person) = act.person {
                    self.following.insert(person, following);
                }
            }
            Payload::TalkProposed(talk) => self.spoken.push(Spoken::Talk(talk, act)),
            Payload::Met(met) => self.spoken.push(Spoken::Met(met, act)),
            Payload::ThreadClosed(closed) => {
                self.outcome = Some((closed.outcome.clone(), closed.words.clone(), act.clone()));
                self.spoken.push(Spoken::Closed(closed.outcome, closed.words, act));
            }
            Payload::ThreadReopened { reason, .. } => {
                self.outcome = None;
                self.spoken.push(Spoken::Reopened(reason, act));
            }
            _ => {}
        }
    }

    /// A message by its id.
    pub(crate) fn message(&self, id: &MessageId) -> Option<&Wording> {
        self.spoken.iter().find_map(|one| match one {
            Spoken::Message(wording) if wording.message == *id => Some(wording),
            _ => None,
        })
    }

    /// A message of whoever says so: nobody changes another's words.
    fn own_message(&mut self, id: &MessageId, by: Option<&PersonId>) -> Option<&mut Wording> {
        self.spoken.iter_mut().find_map(|one| match one {
            Spoken::Message(wording) if wording.message == *id && wording.act.person.as_ref() == by => {
                Some(wording)
            }
            _ => None,
        })
    }
}
