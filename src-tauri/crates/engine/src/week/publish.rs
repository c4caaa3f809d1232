//! From tallies to observations: a week whose figures differ from its last published revision gets a new one.

use std::collections::BTreeMap;

use plaza_domain::day::{Day, Week};
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{
    Bases, KpiDefinition, Moved, Observation, ObservedPart, Payload, Ratio, RunId, cause_of,
};
use plaza_domain::journey::split::MILLION;
use plaza_domain::kpi::tally::{Beside, Level, Tally};
use plaza_domain::kpi::{Basis, KpiKind};
use plaza_store::ledger::Draft;

use super::{kpi_number, seats};
use crate::error::Result;
use crate::workspace::Workspace;

/// A week whose published figures changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedWeek {
    /// Which KPI.
    pub kind: KpiKind,
    /// Which week.
    pub week: Week,
    /// The new revision.
    pub revision: u32,
    /// Its value differs from the revision before (or there was none).
    pub value_changed: bool,
}

/// Brings the ledger's observations up to date with the tallies of all integrations: weeks that are over on `today`.
/// Repeating it after a crash adds nothing. `moved` says which journeys moved a week since it was last published.
///
/// # Errors
/// What the stores say; the observations are then as they were.
pub fn publish(
    workspace: &Workspace,
    run: &RunId,
    today: Day,
    moved: &BTreeMap<(KpiKind, Week), Moved>,
) -> Result<Vec<PublishedWeek>> {
    let seats = seats(workspace)?;
    let tallies = tallies(workspace)?;
    let (definitions, settings) = workspace.view(|view| Ok((view.kpis()?, view.settings()?)))?;
    let known_from = workspace.now_ms();
    let known_on = settings.time_zone.day_at(known_from);
    let (mut drafts, mut published) = (Vec::new(), Vec::new());
    for definition in definitions.iter().filter(|definition| definition.active) {
        let kind = definition.kind;
        let before: BTreeMap<Week, Observation> = workspace
            .view(|view| view.observations(&definition.kpi, None))?
            .into_iter()
            .map(|observation| (observation.week, observation))
            .collect();
        for week in weeks(&tallies, kind, before.keys().copied(), today) {
            let nothing = Tally::default();
            let tally = tallies.get(&(kind, week)).unwrap_or(&nothing);
            let last = before.get(&week);
            let mut next = observe(definition, week, tally, &seats);
            // A week in which nothing was ever counted has no value to publish.
            if last.is_none() && next.denominator == 0
                || last.is_some_and(|last| last.says_the_same_as(&next))
            {
                continue;
            }
            next.revision = last.map_or(1, |last| last.revision + 1);
            next.known_from = known_from;
            next.run = Some(run.clone());
            next.cause = cause_of(last, &next, known_on, settings.unsettled_until(week));
            if last.is_some() {
                next.moved = moved.get(&(kind, week)).cloned().unwrap_or_default();
            }
            published.push(PublishedWeek {
                kind,
                week,
                revision: next.revision,
                value_changed: last.is_none_or(|last| !last.has_value_of(&next)),
            });
            let words =
                ["observation".to_owned(), run.to_string(), definition.kpi.to_string(), week.to_string()];
            drafts.push(Draft::derived(Payload::ObservationPublished(next), words));
        }
    }
    if !drafts.is_empty() {
        workspace.ledger().append(&drafts, known_from)?;
    }
    Ok(published)
}

/// All tallies against the promise, those of several integrations added up.
pub(super) fn tallies(workspace: &Workspace) -> Result<BTreeMap<(KpiKind, Week), Tally>> {
    tallies_against(workspace, Basis::Promised)
}

/// All tallies against one of the customer's dates, those of several integrations added up.
pub(super) fn tallies_against(
    workspace: &Workspace,
    basis: Basis,
) -> Result<BTreeMap<(KpiKind, Week), Tally>> {
    let reader = workspace.intake_reader()?;
    let mut sums: BTreeMap<(KpiKind, Week), Tally> = BTreeMap::new();
    for row in reader.view().tallies(None)? {
        let Some(kind) = KpiKind::ALL.into_iter().find(|kind| kpi_number(*kind, basis) == row.kpi) else {
            continue;
        };
        let tally = Tally::from_bytes(&row.body).ok_or(plaza_store::StoreError::Damaged {
            place: "week_tally.body",
            fault: format!("week {}", Week(row.week)),
        })?;
        *sums.entry((kind, Week(row.week))).or_default() += &tally;
    }
    Ok(sums)
}

