//! Reading the page of one order line.

use std::collections::BTreeMap;

use plaza_domain::day::{Day, Week};
use plaza_domain::department::Department;
use plaza_domain::journey::split::{Leg, MILLION, Split};
use plaza_domain::journey::{Journey, Milestone, PerSeat};
use plaza_domain::kpi::judge::{InvoiceFault, Miss, Verdict, judge};
use plaza_domain::kpi::{KpiKind, Sign, Tally, count};
use plaza_domain::language::Language;
use plaza_store::intake::{Record, View};

use super::DepartmentView;
use super::board::PartShare;
use super::order::{ArithmeticLine, CountedIn, LegView, MilestoneView, OrderPage, Quantities, RecordView};
use super::order_exceptions::{Telling, exceptions};
use super::order_words as words;
use super::record_read::Origin;
use crate::error::Result;
use crate::journey::order::{Found, find, measured};
use crate::journey::pack::unpack;
use crate::record::versions;
use crate::workspace::Workspace;

/// Other lines of the order that the page names: the longest orders have some hundred.
const LINES_MAX: usize = 500;

/// Raw records that the page shows: those of a line with that many shipments are looked at elsewhere.
const RECORDS_MAX: usize = 200;

/// Weeks of one KPI that the page names, the newest: a line that is late for a year counts in fifty backlogs.
const WEEKS_MAX: usize = 4;

