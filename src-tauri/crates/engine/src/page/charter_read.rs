//! Reads the charter of an integration with what became of its success measure.

use plaza_domain::chart::{Chart, Frame, Mark, Unit, draw_plain};
use plaza_domain::charter::{Charter, Level, Measure, Verdict};
use plaza_domain::day::Day;
use plaza_domain::department::Department;
use plaza_domain::language::Language;
use plaza_domain::person::PersonId;
use plaza_domain::signal::words::period;
use plaza_domain::signal::{Point, Value};
use plaza_store::view::{Activation, Integration as Saved};

use super::charter::{
    ActivationView, CharterDraft, CharterPage, CharterVersionView, CharterWords, EnteredView, KpiChoice,
    LevelView, MeasureDraft, MeasureView,
};
use super::series::moment;
use crate::charter::facts::Facts;
use crate::charter::measure::Measuring;
use crate::charter::{ENTER_WEEKS, gap_words, sentence, words};
use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

/// Weeks of a chart: a year.
const CHART_WEEKS: i32 = 52;
/// Weeks before the activation that a chart shows at least, so that before stands beside after.
const BEFORE_WEEKS: i32 = 13;
/// Size of the drawing; the page scales it.
const SIZE: (f64, f64) = (860.0, 220.0);

const MILLION: f64 = 1_000_000.0;

impl CharterPage {
    /// The charter of an integration in use.
    ///
    /// # Errors
    /// There is none of this id; what the stores say.
    pub fn read(workspace: &Workspace, id: &str, language: Language) -> Result<Self> {
        let saved = workspace.integration_in_use(id)?;
        let facts = Facts::read(workspace, &saved)?;
        let measuring = Measuring::read(workspace, &facts)?;
        let (versions, said, departments, integrations) = workspace.view(|view| {
            Ok((
                view.charter_versions(&saved.id)?,
                view.activations(&saved.id)?,
                view.departments()?,
                view.integrations()?,
            ))
        })?;
        let reader = Reader { facts: &facts, departments: &departments, language };
        let charter = facts.charter.as_ref().map(|version| version.charter.clone()).unwrap_or_default();
        let unstable = workspace.unstable_below(&saved.id, charter.level)?;
        let verdict = measuring.as_ref().and_then(|measuring| measuring.verdict);
        Ok(Self {
            version: facts.charter.as_ref().map_or(0, |version| version.version),
            words: reader.words(&charter),
            charter: draft_of(&charter),
            gaps: gap_words(&facts.gaps(), language),
            active: facts.activation.is_some(),
            retirement: words::retirement(!facts.used_by().is_empty(), verdict, language),
            activations: said.iter().rev().map(|one| reader.said(one, &integrations)).collect(),
            may_decide: workspace.may_decide(&facts)?,
            unstable: unstable.iter().map(|one| words::unstable(one, language)).collect(),
            measure: measuring.map(|measuring| reader.measure(workspace, &measuring)).transpose()?,
            levels: Level::ALL
                .into_iter()
                .map(|level| LevelView {
                    level: u32::from(u8::from(level)),
                    words: words::level(level, language).to_owned(),
                })
                .collect(),
            kpis: facts
                .kpis
                .iter()
                .map(|one| KpiChoice { kpi: one.kpi.to_string(), name: super::name(one, language) })
                .collect(),
            versions: versions
                .into_iter()
                .rev()
                .map(|version| CharterVersionView {
                    version: version.version,
                    saved_at: moment(version.act.at.wall_ms),
                    saved_by: version.act.person.as_ref().and_then(|id| reader.name(id)),
                    words: reader.words(&version.charter),
                    charter: draft_of(&version.charter),
                })
                .collect(),
        })
    }
}

/// A charter as a form has it.
fn draft_of(charter: &Charter) -> CharterDraft {
    let measure = &charter.measure;
    let number = |millionths: Option<i64>| millionths.map(|millionths| millionths as f64 / MILLION);
    CharterDraft {
        level: charter.level.map(|level| u32::from(u8::from(level))),
        problem: charter.problem.clone(),
        beneficiaries: charter.beneficiaries.iter().map(ToString::to_string).collect(),
        usage: charter.usage.clone(),
        fallback: charter.fallback.clone(),
        owner: charter.owner.as_ref().map(ToString::to_string),
        measure: MeasureDraft {
            what: Some(measure.what.clone()).filter(|what| !what.is_empty()),
            kpi: measure.kpi.as_ref().map(ToString::to_string),
            part: measure.part.as_ref().map(ToString::to_string),
            name: measure.name.clone(),
            unit: measure.unit.clone(),
            baseline: number(measure.baseline_millionths),
            target: number(measure.target_millionths),
            by: measure.by.map(|by| by.to_string()),
        },
    }
}

struct Reader<'a> {
    facts: &'a Facts,
    departments: &'a [Department],
    language: Language,
}

