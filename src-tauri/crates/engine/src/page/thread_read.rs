//! Reads threads for the screens: the inbox, and one thread.

use plaza_domain::event::{Anchor, Following, KpiDefinition, Outcome, Seen, ThreadId};
use plaza_domain::language::Language;
use plaza_domain::person::PersonId;
use plaza_domain::thread::UNANSWERED_DAYS;
use plaza_store::view::{Act, Inbox, ThreadPage};

use super::order_split::AgreedSplit;
use super::series::moment;
use super::thread::{
    CorrectionChoice, Earlier, InboxCounts, InboxKind, LISTED_MAX, MessageView, OutcomeView, ProposeMeeting,
    ReactionView, SaidBy, SeenView, SplitView, ThreadEntry, ThreadList, ThreadPerson, ThreadQuery,
    ThreadView,
};
use super::thread_about::{Namer, address};
use super::thread_seen::seen_view;
use crate::error::{EngineError, Result};
use crate::meeting::words as meeting_words;
use crate::split::{Disputed, flow};
use crate::thread::text::blocks;
use crate::thread::{Conversation, Spoken, Wording, outcomes, picture, see, words};
use crate::truth::Standing;
use crate::workspace::Workspace;

const DAY_MS: i64 = 86_400_000;
const MILLION: f64 = 1_000_000.0;

impl From<InboxKind> for Inbox {
    fn from(kind: InboxKind) -> Self {
        match kind {
            InboxKind::Mine => Self::Mine,
            InboxKind::Department => Self::Department,
            InboxKind::Open => Self::Open,
            InboxKind::Circling => Self::Circling,
            InboxKind::Meeting => Self::Meeting,
            InboxKind::Closed => Self::Closed,
        }
    }
}

impl ThreadList {
    /// Reads a slice of a list of threads.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn read(workspace: &Workspace, query: &ThreadQuery, language: Language) -> Result<Self> {
        let me = workspace.actor()?;
        let now_ms = workspace.now_ms();
        let department = me.as_ref().and_then(|person| person.department.as_ref()).map(ToString::to_string);
        let page = |inbox: Inbox| ThreadPage {
            inbox,
            person: me.as_ref().map(|person| person.id.0.as_str()),
            department: department.as_deref(),
            unanswered_before: now_ms - UNANSWERED_DAYS * DAY_MS,
            offset: query.offset,
            limit: query.limit.min(LISTED_MAX),
        };
        let count = |inbox: Inbox| workspace.view(|view| view.thread_count(&page(inbox)));
        let counts = InboxCounts {
            mine: count(Inbox::Mine)?,
            department: count(Inbox::Department)?,
            open: count(Inbox::Open)?,
            circling: count(Inbox::Circling)?,
            meeting: count(Inbox::Meeting)?,
            closed: count(Inbox::Closed)?,
        };
        let total = match query.inbox {
            InboxKind::Mine => counts.mine,
            InboxKind::Department => counts.department,
            InboxKind::Open => counts.open,
            InboxKind::Circling => counts.circling,
            InboxKind::Meeting => counts.meeting,
            InboxKind::Closed => counts.closed,
        };
        let rows = workspace.view(|view| view.threads(&page(query.inbox.into())))?;
        let namer = Namer::read(workspace, language)?;
        let rows = rows.into_iter().map(|row| namer.line(row, now_ms)).collect();
        Ok(Self { total, rows, counts })
    }
}

