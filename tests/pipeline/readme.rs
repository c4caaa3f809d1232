//! The README's page about TOML is the truth: every key, field and rule is on it, and nothing else.

use std::collections::BTreeSet;

use plaza_domain::cell::DateFormat;
use plaza_domain::record::Field;
use plaza_engine::integration::{Integration, Severity};
use plaza_engine::staging::Rule;

const README: &str = include_str!("../../README.md");

fn section() -> &'static str {
    let rest = &README[README.find("## An integration as TOML").unwrap()..];
    &rest[..rest.find("Complete examples for public data sets").unwrap()]
}

fn example_in(text: &str) -> String {
    let rest = &text[text.find("```toml\n").unwrap() + 8..];
    rest[..rest.find("```").unwrap()].to_owned()
}

fn example() -> String {
    example_in(section())
}

/// What stands in place of files where a system is asked.
fn system_example() -> String {
    example_in(&README[README.find("## A system in place of files").unwrap()..])
}

/// The example with what is optional switched on.
fn whole() -> String {
    switched_on(&example())
}

fn switched_on(lines: &str) -> String {
    let is_key = |text: &str| {
        let key = text.split(" = ").next().unwrap_or_default();
        text.contains(" = ") && key.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')
    };
    let switched_on = lines.lines().map(|line| match line.strip_prefix("# ") {
        Some(key) if is_key(key) => key.to_owned(),
        _ => line.to_owned(),
    });
    switched_on.collect::<Vec<_>>().join("\n")
}

fn keys(value: &toml::Value, under: &str, found: &mut BTreeSet<String>) {
    // Words of the company and of its rows are no keys of ours.
    let is_free = ["days", "values", "severity", "range", "fields", "connection"].contains(&under);
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                if !is_free {
                    found.insert(key.clone());
                }
                keys(value, key, found);
            }
        }
        toml::Value::Array(all) => all.iter().for_each(|one| keys(one, under, found)),
        _ => {}
    }
}

#[test]
fn the_readmes_example_is_an_integration_with_and_without_what_is_optional() {
    for text in [example(), whole()] {
        let integration = Integration::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(Integration::from_toml(&integration.to_toml().unwrap()).unwrap(), integration);
    }
}

#[test]
fn the_readmes_connection_is_one() {
    for text in [system_example(), switched_on(&system_example())] {
        let table: toml::Table = toml::from_str(&text).unwrap();
        let connection: plaza_connect::system::Connection = table["connection"].clone().try_into().unwrap();
        assert_eq!(connection.secret_slots(), ["password"]);
    }
}

/// The interface's bindings list the keys of every table of the definition; all of them are in the example.
#[test]
fn every_key_of_an_integration_is_in_the_readmes_example() {
    let bindings = include_str!("../../ui/src/api/bindings.ts");
    let mut known = BTreeSet::new();
    for table in [
        "Integration",
        "RouteTable",
        "LegTable",
        "StandardTable",
        "Stream",
        "FromTable",
        "FormatTable",
        "FieldRead",
        "RuleTable",
        "RangeTable",
        "SchemaTable",
    ] {
        let rest = &bindings
            [bindings.find(&format!("export type {table} = {{\n")).unwrap_or_else(|| panic!("{table}"))..];
        let lines = rest[..rest.find("\n};").unwrap()].lines().skip(1);
        let key = |line: &str| {
            let (key, _) = line.strip_prefix('\t')?.split_once(": ")?;
            let key = key.trim_end_matches('?');
            key.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_').then(|| key.to_owned())
        };
        known.extend(lines.filter_map(key));
    }
    assert!(known.len() > 40, "{known:?}");
    let mut shown = BTreeSet::new();
    for text in [whole(), switched_on(&system_example())] {
        keys(&toml::from_str(&text).unwrap(), "", &mut shown);
    }
    assert_eq!(shown, known);
}

#[test]
fn every_field_rule_and_date_format_of_the_readme_exists_and_the_other_way_round() {
    let text = section();
    for field in Field::ALL {
        let word = serde_json::to_value(field).unwrap().as_str().unwrap().to_owned();
        let is_between = word.ends_with("_due") && word != "confirmed_due" && word != "paid_due";
        assert!(is_between || text.contains(&format!("`{word}`")), "{word} is not in the README");
    }
    let rules = &text[text.find("Rules, as `severity` names them").unwrap()..];
    let (kept, rest) = rules.split_once("keep a").unwrap();
    let (warned, fixed) = rest.split_once("warn;").unwrap();
    for rule in Rule::ALL {
        let place = match (rule.is_fixed(), rule.default_severity()) {
            (true, _) => fixed,
            (_, Severity::Quarantine) => kept,
            _ => warned,
        };
        assert!(place.contains(&format!("`{}`", rule.word())), "{} is not where it belongs", rule.word());
    }
    let named = rules.split('`').skip(1).step_by(2).filter(|word| *word != "severity");
    named.for_each(|word| assert!(Rule::from_word(word).is_some(), "there is no rule {word}"));
    let integration = Integration::from_toml(&whole()).unwrap();
    for rule in integration.rules.severity.keys() {
        assert!(Rule::from_word(rule).is_some(), "there is no rule {rule}");
    }
    for format in ["ISO", "excel-1900", "excel-1904", "M/d/yy{1950}"] {
        assert!(text.contains(&format!("`{format}`")) && format.parse::<DateFormat>().is_ok(), "{format}");
    }
}
