//! Reads the wall of wins and the year in review.

use std::collections::BTreeSet;

use plaza_domain::event::{Contributor, SignalId};
use plaza_domain::language::Language;
use plaza_domain::win::{Named, only_department, quarter_of};

use super::series::count;
use super::win::{WinQuarter, WinRow, WinSuggestion, WinWall, WinYear};
use super::win_reader::Reader;
use super::{DepartmentView, name};
use crate::error::Result;
use crate::meeting::words as meeting_words;
use crate::win::{Suggestion, Win, words};
use crate::workspace::Workspace;

impl Reader<'_> {
    fn row(&self, win: &Win, named: &Named) -> WinRow {
        let of_person = |contributor: &Contributor| match contributor {
            Contributor::Person { person } => Some(self.names.of(person)),
            Contributor::Department { .. } => None,
        };
        let mut people: Vec<String> = win.contributors.keys().filter_map(of_person).collect();
        people.sort();
        let in_flow = self.departments.iter().filter(|one| named.contains(&one.id));
        WinRow {
            win: win.id.to_string(),
            title: win.recorded.title.clone(),
            on: win.recorded.on.to_string(),
            customer: win.recorded.customer.clone(),
            departments: in_flow.map(|one| one.id.to_string()).collect(),
            people,
            reactions: count(win.reactions.values().map(BTreeSet::len).sum::<usize>() as i64),
            is_celebrated: !win.celebrated.is_empty(),
        }
    }

    /// The quarters of wins that come in their order, the latest first.
    fn quarters(&self, wins: &[Win]) -> Vec<WinQuarter> {
        let mut quarters: Vec<(WinQuarter, Vec<Named>)> = Vec::new();
        for win in wins {
            let (year, quarter) = quarter_of(win.recorded.on);
            let named = win.named();
            let row = self.row(win, &named);
            match quarters.last_mut().filter(|(last, _)| (last.year, last.quarter) == (year, quarter)) {
                Some((last, all)) => {
                    last.wins.push(row);
                    all.push(named);
                }
                None => {
                    quarters.push((WinQuarter { year, quarter, wins: vec![row], word: None }, vec![named]));
                }
            }
        }
        for (quarter, named) in &mut quarters {
            let says = named.iter().filter(|named| !named.is_empty()).count();
            quarter.word = only_department(named)
                .map(|only| words::only(&self.department_name(only), says, named.len(), self.language));
        }
        quarters.into_iter().map(|(quarter, _)| quarter).collect()
    }

    fn suggestion(&self, one: &Suggestion) -> WinSuggestion {
        let part = one.found.part.as_ref().map(|part| self.department_name(part));
        let chart = meeting_words::chart(&name(&one.definition, self.language), part.as_deref());
        let week = |week: Option<&plaza_domain::day::Week>| week.map(ToString::to_string).unwrap_or_default();
        WinSuggestion {
            signal: one.found.signal.to_string(),
            title: words::turned(&chart, self.language),
            from: week(one.found.weeks.first()),
            to: week(one.found.weeks.last()),
            decisions: one.decisions.clone(),
            address: meeting_words::kpi_address(
                &one.found.kpi,
                one.found.weeks.last().copied(),
                one.found.part.as_ref(),
            ),
        }
    }
}

impl WinSuggestion {
    /// What a signal suggests, while nobody has answered it.
    ///
    /// # Errors
    /// What the stores say.
    pub(crate) fn of(workspace: &Workspace, signal: &SignalId, language: Language) -> Result<Option<Self>> {
        let all = workspace.win_suggestions()?;
        let Some(one) = all.iter().find(|one| one.found.signal == *signal) else { return Ok(None) };
        Ok(Some(Reader::new(workspace, language)?.suggestion(one)))
    }
}

impl WinWall {
    /// Reads the wall.
    ///
    /// # Errors
    /// What the stores say.
    pub fn read(workspace: &Workspace, language: Language) -> Result<Self> {
        let reader = Reader::new(workspace, language)?;
        let wins = workspace.wins()?;
        let mut years: Vec<i32> = wins.iter().map(|win| quarter_of(win.recorded.on).0).collect();
        years.dedup();
        let suggestions = workspace.win_suggestions()?;
        Ok(Self {
            quarters: reader.quarters(&wins),
            suggestions: suggestions.iter().map(|one| reader.suggestion(one)).collect(),
            departments: reader.department_views(),
            years,
        })
    }
}

impl WinYear {
    /// Reads a year in review; a year without wins is empty.
    ///
    /// # Errors
    /// What the stores say.
    pub fn read(workspace: &Workspace, year: i32, language: Language) -> Result<Self> {
        let reader = Reader::new(workspace, language)?;
        let mut wins = workspace.wins()?;
        wins.retain(|win| quarter_of(win.recorded.on).0 == year);
        let named: Vec<Named> = wins.iter().map(|win| win.named()).collect();
        let all: Named = named.iter().flatten().cloned().collect();
        let people: BTreeSet<&Contributor> = wins
            .iter()
            .flat_map(|win| win.contributors.keys())
            .filter(|one| matches!(one, Contributor::Person { .. }))
            .collect();
        let customers: BTreeSet<&String> =
            wins.iter().map(|win| &win.recorded.customer).filter(|name| !name.is_empty()).collect();
        let thanks = wins.iter().filter_map(|win| win.reactions.get("thanks")).map(BTreeSet::len);
        let mut quarters = reader.quarters(&wins);
        quarters.reverse();
        let departments = reader.departments.iter().filter(|one| all.contains(&one.id));
        Ok(Self {
            year,
            wins: count(wins.len() as i64),
            celebrated: count(wins.iter().filter(|win| !win.celebrated.is_empty()).count() as i64),
            shared: count(named.iter().filter(|named| named.len() > 1).count() as i64),
            people: count(people.len() as i64),
            thanks: count(thanks.sum::<usize>() as i64),
            customers: customers.into_iter().cloned().collect(),
            departments: departments.map(DepartmentView::from).collect(),
            quarters,
        })
    }
}
