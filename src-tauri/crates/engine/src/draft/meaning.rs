//! What a column is probably about: the words that companies use for it in English, German and Spanish.

use std::collections::BTreeMap;

use plaza_domain::cell::{ColumnKind, ColumnProfile};
use plaza_domain::journey::Milestone;
use plaza_domain::record::Field;

use super::name::Name;
use super::suggest::VALUES_MAX;

/// A field that a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) field: Field,
    /// How sure the name makes it; the surest column gets the field.
    pub(super) score: u32,
    /// The name says when it should be, not who promised it to whom.
    pub(super) is_weak: bool,
}

impl Meaning {
    const fn new(field: Field, score: u32) -> Self {
        Self { field, score, is_weak: false }
    }

    const fn weak(field: Field, score: u32) -> Self {
        Self { field, score, is_weak: true }
    }
}

const CHANGED: [&str; 9] = [
    "changed",
    "modified",
    "updated",
    "lastupdate",
    "geaendert",
    "aenderung",
    "modificad",
    "actualiz",
    "cambiad",
];
const RECORDED: [&str; 5] = ["record", "posted", "gebucht", "registr", "contabil"];
/// Dates of price enquiries and of orders to our own suppliers are not about the customer's order.
const FOREIGN: [&str; 6] = ["quote", "anfrage", "cotiza", "senttovendor", "tosupplier", "birth"];

const CANCELLED: [&str; 4] = ["cancel", "storn", "anulad", "anulacion"];
const RETURNED: [&str; 6] = ["return", "rueckgabe", "rueckgegeben", "retour", "ruecksend", "devol"];
const CREDITED: [&str; 4] = ["credit", "gutschrift", "gutgeschrieben", "abono"];
const DISPUTED: [&str; 5] = ["dispute", "complain", "reklam", "beanstand", "reclam"];

const REQUESTED: [&str; 5] = ["request", "wunsch", "desired", "solicit", "desead"];
const REQUIRED: [&str; 4] = ["requir", "needby", "requerid", "benoetigt"];
const PROMISED: [&str; 7] = ["promis", "commit", "zugesagt", "zusage", "prometid", "compromet", "compromis"];
const AGREED: [&str; 4] = ["agreed", "vereinbart", "acordad", "convenid"];
const CONFIRMED: [&str; 9] =
    ["confirm", "approv", "bestaetig", "acknowledg", "accepted", "aprob", "freigabe", "freigegeben", "=ab"];
const DUE: [&str; 20] = [
    "=due",
    "duedate",
    "planned",
    "=plan",
    "schedul",
    "expect",
    "estimat",
    "=eta",
    "target",
    "soll",
    "faellig",
    "geplant",
    "erwartet",
    "voraussichtlich",
    "previst",
    "program",
    "vencim",
    "forecast",
    "deadline",
    "plandatum",
];
const APPOINTMENT: [&str; 2] = ["termin", "plazo"];
const ORDERED: [&str; 7] = ["order", "bestell", "auftrag", "pedid", "pedido", "purchase", "compra"];
const ENTERED: [&str; 8] =
    ["created", "entrydate", "erstellt", "angelegt", "erfasst", "creacion", "creado", "belegdatum"];

/// Milestones after *ordered* by their stems; a handover to a carrier is looked for before deliveries.
const MILESTONES: [(Milestone, &[&str]); 5] = [
    (Milestone::Paid, &["paid", "payment", "bezahlt", "zahlung", "pagad", "=pago", "cobr"]),
    (Milestone::Invoiced, &["invoic", "=bill", "billing", "rechnung", "faktur", "factur"]),
    (
        Milestone::Shipped,
        &[
            "ship",
            "dispatch",
            "despatch",
            "carrier",
            "versand",
            "versend",
            "warenausgang",
            "lieferschein",
            "goodsissue",
            "envi",
            "expedi",
            "despach",
            "verschickt",
        ],
    ),
    (
        Milestone::Delivered,
        &[
            "deliver",
            "arriv",
            "received",
            "geliefert",
            "liefer",
            "zugestellt",
            "zustell",
            "entreg",
            "recibid",
        ],
    ),
    (
        Milestone::Produced,
        &[
            "produced",
            "production",
            "produz",
            "produkt",
            "manufactur",
            "complet",
            "finish",
            "fertig",
            "built",
            "assembl",
            "fabric",
            "terminad",
            "producid",
            "producci",
        ],
    ),
];

