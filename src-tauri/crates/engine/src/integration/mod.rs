//! An integration: one flow from one system. What the wizard edits, what the ledger keeps, and what one TOML
//! file exports and imports are this same structure; the README documents it key by key.

mod known;
mod retire;
mod schema;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path, PathBuf};

use plaza_connect::system::Connection;
use plaza_domain::day::Day;
use plaza_domain::journey::Milestone;
use plaza_domain::record::Field;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

pub use schema::{SchemaPolicy, SchemaTable};

/// One flow from one system: its streams, how they map to journeys, its rules, and its lead-time standards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Integration {
    /// A short lower-case word that never changes: `erp-orders`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The system it comes from. Part of each journey's identity.
    pub system: String,
    /// IANA time zone of timestamps without an offset; the workspace's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// How to reach the system, where its rows are asked for and not found in files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<Connection>,
    /// The id of the integration whose orders these are, where this one only adds to them: it makes no journeys of its
    /// own, and has neither route nor standards. `system` is then who speaks, not whose order numbers these are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orders_of: Option<String>,
    /// What a journey passes, leg by leg, and who owns each leg. Left out of the TOML where there is `orders_of`.
    pub route: RouteTable,
    /// Lead-time standards; the first without product, group and date is the default one.
    #[serde(default, rename = "standard", skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<StandardTable>,
    /// Where rows come from.
    #[serde(rename = "stream")]
    pub streams: Vec<Stream>,
    /// How strict the rules are where they differ from the built-in ones.
    #[serde(default, skip_serializing_if = "RuleTable::is_default")]
    pub rules: RuleTable,
}

/// The legs of a route.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RouteTable {
    /// The milestone that the promise is about.
    #[serde(default = "delivered")]
    pub promise: Milestone,
    /// The department that makes the promise.
    pub promised_by: String,
    /// Milestones after *ordered*, in the order this company passes them, each with the owner of its leg.
    pub legs: Vec<LegTable>,
    /// Days allowed from the promise milestone to the invoice; the leg's standard where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoicing_days: Option<u16>,
    /// A shortfall of up to this share of the ordered quantity still counts as in full, per mille.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tolerance_per_mille: u16,
}

/// One leg: it ends at a milestone and belongs to a department.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct LegTable {
    /// The milestone where the leg ends.
    pub to: Milestone,
    /// The id of the department that owns it.
    pub department: String,
}

/// Standard lead times in days, by the milestone where each leg ends.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct StandardTable {
    /// In force for promises written on or after this day; for all where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[specta(type = Option<String>)]
    pub valid_from: Option<Day>,
    /// For this product only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// For this product group only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_group: Option<String>,
    /// Days per leg.
    pub days: BTreeMap<Milestone, u16>,
}

/// Whether a file holds everything or only what changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// Complete: what is missing was deleted at the source.
    Snapshot,
    /// Only what changed: nothing can be concluded from absence.
    Increment,
}

/// One stream of rows: files of one shape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Stream {
    /// What its rows are: `orders`, `shipments`, `invoices`…
    pub name: String,
    /// Paths, relative to the TOML file; `*` and `?` in the last part match several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// A watched folder, relative to the TOML file; its files are those of `pattern`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// Which files of the folder; `*.csv` where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// What is asked of the connected system, in place of files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<FromTable>,
    /// Complete or only what changed.
    pub delivery: Delivery,
    /// The day the content stands for: a date, or a pattern of the file name such as
    /// `orders_{yyyy-MM-dd}.csv`. Unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot_date: Option<String>,
    /// How the file is written, where it should not be found out by looking.
    #[serde(default, skip_serializing_if = "FormatTable::is_default")]
    pub format: FormatTable,
    /// What each column means.
    pub fields: BTreeMap<Field, FieldTable>,
}

