//! A paper as PDF: typeset by Typst, tagged for screen readers (PDF/UA-1).
//!
//! What a person wrote never becomes Typst's markup. The template beside this file is all that Typst reads as such; the
//! paper comes to it as JSON and bytes, and what a template takes from data it sets as it is. The world that it runs in
//! has no files, no packages, no fonts but ours and no clock.

mod data;
mod fonts;

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike as _, Timelike as _};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Array, Bytes, Datetime, Dict, Duration, IntoValue as _, Smart};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World, comemo};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use self::data::{Care, Data};
use super::{Paper, is_blank};

/// All of the markup.
const TEMPLATE: &str = include_str!("template.typ");

/// All of the markup of a card.
#[cfg(feature = "png")]
const CARD: &str = include_str!("card.typ");

/// A paper as PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Letters that stand as `□`, and signs on letters that are left out, because no font of ours has them.
    pub missing: BTreeSet<char>,
}

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A PDF that everybody can use has a title.
    #[error("a paper without a title cannot be a PDF")]
    Untitled,
    /// The moment is beyond what a calendar holds.
    #[error("{0} ms since 1970 is no moment of a calendar")]
    Moment(i64),
    /// The paper could not be read into the template.
    #[error("the paper could not be prepared for typesetting")]
    Data(#[from] serde_json::Error),
    /// What the typesetter objected to, such as a picture that is not of its format.
    #[error("the paper could not be typeset: {}", .0.join("; "))]
    Typeset(Vec<String>),
}

/// Writes a paper as PDF: A4, tagged (PDF/UA-1), with outline, page numbers and charts as vectors.
///
/// `moment` is when it is made, in milliseconds since 1970 UTC; the same paper at the same moment is the same file.
///
/// # Errors
/// [`PdfError`] for a paper without a title, a moment outside of the calendar, and a picture that cannot be read.
pub fn pdf(paper: &Paper, moment: i64) -> Result<Pdf, PdfError> {
    if is_blank(&paper.title) {
        return Err(PdfError::Untitled);
    }
    let timestamp = timestamp(moment).ok_or(PdfError::Moment(moment))?;
    let made = made(paper, Care::Usual, timestamp).or_else(|error| match error {
        Fault::Letters(_) => made(paper, Care::Great, timestamp),
        Fault::Paper(_) => Err(error),
    });
    // What the typesetter remembers of this paper helps no other one.
    comemo::evict(0);
    made.map_err(|fault| match fault {
        Fault::Letters(error) | Fault::Paper(error) => error,
    })
}

/// Where it went wrong: in the paper itself, or in writing its letters.
enum Fault {
    Paper(PdfError),
    Letters(PdfError),
}

/// A card as PDF: one page of its shape, tagged (PDF/UA-1), the drawing as vectors. `title` is what readers call it.
///
/// # Errors
/// As [`pdf`].
#[cfg(feature = "png")]
pub fn card_pdf(
    drawing: &crate::CardDrawing,
    language: plaza_domain::language::Language,
    title: &str,
    moment: i64,
) -> Result<Pdf, PdfError> {
    if is_blank(title) {
        return Err(PdfError::Untitled);
    }
    let timestamp = timestamp(moment).ok_or(PdfError::Moment(moment))?;
    let made = card_made(drawing, language, title, Care::Usual, timestamp).or_else(|error| match error {
        Fault::Letters(_) => card_made(drawing, language, title, Care::Great, timestamp),
        Fault::Paper(_) => Err(error),
    });
    comemo::evict(0);
    made.map_err(|fault| match fault {
        Fault::Letters(error) | Fault::Paper(error) => error,
    })
}

#[cfg(feature = "png")]
fn card_made(
    drawing: &crate::CardDrawing,
    language: plaza_domain::language::Language,
    title: &str,
    care: Care,
    timestamp: Timestamp,
) -> Result<Pdf, Fault> {
    let (texts, missing) = data::of_drawing(&drawing.svg, title, &drawing.summary, care);
    let [svg, title, summary] = texts;
    let sheet = serde_json::json!({ "language": language.code(), "title": title, "summary": summary });
    let sheet = serde_json::to_vec(&sheet).map_err(|error| Fault::Paper(error.into()))?;
    let mut pdf = printed(&Shop::open(CARD, sheet, vec![svg.into_bytes()]), timestamp, missing)?;
    pdf.missing.extend(&drawing.missing);
    Ok(pdf)
}

fn made(paper: &Paper, care: Care, timestamp: Timestamp) -> Result<Pdf, Fault> {
    let (data, missing) = Data::of(paper, care);
    let sheet = serde_json::to_vec(&data.paper).map_err(|error| Fault::Paper(error.into()))?;
    printed(&Shop::open(TEMPLATE, sheet, data.pictures), timestamp, missing)
}

fn printed(shop: &Shop, timestamp: Timestamp, missing: BTreeSet<char>) -> Result<Pdf, Fault> {
    let typeset = typst::compile::<PagedDocument>(shop).output;
    let document = typeset.map_err(|faults| Fault::Paper(typeset_error(&faults)))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]);
    let standards =
        standards.map_err(|fault| Fault::Paper(PdfError::Typeset(vec![fault.message().to_string()])))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Plaza".into())),
        timestamp: Some(timestamp),
        standards,
        ..PdfOptions::default()
    };
    let bytes =
        typst_pdf::pdf(&document, &options).map_err(|faults| Fault::Letters(typeset_error(&faults)))?;
    Ok(Pdf { bytes, missing })
}

fn typeset_error(faults: &[SourceDiagnostic]) -> PdfError {
    PdfError::Typeset(faults.iter().map(|fault| fault.message.to_string()).collect())
}

fn timestamp(moment: i64) -> Option<Timestamp> {
    let at = DateTime::from_timestamp_millis(moment)?;
    let (month, day) = (at.month() as u8, at.day() as u8);
    let (hour, minute, second) = (at.hour() as u8, at.minute() as u8, at.second() as u8);
    Datetime::from_ymd_hms(at.year(), month, day, hour, minute, second).map(Timestamp::new_utc)
}

/// The world of the typesetter: the template, one paper, our fonts, and nothing else.
struct Shop {
    library: LazyHash<Library>,
    template: Source,
}

impl Shop {
    fn open(template: &str, paper: Vec<u8>, pictures: Vec<Vec<u8>>) -> Self {
        let pictures: Array = pictures.into_iter().map(|bytes| Bytes::new(bytes).into_value()).collect();
        let mut inputs = Dict::new();
        inputs.insert("paper".into(), Bytes::new(paper).into_value());
        inputs.insert("pictures".into(), pictures.into_value());
        let library = Library::builder().with_inputs(inputs).build();
        Self { library: LazyHash::new(library), template: Source::detached(template) }
    }
}

impl World for Shop {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        fonts::book()
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::all().get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
