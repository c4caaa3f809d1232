//! A file that is not taken because its columns changed: what changed, since when, and what to do.

use std::fmt;

use plaza_domain::day::Day;
use plaza_domain::language::Language;
use serde::{Deserialize, Serialize};

use crate::staging::{ColumnChange, Finding, words};

/// Why nothing of a file was taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SchemaStop {
    /// The stream.
    pub stream: String,
    /// The file.
    pub file: String,
    /// How its columns changed: at least one.
    pub changes: Vec<Finding>,
    /// The last file that was as it should be, and the day that it stands for; none where none is known any more.
    pub last: Option<(String, Day)>,
}

impl SchemaStop {
    /// What happened and what to do, in the reader's language.
    pub fn words(&self, language: Language) -> String {
        let Self { stream, file, .. } = self;
        let changes: Vec<String> = self.changes.iter().map(|one| words(one, language)).collect();
        let what = match language {
            Language::En => format!("stream “{stream}”, {file}: {}", changes.join(" ")),
            Language::De => format!("Strom „{stream}“, {file}: {}", changes.join(" ")),
            Language::Es => format!("flujo “{stream}”, {file}: {}", changes.join(" ")),
        };
        let since = self.last.as_ref().map(|(last, day)| match language {
            Language::En => format!(" Until {last} of {day} it was otherwise."),
            Language::De => format!(" Bis {last} vom {day} war es anders."),
            Language::Es => format!(" Hasta {last} del {day} era de otro modo."),
        });
        let keys = self.keys();
        let advice = match language {
            Language::En => format!(
                " Nothing of this file was taken, and what is published stays. Have it exported again as it was, map \
                 another column, or allow the change in the rules ({keys})."
            ),
            Language::De => format!(
                " Von dieser Datei wurde nichts übernommen, und was veröffentlicht ist, bleibt. Lassen Sie sie neu \
                 exportieren wie bisher, ordnen Sie eine andere Spalte zu, oder erlauben Sie die Änderung in den Regeln \
                 ({keys})."
            ),
            Language::Es => format!(
                " No se tomó nada de este archivo y lo publicado se mantiene. Pida que se exporte de nuevo como antes, \
                 asigne otra columna o permita el cambio en las reglas ({keys})."
            ),
        };
        what + &since.unwrap_or_default() + &advice
    }

    /// The keys of the rules that stopped it, as TOML names them.
    fn keys(&self) -> String {
        let key = |finding: &Finding| match finding {
            Finding::NewColumn { .. } => "new",
            Finding::MissingColumn { .. } | Finding::ChangedColumn { change: ColumnChange::Missing, .. } => {
                "missing"
            }
            _ => "retyped",
        };
        let mut keys: Vec<String> =
            self.changes.iter().map(|one| format!("rules.schema.{}", key(one))).collect();
        keys.dedup();
        keys.join(", ")
    }
}

impl fmt::Display for SchemaStop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Language::En))
    }
}
