//! The minutes as a paper.

use plaza_document::paper::{Block, Column, Paper, Span, Table};
use plaza_domain::day::Day;
use plaza_domain::event::Attendance;
use plaza_domain::language::Language;
use plaza_domain::meeting::Subject;
use plaza_domain::signal::words::period;

use super::plain;
use super::text::{Word, closing, not_reached};
use crate::error::Result;
use crate::meeting::words;
use crate::page::meeting::{ItemView, MinutesView};
use crate::workspace::Workspace;

/// Composes the minutes.
pub(super) fn paper(workspace: &Workspace, minutes: &MinutesView, language: Language) -> Result<Paper> {
    let run = &minutes.run;
    let line = &run.agenda.meeting;
    let settings = workspace.settings()?;
    let mut paper = Paper {
        language,
        title: Word::Minutes.of(language).to_owned(),
        subtitle: format!("{}, {}", settings.company, date(&line.day, language)),
        facts: facts(workspace, minutes, language)?,
        blocks: Vec::new(),
        footer: settings.company,
    };
    for text in minutes.opening.split("\n\n").filter(|text| !text.trim().is_empty()) {
        paper.blocks.push(Block::Text(plain(text)));
    }
    let mut section = None;
    let writer = Writer { workspace, minutes, language };
    // What was said in the closing round stands at the end.
    for item in run.agenda.items.iter().filter(|item| !matches!(item.subject, Subject::Round)) {
        if section != Some(item.section) {
            section = Some(item.section);
            let text = words::section(item.section, language).to_owned();
            paper.blocks.push(Block::Heading { level: 1, text });
        }
        writer.item(item, &mut paper.blocks)?;
    }
    writer.rest(&mut paper.blocks)?;
    Ok(paper)
}

/// A day as minutes write it.
pub(super) fn date(day: &str, language: Language) -> String {
    day.parse::<Day>().map_or_else(|_| day.to_owned(), |day| period::date(day, language))
}

fn facts(workspace: &Workspace, minutes: &MinutesView, language: Language) -> Result<Vec<(String, String)>> {
    let run = &minutes.run;
    let line = &run.agenda.meeting;
    let mut facts = vec![(Word::When, format!("{}, {}", date(&line.day, language), line.time))];
    let plan = workspace.meeting_plan()?;
    if let Some(place) = plan.current().map(|set| set.place.clone()).filter(|place| !place.is_empty()) {
        facts.push((Word::Where, place));
    }
    facts.extend(line.facilitator.clone().map(|name| (Word::Facilitator, name)));
    for (word, attendance) in [
        (Word::Present, Attendance::Present),
        (Word::Excused, Attendance::Excused),
        (Word::Absent, Attendance::Absent),
    ] {
        let who = run.attendance.iter().filter(|one| one.attendance == Some(attendance));
        let names: Vec<&str> = who.map(|one| one.name.as_str()).collect();
        if !names.is_empty() {
            facts.push((word, names.join(", ")));
        }
    }
    facts.extend(line.rating.map(|rating| (Word::Rating, format!("{} / 10", language.number(rating, 1)))));
    Ok(facts.into_iter().map(|(word, text)| (word.of(language).to_owned(), text)).collect())
}

struct Writer<'a> {
    workspace: &'a Workspace,
    minutes: &'a MinutesView,
    language: Language,
}

