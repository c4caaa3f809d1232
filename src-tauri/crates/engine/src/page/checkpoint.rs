//! The checkpoint of an integration as its page shows it: how batches pass, what waits, what was decided.

use plaza_domain::event::{BatchDecided, BatchHeld, KpiId, Trip};
use plaza_domain::language::Language;
use plaza_store::intake::HeldRow;
use plaza_store::view::{BatchAct, BatchWord, Checkpoint};
use serde::{Deserialize, Serialize};

use super::name;
use super::series::{count, moment};
use crate::checkpoint::{CheckpointForm, Decision, Effect, Look, decide, release_at};
use crate::error::{EngineError, Result};
use crate::staging::reason_words;
use crate::workspace::Workspace;

/// Acts that a page shows.
const ACTS_MAX: u32 = 50;

/// Millionths in one.
const MILLION: f64 = 1e6;

/// The checkpoint of an integration.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct CheckpointView {
    /// How batches pass; nothing where nobody said so, and every batch is published as it comes.
    pub settings: Option<CheckpointSettings>,
    /// The batch that waits.
    pub held: Option<HeldView>,
    /// What was said of batches, the newest first.
    pub acts: Vec<BatchActView>,
}

/// How batches pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct CheckpointSettings {
    /// Whether batches are looked at.
    pub is_on: bool,
    /// Who decides: a person's id.
    pub approver: String,
    /// Points by which a published percentage may move.
    pub points: f64,
    /// Mean moving ranges by which another published value may move.
    pub ranges: f64,
    /// Whether warnings about the whole file hold a batch too.
    pub holds_warnings: bool,
    /// Whether a second person must decide.
    pub four_eyes: bool,
    /// Hours after which a batch passes by itself; nothing for never.
    pub hours: Option<u32>,
}

/// A batch that waits.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct HeldView {
    /// The run that it is held for.
    pub run: String,
    /// Since when, RFC 3339.
    pub since: String,
    /// When it passes by itself, RFC 3339.
    pub release_at: Option<String>,
    /// Who decides.
    pub approver: String,
    /// Why it waits, a sentence each.
    pub why: Vec<String>,
    /// Why the person at this device may not decide.
    pub why_not: Option<String>,
    /// What it would change: what is beyond the threshold first, by KPI and week.
    pub weeks: Vec<HeldWeek>,
}

/// What a batch would do to one week.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct HeldWeek {
    /// The KPI's id.
    pub kpi: String,
    /// Its name.
    pub name: String,
    /// `%` or `d`.
    pub is_percent: bool,
    /// ISO week.
    pub week: String,
    /// The published value in its unit.
    pub before: Option<f64>,
    /// The value that would be published.
    pub after: Option<f64>,
    /// By how much it would move.
    pub by: Option<f64>,
    /// Whether that is beyond the threshold.
    pub is_beyond: bool,
    /// Journeys behind it.
    pub n: u32,
    /// Journeys that move it.
    pub moved: u32,
    /// The first of them, as `order/line`.
    pub first: Vec<String>,
}

/// What was said of a batch.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct BatchActView {
    /// When, RFC 3339.
    pub at: String,
    /// `held`, `released`, `released_in_part`, `rejected`, `lapsed` or `mended`.
    pub what: String,
    /// Who: a person's name; nothing where it was nobody.
    pub person: Option<String>,
    /// The reason, or why it was held.
    pub words: String,
}

/// What a person decides.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum BatchDecision {
    /// All of it is published.
    Release,
    /// These weeks are published.
    ReleaseWeeks {
        /// KPI and ISO week.
        weeks: Vec<(String, String)>,
    },
    /// It is turned away.
    Reject,
}

impl CheckpointView {
    /// Reads the checkpoint of an integration.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for one that there is not; what the stores say.
    pub fn read(workspace: &Workspace, id: &str, language: Language) -> Result<Self> {
        let id = workspace.saved_integration(id)?.id;
        let said = workspace.view(|view| view.checkpoint(&id))?;
        let held = match (&said, workspace.held_batch(&id)?) {
            (Some(said), Some(held)) => Some(HeldView::of(workspace, said, &held, language)?),
            _ => None,
        };
        let acts = workspace.view(|view| view.batch_acts(&id, ACTS_MAX))?;
        let acts = acts.iter().map(|act| BatchActView::of(workspace, act, language));
        Ok(Self {
            settings: said.map(|said| CheckpointSettings::of(&said)),
            held,
            acts: acts.collect::<Result<_>>()?,
        })
    }
}

