//! As much of a story as stands on a card.

/// Letters of a story on a card: what a room reads while somebody tells the rest.
pub const EXCERPT_CHARS: usize = 260;

/// The beginning of a story: its first paragraph, or whole sentences of it that fit, or as many words with `…`.
pub fn excerpt(story: &str) -> String {
    let first = story.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    let mut text = String::new();
    let mut letters = 0;
    let mut sentence_end = None;
    for word in &words {
        letters += word.chars().count() + usize::from(!text.is_empty());
        if letters > EXCERPT_CHARS {
            return match sentence_end {
                Some(end) => text.get(..end).unwrap_or(&text).to_owned(),
                None => shortened(&text, word),
            };
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
        // A short word with a dot is an abbreviation, and a number with one is a day of a month.
        let is_end = word.ends_with(['.', '!', '?', '…'])
            && word.chars().filter(|one| one.is_alphabetic()).count() > 3;
        if is_end && letters * 2 > EXCERPT_CHARS {
            sentence_end = Some(text.len());
        }
    }
    text
}

/// Words that end in the middle of a sentence; a first word that is endless is cut itself.
fn shortened(text: &str, next: &str) -> String {
    if text.is_empty() {
        return format!("{}…", next.chars().take(EXCERPT_CHARS - 1).collect::<String>());
    }
    format!("{}…", text.trim_end_matches([',', ';', ':', '–', '-', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_story_stands_whole_and_only_its_first_paragraph_counts() {
        assert_eq!(excerpt(""), "");
        assert_eq!(excerpt(" \n  "), "");
        assert_eq!(excerpt("\n It came  in time. \nNobody noticed."), "It came in time.");
    }

    #[test]
    fn a_long_story_ends_with_a_sentence_where_one_ends_late_enough() {
        let sentence = "The night shift stayed until the last pump was tested and packed for the ship.";
        let story = [sentence; 6].join(" ");
        assert_eq!(excerpt(&story), [sentence; 3].join(" "));
    }

    #[test]
    fn a_sentence_without_an_end_is_cut_between_words_and_says_so() {
        let story = "and then, ".repeat(60);
        let cut = excerpt(&story);
        assert!(cut.ends_with("then…"), "{cut}");
    }

    proptest! {
        #[test]
        fn a_card_never_holds_more_than_it_can(story in "\\PC{0,600}") {
            prop_assert!(excerpt(&story).chars().count() <= EXCERPT_CHARS + 1);
        }
    }
}
