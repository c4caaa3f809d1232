//! Columns as files really have them.

#![allow(clippy::unwrap_used)] // helpers of tests may stop at once

use proptest::prelude::*;

use super::super::DateFormat;
use super::*;

fn look<'a>(cells: impl IntoIterator<Item = &'a str>) -> ColumnProfile {
    let mut column = Cells::new();
    for (row, cell) in cells.into_iter().enumerate() {
        column.push(cell.as_bytes(), row as u64 + 2);
    }
    column.finish(PlausibleYears::default())
}

fn formats(profile: &ColumnProfile) -> Vec<Vec<String>> {
    let forms = &profile.date.as_ref().unwrap().forms;
    forms.iter().map(|form| form.candidates.iter().map(ToString::to_string).collect()).collect()
}

fn notations(profile: &ColumnProfile) -> Vec<String> {
    profile.number.as_ref().unwrap().candidates.iter().map(ToString::to_string).collect()
}

#[test]
fn a_column_of_days_up_to_12_is_asked_about_never_guessed() {
    for (cells, expected) in [
        (vec!["03/04/2026", "05/06/2026"], vec!["dd/MM/yyyy", "MM/dd/yyyy"]),
        (vec!["3.4.2026", "5.6.2026"], vec!["d.M.yyyy", "M.d.yyyy"]),
        (vec!["03-04-05", "06-07-08"], vec!["dd-MM-yy", "MM-dd-yy", "yy-MM-dd"]),
        (vec!["3/4/2026 10:15", "5/6/2026 9:05"], vec!["d/M/yyyy H:mm", "M/d/yyyy H:mm"]),
    ] {
        let profile = look(cells);
        assert!(profile.date.as_ref().unwrap().is_ambiguous());
        assert_eq!(profile.date.as_ref().unwrap().formats(), None);
        assert_eq!(formats(&profile), [expected]);
        assert_eq!((profile.min, profile.max), (None, None));
    }
}

#[test]
fn one_cell_can_decide_for_the_whole_column() {
    for (cells, kind, expected) in [
        (vec!["03/04/2026", "13/04/2026"], ColumnKind::Date, "dd/MM/yyyy"),
        (vec!["03/04/2026", "04/13/2026"], ColumnKind::Date, "MM/dd/yyyy"),
        (vec!["6/2/06", "11/14/06"], ColumnKind::Date, "M/d/yy"),
        (vec!["06-14-13", "06-02-31"], ColumnKind::Date, "MM-dd-yy"),
        (vec!["32-02-13"], ColumnKind::Date, "yy-MM-dd"),
        (vec!["4-Aug-09", "14-Mai-09", "01-dic-09"], ColumnKind::Date, "d-MMM-yy"),
        (vec!["Mar 20, 2026"], ColumnKind::Date, "MMM d, yyyy"),
        (vec!["4 de enero de 2026"], ColumnKind::Date, "d 'de' MMM 'de' yyyy"),
        (vec!["2026-03-20", "2026-03-02"], ColumnKind::Date, "yyyy-MM-dd"),
        (
            vec!["2026-03-20 00:00:00.000", "2026-03-02 00:00:00.000"],
            ColumnKind::Date,
            "yyyy-MM-dd HH:mm:ss.SSS",
        ),
        (vec!["2026-03-02T08:15:00+02:00"], ColumnKind::Timestamp, "yyyy-MM-dd'T'HH:mm:ssX"),
        (vec!["3/20/2026 1:05 PM"], ColumnKind::Timestamp, "M/d/yyyy h:mm a"),
    ] {
        let profile = look(cells.clone());
        assert_eq!((profile.kind, formats(&profile)), (kind, vec![vec![expected.to_owned()]]), "{cells:?}");
        let read = profile.date.as_ref().unwrap().formats().unwrap();
        for cell in cells {
            assert!(read[0].parse(cell.as_bytes()).is_ok(), "{cell}");
        }
    }
}

#[test]
fn cells_against_every_order_are_asked_about() {
    let profile = look(["13/04/2026", "04/13/2026", "01/02/2026"]);
    assert_eq!(profile.date.as_ref().unwrap().forms[0].candidates.len(), 2);
    // One slip among many is a faulty cell.
    let mut cells = vec!["20/04/2026"; 300];
    cells.push("31/02/2026");
    let profile = look(cells);
    assert_eq!(formats(&profile), [["dd/MM/yyyy"]]);
    assert_eq!(
        profile.hints,
        [Hint::NoSuchDay { rows: 1, examples: vec![Example { row: 302, text: "31/02/2026".into() }] }]
    );
}

