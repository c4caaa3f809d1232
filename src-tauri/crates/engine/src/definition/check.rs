//! Whether a definition can be what a form says.

use std::collections::BTreeMap;

use plaza_domain::department::DepartmentId;
use plaza_domain::event::KpiDefinition;
use plaza_domain::kpi::settings::SETTING_DAYS_MAX;
use plaza_domain::kpi::{KpiKind, KpiSettings};
use plaza_domain::language::Language;
use plaza_domain::person::{Person, PersonId};
use plaza_domain::signal::Baseline;

use super::words::{self, Fault};
use super::{ACTIVE_MAX, Meant, counts_otherwise, next_of};
use crate::error::{EngineError, Result};
use crate::page::definition::{DefinitionForm, SettingsForm};
use crate::page::name;
use crate::workspace::Workspace;

/// Letters of a name: it stands in a row of the board beside its chart.
const NAME_CHARS_MAX: usize = 60;

/// Letters of a question, a decision or a reason.
const TEXT_CHARS_MAX: usize = 300;

/// The largest target of a KPI in days, and the most points of a baseline: more than any company has.
const TARGET_MAX: f64 = 1_000_000.0;
const BASELINE_MAX: u32 = 520;

const MILLION: f64 = 1_000_000.0;

/// What a form means; `reason` is missing where it is only looked at.
pub(super) fn meant(
    workspace: &Workspace,
    kind: KpiKind,
    form: &DefinitionForm,
    reason: Option<&str>,
    language: Language,
) -> Result<Meant> {
    let before = workspace.definition(kind)?;
    if before.version != form.version {
        return Err(EngineError::Conflict { what: "the definition" });
    }
    let (all, people, departments) =
        workspace.view(|view| Ok((view.kpis()?, view.people()?, view.departments()?)))?;
    let today = workspace.today()?;
    let departments = departments.into_iter().map(|one| one.id).collect();
    let mut checking = Checking { kind, people, departments, today, language, faults: Vec::new() };
    let mut next = checking.definition(form, &before);
    if let Some(full) = full(&all, &before, next.active, language) {
        checking.fault("active", &full);
    }
    if let Some(reason) = reason {
        next.reason = checking.text("reason", reason, TEXT_CHARS_MAX);
        if next.reason.is_empty() {
            checking.fault("reason", &Fault::NoReason);
        }
        let (version, counts_since, reason) = (before.version, before.counts_since, before.reason.clone());
        if (KpiDefinition { version, counts_since, reason, ..next.clone() }) == before {
            checking.fault("form", &Fault::Same);
        }
    }
    if counts_otherwise(&before, &next) {
        next.counts_since = Some(next.version);
    }
    if !checking.faults.is_empty() {
        return Err(EngineError::Invalid { fields: checking.faults });
    }
    Ok(Meant::new(all, before, next))
}

/// Who fills the board already, where a KPI would come onto it that is not there.
pub(super) fn full(
    all: &[KpiDefinition],
    before: &KpiDefinition,
    active: bool,
    language: Language,
) -> Option<Fault> {
    let others: Vec<String> =
        all.iter().filter(|one| one.active && one.kpi != before.kpi).map(|one| name(one, language)).collect();
    (active && !before.active && others.len() >= ACTIVE_MAX).then_some(Fault::Full { names: others })
}

struct Checking {
    kind: KpiKind,
    people: Vec<Person>,
    departments: Vec<DepartmentId>,
    today: plaza_domain::day::Day,
    language: Language,
    /// Field and reason.
    faults: Vec<(String, String)>,
}

impl Checking {
    fn fault(&mut self, field: impl Into<String>, fault: &Fault) {
        self.faults.push((field.into(), words::fault(fault, self.language)));
    }

    fn definition(&mut self, form: &DefinitionForm, before: &KpiDefinition) -> KpiDefinition {
        KpiDefinition {
            name: self.text("name", &form.name, NAME_CHARS_MAX),
            question: self.text("question", &form.question, TEXT_CHARS_MAX),
            decision: self.text("decision", &form.decision, TEXT_CHARS_MAX),
            decider: form.decides.as_deref().map(|id| self.person("decides", id)),
            owners: self.owners(&form.owners),
            target_millionths: form.target.map(|target| self.target(target)),
            rule_set: self.rule_set(&form.rule_set),
            screening: form.screening,
            baseline_n: self.baseline(form.baseline),
            active: form.active,
            settings: self.settings(&form.settings, before),
            ..next_of(before)
        }
    }

