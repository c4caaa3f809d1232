//! The journeys that one KPI counts in one week, each with what it adds: the very sums of the week, one by one.

use std::collections::BTreeMap;
use std::sync::Arc;

use plaza_domain::day::{Day, Week};
use plaza_domain::journey::{Journey, Milestone, PerSeat};
use plaza_domain::kpi::{Basis, KpiKind, KpiRules, Sign, Sink, Tally, count};
use plaza_store::intake::View;

use super::context::JourneyContext;
use super::pack::{JourneyTexts, unpack, unpack_journey};
use super::scan::each_stretch;
use crate::error::Result;
use crate::fresh::Fresh;
use crate::workspace::Workspace;

/// Lists with more journeys are not kept between two slices: they would hold hundreds of megabytes.
const KEPT_MAX: usize = 100_000;

/// What became of a journey in the eyes of one KPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It counts as kept.
    Kept,
    /// It counts as a miss.
    Missed,
    /// It is undecided.
    Pending,
    /// It was cancelled.
    Cancelled,
    /// It counts with its days; there is nothing to miss.
    Counted,
}

impl Outcome {
    /// The word that screens and files use.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Missed => "missed",
            Self::Pending => "pending",
            Self::Cancelled => "cancelled",
            Self::Counted => "counted",
        }
    }
}

/// One journey of a list.
#[derive(Clone, Debug)]
pub(crate) struct CountedJourney {
    /// The integration's number.
    pub(crate) integration: i64,
    pub(crate) order: Box<str>,
    pub(crate) line: Box<str>,
    pub(crate) customer: Box<str>,
    pub(crate) product: Box<str>,
    pub(crate) currency: Box<str>,
    /// Minor units.
    pub(crate) value: Option<i64>,
    /// The customer's date that it is measured against.
    pub(crate) promised: Option<Day>,
    /// When it reached the milestone that the KPI looks at.
    pub(crate) reached: Option<Day>,
    /// Days late; for KPIs that count other days (to cash, of the gap) those.
    pub(crate) days: Option<i32>,
    pub(crate) outcome: Outcome,
    /// Millionths of the miss (percent KPIs) or of a day (the others), by seat.
    pub(crate) parts: PerSeat<i64>,
    /// The parts are those that people agreed on.
    pub(crate) is_agreed: bool,
}

/// All journeys of a list, and their sum.
#[derive(Debug, Default)]
pub(crate) struct CountedList {
    /// The sum. Figures at the level of whole orders are not in it: lines are counted one by one.
    pub(crate) tally: Tally,
    pub(crate) rows: Vec<CountedJourney>,
}

/// What a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListQuestion {
    pub(crate) kind: KpiKind,
    pub(crate) basis: Basis,
    pub(crate) week: Week,
}

/// A question with everything beside the journeys that its answer depends on: today, and the rules' fingerprints.
type FullQuestion = (ListQuestion, Day, Vec<(i64, Vec<u8>)>);

/// The list that was asked for last.
#[derive(Debug, Default)]
pub(crate) struct CountedLists(Fresh<FullQuestion, CountedList>);

impl CountedLists {
    /// The journeys that a KPI counts in a week, in the order of their keys.
    ///
    /// # Errors
    /// What the stores say.
    pub(crate) fn read(&self, workspace: &Workspace, question: ListQuestion) -> Result<Arc<CountedList>> {
        let contexts = crate::week::rules(workspace)?;
        let today = workspace.today()?;
        let fingerprints =
            contexts.iter().map(|(number, context)| (*number, context.basis.clone())).collect();
        let keep = |list: &CountedList| list.rows.len() <= KEPT_MAX;
        self.0.get(workspace, (question, today, fingerprints), keep, || {
            list(workspace, question, today, &contexts)
        })
    }
}

fn list(
    workspace: &Workspace,
    question: ListQuestion,
    today: Day,
    contexts: &BTreeMap<i64, JourneyContext>,
) -> Result<CountedList> {
    let rules: BTreeMap<i64, KpiRules> =
        contexts.iter().map(|(number, context)| (*number, context.against(question.basis))).collect();
    let lists = each_stretch(workspace, |view, from, to| between(view, from, to, question, today, &rules))?;
    let mut whole = CountedList::default();
    for part in lists {
        whole.tally += &part.tally;
        whole.rows.extend(part.rows);
    }
    Ok(whole)
}

