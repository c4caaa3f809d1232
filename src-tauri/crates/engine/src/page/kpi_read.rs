//! Reading the page of one KPI and the panel of one week.

use plaza_domain::day::Week;
use plaza_domain::event::{Cause, Observation, Ratio};
use plaza_domain::kpi::{Basis, KpiKind};
use plaza_domain::language::Language;
use plaza_domain::signal::{Behaviour, propose, sentence, words};
use plaza_store::view::{KpiVersion, Phase, Signal as FoundSignal};

use super::board::own;
use super::kpi::{
    Bases, BasisFigures, KpiDefinitionView, KpiPage, PartChart, PhaseView, RevisionView, SignOffer,
    SignalView, WeekPanel,
};
use super::series::{Series, count, moment};
use super::{DepartmentView, WeekState};
use crate::error::{EngineError, Result};
use crate::signal::{Charts, value_of};
use crate::workspace::Workspace;

/// The large chart and a part's small one, pixels; the window scales them.
const LARGE_CHART: (f64, f64) = (960.0, 300.0);
const PART_CHART: (f64, f64) = (300.0, 96.0);

impl KpiPage {
    /// Reads a KPI's page. Charts are of the published weeks; `basis` chooses what the week panel and lists show.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for a KPI without a definition.
    pub fn read(workspace: &Workspace, kind: KpiKind, basis: Basis, language: Language) -> Result<Self> {
        let series = series_of(workspace, kind)?;
        let kpi = series.definition.kpi.clone();
        let (versions, phases, found) = workspace
            .view(|view| Ok((view.kpi_versions(&kpi)?, view.phases(&kpi)?, view.signals(Some(&kpi))?)))?;
        let charts = series.charts()?;
        let whole = &charts.whole;
        let mut history: Vec<KpiDefinitionView> = versions.iter().map(KpiDefinitionView::from).collect();
        history.sort_by_key(|version| std::cmp::Reverse(version.version));
        let current = series.definition.version;
        let definition =
            history.iter().find(|version| version.version == current).or(history.first()).cloned();
        let name = super::name(&series.definition, language);
        Ok(Self {
            kpi: kind,
            definition: definition
                .ok_or_else(|| EngineError::NotFound { noun: "KPI", name: kpi.to_string() })?,
            history,
            basis,
            unit: series.unit(),
            latest: series.latest(),
            variation: whole.variation.map(|variation| variation.code().to_owned()),
            variation_words: whole
                .variation
                .map(|v| words::variation(v, whole.since, whole.cadence, language)),
            assurance: whole.assurance.map(|assurance| assurance.code().to_owned()),
            assurance_words: whole
                .assurance
                .map(|assurance| words::assurance(assurance, language).to_owned()),
            sentence: series.sentence(&charts, language),
            chart: series.draw_whole(&charts, LARGE_CHART, &name, language),
            parts: part_charts(&series, &charts, language),
            departments: series.departments.iter().map(DepartmentView::from).collect(),
            weeks: series.observations.iter().map(|observation| observation.week.to_string()).collect(),
            phases: phase_views(&phases, whole, language),
            signals: signal_views(&charts, &found, language),
        })
    }
}

/// Reads one KPI whole.
pub(super) fn series_of(workspace: &Workspace, kind: KpiKind) -> Result<Series> {
    let definition = workspace
        .view(|view| view.kpis())?
        .into_iter()
        .find(|definition| definition.kind == kind)
        .ok_or_else(|| EngineError::NotFound { noun: "KPI", name: kind.word().to_owned() })?;
    Series::read(workspace, definition, None)
}

impl From<&KpiVersion> for KpiDefinitionView {
    fn from(version: &KpiVersion) -> Self {
        let definition = &version.definition;
        Self {
            version: definition.version,
            name: own(&definition.name),
            question: own(&definition.question),
            decision: own(&definition.decision),
            decides: definition.decider.as_ref().map(ToString::to_string),
            target: definition.target_millionths.map(|target| target as f64 / 1_000_000.0),
            higher_is_better: definition.direction == "higher",
            rule_set: if definition.rule_set == "wheeler" { "wheeler" } else { "mdc" }.to_owned(),
            screening: definition.screening,
            baseline: definition.baseline_n,
            since: moment(version.act.at.wall_ms),
            by: version.act.person.as_ref().map(ToString::to_string),
        }
    }
}

fn part_charts(series: &Series, charts: &Charts, language: Language) -> Vec<PartChart> {
    charts
        .parts
        .iter()
        .map(|(id, part)| {
            let words = sentence(part, &[], &[]).words(part.cadence, language);
            let chart =
                series.draw_part(charts, part, PART_CHART, (series.department_name(id), &words), language);
            PartChart { department: id.to_string(), sentence: words, chart }
        })
        .collect()
}

fn phase_views(phases: &[Phase], whole: &Behaviour, language: Language) -> Vec<PhaseView> {
    let signed = phases.iter().filter(|phase| phase.part.is_none() && phase.version.is_some());
    let signed = signed.map(|phase| PhaseView {
        from: phase.start.week().to_string(),
        proposed: false,
        reason: phase.reason.clone(),
        by: phase.act.person.as_ref().map(ToString::to_string),
        signed: Some(moment(phase.act.at.wall_ms)),
    });
    let proposed = propose(whole, &[]).into_iter().map(|proposal| PhaseView {
        from: proposal.day.week().to_string(),
        proposed: true,
        reason: words::proposal(&proposal, whole.cadence, language),
        by: None,
        signed: None,
    });
    signed.chain(proposed).collect()
}