/// What is asked of the connected system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct FromTable {
    /// The stream by the system's own name: a table or view, an entity set, a model, a tap's stream, or the path of a web
    /// address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A query in place of a name (databases only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// A field that grows with every change of a row, so that only news are asked for; everything each time where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// A field that tells rows of one cursor value apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// How far behind the last row the next question begins, minutes; 15 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overlap_minutes: Option<u32>,
    /// Rows per page; 1 000 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_rows: Option<u32>,
}

/// How a file is written; what is absent is found out by looking at the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct FormatTable {
    /// `csv` or `xlsx`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The character between cells; `tab` may be written as `\t`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
    /// The character around cells; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// XLSX: the sheet's name; the first where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The row with the column names, 1 for the first; 0 where the file has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u32>,
    /// Names for the columns of a file that has no header row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
}

/// Where a field comes from: the bare name of a column, or a table that says more.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(untagged)]
pub enum FieldTable {
    /// The column, read as it looks.
    Column(String),
    /// The column and how to read it.
    Read(FieldRead),
}

/// By hand, so that a mistake within the table is named instead of the table as a whole.
impl<'de> Deserialize<'de> for FieldTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = FieldTable;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a column, or a table such as { column = \"…\" }")
            }

            fn visit_str<E: de::Error>(self, column: &str) -> Result<FieldTable, E> {
                Ok(FieldTable::Column(column.to_owned()))
            }

            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<FieldTable, M::Error> {
                FieldRead::deserialize(MapAccessDeserializer::new(map)).map(FieldTable::Read)
            }
        }

        deserializer.deserialize_any(Either)
    }
}

/// How a column is read into a field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct FieldRead {
    /// The column; absent for a constant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The same value for every row, in place of a column (`line = { constant = "1" }`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constant: Option<String>,
    /// Date formats, tried in turn (`dd.MM.yyyy`); found out from the whole column where absent, and asked
    /// for where the column is ambiguous.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formats: Vec<String>,
    /// The decimal mark, `.` or `,`; found out from the whole column where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<String>,
    /// Words that stand for *no value* (`Date Not Captured`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub empty_words: Vec<String>,
    /// What each value of the column means, for status, reasons and who changed the date.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

/// What a rule does with a row that breaks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The row waits with its reason and counts nowhere.
    Quarantine,
    /// The row counts; the run says so.
    Warn,
    /// The rule is not run.
    Off,
}

/// How strict the rules are. Everything absent is as built in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RuleTable {
    /// Severity by rule: `milestone-order = "quarantine"`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub severity: BTreeMap<String, Severity>,
    /// Fields without which a row cannot be used, besides order and ordered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<Field>,
    /// Smallest and largest value of a number field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub range: BTreeMap<Field, RangeTable>,
    /// No date is earlier; 1990-01-01 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[specta(type = Option<String>)]
    pub earliest: Option<Day>,
    /// No due or promised date is further ahead of today than this, days; 1 095 where absent. An actual date
    /// is never ahead of today at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ahead_days: Option<u32>,
    /// Longest believable stretch from *ordered* to any later date, days; 1 095 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest_days: Option<u32>,
    /// A run whose rows differ from the last run's by more than this warns, percent; 30 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_count_percent: Option<u16>,
    /// A column whose share of empty cells rises by more than this warns, percentage points; 10 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub null_share_points: Option<u16>,
    /// A newest file whose newest change time, or whose declared day, is longer ago than this warns, hours; four times
    /// the cadence and no less than three days where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_hours: Option<u32>,
    /// What happens where a file has other columns than the last one.
    #[serde(default, skip_serializing_if = "SchemaTable::is_default")]
    pub schema: SchemaTable,
}

/// Smallest and largest value of a number, in the field's own unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RangeTable {
    /// Not smaller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Not larger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
}

/// Keys that depend on each other.
const ORDERS_OF: &str = "orders_of";
const ROUTE: &str = "route";

