//! Papers for tests: minutes as they are, and texts that look like markup.

use plaza_document::paper::{Block, Column, ImageFormat, Paper, Span, Table};
use plaza_domain::chart::{Chart, Frame, Mark, Unit, draw};
use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_domain::signal::{Direction, Options, PhaseStart, Point, Value, compute};

/// A moment at which papers are made: 17 August 2026, 08:30 UTC.
pub(crate) const MOMENT: i64 = 1_786_955_400_000;

fn week(week: i32) -> Day {
    Day(20_447 + week * 7)
}

/// On-time delivery over a year: a fall, a decision, a new phase.
pub(crate) fn chart(title: &str, language: Language) -> Chart {
    let values = (0..52).map(|week| match week {
        0..22 => f64::from(90 + week * 7 % 5),
        22..34 => f64::from(84 + week * 3 % 4),
        _ => f64::from(89 + week * 5 % 6),
    });
    let points: Vec<Point> = values
        .enumerate()
        .map(|(at, value)| Point::new(week(at as i32), Value::plain(value).unwrap()))
        .collect();
    let options = Options {
        direction: Direction::Higher,
        target: Some(95.0),
        phases: vec![PhaseStart { day: week(34), baseline: None }],
        ..Options::default()
    };
    let mark = Mark::new(week(24), "a", "2", "Thread");
    let marks = [mark];
    let frame = Frame { marks: &marks, ..Frame::new(title, 720.0, 240.0, language, Unit::Percent) };
    draw(&compute(&points, &options).unwrap(), &frame)
}

fn cell(text: &str) -> Vec<Span> {
    vec![text.into()]
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.into() }
}

/// One of two languages.
#[derive(Clone, Copy)]
struct Say(Language);

impl Say {
    fn is_german(self) -> bool {
        self.0 == Language::De
    }

    fn say(self, en: &str, de: &str) -> String {
        if self.is_german() { de } else { en }.to_owned()
    }
}

/// Minutes of a weekly meeting, in English or German.
pub(crate) fn minutes(language: Language) -> Paper {
    let words = Say(language);
    let say = |en: &str, de: &str| words.say(en, de);
    let mut blocks = looked_at(words);
    blocks.extend(agreed(words));
    Paper {
        language,
        title: say("Weekly meeting of 17 August 2026", "Wochentreffen vom 17. August 2026"),
        subtitle: say("Minutes · Example Ltd", "Protokoll · Beispiel GmbH"),
        facts: [
        (
            say("When", "Wann"),
            say("Monday, 17 August 2026, 9:00–9:45", "Montag, 17. August 2026, 9:00–9:45 Uhr"),
        ),
        (say("Where", "Wo"), say("Room Lindau and online", "Raum Lindau und online")),
        (
            say("There", "Anwesend"),
            "Ana García (Sales), Jörg Müller (Production), Kemal Öztürk (Logistics), Marta Nowak (Finance)"
                .into(),
        ),
        (say("Facilitator", "Moderation"), "Jörg Müller".into()),
    ].into(),
        blocks,
        footer: say("Example Ltd · for the departments’ own use", "Beispiel GmbH · für den Gebrauch der Abteilungen"),
    }
}

fn decisions(words: Say) -> Table {
    let say = |en: &str, de: &str| words.say(en, de);
    Table {
        columns: vec![
            Column::words(say("Decision", "Entscheidung"), 5),
            Column::words(say("Why", "Warum"), 4),
            Column::words(say("Who decides", "Wer entscheidet"), 0),
            Column::numbers(say("Checked", "Geprüft am")),
        ],
        rows: vec![
            vec![
                vec![Span::Strong(say(
                    "Confirm dates only after the line has planned them.",
                    "Termine erst bestätigen, wenn die Linie sie eingeplant hat.",
                ))],
                cell(&say(
                    "Twelve weeks below the old average; 41 of 63 late lines were promised before planning.",
                    "Zwölf Wochen unter dem alten Durchschnitt; 41 von 63 verspäteten Positionen waren vor der Planung zugesagt.",
                )),
                cell("Jörg Müller"),
                cell(&say("14 Sept 2026", "14. Sept. 2026")),
            ],
            vec![
                vec![Span::Strong(say(
                    "A second pick-up on Thursdays.",
                    "Eine zweite Abholung am Donnerstag.",
                ))],
                cell(&say(
                    "Finished goods waited two days on average.",
                    "Fertige Ware wartete im Schnitt zwei Tage.",
                )),
                cell("Kemal Öztürk"),
                cell(&say("21 Sept 2026", "21. Sept. 2026")),
            ],
        ],
    }
}

