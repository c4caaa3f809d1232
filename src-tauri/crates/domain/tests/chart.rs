//! What a chart says and how it is laid out.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at once

use plaza_domain::chart::{Align, Chart, Frame, Label, Labels, LineKind, Mark, MarkKind, Shape, Unit, draw};
use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_domain::signal::{
    Behaviour, Cadence, Direction, Expected, Options, PhaseStart, Point, Rule, Sentence, Side, Step, Value,
    compute, propose, sentence, words,
};

/// The Monday so many weeks after 2025-11-24, the first of week 48.
fn week(week: usize) -> Day {
    Day::from_ymd(2025, 11, 24).unwrap().plus(week as i32 * 7)
}

fn points(values: &[f64]) -> Vec<Point> {
    values.iter().enumerate().map(|(at, value)| Point::new(week(at), Value::plain(*value).unwrap())).collect()
}

fn chart_of(values: &[f64], direction: Direction) -> Behaviour {
    compute(&points(values), &Options { direction, ..Options::default() }).unwrap()
}

fn steady(n: usize) -> Vec<f64> {
    (0..n).map(|at| if at % 2 == 0 { 91.0 } else { 89.0 }).collect()
}

/// 44 steady weeks and eight below them.
fn fallen() -> Vec<f64> {
    let mut values = steady(43);
    values.extend([90.6, 87.9, 88.4, 87.8, 88.3, 88.0, 88.5, 87.8, 88.2]);
    values
}

#[track_caller]
fn assert_says(sentence: &Sentence, expected: [&str; 3]) {
    for (language, expected) in Language::ALL.into_iter().zip(expected) {
        assert_eq!(sentence.words(Cadence::Weekly, language).replace('\u{a0}', " "), expected);
    }
}

#[test]
fn a_shift_says_since_when_and_which_part_moved_with_it() {
    let whole = chart_of(&fallen(), Direction::Higher);
    // The parts are misses: lower is better.
    let mut rising = steady(44);
    rising.extend([94.0; 8]);
    let (moved, still) = (chart_of(&rising, Direction::Lower), chart_of(&steady(52), Direction::Lower));
    let parts = [("Sales", &still), ("Production", &moved), ("Logistics", &still)];
    let facts = sentence(&whole, &parts, &[]);
    assert_says(
        &facts,
        [
            "Eight weeks below the old average, since week 40. Production’s part moved with it; the others did not.",
            "Acht Wochen unter dem alten Durchschnitt, seit KW 40. Mitbewegt hat sich der Anteil von Production; die anderen nicht.",
            "Ocho semanas por debajo de la media anterior, desde la semana 40. La parte de Production se movió con ello; las demás, no.",
        ],
    );
    let strong: Vec<String> = facts
        .spans(Cadence::Weekly, Language::En)
        .into_iter()
        .filter(|span| span.strong)
        .map(|span| span.text)
        .collect();
    assert_eq!(strong, ["Production"]);
    let none = sentence(&whole, &[("Sales", &still)], &[]);
    assert!(none.words(Cadence::Weekly, Language::En).ends_with("No single part moved with it."));
}

#[test]
fn a_part_that_moved_the_other_way_did_not_move_with_it() {
    let whole = chart_of(&fallen(), Direction::Higher);
    let fewer_misses = chart_of(&fallen(), Direction::Lower);
    let facts = sentence(&whole, &[("Finance", &fewer_misses)], &[]);
    assert!(facts.words(Cadence::Weekly, Language::En).ends_with("No single part moved with it."));
}

