//! A win as a card to share: one picture, 1600 × 900, in light colours, with the program's own fonts.
//!
//! Where a line ends is measured by what draws the letters, so that a long German title is set as it will be seen.

mod draw;
mod fit;
mod measure;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use plaza_domain::language::Language;

use self::draw::{HEIGHT, WIDTH};
use crate::picture::{PictureError, dots};

/// What stands on a card. Texts are plain; an empty one is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// In which language it is.
    pub language: Language,
    /// Whose win it is, at the top.
    pub company: String,
    /// When, and for whom, beside it.
    pub about: String,
    /// What was won.
    pub title: String,
    /// How it came about, in a sentence or two.
    pub story: String,
    /// What stands above the names.
    pub thanks: String,
    /// Who had a part in it, in the order in which they are named.
    pub names: Vec<CardName>,
}

/// Somebody on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardName {
    /// What people call them.
    pub name: String,
    /// A department's letter and its colour, 0–7.
    pub mark: Option<(String, u8)>,
}

/// A card as a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardDrawing {
    /// SVG that stands alone.
    pub svg: String,
    /// What is on it, for people who do not see it.
    pub summary: String,
    /// Letters that stand as `□` because no font of ours has them.
    pub missing: BTreeSet<char>,
}

/// Draws a card. `more` says how many names there was no room for, such as “and 3 more”.
///
/// # Errors
/// [`PictureError::Drawing`] where its letters could not be measured.
pub fn card(card: &Card, more: impl Fn(usize) -> String) -> Result<CardDrawing, PictureError> {
    draw::draw(card, &more)
}

/// A drawn card as PNG, `scale` dots for each of its 1600 × 900 pixels.
///
/// # Errors
/// [`PictureError::Size`] for a scale that leaves no picture or an enormous one.
pub fn card_png(drawing: &CardDrawing, scale: f64) -> Result<Vec<u8>, PictureError> {
    dots(&drawing.svg, (WIDTH, HEIGHT), scale)
}
