//! A picture of what a person sees when they flag something, and who answers for it.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::department::DepartmentId;
use plaza_domain::event::{
    Anchor, IntegrationId, KpiDefinition, KpiId, Observation, PlacementId, RotationId, RunId, Seen, SeenFact,
    SignalLimits,
};
use plaza_domain::kpi::judge::Judged;
use plaza_domain::language::Language;
use plaza_domain::person::PersonId;
use plaza_domain::record::Field;
use plaza_domain::signal::Behaviour;

use crate::error::{EngineError, Result};
use crate::meeting::words::pick;
use crate::page::order::OrderPage;
use crate::page::series::Series;
use crate::signal::{part_of, value_of};
use crate::split::Disputed;
use crate::truth::map;
use crate::words::{self, field_name};
use crate::workspace::Workspace;

const MILLION: f64 = 1_000_000.0;

/// What is seen, and who is asked.
pub(crate) struct Picture {
    pub seen: Seen,
    /// Who answers for it, each with why, in the reader's language; the first reason where there are several.
    pub owners: Vec<(PersonId, String)>,
    pub departments: BTreeSet<DepartmentId>,
}

/// Looks at what an anchor names, as it is now.
///
/// # Errors
/// [`EngineError::NotFound`] for something that is not there.
pub(crate) fn picture(workspace: &Workspace, anchor: &Anchor, language: Language) -> Result<Picture> {
    let mut picture = match anchor {
        Anchor::Kpi { kpi, part } | Anchor::Week { kpi, part, .. } | Anchor::Signal { kpi, part, .. } => {
            of_chart(workspace, anchor, kpi, part.as_ref(), language)?
        }
        Anchor::Order { integration, order, line } => {
            let (mut picture, _) = of_order(workspace, integration, (order, line), language)?;
            own_integration(workspace, &mut picture, integration, language)?;
            picture
        }
        Anchor::Record { integration, order, line, record } => {
            let (mut picture, page) = of_order(workspace, integration, (order, line), language)?;
            own_fields(workspace, &mut picture, integration, (&page, record), language)?;
            own_integration(workspace, &mut picture, integration, language)?;
            picture
        }
        Anchor::Split { integration, order, line } => {
            let (mut picture, _) = of_order(workspace, integration, (order, line), language)?;
            own_split(workspace, &mut picture, (integration, order, line), language)?;
            picture
        }
        Anchor::Run { integration, run } => of_run(workspace, integration, run, language)?,
        Anchor::Debrief { rotation, placement } => of_debrief(workspace, rotation, placement, language)?,
    };
    picture.seen.at = workspace.now_ms();
    let today = workspace.today()?;
    let people = workspace.view(|view| view.people())?;
    let mut known = BTreeSet::new();
    picture.owners.retain(|(id, _)| {
        let is_here = people.iter().any(|person| person.id == *id && !person.has_left(today));
        is_here && known.insert(id.clone())
    });
    Ok(picture)
}

fn nothing() -> Picture {
    Picture { seen: Seen::default(), owners: Vec::new(), departments: BTreeSet::new() }
}

fn of_chart(
    workspace: &Workspace,
    anchor: &Anchor,
    kpi: &KpiId,
    part: Option<&DepartmentId>,
    language: Language,
) -> Result<Picture> {
    let definition = workspace
        .view(|view| view.kpi(kpi))?
        .ok_or_else(|| EngineError::NotFound { noun: "KPI", name: kpi.to_string() })?;
    let series = Series::read(workspace, definition, None)?;
    let charts = series.charts()?;
    let observation = match anchor.week() {
        Some(week) => {
            let found = series.observations.iter().find(|one| one.week == week);
            let found = match found {
                Some(found) => Some(found.clone()),
                // A week that is still being made is on no chart, and may be flagged all the same.
                None => workspace.view(|view| view.observation(kpi, week))?,
            };
            Some(found.ok_or_else(|| EngineError::NotFound { noun: "week", name: week.to_string() })?)
        }
        None => series.observations.iter().rfind(|one| one.denominator > 0).cloned(),
    };
    let definition = &series.definition;
    let mut picture = nothing();
    picture.seen.definition = Some(definition.version);
    picture.seen.target_millionths = definition.target_millionths.filter(|_| part.is_none());
    picture.seen.good_at = workspace.view(|view| view.runs(None, 1))?.first().map(|run| run.ended_at);
    if let Some(observation) = &observation {
        see(&mut picture.seen, definition, observation, part);
        let behaviour = match part {
            None => Some(&charts.whole),
            Some(part) => charts.parts.get(part),
        };
        picture.seen.limits = behaviour.and_then(|behaviour| limits(behaviour, observation));
    }
    own(&mut picture, &series, observation.as_ref(), part, language);
    Ok(picture)
}