#[test]
fn a_decision_shortly_before_a_change_is_named() {
    let whole = chart_of(&fallen(), Direction::Lower);
    let decisions = [
        Expected { day: week(2), text: "too long ago".into() },
        Expected { day: week(40).plus(2), text: "split large lots".into() },
        Expected { day: week(48), text: "later".into() },
    ];
    assert_says(
        &sentence(&whole, &[], &decisions),
        [
            "Eight weeks below the old average, since week 40, four weeks after the decision “split large lots” (2 September).",
            "Acht Wochen unter dem alten Durchschnitt, seit KW 40, vier Wochen nach der Entscheidung „split large lots“ (2. September).",
            "Ocho semanas por debajo de la media anterior, desde la semana 40, cuatro semanas después de la decisión «split large lots» (2 de septiembre).",
        ],
    );
}

#[test]
fn when_nothing_happened_the_last_step_is_no_news() {
    assert_says(
        &sentence(&chart_of(&steady(52), Direction::Higher), &[], &[]),
        [
            "Nothing unusual for 52 weeks: do not react to last week’s dip.",
            "Seit 52 Wochen nichts Ungewöhnliches: Der Rückgang der letzten Woche ist kein Grund zu reagieren.",
            "Nada inusual desde hace 52 semanas: no hay que reaccionar a la bajada de la última semana.",
        ],
    );
    let mut values = steady(30);
    values[20] = 80.0;
    let quiet = sentence(&chart_of(&values, Direction::Higher), &[], &[]);
    assert_eq!(quiet, Sentence::Quiet { points: 9, step: Some(Step::Dip), dated: None });
    assert!(quiet.words(Cadence::Weekly, Language::En).starts_with("Nothing unusual for nine weeks:"));
    // Read weeks later, nobody calls it last week's.
    assert_eq!(quiet.clone().read_on(week(30), week(29)), quiet);
    assert_says(
        &quiet.read_on(week(31), week(29)),
        [
            "Nothing unusual for nine weeks: do not react to the dip of week 25.",
            "Seit neun Wochen nichts Ungewöhnliches: Der Rückgang in KW 25 ist kein Grund zu reagieren.",
            "Nada inusual desde hace nueve semanas: no hay que reaccionar a la bajada de la semana 25.",
        ],
    );
    let constant = sentence(&chart_of(&[100.0; 20], Direction::Higher), &[], &[]);
    assert_eq!(constant.words(Cadence::Weekly, Language::En), "Nothing unusual for 20 weeks.");
}

#[test]
fn a_point_outside_a_moment_ago_and_a_point_outside_now() {
    let mut values = steady(30);
    values[29] = 80.0;
    assert_says(
        &sentence(&chart_of(&values, Direction::Higher), &[], &[]),
        [
            "Week 25 lies below the lower limit: more than the usual ups and downs.",
            "KW 25 liegt unter der unteren Grenze: mehr als das übliche Auf und Ab.",
            "La semana 25 queda por debajo del límite inferior: más que los altibajos habituales.",
        ],
    );
    values.extend([90.0, 91.0]);
    assert_says(
        &sentence(&chart_of(&values, Direction::Higher), &[], &[]),
        [
            "Week 25 lies below the lower limit: more than the usual ups and downs; nothing unusual in the two weeks since.",
            "KW 25 liegt unter der unteren Grenze: mehr als das übliche Auf und Ab; seit zwei Wochen nichts Ungewöhnliches mehr.",
            "La semana 25 queda por debajo del límite inferior: más que los altibajos habituales; nada inusual desde hace dos semanas.",
        ],
    );
}

#[test]
fn a_trend_and_a_few_weeks_and_none() {
    let mut values = steady(20);
    values.extend([88.5, 88.8, 89.1, 89.4, 89.7, 90.0, 90.3]);
    assert_says(
        &sentence(&chart_of(&values, Direction::Higher), &[], &[]),
        [
            "Seven weeks rising in a row, since week 16.",
            "Sieben Wochen in Folge steigend, seit KW 16.",
            "Siete semanas seguidas al alza, desde la semana 16.",
        ],
    );
    assert_says(
        &sentence(&chart_of(&steady(3), Direction::Higher), &[], &[]),
        [
            "Three weeks so far: limits appear from the sixth.",
            "Bisher drei Wochen: Grenzen gibt es ab der sechsten.",
            "Tres semanas hasta ahora: los límites aparecen a partir de la sexta.",
        ],
    );
    let one = sentence(&chart_of(&steady(1), Direction::Higher), &[], &[]);
    assert!(one.words(Cadence::Weekly, Language::De).starts_with("Bisher eine Woche:"));
    assert_says(&Sentence::Empty, ["No values yet.", "Noch keine Werte.", "Todavía no hay valores."]);
}

