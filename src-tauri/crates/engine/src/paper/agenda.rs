//! An agenda as a paper, to be shared before the meeting.

use plaza_document::paper::{Block, Column, Paper, Span, Table};
use plaza_domain::language::Language;

use super::minutes::date;
use super::plain;
use super::text::Word;
use crate::error::Result;
use crate::meeting::words;
use crate::page::meeting::{AgendaView, ItemView};
use crate::workspace::Workspace;

/// Composes the agenda.
pub(super) fn paper(workspace: &Workspace, agenda: &AgendaView, language: Language) -> Result<Paper> {
    let settings = workspace.settings()?;
    let line = &agenda.meeting;
    let people = workspace.view(|view| view.people())?;
    let name =
        |id: &String| people.iter().find(|person| person.id.0 == *id).map(|person| person.name.clone());
    let mut facts = vec![(Word::When, format!("{}, {}", date(&line.day, language), line.time))];
    let plan = workspace.meeting_plan()?;
    if let Some(set) = plan.current() {
        let places = [&set.place, &set.link].into_iter().filter(|text| !text.is_empty());
        let places: Vec<&str> = places.map(String::as_str).collect();
        if !places.is_empty() {
            facts.push((Word::Where, places.join(", ")));
        }
    }
    facts.extend(line.facilitator.clone().map(|name| (Word::Facilitator, name)));
    facts.push((Word::Minute, format!("{} / {}", agenda.planned_minutes, line.minutes)));
    let mut blocks = Vec::new();
    let mut section = None;
    let mut rows: Vec<&ItemView> = Vec::new();
    for item in &agenda.items {
        if section.is_some_and(|section| section != item.section) {
            blocks.push(items(&rows, &name, language));
            rows.clear();
        }
        if section != Some(item.section) {
            section = Some(item.section);
            let text = words::section(item.section, language).to_owned();
            blocks.push(Block::Heading { level: 1, text });
        }
        rows.push(item);
    }
    blocks.push(items(&rows, &name, language));
    if !agenda.waiting.is_empty() {
        blocks.push(Block::Heading { level: 1, text: Word::Waiting.of(language).to_owned() });
        let waiting: Vec<&ItemView> = agenda.waiting.iter().collect();
        blocks.push(items(&waiting, &name, language));
    }
    Ok(Paper {
        language,
        title: Word::Agenda.of(language).to_owned(),
        subtitle: format!("{}, {}", settings.company, date(&line.day, language)),
        facts: facts.into_iter().map(|(word, text)| (word.of(language).to_owned(), text)).collect(),
        blocks,
        footer: settings.company,
    })
}

fn items(rows: &[&ItemView], name: &dyn Fn(&String) -> Option<String>, language: Language) -> Block {
    let cells = |item: &&ItemView| {
        let mut what = vec![Span::Strong(item.title.clone())];
        if !item.note.is_empty() {
            what.push(Span::Text(format!(" {}: {}", Word::Prepare.of(language), item.note)));
        }
        vec![
            what,
            plain(item.reason_words.clone()),
            plain(item.person.as_ref().and_then(name).unwrap_or_default()),
            plain(item.minutes.to_string()),
        ]
    };
    Block::Table(Table {
        columns: vec![
            Column::words(Word::Item.of(language), 4),
            Column::words(Word::Why.of(language), 3),
            Column::words(Word::Who.of(language), 1),
            Column::numbers(Word::Minute.of(language)),
        ],
        rows: rows.iter().map(cells).collect(),
    })
}
