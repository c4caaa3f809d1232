//! Reading the definitions of joint KPIs.

use std::collections::BTreeSet;

use plaza_domain::event::KpiDefinition;
use plaza_domain::journey::Milestone;
use plaza_domain::kpi::retirement::{UNDISCUSSED_WEEKS, asked_again};
use plaza_domain::kpi::{KpiKind, KpiSettings};
use plaza_domain::language::Language;
use plaza_domain::person::{Person, PersonId};
use plaza_domain::record::Field;

use super::board::own;
use super::definition::{
    DefinitionForm, DefinitionList, DefinitionPage, DefinitionRow, KeptView, RetirementView, SettingsForm,
};
use super::flow::departments_in_flow;
use super::series::{Series, count, moment};
use super::{DepartmentView, Unit};
use crate::definition::{ACTIVE_MAX, Names, differences};
use crate::error::{EngineError, Result};
use crate::integration::Integration;
use crate::workspace::Workspace;

impl DefinitionList {
    /// Reads all definitions.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn read(workspace: &Workspace, language: Language) -> Result<Self> {
        let (definitions, people) = workspace.view(|view| Ok((view.kpis()?, view.people()?)))?;
        let departments = departments_in_flow(workspace)?;
        let names = Names { people: &people, departments: &departments, language };
        let active = definitions.iter().filter(|one| one.active).count();
        let retirements = workspace.retirements()?;
        let zone = workspace.settings()?.time_zone;
        let mut rows = Vec::new();
        for definition in definitions {
            let kpi = definition.kpi.clone();
            let mut row = row(workspace, definition, &people, &names)?;
            row.retirement = retirements.proposed.get(&kpi).map(|proposal| RetirementView {
                weeks: UNDISCUSSED_WEEKS,
                from: proposal.from.to_string(),
                held: proposal.held,
                last_discussed: proposal.last_discussed.map(|day| day.to_string()),
            });
            let kept = retirements.kept.get(&kpi).filter(|_| row.active);
            row.kept = kept.map(|kept| KeptView {
                by: person_name(&people, kept.act.person.as_ref()),
                at: moment(kept.act.at.wall_ms),
                reason: kept.reason.clone(),
                asked_again: asked_again(zone.day_at(kept.act.at.wall_ms)).to_string(),
            });
            rows.push(row);
        }
        rows.sort_by_key(|row| (!row.active, row.kpi));
        Ok(Self { most: ACTIVE_MAX as u32, active: count(active as i64), rows })
    }
}

fn person_name(people: &[Person], id: Option<&PersonId>) -> Option<String> {
    people.iter().find(|person| Some(&person.id) == id).map(|person| person.name.clone())
}

fn row(
    workspace: &Workspace,
    definition: KpiDefinition,
    people: &[Person],
    names: &Names<'_>,
) -> Result<DefinitionRow> {
    let versions = workspace.view(|view| view.kpi_versions(&definition.kpi))?;
    let person = |id| person_name(people, id);
    let last = versions
        .last()
        .ok_or_else(|| EngineError::NotFound { noun: "KPI", name: definition.kpi.to_string() })?;
    let before = versions.len().checked_sub(2).and_then(|place| versions.get(place));
    let unit = if definition.kind.is_percent() { Unit::Percent } else { Unit::Days };
    let mut row = DefinitionRow {
        kpi: definition.kind,
        name: own(&definition.name),
        question: own(&definition.question),
        decision: own(&definition.decision),
        decides: person(definition.decider.as_ref()),
        active: definition.active,
        version: definition.version,
        since: moment(last.act.at.wall_ms),
        by: person(last.act.person.as_ref()),
        changes: before.map_or_else(Vec::new, |before| differences(&before.definition, &definition, names)),
        unit,
        target: definition.target_millionths.map(|target| target as f64 / 1_000_000.0),
        latest: None,
        retirement: None,
        kept: None,
    };
    row.latest = Series::read(workspace, definition, None)?.latest();
    Ok(row)
}

