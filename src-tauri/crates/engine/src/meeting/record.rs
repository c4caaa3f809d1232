//! One meeting, from everything that was said of it.

use std::collections::BTreeMap;

use plaza_domain::event::{
    AgendaFrozen, Attendance, Closing, ItemChange, ItemId, MeetingId, MeetingMoved, MinutesSent, NoteId,
    NoteWritten, Payload, RoundSaid,
};
use plaza_domain::person::PersonId;
use plaza_store::view::{Act, Said};

/// Where a meeting's time was moved to, or that it is not held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Placed {
    /// At another time.
    Moved(MeetingMoved),
    /// Not at all, and why.
    Cancelled(String),
}

/// Something that moves the clock of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Tick {
    Begin,
    Enter(ItemId),
    Pause,
    Resume,
    End,
}

/// Who facilitates, where somebody chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub person: PersonId,
    pub reason: String,
}

/// One meeting.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    pub placed: Option<Placed>,
    pub chosen: Option<Chosen>,
    /// What changed of each item, field by field the last word, with when it was first spoken of.
    pub changes: BTreeMap<ItemId, (ItemChange, i64)>,
    /// The agenda as it was frozen last; nothing where it was released since.
    pub frozen: Option<(AgendaFrozen, Act)>,
    pub began_at: Option<i64>,
    /// Who facilitated it.
    pub facilitator: Option<PersonId>,
    pub ended_at: Option<i64>,
    ticks: Vec<(i64, Tick)>,
    pub extended: BTreeMap<ItemId, u32>,
    pub closings: BTreeMap<ItemId, Closing>,
    pub attendance: BTreeMap<PersonId, Attendance>,
    pub notes: Vec<(NoteWritten, Act)>,
    pub round: BTreeMap<PersonId, RoundSaid>,
    /// The minutes' own words: above all (`None`) and under items.
    pub words: BTreeMap<Option<ItemId>, String>,
    pub sent: Vec<(MinutesSent, Act)>,
    /// When something was last said of it, milliseconds since 1970 UTC.
    pub last_at: Option<i64>,
}

/// How the time of a meeting went, milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Course {
    /// In all, pauses left out.
    pub elapsed: i64,
    /// Each item's time on the screen, pauses left out.
    pub spent: BTreeMap<ItemId, i64>,
    /// The item on the screen.
    pub current: Option<ItemId>,
    /// Since when it stands still.
    pub paused_since: Option<i64>,
}

impl Record {
    /// Hears everything that was said of a meeting, in its order.
    pub(crate) fn of(all: Vec<Said>) -> Self {
        let mut record = Self::default();
        for said in all {
            record.hear(said);
        }
        record
    }

