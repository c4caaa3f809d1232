//! Reads the minutes of a meeting.

use plaza_domain::event::{ItemId, MeetingId};
use plaza_domain::language::Language;
use plaza_domain::meeting::Subject;
use serde_json::json;

use super::exhibit::chart_at;
use super::meeting::{MinutesChart, MinutesView, SentMinutes};
use super::meeting_read::Reader;
use crate::error::Result;
use crate::workspace::Workspace;

/// The drawing of a chart in the minutes, pixels.
const CHART: (f64, f64) = (640.0, 180.0);

impl MinutesView {
    /// Reads the minutes of a meeting, each chart as it was when the meeting ended.
    ///
    /// # Errors
    /// [`crate::error::EngineError::NotFound`] for a meeting that there is not.
    pub fn read(workspace: &Workspace, meeting: &MeetingId, language: Language) -> Result<Self> {
        let plan = workspace.meeting_plan()?;
        let known = workspace.meeting(meeting)?;
        let reader = Reader::new(workspace, &plan)?;
        let run = reader.run(&known, language)?;
        let known_at = known.record.ended_at.or(known.record.began_at);
        let mut charts = Vec::new();
        for item in &run.agenda.items {
            let (kpi, part) = match &item.subject {
                Subject::Signal { kpi, part, .. } => (kpi.clone(), part.clone()),
                Subject::Restatement { kpi, .. } => (kpi.clone(), None),
                Subject::Effect { decision } => {
                    let decision =
                        reader.promised.decisions.iter().find(|one| one.taken.decision == *decision);
                    match decision.and_then(|one| one.taken.expected.clone()) {
                        Some(expected) => (expected.kpi, expected.part),
                        None => continue,
                    }
                }
                _ => continue,
            };
            let chart = chart_at(workspace, &kpi, part.as_ref(), known_at, CHART, language)?;
            charts.extend(chart.map(|(chart, sentence)| MinutesChart {
                item: item.item.clone(),
                chart,
                sentence,
            }));
        }
        let words = &known.record.words;
        let sent: Vec<SentMinutes> = known
            .record
            .sent
            .iter()
            .rev()
            .map(|(sent, act)| SentMinutes { version: sent.version, said: reader.names.said(act) })
            .collect();
        let mut view = Self {
            opening: words.get(&None).cloned().unwrap_or_default(),
            words: words
                .iter()
                .filter_map(|(item, text)| Some((item.as_ref()?, text)))
                .filter(|(_, text)| !text.is_empty())
                .map(|(item, text): (&ItemId, &String)| (item.to_string(), text.clone()))
                .collect(),
            run,
            charts,
            sent,
            is_changed: false,
        };
        let kept = known.record.sent.last().map(|(sent, _)| &sent.body);
        view.is_changed = kept.is_none_or(|kept| *kept != view.kept());
        Ok(view)
    }

    /// What is kept of minutes that are sent: everything that people said, and none of what can be drawn again from it.
    pub(crate) fn kept(&self) -> serde_json::Value {
        let run = &self.run;
        let items: Vec<serde_json::Value> = run
            .agenda
            .items
            .iter()
            .map(|item| {
                let closing =
                    run.course.iter().find(|one| one.item == item.item).and_then(|one| one.closing);
                let words = self.words.iter().find(|(of, _)| *of == item.item).map(|(_, words)| words);
                json!({
                    "item": item.item, "section": item.section, "title": item.title, "reason": item.reason_words,
                    "closing": closing, "words": words,
                })
            })
            .collect();
        let attendance: Vec<_> = run
            .attendance
            .iter()
            .map(|one| json!({ "person": one.person, "name": one.name, "attendance": one.attendance }))
            .collect();
        let notes: Vec<_> = run
            .notes
            .iter()
            .chain(&run.parked)
            .map(|note| json!({ "item": note.item, "text": note.text }))
            .collect();
        let decisions: Vec<_> = run
            .decisions
            .iter()
            .map(|one| {
                let expected = one.expected.as_ref().map(|expected| &expected.words);
                json!({ "item": one.item, "text": one.text, "owner": one.owner, "expected": expected })
            })
            .collect();
        let needs: Vec<_> = run
            .needs
            .iter()
            .map(|one| {
                json!({ "item": one.item, "from": one.from, "to": one.to, "text": one.text, "by": one.by })
            })
            .collect();
        let commitments: Vec<_> = run
            .commitments
            .iter()
            .map(|one| {
                let due = one.first_due.as_ref().unwrap_or(&one.due);
                json!({ "item": one.item, "who": one.who, "text": one.text, "due": due })
            })
            .collect();
        json!({
            "opening": self.opening, "items": items, "attendance": attendance, "notes": notes,
            "decisions": decisions, "needs": needs, "commitments": commitments, "round": run.round,
        })
    }
}
