//! What a chart is drawn for: size, language, unit, and what only the caller knows about the points.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::language::Language;

/// The unit of the values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Percent, of which there are never more than 100 or fewer than 0.
    Percent,
    /// Days.
    Days,
    /// A plain number.
    #[default]
    Number,
}

impl Unit {
    /// A value with its short unit: `86.9%`, `46.2 d`, `46,2 T`.
    pub fn short(self, value: f64, decimals: u8, language: Language) -> String {
        match self {
            Self::Percent => language.percent(value, decimals),
            Self::Days => {
                let days = match language {
                    Language::De => "T",
                    Language::En | Language::Es => "d",
                };
                format!("{}\u{a0}{days}", language.number(value, decimals))
            }
            Self::Number => language.number(value, decimals),
        }
    }

    /// A value with its unit in words: `46.2 days`, `1 day`.
    pub fn long(self, value: f64, decimals: u8, language: Language) -> String {
        let number = language.number(value, decimals);
        let days = match (language, number.as_str()) {
            (Language::En, "1") => "day",
            (Language::En, _) => "days",
            (Language::De, "1") => "Tag",
            (Language::De, _) => "Tage",
            (Language::Es, "1") => "día",
            (Language::Es, _) => "días",
        };
        match self {
            Self::Days => format!("{number}\u{a0}{days}"),
            Self::Percent | Self::Number => self.short(value, decimals, language),
        }
    }
}

/// How much is written around the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Labels {
    /// Mean, limits and target; as many ticks as fit.
    #[default]
    Full,
    /// Mean and target; the first and the last tick. For small multiples.
    Few,
}

/// A mark that the caller wants on the chart: a thread that hangs on a point, or the activation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The day of the point.
    pub day: Day,
    /// What the caller knows it by.
    pub key: String,
    /// One or two characters in its box.
    pub text: String,
    /// The same in words: `Open conversation: why did the carrier change?`.
    pub label: String,
    /// What the table says beside the point: `1 open conversation`; empty where it has no words for it.
    pub note: String,
    /// Everything that it stands for is over: only the outline of its box is drawn.
    pub is_closed: bool,
}

impl Mark {
    /// A mark of which the table says nothing, and that is not over.
    pub fn new(day: Day, key: impl Into<String>, text: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            day,
            key: key.into(),
            text: text.into(),
            label: label.into(),
            note: String::new(),
            is_closed: false,
        }
    }
}

/// What a chart is drawn for.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// What the chart shows.
    pub title: &'a str,
    /// Width in pixels; at least 120 is drawn.
    pub width: f64,
    /// Height in pixels; at least 48 is drawn.
    pub height: f64,
    /// The language of every text.
    pub language: Language,
    /// The unit of the values.
    pub unit: Unit,
    /// Decimals of a value; chosen from the values where it is `None`.
    pub decimals: Option<u8>,
    /// How much is written.
    pub labels: Labels,
    /// The first and the last day of the time axis; those of the points where it is `None`. Small multiples share one.
    pub axis: Option<(Day, Day)>,
    /// A value is never below this: the drawing ends there.
    pub floor: Option<f64>,
    /// A value is never above this: the drawing ends there.
    pub ceiling: Option<f64>,
    /// Days of points that nobody has signed yet.
    pub unsigned: &'a [Day],
    /// Threads.
    pub marks: &'a [Mark],
    /// How it stood before, in the unit of the values: a line of its own.
    pub baseline: Option<f64>,
    /// The day on which what the chart judges began.
    pub activation: Option<&'a Mark>,
    /// A plain line: the table has no averages, limits and signals.
    pub is_plain: bool,
    /// The sentence, for the summary.
    pub sentence: &'a str,
}

impl<'a> Frame<'a> {
    /// A frame of a size, with full labels, everything signed and no marks. Percentages end at 0 and 100.
    pub fn new(title: &'a str, width: f64, height: f64, language: Language, unit: Unit) -> Self {
        let percent = unit == Unit::Percent;
        Self {
            title,
            width,
            height,
            language,
            unit,
            decimals: None,
            labels: Labels::Full,
            axis: None,
            floor: percent.then_some(0.0),
            ceiling: percent.then_some(100.0),
            unsigned: &[],
            marks: &[],
            baseline: None,
            activation: None,
            is_plain: false,
            sentence: "",
        }
    }
}
