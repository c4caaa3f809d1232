//! The sample company's weekly meetings: prepared, held and written down with the commands that anybody uses.

use plaza_domain::day::Day;
use plaza_domain::event::{Attendance, Closing, CommitmentAnswer, ItemId, MeetingId, NeedAnswer};
use plaza_domain::language::Language;
use plaza_domain::meeting::{Section, Subject, meeting_of};

use super::chance::Chance;
use super::create::People;
use super::saying::{
    COMMITMENTS, DECISIONS, NEEDS, ROUND, Said, Spoken, lesson, moved_because, not_kept_because, note_on,
    opening, standing,
};
use super::words::pick;
use crate::clock::SetClock;
use crate::error::Result;
use crate::page::meeting::{AgendaView, CommitmentForm, DecisionForm, MeetingForm, NeedForm};
use crate::workspace::Workspace;

/// Who attends: the heads of the departments, and whoever answers for the exports.
const ATTENDEES: [&str; 6] =
    ["Clara Winter", "Jonas Bergmann", "Ines Moreno", "Henrik Aas", "Aylin Demir", "Wolfgang Peters"];

/// Who facilitates in turn.
const FACILITATORS: [&str; 4] = ["Clara Winter", "Jonas Bergmann", "Ines Moreno", "Henrik Aas"];

/// When it begins, and how long it takes.
const TIME: &str = "09:30";
const MINUTES: u32 = 60;

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

/// The week in which the meetings began, weeks ago.
pub(super) const SINCE: i32 = 52;

/// A meeting that was moved to the day after, and one that was cancelled, weeks ago.
const MOVED: i32 = 27;
const CANCELLED: i32 = 15;

/// The day of the week on which the company meets, 0 Monday: the next working day from where somebody looks at it, so
/// that the next meeting is always still to come, and soon.
pub(super) const fn weekday(today: Day) -> u8 {
    match today.weekday() {
        day @ 0..=3 => day + 1,
        _ => 0,
    }
}

/// Sets the weekly meeting up, in its first week.
pub(super) fn set_up(workspace: &Workspace, people: &People, weekday: u8, language: Language) -> Result<()> {
    let ids = |names: &[&str]| -> Vec<String> {
        names.iter().filter_map(|name| people.get(name)).map(ToString::to_string).collect()
    };
    workspace.set_meeting(&MeetingForm {
        weekday,
        time: TIME.to_owned(),
        minutes: MINUTES,
        place: pick(language, ["Room Aurora", "Raum Aurora", "Sala Aurora"]).to_owned(),
        link: String::new(),
        attendees: ids(&ATTENDEES),
        facilitators: ids(&FACILITATORS),
        standing: vec![standing(language)],
    })
}

/// The meeting of one week while it is held.
pub(super) struct Week<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) people: &'a People,
    pub(super) clock: &'a SetClock,
    pub(super) language: Language,
    /// The week's Monday.
    pub(super) monday: Day,
    pub(super) weeks_ago: i32,
    pub(super) chance: Chance,
}