impl CheckpointSettings {
    fn of(said: &Checkpoint) -> Self {
        let set = &said.set;
        Self {
            is_on: set.is_on,
            approver: set.approver.to_string(),
            points: set.points_millionths as f64 / MILLION,
            ranges: set.ranges_thousandths as f64 / 1e3,
            holds_warnings: set.holds_warnings,
            four_eyes: set.four_eyes,
            hours: set.hours,
        }
    }

    /// Keeps how batches pass, with the person's reason.
    ///
    /// # Errors
    /// As [`Workspace::set_checkpoint`].
    pub fn keep(&self, workspace: &Workspace, id: &str, reason: &str) -> Result<()> {
        let form = CheckpointForm {
            is_on: self.is_on,
            approver: self.approver.as_str().into(),
            // A number that is none at all, or beyond all sense, is refused as one below nought is.
            points_millionths: whole(self.points * MILLION),
            ranges_thousandths: whole(self.ranges * 1e3),
            holds_warnings: self.holds_warnings,
            four_eyes: self.four_eyes,
            hours: self.hours,
            reason: reason.to_owned(),
        };
        workspace.set_checkpoint(id, &form)
    }
}

fn whole(number: f64) -> i64 {
    if number.is_finite() && number.abs() < 1e15 { number.round() as i64 } else { -1 }
}

impl HeldView {
    fn of(workspace: &Workspace, said: &Checkpoint, held: &HeldRow, language: Language) -> Result<Self> {
        let set = &said.set;
        let tripped: Vec<Trip> = serde_json::from_str(&held.tripped).unwrap_or_default();
        let run = workspace.intake_reader()?.view().run(held.run)?;
        let since = held.held_at.unwrap_or_default();
        let look = workspace.look_at_held(&set.integration, set)?;
        Ok(Self {
            run: run.map_or_else(String::new, |run| run.name),
            since: moment(since),
            release_at: set.hours.map(|hours| moment(release_at(since, hours))),
            approver: set.approver.to_string(),
            why: why(workspace, &tripped, language)?,
            why_not: workspace.why_not_decide(set)?.map(|why| why_not_words(why, language).to_owned()),
            weeks: weeks(workspace, &look, language)?,
        })
    }
}

fn weeks(workspace: &Workspace, look: &Look, language: Language) -> Result<Vec<HeldWeek>> {
    let kpis = workspace.view(|view| view.kpis())?;
    let value =
        |effect: &Effect, one| Effect::millionths(effect.kind, one).map(|value| value as f64 / MILLION);
    let mut weeks: Vec<HeldWeek> = look
        .effects
        .iter()
        .map(|effect| HeldWeek {
            kpi: effect.kpi.to_string(),
            name: kpis
                .iter()
                .find(|one| one.kpi == effect.kpi)
                .map_or_else(String::new, |definition| name(definition, language)),
            is_percent: effect.kind.is_percent(),
            week: effect.week.to_string(),
            before: effect.before.as_ref().and_then(|one| value(effect, one)),
            after: value(effect, &effect.next),
            by: effect.move_millionths().map(|by| by as f64 / MILLION),
            is_beyond: effect.is_beyond(),
            n: count(effect.next.n),
            moved: u32::try_from(effect.next.moved.count).unwrap_or(u32::MAX),
            first: effect.next.moved.first.clone(),
        })
        .collect();
    weeks.sort_by_key(|week| !week.is_beyond);
    Ok(weeks)
}

