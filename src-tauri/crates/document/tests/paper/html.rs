//! What is written as HTML stands alone and shows what a person wrote.

use plaza_document::paper::html;
use plaza_domain::language::Language;

use super::papers::{bare, hollow_paper, hostile_paper, minutes, picture, texts};

/// What a reader reads: the writer escapes every `<` and `>`, so tags are what stands between them.
fn read(page: &str) -> String {
    let body = page.split_once("<body>").unwrap().1;
    let words = body.split('<').filter_map(|piece| Some(piece.split_once('>')?.1));
    let text: String = words.collect();
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn every_text_is_read() {
    for paper in [minutes(Language::En), minutes(Language::De), hostile_paper()] {
        let read = bare(&read(&html(&paper)));
        for text in texts(&paper) {
            assert!(read.contains(&bare(&text)), "{text:?}");
        }
    }
}

#[test]
fn a_page_needs_nothing_beside_itself() {
    let mut paper = minutes(Language::De);
    paper.blocks.push(picture("a “grey” \"square\" <x>"));
    let page = html(&paper);
    assert!(page.starts_with("<!doctype html>\n<html lang=\"de\">"));
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\""));
    assert!(
        page.contains("<img alt=\"a “grey” &quot;square&quot; &lt;x&gt;\" src=\"data:image/png;base64,iVBOR")
    );
    for fetches in ["<script", "<link", "@import", "url(", "src=\"http", "href=\"http:", "<iframe", "<base"] {
        assert!(!page.contains(fetches), "{fetches}");
    }
    assert_eq!(page.matches("<svg").count(), 1);
    assert_eq!(page.matches("<th scope=\"col\"").count(), 4 + 4 + 7);
}

#[test]
fn no_text_becomes_an_element() {
    let page = html(&hostile_paper());
    let allowed = [
        "a", "aside", "body", "br", "code", "dd", "div", "dl", "dt", "em", "footer", "h1", "h3", "h2",
        "head", "header", "html", "li", "main", "meta", "ol", "p", "strong", "style", "table", "tbody", "td",
        "th", "thead", "title", "tr", "ul",
    ];
    let tags = page.split('<').skip(1).map(|piece| piece.trim_start_matches(['/', '!']));
    for tag in tags.map(|piece| piece.split([' ', '>']).next().unwrap()).filter(|tag| *tag != "doctype") {
        assert!(allowed.contains(&tag), "{tag}");
    }
    let leads: Vec<&str> =
        page.split("href=\"").skip(1).map(|piece| piece.split('"').next().unwrap()).collect();
    assert!(
        leads.len() > 100 && leads.iter().all(|address| address.starts_with("https://x.example/")),
        "{leads:?}"
    );
}

#[test]
fn what_has_nothing_to_show_leaves_no_trace() {
    let page = html(&hollow_paper());
    let body = page.split_once("<body>").unwrap().1;
    insta::assert_snapshot!(body);
}
