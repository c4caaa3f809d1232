//! What a table's columns probably mean, from their names (English, German, Spanish) and contents. A person sees every
//! suggestion and may change it; a date that can be read in two ways is never given a format.

use std::collections::BTreeMap;

use plaza_domain::cell::{ColumnKind, ColumnProfile, Hint};
use plaza_domain::record::Field;

use super::meaning::{Meaning, date_meaning, other_meanings};
use super::name::Name;
use crate::integration::{Delivery, FieldRead, FieldTable, FormatTable, Stream};

/// Most different values of a column that a person gives meanings to one by one.
pub(super) const VALUES_MAX: usize = 30;

/// Names that say that the cells are days.
const DATES: [&str; 4] = ["date", "datum", "fecha", "termin"];

/// A column as far as suggesting needs it.
struct Column<'a> {
    title: &'a str,
    name: Name,
    profile: &'a ColumnProfile,
}

/// A column that may hold a field, and how well name and contents fit.
struct Fit {
    column: usize,
    meaning: Meaning,
}

/// Suggests a stream for a table of these columns. `repeats` tells whether a column has a value twice.
pub(super) fn suggest(
    file: &str,
    columns: &[String],
    profiles: &[ColumnProfile],
    repeats: impl Fn(usize) -> bool,
) -> Stream {
    let columns: Vec<Column<'_>> = columns
        .iter()
        .zip(profiles)
        .map(|(column, profile)| Column { title: column, name: Name::of(column), profile })
        .collect();
    let mut fits: Vec<Fit> = Vec::new();
    for (place, column) in columns.iter().enumerate() {
        let date = || date_meaning(&column.name, column.profile.kind).into_iter().collect::<Vec<_>>();
        let is_date = matches!(column.profile.kind, ColumnKind::Date | ColumnKind::Timestamp);
        let may_be = !is_date && may_be_date(column.profile);
        let meanings = if is_date || (may_be && column.name.has(&DATES)) {
            date()
        } else {
            // Numbers may be days, but the number of an order or an amount is what its name says.
            let other = other_meanings(&column.name, column.profile);
            if other.is_empty() && may_be { date() } else { other }
        };
        fits.extend(meanings.into_iter().map(|meaning| Fit { column: place, meaning }));
    }
    // The best fit first; of equal ones the one further left.
    fits.sort_by_key(|fit| (std::cmp::Reverse(fit.meaning.score), fit.column));
    let mut places: BTreeMap<Field, usize> = BTreeMap::new();
    let mut weak: Vec<Field> = Vec::new();
    for fit in &fits {
        let is_free = !places.contains_key(&fit.meaning.field);
        if is_free && !places.values().any(|taken| *taken == fit.column) {
            places.insert(fit.meaning.field, fit.column);
            weak.extend(fit.meaning.is_weak.then_some(fit.meaning.field));
        }
    }
    settle_promise(&mut places, &weak);
    settle_quantity(&mut places);
    settle_keys(&mut places, &columns, &repeats);
    let mut fields: BTreeMap<Field, FieldTable> = places
        .iter()
        .filter_map(|(field, place)| Some((*field, field_table(*field, columns.get(*place)?))))
        .collect();
    settle_line(&mut fields, &places, &columns, repeats);
    Stream {
        name: stream_name(&places, file),
        files: Vec::new(),
        folder: None,
        pattern: None,
        from: None,
        delivery: Delivery::Snapshot,
        snapshot_date: None,
        format: FormatTable::default(),
        fields,
    }
}

/// Whether cells that are no dates by themselves may be: eight digits, numbers that a spreadsheet counts days by, or a
/// few dates among words (“open”).
fn may_be_date(profile: &ColumnProfile) -> bool {
    let may_be = |hint: &Hint| matches!(hint, Hint::MayBePackedDate | Hint::MayBeSerialDate);
    profile.hints.iter().any(may_be) || profile.date.as_ref().is_some_and(|date| !date.forms.is_empty())
}

/// Where nothing is called promised, what is due or required is what was promised; where no date was agreed on later,
/// a confirmed date of delivery is.
fn settle_promise(places: &mut BTreeMap<Field, usize>, weak: &[Field]) {
    if places.contains_key(&Field::Promised) {
        return;
    }
    for field in [Field::Agreed, Field::DeliveredDue, Field::Requested, Field::ShippedDue] {
        if field == Field::ShippedDue && places.contains_key(&Field::Delivered) {
            continue;
        }
        if weak.contains(&field)
            && let Some(place) = places.remove(&field)
        {
            places.insert(Field::Promised, place);
            return;
        }
    }
}

