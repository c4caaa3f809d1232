//! Joint KPIs that nobody talks about: proposed for retirement, with the evidence, and two answers.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::day::Day;
use plaza_domain::event::{KpiDefinition, KpiId, Payload};
use plaza_domain::kpi::retirement::{Held, Proposal, Standing, proposal};
use plaza_domain::meeting::{AgendaItem, Subject};
use plaza_store::view::{KeptKpi, KpiVersion};

use crate::error::{EngineError, Result};
use crate::meeting::agenda::talked_about;
use crate::page::palette::kpi_names;
use crate::promise::reason_of;
use crate::workspace::Workspace;

/// What is known of whether KPIs are still needed.
pub(crate) struct Retirements {
    /// Those that are proposed for retirement.
    pub proposed: BTreeMap<KpiId, Proposal>,
    /// The last word of whoever said that one stays.
    pub kept: BTreeMap<KpiId, KeptKpi>,
}

/// A KPI stays on the board although no meeting has talked about it; it is asked about again twelve weeks later.
///
/// # Errors
/// [`EngineError::Invalid`] without a reason; [`EngineError::Conflict`] where it is not (or no longer) proposed for
/// retirement.
pub fn keep(workspace: &Workspace, kpi: impl Into<KpiId>, reason: &str) -> Result<()> {
    let reason = reason_of(reason)?;
    let kpi = workspace.definition(kpi)?.kpi;
    if !workspace.retirements()?.proposed.contains_key(&kpi) {
        return Err(EngineError::Conflict { what: "the proposal" });
    }
    workspace.act([Payload::KpiKept { kpi, reason }])?;
    Ok(())
}

impl Workspace {
    /// Which KPIs nobody talks about, by the rule in [`proposal`].
    pub(crate) fn retirements(&self) -> Result<Retirements> {
        let (definitions, kept) = self.view(|view| Ok((view.kpis()?, view.kept_kpis()?)))?;
        let (zone, today) = (self.settings()?.time_zone, self.today()?);
        let kept: BTreeMap<_, _> = kept.into_iter().map(|one| (one.kpi.clone(), one)).collect();
        let mut found = Retirements { proposed: BTreeMap::new(), kept };
        let active: Vec<&KpiDefinition> = definitions.iter().filter(|one| one.active).collect();
        if active.is_empty() {
            return Ok(found);
        }
        let talks = self.talks(&active)?;
        for definition in active {
            let versions = self.view(|view| view.kpi_versions(&definition.kpi))?;
            let kept_on = found.kept.get(&definition.kpi).map(|kept| zone.day_at(kept.act.at.wall_ms));
            let since = on_board_since(&versions).map(|at| zone.day_at(at));
            let held: Vec<Held> = talks
                .iter()
                .map(|(day, kpis)| Held { day: *day, is_discussed: kpis.contains(&definition.kpi) })
                .collect();
            let standing = Standing { on_board_since: since, kept_on };
            if let Some(proposal) = proposal(standing, &held, today) {
                found.proposed.insert(definition.kpi.clone(), proposal);
            }
        }
        Ok(found)
    }

    /// Every meeting that was held, with the KPIs that it talked about.
    fn talks(&self, active: &[&KpiDefinition]) -> Result<Vec<(Day, BTreeSet<KpiId>)>> {
        let zone = self.settings()?.time_zone;
        let decisions = self.decisions()?;
        let mut talks = Vec::new();
        for (week, record) in self.held_meetings()? {
            let (Some(began_at), Some(_)) = (record.began_at, record.ended_at) else { continue };
            let mut kpis = BTreeSet::new();
            for item in talked_about(&record) {
                match &item.subject {
                    Subject::Signal { kpi, .. } | Subject::Restatement { kpi, .. } => {
                        kpis.insert(kpi.clone());
                    }
                    Subject::Effect { decision } => {
                        let decision = decisions.iter().find(|one| one.taken.decision == *decision);
                        let expected = decision.and_then(|one| one.taken.expected.as_ref());
                        kpis.extend(expected.map(|expected| expected.kpi.clone()));
                    }
                    Subject::Thread { thread } => {
                        for said in self.view(|view| view.thread(thread))? {
                            if let Payload::ThreadOpened(opened) = said.payload {
                                kpis.extend(opened.anchor.kpi().cloned());
                            }
                        }
                    }
                    Subject::Own => kpis.extend(named(&item, active)),
                    // Whether it is still needed is no word about the number itself.
                    Subject::Retirement { .. }
                    | Subject::Attention { .. }
                    | Subject::Commitment { .. }
                    | Subject::Need { .. }
                    | Subject::Visits { .. }
                    | Subject::Debrief { .. }
                    | Subject::Win { .. }
                    | Subject::Round => {}
                }
            }
            let meeting = plaza_domain::meeting::meeting_of(week);
            let here = decisions.iter().filter(|one| one.taken.said_in.meeting.as_ref() == Some(&meeting));
            kpis.extend(here.filter_map(|one| Some(one.taken.expected.as_ref()?.kpi.clone())));
            talks.push((zone.day_at(began_at), kpis));
        }
        Ok(talks)
    }
}

/// The KPIs that the title of an item names which a person wrote, on this agenda or on every one.
fn named<'a>(item: &'a AgendaItem, active: &'a [&KpiDefinition]) -> impl Iterator<Item = KpiId> + 'a {
    let title = item.title.to_lowercase();
    let is_named = move |definition: &KpiDefinition| {
        kpi_names(definition.kind, &definition.name)
            .into_iter()
            .any(|name| !name.is_empty() && title.contains(&name.to_lowercase()))
    };
    active.iter().filter(move |definition| is_named(definition)).map(|definition| definition.kpi.clone())
}

/// Since when a KPI is on the board without a break, milliseconds since 1970 UTC; nothing where it is not on it.
fn on_board_since(versions: &[KpiVersion]) -> Option<i64> {
    versions.iter().fold(None, |since, version| {
        version.definition.active.then(|| since.unwrap_or(version.act.at.wall_ms))
    })
}
