//! Reading the page of one order line.

use std::collections::BTreeMap;

use plaza_domain::day::{Day, Week};
use plaza_domain::department::Department;
use plaza_domain::journey::Milestone;
use plaza_domain::kpi::{KpiKind, Sign, Tally, count};
use plaza_domain::language::Language;
use plaza_store::intake::View;

use super::DepartmentView;
use super::flow::departments_in_flow;
use super::order::{CountedIn, MilestoneView, OrderPage, Quantities, RecordView};
use super::order_exceptions::{Telling, exceptions};
use super::order_judged::Judgement;
use super::order_split::OrderSplit;
use super::record_read::Origin;
use crate::error::Result;
use crate::journey::order::{Found, find_all, not_here};
use crate::journey::pack::unpack;
use crate::record::versions;
use crate::split::Disputed;
use crate::truth::{HeardRecord, Voices, heard};
use crate::workspace::Workspace;

/// Other lines of the order that the page names: the longest orders have some hundred.
const LINES_MAX: usize = 500;

/// Raw records that the page shows: those of a line with that many shipments are looked at elsewhere.
const RECORDS_MAX: usize = 200;

/// Weeks of one KPI that the page names, the newest: a line that is late for a year counts in fifty backlogs.
const WEEKS_MAX: usize = 4;

impl OrderPage {
    /// Reads the page of an order line, in the system named, or else in the first of those that have it: the page
    /// names them all.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::EngineError::NotFound) where no system, or not this one, has it; what the stores say.
    pub fn read(
        workspace: &Workspace,
        order: &str,
        line: &str,
        system: Option<&str>,
        language: Language,
    ) -> Result<Self> {
        let reader = workspace.intake_reader()?;
        let view = reader.view();
        let all = find_all(workspace, view, order, line)?;
        let systems = all.iter().map(|one| one.context.system.clone()).collect();
        let is_meant = |one: &Found| system.is_none_or(|system| one.context.system == system);
        let found = all.into_iter().find(is_meant).ok_or_else(|| not_here(order, line, system))?;
        let departments = departments_in_flow(workspace)?;
        let mut origins = Origins::read(workspace, view, &found)?;
        let records = origins.records(view, &found)?;
        let streams = origins.stream_names();
        let today = workspace.today()?;
        let telling = Telling {
            today,
            language,
            context: &found.context,
            streams: &streams,
            department: &|seat| name_of(&found, &departments, seat),
        };
        let facts = facts(&found, &departments, today);
        let mut page = Self { lines: lines(view, &found, order)?, systems, ..facts };
        let judged = Judgement::of(&found, today);
        let counted = judged.fill(&mut page, &found, &telling);
        let place = |id: &str| page.departments.iter().position(|known| known.id == id);
        page.split = OrderSplit::read(workspace, &Disputed::of(workspace, &found)?, counted, place)?;
        page.exceptions = exceptions(&found.journey, &records, &telling);
        page.counted_in = counted_in(workspace, &found, today)?;
        page.records = origins.show(workspace, view, &records, language)?;
        Ok(page)
    }
}

/// What a department is called, by its seat.
fn name_of(found: &Found, departments: &[Department], seat: usize) -> String {
    let Some(id) = found.context.departments.get(seat) else { return String::new() };
    departments
        .iter()
        .find(|known| known.id == *id)
        .map_or_else(|| id.to_string(), |known| known.name.clone())
}

/// What the journey itself says.
fn facts(found: &Found, departments: &[Department], today: Day) -> OrderPage {
    let (journey, route, texts) = (&found.journey, &found.context.kpi.route, found.texts());
    let own = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let units = |thousandths: Option<i64>| thousandths.map(|quantity| quantity as f64 / 1000.0);
    let text = |day: Option<Day>| day.map(|day| day.to_string());
    let milestone = |milestone: &Milestone| MilestoneView {
        milestone: *milestone,
        due: text(if *milestone == Milestone::Ordered {
            journey.actual[*milestone]
        } else {
            journey.due[*milestone]
        }),
        actual: text(journey.reached(*milestone, today)),
        out_of_order: journey.out_of_order & (1 << *milestone as u8) != 0,
    };
    OrderPage {
        order: texts.order.to_owned(),
        line: texts.line.to_owned(),
        lines: Vec::new(),
        system: found.context.system.clone(),
        systems: Vec::new(),
        customer: own(texts.customer),
        product: own(texts.product),
        product_group: own(texts.product_group),
        quantities: Quantities {
            ordered: units(journey.ordered_quantity),
            produced: units(journey.produced_quantity),
            shipped: units(journey.shipped_quantity),
            delivered: units(journey.delivered_quantity),
            returned: units(journey.returned_quantity),
            cancelled: units(journey.cancelled_quantity),
        },
        value: journey.value.map(|minor| minor as f64 / 100.0),
        currency: own(texts.currency),
        requested: text(journey.requested),
        promised: text(journey.promised),
        agreed: text(journey.agreed),
        reached: text(journey.reached(route.promise(), today)),
        promise_milestone: route.promise(),
        milestones: route.steps().iter().map(milestone).collect(),
        legs: Vec::new(),
        working_days: found.context.kpi.calendar.counts_working_days(),
        lateness_days: None,
        gap_days: None,
        gap_department: None,
        shares: Vec::new(),
        split: None,
        outcome: String::new(),
        counts: Vec::new(),
        arithmetic: Vec::new(),
        exceptions: Vec::new(),
        counted_in: Vec::new(),
        records: Vec::new(),
        departments: departments.iter().map(DepartmentView::from).collect(),
    }
}

