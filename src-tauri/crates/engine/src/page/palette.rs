//! Finding anything by its name: KPIs, people, departments, integrations, orders. Pages and actions are the window's
//! own and are found there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use plaza_domain::kpi::KpiKind;
use plaza_domain::language::Language;
use plaza_store::intake::View;
use serde::Serialize;

use super::kpi_name;
use crate::error::Result;
use crate::integration::Integration;
use crate::journey::context::JourneyContext;
use crate::journey::key::OrderKey;
use crate::journey::pack::{JourneyTexts, unpack};
use crate::workspace::Workspace;

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Hit {
    /// `order`, `kpi`, `person`, `department`, `integration`.
    pub kind: String,
    /// What to show.
    pub title: String,
    /// A second line.
    pub detail: Option<String>,
    /// The page's address: `/kpi/promise-kept`.
    pub address: String,
}

/// Hits in all: what fits a window without scrolling far.
const HITS_MAX: usize = 20;

/// Hits of each kind other than orders, so that these always have room.
const NAMES_MAX: usize = 3;

/// Letters of a query that are looked at.
const QUERY_MAX: usize = 100;

impl Hit {
    /// What a query finds, at most 20: names that hold all its words, and orders whose number begins with it.
    ///
    /// # Errors
    /// What the stores say.
    pub fn search(workspace: &Workspace, query: &str) -> Result<Vec<Self>> {
        let query: String = query.trim().chars().take(QUERY_MAX).collect();
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let mut hits = names(workspace, &query)?;
        let room = HITS_MAX.saturating_sub(hits.len());
        let orders = orders(workspace, &query, room)?;
        hits.splice(..0, orders);
        Ok(hits)
    }

    fn new(kind: &str, title: impl Into<String>, detail: Option<String>, address: String) -> Self {
        let detail = detail.filter(|detail| !detail.is_empty());
        Self { kind: kind.to_owned(), title: title.into(), detail, address }
    }
}

