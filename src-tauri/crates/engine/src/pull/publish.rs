//! From tallies to observations in the ledger: a week whose numbers differ from its latest revision gets the next one.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::day::{Day, Week};
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{
    Bases, Cause, IntegrationId, KpiDefinition, Moved, Observation, ObservedPart, Payload, Ratio,
    RunFinished, RunId, SplitCause, UNSETTLED, cause_of,
};
use plaza_domain::kpi::{Basis, KpiKind, Tally};
use plaza_domain::workspace::Settings;
use plaza_store::intake::{MovedRow, TallyRow};
use plaza_store::ledger::Draft;

use super::Counts;
use crate::error::Result;
use crate::workspace::Workspace;

/// Events that are signed and written at once; a first load of many years has a thousand weeks.
const EVENTS_AT_ONCE: usize = 500;

/// What is published, and by which run.
pub(super) struct Publication<'a> {
    pub workspace: &'a Workspace,
    pub run: Option<&'a RunId>,
    pub today: Day,
    pub departments: &'a [DepartmentId],
    /// KPIs that the integrations' milestones allow.
    pub kinds: &'a BTreeSet<KpiKind>,
    /// Which split is why, where one is.
    pub split: Option<SplitWeek<'a>>,
}

/// A split that was agreed on or taken back, and the week in which its order line is a miss.
#[derive(Clone, Copy)]
pub(super) struct SplitWeek<'a> {
    pub cause: &'a SplitCause,
    pub week: Week,
}

/// A week that would be published anew.
pub(crate) struct Change {
    pub kind: KpiKind,
    /// What is published; nothing where the week never was.
    pub before: Option<Observation>,
    pub next: Observation,
}

/// The end of a run, for the ledger.
pub(super) struct RunEnd<'a> {
    pub run: &'a RunId,
    pub integration: &'a str,
    pub began_at: i64,
    pub counts: &'a Counts,
    pub journeys: i64,
    pub reasons: &'a BTreeMap<String, i64>,
    /// The hash of its trail.
    pub trail: String,
}

