//! Where something stands in an answer: a JSON path (RFC 9535).

use serde_json::value::RawValue;
use serde_json_path::{JsonPath, LocatedNode, PathElement};

use super::json::{Fields, items};
use crate::system::{SystemError, SystemFault};

/// A JSON path. One of plain names (`$.data.items`) is walked without taking the whole answer apart.
pub(super) struct Path {
    plain: Option<Vec<String>>,
    path: JsonPath,
}

impl Path {
    /// Understands a path; `setting` is where it stands.
    ///
    /// # Errors
    /// [`SystemFault::Setting`].
    pub(super) fn parse(text: &str, setting: &'static str) -> Result<Self, SystemError> {
        let path = JsonPath::parse(text.trim()).map_err(|error| SystemFault::Setting {
            setting,
            reason: format!("“{text}” is no JSON path, which begins with $ as $.data.items does: {error}"),
        })?;
        let names = text.trim().strip_prefix('$').unwrap_or_default();
        let is_plain = names.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._".contains(&byte));
        let plain = (is_plain && !names.contains(".."))
            .then(|| names.split('.').filter(|name| !name.is_empty()).map(str::to_owned).collect());
        Ok(Self { plain, path })
    }

    /// All that stands there.
    pub(super) fn all<'j>(&self, answer: &'j RawValue) -> Vec<&'j RawValue> {
        if let Some(names) = &self.plain {
            let found = names.iter().try_fold(answer, |at, name| Fields::of(at)?.own(name));
            return found.into_iter().collect();
        }
        let Ok(value) = serde_json::from_str(answer.get()) else { return Vec::new() };
        let located = self.path.query_located(&value);
        let walk = |node: &LocatedNode<'_>| {
            node.location().iter().try_fold(answer, |at, step| match step {
                PathElement::Name(name) => Fields::of(at)?.own(name),
                PathElement::Index(index) => items(at)?.get(*index).copied(),
            })
        };
        located.iter().filter_map(walk).collect()
    }

    /// The first that stands there and says something.
    pub(super) fn first<'j>(&self, answer: &'j RawValue) -> Option<&'j RawValue> {
        self.all(answer).into_iter().find(|found| !super::json::is_nothing(found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_what_was_written() {
        let text = r#"{"data": {"items": [{"a": 1.0, "on": true}, {"a": 2.0, "on": false}]}, "next": ""}"#;
        let answer: &RawValue = serde_json::from_str(text).unwrap();
        let cases: [(&str, &[&str]); 6] = [
            ("$.data.items[*].a", &["1.0", "2.0"]),
            ("$['data']['items'][1].a", &["2.0"]),
            ("$.data.items[?@.on == false].a", &["2.0"]),
            ("$..a", &["1.0", "2.0"]),
            ("$.data.nothing", &[]),
            ("$.next", &["\"\""]),
        ];
        for (path, expected) in cases {
            let found: Vec<&str> =
                Path::parse(path, "rows").unwrap().all(answer).into_iter().map(RawValue::get).collect();
            assert_eq!(found, expected, "{path}");
        }
        assert!(Path::parse("$.next", "rows").unwrap().first(answer).is_none());
        let wrong = Path::parse("data.items", "rows").err().unwrap();
        assert!(wrong.to_string().starts_with("rows: “data.items” is no JSON path"), "{wrong}");
    }
}
