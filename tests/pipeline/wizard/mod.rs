//! The wizard without a window: files looked at, previewed, counted, saved. Bad input first.

mod count;
mod keep;
mod look;
mod offer;
mod problems;
mod public;
mod several;
mod shapes;

use plaza_domain::language::Language;
use plaza_domain::record::Field;
use plaza_engine::draft;
use plaza_engine::error::EngineError;
use plaza_engine::integration::{
    FieldTable, Integration, LegTable, RouteTable, RuleTable, StandardTable, Stream,
};
use plaza_engine::page::integration::{ColumnReport, Preview, PreviewCounts, SourceReport};
use plaza_engine::pull::Unwatched;

use crate::bench::Bench;
use crate::real::data;

impl Bench {
    fn path(&self, name: &str) -> String {
        self.files.path().join(name).display().to_string()
    }

    fn look(&self, names: &[&str]) -> Result<SourceReport, EngineError> {
        let paths: Vec<String> = names.iter().map(|name| self.path(name)).collect();
        draft::look(&self.workspace, &paths, Language::En)
    }

    fn preview(&self, draft: &Integration) -> Preview {
        draft::preview(&self.workspace, draft, Language::En).unwrap()
    }

    fn count(&self, draft: &Integration) -> Result<PreviewCounts, EngineError> {
        draft::count(&self.workspace, draft, Language::En, &Unwatched::default())
    }

    /// Copies a file of the shared data, where it is there.
    fn take(&self, file: &str, name: &str) -> bool {
        let Some(path) = data(file) else { return false };
        std::fs::copy(path, self.files.path().join(name)).unwrap();
        true
    }
}

/// What the wizard makes of suggested streams once a person has chosen the way of an order.
fn draft_of(streams: Vec<Stream>, legs: &[&str]) -> Integration {
    let milestone = |word: &str| serde_json::from_value(serde_json::json!(word)).unwrap();
    let legs: Vec<LegTable> =
        legs.iter().map(|to| LegTable { to: milestone(to), department: "logistics".into() }).collect();
    Integration {
        id: "orders".into(),
        name: "Orders".into(),
        orders_of: None,
        system: "ERP".into(),
        time_zone: None,
        connection: None,
        route: RouteTable {
            promise: legs.last().unwrap().to,
            promised_by: "sales".into(),
            legs: legs.clone(),
            invoicing_days: None,
            tolerance_per_mille: 0,
        },
        standards: vec![StandardTable {
            days: legs.iter().map(|leg| (leg.to, 5)).collect(),
            ..StandardTable::default()
        }],
        streams,
        rules: RuleTable::default(),
    }
}

fn column<'a>(report: &'a SourceReport, name: &str) -> &'a ColumnReport {
    report.tables[0].columns.iter().find(|column| column.name == name).unwrap_or_else(|| panic!("{name}"))
}

/// Each suggested field with its column or constant.
fn suggested(stream: &Stream) -> Vec<(String, String)> {
    let word = |field: &Field| serde_json::to_value(field).unwrap().as_str().unwrap().to_owned();
    let source = |table: &FieldTable| match table {
        FieldTable::Column(column) => column.clone(),
        FieldTable::Read(read) => {
            read.column.clone().unwrap_or_else(|| format!("={}", read.constant.clone().unwrap()))
        }
    };
    stream.fields.iter().map(|(field, table)| (word(field), source(table))).collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

fn formats(stream: &Stream, field: Field) -> &[String] {
    match &stream.fields[&field] {
        FieldTable::Column(_) => &[],
        FieldTable::Read(read) => &read.formats,
    }
}

fn words(preview: &Preview) -> Vec<(String, String)> {
    preview.problems.iter().map(|problem| (problem.step.clone(), problem.words.clone())).collect()
}
