//! What the sample company's people brought home from their visits, in the language of its workspace.

/// What a visitor wrote; the surprise and the host's answer may be empty.
pub(super) struct Brought {
    pub(super) home: &'static str,
    pub(super) host: &'static str,
    pub(super) saw: [&'static str; 3],
    pub(super) surprised: [&'static str; 3],
    pub(super) change: [&'static str; 3],
    pub(super) answer: [&'static str; 3],
}

const NOTHING: [&str; 3] = [""; 3];

/// By home and host; the second visit of a pair takes the second text. A visit that finds none has no debrief.
pub(super) const BROUGHT: [Brought; 15] = [
    Brought {
        home: "sales",
        host: "production",
        saw: [
            "Three pumps waited half a day for one missing seal. Nobody in sales would have heard of it.",
            "Drei Pumpen standen einen halben Tag wegen einer fehlenden Dichtung. Im Vertrieb hätte das niemand erfahren.",
            "Tres bombas esperaron medio día por una junta que faltaba. En Ventas nadie se habría enterado.",
        ],
        surprised: [
            "A change of variant costs forty minutes, even for a single pump.",
            "Ein Variantenwechsel kostet vierzig Minuten, auch für eine einzige Pumpe.",
            "Un cambio de variante cuesta cuarenta minutos, incluso para una sola bomba.",
        ],
        change: [
            "Tell us by noon which orders will not be finished, so that we call the customer first.",
            "Sagt uns bis mittags, welche Aufträge nicht fertig werden, dann rufen wir den Kunden zuerst an.",
            "Decidnos antes del mediodía qué pedidos no se terminarán, para llamar nosotros primero al cliente.",
        ],
        answer: [
            "Good point. The shift lead writes it on the board at half past eleven from now on.",
            "Stimmt. Die Schichtleitung schreibt es ab jetzt um halb zwölf an die Tafel.",
            "Es verdad. El jefe de turno lo escribe en la pizarra a las once y media desde ahora.",
        ],
    },
    Brought {
        home: "finance",
        host: "production",
        saw: [
            "Half of the scrap is booked on one cost centre, because the form has only room for one.",
            "Die Hälfte des Ausschusses läuft auf eine Kostenstelle, weil das Formular nur eine zulässt.",
            "La mitad de la chatarra va a un solo centro de coste, porque el formulario solo admite uno.",
        ],
        surprised: [
            "People know the cost of a bearing by heart. We never asked them.",
            "Die Leute kennen den Preis eines Lagers auswendig. Wir haben sie nie gefragt.",
            "La gente sabe de memoria lo que cuesta un rodamiento. Nunca les preguntamos.",
        ],
        change: [
            "Add a second line for the cost centre to the scrap form.",
            "Eine zweite Zeile für die Kostenstelle ins Ausschussformular.",
            "Añadir una segunda línea de centro de coste al formulario de chatarra.",
        ],
        answer: NOTHING,
    },
    Brought {
        home: "logistics",
        host: "production",
        saw: [
            "Finished pumps stand on pallets that do not fit our forklifts, and are lifted twice.",
            "Fertige Pumpen stehen auf Paletten, die nicht zu unseren Staplern passen, und werden zweimal gehoben.",
            "Las bombas acabadas están en palés que no encajan en nuestras carretillas y se levantan dos veces.",
        ],
        surprised: [
            "The test bench is free on Friday afternoons.",
            "Am Freitagnachmittag ist der Prüfstand frei.",
            "El banco de pruebas está libre los viernes por la tarde.",
        ],
        change: [
            "Use our pallets from the last station on.",
            "Ab der letzten Station unsere Paletten verwenden.",
            "Usar nuestros palés desde la última estación.",
        ],
        answer: [
            "We tried it for a week: it saves a quarter of an hour a day. It stays.",
            "Wir haben es eine Woche probiert: Das spart eine Viertelstunde am Tag. Es bleibt so.",
            "Lo probamos una semana: ahorra un cuarto de hora al día. Se queda.",
        ],
    },
    Brought {
        home: "sales",
        host: "logistics",
        saw: [
            "The carrier for the south leaves at two. What is confirmed later stays until tomorrow.",
            "Der Spediteur für den Süden fährt um zwei. Was später kommt, bleibt bis morgen.",
            "El transportista del sur sale a las dos. Lo que llega más tarde se queda hasta mañana.",
        ],
        surprised: [
            "Customers ring the warehouse when they cannot reach us.",
            "Kunden rufen im Lager an, wenn sie uns nicht erreichen.",
            "Los clientes llaman al almacén cuando no nos encuentran.",
        ],
        change: [
            "Promise the south only with the two o’clock truck in mind.",
            "Dem Süden nur mit Blick auf den Zwei-Uhr-Lkw zusagen.",
            "Prometer al sur solo pensando en el camión de las dos.",
        ],
        answer: NOTHING,
    },
    Brought {
        home: "production",
        host: "logistics",
        saw: [
            "They unpack what we have packed, because the label is on the wrong side.",
            "Sie packen aus, was wir eingepackt haben, weil das Etikett auf der falschen Seite klebt.",
            "Desembalan lo que embalamos, porque la etiqueta está en el lado equivocado.",
        ],
        surprised: [
            "Nobody had ever told us.",
            "Das hatte uns nie jemand gesagt.",
            "Nadie nos lo había dicho nunca.",
        ],
        change: [
            "The label goes on the short side. We have already changed it.",
            "Das Etikett kommt auf die kurze Seite. Wir haben es schon geändert.",
            "La etiqueta va en el lado corto. Ya lo hemos cambiado.",
        ],
        answer: [
            "Thank you! That was an hour every day.",
            "Danke! Das war jeden Tag eine Stunde.",
            "¡Gracias! Era una hora cada día.",
        ],
    },
    Brought {
        home: "finance",
        host: "logistics",
        saw: [
            "Delivery notes come back on paper and wait in a tray for Friday. Our invoices wait with them.",
            "Lieferscheine kommen auf Papier zurück und warten im Ablagekorb auf Freitag. Unsere Rechnungen warten mit.",
            "Los albaranes vuelven en papel y esperan en una bandeja hasta el viernes. Nuestras facturas esperan con ellos.",
        ],
        surprised: NOTHING,
        change: [
            "Scan the slips every evening; we invoice the next morning.",
            "Die Scheine jeden Abend einscannen; wir stellen am nächsten Morgen die Rechnung.",
            "Escanear los albaranes cada tarde; nosotros facturamos a la mañana siguiente.",
        ],
        answer: [
            "We do it before the last truck now.",
            "Wir machen es jetzt vor dem letzten Lkw.",
            "Ahora lo hacemos antes del último camión.",
        ],
    },
    Brought {
        home: "production",
        host: "sales",
        saw: [
            "A customer asked for a date four times in one week. Each time somebody had to guess.",
            "Ein Kunde fragte in einer Woche viermal nach dem Termin. Jedes Mal musste jemand raten.",
            "Un cliente preguntó cuatro veces por la fecha en una semana. Cada vez alguien tuvo que adivinar.",
        ],
        surprised: [
            "They apologise for us, and they do it kindly.",
            "Sie entschuldigen sich für uns, und zwar freundlich.",
            "Piden disculpas por nosotros, y con amabilidad.",
        ],
        change: [
            "Give sales a look at the queue of the test bench.",
            "Dem Vertrieb die Warteschlange am Prüfstand zeigen.",
            "Dejar que Ventas vea la cola del banco de pruebas.",
        ],
        answer: [
            "That would help us more than any report.",
            "Das würde uns mehr helfen als jeder Bericht.",
            "Eso nos ayudaría más que cualquier informe.",
        ],
    },
    Brought {
        home: "logistics",
        host: "sales",
        saw: [
            "Orders are typed in from mails, with the delivery address by hand.",
            "Aufträge werden aus E-Mails abgetippt, die Lieferadresse von Hand.",
            "Los pedidos se teclean desde correos, con la dirección de entrega a mano.",
        ],
        surprised: [
            "The wrong gate on our slips comes from here.",
            "Das falsche Tor auf unseren Scheinen kommt von hier.",
            "La puerta equivocada de nuestros albaranes viene de aquí.",
        ],
        change: [
            "Choose the gate from a list instead of typing it.",
            "Das Tor aus einer Liste wählen, statt es zu tippen.",
            "Elegir la puerta de una lista en vez de teclearla.",
        ],
        answer: NOTHING,
    },
    Brought {
        home: "finance",
        host: "sales",
        saw: [
            "Terms of payment are agreed on the phone and reach us with the complaint.",
            "Zahlungsziele werden am Telefon vereinbart und erreichen uns mit der Beschwerde.",
            "Los plazos de pago se acuerdan por teléfono y nos llegan con la queja.",
        ],
        surprised: NOTHING,
        change: [
            "Write other terms onto the order, even in one word.",
            "Andere Zahlungsziele auf den Auftrag schreiben, und sei es ein Wort.",
            "Anotar otros plazos en el pedido, aunque sea una palabra.",
        ],
        answer: [
            "Agreed. There is a field for it since Monday.",
            "Einverstanden. Seit Montag gibt es ein Feld dafür.",
            "De acuerdo. Desde el lunes hay un campo para ello.",
        ],
    },
    Brought {
        home: "sales",
        host: "finance",
        saw: [
            "A discount that I gave in a minute took somebody an hour to book.",
            "Ein Rabatt, den ich in einer Minute gegeben hatte, kostete jemanden eine Stunde Buchen.",
            "Un descuento que di en un minuto le costó a alguien una hora de asientos.",
        ],
        surprised: [
            "Three customers always pay late in August, and it is in nobody’s forecast.",
            "Drei Kunden zahlen im August immer spät, und in keiner Vorschau steht es.",
            "Tres clientes siempre pagan tarde en agosto, y no está en ninguna previsión.",
        ],
        change: [
            "Talk about the late payers before the August promises.",
            "Über die späten Zahler sprechen, bevor wir im August zusagen.",
            "Hablar de los que pagan tarde antes de las promesas de agosto.",
        ],
        answer: NOTHING,
    },
    Brought {
        home: "production",
        host: "finance",
        saw: [
            "They see our overtime three weeks after we worked it.",
            "Sie sehen unsere Überstunden drei Wochen, nachdem wir sie gemacht haben.",
            "Ven nuestras horas extra tres semanas después de hacerlas.",
        ],
        surprised: [
            "A late pump binds more money than I earn in a year.",
            "Eine verspätete Pumpe bindet mehr Geld, als ich im Jahr verdiene.",
            "Una bomba retrasada inmoviliza más dinero del que gano en un año.",
        ],
        change: [
            "Show the money that waits at the test bench, once a week.",
            "Einmal in der Woche zeigen, wie viel Geld am Prüfstand wartet.",
            "Mostrar una vez por semana el dinero que espera en el banco de pruebas.",
        ],
        answer: NOTHING,
    },
    Brought {
        home: "logistics",
        host: "finance",
        saw: [
            "Freight invoices are checked line by line against slips that nobody can read.",
            "Frachtrechnungen werden Zeile für Zeile mit Scheinen verglichen, die niemand lesen kann.",
            "Las facturas de transporte se comprueban línea a línea con albaranes que nadie puede leer.",
        ],
        surprised: NOTHING,
        change: [
            "Print the order’s number large on the slip.",
            "Die Auftragsnummer groß auf den Schein drucken.",
            "Imprimir grande el número de pedido en el albarán.",
        ],
        answer: [
            "Please do. It would save Daniel’s Thursdays.",
            "Bitte. Das rettet Daniels Donnerstage.",
            "Por favor. Salvaría los jueves de Daniel.",
        ],
    },
    Brought {
        home: "sales",
        host: "production",
        saw: [
            "Nine large pumps in front of one test bench, each with a name of ours on it.",
            "Neun große Pumpen vor einem Prüfstand, jede mit einem Namen von uns daran.",
            "Nueve bombas grandes ante un solo banco, cada una con un nombre nuestro.",
        ],
        surprised: [
            "They know which customers wait, and nobody asks them whom to take first.",
            "Sie wissen, welche Kunden warten, und niemand fragt sie, wer zuerst drankommt.",
            "Saben qué clientes esperan, y nadie les pregunta a quién atender primero.",
        ],
        change: [
            "Agree every Monday which three pumps go first.",
            "Jeden Montag vereinbaren, welche drei Pumpen zuerst drankommen.",
            "Acordar cada lunes qué tres bombas van primero.",
        ],
        answer: [
            "Come on Mondays at eight. There will be coffee.",
            "Kommt montags um acht. Kaffee gibt es auch.",
            "Venid los lunes a las ocho. Habrá café.",
        ],
    },
    Brought {
        home: "finance",
        host: "production",
        saw: [
            "A second shift at the bench would cost less than the money that waits there.",
            "Eine zweite Schicht am Prüfstand wäre billiger als das Geld, das dort wartet.",
            "Un segundo turno en el banco costaría menos que el dinero que espera allí.",
        ],
        surprised: NOTHING,
        change: [
            "Reckon it together before the next budget.",
            "Das gemeinsam ausrechnen, bevor das nächste Budget kommt.",
            "Calcularlo juntos antes del próximo presupuesto.",
        ],
        answer: NOTHING,
    },
    Brought {
        home: "logistics",
        host: "production",
        saw: [
            "On Fridays everything is finished at once, and on Mondays nothing.",
            "Freitags wird alles auf einmal fertig, montags nichts.",
            "Los viernes se termina todo a la vez, y los lunes nada.",
        ],
        surprised: NOTHING,
        change: [
            "Finish the spares on Mondays: they are small and would fill our first truck.",
            "Ersatzteile montags fertig machen: Sie sind klein und füllen unseren ersten Lkw.",
            "Terminar los repuestos los lunes: son pequeños y llenarían nuestro primer camión.",
        ],
        answer: NOTHING,
    },
];
