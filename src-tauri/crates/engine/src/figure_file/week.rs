//! Weeks as people write them: `2026-W31`, `2026W31`, `KW 31/2026`, `Semana 31, 2026`.

use plaza_domain::day::Week;

/// Letters that stand for “week”; without one of them `2026-12` is a month as well.
const SIGNS: [&str; 11] =
    ["w", "wk", "cw", "kw", "week", "woche", "s", "sem", "semana", "isoweek", "kalenderwoche"];

/// The ISO week that a cell names; nothing where it names none, or names it in a way that could mean something else.
pub(super) fn week_of(cell: &str) -> Option<Week> {
    let (mut year, mut week, mut sign) = (None, None, false);
    for token in tokens(&cell.trim().to_lowercase()) {
        let is_number = token.bytes().all(|byte| byte.is_ascii_digit());
        match token.len() {
            4 if is_number && year.is_none() => year = Some(token),
            1 | 2 if is_number && week.is_none() => week = Some(token),
            _ if SIGNS.contains(&token.as_str()) && !sign => sign = true,
            _ => return None,
        }
    }
    let (year, week) = (year?, week?);
    sign.then(|| format!("{year}-W{week:0>2}").parse().ok())?
}

/// Runs of digits and runs of letters; what stands between them only parts them.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut before = None;
    for letter in text.chars() {
        let kind = (letter.is_alphanumeric()).then(|| letter.is_ascii_digit());
        match (kind, tokens.last_mut()) {
            (None, _) => {}
            (Some(_), Some(last)) if before == kind => last.push(letter),
            _ => tokens.push(letter.to_string()),
        }
        before = kind;
    }
    tokens
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // tests
mod tests {
    use super::*;

    #[test]
    fn a_week_is_read_as_people_write_it_and_nothing_else_is_one() {
        let expected: Week = "2026-W05".parse().unwrap();
        for cell in
            ["2026-W05", " 2026-w5 ", "2026W05", "KW 5/2026", "KW05 2026", "Semana 5, 2026", "5. Woche 2026"]
        {
            assert_eq!(week_of(cell), Some(expected), "{cell}");
        }
        for cell in [
            "",
            "2026-05",
            "2026-W54",
            "2026-W00",
            "W05",
            "5/2026",
            "2026-03-02",
            "2026-W05-1",
            "Q1 2026",
            "w w 2026 5",
        ] {
            assert_eq!(week_of(cell), None, "{cell}");
        }
        // A year with 53 weeks has the last one, others do not.
        assert!(week_of("2026-W53").is_some() && week_of("2025-W53").is_none());
    }
}
