//! Reading the page of one KPI and the panel of one week.

use plaza_domain::day::Week;
use plaza_domain::event::{Anchor, Cause, KpiDefinition, KpiId, Observation, Ratio};
use plaza_domain::kpi::{Basis, KpiKind};
use plaza_domain::language::Language;
use plaza_domain::person::Person;
use plaza_domain::signal::{Behaviour, Fired, propose, words};
use plaza_store::view::{KpiVersion, Phase, Signature};

use super::board::own;
use super::kpi::{
    Bases, BasisFigures, FactView, KpiDefinitionView, KpiPage, PartChart, PhaseView, RevisionEntry,
    RevisionFile, RevisionSplit, RevisionView, SignOffer, WeekPanel,
};
use super::measure::{FiguresView, exact, unassigned};
use super::series::{Icons, Series, count, moment};
use super::signals::signal_views;
use super::{DepartmentView, WeekState};
use crate::definition::{Names, differences, settings_facts};
use crate::error::{EngineError, Result};
use crate::journey::counted::ListQuestion;
use crate::pull::seats;
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
    pub fn read(
        workspace: &Workspace,
        kpi: impl Into<KpiId>,
        basis: Basis,
        language: Language,
    ) -> Result<Self> {
        let series = series_of(workspace, kpi)?;
        let kpi = series.definition.kpi.clone();
        let (versions, phases, found) = workspace
            .view(|view| Ok((view.kpi_versions(&kpi)?, view.phases(&kpi)?, view.signals(Some(&kpi))?)))?;
        let charts = series.charts()?;
        let whole = &charts.whole;
        let icons = Icons::of(whole, language);
        let marked = workspace.view(|view| view.marked_threads(&kpi))?;
        let taken = marked.into_iter().filter_map(|one| match one.anchor {
            Anchor::Signal { signal, .. } => Some((signal, one.is_open)),
            _ => None,
        });
        let taken = taken.collect();
        let people = workspace.view(|view| view.people())?;
        let names = Names { people: &people, departments: &series.departments, language };
        let before = std::iter::once(None).chain(versions.iter().map(Some));
        let mut history: Vec<KpiDefinitionView> = versions
            .iter()
            .zip(before)
            .map(|(version, before)| KpiDefinitionView::of(version, before, &names))
            .collect();
        history.sort_by_key(|version| std::cmp::Reverse(version.version));
        let current = series.definition.version;
        let definition =
            history.iter().find(|version| version.version == current).or(history.first()).cloned();
        let name = super::name(&series.definition, language);
        Ok(Self {
            kind: series.kind(),
            kpi,
            definition: definition.ok_or_else(|| EngineError::NotFound {
                noun: "KPI",
                name: series.definition.kpi.to_string(),
            })?,
            history,
            basis,
            unit: series.unit(),
            unit_word: series.unit_word(),
            measure: FiguresView::of(&series),
            latest: series.latest(),
            variation: icons.variation,
            variation_words: icons.variation_words,
            assurance: icons.assurance,
            assurance_words: icons.assurance_words,
            sentence: series.sentence(&charts, language),
            chart: series.draw_whole(&charts, LARGE_CHART, &name, language),
            parts: part_charts(&series, &charts, language),
            departments: series.departments.iter().map(DepartmentView::from).collect(),
            weeks: series.observations.iter().map(|observation| observation.week.to_string()).collect(),
            phases: phase_views(&phases, whole, language),
            signals: signal_views(&charts, &found, &taken, language),
        })
    }
}

/// Reads one KPI whole.
pub(super) fn series_of(workspace: &Workspace, kpi: impl Into<KpiId>) -> Result<Series> {
    Series::read(workspace, workspace.definition(kpi)?, None)
}

