//! What the rules find: data, from which [`super::words`] makes sentences when they are shown.

use plaza_domain::cell::CellFault;
use plaza_domain::day::Day;
use plaza_domain::journey::Milestone;
use plaza_domain::record::Field;
use serde::{Deserialize, Serialize};

use crate::integration::{RuleTable, Severity};

/// A rule that rows, journeys or files are held against. Its word is the key of `[rules.severity]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The row can be read as cells at all.
    Damaged,
    /// Fields that must not be empty.
    Required,
    /// Dates are dates, numbers are numbers.
    Type,
    /// Dates lie in believable years, actual ones not in the future.
    DatePlausibility,
    /// Numbers lie in the stated range.
    Range,
    /// Quantities are not negative.
    NegativeQuantity,
    /// Delivered ≤ shipped ≤ ordered, within the tolerance.
    QuantityOrder,
    /// Milestones come in their order.
    MilestoneOrder,
    /// Every status is mapped.
    UnknownStatus,
    /// Every reason is mapped.
    UnknownReason,
    /// One row for one key.
    UniqueKey,
    /// No row twice.
    Duplicate,
    /// A journey begins with an order date.
    NotOrdered,
    /// No two orders share a key in the store.
    KeyCollision,
    /// A file has about as many rows as the last one.
    RowCount,
    /// A column is about as full as in the last file.
    NullShare,
    /// Timestamps are not copied down from the row above.
    RepeatedDates,
    /// A file has the columns of the last one.
    SchemaChange,
    /// No value stands in a column that changed, where such rows shall wait.
    ChangedColumn,
    /// What the newest file says is not old.
    StaleData,
}

impl Rule {
    /// All rules, in the order that the window lists them.
    pub const ALL: [Self; 20] = [
        Self::Damaged,
        Self::Required,
        Self::Type,
        Self::DatePlausibility,
        Self::Range,
        Self::NegativeQuantity,
        Self::QuantityOrder,
        Self::MilestoneOrder,
        Self::UnknownStatus,
        Self::UnknownReason,
        Self::UniqueKey,
        Self::Duplicate,
        Self::NotOrdered,
        Self::KeyCollision,
        Self::RowCount,
        Self::NullShare,
        Self::RepeatedDates,
        Self::SchemaChange,
        Self::ChangedColumn,
        Self::StaleData,
    ];

    /// The word in TOML and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::Required => "required",
            Self::Type => "type",
            Self::DatePlausibility => "date-plausibility",
            Self::Range => "range",
            Self::NegativeQuantity => "negative-quantity",
            Self::QuantityOrder => "quantity-order",
            Self::MilestoneOrder => "milestone-order",
            Self::UnknownStatus => "unknown-status",
            Self::UnknownReason => "unknown-reason",
            Self::UniqueKey => "unique-key",
            Self::Duplicate => "duplicate",
            Self::NotOrdered => "not-ordered",
            Self::KeyCollision => "key-collision",
            Self::RowCount => "row-count",
            Self::NullShare => "null-share",
            Self::RepeatedDates => "repeated-dates",
            Self::SchemaChange => "schema-change",
            Self::ChangedColumn => "changed-column",
            Self::StaleData => "stale-data",
        }
    }

    /// The rule of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.word() == word)
    }

    /// Nobody may switch it off: without it a row could not be counted at all, or `[rules.schema]` says what happens.
    pub const fn is_fixed(self) -> bool {
        matches!(self, Self::Damaged | Self::NotOrdered | Self::KeyCollision | Self::ChangedColumn)
    }

    /// What happens where the integration says nothing.
    pub const fn default_severity(self) -> Severity {
        match self {
            Self::QuantityOrder
            | Self::MilestoneOrder
            | Self::UnknownReason
            | Self::Duplicate
            | Self::RowCount
            | Self::NullShare
            | Self::RepeatedDates
            | Self::SchemaChange
            | Self::StaleData => Severity::Warn,
            _ => Severity::Quarantine,
        }
    }

    /// What happens under these rules.
    pub fn severity(self, rules: &RuleTable) -> Severity {
        if self.is_fixed() {
            return Severity::Quarantine;
        }
        rules.severity.get(self.word()).copied().unwrap_or_else(|| self.default_severity())
    }
}