impl DefinitionPage {
    /// Reads one definition as its form.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for a KPI without a definition.
    pub fn read(workspace: &Workspace, kind: KpiKind) -> Result<Self> {
        let definition = workspace.definition(kind)?;
        let departments = departments_in_flow(workspace)?;
        let departments = departments
            .iter()
            .filter(|department| department.active || definition.owners.contains_key(&department.id));
        Ok(Self {
            kpi: kind,
            unit: if kind.is_percent() { Unit::Percent } else { Unit::Days },
            higher_is_better: definition.direction == "higher",
            departments: departments.map(DepartmentView::from).collect(),
            offers: offers(workspace, kind)?.into_iter().map(str::to_owned).collect(),
            form: DefinitionForm::of(&definition),
        })
    }
}

impl DefinitionForm {
    /// A definition as its form.
    pub fn of(definition: &KpiDefinition) -> Self {
        Self {
            version: definition.version,
            name: definition.name.clone(),
            question: definition.question.clone(),
            decision: definition.decision.clone(),
            decides: definition.decider.as_ref().map(ToString::to_string),
            owners: definition
                .owners
                .iter()
                .map(|(id, person)| (id.to_string(), person.to_string()))
                .collect(),
            target: definition.target_millionths.map(|target| target as f64 / 1_000_000.0),
            rule_set: if definition.rule_set == "wheeler" { "wheeler" } else { "mdc" }.to_owned(),
            screening: definition.screening,
            baseline: definition.baseline_n,
            active: definition.active,
            settings: SettingsForm::of(&KpiSettings::of(&definition.settings)),
        }
    }
}

impl SettingsForm {
    fn of(settings: &KpiSettings) -> Self {
        let [counts_returns, counts_credits, counts_disputes] = settings.counts_after;
        let [returns_to, credits_to, disputes_to] =
            settings.unnamed.clone().map(|id| id.map(|id| id.to_string()));
        Self {
            counts_short: settings.counts_short,
            counts_invoice: settings.counts_invoice,
            invoicing_days: settings.invoicing_days.map(f64::from),
            credit_window_days: f64::from(settings.credit_window_days),
            return_window_days: f64::from(settings.return_window_days),
            counts_returns,
            counts_credits,
            counts_disputes,
            returns_to,
            credits_to,
            disputes_to,
        }
    }
}

/// The settings of a kind that can change a number here: what no integration brings cannot be counted otherwise.
fn offers(workspace: &Workspace, kind: KpiKind) -> Result<BTreeSet<&'static str>> {
    let mut offers = BTreeSet::new();
    for saved in workspace.view(|view| view.integrations())? {
        let Some(one) = Integration::from_toml(&saved.current.toml).ok().filter(|_| saved.retired.is_none())
        else {
            continue;
        };
        let maps = |fields: &[Field]| {
            one.streams.iter().any(|stream| fields.iter().any(|field| stream.fields.contains_key(field)))
        };
        let found: [(&'static str, bool); 5] = match kind {
            KpiKind::PromiseKept => {
                let came = maps(&[Field::ShippedQuantity, Field::DeliveredQuantity]);
                let invoiced = one.route.legs.iter().any(|leg| leg.to == Milestone::Invoiced);
                [("short", came), ("invoice", invoiced), ("", false), ("", false), ("", false)]
            }
            KpiKind::RightFirstTime => [
                ("returns", maps(&[Field::ReturnedOn, Field::ReturnedQuantity])),
                ("credits", maps(&[Field::CreditedOn])),
                ("disputes", maps(&[Field::DisputedOn])),
                ("", false),
                ("", false),
            ],
            KpiKind::OrderToCash | KpiKind::PromiseRealism | KpiKind::LateBacklog => [("", false); 5],
        };
        offers.extend(found.into_iter().filter(|(_, is_there)| *is_there).map(|(word, _)| word));
    }
    Ok(offers)
}
