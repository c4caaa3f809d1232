//! Numbers as people write them in a column: points or commas, thousands, signs of percent and currency.

/// Which sign stands before the decimals of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `1,234.5`.
    Point,
    /// `1.234,5`.
    Comma,
}

/// What is no value at all: an absent week.
const MISSING: [&str; 14] =
    ["", "-", "–", "—", ".", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "k.a.", "s/d"];

/// Whether a cell says that there is no value.
pub(super) fn is_missing(cell: &str) -> bool {
    let cell = cell.trim().to_lowercase();
    MISSING.contains(&cell.as_str())
}

/// The digits and separators of a number, without sign, currency, percent and spaces; and whether it is negative.
/// `None` when anything else stands in the cell.
fn bare(cell: &str) -> Option<(String, bool)> {
    let mut text = cell.trim();
    let mut negative = false;
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (text, negative) = (inner, true);
    }
    let is_unit = |letter: char| matches!(letter, '€' | '$' | '£' | '¥' | '%') || letter.is_whitespace();
    text = text.trim_matches(is_unit);
    if let Some(rest) = text.strip_prefix(['-', '−']) {
        (text, negative) = (rest.trim_start_matches(is_unit), !negative);
    } else if let Some(rest) = text.strip_prefix('+') {
        text = rest;
    }
    let digits: String =
        text.chars().filter(|letter| !matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’')).collect();
    let starts = digits.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '.' | ','));
    (starts && digits.contains(|letter: char| letter.is_ascii_digit())).then_some((digits, negative))
}

/// Whether separators of this kind stand before three digits each, so that they may be thousands.
fn may_be_thousands(digits: &str, separator: char) -> bool {
    let mut groups = digits.split(separator);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && first != "0" && groups.all(|group| group.len() == 3)
}

/// The style of a column: from cells that can be read in one way only; else from the delimiter, since a file
/// separated by semicolons comes from a place with decimal commas.
pub(super) fn style<'a>(cells: impl Iterator<Item = &'a str>, delimiter: u8) -> Style {
    let mut ambiguous = false;
    for cell in cells {
        let Some((digits, _)) = bare(cell) else { continue };
        match (digits.rfind('.'), digits.rfind(',')) {
            (Some(point), Some(comma)) => return if point > comma { Style::Point } else { Style::Comma },
            (None, Some(_)) if digits.matches(',').count() == 1 && !may_be_thousands(&digits, ',') => {
                return Style::Comma;
            }
            (None, Some(_)) if digits.matches(',').count() > 1 => return Style::Point,
            (Some(_), None) if digits.matches('.').count() == 1 && !may_be_thousands(&digits, '.') => {
                return Style::Point;
            }
            (Some(_), None) if digits.matches('.').count() > 1 => return Style::Comma,
            (None, Some(_)) => ambiguous = true,
            _ => {}
        }
    }
    if ambiguous && delimiter != b',' { Style::Comma } else { Style::Point }
}

/// Reads a number; `None` when the cell holds something else or its thousands are not in threes.
pub(super) fn number(cell: &str, style: Style) -> Option<f64> {
    let (digits, negative) = bare(cell)?;
    let (thousands, decimal) = match style {
        Style::Point => (',', '.'),
        Style::Comma => ('.', ','),
    };
    let (whole, fraction) = digits.split_once(decimal).unwrap_or((&digits, ""));
    if fraction.contains([thousands, decimal])
        || (whole.contains(thousands) && !may_be_thousands(whole, thousands))
    {
        return None;
    }
    let whole: String = whole.chars().filter(|letter| *letter != thousands).collect();
    let point = if fraction.is_empty() { "" } else { "." };
    let value: f64 = format!("{whole}{point}{fraction}").parse().ok()?;
    value.is_finite().then_some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_the_style_of_its_column() {
        for (cell, style, expected) in [
            ("1,234.5", Style::Point, Some(1234.5)),
            ("1.234,5", Style::Comma, Some(1234.5)),
            ("-3", Style::Point, Some(-3.0)),
            ("(3)", Style::Point, Some(-3.0)),
            ("93,5 %", Style::Comma, Some(93.5)),
            ("€ 1.000", Style::Comma, Some(1000.0)),
            ("1 234", Style::Point, Some(1234.0)),
            ("1e3", Style::Point, Some(1000.0)),
            ("1.5e-2", Style::Point, Some(0.015)),
            (".5", Style::Point, Some(0.5)),
            ("1,23", Style::Point, None),
            ("1.2.3", Style::Point, None),
            ("12abc", Style::Point, None),
            ("inf", Style::Point, None),
            ("1e999", Style::Point, None),
            ("--3", Style::Point, None),
        ] {
            assert_eq!(number(cell, style), expected, "{cell:?} {style:?}");
        }
    }

    #[test]
    fn the_style_comes_from_cells_that_can_be_read_one_way_only() {
        for (cells, delimiter, expected) in [
            (vec!["1,234", "1,5"], b',', Style::Comma),
            (vec!["1,234"], b',', Style::Point),
            (vec!["1,234"], b';', Style::Comma),
            (vec!["1.234"], b';', Style::Point),
            (vec!["1.234,5"], b',', Style::Comma),
            (vec!["1,234,567"], b';', Style::Point),
            (vec!["0,125"], b',', Style::Comma),
            (vec!["12"], b',', Style::Point),
        ] {
            assert_eq!(style(cells.iter().copied(), delimiter), expected, "{cells:?}");
        }
    }

    #[test]
    fn words_for_nothing_are_missing() {
        assert!(["", " ", "NA", "n/a", "NULL", "–"].into_iter().all(is_missing));
        assert!(["0", "zero", "--"].into_iter().all(|cell| !is_missing(cell)));
    }
}
