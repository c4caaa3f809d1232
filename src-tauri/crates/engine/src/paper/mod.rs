//! Agendas, minutes and digests as papers: composed here from what the pages show, written by the document crate.

mod agenda;
mod calendar;
mod card;
mod digest;
mod minutes;
mod rotation;
mod text;
mod win;

use std::path::Path;

use plaza_document::paper::{Paper, Span, html, markdown, pdf};
use plaza_domain::event::{MeetingId, PlacementId, RotationId, WinId};
use plaza_domain::language::Language;
use plaza_domain::person::PersonId;

use crate::error::{EngineError, Result};
use crate::file::{Readers, save};
use crate::page::digest::Digest;
use crate::page::meeting::{AgendaView, MinutesView};
use crate::page::win::{WinCard, WinView};
use crate::workspace::Workspace;

impl Workspace {
    /// Writes the minutes of a meeting that began, or the agenda of one that has not, to a file: PDF, Markdown or HTML by
    /// the file's ending.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for another ending; [`EngineError::NotFound`]; the file cannot be written: what was there
    /// before is unchanged.
    pub fn export_minutes(&self, meeting: &MeetingId, language: Language, path: &Path) -> Result<()> {
        let known = self.meeting(meeting)?;
        let paper = if known.record.began_at.is_some() {
            minutes::paper(self, &MinutesView::read(self, meeting, language)?, language)?
        } else {
            agenda::paper(self, &AgendaView::read(self, meeting, language)?, language)?
        };
        self.write_paper(&paper, path)
    }

    /// Writes the weekly digest to a file, as [`Workspace::export_minutes`].
    ///
    /// # Errors
    /// As there.
    pub fn export_digest(&self, language: Language, path: &Path) -> Result<()> {
        let paper = digest::paper(self, &Digest::read(self, language)?, language)?;
        self.write_paper(&paper, path)
    }

    /// Writes a win with its story and everybody who is named to a file, as [`Workspace::export_minutes`].
    ///
    /// # Errors
    /// As there.
    pub fn export_win(&self, win: &WinId, language: Language, path: &Path) -> Result<()> {
        // Only what stands leaves.
        let win = self.win(win)?.id;
        let paper = win::paper(self, &WinView::read(self, &win, language)?, language)?;
        self.write_paper(&paper, path)
    }

    /// Writes a win's card to share: a picture of 1600 × 900 dots, or a page of that shape, by the file's ending (`.png`,
    /// `.pdf`). Answers the letters that no font of ours has, which stand as boxes.
    ///
    /// # Errors
    /// As [`Workspace::export_minutes`].
    pub fn export_card(&self, win: &WinId, language: Language, path: &Path) -> Result<String> {
        let (bytes, missing) = card::file(self, &WinCard::read(self, win, language)?, language, path)?;
        save(&path.to_string_lossy(), &bytes, Readers::Usual)?;
        Ok(missing)
    }

    /// Writes the weekly meeting and what was promised as a calendar file.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] before the meeting is set up; the file cannot be written.
    pub fn export_calendar(&self, language: Language, path: &Path) -> Result<()> {
        let text = calendar::text(self, language)?;
        save(&path.to_string_lossy(), text.as_bytes(), Readers::Usual)
    }

    /// Writes the visits of a person as a calendar file. Importing it again brings a calendar up to date.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for somebody who is not known; the file cannot be written.
    pub fn export_visits(&self, person: &PersonId, language: Language, path: &Path) -> Result<()> {
        let text = rotation::calendar(self, person, language)?;
        save(&path.to_string_lossy(), text.as_bytes(), Readers::Usual)
    }

    /// Writes the brief of a visit to a file, as [`Workspace::export_minutes`].
    ///
    /// # Errors
    /// As there; [`EngineError::Invalid`] for a visit that does not happen.
    pub fn export_brief(
        &self,
        rotation: &RotationId,
        placement: &PlacementId,
        language: Language,
        path: &Path,
    ) -> Result<()> {
        let known = self.rotation(rotation)?;
        let visit = known
            .visits
            .get(placement)
            .ok_or_else(|| EngineError::NotFound { noun: "placement", name: placement.to_string() })?;
        if !visit.is_planned() {
            return Err(EngineError::invalid("placement", "this visit does not happen"));
        }
        let paper = rotation::brief(self, &known, visit, language)?;
        self.write_paper(&paper, path)
    }

    fn write_paper(&self, paper: &Paper, path: &Path) -> Result<()> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let bytes = match ending.as_deref() {
            Some("pdf") => pdf(paper, self.now_ms()).map_err(EngineError::from)?.bytes,
            Some("md" | "markdown") => markdown(paper).into_bytes(),
            Some("html" | "htm") => html(paper).into_bytes(),
            _ => return Err(EngineError::invalid("path", "choose a file that ends in .pdf, .md or .html")),
        };
        save(&path.to_string_lossy(), &bytes, Readers::Usual)
    }
}

/// A text as it is.
fn plain(text: impl Into<String>) -> Vec<Span> {
    vec![Span::Text(text.into())]
}