/// What a rule found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "finding", rename_all = "kebab-case")]
pub enum Finding {
    /// The row cannot be read as cells.
    Damaged {
        /// The kind of damage: `too_few_cells`.
        damage: String,
        /// What it is, in English.
        message: String,
    },
    /// A field that must not be empty is.
    Required {
        /// Which.
        field: Field,
    },
    /// A cell is not what its column holds.
    Type {
        /// Which field.
        field: Field,
        /// What is wrong with the cell.
        fault: CellFault,
    },
    /// A date before the earliest believable day.
    TooEarly {
        /// Which field.
        field: Field,
        /// The date.
        #[specta(type = String)]
        day: Day,
        /// The earliest day.
        #[specta(type = String)]
        earliest: Day,
    },
    /// Something that is said to have happened lies in the future.
    InFuture {
        /// Which field.
        field: Field,
        /// The date.
        #[specta(type = String)]
        day: Day,
        /// Today.
        #[specta(type = String)]
        today: Day,
    },
    /// A planned date lies unbelievably far ahead.
    TooFarAhead {
        /// Which field.
        field: Field,
        /// The date.
        #[specta(type = String)]
        day: Day,
        /// The last believable day.
        #[specta(type = String)]
        latest: Day,
    },
    /// A date lies unbelievably long after the order, or before it.
    TooFarFromOrder {
        /// Which field.
        field: Field,
        /// The date.
        #[specta(type = String)]
        day: Day,
        /// When it was ordered.
        #[specta(type = String)]
        ordered: Day,
        /// The longest believable stretch, days.
        longest_days: i32,
    },
    /// A number outside its range.
    Range {
        /// Which field.
        field: Field,
        /// The number, thousandths or minor units.
        number: i64,
        /// Smallest allowed, likewise.
        min: Option<i64>,
        /// Largest allowed, likewise.
        max: Option<i64>,
    },
    /// A negative quantity.
    NegativeQuantity {
        /// Which field.
        field: Field,
        /// Thousandths.
        quantity: i64,
    },
    /// More was shipped than ordered, or more delivered than shipped.
    QuantityOrder {
        /// The larger quantity.
        field: Field,
        /// Thousandths.
        quantity: i64,
        /// What it must not exceed.
        limit_field: Field,
        /// Thousandths.
        limit: i64,
    },
    /// A milestone is dated after a later one.
    MilestoneOrder {
        /// The milestone that should be earlier.
        milestone: Milestone,
        /// Its date.
        #[specta(type = String)]
        on: Day,
        /// The milestone that should be later.
        later: Milestone,
        /// Its date.
        #[specta(type = String)]
        later_on: Day,
    },
    /// A status that the mapping does not know.
    UnknownStatus {
        /// The status.
        value: String,
    },
    /// A reason that the mapping does not know.
    UnknownReason {
        /// Which field.
        field: Field,
        /// The reason.
        value: String,
    },
    /// Another row of the same file has the same key and says something else.
    UniqueKey {
        /// That row.
        other_row: i64,
    },
    /// The same row again.
    Duplicate {
        /// The first of them.
        other_row: i64,
    },
    /// No record of the journey says when it was ordered.
    NotOrdered,
    /// Two orders or lines have one key in the store; this is the later one.
    KeyCollision {
        /// The one that was there before.
        other: String,
    },
    /// Far fewer or more rows than last time.
    RowCount {
        /// Rows now.
        rows: i64,
        /// Rows last time.
        before: i64,
    },
    /// A column is far emptier than last time.
    NullShare {
        /// Which field.
        field: Field,
        /// Empty cells now, per cent.
        percent: i64,
        /// Empty cells last time, per cent.
        before_percent: i64,
    },
    /// Timestamps that repeat, to the second, the one of the row above.
    RepeatedDates {
        /// Which field.
        field: Field,
        /// How many rows.
        rows: i64,
        /// One of the timestamps, as written.
        example: String,
    },
    /// A column that the last file did not have.
    NewColumn {
        /// The column, as the file names it.
        column: String,
    },
    /// A mapped column that the last file had is missing.
    MissingColumn {
        /// The field.
        field: Field,
        /// The column, as the mapping names it.
        column: String,
    },
    /// Most cells of a column are of another type than before.
    RetypedColumn {
        /// The field.
        field: Field,
        /// The column, as the mapping names it.
        column: String,
        /// What most cells were.
        before: ColumnType,
        /// What most cells are.
        now: ColumnType,
    },
    /// The row has a value in a column that changed, or lacks one that is missing; such rows shall wait.
    ChangedColumn {
        /// The field; none for a new column, which is not mapped.
        field: Option<Field>,
        /// The column.
        column: String,
        /// How it changed.
        change: ColumnChange,
    },
    /// The newest that the newest file knows of is old.
    StaleData {
        /// The newest change time, or the declared day.
        #[specta(type = String)]
        newest: Day,
        /// How many hours ago that is.
        hours: u32,
        /// How many it may be.
        limit: u32,
    },
}