#[test]
fn words_among_dates_are_listed_with_their_counts() {
    let mut cells = vec!["N/A - From RDC"; 50];
    cells.extend(["Date Not Captured", "NULL", "-", "0000-00-00", "1900-01-01", "2026-03-20", "2026-03-21"]);
    cells.extend(vec!["2026-04-02"; 20]);
    let profile = look(cells);
    assert_eq!(profile.kind, ColumnKind::Date);
    let words: Vec<_> = profile.words.iter().map(|word| (word.text.as_str(), word.rows)).collect();
    assert_eq!(
        words,
        [
            ("N/A - From RDC", 50),
            ("-", 1),
            ("0000-00-00", 1),
            ("1900-01-01", 1),
            ("Date Not Captured", 1),
            ("NULL", 1)
        ]
    );
    assert_eq!(profile.hints, [Hint::ImplausibleYears { rows: 1, years: vec![1900] }]);
}

fn counts(words: &[WordCount]) -> Vec<(&str, u32)> {
    words.iter().map(|word| (word.text.as_str(), word.rows)).collect()
}

#[test]
fn words_among_numbers_are_listed_whatever_they_are_and_numbers_among_dates_too() {
    // Error, dash, note, a date that a spreadsheet made of a number: all of them stand for something.
    let mut cells = vec!["n/a"; 3];
    cells.extend(["-", "siehe Notiz", "#WERT!", "01.05.2026", "12,5", "3", "1.204,25", "\u{2212}4"]);
    let profile = look(cells);
    assert_eq!(profile.kind, ColumnKind::Decimal);
    assert_eq!(notations(&profile), ["1.234,56"]);
    assert_eq!(
        counts(&profile.words_among_numbers()),
        [("n/a", 3), ("#WERT!", 1), ("-", 1), ("01.05.2026", 1), ("siehe Notiz", 1)]
    );
    assert_eq!(profile.number.as_ref().unwrap().negative_rows, 1);
    // A column that is mostly words still says how its few numbers are written.
    let mut cells = vec!["on request"; 90];
    cells.extend(["1.234", "5.678"]);
    let profile = look(cells);
    assert_eq!((profile.kind, profile.number.as_ref().unwrap().candidates.len()), (ColumnKind::Text, 2));
    // Systems write noughts where they have no date.
    let profile = look(["20260320", "00000000", "20260401", "00000000"]);
    assert_eq!((profile.kind, profile.hints.as_slice()), (ColumnKind::Integer, &[Hint::MayBePackedDate][..]));
    assert_eq!(formats(&profile), [["yyyyMMdd"]]);
    assert_eq!(counts(&profile.words_among_dates()), [("00000000", 2)]);
    let profile = look(["20260320", "99991231", "20260401", "99991231", "19000101"]);
    assert_eq!(formats(&profile), [["yyyyMMdd"]]);
    assert_eq!(counts(&profile.words_among_dates()), [("99991231", 2), ("19000101", 1)]);
    assert_eq!(look(["20260320", "25010101"]).date, None);
    let profile = look(["20.03.2026", "0", "99", "0", "21.03.2026"]);
    assert_eq!(counts(&profile.words_among_dates()), [("0", 2), ("99", 1)]);
    // Few dates among few words are dates nonetheless.
    let mut cells = vec!["open"; 97];
    cells.extend(["20.03.2026", "21.03.2026"]);
    assert_eq!(formats(&look(cells)), [["dd.MM.yyyy"]]);
}

