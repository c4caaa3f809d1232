//! What became of an order line's promise: the verdict, and the arithmetic written out.

use plaza_domain::day::Day;
use plaza_domain::journey::split::{End, Leg, MILLION, Split};
use plaza_domain::journey::{Milestone, PerSeat};
use plaza_domain::kpi::judge::{InvoiceFault, Miss, Verdict, judge};
use plaza_domain::language::Language;

use super::board::PartShare;
use super::order::{ArithmeticLine, OrderPage};
use super::order_exceptions::Telling;
use super::order_legs::legs;
use super::order_words as words;
use crate::journey::order::{Found, measured};

/// What became of the promise, and the arithmetic behind it.
pub(super) struct Judgement {
    outcome: &'static str,
    miss: Option<Miss>,
    /// Millionths of the miss by seat as the milestones have them; all 0 where there is none.
    shares: PerSeat<i64>,
    split: Option<Split>,
    /// The split that people agreed on instead: shares, and late days in millionths.
    agreed: Option<(PerSeat<i64>, PerSeat<i64>)>,
}

impl Judgement {
    pub(super) fn of(found: &Found, today: Day) -> Self {
        let (journey, rules) = (&found.journey.as_counted(), &found.context.kpi);
        let split = measured(journey, rules, today);
        let plain =
            |outcome, split| Self { outcome, miss: None, shares: PerSeat::default(), split, agreed: None };
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
                let agreed = found.journey.agreed().map(|_| {
                    let blame = miss.blame(&found.journey, rules, judged.promised);
                    (blame.shares, blame.split.map_or_else(PerSeat::default, |split| split.late_micro_days))
                });
                Self {
                    agreed,
                    outcome: "missed",
                    miss: Some(miss),
                    shares: blame.shares,
                    split: blame.split.or(split),
                }
            }
        }
    }

    /// Fills the page, and returns the parts as the milestones have them where people agreed on others.
    pub(super) fn fill(&self, page: &mut OrderPage, found: &Found, telling: &Telling<'_>) -> Vec<PartShare> {
        self.outcome.clone_into(&mut page.outcome);
        let miss = self.miss.unwrap_or_default();
        let invoice = miss.invoice.map(|fault| match fault {
            InvoiceFault::Late => "invoice_late",
            InvoiceFault::Wrong => "invoice_wrong",
        });
        let counts = [miss.late.map(|_| "late"), miss.short.then_some("short"), invoice];
        page.counts = counts.into_iter().flatten().map(str::to_owned).collect();
        page.legs = legs(found, self.split.as_ref(), telling.today);
        let nobodys = PerSeat::default();
        let only_late = miss.late.is_some() && !miss.short && miss.invoice.is_none();
        let late = self.split.as_ref().map_or(&nobodys, |split| &split.late_micro_days);
        let counted = parts(page, found, &self.shares, only_late.then_some(late));
        page.shares = match &self.agreed {
            Some((shares, late)) => parts(page, found, shares, only_late.then_some(late)),
            None => counted.clone(),
        };
        let Some(split) = &self.split else { return counted };
        page.working_days &= !split.calendar_days;
        // Before the promise is reached or past there is nothing to add up: the day that it waits for is not known.
        if !matches!(split.end, End::Reached(_)) && miss.late.is_none() {
            return counted;
        }
        page.lateness_days = Some(split.lateness_days);
        page.gap_days = Some(split.gap_days);
        page.gap_department = id_of(found, found.context.kpi.route.promiser().index());
        page.arithmetic = arithmetic(found, split, telling);
        let place =
            |id: Option<&str>| page.departments.iter().position(|known| Some(known.id.as_str()) == id);
        let mut share_lines = self.share_lines(split, telling, found);
        share_lines.sort_by_key(|line| place(line.department.as_deref()));
        page.arithmetic.extend(share_lines);
        counted
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
            let fraction = format!("{weight}/{total}");
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

/// A miss divided among departments, in the order of the flow: in late days (millionths of a day) where they are given,
/// else in misses.
fn parts(
    page: &OrderPage,
    found: &Found,
    shares: &PerSeat<i64>,
    late: Option<&PerSeat<i64>>,
) -> Vec<PartShare> {
    let some = shares.iter().enumerate().filter(|(_, share)| **share > 0);
    let mut parts: Vec<PartShare> = some
        .filter_map(|(seat, share)| {
            let value = late.map_or(Some(*share), |late| late.get(seat).copied())?;
            Some(PartShare {
                department: id_of(found, seat)?,
                value: value as f64 / MILLION as f64,
                share: *share as f64 / MILLION as f64,
                change: None,
            })
        })
        .collect();
    parts.sort_by_key(|part| page.departments.iter().position(|known| known.id == part.department));
    parts
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

/// The id of the department that has a seat.
pub(super) fn id_of(found: &Found, seat: usize) -> Option<String> {
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
