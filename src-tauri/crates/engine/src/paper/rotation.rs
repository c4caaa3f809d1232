//! Visits as a calendar, and a visit's brief: one page that the visitor takes along.

use plaza_document::calendar::{About, Attendee, Calendar, Component, Event, Person, When, ics};
use plaza_document::paper::{Block, Paper, Span};
use plaza_domain::language::Language;
use plaza_domain::person::{Person as Member, PersonId};
use plaza_domain::rotation::{Rotation, Standing, Visit};

use super::minutes::date;
use super::plain;
use crate::error::{EngineError, Result};
use crate::meeting::words::pick;
use crate::workspace::Workspace;

/// What a calendar or a brief looks things up in.
struct Writer {
    people: Vec<Member>,
    departments: Vec<plaza_domain::department::Department>,
    language: Language,
    now: i64,
}

impl Writer {
    fn new(workspace: &Workspace, language: Language) -> Result<Self> {
        let (people, departments) = workspace.view(|view| Ok((view.people()?, view.departments()?)))?;
        Ok(Self { people, departments, language, now: workspace.now_ms() })
    }

    fn place(&self, id: &plaza_domain::department::DepartmentId) -> String {
        let known = self.departments.iter().find(|known| known.id == *id);
        known.map_or_else(|| id.to_string(), |known| known.name.clone())
    }

    fn member(&self, id: &PersonId) -> Option<&Member> {
        self.people.iter().find(|person| person.id == *id)
    }

    fn mailbox(&self, id: &PersonId) -> Option<Person> {
        let known = self.member(id)?;
        let address = known.email.clone().filter(|email| !email.is_empty())?;
        Some(Person { name: known.name.clone(), address })
    }

    /// A visit in the calendar of a person: taken out where it does not happen, or somebody else makes it now.
    fn event(&self, rotation: &Rotation, visit: &Visit, person: &PersonId) -> Event {
        let placed = &visit.placed;
        let host = self.place(&placed.host);
        let contact = contact(rotation, visit);
        let title = match self.language {
            Language::En => format!("Visit to {host}"),
            Language::De => format!("Besuch bei {host}"),
            Language::Es => format!("Visita a {host}"),
        };
        let description = match &visit.standing {
            Standing::Planned => rotation.program.what.question.clone(),
            Standing::Withdrawn { reason } | Standing::Cancelled { reason } => reason.clone(),
        };
        let attendees = contact.iter().filter_map(|id| self.mailbox(id));
        Event {
            about: About {
                uid: format!("placement-{}@plaza", placed.placement),
                sequence: visit.sequence,
                stamp: self.now,
                modified: Some(visit.told_at.wall_ms),
                title,
                description,
                location: host,
                attendees: attendees.map(|person| Attendee { person, optional: false }).collect(),
                ..About::default()
            },
            when: When::AllDay {
                first: placed.from,
                days: u32::try_from(placed.until - placed.from + 1).unwrap_or(1),
            },
            is_cancelled: !visit.is_planned() || placed.visitor != *person,
            is_free: false,
            series: None,
        }
    }
}

/// Who receives the visitor.
fn contact(rotation: &Rotation, visit: &Visit) -> Option<PersonId> {
    let rules = &rotation.program.what.departments;
    let rule = rules.iter().find(|rule| rule.department == visit.placed.host);
    rule.and_then(|rule| rule.contact.clone())
}

/// The visits of a person as a calendar, those that were taken from them included: a calendar that had them takes them out.
pub(super) fn calendar(workspace: &Workspace, person: &PersonId, language: Language) -> Result<String> {
    let writer = Writer::new(workspace, language)?;
    if writer.member(person).is_none() {
        return Err(EngineError::NotFound { noun: "person", name: person.to_string() });
    }
    let settings = workspace.settings()?;
    let rotations = workspace.rotations()?;
    let mut events: Vec<Event> = Vec::new();
    for rotation in &rotations {
        let own = rotation
            .visits
            .values()
            .filter(|visit| visit.placed.visitor == *person || visit.before.contains(person));
        events.extend(own.map(|visit| writer.event(rotation, visit, person)));
    }
    events.sort_by(|a, b| a.about.uid.cmp(&b.about.uid));
    Ok(ics(&Calendar {
        method: None,
        name: format!("Plaza, {}", settings.company),
        zone: settings.time_zone,
        components: events.into_iter().map(Component::Event).collect(),
    }))
}

/// The brief of a visit.
pub(super) fn brief(
    workspace: &Workspace,
    rotation: &Rotation,
    visit: &Visit,
    language: Language,
) -> Result<Paper> {
    let writer = Writer::new(workspace, language)?;
    let company = workspace.settings()?.company;
    let say = |words: [&'static str; 3]| pick(language, words).to_owned();
    let (placed, program) = (&visit.placed, &rotation.program.what);
    let (from, until) = (date(&placed.from.to_string(), language), date(&placed.until.to_string(), language));
    let visitor =
        writer.member(&placed.visitor).map_or_else(|| placed.visitor.to_string(), |one| one.name.clone());
    let host = writer.place(&placed.host);
    let mut facts = vec![
        (say(["Who", "Wer", "Quién"]), format!("{visitor}, {}", writer.place(&placed.home))),
        (
            say(["When", "Wann", "Cuándo"]),
            if placed.from == placed.until { from } else { format!("{from} – {until}") },
        ),
    ];
    let contact = contact(rotation, visit);
    if let Some(contact) = contact.as_ref().and_then(|id| writer.member(id)) {
        let email = contact.email.as_ref().map(|email| format!(", {email}")).unwrap_or_default();
        let label = say(["Your host", "Ansprechperson", "Persona de contacto"]);
        facts.push((label, format!("{}{email}", contact.name)));
    }
    let heading = |text: String| Block::Heading { level: 1, text };
    let mut blocks = vec![
        heading(say([
            "The question to take along",
            "Die Frage, die mitgeht",
            "La pregunta que llevas contigo",
        ])),
        Block::Text(vec![Span::Strong(program.question.clone())]),
        heading(say(["What this is for", "Wozu das gut ist", "Para qué sirve"])),
        Block::Text(plain(program.purpose.clone())),
    ];
    let rule = program.departments.iter().find(|rule| rule.department == placed.host);
    if let Some(rule) = rule.filter(|rule| !rule.bring.trim().is_empty()) {
        blocks.push(heading(say(["What to bring", "Was mitzubringen ist", "Qué llevar"])));
        blocks.push(Block::Text(plain(rule.bring.clone())));
    }
    blocks.push(heading(say(["Afterwards", "Danach", "Después"])));
    let items = [
        ["What I saw", "Was ich gesehen habe", "Lo que vi"],
        ["What surprised me", "Was mich überrascht hat", "Lo que me sorprendió"],
        ["What I would change", "Was ich ändern würde", "Lo que yo cambiaría"],
        ["Whom I thank", "Wem ich danke", "A quién doy las gracias"],
    ];
    let items = items.into_iter().map(|words| plain(say(words))).collect();
    blocks.push(Block::List { numbered: true, items });
    Ok(Paper {
        language,
        title: match language {
            Language::En => format!("Visit to {host}"),
            Language::De => format!("Besuch bei {host}"),
            Language::Es => format!("Visita a {host}"),
        },
        subtitle: program.name.clone(),
        facts,
        blocks,
        footer: company,
    })
}
