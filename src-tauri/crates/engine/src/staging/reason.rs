//! The words that rows in quarantine are counted by, in the reader's language.

use plaza_domain::language::Language;

/// What a reason ([`super::Finding::reason`]) means, in a few words; a reason that this version does not know is
/// shown as it is.
#[allow(clippy::too_many_lines)] // a list of words, which reads best as one
pub fn reason_words(reason: &str, language: Language) -> String {
    let (english, german, spanish) = match reason {
        "damaged" => ("The row cannot be read", "Die Zeile ist nicht lesbar", "La fila no se puede leer"),
        "required" => ("Something needed is missing", "Etwas Nötiges fehlt", "Falta algo necesario"),
        "not-a-date" => ("A date is no date", "Ein Datum ist keines", "Una fecha no lo es"),
        "no-such-day" => ("A day that does not exist", "Einen Tag gibt es nicht", "Un día que no existe"),
        "date-lost" => (
            "A spreadsheet lost the date (00:00.0)",
            "Eine Tabelle hat das Datum verloren (00:00.0)",
            "Una hoja de cálculo perdió la fecha (00:00.0)",
        ),
        "implausible-year" => {
            ("A year that cannot be meant", "Ein Jahr kann nicht gemeint sein", "Un año que no puede ser")
        }
        "not-a-number" => ("A number is no number", "Eine Zahl ist keine", "Un número no lo es"),
        "too-precise" => (
            "A number has too many decimals",
            "Zu viele Nachkommastellen",
            "Un número con demasiados decimales",
        ),
        "too-large" => ("A number is too large", "Eine Zahl ist zu groß", "Un número demasiado grande"),
        "not-a-boolean" => ("Neither yes nor no", "Weder ja noch nein", "Ni sí ni no"),
        "spreadsheet-error" => (
            "A spreadsheet’s error instead of a value",
            "Ein Fehler der Tabelle statt eines Wertes",
            "Un error de la hoja de cálculo en vez de un valor",
        ),
        "date-too-early" => (
            "A date before the earliest believable day",
            "Ein Datum vor dem frühesten glaubhaften Tag",
            "Una fecha anterior al primer día creíble",
        ),
        "date-in-future" => (
            "Said to have happened, but lies in the future",
            "Soll geschehen sein, liegt aber in der Zukunft",
            "Se da por ocurrido, pero está en el futuro",
        ),
        "date-too-far-ahead" => (
            "A planned date unbelievably far ahead",
            "Ein geplantes Datum unglaubhaft weit voraus",
            "Una fecha prevista increíblemente lejana",
        ),
        "date-far-from-order" => (
            "A date unbelievably far from the order",
            "Ein Datum unglaubhaft weit von der Bestellung",
            "Una fecha increíblemente lejos del pedido",
        ),
        "range" => (
            "A number is out of range",
            "Eine Zahl liegt außerhalb der Grenzen",
            "Un número fuera de los límites",
        ),
        "negative-quantity" => ("A quantity is negative", "Eine Menge ist negativ", "Una cantidad negativa"),
        "quantity-order" => (
            "More delivered than shipped, or than ordered",
            "Mehr geliefert als versandt oder bestellt",
            "Más entregado que enviado o que pedido",
        ),
        "milestone-order" => {
            ("Milestones are out of order", "Meilensteine in falscher Reihenfolge", "Hitos en desorden")
        }
        "unknown-status" => {
            ("A status has no meaning", "Ein Status hat keine Bedeutung", "Un estado sin significado")
        }
        "unknown-reason" => {
            ("A reason has no meaning", "Ein Grund hat keine Bedeutung", "Un motivo sin significado")
        }
        "unique-key" => (
            "Two rows have one key and differ",
            "Zwei Zeilen haben denselben Schlüssel und sind verschieden",
            "Dos filas con la misma clave y distintas",
        ),
        "duplicate" => ("A row is there twice", "Eine Zeile ist doppelt", "Una fila está dos veces"),
        "not-ordered" => (
            "Nothing says when it was ordered",
            "Nichts sagt, wann bestellt wurde",
            "Nada dice cuándo se pidió",
        ),
        "key-collision" => (
            "Its key in the store belongs to another order",
            "Der Schlüssel im Speicher gehört einem anderen Auftrag",
            "Su clave en el almacén es de otro pedido",
        ),
        "row-count" => (
            "Many more or fewer rows than last time",
            "Viel mehr oder weniger Zeilen als zuletzt",
            "Muchas más o menos filas que la última vez",
        ),
        "null-share" => (
            "A column is emptier than last time",
            "Eine Spalte ist leerer als zuletzt",
            "Una columna más vacía que la última vez",
        ),
        "repeated-dates" => (
            "Dates copied down from the row above",
            "Daten aus der Zeile darüber kopiert",
            "Fechas copiadas de la fila anterior",
        ),
        "schema-change" => (
            "Columns changed against last time",
            "Spalten anders als zuletzt",
            "Columnas distintas a las de antes",
        ),
        "changed-column" => (
            "A value in a column that changed",
            "Ein Wert in einer geänderten Spalte",
            "Un valor en una columna que cambió",
        ),
        "stale-data" => {
            ("The newest data are old", "Die neuesten Daten sind alt", "Los datos más recientes son antiguos")
        }
        other => return other.to_owned(),
    };
    match language {
        Language::En => english,
        Language::De => german,
        Language::Es => spanish,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::Rule;
    use super::*;

    #[test]
    fn every_rule_and_every_finer_reason_has_its_words() {
        let finer = [
            "not-a-date",
            "no-such-day",
            "date-lost",
            "implausible-year",
            "not-a-number",
            "too-precise",
            "too-large",
            "not-a-boolean",
            "spreadsheet-error",
            "date-too-early",
            "date-in-future",
            "date-too-far-ahead",
            "date-far-from-order",
        ];
        // These two are only ever counted by their finer reasons.
        let coarse = [Rule::Type, Rule::DatePlausibility];
        let rules = Rule::ALL.into_iter().filter(|rule| !coarse.contains(rule)).map(Rule::word);
        for reason in rules.chain(finer) {
            for language in Language::ALL {
                let words = reason_words(reason, language);
                assert!(words != reason && !words.is_empty(), "{reason} in {language}");
            }
        }
    }
}