    fn hear(&mut self, Said { payload, act }: Said) {
        let at = act.at.wall_ms;
        // Sending the minutes, and words in them, are said about the meeting, not in it.
        if !matches!(payload, Payload::MinutesSent(_)) {
            self.last_at = Some(at);
        }
        match payload {
            Payload::MeetingMoved(moved) => self.placed = Some(Placed::Moved(moved)),
            Payload::MeetingCancelled { reason, .. } => self.placed = Some(Placed::Cancelled(reason)),
            Payload::MeetingRestored { .. } => self.placed = None,
            Payload::FacilitatorChosen(chosen) => {
                self.chosen = Some(Chosen { person: chosen.person, reason: chosen.reason });
            }
            Payload::AgendaItemSet(set) => {
                let known = self.changes.entry(set.item).or_insert_with(|| (ItemChange::default(), at));
                merge(&mut known.0, set.change);
            }
            Payload::AgendaFrozen(frozen) => self.frozen = Some((frozen, act)),
            Payload::AgendaReleased { .. } => self.frozen = None,
            Payload::MeetingBegun { facilitator, .. } => {
                self.began_at.get_or_insert(at);
                self.facilitator = facilitator.or_else(|| self.facilitator.take());
                self.ended_at = None;
                self.ticks.push((at, Tick::Begin));
            }
            Payload::ItemEntered { item, .. } => self.ticks.push((at, Tick::Enter(item))),
            Payload::ItemExtended { item, minutes, .. } => {
                let known = self.extended.entry(item).or_default();
                *known = known.saturating_add(minutes);
            }
            Payload::ItemClosed { item, closing, .. } => {
                match closing {
                    Some(closing) => self.closings.insert(item, closing),
                    None => self.closings.remove(&item),
                };
            }
            Payload::MeetingPaused { .. } => self.ticks.push((at, Tick::Pause)),
            Payload::MeetingResumed { .. } => self.ticks.push((at, Tick::Resume)),
            Payload::AttendanceNoted { person, attendance, .. } => {
                match attendance {
                    Some(attendance) => self.attendance.insert(person, attendance),
                    None => self.attendance.remove(&person),
                };
            }
            Payload::NoteWritten(written) => self.note(written, act),
            Payload::RoundSaid(said) => {
                self.round.insert(said.person.clone(), said);
            }
            Payload::MeetingEnded { .. } => {
                self.ended_at = Some(at);
                self.ticks.push((at, Tick::End));
            }
            Payload::MinutesEdited(edited) => {
                self.words.insert(edited.item, edited.text);
            }
            Payload::MinutesSent(sent) => self.sent.push((sent, act)),
            _ => {}
        }
    }

    /// A note keeps its place when its words change; without words it is gone.
    fn note(&mut self, written: NoteWritten, act: Act) {
        let place = self.notes.iter().position(|(known, _)| known.note == written.note);
        match place {
            Some(place) if written.text.is_empty() => drop(self.notes.remove(place)),
            Some(place) => {
                if let Some(known) = self.notes.get_mut(place) {
                    known.0 = written;
                }
            }
            None if written.text.is_empty() => {}
            None => self.notes.push((written, act)),
        }
    }

    /// A note by its id.
    pub(crate) fn note_of(&self, note: &NoteId) -> Option<&NoteWritten> {
        self.notes.iter().map(|(written, _)| written).find(|written| written.note == *note)
    }

    /// Whether it is under way.
    pub(crate) const fn is_running(&self) -> bool {
        self.began_at.is_some() && self.ended_at.is_none()
    }

    /// How its time went until a moment, milliseconds since 1970 UTC. After a crash the clock goes on from the last word:
    /// nobody knows whether people went on talking, and time that is shown too long can be seen, time that is missing not.
    pub(crate) fn course(&self, now_ms: i64) -> Course {
        let mut course = Course::default();
        let mut is_going = false;
        let mut since = 0;
        for (at, tick) in self.ticks.iter().map(|(at, tick)| (*at, Some(tick))).chain([(now_ms, None)]) {
            if is_going {
                let passed = (at - since).max(0);
                course.elapsed += passed;
                if let Some(current) = &course.current {
                    *course.spent.entry(current.clone()).or_default() += passed;
                }
            }
            since = at;
            match tick {
                Some(Tick::Begin | Tick::Resume) => {
                    is_going = true;
                    course.paused_since = None;
                }
                Some(Tick::Pause) => {
                    is_going = false;
                    course.paused_since = Some(at);
                }
                Some(Tick::End) => {
                    is_going = false;
                    course.paused_since = None;
                }
                Some(Tick::Enter(item)) => course.current = Some(item.clone()),
                None => {}
            }
        }
        course
    }

    /// Whether an item was on the screen or was closed, and not put off to the next meeting.
    pub(crate) fn was_taken_up(&self, item: &ItemId) -> bool {
        match self.closings.get(item) {
            Some(closing) => *closing != Closing::NextTime,
            None => {
                self.ticks.iter().any(|(_, tick)| matches!(tick, Tick::Enter(entered) if entered == item))
            }
        }
    }

