//! What Plaza knows by itself about the questions of the audit.

use plaza_domain::audit::{Answer, Question};
use plaza_domain::charter::{Gap, OLD_DAYS};
use plaza_domain::day::Day;
use plaza_domain::kpi::KpiKind;

use crate::charter::facts::Facts;
use crate::charter::measure::Measuring;
use crate::connection::missing_secrets as missing;
use crate::drill::debt::OWED_DAYS;
use crate::error::Result;
use crate::integration::Severity;
use crate::staging::Rule;
use crate::workspace::Workspace;

/// Data of two missed weekly meetings are not fresh at all, days.
const STALE_DAYS: i32 = 2 * 7 + 1;

/// Rows that wait longer than this have been given up, days.
const GIVEN_UP_DAYS: i32 = 8 * 7;

/// Weeks without a number after which a success measure is not measured.
const MEASURED_WEEKS: i32 = 4;

/// Days whose runs tell how well it copes.
const RUN_DAYS: i32 = 28;

/// What Plaza found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// The charter is complete, in this version.
    CharterComplete(u32),
    /// It lacks something.
    CharterLacks(Vec<Gap>),
    /// There is none.
    NoCharter,
    /// This person owns it.
    Owned(String),
    /// The owner left on this day.
    OwnerLeft(String, Option<Day>),
    /// Nobody owns it.
    NoOwner,
    /// Its success is judged from its activation on.
    NotActive,
    /// The last week that was measured.
    Measured(plaza_domain::day::Week),
    /// No whole week yet.
    NotMeasuredYet,
    /// No week for a while.
    NotMeasured,
    /// All rules that keep rows out are on: how many there are.
    RulesOn(usize),
    /// These are off or only warn, of so many.
    RulesOff(Vec<Rule>, usize),
    /// Nothing waits.
    QuarantineEmpty,
    /// Rows wait, none of them long.
    QuarantineWorked(i64),
    /// So many wait for long; the oldest for so many days.
    QuarantineOld(i64, i32),
    /// It was last pulled so many days ago.
    Pulled(i32),
    /// It was never pulled.
    NeverPulled,
    /// Of so many runs of the last weeks so many failed or broke off.
    Runs(usize, usize),
    /// Its rows are in files.
    NoSecrets,
    /// So many secrets are kept, none is missing.
    SecretsKept(usize),
    /// So many of its secrets are missing.
    SecretsMissing(usize),
    /// So many runs are on record with what they read.
    Trail(usize),
    /// The charter says how people carry on.
    FallbackSaid,
    /// It does not.
    NoFallback,
    /// It was cut on purpose, last on this day.
    Drilled(Day),
    /// A drill is owed: the last one was on this day, or there was none.
    DrillOwed(Option<Day>),
    /// These active KPIs count what it brings.
    UsedBy(Vec<KpiKind>),
    /// None does.
    Unused,
}

impl Evidence {
    /// The answer that follows from it; nothing where it only helps a person to answer.
    pub(super) fn answer(&self) -> Option<Answer> {
        Some(match self {
            Self::CharterComplete(_)
            | Self::Owned(_)
            | Self::Measured(_)
            | Self::RulesOn(_)
            | Self::QuarantineEmpty
            | Self::QuarantineWorked(_)
            | Self::NoSecrets
            | Self::Drilled(_)
            | Self::Runs(0, _)
            | Self::SecretsKept(_)
            | Self::Trail(_) => Answer::Yes,
            Self::CharterLacks(_) | Self::NotMeasuredYet => Answer::Partial,
            Self::RulesOff(off, all) if off.len() < *all => Answer::Partial,
            Self::QuarantineOld(_, days) if *days <= GIVEN_UP_DAYS => Answer::Partial,
            Self::Pulled(days) if *days <= OLD_DAYS => Answer::Yes,
            Self::Pulled(days) if *days <= STALE_DAYS => Answer::Partial,
            Self::Runs(failed, all) if failed * 4 <= *all => Answer::Partial,
            Self::FallbackSaid | Self::UsedBy(_) => return None,
            _ => Answer::No,
        })
    }
}

/// How many secrets of its connection are not kept on this device; nothing where this device need not have them, since it
/// has never pulled it.
pub(super) fn missing_secrets(workspace: &Workspace, facts: &Facts) -> Result<Option<usize>> {
    let Some(definition) = &facts.definition else { return Ok(None) };
    let missing = missing(workspace, definition)?.len();
    Ok((facts.is_pulled_here || missing == 0).then_some(missing))
}

