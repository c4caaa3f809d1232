//! Setting a text into a box: the largest size at which it fits, words whole where they can be.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation as _;

use super::measure::{Face, Measured, measure};
use crate::picture::PictureError;

/// A text set in lines of one size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Set {
    /// Pixels.
    pub(super) size: f64,
    pub(super) lines: Vec<String>,
}

/// A box that a text is set into.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room<'a> {
    /// Pixels.
    pub(super) width: f64,
    /// Pixels.
    pub(super) height: f64,
    /// Sizes to try, the largest first, pixels.
    pub(super) sizes: &'a [f64],
    /// From line to line, in sizes.
    pub(super) leading: f64,
}

impl Room<'_> {
    /// Lines of a size that the box holds; one at least.
    fn lines(&self, size: f64) -> usize {
        ((self.height / (size * self.leading)).floor() as usize).max(1)
    }
}

/// Sets a text at the largest size at which all of it fits with its words whole. Where even the smallest does not do,
/// words are parted, and what is beyond the last line is cut and said to be by `…`.
pub(super) fn fit(
    face: Face,
    text: &str,
    room: Room<'_>,
    missing: &mut BTreeSet<char>,
) -> Result<Set, PictureError> {
    let words: Vec<String> = shown(text).split_whitespace().map(str::to_owned).collect();
    let words = measure(face, words, missing)?;
    let space = space(face)?;
    for size in room.sizes {
        let lines = wrapped(&words, space, room.width / size);
        if let Some(lines) = lines.filter(|lines| lines.len() <= room.lines(*size)) {
            return Ok(Set { size: *size, lines });
        }
    }
    let size = room.sizes.last().copied().unwrap_or(1.0);
    let parted = parted(face, words, room.width / size)?;
    let mut lines = wrapped(&parted, space, room.width / size).unwrap_or_default();
    let most = room.lines(size);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let end = cut(face, last, room.width / size)?;
            *last = end;
        }
    }
    Ok(Set { size, lines })
}

/// A text without what leaves no trace but confuses fonts: marks of direction, soft hyphens, choosers of a variant.
pub(super) fn shown(text: &str) -> String {
    let is_left_out = |letter: char| {
        matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
            || (letter.is_control() && !letter.is_whitespace())
    };
    text.chars().filter(|letter| !is_left_out(*letter)).collect()
}

/// The width of the space between two words, in ems.
fn space(face: Face) -> Result<f64, PictureError> {
    let widths = measure(face, vec!["n n".to_owned(), "nn".to_owned()], &mut BTreeSet::new())?;
    let width = |place: usize| widths.get(place).map_or(0.0, |one| one.width);
    Ok((width(0) - width(1)).max(0.1))
}

/// Words in lines of at most `room` ems; nothing where a word alone is wider.
fn wrapped(words: &[Measured], space: f64, room: f64) -> Option<Vec<String>> {
    let mut lines: Vec<(String, f64)> = Vec::new();
    for word in words {
        if word.width > room {
            return None;
        }
        match lines.last_mut() {
            Some((line, width)) if *width + space + word.width <= room => {
                line.push(' ');
                line.push_str(&word.text);
                *width += space + word.width;
            }
            _ => lines.push((word.text.clone(), word.width)),
        }
    }
    Some(lines.into_iter().map(|(line, _)| line).collect())
}

/// Words, those wider than `room` ems parted between letters into pieces that fit.
fn parted(face: Face, words: Vec<Measured>, room: f64) -> Result<Vec<Measured>, PictureError> {
    let mut pieces = Vec::new();
    for word in words {
        if word.width <= room {
            pieces.push(word);
            continue;
        }
        // Letters were measured one by one: kerning brings them nearer at most.
        let mut piece = Measured { text: String::new(), width: 0.0 };
        for letter in letters(face, &word.text)? {
            if piece.width + letter.width > room && !piece.text.is_empty() {
                pieces.push(std::mem::replace(&mut piece, Measured { text: String::new(), width: 0.0 }));
            }
            piece.text.push_str(&letter.text);
            piece.width += letter.width.min(room);
        }
        pieces.push(piece);
    }
    Ok(pieces)
}

fn letters(face: Face, text: &str) -> Result<Vec<Measured>, PictureError> {
    let letters = text.graphemes(true).map(str::to_owned).collect();
    // What no font has was made a box before.
    measure(face, letters, &mut BTreeSet::new())
}

/// A line that ends with `…`, at most `room` ems wide.
fn cut(face: Face, line: &str, room: f64) -> Result<String, PictureError> {
    let mut letters = letters(face, &format!("{line}…"))?;
    let Some(end) = letters.pop() else { return Ok(String::new()) };
    let mut width = end.width;
    let mut kept = String::new();
    for letter in letters {
        width += letter.width;
        if width > room {
            break;
        }
        kept.push_str(&letter.text);
    }
    Ok(format!("{}…", kept.trim_end_matches([' ', ',', '.', ';', ':'])))
}
