//! What there is to talk about: found in what happened since the last meeting, and in what is still open.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::day::{Calendar, Day, Week};
use plaza_domain::event::{
    AttentionKind, AttentionRaised, CommitmentAnswer, IntegrationId, ItemId, KpiDefinition, KpiId,
    NeedAnswer, SignalFound, SignalId, Way,
};
use plaza_domain::kpi::retirement::{UNDISCUSSED_WEEKS, asked_again};
use plaza_domain::meeting::{AgendaItem, Reason, Section, Subject};
use plaza_domain::thread::{UNANSWERED_DAYS, UNTAKEN_WORKING_DAYS};
use plaza_store::view::{Inbox, Signal, ThreadPage, ThreadRow};

use super::agenda::LeftOver;
use super::set::Meeting;
use crate::attention::bundles;
use crate::error::Result;
use crate::page::restated::restatements;
use crate::page::series::Series;
use crate::page::signals::Lately;
use crate::workspace::Workspace;

/// Days that are looked back on where there was no meeting yet.
const DAYS_BACK: i32 = 14;

/// A signal whose last point is older than this many weeks is history, whoever saw it.
const SIGNAL_WEEKS: i32 = 5;

/// Open threads that are looked at: more than any meeting could name.
const THREADS_MAX: u32 = 200;

const DAY_MS: i64 = 86_400_000;
const MILLION: f64 = 1_000_000.0;

/// What an item about a matter is about.
fn subject_of(raised: &AttentionRaised) -> Subject {
    Subject::Attention {
        attention: raised.attention.clone(),
        kind: raised.kind,
        integration: raised.integration.clone(),
        kpi: raised.kpi.clone(),
    }
}

/// What the finding goes by.
struct Look<'a> {
    workspace: &'a Workspace,
    meeting: &'a Meeting,
    /// When the last meeting began, milliseconds since 1970 UTC; the beginning of what is news.
    since_ms: i64,
    since: Day,
    today: Day,
    left: &'a LeftOver,
    /// Signals that suggest a win, and those of which a win stands.
    suggested: BTreeSet<SignalId>,
    won: BTreeSet<SignalId>,
    found: Vec<AgendaItem>,
}

impl Workspace {
    /// Everything that could be talked about in a meeting.
    pub(super) fn find_items(&self, meeting: &Meeting) -> Result<Vec<AgendaItem>> {
        let mut before = self.held_meetings()?;
        before.retain(|(week, record)| *week != meeting.week && record.ended_at.is_some());
        let left = Self::left_over(&before);
        let zone = self.settings()?.time_zone;
        let today = self.today()?;
        let last = before.last().and_then(|(_, record)| record.began_at);
        let since_ms = last.unwrap_or_else(|| zone.start_of(today.plus(-DAYS_BACK)));
        let mut look = Look {
            workspace: self,
            meeting,
            since_ms,
            since: zone.day_at(since_ms),
            today,
            left: &left,
            suggested: self.win_suggestions()?.into_iter().map(|one| one.found.signal).collect(),
            won: BTreeSet::new(),
            found: Vec::new(),
        };
        look.wins()?;
        look.charts()?;
        look.effects()?;
        look.threads()?;
        look.attention()?;
        look.promises()?;
        look.retirements()?;
        look.rotations()?;
        look.own()?;
        let mut found = look.found;
        for item in &mut found {
            item.carried = left.carried.get(&item.item).copied().unwrap_or(0);
        }
        Ok(found)
    }
}