impl OrderPage {
    /// Reads the page of an order line, in the first of the workspace's systems that has it.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::EngineError::NotFound) where no system has it; what the stores say.
    pub fn read(workspace: &Workspace, order: &str, line: &str, language: Language) -> Result<Self> {
        let reader = workspace.intake_reader()?;
        let view = reader.view();
        let found = find(workspace, view, order, line)?;
        let departments = workspace.view(|ledger| ledger.departments())?;
        let origin = Origin::read(workspace, view, found.integration)?;
        let today = workspace.today()?;
        let telling = Telling {
            today,
            language,
            context: &found.context,
            origin: origin.as_ref(),
            department: &|seat| name_of(&found, &departments, seat),
        };
        let records = records(view, &found, origin.as_ref())?;
        let mut page = Self { lines: lines(view, &found, order)?, ..facts(&found, &departments, today) };
        let judged = Judgement::of(&found, today);
        judged.fill(&mut page, &found, &telling);
        page.exceptions = exceptions(&found.journey, &records, &telling);
        page.counted_in = counted_in(workspace, &found, today)?;
        page.records = shown(workspace, view, &records, origin.as_ref(), language)?;
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

/// The records that the journey was made from: of the line, and of the order as a whole.
fn records(view: View<'_>, found: &Found, origin: Option<&Origin>) -> Result<Vec<Record>> {
    let mut records = Vec::new();
    for stream in origin.iter().flat_map(|origin| &origin.streams) {
        view.records_between(stream.number, found.key, found.key, &mut records)?;
        view.records_between(stream.number, found.order.whole(), found.order.whole(), &mut records)?;
    }
    Ok(records)
}

fn shown(
    workspace: &Workspace,
    view: View<'_>,
    records: &[Record],
    origin: Option<&Origin>,
    language: Language,
) -> Result<Vec<RecordView>> {
    let mut shown = Vec::new();
    let Some(origin) = origin else { return Ok(shown) };
    for record in records.iter().take(RECORDS_MAX) {
        if let Some(version) = versions(view, record)?.first() {
            shown.extend(origin.show(workspace, view, record, version, language)?);
        }
    }
    Ok(shown)
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

/// What became of the promise, and the arithmetic behind it.
struct Judgement {
    outcome: &'static str,
    miss: Option<Miss>,
    /// Millionths of the miss by seat; all 0 where there is none.
    shares: PerSeat<i64>,
    split: Option<Split>,
}

impl Judgement {
    fn of(found: &Found, today: Day) -> Self {
        let (journey, rules) = (&found.journey, &found.context.kpi);
        let split = measured(journey, rules, today);
        let plain = |outcome, split| Self { outcome, miss: None, shares: PerSeat::default(), split };
        let Some(judged) = judge(journey, rules, today) else {
            let ended = journey.ended(today).is_some();
            return plain(if ended { "cancelled" } else { "no_promise" }, None);
        };
        match judged.verdict {
            Verdict::Pending => plain("pending", split),
            Verdict::Cancelled => plain("cancelled", split),
            Verdict::Kept { .. } => plain("kept", split),
            Verdict::Missed(miss) => {
                let blame = miss.blame(journey, rules, judged.promised);
                Self {
                    outcome: "missed",
                    miss: Some(miss),
                    shares: blame.shares,
                    split: blame.split.or(split),
                }
            }
        }
    }

    fn fill(&self, page: &mut OrderPage, found: &Found, telling: &Telling<'_>) {
        self.outcome.clone_into(&mut page.outcome);
        let miss = self.miss.unwrap_or_default();
        let invoice = miss.invoice.map(|fault| match fault {
            InvoiceFault::Late => "invoice_late",
            InvoiceFault::Wrong => "invoice_wrong",
        });
        let counts = [miss.late.map(|_| "late"), miss.short.then_some("short"), invoice];
        page.counts = counts.into_iter().flatten().map(str::to_owned).collect();
        page.legs = legs(found, self.split.as_ref(), telling.today);
        let Some(split) = &self.split else { return };
        page.working_days &= !split.calendar_days;
        // Before the promise is reached or past there is nothing to add up: the day that it waits for is not known.
        if !matches!(split.end, plaza_domain::journey::split::End::Reached(_)) && miss.late.is_none() {
            return;
        }
        page.lateness_days = Some(split.lateness_days);
        page.gap_days = Some(split.gap_days);
        page.gap_department = id_of(found, found.context.kpi.route.promiser().index());
        page.arithmetic = arithmetic(found, split, telling);
        page.arithmetic.extend(self.share_lines(split, telling, found));
        let only_late = miss.late.is_some() && !miss.short && miss.invoice.is_none();
        page.shares = self
            .seats()
            .filter_map(|(seat, share)| {
                let days = split.late_micro_days.get(seat).copied().unwrap_or(0);
                Some(PartShare {
                    department: id_of(found, seat)?,
                    value: if only_late { days } else { share } as f64 / MILLION as f64,
                    share: share as f64 / MILLION as f64,
                    change: None,
                })
            })
            .collect();
    }

    /// Seats with a share of the miss.
    fn seats(&self) -> impl Iterator<Item = (usize, i64)> {
        self.shares.into_iter().enumerate().filter(|(_, share)| *share > 0)
    }

    /// How each department's share comes about: `4 × 6/7`; where it was missed on several counts
    /// `1/2 × 6/7 (late) + 1/2 (short)`.
    fn share_lines(&self, split: &Split, telling: &Telling<'_>, found: &Found) -> Vec<ArithmeticLine> {
        let Some(miss) = self.miss else { return Vec::new() };
        let language = telling.language;
        let counts = [miss.late.is_some(), miss.short, miss.invoice.is_some()];
        let counted = counts.into_iter().filter(|missed| *missed).count();
        let part = if counted == 1 { "1".to_owned() } else { format!("1/{counted}") };
        let weights = split.weights();
        let total: i64 = if miss.late.is_some() { weights.iter().sum() } else { 0 };
        let line = |seat: usize| {
            let weight = weights.get(seat).copied().filter(|_| total > 0).unwrap_or(0);
            let fraction = if split.shares == split.measured_shares {
                format!("{weight}/{total}")
            } else {
                words::agreed_share(100.0 * weight as f64 / total.max(1) as f64, language)
            };
            let mut terms = Vec::new();
            if weight > 0 && counted == 1 {
                terms.push(format!("{} × {fraction}", words::signed(split.lateness_days)));
            } else if weight > 0 {
                terms.push(format!("{part} × {fraction} ({})", words::late(language)));
            }
            let others = named(miss, seat, found, split.promised, language);
            terms.extend(others.into_iter().map(|word| format!("{part} ({word})")));
            ArithmeticLine {
                kind: "share".to_owned(),
                label: (telling.department)(seat),
                working: terms.join(" + "),
                days: split.late_micro_days.get(seat).map_or(0.0, |days| *days as f64 / MILLION as f64),
                department: id_of(found, seat),
            }
        };
        self.seats().map(|(seat, _)| line(seat)).collect()
    }
}

/// The counts besides lateness that a department answers for.
fn named(miss: Miss, seat: usize, found: &Found, promised: Day, language: Language) -> Vec<&'static str> {
    let (journey, rules) = (&found.journey, &found.context.kpi);
    let answers = |only: Miss| {
        let shares = only.blame(journey, rules, promised).shares;
        shares.get(seat).is_some_and(|share| *share > 0)
    };
    let mut counts = Vec::new();
    if miss.short && answers(Miss { short: true, ..Miss::default() }) {
        counts.push(words::short(language));
    }
    if let Some(fault) = miss.invoice
        && answers(Miss { invoice: Some(fault), ..Miss::default() })
    {
        counts.push(words::invoice(fault, language));
    }
    counts
}

fn id_of(found: &Found, seat: usize) -> Option<String> {
    found.context.departments.get(seat).map(ToString::to_string)
}

/// Gap and legs, and what they add up to.
fn arithmetic(found: &Found, split: &Split, telling: &Telling<'_>) -> Vec<ArithmeticLine> {
    let language = telling.language;
    let route = &found.context.kpi.route;
    let day = |day: Day| words::day(day, telling.today, language);
    let mut lines = vec![ArithmeticLine {
        kind: "gap".to_owned(),
        label: words::gap(language).to_owned(),
        working: words::gap_working(&day(split.due), &day(split.promised), language),
        days: f64::from(split.gap_days),
        department: id_of(found, route.promiser().index()),
    }];
    lines.extend(split.legs().iter().map(|leg| ArithmeticLine {
        kind: "leg".to_owned(),
        label: label(leg, route.steps(), language),
        working: words::leg_working(leg.actual_days, leg.planned_days, leg.running, language),
        days: f64::from(leg.overrun_days),
        department: id_of(found, leg.seat.index()),
    }));
    let terms = std::iter::once(split.gap_days).chain(split.legs().iter().map(|leg| leg.overrun_days));
    lines.push(ArithmeticLine {
        kind: "sum".to_owned(),
        label: words::lateness(language).to_owned(),
        working: words::sum(terms),
        days: f64::from(split.lateness_days),
        department: None,
    });
    lines
}

/// What is done on a leg; a joint one names all that it spans: `Producing + Shipping`.
fn label(leg: &Leg, steps: &[Milestone], language: Language) -> String {
    let place = |milestone: Milestone| steps.iter().position(|step| *step == milestone);
    let span = match (place(leg.from), place(leg.to)) {
        (Some(from), Some(to)) => steps.get(from + 1..=to).unwrap_or_default(),
        _ => &[],
    };
    if span.is_empty() {
        return words::leg(leg.to, language).to_owned();
    }
    span.iter().map(|milestone| words::leg(*milestone, language)).collect::<Vec<_>>().join(" + ")
}

/// The legs of the route: those of the arithmetic, then those that it does not reach.
fn legs(found: &Found, split: Option<&Split>, today: Day) -> Vec<LegView> {
    let (journey, rules) = (&found.journey, &found.context.kpi);
    let text = |day: Option<Day>| day.map(|day| day.to_string());
    let mut views = Vec::new();
    let mut from = Milestone::Ordered;
    let is_over = journey.ended(today).is_some();
    for leg in split.iter().flat_map(|split| split.legs().iter().map(move |leg| (*split, leg))) {
        let (split, leg) = leg;
        let running = leg.running && !is_over;
        // Days that a leg may still take have not been saved.
        let is_open = leg.running && !split.is_late();
        views.push(LegView {
            from: leg.from,
            to: leg.to,
            department: id_of(found, leg.seat.index()).unwrap_or_default(),
            planned_days: leg.planned_days,
            actual_days: Some(leg.actual_days),
            overrun_days: (!is_open).then_some(leg.overrun_days),
            joint: leg.joint,
            running,
            planned_from: text(due(journey, leg.from)),
            planned_to: text(if leg.running || leg.to == rules.route.promise() {
                Some(split.due)
            } else {
                journey.due[leg.to]
            }),
            actual_from: text(journey.actual[leg.from]),
            actual_to: text(if leg.running || leg.to == rules.route.promise() {
                Some(split.end.day())
            } else {
                journey.actual[leg.to]
            }),
        });
        from = leg.to;
    }
    views.extend(later_legs(found, from, split, today));
    views
}

/// The planned end of a leg; an order is due when it was placed.
fn due(journey: &Journey, milestone: Milestone) -> Option<Day> {
    if milestone == Milestone::Ordered { journey.actual[milestone] } else { journey.due[milestone] }
}

/// The legs after `from`: after the promise, or not begun.
fn later_legs(found: &Found, mut from: Milestone, split: Option<&Split>, today: Day) -> Vec<LegView> {
    let (journey, rules) = (&found.journey, &found.context.kpi);
    let every_day = plaza_domain::day::Calendar::every_day();
    let in_calendar_days = split.is_some_and(|split| split.calendar_days);
    let calendar = if in_calendar_days { &every_day } else { &rules.calendar };
    let text = |day: Option<Day>| day.map(|day| day.to_string());
    let steps = rules.route.steps();
    let first = steps.iter().position(|step| *step == from).map_or(steps.len(), |place| place + 1);
    let last_known = steps.iter().rposition(|step| journey.reached(*step, today).is_some()).unwrap_or(0);
    let is_over = journey.ended(today).is_some();
    let mut views = Vec::new();
    let mut joint = false;
    for (place, to) in steps.iter().copied().enumerate().skip(first) {
        let (started, ended) = (journey.reached(from, today), journey.reached(to, today));
        if ended.is_none() && place < last_known {
            joint = true;
            continue;
        }
        let planned = due(journey, from).zip(journey.due[to]);
        let running = ended.is_none() && started.is_some() && !is_over;
        let actual_to = ended.or(running.then_some(today));
        let actual_days = started.zip(actual_to).map(|(start, end)| calendar.count(start, end));
        if planned.is_some() || actual_days.is_some() {
            let planned_days = planned.map_or(0, |(start, end)| calendar.count(start, end));
            views.push(LegView {
                from,
                to,
                department: id_of(found, rules.route.seat(to).index()).unwrap_or_default(),
                planned_days,
                actual_days,
                overrun_days: actual_days
                    .filter(|_| ended.is_some() && planned.is_some())
                    .map(|days| days - planned_days),
                joint,
                running,
                planned_from: text(planned.map(|(start, _)| start)),
                planned_to: text(planned.map(|(_, end)| end)),
                actual_from: text(started.filter(|_| actual_to.is_some())),
                actual_to: text(actual_to),
            });
        }
        (from, joint) = (to, false);
    }
    views
}