const fn delivered() -> Milestone {
    Milestone::Delivered
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
const fn is_zero(number: &u16) -> bool {
    *number == 0
}

impl RouteTable {
    /// The route of an integration that makes no journeys.
    pub fn none() -> Self {
        Self {
            promise: delivered(),
            promised_by: String::new(),
            legs: Vec::new(),
            invoicing_days: None,
            tolerance_per_mille: 0,
        }
    }
}

impl FormatTable {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl RuleTable {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// The text is not an integration.
#[derive(Debug, thiserror::Error)]
pub enum IntegrationError {
    /// It is not TOML, or a key is unknown, missing or of the wrong kind; the message names line and key.
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    /// It could not be written as TOML.
    #[error("{0}")]
    Write(#[from] toml::ser::Error),
}

impl Integration {
    /// Reads the TOML text of an integration.
    pub fn from_toml(text: &str) -> Result<Self, IntegrationError> {
        let fault = match toml::from_str(text) {
            Ok(integration) => return Ok(integration),
            Err(fault) => fault,
        };
        // What only adds to another's orders has no route.
        let mut table: toml::Table = toml::from_str(text)?;
        if !table.contains_key(ORDERS_OF) || table.contains_key(ROUTE) {
            return Err(fault.into());
        }
        let route = toml::Value::try_from(RouteTable::none())?;
        table.insert(ROUTE.to_owned(), route);
        Ok(table.try_into()?)
    }

    /// The same integration with its relative paths starting from `base`.
    #[must_use]
    pub fn located(mut self, base: &Path) -> Self {
        self.connection = self.connection.map(|connection| connection.located(base));
        for stream in &mut self.streams {
            for path in stream.files.iter_mut().chain(stream.folder.as_mut()) {
                *path = plain(&base.join(&*path)).display().to_string();
            }
        }
        self
    }

    /// The TOML text of this integration; reading it back gives the same integration.
    pub fn to_toml(&self) -> Result<String, IntegrationError> {
        if self.orders_of.is_none() || self.route != RouteTable::none() {
            return Ok(toml::to_string(self)?);
        }
        let mut table = toml::Table::try_from(self)?;
        table.remove(ROUTE);
        Ok(toml::to_string(&table)?)
    }
}

/// A path without `.` and `..` between its folders, as far as that can be said without looking.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => drop(plain.pop()),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integration_reads_and_writes_the_same() {
        let text = r#"
id = "northwind"
name = "Northwind orders"
system = "Northwind"

[route]
promised_by = "sales"
legs = [{ to = "delivered", department = "logistics" }]

[[standard]]
days = { delivered = 20 }

[[stream]]
name = "orders"
files = ["orders.csv"]
delivery = "snapshot"

[stream.fields]
order = "order_id"
line = { constant = "1" }
ordered = "order_date"
promised = { column = "required_date", formats = ["yyyy-MM-dd"] }
delivered = "shipped_date"

[rules]
earliest = "1990-01-01"
severity = { milestone-order = "quarantine" }
range = { value = { min = 0 } }
"#;
        let integration = Integration::from_toml(text).unwrap();
        assert_eq!(integration.streams[0].fields.len(), 5);
        let written = integration.to_toml().unwrap();
        assert_eq!(Integration::from_toml(&written).unwrap(), integration);
        assert!(Integration::from_toml("id = 1").unwrap_err().to_string().contains("id"));
        assert!(Integration::from_toml(&text.replace("promised_by", "promised_bye")).is_err());
    }

    #[test]
    fn what_only_adds_to_anothers_orders_needs_no_route() {
        let text = r#"
id = "crm"
name = "CRM"
system = "CRM"
orders_of = "northwind"

[[stream]]
name = "dates"
files = ["dates.csv"]
delivery = "increment"

[stream.fields]
order = "order_id"
requested = "wanted"
"#;
        let integration = Integration::from_toml(text).unwrap();
        assert_eq!(integration.orders_of.as_deref(), Some("northwind"));
        let written = integration.to_toml().unwrap();
        assert!(!written.contains("route"), "{written}");
        assert_eq!(Integration::from_toml(&written).unwrap(), integration);
        let without = Integration::from_toml(&text.replace("orders_of", "# orders_of")).unwrap_err();
        assert!(without.to_string().contains("route"), "{without}");
    }
}
