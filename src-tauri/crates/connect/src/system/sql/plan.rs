//! What is asked of a database for one read: one statement for all rows, or one for those without a cursor value and
//! one for the others.

use super::super::{FieldType, Request, SystemError, SystemFault, What};
use super::moment::{Form, moved_back};
use super::name::Style;
use super::position::{Mark, Pair, Position};
use crate::Cursor;

/// What every statement calls the table or query that it reads.
pub(super) const ALIAS: &str = "plaza";

/// A column as a database has it.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: FieldType,
    /// What gives its cells, in the database's own language.
    pub(super) expression: String,
    /// The database vouches that no cell is empty.
    pub(super) is_never_null: bool,
    /// How it writes moments; none where it holds something else.
    pub(super) form: Option<Form>,
}

impl Column {
    /// One whose cells are given as they are.
    pub(super) fn plain(style: Style, name: &str, kind: FieldType) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            expression: reference(style, name),
            is_never_null: false,
            form: match kind {
                FieldType::Date => Some(Form::day()),
                FieldType::Timestamp => Some(Form::time("")),
                _ => None,
            },
        }
    }
}

/// A column of what is read.
pub(super) fn reference(style: Style, name: &str) -> String {
    format!("{ALIAS}.{}", style.quoted(name))
}

/// What stands behind FROM.
pub(super) fn source(style: Style, what: &What) -> String {
    match what {
        What::Named(name) => format!("{} AS {ALIAS}", style.table(name)),
        // On lines of its own: it may end with a comment.
        What::Query(text) => {
            format!(
                "(\n{}\n) AS {ALIAS}",
                text.trim_end_matches(|sign: char| sign == ';' || sign.is_whitespace())
            )
        }
    }
}

/// The fields that a statement needs: those asked for, the cursor field and its key; none where all were asked for.
pub(super) fn wanted(request: &Request) -> Vec<&str> {
    let mut wanted: Vec<&str> = request.fields.iter().map(String::as_str).collect();
    if wanted.is_empty() {
        return wanted;
    }
    if let Some(by) = &request.cursor {
        for name in std::iter::once(&by.field).chain(&by.key) {
            if !wanted.contains(&name.as_str()) {
                wanted.push(name);
            }
        }
    }
    wanted
}

/// Which rows a statement gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// All, in no order.
    Whole,
    /// Those whose cursor field is empty.
    Empty,
    /// Those with a value in it, in its order.
    Values,
}

/// A read.
#[derive(Debug)]
pub(super) struct Plan {
    /// The columns of the blocks.
    pub(super) fields: Vec<Column>,
    /// The cursor field and its key. Their cells stand before those of the fields in every row.
    pub(super) marks: Vec<Column>,
    /// The statements, in the order in which they are asked.
    pub(super) statements: Vec<(Phase, String)>,
    /// Where it begins.
    pub(super) from: Position,
}

impl Plan {
    /// The read that a request means, given the columns that there are. `limit` bounds the rows of each statement.
    ///
    /// # Errors
    /// `NoField`, `BadCursor`, `Setting` where a range is asked of a field without moments.
    pub(super) fn new(
        style: Style,
        request: &Request,
        columns: &[Column],
        from: &Cursor,
        limit: Option<u64>,
    ) -> Result<Self, SystemError> {
        let find = |name: &String| find(request, columns, name);
        let fields = if request.fields.is_empty() {
            columns.to_vec()
        } else {
            request.fields.iter().map(find).collect::<Result<_, _>>()?
        };
        let by = request.cursor.as_ref();
        let marks = by.into_iter().flat_map(|by| std::iter::once(&by.field).chain(&by.key));
        let marks: Vec<Column> = marks.map(find).collect::<Result<_, _>>()?;
        let from = Position::of(from, by)?;
        let mut plan = Self { fields, marks, statements: Vec::new(), from };
        let ask = Asked { style, request, limit };
        match plan.marks.first() {
            None if request.range.is_some() => return Err(no_range("there is no cursor field")),
            None => plan.statements.push((Phase::Whole, ask.statement(&plan, &[], &[]))),
            Some(field) => {
                let statements = ask.in_order(&plan, field)?;
                plan.statements = statements;
            }
        }
        Ok(plan)
    }
}

fn find(request: &Request, columns: &[Column], name: &str) -> Result<Column, SystemError> {
    let exact = columns.iter().find(|column| column.name == name);
    // Most databases do not tell `Id` from `ID`; the block is called as it was asked for.
    let found = exact.or_else(|| columns.iter().find(|column| column.name.eq_ignore_ascii_case(name)));
    let found = found.ok_or_else(|| no_field(request, name))?;
    Ok(Column { name: name.to_owned(), ..found.clone() })
}

/// The request's stream has no such field.
pub(super) fn no_field(request: &Request, field: &str) -> SystemError {
    SystemFault::NoField { stream: request.what.text().to_owned(), field: field.to_owned() }.into()
}