impl ThreadView {
    /// Reads a thread, whole.
    ///
    /// # Errors
    /// [`crate::error::EngineError::NotFound`] for one that there is not.
    pub fn read(workspace: &Workspace, thread: &ThreadId, language: Language) -> Result<Self> {
        let conversation = workspace.conversation(thread)?;
        let me = workspace.actor()?.map(|person| person.id);
        let page = ThreadPage {
            inbox: Inbox::All,
            person: me.as_ref().map(|person| person.0.as_str()),
            limit: 1,
            ..ThreadPage::default()
        };
        let row = workspace.view(|view| view.thread_row(thread, &page))?;
        let read_at = match &me {
            Some(me) => workspace.view(|view| view.read_mark(me, thread))?,
            None => None,
        };
        let namer = Namer::read(workspace, language)?;
        let reader =
            Reader { workspace, namer: &namer, conversation: &conversation, me: me.as_ref(), read_at };
        let opened = &conversation.opened;
        let now_ms = workspace.now_ms();
        let waited =
            row.as_ref().and_then(|row| row.waits_since).map_or(0, |since| (now_ms - since) / DAY_MS);
        let is_open = conversation.outcome.is_none();
        let talk = row.as_ref().and_then(|row| row.talk).filter(|_| is_open);
        let propose = match &row {
            _ if !is_open || talk.is_some() => None,
            Some(row) if row.is_circling => Some(ProposeMeeting::Circling { messages: row.since_met }),
            _ if waited >= UNANSWERED_DAYS => {
                Some(ProposeMeeting::Unanswered { days: u32::try_from(waited).unwrap_or(u32::MAX) })
            }
            _ => None,
        };
        let split = reader.split()?;
        let mut entries = reader.entries();
        entries.extend(reader.restated()?);
        entries.sort_by(|one, other| at_of(one).cmp(at_of(other)));
        Ok(Self {
            thread: thread.to_string(),
            cause: opened.cause,
            question: opened.question.clone(),
            about: namer.about(&opened.anchor),
            address: address(workspace, &opened.anchor)?,
            opened: namer.names.said(&conversation.opened_by),
            seen: reader.seen()?,
            entries,
            reactions: reader.reactions(None),
            people: reader.people()?,
            departments: opened.departments.iter().map(ToString::to_string).collect(),
            following: me
                .as_ref()
                .and_then(|me| conversation.following.get(me))
                .copied()
                .unwrap_or(Following::Usual),
            is_mine: row.is_some_and(|row| row.is_mine),
            propose,
            talk,
            outcome: conversation
                .outcome
                .as_ref()
                .map(|(outcome, words, act)| reader.outcome(outcome, words, act))
                .transpose()?,
            outcomes: reader.outcomes(split.as_ref()),
            split,
            corrections: reader.corrections()?,
            anchor: opened.anchor.clone(),
        })
    }
}

fn at_of(entry: &ThreadEntry) -> &str {
    match entry {
        ThreadEntry::Message(message) => &message.said.at,
        ThreadEntry::Talk { said, .. }
        | ThreadEntry::Met { said, .. }
        | ThreadEntry::Closed { said, .. }
        | ThreadEntry::Reopened { said, .. } => &said.at,
        ThreadEntry::Restated { at, .. } => at,
    }
}

struct Reader<'a> {
    workspace: &'a Workspace,
    namer: &'a Namer,
    conversation: &'a Conversation,
    me: Option<&'a PersonId>,
    /// Up to when whoever reads has read, milliseconds since 1970 UTC.
    read_at: Option<i64>,
}