#[test]
fn numbers_that_may_be_a_spreadsheets_days_are_asked_about_with_both_of_its_calendars() {
    let choices = |profile: &ColumnProfile| -> Vec<String> {
        let date = profile.date.as_ref().unwrap();
        assert_eq!(date.formats(), None, "a guess");
        let list =
            |formats: &Vec<DateFormat>| formats.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        date.choices().iter().map(list).collect()
    };
    for cells in [
        vec!["45123", "45130"],
        vec!["45123.5", "45130", "45131.25000001"],
        vec!["45123,5", "45130,125"],
        vec!["45123", "0", "n/a", "45130"],
    ] {
        let profile = look(cells.clone());
        assert_eq!(choices(&profile), ["excel-1900", "excel-1904"], "{cells:?}");
        assert!(profile.hints.contains(&Hint::MayBeSerialDate), "{cells:?}");
        assert!(matches!(profile.kind, ColumnKind::Integer | ColumnKind::Decimal));
    }
    assert_eq!(counts(&look(["45123", "0", "n/a", "45130"]).words_among_dates()), [("0", 1), ("n/a", 1)]);
    // Beside written dates they may also be something else.
    let mixed = look(["2026-03-20", "45123", "2026-03-21", "2026-03-22"]);
    assert_eq!(choices(&mixed), ["yyyy-MM-dd excel-1900", "yyyy-MM-dd excel-1904", "yyyy-MM-dd"]);
    assert_eq!(counts(&mixed.words_among_dates()), []);
    // Numbers of another size, with signs, currencies or marks for thousands are no days.
    for cells in
        [vec!["29999"], vec!["60001"], vec!["-45123"], vec!["€ 45123"], vec!["45.123"], vec!["045123"]]
    {
        let profile = look(cells.clone());
        assert!(profile.date.is_none_or(|date| date.serial.is_none()), "{cells:?}");
    }
    // Ordinary numbers of which some are of that size are not called days.
    let amounts: Vec<String> = (0..200).map(|n| (n * 311).to_string()).collect();
    let profile = look(amounts.iter().map(String::as_str));
    assert_eq!((profile.hints.as_slice(), profile.date), (&[][..], None));
}

#[test]
fn the_ways_to_read_a_column_hold_for_all_of_its_forms() {
    let list = |cells: &[&str]| -> Vec<Vec<String>> {
        let choices = look(cells.iter().copied()).date.unwrap().choices();
        choices.iter().map(|formats| formats.iter().map(ToString::to_string).collect()).collect()
    };
    assert_eq!(
        list(&["03/04/2026", "05/06/2026", "03/04/2026 10:15", "2026-03-20"]),
        [["dd/MM/yyyy", "dd/MM/yyyy H:mm", "yyyy-MM-dd"], ["MM/dd/yyyy", "MM/dd/yyyy H:mm", "yyyy-MM-dd"]]
    );
    assert_eq!(list(&["13/04/2026"]), Vec::<Vec<String>>::new());
}

#[test]
fn powers_of_ten_are_what_a_spreadsheet_has_left_of_a_number() {
    let profile = look(["1.23457E+11", "1.23457E+11", "5"]);
    assert_eq!(profile.kind, ColumnKind::Decimal);
    assert_eq!(profile.hints, [Hint::Scientific { rows: 2, example: "1.23457E+11".into() }]);
    assert_eq!(notations(&look(["1,234E+05"])), ["1234,56"]);
    // The number of a product is none.
    let profile = look(["12E34", "7E2"]);
    assert_eq!((profile.kind, profile.hints), (ColumnKind::Text, vec![]));
}

#[test]
fn lost_dates_are_a_column_of_dates_with_nothing_to_read() {
    let profile = look(vec!["00:00.0"; 10]);
    assert_eq!(profile.kind, ColumnKind::Timestamp);
    assert_eq!(profile.hints, [Hint::DateLost { rows: 10 }]);
    assert_eq!(profile.date.unwrap().formats(), None);
}

#[test]
fn dates_that_a_spreadsheet_misread_are_found_out() {
    let mut cells: Vec<String> = (0..200).map(|n| format!("{}/{}/13", n % 12 + 1, 13 + n % 15)).collect();
    cells.extend((0..80).map(|n| format!("20{:02}-{:02}-13", n % 12 + 1, n % 12 + 1)));
    let profile = look(cells.iter().map(String::as_str));
    let Some(Hint::HalfConverted { kept, kept_rows, converted, converted_rows, .. }) = profile.hints.first()
    else {
        panic!("{:?}", profile.hints)
    };
    assert_eq!(
        (kept.as_str(), *kept_rows, converted.as_str(), *converted_rows),
        ("M/d/yy", 200, "yyyy-MM-dd", 80)
    );
    // The same two forms with days below 13 among the first are just two forms.
    cells.push("3/4/13".into());
    let profile = look(cells.iter().map(String::as_str));
    assert!(
        !profile.hints.iter().any(|hint| matches!(hint, Hint::HalfConverted { .. })),
        "{:?}",
        profile.hints
    );
    assert_eq!(formats(&profile).len(), 2);
}