/// What a column of dates is about.
pub(super) fn date_meaning(name: &Name, kind: ColumnKind) -> Option<Meaning> {
    if name.has(&FOREIGN) {
        return None;
    }
    if name.has(&CHANGED) {
        // A mere day cannot tell two versions of one day apart.
        return (kind == ColumnKind::Timestamp).then_some(Meaning::new(Field::ChangedAt, 60));
    }
    let exceptions = [
        (&CANCELLED[..], Field::CancelledOn),
        (&RETURNED[..], Field::ReturnedOn),
        (&CREDITED[..], Field::CreditedOn),
        (&DISPUTED[..], Field::DisputedOn),
    ];
    if let Some((_, field)) = exceptions.iter().find(|(stems, _)| name.has(stems)) {
        return Some(Meaning::new(*field, 80));
    }
    if name.has(&PROMISED) {
        return Some(Meaning::new(Field::Promised, 95));
    }
    if name.has(&AGREED) {
        return Some(Meaning::new(Field::Agreed, 90));
    }
    if name.has(&REQUESTED) {
        return Some(Meaning::new(Field::Requested, 90));
    }
    if name.has(&REQUIRED) {
        return Some(Meaning::weak(Field::Requested, 60));
    }
    let milestone = MILESTONES.iter().find(|(_, stems)| name.has(stems)).map(|(milestone, _)| *milestone);
    let goes_out = matches!(milestone, Some(Milestone::Shipped | Milestone::Delivered));
    if name.has(&CONFIRMED) {
        // “Confirmed on” is a milestone, a confirmed date of delivery is a date given to the customer.
        return Some(if goes_out || name.has(&APPOINTMENT) {
            Meaning::weak(Field::Agreed, 70)
        } else {
            Meaning::new(Field::Confirmed, 80)
        });
    }
    let is_due = name.has(&DUE) || name.has(&APPOINTMENT);
    match (milestone, is_due) {
        (Some(milestone), true) => due(milestone, name),
        (None, true) => Some(Meaning::weak(Field::DeliveredDue, 55)),
        (Some(milestone), false) => {
            let score = if name.has(&RECORDED) { 30 } else { actual_score(name) };
            Some(Meaning::new(actual(milestone), score))
        }
        (None, false) if name.has(&ORDERED) => Some(Meaning::new(Field::Ordered, 80)),
        (None, false) if name.has(&ENTERED) => Some(Meaning::new(Field::Ordered, 50)),
        (None, false) => None,
    }
}

/// “Delivered” is what happened; “delivery date” may be it.
fn actual_score(name: &Name) -> u32 {
    let happened =
        ["delivered", "shipped", "geliefert", "zugestellt", "entregad", "enviad", "received", "recibid"];
    if name.has(&happened) { 85 } else { 75 }
}

fn due(milestone: Milestone, name: &Name) -> Option<Meaning> {
    Some(match milestone {
        Milestone::Delivered => Meaning::weak(Field::DeliveredDue, 70),
        Milestone::Shipped => Meaning::weak(Field::ShippedDue, 65),
        Milestone::Produced => Meaning::new(Field::ProducedDue, 70),
        // When an invoice is due, its payment is.
        Milestone::Invoiced if name.has(&["=due", "duedate", "faellig", "vencim"]) => {
            Meaning::new(Field::PaidDue, 70)
        }
        Milestone::Invoiced => Meaning::new(Field::InvoicedDue, 70),
        Milestone::Paid => Meaning::new(Field::PaidDue, 75),
        Milestone::Ordered | Milestone::Confirmed => return None,
    })
}

const fn actual(milestone: Milestone) -> Field {
    match milestone {
        Milestone::Ordered => Field::Ordered,
        Milestone::Confirmed => Field::Confirmed,
        Milestone::Produced => Field::Produced,
        Milestone::Shipped => Field::Shipped,
        Milestone::Delivered => Field::Delivered,
        Milestone::Invoiced => Field::Invoiced,
        Milestone::Paid => Field::Paid,
    }
}