/// In rows that are no orders a bare quantity is what the row is about.
fn settle_quantity(places: &mut BTreeMap<Field, usize>) {
    if places.contains_key(&Field::Ordered) || places.contains_key(&Field::Promised) {
        return;
    }
    let Some(place) = places.get(&Field::OrderedQuantity).copied() else { return };
    let rows = [
        (Field::Shipped, Field::ShippedQuantity),
        (Field::Delivered, Field::DeliveredQuantity),
        (Field::Produced, Field::ProducedQuantity),
        (Field::ReturnedOn, Field::ReturnedQuantity),
    ];
    let about: Vec<Field> = rows
        .into_iter()
        .filter(|(date, _)| places.contains_key(date))
        .map(|(_, quantity)| quantity)
        .collect();
    if about.is_empty() {
        return;
    }
    places.remove(&Field::OrderedQuantity);
    for quantity in about {
        places.entry(quantity).or_insert(place);
    }
}

/// A row's own key is only needed where several rows speak of one line: shipments, invoices. And in rows about
/// orders a change time of the row is what it says; elsewhere too.
///
/// Where an order is in several such rows and no name says which column tells them apart, one that is different in every
/// row does: without it they would contradict one another.
fn settle_keys(
    places: &mut BTreeMap<Field, usize>,
    columns: &[Column<'_>],
    repeats: &impl Fn(usize) -> bool,
) {
    let order = places.get(&Field::Order).copied();
    let Some(order) = order.filter(|_| !places.contains_key(&Field::Ordered)) else {
        places.remove(&Field::RowKey);
        return;
    };
    let begins_journeys = places.contains_key(&Field::Promised);
    if begins_journeys || places.contains_key(&Field::RowKey) || !repeats(order) {
        return;
    }
    let own = columns.iter().enumerate().find(|(place, column)| {
        matches!(column.profile.kind, ColumnKind::Text | ColumnKind::Integer)
            && !places.values().any(|taken| taken == place)
            && is_unique(column.profile)
            && !repeats(*place)
    });
    if let Some((place, _)) = own {
        places.insert(Field::RowKey, place);
    }
}

/// Whether every row has a value of its own, as far as they were counted.
fn is_unique(profile: &ColumnProfile) -> bool {
    profile.empty == 0 && (profile.distinct_is_minimum || profile.distinct == profile.cells)
}

/// Rows without line numbers: one line per order, or a column that tells the rows apart.
fn settle_line(
    fields: &mut BTreeMap<Field, FieldTable>,
    places: &BTreeMap<Field, usize>,
    columns: &[Column<'_>],
    repeats: impl Fn(usize) -> bool,
) {
    let begins_journeys = fields.contains_key(&Field::Ordered) || fields.contains_key(&Field::Promised);
    let Some(order) = places.get(&Field::Order).copied().filter(|_| begins_journeys) else { return };
    if fields.contains_key(&Field::Line) {
        return;
    }
    if !repeats(order) {
        let read = FieldRead { constant: Some("1".into()), ..FieldRead::default() };
        fields.insert(Field::Line, FieldTable::Read(read));
        return;
    }
    let own = columns.iter().enumerate().find(|(place, column)| {
        *place != order
            && column.name.is(&["no", "rowno", "recordno", "rownr", "zeilennr"])
            && is_unique(column.profile)
    });
    if let Some((_, column)) = own {
        fields.insert(Field::Line, FieldTable::Column(column.title.to_owned()));
    }
}

/// The column, with what its contents leave no doubt about: the next file, which may have only days up to 12, is then
/// read the same way.
fn field_table(field: Field, column: &Column<'_>) -> FieldTable {
    let read = super::pin::pinned(field, column.title, column.profile);
    let read = FieldRead { values: super::meaning::values(field, column.profile), ..read };
    super::pin::short(read)
}

fn stream_name(places: &BTreeMap<Field, usize>, file: &str) -> String {
    let has = |field: &Field| places.contains_key(field);
    let kinds = [
        (Field::Ordered, "orders"),
        (Field::Promised, "orders"),
        (Field::Delivered, "shipments"),
        (Field::Shipped, "shipments"),
        (Field::Produced, "productions"),
        (Field::Invoiced, "invoices"),
        (Field::Paid, "payments"),
        (Field::ReturnedOn, "returns"),
    ];
    if has(&Field::Order)
        && let Some((_, name)) = kinds.iter().find(|(field, _)| has(field))
    {
        return (*name).to_owned();
    }
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut name = String::new();
    for letter in stem.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { "rows".to_owned() } else { name.to_owned() }
}