/// Why a batch waits, a sentence each.
fn why(workspace: &Workspace, tripped: &[Trip], language: Language) -> Result<Vec<String>> {
    let kpis = workspace.view(|view| view.kpis())?;
    let kpi_name = |kpi: &KpiId| {
        let known = kpis.iter().find(|one| one.kpi == *kpi);
        known.map_or_else(|| kpi.to_string(), |definition| name(definition, language))
    };
    let sentence = |trip: &Trip| match trip {
        Trip::Impact { kpi, weeks } => {
            let (kpi, one) = (kpi_name(kpi), *weeks == 1);
            match (language, one) {
                (Language::En, true) => format!("{kpi}: one published week would move further than it may."),
                (Language::En, false) => {
                    format!("{kpi}: {weeks} published weeks would move further than they may.")
                }
                (Language::De, true) => {
                    format!("{kpi}: Eine veröffentlichte Woche würde sich weiter bewegen, als sie darf.")
                }
                (Language::De, false) => {
                    format!(
                        "{kpi}: {weeks} veröffentlichte Wochen würden sich weiter bewegen, als sie dürfen."
                    )
                }
                (Language::Es, true) => {
                    format!("{kpi}: una semana publicada se movería más de lo permitido.")
                }
                (Language::Es, false) => {
                    format!("{kpi}: {weeks} semanas publicadas se moverían más de lo permitido.")
                }
            }
        }
        Trip::Warning { word } => reason_words(word, language),
    };
    Ok(tripped.iter().map(sentence).collect())
}

const fn why_not_words(why: crate::checkpoint::WhyNot, language: Language) -> &'static str {
    use crate::checkpoint::WhyNot::{FourEyes, Nobody, NotApprover};
    match (why, language) {
        (Nobody, Language::En) => "Say first who you are: this is somebody’s decision.",
        (Nobody, Language::De) => "Sagen Sie zuerst, wer Sie sind: Das entscheidet ein Mensch.",
        (Nobody, Language::Es) => "Diga primero quién es: esto lo decide una persona.",
        (NotApprover, Language::En) => "This is the approver’s decision.",
        (NotApprover, Language::De) => "Das entscheidet, wer für die Freigabe genannt ist.",
        (NotApprover, Language::Es) => "Lo decide la persona designada para aprobar.",
        (FourEyes, Language::En) => {
            "You saved this integration last, and four eyes are asked for: a second person decides."
        }
        (FourEyes, Language::De) => {
            "Sie haben diese Integration zuletzt gespeichert, und es gilt das Vier-Augen-Prinzip: \
             Ein zweiter Mensch entscheidet."
        }
        (FourEyes, Language::Es) => {
            "Usted guardó esta integración la última vez y se exigen cuatro ojos: decide una segunda persona."
        }
    }
}

impl BatchActView {
    fn of(workspace: &Workspace, said: &BatchAct, language: Language) -> Result<Self> {
        let (what, words, is_person) = match &said.word {
            BatchWord::Held(BatchHeld { tripped, .. }) => {
                ("held".to_owned(), why(workspace, tripped, language)?.join(" "), false)
            }
            BatchWord::Decided(BatchDecided { decision, reason, .. }) => {
                (decision.clone(), reason.clone(), !matches!(decision.as_str(), "lapsed" | "mended"))
            }
        };
        let person = match &said.act.person {
            Some(person) if is_person => workspace.view(|view| view.person(person))?.map(|one| one.name),
            _ => None,
        };
        Ok(Self { at: moment(said.act.at.wall_ms), what, person, words })
    }
}

impl BatchDecision {
    /// Does what a person decided.
    ///
    /// # Errors
    /// As [`decide`]; [`EngineError::Invalid`] for a week that is none.
    pub fn carry_out(&self, workspace: &Workspace, id: &str, reason: &str) -> Result<()> {
        let decision = match self {
            Self::Release => Decision::Release,
            Self::Reject => Decision::Reject,
            Self::ReleaseWeeks { weeks } => {
                let week = |(kpi, week): &(String, String)| {
                    let week = week.parse().map_err(|_| EngineError::invalid("weeks", "that is no week"))?;
                    Ok((KpiId::from(kpi.as_str()), week))
                };
                Decision::ReleaseWeeks(weeks.iter().map(week).collect::<Result<_>>()?)
            }
        };
        decide(workspace, id, &decision, reason)
    }
}
