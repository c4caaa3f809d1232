//! A win's card as a file.

use std::path::Path;

use plaza_document::{Card, CardName, card_pdf, card_png};
use plaza_domain::language::Language;

use crate::error::{EngineError, Result};
use crate::page::win::WinCard;
use crate::win::words;
use crate::workspace::Workspace;

/// Dots for each pixel of the card: 1600 × 900 is what a slide, a screen and a mail show.
const SCALE: f64 = 1.0;

/// The file's bytes, and the letters that stand as boxes in it.
pub(super) fn file(
    workspace: &Workspace,
    card: &WinCard,
    language: Language,
    path: &Path,
) -> Result<(Vec<u8>, String)> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let is_pdf = match ending.as_deref() {
        Some("png") => false,
        Some("pdf") => true,
        _ => return Err(EngineError::invalid("path", "choose a file that ends in .png or .pdf")),
    };
    let drawing = plaza_document::card(&drawn(card, language), |rest| words::more(rest, language))?;
    if is_pdf {
        let pdf = card_pdf(&drawing, language, &card.title, workspace.now_ms())?;
        return Ok((pdf.bytes, pdf.missing.into_iter().collect()));
    }
    Ok((card_png(&drawing, SCALE)?, drawing.missing.iter().collect()))
}

fn drawn(card: &WinCard, language: Language) -> Card {
    let name = |one: &crate::page::win::WinCardName| CardName {
        name: one.name.clone(),
        mark: one.department.as_ref().map(|known| (known.letter.clone(), known.slot)),
    };
    Card {
        language,
        company: card.company.clone(),
        about: card.about.clone(),
        title: card.title.clone(),
        story: card.story.clone(),
        thanks: card.thanks.clone(),
        names: card.names.iter().map(name).collect(),
    }
}
