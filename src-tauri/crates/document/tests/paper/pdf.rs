//! What is written as PDF; what other programs read in it is with the tests called `readers`.

use plaza_document::paper::{Block, ImageFormat, PdfError, pdf};
use plaza_domain::language::Language;

use super::papers::{MOMENT, hollow_paper, hostile_paper, minutes, picture};

#[test]
fn the_same_paper_at_the_same_moment_is_the_same_file() {
    let paper = minutes(Language::De);
    let first = pdf(&paper, MOMENT).unwrap();
    assert!(first.bytes.starts_with(b"%PDF-1.7") && first.missing.is_empty());
    assert_eq!(first, pdf(&paper, MOMENT).unwrap());
    assert_ne!(first.bytes, pdf(&paper, MOMENT + 1000).unwrap().bytes);
}

#[test]
fn whatever_somebody_writes_becomes_paper() {
    let hostile = pdf(&hostile_paper(), MOMENT).unwrap();
    assert!(hostile.missing.is_empty(), "{:?}", hostile.missing);
    let mut hollow = hollow_paper();
    hollow.blocks.push(picture("grey"));
    pdf(&hollow, MOMENT).unwrap();
}

#[test]
fn letters_of_no_font_are_named() {
    let mut paper = minutes(Language::En);
    paper.blocks = vec![Block::Text(vec!["漢字 \u{e000} x".into()])];
    assert_eq!(pdf(&paper, MOMENT).unwrap().missing, ['漢', '字', '\u{e000}'].into());
}

#[test]
fn what_cannot_be_paper_says_so() {
    let mut paper = minutes(Language::En);
    assert!(matches!(pdf(&paper, i64::MAX), Err(PdfError::Moment(i64::MAX))));
    paper.blocks = vec![Block::Image { format: ImageFormat::Png, bytes: b"GIF89a".into(), alt: "x".into() }];
    assert!(matches!(pdf(&paper, MOMENT), Err(PdfError::Typeset(_))));
    paper.title = " \u{200b}".into();
    assert!(matches!(pdf(&paper, MOMENT), Err(PdfError::Untitled)));
}
