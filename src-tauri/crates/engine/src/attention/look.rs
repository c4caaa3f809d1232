//! What needs a person now.

use plaza_domain::charter::Verdict;
use plaza_domain::event::{AttentionKind, IntegrationId};
use plaza_domain::language::Language;
use plaza_domain::person::PersonId;
use plaza_domain::record::Field;
use plaza_domain::schedule::Freshness;
use plaza_store::intake::QueueState;
use plaza_store::view::Integration as Saved;

use super::Matter;
use crate::audit::Standing as Audited;
use crate::charter::facts::Facts;
use crate::charter::measure::Measuring;
use crate::error::Result;
use crate::hand;
use crate::integration::Integration;
use crate::staging::field_word;
use crate::tend::Age;
use crate::truth::Standing;
use crate::truth::map::{owner_of_field, owner_of_integration};
use crate::workspace::Workspace;

/// Every matter of every integration in use, and of the measures.
pub(super) fn look(workspace: &Workspace) -> Result<Vec<Matter>> {
    let mut matters = Vec::new();
    for saved in workspace.view(|view| view.integrations())? {
        if saved.retired.is_some() {
            continue;
        }
        // What a newer Plaza wrote is that one's to look after.
        let Ok(definition) = Integration::from_toml(&saved.current.toml) else { continue };
        let about = About {
            workspace,
            owner: owner_of_integration(workspace, &definition)?,
            saved: &saved,
            definition: &definition,
        };
        about.batch(&mut matters)?;
        about.system(&mut matters)?;
        about.quarantine(&mut matters)?;
        about.truth(&mut matters)?;
        about.audit(&mut matters)?;
    }
    figures(workspace, &mut matters)?;
    Ok(matters)
}

/// Files of measures that wait: whoever decides by the measure is asked, else who brought the file.
fn figures(workspace: &Workspace, matters: &mut Vec<Matter>) -> Result<()> {
    for file in workspace.view(|view| view.waiting_figure_files())? {
        let kpi = file.brought.kpi;
        let decider = workspace.definition(&kpi).ok().and_then(|definition| definition.decider);
        matters.push(Matter {
            kind: AttentionKind::FiguresHeld,
            integration: IntegrationId::default(),
            kpi: Some(kpi),
            subject: file.brought.figures.to_string(),
            person: decider.or(file.act.person),
            since: Some(file.act.at.wall_ms),
        });
    }
    Ok(())
}

struct About<'a> {
    workspace: &'a Workspace,
    saved: &'a Saved,
    definition: &'a Integration,
    owner: Option<PersonId>,
}

impl About<'_> {
    fn id(&self) -> &IntegrationId {
        &self.saved.id
    }

    fn matter(&self, kind: AttentionKind) -> Matter {
        Matter {
            kind,
            integration: self.id().clone(),
            kpi: None,
            subject: String::new(),
            person: self.owner.clone(),
            since: None,
        }
    }

    fn batch(&self, matters: &mut Vec<Matter>) -> Result<()> {
        let Some(held) = self.workspace.held_batch(self.id())? else { return Ok(()) };
        let run = self.workspace.intake_reader()?.view().run(held.run)?;
        let approver = self.workspace.view(|view| view.checkpoint(self.id()))?.map(|said| said.set.approver);
        matters.push(Matter {
            subject: run.map(|run| run.name).unwrap_or_default(),
            person: approver.or_else(|| self.owner.clone()),
            since: held.held_at,
            ..self.matter(AttentionKind::BatchHeld)
        });
        Ok(())
    }

    fn system(&self, matters: &mut Vec<Matter>) -> Result<()> {
        let reader = self.workspace.intake_reader()?;
        let id = self.id().as_str();
        if let Some(since) = reader.view().circuit(id)?.circuit.open_since() {
            matters.push(Matter { since: Some(since), ..self.matter(AttentionKind::CircuitOpen) });
        }
        if let Some(queued) = reader.view().queued(id)?.filter(|queued| queued.state == QueueState::Person) {
            matters.push(Matter { since: Some(queued.noted_at), ..self.matter(AttentionKind::PullWaits) });
        }
        // Only what is pulled by itself can be late: what a person pulls comes when they say so.
        let is_due = self.workspace.view(|view| crate::tend::by_itself(view, self.id()))?.is_some();
        if is_due && Age::of(self.workspace, id)?.freshness == Some(Freshness::Late) {
            matters.push(self.matter(AttentionKind::DataLate));
        }
        Ok(())
    }

    fn quarantine(&self, matters: &mut Vec<Matter>) -> Result<()> {
        let reader = self.workspace.intake_reader()?;
        for id in [self.definition.id.clone(), hand::definition(self.workspace, self.definition).id] {
            let Some(known) = reader.view().integration(&id)? else { continue };
            if reader.view().quarantine_count(Some(known.number))? > 0 {
                matters.push(self.matter(AttentionKind::Quarantine));
                break;
            }
        }
        Ok(())
    }

    fn truth(&self, matters: &mut Vec<Matter>) -> Result<()> {
        let reader = self.workspace.intake_reader()?;
        let known = reader.view().integration(&self.definition.id)?;
        let by_hand = reader.view().integration(&hand::definition(self.workspace, self.definition).id)?;
        for (number, other, ..) in known
            .map(|known| reader.view().disagreement_counts(known.number))
            .transpose()?
            .into_iter()
            .flatten()
        {
            let Some(field) = Field::from_number(number) else { continue };
            let is_by_hand = by_hand.as_ref().is_some_and(|by_hand| by_hand.number == other);
            let kind = if is_by_hand { AttentionKind::HandDiffers } else { AttentionKind::Disagreement };
            let subject = field_word(field);
            if matters
                .iter()
                .any(|one| one.kind == kind && one.integration == *self.id() && one.subject == subject)
            {
                continue;
            }
            let person = owner_of_field(self.workspace, self.definition, field)?;
            matters.push(Matter { subject, person, ..self.matter(kind) });
        }
        for correction in self.workspace.view(|view| view.corrections(self.id()))? {
            if Standing::of(&correction).is_due() {
                matters.push(Matter {
                    subject: correction.asked.correction.to_string(),
                    person: Some(correction.asked.owner.clone()),
                    since: Some(correction.act.at.wall_ms),
                    ..self.matter(AttentionKind::Correction)
                });
            }
        }
        Ok(())
    }

    fn audit(&self, matters: &mut Vec<Matter>) -> Result<()> {
        let facts = Facts::read(self.workspace, self.saved)?;
        let measuring = Measuring::read(self.workspace, &facts)?;
        let verdict = measuring.as_ref().and_then(|measuring| measuring.verdict);
        if facts.activation.is_some() && (facts.used_by().is_empty() || verdict == Some(Verdict::Missed)) {
            matters.push(self.matter(AttentionKind::Retirement));
        }
        // Words are not looked at here.
        if Audited::read(self.workspace, &facts, measuring.as_ref(), Language::En)?.is_debt() {
            matters.push(self.matter(AttentionKind::Debt));
        }
        if facts.drills.is_debt(facts.active_since(), facts.today) {
            matters.push(self.matter(AttentionKind::DrillOwed));
        }
        Ok(())
    }
}