/// The numbers of an observation.
pub(crate) fn see(
    seen: &mut Seen,
    definition: &KpiDefinition,
    observation: &Observation,
    part: Option<&DepartmentId>,
) {
    let millionths = |number: f64| (number * MILLION).round() as i64;
    let value = match part {
        None => value_of(definition, observation),
        Some(part) => part_of(definition, observation, part),
    };
    seen.week = Some(observation.week);
    seen.value_millionths = value.map(|value| millionths(value.number()));
    seen.n = Some(observation.n);
    seen.revision = Some(observation.revision);
    seen.parts = if part.is_none() { parts(definition, observation) } else { BTreeMap::new() };
}

fn parts(definition: &KpiDefinition, observation: &Observation) -> BTreeMap<DepartmentId, i64> {
    let each = observation.parts.iter().filter_map(|one| {
        let value = part_of(definition, observation, &one.department)?;
        Some((one.department.clone(), (value.number() * MILLION).round() as i64))
    });
    each.collect()
}

fn limits(behaviour: &Behaviour, observation: &Observation) -> Option<SignalLimits> {
    let point = behaviour.points.iter().find(|point| point.day == observation.week.monday());
    let phase = match point {
        Some(point) => behaviour.phases.get(point.phase),
        None => behaviour.phases.last(),
    }?;
    let limits = phase.limits?;
    let millionths = |number: f64| (number * MILLION).round() as i64;
    Some(SignalLimits {
        mean_millionths: millionths(phase.mean?),
        lower_millionths: millionths(limits.lower),
        upper_millionths: millionths(limits.upper),
    })
}

/// Who decides about the number, and who answers for its parts: of a part its owner, of the whole whoever has a part in
/// that week's gap.
fn own(
    picture: &mut Picture,
    series: &Series,
    observation: Option<&Observation>,
    part: Option<&DepartmentId>,
    language: Language,
) {
    let definition = &series.definition;
    if let Some(decider) = &definition.decider {
        let why = pick(language, ["decides about it", "entscheidet darüber", "decide sobre ello"]);
        picture.owners.push((decider.clone(), why.to_owned()));
    }
    let concerned: Vec<&DepartmentId> = match (part, observation) {
        (Some(part), _) => vec![part],
        (None, Some(observation)) => {
            observation.parts.iter().filter(|one| one.millionths != 0).map(|one| &one.department).collect()
        }
        (None, None) => Vec::new(),
    };
    for department in concerned {
        picture.departments.insert(department.clone());
        if let Some(owner) = definition.owners.get(department) {
            let name = series.department_name(department);
            let why = match language {
                Language::En => format!("answers for the part of {name}"),
                Language::De => format!("verantwortet den Anteil von {name}"),
                Language::Es => format!("responde de la parte de {name}"),
            };
            picture.owners.push((owner.clone(), why));
        }
    }
}

fn of_order(
    workspace: &Workspace,
    integration: &IntegrationId,
    (order, line): (&str, &str),
    language: Language,
) -> Result<(Picture, OrderPage)> {
    let home = workspace.home_integration(integration.as_str())?;
    let page = OrderPage::read(workspace, order, line, Some(&home.system), language)?;
    let mut picture = nothing();
    picture.seen.facts = facts(&page);
    picture.seen.good_at =
        workspace.view(|view| view.runs(Some(integration), 1))?.first().map(|run| run.ended_at);
    let kpis = workspace.view(|view| view.kpis())?;
    let promise = kpis.into_iter().find(|one| one.kind == plaza_domain::kpi::KpiKind::PromiseKept);
    for share in page.shares.iter().filter(|share| share.value > 0.0) {
        let Ok(department) = share.department.parse::<DepartmentId>() else { continue };
        let owner = promise.as_ref().and_then(|kpi| kpi.owners.get(&department)).cloned();
        let why = pick(
            language,
            ["answers for a part of it", "verantwortet einen Anteil daran", "responde de una parte"],
        );
        picture.owners.extend(owner.map(|owner| (owner, why.to_owned())));
        picture.departments.insert(department);
    }
    Ok((picture, page))
}

/// Whoever answers for a field that the record speaks of, where the truth map names somebody.
fn own_fields(
    workspace: &Workspace,
    picture: &mut Picture,
    integration: &IntegrationId,
    (page, record): (&OrderPage, &str),
    language: Language,
) -> Result<()> {
    let Some(record) = page.records.iter().find(|one| one.id == record) else { return Ok(()) };
    let fields = record.cells.iter().flat_map(|cell| &cell.fields);
    let spoken: Vec<Field> = fields.filter_map(|word| words::field(word).ok()).collect();
    let home = workspace.home_integration(integration.as_str())?;
    for row in map::map(workspace, &home)?.into_iter().filter(|row| row.said.is_some()) {
        let is_spoken_of = spoken.contains(&row.field);
        let Some(owner) = row.owner.filter(|_| is_spoken_of) else { continue };
        let field = field_name(row.field, language);
        let why = match language {
            Language::En => format!("answers for the field “{field}”"),
            Language::De => format!("verantwortet das Feld „{field}“"),
            Language::Es => format!("responde del campo «{field}»"),
        };
        picture.owners.push((owner, why));
    }
    Ok(())
}