impl Reader<'_> {
    fn name(&self, id: &PersonId) -> Option<String> {
        self.facts.person(id).map(|person| person.name.clone())
    }

    fn words(&self, charter: &Charter) -> CharterWords {
        let mut beneficiaries: Vec<String> =
            charter.beneficiaries.iter().filter_map(|id| self.name(id)).collect();
        beneficiaries.sort_by_key(|name| name.to_lowercase());
        CharterWords {
            level: charter.level.map(|level| words::level(level, self.language).to_owned()),
            beneficiaries,
            owner: charter.owner.as_ref().and_then(|id| self.name(id)),
            measure: self.measure_words(&charter.measure),
        }
    }

    /// “On-time delivery: from 82% to 90% by 31 March 2027”, as far as it has been said.
    fn measure_words(&self, measure: &Measure) -> Option<String> {
        let kpi = measure.kpi.as_ref();
        let measuring = Measuring {
            definition: self.facts.kpis.iter().find(|one| Some(&one.kpi) == kpi).cloned(),
            measure: measure.clone(),
            readings: Vec::new(),
            verdict: None,
            since: None,
        };
        measure.measured()?;
        let title = sentence::title(&measuring, self.part(measure), self.language);
        let value = |millionths: i64| measuring.value(millionths, self.language);
        let (Some(from), Some(to), Some(by)) =
            (measure.baseline_millionths.map(value), measure.target_millionths.map(value), measure.by)
        else {
            return Some(title);
        };
        let by = period::date(by, self.language);
        Some(match self.language {
            Language::En => format!("{title}: from {from} to {to} by {by}"),
            Language::De => format!("{title}: von {from} auf {to} bis zum {by}"),
            Language::Es => format!("{title}: de {from} a {to} hasta el {by}"),
        })
    }

    fn part<'b>(&'b self, measure: &'b Measure) -> Option<&'b str> {
        let part = measure.part.as_ref()?;
        let known = self.departments.iter().find(|department| department.id == *part);
        Some(known.map_or(part.as_str(), |department| department.name.as_str()))
    }

    fn said(&self, one: &Activation, integrations: &[Saved]) -> ActivationView {
        let unstable = one.activated.iter().flat_map(|activated| &activated.unstable).map(|unstable| {
            let known = integrations.iter().find(|saved| saved.id == unstable.integration);
            let name = known
                .and_then(|saved| crate::integration::Integration::from_toml(&saved.current.toml).ok())
                .map_or_else(|| unstable.integration.to_string(), |one| one.name);
            let why = unstable.troubles.iter().map(|word| words::trouble_word(word, self.language));
            format!("{name}: {}", why.collect::<Vec<_>>().join("; "))
        });
        ActivationView {
            activated: one.activated.is_some(),
            at: moment(one.act.at.wall_ms),
            by: one.act.person.as_ref().and_then(|id| self.name(id)),
            reason: one.reason.clone(),
            unstable: unstable.collect(),
        }
    }

    fn measure(&self, workspace: &Workspace, measuring: &Measuring) -> Result<MeasureView> {
        let verdict = match measuring.verdict {
            None => "not_active",
            Some(Verdict::Waiting) => "waiting",
            Some(Verdict::Open) => "open",
            Some(Verdict::Reached { .. }) => "reached",
            Some(Verdict::Missed) => "missed",
        };
        let said = measuring.sentence(self.language);
        Ok(MeasureView {
            verdict: verdict.to_owned(),
            chart: self.chart(measuring, &said)?,
            sentence: said,
            weeks: self.weeks(workspace, &measuring.measure)?,
        })
    }

    fn chart(&self, measuring: &Measuring, said: &str) -> Result<Option<Chart>> {
        let (since, today) = (measuring.since, self.facts.today);
        let year = today.plus(-7 * CHART_WEEKS);
        let from = since.map_or(year, |since| year.min(since.plus(-7 * BEFORE_WEEKS)));
        let points: Vec<Point> = measuring
            .readings
            .iter()
            .filter(|one| one.week.monday() >= from)
            .filter_map(|one| {
                Some(Point::new(one.week.monday(), Value::plain(one.millionths as f64 / MILLION)?))
            })
            .collect();
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return Ok(None) };
        let stands = |day: Day| (first.day.min(day), last.day.max(day));
        let mark = since.map(|since| {
            let (text, label) = sentence::activation_mark(since, self.language);
            Mark::new(since, since.to_string(), text, label)
        });
        let number = |millionths: Option<i64>| millionths.map(|millionths| millionths as f64 / MILLION);
        let unit = match (measuring.is_percent(), &measuring.definition) {
            (true, _) => Unit::Percent,
            (false, Some(_)) => Unit::Days,
            (false, None) => Unit::Number,
        };
        let title = sentence::title(measuring, self.part(&measuring.measure), self.language);
        let frame = Frame {
            axis: since.map(stands),
            baseline: number(measuring.measure.baseline_millionths),
            activation: mark.as_ref(),
            sentence: said,
            ..Frame::new(&title, SIZE.0, SIZE.1, self.language, unit)
        };
        let drawn = draw_plain(&points, number(measuring.measure.target_millionths), &frame);
        drawn.map(Some).map_err(|_| EngineError::Conflict { what: "the order of the weeks" })
    }

    /// The last weeks that are over, where numbers are entered.
    fn weeks(&self, workspace: &Workspace, measure: &Measure) -> Result<Vec<EnteredView>> {
        if measure.what != Measure::ENTERED || measure.name.is_empty() || measure.unit.is_empty() {
            return Ok(Vec::new());
        }
        let entered =
            workspace.view(|view| view.entered_weeks(&self.facts.id, &measure.name, &measure.unit))?;
        let this = self.facts.today.week();
        let weeks = (1..=ENTER_WEEKS).map(|ago| this.plus(-ago)).map(|week| {
            let known = entered.iter().find(|one| one.week == week);
            EnteredView {
                week: week.to_string(),
                value: known.map(|one| one.millionths as f64 / MILLION),
                by: known.and_then(|one| one.act.person.as_ref()).and_then(|id| self.name(id)),
            }
        });
        Ok(weeks.collect())
    }
}