const QUANTITY: [&str; 7] = ["quantity", "qty", "menge", "=anzahl", "stueck", "cantidad", "=units"];
const VALUE: [&str; 8] = ["value", "amount", "total", "betrag", "wert", "umsatz", "importe", "=valor"];
const NOT_VALUE: [&str; 20] = [
    "unit",
    "price",
    "preis",
    "precio",
    "tax",
    "steuer",
    "mwst",
    "=vat",
    "=iva",
    "freight",
    "fracht",
    "flete",
    "insurance",
    "weight",
    "gewicht",
    "peso",
    "discount",
    "rabatt",
    "descuento",
    "einheit",
];
const LINE: [&str; 9] =
    ["lineno", "orderline", "linenumber", "position", "=pos", "posnr", "zeile", "linea", "renglon"];
const NOT_LINE: [&str; 12] = [
    "product",
    "produkt",
    "item",
    "value",
    "amount",
    "insurance",
    "designation",
    "description",
    "wert",
    "valor",
    "status",
    "deadline",
];
const GROUP: [&str; 12] = [
    "productgroup",
    "itemgroup",
    "category",
    "categoria",
    "warengruppe",
    "produktgruppe",
    "artikelgruppe",
    "family",
    "familia",
    "grupo",
    "materialgroup",
    "productline",
];
const PRODUCT: [&str; 9] =
    ["product", "produkt", "article", "artikel", "material", "=sku", "articulo", "=item", "itemdescription"];
const CUSTOMER: [&str; 8] =
    ["customer", "=client", "kunde", "cliente", "buyer", "soldto", "comprador", "consignee"];
const CURRENCY: [&str; 5] = ["currency", "waehrung", "moneda", "divisa", "=curr"];
const STATUS: [&str; 4] = ["status", "estado", "zustand", "orderstate"];
const REASON: [&str; 4] = ["reason", "grund", "motivo", "causa"];
const PAPER: [&str; 10] = [
    "shipment",
    "deliveryno",
    "lieferschein",
    "albaran",
    "invoice",
    "rechnung",
    "factura",
    "tracking",
    "=asn",
    "=dn",
];

/// What a column of anything but dates may be about.
pub(super) fn other_meanings(name: &Name, profile: &ColumnProfile) -> Vec<Meaning> {
    let mut meanings = Vec::new();
    let is_number = matches!(profile.kind, ColumnKind::Integer | ColumnKind::Decimal | ColumnKind::Money);
    let is_word = matches!(profile.kind, ColumnKind::Text | ColumnKind::Integer | ColumnKind::Boolean);
    let is_few = !profile.values.is_empty() && profile.values.len() <= VALUES_MAX;
    if is_number && name.has(&QUANTITY) && !name.has(&NOT_VALUE) {
        meanings.push(Meaning::new(quantity(name), 80));
    } else if is_number && name.has(&VALUE) && !name.has(&NOT_VALUE) && !name.is_number() {
        let score = if name.has(&["line", "position", "linea", "net", "neto"]) { 80 } else { 60 };
        meanings.push(Meaning::new(Field::Value, score));
    }
    if is_word && is_few {
        meanings.extend(code(name));
    }
    if !is_word {
        return meanings;
    }
    if name.has(&CURRENCY) && is_few {
        meanings.push(Meaning::new(Field::Currency, 80));
    }
    meanings.extend(order(name));
    if (name.has(&LINE) || name.is(&["line"])) && !name.has(&NOT_LINE) {
        meanings.push(Meaning::new(Field::Line, 90));
    }
    if name.has(&["detailno", "lineitemno", "itemno"]) && !name.has(&["description"]) {
        meanings.push(Meaning::new(Field::Line, 50));
    }
    if name.has(&PAPER) && (name.is_number() || name.has(&["=asn", "=dn"])) {
        meanings.push(Meaning::new(Field::RowKey, 60));
    }
    let is_date_word = name.has(&["date", "datum", "fecha"]);
    if name.has(&GROUP) {
        meanings.push(Meaning::new(Field::ProductGroup, 80));
    } else if name.has(&PRODUCT) && !is_date_word && !name.has(&STATUS) && !name.has(&REASON) {
        meanings.push(Meaning::new(Field::Product, if name.is_number() { 75 } else { 80 }));
    }
    let is_other =
        name.has(&ORDERED) || is_date_word || name.has(&["type", "vendor", "city", "state", "zip"]);
    if name.has(&CUSTOMER) && !is_other {
        meanings.push(Meaning::new(Field::Customer, if name.is_number() { 70 } else { 80 }));
    }
    meanings
}