/// The number that a split is a part of: the KPI, its week and revision; and whoever decides about it.
fn own_split(
    workspace: &Workspace,
    picture: &mut Picture,
    (integration, order, line): (&IntegrationId, &str, &str),
    language: Language,
) -> Result<()> {
    let Some(kpi) = workspace.split_kpi()? else { return Ok(()) };
    let disputed = Disputed::find(workspace, integration, order, line)?;
    if let Some(week) = disputed.judged.as_ref().map(Judged::week) {
        let observation = workspace.view(|view| view.observation(&kpi.kpi, week))?;
        picture.seen.week = Some(week);
        picture.seen.revision = observation.map(|observation| observation.revision);
    }
    picture.seen.definition = Some(kpi.version);
    picture.seen.kpi = Some(kpi.kpi);
    let why = pick(language, ["decides about it", "entscheidet darüber", "decide sobre ello"]);
    picture.owners.extend(kpi.decider.map(|decider| (decider, why.to_owned())));
    Ok(())
}

/// What an order's page says, in codes: the words are the reader's.
pub(crate) fn facts(page: &OrderPage) -> Vec<SeenFact> {
    let mut facts = Vec::new();
    let mut fact = |name: &str, text: Option<String>| {
        facts.extend(text.map(|text| SeenFact { name: name.to_owned(), text }));
    };
    fact("customer", page.customer.clone());
    fact("requested", page.requested.clone());
    fact("promised", page.promised.clone());
    fact("agreed", page.agreed.clone());
    fact("reached", page.reached.clone());
    fact("lateness", page.lateness_days.map(|days| days.to_string()));
    fact("outcome", Some(page.outcome.clone()));
    for share in &page.shares {
        fact(&format!("share:{}", share.department), Some(format!("{:.2}", share.value)));
    }
    facts
}

fn own_integration(
    workspace: &Workspace,
    picture: &mut Picture,
    integration: &IntegrationId,
    language: Language,
) -> Result<()> {
    let charter = workspace.view(|view| view.charter(integration))?;
    let owner = charter.and_then(|version| version.charter.owner);
    let why = pick(
        language,
        ["answers for the integration", "verantwortet die Anbindung", "responde de la integración"],
    );
    picture.owners.extend(owner.map(|owner| (owner, why.to_owned())));
    Ok(())
}

fn of_run(
    workspace: &Workspace,
    integration: &IntegrationId,
    run: &RunId,
    language: Language,
) -> Result<Picture> {
    workspace.integration_in_use(integration.as_str())?;
    let finished = workspace
        .view(|view| view.run(run))?
        .ok_or_else(|| EngineError::NotFound { noun: "run", name: run.to_string() })?;
    let mut picture = nothing();
    picture.seen.good_at = Some(finished.ended_at);
    picture.seen.facts = finished
        .counts
        .iter()
        .map(|(name, count)| SeenFact { name: format!("rows:{name}"), text: count.to_string() })
        .collect();
    own_integration(workspace, &mut picture, integration, language)?;
    Ok(picture)
}

/// What a visitor brought home, with whoever they turned to, the heads of the host, and the visitor.
fn of_debrief(
    workspace: &Workspace,
    rotation: &RotationId,
    placement: &PlacementId,
    language: Language,
) -> Result<Picture> {
    let known = workspace.rotation(rotation)?;
    let visit = known.visits.get(placement);
    let found = visit.and_then(|visit| visit.debrief.as_ref().map(|debrief| (visit, &debrief.what)));
    let (visit, debrief) =
        found.ok_or_else(|| EngineError::NotFound { noun: "debrief", name: placement.to_string() })?;
    let mut picture = nothing();
    for (name, text) in
        [("saw", &debrief.saw), ("surprised", &debrief.surprised), ("change", &debrief.change)]
    {
        if !text.is_empty() {
            picture.seen.facts.push(SeenFact { name: format!("debrief:{name}"), text: text.clone() });
        }
    }
    let host = &visit.placed.host;
    let rule = known.program.what.departments.iter().find(|rule| rule.department == *host);
    let asked = pick(language, ["was the host", "hat den Besuch empfangen", "recibió la visita"]);
    let contact = rule.and_then(|rule| rule.contact.clone());
    picture.owners.extend(contact.map(|contact| (contact, asked.to_owned())));
    let leads = pick(language, ["leads the host", "leitet die besuchte Abteilung", "dirige el departamento"]);
    let people = workspace.view(|view| view.people())?;
    let heads = people.into_iter().filter(|person| {
        person.department.as_ref() == Some(host) && person.roles.contains(&plaza_domain::person::Role::Head)
    });
    picture.owners.extend(heads.map(|head| (head.id, leads.to_owned())));
    let wrote = pick(language, ["wrote it", "hat es geschrieben", "lo escribió"]);
    picture.owners.push((visit.placed.visitor.clone(), wrote.to_owned()));
    picture.departments.extend([visit.placed.home.clone(), host.clone()]);
    Ok(picture)
}