#[test]
fn a_new_phase_answers_the_signal_of_the_old_one() {
    let phases = vec![PhaseStart { day: week(44), baseline: None }];
    let behaviour = compute(&points(&fallen()), &Options { phases, ..Options::default() }).unwrap();
    assert!(matches!(sentence(&behaviour, &[], &[]), Sentence::Quiet { .. }));
    let phases = vec![PhaseStart { day: week(49), baseline: None }];
    let young = compute(&points(&fallen()), &Options { phases, ..Options::default() }).unwrap();
    assert_says(
        &sentence(&young, &[], &[]),
        [
            "A new phase since week 45, three weeks so far: limits appear from the sixth.",
            "Seit KW 45 eine neue Phase, bisher drei Wochen: Grenzen gibt es ab der sechsten.",
            "Una nueva fase desde la semana 45, tres semanas hasta ahora: los límites aparecen a partir de la sexta.",
        ],
    );
}

#[test]
fn every_month_day_and_value_has_words_in_every_language() {
    // No language leaves a word out, whatever the rhythm.
    let behaviour = chart_of(&fallen(), Direction::Higher);
    for cadence in [Cadence::Weekly, Cadence::Monthly, Cadence::Daily, Cadence::Irregular] {
        for language in Language::ALL {
            let text = sentence(&behaviour, &[], &[]).words(cadence, language);
            assert!(text.ends_with('.') && !text.contains("  ") && !text.contains(" ,"), "{text}");
            for rule in Rule::ALL {
                assert!(!words::rule(rule, Side::High, language).is_empty());
            }
        }
    }
    assert_eq!(
        sentence(&behaviour, &[], &[]).words(Cadence::Daily, Language::De),
        "Acht Tage unter dem alten Durchschnitt, seit dem 28. September."
    );
    let mut lasting = steady(41);
    lasting.extend([88.0; 12]);
    let proposals = propose(&chart_of(&lasting, Direction::Higher), &[]);
    assert_eq!(
        words::proposal(&proposals[0], Cadence::Weekly, Language::Es),
        "Por debajo de la media anterior desde hace doce semanas: ¿límites propios a partir de la semana 37?"
    );
}

// The drawing.

fn drawn(behaviour: &Behaviour, language: Language) -> Chart {
    draw(behaviour, &Frame::new("On-time delivery", 560.0, 118.0, language, Unit::Percent))
}

/// Texts of one column do not cover each other.
fn assert_apart(labels: &[Label], font_size: f64) {
    for pair in labels.windows(2) {
        assert!(pair[1].y - pair[0].y >= font_size, "{pair:?}");
    }
}

#[test]
fn labels_of_a_target_on_a_limit_do_not_cover_each_other() {
    let upper = chart_of(&fallen(), Direction::Higher).phases[0].limits.unwrap().upper;
    for target in [upper, upper + 0.1, 90.0, 60.0] {
        let options = Options { target: Some(target), direction: Direction::Higher, ..Options::default() };
        let chart = drawn(&compute(&points(&fallen()), &options).unwrap(), Language::De);
        assert_eq!(chart.labels.len(), 4);
        assert_apart(&chart.labels, chart.font_size);
        assert!(
            chart.labels.iter().all(|label| label.y > 0.0 && label.y < chart.height),
            "{:?}",
            chart.labels
        );
        assert!(
            chart
                .labels
                .iter()
                .any(|label| label.kind == LineKind::Target && label.text.starts_with("Ziel "))
        );
    }
}