impl Publication<'_> {
    /// Publishes what changed and says that the run ended. Returns the weeks whose value is new or changed.
    ///
    /// Everything is derived from the tallies and the ledger, so that doing it again after a crash adds only what is
    /// missing.
    pub(super) fn publish(
        &self,
        tallies: &[TallyRow],
        moved: &[MovedRow],
        end: Option<&RunEnd<'_>>,
    ) -> Result<Vec<(KpiKind, Week)>> {
        let now_ms = self.workspace.now_ms();
        let mut drafts = Vec::new();
        let mut changed_values = BTreeSet::new();
        for Change { kind, before, next } in self.changes(tallies, moved)? {
            if before.is_none_or(|before| !before.has_value_of(&next)) {
                changed_values.insert((kind, next.week));
            }
            let run = self.run.map_or("", RunId::as_str).to_owned();
            let words = [run, next.kpi.to_string(), next.week.to_string(), next.revision.to_string()];
            drafts.push(Draft::derived(Payload::ObservationPublished(next), words));
        }
        if let Some(end) = end {
            drafts.push(run_finished(end, &changed_values, now_ms));
        }
        for some in drafts.chunks(EVENTS_AT_ONCE) {
            self.workspace.ledger().append(some, now_ms)?;
        }
        self.workspace.record_signals()?;
        self.workspace.record_effects()?;
        Ok(changed_values.into_iter().collect())
    }

    /// What these tallies say otherwise than the ledger, KPI by KPI in the order of their weeks.
    pub(crate) fn changes(&self, tallies: &[TallyRow], moved: &[MovedRow]) -> Result<Vec<Change>> {
        self.changes_by(&self.workspace.view(|view| view.kpis())?, &sums(tallies), moved)
    }

    /// As [`Publication::changes`], by these definitions and sums.
    pub(crate) fn changes_by(
        &self,
        definitions: &[KpiDefinition],
        sums: &BTreeMap<(KpiKind, Week), Tally>,
        moved: &[MovedRow],
    ) -> Result<Vec<Change>> {
        let settings = self.workspace.settings()?;
        let now_ms = self.workspace.now_ms();
        let moved: BTreeMap<(i64, i32), &MovedRow> =
            moved.iter().map(|row| ((row.kpi, row.week), row)).collect();
        let mut changes = Vec::new();
        for definition in definitions {
            if !definition.active || !self.kinds.contains(&definition.kind) {
                continue;
            }
            let mut latest: BTreeMap<Week, Observation> = self
                .workspace
                .view(|view| view.observations(&definition.kpi, None))?
                .into_iter()
                .map(|observation| (observation.week, observation))
                .collect();
            for (week, tally) in self.weeks(definition.kind, sums, &latest) {
                let before = latest.remove(&week);
                let row = moved.get(&(definition.kind as i64, week.0)).copied();
                let next = self.next(definition, week, &tally, before.as_ref(), row, &settings, now_ms);
                changes.extend(next.map(|next| Change { kind: definition.kind, before, next }));
            }
        }
        Ok(changes)
    }

    /// The weeks that are observed, with their tallies.
    ///
    /// A week is observed from the moment it has begun and has a counted or pending journey; one that was observed
    /// before stays so. No late orders is a backlog of nought, not an absent week.
    fn weeks(
        &self,
        kind: KpiKind,
        sums: &BTreeMap<(KpiKind, Week), Tally>,
        latest: &BTreeMap<Week, Observation>,
    ) -> BTreeMap<Week, Tally> {
        let of_kind = |kind| sums.range((kind, Week(i32::MIN))..=(kind, Week(i32::MAX)));
        let mut weeks: BTreeMap<Week, Tally> = of_kind(kind)
            .filter(|((_, week), tally)| week.monday() <= self.today && (tally.n > 0 || tally.pending > 0))
            .map(|((_, week), tally)| (*week, *tally))
            .collect();
        if kind == KpiKind::LateBacklog {
            let promised = of_kind(KpiKind::PromiseKept).filter(|(_, tally)| tally.n + tally.pending > 0);
            let first = promised.map(|((_, week), _)| *week).next();
            let mut week = first.unwrap_or(Week(i32::MAX));
            while week < Week(i32::MAX) && week.sunday() < self.today {
                weeks.entry(week).or_default();
                week = week.plus(1);
            }
            weeks.retain(|week, _| week.sunday() < self.today);
        }
        for week in latest.keys() {
            weeks.entry(*week).or_insert_with(|| sums.get(&(kind, *week)).copied().unwrap_or_default());
        }
        weeks
    }

    #[allow(clippy::too_many_arguments)] // one revision depends on all of it
    fn next(
        &self,
        definition: &KpiDefinition,
        week: Week,
        tally: &Tally,
        before: Option<&Observation>,
        moved: Option<&MovedRow>,
        settings: &Settings,
        now_ms: i64,
    ) -> Option<Observation> {
        let mut next = observation(definition, week, tally, self.departments);
        if before.is_some_and(|before| before.says_the_same_as(&next)) {
            return None;
        }
        next.revision = before.map_or(1, |before| before.revision + 1);
        next.known_from = now_ms;
        next.run = self.run.cloned();
        // Only the misses of broken promises are split.
        let is_split = |split: &SplitWeek<'_>| definition.kind == KpiKind::PromiseKept && split.week == week;
        next.split = self.split.filter(is_split).map(|split| split.cause.clone());
        next.cause =
            cause_of(before, &next, settings.time_zone.day_at(now_ms), settings.unsettled_until(week));
        if let (Some(_), Some(moved)) = (before, moved) {
            let first = serde_json::from_str(&moved.first).unwrap_or_default();
            next.moved = Moved { count: moved.count.unsigned_abs(), first };
        }
        Some(next)
    }
}

/// Tallies of all integrations, added up.
pub(crate) fn sums(rows: &[TallyRow]) -> BTreeMap<(KpiKind, Week), Tally> {
    let mut sums: BTreeMap<(KpiKind, Week), Tally> = BTreeMap::new();
    for row in rows {
        let Some(kind) = KpiKind::ALL.into_iter().find(|kind| *kind as i64 == row.kpi) else { continue };
        if let Some(tally) = Tally::from_bytes(&row.body) {
            *sums.entry((kind, Week(row.week))).or_default() += &tally;
        }
    }
    sums
}

