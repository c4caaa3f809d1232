//! What waits for one person: found in what the ledger says, by nobody's list.

use plaza_domain::department::DepartmentId;
use plaza_domain::event::NeedAnswer;
use plaza_domain::person::{Person, PersonId, Role};
use plaza_domain::reminder::{Matter, ReminderKind, SOON_MINUTES, Stage, due_stage, is_soon};
use plaza_store::view::{Inbox, ThreadPage};

use super::words;
use crate::error::Result;
use crate::meeting::words as spoken;
use crate::page::attention;
use crate::page::meeting::MeetingState;
use crate::workspace::Workspace;

/// Threads that are looked at: nobody answers more in a day.
const THREADS_MAX: u32 = 50;

const MINUTE_MS: i64 = 60_000;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub matters: Vec<Matter>,
    /// Whether a meeting is still to come today.
    pub meeting_ahead: bool,
    /// When the next meeting begins to remind, milliseconds since 1970 UTC, where that is still to come.
    pub soon_from: Option<i64>,
}

/// Finds what waits for a person.
pub(super) fn find(workspace: &Workspace, person: &PersonId, now_ms: i64) -> Result<Found> {
    let mut found = Found::default();
    let Some(me) = workspace.view(|view| view.person(person))? else { return Ok(found) };
    if me.has_left(workspace.today()?) {
        return Ok(found);
    }
    found.commitments(workspace, &me)?;
    found.needs(workspace, &me)?;
    found.threads(workspace, &me)?;
    found.attention(workspace, &me)?;
    found.visits(workspace, &me)?;
    found.meeting(workspace, &me, now_ms)?;
    Ok(found)
}

impl Found {
    pub(super) fn add(&mut self, kind: ReminderKind, id: &str, stage: Stage, text: String, address: String) {
        self.matters.push(Matter { kind, id: id.to_owned(), stage, text, address });
    }

    fn commitments(&mut self, workspace: &Workspace, me: &Person) -> Result<()> {
        let today = workspace.today()?;
        for one in workspace.commitments()? {
            if one.made.who != me.id || !one.is_open() {
                continue;
            }
            if let Some(stage) = due_stage(one.due(), today) {
                let id = one.made.commitment.as_str();
                self.add(ReminderKind::Commitment, id, stage, one.made.text.clone(), promise(id));
            }
        }
        Ok(())
    }

    /// A department is reminded by its heads; where it has none, everybody in it may answer.
    fn needs(&mut self, workspace: &Workspace, me: &Person) -> Result<()> {
        let Some(mine) = &me.department else { return Ok(()) };
        let (people, departments) = workspace.view(|view| Ok((view.people()?, view.departments()?)))?;
        let today = workspace.today()?;
        let is_head = |person: &Person| {
            person.department.as_ref() == Some(mine)
                && person.roles.contains(&Role::Head)
                && !person.has_left(today)
        };
        if !is_head(me) && people.iter().any(is_head) {
            return Ok(());
        }
        let called =
            |id: &DepartmentId| departments.iter().find(|one| one.id == *id).map(|one| one.name.clone());
        for need in workspace.needs()? {
            let (waits_for, other) = match need.answers.last().map(|(answer, _)| answer) {
                None | Some(NeedAnswer::Open) => (&need.asked.to, &need.asked.from),
                Some(NeedAnswer::Countered { .. }) => (&need.asked.from, &need.asked.to),
                Some(_) => continue,
            };
            if waits_for == mine {
                let id = need.asked.need.as_str();
                let other = called(other).unwrap_or_else(|| other.to_string());
                let text = format!("{other}: {}", need.asked.text);
                // A counter-offer is another question than the need was.
                let id_of_stage = format!("{id}-{}", need.answers.len());
                self.add(ReminderKind::Need, &id_of_stage, Stage::Waits, text, promise(id));
            }
        }
        Ok(())
    }

    /// Questions and mentions that the person has not answered, and has not muted.
    fn threads(&mut self, workspace: &Workspace, me: &Person) -> Result<()> {
        let page = ThreadPage {
            inbox: Inbox::Mine,
            person: Some(&me.id.0),
            limit: THREADS_MAX,
            ..ThreadPage::default()
        };
        let rows = workspace.view(|view| {
            let rows = view.threads(&page)?;
            let mut asked = Vec::new();
            for row in rows {
                if view.thread_awaited(&row.thread)?.contains(&me.id) {
                    asked.push(row);
                }
            }
            Ok(asked)
        })?;
        for row in rows {
            let address = format!("/conversations/{}", row.thread);
            self.add(ReminderKind::Thread, row.thread.as_str(), Stage::Waits, row.question, address);
        }
        Ok(())
    }

    fn attention(&mut self, workspace: &Workspace, me: &Person) -> Result<()> {
        let language = workspace.settings()?.language;
        for open in workspace.attention()? {
            let raised = open.raised;
            if raised.person.as_ref() != Some(&me.id) {
                continue;
            }
            let called = workspace.integration_name(raised.integration.as_str()).unwrap_or_default();
            let text = spoken::attention(raised.kind, &called, language);
            let address = attention::address(raised.kind, &raised.integration);
            self.add(ReminderKind::Attention, raised.attention.as_str(), Stage::Waits, text, address);
        }
        Ok(())
    }

    /// The meeting that is about to begin. One that was moved may stand in the week before or after its own.
    fn meeting(&mut self, workspace: &Workspace, me: &Person, now_ms: i64) -> Result<()> {
        let plan = workspace.meeting_plan()?;
        let Some(set) = plan.current() else { return Ok(()) };
        if !set.attendees.is_empty() && !set.attendees.contains(&me.id) {
            return Ok(());
        }
        let settings = workspace.settings()?;
        let (zone, today) = (settings.time_zone, workspace.today()?);
        for week in -1..=1 {
            let Some(meeting) = workspace.meeting_in(&plan, today.week().plus(week))? else { continue };
            let is_to_come = matches!(meeting.state, MeetingState::Drafting | MeetingState::Frozen);
            let begins = zone.moment_of(meeting.occurrence.day, meeting.occurrence.minute_of_day);
            let Some(begins) = begins.filter(|begins| is_to_come && *begins > now_ms) else { continue };
            self.meeting_ahead |= zone.day_at(begins) == today;
            if !is_soon(begins, now_ms) {
                let from = begins - SOON_MINUTES * MINUTE_MS;
                self.soon_from = self.soon_from.into_iter().chain([from]).min();
                continue;
            }
            let agenda = workspace.agenda(&plan, &meeting)?.agenda;
            let text = words::agenda(meeting.occurrence.minute_of_day, agenda.items.len(), settings.language);
            let address = format!("/meeting/{}", meeting.id);
            self.add(ReminderKind::Meeting, meeting.id.as_str(), Stage::Soon, text, address);
        }
        Ok(())
    }
}

/// Where a promise stands on its page.
fn promise(id: &str) -> String {
    format!("/meeting/promises?of={id}")
}
