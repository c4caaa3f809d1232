//! What the sample company's people say in their meetings, in the language of its workspace.

use plaza_domain::event::StandingItem;
use plaza_domain::language::Language;
use plaza_domain::meeting::{Section, Subject};

use super::words::pick;

/// What is decided in a week that was so many weeks ago.
pub(super) struct Decided {
    pub(super) weeks_ago: i32,
    pub(super) text: [&'static str; 3],
    pub(super) owner: &'static str,
    /// KPI, part, by how much, and in how many weeks.
    pub(super) expected: Option<(&'static str, Option<&'static str>, f64, i32)>,
}

/// What one department asks of another.
pub(super) struct Asked {
    pub(super) weeks_ago: i32,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) text: [&'static str; 3],
    /// By which day after the week's Monday.
    pub(super) days: i32,
    pub(super) answer: Said,
}

/// How a need was answered on the spot.
pub(super) enum Said {
    Yes,
    No([&'static str; 3]),
    Instead([&'static str; 3], i32),
    Nothing,
}

/// What somebody promises.
pub(super) struct Promised {
    pub(super) weeks_ago: i32,
    pub(super) who: &'static str,
    pub(super) text: [&'static str; 3],
    /// By which day after the week's Monday.
    pub(super) days: i32,
}

/// Something that is said in a meeting and written down.
pub(super) enum Spoken {
    Decision(&'static Decided),
    Need(&'static Asked),
    Commitment(&'static Promised),
}

pub(super) const DECISIONS: [Decided; 6] = [
    Decided {
        weeks_ago: 46,
        text: [
            "Open orders are read out by customer, not by number.",
            "Offene Aufträge werden nach Kunden vorgelesen, nicht nach Nummern.",
            "Los pedidos abiertos se leen por cliente, no por número.",
        ],
        owner: "Ines Moreno",
        expected: None,
    },
    Decided {
        weeks_ago: 38,
        text: [
            "The Aurora campaign ends: promises follow the plan again.",
            "Die Aurora-Aktion endet: Zusagen folgen wieder dem Plan.",
            "Termina la campaña Aurora: las promesas vuelven a seguir el plan.",
        ],
        owner: "Clara Winter",
        expected: Some(("promise-realism", None, -0.2, 10)),
    },
    Decided {
        weeks_ago: 34,
        text: [
            "The south gets the new carrier.",
            "Der Süden bekommt die neue Spedition.",
            "El sur pasa al nuevo transportista.",
        ],
        owner: "Ines Moreno",
        expected: Some(("promise-kept", Some("logistics"), -2.0, 13)),
    },
    Decided {
        weeks_ago: 18,
        text: [
            "Delivery slips are dated with the day of delivery; the drivers get a card.",
            "Lieferscheine tragen den Tag der Lieferung; die Fahrer bekommen eine Karte.",
            "Los albaranes llevan el día de la entrega; los conductores reciben una tarjeta.",
        ],
        owner: "Ines Moreno",
        expected: None,
    },
    Decided {
        weeks_ago: 9,
        text: [
            "The test bench runs a second shift until the queue is gone.",
            "Der Prüfstand läuft in zwei Schichten, bis die Schlange weg ist.",
            "El banco de pruebas trabaja a dos turnos hasta que no haya cola.",
        ],
        owner: "Jonas Bergmann",
        expected: Some(("promise-kept", Some("production"), -3.0, 6)),
    },
    Decided {
        weeks_ago: 2,
        text: [
            "Large pumps are promised three days later until the second bench stands.",
            "Große Pumpen werden drei Tage später zugesagt, bis der zweite Prüfstand steht.",
            "Las bombas grandes se prometen tres días más tarde hasta que esté el segundo banco.",
        ],
        owner: "Clara Winter",
        expected: Some(("promise-kept", None, 4.0, 10)),
    },
];

pub(super) const NEEDS: [Asked; 7] = [
    Asked {
        weeks_ago: 44,
        from: "production",
        to: "sales",
        text: [
            "The campaign’s volume by Thursday noon.",
            "Die Menge der Aktion bis Donnerstagmittag.",
            "El volumen de la campaña antes del jueves a mediodía.",
        ],
        days: 9,
        answer: Said::Instead(
            [
                "A range on Wednesday, the number on Friday.",
                "Eine Spanne am Mittwoch, die Zahl am Freitag.",
                "Un rango el miércoles, la cifra el viernes.",
            ],
            11,
        ),
    },
    Asked {
        weeks_ago: 31,
        from: "logistics",
        to: "production",
        text: [
            "Pallets labelled by carrier before they leave the hall.",
            "Paletten nach Spedition beschriftet, bevor sie die Halle verlassen.",
            "Los palés etiquetados por transportista antes de salir de la nave.",
        ],
        days: 14,
        answer: Said::Yes,
    },
    Asked {
        weeks_ago: 24,
        from: "finance",
        to: "sales",
        text: [
            "Terms of payment on the order, not by phone.",
            "Zahlungsbedingungen auf dem Auftrag, nicht am Telefon.",
            "Las condiciones de pago en el pedido, no por teléfono.",
        ],
        days: 14,
        answer: Said::Yes,
    },
    Asked {
        weeks_ago: 17,
        from: "sales",
        to: "logistics",
        text: [
            "A call before a delivery is late, not after.",
            "Ein Anruf, bevor eine Lieferung zu spät kommt, nicht danach.",
            "Una llamada antes de que una entrega llegue tarde, no después.",
        ],
        days: 10,
        answer: Said::Yes,
    },
    Asked {
        weeks_ago: 10,
        from: "sales",
        to: "production",
        text: [
            "A Saturday shift for the large pumps.",
            "Eine Samstagsschicht für die großen Pumpen.",
            "Un turno de sábado para las bombas grandes.",
        ],
        days: 14,
        answer: Said::No([
            "The bench is the limit, not the hours of the line.",
            "Der Prüfstand ist der Engpass, nicht die Stunden der Linie.",
            "El límite es el banco, no las horas de la línea.",
        ]),
    },
    Asked {
        weeks_ago: 3,
        from: "production",
        to: "finance",
        text: [
            "A decision on the second test bench.",
            "Eine Entscheidung über den zweiten Prüfstand.",
            "Una decisión sobre el segundo banco de pruebas.",
        ],
        days: 25,
        answer: Said::Instead(
            [
                "Renting one for six months first.",
                "Zuerst einen für sechs Monate mieten.",
                "Primero alquilar uno seis meses.",
            ],
            32,
        ),
    },
    Asked {
        weeks_ago: 1,
        from: "logistics",
        to: "sales",
        text: [
            "Which of the late Borealis orders may go in two parts.",
            "Welche der verspäteten Borealis-Aufträge in zwei Teilen gehen dürfen.",
            "Qué pedidos Borealis atrasados pueden ir en dos partes.",
        ],
        days: 11,
        answer: Said::Nothing,
    },
];

pub(super) const COMMITMENTS: [Promised; 16] = [
    promised(
        50,
        "Henrik Aas",
        9,
        [
            "Bring the list of unpaid orders.",
            "Die Liste der unbezahlten Aufträge mitbringen.",
            "Traer la lista de pedidos sin pagar.",
        ],
    ),
    promised(
        47,
        "Jonas Bergmann",
        11,
        [
            "Write down the standard days for each group.",
            "Die Standardtage je Gruppe aufschreiben.",
            "Anotar los días estándar de cada grupo.",
        ],
    ),
    promised(
        43,
        "Clara Winter",
        10,
        [
            "Talk to the dealers about the campaign.",
            "Mit den Händlern über die Aktion sprechen.",
            "Hablar con los distribuidores sobre la campaña.",
        ],
    ),
    promised(
        40,
        "Clara Winter",
        9,
        [
            "Show which Aurora orders were promised too early.",
            "Zeigen, welche Aurora-Aufträge zu früh zugesagt wurden.",
            "Mostrar qué pedidos Aurora se prometieron demasiado pronto.",
        ],
    ),
    promised(
        36,
        "Wolfgang Peters",
        14,
        [
            "Get three offers for the south.",
            "Drei Angebote für den Süden einholen.",
            "Pedir tres ofertas para el sur.",
        ],
    ),
    promised(
        33,
        "Aylin Demir",
        10,
        [
            "Write the fallback for the exports.",
            "Den Notbehelf für die Exporte aufschreiben.",
            "Escribir el plan alternativo para las exportaciones.",
        ],
    ),
    promised(
        29,
        "Ines Moreno",
        9,
        [
            "Ride along with the new carrier for a day.",
            "Einen Tag mit der neuen Spedition mitfahren.",
            "Acompañar un día al nuevo transportista.",
        ],
    ),
    promised(
        25,
        "Henrik Aas",
        16,
        [
            "Call the three customers who pay late.",
            "Die drei säumigen Kunden anrufen.",
            "Llamar a los tres clientes que pagan tarde.",
        ],
    ),
    promised(
        21,
        "Jonas Bergmann",
        10,
        [
            "Look into the returned seals.",
            "Den zurückgeschickten Dichtungen nachgehen.",
            "Investigar las juntas devueltas.",
        ],
    ),
    promised(
        19,
        "Ines Moreno",
        9,
        [
            "Put the dates of the slips right.",
            "Die Daten der Lieferscheine berichtigen.",
            "Corregir las fechas de los albaranes.",
        ],
    ),
    promised(
        13,
        "Aylin Demir",
        10,
        [
            "Play an outage of the exports.",
            "Einen Ausfall der Exporte durchspielen.",
            "Ensayar una caída de las exportaciones.",
        ],
    ),
    promised(
        10,
        "Jonas Bergmann",
        9,
        [
            "Count the hours of the test bench.",
            "Die Stunden des Prüfstands zählen.",
            "Contar las horas del banco de pruebas.",
        ],
    ),
    promised(
        7,
        "Henrik Aas",
        14,
        [
            "Reckon what a second bench costs.",
            "Ausrechnen, was ein zweiter Prüfstand kostet.",
            "Calcular lo que cuesta un segundo banco.",
        ],
    ),
    promised(
        4,
        "Clara Winter",
        9,
        [
            "Tell the ten customers who wait longest.",
            "Den zehn Kunden Bescheid geben, die am längsten warten.",
            "Avisar a los diez clientes que más esperan.",
        ],
    ),
    promised(
        2,
        "Jonas Bergmann",
        17,
        [
            "Train two more people on the bench.",
            "Zwei weitere Leute am Prüfstand anlernen.",
            "Formar a dos personas más en el banco.",
        ],
    ),
    promised(
        1,
        "Ines Moreno",
        8,
        [
            "Check the slips of the last week.",
            "Die Lieferscheine der letzten Woche prüfen.",
            "Revisar los albaranes de la última semana.",
        ],
    ),
];

const fn promised(weeks_ago: i32, who: &'static str, days: i32, text: [&'static str; 3]) -> Promised {
    Promised { weeks_ago, who, text, days }
}

/// Words of the closing round.
pub(super) const ROUND: [[&str; 3]; 8] = [
    ["Short and clear.", "Kurz und klar.", "Breve y claro."],
    [
        "Good that we looked at the orders.",
        "Gut, dass wir die Aufträge angesehen haben.",
        "Bien que miramos los pedidos.",
    ],
    ["We listened to each other.", "Wir haben einander zugehört.", "Nos escuchamos."],
    ["Too long on one point.", "Zu lange bei einem Punkt.", "Demasiado tiempo en un punto."],
    ["I know what to do.", "Ich weiß, was zu tun ist.", "Sé qué tengo que hacer."],
    [
        "Less blame than last year.",
        "Weniger Schuldzuweisung als letztes Jahr.",
        "Menos culpas que el año pasado.",
    ],
    ["We should start on time.", "Wir sollten pünktlich anfangen.", "Deberíamos empezar a la hora."],
    ["Thank you, Logistics.", "Danke, Logistik.", "Gracias, Logística."],
];

/// What is on every agenda.
pub(super) fn standing(language: Language) -> StandingItem {
    let title =
        ["Who is away next week?", "Wer ist nächste Woche nicht da?", "¿Quién falta la próxima semana?"];
    StandingItem {
        id: "away".to_owned(),
        section: Section::Needs,
        title: pick(language, title).to_owned(),
        minutes: 2,
        person: None,
    }
}

/// What is noted about a signal or a restatement.
pub(super) const fn note_on(subject: &Subject, weeks_ago: i32, language: Language) -> Option<&'static str> {
    match subject {
        Subject::Restatement { .. } => Some(pick(
            language,
            [
                "The slips had been dated with the day of typing. Logistics has put them right.",
                "Die Lieferscheine trugen das Datum der Erfassung. Die Logistik hat sie berichtigt.",
                "Los albaranes llevaban la fecha de captura. Logística los ha corregido.",
            ],
        )),
        Subject::Signal { .. } if weeks_ago <= 10 => Some(pick(
            language,
            [
                "The queue at the test bench. It will not go away by itself.",
                "Die Schlange vor dem Prüfstand. Von allein geht sie nicht weg.",
                "La cola del banco de pruebas. No se irá sola.",
            ],
        )),
        _ => None,
    }
}

/// What stands above the minutes of some weeks.
pub(super) const fn opening(weeks_ago: i32, language: Language) -> Option<&'static str> {
    let texts = match weeks_ago {
        52 => [
            "Our first meeting with Plaza: no slides, one page, one hour.",
            "Unsere erste Besprechung mit Plaza: keine Folien, eine Seite, eine Stunde.",
            "Nuestra primera reunión con Plaza: sin diapositivas, una página, una hora.",
        ],
        22 => [
            "We said goodbye to Wolfgang. Thank you for eleven years.",
            "Wir haben Wolfgang verabschiedet. Danke für elf Jahre.",
            "Nos despedimos de Wolfgang. Gracias por once años.",
        ],
        9 => [
            "Most of the hour was about the test bench; the rest carries over.",
            "Der größte Teil der Stunde galt dem Prüfstand; der Rest wird übertragen.",
            "La mayor parte de la hora fue para el banco de pruebas; el resto pasa a la próxima.",
        ],
        _ => return None,
    };
    Some(pick(language, texts))
}

/// What was put into the parking lot in some weeks.
pub(super) const fn lesson(weeks_ago: i32, language: Language) -> Option<&'static str> {
    let texts = match weeks_ago {
        41 => [
            "Who tells the dealers about lead times?",
            "Wer sagt den Händlern die Lieferzeiten?",
            "¿Quién informa a los distribuidores de los plazos?",
        ],
        28 => [
            "Parking for the carrier’s lorries.",
            "Stellplätze für die Lkw der Spedition.",
            "Sitio para los camiones del transportista.",
        ],
        12 => ["Spare parts over Christmas.", "Ersatzteile über Weihnachten.", "Recambios en Navidad."],
        5 => [
            "A day in the test hall for Sales.",
            "Ein Tag in der Prüfhalle für den Vertrieb.",
            "Un día en la nave de pruebas para Ventas.",
        ],
        _ => return None,
    };
    Some(pick(language, texts))
}

/// Why a commitment was not kept.
pub(super) const fn not_kept_because(language: Language) -> &'static str {
    pick(language, ["I was ill.", "Ich war krank.", "Estuve de baja."])
}

/// Why a commitment was moved.
pub(super) const fn moved_because(language: Language) -> &'static str {
    pick(
        language,
        ["The audit took the week.", "Das Audit hat die Woche gekostet.", "La auditoría se llevó la semana."],
    )
}