#[test]
fn times_that_continue_the_row_above_are_found_out() {
    let mut cells: Vec<String> =
        (0..100).map(|n| format!("7/{}/2017 {}:{:02}", n % 28 + 1, n % 24, n * 7 % 60)).collect();
    cells.insert(50, "7/12/2017 14:58".into());
    cells.insert(50, "7/11/2017 14:58".into());
    let profile = look(cells.iter().map(String::as_str));
    assert_eq!(
        profile.hints,
        [Hint::FilledSeries { rows: 1, examples: vec![Example { row: 53, text: "7/12/2017 14:58".into() }] }]
    );
    // A job that runs every day at the same time is no such thing.
    let daily: Vec<String> = (1..28).map(|n| format!("7/{n}/2017 2:30")).collect();
    assert_eq!(look(daily.iter().map(String::as_str)).hints, []);
}

#[test]
fn the_same_time_far_down_is_found_out() {
    let mut cells = vec!["2026-03-20 10:15:00", "2026-03-20 10:16:00"];
    cells.extend(vec!["2026-03-21 08:00:07"; 60]);
    let profile = look(cells);
    assert_eq!(
        profile.hints,
        [Hint::FilledDown { rows: 59, longest_rows: 60, first_row: 4, text: "2026-03-21 08:00:07".into() }]
    );
}

#[test]
fn number_notations_are_found_out_or_asked_about() {
    for (cells, kind, expected) in [
        (vec!["1", "-20", "300"], ColumnKind::Integer, vec!["1234.56"]),
        (vec!["1.234"], ColumnKind::Decimal, vec!["1,234.56", "1.234,56"]),
        (vec!["1.234", "1.5"], ColumnKind::Decimal, vec!["1234.56"]),
        (vec!["1.234", "1,5"], ColumnKind::Decimal, vec!["1.234,56"]),
        (vec!["1.234.567", "5.000"], ColumnKind::Integer, vec!["1.234,56"]),
        (vec!["1,234.50", "3"], ColumnKind::Decimal, vec!["1,234.56"]),
        (vec!["1 234,50", "12"], ColumnKind::Decimal, vec!["1 234,56"]),
        (vec!["1\u{202f}234"], ColumnKind::Integer, vec!["1 234.56"]),
        (vec!["1'234.50"], ColumnKind::Decimal, vec!["1'234.56"]),
        (vec!["0.125", "12"], ColumnKind::Decimal, vec!["1234.56"]),
        (vec!["1,5", "1.5"], ColumnKind::Decimal, vec![]),
        (vec!["$1,234.50", "$3"], ColumnKind::Money, vec!["1,234.56"]),
        (vec!["12,50 €", "3 €"], ColumnKind::Money, vec!["1234,56"]),
        (vec!["12.5%"], ColumnKind::Decimal, vec!["1234.56"]),
        (vec!["(5)", "5-"], ColumnKind::Integer, vec!["1234.56"]),
    ] {
        let profile = look(cells.clone());
        assert_eq!(profile.kind, kind, "{cells:?}");
        // A lone ambiguous mark is offered in both readings, whichever way the other mark groups.
        let expected: Vec<String> = if cells == ["1.234"] {
            vec!["1234.56".into(), "1.234,56".into()]
        } else {
            expected.into_iter().map(Into::into).collect()
        };
        assert_eq!(notations(&profile), expected, "{cells:?}");
        if let [format] = profile.number.as_ref().unwrap().candidates[..] {
            for cell in cells {
                assert!(format.quantity(cell.as_bytes()).is_ok(), "{cell} {format}");
            }
        }
    }
}

#[test]
fn other_kinds_are_told_apart() {
    for (cells, kind) in [
        (vec!["", " "], ColumnKind::Empty),
        (vec!["yes", "No", ""], ColumnKind::Boolean),
        (vec!["0", "1"], ColumnKind::Integer),
        (vec!["00123", "00456"], ColumnKind::Text),
        // Half of the cells are numbers, the rest are few words: to be mapped.
        (vec!["SO-123", "17"], ColumnKind::Integer),
        (vec!["123456789012345678901"], ColumnKind::Text),
        (vec!["20260320", "20260321"], ColumnKind::Integer),
        (vec!["12", "Freight Included"], ColumnKind::Integer),
        (vec!["Müller", "1.2.3.4"], ColumnKind::Text),
    ] {
        assert_eq!(look(cells.clone()).kind, kind, "{cells:?}");
    }
    let packed = look(["20260320", "20260321"]);
    assert_eq!(packed.hints, [Hint::MayBePackedDate]);
    assert_eq!(formats(&packed), [["yyyyMMdd"]]);
    assert_eq!(look(["45000", "45001"]).hints, [Hint::MayBeSerialDate]);
    assert_eq!(look(["00123"]).hints, [Hint::LeadingZeros { rows: 1 }]);
    assert_eq!(look(["a", "#N/A"]).hints, [Hint::SpreadsheetErrors { rows: 1 }]);
}

