//! Charters in words: what they lack, what cannot be, what is unstable.

use plaza_domain::charter::{Fault, Gap, Level, SENTENCE_CHARS_MAX, Trouble, Verdict};
use plaza_domain::language::Language;

use super::{ENTER_WEEKS, UnstableIntegration};

/// One of three texts.
pub(crate) const fn pick(language: Language, texts: [&'static str; 3]) -> &'static str {
    match language {
        Language::En => texts[0],
        Language::De => texts[1],
        Language::Es => texts[2],
    }
}

/// What a charter lacks.
pub(crate) fn gap(gap: Gap, language: Language) -> String {
    let texts = match gap {
        Gap::Level => ["Say on which level it stands.", "Die Ebene fehlt.", "Falta el nivel."],
        Gap::Problem => [
            "The problem is not said yet.",
            "Das Problem ist noch nicht benannt.",
            "Aún no se dice el problema.",
        ],
        Gap::Beneficiaries => [
            "Nobody who is here is named as benefiting from it.",
            "Niemand, der hier ist, hat laut Charta etwas davon.",
            "No se nombra a nadie presente que se beneficie.",
        ],
        Gap::Usage => [
            "It is not said how they will use it.",
            "Es steht nicht da, wie sie sie nutzen werden.",
            "No se dice cómo la van a usar.",
        ],
        Gap::Fallback => [
            "It is not said what happens when it fails.",
            "Es steht nicht da, was passiert, wenn sie ausfällt.",
            "No se dice qué pasa cuando falla.",
        ],
        Gap::Owner => {
            ["Nobody owns it yet.", "Noch niemand ist verantwortlich.", "Aún no tiene responsable."]
        }
        Gap::OwnerLeft => [
            "Its owner has left.",
            "Die verantwortliche Person ist nicht mehr hier.",
            "Su responsable ya no está.",
        ],
        Gap::Measure => [
            "It is not said how we will know that it works.",
            "Es steht nicht da, woran wir merken, dass sie wirkt.",
            "No se dice cómo sabremos que funciona.",
        ],
        Gap::MeasureName => {
            ["The number has no name.", "Die Zahl hat keinen Namen.", "El número no tiene nombre."]
        }
        Gap::MeasureUnit => {
            ["The number has no unit.", "Die Zahl hat keine Einheit.", "El número no tiene unidad."]
        }
        Gap::Baseline => {
            ["The baseline is missing.", "Der Ausgangswert fehlt.", "Falta el valor de partida."]
        }
        Gap::Target => ["The target is missing.", "Das Ziel fehlt.", "Falta el objetivo."],
        Gap::By => ["The date is missing.", "Der Termin fehlt.", "Falta la fecha."],
    };
    pick(language, texts).to_owned()
}

/// What cannot be true of a charter.
pub(crate) fn fault(fault: &Fault, language: Language) -> String {
    match fault {
        Fault::TooLong { letters, .. } => too_long(*letters, language),
        Fault::NotOneSentence => pick(
            language,
            ["One sentence, on one line.", "Ein Satz, in einer Zeile.", "Una frase, en una línea."],
        )
        .to_owned(),
        Fault::NoSuchPerson { .. } => pick(
            language,
            ["This person is not here.", "Diese Person gibt es nicht.", "Esta persona no existe."],
        )
        .to_owned(),
        Fault::HasLeft { field, name } => match (language, *field) {
            (Language::En, "owner") => format!("{name} has left and cannot own it."),
            (Language::En, _) => format!("{name} has left."),
            (Language::De, "owner") => {
                format!("{name} ist nicht mehr hier und kann nicht verantwortlich sein.")
            }
            (Language::De, _) => format!("{name} ist nicht mehr hier."),
            (Language::Es, "owner") => format!("{name} ya no está y no puede ser responsable."),
            (Language::Es, _) => format!("{name} ya no está."),
        },
        Fault::NoSuchKpi => pick(
            language,
            ["There is no such KPI.", "Diese Kennzahl gibt es nicht.", "Este indicador no existe."],
        )
        .to_owned(),
        Fault::NoSuchDepartment => pick(
            language,
            [
                "There is no such department.",
                "Diese Abteilung gibt es nicht.",
                "Este departamento no existe.",
            ],
        )
        .to_owned(),
        Fault::OutOfRange { is_percent: true, .. } => pick(
            language,
            ["A percentage from 0 to 100.", "Ein Prozentwert von 0 bis 100.", "Un porcentaje de 0 a 100."],
        )
        .to_owned(),
        Fault::OutOfRange { .. } => no_number(language).to_owned(),
        Fault::TargetIsBaseline => pick(
            language,
            [
                "The target is the baseline: nothing would change.",
                "Das Ziel ist der Ausgangswert: Es würde sich nichts ändern.",
                "El objetivo es el valor de partida: nada cambiaría.",
            ],
        )
        .to_owned(),
        Fault::DateIsOver => date_is_over(language).to_owned(),
    }
}

pub(crate) fn too_long(letters: usize, language: Language) -> String {
    let number = language.number(letters as f64, 0);
    let is_sentence = letters == SENTENCE_CHARS_MAX;
    match (language, is_sentence) {
        (Language::En, true) => format!("One sentence of at most {number} letters."),
        (Language::En, false) => format!("At most {number} letters."),
        (Language::De, true) => format!("Ein Satz mit höchstens {number} Zeichen."),
        (Language::De, false) => format!("Höchstens {number} Zeichen."),
        (Language::Es, true) => format!("Una frase de {number} letras como máximo."),
        (Language::Es, false) => format!("Como máximo {number} letras."),
    }
}

pub(crate) const fn date_is_over(language: Language) -> &'static str {
    pick(language, ["This day is over.", "Dieser Tag ist vorbei.", "Este día ya pasó."])
}

pub(crate) const fn no_number(language: Language) -> &'static str {
    pick(language, ["A number within reason.", "Eine Zahl in vernünftigen Grenzen.", "Un número razonable."])
}