fn shares(words: Say) -> Table {
    let say = |en: &str, de: &str| words.say(en, de);
    Table {
        columns: vec![
            Column::words(say("Department", "Abteilung"), 1),
            Column::numbers(say("Late lines", "Verspätete Positionen")),
            Column::numbers(say("Share", "Anteil")),
            Column::numbers(say("Days, median", "Tage, Median")),
        ],
        rows: [
            ("Sales", "9", "14", "1.5"),
            ("Production", "33", "52", "4.0"),
            ("Logistics", "18", "29", "2.0"),
            ("Finance", "3", "5", "0.5"),
        ]
        .iter()
        .map(|(name, count, percent, days)| {
            let percent = if words.is_german() { format!("{percent}\u{a0}%") } else { format!("{percent}%") };
            vec![
                cell(name),
                cell(count),
                cell(&percent),
                cell(&if words.is_german() { days.replace('.', ",") } else { (*days).to_owned() }),
            ]
        })
        .collect(),
    }
}

/// What the meeting looked at.
fn looked_at(words: Say) -> Vec<Block> {
    let say = |en: &str, de: &str| words.say(en, de);
    vec![
            heading(1, &say("On-time delivery has fallen", "Die Liefertreue ist gefallen")),
            Block::Text(vec![
                say("Since February the joint figure runs ", "Seit Februar liegt die gemeinsame Zahl ").into(),
                Span::Strong(say("below its old average", "unter ihrem alten Durchschnitt")),
                say(". Production and logistics looked at order ", ". Produktion und Logistik haben sich Auftrag ").into(),
                Span::Code("SO-2026-004711".into()),
                say(" together; the whole journey is in ", " gemeinsam angesehen; die ganze Reise steht im ").into(),
                Span::Link { text: say("the order’s page", "Auftrag selbst"), address: "https://plaza.example/orders/4711?tab=journey".into() },
                say(". Nobody was looking for somebody to blame.", ". Niemand hat einen Schuldigen gesucht.").into(),
            ]),
            Block::Chart {
                chart: Box::new(chart(&say("On-time delivery, joint", "Liefertreue, gemeinsam"), words.0)),
                sentence: say("Twelve weeks below the old average, then a new phase that begins with the decision of 14 April.", "Zwölf Wochen unter dem alten Durchschnitt, dann eine neue Phase, die mit der Entscheidung vom 14. April beginnt."),
            },
            heading(2, &say("Where the days went", "Wo die Tage geblieben sind")),
            Block::Table(shares(words)),
            Block::Note(vec![say("Split exactly among the departments by the milestones that each owns; 4 lines without a promised date are left out.", "Genau auf die Abteilungen verteilt nach den Meilensteinen, die jede verantwortet; 4 Positionen ohne zugesagten Termin sind nicht enthalten.").into()]),
        ]
}

