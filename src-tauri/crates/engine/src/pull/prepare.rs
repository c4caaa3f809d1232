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
        let context = JourneyContext::of(integration, &settings, &departments, &reasons)?;
        let plans = plans(integration, &reasons)?;
        let zone = settings.time_zone.to_string();
        let zones = Zones::new(&zone, integration.time_zone.as_deref())
            .map_err(|error| EngineError::invalid("time_zone", error.to_string()))?;
        let today = workspace.today()?;
        Ok(Self { workspace, integration, context, departments, plans, today, zones: Arc::new(zones) })
    }

    /// A fingerprint of how rows are read: when it changes, the same cells mean something else.
    pub(super) fn mapping(&self) -> Vec<u8> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.integration.system.as_bytes());
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
        RowRules::new(&self.integration.rules, &self.integration.streams[place], steps, tolerance, self.today)
    }
}

fn plans(integration: &Integration, reasons: &[String]) -> Result<Vec<StreamPlan>> {
    let mut position = |id: &str| reasons.iter().position(|one| one == id).map(|place| place as u16);
    let plans = integration
        .streams
        .iter()
        .map(|stream| StreamPlan::of(stream, &mut position))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| EngineError::invalid("stream", error.to_string()))?;
    if plans.iter().any(|plan| plan.has(Field::Ordered)) {
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
