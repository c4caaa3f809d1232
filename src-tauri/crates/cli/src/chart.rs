//! `plaza chart`: a process behaviour chart from any CSV with a date and a value.

use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use plaza_engine::chart_file::signal::{State, compute, propose, sentence, words};
use plaza_engine::chart_file::{
    self, Baseline, Behaviour, ChartFileError, Columns, DateOrder, Day, Direction, Frame, LARGEST_FILE_BYTES,
    Language, Note, Options, PhaseStart, Reading, Report, RuleSet, Series, ShortBaseline,
};

use crate::failure::{Failure, print};

/// The size of a picture, in pixels: a slide's width, low enough for a page of minutes.
const PICTURE: (f64, f64) = (960.0, 320.0);

/// What `plaza chart` reads from the command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The CSV file, or `-` for standard input.
    file: PathBuf,
    /// The rules: Making Data Count (shift 7, trend 7, two of three near a limit) or Wheeler (shift 8, three of
    /// four beyond the half-way line).
    #[arg(long, value_enum, default_value_t = Rules::Mdc)]
    rules: Rules,
    /// Which way is better.
    #[arg(long, value_enum, default_value_t = Better::Neutral)]
    direction: Better,
    /// The target, in the unit of the values.
    #[arg(long, value_name = "X", allow_hyphen_values = true, value_parser = finite)]
    target: Option<f64>,
    /// A date from which new limits hold; may be given several times.
    #[arg(long, value_name = "DATE")]
    phase: Vec<Day>,
    /// Take the limits from the first N points of a phase (at least 12) and extend them.
    #[arg(long, value_name = "N", value_parser = baseline)]
    baseline: Option<Baseline>,
    /// Leave outlying moving ranges out of the limits.
    #[arg(long)]
    screen: bool,
    /// A date whose point is drawn but left out of mean and rules; may be given several times.
    #[arg(long, value_name = "DATE")]
    ghost: Vec<Day>,
    /// The language of the sentence and the summary.
    #[arg(long, value_name = "en|de|es", default_value_t = Language::En)]
    language: Language,
    /// Print the chart as JSON.
    #[arg(long, conflicts_with = "svg")]
    json: bool,
    /// Write the chart as a picture; `-` for standard output.
    #[arg(long, value_name = "OUT")]
    svg: Option<PathBuf>,
    /// The column with the dates.
    #[arg(long, value_name = "NAME")]
    date_column: Option<String>,
    /// The column with the values.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["numerator_column", "denominator_column"])]
    value_column: Option<String>,
    /// The column with the numerators of a rate.
    #[arg(long, value_name = "NAME", requires = "denominator_column")]
    numerator_column: Option<String>,
    /// The column with the denominators of a rate.
    #[arg(long, value_name = "NAME", requires = "numerator_column")]
    denominator_column: Option<String>,
    /// What a rate is multiplied with [default: 100 where no numerator exceeds its denominator, else 1].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=1_000_000_000))]
    scale: Option<i64>,
    /// Whether dates such as 03/04/2024 have the day or the month first.
    #[arg(long, value_enum)]
    date_format: Option<DateFormat>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Rules {
    Mdc,
    Wheeler,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Better {
    Higher,
    Lower,
    Neutral,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DateFormat {
    Dmy,
    Mdy,
}

/// A number that a chart can hold.
/// Why an argument cannot be read.
#[derive(Debug)]
enum Unreadable {
    Number { text: String },
    Count { text: String },
    Baseline(ShortBaseline),
}

impl std::error::Error for Unreadable {}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number { text } => {
                write!(to, "“{text}” is not a number (a point stands before the decimals)")
            }
            Self::Count { text } => write!(to, "“{text}” is not a number of points"),
            Self::Baseline(error) => error.fmt(to),
        }
    }
}

fn finite(text: &str) -> Result<f64, Unreadable> {
    let number = text.trim().trim_end_matches('%').parse::<f64>().ok();
    number
        .filter(|number| chart_file::Value::plain(*number).is_some())
        .ok_or_else(|| Unreadable::Number { text: text.to_owned() })
}

