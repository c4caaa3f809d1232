//! The threads of a KPI as marks on its charts: one mark for each week of a chart, however many threads hang there.

use std::collections::BTreeMap;

use plaza_domain::chart::Mark;
use plaza_domain::day::Week;
use plaza_domain::department::DepartmentId;
use plaza_domain::event::KpiId;
use plaza_domain::language::Language;
use plaza_domain::signal::Behaviour;
use plaza_store::view::MarkedThread;

use crate::meeting::words::{kpi_address, pick};

/// Weeks of one chart that are marked at most: more boxes than that would hide the line. Open threads come first, then
/// the latest weeks; the page of the KPI lists them all.
const MARKS_MAX: usize = 14;

/// Questions that one mark names; the rest are read where it leads.
const NAMED_MAX: usize = 3;

/// The marks of the whole's chart (no part) or of a part's: the threads that hang on that chart's own weeks, as far as it
/// draws them.
pub(super) fn marks(
    threads: &[MarkedThread],
    kpi: &KpiId,
    part: Option<&DepartmentId>,
    drawn: &Behaviour,
    language: Language,
) -> Vec<Mark> {
    let mut weeks: BTreeMap<Week, Vec<&MarkedThread>> = BTreeMap::new();
    for thread in threads.iter().filter(|thread| thread.anchor.part() == part) {
        if let Some(week) = thread.marked_week()
            && drawn.points.iter().any(|point| point.day == week.monday())
        {
            weeks.entry(week).or_default().push(thread);
        }
    }
    let mut weeks: Vec<(Week, Vec<&MarkedThread>)> = weeks.into_iter().collect();
    let is_open = |threads: &[&MarkedThread]| threads.iter().any(|thread| thread.is_open);
    weeks.sort_by_key(|(week, threads)| (!is_open(threads), std::cmp::Reverse(*week)));
    weeks.truncate(MARKS_MAX);
    weeks.sort_by_key(|(week, _)| *week);
    weeks
        .into_iter()
        .map(|(week, threads)| {
            let note = note(&threads, language);
            let mut asked: Vec<&str> =
                threads.iter().take(NAMED_MAX).map(|thread| thread.question.as_str()).collect();
            if threads.len() > NAMED_MAX {
                asked.push("…");
            }
            Mark {
                day: week.monday(),
                key: match threads.as_slice() {
                    [one] => format!("/conversations/{}", one.thread),
                    _ => kpi_address(kpi, Some(week), part),
                },
                text: threads.len().to_string(),
                label: format!("{note}: {}", asked.join(" · ")),
                note,
                is_closed: !is_open(&threads),
            }
        })
        .collect()
}

/// `1 open conversation`, `3 conversations, 2 open`.
fn note(threads: &[&MarkedThread], language: Language) -> String {
    let (all, open) = (threads.len(), threads.iter().filter(|thread| thread.is_open).count());
    let words = match (all, open) {
        (1, 1) => ["1 open conversation", "1 offenes Gespräch", "1 conversación abierta"],
        (1, _) => ["1 closed conversation", "1 abgeschlossenes Gespräch", "1 conversación cerrada"],
        (_, 0) => {
            return match language {
                Language::En => format!("{all} closed conversations"),
                Language::De => format!("{all} abgeschlossene Gespräche"),
                Language::Es => format!("{all} conversaciones cerradas"),
            };
        }
        _ => {
            return match language {
                Language::En => format!("{all} conversations, {open} open"),
                Language::De => format!("{all} Gespräche, {open} offen"),
                Language::Es if open == 1 => format!("{all} conversaciones, 1 abierta"),
                Language::Es => format!("{all} conversaciones, {open} abiertas"),
            };
        }
    };
    pick(language, words).to_owned()
}

#[cfg(test)]
mod tests {
    use plaza_domain::day::Day;
    use plaza_domain::event::{Anchor, ThreadId};
    use plaza_domain::signal::{Options, Point, Value, compute};

    use super::*;

    fn week(nth: i32) -> Week {
        Day(4 + nth * 7).week()
    }

    fn thread(name: &str, nth: i32, part: Option<&str>, is_open: bool) -> MarkedThread {
        let part = part.map(|part| part.parse().unwrap());
        MarkedThread {
            thread: ThreadId(name.into()),
            anchor: Anchor::Week { kpi: "promise-kept".into(), week: week(nth), part },
            question: format!("{name}?"),
            is_open,
            opened_at: 0,
            week: Some(week(nth)),
        }
    }

    fn drawn(weeks: i32) -> Behaviour {
        let points: Vec<Point> =
            (0..weeks).map(|nth| Point::new(week(nth).monday(), Value::plain(90.0).unwrap())).collect();
        compute(&points, &Options::default()).unwrap()
    }

    #[test]
    fn several_threads_of_a_week_are_one_mark_that_leads_to_the_week() {
        let threads = [
            thread("a", 3, None, false),
            thread("b", 3, None, true),
            thread("c", 5, None, false),
            thread("part", 5, Some("sales"), true),
            thread("gone", 90, None, true),
        ];
        let of = |part: Option<&DepartmentId>, language| {
            marks(&threads, &"promise-kept".into(), part, &drawn(8), language)
        };
        let whole = of(None, Language::En);
        assert_eq!(whole.len(), 2, "{whole:?}");
        assert_eq!((whole[0].text.as_str(), whole[0].is_closed), ("2", false));
        assert_eq!(whole[0].label, "2 conversations, 1 open: a? · b?");
        assert_eq!(whole[0].key, format!("/kpi/promise-kept?week={}", week(3)));
        assert_eq!((whole[1].text.as_str(), whole[1].is_closed), ("1", true));
        assert_eq!(
            (whole[1].note.as_str(), whole[1].key.as_str()),
            ("1 closed conversation", "/conversations/c")
        );
        let sales: DepartmentId = "sales".parse().unwrap();
        let part = of(Some(&sales), Language::De);
        assert_eq!(part.len(), 1);
        assert_eq!((part[0].label.as_str(), part[0].is_closed), ("1 offenes Gespräch: part?", false));
    }

    #[test]
    fn a_crowded_chart_keeps_what_is_open_and_what_is_new() {
        let threads: Vec<MarkedThread> =
            (0..40).map(|nth| thread(&format!("t{nth}"), nth, None, nth == 0)).collect();
        let shown = marks(&threads, &"promise-kept".into(), None, &drawn(40), Language::Es);
        assert_eq!(shown.len(), MARKS_MAX);
        assert_eq!((shown[0].day, shown[0].is_closed), (week(0).monday(), false));
        assert_eq!(shown[1].day, week(27).monday());
    }
}
