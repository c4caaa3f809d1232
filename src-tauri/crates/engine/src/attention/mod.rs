//! What needs a person: found in what the stores say, kept in the ledger from its beginning to its end, each with the one
//! person who is asked to look.

mod look;

use std::collections::BTreeMap;

use plaza_domain::event::{AttentionId, AttentionKind, AttentionRaised, IntegrationId, KpiId, Payload};
use plaza_store::ledger::Draft;
use plaza_store::view::Attention;

use crate::error::Result;
use crate::workspace::Workspace;

/// A matter as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Matter {
    pub kind: AttentionKind,
    /// Of which integration; empty where it is a measure's.
    pub integration: IntegrationId,
    pub kpi: Option<KpiId>,
    /// What exactly, where kind and integration do not say it all.
    pub subject: String,
    pub person: Option<plaza_domain::person::PersonId>,
    /// Since when, milliseconds since 1970 UTC; nothing where only that it is so can be told.
    pub since: Option<i64>,
}

type Name = (AttentionKind, IntegrationId, Option<KpiId>, String);

impl Matter {
    fn name(&self) -> Name {
        (self.kind, self.integration.clone(), self.kpi.clone(), self.subject.clone())
    }

    fn raised(self, now_ms: i64) -> AttentionRaised {
        let since = self.since.unwrap_or(now_ms);
        // A measure's matter is told from others by its subject.
        let text = format!("{:?} {} {} {since}", self.kind, self.integration, self.subject);
        let hash = blake3::hash(text.as_bytes()).to_hex();
        AttentionRaised {
            attention: AttentionId(hash.chars().take(32).collect()),
            kind: self.kind,
            integration: self.integration,
            kpi: self.kpi,
            subject: self.subject,
            person: self.person,
            since,
        }
    }
}

impl Workspace {
    /// Compares what needs a person now with what the ledger knows, and keeps what began and what is over.
    ///
    /// # Errors
    /// What the stores say.
    pub fn note_attention(&self) -> Result<()> {
        self.look_for_attention().map(drop)
    }

    /// The same; answers whether anything began or ended.
    ///
    /// # Errors
    /// What the stores say.
    pub fn look_for_attention(&self) -> Result<bool> {
        let now_ms = self.now_ms();
        let mut open: BTreeMap<Name, Attention> = BTreeMap::new();
        for known in self.attention()? {
            let raised = &known.raised;
            let name = (raised.kind, raised.integration.clone(), raised.kpi.clone(), raised.subject.clone());
            open.insert(name, known);
        }
        let mut drafts = Vec::new();
        for matter in look::look(self)? {
            // Who is asked may change while a matter lasts: it is then another's, and told to them.
            match open.remove(&matter.name()) {
                Some(known) if known.raised.person == matter.person => {}
                Some(known) => {
                    drafts.push(settled(known.raised.attention));
                    drafts.push(raised(Matter { since: Some(now_ms), ..matter }, now_ms));
                }
                None => drafts.push(raised(matter, now_ms)),
            }
        }
        drafts.extend(open.into_values().map(|known| settled(known.raised.attention)));
        if !drafts.is_empty() {
            self.ledger().append(&drafts, now_ms)?;
        }
        Ok(!drafts.is_empty())
    }

    /// What needs a person now, in the order in which it was raised.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn attention(&self) -> Result<Vec<Attention>> {
        let all = self.view(|view| view.attentions())?;
        Ok(all.into_iter().filter(|one| one.settled_at.is_none()).collect())
    }
}

/// Whether what somebody said may begin or end a matter: who answers for an integration, what is expected of it, what was
/// decided about it.
pub(crate) const fn is_touched_by(payload: &Payload) -> bool {
    matches!(
        payload,
        Payload::PersonSet(_)
            | Payload::PersonLeft { .. }
            | Payload::KpiDefined(_)
            | Payload::IntegrationSaved { .. }
            | Payload::IntegrationRetired { .. }
            | Payload::ScheduleChosen(_)
            | Payload::CharterSaved(_)
            | Payload::IntegrationActivated(_)
            | Payload::IntegrationDeactivated { .. }
            | Payload::MeasureEntered(_)
            | Payload::AuditSaved(_)
            | Payload::CheckpointSet(_)
            | Payload::TruthSet(_)
            | Payload::DrillHeld(_)
            | Payload::FiguresHeld(_)
            | Payload::FiguresDecided(_)
    )
}

/// Matters of one kind of one integration or measure, told as one: three fields about which the same two systems disagree are one
/// thing to talk about.
#[derive(Clone, Debug)]
pub(crate) struct Bundle {
    /// The one that was raised first.
    pub first: AttentionRaised,
    /// Those raised since, in their order.
    pub more: Vec<AttentionRaised>,
}

/// Bundles matters, in the order in which the first of each was raised. Those of different people stay apart where
/// `by_person` says so.
pub(crate) fn bundles(matters: impl IntoIterator<Item = AttentionRaised>, by_person: bool) -> Vec<Bundle> {
    let mut bundles: Vec<Bundle> = Vec::new();
    for matter in matters {
        let same = bundles.iter_mut().find(|bundle| {
            let first = &bundle.first;
            (first.kind, &first.integration, &first.kpi) == (matter.kind, &matter.integration, &matter.kpi)
                && (!by_person || first.person == matter.person)
        });
        match same {
            Some(bundle) => bundle.more.push(matter),
            None => bundles.push(Bundle { first: matter, more: Vec::new() }),
        }
    }
    bundles
}

fn raised(matter: Matter, now_ms: i64) -> Draft {
    let raised = matter.raised(now_ms);
    let words = ["attention raised".to_owned(), raised.attention.to_string()];
    Draft::derived(Payload::AttentionRaised(raised), words)
}

fn settled(attention: AttentionId) -> Draft {
    let words = ["attention settled".to_owned(), attention.to_string()];
    Draft::derived(Payload::AttentionSettled { attention }, words)
}
