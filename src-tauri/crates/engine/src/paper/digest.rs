//! The weekly digest as a paper of one page.

use plaza_document::paper::{Block, Column, Paper, Span, Table};
use plaza_domain::language::Language;

use super::minutes::date;
use super::plain;
use super::text::Word;
use crate::error::Result;
use crate::page::digest::{Digest, DigestLine};
use crate::workspace::Workspace;

/// Composes the digest.
pub(super) fn paper(workspace: &Workspace, digest: &Digest, language: Language) -> Result<Paper> {
    let company = workspace.settings()?.company;
    let heading = |word: Word| Block::Heading { level: 1, text: word.of(language).to_owned() };
    let mut blocks = Vec::new();
    let rows = digest.kpis.iter().map(|kpi| {
        vec![
            vec![Span::Strong(kpi.name.clone())],
            plain(kpi.value.clone()),
            plain(kpi.target.clone().unwrap_or_default()),
            plain(kpi.sentence.clone()),
        ]
    });
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::words(Word::Kpi.of(language), 2),
            Column::numbers(Word::Value.of(language)),
            Column::numbers(Word::Target.of(language)),
            Column::words(Word::Why.of(language), 5),
        ],
        rows: rows.collect(),
    }));
    blocks.push(heading(Word::Changed));
    blocks.push(lines(&digest.changed, language));
    blocks.push(heading(Word::WaitsFor));
    if digest.waiting.is_empty() {
        blocks.push(Block::Text(plain(Word::Nothing.of(language))));
    }
    for person in &digest.waiting {
        let name = person.name.clone().unwrap_or_else(|| Word::Nobody.of(language).to_owned());
        blocks.push(Block::Heading { level: 2, text: name });
        blocks.push(lines(&person.lines, language));
    }
    Ok(Paper {
        language,
        title: Word::Digest.of(language).to_owned(),
        subtitle: format!("{company}, {} – {}", date(&digest.since, language), date(&digest.today, language)),
        facts: Vec::new(),
        blocks,
        footer: company,
    })
}

fn lines(lines: &[DigestLine], language: Language) -> Block {
    if lines.is_empty() {
        return Block::Text(plain(Word::Nothing.of(language)));
    }
    Block::List { numbered: false, items: lines.iter().map(|line| plain(line.text.clone())).collect() }
}
