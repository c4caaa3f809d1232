//! What is written as Markdown is what a reader of Markdown reads: by a parser that is not ours.

use plaza_document::paper::{Block, Paper, Span, markdown};
use plaza_domain::language::Language;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::papers::{bare, hollow_paper, hostile, hostile_paper, minutes, texts};

fn events(text: &str) -> Vec<Event<'_>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(text, options).collect()
}

/// What a reader reads.
fn read(text: &str) -> String {
    let words = events(text).into_iter().filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_string()),
        Event::SoftBreak | Event::HardBreak | Event::End(_) => Some("\n".into()),
        _ => None,
    });
    words.collect()
}

#[test]
fn every_text_is_read() {
    for paper in [minutes(Language::En), minutes(Language::De), hostile_paper()] {
        let read = bare(&read(&markdown(&paper)));
        for text in texts(&paper) {
            assert!(read.contains(&bare(&text)), "{text:?}");
        }
    }
}

#[test]
fn no_text_is_read_as_markup() {
    let paper = hostile_paper();
    let written = markdown(&paper);
    let (mut headings, mut lists, mut items, mut tables, mut notes) = (0, 0, 0, 0, 0);
    for event in events(&written) {
        match event {
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::Start(Tag::List(_)) => lists += 1,
            Event::Start(Tag::Item) => items += 1,
            Event::Start(Tag::Table(_)) => tables += 1,
            Event::Start(Tag::BlockQuote(_)) => notes += 1,
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(
                    ["https://x.example/", "https://x.example/a_b_c"].contains(&&*dest_url),
                    "{dest_url}"
                );
            }
            Event::Start(
                Tag::CodeBlock(_)
                | Tag::Image { .. }
                | Tag::Strikethrough
                | Tag::FootnoteDefinition(_)
                | Tag::HtmlBlock,
            )
            | Event::Html(_)
            | Event::TaskListMarker(_)
            | Event::FootnoteReference(_) => panic!("{event:?}"),
            Event::InlineHtml(tag) => {
                assert!(["<br>", "<strong>", "</strong>", "<em>", "</em>"].contains(&&*tag), "{tag}");
            }
            _ => {}
        }
    }
    let count = hostile().len();
    // The title; one list of facts; two lists of eight items a text; the line above the footer.
    assert_eq!((headings, lists, items), (count + 1, 2 * count + 1, 16 * count + count));
    assert_eq!((tables, notes), (count, count));
    assert_eq!(events(&written).iter().filter(|event| **event == Event::Rule).count(), 1);
}

#[test]
fn strong_words_are_strong_wherever_they_stand() {
    let written = markdown(&hostile_paper());
    let events = events(&written);
    let signs = events
        .iter()
        .filter(|event| matches!(event, Event::Start(Tag::Strong) | Event::End(TagEnd::Strong)))
        .count();
    let tags = written.matches("<strong>").count() + written.matches("</strong>").count();
    // Eight kinds of runs of which two are strong, in a paragraph, two lists and two cells; and the names of the facts.
    assert_eq!(signs + tags, 2 * hostile().len() * (2 * 5 + 1) + 2 * extra_lines());
}

/// Texts of more than one line are strong line by line; none of ours is.
fn extra_lines() -> usize {
    hostile().iter().map(|text| text.matches('\n').count()).sum()
}

#[test]
fn minutes_look_like_this() {
    insta::assert_snapshot!(markdown(&minutes(Language::En)));
}

#[test]
fn what_has_nothing_to_show_leaves_no_trace() {
    insta::assert_snapshot!(markdown(&hollow_paper()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_text_is_read_as_it_was_written(texts in prop::collection::vec("[\\PC\n]{1,12}|[-*_`#>|\\\\\\[\\]()!&;~+=.:1a \n]{1,10}", 1..5)) {
        let kinds: [fn(String) -> Span; 4] = [Span::Text, Span::Strong, Span::Emphasis, Span::Code];
        let spans: Vec<Span> = texts.iter().enumerate().map(|(at, text)| kinds[(at + text.len()) % 4](text.clone())).collect();
        let list = Block::List { numbered: false, items: vec![spans.clone(), spans.clone()] };
        let blocks = vec![Block::Text(spans.clone()), Block::Note(spans), list];
        let (title, subtitle, footer) = (texts[0].clone(), String::new(), String::new());
        let paper = Paper { language: Language::En, title, subtitle, facts: Vec::new(), blocks, footer };
        let written = markdown(&paper);
        let once = bare(&texts.concat().replace(|letter: char| letter.is_control(), ""));
        let expected = bare(&texts[0].replace(|letter: char| letter.is_control(), "")) + &once.repeat(4);
        prop_assert_eq!(bare(&read(&written)), expected, "{}", written);
    }
}
