//! Everything that a pull of one integration works with, found out before anything is changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use plaza_domain::cell::Zones;
use plaza_domain::day::Day;
use plaza_domain::department::DepartmentId;
use plaza_domain::journey::Milestone;
use plaza_domain::kpi::KpiKind;
use plaza_domain::record::Field;

use crate::error::{EngineError, Result};
use crate::integration::{FieldTable, Integration};
use crate::journey::context::JourneyContext;
use crate::staging::{RowRules, StreamPlan, rule_faults};
use crate::workspace::Workspace;

/// Bytes of the fingerprint of a mapping.
const MAPPING_BYTES: usize = 16;

/// Everything that a pull of one integration works with.
pub(super) struct Pull<'a> {
    pub workspace: &'a Workspace,
    pub integration: &'a Integration,
    /// The integration whose orders these are, where this one only adds to them.
    pub home: Option<Integration>,
    pub context: JourneyContext,
    pub departments: Vec<DepartmentId>,
    /// One for each stream of the integration.
    pub plans: Vec<StreamPlan>,
    pub today: Day,
    pub zones: Arc<Zones>,
}

impl<'a> Pull<'a> {
    pub(super) fn prepare(workspace: &'a Workspace, integration: &'a Integration) -> Result<Self> {
        let faults = rule_faults(integration);
        if !faults.is_empty() {
            let fields = faults.into_iter().map(|(path, fault)| (path, fault.to_string())).collect();
            return Err(EngineError::Invalid { fields });
        }
        let settings = workspace.settings()?;
        let departments = seats(workspace)?;
        name_reasons(workspace, integration, &departments)?;
        let reasons = workspace.intake().view().reason_departments()?;
        let home = home(workspace, integration)?;
        let kpis = workspace.view(|view| view.kpis())?;
        let counted = home.as_ref().unwrap_or(integration);
        let mut context = JourneyContext::of(counted, &settings, &departments, &reasons, &kpis)?;
        context.whole_orders |= maps_line(integration);
        let plans = plans(integration, &reasons)?;
        let zone = settings.time_zone.to_string();
        let zones = Zones::new(&zone, integration.time_zone.as_deref())
            .map_err(|error| EngineError::invalid("time_zone", error.to_string()))?;
        let today = workspace.today()?;
        Ok(Self { workspace, integration, home, context, departments, plans, today, zones: Arc::new(zones) })
    }

    /// A fingerprint of how rows are read: when it changes, the same cells mean something else.
    pub(super) fn mapping(&self) -> Vec<u8> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.integration.system.as_bytes());
        if self.home.is_some() {
            // Whose orders they are decides the keys of all rows.
            hasher.update(&[0]).update(self.context.system.as_bytes());
        }
        for stream in &self.integration.streams {
            let fields =
                serde_json::to_string(&(&stream.name, &stream.format, &stream.fields)).unwrap_or_default();
            hasher.update(fields.as_bytes());
        }
        hasher.finalize().as_bytes()[..MAPPING_BYTES].to_vec()
    }

    /// The rules that rows of a stream (by its place) are held against.
    pub(super) fn rules(&self, place: usize) -> RowRules {
        let tolerance = self.context.assembly.tolerance_permille;
        let steps = self.context.assembly.route.steps();
        let stream = &self.integration.streams[place];
        let rules = RowRules::new(&self.integration.rules, stream, steps, tolerance, self.today);
        if self.home.is_some() { rules.adding() } else { rules }
    }
}

/// The integration whose orders another one adds to.
///
/// # Errors
/// [`EngineError::Invalid`] where there is none in use of this id, where it adds to another's orders itself, or where an
/// integration with orders of its own has the system of another: their orders would be the same.
pub(crate) fn home(workspace: &Workspace, integration: &Integration) -> Result<Option<Integration>> {
    let Some(id) = &integration.orders_of else {
        return alone(workspace, integration).map(|()| None);
    };
    let wrong = |message: String| EngineError::invalid("orders_of", message);
    if *id == integration.id {
        return Err(wrong("an integration cannot add to its own orders".to_owned()));
    }
    let saved = workspace.view(|view| view.integration(&id.as_str().into()))?;
    let saved = saved.filter(|saved| saved.retired.is_none());
    let saved = saved.ok_or_else(|| wrong(format!("there is no integration “{id}” in use")))?;
    let home = Integration::from_toml(&saved.current.toml)?;
    match &home.orders_of {
        Some(other) => Err(wrong(format!("“{id}” adds to the orders of “{other}” itself: name that one"))),
        None => Ok(Some(home)),
    }
}