pub(crate) const fn say_why(language: Language) -> &'static str {
    pick(
        language,
        ["Say why, so that others can follow.", "Sagen Sie, warum.", "Diga por qué, para que se entienda."],
    )
}

pub(crate) const fn nothing_entered(language: Language) -> &'static str {
    pick(
        language,
        [
            "The charter names no number that is entered by hand.",
            "Die Charta nennt keine Zahl, die von Hand eingetragen wird.",
            "La carta no nombra ningún número que se introduzca a mano.",
        ],
    )
}

pub(crate) fn week_out_of_reach(language: Language) -> String {
    match language {
        Language::En => format!("A week that is over, and not longer ago than {ENTER_WEEKS} weeks."),
        Language::De => format!("Eine Woche, die vorbei ist, und zwar seit höchstens {ENTER_WEEKS} Wochen."),
        Language::Es => format!("Una semana terminada, hace {ENTER_WEEKS} semanas como máximo."),
    }
}

pub(crate) const fn not_yours(language: Language) -> &'static str {
    pick(
        language,
        [
            "Its owner, another integration owner or a facilitator decides this.",
            "Das entscheidet, wer für sie verantwortlich ist, sonst Integrationsverantwortliche oder Moderation.",
            "Lo decide su responsable, otro responsable de integraciones o quien modera.",
        ],
    )
}

/// Why an integration is unstable.
pub(crate) fn trouble(trouble: Trouble, language: Language) -> String {
    match (trouble, language) {
        (Trouble::Quarantine { waiting }, _) => {
            let number = language.number(waiting as f64, 0);
            match (language, waiting) {
                (Language::En, 1) => "one row waits in quarantine".to_owned(),
                (Language::En, _) => format!("{number} rows wait in quarantine"),
                (Language::De, 1) => "eine Zeile wartet in Quarantäne".to_owned(),
                (Language::De, _) => format!("{number} Zeilen warten in Quarantäne"),
                (Language::Es, 1) => "una fila espera en cuarentena".to_owned(),
                (Language::Es, _) => format!("{number} filas esperan en cuarentena"),
            }
        }
        (Trouble::Old { days }, Language::En) => format!("its data are {days} days old"),
        (Trouble::Old { days }, Language::De) => format!("ihre Daten sind {days} Tage alt"),
        (Trouble::Old { days }, Language::Es) => format!("sus datos tienen {days} días"),
        (plain, _) => trouble_word(plain.word(), language),
    }
}