/// Everything that has a name.
fn names(workspace: &Workspace, query: &str) -> Result<Vec<Hit>> {
    let words: Vec<String> = plain(query).split_whitespace().map(str::to_owned).collect();
    let is_meant = |texts: &[&str]| {
        let text = plain(&texts.join(" "));
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let (language, kpis, people, departments, integrations) = workspace.view(|view| {
        Ok((
            view.settings()?.language,
            view.kpis()?,
            view.people()?,
            view.departments()?,
            view.integrations()?,
        ))
    })?;
    let mut hits = Vec::new();
    let kpis = kpis.iter().filter(|kpi| kpi.active).filter(|kpi| is_meant(&kpi_names(kpi.kind, &kpi.name)));
    hits.extend(kpis.take(NAMES_MAX).map(|kpi| {
        let question = Some(kpi.question.clone());
        Hit::new("kpi", super::name(kpi, language), question, format!("/kpi/{}", kpi.kind.word()))
    }));
    let mut found: Vec<_> = people.iter().filter(|person| is_meant(&[&person.name])).collect();
    found.sort_by_key(|person| person.left.is_some());
    hits.extend(found.into_iter().take(NAMES_MAX).map(|person| {
        let department = departments.iter().find(|known| Some(&known.id) == person.department.as_ref());
        let detail = department.map(|department| department.name.clone());
        Hit::new("person", person.name.as_str(), detail, "/workspace/people".to_owned())
    }));
    let found = departments.iter().filter(|department| department.active && is_meant(&[&department.name]));
    hits.extend(found.take(NAMES_MAX).map(|department| {
        Hit::new("department", department.name.as_str(), None, "/workspace/people".to_owned())
    }));
    let standing = integrations.iter().filter(|known| known.retired.is_none());
    let read = standing.filter_map(|known| Integration::from_toml(&known.current.toml).ok());
    let found = read.filter(|known| is_meant(&[&known.name, &known.system, &known.id]));
    hits.extend(found.take(NAMES_MAX).map(|known| {
        let address = format!("/integrations/{}", segment(&known.id));
        Hit::new("integration", known.name, Some(known.system), address)
    }));
    Ok(hits)
}

/// What a KPI may be called: its own name, and those of the catalogue.
pub(crate) fn kpi_names(kind: KpiKind, own: &str) -> Vec<&str> {
    let catalogue = Language::ALL.into_iter().map(|language| kpi_name(kind, language));
    std::iter::once(own).chain(catalogue).collect()
}

/// Order lines: those of an order whose number is the query or the part of it before a slash, then the first line of
/// each order whose number begins with the query.
fn orders(workspace: &Workspace, query: &str, max: usize) -> Result<Vec<Hit>> {
    let contexts = crate::week::rules(workspace)?;
    let reader = workspace.intake_reader()?;
    let view = reader.view();
    let mut hits = Vec::new();
    let several = has_several_systems(&contexts);
    let parted = query.rsplit_once('/').map(|(order, line)| (order.trim(), line.trim()));
    for (number, context) in &contexts {
        for (order, line) in std::iter::once((query, "")).chain(parted) {
            let room = max.saturating_sub(hits.len());
            hits.extend(lines(view, context, *number, order, line, room, several)?);
        }
    }
    // One more of each, because a whole number begins with itself too.
    let numbers = workspace.order_numbers().read(workspace)?;
    for (order, integration) in numbers.beginning_with(query, max + contexts.len()) {
        let Some(context) = contexts.get(&integration).filter(|_| order != query && hits.len() < max) else {
            continue;
        };
        hits.extend(lines(view, context, integration, order, "", 1, several)?);
    }
    Ok(hits)
}

/// The lines of an order that begin with `line`. `several`: the workspace has more than one system.
fn lines(
    view: View<'_>,
    context: &JourneyContext,
    integration: i64,
    order: &str,
    line: &str,
    max: usize,
    several: bool,
) -> Result<Vec<Hit>> {
    let key = OrderKey::of(&context.system, order);
    let mut hits = Vec::new();
    view.each_journey(key.whole(), key.last(), |_, number, body| -> Result<()> {
        let texts = unpack(body).map(|(_, texts)| texts);
        if let Some(texts) = texts.filter(|texts| number == integration && texts.order == order)
            && texts.line.starts_with(line)
            && hits.len() < max
        {
            let known = [texts.customer, context.system.as_str()];
            let detail: Vec<&str> = known.into_iter().filter(|text| !text.is_empty()).collect();
            let address = address(texts, several.then_some(&context.system));
            let title = format!("{} / {}", texts.order, texts.line);
            hits.push(Hit::new("order", title, Some(detail.join(" · ")), address));
        }
        Ok(())
    })?;
    Ok(hits)
}

/// The address of an order line's page; `system` where its number may stand in another system too.
fn address(texts: JourneyTexts<'_>, system: Option<&String>) -> String {
    let address = format!("/order/{}/{}", segment(texts.order), segment(texts.line));
    // In quotes: the window reads what stands there as JSON, and a system may be called “7”.
    let quoted = system.map(|system| segment(&serde_json::Value::from(system.as_str()).to_string()));
    quoted.map_or(address.clone(), |system| format!("{address}?system={system}"))
}

/// Whether an order's number alone may not say which order is meant.
pub(super) fn has_several_systems(contexts: &BTreeMap<i64, JourneyContext>) -> bool {
    contexts.values().map(|context| &context.system).collect::<BTreeSet<_>>().len() > 1
}

/// A text as one segment of an address (RFC 3986).
fn segment(text: &str) -> String {
    let mut segment = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            segment.push(char::from(byte));
        } else {
            let _ = write!(segment, "%{byte:02X}");
        }
    }
    segment
}

/// Lower case without accents, so that “fruh” finds “Früh”.
fn plain(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(without_accent).collect()
}

/// The letter below an accent, for those of the Latin alphabets of Europe.
const fn without_accent(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' | 'ģ' | 'ĝ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ķ' => 'k',
        'ł' | 'ľ' | 'ļ' | 'ĺ' => 'l',
        'ñ' | 'ń' | 'ň' | 'ņ' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' | 'ŕ' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_any_text_and_accents_do_not_hide_names() {
        assert_eq!(segment("A/7 ü%"), "A%2F7%20%C3%BC%25");
        assert_eq!(plain("Früh ÉÑ"), "fruh en");
    }

    #[test]
    fn the_address_of_an_order_names_its_system_where_there_are_several() {
        let texts = JourneyTexts { order: "47/11", line: "1", ..JourneyTexts::default() };
        assert_eq!(address(texts, None), "/order/47%2F11/1");
        assert_eq!(address(texts, Some(&"Abas ERP".into())), "/order/47%2F11/1?system=%22Abas%20ERP%22");
    }
}