fn baseline(text: &str) -> Result<Baseline, Unreadable> {
    let n = text.trim().parse().map_err(|_| Unreadable::Count { text: text.to_owned() })?;
    Baseline::new(n).map_err(Unreadable::Baseline)
}

/// Charts a file.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let shown = args.file.display().to_string();
    let bytes = bytes(&args.file).map_err(|error| Failure::with(&shown, error))?;
    let reading = Reading {
        columns: Columns {
            date: args.date_column.clone(),
            value: args.value_column.clone(),
            numerator: args.numerator_column.clone(),
            denominator: args.denominator_column.clone(),
        },
        date_order: args.date_format.map(|format| match format {
            DateFormat::Dmy => DateOrder::DayMonth,
            DateFormat::Mdy => DateOrder::MonthDay,
        }),
        scale: args.scale,
        ghosts: args.ghost.clone(),
    };
    let series = chart_file::read(&bytes, &reading).map_err(|error| match error {
        // What was asked for is not in the file.
        ChartFileError::NoSuchColumn { .. } | ChartFileError::NoSuchGhost(_) | ChartFileError::HalfARate => {
            Failure::Usage(format!("{shown}: {error}"))
        }
        error => Failure::with(&shown, error),
    })?;
    let behaviour = compute(&series.points, &options(args)).map_err(|error| Failure::with(&shown, error))?;
    for note in &series.notes {
        eprintln!("plaza: {}", words_of(note));
    }
    for warning in &behaviour.warnings {
        eprintln!("plaza: {}", words::warning(*warning, behaviour.cadence, args.language));
    }
    if args.json {
        let report = serde_json::to_string_pretty(&Report::of(&behaviour, args.language))?;
        return print(&format!("{report}\n"));
    }
    let Some(out) = &args.svg else { return print(&summary(&behaviour, &series, args.language)) };
    let picture = picture(&behaviour, &series, args);
    if out == Path::new("-") {
        return print(&picture);
    }
    std::fs::write(out, picture).map_err(|error| Failure::with(out.display().to_string(), error))
}

