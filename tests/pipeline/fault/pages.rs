//! What goes wrong between two pages.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::{Company, Service, asking, page, row, rows, well};
use crate::wire::{Heard, answer, json, raw};

#[test]
fn a_server_that_is_killed_in_the_middle_of_a_page_is_gone_on_with_behind_the_last_whole_one() {
    let rows = rows(250);
    let service = Service::new(Arc::new(move |heard| match heard.number("page") {
        2 => raw("HTTP/1.1 200 x\r\nContent-Length: 20000\r\n\r\n[{\"id\": 101, \"ord"),
        _ => page(&rows, heard),
    }));
    let company = Company::new(&asking(&service.server.url()));
    assert!(company.fails().contains("the answer broke off in the middle"));
    assert!(company.answers_bytes() > 5_000, "the first page is kept");
    let before = service.server.heard().len();
    service.says(well(250));
    company.is_whole(250);
    // Whether the first page is what it was is looked at; its rows are not landed twice.
    let asked: Vec<usize> =
        service.server.heard()[before..].iter().map(|heard| heard.number("page")).collect();
    assert_eq!(asked, [1, 2, 3, 4], "the last one is empty");
}

#[test]
fn a_snapshot_whose_second_page_never_comes_ends_and_changes_nothing() {
    let rows = rows(250);
    let service = Service::new(Arc::new(move |heard| match heard.number("page") {
        2 => answer(502, &[], ""),
        _ => page(&rows, heard),
    }));
    let asks = asking(&service.server.url())
        .replace("delivery = \"increment\"", "delivery = \"snapshot\"")
        .replace("cursor_parameter = \"since\"\n", "")
        .replace("cursor = \"changed\", key = \"id\", ", "");
    let company = Company::new(&asks);
    assert!(company.fails().contains("the system failed with code 502"));
    assert!(service.server.heard().len() <= 6, "a dead page is not asked for without end");
    service.says(well(250));
    company.is_whole(250);
}

#[test]
fn a_page_that_comes_twice_is_noticed_and_counts_nothing_twice() {
    let rows = rows(250);
    // Pages 1, 2, 2, 3: a cache in between gives one again under the next number.
    let service = Service::new(Arc::new(move |heard| {
        let number = heard.number("page");
        let again = if number > 2 { number - 1 } else { number };
        let target = heard.target.replace(&format!("page={number}"), &format!("page={again}"));
        page(&rows, &Heard { target, ..heard.clone() })
    }));
    let company = Company::new(&asking(&service.server.url()));
    let said = company.fails();
    assert!(said.contains("it gives rows of a page before once more"), "{said}");
    service.says(well(250));
    company.is_whole(250);
}

#[test]
fn a_row_that_changes_between_two_pages_pushes_no_other_out_of_sight() {
    let changed = Arc::new(AtomicBool::new(false));
    let asked = AtomicUsize::new(0);
    let now = changed.clone();
    let service = Service::new(Arc::new(move |heard| {
        // After the first page, row 5 is delivered late and moves to the end of the list by its change time; row 101
        // slips onto the first page, which was read already.
        if asked.fetch_add(1, Ordering::Relaxed) == 1 {
            now.store(true, Ordering::Relaxed);
        }
        let mut rows = rows(250);
        if now.load(Ordering::Relaxed) {
            let row = rows.remove(4);
            let late = row.replace("\"delivered\":\"2026-03-16\"", "\"delivered\":\"2026-03-18\"");
            rows.push(late.replace("2026-03-17T00:05", "2026-03-17T20:05"));
        }
        page(&rows, heard)
    }));
    let company = Company::new(&asking(&service.server.url()));
    plaza_engine::pull::pull_saved(&company.bench.workspace, "web", &super::hasty()).unwrap();
    assert!(changed.load(Ordering::Relaxed));
    assert_eq!(company.journeys(), 253);
    // Row 5 is late now; the rest is as it was.
    assert_eq!(company.bench.kept()["2026-W12"], (127, 253));
}

#[test]
fn a_column_that_is_renamed_between_two_pages_is_noticed() {
    let rows = rows(250);
    let service = Service::new(Arc::new(move |heard| {
        if heard.number("page") == 1 {
            return page(&rows, heard);
        }
        let renamed: Vec<String> =
            (101..=200).map(|number| row(number).replace("\"promised\"", "\"promised_on\"")).collect();
        json(format!("[{}]", renamed.join(",")))
    }));
    let company = Company::new(&asking(&service.server.url()));
    let said = company.fails();
    assert!(said.contains("has no field “promised” any more; it may have been renamed"), "{said}");
    service.says(well(250));
    company.is_whole(250);
}
