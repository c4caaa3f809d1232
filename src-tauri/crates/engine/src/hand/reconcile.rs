//! What was entered by hand against what the system says once it is back.

use plaza_domain::journey::truth::{Heard, Voice, is_identity, said, statement};
use plaza_domain::record::{Facts, Field};
use plaza_store::intake::Record;

use crate::error::Result;
use crate::integration::Integration;
use crate::journey::key::is_whole_order;
use crate::staging::ONLY_LINE;
use crate::truth::{HeardRecord, Voices, heard, say};
use crate::workspace::Workspace;

/// How an entry stands against the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// The system says something else.
    Differs,
    /// The system says nothing of it yet: the entry counts.
    Silent,
    /// The system says the same.
    Agrees,
}

/// A field of an order line that was entered by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciled {
    /// Order number.
    pub order: String,
    /// Line number.
    pub line: String,
    /// The field.
    pub field: Field,
    /// What was entered.
    pub entered: String,
    /// What the system says.
    pub system: Option<String>,
    /// How they stand.
    pub agreement: Agreement,
    /// The owner said that the entry counts.
    pub is_kept: bool,
    /// When it was pulled, seconds since 1970 UTC.
    pub entered_at: i64,
}

/// Everything that was entered for an integration, field by field: differences first, then what the system is silent of.
///
/// # Errors
/// What the stores say.
pub fn reconcile(workspace: &Workspace, home: &Integration) -> Result<Vec<Reconciled>> {
    let reader = workspace.intake_reader()?;
    let view = reader.view();
    let Some((_, voices)) = Voices::of_home(workspace, view, home)? else { return Ok(Vec::new()) };
    let Some(voice) = voices.by_hand else { return Ok(Vec::new()) };
    let Some(place) = voices.of_place.iter().position(|own| *own == voice) else { return Ok(Vec::new()) };
    let stream = voices.streams.get(place).copied().unwrap_or_default();
    let mut entered = Vec::new();
    view.records_between(stream, 0, i64::MAX, &mut entered)?;
    let mut lines = Vec::new();
    for record in entered {
        let mut records = heard(view, &voices, record.key.journey)?;
        records.retain(|one| one.record.gone_at.is_none());
        compare(&record, &records, voice, &voices, &mut lines);
    }
    lines.sort_by(|one, other| {
        (one.agreement, &one.order, &one.line, one.field).cmp(&(
            other.agreement,
            &other.order,
            &other.line,
            other.field,
        ))
    });
    Ok(lines)
}

fn compare(
    entered: &Record,
    records: &[HeardRecord],
    voice: Voice,
    voices: &Voices,
    lines: &mut Vec<Reconciled>,
) {
    let facts = Facts(&entered.facts);
    let said_by: Vec<Heard<'_>> = records
        .iter()
        .map(|one| Heard {
            voice: one.voice,
            facts: Facts(&one.record.facts),
            order_level: is_whole_order(one.record.key.journey),
        })
        .collect();
    let kept = voices.kept(entered.key.journey);
    for field in Field::ALL.into_iter().filter(|field| !is_identity(*field)) {
        let Some(own) = said(&said_by, voice, field) else { continue };
        let system = (0..voice).find_map(|other| said(&said_by, other, field));
        let agreement = match &system {
            None => Agreement::Silent,
            Some(system) if *system == own => Agreement::Agrees,
            Some(_) => Agreement::Differs,
        };
        lines.push(Reconciled {
            order: facts.text(Field::Order).unwrap_or_default().to_owned(),
            line: facts.text(Field::Line).unwrap_or(ONLY_LINE).to_owned(),
            field,
            entered: say::value(field, &own),
            system: system.map(|system| say::value(field, &system)),
            agreement,
            entered_at: entered.known.at,
            is_kept: kept & (1 << statement(field) as u8) != 0,
        });
    }
}