#[test]
fn values_samples_and_range_are_reported() {
    let profile = look(["b", "a", "b", "", "c"]);
    assert_eq!(
        (profile.cells, profile.empty, profile.distinct, profile.distinct_is_minimum),
        (5, 1, 3, false)
    );
    assert_eq!(profile.samples, ["b", "a", "c"]);
    assert_eq!(profile.values[0], WordCount { text: "b".into(), rows: 2 });
    let numbers = look(["3", "-20.5", "7"]);
    assert_eq!((numbers.min.as_deref(), numbers.max.as_deref()), (Some("-20.5"), Some("7")));
    let comma = look(["1.000", "1,5"]);
    assert_eq!((comma.min.as_deref(), comma.max.as_deref()), (Some("1.5"), Some("1000")));
    let dates = look(["13/04/2026", "01/02/2026"]);
    assert_eq!((dates.min.as_deref(), dates.max.as_deref()), (Some("2026-02-01"), Some("2026-04-13")));
    let many: Vec<String> = (0..20_000).map(|n| n.to_string()).collect();
    let profile = look(many.iter().map(String::as_str));
    assert_eq!((profile.distinct, profile.distinct_is_minimum, profile.values.len()), (10_000, true, 0));
}

proptest! {
    #[test]
    fn dates_written_in_one_format_are_recognised_or_asked_about(days in prop::collection::vec(0i32..40_000, 1..40), written in prop::sample::select(vec![("%Y-%m-%d", "yyyy-MM-dd"), ("%d.%m.%Y", "dd.MM.yyyy"), ("%m/%d/%Y", "MM/dd/yyyy"), ("%d-%b-%Y", "dd-MMM-yyyy"), ("%-m/%-d/%Y", "M/d/yyyy")])) {
        let cells: Vec<String> = days.iter().map(|day| Day(*day).to_date().format(written.0).to_string()).collect();
        let profile = look(cells.iter().map(String::as_str));
        let truth: DateFormat = written.1.parse().unwrap();
        // Whatever is offered, one of the candidates reads every cell as it was meant.
        let form = &profile.date.unwrap().forms[0];
        let right = form.candidates.iter().any(|format| cells.iter().all(|cell| format.parse(cell.as_bytes()) == truth.parse(cell.as_bytes())));
        prop_assert!(right, "{:?}", form.candidates);
        // And a decision is taken only if no other reading fits.
        if form.candidates.len() == 1 {
            for (cell, day) in cells.iter().zip(&days) {
                prop_assert_eq!(form.candidates[0].parse(cell.as_bytes()).unwrap().day, Day(*day));
            }
        }
    }

    #[test]
    fn merged_halves_tell_what_the_whole_tells(cells in prop::collection::vec(prop::sample::select(vec!["", "x", "12", "1.234", "1,5", "$3", "3/4/2026", "13/4/2026", "2026-03-20 10:00", "00:00.0", "0012", "20260320"]), 0..40), cut in 0usize..40) {
        let cut = cut.min(cells.len());
        let push = |part: &[&str], from: usize| {
            let mut column = Cells::new();
            for (index, cell) in part.iter().enumerate() {
                column.push(cell.as_bytes(), (from + index) as u64);
            }
            column
        };
        let whole = push(&cells, 0).finish(PlausibleYears::default());
        let mut first = push(&cells[..cut], 0);
        first.merge(push(&cells[cut..], cut));
        let mut merged = first.finish(PlausibleYears::default());
        // Samples of marked numbers are kept per half.
        if let (Some(a), Some(b)) = (&mut merged.number, &whole.number) { a.examples.clone_from(&b.examples) }
        prop_assert_eq!(merged, whole);
    }

    #[test]
    fn any_cells_are_looked_at_without_panic(cells in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..30), 0..20), near in prop::collection::vec("[-+0-9.,/: TZJanÄä€$%()']{0,24}", 0..20)) {
        let mut column = Cells::new();
        for cell in cells.iter().map(Vec::as_slice).chain(near.iter().map(String::as_bytes)) {
            column.push(cell, 1);
        }
        let _ = column.finish(PlausibleYears::default());
    }
}
