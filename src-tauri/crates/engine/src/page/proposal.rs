//! What a search for a rotation's schedule came to, as the page shows it.

use plaza_domain::language::Language;
use plaza_rotation::{Placement, Report, RuleScore};
use serde::Serialize;

use crate::rotation::instance::Known;
use crate::rotation::words;

/// What a search for a schedule came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, specta::Type)]
pub struct ProposedView {
    /// Of which rotation.
    pub rotation: String,
    /// Schedules, side by side.
    pub proposals: Vec<ProposalView>,
    /// Why nothing fits; empty where something does.
    pub clashes: Vec<ClashView>,
    /// What was told can stand: no new plan is needed.
    pub nothing_to_do: bool,
    /// Something that bears on them has changed since: none can be published.
    pub is_stale: bool,
}

/// A schedule that nobody was told of.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct ProposalView {
    /// Its number, from 0.
    pub nth: u32,
    /// What it minds most: `balanced`, `coverage`, `fair`, `wishes`, `fewest_changes`.
    pub kind: String,
    /// How many visits it has.
    pub visits: u32,
    /// How many people make them.
    pub people: u32,
    /// What it costs in all, counted alike for all proposals: the smaller the better.
    pub cost: f64,
    /// What it costs, by rule.
    pub costs: Vec<CostView>,
    /// Its visits: who, where, when.
    pub list: Vec<ProposedVisit>,
    /// Placements that stand as they were told; only where a plan is made anew.
    pub kept: u32,
    /// What changes for whom; only where a plan is made anew.
    pub changes: Vec<ChangeView>,
}

/// What one rule costs in a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct CostView {
    /// The rule, and how often it is not met.
    pub words: String,
    /// What one unit of it costs.
    pub weight: u32,
    /// How many units.
    pub amount: u32,
    /// Both multiplied.
    pub cost: u32,
    /// Where they come from: pairs, people, weeks.
    pub matches: Vec<String>,
}

/// A visit of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct ProposedVisit {
    /// Who (name).
    pub visitor: String,
    /// Whom (name).
    pub host: String,
    /// The first day.
    pub from: String,
    /// The last day, included.
    pub until: String,
}

/// What a new plan changes for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct ChangeView {
    /// Who.
    pub name: String,
    /// Whether it is they to whom something happened.
    pub concerned: bool,
    /// What they were told and does not happen.
    pub withdrawn: Vec<String>,
    /// What they have to be told.
    pub new: Vec<String>,
    /// Why, a sentence each.
    pub because: Vec<String>,
}

/// Rules that clash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct ClashView {
    /// What cannot happen.
    pub words: String,
    /// Where the possibilities go, a sentence each.
    pub counts: Vec<String>,
    /// Whether counting alone proves it; else a search found nothing.
    pub proven: bool,
    /// What would help, each by itself; each was tried.
    pub helps: Vec<String>,
}

impl CostView {
    fn of(known: &Known, rule: &RuleScore, language: Language) -> Option<Self> {
        let number = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        Some(Self {
            words: words::cost(rule, language)?,
            weight: number(rule.weight),
            amount: number(rule.amount),
            cost: number(rule.score),
            matches: rule.matches.iter().map(|one| words::matched(known, one, language)).collect(),
        })
    }
}

impl ProposalView {
    pub(crate) fn of(
        known: &Known,
        (nth, kind): (u32, &str),
        placements: &[Placement],
        report: &Report,
        language: Language,
    ) -> Self {
        let people: std::collections::BTreeSet<usize> = placements.iter().map(|one| one.person).collect();
        let mut list: Vec<(Placement, ProposedVisit)> = placements
            .iter()
            .filter_map(|one| {
                let placed = known.placed(one, plaza_domain::event::PlacementId::default())?;
                let visit = ProposedVisit {
                    visitor: known.person_name(one.person).to_owned(),
                    host: known.department_name(one.host).to_owned(),
                    from: placed.from.to_string(),
                    until: placed.until.to_string(),
                };
                Some((*one, visit))
            })
            .collect();
        list.sort_by_key(|(one, visit)| (one.week, one.part, visit.visitor.clone()));
        Self {
            nth,
            kind: kind.to_owned(),
            visits: u32::try_from(placements.len()).unwrap_or(u32::MAX),
            people: u32::try_from(people.len()).unwrap_or(u32::MAX),
            cost: report.score as f64,
            costs: report.rules.iter().filter_map(|rule| CostView::of(known, rule, language)).collect(),
            list: list.into_iter().map(|(_, visit)| visit).collect(),
            kept: 0,
            changes: Vec::new(),
        }
    }
}
