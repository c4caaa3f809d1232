//! What is on the screen while an item is talked about: its chart, its thread, its plain facts.

use plaza_domain::chart::Chart;
use plaza_domain::day::Week;
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{DebriefWritten, ItemId, KpiId, MeetingId, WinId};
use plaza_domain::language::Language;
use plaza_domain::meeting::Subject;

use super::attention;
use super::meeting::Exhibit;
use super::meeting_read::Reader;
use super::name;
use super::series::Series;
use super::thread::ThreadView;
use super::win::{WinCard, WinSuggestion};
use crate::error::{EngineError, Result};
use crate::meeting::words::{self, pick};
use crate::promise::Decision;
use crate::workspace::Workspace;

/// The drawing of a chart that a room looks at, pixels; the window scales it.
const CHART: (f64, f64) = (960.0, 300.0);

/// Weeks drawn.
const WEEKS: i32 = 52;

impl Exhibit {
    /// Reads what is on the screen for an item of a meeting's agenda.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for a meeting or an item that there is not.
    pub fn read(
        workspace: &Workspace,
        meeting: &MeetingId,
        item: &ItemId,
        language: Language,
    ) -> Result<Self> {
        let plan = workspace.meeting_plan()?;
        let meeting = workspace.meeting(meeting)?;
        let drafted = workspace.agenda(&plan, &meeting)?;
        let subject = drafted.item(item).map(|item| item.subject.clone());
        let subject =
            subject.ok_or_else(|| EngineError::NotFound { noun: "agenda item", name: item.to_string() })?;
        let reader = Reader::new(workspace, &plan)?;
        let mut exhibit = Self {
            chart: None,
            sentence: None,
            thread: None,
            facts: Vec::new(),
            win: None,
            suggestion: None,
        };
        match &subject {
            Subject::Signal { kpi, part, signal, .. } => {
                exhibit.show(workspace, kpi, part.as_ref(), language)?;
                exhibit.suggestion = WinSuggestion::of(workspace, signal, language)?;
            }
            Subject::Restatement { kpi, .. } | Subject::Retirement { kpi } => {
                exhibit.show(workspace, kpi, None, language)?;
            }
            Subject::Effect { decision } => {
                let decision = workspace.decision(decision.as_str())?;
                if let Some(expected) = &decision.taken.expected {
                    exhibit.show(workspace, &expected.kpi, expected.part.as_ref(), language)?;
                }
                exhibit.effect(workspace, &decision, &reader, language)?;
            }
            Subject::Thread { thread } => {
                exhibit.thread = Some(ThreadView::read(workspace, thread, language)?);
            }
            Subject::Attention { attention, kind, integration, kpi } => {
                let called = attention::called(workspace, integration, kpi.as_ref(), language);
                exhibit.sentence = Some(words::attention(*kind, &called, language));
                let known = workspace.view(|view| view.attentions())?;
                if let Some(one) = known.iter().find(|one| one.raised.attention == *attention) {
                    let zone = workspace.settings()?.time_zone;
                    let since = words::day(zone.day_at(one.raised.since), language);
                    exhibit.fact(pick(language, ["Since", "Seit", "Desde"]), Some(since));
                    let asked = one.raised.person.as_ref().map(|person| reader.names.of(person));
                    exhibit.fact(pick(language, ["Asked", "Gefragt", "Preguntado"]), asked);
                    let over = one.settled_at.map(|at| words::day(zone.day_at(at), language));
                    exhibit.fact(pick(language, ["Over since", "Erledigt seit", "Resuelto desde"]), over);
                    let same = known.iter().filter(|other| {
                        (other.raised.kind, &other.raised.integration, &other.raised.kpi)
                            == (*kind, integration, kpi)
                            && (other.settled_at.is_none() || other.raised.attention == *attention)
                    });
                    let mut about: Vec<String> = same
                        .map(|one| attention::subject(workspace, &one.raised, language))
                        .collect::<Result<_>>()?;
                    about.retain(|about| !about.is_empty());
                    about.sort();
                    about.dedup();
                    let about = Some(about.join(", ")).filter(|about| !about.is_empty());
                    exhibit.fact(pick(language, ["About", "Worum", "Sobre"]), about);
                }
            }
            Subject::Commitment { commitment } => {
                let one = workspace.commitment(commitment.as_str())?;
                exhibit.sentence = Some(one.made.text.clone());
                let who = reader.names.of(&one.made.who);
                exhibit.fact(pick(language, ["Who", "Wer", "Quién"]), Some(who));
                let due = words::day(one.due(), language);
                exhibit.fact(pick(language, ["Due", "Fällig", "Vence"]), Some(due));
                let answer = words::commitment_answer(one.answers.last().map(|(answer, _)| answer), language);
                exhibit.fact(pick(language, ["Stands", "Stand", "Estado"]), Some(answer));
            }
            Subject::Need { need } => {
                let one = workspace.need(need.as_str())?;
                exhibit.sentence = Some(one.asked.text.clone());
                let by = words::day(one.by(), language);
                exhibit.fact(pick(language, ["By", "Bis", "Para"]), Some(by));
                let answer = words::need_answer(one.answers.last().map(|(answer, _)| answer), language);
                exhibit.fact(pick(language, ["Stands", "Stand", "Estado"]), Some(answer));
            }
            Subject::Visits { week } => exhibit.visits(workspace, &reader, *week, language)?,
            Subject::Debrief { rotation, placement } => {
                let known = workspace.rotation(rotation)?;
                let debrief = known.visits.get(placement).and_then(|visit| visit.debrief.as_ref());
                if let Some(debrief) = debrief {
                    exhibit.debrief(&debrief.what, &reader, language);
                }
            }
            Subject::Win { win } => exhibit.win(workspace, win, &reader, language)?,
            Subject::Own | Subject::Round => {}
        }
        Ok(exhibit)
    }

