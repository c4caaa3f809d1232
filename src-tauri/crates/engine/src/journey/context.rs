//! What assembling and counting an integration's journeys depends on, gathered from its definition, the workspace's
//! settings and departments.

use plaza_domain::day::Day;
use plaza_domain::department::DepartmentId;
use plaza_domain::event::KpiDefinition;
use plaza_domain::journey::assemble::AssemblyRules;
use plaza_domain::journey::plan::{LeadTimes, Route, StandardSet, Standards};
use plaza_domain::journey::{DEPARTMENTS_MAX, Milestone, PerMilestone, Seat};
use plaza_domain::kpi::{Basis, KpiKind, KpiRules, KpiSettings};
use plaza_domain::workspace::Settings;

use crate::error::{EngineError, Result};
use crate::integration::{Integration, StandardTable};

/// Everything that a journey of one integration depends on besides its records.
#[derive(Clone, Debug)]
pub struct JourneyContext {
    /// For assembling.
    pub assembly: AssemblyRules,
    /// For counting.
    pub kpi: KpiRules,
    /// Departments by seat.
    pub departments: Vec<DepartmentId>,
    /// The system that is part of every key.
    pub system: String,
    /// Rows without a line number are about the whole order (else about its only line).
    pub whole_orders: bool,
    /// What the counts depend on, as a fingerprint.
    pub basis: Vec<u8>,
}

impl JourneyContext {
    /// Gathers it. `departments` are the workspace's, `reasons` the list of those that mappings name, `kpis` the definitions
    /// in force.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] names everything that is wrong with route and standards.
    pub fn of(
        integration: &Integration,
        settings: &Settings,
        departments: &[DepartmentId],
        reasons: &[String],
        kpis: &[KpiDefinition],
    ) -> Result<Self> {
        let mut departments = departments.to_vec();
        departments.sort();
        departments.truncate(DEPARTMENTS_MAX);
        let seat =
            |id: &str| departments.iter().position(|one| one.as_str() == id).map(|place| Seat(place as u8));
        let mut wrong = Vec::new();
        let mut named = |id: &str| {
            seat(id).unwrap_or_else(|| {
                wrong.push(("route".to_owned(), format!("there is no department “{id}” in this workspace")));
                Seat(0)
            })
        };
        let promiser = named(&integration.route.promised_by);
        let mut steps = vec![(Milestone::Ordered, None)];
        steps.extend(integration.route.legs.iter().map(|leg| (leg.to, Some(named(&leg.department)))));
        let route = Route::new(&steps, integration.route.promise, promiser).map_err(|faults| {
            EngineError::Invalid {
                fields: faults.iter().map(|fault| ("route".into(), fault.to_string())).collect(),
            }
        })?;
        let standards = standards(&integration.standards);
        wrong.extend(standards.faults(&route).iter().map(|fault| ("standard".to_owned(), fault.to_string())));
        if !wrong.is_empty() {
            return Err(EngineError::Invalid { fields: wrong });
        }
        let calendar = settings.calendar();
        let workspace_tolerance = settings.tolerance_millionths / 1000;
        let tolerance_permille = match integration.route.tolerance_per_mille {
            0 => workspace_tolerance,
            own => i64::from(own),
        };
        let default = |milestone| standards.sets().first().and_then(|set| set.default[milestone]);
        let invoicing_days = default(Milestone::Invoiced).unwrap_or(0);
        let mut kpi = KpiRules {
            tolerance_permille,
            stated_invoicing_days: integration.route.invoicing_days.map(i32::from),
            ..KpiRules::new(route, calendar.clone(), invoicing_days)
        };
        for kind in KpiKind::ALL {
            let Some(definition) = kpis.iter().find(|one| one.kind == kind) else { continue };
            kpi.set(kind, &KpiSettings::of(&definition.settings), |id| seat(id.as_str()));
        }
        let whole_orders = integration
            .streams
            .iter()
            .any(|stream| stream.fields.contains_key(&plaza_domain::record::Field::Line));
        let basis = blake3::hash(format!("1 {kpi:?} {departments:?}").as_bytes()).as_bytes()[..16].to_vec();
        let reason_seats = reasons.iter().map(|id| seat(id)).collect();
        Ok(Self {
            assembly: AssemblyRules { route, standards, calendar, tolerance_permille, reason_seats },
            kpi,
            departments,
            system: integration.system.clone(),
            whole_orders,
            basis,
        })
    }

    /// The same, counted against another of the customer's dates.
    #[must_use]
    pub fn against(&self, basis: Basis) -> KpiRules {
        KpiRules { basis, ..self.kpi.clone() }
    }

    /// A fingerprint of what assembling depends on: when it changes, every journey is made anew.
    pub fn assembly_basis(&self) -> Vec<u8> {
        // Maps of standards have no order of their own, so their entries are put into one.
        let mut standards: Vec<String> = Vec::new();
        for set in self.assembly.standards.sets() {
            standards.push(format!("{:?} {:?}", set.valid_from, set.default));
            for (kind, times) in [("group", &set.groups), ("product", &set.products)] {
                let mut entries: Vec<String> =
                    times.iter().map(|(name, days)| format!("{kind} {name} {days:?}")).collect();
                entries.sort();
                standards.extend(entries);
            }
        }
        let text = format!("{standards:?} {:?} {}", self.assembly.reason_seats, self.whole_orders);
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.basis).update(text.as_bytes());
        hasher.finalize().as_bytes()[..16].to_vec()
    }
}

fn standards(tables: &[StandardTable]) -> Standards {
    let mut sets: Vec<StandardSet> = Vec::new();
    for table in tables {
        let times = lead_times(table);
        let set = if let Some(set) = sets.iter_mut().find(|set| set.valid_from == table.valid_from) {
            set
        } else {
            sets.push(StandardSet { valid_from: table.valid_from, ..StandardSet::default() });
            let last = sets.len() - 1;
            &mut sets[last]
        };
        match (&table.product, &table.product_group) {
            (Some(product), _) => drop(set.products.insert(product.clone(), times)),
            (None, Some(group)) => drop(set.groups.insert(group.clone(), times)),
            (None, None) => set.default = times,
        }
    }
    // A dated set that names only products takes the rest from the defaults in force before it.
    sets.sort_by_key(|set| set.valid_from);
    for place in 1..sets.len() {
        let before = sets[place - 1].default;
        for milestone in Milestone::ALL {
            let own = &mut sets[place].default[milestone];
            *own = own.or(before[milestone]);
        }
    }
    Standards::new(sets)
}

fn lead_times(table: &StandardTable) -> LeadTimes {
    let mut times = PerMilestone([None; 7]);
    for (milestone, days) in &table.days {
        times[*milestone] = Some(i32::from(*days));
    }
    times
}

/// Seconds of a day.
const DAY_SECONDS: i64 = 86_400;

/// The day of a moment in seconds of the workspace's zone.
pub const fn day_of_moment(seconds: i64) -> Day {
    Day(seconds.div_euclid(DAY_SECONDS) as i32)
}

/// The moment at which a day begins, seconds of the workspace's zone.
pub fn moment_of_day(day: Day) -> i64 {
    i64::from(day.0) * DAY_SECONDS
}
