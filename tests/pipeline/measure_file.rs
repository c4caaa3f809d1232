//! Weeks of a measure from a file. Bad input first.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use plaza_domain::event::{AttentionKind, Cause, KpiId, MeetingId, Observation, Payload};
use plaza_domain::kpi::measure::MeasureForm;
use plaza_domain::person::Role;
use plaza_engine::definition::define;
use plaza_engine::error::EngineError;
use plaza_engine::figure::enter;
use plaza_engine::figure_file::{Brought, ROWS_MAX, bring, decide};
use plaza_engine::page::WeekState;
use plaza_engine::page::attention::AttentionList;
use plaza_engine::page::digest::Digest;
use plaza_engine::page::figure_file::{
    FigureColumns, FigureFileList, FigureFileLook, FigureFilePage, FileState,
};
use plaza_engine::page::kpi::WeekPanel;
use plaza_engine::page::measure::{FigureForm, NewMeasure};
use plaza_engine::page::meeting::{AgendaView, Exhibit};
use plaza_engine::words::{Basis, Language};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::bench::Bench;
use crate::measure::{LAST, accuracy, stock};

/// Makes a good way of reading the columns a bad one.
type Change = fn(&mut FigureColumns);

/// A company with one measure, and a folder for its files.
struct Desk {
    bench: Bench,
    kpi: KpiId,
}

impl Desk {
    fn new(form: &NewMeasure) -> Self {
        let bench = Bench::new();
        let kpi = define(&bench.workspace, form, Language::En).unwrap();
        Self { bench, kpi }
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        self.bench.write(name, text);
        self.bench.files.path().join(name)
    }

    fn look(&self, path: &Path, columns: Option<FigureColumns>) -> FigureFileLook {
        self.try_look(path, columns).unwrap()
    }

    fn try_look(&self, path: &Path, columns: Option<FigureColumns>) -> Result<FigureFileLook, EngineError> {
        FigureFileLook::read(&self.bench.workspace, &self.kpi, path, columns, Language::En)
    }

    fn bring(&self, path: &Path, look: &FigureFileLook, reason: &str) -> Result<Brought, EngineError> {
        let workspace = &self.bench.workspace;
        bring(workspace, &self.kpi, path, &look.chosen, &look.seen, reason, Language::En)
    }

    /// Looks and brings in one go.
    fn brought(&self, name: &str, text: &str, reason: &str) -> Brought {
        let path = self.file(name, text);
        self.bring(&path, &self.look(&path, None), reason).unwrap()
    }

    fn published(&self) -> Vec<Observation> {
        self.bench.observations(self.kpi.as_str())
    }

    /// Week, numerator and denominator in thousandths, by week.
    fn numbers(&self) -> Vec<(String, i64, i64)> {
        self.published().iter().map(|one| (one.week.to_string(), one.numerator, one.denominator)).collect()
    }

    fn panel(&self, week: &str) -> WeekPanel {
        let week = week.parse().unwrap();
        WeekPanel::read(&self.bench.workspace, &self.kpi, Basis::Promised, week, Language::En).unwrap()
    }

    fn page(&self, figures: &str, week: Option<&str>) -> FigureFilePage {
        let week = week.map(|week| week.parse().unwrap());
        FigureFilePage::read(&self.bench.workspace, &figures.into(), week, Language::En).unwrap()
    }

    fn files(&self) -> FigureFileList {
        FigureFileList::read(&self.bench.workspace, &self.kpi, Language::En).unwrap()
    }