fn between(
    view: View<'_>,
    from: i64,
    to: i64,
    question: ListQuestion,
    today: Day,
    rules: &BTreeMap<i64, KpiRules>,
) -> Result<CountedList> {
    let mut list = CountedList::default();
    view.each_journey(from, to, |_, integration, body| -> Result<()> {
        let Some(rules) = rules.get(&integration) else { return Ok(()) };
        let mut rest = body;
        let Some(journey) = unpack_journey(&mut rest) else { return Ok(()) };
        if !may_count(&journey, rules, question, today) {
            return Ok(());
        }
        let mut only = Only { question, wanted: Tally::default(), other: Tally::default() };
        count(std::slice::from_ref(&journey), rules, today, Sign::Plus, &mut only);
        list.tally += &only.wanted;
        if let Some(outcome) = outcome(question.kind, &only.wanted) {
            let texts = unpack(body).map(|(_, texts)| texts).unwrap_or_default();
            let row = row(&journey, &texts, rules, question.kind, today, outcome, &only.wanted);
            list.rows.push(CountedJourney { integration, ..row });
        }
        Ok(())
    })?;
    Ok(list)
}

/// Whether a journey can count in the week at all: one look at a date instead of all the counting.
fn may_count(journey: &Journey, rules: &KpiRules, question: ListQuestion, today: Day) -> bool {
    let week = question.week;
    let in_week = |day: Option<Day>| day.is_some_and(|day| day.week() == week);
    match question.kind {
        KpiKind::PromiseKept => in_week(rules.basis.date(journey)),
        KpiKind::OrderToCash => in_week(journey.actual[Milestone::Paid]),
        KpiKind::RightFirstTime => in_week(journey.actual[rules.route.delivery()]),
        KpiKind::PromiseRealism => in_week(journey.actual[rules.route.confirmation()]),
        KpiKind::LateBacklog => {
            let open = journey.reached(rules.route.promise(), today).is_none_or(|day| day > week.sunday());
            open && rules.basis.date(journey).is_some_and(|promised| promised <= week.sunday())
        }
    }
}

/// Keeps what a journey adds to one KPI and week, and lets the rest go.
struct Only {
    question: ListQuestion,
    wanted: Tally,
    other: Tally,
}

impl Sink for Only {
    fn at(&mut self, kind: KpiKind, week: Week) -> &mut Tally {
        if (kind, week) == (self.question.kind, self.question.week) {
            &mut self.wanted
        } else {
            self.other = Tally::default();
            &mut self.other
        }
    }
}

fn outcome(kind: KpiKind, tally: &Tally) -> Option<Outcome> {
    if tally.n > 0 {
        return Some(match kind {
            KpiKind::PromiseKept | KpiKind::RightFirstTime if tally.numerator > 0 => Outcome::Kept,
            KpiKind::PromiseKept | KpiKind::RightFirstTime | KpiKind::LateBacklog => Outcome::Missed,
            KpiKind::OrderToCash | KpiKind::PromiseRealism => Outcome::Counted,
        });
    }
    if tally.pending > 0 {
        return Some(Outcome::Pending);
    }
    (tally.cancelled > 0).then_some(Outcome::Cancelled)
}

fn row(
    journey: &Journey,
    texts: &JourneyTexts<'_>,
    rules: &KpiRules,
    kind: KpiKind,
    today: Day,
    outcome: Outcome,
    tally: &Tally,
) -> CountedJourney {
    let promised = rules.basis.date(journey);
    let milestone = match kind {
        KpiKind::OrderToCash => Milestone::Paid,
        KpiKind::RightFirstTime => rules.route.delivery(),
        KpiKind::PromiseKept | KpiKind::PromiseRealism | KpiKind::LateBacklog => rules.route.promise(),
    };
    let reached = journey.reached(milestone, today);
    let days = match kind {
        KpiKind::OrderToCash | KpiKind::PromiseRealism | KpiKind::LateBacklog => {
            (tally.n > 0).then_some(tally.numerator as i32)
        }
        KpiKind::PromiseKept if tally.late_days > 0 => Some(tally.late_days as i32),
        KpiKind::PromiseKept | KpiKind::RightFirstTime => {
            promised.zip(reached).map(|(promised, reached)| lateness_days(rules, promised, reached))
        }
    };
    CountedJourney {
        integration: 0,
        order: texts.order.into(),
        line: texts.line.into(),
        customer: texts.customer.into(),
        product: texts.product.into(),
        currency: texts.currency.into(),
        value: journey.value,
        promised,
        reached,
        days,
        outcome,
        is_agreed: kind == KpiKind::PromiseKept && outcome == Outcome::Missed && journey.agreed().is_some(),
        parts: if tally.n > 0 { tally.parts } else { PerSeat::default() },
    }
}

/// Days from a promise to the day that it was reached; in calendar days where it was late by these only.
fn lateness_days(rules: &KpiRules, promised: Day, reached: Day) -> i32 {
    let days = rules.calendar.count(promised, reached);
    if reached > promised && days <= 0 { reached - promised } else { days }
}
