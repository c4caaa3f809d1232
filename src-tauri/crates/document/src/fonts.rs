//! The fonts that the program carries, for what is drawn without a system's own. Their licences lie beside them.

/// The window's fonts for texts and headings; the others for code, and for letters that these lack.
pub(crate) const FILES: [&[u8]; 7] = [
    include_bytes!("../fonts/Inter-Regular.ttf"),
    include_bytes!("../fonts/Inter-Italic.ttf"),
    include_bytes!("../fonts/Inter-SemiBold.ttf"),
    include_bytes!("../fonts/SourceSerif4-SemiBold.ttf"),
    include_bytes!("../fonts/DejaVuSansMono.ttf"),
    include_bytes!("../fonts/DejaVuSans.ttf"),
    include_bytes!("../fonts/NotoEmoji-Regular.ttf"),
];
