//! The charter of an integration, and what follows from it: it is activated, measured, and one day retired.
//!
//! Only an active integration is pulled by itself ([`Workspace::is_active`] is asked by whatever begins a pull without a
//! person). By hand a person pulls any integration at any time.

pub(crate) mod facts;
pub(crate) mod measure;
pub(crate) mod sentence;
pub(crate) mod words;

use plaza_domain::charter::{Charter, Gap, Known, Level, Measure, NUMBER_MAX_MILLIONTHS};
use plaza_domain::day::Week;
use plaza_domain::event::{
    CharterSaved, IntegrationActivated, IntegrationId, MeasureEntered, Payload, Unstable,
};
use plaza_domain::person::{Person, PersonId, Role};

use crate::error::{EngineError, Result};
use crate::page::charter::{CharterDraft, MeasureDraft};
use crate::words as text;
use crate::workspace::Workspace;
use facts::Facts;

/// Letters of a reason.
const REASON_CHARS_MAX: usize = 2_000;

/// Weeks back for which a number may still be entered: two months of holidays and illness.
pub(crate) const ENTER_WEEKS: i32 = 8;

const MILLION: f64 = 1_000_000.0;

impl Workspace {
    /// Whether an integration is active: it may be pulled without a person asking for it.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn is_active(&self, integration: &IntegrationId) -> Result<bool> {
        Ok(self.view(|view| view.activation(integration))?.is_some())
    }

    /// Saves the next version of a charter, complete or not; nothing where it says the same as the one before. Returns
    /// the version in force.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] with every field that cannot be, in the workspace's language;
    /// [`EngineError::NotFound`] for an integration that is not in use.
    pub fn save_charter(&self, id: &str, draft: &CharterDraft) -> Result<u32> {
        let saved = self.integration_in_use(id)?;
        let (language, charter) = (self.settings()?.language, charter_of(draft)?);
        let today = self.today()?;
        let (people, departments, kpis, before) = self
            .view(|view| Ok((view.people()?, view.departments()?, view.kpis()?, view.charter(&saved.id)?)))?;
        let known = Known { people: &people, departments: &departments, kpis: &kpis, today };
        let faults = charter.faults(&known, before.as_ref().map(|before| &before.charter));
        if !faults.is_empty() {
            let fields = faults.iter().map(|fault| (fault.field().to_owned(), words::fault(fault, language)));
            return Err(EngineError::Invalid { fields: fields.collect() });
        }
        if let Some(same) = before.as_ref().filter(|before| before.charter == charter) {
            return Ok(same.version);
        }
        let version = before.map_or(1, |before| before.version + 1);
        self.act([Payload::CharterSaved(CharterSaved { integration: saved.id, version, charter })])?;
        Ok(version)
    }

    /// Activates an integration: from now on it is pulled by itself.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] names everything that its charter lacks, or who may do this, or what is unstable below it
    /// where no reason was given; [`EngineError::Conflict`] where it is active already;
    /// [`EngineError::NotFound`] for an integration that is not in use.
    pub fn activate_integration(&self, id: &str, reason: &str) -> Result<()> {
        let saved = self.integration_in_use(id)?;
        let language = self.settings()?.language;
        let facts = Facts::read(self, &saved)?;
        if facts.activation.is_some() {
            return Err(EngineError::Conflict { what: "whether it is active" });
        }
        self.check_may_decide(&facts)?;
        let gaps = facts.gaps();
        if !gaps.is_empty() {
            let fields = gaps.iter().map(|gap| (gap.field().to_owned(), words::gap(*gap, language)));
            return Err(EngineError::Invalid { fields: fields.collect() });
        }
        let Some(version) = &facts.charter else { return Ok(()) };
        if version.charter.measure.by.is_some_and(|by| by < facts.today) {
            return Err(EngineError::invalid("by", words::date_is_over(language)));
        }
        let unstable = self.unstable_below(&saved.id, version.charter.level)?;
        let reason = checked_reason(reason, language)?;
        if reason.is_empty() && !unstable.is_empty() {
            return Err(EngineError::invalid("reason", words::reason_wanted(&unstable, language)));
        }
        self.act([Payload::IntegrationActivated(IntegrationActivated {
            integration: saved.id,
            charter_version: version.version,
            unstable: unstable
                .iter()
                .map(|one| Unstable {
                    integration: one.id.clone(),
                    troubles: one.troubles.iter().map(|trouble| trouble.word().to_owned()).collect(),
                })
                .collect(),
            reason,
        })])?;
        Ok(())
    }

    /// Deactivates an integration: from now on it is pulled by hand only.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason, or says who may do this; [`EngineError::Conflict`] where it is not
    /// active; [`EngineError::NotFound`] for an integration that is not in use.
    pub fn deactivate_integration(&self, id: &str, reason: &str) -> Result<()> {
        let saved = self.integration_in_use(id)?;
        let language = self.settings()?.language;
        let facts = Facts::read(self, &saved)?;
        if facts.activation.is_none() {
            return Err(EngineError::Conflict { what: "whether it is active" });
        }
        self.check_may_decide(&facts)?;
        let reason = checked_reason(reason, language)?;
        if reason.is_empty() {
            return Err(EngineError::invalid("reason", words::say_why(language)));
        }
        self.act([Payload::IntegrationDeactivated { integration: saved.id, reason }])?;
        Ok(())
    }

    /// Enters a week's number of an integration's success measure; a second one for the same week takes its place.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a week that is not over or long gone, for no number, and where nothing is entered for
    /// its measure; [`EngineError::NotFound`] for an integration that is not in use.
    pub fn enter_measure(&self, id: &str, week: Week, value: f64) -> Result<()> {
        let saved = self.integration_in_use(id)?;
        let language = self.settings()?.language;
        let charter = self.view(|view| view.charter(&saved.id))?;
        let measure = charter.map(|version| version.charter.measure).unwrap_or_default();
        if measure.what != Measure::ENTERED || measure.name.is_empty() || measure.unit.is_empty() {
            return Err(EngineError::invalid("week", words::nothing_entered(language)));
        }
        let today = self.today()?;
        if week.sunday() >= today || week.plus(ENTER_WEEKS) < today.week() {
            return Err(EngineError::invalid("week", words::week_out_of_reach(language)));
        }
        let millionths = millionths(value);
        if !(-NUMBER_MAX_MILLIONTHS..=NUMBER_MAX_MILLIONTHS).contains(&millionths) {
            return Err(EngineError::invalid("value", words::no_number(language)));
        }
        let (name, unit) = (measure.name, measure.unit);
        let entered = MeasureEntered { integration: saved.id, name, unit, week, millionths };
        self.act([Payload::MeasureEntered(entered)])?;
        Ok(())
    }

    /// The same, as the window's forms send it.
    ///
    /// # Errors
    /// See [`Workspace::enter_measure`]; [`EngineError::Invalid`] for a text that is no week.
    pub fn enter_measure_of(&self, id: &str, week: &str, value: f64) -> Result<()> {
        self.enter_measure(id, text::week(week)?, value)
    }

    /// Who acts on this device, where that has been said.
    pub(crate) fn actor(&self) -> Result<Option<Person>> {
        let id = match self.acting_for() {
            Some(id) => Some(id),
            None => self.me()?,
        };
        match id {
            Some(id) => self.view(|view| view.person(&id)),
            None => Ok(None),
        }
    }

    /// Whether whoever acts may activate and deactivate: the charter's owner, and who has the role of an integration
    /// owner or of a facilitator.
    pub(crate) fn may_decide(&self, facts: &Facts) -> Result<bool> {
        let Some(person) = self.actor()? else { return Ok(false) };
        let owner = facts.charter.as_ref().and_then(|version| version.charter.owner.as_ref());
        let is_in_role =
            person.roles.contains(&Role::IntegrationOwner) || person.roles.contains(&Role::Facilitator);
        Ok(!person.has_left(facts.today) && (is_in_role || owner == Some(&person.id)))
    }

    pub(crate) fn check_may_decide(&self, facts: &Facts) -> Result<()> {
        if self.may_decide(facts)? {
            return Ok(());
        }
        Err(EngineError::invalid("person", words::not_yours(self.settings()?.language)))
    }

    /// The integrations of lower levels that are unstable, with why. Nothing while the level has not been said.
    pub(crate) fn unstable_below(
        &self,
        id: &IntegrationId,
        level: Option<Level>,
    ) -> Result<Vec<UnstableIntegration>> {
        let Some(level) = level else { return Ok(Vec::new()) };
        let mut unstable = Vec::new();
        for saved in self.view(|view| view.integrations())? {
            if saved.id == *id || saved.retired.is_some() {
                continue;
            }
            let facts = Facts::read(self, &saved)?;
            let standing = facts.standing();
            let troubles = standing.troubles();
            if standing.is_below(level) && !troubles.is_empty() {
                unstable.push(UnstableIntegration { id: saved.id, name: facts.name(), troubles });
            }
        }
        Ok(unstable)
    }
}

