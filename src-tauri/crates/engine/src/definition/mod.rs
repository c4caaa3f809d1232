//! Definitions of joint KPIs: looked at before they are changed, changed with a reason, taken off the board and brought
//! back; proposed for retirement where nobody talks about them. What a person may change of one is in [`crate::page::definition::DefinitionForm`].

mod check;
mod history;
mod preview;
mod retirement;
mod words;

use plaza_domain::event::{KpiDefinition, Payload};
use plaza_domain::kpi::{KpiKind, KpiSettings};
use plaza_domain::language::Language;

use crate::error::{EngineError, Result};
use crate::page::definition::DefinitionForm;
use crate::pull::{Watch, outlook, resume_in_turn};
use crate::workspace::Workspace;

pub(crate) use history::{Names, differences, settings_facts};
pub use preview::preview;
pub use retirement::keep;

/// More joint KPIs than this are too many to talk about in one meeting.
pub const ACTIVE_MAX: usize = 7;

/// A definition before and after a change, with all others.
struct Meant {
    before: KpiDefinition,
    next: KpiDefinition,
    /// All definitions as they would be.
    all: Vec<KpiDefinition>,
}

impl Meant {
    fn new(all: Vec<KpiDefinition>, before: KpiDefinition, next: KpiDefinition) -> Self {
        let replaced = |one: KpiDefinition| if one.kpi == next.kpi { next.clone() } else { one };
        let all = all.into_iter().map(replaced).collect();
        Self { before, next, all }
    }

    /// Whether other numbers come out.
    fn counts_otherwise(&self) -> bool {
        counts_otherwise(&self.before, &self.next)
    }

    /// Whether something is to be published: it counts otherwise, or comes back.
    fn publishes(&self) -> bool {
        self.next.active && (self.counts_otherwise() || !self.before.active)
    }
}

/// Whether a form can be saved as it is; nothing is changed. `language` is that of the words of what cannot be.
///
/// # Errors
/// [`EngineError::Invalid`] names each field that cannot be used; [`EngineError::Conflict`] where the form was filled in
/// from another version.
pub fn check(
    workspace: &Workspace,
    kind: KpiKind,
    form: &DefinitionForm,
    reason: &str,
    language: Language,
) -> Result<()> {
    check::meant(workspace, kind, form, Some(reason), language).map(drop)
}

/// Whether a form can be looked at: as [`check`], without a reason.
///
/// # Errors
/// As [`check`].
pub fn check_look(
    workspace: &Workspace,
    kind: KpiKind,
    form: &DefinitionForm,
    language: Language,
) -> Result<()> {
    check::meant(workspace, kind, form, None, language).map(drop)
}

/// Writes the next version of a definition, with its reason. Where it counts otherwise, every week that changes is
/// published anew as a restatement that names the version.
///
/// # Errors
/// As [`check`]; [`EngineError::Invalid`] also while a batch of an integration that it counts waits at its checkpoint;
/// [`EngineError::Cancelled`] where `watch` says so. Nothing is changed then.
pub fn save(
    workspace: &Workspace,
    kind: KpiKind,
    form: &DefinitionForm,
    reason: &str,
    language: Language,
    watch: &dyn Watch,
) -> Result<()> {
    let _turn = workspace.turn();
    resume_in_turn(workspace)?;
    let meant = check::meant(workspace, kind, form, Some(reason), language)?;
    write(workspace, meant, language, watch)
}

/// Takes a KPI off the board, or brings it back; what it missed meanwhile is published.
///
/// # Errors
/// [`EngineError::Invalid`] names the seven where an eighth would be active; what the stores say.
pub fn show(
    workspace: &Workspace,
    kind: KpiKind,
    active: bool,
    language: Language,
    watch: &dyn Watch,
) -> Result<()> {
    // Who only takes it off publishes nothing and waits for nobody's pull.
    let _turn = active.then(|| workspace.turn());
    if active {
        resume_in_turn(workspace)?;
    }
    let before = workspace.definition(kind)?;
    if before.active == active {
        return Ok(());
    }
    let all = workspace.view(|view| view.kpis())?;
    if let Some(full) = check::full(&all, &before, active, language) {
        return Err(EngineError::invalid("active", words::fault(&full, language)));
    }
    let next = KpiDefinition { active, reason: String::new(), ..next_of(&before) };
    write(workspace, Meant::new(all, before, next), language, watch)
}

/// Whether two versions may give other numbers.
fn counts_otherwise(one: &KpiDefinition, other: &KpiDefinition) -> bool {
    KpiSettings::of(&one.settings) != KpiSettings::of(&other.settings)
}

/// The version after one, saying the same so far.
fn next_of(before: &KpiDefinition) -> KpiDefinition {
    KpiDefinition {
        version: before.version.saturating_add(1),
        counts_since: Some(before.counting_version()),
        ..before.clone()
    }
}

fn write(workspace: &Workspace, meant: Meant, language: Language, watch: &dyn Watch) -> Result<()> {
    let kind = meant.next.kind;
    if !meant.counts_otherwise() && !meant.publishes() {
        workspace.act([Payload::KpiDefined(meant.next)])?;
        workspace.record_signals_after_act(kind);
        return Ok(());
    }
    // Counted before it is said: where counting fails or is stopped, nothing was changed.
    let outlook = outlook(workspace, &meant.all, watch)?;
    if !outlook.held.is_empty() {
        return Err(EngineError::invalid("settings", words::held(&outlook.held, language)));
    }
    workspace.act([Payload::KpiDefined(meant.next)])?;
    outlook.publish(workspace, watch)
}