    fn waits(&self) -> usize {
        let list = AttentionList::read(&self.bench.workspace, Language::En).unwrap();
        list.rows.iter().filter(|row| row.kind == AttentionKind::FiguresHeld).count()
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: Result<T, EngineError>, path: &str) -> String {
    match outcome {
        Err(EngineError::Invalid { fields }) => {
            let found = fields.iter().find(|(at, _)| at == path);
            found.unwrap_or_else(|| panic!("{path}: {fields:?}")).1.clone()
        }
        other => panic!("{path}: {other:?}"),
    }
}

/// Row, column and words of every refused row.
fn rows(look: &FigureFileLook) -> Vec<(u32, String, String)> {
    let rows = look.refused_rows.iter();
    rows.map(|row| (row.row, row.column.clone().unwrap_or_default(), row.words.clone())).collect()
}

const WIDE: &str = "week,hits,forecasts,sales,production\n\
                    2026-W12,90,120,50,40\n\
                    2026-W13,93,120,50,43\n";

#[test]
fn what_is_no_table_is_refused_and_nothing_is_published() {
    let desk = Desk::new(&accuracy());
    for (name, bytes) in [
        ("empty.csv", &b""[..]),
        ("paper.csv", b"%PDF-1.7 and more of it\n"),
        ("old.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        ("broken.xlsx", b"PK\x03\x04 and no more"),
    ] {
        let path = desk.bench.files.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        assert!(matches!(desk.try_look(&path, None), Err(EngineError::Source(_))), "{name}");
    }
    let nowhere = desk.bench.files.path().join("nowhere.csv");
    assert!(matches!(desk.try_look(&nowhere, None), Err(EngineError::File { .. })));
    let many = "week,hits,forecasts\n".to_owned() + &"2026-W01,1,2\n".repeat(ROWS_MAX + 1);
    refused(desk.try_look(&desk.file("many.csv", &many), None), "file");
    let large = desk.bench.files.path().join("large.csv");
    std::fs::write(&large, vec![b'x'; (20 << 20) + 1]).unwrap();
    refused(desk.try_look(&large, None), "file");

    let heading = desk.file("heading.csv", "week,hits,forecasts\n");
    let look = desk.look(&heading, None);
    assert!(!look.faults.is_empty() && look.weeks.is_empty(), "{:?}", look.faults);
    assert!(matches!(desk.bring(&heading, &look, ""), Err(EngineError::Invalid { .. })));
    assert!(desk.published().is_empty() && desk.files().files.is_empty());
}

#[test]
fn a_bad_row_is_named_with_its_column_and_takes_its_week_out_and_no_other() {
    let desk = Desk::new(&accuracy());
    let text = "week,hits,forecasts,sales,production\n\
                2026-W05,90,120,50,40\n\
                2026-W06,ninety,120,50,40\n\
                2026-W07,90,0,50,40\n\
                2026-W08,90,-3,50,40\n\
                2026-W09,90.1234,120,50,40\n\
                2026-W10,90,120,50,40\n\
                2026-W10,91,120,50,41\n\
                2026-W14,90,120,50,40\n\
                last week,90,120,50,40\n\
                2026-W11,,120,50,40\n\
                2026-W12,,,,\n\
                2026-W13,90,,50,40\n\
                1989-W01,90,120,50,40\n\
                2026-W04,2000000000,120,50,40\n\
                2026-W03,90,120\n";
    let path = desk.file("bad.csv", text);
    let look = desk.look(&path, None);
    assert!(look.faults.is_empty(), "{:?}", look.faults);
    let found = rows(&look);
    let at = |row: u32| found.iter().find(|(number, ..)| *number == row).unwrap_or_else(|| panic!("{row}"));
    for (row, column, words) in [
        (3, "hits", "not a number"),
        (4, "forecasts", "More than 0"),
        (5, "forecasts", "More than 0"),
        (6, "hits", "finer than a thousandth"),
        (7, "week", "twice"),
        (8, "week", "twice"),
        (9, "week", "not over"),
        (10, "week", "no week"),
        (11, "hits", "A number is needed"),
        (13, "forecasts", "below the line"),
        (14, "week", "1990"),
        (15, "hits", "thousand million"),
        (16, "", "cells"),
    ] {
        let (_, found_column, found_words) = at(row);
        assert_eq!(found_column, column, "row {row}: {found_words}");
        assert!(found_words.contains(words), "row {row}: {found_words}");
    }
    assert_eq!((look.refused, look.blank, look.new), (13, 1, 1));
    let brought = desk.bring(&path, &look, "").unwrap();
    assert_eq!((brought.is_held, brought.weeks), (false, 1));
    assert_eq!(desk.numbers(), [("2026-W05".to_owned(), 90_000, 120_000)]);
    // They stay visible with the file's record.
    let page = desk.page(brought.figures.as_str(), None);
    assert_eq!((page.row.refused, page.refused_rows.len()), (13, 13));
}

#[test]
fn in_the_long_form_each_department_has_a_row_and_a_word_that_is_none_is_refused() {
    let desk = Desk::new(&accuracy());
    let text = "KW;Abteilung;Treffer;Prognosen\n\
                KW 11/2026;Gesamt;90,5;120\n\
                KW 11/2026;Sales;50;\n\
                KW 11/2026;production;40,5;\n\
                KW 12/2026;Gesamt;90;120\n\
                KW 12/2026;Sales;50;\n\
                KW 12/2026;Einkauf;40;\n\
                KW 13/2026;Sales;50;\n";
    let path = desk.file("long.csv", text);
    let look = desk.look(&path, None);
    assert_eq!((look.chosen.week.as_str(), look.chosen.department.as_deref()), ("KW", Some("Abteilung")));
    assert_eq!(look.chosen.decimal_comma, Some(true));
    assert!(look.words.iter().any(|word| word.text == "Einkauf"));
    let found = rows(&look);
    assert_eq!(found.iter().map(|(row, ..)| *row).collect::<Vec<_>>(), [5, 6, 7, 8]);
    assert!(found[2].2.contains("which department") && found[0].2.contains("another one of its week"));
    assert!(found[3].2.contains("no total"), "{:?}", found[3]);

    // A person says what the word means.
    let mut columns = look.chosen.clone();
    columns.departments.insert("Einkauf".into(), Some("production".parse().unwrap()));
    let look = desk.look(&path, Some(columns));
    assert_eq!((look.new, look.refused), (2, 1));
    desk.bring(&path, &look, "").unwrap();
    let first = &desk.published()[0];
    assert_eq!(
        (first.week.to_string().as_str(), first.numerator, first.denominator),
        ("2026-W11", 90_500, 120_000)
    );
    let parts: Vec<(String, i64)> =
        first.parts.iter().map(|part| (part.department.to_string(), part.millionths)).collect();
    assert_eq!(parts, [("production".into(), 40_500_000_000), ("sales".into(), 50_000_000_000)]);

    // What was said is remembered: the next file needs nobody.
    let next = desk.file("next.csv", &text.replace("KW 11", "KW 10"));
    let look = desk.look(&next, None);
    assert!(look.is_remembered && look.chosen.departments.contains_key("Einkauf"));
    assert_eq!((look.new, look.same), (1, 1));
}

#[test]
fn a_workbook_with_real_dates_is_read_and_its_shares_are_percent() {
    let desk = Desk::new(&NewMeasure { name: "OEE".into(), form: MeasureForm::Value, ..accuracy() });
    let path = desk.bench.files.path().join("oee.xlsx");
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd.mm.yyyy");
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Datum").unwrap().write(0, 1, "OEE").unwrap();
    for (row, (month, date, oee)) in
        [(3, 17, 0.8125), (3, 24, 0.93512), (3, 10, 0.123_456)].into_iter().enumerate()
    {
        let row = row as u32 + 1;
        let date = ExcelDateTime::from_ymd(2026, month, date).unwrap();
        sheet.write_with_format(row, 0, &date, &day).unwrap().write(row, 1, oee).unwrap();
    }
    book.save(&path).unwrap();
    let look = desk.look(&path, None);
    assert!(look.faults.is_empty() && look.chosen.is_share, "{:?}", look.faults);
    assert_eq!(look.sheets, ["Sheet1"]);
    // Five decimals of a share are three of a percent; the sixth would have to be rounded.
    let found = rows(&look);
    assert_eq!((found.len(), found[0].0), (1, 4));
    assert!(found[0].2.contains("never rounds"), "{found:?}");
    desk.bring(&path, &look, "").unwrap();
    let expected = [("2026-W12".to_owned(), 81_250, 100_000), ("2026-W13".to_owned(), 93_512, 100_000)];
    assert_eq!(desk.numbers(), expected);
    assert_eq!(desk.panel(LAST).value, Some(93.512));
}

#[test]
fn what_can_be_read_in_two_ways_is_asked() {
    let desk = Desk::new(&stock());
    let path = desk.file("two.csv", "date;stock\n02.03.2026;1.234\n09.03.2026;1.300\n");
    let look = desk.look(&path, None);
    let fields: Vec<&str> = look.faults.iter().map(|fault| fault.field.as_str()).collect();
    assert!(fields.contains(&"decimal_comma"), "{fields:?}");
    assert!(look.weeks.is_empty());
    refused(desk.bring(&path, &look, ""), "decimal_comma");

    let mut columns = look.chosen.clone();
    columns.decimal_comma = Some(true);
    if columns.week_formats.is_none() {
        let choice = look.week_choices.iter().find(|choice| choice.formats == ["dd.MM.yyyy"]).unwrap();
        columns.week_formats = Some(choice.formats.iter().map(|format| format.parse().unwrap()).collect());
    }
    let look = desk.look(&path, Some(columns));
    desk.bring(&path, &look, "").unwrap();
    let expected = [("2026-W10".to_owned(), 1_234_000, 1_000), ("2026-W11".to_owned(), 1_300_000, 1_000)];
    assert_eq!(desk.numbers(), expected);
}

#[test]
fn columns_that_cannot_be_are_named_by_their_field() {
    let desk = Desk::new(&accuracy());
    let path = desk.file("wide.csv", WIDE);
    let good = desk.look(&path, None).chosen;
    assert_eq!(good.parts.len(), 2);
    let cases: [(&str, Change); 7] = [
        ("week", |columns| columns.week = String::new()),
        ("numerator", |columns| columns.numerator = "nothing".into()),
        ("denominator", |columns| columns.denominator = None),
        ("denominator", |columns| columns.denominator = Some("hits".into())),
        ("department", |columns| columns.department = Some("week".into())),
        ("parts.sales", |columns| {
            columns.parts.insert("sales".into(), "nowhere".parse().unwrap());
        }),
        ("parts.sales", |columns| {
            columns.parts.insert("sales".into(), "production".parse().unwrap());
        }),
    ];
    for (field, change) in cases {
        let mut columns = good.clone();
        change(&mut columns);
        let look = desk.look(&path, Some(columns));
        assert!(look.faults.iter().any(|fault| fault.field == field), "{field}: {:?}", look.faults);
        refused(desk.bring(&path, &look, ""), field);
    }
    assert!(desk.published().is_empty());
}

#[test]
fn a_file_whose_parts_do_not_add_up_is_held_whole_until_somebody_decides() {
    let desk = Desk::new(&accuracy());
    let workspace = &desk.bench.workspace;
    // Half a point of 120 is 0.6: exactly the tolerance passes, more does not.
    let off = WIDE.replace("2026-W13,93,120,50,43", "2026-W13,93,120,50,44.5");
    let edge = WIDE.replace("2026-W13,93,120,50,43", "2026-W13,93,120,50,43.6");
    let path = desk.file("off.csv", &off);
    let look = desk.look(&path, None);
    assert_eq!((look.gaps, look.new), (1, 2));
    let gap = look.weeks.iter().find_map(|week| week.gap.clone()).unwrap();
    assert_eq!(gap, "The parts add up to 94.5, the total is 93: 1.25 points apart, 0.5 allowed.");
    let brought = desk.bring(&path, &look, "").unwrap();
    assert!(brought.is_held && desk.published().is_empty(), "nothing of it is published");
    assert_eq!((desk.waits(), desk.files().files[0].state), (1, FileState::Waiting));
    let attention = AttentionList::read(workspace, Language::En).unwrap();
    assert_eq!(attention.rows[0].address, format!("/kpi/{}/files", desk.kpi));
    assert_eq!(attention.rows[0].name, "Forecast accuracy");

    // Meanwhile no other file, and no decision without a reason or on an old look.
    let other = desk.file("edge.csv", &edge);
    refused(desk.bring(&other, &desk.look(&other, None), ""), "file");
    let page = desk.page(brought.figures.as_str(), None);
    let decided = |publish, seen: &str, reason| {
        decide(workspace, &brought.figures, publish, seen, reason, Language::En)
    };
    refused(decided(true, &page.seen, " "), "reason");
    assert!(matches!(decided(true, "another look", "why"), Err(EngineError::Conflict { .. })));
    decided(true, &page.seen, "  rounding at   the source ").unwrap();
    assert!(matches!(decided(false, &page.seen, "again"), Err(EngineError::Conflict { .. })));
    assert_eq!((desk.waits(), desk.files().files[0].state), (0, FileState::LetIn));
    assert_eq!(desk.published().len(), 2);
    let panel = desk.panel(LAST);
    let entered = panel.revisions[0].entered.clone().unwrap();
    assert_eq!(entered.reason, "rounding at the source");
    assert!(entered.file.unwrap().was_held, "the revision says so");
    assert!((panel.unassigned.unwrap() + 1.25).abs() < 1e-9, "what no department has stays visible");

    // The edge of the tolerance is within it.
    let look = desk.look(&other, None);
    assert_eq!((look.gaps, look.changed, look.same), (0, 1, 1));
    assert!(!desk.bring(&other, &look, "corrected at the source").unwrap().is_held);
}

#[test]
fn a_file_that_waits_is_told_in_the_digest_and_on_the_agenda_until_somebody_has_decided() {
    let desk = Desk::new(&accuracy());
    let workspace = &desk.bench.workspace;
    let meeting = MeetingId::from("2026-W14");
    let bea = desk.bench.person("Bea", &[Role::Head]);
    workspace.set_meeting(&desk.bench.meeting(&[&bea])).unwrap();
    let agenda = || {
        let view = AgendaView::read(workspace, &meeting, Language::En).unwrap();
        view.items.into_iter().chain(view.waiting).find(|item| item.title.contains("a file waits"))
    };
    let told = || {
        let digest = Digest::read(workspace, Language::En).unwrap();
        let lines = digest.waiting.into_iter().flat_map(|person| person.lines);
        lines.filter(|line| line.address == format!("/kpi/{}/files", desk.kpi)).count()
    };
    assert!(agenda().is_none() && told() == 0);
    let brought = desk.brought("off.csv", &WIDE.replace("50,43", "50,50"), "");
    assert!(brought.is_held && told() == 1);
    let item = agenda().unwrap();
    assert!(item.title.starts_with("Forecast accuracy: "), "{}", item.title);
    let exhibit = Exhibit::read(workspace, &meeting, &item.item.as_str().into(), Language::En).unwrap();
    assert!(exhibit.facts.iter().any(|(name, who)| name == "Asked" && who == "Ada"), "{:?}", exhibit.facts);
    let page = desk.page(brought.figures.as_str(), None);
    decide(workspace, &brought.figures, false, &page.seen, "a wrong export", Language::En).unwrap();
    assert!(agenda().is_none() && told() == 0);
}

#[test]
fn a_file_that_is_turned_away_never_counts_and_its_columns_are_not_remembered() {
    let desk = Desk::new(&accuracy());
    let off = WIDE.replace("50,43", "50,50");
    let brought = desk.brought("off.csv", &off, "");
    let page = desk.page(brought.figures.as_str(), None);
    decide(&desk.bench.workspace, &brought.figures, false, &page.seen, "a wrong export", Language::En)
        .unwrap();
    assert_eq!((desk.published().len(), desk.waits()), (0, 0));
    let page = desk.page(brought.figures.as_str(), None);
    assert_eq!(page.row.state, FileState::TurnedAway);
    assert_eq!(page.decided.unwrap().reason, "a wrong export");
    let good = desk.file("good.csv", WIDE);
    let look = desk.look(&good, None);
    assert!(!look.is_remembered);
    desk.bring(&good, &look, "").unwrap();
    assert_eq!(desk.published().len(), 2);
}

#[test]
fn the_same_file_changes_nothing_and_says_so() {
    let desk = Desk::new(&accuracy());
    desk.brought("wide.csv", WIDE, "");
    let before = desk.published();
    let path = desk.file("again.csv", WIDE);
    let look = desk.look(&path, None);
    assert!(look.is_remembered);
    assert_eq!((look.same, look.new, look.changed, look.weeks.len()), (2, 0, 0, 0));
    let words = refused(desk.bring(&path, &look, "why"), "file");
    assert!(words.contains("nothing to publish"), "{words}");
    assert_eq!((desk.published(), desk.files().files.len()), (before, 1));
}

#[test]
fn a_signed_week_that_a_file_changes_is_a_restatement_with_a_reason() {
    let desk = Desk::new(&accuracy());
    desk.brought("first.csv", WIDE, "");
    desk.bench.workspace.sign_week(&desk.kpi, LAST.parse().unwrap(), 1, "").unwrap();
    assert_eq!(desk.panel(LAST).state, WeekState::Signed);
    let path = desk.file("second.csv", &WIDE.replace("2026-W13,93,120,50,43", "2026-W13,94,120,51,43"));
    let look = desk.look(&path, None);
    assert_eq!((look.changed, look.same, look.needs_reason), (1, 1, true));
    assert!(look.weeks[0].is_signed);
    assert_eq!(look.weeks[0].was.as_ref().unwrap().value, Some(77.5));
    refused(desk.bring(&path, &look, ""), "reason");
    desk.bring(&path, &look, "a late forecast").unwrap();
    let panel = desk.panel(LAST);
    assert_eq!((panel.state, panel.revision), (WeekState::Restated, 2));
    let entered = panel.revisions[0].entered.clone().unwrap();
    assert_eq!((entered.by.as_deref(), entered.reason.as_str()), (Some("Ada"), "a late forecast"));
    assert_eq!(desk.published()[1].cause, Cause::Restatement);
    assert_eq!(desk.published()[0].revision, 1, "the other week stays as it was");
}

#[test]
fn by_hand_and_by_file_may_alternate_and_the_last_word_wins() {
    let desk = Desk::new(&accuracy());
    desk.brought("first.csv", WIDE, "");
    let form = FigureForm {
        week: LAST.into(),
        revision: 1,
        numerator: Some(100.0),
        denominator: Some(120.0),
        parts: [].into(),
    };
    // What was looked at before the other's word is no longer what would happen.
    let path = desk.file("first.csv", &WIDE.replace("2026-W12,90", "2026-W12,90.5"));
    let stale = desk.look(&path, None);
    enter(&desk.bench.workspace, &desk.kpi, &form, "counted again", Language::En).unwrap();
    assert!(matches!(desk.bring(&path, &stale, "why"), Err(EngineError::Conflict { .. })));
    assert_eq!(desk.panel(LAST).numerator, "100");
    assert!(desk.panel(LAST).revisions[0].entered.as_ref().unwrap().file.is_none());
    desk.bring(&path, &desk.look(&path, None), "the system is right").unwrap();
    let panel = desk.panel(LAST);
    assert_eq!((panel.numerator.as_str(), panel.revision), ("93", 3));
    assert_eq!(panel.revisions[0].entered.as_ref().unwrap().file.as_ref().unwrap().name, "first.csv");
    assert_eq!(panel.revisions[1].entered.as_ref().unwrap().reason, "counted again");
}

#[test]
fn a_file_that_changed_after_the_look_is_looked_at_again() {
    let desk = Desk::new(&accuracy());
    let path = desk.file("wide.csv", WIDE);
    let look = desk.look(&path, None);
    desk.file("wide.csv", &WIDE.replace("93", "94"));
    assert!(matches!(desk.bring(&path, &look, ""), Err(EngineError::Conflict { .. })));
    assert!(desk.published().is_empty());
}

#[test]
fn from_a_week_two_steps_lead_to_the_row_that_said_it() {
    let desk = Desk::new(&accuracy());
    let brought = desk.brought("wide.csv", WIDE, "");
    desk.bench.remove("wide.csv");
    let file = desk.panel("2026-W12").revisions[0].entered.clone().unwrap().file.unwrap();
    assert_eq!((file.figures.as_str(), file.name.as_str()), (brought.figures.as_str(), "wide.csv"));
    let page = desk.page(&file.figures, Some("2026-W12"));
    assert_eq!(page.row.by.name.as_deref(), Some("Ada"));
    assert!(page.is_here, "its bytes are kept, wherever the file has gone");
    assert_eq!((page.file.bytes as usize, page.file.hash.len()), (WIDE.len(), 64));
    let source: Vec<(u32, String)> = page.source.iter().map(|row| (row.row, row.cells.join(","))).collect();
    assert_eq!(source, [(2, "2026-W12,90,120,50,40".to_owned())]);
    assert_eq!(page.columns, ["week", "hits", "forecasts", "sales", "production"]);
}

#[test]
fn what_is_no_measure_has_no_files_and_a_file_is_said_in_the_ledger() {
    let desk = Desk::new(&accuracy());
    let path = desk.file("wide.csv", WIDE);
    for kpi in ["promise-kept", "nothing"] {
        let look = FigureFileLook::read(&desk.bench.workspace, kpi, &path, None, Language::En);
        assert!(matches!(look, Err(EngineError::NotFound { .. })), "{kpi}");
    }
    desk.brought("wide.csv", WIDE, "");
    let file = desk.bench.workspace.view(|view| view.figure_files(&desk.kpi, 9)).unwrap().remove(0);
    assert!(!file.is_held && file.is_published());
    assert_eq!(
        file.act.person.map(|by| by.to_string()),
        desk.bench.workspace.me().unwrap().map(|me| me.to_string())
    );
    assert_eq!(file.brought.weeks.iter().map(|week| week.rows.clone()).collect::<Vec<_>>(), [[2], [3]]);
    assert_eq!(Payload::FiguresBrought(file.brought).kind(), "figures_brought");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever a file says: what is published without a person's decision adds up within the tolerance, and what does not
    /// is held whole.
    #[test]
    fn what_a_file_publishes_adds_up(
        weeks in prop::collection::vec((0i64..90_000, 1i64..9_000, 0i64..90_000, -900i64..900), 1..6),
    ) {
        let desk = Desk::new(&accuracy());
        let last: plaza_domain::day::Week = LAST.parse().unwrap();
        let mut text = "week,hits,forecasts,sales,production\n".to_owned();
        let exact = |thousandths: i64| plaza_domain::cell::Quantity(thousandths).to_string();
        for (at, (numerator, denominator, sales, off)) in weeks.iter().enumerate() {
            let week = last.plus(-i32::try_from(at).unwrap());
            let production = numerator - sales + off;
            let numbers = [*numerator, *denominator, *sales, production].map(exact).join(",");
            writeln!(text, "{week},{numbers}").unwrap();
        }
        let path = desk.file("any.csv", &text);
        // 1.234 and nothing else can be read in two ways: a person says it.
        let columns = FigureColumns { decimal_comma: Some(false), ..desk.look(&path, None).chosen };
        let look = desk.look(&path, Some(columns));
        prop_assert!(look.faults.is_empty(), "{:?}", look.faults);
        let is_off = |(_, denominator, _, off): &(i64, i64, i64, i64)| off.abs() * 100 * 1_000 > 500 * denominator;
        let brought = desk.bring(&path, &look, "").unwrap();
        prop_assert_eq!(brought.is_held, weeks.iter().any(is_off));
        let published = desk.published();
        prop_assert_eq!(published.len(), if brought.is_held { 0 } else { weeks.len() });
        for one in published {
            let sum: i64 = one.parts.iter().map(|part| part.millionths).sum();
            let apart = (one.numerator - sum / 1_000_000).abs();
            prop_assert!(apart * 100 * 1_000 <= 500 * one.denominator);
        }
    }
}