impl Reader<'_> {
    fn said(&self, act: &Act) -> SaidBy {
        self.namer.names.said(act)
    }

    fn names(&self, people: &std::collections::BTreeSet<PersonId>) -> Vec<String> {
        people.iter().map(|person| self.namer.names.of(person)).collect()
    }

    fn entries(&self) -> Vec<ThreadEntry> {
        let mentionable = self.workspace.mentionable().unwrap_or_default();
        let entry = |spoken: &Spoken| match spoken {
            Spoken::Message(wording) => Some(ThreadEntry::Message(self.message(wording, &mentionable))),
            Spoken::Talk(talk, act) => Some(ThreadEntry::Talk {
                said: self.said(act),
                way: talk.way,
                with: self.names(&talk.people),
                words: talk.words.clone(),
            }),
            Spoken::Met(met, act) => Some(ThreadEntry::Met {
                said: self.said(act),
                way: met.way,
                with: self.names(&met.people),
                words: met.words.clone(),
            }),
            Spoken::Closed(outcome, words, act) => Some(ThreadEntry::Closed {
                said: self.said(act),
                outcome: self.outcome(outcome, words, act).ok()?,
            }),
            Spoken::Reopened(reason, act) => {
                Some(ThreadEntry::Reopened { said: self.said(act), reason: reason.clone() })
            }
        };
        self.conversation.spoken.iter().filter_map(entry).collect()
    }

    fn message(&self, wording: &Wording, mentionable: &crate::thread::text::Mentionable) -> MessageView {
        let is_mine = self.me.is_some() && wording.act.person.as_ref() == self.me;
        let shown = if wording.is_deleted { "" } else { wording.text.as_str() };
        MessageView {
            message: wording.message.to_string(),
            said: self.said(&wording.act),
            body: blocks(shown, mentionable),
            text: shown.to_owned(),
            attachments: if wording.is_deleted { Vec::new() } else { wording.attachments.clone() },
            reactions: self.reactions(Some(wording)),
            is_mine: is_mine && !wording.is_deleted,
            is_deleted: wording.is_deleted,
            is_new: !is_mine && self.read_at.is_none_or(|read| wording.act.at.wall_ms > read),
            history: wording
                .earlier
                .iter()
                .map(|(text, until)| Earlier { text: text.clone(), until: moment(*until) })
                .collect(),
        }
    }

    fn reactions(&self, of: Option<&Wording>) -> Vec<ReactionView> {
        let id = of.map(|wording| &wording.message);
        let given = self
            .conversation
            .reactions
            .iter()
            .filter(|((to, _), people)| to.as_ref() == id && !people.is_empty());
        given
            .map(|((_, reaction), people)| ReactionView {
                reaction: reaction.clone(),
                people: people.iter().map(|person| self.namer.names.of(person)).collect(),
                is_mine: self.me.is_some_and(|me| people.contains(me)),
            })
            .collect()
    }

    fn outcome(&self, outcome: &Outcome, words: &str, act: &Act) -> Result<OutcomeView> {
        let correction = match outcome {
            Outcome::DataError { correction: Some(id) } => {
                let known = self.workspace.view(|view| view.correction(id))?;
                known.map(|known| Standing::of(&known).word().to_owned())
            }
            _ => None,
        };
        Ok(OutcomeView {
            outcome: outcome.clone(),
            words: words.to_owned(),
            said: self.said(act),
            correction,
        })
    }

    /// Who takes part: those that it waits for first.
    fn people(&self) -> Result<Vec<ThreadPerson>> {
        let thread = &self.conversation.opened.thread;
        let (all, awaited) =
            self.workspace.view(|view| Ok((view.thread_followers(thread)?, view.thread_awaited(thread)?)))?;
        let owners = picture(self.workspace, &self.conversation.opened.anchor, self.namer.language)
            .map(|picture| picture.owners)
            .unwrap_or_default();
        let is_open = self.conversation.outcome.is_none();
        let mut people: Vec<ThreadPerson> = all
            .into_iter()
            .map(|person| ThreadPerson {
                name: self.namer.names.of(&person),
                is_awaited: is_open && awaited.contains(&person),
                why: owners
                    .iter()
                    .find(|(owner, _)| *owner == person)
                    .map(|(_, why)| why.clone())
                    .unwrap_or_default(),
                id: person.0,
            })
            .collect();
        people.sort_by(|one, other| (!one.is_awaited, &one.name).cmp(&(!other.is_awaited, &other.name)));
        Ok(people)
    }

    fn seen(&self) -> Result<SeenView> {
        let opened = &self.conversation.opened;
        // A thread about a number as a whole was about one week of it: that week is compared, not the newest.
        let anchor = match (&opened.anchor, opened.seen.week) {
            (Anchor::Kpi { kpi, part }, Some(week)) => {
                Anchor::Week { kpi: kpi.clone(), week, part: part.clone() }
            }
            (anchor, _) => anchor.clone(),
        };
        let now = picture(self.workspace, &anchor, self.namer.language).ok();
        let definition = self.definition();
        let mut view = seen_view(
            &self.conversation.opened.seen,
            now.as_ref().map(|now| &now.seen),
            definition,
            self.namer,
        );
        view.sentence = self.sentence(&view)?;
        Ok(view)
    }

    fn definition(&self) -> Option<&KpiDefinition> {
        let kpi = self.conversation.opened.anchor.kpi()?;
        self.namer.kpis.iter().find(|known| known.kpi == *kpi)
    }

    /// “Seen 92.1 %, now 90.4 %: restated on 12 November.”
    fn sentence(&self, view: &SeenView) -> Result<Option<String>> {
        let (Some(value), Some(unit)) = (&view.value, view.unit) else { return Ok(None) };
        let Some(now) = value.now else { return Ok(None) };
        let shown = |number: f64| meeting_words::value(number, unit, self.namer.language);
        if shown(value.then) == shown(now) {
            return Ok(None);
        }
        let changed = self.revisions()?.last().map(|(at, ..)| *at);
        let zone = self.workspace.settings()?.time_zone;
        let day = changed.map(|at| meeting_words::day(zone.day_at(at), self.namer.language));
        Ok(Some(words::seen_now(&shown(value.then), &shown(now), day.as_deref(), self.namer.language)))
    }

    /// The revisions of the week that became known after the thread was opened, whose value another one is shown for:
    /// when (milliseconds since 1970 UTC), was, now.
    fn revisions(&self) -> Result<Vec<(i64, f64, f64)>> {
        let opened = &self.conversation.opened;
        let (Some(definition), Some(week)) = (self.definition(), opened.anchor.week().or(opened.seen.week))
        else {
            return Ok(Vec::new());
        };
        let mut seen = Seen::default();
        let part = opened.anchor.part();
        let all = self.workspace.view(|view| view.revisions(&definition.kpi, week))?;
        let mut was = opened.seen.value_millionths.map(|value| value as f64 / MILLION);
        let unit = meeting_words::unit(definition);
        let mut changes = Vec::new();
        for one in all.iter().filter(|one| one.known_from > opened.seen.at) {
            see(&mut seen, definition, one, part);
            let now = seen.value_millionths.map(|value| value as f64 / MILLION);
            if let (Some(before), Some(after)) = (was, now)
                && meeting_words::value(before, unit, self.namer.language)
                    != meeting_words::value(after, unit, self.namer.language)
            {
                changes.push((one.known_from, before, after));
            }
            was = now.or(was);
        }
        Ok(changes)
    }

    fn restated(&self) -> Result<Vec<ThreadEntry>> {
        let Some(definition) = self.definition() else { return Ok(Vec::new()) };
        let unit = meeting_words::unit(definition);
        let shown = |number: f64| meeting_words::value(number, unit, self.namer.language);
        let entry = |(at, was, now): (i64, f64, f64)| ThreadEntry::Restated {
            at: moment(at),
            was: shown(was),
            now: shown(now),
        };
        // A thread about the number as a whole is not about one week of it.
        if self.conversation.opened.anchor.week().is_none() {
            return Ok(Vec::new());
        }
        Ok(self.revisions()?.into_iter().map(entry).collect())
    }

    /// For a disputed split: what the milestones say, and what was said instead. Nothing where the line cannot be read any
    /// more.
    fn split(&self) -> Result<Option<SplitView>> {
        let Anchor::Split { integration, order, line } = &self.conversation.opened.anchor else {
            return Ok(None);
        };
        let disputed = match Disputed::find(self.workspace, integration, order, line) {
            Err(EngineError::NotFound { .. }) => return Ok(None),
            other => other?,
        };
        let words = self.workspace.split_words(integration, order, line)?;
        let last = words.last().filter(|word| !word.is_withdrawn());
        let offered: Vec<String> =
            flow(&disputed.found.context).into_iter().map(|(_, id)| id.to_string()).collect();
        let place = |id: &str| offered.iter().position(|known| known == id);
        let agreed = last.map(|word| AgreedSplit::of(word, &self.namer.names, place));
        let is_own =
            last.is_some_and(|word| word.said.thread.as_ref() == Some(&self.conversation.opened.thread));
        let has_changed = match last {
            Some(word) => disputed.has_changed_since(self.workspace, &word.said)?,
            None => false,
        };
        Ok(Some(SplitView {
            measured: disputed.counted_percents(),
            late_days: disputed.late_days(self.workspace)?.unwrap_or(0),
            is_missed: disputed.is_missed(),
            is_own,
            has_changed,
            may_decide: self.workspace.may_split()?,
            deciders: self.workspace.split_deciders()?.into_iter().map(|person| person.name).collect(),
            thread: last.and_then(|word| word.said.thread.as_ref()).map(ToString::to_string),
            reason: agreed.as_ref().map(|agreed| agreed.reason.clone()),
            said: agreed.as_ref().map(|agreed| agreed.said.clone()),
            overridden: agreed.map(|agreed| agreed.shares),
            offered,
        }))
    }

    /// The outcomes that whoever reads may close it with. An agreed split is changed and taken back only by those who
    /// may; what is no miss any more is not split.
    fn outcomes(&self, split: Option<&SplitView>) -> Vec<String> {
        let mut all = outcomes(&self.conversation.opened.anchor);
        if matches!(self.conversation.opened.anchor, Anchor::Split { .. }) {
            let may = split.is_some_and(|split| split.may_decide);
            all.retain(|outcome| {
                (*outcome != "split_overridden" || may && split.is_some_and(|split| split.is_missed))
                    && (may || split.is_none_or(|split| !split.is_own))
            });
        }
        all.into_iter().map(str::to_owned).collect()
    }

    fn corrections(&self) -> Result<Vec<CorrectionChoice>> {
        let anchor = &self.conversation.opened.anchor;
        let Some(integration) = anchor.integration() else { return Ok(Vec::new()) };
        let all = self.workspace.view(|view| view.corrections(integration))?;
        let is_of = |record: &plaza_domain::event::WrongRecord| match anchor {
            Anchor::Order { order, .. } | Anchor::Split { order, .. } | Anchor::Record { order, .. } => {
                record.order == *order
            }
            _ => true,
        };
        Ok(all
            .into_iter()
            .filter(|one| one.asked.records.iter().any(is_of))
            .map(|one| CorrectionChoice {
                correction: one.asked.correction.to_string(),
                text: one.asked.text.clone(),
                standing: Standing::of(&one).word().to_owned(),
            })
            .collect())
    }
}
