//! A picture holds what its model holds, one element for each item, and nothing that XML cannot.

#![allow(clippy::unwrap_used)] // a test may stop at once

use plaza_document::{sheet, svg};
use plaza_domain::chart::{Chart, Frame, Mark, Unit, draw};
use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_domain::signal::{Direction, Options, PhaseStart, Point, Value, compute};

fn week(week: i32) -> Day {
    Day(week * 7 + 4)
}

/// 52 weeks with a fall in the last ten, a ghost, an absent week, a phase, a thread, an unsigned week.
fn chart(title: &str) -> Chart {
    let value = |week: i32| f64::from(if week < 42 { 89 + week % 3 } else { 84 + week % 2 });
    let mut points: Vec<Point> =
        (0..52).map(|at| Point::new(week(at), Value::plain(value(at)).unwrap())).collect();
    points[5] = points[5].ghosted();
    points.remove(30);
    let options = Options {
        direction: Direction::Higher,
        target: Some(95.0),
        phases: vec![PhaseStart { day: week(20), baseline: None }],
        ..Options::default()
    };
    let mark = Mark::new(week(48), "t", "<2", "Thread \"a\" & b");
    let (marks, unsigned) = ([mark], [week(51)]);
    let frame = Frame {
        marks: &marks,
        unsigned: &unsigned,
        ..Frame::new(title, 560.0, 118.0, Language::En, Unit::Percent)
    };
    draw(&compute(&points, &options).unwrap(), &frame)
}

#[test]
fn one_element_for_each_item_of_the_model() {
    let chart = chart("On-time delivery");
    let picture = svg(&chart);
    for (what, items) in [
        ("class=\"band\"", chart.bands.len()),
        ("<line ", chart.lines.len()),
        ("class=\"line", chart.strokes.len()),
        ("class=\"point ", chart.points.len()),
        ("class=\"mark ", chart.marks.len()),
        ("class=\"tick\"", chart.ticks.len()),
        ("class=\"label ", chart.labels.len()),
        (" ghost\"", 1),
        (" hollow\"", 1),
        ("class=\"line bridge\"", 2),
        ("class=\"target\"", 1),
        ("class=\"mark phase\"", 1),
    ] {
        assert_eq!(picture.matches(what).count(), items, "{what}");
        assert!(items > 0, "{what} is in the sample");
    }
    for point in &chart.points {
        assert!(picture.contains(&format!("d=\"{}\"", point.outline)));
    }
}

#[test]
fn what_xml_reserves_is_escaped_and_every_element_is_closed() {
    let picture = sheet(&chart("<script>\"&'\u{1}\u{fffe}"), "A sentence & <more>.");
    assert!(picture.contains("&lt;script&gt;&quot;&amp;'<") && !picture.contains("<script"));
    assert!(picture.contains("A sentence &amp; &lt;more&gt;.") && !picture.contains(['\u{1}', '\u{fffe}']));
    for name in ["svg", "g", "text", "title", "style"] {
        let opened =
            picture.matches(&format!("<{name}>")).count() + picture.matches(&format!("<{name} ")).count();
        assert_eq!(opened, picture.matches(&format!("</{name}>")).count(), "{name}");
    }
}

#[test]
fn a_long_sentence_is_broken_into_lines() {
    let long = "Eight weeks below the old average, since week 34. ".repeat(6);
    let picture = sheet(&chart("x"), &long);
    assert!(picture.matches("class=\"sentence\"").count() >= 3);
    assert_eq!(sheet(&chart("x"), "").matches("class=\"sentence\"").count(), 0);
}
