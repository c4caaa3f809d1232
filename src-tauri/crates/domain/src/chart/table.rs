//! The chart in words: its table twin, its points' labels, its summary.

use super::frame::Frame;
use super::scale::Scale;
use super::{Row, Table};
use crate::language::Language;
use crate::signal::{Behaviour, Charted, State, Tone, words};

const fn pick(language: Language, texts: [&'static str; 3]) -> &'static str {
    match language {
        Language::En => texts[0],
        Language::De => texts[1],
        Language::Es => texts[2],
    }
}

/// The rules of a point in words, in the order of precedence.
fn rules(point: &Charted, language: Language) -> String {
    let words: Vec<&str> =
        point.fired.iter().map(|fired| words::rule(fired.rule, fired.side, language)).collect();
    words.join(", ")
}

/// What is special about a point that no rule says.
fn notes(point: &Charted, frame: &Frame) -> String {
    let mut notes = Vec::new();
    if point.ghost {
        notes.push(pick(frame.language, ["left out", "ausgenommen", "excluido"]));
    }
    if frame.unsigned.contains(&point.day) {
        notes.push(pick(frame.language, ["not signed yet", "noch nicht unterzeichnet", "aún sin firmar"]));
    }
    let marked = frame.marks.iter().filter(|mark| mark.day == point.day && !mark.note.is_empty());
    notes.extend(marked.map(|mark| mark.note.as_str()));
    notes.join(", ")
}

/// Everything about a point: `week 34 of 2026: 86.9%, run below the average (worse), not signed yet`.
pub(super) fn point(behaviour: &Behaviour, point: &Charted, frame: &Frame, scale: &Scale) -> String {
    let language = frame.language;
    let period = words::period::name(point.day, behaviour.cadence, true, language);
    let mut text = format!("{period}: {}", frame.unit.long(point.number(), scale.decimals, language));
    if let Some((_, n)) = point.value.counts() {
        text.extend([", n\u{a0}", &language.number(n as f64, 0)]);
    }
    let rules = rules(point, language);
    if !rules.is_empty() {
        text.extend([", ", &rules]);
        let tone = match point.tone {
            Tone::Improving => Some(["better", "besser", "mejor"]),
            Tone::Concerning => Some(["worse", "schlechter", "peor"]),
            Tone::Neutral | Tone::Plain => None,
        };
        if let Some(tone) = tone {
            text.extend([" (", pick(language, tone), ")"]);
        }
    }
    let notes = notes(point, frame);
    if !notes.is_empty() {
        text.extend([", ", &notes]);
    }
    text
}

/// The table twin.
pub(super) fn table(behaviour: &Behaviour, frame: &Frame, scale: &Scale) -> Table {
    let language = frame.language;
    let counted = behaviour.points.iter().any(|point| point.value.counts().is_some());
    let period = match behaviour.cadence {
        crate::signal::Cadence::Weekly => ["Week", "Woche", "Semana"],
        crate::signal::Cadence::Monthly => ["Month", "Monat", "Mes"],
        _ => ["Day", "Tag", "Día"],
    };
    let mut columns = vec![period, ["Value", "Wert", "Valor"]];
    if counted {
        columns.push(["n", "n", "n"]);
    }
    if !frame.is_plain {
        columns.extend([
            ["Average", "Durchschnitt", "Media"],
            ["Lower limit", "Untere Grenze", "Límite inferior"],
            ["Upper limit", "Obere Grenze", "Límite superior"],
            ["Signal", "Signal", "Señal"],
            ["Note", "Hinweis", "Nota"],
        ]);
    }
    let number = |value: Option<f64>| {
        value.map_or_else(String::new, |value| frame.unit.short(value, scale.decimals, language))
    };
    let rows = behaviour.points.iter().map(|point| {
        let phase = behaviour.phases.get(point.phase);
        let limits = phase.and_then(|phase| phase.limits);
        let mut cells = vec![
            words::period::name(point.day, behaviour.cadence, true, language),
            number(Some(point.number())),
        ];
        if counted {
            cells.push(point.value.counts().map_or_else(String::new, |(_, n)| language.number(n as f64, 0)));
        }
        if frame.is_plain {
            return Row { day: point.day.to_string(), cells, tone: point.tone };
        }
        cells.extend([
            number(phase.and_then(|phase| phase.mean)),
            number(limits.map(|limits| limits.lower)),
            number(limits.map(|limits| limits.upper)),
            rules(point, language),
            notes(point, frame),
        ]);
        Row { day: point.day.to_string(), cells, tone: point.tone }
    });
    Table {
        rows: rows.collect(),
        columns: columns.into_iter().map(|texts| pick(language, texts).to_owned()).collect(),
        numbers: if frame.is_plain { 1 } else { 4 } + u32::from(counted),
    }
}

/// The whole chart for a screen reader: title, span, latest value, lines, signals, sentence.
pub(super) fn summary(behaviour: &Behaviour, frame: &Frame, scale: &Scale) -> String {
    let language = frame.language;
    let mut parts = vec![frame.title.to_owned()];
    let (Some(first), Some(last)) = (behaviour.points.first(), behaviour.points.last()) else {
        parts
            .push(pick(language, ["No values yet", "Noch keine Werte", "Todavía no hay valores"]).to_owned());
        return parts.join(". ") + ".";
    };
    let number = |value: f64| frame.unit.long(value, scale.decimals, language);
    let name = |day| words::period::name(day, behaviour.cadence, true, language);
    let (from, to) = (name(first.day), name(last.day));
    parts.push(match language {
        Language::En => format!("{} values, {from} to {to}", behaviour.points.len()),
        Language::De => format!("{} Werte, {from} bis {to}", behaviour.points.len()),
        Language::Es => format!("{} valores, de {from} a {to}", behaviour.points.len()),
    });
    let value = number(last.number());
    let target = behaviour.options.target.map(|target| super::label::exact(target, language));
    parts.push(match (language, target) {
        (Language::En, None) => format!("Latest {value}"),
        (Language::En, Some(target)) => format!("Latest {value}, target {target}"),
        (Language::De, None) => format!("Zuletzt {value}"),
        (Language::De, Some(target)) => format!("Zuletzt {value}, Ziel {target}"),
        (Language::Es, None) => format!("Último {value}"),
        (Language::Es, Some(target)) => format!("Último {value}, objetivo {target}"),
    });
    if let Some(phase) = behaviour.phases.last()
        && let Some(mean) = phase.mean
    {
        let mean = number(mean);
        let mut line = format!("{} {mean}", pick(language, ["Average", "Durchschnitt", "Media"]));
        if let Some(limits) = phase.limits {
            let (lower, upper) = (number(limits.lower), number(limits.upper));
            let words = match language {
                Language::En => [", limits ", &lower, " to ", &upper],
                Language::De => [", Grenzen ", &lower, " bis ", &upper],
                Language::Es => [", límites de ", &lower, " a ", &upper],
            };
            line.extend(words);
        }
        if phase.state != State::Firm {
            line.extend([", ", words::state(phase.state, language)]);
        }
        parts.push(line);
    }
    if !frame.sentence.is_empty() {
        parts.push(frame.sentence.trim_end_matches('.').to_owned());
    }
    parts.join(". ") + "."
}