    /// Whether an item was talked through, so that it is not carried over.
    pub(crate) fn is_through(&self, item: &ItemId) -> bool {
        self.closings.get(item).is_some_and(|closing| *closing != Closing::NextTime)
    }
}

fn merge(known: &mut ItemChange, change: ItemChange) {
    fn set<T>(known: &mut Option<T>, new: Option<T>) {
        if new.is_some() {
            *known = new;
        }
    }
    set(&mut known.title, change.title);
    set(&mut known.section, change.section);
    set(&mut known.rank, change.rank);
    set(&mut known.minutes, change.minutes);
    set(&mut known.person, change.person);
    set(&mut known.note, change.note);
    set(&mut known.dropped, change.dropped);
    // The last word on the choice counts; taking it back also takes back what the item itself was added with.
    if change.is_chosen.is_some() || change.is_unchosen {
        known.is_chosen = change.is_chosen;
        known.is_unchosen = change.is_chosen.is_none();
    }
}

/// The week of a meeting, or that it is not one.
pub(crate) fn week_of(meeting: &MeetingId) -> crate::error::Result<plaza_domain::day::Week> {
    plaza_domain::meeting::week_of(meeting).ok_or_else(|| crate::error::EngineError::NotFound {
        noun: "meeting",
        name: meeting.as_str().chars().take(40).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use plaza_domain::event::{DeviceId, EventHash, Stamp};

    fn said(second: i64, payload: Payload) -> Said {
        let act = Act {
            person: None,
            on_behalf: false,
            device: DeviceId([0; 32]),
            at: Stamp { wall_ms: second * 1_000, counter: 0 },
            hash: EventHash::default(),
        };
        Said { payload, act }
    }

    fn enter(item: &str) -> Payload {
        Payload::ItemEntered { meeting: "2026-W10".into(), item: item.into() }
    }

    #[test]
    fn the_clock_leaves_pauses_out_and_stops_at_the_end() {
        let meeting: MeetingId = "2026-W10".into();
        let record = Record::of(vec![
            said(0, Payload::MeetingBegun { meeting: meeting.clone(), facilitator: None }),
            said(10, enter("a")),
            said(70, Payload::MeetingPaused { meeting: meeting.clone() }),
            said(100, Payload::MeetingResumed { meeting: meeting.clone() }),
            said(130, enter("b")),
            said(150, Payload::MeetingEnded { meeting }),
        ]);
        let course = record.course(1_000_000);
        assert_eq!(course.elapsed, 120_000);
        assert_eq!(course.spent, [("a".into(), 90_000), ("b".into(), 20_000)].into());
        assert_eq!(course.paused_since, None);
    }

    #[test]
    fn an_item_that_is_for_the_next_time_is_not_through() {
        let close = |closing| Payload::ItemClosed { meeting: "2026-W10".into(), item: "a".into(), closing };
        let mut all = vec![said(1, close(Some(Closing::Understood)))];
        assert!(Record::of(all.clone()).is_through(&"a".into()));
        all.push(said(2, close(Some(Closing::NextTime))));
        assert!(!Record::of(all.clone()).is_through(&"a".into()));
        all.push(said(3, close(None)));
        assert!(Record::of(all).closings.is_empty());
    }

    #[test]
    fn a_note_keeps_its_place_and_is_gone_without_words() {
        let note = |second, name: &str, text: &str| {
            said(
                second,
                Payload::NoteWritten(NoteWritten {
                    meeting: "2026-W10".into(),
                    item: None,
                    note: name.into(),
                    text: text.into(),
                }),
            )
        };
        let all = vec![note(1, "a", "one"), note(2, "b", "two"), note(3, "a", "new"), note(4, "b", "")];
        let texts: Vec<String> = Record::of(all).notes.into_iter().map(|(written, _)| written.text).collect();
        assert_eq!(texts, ["new"]);
    }
}