impl Look<'_> {
    fn add(&mut self, section: Section, subject: Subject, reason: Reason, since: Day) {
        self.found.push(AgendaItem::found(section, subject, reason, since));
    }

    fn day(&self, ms: i64) -> Result<Day> {
        Ok(self.workspace.settings()?.time_zone.day_at(ms))
    }

    /// Whether it was talked through in an earlier meeting, and nothing was said of it since.
    fn is_through(&self, item: &ItemId, last_ms: i64) -> bool {
        self.left.through.get(item).is_some_and(|at| last_ms <= *at + DAY_MS)
    }

    /// Signals and restatements of the active KPIs.
    fn charts(&mut self) -> Result<()> {
        let zone = self.workspace.settings()?.time_zone;
        // What became known on the day of the last meeting itself may have come after it.
        let lately = Lately { since: self.since, zone };
        let (definitions, signals) = self.workspace.view(|view| Ok((view.kpis()?, view.signals(None)?)))?;
        for definition in definitions.into_iter().filter(|definition| definition.active) {
            let series = Series::read(self.workspace, definition, None)?;
            for one in restatements(self.workspace, &series, &lately)? {
                let subject = Subject::Restatement {
                    kpi: series.definition.kpi.clone(),
                    week: one.week,
                    was: one.was_revision,
                    revision: one.revision,
                };
                if self.left.through.contains_key(&subject.item()) {
                    continue;
                }
                let millionths = |value: f64| (value * MILLION).round() as i64;
                let reason = Reason::Restated {
                    was_millionths: millionths(one.was),
                    now_millionths: millionths(one.now),
                    on: one.day,
                };
                self.add(Section::See, subject, reason, one.day);
            }
            if let Some(last) = series.observations.last().map(|one| one.week) {
                let mine: Vec<&Signal> =
                    signals.iter().filter(|signal| signal.found.kpi == series.definition.kpi).collect();
                self.signals(&series.definition, &mine, last)?;
            }
        }
        Ok(())
    }

    /// At most one signal of each chart: the one that was seen last. What a part's chart shows is told with the change of
    /// the whole that it moved with.
    fn signals(&mut self, definition: &KpiDefinition, signals: &[&Signal], last: Week) -> Result<()> {
        let mut fresh: BTreeMap<_, &Signal> = BTreeMap::new();
        for signal in signals {
            let until = signal.found.weeks.last().copied();
            let is_fresh = until.is_some_and(|until| until >= last.plus(-SIGNAL_WEEKS));
            if signal.lapsed_by.is_some() || !is_fresh {
                continue;
            }
            let known = fresh.entry(signal.found.part.clone()).or_insert(signal);
            let rank = |signal: &Signal| (signal.found.weeks.last().copied(), signal.found_at);
            if rank(signal) > rank(known) {
                *known = signal;
            }
        }
        if fresh.contains_key(&None) {
            fresh.retain(|part, _| part.is_none());
        }
        for signal in fresh.into_values() {
            self.signal(definition, signal)?;
        }
        Ok(())
    }

    fn signal(&mut self, definition: &KpiDefinition, signal: &Signal) -> Result<()> {
        let found = &signal.found;
        let Some(week) = found.weeks.last().copied() else { return Ok(()) };
        let subject = Subject::Signal {
            kpi: found.kpi.clone(),
            signal: found.signal.clone(),
            part: found.part.clone(),
            week,
        };
        if self.left.through.contains_key(&subject.item()) {
            return Ok(());
        }
        let taken = self.workspace.view(|view| view.marked_threads(&found.kpi))?;
        let is_taken = taken.iter().any(|thread| {
            matches!(&thread.anchor, plaza_domain::event::Anchor::Signal { signal, .. } if *signal == found.signal)
        });
        let day = self.day(signal.found_at.wall_ms)?;
        let is_new = signal.found_at.wall_ms >= self.since_ms;
        // Working days, also where leads are counted in calendar days: nobody takes anything up on a Sunday.
        let settings = self.workspace.settings()?;
        let calendar = Calendar::working_days(settings.weekdays, settings.holidays.keys().copied());
        let waited = calendar.count(day, self.today);
        let (section, reason) = if improves(definition, found) {
            // Where a win was recorded for it, the win itself is on the agenda.
            if !is_new || self.won.contains(&found.signal) {
                return Ok(());
            }
            let is_suggested = self.suggested.contains(&found.signal);
            (Section::Wins, if is_suggested { Reason::WinSuggested } else { Reason::Improved })
        } else if is_taken {
            // It is being talked about: its thread says when it needs the meeting.
            return Ok(());
        } else if waited >= UNTAKEN_WORKING_DAYS {
            (Section::See, Reason::SignalUntaken { working_days: waited.unsigned_abs() })
        } else {
            (Section::See, Reason::SignalFound)
        };
        self.add(section, subject, reason, day);
        Ok(())
    }

    /// Wins that no meeting has celebrated: those of the last weeks, and those that somebody put here.
    fn wins(&mut self) -> Result<()> {
        for win in self.workspace.wins()? {
            self.won.extend(win.recorded.signal.clone());
            let recorded = self.day(win.act.at.wall_ms)?;
            let subject = Subject::Win { win: win.id.clone() };
            let through_ms = self.left.through.get(&subject.item()).copied();
            if self.workspace.comes_up(&win, through_ms)? {
                self.add(Section::Wins, subject, Reason::WinRecorded, recorded);
            }
        }
        Ok(())
    }

    /// Decisions whose effect was expected by now.
    fn effects(&mut self) -> Result<()> {
        for decision in self.workspace.decisions()? {
            let checked = match decision.effect.clone() {
                Some(checked) => Some(checked),
                None => self.workspace.effect_of(&decision)?,
            };
            let Some(checked) = checked else { continue };
            let subject = Subject::Effect { decision: decision.taken.decision.clone() };
            if !self.left.through.contains_key(&subject.item()) {
                let reason = Reason::EffectDue { answer: checked.answer };
                self.add(Section::See, subject, reason, checked.week.sunday());
            }
        }
        Ok(())
    }

    fn threads(&mut self) -> Result<()> {
        let now_ms = self.workspace.now_ms();
        let page = ThreadPage { inbox: Inbox::Open, limit: THREADS_MAX, ..ThreadPage::default() };
        for row in self.workspace.view(|view| view.threads(&page))? {
            let subject = Subject::Thread { thread: row.thread.clone() };
            if self.is_through(&subject.item(), row.last_at) && row.talk.is_none() {
                continue;
            }
            let since = self.day(row.opened_at)?;
            self.add(Section::Concerns, subject, why(&row, now_ms), since);
        }
        Ok(())
    }

    fn attention(&mut self) -> Result<()> {
        let open = self.workspace.attention()?;
        // What was talked about was everything of its kind that there was by then: what came since is news.
        let mut talked: BTreeMap<(AttentionKind, IntegrationId, Option<KpiId>), i64> = BTreeMap::new();
        for one in self.workspace.view(|view| view.attentions())? {
            if let Some(at) = self.left.through.get(&subject_of(&one.raised).item()) {
                let AttentionRaised { kind, integration, kpi, .. } = one.raised;
                let known = talked.entry((kind, integration, kpi)).or_insert(*at);
                *known = (*known).max(*at);
            }
        }
        let news = open.into_iter().filter(|one| {
            let raised = &one.raised;
            let at = talked.get(&(raised.kind, raised.integration.clone(), raised.kpi.clone()));
            at.is_none_or(|at| one.raised_at > *at)
        });
        for bundle in bundles(news.map(|one| one.raised), false) {
            let since = self.day(bundle.first.since)?;
            let more = u32::try_from(bundle.more.len()).unwrap_or(u32::MAX);
            let reason = Reason::Attention { since, more };
            self.add(Section::Concerns, subject_of(&bundle.first), reason, since);
        }
        Ok(())
    }

    fn promises(&mut self) -> Result<()> {
        let next = self.meeting.occurrence.day.plus(7);
        for one in self.workspace.commitments()? {
            let (due, subject) = (one.due(), Subject::Commitment { commitment: one.made.commitment.clone() });
            let answer = one.answers.last();
            let reason = match answer {
                Some((answer, act)) if act.at.wall_ms >= self.since_ms => match answer {
                    CommitmentAnswer::Kept => Some("kept"),
                    CommitmentAnswer::NotKept { .. } => Some("not_kept"),
                    CommitmentAnswer::Moved { .. } => Some("moved"),
                    CommitmentAnswer::Open => None,
                }
                .map(|answer| Reason::CommitmentAnswered { answer: answer.to_owned() }),
                _ => None,
            };
            let reason = match reason {
                Some(reason) => reason,
                None if !one.is_open() => continue,
                None if due < self.meeting.occurrence.day => Reason::CommitmentOverdue { due },
                None if due < next => Reason::CommitmentDue { due },
                None => continue,
            };
            self.add(Section::Commitments, subject, reason, due);
        }
        for need in self.workspace.needs()? {
            let reason = match need.answers.last().map(|(answer, _)| answer) {
                None | Some(NeedAnswer::Open) => Reason::NeedAsked,
                Some(NeedAnswer::Countered { .. }) => Reason::NeedCountered,
                Some(NeedAnswer::Accepted) if need.by() < self.meeting.occurrence.day => {
                    Reason::NeedOverdue { by: need.by() }
                }
                Some(_) => continue,
            };
            let since = self.day(need.act.at.wall_ms)?;
            self.add(Section::Needs, Subject::Need { need: need.asked.need }, reason, since);
        }
        Ok(())
    }

    /// KPIs that nobody talks about. Who talked about that and answered nothing is asked again as long after.
    fn retirements(&mut self) -> Result<()> {
        for (kpi, proposal) in self.workspace.retirements()?.proposed {
            let subject = Subject::Retirement { kpi };
            let through = self.left.through.get(&subject.item()).copied();
            if let Some(at) = through
                && asked_again(self.day(at)?) > self.today
            {
                continue;
            }
            let reason = Reason::Undiscussed { weeks: UNDISCUSSED_WEEKS, held: proposal.held };
            self.add(Section::Concerns, subject, reason, proposal.since);
        }
        Ok(())
    }

    /// Who visits whom, and what people brought home.
    fn rotations(&mut self) -> Result<()> {
        for one in self.workspace.brought(self.meeting.week)? {
            if !self.is_through(&one.subject.item(), one.last_ms) {
                let since = self.day(one.since_ms)?;
                self.add(Section::Rotations, one.subject, one.reason, since);
            }
        }
        Ok(())
    }

    /// What people wrote onto agendas that were not reached, or whose meeting was not held.
    fn own(&mut self) -> Result<()> {
        self.found.extend(self.left.own.iter().cloned());
        let unheld = self.workspace.view(|view| view.meetings(&["agenda_item_set"]))?;
        for id in unheld {
            let Some(week) = plaza_domain::meeting::week_of(&id).filter(|week| *week < self.meeting.week)
            else {
                continue;
            };
            let Some(meeting) = self.workspace.meeting_in(&self.workspace.meeting_plan()?, week)? else {
                continue;
            };
            if meeting.record.began_at.is_some() {
                continue;
            }
            for (item, (change, at)) in &meeting.record.changes {
                let is_own = item.as_str().starts_with("own-") && *at >= self.since_ms;
                let is_dropped = change.dropped.as_ref().is_some_and(|reason| !reason.is_empty());
                if let (true, false, Some(section), Some(title)) =
                    (is_own, is_dropped, change.section, &change.title)
                {
                    let since = self.day(*at)?;
                    let mut one = AgendaItem::found(section, Subject::Own, Reason::Added, since);
                    one.item = item.clone();
                    one.title.clone_from(title);
                    one.minutes = change.minutes.unwrap_or(one.minutes);
                    self.found.push(one);
                }
            }
        }
        Ok(())
    }
}

/// Whether a signal is to the better. Of a part it always is when it falls.
pub(crate) fn improves(definition: &KpiDefinition, found: &SignalFound) -> bool {
    let better = match (found.part.is_some(), definition.direction.as_str()) {
        (true, _) | (false, "lower") => "low",
        (false, "higher") => "high",
        (false, _) => return false,
    };
    found.side == better
}

/// Why an open thread is for the meeting: the strongest reason that holds.
fn why(row: &ThreadRow, now_ms: i64) -> Reason {
    if row.talk == Some(Way::Agenda) {
        return Reason::TalkProposed;
    }
    if row.is_circling {
        return Reason::InCircles { messages: row.since_met };
    }
    let waited = row.waits_since.map_or(0, |since| (now_ms - since) / DAY_MS);
    if row.cause == plaza_domain::event::ThreadCause::Dispute {
        Reason::Disputed
    } else if waited >= UNANSWERED_DAYS {
        Reason::Unanswered { days: u32::try_from(waited).unwrap_or(u32::MAX) }
    } else {
        Reason::Flagged
    }
}
