//! What does not hold, in words.

use plaza_domain::language::Language::{self, De, En, Es};
use plaza_store::intake::IntakeFault;
use plaza_store::ledger::Fault as LedgerFault;

use super::Fault;

/// Faults that are counted, not named.
pub(super) fn more(count: usize, language: Language) -> String {
    match language {
        En => format!("… and {count} more."),
        De => format!("… und {count} weitere."),
        Es => format!("… y {count} más."),
    }
}

pub(super) fn fault(fault: &Fault, language: Language) -> String {
    match fault {
        Fault::Ledger(fault) => ledger(fault, language),
        Fault::LedgerUnreadable { fault } => {
            file("ledger.db", fault, language)
        }
        Fault::Intake(IntakeFault::File { fault }) | Fault::IntakeUnreadable { fault } => {
            file("intake.db", fault, language)
        }
        Fault::LedgerEmpty => match language {
            En => "ledger.db is there but holds no workspace: its content was lost.",
            De => "ledger.db ist da, enthält aber keinen Arbeitsbereich: Der Inhalt ging verloren.",
            Es => "ledger.db está, pero no contiene ningún espacio de trabajo: su contenido se perdió.",
        }
        .to_owned(),
        Fault::Intake(fault) => intake(fault, language),
        Fault::IntakeMissing => match language {
            En => "intake.db is missing: the records and the kept original files are not there.",
            De => "intake.db fehlt: Die Datensätze und die aufbewahrten Originaldateien sind nicht da.",
            Es => "Falta intake.db: no están los registros ni los archivos originales guardados.",
        }
        .to_owned(),
        Fault::RunsMissing { count, first } => match language {
            En => format!("The ledger tells of {count} runs that intake.db does not hold, the first being {first}."),
            De => format!("Das Hauptbuch nennt {count} Läufe, die intake.db nicht enthält, der erste ist {first}."),
            Es => format!("El libro de registro nombra {count} cargas que intake.db no contiene; la primera es {first}."),
        },
        Fault::Trails { count, newest } => match language {
            En => format!("The trail of {count} runs is not the one that was signed when they ended, the newest being {newest}: it was changed afterwards."),
            De => format!("Die Spur von {count} Läufen ist nicht die, die bei ihrem Ende unterschrieben wurde, der neueste ist {newest}: Sie wurde nachträglich geändert."),
            Es => format!("El rastro de {count} cargas no es el que se firmó al terminar; la más reciente es {newest}: se cambió después."),
        },
        Fault::Tallies => match language {
            En => "The kept counts of the weeks differ from a full count of all order lines.",
            De => "Die gespeicherten Wochenzahlen weichen von einer vollständigen Zählung aller Auftragszeilen ab.",
            Es => "Los recuentos semanales guardados difieren de un recuento completo de todas las líneas de pedido.",
        }
        .to_owned(),
        Fault::Uncountable { fault } => match language {
            En => format!("The weeks could not be counted anew: {fault}."),
            De => format!("Die Wochen konnten nicht neu gezählt werden: {fault}."),
            Es => format!("No se pudieron volver a contar las semanas: {fault}."),
        },
    }
}

fn file(name: &str, fault: &str, language: Language) -> String {
    match language {
        En => format!("The file {name} is damaged ({fault})."),
        De => format!("Die Datei {name} ist beschädigt ({fault})."),
        Es => format!("El archivo {name} está dañado ({fault})."),
    }
}

fn ledger(fault: &LedgerFault, language: Language) -> String {
    match fault {
        LedgerFault::File { fault } => file("ledger.db", fault, language),
        LedgerFault::Event { at, fault } => match language {
            En => format!("Event {} of the ledger is not as it was signed ({fault}).", at.0),
            De => format!("Ereignis {} des Hauptbuchs ist nicht so, wie es signiert wurde ({fault}).", at.0),
            Es => format!("El evento {} del libro de registro no es como se firmó ({fault}).", at.0),
        },
        LedgerFault::Column { at, column } => match language {
            En => {
                format!("Event {} of the ledger: “{column}” says something else than what was signed.", at.0)
            }
            De => {
                format!("Ereignis {} des Hauptbuchs: „{column}“ sagt etwas anderes als das Signierte.", at.0)
            }
            Es => {
                format!("Evento {} del libro de registro: «{column}» dice algo distinto de lo firmado.", at.0)
            }
        },
        LedgerFault::Gap { device, seq } => match language {
            En => format!(
                "Event {seq} of the device {} is missing, though later ones are there.",
                device.short()
            ),
            De => format!("Ereignis {seq} des Geräts {} fehlt, obwohl spätere da sind.", device.short()),
            Es => {
                format!("Falta el evento {seq} del dispositivo {}, aunque hay posteriores.", device.short())
            }
        },
        LedgerFault::Broken { device, seq } => match language {
            En => format!(
                "The chain is broken: event {seq} of the device {} does not follow the one before it.",
                device.short()
            ),
            De => format!(
                "Die Kette ist gebrochen: Ereignis {seq} des Geräts {} folgt nicht auf das vorige.",
                device.short()
            ),
            Es => format!(
                "La cadena está rota: el evento {seq} del dispositivo {} no sigue al anterior.",
                device.short()
            ),
        },
        LedgerFault::Standing { at, .. } => match language {
            En => format!("Event {} of the ledger counts where it should not, or the other way round.", at.0),
            De => format!("Ereignis {} des Hauptbuchs zählt, obwohl es nicht dürfte, oder umgekehrt.", at.0),
            Es => format!("El evento {} del libro de registro cuenta sin deber contar, o al revés.", at.0),
        },
        LedgerFault::Attachment { hash } => match language {
            En => {
                format!("An attachment is not what was attached (its hash begins with {}).", beginning(hash))
            }
            De => format!(
                "Ein Anhang ist nicht, was angehängt wurde (sein Hash beginnt mit {}).",
                beginning(hash)
            ),
            Es => format!("Un adjunto no es lo que se adjuntó (su hash empieza por {}).", beginning(hash)),
        },
        LedgerFault::Projection { table } => match language {
            En => format!("What the screens read ({table}) differs from a fresh replay of the ledger."),
            De => format!(
                "Was die Seiten lesen ({table}), weicht von einer neuen Auswertung des Hauptbuchs ab."
            ),
            Es => format!(
                "Lo que leen las pantallas ({table}) difiere de una repetición del libro de registro."
            ),
        },
    }
}

fn intake(fault: &IntakeFault, language: Language) -> String {
    match fault {
        IntakeFault::File { fault } => file("intake.db", fault, language),
        IntakeFault::Original { name, fault } => match language {
            En => format!("The kept original of “{name}” is not the file that came ({fault})."),
            De => format!("Das aufbewahrte Original von „{name}“ ist nicht die Datei, die ankam ({fault})."),
            Es => format!("El original guardado de «{name}» no es el archivo que llegó ({fault})."),
        },
        IntakeFault::Orphans { table, count } => match language {
            En => format!("{count} rows ({table}) have lost the original file that they came from."),
            De => format!("{count} Zeilen ({table}) haben die Originaldatei verloren, aus der sie stammen."),
            Es => format!("{count} filas ({table}) han perdido el archivo original del que proceden."),
        },
    }
}

/// Enough of a hash to tell it from others.
fn beginning(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}
