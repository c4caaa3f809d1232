//! The fonts of a PDF, carried by the program. Their licences lie beside them.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The window's fonts for texts and headings; the others for letters that these lack, and for code.
const FILES: [&[u8]; 7] = [
    include_bytes!("../../../fonts/Inter-Regular.ttf"),
    include_bytes!("../../../fonts/Inter-Italic.ttf"),
    include_bytes!("../../../fonts/Inter-SemiBold.ttf"),
    include_bytes!("../../../fonts/SourceSerif4-SemiBold.ttf"),
    include_bytes!("../../../fonts/DejaVuSansMono.ttf"),
    include_bytes!("../../../fonts/DejaVuSans.ttf"),
    include_bytes!("../../../fonts/NotoEmoji-Regular.ttf"),
];

static ALL: LazyLock<Vec<Font>> =
    LazyLock::new(|| FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect());

static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(ALL.iter())));

pub(super) fn all() -> &'static [Font] {
    &ALL
}

pub(super) fn book() -> &'static LazyHash<FontBook> {
    &BOOK
}

/// Whether some font can write a letter. What a font has for private use is not what somebody meant by it.
pub(super) fn have(letter: char) -> bool {
    if matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..) {
        return false;
    }
    ALL.iter().any(|font| font.info().coverage.contains(u32::from(letter)))
}
