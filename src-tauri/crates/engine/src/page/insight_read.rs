//! Reads how people talk, over the weeks, from what the ledger knows anyway. Departments are named, people never.

use std::collections::BTreeMap;

use plaza_domain::chart::{Frame, Unit, draw};
use plaza_domain::day::Week;
use plaza_domain::event::{CommitmentAnswer, NeedAnswer, Payload};
use plaza_domain::language::Language;
use plaza_domain::signal::{Direction, Options, Point, RuleSet, Value, compute, sentence};
use plaza_domain::workspace::TimeZone;
use plaza_store::view::{Inbox, ThreadPage};

use super::insight::{Insight, Insights, NeedPair};
use crate::error::{EngineError, Result};
use crate::meeting::words::pick;
use crate::workspace::Workspace;

/// The drawing of a measure, pixels; the page scales it.
const CHART: (f64, f64) = (640.0, 180.0);

/// Weeks looked back on: a year.
const WEEKS: i32 = 52;

/// Threads looked at.
const THREADS_MAX: u32 = 10_000;

const DAY_MS: f64 = 86_400_000.0;

/// Sum and count of a week.
type Means = BTreeMap<Week, (f64, u32)>;

impl Insights {
    /// Reads the page.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn read(workspace: &Workspace, language: Language) -> Result<Self> {
        let this = workspace.today()?.week();
        let zone = workspace.settings()?.time_zone;
        let first = this.plus(-WEEKS);
        let (answer_days, met) = threads(workspace, zone)?;
        let all = [
            ("rating", ratings(workspace)?, Unit::Number, Direction::Higher),
            ("kept", kept(workspace)?, Unit::Percent, Direction::Higher),
            ("answer_days", answer_days, Unit::Days, Direction::Lower),
            ("met", met, Unit::Number, Direction::Neutral),
        ];
        let mut measures = Vec::new();
        for (measure, mut means, unit, direction) in all {
            means.retain(|week, (_, count)| (first..this).contains(week) && *count > 0);
            if means.is_empty() {
                continue;
            }
            // How often people met is a count: no week is left out of it.
            let is_count = measure == "met";
            let points = means.iter().filter_map(|(week, (sum, count))| {
                let number = if is_count { *sum } else { sum / f64::from(*count) };
                Some(Point::new(week.monday(), Value::plain(number)?))
            });
            let points: Vec<Point> = points.collect();
            measures.push(draw_measure(measure, &points, unit, direction, language)?);
        }
        Ok(Self { measures, needs: pairs(workspace)? })
    }
}

fn draw_measure(
    measure: &str,
    points: &[Point],
    unit: Unit,
    direction: Direction,
    language: Language,
) -> Result<Insight> {
    let options = Options {
        rule_set: RuleSet::MakingDataCount,
        direction,
        target: None,
        screening: false,
        baseline: None,
        phases: Vec::new(),
    };
    let behaviour =
        compute(points, &options).map_err(|_| EngineError::Conflict { what: "the order of the weeks" })?;
    let words = sentence(&behaviour, &[], &[]).words(behaviour.cadence, language);
    let title = match measure {
        "rating" => {
            pick(language, ["Rating of the meeting", "Bewertung des Treffens", "Valoración de la reunión"])
        }
        "kept" => pick(language, ["Commitments kept", "Eingehaltene Zusagen", "Compromisos cumplidos"]),
        "answer_days" => pick(
            language,
            ["From flag to outcome", "Von der Frage zum Ergebnis", "De la pregunta al resultado"],
        ),
        _ => pick(
            language,
            ["Met because of a flag", "Wegen einer Frage getroffen", "Encuentros por una pregunta"],
        ),
    };
    let frame =
        Frame { sentence: &words, floor: Some(0.0), ..Frame::new(title, CHART.0, CHART.1, language, unit) };
    Ok(Insight { measure: measure.to_owned(), chart: draw(&behaviour, &frame), sentence: words })
}

/// The mean rating of each week's meeting.
fn ratings(workspace: &Workspace) -> Result<Means> {
    let mut said: BTreeMap<(Week, plaza_domain::person::PersonId), Option<u8>> = BTreeMap::new();
    for (meeting, one) in workspace.view(|view| view.meetings_said(&["round_said"]))? {
        if let (Some(week), Payload::RoundSaid(round)) =
            (plaza_domain::meeting::week_of(&meeting), one.payload)
        {
            said.insert((week, round.person), round.rating);
        }
    }
    let mut means = Means::new();
    for ((week, _), rating) in said {
        add(&mut means, week, rating.map(f64::from));
    }
    Ok(means)
}

/// The share of the commitments that were due in a week and kept, percent. One that was moved is due in the week that it
/// was moved to; one that nobody answered was not kept.
fn kept(workspace: &Workspace) -> Result<Means> {
    let today = workspace.today()?;
    let mut means = Means::new();
    for one in workspace.commitments()? {
        if one.due() >= today && one.is_open() {
            continue;
        }
        let is_kept = matches!(one.answers.last(), Some((CommitmentAnswer::Kept, _)));
        add(&mut means, one.due().week(), Some(if is_kept { 100.0 } else { 0.0 }));
    }
    Ok(means)
}

/// Days from a flag to its outcome by the week of the outcome; how often people met by the week in which they did.
fn threads(workspace: &Workspace, zone: TimeZone) -> Result<(Means, Means)> {
    let page = ThreadPage { inbox: Inbox::All, limit: THREADS_MAX, ..ThreadPage::default() };
    let (mut days, mut met) = (Means::new(), Means::new());
    for row in workspace.view(|view| view.threads(&page))? {
        if let Some(closed_at) = row.closed_at {
            let waited = (closed_at - row.opened_at).max(0) as f64 / DAY_MS;
            add(&mut days, zone.day_at(closed_at).week(), Some(waited));
        }
    }
    for at in workspace.view(|view| view.met_at())? {
        add(&mut met, zone.day_at(at).week(), Some(1.0));
    }
    // A week without any between two with some is a nought, not a gap.
    if let Some((first, last)) = met.keys().next().copied().zip(met.keys().last().copied()) {
        let mut week = first;
        while week < last {
            met.entry(week).or_insert((0.0, 1));
            week = week.plus(1);
        }
    }
    Ok((days, met))
}

fn add(means: &mut Means, week: Week, number: Option<f64>) {
    if let Some(number) = number {
        let known = means.entry(week).or_default();
        known.0 += number;
        known.1 += 1;
    }
}

fn pairs(workspace: &Workspace) -> Result<Vec<NeedPair>> {
    let mut pairs: BTreeMap<(String, String), NeedPair> = BTreeMap::new();
    for need in workspace.needs()? {
        let (from, to) = (need.asked.from.to_string(), need.asked.to.to_string());
        let pair = pairs.entry((from.clone(), to.clone())).or_insert(NeedPair {
            from,
            to,
            asked: 0,
            accepted: 0,
            declined: 0,
        });
        pair.asked += 1;
        match need.answers.last().map(|(answer, _)| answer) {
            Some(NeedAnswer::Accepted | NeedAnswer::Met) => pair.accepted += 1,
            Some(NeedAnswer::Declined { .. } | NeedAnswer::NotMet { .. }) => pair.declined += 1,
            Some(NeedAnswer::Countered { .. } | NeedAnswer::Open) | None => {}
        }
    }
    let mut list: Vec<NeedPair> = pairs.into_values().collect();
    list.sort_by(|one, other| other.asked.cmp(&one.asked).then_with(|| one.from.cmp(&other.from)));
    Ok(list)
}
