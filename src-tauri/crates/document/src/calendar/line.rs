//! Lines of iCalendar: what a text may hold, how a parameter is quoted, where a line is folded.

/// Octets of a line, without its end.
const OCTETS: usize = 75;

/// A calendar's text so far.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// The text.
    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// Appends a line whose value is what the format itself says.
    pub(super) fn raw(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// Appends a line with a person's text; none for an empty one.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        let value = text(value);
        if !value.is_empty() {
            self.raw(name, &value);
        }
    }

    /// Appends a line in pieces of at most 75 octets, of which all but the first begin with a blank. No letter is cut.
    fn fold(&mut self, line: &str) {
        let mut room = OCTETS;
        for letter in line.chars() {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = OCTETS - 1;
            }
            self.0.push(letter);
            room -= letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text as a value: comma, semicolon, backslash and line break escaped, other control characters gone.
pub(super) fn text(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.trim().chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            '\t' => out.push(' '),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A text as the value of a parameter, in quotes (RFC 6868).
pub(super) fn quoted(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut out = String::from("\"");
    for letter in text.trim().chars() {
        match letter {
            '^' => out.push_str("^^"),
            '"' => out.push_str("^'"),
            '\n' | '\r' => out.push_str("^n"),
            '\t' => out.push(' '),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// An address as the format has it: without blanks and controls, which no address has.
pub(super) fn address(address: &str) -> String {
    address.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_escaped() {
        assert_eq!(text(" a,b;c\\d\r\ne\nf\u{7}\tg:\"h\" "), "a\\,b\\;c\\\\d\\ne\\nf g:\"h\"");
        assert_eq!(quoted("Ana \"A\" ^ García\n, x;y:z"), "\"Ana ^'A^' ^^ García^n, x;y:z\"");
    }

    proptest! {
        #[test]
        fn a_folded_line_unfolds_to_itself(text in "\\PC{0,300}") {
            let mut lines = Lines::default();
            lines.fold(&text);
            let folded = lines.into_text();
            prop_assert!(folded.ends_with("\r\n"));
            for line in folded.split_terminator("\r\n") {
                prop_assert!(line.len() <= OCTETS, "{} octets", line.len());
            }
            prop_assert_eq!(folded.replace("\r\n ", ""), text + "\r\n");
        }
    }
}