/// An integration that others stand on, and that is unstable.
#[derive(Clone, Debug)]
pub(crate) struct UnstableIntegration {
    pub(crate) id: IntegrationId,
    pub(crate) name: String,
    pub(crate) troubles: Vec<plaza_domain::charter::Trouble>,
}

fn checked_reason(reason: &str, language: plaza_domain::language::Language) -> Result<String> {
    let reason = reason.trim();
    if reason.chars().count() > REASON_CHARS_MAX {
        return Err(EngineError::invalid("reason", words::too_long(REASON_CHARS_MAX, language)));
    }
    Ok(reason.to_owned())
}

/// What a form says as a charter: texts without the space around them, and of the measure only what belongs to its kind.
fn charter_of(draft: &CharterDraft) -> Result<Charter> {
    let level = draft.level.map(|number| {
        let level = u8::try_from(number).ok().and_then(|number| Level::try_from(number).ok());
        level.ok_or_else(|| EngineError::invalid("level", format!("{number} is not a level from 1 to 4")))
    });
    Ok(Charter {
        level: level.transpose()?,
        problem: draft.problem.trim().to_owned(),
        beneficiaries: draft.beneficiaries.iter().map(|id| PersonId::from(id.as_str())).collect(),
        usage: draft.usage.trim().to_owned(),
        fallback: draft.fallback.trim().to_owned(),
        owner: draft.owner.as_deref().map(PersonId::from),
        measure: measure_of(&draft.measure)?,
    })
}