    fn text(&mut self, field: &str, text: &str, max: usize) -> String {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > max {
            self.fault(field, &Fault::TooLong { letters: max });
        }
        text
    }

    fn person(&mut self, field: &str, id: &str) -> PersonId {
        let id = PersonId::from(id);
        match self.people.iter().find(|person| person.id == id) {
            None => self.fault(field, &Fault::NoSuchPerson),
            Some(person) if person.has_left(self.today) => {
                let name = person.name.clone();
                self.fault(field, &Fault::HasLeft { name });
            }
            Some(_) => {}
        }
        id
    }

    fn owners(&mut self, owners: &BTreeMap<String, String>) -> BTreeMap<DepartmentId, PersonId> {
        let mut checked = BTreeMap::new();
        for (department, person) in owners {
            let field = format!("owners.{department}");
            let Some(department) = self.department(&field, department) else { continue };
            checked.insert(department, self.person(&field, person));
        }
        checked
    }

    fn department(&mut self, field: &str, id: &str) -> Option<DepartmentId> {
        let known = self.departments.iter().find(|one| one.as_str() == id).cloned();
        if known.is_none() {
            self.fault(field, &Fault::NoSuchDepartment);
        }
        known
    }

    fn target(&mut self, target: f64) -> i64 {
        let max = if self.kind.is_percent() { 100.0 } else { TARGET_MAX };
        if !(0.0..=max).contains(&target) {
            self.fault("target", &Fault::Target { is_percent: self.kind.is_percent() });
            return 0;
        }
        (target * MILLION).round() as i64
    }

    fn rule_set(&mut self, word: &str) -> String {
        match word {
            "mdc" => "making-data-count".to_owned(),
            "wheeler" => word.to_owned(),
            _ => {
                self.fault("rule_set", &Fault::NoSuchRules);
                String::new()
            }
        }
    }

    fn baseline(&mut self, points: Option<u32>) -> Option<u32> {
        let points = points?;
        if !(Baseline::FEWEST..=BASELINE_MAX).contains(&points) {
            self.fault("baseline", &Fault::Baseline { from: Baseline::FEWEST, to: BASELINE_MAX });
        }
        Some(points)
    }

    fn days(&mut self, field: &str, days: f64, from: i32) -> i32 {
        let is_whole = days.fract() == 0.0 && (f64::from(from)..=f64::from(SETTING_DAYS_MAX)).contains(&days);
        if !is_whole {
            self.fault(field, &Fault::Days { from, to: SETTING_DAYS_MAX });
            return from;
        }
        days as i32
    }

    /// What the form says of the kind's own settings; those of other kinds stay.
    fn settings(&mut self, form: &SettingsForm, before: &KpiDefinition) -> serde_json::Value {
        let mut settings = KpiSettings::of(&before.settings);
        match self.kind {
            KpiKind::PromiseKept => {
                settings.counts_short = form.counts_short;
                settings.counts_invoice = form.counts_invoice;
                settings.invoicing_days =
                    form.invoicing_days.map(|days| self.days("settings.invoicing_days", days, 0));
                settings.credit_window_days =
                    self.days("settings.credit_window_days", form.credit_window_days, 0);
            }
            KpiKind::RightFirstTime => {
                settings.return_window_days =
                    self.days("settings.return_window_days", form.return_window_days, 1);
                settings.counts_after = [form.counts_returns, form.counts_credits, form.counts_disputes];
                if settings.counts_after == [false; 3] {
                    self.fault("settings.counts_returns", &Fault::NothingCounts);
                }
                let unnamed = [
                    ("settings.returns_to", &form.returns_to),
                    ("settings.credits_to", &form.credits_to),
                    ("settings.disputes_to", &form.disputes_to),
                ];
                settings.unnamed =
                    unnamed.map(|(field, id)| id.as_deref().and_then(|id| self.department(field, id)));
            }
            KpiKind::OrderToCash | KpiKind::PromiseRealism | KpiKind::LateBacklog => {}
        }
        settings.to_value(&before.settings)
    }
}
