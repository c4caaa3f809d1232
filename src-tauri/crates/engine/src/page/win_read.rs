//! Reads the pages of wins.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::department::{Department, DepartmentId};
use plaza_domain::event::{Contributor, ContributorReason, SignalId, WinId};
use plaza_domain::language::Language;
use plaza_domain::person::{Person, PersonId};
use plaza_domain::signal::words::period;
use plaza_domain::win::{Named, REACTIONS, excerpt, only_department, quarter_of};

use super::flow::departments_in_flow;
use super::said_by::Names;
use super::series::count;
use super::win::{
    ContributorView, CustomerView, WinCard, WinCardName, WinChart, WinQuarter, WinReactionView, WinRow,
    WinSuggestion, WinView, WinWall, WinYear,
};
use super::{DepartmentView, PersonView, name};
use crate::error::Result;
use crate::meeting::words as meeting_words;
use crate::win::{Suggestion, Win, words};
use crate::workspace::Workspace;

/// What the pages of wins are read with.
struct Reader<'a> {
    workspace: &'a Workspace,
    departments: Vec<Department>,
    people: Vec<Person>,
    names: Names,
    language: Language,
}

impl<'a> Reader<'a> {
    fn new(workspace: &'a Workspace, language: Language) -> Result<Self> {
        Ok(Self {
            workspace,
            departments: departments_in_flow(workspace)?,
            people: workspace.view(|view| view.people())?,
            names: Names::read(workspace)?,
            language,
        })
    }

    fn department_views(&self) -> Vec<DepartmentView> {
        self.departments.iter().map(DepartmentView::from).collect()
    }

    fn department_name(&self, id: &DepartmentId) -> String {
        let known = self.departments.iter().find(|one| one.id == *id);
        known.map_or_else(|| id.to_string(), |one| one.name.clone())
    }

    fn person_departments(&self) -> BTreeMap<PersonId, DepartmentId> {
        self.people.iter().filter_map(|one| Some((one.id.clone(), one.department.clone()?))).collect()
    }

    /// Where somebody stands in a list: departments in the order of the flow, then people by name.
    fn place(&self, contributor: &Contributor) -> (usize, String) {
        match contributor {
            Contributor::Department { department } => {
                let place = self.departments.iter().position(|one| one.id == *department);
                (place.unwrap_or(self.departments.len()), String::new())
            }
            Contributor::Person { person } => (usize::MAX, self.names.of(person).to_lowercase()),
        }
    }

    fn contributor(&self, contributor: &Contributor, reason: &ContributorReason) -> Result<ContributorView> {
        let (called, department) = match contributor {
            Contributor::Department { department } => {
                (self.department_name(department), Some(department.to_string()))
            }
            Contributor::Person { person } => {
                let known = self.people.iter().find(|one| one.id == *person);
                let department = known.and_then(|one| one.department.as_ref());
                (self.names.of(person), department.map(ToString::to_string))
            }
        };
        // What was decided or promised may have been taken back since: then its words are gone, the name stays.
        let text = match reason {
            ContributorReason::Decided { decision } => {
                let all = self.workspace.decisions()?;
                all.into_iter().find(|one| one.taken.decision == *decision).map(|one| one.taken.text)
            }
            ContributorReason::Committed { commitment } => {
                let all = self.workspace.commitments()?;
                all.into_iter().find(|one| one.made.commitment == *commitment).map(|one| one.made.text)
            }
            _ => None,
        };
        Ok(ContributorView {
            contributor: contributor.clone(),
            name: called,
            department,
            reason: reason.clone(),
            words: words::reason(reason, text.as_deref(), self.language),
            said: None,
        })
    }

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
        let of_people = self.person_departments();
        let mut quarters: Vec<(WinQuarter, Vec<Named>)> = Vec::new();
        for win in wins {
            let (year, quarter) = quarter_of(win.recorded.on);
            let named = win.named(&of_people);
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
                .map(|only| words::only(&self.department_name(only), says, self.language));
        }
        quarters.into_iter().map(|(quarter, _)| quarter).collect()
    }

    fn suggestion(&self, one: &Suggestion) -> Result<WinSuggestion> {
        let part = one.found.part.as_ref().map(|part| self.department_name(part));
        let chart = meeting_words::chart(&name(&one.definition, self.language), part.as_deref());
        let week = |week: Option<&plaza_domain::day::Week>| week.map(ToString::to_string).unwrap_or_default();
        let decisions = self.workspace.decisions()?;
        let is_behind = |id: &plaza_domain::event::DecisionId| one.decisions.contains(id);
        Ok(WinSuggestion {
            signal: one.found.signal.to_string(),
            title: words::turned(&chart, self.language),
            from: week(one.found.weeks.first()),
            to: week(one.found.weeks.last()),
            decisions: decisions
                .into_iter()
                .filter(|decision| is_behind(&decision.taken.decision))
                .map(|decision| decision.taken.text)
                .collect(),
            address: meeting_words::kpi_address(
                &one.found.kpi,
                one.found.weeks.last().copied(),
                one.found.part.as_ref(),
            ),
        })
    }

    fn chart(&self, signal: &SignalId) -> Result<Option<WinChart>> {
        let known = self.workspace.view(|view| view.signals(None))?;
        let Some(found) = known.into_iter().map(|one| one.found).find(|one| one.signal == *signal) else {
            return Ok(None);
        };
        let Some(definition) = self.workspace.view(|view| view.kpi(&found.kpi))? else { return Ok(None) };
        let part = found.part.as_ref().map(|part| self.department_name(part));
        let address =
            meeting_words::kpi_address(&found.kpi, found.weeks.last().copied(), found.part.as_ref());
        let called = meeting_words::chart(&name(&definition, self.language), part.as_deref());
        Ok(Some(WinChart { name: called, address }))
    }
}

