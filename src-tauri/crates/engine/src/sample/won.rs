//! What went well at the sample company in its year, in the language of its workspace.

/// What a win rests on.
pub(super) enum Behind {
    /// What people tell, and nothing in a system.
    Words,
    /// A customer's orders of the last quarter of a year.
    Customer(&'static str),
    /// The order line of the last weeks that was furthest behind and came in time; `{customer}` is whose it was.
    Saved,
    /// The turn to the better that the wall of wins suggests, in the first week from its own on in which there is one.
    Suggested,
}

/// Who is named.
pub(super) enum Who {
    Department(&'static str),
    Person(&'static str),
}

/// Somebody who is named by hand: by whom, who, and what for.
pub(super) struct Name {
    pub(super) by: &'static str,
    pub(super) who: Who,
    pub(super) words: [&'static str; 3],
}

/// In which quarter of a year a win lies.
pub(super) enum Quarter {
    /// In the one whose wins name one department alone: so many weeks after the first of them.
    Alone { after: i32 },
    /// In any other.
    Any,
}

/// A win that was recorded in the week so many weeks ago.
pub(super) struct Won {
    pub(super) weeks_ago: i32,
    pub(super) quarter: Quarter,
    pub(super) by: &'static str,
    pub(super) behind: Behind,
    pub(super) title: [&'static str; 3],
    pub(super) story: [&'static str; 3],
    pub(super) names: &'static [Name],
}

const fn department(by: &'static str, id: &'static str, words: [&'static str; 3]) -> Name {
    Name { by, who: Who::Department(id), words }
}

const fn person(by: &'static str, name: &'static str, words: [&'static str; 3]) -> Name {
    Name { by, who: Who::Person(name), words }
}

const NONE: [&str; 3] = [""; 3];

/// The year of wins. In the first weeks people thought of their own department only.
pub(super) const WINS: [Won; 13] = [
    Won {
        weeks_ago: 50,
        quarter: Quarter::Alone { after: 0 },
        by: "Clara Winter",
        behind: Behind::Words,
        title: [
            "Two dealers who had left came back",
            "Zwei verlorene Händler sind zurück",
            "Vuelven dos distribuidores que se habían ido",
        ],
        story: [
            "Mira called both of them once a month for a year, without selling anything.",
            "Mira hat beide ein Jahr lang jeden Monat angerufen, ohne etwas zu verkaufen.",
            "Mira llamó a los dos cada mes durante un año, sin vender nada.",
        ],
        names: &[department("Clara Winter", "sales", NONE), person("Clara Winter", "Mira Okafor", NONE)],
    },
    Won {
        weeks_ago: 45,
        quarter: Quarter::Alone { after: 2 },
        by: "Tom Lindqvist",
        behind: Behind::Words,
        title: [
            "Nine enquiries from the trade fair",
            "Neun Anfragen von der Messe",
            "Nueve consultas de la feria",
        ],
        story: NONE,
        names: &[department("Tom Lindqvist", "sales", NONE)],
    },
    Won {
        weeks_ago: 41,
        quarter: Quarter::Alone { after: 5 },
        by: "Clara Winter",
        behind: Behind::Words,
        title: [
            "The Aurora campaign filled the books in a week",
            "Die Aurora-Aktion hat in einer Woche die Bücher gefüllt",
            "La campaña Aurora llenó la cartera en una semana",
        ],
        story: [
            "More Aurora pumps were ordered in five days than in any month before.",
            "In fünf Tagen wurden mehr Aurora-Pumpen bestellt als in jedem Monat davor.",
            "En cinco días se pidieron más bombas Aurora que en cualquier mes anterior.",
        ],
        names: &[
            department("Clara Winter", "sales", NONE),
            person(
                "Clara Winter",
                "Tom Lindqvist",
                ["The price list.", "Die Preisliste.", "La lista de precios."],
            ),
        ],
    },
    Won {
        weeks_ago: 37,
        quarter: Quarter::Any,
        by: "Jonas Bergmann",
        behind: Behind::Saved,
        title: [
            "{customer} had their pump in time, although we had promised it too early",
            "{customer} hatte die Pumpe pünktlich, obwohl wir sie zu früh zugesagt hatten",
            "{customer} tuvo su bomba a tiempo, aunque la habíamos prometido demasiado pronto",
        ],
        story: [
            "Sales said on the first day that the date was tight. Production pulled the order forward by two days, \
             and logistics held a place on the lorry for it until four in the afternoon.",
            "Der Vertrieb hat am ersten Tag gesagt, dass es eng wird. Die Produktion hat den Auftrag um zwei Tage \
             vorgezogen, und die Logistik hat bis vier Uhr nachmittags einen Platz auf dem Lkw freigehalten.",
            "Ventas dijo el primer día que la fecha era justa. Producción adelantó el pedido dos días y Logística le \
             guardó un sitio en el camión hasta las cuatro de la tarde.",
        ],
        names: &[person(
            "Ines Moreno",
            "Georg Thiele",
            [
                "Stayed until the last test was done.",
                "Blieb, bis der letzte Test fertig war.",
                "Se quedó hasta terminar la última prueba.",
            ],
        )],
    },
    Won {
        weeks_ago: 33,
        quarter: Quarter::Any,
        by: "Paula Reyes",
        behind: Behind::Customer("Alster Wasserwerke"),
        title: [
            "Alster Wasserwerke thanked us in writing",
            "Alster Wasserwerke hat sich schriftlich bedankt",
            "Alster Wasserwerke nos dio las gracias por escrito",
        ],
        story: [
            "“You are the only supplier whose dates we put into our own plan.”",
            "„Sie sind der einzige Lieferant, dessen Termine wir in unseren eigenen Plan schreiben.“",
            "«Son el único proveedor cuyas fechas ponemos en nuestro propio plan».",
        ],
        names: &[],
    },
    Won {
        weeks_ago: 28,
        quarter: Quarter::Any,
        by: "Clara Winter",
        behind: Behind::Words,
        title: [
            "The south gets its goods on the day that was agreed",
            "Der Süden bekommt seine Ware am vereinbarten Tag",
            "El sur recibe la mercancía el día acordado",
        ],
        story: [
            "Three offers, one new carrier, and a day on the lorry to see where the hours went.",
            "Drei Angebote, eine neue Spedition und ein Tag auf dem Lkw, um zu sehen, wo die Stunden blieben.",
            "Tres ofertas, un transportista nuevo y un día en el camión para ver adónde se iban las horas.",
        ],
        names: &[
            department("Clara Winter", "logistics", NONE),
            person(
                "Clara Winter",
                "Ines Moreno",
                [
                    "Rode along with the new carrier.",
                    "Ist mit der neuen Spedition mitgefahren.",
                    "Acompañó al nuevo transportista.",
                ],
            ),
            person(
                "Ines Moreno",
                "Stefan Kowalski",
                [
                    "Labels every pallet by carrier now.",
                    "Beschriftet jetzt jede Palette nach Spedition.",
                    "Ahora etiqueta cada palé por transportista.",
                ],
            ),
        ],
    },
    Won {
        weeks_ago: 23,
        quarter: Quarter::Any,
        by: "Henrik Aas",
        behind: Behind::Words,
        title: [
            "Three customers who always paid late pay in time",
            "Drei säumige Kunden zahlen pünktlich",
            "Tres clientes morosos pagan a tiempo",
        ],
        story: [
            "Nobody had ever asked them why. Our invoices went to a mailbox that nobody reads.",
            "Niemand hatte sie je gefragt, warum. Unsere Rechnungen gingen an ein Postfach, das keiner liest.",
            "Nadie les había preguntado por qué. Nuestras facturas llegaban a un buzón que nadie lee.",
        ],
        names: &[
            department("Henrik Aas", "finance", NONE),
            person("Henrik Aas", "Daniel Fischer", NONE),
            person(
                "Daniel Fischer",
                "Paula Reyes",
                [
                    "Found the right people to talk to.",
                    "Hat die richtigen Leute gefunden.",
                    "Encontró a las personas adecuadas.",
                ],
            ),
        ],
    },
    Won {
        weeks_ago: 20,
        quarter: Quarter::Any,
        by: "Ines Moreno",
        behind: Behind::Suggested,
        title: NONE,
        story: [
            "We decided, we waited, and the chart says that it lasts.",
            "Wir haben beschlossen, gewartet, und das Diagramm sagt, dass es hält.",
            "Decidimos, esperamos, y el gráfico dice que dura.",
        ],
        names: &[],
    },
    Won {
        weeks_ago: 16,
        quarter: Quarter::Any,
        by: "Aylin Demir",
        behind: Behind::Words,
        title: [
            "Not one wrong delivery slip in two weeks",
            "Zwei Wochen lang kein falscher Lieferschein",
            "Ni un albarán equivocado en dos semanas",
        ],
        story: [
            "The drivers wrote the card themselves.",
            "Die Fahrer haben die Karte selbst geschrieben.",
            "La tarjeta la escribieron los propios conductores.",
        ],
        names: &[
            department("Aylin Demir", "logistics", NONE),
            person("Aylin Demir", "Britta Sørensen", NONE),
            person("Aylin Demir", "Noor van Dijk", NONE),
            person(
                "Britta Sørensen",
                "Aylin Demir",
                [
                    "Noticed it and asked instead of correcting.",
                    "Hat es bemerkt und gefragt, statt zu berichtigen.",
                    "Lo notó y preguntó en vez de corregir.",
                ],
            ),
        ],
    },
    Won {
        weeks_ago: 11,
        quarter: Quarter::Any,
        by: "Henrik Aas",
        behind: Behind::Words,
        title: [
            "The exports were away for a day and nobody’s work was",
            "Die Exporte waren einen Tag weg, die Arbeit nicht",
            "Las exportaciones cayeron un día y el trabajo no",
        ],
        story: [
            "The drill showed what was missing from the fallback. Now every department knows its sheet.",
            "Die Übung hat gezeigt, was dem Notbehelf fehlte. Jetzt kennt jede Abteilung ihr Blatt.",
            "El simulacro mostró lo que faltaba en el plan alternativo. Ahora cada departamento conoce su hoja.",
        ],
        names: &[
            person("Henrik Aas", "Aylin Demir", NONE),
            person("Henrik Aas", "Paula Reyes", NONE),
            person("Henrik Aas", "Britta Sørensen", NONE),
            person("Henrik Aas", "Daniel Fischer", NONE),
        ],
    },
    Won {
        weeks_ago: 7,
        quarter: Quarter::Any,
        by: "Mira Okafor",
        behind: Behind::Customer("Hydra Nord"),
        title: [
            "Hydra Nord ordered again because we called before we were late",
            "Hydra Nord hat wieder bestellt, weil wir anriefen, bevor es zu spät war",
            "Hydra Nord volvió a pedir porque llamamos antes de llegar tarde",
        ],
        story: [
            "“A bad word in time is a good word.” Their buyer said it, and took twelve more pumps.",
            "„Ein schlechtes Wort zur rechten Zeit ist ein gutes.“ Das sagte ihr Einkäufer und nahm zwölf weitere Pumpen.",
            "«Una mala noticia a tiempo es una buena noticia», dijo su comprador, y pidió doce bombas más.",
        ],
        names: &[],
    },
    Won {
        weeks_ago: 4,
        quarter: Quarter::Any,
        by: "Ines Moreno",
        behind: Behind::Saved,
        title: [
            "{customer} did not notice how late we were",
            "{customer} hat nicht gemerkt, wie spät wir dran waren",
            "{customer} no notó lo tarde que íbamos",
        ],
        story: [
            "The bench was taken until Thursday. The pump was tested in the night, packed before breakfast, \
             and at the gate when theirs opened.",
            "Der Prüfstand war bis Donnerstag belegt. Die Pumpe wurde nachts geprüft, vor dem Frühstück verpackt \
             und stand am Tor, als dort geöffnet wurde.",
            "El banco estaba ocupado hasta el jueves. La bomba se probó de noche, se embaló antes del desayuno y \
             estaba en su puerta cuando abrieron.",
        ],
        names: &[person(
            "Jonas Bergmann",
            "Rafael Costa",
            ["Drove it there himself.", "Hat sie selbst hingefahren.", "La llevó él mismo."],
        )],
    },
    Won {
        weeks_ago: LATEST,
        quarter: Quarter::Any,
        by: "Clara Winter",
        behind: Behind::Saved,
        title: [
            "{customer} will stay with us for three more years",
            "{customer} bleibt für drei weitere Jahre bei uns",
            "{customer} sigue con nosotros tres años más",
        ],
        story: [
            "They had an offer that was cheaper by a tenth. What decided it was the order that came in time in the \
             worst week of our test bench.",
            "Sie hatten ein Angebot, das um ein Zehntel billiger war. Entschieden hat der Auftrag, der in der \
             schlimmsten Woche unseres Prüfstands pünktlich kam.",
            "Tenían una oferta una décima parte más barata. Lo decidió el pedido que llegó a tiempo en la peor semana \
             de nuestro banco de pruebas.",
        ],
        names: &[],
    },
];

/// Stands for the week of the last meeting that was held: this one is recorded after it, and waits for the next.
pub(super) const LATEST: i32 = -1;