/// The bytes of a file or of standard input, no more than a chart file may have.
fn bytes(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than allowed shows that there are too many.
    let most = LARGEST_FILE_BYTES + 1;
    if file == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(file)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn options(args: &Args) -> Options {
    Options {
        rule_set: match args.rules {
            Rules::Mdc => RuleSet::MakingDataCount,
            Rules::Wheeler => RuleSet::Wheeler,
        },
        direction: match args.direction {
            Better::Higher => Direction::Higher,
            Better::Lower => Direction::Lower,
            Better::Neutral => Direction::Neutral,
        },
        target: args.target,
        screening: args.screen,
        baseline: args.baseline,
        phases: args.phase.iter().map(|day| PhaseStart { day: *day, baseline: args.baseline }).collect(),
    }
}

fn words_of(note: &Note) -> String {
    match note {
        Note::Sorted => "the lines were not in the order of their dates; they have been sorted".to_owned(),
        Note::Bridged(1) => "one line has no value: its date is left out and bridged".to_owned(),
        Note::Bridged(lines) => format!("{lines} lines have no value: their dates are left out and bridged"),
        Note::ShortYears => "years of two digits are read as 1970 to 2069".to_owned(),
    }
}

fn picture(behaviour: &Behaviour, series: &Series, args: &Args) -> String {
    let sentence = sentence(behaviour, &[], &[]).words(behaviour.cadence, args.language);
    let (width, height) = PICTURE;
    let frame =
        Frame { sentence: &sentence, ..Frame::new(&series.name, width, height, args.language, series.unit) };
    chart_file::sheet(&chart_file::chart::draw(behaviour, &frame), &sentence)
}

/// Texts of the summary, one for each language.
fn pick(language: Language, texts: [&'static str; 3]) -> &'static str {
    match language {
        Language::En => texts[0],
        Language::De => texts[1],
        Language::Es => texts[2],
    }
}

/// The chart as a page of text: sentence, icons, phases, signals, proposals.
fn summary(behaviour: &Behaviour, series: &Series, language: Language) -> String {
    let decimals = if behaviour.points.iter().all(|point| point.number().fract() == 0.0) { 1 } else { 2 };
    let number = |value: f64| series.unit.short(value, decimals, language);
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(out, "{}", sentence(behaviour, &[], &[]).words(behaviour.cadence, language));
    let mut icons: Vec<String> = Vec::new();
    icons.extend(words::variation(behaviour, language));
    if let Some(assurance) = behaviour.assurance {
        icons.push(words::assurance(assurance, language).to_owned());
    }
    if let Some(last) = behaviour.last() {
        let name = words::period::name(last.day, behaviour.cadence, true, language);
        let _ = writeln!(out, "{}: {} ({name}) · {}", series.name, number(last.number()), icons.join(" · "));
    }
    out.push('\n');
    out.push_str(&phases(behaviour, language, &number));
    out.push_str(&signals(behaviour, language, &number));
    for proposal in propose(behaviour, &[]) {
        let _ = writeln!(out, "\n{}", words::proposal(&proposal, behaviour.cadence, language));
    }
    out
}

fn phases(behaviour: &Behaviour, language: Language, number: &dyn Fn(f64) -> String) -> String {
    let mut rows = vec![
        [["from", "ab", "desde"], ["n", "n", "n"], ["average", "Durchschnitt", "media"]]
            .into_iter()
            .chain([
                ["lower", "untere", "inferior"],
                ["upper", "obere", "superior"],
                ["limits", "Grenzen", "límites"],
            ])
            .map(|texts| pick(language, texts).to_owned())
            .collect::<Vec<String>>(),
    ];
    let optional = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), number);
    for phase in &behaviour.phases {
        rows.push(vec![
            phase.from.to_string(),
            phase.n.to_string(),
            optional(phase.mean),
            optional(phase.limits.map(|limits| limits.lower)),
            optional(phase.limits.map(|limits| limits.upper)),
            match phase.state {
                State::Firm if phase.baseline.is_some() => {
                    pick(language, ["fixed", "fest gesetzt", "fijados"])
                }
                state => words::state(state, language),
            }
            .to_owned(),
        ]);
    }
    aligned(&rows, 1..5)
}

fn signals(behaviour: &Behaviour, language: Language, number: &dyn Fn(f64) -> String) -> String {
    let flagged: Vec<_> = behaviour.points.iter().filter(|point| !point.fired.is_empty()).collect();
    if flagged.is_empty() {
        return format!("\n{}\n", pick(language, ["No signals.", "Keine Signale.", "Ninguna señal."]));
    }
    let mut rows = vec![vec![
        pick(language, ["date", "Datum", "fecha"]).to_owned(),
        pick(language, ["value", "Wert", "valor"]).to_owned(),
        pick(language, ["signal", "Signal", "señal"]).to_owned(),
    ]];
    for point in flagged {
        let rules: Vec<&str> =
            point.fired.iter().map(|fired| words::rule(fired.rule, fired.side, language)).collect();
        rows.push(vec![point.day.to_string(), number(point.number()), rules.join(", ")]);
    }
    format!("\n{}", aligned(&rows, 1..2))
}

/// Rows with columns of even width; those in `right` are set flush right.
fn aligned(rows: &[Vec<String>], right: std::ops::Range<usize>) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let length = |text: &String| text.chars().count();
    let widths: Vec<usize> = (0..columns)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(length).max().unwrap_or_default())
        .collect();
    let mut out = String::new();
    for row in rows {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let space = " ".repeat(widths[column].saturating_sub(length(cell)));
            if right.contains(&column) { format!("{space}{cell}") } else { format!("{cell}{space}") }
        });
        out.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        out.push('\n');
    }
    out
}