/// Whether an integration is the only one in use that brings the orders of its system.
fn alone(workspace: &Workspace, integration: &Integration) -> Result<()> {
    for other in workspace.view(|view| view.integrations())? {
        let Ok(definition) = Integration::from_toml(&other.current.toml) else { continue };
        let brings = definition.orders_of.is_none() && definition.system == integration.system;
        if other.retired.is_none() && brings && definition.id != integration.id {
            let message = format!(
                "“{}” ({}) brings the orders of “{}” already; to add to them, say orders_of = \"{}\"",
                definition.name, definition.id, definition.system, definition.id
            );
            return Err(EngineError::invalid("system", message));
        }
    }
    Ok(())
}

fn maps_line(integration: &Integration) -> bool {
    integration.streams.iter().any(|stream| stream.fields.contains_key(&Field::Line))
}

fn plans(integration: &Integration, reasons: &[String]) -> Result<Vec<StreamPlan>> {
    let mut position = |id: &str| reasons.iter().position(|one| one == id).map(|place| place as u16);
    let plans = integration
        .streams
        .iter()
        .map(|stream| StreamPlan::of(stream, &mut position))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| EngineError::invalid("stream", error.to_string()))?;
    if integration.orders_of.is_some() || plans.iter().any(|plan| plan.has(Field::Ordered)) {
        return Ok(plans);
    }
    Err(EngineError::invalid("stream", "no stream maps “ordered”, the day on which a journey begins"))
}

/// The ids of the workspace's departments, in order: their seats.
pub(crate) fn seats(workspace: &Workspace) -> Result<Vec<DepartmentId>> {
    let mut ids: Vec<DepartmentId> =
        workspace.view(|view| view.departments())?.into_iter().map(|department| department.id).collect();
    ids.sort();
    Ok(ids)
}

/// The KPIs that an integration's milestones and fields allow.
pub(crate) fn kinds_of(integration: &Integration) -> BTreeSet<KpiKind> {
    let has = |milestone: Milestone| integration.route.legs.iter().any(|leg| leg.to == milestone);
    let maps = |fields: &[Field]| {
        integration.streams.iter().any(|stream| fields.iter().any(|field| stream.fields.contains_key(field)))
    };
    let mut kinds = BTreeSet::new();
    if maps(&[Field::Promised]) {
        kinds.extend([KpiKind::PromiseKept, KpiKind::PromiseRealism, KpiKind::LateBacklog]);
    }
    if has(Milestone::Paid) {
        kinds.insert(KpiKind::OrderToCash);
    }
    if maps(&[Field::ReturnedOn, Field::CreditedOn, Field::DisputedOn]) {
        kinds.insert(KpiKind::RightFirstTime);
    }
    kinds
}

/// Departments that the mapping names as reasons get their position in the list that facts refer to.
fn name_reasons(
    workspace: &Workspace,
    integration: &Integration,
    departments: &[DepartmentId],
) -> Result<()> {
    let mut named = BTreeSet::new();
    for stream in &integration.streams {
        for field in [Field::ReturnReason, Field::CreditReason, Field::DisputeReason] {
            if let Some(FieldTable::Read(read)) = stream.fields.get(&field) {
                named.extend(read.values.values().map(String::as_str));
            }
        }
    }
    named.retain(|word| departments.iter().any(|one| one.as_str() == *word));
    let mut intake = workspace.intake();
    let known = intake.view().reason_departments()?;
    named.retain(|word| !known.iter().any(|one| one == word));
    if named.is_empty() {
        return Ok(());
    }
    let load = intake.load()?;
    for word in named {
        load.put_reason_department(word)?;
    }
    Ok(load.commit()?)
}
