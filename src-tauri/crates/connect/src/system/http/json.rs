//! JSON as it was written: numbers keep every digit, fields their order. Nothing is taken apart that nobody wants.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::system::FieldType;

/// Structures are followed this deep for their fields; deeper ones are one field with their text.
const DEPTH_MAX: usize = 4;

/// The fields of an object, in its order.
pub(crate) struct Fields<'j>(Vec<(Cow<'j, str>, &'j RawValue)>);

struct Name<'j>(Cow<'j, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;
        impl<'de> Visitor<'de> for Words {
            type Value = Name<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Words)
    }
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some((Name(name), value)) = map.next_entry()? {
                    fields.push((name, value));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

impl<'j> Fields<'j> {
    /// The fields of an object; nothing where it is none.
    pub(crate) fn of(raw: &'j RawValue) -> Option<Self> {
        raw.get().starts_with('{').then(|| serde_json::from_str(raw.get()).ok()).flatten()
    }

    /// A field by its own name; of several with one name the last, as everywhere.
    pub(crate) fn own(&self, name: &str) -> Option<&'j RawValue> {
        self.0.iter().rfind(|(own, _)| own == name).map(|(_, value)| *value)
    }

    /// A field, also one within structures (`customer.name`).
    pub(crate) fn find(&self, name: &str) -> Option<&'j RawValue> {
        self.own(name).or_else(|| {
            let mut dots = name.match_indices('.');
            dots.find_map(|(dot, _)| Fields::of(self.own(&name[..dot])?)?.find(&name[dot + 1..]))
        })
    }

    /// All fields with those within structures under dotted names.
    pub(crate) fn flat(&self) -> Vec<(String, &'j RawValue)> {
        let mut flat = Vec::new();
        self.flatten("", 1, &mut flat);
        flat
    }

    fn flatten(&self, prefix: &str, depth: usize, flat: &mut Vec<(String, &'j RawValue)>) {
        for (name, value) in &self.0 {
            let name = format!("{prefix}{name}");
            match Fields::of(value) {
                Some(inner) if depth < DEPTH_MAX => inner.flatten(&format!("{name}."), depth + 1, flat),
                _ => flat.push((name, value)),
            }
        }
    }
}

/// The items of a list; nothing where it is none.
pub(crate) fn items(raw: &RawValue) -> Option<Vec<&RawValue>> {
    raw.get().starts_with('[').then(|| serde_json::from_str(raw.get()).ok()).flatten()
}

/// The text of a cell: words without their quotes, numbers as they are written, nothing for `null`, structures as JSON.
pub(crate) fn cell(raw: &RawValue) -> Cow<'_, str> {
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'n') => Cow::Borrowed(""),
        // What is no valid text (half of a pair of surrogates) stays as it is written.
        Some(b'"') => serde_json::from_str::<Name<'_>>(text)
            .map_or_else(|_| Cow::Borrowed(text.trim_matches('"')), |Name(words)| words),
        _ => Cow::Borrowed(text),
    }
}

/// Whether it says nothing: `null`, `false`, nought, or something empty.
pub(crate) fn is_nothing(raw: &RawValue) -> bool {
    let text = raw.get();
    matches!(text, "null" | "false" | "0" | "\"\"")
        || items(raw).is_some_and(|items| items.is_empty())
        || Fields::of(raw).is_some_and(|fields| fields.0.is_empty())
}

/// What a cell holds; nothing for `null`.
pub(crate) fn kind(raw: &RawValue) -> Option<FieldType> {
    let text = raw.get();
    Some(match text.as_bytes().first()? {
        b'n' => return None,
        b'{' | b'[' => FieldType::Other,
        b't' | b'f' => FieldType::Boolean,
        b'"' => super::moment::kind(&cell(raw)),
        _ if text.contains(['.', 'e', 'E']) => FieldType::Decimal,
        _ => FieldType::Integer,
    })
}

/// What holds both.
pub(crate) fn both(a: FieldType, b: FieldType) -> FieldType {
    use FieldType::{Date, Decimal, Integer, Other, Text, Timestamp};
    match (a, b) {
        _ if a == b => a,
        (Integer, Decimal) | (Decimal, Integer) => Decimal,
        (Date, Timestamp) | (Timestamp, Date) => Timestamp,
        (Other, _) | (_, Other) => Other,
        _ => Text,
    }
}

/// FNV-1a, 64 bits: tells rows apart; the same on every day and computer.
pub(crate) fn hash(text: &[u8], from: u64) -> u64 {
    text.iter().fold(from, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Where [`hash`] begins.
pub(crate) const HASH: u64 = 0xcbf2_9ce4_8422_2325;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_as_they_were_written() {
        let text = r#"{"n": 1.50, "big": 12345678901234567890.10, "e": 1E2, "s": "a\"b\u00e4", "none": null,
            "half": "x\ud800", "yes": true, "o": {"p": {"q": 7}}, "l": [1, 2], "a.b": 1, "n": 2.50}"#;
        let raw: &RawValue = serde_json::from_str(text).unwrap();
        let fields = Fields::of(raw).unwrap();
        let cases = [
            ("n", "2.50"),
            ("big", "12345678901234567890.10"),
            ("e", "1E2"),
            ("s", "a\"bä"),
            ("none", ""),
            ("half", "x\\ud800"),
            ("yes", "true"),
            ("o.p.q", "7"),
            ("o.p", r#"{"q": 7}"#),
            ("l", "[1, 2]"),
            ("a.b", "1"),
        ];
        for (name, expected) in cases {
            assert_eq!(cell(fields.find(name).unwrap()), expected, "{name}");
        }
        assert!(fields.find("o.x").is_none() && fields.find("n.x").is_none());
        let names: Vec<String> = fields.flat().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["n", "big", "e", "s", "none", "half", "yes", "o.p.q", "l", "a.b", "n"]);
    }
}
