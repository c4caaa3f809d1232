//! The picture and the window draw one chart: each fixture holds a model and what the picture writer makes of it,
//! and the window's own test (`ui/src/charts/parity.test.tsx`) draws the same model and must come to the same.
//!
//! `PLAZA_CHART_FIXTURES=write cargo test -p plaza-document --test parity` writes the fixtures anew.

#![allow(clippy::unwrap_used)] // a test may stop at once

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use plaza_document::svg;
use plaza_domain::chart::{Chart, Frame, Labels, Mark, Unit, draw, draw_plain};
use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_domain::signal::{Direction, Options, PhaseStart, Point, Value, compute};
use serde::{Deserialize, Serialize};

/// `write` makes the test write the fixtures instead of comparing them.
const SWITCH: &str = "PLAZA_CHART_FIXTURES";

/// A model with its drawing.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Fixture {
    chart: Chart,
    drawn: Vec<Drawn>,
}

/// One element of a drawing: its name, its attributes, its text.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Drawn {
    name: String,
    #[serde(flatten)]
    attributes: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text: String,
}

fn week(week: i32) -> Day {
    Day(week * 7 + 4)
}

fn points(values: impl Iterator<Item = f64>) -> Vec<Point> {
    values.enumerate().map(|(at, value)| Point::new(week(at as i32), Value::plain(value).unwrap())).collect()
}

/// A year with everything that a chart can show: two phases, runs, points outside, a ghost, an absent week,
/// an unsigned week, an open and a closed thread, provisional limits.
fn eventful() -> Chart {
    let mut points = points((0..52).map(|week| match week {
        0..18 => f64::from(88 + week % 3),
        24 => 96.5,
        30..42 => f64::from(84 + week % 2),
        _ => f64::from(89 + week % 4),
    }));
    points[5] = points[5].ghosted();
    points.remove(27);
    let options = Options {
        direction: Direction::Higher,
        target: Some(95.0),
        phases: vec![
            PhaseStart { day: week(18), baseline: None },
            PhaseStart { day: week(46), baseline: None },
        ],
        ..Options::default()
    };
    let mark = |at: i32, text: &str| Mark {
        day: week(at),
        key: format!("thread-{at}"),
        text: text.into(),
        label: format!("Thread in “week {at}” <{text}> & more"),
        note: "2 conversations, 1 open".into(),
        is_closed: at == 50,
    };
    let (marks, unsigned) = ([mark(24, "2"), mark(50, "12")], [week(50), week(51)]);
    let frame = Frame {
        marks: &marks,
        unsigned: &unsigned,
        sentence: "Twelve weeks below the old average.",
        ..Frame::new("On-time delivery", 560.0, 118.0, Language::En, Unit::Percent)
    };
    draw(&compute(&points, &options).unwrap(), &frame)
}

/// A rising series in another language and size, as the page of a KPI shows it.
fn rising() -> Chart {
    let points = points((0..30).map(|week| 30.0 + f64::from((week * 7) % 5) + f64::from(week.max(20) - 20)));
    let options = Options { direction: Direction::Lower, target: Some(31.5), ..Options::default() };
    let frame = Frame::new("Auftrag bis Geld", 900.0, 264.0, Language::De, Unit::Days);
    draw(&compute(&points, &options).unwrap(), &frame)
}

/// A small multiple: few values, few words.
fn small() -> Chart {
    let points = points([3.0, 5.0, 4.0, 4.0].into_iter());
    let frame = Frame {
        labels: Labels::Few,
        axis: Some((week(-4), week(6))),
        ..Frame::new("Ventas", 300.0, 84.0, Language::Es, Unit::Number)
    };
    draw(&compute(&points, &Options::default()).unwrap(), &frame)
}

