//! JSON as cells: texts as they are, numbers digit for digit, the names of an object in their order.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Numbers written with an exponent beyond this are left as they are: nobody means so many digits.
const PLACES_MAX: i64 = 60;

/// An object's members in the order in which they were written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members<'a>(pub Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Members<'a> {
    /// The members of an object; none where it is something else.
    pub(crate) fn of(value: &'a RawValue) -> Option<Self> {
        serde_json::from_str(value.get()).ok()
    }

    /// The member of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    /// What stands at the end of a path of names joined by dots. A member that is called like the whole path comes first.
    pub(crate) fn at(&self, path: &str) -> Option<&'a RawValue> {
        if let Some(value) = self.get(path) {
            return Some(value);
        }
        let (first, rest) = path.split_once('.')?;
        Members::of(self.get(first)?)?.at(rest)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::with_capacity(map.size_hint().unwrap_or(8));
                while let Some(Name(name)) = map.next_key()? {
                    members.push((name, map.next_value()?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Names)
    }
}

/// A name, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// The text of a cell: nothing for `null`, a text without its quotes, a number digit for digit, anything else as JSON.
pub(crate) fn cell(value: &RawValue) -> Cow<'_, str> {
    let raw = value.get();
    match raw.as_bytes().first() {
        Some(b'n') => Cow::Borrowed(""),
        Some(b'"') => serde_json::from_str::<Name<'_>>(raw).map_or(Cow::Borrowed(raw), |text| text.0),
        Some(b'-' | b'0'..=b'9') => number(raw),
        _ => Cow::Borrowed(raw),
    }
}

/// A number without exponent, with every digit that was written: `1.50e3` is `1500`, `-5E-3` is `-0.005`.
pub(crate) fn number(text: &str) -> Cow<'_, str> {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return Cow::Borrowed(text) };
    let Ok(exponent) = exponent.parse::<i64>() else { return Cow::Borrowed(text) };
    if exponent.abs() > PLACES_MAX {
        return Cow::Borrowed(text);
    }
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |digits| ("-", digits));
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{decimals}");
    let point = whole.len() as i64 + exponent;
    let plain = if point <= 0 {
        format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize))
    } else if point as usize >= digits.len() {
        format!("{digits}{}", "0".repeat(point as usize - digits.len()))
    } else {
        let (whole, decimals) = digits.split_at(point as usize);
        format!("{whole}.{decimals}")
    };
    let plain = match plain.find(|digit| digit != '0') {
        Some(at) if plain.as_bytes()[at] == b'.' => &plain[at - 1..],
        Some(at) => &plain[at..],
        None => "0",
    };
    Cow::Owned(format!("{sign}{plain}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        for (written, plain) in [
            ("12.50", "12.50"),
            ("-0.10", "-0.10"),
            ("12345678901234567890.123456789", "12345678901234567890.123456789"),
            ("1.50e3", "1500"),
            ("1.2345E+2", "123.45"),
            ("-5e-3", "-0.005"),
            ("25e-1", "2.5"),
            ("0e5", "0"),
            ("1e400", "1e400"),
        ] {
            assert_eq!(number(written), plain, "{written}");
        }
    }

    #[test]
    fn members_are_found_by_dotted_names_in_their_order() {
        let object: Members<'_> =
            serde_json::from_str(r#"{"z":1.10,"a":{"b":{"c":"d\n"}},"a.x":true,"n":null,"l":[1, 2]}"#)
                .unwrap();
        let names: Vec<_> = object.0.iter().map(|(name, _)| name.as_ref()).collect();
        assert_eq!(names, ["z", "a", "a.x", "n", "l"]);
        let text = |path| object.at(path).map(cell);
        assert_eq!(text("z").as_deref(), Some("1.10"));
        assert_eq!(text("a.b.c").as_deref(), Some("d\n"));
        assert_eq!(text("a.x").as_deref(), Some("true"));
        assert_eq!(text("n").as_deref(), Some(""));
        assert_eq!(text("l").as_deref(), Some("[1, 2]"));
        assert_eq!((text("a.q"), text("z.q")), (None, None));
    }
}
