//! Reads what people learned about a department in a year.

use std::collections::BTreeSet;

use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_domain::rotation::Visit;

use super::DepartmentView;
use super::rotation::LearnedPage;
use super::rotation_read::Reader;
use crate::error::Result;
use crate::workspace::Workspace;

/// Visits that one answer lists; more are counted.
const LEARNED_MAX: usize = 300;

impl LearnedPage {
    /// Reads what people learned about a department in a year; this year where none is named.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn read(
        workspace: &Workspace,
        department: Option<&str>,
        year: Option<i32>,
        language: Language,
    ) -> Result<Self> {
        let reader = Reader::new(workspace, language)?;
        let this = year_of(reader.today);
        let year = year.unwrap_or(this);
        let rotations = workspace.known_rotations()?;
        let is_of = |visit: &Visit| department.is_none_or(|id| visit.placed.host.as_str() == id);
        let mut years = BTreeSet::from([this]);
        let mut hosts = BTreeSet::new();
        let (mut found, mut without) = (Vec::new(), 0);
        for rotation in rotations.iter() {
            for visit in rotation.planned().into_iter().filter(|visit| visit.placed.from <= reader.today) {
                hosts.insert(visit.placed.host.clone());
                years.insert(year_of(visit.placed.from));
                if year_of(visit.placed.from) != year || !is_of(visit) {
                    continue;
                }
                if visit.debrief.is_some() {
                    found.push((rotation, visit));
                } else if visit.is_over(reader.today) {
                    without += 1;
                }
            }
        }
        found.sort_by_key(|(_, visit)| std::cmp::Reverse((visit.placed.from, &visit.placed.placement)));
        let more = found.len().saturating_sub(LEARNED_MAX);
        found.truncate(LEARNED_MAX);
        let chosen =
            department.and_then(|id| reader.departments.iter().find(|known| known.id.as_str() == id));
        let visited = reader.departments.iter().filter(|known| hosts.contains(&known.id));
        Ok(Self {
            department: chosen.map(DepartmentView::from),
            departments: visited.map(DepartmentView::from).collect(),
            year,
            years: years.into_iter().rev().collect(),
            visits: found
                .iter()
                .map(|(rotation, visit)| reader.visit(rotation, visit))
                .collect::<Result<_>>()?,
            more: u32::try_from(more).unwrap_or(u32::MAX),
            without,
        })
    }
}

fn year_of(day: Day) -> i32 {
    chrono::Datelike::year(&day.to_date())
}