#[test]
fn signals_have_a_shape_a_tone_and_words() {
    let chart = drawn(&chart_of(&fallen(), Direction::Higher), Language::En);
    let last = chart.points.last().unwrap();
    assert_eq!(last.shape, Shape::Square);
    assert_eq!(last.text, "88.20%");
    assert_eq!(last.label, "week 47 of 2026: 88.20%, run below the average (worse)");
    assert_eq!((last.day.as_str(), last.week.as_str()), ("2026-11-16", "2026-W47"));
    assert_eq!(chart.points[0].shape, Shape::Circle);
    assert!(chart.summary.contains("52 values") && chart.summary.starts_with("On-time delivery. "));
    assert_eq!(chart.table.rows.len(), 52);
    assert!(chart.table.rows.iter().all(|row| row.cells.len() == chart.table.columns.len()));
}

#[test]
fn a_limit_above_a_hundred_percent_has_no_line_and_the_band_ends_there() {
    let values: Vec<f64> = (0..20).map(|at| if at % 2 == 0 { 99.0 } else { 97.0 }).collect();
    let behaviour = chart_of(&values, Direction::Higher);
    assert!(behaviour.phases[0].limits.unwrap().upper > 100.0);
    let chart = drawn(&behaviour, Language::En);
    assert!(chart.lines.iter().all(|line| line.kind != LineKind::Upper));
    assert!(chart.labels.iter().all(|label| label.kind != LineKind::Upper));
    assert!(chart.lines.iter().any(|line| line.kind == LineKind::Lower));
    assert!(chart.bands[0].y >= chart.plot.y);
}

#[test]
fn unsigned_weeks_are_hollow_ghosts_are_off_the_line_and_gaps_are_bridged() {
    let mut series = points(&steady(20));
    series[5] = series[5].ghosted();
    series.remove(12);
    let behaviour = compute(&series, &Options::default()).unwrap();
    let unsigned = [week(18), week(19)];
    let marks = [3, 4, 19].map(|at| Mark {
        day: week(at),
        key: at.to_string(),
        text: "2".into(),
        label: "Thread".into(),
        note: "1 open conversation".into(),
        is_closed: at == 4,
    });
    let frame = Frame {
        unsigned: &unsigned,
        marks: &marks,
        ..Frame::new("Late backlog", 560.0, 118.0, Language::Es, Unit::Days)
    };
    let chart = draw(&behaviour, &frame);
    assert_eq!(chart.points.iter().filter(|point| point.hollow).count(), 2);
    // Over the ghost of week 5 and over the absent week 12.
    let bridges: Vec<bool> = chart.strokes.iter().map(|stroke| stroke.bridge).collect();
    assert_eq!(bridges, [false, true, false, true, false]);
    let ghost = chart.points.iter().find(|point| point.ghost).unwrap();
    let at = format!("{} {}", ghost.x, ghost.y);
    assert!(chart.strokes.iter().all(|stroke| !stroke.path.contains(&at)));
    // Boxes of neighbours stand side by side and within the drawing.
    for pair in chart.marks.windows(2) {
        assert!(pair[0].area.x + pair[0].area.width <= pair[1].area.x, "{pair:?}");
    }
    assert!(chart.marks.iter().all(|mark| mark.kind == MarkKind::Thread && mark.area.x >= 0.0));
    let closed: Vec<bool> = chart.marks.iter().map(|mark| mark.is_closed).collect();
    assert_eq!(closed, [false, true, false]);
    // The table and the points say it too, each beside its own week.
    let noted = chart.table.rows.iter().filter(|row| row.cells.last().unwrap().contains("conversation"));
    let noted: Vec<&str> = noted.map(|row| row.day.as_str()).collect();
    assert_eq!(noted, [week(3), week(4), week(19)].map(|day| day.to_string()));
    assert!(chart.points[3].label.ends_with("1 open conversation"), "{}", chart.points[3].label);
    assert!(chart.plot.y > chart.marks[0].area.y + chart.marks[0].area.height);
}