fn no_range(reason: &str) -> SystemError {
    SystemFault::Setting { setting: "range", reason: format!("it needs a change time, and {reason}") }.into()
}

/// A request on its way to be statements.
struct Asked<'a> {
    style: Style,
    request: &'a Request,
    limit: Option<u64>,
}

impl Asked<'_> {
    fn in_order(&self, plan: &Plan, field: &Column) -> Result<Vec<(Phase, String)>, SystemError> {
        let order: Vec<String> = plan.marks.iter().map(|mark| reference(self.style, &mark.name)).collect();
        let place = order.first().cloned().unwrap_or_default();
        let mut statements = Vec::new();
        let is_behind_empty = matches!(plan.from, Position::Row(_));
        if !field.is_never_null && !is_behind_empty && self.request.range.is_none() {
            let mut conditions = vec![format!("{place} IS NULL")];
            if let (Position::Empty { key, .. }, Some(own)) = (&plan.from, order.get(1)) {
                conditions.push(format!("{own} > {}", self.style.mark(key)));
            }
            let by_key = order.get(1..).unwrap_or_default();
            statements.push((Phase::Empty, self.statement(plan, &conditions, by_key)));
        }
        let conditions = self.conditions(plan, field, &place, order.get(1).map(String::as_str))?;
        statements.push((Phase::Values, self.statement(plan, &conditions, &order)));
        Ok(statements)
    }

    /// Which rows with a value are read.
    fn conditions(
        &self,
        plan: &Plan,
        field: &Column,
        place: &str,
        key: Option<&str>,
    ) -> Result<Vec<String>, SystemError> {
        let mut conditions = Vec::new();
        if let Some(range) = self.request.range {
            let none = || no_range(&format!("“{}” does not hold one", field.name));
            let form = field.form.as_ref().ok_or_else(none)?;
            let bound = |moment| self.style.text(&self.literal(&form.not_before(moment)));
            conditions.push(format!("{place} >= {}", bound(range.from)));
            conditions.push(format!("{place} < {}", bound(range.to)));
        }
        match &plan.from {
            Position::Row(pair) => conditions.push(self.behind(place, key, pair)),
            // The stored end has nothing to do with a range.
            _ if self.request.range.is_some() => {}
            Position::End(pair) | Position::Empty { end: Some(pair), .. } => {
                conditions.push(self.again(place, key, pair));
            }
            Position::Start | Position::Empty { end: None, .. } => {
                conditions.push(format!("{place} IS NOT NULL"));
            }
        }
        Ok(conditions)
    }

    /// Behind a row.
    fn behind(&self, place: &str, key: Option<&str>, (value, among): &Pair) -> String {
        let value = self.value(value);
        match (key, among) {
            (Some(key), Some(among)) => {
                let among = self.value(among);
                // Not as a comparison of rows, for which not every database uses an index.
                format!("{place} >= {value} AND ({place} > {value} OR {key} > {among})")
            }
            _ => format!("{place} > {value}"),
        }
    }

    /// Behind the end of the last read, less the overlap.
    fn again(&self, place: &str, key: Option<&str>, pair: &Pair) -> String {
        let overlap = self.request.cursor.as_ref().map_or(0, |by| by.overlap_seconds);
        let moved = match &pair.0 {
            Mark::Text(text) if overlap > 0 => moved_back(text, overlap),
            _ => None,
        };
        match moved {
            Some(moved) => format!("{place} >= {}", self.value(&Mark::Text(moved))),
            None => self.behind(place, key, pair),
        }
    }

    fn value(&self, mark: &Mark) -> String {
        match mark {
            Mark::Text(text) => self.style.text(&self.literal(text)),
            number @ Mark::Number(_) => self.style.mark(number),
        }
    }

    /// A text as the database takes it in a comparison.
    fn literal(&self, text: &str) -> String {
        // The session is in UTC, and MySQL takes no offsets.
        let bare = text.strip_suffix("+00").filter(|bare| Form::of(bare).is_some());
        match (self.style, bare) {
            (Style::Mysql, Some(bare)) => bare.to_owned(),
            (Style::SqlServer, Some(bare)) => format!("{bare}+00:00"),
            _ => text.to_owned(),
        }
    }

    fn statement(&self, plan: &Plan, conditions: &[String], order: &[String]) -> String {
        let cells: Vec<&str> =
            plan.marks.iter().chain(&plan.fields).map(|column| column.expression.as_str()).collect();
        let mut text = "SELECT ".to_owned();
        if let (Style::SqlServer, Some(limit)) = (self.style, self.limit) {
            text.extend([format!("TOP ({limit}) ")]);
        }
        text += &cells.join(", ");
        text.extend([format!(" FROM {}", source(self.style, &self.request.what))]);
        if !conditions.is_empty() {
            text.extend([format!(" WHERE {}", conditions.join(" AND "))]);
        }
        if !order.is_empty() {
            text.extend([format!(" ORDER BY {}", order.join(", "))]);
        }
        if let (false, Some(limit)) = (self.style == Style::SqlServer, self.limit) {
            text.extend([format!(" LIMIT {limit}")]);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{CursorField, Range};
    use super::*;

    fn columns() -> Vec<Column> {
        let mut columns = vec![
            Column::plain(Style::Postgres, "id", FieldType::Integer),
            Column::plain(Style::Postgres, "changed", FieldType::Timestamp),
        ];
        columns[0].is_never_null = true;
        columns[1].form = Some(Form::time("+00"));
        columns
    }

    fn request(field: &str, key: Option<&str>, overlap_seconds: u32) -> Request {
        let cursor = CursorField { field: field.into(), key: key.map(str::to_owned), overlap_seconds };
        Request {
            fields: vec!["id".into()],
            cursor: Some(cursor),
            ..Request::all(What::Named("sales.orders".into()))
        }
    }

    fn statements(request: &Request, from: &Position) -> Vec<String> {
        let cursor = from.cursor(request.cursor.as_ref()).unwrap();
        let plan = Plan::new(Style::Postgres, request, &columns(), &cursor, None).unwrap();
        plan.statements.into_iter().map(|(_, text)| text).collect()
    }

    fn pair(value: &str, key: &str) -> Pair {
        (Mark::Text(value.into()), Some(Mark::Number(key.into())))
    }

    const SELECT: &str = r#"SELECT plaza."changed", plaza."id", plaza."id" FROM "sales"."orders" AS plaza WHERE plaza."changed""#;

    #[test]
    fn a_first_read_takes_the_rows_without_a_value_and_then_the_others_in_order() {
        let asked = statements(&request("changed", Some("id"), 60), &Position::Start);
        let expected = [
            format!(r#"{SELECT} IS NULL ORDER BY plaza."id""#),
            format!(r#"{SELECT} IS NOT NULL ORDER BY plaza."changed", plaza."id""#),
        ];
        assert_eq!(asked, expected);
    }

    #[test]
    fn the_next_read_goes_back_by_the_overlap_and_a_broken_one_does_not() {
        let request = request("changed", Some("id"), 60);
        let end = pair("2026-01-02 03:04:05+00", "7");
        let next = statements(&request, &Position::End(end.clone()));
        let order = r#"ORDER BY plaza."changed", plaza."id""#;
        assert_eq!(next[1], format!("{SELECT} >= '2026-01-02 03:03:05+00' {order}"));
        let broken = statements(&request, &Position::Row(end));
        let value = "'2026-01-02 03:04:05+00'";
        let behind =
            format!(r#"{SELECT} >= {value} AND (plaza."changed" > {value} OR plaza."id" > 7) {order}"#);
        assert_eq!(broken, [behind]);
    }

    #[test]
    fn a_running_number_goes_on_behind_its_last_value_without_overlap() {
        let next = statements(&request("id", None, 60), &Position::End((Mark::Number("41".into()), None)));
        let expected = r#"SELECT plaza."id", plaza."id" FROM "sales"."orders" AS plaza WHERE plaza."id" > 41 ORDER BY plaza."id""#;
        assert_eq!(next, [expected]);
    }

    #[test]
    fn a_range_takes_its_moments_and_nothing_of_the_stored_end() {
        let moment = |seconds| chrono::DateTime::from_timestamp(seconds, 0).unwrap();
        let range = Some(Range { from: moment(0), to: moment(3_600) });
        let backfill = Request { range, ..request("changed", None, 60) };
        let end = Position::End((Mark::Text("2026-01-02 03:04:05+00".into()), None));
        let asked = statements(&backfill, &end);
        let bounds = r#"plaza."changed" >= '1970-01-01 00:00:00.000000+00' AND plaza."changed" < '1970-01-01 01:00:00.000000+00'"#;
        assert_eq!(asked.len(), 1);
        assert!(asked[0].contains(bounds) && !asked[0].contains("2026"), "{asked:?}");
        let by_number = Request { range, ..request("id", None, 0) };
        let refused = Plan::new(Style::Postgres, &by_number, &columns(), &Cursor::start(), None).unwrap_err();
        assert_eq!(refused.code(), "setting");
    }

    #[test]
    fn a_field_that_is_not_there_is_named() {
        for (fields, cursor) in [(vec!["colour"], "id"), (vec!["id"], "colour")] {
            let fields = fields.into_iter().map(str::to_owned).collect();
            let request = Request { fields, ..request(cursor, None, 0) };
            let error = Plan::new(Style::Postgres, &request, &columns(), &Cursor::start(), None).unwrap_err();
            let expected = SystemFault::NoField { stream: "sales.orders".into(), field: "colour".into() };
            assert_eq!(error.fault, expected);
        }
    }

    #[test]
    fn a_query_may_end_with_a_comment_and_a_semicolon() {
        let what = What::Query("SELECT 1 AS a -- one;\n;\n".into());
        assert_eq!(source(Style::Postgres, &what), "(\nSELECT 1 AS a -- one\n) AS plaza");
    }
}
