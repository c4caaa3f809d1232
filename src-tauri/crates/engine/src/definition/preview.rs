//! What a change would have done to the past, found without changing anything.

use std::collections::BTreeSet;

use plaza_domain::event::{Cause, KpiId, Observation};
use plaza_domain::language::Language;
use plaza_domain::signal::{Behaviour, Signal, compare};

use super::{Meant, Names, check, differences, words};
use crate::error::Result;
use crate::page::definition::{ChartSide, DefinitionForm, DefinitionPreview, WeekMove};
use crate::page::kpi::SignalView;
use crate::page::series::{Icons, Series, count};
use crate::page::{DepartmentView, WeekState, name, signal_view};
use crate::pull::{Change, Watch, outlook};
use crate::signal::{Charts, value_of};
use crate::workspace::Workspace;

/// The drawing of each of the two charts, pixels; the window scales it.
const CHART: (f64, f64) = (640.0, 220.0);

/// Looks at what a form would change.
///
/// # Errors
/// [`crate::error::EngineError::Invalid`] names each field that cannot be used; [`crate::error::EngineError::Conflict`]
/// where the form was filled in from another version, or pulls go on all the time;
/// [`crate::error::EngineError::Cancelled`] where `watch` says so.
pub fn preview(
    workspace: &Workspace,
    kpi: impl Into<KpiId>,
    form: &DefinitionForm,
    language: Language,
    watch: &dyn Watch,
) -> Result<DefinitionPreview> {
    let kpi = kpi.into();
    let meant = check::meant(workspace, &kpi, form, None, language)?;
    let mut seen = Seen::default();
    if meant.counts_otherwise() || meant.publishes() {
        let outlook = outlook(workspace, &meant.all, watch)?;
        let all = outlook.changes(workspace, &meant.all)?;
        // Others have not moved by this: what time alone has changed in them is for the next pull.
        seen.changes = all.into_iter().filter(|change| change.next.kpi == kpi).collect();
        seen.held = (!outlook.held.is_empty()).then(|| words::held(&outlook.held, language));
        seen.waiting = outlook.waiting;
    }
    watch.progress("count", 1, 1);
    shown(workspace, &meant, seen, language)
}

/// What was counted.
#[derive(Default)]
struct Seen {
    changes: Vec<Change>,
    waiting: Vec<String>,
    held: Option<String>,
}

fn shown(workspace: &Workspace, meant: &Meant, seen: Seen, language: Language) -> Result<DefinitionPreview> {
    let before = Series::read(workspace, meant.before.clone(), None)?;
    let revisions: Vec<&Observation> = seen.changes.iter().map(|change| &change.next).collect();
    let after = before.redefined(meant.next.clone(), &revisions);
    let (charts_before, charts_after) = (before.charts()?, after.charts()?);
    let (gained, lost) = signals(&charts_before, &charts_after, language);
    let people = workspace.view(|view| view.people())?;
    let names = Names { people: &people, departments: &before.departments, language };
    let moves = moves(&before, &seen.changes);
    let lifted = seen.changes.iter().filter(|change| lifts(&before, change)).count();
    Ok(DefinitionPreview {
        version: meant.before.version,
        changes: differences(&meant.before, &meant.next, &names),
        counts_otherwise: meant.counts_otherwise(),
        weeks: count(after.observations.len() as i64),
        changed: count(moves.len() as i64),
        sharpened: count((seen.changes.len() - moves.len()) as i64),
        lifted: count(lifted as i64),
        moves,
        before: side(&before, &charts_before, language),
        after: side(&after, &charts_after, language),
        gained,
        lost,
        departments: before.departments.iter().map(DepartmentView::from).collect(),
        waiting: seen.waiting,
        held: seen.held,
    })
}

fn side(series: &Series, charts: &Charts, language: Language) -> ChartSide {
    let whole = &charts.whole;
    let icons = Icons::of(whole, language);
    let phase = whole.phases.last();
    let limits = phase.and_then(|phase| phase.limits);
    let title = name(&series.definition, language);
    ChartSide {
        chart: series.draw_whole(charts, CHART, &title, language),
        sentence: series.sentence(charts, language),
        variation: icons.variation_words,
        assurance: icons.assurance_words,
        mean: phase.and_then(|phase| phase.mean),
        lower: limits.map(|limits| limits.lower),
        upper: limits.map(|limits| limits.upper),
        signals: count(whole.signals.len() as i64),
    }
}

/// Whether publishing would lift a signature that stands.
fn lifts(series: &Series, change: &Change) -> bool {
    change.next.cause == Cause::Restatement
        && change.before.as_ref().is_some_and(|before| series.state(before) == WeekState::Signed)
}

/// The weeks that would have another value, the largest change first.
fn moves(series: &Series, changes: &[Change]) -> Vec<WeekMove> {
    let value =
        |one: &Observation| value_of(&series.definition, one).map(plaza_domain::signal::Value::number);
    let mut moves: Vec<WeekMove> = changes
        .iter()
        .filter(|change| change.before.as_ref().is_none_or(|before| !before.has_value_of(&change.next)))
        .map(|change| {
            let was = change.before.as_ref().and_then(value);
            let would_be = value(&change.next);
            WeekMove {
                week: change.next.week.to_string(),
                was,
                would_be,
                by: was.zip(would_be).map(|(was, would_be)| would_be - was),
                n_was: change.before.as_ref().map_or(0, |before| count(before.n)),
                n_would_be: count(change.next.n),
                moved: u32::try_from(change.next.moved.count).unwrap_or(u32::MAX),
                lifts: lifts(series, change),
            }
        })
        .collect();
    moves.sort_by(|one, other| {
        let far = |one: &WeekMove| one.by.map_or(f64::INFINITY, f64::abs);
        far(other).total_cmp(&far(one)).then_with(|| other.week.cmp(&one.week))
    });
    moves
}

/// Signals that would be found, and those that would be gone, those that ended last first.
fn signals(before: &Charts, after: &Charts, language: Language) -> (Vec<SignalView>, Vec<SignalView>) {
    let parts: BTreeSet<_> = before.parts.keys().chain(after.parts.keys()).collect();
    let nothing: &[Signal] = &[];
    let of = |charts: &Charts, part: Option<&plaza_domain::department::DepartmentId>| -> Vec<Signal> {
        let behaviour: Option<&Behaviour> = match part {
            None => Some(&charts.whole),
            Some(id) => charts.parts.get(id),
        };
        behaviour.map_or(nothing, |behaviour| &behaviour.signals).to_vec()
    };
    let (mut gained, mut lost) = (Vec::new(), Vec::new());
    for part in std::iter::once(None).chain(parts.into_iter().map(Some)) {
        let (was, would_be) = (of(before, part), of(after, part));
        let comparison = compare(&was, &would_be, None);
        let view = |signal: &Signal, state| signal_view(part, signal, state, language);
        gained.extend(comparison.new.iter().filter_map(|new| view(would_be.get(*new)?, "new")));
        let gone = comparison.lapsed.iter().chain(&comparison.out_of_view);
        lost.extend(gone.filter_map(|gone| view(was.get(*gone)?, "lapsed")));
    }
    let last_first = |views: &mut Vec<SignalView>| {
        views.sort_by(|a, b| b.to.cmp(&a.to).then_with(|| a.department.cmp(&b.department)));
    };
    last_first(&mut gained);
    last_first(&mut lost);
    (gained, lost)
}