    /// Who visits whom in a week, a fact for each visit.
    fn visits(
        &mut self,
        workspace: &Workspace,
        reader: &Reader<'_>,
        week: Week,
        language: Language,
    ) -> Result<()> {
        let departments = workspace.view(|view| view.departments())?;
        for visit in workspace.visits_in(week)? {
            let placed = &visit.placed;
            let host = departments.iter().find(|known| known.id == placed.host);
            let host = host.map_or_else(|| placed.host.to_string(), |known| known.name.clone());
            let days = crate::rotation::words::days(&host, placed.from, placed.until, language);
            self.fact(&reader.names.of(&placed.visitor), Some(days));
        }
        Ok(())
    }

    /// A win's card; of one that was taken back since the agenda was frozen, that and why.
    fn win(
        &mut self,
        workspace: &Workspace,
        win: &WinId,
        reader: &Reader<'_>,
        language: Language,
    ) -> Result<()> {
        let Some(known) = workspace.known_win(win)? else { return Ok(()) };
        let Some((reason, act)) = &known.withdrawn else {
            self.win = Some(WinCard::read(workspace, win, language)?);
            return Ok(());
        };
        let gone =
            ["This win was taken back.", "Dieser Erfolg wurde zurückgenommen.", "Este logro se retiró."];
        self.sentence = Some(pick(language, gone).to_owned());
        self.fact(pick(language, ["Why", "Warum", "Por qué"]), Some(reason.clone()));
        let who = act.person.as_ref().map(|person| reader.names.of(person));
        self.fact(pick(language, ["By", "Von", "Por"]), who);
        Ok(())
    }

    /// What was decided, what was expected of it, and what came of it.
    fn effect(
        &mut self,
        workspace: &Workspace,
        decision: &Decision,
        reader: &Reader<'_>,
        language: Language,
    ) -> Result<()> {
        let view = reader.decision(decision, language)?;
        self.fact(pick(language, ["Decided", "Beschlossen", "Decidido"]), Some(view.text));
        self.fact(
            pick(language, ["Expected", "Erwartet", "Esperado"]),
            view.expected.map(|expected| expected.words),
        );
        let effect = match view.effect {
            Some(effect) => Some(effect.words),
            None => workspace
                .effect_of(decision)?
                .map(|checked| words::answer_sentence(checked.answer, language).to_owned()),
        };
        self.fact(pick(language, ["Came of it", "Ergebnis", "Resultado"]), effect);
        Ok(())
    }

    /// What a visitor brought home.
    fn debrief(&mut self, what: &DebriefWritten, reader: &Reader<'_>, language: Language) {
        self.sentence = Some(what.saw.clone());
        let told = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let name = ["What surprised me", "Was mich überrascht hat", "Lo que me sorprendió"];
        self.fact(pick(language, name), told(&what.surprised));
        let name = ["What I would change", "Was ich ändern würde", "Lo que yo cambiaría"];
        self.fact(pick(language, name), told(&what.change));
        let thanks = what.thanks.iter().map(|person| reader.names.of(person));
        let thanks = thanks.collect::<Vec<_>>().join(", ");
        self.fact(pick(language, ["Thanks to", "Dank an", "Gracias a"]), told(&thanks));
    }

    fn fact(&mut self, name: &str, text: Option<String>) {
        self.facts.extend(text.map(|text| (name.to_owned(), text)));
    }

    fn show(
        &mut self,
        workspace: &Workspace,
        kpi: &KpiId,
        part: Option<&DepartmentId>,
        language: Language,
    ) -> Result<()> {
        if let Some((chart, sentence)) = chart_at(workspace, kpi, part, None, CHART, language)? {
            self.chart = Some(chart);
            self.sentence = Some(sentence);
        }
        Ok(())
    }
}

/// The chart of a KPI or of a part of it, as it is or was known at a moment (milliseconds since 1970 UTC), of the last
/// year before that, with its sentence; nothing where there is no such chart.
pub(crate) fn chart_at(
    workspace: &Workspace,
    kpi: &KpiId,
    part: Option<&DepartmentId>,
    known_at: Option<i64>,
    size: (f64, f64),
    language: Language,
) -> Result<Option<(Chart, String)>> {
    let Some(definition) = workspace.view(|view| view.kpi(kpi))? else { return Ok(None) };
    let series = Series::read(workspace, definition, known_at)?;
    let mut charts = series.charts()?;
    let Some(last) = series.observations.last().map(|one| one.week) else { return Ok(None) };
    let sentence = series.sentence(&charts, language);
    let title = name(&series.definition, language);
    let first = last.plus(1 - WEEKS).monday();
    charts.whole = charts.whole.since(first);
    let Some(department) = part else {
        return Ok(Some((series.draw_whole(&charts, size, &title, language), sentence)));
    };
    let Some(behaviour) = charts.parts.get(department).map(|behaviour| behaviour.since(first)) else {
        return Ok(None);
    };
    let words = Series::part_sentence(&behaviour, language);
    let title = words::chart(&title, Some(series.department_name(department)));
    let chart = series.draw_part(&charts, (department, &behaviour), size, (&title, &words), language);
    Ok(Some((chart, words)))
}