fn order(name: &Name) -> Option<Meaning> {
    let other =
        ["date", "datum", "fecha", "type", "art", "reason", "grund", "motivo", "value", "amount", "priority"];
    if name.has(&STATUS)
        || name.has(&QUANTITY)
        || name.has(&other)
        || name.has(&["detail", "position", "linea"])
    {
        return None;
    }
    let is_theirs = name.has(&["customer", "kunde", "cliente", "client"]);
    let is_line = name.has(&["line", "=pos", "zeile"]);
    let score = match () {
        () if is_line => return None,
        () if name.has(&["order", "auftrag", "pedid", "bestell"]) && name.is_number() => 100,
        () if name.is(&["order", "auftrag", "pedido", "bestellung", "salesorder", "purchaseorder"]) => 95,
        () if name.has(&["=po", "=so", "vbeln", "ordernr"]) => 80,
        () if name.has(&["documentno", "belegno", "belegnummer", "belegnr", "docno"]) => 50,
        () => return None,
    };
    Some(Meaning::new(Field::Order, if is_theirs { 40 } else { score }))
}

fn quantity(name: &Name) -> Field {
    let kinds: [(&[&str], Field); 5] = [
        (&CANCELLED, Field::CancelledQuantity),
        (&RETURNED, Field::ReturnedQuantity),
        (&["deliver", "geliefert", "liefer", "entreg", "received", "recibid"], Field::DeliveredQuantity),
        (&["ship", "dispatch", "versand", "envi", "despach"], Field::ShippedQuantity),
        (&["produced", "produz", "producid", "fertig", "fabric", "complet"], Field::ProducedQuantity),
    ];
    kinds.iter().find(|(stems, _)| name.has(stems)).map_or(Field::OrderedQuantity, |(_, field)| *field)
}

fn code(name: &Name) -> Option<Meaning> {
    if name.has(&REASON) {
        let kinds: [(&[&str], Field); 3] = [
            (&RETURNED, Field::ReturnReason),
            (&CREDITED, Field::CreditReason),
            (&DISPUTED, Field::DisputeReason),
        ];
        return kinds.iter().find(|(stems, _)| name.has(stems)).map(|(_, field)| Meaning::new(*field, 80));
    }
    let other = ["payment", "zahlung", "pago", "invoice", "rechnung", "factura", "credit"];
    (name.has(&STATUS) && !name.has(&other))
        .then_some(Meaning::new(Field::Status, if name.has(&ORDERED) { 85 } else { 80 }))
}

// Parts of the words for statuses.
const CANCELS: [&str; 6] = ["cancel", "storn", "anulad", "void", "rejected", "abgelehnt"];
const CLOSES: [&str; 10] = [
    "closed",
    "complete",
    "done",
    "delivered",
    "erledigt",
    "abgeschlossen",
    "geliefert",
    "cerrad",
    "completad",
    "entregad",
];
const OPENS: [&str; 14] = [
    "open",
    "new",
    "pending",
    "progress",
    "approved",
    "created",
    "processing",
    "confirmed",
    "offen",
    "neu",
    "arbeit",
    "abiert",
    "nuev",
    "pendiente",
];

/// The meanings of statuses that are called the same everywhere. Milestones come from dates, so that whatever is under
/// way is open.
pub(super) fn values(field: Field, profile: &ColumnProfile) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    if field != Field::Status {
        return values;
    }
    for value in &profile.values {
        let name = Name::of(&value.text);
        // “Not delivered”, “partly delivered” are not closed; a person says what they are.
        if name.has(&["not", "nicht", "partly", "partial", "teil", "parcial", "sin", "incomplete", "unvoll"])
        {
            continue;
        }
        let word = match () {
            () if name.has(&CANCELS) => "cancelled",
            () if name.has(&CLOSES) => "closed",
            () if name.has(&OPENS) => "open",
            () => continue,
        };
        values.insert(value.text.clone(), word.to_owned());
    }
    values
}