impl Writer<'_> {
    fn item(&self, item: &ItemView, blocks: &mut Vec<Block>) -> Result<()> {
        let language = self.language;
        let run = &self.minutes.run;
        blocks.push(Block::Heading { level: 2, text: item.title.clone() });
        blocks.push(Block::Note(plain(item.reason_words.clone())));
        if let Some(one) = self.minutes.charts.iter().find(|one| one.item == item.item) {
            blocks.push(Block::Chart { chart: Box::new(one.chart.clone()), sentence: one.sentence.clone() });
        }
        if let Some((_, text)) = self.minutes.words.iter().find(|(of, _)| *of == item.item) {
            blocks.extend(text.split("\n\n").map(|text| Block::Text(plain(text))));
        }
        let under = |of: Option<&String>| of == Some(&item.item);
        let notes: Vec<Vec<Span>> = run
            .notes
            .iter()
            .filter(|note| under(note.item.as_ref()))
            .map(|note| plain(note.text.clone()))
            .collect();
        if !notes.is_empty() {
            blocks.push(Block::List { numbered: false, items: notes });
        }
        let mut said = Vec::new();
        for one in run.decisions.iter().filter(|one| under(one.item.as_ref())) {
            let mut spans = vec![strong(Word::Decision, language), one.text.clone().into()];
            spans.extend(one.owner_name.clone().map(|name| Span::Emphasis(format!(" ({name})"))));
            if let Some(expected) = &one.expected {
                let word = Word::Expected.of(language);
                let ends = one.text.ends_with(['.', '!', '?', '…']) && one.owner_name.is_none();
                let stop = if ends { "" } else { "." };
                spans.push(Span::Text(format!("{stop} {word}: {}.", expected.words)));
            }
            said.push(spans);
        }
        for one in run.needs.iter().filter(|one| under(one.item.as_ref())) {
            said.push(vec![strong(Word::Need, language), self.need(one)?.into()]);
        }
        for one in run.commitments.iter().filter(|one| under(one.item.as_ref())) {
            let text = format!("{}: {} ({})", one.name, one.text, self.until(&one.due));
            said.push(vec![strong(Word::Commitment, language), text.into()]);
        }
        if !said.is_empty() {
            blocks.push(Block::List { numbered: false, items: said });
        }
        let course = run.course.iter().find(|one| one.item == item.item);
        let ending = match course.and_then(|one| one.closing) {
            Some(how) => Some(closing(how, language)),
            None if course.is_some_and(|one| one.spent_seconds == 0) => Some(not_reached(language)),
            None => None,
        };
        if let Some(ending) = ending {
            blocks.push(Block::Text(vec![Span::Emphasis(ending.to_owned())]));
        }
        Ok(())
    }

    /// What stands under no item, and everything that was promised in one table.
    fn rest(&self, blocks: &mut Vec<Block>) -> Result<()> {
        let language = self.language;
        let run = &self.minutes.run;
        let heading = |word: Word| Block::Heading { level: 1, text: word.of(language).to_owned() };
        if !run.parked.is_empty() {
            blocks.push(heading(Word::Parking));
            let items = run.parked.iter().map(|note| plain(note.text.clone())).collect();
            blocks.push(Block::List { numbered: false, items });
        }
        if !run.decisions.is_empty() {
            blocks.push(heading(Word::Decisions));
            let rows = run.decisions.iter().map(|one| {
                let expected = one.expected.as_ref().map(|expected| expected.words.clone());
                [one.text.clone(), one.owner_name.clone().unwrap_or_default(), expected.unwrap_or_default()]
                    .map(plain)
                    .into()
            });
            blocks.push(table(
                &[(Word::What, 3), (Word::Owner, 1), (Word::Expected, 2)],
                rows.collect(),
                language,
            ));
        }
        if !run.needs.is_empty() {
            blocks.push(heading(Word::Needs));
            let mut rows = Vec::new();
            for one in &run.needs {
                let answer = words::need_answer(one.answer.as_ref(), language);
                let cells = [
                    self.department(&one.from)?,
                    self.department(&one.to)?,
                    one.text.clone(),
                    date(&one.by, language),
                    answer,
                ];
                rows.push(cells.map(plain).into());
            }
            let columns =
                [(Word::From, 0), (Word::To, 0), (Word::What, 3), (Word::Due, 0), (Word::Answer, 2)];
            blocks.push(table(&columns, rows, language));
        }
        if !run.commitments.is_empty() {
            blocks.push(heading(Word::Commitments));
            let rows = run
                .commitments
                .iter()
                .map(|one| [one.name.clone(), one.text.clone(), date(&one.due, language)].map(plain).into());
            blocks.push(table(&[(Word::Who, 1), (Word::What, 3), (Word::Due, 0)], rows.collect(), language));
        }
        let said = run.round.iter().filter(|one| one.rating.is_some() || !one.word.is_empty());
        let said: Vec<Vec<Span>> = said
            .map(|one| {
                let rating = one.rating.map(|rating| format!(" ({rating})")).unwrap_or_default();
                vec![Span::Strong(format!("{}{rating}", one.name)), Span::Text(format!(" {}", one.word))]
            })
            .collect();
        if !said.is_empty() {
            blocks.push(heading(Word::Round));
            blocks.push(Block::List { numbered: false, items: said });
        }
        Ok(())
    }

    fn department(&self, id: &str) -> Result<String> {
        let departments = self.workspace.view(|view| view.departments())?;
        let known = departments.into_iter().find(|department| department.id.as_str() == id);
        Ok(known.map_or_else(|| id.to_owned(), |department| department.name))
    }

    fn need(&self, one: &crate::page::meeting::NeedView) -> Result<String> {
        let answer = words::need_answer(one.answer.as_ref(), self.language);
        let (from, to) = (self.department(&one.from)?, self.department(&one.to)?);
        Ok(format!("{from} → {to}: {} ({}): {answer}", one.text, self.until(&one.by)))
    }

    fn until(&self, day: &str) -> String {
        let day = date(day, self.language);
        match self.language {
            Language::En => format!("by {day}"),
            Language::De => format!("bis {day}"),
            Language::Es => format!("para el {day}"),
        }
    }
}

fn strong(word: Word, language: Language) -> Span {
    Span::Strong(format!("{}: ", word.of(language)))
}

/// A table of words, each column with its share of the width.
pub(super) fn table(columns: &[(Word, u8)], rows: Vec<Vec<Vec<Span>>>, language: Language) -> Block {
    let columns = columns.iter().map(|(word, share)| Column::words(word.of(language), *share)).collect();
    Block::Table(Table { columns, rows })
}