impl Week<'_> {
    /// Holds it: from the frozen agenda to the minutes.
    pub(super) fn hold(&self) -> Result<()> {
        let meeting = meeting_of(self.monday.week());
        self.chance.turn_to(self.weeks_ago, 0, 77);
        // The facilitator looks at it an hour and a half before; time never goes back.
        self.clock.set(self.clock_ms().max(self.begins_at(&meeting)? - 90 * MINUTE_MS));
        let facilitator = AgendaView::read(self.workspace, &meeting, self.language)?.facilitator;
        let facilitator = facilitator.map(plaza_domain::person::PersonId);
        self.workspace.act_for(facilitator);
        if self.weeks_ago == CANCELLED {
            let reason = pick(
                self.language,
                ["Everybody is at the trade fair.", "Alle sind auf der Messe.", "Todos están en la feria."],
            );
            return self.workspace.cancel_meeting(&meeting, reason);
        }
        if self.weeks_ago == MOVED {
            let day = self.workspace.meeting(&meeting)?.occurrence.day.plus(1);
            let reason = pick(self.language, ["Fire drill.", "Brandschutzübung.", "Simulacro de incendio."]);
            self.workspace.move_meeting(&meeting, &day.to_string(), "10:00", MINUTES, reason)?;
        }
        self.answer_commitments()?;
        self.workspace.freeze_agenda(&meeting)?;
        let begins_at = self.clock_ms().max(self.begins_at(&meeting)?);
        self.clock.set(begins_at);
        self.workspace.begin_meeting(&meeting)?;
        self.attendance(&meeting)?;
        self.items(&meeting, begins_at)?;
        self.round(&meeting)?;
        self.clock.set(self.clock_ms() + 2 * MINUTE_MS);
        self.workspace.end_meeting(&meeting)?;
        if let Some(text) = opening(self.weeks_ago, self.language) {
            self.workspace.edit_minutes(&meeting, None, text)?;
        }
        self.clock.set(self.clock_ms() + 45 * MINUTE_MS);
        self.workspace.send_minutes(&meeting, self.language)?;
        Ok(())
    }

    fn begins_at(&self, meeting: &MeetingId) -> Result<i64> {
        let when = self.workspace.meeting(meeting)?.occurrence;
        let zone = self.workspace.settings()?.time_zone;
        Ok(zone.moment_of(when.day, when.minute_of_day).unwrap_or_else(|| self.clock_ms()))
    }

    fn clock_ms(&self) -> i64 {
        self.workspace.now_ms()
    }

    fn person(&self, name: &str) -> Option<String> {
        self.people.get(name).map(ToString::to_string)
    }

    fn attendance(&self, meeting: &MeetingId) -> Result<()> {
        let today = self.workspace.today()?;
        for name in ATTENDEES {
            let Some(id) = self.people.get(name) else { continue };
            let known = self.workspace.view(|view| view.person(id))?;
            if known.is_none_or(|person| person.has_left(today)) {
                continue;
            }
            let attendance = if self.chance.happens(90) { Attendance::Excused } else { Attendance::Present };
            self.workspace.note_attendance(meeting, &id.0, Some(attendance))?;
        }
        Ok(())
    }

    /// Goes through the agenda while there is time; what is left carries over.
    fn items(&self, meeting: &MeetingId, begins_at: i64) -> Result<()> {
        let agenda = AgendaView::read(self.workspace, meeting, self.language)?;
        let end = begins_at + i64::from(MINUTES) * MINUTE_MS;
        let mut said = self.spoken();
        for item in &agenda.items {
            let id = ItemId(item.item.clone());
            let is_round = matches!(item.subject, Subject::Round);
            if !is_round && self.clock_ms() > end - 8 * MINUTE_MS {
                continue;
            }
            self.workspace.enter_item(meeting, &id)?;
            let minutes = i64::from(item.minutes) + i64::from(self.chance.between(-1, 1));
            self.clock.set(self.clock_ms() + minutes.max(1) * MINUTE_MS);
            if is_round {
                continue;
            }
            if matches!(item.section, Section::See | Section::Wins)
                && let Some(text) = note_on(&item.subject, self.weeks_ago, self.language)
            {
                self.workspace.write_note(meeting, Some(id.clone()), None, text)?;
            }
            let mut is_decided = false;
            if item.section >= Section::See {
                for one in std::mem::take(&mut said) {
                    self.write_down(meeting, &id, &one)?;
                    is_decided = true;
                }
            }
            let closing = if is_decided { Closing::Done } else { Closing::Understood };
            self.workspace.close_item(meeting, &id, Some(closing))?;
        }
        // What was said when nothing on the agenda asked for it belongs to the meeting all the same.
        for one in said {
            self.write_down(meeting, &ItemId("round".into()), &one)?;
        }
        Ok(())
    }

    /// What people decide, ask and promise in this week.
    fn spoken(&self) -> Vec<Spoken> {
        let of = |weeks_ago: i32| weeks_ago == self.weeks_ago;
        let decisions = DECISIONS.iter().filter(|one| of(one.weeks_ago)).map(Spoken::Decision);
        let needs = NEEDS.iter().filter(|one| of(one.weeks_ago)).map(Spoken::Need);
        let commitments = COMMITMENTS.iter().filter(|one| of(one.weeks_ago)).map(Spoken::Commitment);
        decisions.chain(needs).chain(commitments).collect()
    }

    fn write_down(&self, meeting: &MeetingId, item: &ItemId, one: &Spoken) -> Result<()> {
        let language = self.language;
        let (meeting, item) = (Some(meeting.to_string()), Some(item.to_string()));
        let day = |days: i32| self.monday.plus(days).to_string();
        match one {
            Spoken::Decision(one) => {
                let by = one.expected.map(|(_, _, _, weeks)| self.monday.week().plus(weeks).to_string());
                self.workspace.take_decision(&DecisionForm {
                    decision: None,
                    meeting,
                    item,
                    text: pick(language, one.text).to_owned(),
                    owner: self.person(one.owner),
                    kpi: one.expected.map(|(kpi, ..)| kpi.to_owned()),
                    department: one.expected.and_then(|(_, part, ..)| part).map(str::to_owned),
                    size: one.expected.map(|(_, _, size, _)| size),
                    by,
                })?;
            }
            Spoken::Need(one) => {
                let need = self.workspace.ask_need(&NeedForm {
                    need: None,
                    meeting,
                    item,
                    from: one.from.to_owned(),
                    to: one.to.to_owned(),
                    text: pick(language, one.text).to_owned(),
                    by: day(one.days),
                })?;
                let answer = match one.answer {
                    Said::Yes => Some(NeedAnswer::Accepted),
                    Said::No(reason) => {
                        Some(NeedAnswer::Declined { reason: pick(language, reason).to_owned() })
                    }
                    Said::Instead(text, days) => Some(NeedAnswer::Countered {
                        text: pick(language, text).to_owned(),
                        by: self.monday.plus(days),
                    }),
                    Said::Nothing => None,
                };
                if let Some(answer) = answer {
                    self.workspace.answer_need(&need, answer)?;
                }
            }
            Spoken::Commitment(one) => {
                let Some(who) = self.person(one.who) else { return Ok(()) };
                self.workspace.make_commitment(&CommitmentForm {
                    commitment: None,
                    meeting,
                    item,
                    need: None,
                    who,
                    text: pick(language, one.text).to_owned(),
                    due: day(one.days),
                })?;
            }
        }
        Ok(())
    }

    /// Before the meeting people say what became of what is due: most of it was kept.
    fn answer_commitments(&self) -> Result<()> {
        let today = self.workspace.today()?;
        for one in self.workspace.commitments()? {
            if !one.is_open() || one.due() > today.plus(1) {
                continue;
            }
            let is_last = self.weeks_ago == 0;
            let answer = match self.chance.below(10) {
                // On the morning of the last meeting not everybody has answered yet.
                0..=3 if is_last => continue,
                0 => CommitmentAnswer::NotKept { reason: not_kept_because(self.language).to_owned() },
                1 if one.answers.is_empty() => CommitmentAnswer::Moved {
                    to: today.plus(7),
                    reason: moved_because(self.language).to_owned(),
                },
                _ => CommitmentAnswer::Kept,
            };
            let id = one.made.commitment.clone();
            self.workspace.act_for(Some(one.made.who.clone()));
            self.workspace.answer_commitment(&id, answer)?;
        }
        for need in self.workspace.needs()? {
            let is_due = need.is_open() && !need.answers.is_empty() && need.by() <= today;
            if is_due && self.chance.happens(850) {
                self.workspace.answer_need(&need.asked.need, NeedAnswer::Met)?;
            }
        }
        let meeting = meeting_of(self.monday.week());
        let facilitator = AgendaView::read(self.workspace, &meeting, self.language)?.facilitator;
        self.workspace.act_for(facilitator.map(plaza_domain::person::PersonId));
        Ok(())
    }

    /// The closing round: meetings got better over the year.
    fn round(&self, meeting: &MeetingId) -> Result<()> {
        let run = self.workspace.meeting(meeting)?.record;
        let grown = (SINCE - self.weeks_ago) / 20;
        for name in ATTENDEES {
            let Some(id) = self.people.get(name) else { continue };
            if run.attendance.get(id) != Some(&Attendance::Present) {
                continue;
            }
            let rating = u8::try_from((6 + grown + self.chance.between(-1, 1)).clamp(3, 10)).ok();
            let word = ROUND.get(self.chance.below(ROUND.len() as u32) as usize);
            let word =
                word.filter(|_| self.chance.happens(600)).map_or("", |word| pick(self.language, *word));
            self.workspace.say_in_round(meeting, &id.0, rating, word)?;
        }
        if let Some(text) = lesson(self.weeks_ago, self.language) {
            self.workspace.write_note(meeting, None, None, text)?;
        }
        Ok(())
    }
}
