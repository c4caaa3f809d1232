//! Signals of a KPI: its process behaviour chart and those of its parts, from observations, signed phases and
//! ghosts.

use std::collections::BTreeMap;

use plaza_domain::day::{Day, Week};
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{KpiDefinition, Observation};
use plaza_domain::kpi::KpiKind;
use plaza_domain::signal::{
    Baseline, Behaviour, Direction, Options, OutOfOrder, PhaseStart, Point, RuleSet, Value, compute,
};

/// One million: the unit of shares.
const MILLION: i64 = 1_000_000;

/// What people have signed about one chart.
#[derive(Clone, Debug, Default)]
pub struct Signed {
    /// First days of phases.
    pub phases: Vec<Day>,
    /// Ghosted weeks with their reasons.
    pub ghosts: BTreeMap<Week, String>,
}

/// The charts of one KPI.
#[derive(Clone, Debug)]
pub struct Charts {
    /// The KPI itself.
    pub whole: Behaviour,
    /// Each department that ever had a part, in order of id.
    pub parts: BTreeMap<DepartmentId, Behaviour>,
}

/// An observation's value in the KPI's unit; `None` when nothing was counted.
pub fn value_of(definition: &KpiDefinition, observation: &Observation) -> Option<Value> {
    Value::rate(observation.numerator, observation.denominator, scale(definition))
}

/// One department's part of an observation, in the KPI's unit.
pub fn part_of(
    definition: &KpiDefinition,
    observation: &Observation,
    department: &DepartmentId,
) -> Option<Value> {
    let millionths = match observation.parts.iter().find(|part| part.department == *department) {
        Some(part) => part.millionths,
        // Nothing was said of it: that is not nought.
        None if definition.kind == KpiKind::Measure => return None,
        None => 0,
    };
    Value::rate(millionths, observation.denominator.checked_mul(MILLION)?, scale(definition))
}

fn scale(definition: &KpiDefinition) -> i64 {
    if definition.is_percent() { 100 } else { 1 }
}

/// Computes the charts of one KPI from its latest observations in order of week. `signed` holds what was signed
/// for the whole (`None`) and for parts.
///
/// # Errors
/// [`OutOfOrder`] when the observations are not in order of week.
pub fn charts(
    definition: &KpiDefinition,
    observations: &[&Observation],
    signed: &BTreeMap<Option<DepartmentId>, Signed>,
) -> Result<Charts, OutOfOrder> {
    let nothing = Signed::default();
    let of = |part: Option<&DepartmentId>| signed.get(&part.cloned()).unwrap_or(&nothing);
    let points = |part: Option<&DepartmentId>| -> Vec<Point> {
        let ghosts = &of(part).ghosts;
        observations
            .iter()
            .filter_map(|observation| {
                let value = match part {
                    Some(department) => part_of(definition, observation, department),
                    None => value_of(definition, observation),
                }?;
                let point = Point::new(observation.week.monday(), value);
                Some(if ghosts.contains_key(&observation.week) { point.ghosted() } else { point })
            })
            .collect()
    };
    let whole = compute(&points(None), &options(definition, of(None), false))?;
    let departments: std::collections::BTreeSet<&DepartmentId> =
        observations.iter().flat_map(|observation| &observation.parts).map(|part| &part.department).collect();
    let parts = departments
        .into_iter()
        .map(|department| {
            let behaviour =
                compute(&points(Some(department)), &options(definition, of(Some(department)), true))?;
            Ok((department.clone(), behaviour))
        })
        .collect::<Result<_, OutOfOrder>>()?;
    Ok(Charts { whole, parts })
}

/// The options of a chart. A part of a gap is always better when it is smaller, one of a measure as the measure is; none
/// has a target of its own.
fn options(definition: &KpiDefinition, signed: &Signed, part: bool) -> Options {
    let direction = match definition.direction.as_str() {
        _ if part && definition.kind != KpiKind::Measure => Direction::Lower,
        "higher" => Direction::Higher,
        "lower" => Direction::Lower,
        _ => Direction::Neutral,
    };
    let baseline = definition.baseline_n.and_then(|n| Baseline::new(n).ok());
    let mut phases = signed.phases.clone();
    phases.sort_unstable();
    phases.dedup();
    Options {
        rule_set: rule_set(&definition.rule_set),
        direction,
        target: definition.target_millionths.filter(|_| !part).map(|target| target as f64 / MILLION as f64),
        screening: definition.screening,
        baseline,
        phases: phases.into_iter().map(|day| PhaseStart { day, baseline }).collect(),
    }
}

/// The rule set that a definition's word names; a word of a newer Plaza is read as the default.
pub fn rule_set(word: &str) -> RuleSet {
    if word == "wheeler" { RuleSet::Wheeler } else { RuleSet::MakingDataCount }
}
