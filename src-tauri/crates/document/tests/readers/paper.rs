//! PDF as poppler reads it.

use std::path::PathBuf;
use std::process::Command;

use plaza_document::paper::{Paper, pdf};
use plaza_domain::language::Language;

use super::papers::{MOMENT, bare, hollow_paper, hostile_paper, minutes, picture, texts};
use super::start::run;

/// Writes a paper where poppler, and a person, can look at it.
fn written(name: &str, paper: &Paper) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("papers");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name).with_extension("pdf");
    std::fs::write(&path, pdf(paper, MOMENT).unwrap().bytes).unwrap();
    path
}

fn said(command: &mut Command) -> String {
    // Poppler cuts a long heading's title in the middle of a letter.
    String::from_utf8_lossy(&run(command).stdout).into_owned()
}

fn text(path: &PathBuf) -> String {
    said(Command::new("pdftotext").arg("-raw").arg(path).arg("-"))
}

/// How many elements of a name a structure has.
fn elements(structure: &str, name: &str) -> usize {
    let names = structure.lines().filter_map(|line| line.split_whitespace().next());
    names.filter(|found| found.trim_end_matches(':') == name).count()
}

#[test]
fn every_text_is_read() {
    for (name, paper) in [
        ("minutes-en", minutes(Language::En)),
        ("minutes-de", minutes(Language::De)),
        ("hostile", hostile_paper()),
    ] {
        // A word that the end of a line parts has a hyphen there.
        let plain = |text: &str| bare(text).replace(['-', '\u{2010}'], "");
        let read = plain(&text(&written(name, &paper)));
        // Where directions mix, poppler reads a line's words in the order in which they stand.
        let mixed = |text: &str| text.contains(|letter| matches!(letter, '\u{590}'..='\u{6ff}'));
        let words = |text: &String| -> Vec<String> {
            if mixed(text) { text.split(' ').map(str::to_owned).collect() } else { vec![text.clone()] }
        };
        let unread: Vec<String> =
            texts(&paper).iter().flat_map(words).filter(|text| !read.contains(&plain(text))).collect();
        assert!(unread.is_empty(), "{name}: {unread:#?}");
    }
}

#[test]
fn a_paper_says_what_it_is() {
    let about = said(Command::new("pdfinfo").arg(written("about", &minutes(Language::De))));
    for line in [
        "Title: Wochentreffen vom 17. August 2026",
        "Creator: Plaza",
        "CreationDate: Mon Aug 17 08:30:00 2026",
        "Tagged: yes",
        "JavaScript: no",
        "Pages: 2",
        "Page size: 595.276 x 841.89 pts (A4)",
    ] {
        let (name, value) = line.split_once(": ").unwrap();
        let found = about.lines().find_map(|line| line.strip_prefix(&format!("{name}:"))).map(str::trim);
        assert!(found.is_some_and(|found| found.starts_with(value)), "{line}\n{about}");
    }
    let metadata = said(Command::new("pdfinfo").arg("-meta").arg(written("meta", &minutes(Language::De))));
    for found in ["<pdfuaid:part>1</pdfuaid:part>", "<rdf:li>de</rdf:li>"] {
        assert!(metadata.contains(found), "{found}\n{metadata}");
    }
}

#[test]
fn a_paper_has_the_structure_that_a_screen_reader_follows() {
    let mut paper = minutes(Language::En);
    paper.blocks.push(picture("A grey square"));
    let path = written("structure", &paper);
    let structure = said(Command::new("pdfinfo").arg("-struct").arg(&path));
    let count = |name: &str| elements(&structure, name);
    assert_eq!((count("H1"), count("H2"), count("Figure")), (4, 1, 2), "{structure}");
    assert_eq!(
        (count("Table"), count("TR"), count("TH"), count("LI"), count("Link")),
        (2, 3 + 5, 8, 4, 1),
        "{structure}"
    );
    // Poppler says nothing of these, which are in the file's own words.
    let bytes = std::fs::read(&path).unwrap();
    let has = |words: &[u8]| bytes.windows(words.len()).any(|bytes| bytes == words);
    assert!(has(b"/Lang (en)") || has(b"/Lang(en)"), "no language");
    assert!(has(b"A grey square"), "no words for the picture");
}

#[test]
fn no_text_is_set_as_markup() {
    let path = written("markup", &hostile_paper());
    let structure = said(Command::new("pdfinfo").arg("-struct").arg(&path));
    let count = |name: &str| elements(&structure, name);
    let texts = super::papers::hostile().len();
    assert_eq!(count("H1") + count("H2"), texts, "headings");
    assert_eq!(count("L"), 2 * texts, "lists");
    assert_eq!(count("LI"), 16 * texts, "items");
    assert_eq!(count("Table"), texts, "tables");
}

#[test]
fn what_has_nothing_to_show_leaves_no_trace() {
    let read = text(&written("hollow", &hollow_paper()));
    let words: Vec<&str> = read.split_whitespace().collect();
    let expected =
        "Hollow nameless valueless deep 1. kept 1. another list headless only a head one a beyond 1 / 1";
    assert_eq!(words.join(" "), expected);
}
