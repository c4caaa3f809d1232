//! What people enter by hand while a system cannot say what happened: a source like any other, believed last.
//!
//! It is an integration of its own in the intake, which adds to the orders of the one it stands in for. Nobody saves it:
//! its definition follows from that one's. What is entered is written down as a file first, then said in the ledger, then
//! pulled like any file; what was not pulled yet when the program ended is pulled by whoever looks next.

mod entry;
mod reconcile;
mod sheet;

use plaza_domain::record::{Field, FieldKind};

pub(crate) use entry::pull_waiting;
pub use entry::{EnteredRow, HandReport, ROWS_MAX, enter, keep};
pub use reconcile::{Agreement, Reconciled, reconcile};
pub use sheet::{read_sheet, write_sheet};

use crate::integration::{Delivery, FieldTable, FormatTable, Integration, RouteTable, RuleTable, Stream};
use crate::workspace::Workspace;

/// After the id of the integration that it stands in for; no saved id has a full stop.
const SUFFIX: &str = ".by-hand";

/// The only stream of what was entered.
const STREAM: &str = "by hand";

/// The folder of what was entered and is not pulled yet, within the workspace's.
const FOLDER: &str = "by-hand";

/// How what was entered for an integration is read.
pub(crate) fn definition(workspace: &Workspace, home: &Integration) -> Integration {
    // Dates and numbers are written in one way only: nothing is to be found out.
    let table = |field: Field| {
        let mut read = crate::integration::FieldRead { column: Some(column(field)), ..Default::default() };
        match field.kind() {
            FieldKind::Date => read.formats = vec!["yyyy-MM-dd".to_owned()],
            FieldKind::Quantity | FieldKind::Money => read.decimal = Some(".".to_owned()),
            _ => return FieldTable::Column(column(field)),
        }
        FieldTable::Read(read)
    };
    let fields = fields(home).into_iter().map(|field| (field, table(field))).collect();
    Integration {
        id: format!("{}{SUFFIX}", home.id),
        name: home.name.clone(),
        system: home.system.clone(),
        time_zone: home.time_zone.clone(),
        connection: None,
        orders_of: Some(home.id.clone()),
        route: RouteTable::none(),
        standards: Vec::new(),
        streams: vec![Stream {
            name: STREAM.to_owned(),
            files: Vec::new(),
            folder: Some(workspace.folder().join(FOLDER).join(&home.id).display().to_string()),
            pattern: None,
            from: None,
            delivery: Delivery::Increment,
            snapshot_date: None,
            format: FormatTable {
                kind: Some("csv".into()),
                delimiter: Some(",".into()),
                ..FormatTable::default()
            },
            fields,
        }],
        rules: RuleTable::default(),
    }
}

/// The id of the integration that an id of entries stands in for.
pub(crate) fn home_of(id: &str) -> Option<&str> {
    id.strip_suffix(SUFFIX)
}

/// The fields that can be entered for an integration: order and line, and those that it maps.
pub fn fields(home: &Integration) -> Vec<Field> {
    let maps = |field: Field| home.streams.iter().any(|stream| stream.fields.contains_key(&field));
    let can = |field: Field| match field {
        Field::Order | Field::Line => true,
        // What tells a system's rows apart, and words that are the system's own.
        Field::RowKey
        | Field::ChangedAt
        | Field::DateChangedBy
        | Field::Status
        | Field::ReturnReason
        | Field::CreditReason
        | Field::DisputeReason => false,
        other => maps(other),
    };
    Field::ALL.into_iter().filter(|field| can(*field)).collect()
}

/// The column of a field in what was entered.
pub(crate) fn column(field: Field) -> String {
    crate::staging::field_word(field)
}