#[test]
fn ticks_are_named_in_each_language_and_do_not_collide() {
    for (language, first, last) in
        [(Language::En, "W48", "W47"), (Language::De, "KW 48", "KW 47"), (Language::Es, "S48", "S47")]
    {
        let chart = drawn(&chart_of(&steady(52), Direction::Higher), language);
        let texts: Vec<String> = chart.ticks.iter().map(|tick| tick.text.replace('\u{a0}', " ")).collect();
        assert_eq!(texts.first().map(String::as_str), Some(first));
        // 52 weeks after week 48 of a year with 52 weeks ends one week before it.
        assert_eq!(texts.last().map(String::as_str), Some(last));
        assert!(texts.len() >= 3, "{texts:?}");
        let mut right = 0.0;
        for tick in &chart.ticks {
            let width = tick.text.chars().count() as f64 * chart.font_size * 0.58;
            let left = match tick.anchor {
                Align::Start => tick.x,
                Align::Middle => tick.x - width / 2.0,
                Align::End => tick.x - width,
            };
            assert!(left >= right, "{texts:?}");
            right = left + width;
        }
    }
}

#[test]
fn a_phase_breaks_the_line_and_is_marked() {
    let phases = vec![PhaseStart { day: week(44), baseline: None }];
    let behaviour = compute(&points(&fallen()), &Options { phases, ..Options::default() }).unwrap();
    let chart = drawn(&behaviour, Language::De);
    assert_eq!((chart.bands.len(), chart.strokes.len()), (2, 2));
    assert!((chart.bands[0].x + chart.bands[0].width - chart.bands[1].x).abs() < 0.011);
    let mark = chart.marks.iter().find(|mark| mark.kind == MarkKind::Phase).unwrap();
    assert_eq!(mark.label.replace('\u{a0}', " "), "Neue Grenzen seit KW 40/2026");
}

#[test]
fn small_multiples_share_an_axis_and_say_less() {
    let behaviour = compute(&points(&steady(20))[8..], &Options::default()).unwrap();
    let axis = Some((week(0), week(51)));
    let frame =
        Frame { labels: Labels::Few, axis, ..Frame::new("Sales", 180.0, 60.0, Language::En, Unit::Number) };
    let chart = draw(&behaviour, &frame);
    assert_eq!(chart.labels.iter().map(|label| label.kind).collect::<Vec<_>>(), [LineKind::Mean]);
    assert!(chart.ticks.len() <= 2);
    assert!(chart.points[0].x > chart.plot.x + 20.0);
}

#[test]
fn nothing_one_point_a_constant_and_ten_years_are_drawn_with_finite_numbers() {
    let ten_years: Vec<f64> = (0..520).map(|at| f64::from((at * 37) % 91)).collect();
    for values in [vec![], vec![5.0], vec![0.0; 9], vec![100.0; 20], ten_years] {
        let behaviour = chart_of(&values, Direction::Higher);
        for (width, height) in [(560.0, 118.0), (10.0, 10.0), (1600.0, 500.0)] {
            for unit in [Unit::Percent, Unit::Days, Unit::Number] {
                let chart = draw(&behaviour, &Frame::new("x", width, height, Language::En, unit));
                let text = serde_json::to_string(&chart).unwrap();
                assert!(!text.contains("null") && !text.contains("NaN") && !text.contains("inf"), "{text}");
                assert_eq!(chart.points.len(), values.len());
                let rounded = |x: f64| ((x * 100.0).round() / 100.0 - x).abs() < 1e-9;
                for point in &chart.points {
                    assert!(rounded(point.x) && rounded(point.y));
                    assert!(
                        (0.0..=chart.width).contains(&point.x) && (0.0..=chart.height).contains(&point.y)
                    );
                }
            }
        }
    }
}
