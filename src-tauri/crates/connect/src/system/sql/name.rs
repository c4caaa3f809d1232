//! Names and values in a statement: each written so that it can only ever be a name or a value.

use super::position::Mark;

/// How a kind of database writes names and values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Postgres,
    Mysql,
    Sqlite,
    SqlServer,
}

impl Style {
    /// A name, whatever signs it holds.
    pub(super) fn quoted(self, name: &str) -> String {
        match self {
            Self::Postgres | Self::Sqlite => format!("\"{}\"", name.replace('"', "\"\"")),
            Self::Mysql => format!("`{}`", name.replace('`', "``")),
            Self::SqlServer => format!("[{}]", name.replace(']', "]]")),
        }
    }

    /// The name of a table with those of its schema (and database) before it.
    pub(super) fn table(self, name: &str) -> String {
        parts(name).iter().map(|part| self.quoted(part)).collect::<Vec<_>>().join(".")
    }

    /// A text as a value.
    pub(super) fn text(self, text: &str) -> String {
        match self {
            // Backslashes are plain signs: `standard_conforming_strings` is set for the session.
            Self::Postgres | Self::Sqlite => format!("'{}'", text.replace('\'', "''")),
            // By hexadecimal, so that no SQL mode of the server gives a backslash another meaning.
            Self::Mysql if text.is_empty() => "''".to_owned(),
            Self::Mysql if is_plain(text) => format!("'{text}'"),
            Self::Mysql => {
                use std::fmt::Write as _;
                let mut hex = String::with_capacity(2 * text.len());
                for byte in text.bytes() {
                    let _ = write!(hex, "{byte:02X}");
                }
                format!("_utf8mb4 X'{hex}'")
            }
            Self::SqlServer => format!("N'{}'", text.replace('\'', "''")),
        }
    }

    /// A mark as a value.
    pub(super) fn mark(self, mark: &Mark) -> String {
        match mark {
            // [`Mark`] lets nothing else be a number.
            Mark::Number(digits) => digits.clone(),
            Mark::Text(text) => self.text(text),
        }
    }
}

/// Signs that mean the same in every SQL mode and in every time that a database takes.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -:.+_".contains(&byte))
}

/// A name's parts: `public.orders` has two; a part with a dot in it stands in quotes: `sales."old.orders"`.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut in_quotes = false;
    let mut signs = name.chars().peekable();
    while let Some(sign) = signs.next() {
        let at_begin = parts.last().is_some_and(String::is_empty);
        match sign {
            '"' if in_quotes && signs.peek() == Some(&'"') => {
                signs.next();
                push(&mut parts, '"');
            }
            '"' if in_quotes => in_quotes = false,
            '"' if at_begin => in_quotes = true,
            '.' if !in_quotes => parts.push(String::new()),
            other => push(&mut parts, other),
        }
    }
    parts
}

fn push(parts: &mut [String], sign: char) {
    if let Some(last) = parts.last_mut() {
        last.push(sign);
    }
}

/// Parts as one name, as [`Style::table`] takes it.
pub(super) fn joined(parts: &[&str]) -> String {
    let quoted = parts.iter().map(|part| {
        if part.contains(['.', '"']) {
            format!("\"{}\"", part.replace('"', "\"\""))
        } else {
            (*part).to_owned()
        }
    });
    quoted.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_a_name_whatever_it_holds() {
        let cases = [
            (Style::Postgres, "or\"; drop", "\"or\"\"; drop\""),
            (Style::Sqlite, "a b", "\"a b\""),
            (Style::Mysql, "or`; drop", "`or``; drop`"),
            (Style::SqlServer, "or]; drop", "[or]]; drop]"),
        ];
        for (style, name, expected) in cases {
            assert_eq!(style.quoted(name), expected);
        }
    }

    #[test]
    fn a_text_stays_a_text_whatever_it_holds() {
        let cases = [
            (Style::Postgres, r"a\' or 1", r"'a\'' or 1'"),
            (Style::Sqlite, "o'clock", "'o''clock'"),
            (Style::Mysql, r"\'", "_utf8mb4 X'5C27'"),
            (Style::Mysql, "2026-01-02 03:04:05.678", "'2026-01-02 03:04:05.678'"),
            (Style::SqlServer, "o'clock", "N'o''clock'"),
        ];
        for (style, text, expected) in cases {
            assert_eq!(style.text(text), expected);
        }
    }

    #[test]
    fn parts_of_a_name_are_found_again() {
        for parts_given in [vec!["orders"], vec!["public", "orders"], vec!["a.b", "c\"d", "e"], vec!["", "x"]]
        {
            assert_eq!(parts(&joined(&parts_given)), parts_given);
        }
        assert_eq!(Style::Postgres.table("public.orders"), "\"public\".\"orders\"");
        assert_eq!(parts("5\" pipes"), ["5\" pipes"]);
    }
}
