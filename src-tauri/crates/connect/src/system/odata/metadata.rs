//! What an `OData` service says that it has (`$metadata`), of version 4 and 2 alike.

use std::collections::HashMap;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::edm::Edm;
use crate::system::{SystemError, SystemFault};

/// Types that are derived from types that are derived … at most so deep.
const BASES_MAX: usize = 16;

/// What a service has.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// 4 or 2.
    pub version: u8,
    /// Its sets, in its order.
    pub sets: Vec<Set>,
    /// By full name.
    types: HashMap<String, Entity>,
    /// Ends of associations (version 2) by association and role: the type, and whether it is one at most.
    ends: HashMap<(String, String), (String, bool)>,
}

/// A set of entities.
#[derive(Debug)]
pub(super) struct Set {
    pub name: String,
    pub label: Option<String>,
    entity: String,
}

#[derive(Debug, Default)]
struct Entity {
    base: Option<String>,
    keys: Vec<String>,
    properties: Vec<Property>,
    ways: Vec<Way>,
    label: Option<String>,
}

/// A field of an entity.
#[derive(Clone, Debug)]
pub(super) struct Property {
    pub name: String,
    pub label: Option<String>,
    pub edm: Edm,
}

/// A way from an entity to another.
#[derive(Clone, Debug)]
enum Way {
    /// To one of a type.
    One { name: String, to: String },
    /// By an association (version 2).
    Association { name: String, association: String, role: String },
}

/// Where the reader is.
#[derive(Default)]
struct At {
    namespace: String,
    aliases: HashMap<String, String>,
    entity: Option<String>,
    is_key: bool,
    association: String,
    target: Option<String>,
}