fn measure_of(draft: &MeasureDraft) -> Result<Measure> {
    let what = draft.what.clone().unwrap_or_default();
    if !matches!(what.as_str(), "" | Measure::KPI | Measure::QUARANTINE | Measure::ENTERED) {
        return Err(EngineError::invalid("what", format!("“{what}” cannot be measured")));
    }
    let (is_kpi, is_entered) = (what == Measure::KPI, what == Measure::ENTERED);
    let word = |text: &str| if is_entered { text.trim().to_owned() } else { String::new() };
    let day = |text: &String| text::day(text).map_err(|fault| EngineError::invalid("by", fault.to_string()));
    Ok(Measure {
        kpi: draft.kpi.as_deref().filter(|_| is_kpi).map(Into::into),
        part: if is_kpi { text::department(draft.part.clone())? } else { None },
        name: word(&draft.name),
        unit: word(&draft.unit),
        baseline_millionths: draft.baseline.map(millionths),
        target_millionths: draft.target.map(millionths),
        by: draft.by.as_ref().map(day).transpose()?,
        what,
    })
}

/// A number in millionths; one that is none is out of every range.
fn millionths(number: f64) -> i64 {
    if number.is_finite() { (number * MILLION).round() as i64 } else { i64::MAX }
}

/// The fields of the gaps, for whoever lists them.
pub(crate) fn gap_words(gaps: &[Gap], language: plaza_domain::language::Language) -> Vec<String> {
    gaps.iter().map(|gap| words::gap(*gap, language)).collect()
}
