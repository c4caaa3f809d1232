//! What rotations bring to a meeting: who visits whom in its week, and what people brought home lately.

use plaza_domain::day::Week;
use plaza_domain::meeting::{Reason, Subject};
use plaza_domain::rotation::Visit;

use crate::error::Result;
use crate::rotation::{asked_for_agenda, waits_for_agenda};
use crate::workspace::Workspace;

/// Days after which a debrief that no meeting has reached is left to be read.
const DEBRIEF_DAYS: i32 = 28;

/// What there is to talk about: the item's subject and reason, when it became known, and when something was last said of it
/// (milliseconds since 1970 UTC).
pub(super) struct Brought {
    pub(super) subject: Subject,
    pub(super) reason: Reason,
    pub(super) since_ms: i64,
    pub(super) last_ms: i64,
}

impl Workspace {
    /// The visits that touch a week, the earliest first.
    pub(crate) fn visits_in(&self, week: Week) -> Result<Vec<Visit>> {
        let mut found: Vec<Visit> = Vec::new();
        for rotation in self.known_rotations()?.iter() {
            let planned = rotation.planned().into_iter();
            let touching = planned
                .filter(|visit| visit.placed.from <= week.sunday() && week.monday() <= visit.placed.until);
            found.extend(touching.cloned());
        }
        found.sort_by(|a, b| {
            let (one, other) = (&a.placed, &b.placed);
            (one.from, &one.placement).cmp(&(other.from, &other.placement))
        });
        Ok(found)
    }

    /// Debriefs of the last weeks, each for itself; and who visits whom in the week of the meeting.
    pub(super) fn brought(&self, week: Week) -> Result<Vec<Brought>> {
        let zone = self.settings()?.time_zone;
        let oldest = zone.start_of(self.today()?.plus(-DEBRIEF_DAYS));
        let mut found = Vec::new();
        let visits = self.visits_in(week)?;
        if let Some(last_ms) = visits.iter().map(|visit| visit.told_at.wall_ms).max() {
            let count = u32::try_from(visits.len()).unwrap_or(u32::MAX);
            let reason = Reason::VisitsPlanned { visits: count };
            found.push(Brought { subject: Subject::Visits { week }, reason, since_ms: last_ms, last_ms });
        }
        let mut last_meeting = None;
        for rotation in self.known_rotations()?.iter() {
            for visit in rotation.planned() {
                let Some(debrief) = &visit.debrief else { continue };
                let said = visit.answers.iter().map(|answer| answer.at.wall_ms).max();
                let asked = asked_for_agenda(visit);
                let last_ms = said.into_iter().chain(asked).fold(debrief.at.wall_ms, i64::max);
                if last_ms >= oldest {
                    // Every meeting is read for it: once, and only where somebody put a debrief onto an agenda.
                    if asked.is_some() && last_meeting.is_none() {
                        last_meeting = Some(self.last_meeting()?);
                    }
                    let waits = waits_for_agenda(visit, last_meeting.flatten());
                    let reason = if waits { Reason::TalkProposed } else { Reason::DebriefWritten };
                    let subject = Subject::Debrief {
                        rotation: rotation.program.what.rotation.clone(),
                        placement: visit.placed.placement.clone(),
                    };
                    let since_ms = debrief.at.wall_ms;
                    found.push(Brought { subject, reason, since_ms, last_ms });
                }
            }
        }
        Ok(found)
    }
}