impl KpiDefinitionView {
    fn of(version: &KpiVersion, before: Option<&KpiVersion>, names: &Names<'_>) -> Self {
        let definition = &version.definition;
        let settings = settings_facts(definition, names).into_iter();
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
            owners: definition
                .owners
                .iter()
                .map(|(id, person)| (id.to_string(), person.to_string()))
                .collect(),
            active: definition.active,
            reason: definition.reason.clone(),
            changes: before
                .map_or_else(Vec::new, |before| differences(&before.definition, definition, names)),
            settings: settings.map(|fact| FactView { label: fact.label, value: fact.value }).collect(),
        }
    }
}

fn part_charts(series: &Series, charts: &Charts, language: Language) -> Vec<PartChart> {
    series
        .parts_in_flow(charts)
        .into_iter()
        .map(|(id, part)| {
            let words = Series::part_sentence(part, language);
            let chart = series.draw_part(
                charts,
                (id, part),
                PART_CHART,
                (series.department_name(id), &words),
                language,
            );
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

impl WeekPanel {
    /// Reads one week's panel. Against another date than the promised one, value and parts are counted now: only the
    /// KPI itself is published, signed and charted.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for a week that was never observed.
    pub fn read(
        workspace: &Workspace,
        kpi: impl Into<KpiId>,
        basis: Basis,
        week: Week,
        language: Language,
    ) -> Result<Self> {
        let series = series_of(workspace, kpi)?;
        let kind = series.kind();
        let published = series
            .observations
            .iter()
            .find(|observation| observation.week == week)
            .ok_or_else(|| EngineError::NotFound { noun: "week", name: week.to_string() })?;
        // Nobody promised a measure: there is one of it.
        if basis != Basis::Promised && kind != KpiKind::Measure {
            let list = workspace.counted().read(workspace, ListQuestion { kind, basis, week })?;
            let counted = crate::pull::observation(&series.definition, week, &list.tally, &seats(workspace)?);
            return Ok(Self {
                bases: bases(kind, published),
                state: WeekState::Draft,
                sign: SignOffer { possible: false, reason: Some("other_basis".to_owned()) },
                ..Self::of(&series, &counted, None)
            });
        }
        let charts = series.charts()?;
        let kpi = &series.definition.kpi;
        let (revisions, signatures, people, versions) = workspace.view(|view| {
            let revisions = view.revisions(kpi, week)?;
            Ok((revisions, view.signatures(kpi)?, view.people()?, view.kpi_versions(kpi)?))
        })?;
        let point = charts.whole.points.iter().find(|point| point.day == week.monday());
        let state = series.state(published);
        let ghosts = series.acts.get(&None).map(|signed| &signed.ghosts);
        let refused = refused(&series, published, state, workspace.me()?.is_some());
        let words = |fired: &Fired| words::rule(fired.rule, fired.side, language).to_owned();
        Ok(Self {
            bases: bases(kind, published),
            rules: point.map_or_else(Vec::new, |point| point.fired.iter().map(words).collect()),
            state,
            revisions: revisions
                .iter()
                .enumerate()
                .rev()
                .map(|(place, revision)| {
                    let before = place.checked_sub(1).and_then(|place| revisions.get(place));
                    RevisionView {
                        definition: redefined_by(before, revision),
                        definition_reason: redefined_by(before, revision)
                            .and_then(|version| reason_of(&versions, version)),
                        ..revision_view(&series.definition, revision, &signatures, &people)
                    }
                })
                .collect(),
            ghost: ghosts.and_then(|ghosts| ghosts.get(&week)).cloned(),
            sign: SignOffer { possible: refused.is_none(), reason: refused.map(str::to_owned) },
            ..Self::of(&series, published, Some(&charts))
        })
    }

    /// The figures of an observation.
    fn of(series: &Series, observation: &Observation, charts: Option<&Charts>) -> Self {
        let (kind, week) = (series.kind(), observation.week);
        Self {
            week: week.to_string(),
            from: week.monday().to_string(),
            to: week.sunday().to_string(),
            value: value_of(&series.definition, observation).map(|value| value.number()),
            numerator: exact(kind, observation.numerator),
            denominator: exact(kind, observation.denominator),
            n: count(observation.n),
            small_n: series.is_small(observation),
            pending: count(observation.pending),
            cancelled: count(observation.cancelled),
            late_days: matches!(kind, KpiKind::PromiseKept | KpiKind::LateBacklog)
                .then(|| observation.late_microdays as f64 / 1_000_000.0),
            parts: series.parts(observation, charts),
            unassigned: unassigned(series, observation),
            bases: None,
            rules: Vec::new(),
            state: WeekState::Draft,
            revision: observation.revision,
            revisions: Vec::new(),
            ghost: None,
            sign: SignOffer { possible: false, reason: None },
        }
    }
}

/// Why a week cannot be signed now.
fn refused(
    series: &Series,
    observation: &Observation,
    state: WeekState,
    is_somebody: bool,
) -> Option<&'static str> {
    if state == WeekState::Signed {
        return Some("already_signed");
    }
    if observation.week.sunday() >= series.today {
        return Some("week_not_over");
    }
    if value_of(&series.definition, observation).is_none() {
        return Some("no_value");
    }
    (!is_somebody).then_some("nobody")
}

/// The version of the definition that made a revision, where no run did and it counts by another one.
fn redefined_by(before: Option<&Observation>, revision: &Observation) -> Option<u32> {
    let is_another = before.is_some_and(|before| before.definition_version != revision.definition_version);
    (is_another && revision.run.is_none()).then_some(revision.definition_version)
}

/// Why a version of a definition was made, where somebody said so.
fn reason_of(versions: &[KpiVersion], version: u32) -> Option<String> {
    let known = versions.iter().rfind(|known| known.definition.version == version)?;
    Some(known.definition.reason.clone()).filter(|reason| !reason.is_empty())
}

fn revision_view(
    definition: &KpiDefinition,
    revision: &Observation,
    signatures: &[Signature],
    people: &[Person],
) -> RevisionView {
    let signature =
        signatures.iter().rfind(|one| one.week == revision.week && one.revision == revision.revision);
    let signer = signature.and_then(|signature| signature.act.person.as_ref());
    RevisionView {
        revision: revision.revision,
        value: value_of(definition, revision).map(|value| value.number()),
        known_from: moment(revision.known_from),
        cause: match revision.cause {
            Cause::First => "first",
            Cause::Refinement => "refinement",
            Cause::Restatement => "restatement",
        }
        .to_owned(),
        split: revision.split.as_ref().map(|split| RevisionSplit {
            order: split.order.clone(),
            line: split.line.clone(),
            thread: split.thread.as_ref().map(ToString::to_string),
            is_withdrawn: split.is_withdrawn,
        }),
        entered: revision.entered.as_ref().map(|entry| RevisionEntry {
            by: people
                .iter()
                .find(|person| Some(&person.id) == entry.by.as_ref())
                .map(|person| person.name.clone()),
            reason: entry.reason.clone(),
            file: entry.file.as_ref().map(|file| RevisionFile {
                figures: file.figures.to_string(),
                name: file.name.clone(),
                was_held: file.was_held,
            }),
        }),
        moved: u32::try_from(revision.moved.count).unwrap_or(u32::MAX),
        moved_examples: revision.moved.first.clone(),
        signed_by: signer
            .and_then(|id| people.iter().find(|person| person.id == *id))
            .map(|person| person.name.clone()),
        signed_at: signature.map(|signature| moment(signature.act.at.wall_ms)),
        note: signature.map(|signature| signature.note.clone()).filter(|note| !note.is_empty()),
        definition: None,
        definition_reason: None,
    }
}

/// What is shown beside: the journeys promised for the week, measured against each date.
fn bases(kind: KpiKind, observation: &Observation) -> Option<Bases> {
    (kind == KpiKind::PromiseKept).then(|| Bases::of(observation))
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
