//! What is written as PDF; what other programs read in it is with the tests called `readers`.

use plaza_document::paper::{Block, ImageFormat, PdfError, Span, pdf};
use plaza_domain::language::Language;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

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

// A paper takes a good part of a second, so these are few and always the same.
proptest! {
    #![proptest_config(ProptestConfig { cases: 24, rng_seed: RngSeed::Fixed(16), failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_text_becomes_paper(texts in prop::collection::vec("[\\PC\n]{0,60}|\\p{any}{0,20}|[\u{590}-\u{6ff}\u{200b}-\u{200f}\u{300}-\u{36f}]{0,20}", 40)) {
        let mut paper = minutes(Language::En);
        let kinds: [fn(String) -> Span; 4] = [Span::Text, Span::Strong, Span::Emphasis, Span::Code];
        let spans = texts.iter().enumerate().map(|(at, text)| vec![kinds[at % 4](text.clone())]);
        paper.facts = texts.iter().map(|text| (text.clone(), text.clone())).collect();
        paper.blocks = spans.clone().map(Block::Text).collect();
        paper.blocks.push(Block::List { numbered: true, items: spans.collect() });
        let made = pdf(&paper, MOMENT);
        prop_assert!(made.is_ok(), "{:?}", made.err());
    }
}
