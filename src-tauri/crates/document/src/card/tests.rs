//! What a card does with texts that are long, wide, or in letters that nobody drew.

use std::collections::BTreeSet;

use plaza_domain::language::Language;

use super::draw::{HEIGHT, WIDTH};
use super::fit::{Room, fit};
use super::measure::{Face, measure};
use super::*;

fn simple(title: &str) -> Card {
    Card {
        language: Language::De,
        company: "Northlight Pumps".into(),
        about: "12. März 2026 · Meyer Kältetechnik".into(),
        title: title.into(),
        story: String::new(),
        thanks: "Dank an".into(),
        names: vec![CardName { name: "Produktion".into(), mark: Some(("P".into(), 1)) }],
    }
}

fn drawn(card: &Card) -> CardDrawing {
    super::card(card, |rest| format!("und {rest} weitere")).unwrap()
}

/// The texts of a drawing, in its order.
fn texts(svg: &str) -> Vec<String> {
    let parts = svg.split("<text ").skip(1);
    parts
        .filter_map(|part| {
            let (_, text) = part.split_once('>')?;
            let (text, _) = text.split_once("</text>")?;
            Some(text.to_owned())
        })
        .collect()
}

fn of_width(title: &str) -> super::fit::Set {
    let room = Room { width: 1380.0, height: 400.0, sizes: &[104.0, 80.0, 54.0, 46.0], leading: 1.12 };
    fit(Face::Serif, title, room, &mut BTreeSet::new()).unwrap()
}

/// A family that is not found is silently another one.
#[test]
fn titles_names_and_texts_have_faces_of_their_own() {
    let width = |face| measure(face, vec!["Geschafft".into()], &mut BTreeSet::new()).unwrap()[0].width;
    let [serif, sans, strong] = [Face::Serif, Face::Sans, Face::SansStrong].map(width);
    assert!((serif - sans).abs() > 0.01 && (serif - strong).abs() > 0.01, "{serif} {sans} {strong}");
    assert!(strong > sans, "{strong} {sans}");
}

#[test]
fn a_title_of_two_hundred_letters_is_set_whole_and_within_the_card() {
    let sentence = "Der Großauftrag aus Rotterdam kam trotz Streik, Nebel und einer gebrochenen Welle am \
                    Freitagmittag vollständig an, weil Versand und Instandsetzung die Nacht durchgearbeitet haben \
                    und es doch keiner merkte";
    assert!(sentence.chars().count() >= 200, "{}", sentence.chars().count());
    let set = of_width(sentence);
    assert_eq!(set.lines.join(" "), sentence);
    for line in measure(Face::Serif, set.lines.clone(), &mut BTreeSet::new()).unwrap() {
        assert!(line.width * set.size <= 1380.0, "{line:?}");
    }
}

#[test]
fn a_short_title_is_large_and_a_long_german_word_stays_whole() {
    assert_eq!(of_width("Geschafft").size.to_string(), "104");
    let word = "Qualitätssicherungsbeauftragtenversammlung";
    let set = of_width(&format!("Die {word}"));
    assert!(set.lines.iter().any(|line| line.contains(word)), "{set:?}");
}

#[test]
fn a_word_that_no_line_holds_is_parted_and_none_of_its_letters_is_lost() {
    let word = "W".repeat(200);
    let set = of_width(&word);
    assert!(set.lines.len() > 1, "{set:?}");
    assert_eq!(set.lines.concat(), word);
    let endless = of_width(&"W".repeat(2_000));
    assert!(endless.lines.last().unwrap().ends_with('…'), "what is cut says so");
}

#[test]
fn letters_that_no_font_has_are_boxes_and_named_and_emoji_are_drawn() {
    let card = drawn(&simple("Danke 🎉 ❤️ 谢谢"));
    assert_eq!(card.missing, BTreeSet::from(['谢']));
    let title = texts(&card.svg).into_iter().find(|text| text.contains("Danke")).unwrap();
    assert_eq!(title, "Danke 🎉 ❤ □□");
}

#[test]
fn what_looks_like_markup_is_text() {
    let card = drawn(&simple("<script>alert(1)</script> & \"more\""));
    assert!(!card.svg.contains("<script"), "{}", card.svg);
    assert!(resvg::usvg::roxmltree::Document::parse(&card.svg).is_ok());
}

#[test]
fn names_beyond_the_card_are_counted_and_never_silently_lost() {
    let name =
        |place: usize| CardName { name: format!("Maximiliane Hohenlohe-Langenburg {place}"), mark: None };
    let card = Card { names: (0..60).map(name).collect(), ..simple("Geschafft") };
    let texts = texts(&drawn(&card).svg);
    let shown = texts.iter().filter(|text| text.starts_with("Maximiliane")).count();
    assert!(shown >= 3, "{texts:?}");
    assert!(texts.contains(&format!("und {} weitere", 60 - shown)), "{texts:?}");
    let few = Card { names: (0..2).map(name).collect(), ..simple("Geschafft") };
    assert!(!drawn(&few).svg.contains("weitere"));
}

#[test]
fn the_same_card_is_the_same_picture_and_has_its_size() {
    let story = "Zwei Pumpen standen noch auf dem Prüfstand. ".repeat(60);
    let card = Card { story, ..simple("Die Nachtschicht hat den Auftrag gerettet") };
    let (one, other) = (drawn(&card), drawn(&card));
    assert_eq!(one, other);
    assert!(texts(&one.svg).iter().any(|text| text.ends_with('…')), "a story that is cut says so");
    let png = card_png(&one, 1.0).unwrap();
    let decoder = png::Decoder::new(std::io::Cursor::new(&png));
    let mut reader = decoder.read_info().unwrap();
    let mut dots = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut dots).unwrap();
    assert_eq!((f64::from(frame.width), f64::from(frame.height)), (WIDTH, HEIGHT));
    let colours: BTreeSet<&[u8]> = dots.chunks_exact(4).collect();
    assert!(colours.len() > 20, "nothing is drawn");
    assert_eq!(png, card_png(&other, 1.0).unwrap());
}

#[test]
fn a_card_without_a_name_or_a_story_is_a_card() {
    let card = Card { names: Vec::new(), about: String::new(), ..simple("Geschafft") };
    let texts = texts(&drawn(&card).svg);
    assert_eq!(texts, ["Northlight Pumps", "Geschafft"]);
}