/// The lines of the order, this one included.
fn lines(view: View<'_>, found: &Found, order: &str) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    view.each_journey(found.order.whole(), found.order.last(), |_, integration, body| -> Result<()> {
        if integration == found.integration
            && lines.len() < LINES_MAX
            && let Some((_, texts)) = unpack(body).filter(|(_, texts)| texts.order == order)
        {
            lines.push(texts.line.to_owned());
        }
        Ok(())
    })?;
    Ok(lines)
}

/// Where the records of a journey come from: its own integration, then the others that speak of it.
struct Origins {
    all: Vec<Origin>,
    voices: Voices,
}

impl Origins {
    fn read(workspace: &Workspace, view: View<'_>, found: &Found) -> Result<Self> {
        let Some(mut home) = Origin::read(workspace, view, found.integration)? else {
            return Ok(Self { all: Vec::new(), voices: Voices::default() });
        };
        let streams: Vec<i64> = home.streams.iter().map(|stream| stream.number).collect();
        let definition = home.integration.clone();
        let voices = Voices::of(workspace, view, &definition, found.integration, &streams)?;
        home.name_owners(workspace, &definition)?;
        let mut all = vec![home];
        for number in voices.integrations.iter().skip(1) {
            if let Some(mut other) = Origin::read(workspace, view, *number)? {
                other.name_owners(workspace, &definition)?;
                all.push(other);
            }
        }
        Ok(Self { all, voices })
    }

    /// The records that the journey was made from: of the line, and of the order as a whole.
    fn records(&self, view: View<'_>, found: &Found) -> Result<Vec<HeardRecord>> {
        heard(view, &self.voices, found.key)
    }

    /// What the streams are called, by the place at which their records are heard.
    fn stream_names(&self) -> Vec<String> {
        let all: Vec<_> = self.all.iter().flat_map(|origin| &origin.streams).collect();
        let name = |number: &i64| all.iter().find(|one| one.number == *number).map(|one| one.name.clone());
        self.voices.streams.iter().map(|number| name(number).unwrap_or_default()).collect()
    }

    fn show(
        &mut self,
        workspace: &Workspace,
        view: View<'_>,
        records: &[HeardRecord],
        language: Language,
    ) -> Result<Vec<RecordView>> {
        let mut shown = Vec::new();
        for one in records.iter().take(RECORDS_MAX) {
            let Some(origin) = self.all.get_mut(usize::from(one.voice)) else { continue };
            if let Some(version) = versions(view, &one.record)?.first() {
                let origin = origin.contradicting(one.contradicted);
                shown.extend(origin.show(workspace, view, &one.record, version, language)?);
            }
        }
        Ok(shown)
    }
}

/// The published weeks in which the journey counts.
fn counted_in(workspace: &Workspace, found: &Found, today: Day) -> Result<Vec<CountedIn>> {
    let mut tallies: BTreeMap<(KpiKind, Week), Tally> = BTreeMap::new();
    count(std::slice::from_ref(&found.journey), &found.context.kpi, today, Sign::Plus, &mut tallies);
    let counts = |tally: &Tally| tally.n > 0 || tally.pending > 0 || tally.cancelled > 0;
    workspace.view(|ledger| {
        let mut counted = Vec::new();
        for definition in ledger.kpis()?.into_iter().filter(|definition| definition.active) {
            let of_kind = tallies.iter().rev().filter(|((kind, _), _)| *kind == definition.kind);
            let mut weeks = Vec::new();
            for ((_, week), _) in of_kind.filter(|(_, tally)| counts(tally)) {
                if weeks.len() < WEEKS_MAX && ledger.observation(&definition.kpi, *week)?.is_some() {
                    weeks.push(CountedIn { kpi: definition.kind.word().to_owned(), week: week.to_string() });
                }
            }
            counted.extend(weeks.into_iter().rev());
        }
        Ok(counted)
    })
}