/// What it agreed on.
fn agreed(words: Say) -> Vec<Block> {
    let say = |en: &str, de: &str| words.say(en, de);
    vec![
        heading(1, &say("Decided", "Entschieden")),
        Block::Table(decisions(words)),
        heading(1, &say("Promised", "Zugesagt")),
        Block::List {
            numbered: false,
            items: vec![
                vec![
                    Span::Strong("Ana García".into()),
                    say(
                        " asks the three largest customers which dates they would rather have, by 24 August.",
                        " fragt die drei größten Kunden, welche Termine ihnen lieber wären, bis 24. August.",
                    )
                    .into(),
                ],
                vec![
                    Span::Strong("Marta Nowak".into()),
                    say(
                        " counts what express freight has cost since January, by 31 August.",
                        " rechnet zusammen, was Expressfracht seit Januar gekostet hat, bis 31. August.",
                    )
                    .into(),
                ],
            ],
        },
        heading(1, &say("Next week", "Nächste Woche")),
        Block::List {
            numbered: true,
            items: vec![
                vec![
                    say(
                        "Effect of the second pick-up on Thursdays",
                        "Wirkung der zweiten Abholung am Donnerstag",
                    )
                    .into(),
                ],
                vec![
                    say("Complaints in July: a first look", "Reklamationen im Juli: ein erster Blick").into(),
                ],
            ],
        },
        Block::Rule,
        Block::Text(vec![Span::Emphasis(say(
            "Objections until Wednesday, 19 August, to the facilitator.",
            "Einwände bis Mittwoch, 19. August, an die Moderation.",
        ))]),
    ]
}

/// Texts that mean something to Typst, Markdown, HTML or a calendar, and must not.
pub(crate) fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = [
        "#import \"@preview/x:1.0.0\": *",
        "#panic(1)",
        "#{1+1}",
        "$x^2$ $ y $",
        "*strong* _emph_ `code` ```x```",
        "back\\slash \\",
        "@reference <label> #link(\"x\")",
        "// comment",
        "/* comment */ after",
        "= heading",
        "- item",
        "+ item",
        "1. item",
        "12) item",
        "/ term: text",
        "# heading",
        "#",
        "heading #",
        "> quote",
        "---",
        "***",
        "===",
        "| a | b |",
        "|---|---|",
        "a -- b --- c ... d",
        "\"double\" 'single' ’",
        "<script>alert(1)</script>",
        "<b>&amp;&lt;</b>",
        "&copy; &#65;",
        "<!-- c -->",
        "]]>",
        "[x](javascript:alert(1))",
        "![x](http://x.example/x.png)",
        "[ref]: http://x.example",
        "[^1]",
        "~~gone~~",
        "https://x.example/a_b_c",
        "a@b.example",
        "{{ x }}",
        "<%= x %>",
        "\u{1f389} party \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} family \u{2764}\u{fe0f}",
        "שלום עולם",
        "مرحبا بالعالم 123",
        "a\u{200b}b\u{200d}c\u{2060}d",
        "soft\u{ad}hyphen",
        "combining e\u{301} n\u{303}",
        "`",
        "``",
        "a`b``c",
        "_",
        "*",
        "**",
        "&",
        "<",
        "\\",
        "x\u{a0}y",
        "--",
        "~",
        "100 % $5",
        "a|b`c|d`",
        "Łódź Ñandú Çeşme ΑΒΓ Київ ½ € → ≤ ✓",
    ]
    .map(str::to_owned)
    .into();
    texts.push("Donaudampfschifffahrt".repeat(10)[..200].to_owned());
    texts.push("0123456789".repeat(20));
    texts
}

/// Every kind of place, with every hostile text in it.
pub(crate) fn hostile_paper() -> Paper {
    let texts = hostile();
    let spans: fn(&String) -> Vec<Vec<Span>> = |text| {
        vec![
            vec![text.as_str().into()],
            vec![Span::Strong(text.clone())],
            vec![Span::Emphasis(text.clone())],
            vec![Span::Code(text.clone())],
            vec![Span::Link { text: text.clone(), address: "https://x.example/".into() }],
            vec![Span::Link { text: text.clone(), address: text.clone() }],
            vec![
                "a".into(),
                Span::Strong(text.clone()),
                Span::Emphasis(text.clone()),
                Span::Code(text.clone()),
                "b".into(),
            ],
            vec![format!("{text}\n{text}").into()],
        ]
    };
    let mut blocks = Vec::new();
    for text in &texts {
        blocks.push(heading(2, text));
        blocks.extend(spans(text).into_iter().map(Block::Text));
        blocks.push(Block::Note(vec![text.as_str().into()]));
        blocks.push(Block::List { numbered: false, items: spans(text) });
        blocks.push(Block::List { numbered: true, items: spans(text) });
        blocks.push(Block::Table(Table {
            columns: vec![Column::words(text, 1), Column::numbers("n"), Column::words(text, 2)],
            rows: spans(text).into_iter().map(|spans| vec![spans.clone(), cell("1"), spans]).collect(),
        }));
    }
    Paper {
        language: Language::Es,
        title: "#title <x> *y*".into(),
        subtitle: texts[0].clone(),
        facts: texts.iter().map(|text| (text.clone(), text.clone())).collect(),
        blocks,
        footer: "#footer $x$ <y>".into(),
    }
}

