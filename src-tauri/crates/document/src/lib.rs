//! What leaves Plaza: chart pictures, papers (Markdown, HTML, PDF) and calendars.
//!
//! Pure: values in, texts and bytes out. No file is read, no clock asked, no word added: whatever a reader reads
//! the caller said, in the reader's language.
//!
//! | what leaves | by |
//! |---|---|
//! | a chart as a picture | [`svg`], [`sheet`], `png` (with the feature `png`) |
//! | a win as a card | `card`, `card_png` (with the feature `png`), `card_pdf` (with `pdf` as well) |
//! | minutes, an agenda, a digest | [`paper`]: one model, three writers |
//! | meetings and tasks for a calendar program | [`calendar`] |

pub mod calendar;
#[cfg(feature = "png")]
mod card;
mod escape;
#[cfg(any(feature = "pdf", feature = "png"))]
mod fonts;
pub mod paper;
#[cfg(feature = "png")]
mod picture;
mod svg;

#[cfg(feature = "png")]
pub use card::{Card, CardDrawing, CardName, card, card_png};
#[cfg(all(feature = "pdf", feature = "png"))]
pub use paper::card_pdf;
#[cfg(feature = "png")]
pub use picture::{PictureError, png};
pub use svg::{sheet, svg};