fn signal_views(charts: &Charts, found: &[FoundSignal], language: Language) -> Vec<SignalView> {
    let whole = charts.whole.signals.iter().map(|signal| (None, signal));
    let parts = charts
        .parts
        .iter()
        .flat_map(|(id, part)| part.signals.iter().map(move |signal| (Some(id.to_string()), signal)));
    let mut views: Vec<SignalView> = whole
        .chain(parts)
        .filter_map(|(department, signal)| {
            Some(SignalView {
                rule: signal.rule.code().to_owned(),
                words: words::rule(signal.rule, signal.side, language).to_owned(),
                department,
                from: signal.days.first()?.week().to_string(),
                to: signal.days.last()?.week().to_string(),
                state: "new".to_owned(),
            })
        })
        .collect();
    // A pattern that a restatement took away stays readable.
    views.extend(found.iter().filter(|signal| signal.lapsed_by.is_some()).filter_map(|signal| {
        Some(SignalView {
            rule: signal.found.rule.clone(),
            words: String::new(),
            department: signal.found.part.as_ref().map(ToString::to_string),
            from: signal.found.weeks.first()?.to_string(),
            to: signal.found.weeks.last()?.to_string(),
            state: "lapsed".to_owned(),
        })
    }));
    views.sort_by(|a, b| b.to.cmp(&a.to).then_with(|| a.department.cmp(&b.department)));
    views
}

impl WeekPanel {
    /// Reads one week's panel.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for a week that was never observed.
    pub fn read(workspace: &Workspace, kind: KpiKind, week: Week, language: Language) -> Result<Self> {
        let series = series_of(workspace, kind)?;
        let observation = series
            .observations
            .iter()
            .find(|observation| observation.week == week)
            .ok_or_else(|| EngineError::NotFound { noun: "week", name: week.to_string() })?;
        let charts = series.charts()?;
        let kpi = &series.definition.kpi;
        let (revisions, signatures, people) =
            workspace.view(|view| Ok((view.revisions(kpi, week)?, view.signatures(kpi)?, view.people()?)))?;
        let me = workspace.me()?;
        let point = charts.whole.points.iter().find(|point| point.day == week.monday());
        let state = series.state(observation);
        let value = value_of(kind, observation).map(|value| value.number());
        let ghosts = series.acts.get(&None).map(|signed| &signed.ghosts);
        let signed_now = state == WeekState::Signed;
        let sign = match (signed_now, week.sunday() < series.today, value, &me) {
            (true, ..) => Some("already_signed"),
            (_, false, ..) => Some("week_not_over"),
            (_, _, None, _) => Some("no_value"),
            (.., None) => Some("nobody"),
            _ => None,
        };
        Ok(Self {
            week: week.to_string(),
            from: week.monday().to_string(),
            to: week.sunday().to_string(),
            value,
            numerator: observation.numerator.to_string(),
            denominator: observation.denominator.to_string(),
            n: count(observation.n),
            small_n: observation.n < 5,
            pending: count(observation.pending),
            cancelled: count(observation.cancelled),
            late_days: matches!(kind, KpiKind::PromiseKept | KpiKind::LateBacklog)
                .then(|| observation.late_microdays as f64 / 1_000_000.0),
            parts: series.parts(observation, Some(&charts)),
            bases: (kind == KpiKind::PromiseKept).then(|| Bases::of(observation)),
            rules: point.map_or_else(Vec::new, |point| {
                point
                    .fired
                    .iter()
                    .map(|fired| words::rule(fired.rule, fired.side, language).to_owned())
                    .collect()
            }),
            state,
            revision: observation.revision,
            revisions: revisions
                .iter()
                .rev()
                .map(|revision| {
                    let signature =
                        signatures.iter().rfind(|s| s.week == week && s.revision == revision.revision);
                    let signer = signature.and_then(|signature| signature.act.person.as_ref());
                    RevisionView {
                        revision: revision.revision,
                        value: value_of(kind, revision).map(|value| value.number()),
                        known_from: moment(revision.known_from),
                        cause: match revision.cause {
                            Cause::First => "first",
                            Cause::Refinement => "refinement",
                            Cause::Restatement => "restatement",
                        }
                        .to_owned(),
                        moved: u32::try_from(revision.moved.count).unwrap_or(u32::MAX),
                        moved_examples: revision.moved.first.clone(),
                        signed_by: signer
                            .and_then(|id| people.iter().find(|person| person.id == *id))
                            .map(|person| person.name.clone()),
                        signed_at: signature.map(|signature| moment(signature.act.at.wall_ms)),
                        note: signature
                            .map(|signature| signature.note.clone())
                            .filter(|note| !note.is_empty()),
                    }
                })
                .collect(),
            ghost: ghosts.and_then(|ghosts| ghosts.get(&week)).cloned(),
            sign: SignOffer { possible: sign.is_none(), reason: sign.map(str::to_owned) },
        })
    }
}

impl Bases {
    fn of(observation: &Observation) -> Self {
        let percent = |ratio: Option<Ratio>| {
            ratio.filter(|r| r.denominator > 0).map(|r| 100.0 * r.numerator as f64 / r.denominator as f64)
        };
        let beside = |word: String| observation.beside.get(&word).copied();
        let figures = |basis: &str, lines| BasisFigures {
            lines_percent: percent(lines),
            orders_percent: percent(beside(format!("{basis}_orders"))),
            quantity_percent: percent(beside(format!("{basis}_quantity"))),
        };
        Self {
            requested: figures("requested", observation.bases.requested),
            promised: figures("promised", observation.bases.promised),
            agreed: figures("agreed", observation.bases.agreed),
            early: beside("promised_early".to_owned()).map_or(0, |early| count(early.numerator)),
        }
    }
}