impl WinView {
    /// Reads one win.
    ///
    /// # Errors
    /// [`crate::error::EngineError::NotFound`] for one that was taken back or never was.
    pub fn read(workspace: &Workspace, win: &WinId, language: Language) -> Result<Self> {
        let reader = Reader::new(workspace, language)?;
        let win = workspace.win(win)?;
        let mut named: Vec<_> = win.contributors.iter().collect();
        named.sort_by_cached_key(|(contributor, _)| reader.place(contributor));
        let mut contributors = Vec::new();
        for (contributor, (reason, act)) in named {
            let view = reader.contributor(contributor, reason)?;
            contributors.push(ContributorView { said: Some(reader.names.said(act)), ..view });
        }
        let proposed = workspace.proposals(&win)?;
        let proposals = proposed
            .proposals
            .iter()
            .map(|one| reader.contributor(&one.contributor, &one.reason))
            .collect::<Result<Vec<_>>>()?;
        let me = workspace.acting_for().map_or_else(|| workspace.me(), |person| Ok(Some(person)))?;
        let reaction = |word: &str| {
            let people = win.reactions.get(word);
            WinReactionView {
                reaction: word.to_owned(),
                people: people.into_iter().flatten().map(|person| reader.names.of(person)).collect(),
                mine: me.as_ref().is_some_and(|me| people.is_some_and(|people| people.contains(me))),
            }
        };
        let today = workspace.today()?;
        let here = reader.people.iter().filter(|person| !person.has_left(today));
        let orders = win.recorded.orders.iter().map(|one| format!("{}/{}", one.order, one.line));
        Ok(Self {
            win: win.id.to_string(),
            title: win.recorded.title.clone(),
            story: win.recorded.story.clone(),
            on: win.recorded.on.to_string(),
            customer: win.recorded.customer.clone(),
            orders_text: orders.collect::<Vec<_>>().join(", "),
            orders: win.recorded.orders.clone(),
            chart: win.recorded.signal.as_ref().map(|signal| reader.chart(signal)).transpose()?.flatten(),
            signal: win.recorded.signal.as_ref().map(ToString::to_string),
            contributors,
            proposals,
            customer_lines: count(proposed.customer_lines as i64),
            reactions: REACTIONS.iter().map(|word| reaction(word)).collect(),
            celebrated: win.celebrated.iter().map(ToString::to_string).collect(),
            said: reader.names.said(&win.act),
            departments: reader.department_views(),
            people: here.map(PersonView::from).collect(),
        })
    }
}

impl WinCard {
    /// Reads the card of a win.
    ///
    /// # Errors
    /// [`crate::error::EngineError::NotFound`] for one that was taken back or never was.
    pub fn read(workspace: &Workspace, win: &WinId, language: Language) -> Result<Self> {
        let reader = Reader::new(workspace, language)?;
        let win = workspace.win(win)?;
        let mut named: Vec<&Contributor> = win.contributors.keys().collect();
        named.sort_by_cached_key(|contributor| reader.place(contributor));
        let name = |contributor: &Contributor| match contributor {
            Contributor::Department { department } => WinCardName {
                name: reader.department_name(department),
                department: reader
                    .departments
                    .iter()
                    .find(|one| one.id == *department)
                    .map(DepartmentView::from),
            },
            Contributor::Person { person } => WinCardName { name: reader.names.of(person), department: None },
        };
        let day = period::date(win.recorded.on, language);
        let about = [day.as_str(), win.recorded.customer.as_str()];
        let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
        Ok(Self {
            win: win.id.to_string(),
            company: workspace.settings()?.company,
            about: about.join(" · "),
            title: win.recorded.title.clone(),
            story: excerpt(&win.recorded.story),
            thanks: words::thanks(language).to_owned(),
            names: named.into_iter().map(name).collect(),
        })
    }
}

impl CustomerView {
    /// The customers that the journeys know, by name; at most a thousand, those with the most order lines.
    ///
    /// # Errors
    /// What the stores say.
    pub fn list(workspace: &Workspace) -> Result<Vec<Self>> {
        let all = workspace.customers()?;
        Ok(all.into_iter().map(|one| Self { name: one.name, lines: one.lines }).collect())
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
        Reader::new(workspace, language)?.suggestion(one).map(Some)
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
            suggestions: suggestions.iter().map(|one| reader.suggestion(one)).collect::<Result<_>>()?,
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
        let of_people = reader.person_departments();
        let mut wins = workspace.wins()?;
        wins.retain(|win| quarter_of(win.recorded.on).0 == year);
        let named: Vec<Named> = wins.iter().map(|win| win.named(&of_people)).collect();
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
