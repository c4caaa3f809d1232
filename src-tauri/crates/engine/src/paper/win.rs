//! A win as a paper of one page.

use plaza_document::paper::{Block, Paper, Span};
use plaza_domain::language::Language;

use super::minutes::date;
use super::plain;
use crate::error::Result;
use crate::meeting::words::pick;
use crate::page::win::WinView;
use crate::workspace::Workspace;

/// Composes the paper: what was won, its story, and everybody who had a part in it with the reason.
pub(super) fn paper(workspace: &Workspace, win: &WinView, language: Language) -> Result<Paper> {
    let company = workspace.settings()?.company;
    let mut facts = Vec::new();
    let mut fact = |name: [&'static str; 3], text: &str| {
        if !text.is_empty() {
            facts.push((pick(language, name).to_owned(), text.to_owned()));
        }
    };
    fact(["Customer", "Kunde", "Cliente"], &win.customer);
    fact(["Orders", "Aufträge", "Pedidos"], &win.orders_text);
    let mut blocks = Vec::new();
    let paragraphs = win.story.lines().map(str::trim).filter(|text| !text.is_empty());
    blocks.extend(paragraphs.map(|text| Block::Text(plain(text))));
    if !win.contributors.is_empty() {
        let thanks = pick(language, ["Thanks to", "Dank an", "Gracias a"]).to_owned();
        blocks.push(Block::Heading { level: 1, text: thanks });
        let items = win.contributors.iter();
        let items =
            items.map(|one| vec![Span::Strong(one.name.clone()), Span::Text(format!(": {}", one.words))]);
        blocks.push(Block::List { numbered: false, items: items.collect() });
    }
    Ok(Paper {
        language,
        title: win.title.clone(),
        subtitle: format!("{company}, {}", date(&win.on, language)),
        facts,
        blocks,
        footer: company,
    })
}