impl Metadata {
    /// Understands `$metadata`.
    ///
    /// # Errors
    /// [`SystemFault::Nonsense`].
    pub(super) fn parse(xml: &str) -> Result<Self, SystemError> {
        let nonsense =
            || SystemError::from(SystemFault::Nonsense { expected: "the $metadata of OData 4 or 2" });
        let mut metadata = Self::default();
        let mut at = At::default();
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event().map_err(|_| nonsense())? {
                Event::Start(element) => metadata.open(&element, &mut at),
                Event::Empty(element) => {
                    metadata.open(&element, &mut at);
                    close(element.local_name().as_ref(), &mut at);
                }
                Event::End(element) => close(element.local_name().as_ref(), &mut at),
                Event::Eof => break,
                _ => {}
            }
        }
        if metadata.version == 0 || metadata.sets.is_empty() {
            return Err(nonsense());
        }
        metadata.full_names(&at.aliases);
        Ok(metadata)
    }

    fn open(&mut self, element: &BytesStart<'_>, at: &mut At) {
        let get = |name: &str| attribute(element, name);
        let name = get("Name").unwrap_or_default();
        match element.local_name().as_ref() {
            "Edmx" => self.version = if get("Version").is_some_and(|it| it.starts_with('4')) { 4 } else { 2 },
            "Schema" => {
                at.namespace = get("Namespace").unwrap_or_default();
                if let Some(alias) = get("Alias") {
                    at.aliases.insert(alias, at.namespace.clone());
                }
            }
            "EntityType" => {
                let full = format!("{}.{name}", at.namespace);
                let entity = Entity { base: get("BaseType"), label: get("label"), ..Entity::default() };
                self.types.insert(full.clone(), entity);
                at.entity = Some(full);
            }
            "Key" => at.is_key = true,
            "Association" => at.association = format!("{}.{name}", at.namespace),
            "End" if !at.association.is_empty() => {
                let (Some(role), Some(to)) = (get("Role"), get("Type")) else { return };
                let is_one = get("Multiplicity").is_some_and(|many| many.trim() != "*");
                self.ends.insert((at.association.clone(), role), (to, is_one));
            }
            "EntitySet" => {
                let set = Set { name, label: get("label"), entity: get("EntityType").unwrap_or_default() };
                self.sets.push(set);
            }
            "Annotations" => at.target = get("Target"),
            "Annotation" => self.annotate(element, at),
            "PropertyRef" | "Property" | "NavigationProperty" => self.member(element, name, at),
            _ => {}
        }
    }

    fn member(&mut self, element: &BytesStart<'_>, name: String, at: &At) {
        let get = |name: &str| attribute(element, name);
        let Some(entity) = at.entity.as_ref().and_then(|entity| self.types.get_mut(entity)) else { return };
        match element.local_name().as_ref() {
            "PropertyRef" if at.is_key => entity.keys.push(name),
            "Property" => {
                let is_day = get("display-format").is_some_and(|form| form == "Date");
                let edm = Edm::parse(&get("Type").unwrap_or_default(), is_day);
                entity.properties.push(Property { name, label: get("label"), edm });
            }
            "NavigationProperty" => {
                let association = get("Relationship").zip(get("ToRole"));
                let way = match (get("Type"), association) {
                    (Some(to), _) if !to.starts_with("Collection(") => Way::One { name, to },
                    (None, Some((association, role))) => Way::Association { name, association, role },
                    _ => return,
                };
                entity.ways.push(way);
            }
            _ => {}
        }
    }

    /// A label that stands outside of what it names (version 4).
    fn annotate(&mut self, element: &BytesStart<'_>, at: &At) {
        let term = attribute(element, "Term").unwrap_or_default();
        let is_label = attribute(element, "Qualifier").is_none()
            && matches!(term.as_str(), "Common.Label" | "com.sap.vocabularies.Common.v1.Label");
        let (true, Some(label), Some(target)) = (is_label, attribute(element, "String"), &at.target) else {
            return;
        };
        let (entity, property) =
            target.split_once('/').map_or((target.as_str(), None), |(e, p)| (e, Some(p)));
        let entity = full_name(entity, &at.aliases);
        match (self.types.get_mut(&entity), property) {
            (Some(entity), Some(name)) => {
                if let Some(property) = entity.properties.iter_mut().find(|property| property.name == name) {
                    property.label = Some(label);
                }
            }
            (Some(entity), None) => entity.label = Some(label),
            // Of a set within the container.
            (None, Some(name)) => {
                if let Some(set) = self.sets.iter_mut().find(|set| set.name == name) {
                    set.label = Some(label);
                }
            }
            (None, None) => {}
        }
    }

    fn full_names(&mut self, aliases: &HashMap<String, String>) {
        for set in &mut self.sets {
            set.entity = full_name(&set.entity, aliases);
        }
        let ends = std::mem::take(&mut self.ends);
        let full = |((association, role), (to, is_one)): ((String, String), (String, bool))| {
            ((full_name(&association, aliases), role), (full_name(&to, aliases), is_one))
        };
        self.ends = ends.into_iter().map(full).collect();
        for entity in self.types.values_mut() {
            entity.base = entity.base.as_deref().map(|base| full_name(base, aliases));
            for way in &mut entity.ways {
                match way {
                    Way::One { to, .. } => *to = full_name(to, aliases),
                    Way::Association { association, .. } => *association = full_name(association, aliases),
                }
            }
        }
    }

    /// A set by its name.
    ///
    /// # Errors
    /// [`SystemFault::NoStream`].
    pub(super) fn set(&self, name: &str) -> Result<&Set, SystemError> {
        let set = self.sets.iter().find(|set| set.name == name.trim_start_matches('/'));
        set.ok_or_else(|| SystemFault::NoStream { name: name.to_owned() }.into())
    }

    /// The type of a set's entities, those it is derived from behind it.
    fn line<'m>(&'m self, entity: &'m str) -> impl Iterator<Item = &'m Entity> {
        std::iter::successors(self.types.get(entity), |entity| self.types.get(entity.base.as_deref()?))
            .take(BASES_MAX)
    }

    /// The fields by which a set's entities are told apart.
    pub(super) fn keys(&self, set: &Set) -> Vec<String> {
        self.line(&set.entity)
            .map(|entity| &entity.keys)
            .find(|keys| !keys.is_empty())
            .cloned()
            .unwrap_or_default()
    }

    /// What people call a set.
    pub(super) fn label(&self, set: &Set) -> Option<String> {
        set.label.clone().or_else(|| self.line(&set.entity).find_map(|entity| entity.label.clone()))
    }

    /// A field by its path, also one of an entity that a way leads to: `order.SalesOrder`, `order/SalesOrder`.
    pub(super) fn field(&self, set: &Set, path: &str) -> Option<(Vec<String>, Property)> {
        let steps: Vec<String> = path.split(['.', '/']).map(str::to_owned).collect();
        let (last, ways) = steps.split_last()?;
        let mut entity = set.entity.clone();
        for way in ways {
            entity = self.ways(&entity).into_iter().find(|(name, _)| name == way)?.1;
        }
        let property = self.properties(&entity).find(|property| property.name == *last)?.clone();
        Some((steps, property))
    }

    fn properties<'m>(&'m self, entity: &'m str) -> impl Iterator<Item = &'m Property> {
        self.line(entity).flat_map(|entity| &entity.properties)
    }

    /// The ways to one other entity: their names and where they lead.
    fn ways(&self, entity: &str) -> Vec<(String, String)> {
        let one = |way: &Way| match way {
            Way::One { name, to } => Some((name.clone(), to.clone())),
            Way::Association { name, association, role } => {
                let (to, is_one) = self.ends.get(&(association.clone(), role.clone()))?;
                is_one.then(|| (name.clone(), to.clone()))
            }
        };
        self.line(entity).flat_map(|entity| &entity.ways).filter_map(one).collect()
    }

    /// The fields of a set, its own first, then those of entities that ways lead to, the nearest first; `most` at most
    /// beside its own, and no entity twice on one way.
    pub(super) fn fields(&self, set: &Set, most: usize) -> Vec<(String, Property)> {
        let mut found: Vec<(String, Property)> = Vec::new();
        let mut ahead = std::collections::VecDeque::from([(String::new(), vec![set.entity.clone()])]);
        let mut left = usize::MAX;
        while let Some((prefix, passed)) = ahead.pop_front() {
            let Some(entity) = passed.last() else { continue };
            let own = self.properties(entity).take(left);
            let before = found.len();
            found.extend(own.map(|property| (format!("{prefix}{}", property.name), property.clone())));
            left = if prefix.is_empty() { most } else { left.saturating_sub(found.len() - before) };
            if left == 0 {
                break;
            }
            for (way, to) in self.ways(entity) {
                if !passed.contains(&to) {
                    ahead.push_back((format!("{prefix}{way}."), [passed.as_slice(), &[to]].concat()));
                }
            }
        }
        found
    }
}

fn close(element: &str, at: &mut At) {
    match element {
        "EntityType" => at.entity = None,
        "Key" => at.is_key = false,
        "Association" => at.association.clear(),
        "Annotations" => at.target = None,
        _ => {}
    }
}

/// An attribute by its name, whatever its namespace (`sap:label`).
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

fn full_name(name: &str, aliases: &HashMap<String, String>) -> String {
    match name.rsplit_once('.') {
        Some((alias, own)) => {
            aliases.get(alias).map_or_else(|| name.to_owned(), |full| format!("{full}.{own}"))
        }
        None => name.to_owned(),
    }
}
