//! The fonts of a PDF, as the typesetter asks for them.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::fonts::FILES;

static ALL: LazyLock<Vec<Font>> =
    LazyLock::new(|| FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect());

static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(ALL.iter())));

pub(super) fn all() -> &'static [Font] {
    &ALL
}

pub(super) fn book() -> &'static LazyHash<FontBook> {
    &BOOK
}

/// Whether one font can write all of some letters: signs above and below a letter are of its font. What a font has for
/// private use is not what somebody meant by it.
pub(super) fn have(letters: &[char]) -> bool {
    let private = |letter: &char| matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    let has = |font: &Font| letters.iter().all(|letter| font.info().coverage.contains(u32::from(*letter)));
    !letters.iter().any(private) && ALL.iter().any(has)
}