/// The same for a trouble that is only known by its word, as events keep it.
pub(crate) fn trouble_word(word: &str, language: Language) -> String {
    let texts = match word {
        "no_charter" => ["it has no charter", "sie hat keine Charta", "no tiene carta"],
        "not_active" => ["it is not active", "sie ist nicht aktiv", "no está activa"],
        "never_pulled" => ["it was never pulled", "sie wurde nie eingelesen", "nunca se ha cargado"],
        "failed" => [
            "its last pull did not work",
            "ihr letztes Einlesen hat nicht geklappt",
            "su última carga no funcionó",
        ],
        "interrupted" => [
            "its last pull was interrupted",
            "ihr letztes Einlesen wurde unterbrochen",
            "su última carga se interrumpió",
        ],
        "quarantine" => {
            ["rows waited in quarantine", "Zeilen warteten in Quarantäne", "había filas en cuarentena"]
        }
        "old" => ["its data were old", "ihre Daten waren alt", "sus datos eran antiguos"],
        other => return other.to_owned(),
    };
    pick(language, texts).to_owned()
}

/// An unstable integration: “Bank: its last pull did not work; its data are 12 days old”.
pub(crate) fn unstable(one: &UnstableIntegration, language: Language) -> String {
    let why: Vec<String> = one.troubles.iter().map(|why| trouble(*why, language)).collect();
    format!("{}: {}", one.name, why.join("; "))
}

/// Why a reason is asked for.
pub(crate) fn reason_wanted(all: &[UnstableIntegration], language: Language) -> String {
    let named: Vec<String> = all.iter().map(|one| unstable(one, language)).collect();
    let head = pick(
        language,
        [
            "Something below it is unstable. Say why it is activated all the same",
            "Etwas, worauf sie steht, ist nicht stabil. Sagen Sie, warum sie trotzdem aktiv wird",
            "Algo de lo que depende no es estable. Diga por qué se activa de todos modos",
        ],
    );
    format!("{head}. {}", named.join(". "))
}

/// A level in words: “Operations: warehouse, production, procurement”.
pub(crate) const fn level(level: Level, language: Language) -> &'static str {
    let texts = match level {
        Level::Foundation => [
            "Foundation: finance, bank, tax",
            "Fundament: Finanzen, Bank, Steuer",
            "Base: finanzas, banco, impuestos",
        ],
        Level::Operations => [
            "Operations: warehouse, production, procurement",
            "Betrieb: Lager, Produktion, Einkauf",
            "Operaciones: almacén, producción, compras",
        ],
        Level::Intelligence => [
            "Intelligence: BI, planning, quality",
            "Erkenntnis: BI, Planung, Qualität",
            "Inteligencia: BI, planificación, calidad",
        ],
        Level::Experience => [
            "Experience: portal, shop, CRM",
            "Erlebnis: Portal, Shop, CRM",
            "Experiencia: portal, tienda, CRM",
        ],
    };
    pick(language, texts)
}

/// Why an integration is proposed for retirement; nothing where it is not.
pub(crate) fn retirement(is_used: bool, verdict: Option<Verdict>, language: Language) -> Option<String> {
    let texts = match (is_used, verdict) {
        (false, _) => [
            "No active KPI uses what it brings. Unless somebody needs it, retire it.",
            "Keine aktive Kennzahl nutzt, was sie bringt. Wenn niemand sie braucht, sollte sie stillgelegt werden.",
            "Ningún indicador activo usa lo que aporta. Si nadie la necesita, conviene retirarla.",
        ],
        (true, Some(Verdict::Missed)) => [
            "It missed its target by its date. Retire it, or say in a new charter what it is still for.",
            "Sie hat ihr Ziel bis zum Termin verfehlt. Legen Sie sie still, oder sagen Sie in einer neuen Charta, wofür sie noch da ist.",
            "No alcanzó su objetivo en la fecha. Retírela, o diga en una nueva carta para qué sigue ahí.",
        ],
        _ => return None,
    };
    Some(pick(language, texts).to_owned())
}