/// What is known about a question; nothing where only people know.
pub(super) fn find(
    question: Question,
    facts: &Facts,
    measuring: Option<&Measuring>,
    missing_secrets: Option<usize>,
) -> Option<Evidence> {
    match question {
        Question::Charter => Some(charter(facts)),
        Question::Owner => Some(owner(facts)),
        Question::Measure => Some(measure(facts, measuring)),
        Question::Rules => rules(facts),
        Question::Quarantine => facts.is_pulled_here.then(|| quarantine(facts)),
        Question::Fresh => Some(facts.age_days().map_or(Evidence::NeverPulled, Evidence::Pulled)),
        Question::Coupling => coupling(facts),
        Question::Secrets => {
            let definition = facts.definition.as_ref()?;
            let Some(connection) = &definition.connection else { return Some(Evidence::NoSecrets) };
            Some(match (missing_secrets?, connection.secret_slots().len()) {
                (_, 0) => Evidence::NoSecrets,
                (0, kept) => Evidence::SecretsKept(kept),
                (missing, _) => Evidence::SecretsMissing(missing),
            })
        }
        Question::Trail => Some(match facts.finished.len() {
            0 => Evidence::NeverPulled,
            runs => Evidence::Trail(runs),
        }),
        Question::Fallback => Some(match &facts.charter {
            Some(version) if !version.charter.fallback.is_empty() => fallback(facts),
            _ => Evidence::NoFallback,
        }),
        Question::Usage => {
            let mut used: Vec<KpiKind> = facts.used_by().iter().map(|definition| definition.kind).collect();
            used.sort_unstable();
            Some(if used.is_empty() { Evidence::Unused } else { Evidence::UsedBy(used) })
        }
        Question::Truth | Question::Exceptions => None,
    }
}

/// What drills say of the fallback. Whether people carried on by hand in earnest only they know, until a drill is owed.
fn fallback(facts: &Facts) -> Evidence {
    let recent = facts.drills.last_outage.filter(|day| facts.today - *day <= OWED_DAYS);
    match recent {
        Some(day) => Evidence::Drilled(day),
        None if facts.drills.is_debt(facts.active_since(), facts.today) => {
            Evidence::DrillOwed(facts.drills.last)
        }
        None => Evidence::FallbackSaid,
    }
}

fn charter(facts: &Facts) -> Evidence {
    let Some(version) = &facts.charter else { return Evidence::NoCharter };
    let gaps = facts.gaps();
    if gaps.is_empty() { Evidence::CharterComplete(version.version) } else { Evidence::CharterLacks(gaps) }
}

fn owner(facts: &Facts) -> Evidence {
    let owner = facts.charter.as_ref().and_then(|version| version.charter.owner.as_ref());
    match owner.and_then(|id| facts.person(id)) {
        None => Evidence::NoOwner,
        Some(person) if person.has_left(facts.today) => Evidence::OwnerLeft(person.name.clone(), person.left),
        Some(person) => Evidence::Owned(person.name.clone()),
    }
}

fn measure(facts: &Facts, measuring: Option<&Measuring>) -> Evidence {
    let (Some(since), Some(measuring)) = (facts.active_since(), measuring) else {
        return Evidence::NotActive;
    };
    let recent = facts.today.week().plus(-MEASURED_WEEKS);
    match measuring.latest() {
        Some(latest) if latest.week >= recent && latest.week >= since.week() => {
            Evidence::Measured(latest.week)
        }
        _ if since.week() >= recent => Evidence::NotMeasuredYet,
        _ => Evidence::NotMeasured,
    }
}

fn rules(facts: &Facts) -> Option<Evidence> {
    let table = &facts.definition.as_ref()?.rules;
    let keeping: Vec<Rule> =
        Rule::ALL.into_iter().filter(|rule| rule.default_severity() == Severity::Quarantine).collect();
    let off: Vec<Rule> =
        keeping.iter().copied().filter(|rule| rule.severity(table) != Severity::Quarantine).collect();
    // Rules that nobody may change do not speak for those that somebody switched off.
    let all = keeping.iter().filter(|rule| !rule.is_fixed()).count();
    Some(if off.is_empty() { Evidence::RulesOn(keeping.len()) } else { Evidence::RulesOff(off, all) })
}

const fn quarantine(facts: &Facts) -> Evidence {
    match (facts.waiting, facts.long_waiting) {
        (0, _) => Evidence::QuarantineEmpty,
        (waiting, (0, _)) => Evidence::QuarantineWorked(waiting),
        (_, (count, days)) => Evidence::QuarantineOld(count, days),
    }
}

fn coupling(facts: &Facts) -> Option<Evidence> {
    let from = facts.today.plus(-RUN_DAYS).to_string();
    let recent = facts.runs.iter().filter(|run| run.started.as_str() >= from.as_str());
    let told: Vec<&str> = recent
        .map(|run| run.state.as_str())
        .filter(|state| !matches!(*state, "cancelled" | "running"))
        .collect();
    let failed = told.iter().filter(|state| **state != "finished").count();
    (!told.is_empty()).then_some(Evidence::Runs(failed, told.len()))
}
