//! What people write, as it is shown: a safe part of Markdown, read into plain pieces. Nothing in it is ever markup for the
//! window: an HTML tag is text, a link leads to the web or to a mailbox or nowhere.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::department::DepartmentId;
use plaza_domain::person::PersonId;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::page::thread::{BlockKind, TextBlock, TextSpan};

/// How deep lists and quotes are shown; deeper ones stand at this depth.
const DEPTH_MAX: u8 = 6;

/// Who may be mentioned.
#[derive(Debug, Default)]
pub(crate) struct Mentionable {
    /// With their names.
    pub people: BTreeMap<PersonId, String>,
    /// With their names.
    pub departments: BTreeMap<DepartmentId, String>,
}

/// Whom a text mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mentions {
    pub people: BTreeSet<PersonId>,
    pub departments: BTreeSet<DepartmentId>,
}

/// Letters that turn the direction of others: a text could show something else than it says.
const fn turns(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Letters of which nothing is seen: a text of nothing else says nothing. Within others they have their use (joined emoji,
/// joined scripts), so they are left there.
const fn is_unseen(letter: char) -> bool {
    turns(letter)
        || matches!(
            letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{2800}'
                | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
                | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether there is anything to be seen of a text.
pub(crate) fn says_something(text: &str) -> bool {
    text.chars().any(|letter| !letter.is_whitespace() && !letter.is_control() && !is_unseen(letter))
}

/// A text without what could make it look like another one: marks that turn its direction, and control characters. Empty where
/// nothing would be seen of it.
pub(crate) fn tidy(text: &str) -> String {
    if !says_something(text) {
        return String::new();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter(|letter| !turns(*letter) && (!letter.is_control() || matches!(letter, '\n' | '\t')))
        .collect()
}

/// Reads a text into the pieces that are shown, in the order of reading.
pub(crate) fn blocks(text: &str, mentionable: &Mentionable) -> Vec<TextBlock> {
    let text = tidy(text);
    let mut reader = Reader { mentionable, ..Reader::default() };
    for event in Parser::new_ext(&text, Options::ENABLE_STRIKETHROUGH) {
        reader.hear(event);
    }
    reader.flush();
    reader.blocks
}

/// Whom a text mentions: `[@Name](person:ID)` and `[@Name](department:ID)`.
pub(crate) fn mentions(text: &str, mentionable: &Mentionable) -> Mentions {
    let mut found = Mentions::default();
    for span in blocks(text, mentionable).into_iter().flat_map(|block| block.spans) {
        found.people.extend(span.person.map(PersonId));
        found.departments.extend(span.department.and_then(|id| id.parse().ok()));
    }
    found
}

#[derive(Default)]
struct Reader<'a> {
    mentionable: &'a Mentionable,
    blocks: Vec<TextBlock>,
    open: Option<TextBlock>,
    style: TextSpan,
    /// Of each list that is open: the next number of a numbered one.
    lists: Vec<Option<u64>>,
    quotes: u8,
    /// What is written within a mention is not said: the name is.
    is_mention: bool,
}

impl Default for &Mentionable {
    fn default() -> Self {
        static NOBODY: Mentionable = Mentionable { people: BTreeMap::new(), departments: BTreeMap::new() };
        &NOBODY
    }
}

impl Reader<'_> {
    fn hear(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.say(&text),
            Event::Code(text) => {
                let before = std::mem::replace(&mut self.style.code, true);
                self.say(&text);
                self.style.code = before;
            }
            Event::SoftBreak | Event::HardBreak => self.say("\n"),
            Event::Rule => {
                self.flush();
                self.blocks.push(block(BlockKind::Rule, 0));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.say(&text);
            }
            Event::TaskListMarker(is_done) => self.say(if is_done { "☑ " } else { "☐ " }),
        }
    }

    fn depth(&self) -> u8 {
        let lists = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(DEPTH_MAX);
        lists.saturating_add(self.quotes.saturating_sub(1)).min(DEPTH_MAX)
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph if self.open.is_none() => {
                let kind = if self.quotes > 0 { BlockKind::Quote } else { BlockKind::Paragraph };
                self.begin(kind);
            }
            Tag::Heading { .. } => self.begin(BlockKind::Heading),
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_add(1);
            }
            Tag::CodeBlock(_) => self.begin(BlockKind::Code),
            Tag::HtmlBlock => self.begin(BlockKind::Paragraph),
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                self.begin(BlockKind::Item);
                let number = self.lists.last_mut().and_then(Option::as_mut);
                if let (Some(number), Some(open)) = (number, &mut self.open) {
                    open.ordinal = Some(u32::try_from(*number).unwrap_or(u32::MAX));
                    *number = number.saturating_add(1);
                }
            }
            Tag::Strong => self.style.strong = true,
            Tag::Emphasis => self.style.emphasis = true,
            Tag::Strikethrough => self.style.struck = true,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.link(&dest_url),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Item => {
                self.flush();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Strong => self.style.strong = false,
            TagEnd::Emphasis => self.style.emphasis = false,
            TagEnd::Strikethrough => self.style.struck = false,
            TagEnd::Link | TagEnd::Image => {
                self.is_mention = false;
                self.style.link = None;
                self.style.person = None;
                self.style.department = None;
            }
            _ => {}
        }
    }

    /// Where a link leads: to somebody who is mentioned, outside, or nowhere.
    fn link(&mut self, address: &str) {
        if let Some(id) = address.strip_prefix("person:") {
            let id = PersonId(id.to_owned());
            if let Some(name) = self.mentionable.people.get(&id) {
                self.style.person = Some(id.0);
                self.mention(name);
            }
        } else if let Some(id) = address.strip_prefix("department:") {
            let id = id.parse::<DepartmentId>().ok();
            if let Some((id, name)) = id.and_then(|id| self.mentionable.departments.get_key_value(&id)) {
                self.style.department = Some(id.to_string());
                self.mention(name);
            }
        } else if leads_outside(address) {
            self.style.link = Some(address.to_owned());
        }
    }

    /// Names who is mentioned as they are called, whatever the writer called them: nobody asks Ada as “@Boss”.
    fn mention(&mut self, name: &str) {
        self.style.link = None;
        self.say(&format!("@{name}"));
        self.is_mention = true;
    }

    fn begin(&mut self, kind: BlockKind) {
        self.flush();
        self.open = Some(block(kind, self.depth()));
    }

    fn say(&mut self, text: &str) {
        if self.is_mention {
            return;
        }
        let depth = self.depth();
        let open = self.open.get_or_insert_with(|| block(BlockKind::Paragraph, depth));
        let span = TextSpan { text: text.to_owned(), ..self.style.clone() };
        match open.spans.last_mut().filter(|last| is_same(last, &span)) {
            Some(last) => last.text.push_str(text),
            None => open.spans.push(span),
        }
    }

    fn flush(&mut self) {
        if let Some(open) = self.open.take()
            && open.spans.iter().any(|span| !span.text.trim().is_empty())
        {
            self.blocks.push(open);
        }
    }
}