/// The weeks of a KPI to look at: those that are over and have a tally or an observation. *Late backlog* has every
/// week since the first promise: no late orders is the value 0.
pub(super) fn weeks(
    tallies: &BTreeMap<(KpiKind, Week), Tally>,
    kind: KpiKind,
    observed: impl Iterator<Item = Week>,
    today: Day,
) -> Vec<Week> {
    let last = today.week().plus(-1);
    let of = |wanted: KpiKind| tallies.keys().filter(move |(kind, _)| *kind == wanted).map(|(_, week)| *week);
    let mut weeks: Vec<Week> = of(kind).chain(observed).filter(|week| *week <= last).collect();
    if kind == KpiKind::LateBacklog
        && let Some(first) = of(KpiKind::PromiseKept).chain(of(kind)).min()
    {
        weeks.extend((first.0..=last.0).map(Week));
    }
    weeks.sort_unstable();
    weeks.dedup();
    weeks
}

/// A week's tally as an observation; revision, time and cause are still to be filled in.
pub(super) fn observe(
    definition: &KpiDefinition,
    week: Week,
    tally: &Tally,
    seats: &[DepartmentId],
) -> Observation {
    let parts = seats.iter().enumerate().map(|(seat, department)| ObservedPart {
        department: department.clone(),
        millionths: tally.parts[seat],
        late_microdays: tally.late_micro_days[seat],
    });
    let late_microdays = if definition.kind == KpiKind::LateBacklog {
        tally.numerator * MILLION
    } else {
        tally.late_days * MILLION
    };
    let promise = definition.kind == KpiKind::PromiseKept;
    Observation {
        kpi: definition.kpi.clone(),
        definition_version: definition.version,
        week,
        revision: 0,
        numerator: tally.numerator,
        denominator: tally.denominator(definition.kind),
        n: tally.n,
        // Journeys whose windows are open may still change the value: they make the week provisional likewise.
        pending: tally.pending,
        cancelled: tally.cancelled,
        parts: parts.filter(|part| part.millionths != 0 || part.late_microdays != 0).collect(),
        late_microdays,
        bases: if promise { bases(tally) } else { Bases::default() },
        beside: if promise { beside(tally) } else { unsettled(tally) },
        known_from: 0,
        run: None,
        moved: Moved::default(),
        cause: plaza_domain::event::Cause::First,
    }
}

/// Lines on time and in full against each of the customer's dates.
fn bases(tally: &Tally) -> Bases {
    let of = |basis: Basis| on_time_in_full(&tally.beside(basis).line);
    Bases { requested: of(Basis::Requested), promised: of(Basis::Promised), agreed: of(Basis::Agreed) }
}

const fn on_time_in_full(level: &Level) -> Option<Ratio> {
    if level.n > 0 { Some(Ratio { numerator: level.on_time_in_full, denominator: level.n }) } else { None }
}

fn unsettled(tally: &Tally) -> BTreeMap<String, Ratio> {
    let mut beside = BTreeMap::new();
    if tally.unsettled > 0 {
        beside.insert("unsettled".to_owned(), Ratio { numerator: tally.unsettled, denominator: tally.n });
    }
    if tally.without_promise > 0 {
        beside
            .insert("without_promise".to_owned(), Ratio { numerator: tally.without_promise, denominator: 1 });
    }
    beside
}

/// Orders and quantity, and early deliveries, by words such as `agreed_orders`.
fn beside(tally: &Tally) -> BTreeMap<String, Ratio> {
    let mut words = unsettled(tally);
    for basis in Basis::ALL {
        let Beside { line, order, quantity, early } = tally.beside(basis);
        let basis = match basis {
            Basis::Requested => "requested",
            Basis::Promised => "promised",
            Basis::Agreed => "agreed",
        };
        let figures = [
            ("orders", on_time_in_full(order)),
            ("quantity", on_time_in_full(quantity)),
            ("on_time", (line.n > 0).then_some(Ratio { numerator: line.on_time, denominator: line.n })),
            ("in_full", (line.n > 0).then_some(Ratio { numerator: line.in_full, denominator: line.n })),
            ("early", (line.n > 0).then_some(Ratio { numerator: *early, denominator: line.n })),
        ];
        for (figure, ratio) in figures {
            if let Some(ratio) = ratio {
                words.insert(format!("{basis}_{figure}"), ratio);
            }
        }
    }
    words
}