/// A plain line with what a success measure has: baseline, target, activation.
fn plain() -> Chart {
    let points = points((0..26).map(|week| f64::from(12 - week / 3 + week % 3)));
    let mark = Mark::new(week(8), "8", "aktiv", "Aktiv seit dann");
    let frame = Frame {
        baseline: Some(12.0),
        activation: Some(&mark),
        sentence: "Noch offen.",
        ..Frame::new("Abtippen (Stunden)", 860.0, 220.0, Language::De, Unit::Number)
    };
    draw_plain(&points, Some(4.0), &frame).unwrap()
}

/// No values yet.
fn empty() -> Chart {
    let frame = Frame::new("Right first time", 560.0, 118.0, Language::En, Unit::Percent);
    draw(&compute(&[], &Options::default()).unwrap(), &frame)
}

/// What a picture draws, in its order, without what only a picture needs: style, title, paper.
fn drawn(picture: &str) -> Vec<Drawn> {
    let mut found: Vec<Drawn> = Vec::new();
    let body = picture.split_once("class=\"paper\"").unwrap().1;
    // The writer closes its elements and escapes every `<` and `>`, so tags are what stands between them.
    let mut title = false;
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        let (name, attributes) = tag.trim_end_matches('/').split_once(' ').unwrap_or((tag, ""));
        match name {
            "title" => title = true,
            "/title" => title = false,
            name if name.starts_with('/') => {}
            _ => found.push(Drawn {
                name: name.into(),
                attributes: attributes_of(attributes),
                text: unescaped(text),
            }),
        }
        if title && name == "title" {
            // A title names the element that it stands in.
            found.last_mut().unwrap().attributes.insert("title".into(), unescaped(text));
        }
    }
    found
}

fn attributes_of(text: &str) -> BTreeMap<String, String> {
    let mut rest = text;
    let mut found = BTreeMap::new();
    while let Some((name, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap();
        found.insert(name.trim().to_owned(), unescaped(value));
        rest = after;
    }
    found
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/chart").join(format!("{name}.json"))
}

#[test]
fn the_fixtures_are_what_is_drawn_now() {
    let charts = [
        ("eventful", eventful()),
        ("rising", rising()),
        ("small", small()),
        ("plain", plain()),
        ("empty", empty()),
    ];
    let write = std::env::var(SWITCH).is_ok_and(|value| value == "write");
    for (name, chart) in charts {
        let fixture = Fixture { drawn: drawn(&svg(&chart)), chart };
        let text = serde_json::to_string_pretty(&fixture).unwrap() + "\n";
        if write {
            fs::create_dir_all(file(name).parent().unwrap()).unwrap();
            fs::write(file(name), text).unwrap();
            continue;
        }
        let kept = fs::read_to_string(file(name)).unwrap_or_default();
        assert!(kept == text, "{name}.json is not what is drawn now; {SWITCH}=write writes it anew");
    }
}

#[test]
fn a_plain_chart_has_its_own_lines_and_mark() {
    let drawn = drawn(&svg(&plain()));
    let classes: Vec<&str> =
        drawn.iter().filter_map(|one| one.attributes.get("class")).map(String::as_str).collect();
    for wanted in ["target", "baseline", "mark activation", "label target", "label baseline"] {
        assert!(classes.contains(&wanted), "{wanted} is missing among {classes:?}");
    }
    assert!(!classes.iter().any(|class| class.contains("limit") || *class == "mean" || *class == "band"));
}

#[test]
fn the_eventful_chart_has_one_of_everything() {
    let drawn = drawn(&svg(&eventful()));
    let classes: Vec<&str> =
        drawn.iter().filter_map(|one| one.attributes.get("class")).map(String::as_str).collect();
    for wanted in [
        "band",
        "mean",
        "limit upper",
        "limit lower provisional",
        "target",
        "line",
        "line bridge",
        "mark phase",
        "mark thread",
        "mark thread closed",
        "tick",
        "label mean",
        "label target",
    ] {
        assert!(classes.contains(&wanted), "{wanted} is missing among {classes:?}");
    }
    for part in ["hollow", "ghost", "square", "diamond", "improving", "concerning"] {
        assert!(classes.iter().any(|class| class.split(' ').any(|word| word == part)), "{part}");
    }
}