const fn block(kind: BlockKind, depth: u8) -> TextBlock {
    TextBlock { kind, depth, ordinal: None, spans: Vec::new() }
}

fn is_same(one: &TextSpan, other: &TextSpan) -> bool {
    let look = |span: &TextSpan| (span.strong, span.emphasis, span.struck, span.code);
    look(one) == look(other)
        && one.link == other.link
        && one.person == other.person
        && one.department == other.department
}

/// Whether an address leads to the web or to a mailbox, and shows where.
fn leads_outside(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let known = ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    let hides = |letter: char| letter.is_control() || letter.is_whitespace() || turns(letter);
    known && address.len() <= 2_000 && !address.chars().any(hides)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known() -> Mentionable {
        Mentionable {
            people: [(PersonId("p1".into()), "Ada".to_owned())].into(),
            departments: [("sales".parse().unwrap(), "Sales".to_owned())].into(),
        }
    }

    fn shown(text: &str) -> String {
        let line = |block: TextBlock| {
            let spans = block.spans.iter().map(|span| {
                let mut marks = String::new();
                for (is, mark) in
                    [(span.strong, "b"), (span.emphasis, "i"), (span.struck, "s"), (span.code, "c")]
                {
                    marks += if is { mark } else { "" };
                }
                let goal = span.link.clone().or(span.person.clone()).or(span.department.clone());
                format!("{}{marks}{}", span.text, goal.map(|goal| format!("→{goal}")).unwrap_or_default())
            });
            let ordinal = block.ordinal.map(|number| number.to_string()).unwrap_or_default();
            format!("{:?}{ordinal}.{}: {}", block.kind, block.depth, spans.collect::<Vec<_>>().join("|"))
        };
        blocks(text, &known()).into_iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_text_reads_as_it_was_meant() {
        for (text, wanted) in [
            ("plain", "Paragraph.0: plain"),
            ("a **b** *c* ~~d~~ `e`", "Paragraph.0: a |bb| |ci| |ds| |ec"),
            ("- one\n- two\n  - three", "Item.0: one\nItem.0: two\nItem.1: three"),
            ("3. x\n4. y", "Item3.0: x\nItem4.0: y"),
            ("> said\n\nanswer", "Quote.0: said\nParagraph.0: answer"),
            ("[@Ada](person:p1) and [@X](person:nobody)", "Paragraph.0: @Ada→p1| and @X"),
            ("[@Sales](department:sales)", "Paragraph.0: @Sales→sales"),
            ("[@Boss](person:p1), please", "Paragraph.0: @Ada→p1|, please"),
            ("[here](https://a.example/x)", "Paragraph.0: here→https://a.example/x"),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }

    #[test]
    fn nothing_hostile_gets_through() {
        for (text, wanted) in [
            ("<script>alert(1)</script>", "Paragraph.0: <script>alert(1)</script>"),
            ("<b onclick=x>y</b>", "Paragraph.0: <b onclick=x>y</b>"),
            ("[x](javascript:alert(1))", "Paragraph.0: x"),
            ("[x](JaVaScRiPt:alert(1))", "Paragraph.0: x"),
            ("[x](data:text/html,y)", "Paragraph.0: x"),
            ("![x](file:///etc/passwd)", "Paragraph.0: x"),
            ("abc\u{202e}cba\u{2066}d", "Paragraph.0: abccbad"),
            ("a\u{0}b\u{7}c", "Paragraph.0: abc"),
        ] {
            assert_eq!(shown(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn a_text_of_which_nothing_is_seen_is_none_and_joined_letters_stay_joined() {
        for text in
            ["", " \n\t", "\u{200b}", "\u{feff}\u{200d} \u{2060}", "\u{3164}", "\u{ad}\u{fe0f}", "\u{e0041}"]
        {
            assert_eq!(tidy(text), "", "{text:?}");
        }
        for text in ["\u{1f468}\u{200d}\u{1f469}", "می\u{200c}خواهم", "\u{2764}\u{fe0f}"] {
            assert_eq!(tidy(text), text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_shown_without_a_link_that_leads_elsewhere(text in "(\\PC|[\\[\\]()<>*_`~:!#>\\n-]|javascript:|https://){0,60}") {
            for span in blocks(&text, &known()).into_iter().flat_map(|block| block.spans) {
                let known = ["https://", "http://", "mailto:"];
                let leads = span.link.map(|link| link.to_ascii_lowercase());
                let is_known = leads.is_none_or(|link| known.iter().any(|scheme| link.starts_with(scheme)));
                prop_assert!(is_known);
                prop_assert!(!span.text.chars().any(turns));
            }
        }
    }
}