/// What has nothing to show, and shapes that do not fit.
pub(crate) fn hollow_paper() -> Paper {
    let ragged = Table {
        columns: vec![Column::words("one", 0)],
        rows: vec![vec![], vec![cell("a"), cell("beyond")], vec![vec![]]],
    };
    Paper {
        language: Language::En,
        title: "Hollow".into(),
        subtitle: " \u{200b}".into(),
        facts: vec![
            (String::new(), String::new()),
            (String::new(), "nameless".into()),
            ("valueless".into(), String::new()),
        ],
        blocks: vec![
            heading(3, ""),
            heading(3, "deep"),
            Block::Text(vec![]),
            Block::Text(vec!["".into(), " ".into()]),
            Block::List { numbered: false, items: vec![] },
            Block::List { numbered: true, items: vec![vec![], vec!["kept".into()], vec!["".into()]] },
            Block::List { numbered: true, items: vec![vec!["another list".into()]] },
            Block::Table(Table::default()),
            Block::Table(Table { columns: vec![Column::default()], rows: vec![vec![], vec![vec![]]] }),
            Block::Table(Table { columns: vec![], rows: vec![vec![cell("headless")]] }),
            Block::Table(Table { columns: vec![Column::words("only a head", 1)], rows: vec![] }),
            Block::Table(ragged),
            Block::Note(vec!["\n\n".into()]),
            Block::Image { format: ImageFormat::Png, bytes: vec![], alt: "nothing".into() },
            Block::Rule,
            Block::Rule,
        ],
        footer: String::new(),
    }
}

/// A small picture with its words.
pub(crate) fn picture(alt: &str) -> Block {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 3, 2);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&[120; 18]).unwrap();
    Block::Image { format: ImageFormat::Png, bytes, alt: alt.into() }
}

/// Every text that a reader must find, as one line each.
pub(crate) fn texts(paper: &Paper) -> Vec<String> {
    let mut found = vec![paper.title.clone(), paper.subtitle.clone(), paper.footer.clone()];
    found.extend(paper.facts.iter().flat_map(|(name, value)| [name.clone(), value.clone()]));
    let mut spans: Vec<&Span> = Vec::new();
    for block in &paper.blocks {
        match block {
            Block::Heading { text, .. } => found.push(text.clone()),
            Block::Text(run) | Block::Note(run) => spans.extend(run),
            Block::List { items, .. } => spans.extend(items.iter().flatten()),
            Block::Table(table) => {
                found.extend(table.columns.iter().map(|column| column.head.clone()));
                spans.extend(table.rows.iter().flatten().flatten());
            }
            Block::Chart { chart, sentence } => found.extend([chart.title.clone(), sentence.clone()]),
            Block::Image { .. } | Block::Rule => {}
        }
    }
    found.extend(spans.iter().map(|span| span.text().to_owned()));
    let lines = found.iter().flat_map(|text| text.split('\n').map(str::to_owned).collect::<Vec<_>>());
    lines.filter(|line| !line.trim().is_empty()).collect()
}

/// A text without what lines and writers may change: blanks, soft breaks, invisible joints.
pub(crate) fn bare(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace())
        .filter(|letter| {
            !matches!(letter,
                '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
        })
        .collect()
}