/// What most cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnType {
    /// Whole numbers.
    Whole,
    /// Numbers with decimals.
    Decimal,
    /// Dates.
    Date,
    /// Words.
    Words,
}

/// How a column changed against the last file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnChange {
    /// It is new.
    New,
    /// It is missing.
    Missing,
    /// Its cells are of another type.
    Retyped,
}

impl Finding {
    /// The rule that found it.
    pub const fn rule(&self) -> Rule {
        match self {
            Self::Damaged { .. } => Rule::Damaged,
            Self::Required { .. } => Rule::Required,
            Self::Type { .. } => Rule::Type,
            Self::TooEarly { .. }
            | Self::InFuture { .. }
            | Self::TooFarAhead { .. }
            | Self::TooFarFromOrder { .. } => Rule::DatePlausibility,
            Self::Range { .. } => Rule::Range,
            Self::NegativeQuantity { .. } => Rule::NegativeQuantity,
            Self::QuantityOrder { .. } => Rule::QuantityOrder,
            Self::MilestoneOrder { .. } => Rule::MilestoneOrder,
            Self::UnknownStatus { .. } => Rule::UnknownStatus,
            Self::UnknownReason { .. } => Rule::UnknownReason,
            Self::UniqueKey { .. } => Rule::UniqueKey,
            Self::Duplicate { .. } => Rule::Duplicate,
            Self::NotOrdered => Rule::NotOrdered,
            Self::KeyCollision { .. } => Rule::KeyCollision,
            Self::RowCount { .. } => Rule::RowCount,
            Self::NullShare { .. } => Rule::NullShare,
            Self::RepeatedDates { .. } => Rule::RepeatedDates,
            Self::NewColumn { .. } | Self::MissingColumn { .. } | Self::RetypedColumn { .. } => {
                Rule::SchemaChange
            }
            Self::ChangedColumn { .. } => Rule::ChangedColumn,
            Self::StaleData { .. } => Rule::StaleData,
        }
    }

    /// The word that rows are counted by in reports: finer than the rule where that helps to mend them.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Type { fault, .. } => match fault {
                CellFault::NotADate { .. } => "not-a-date",
                CellFault::NoSuchDay { .. } => "no-such-day",
                CellFault::DateLost { .. } => "date-lost",
                CellFault::ImplausibleYear { .. } => "implausible-year",
                CellFault::NotANumber { .. } => "not-a-number",
                CellFault::TooPrecise { .. } => "too-precise",
                CellFault::TooLarge { .. } => "too-large",
                CellFault::NotABoolean { .. } => "not-a-boolean",
                CellFault::SpreadsheetError { .. } => "spreadsheet-error",
            },
            Self::TooEarly { .. } => "date-too-early",
            Self::InFuture { .. } => "date-in-future",
            Self::TooFarAhead { .. } => "date-too-far-ahead",
            Self::TooFarFromOrder { .. } => "date-far-from-order",
            other => other.rule().word(),
        }
    }

    /// Whether the same row may pass on a later day.
    pub const fn passes_with_time(&self) -> bool {
        matches!(self, Self::InFuture { .. } | Self::TooFarAhead { .. })
    }
}