/// A tally as an observation, still without revision, time and cause.
pub(crate) fn observation(
    definition: &KpiDefinition,
    week: Week,
    tally: &Tally,
    departments: &[DepartmentId],
) -> Observation {
    let kind = definition.kind;
    let mut parts: Vec<ObservedPart> = departments
        .iter()
        .enumerate()
        .map(|(seat, department)| ObservedPart {
            department: department.clone(),
            millionths: tally.parts[seat],
            late_microdays: tally.late_micro_days[seat],
        })
        .filter(|part| part.millionths != 0 || part.late_microdays != 0)
        .collect();
    parts.sort_by(|a, b| a.department.cmp(&b.department));
    let (bases, beside) =
        if kind == KpiKind::PromiseKept { (bases(tally), beside(tally)) } else { <_>::default() };
    Observation {
        kpi: definition.kpi.clone(),
        definition_version: definition.counting_version(),
        week,
        revision: 0,
        numerator: tally.numerator,
        denominator: tally.denominator(kind),
        n: tally.n,
        pending: tally.pending,
        cancelled: tally.cancelled,
        parts,
        late_microdays: tally.late_days * 1_000_000,
        bases,
        beside: with_counts(beside, tally),
        known_from: 0,
        run: None,
        moved: Moved::default(),
        cause: Cause::First,
        split: None,
    }
}

fn bases(tally: &Tally) -> Bases {
    let ratio = |basis| {
        let line = &tally.beside(basis).line;
        (line.n > 0).then_some(Ratio { numerator: line.on_time_in_full, denominator: line.n })
    };
    Bases {
        requested: ratio(Basis::Requested),
        promised: ratio(Basis::Promised),
        agreed: ratio(Basis::Agreed),
    }
}

fn beside(tally: &Tally) -> BTreeMap<String, Ratio> {
    let mut beside = BTreeMap::new();
    for (basis, word) in
        [(Basis::Requested, "requested"), (Basis::Promised, "promised"), (Basis::Agreed, "agreed")]
    {
        let of = tally.beside(basis);
        for (level, level_word) in [(&of.line, "line"), (&of.order, "order"), (&of.quantity, "quantity")] {
            if level.n == 0 {
                continue;
            }
            for (numerator, what) in [
                (level.on_time, "on_time"),
                (level.in_full, "in_full"),
                (level.on_time_in_full, "on_time_in_full"),
            ] {
                beside
                    .insert(format!("{word}_{level_word}_{what}"), Ratio { numerator, denominator: level.n });
            }
        }
        if of.line.n > 0 {
            beside.insert(format!("{word}_early"), Ratio { numerator: of.early, denominator: of.line.n });
        }
    }
    beside
}

/// Counts that make a week provisional or are shown as they are.
fn with_counts(mut beside: BTreeMap<String, Ratio>, tally: &Tally) -> BTreeMap<String, Ratio> {
    for (word, numerator) in [(UNSETTLED, tally.unsettled), ("without_promise", tally.without_promise)] {
        if numerator != 0 {
            beside.insert(word.to_owned(), Ratio { numerator, denominator: tally.n });
        }
    }
    beside
}

fn run_finished(end: &RunEnd<'_>, changed: &BTreeSet<(KpiKind, Week)>, now_ms: i64) -> Draft {
    let counts = [
        ("read", end.counts.read),
        ("new", end.counts.new),
        ("changed", end.counts.changed),
        ("same", end.counts.same),
        ("quarantined", end.counts.quarantined),
        ("deleted", end.counts.deleted),
        ("journeys", end.journeys),
    ];
    let weeks: BTreeSet<Week> = changed.iter().map(|(_, week)| *week).collect();
    let payload = Payload::RunFinished(RunFinished {
        run: end.run.clone(),
        integration: IntegrationId::from(end.integration),
        began_at: end.began_at,
        ended_at: now_ms,
        counts: counts.into_iter().map(|(word, count)| (word.to_owned(), count)).collect(),
        reasons: end.reasons.clone(),
        weeks: weeks.into_iter().collect(),
        trail: Some(end.trail.clone()),
    });
    Draft::derived(payload, [end.run.to_string(), "finished".to_owned()])
}
