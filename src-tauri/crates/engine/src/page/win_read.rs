//! Reads the page of a win, and its card.

use plaza_domain::day::Day;
use plaza_domain::event::{Contributor, WinId};
use plaza_domain::language::Language;
use plaza_domain::person::PersonId;
use plaza_domain::signal::words::period;
use plaza_domain::win::{REACTIONS, excerpt};
use plaza_store::view::Act;

use super::order_legs::legs;
use super::series::count;
use super::win::{
    ContributorView, CustomerView, TakenBack, TakenOffView, WinAgenda, WinCard, WinCardName, WinJourney,
    WinOrderView, WinReactionView, WinView,
};
use super::win_reader::{Reader, Texts};
use super::{DepartmentView, PersonView};
use crate::error::{EngineError, Result};
use crate::journey::order::{Found, measured};
use crate::win::{OrderOfWin, Part, Proposed, TakenOff, Win, words, written};
use crate::workspace::Workspace;

impl WinView {
    /// Reads one win, also one that was taken back.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for one that never was.
    pub fn read(workspace: &Workspace, win: &WinId, language: Language) -> Result<Self> {
        let reader = Reader::new(workspace, language)?;
        let not_here = || EngineError::NotFound { noun: "win", name: win.to_string() };
        let win = workspace.known_win(win)?.ok_or_else(not_here)?;
        let orders = workspace.orders_of_win(&win.recorded.orders)?;
        let proposed = match win.withdrawn {
            None => workspace.proposals(&win, &orders)?,
            Some(_) => Proposed::default(),
        };
        let (named, proposals) = (win.contributors.values(), &proposed.proposals);
        let reasons = named.map(|part| &part.reason).chain(proposals.iter().map(|one| &one.reason));
        let texts = Texts::read(workspace, &reasons)?;
        let proposals = proposals.iter().map(|one| {
            let department = reader.department_of(&one.contributor);
            reader.contributor(&one.contributor, &one.reason, department, &texts)
        });
        let today = workspace.today()?;
        let (here, left): (Vec<_>, Vec<_>) = reader.people.iter().partition(|person| !person.has_left(today));
        let signal = win.recorded.signal.as_ref();
        Ok(Self {
            win: win.id.to_string(),
            title: win.recorded.title.clone(),
            story: win.recorded.story.clone(),
            on: win.recorded.on.to_string(),
            customer: win.recorded.customer.clone(),
            orders_text: written(&win.recorded.orders),
            orders: orders.into_iter().map(|order| order_view(order, today)).collect(),
            chart: signal.map(|signal| reader.chart(signal)).transpose()?.flatten(),
            signal: signal.map(ToString::to_string),
            proposals: proposals.collect(),
            contributors: reader.named(&win, &texts),
            taken_off: reader.taken_off(&win),
            customer_lines: count(proposed.customer_lines as i64),
            reactions: reader.reactions(&win, workspace.actor()?.map(|me| me.id).as_ref()),
            celebrated: win.celebrated.iter().map(ToString::to_string).collect(),
            agenda: agenda_of(workspace, &win)?,
            said: reader.names.said(&win.act),
            withdrawn: win.withdrawn.as_ref().map(|(reason, act)| reader.taken_back(reason, act)),
            departments: reader.department_views(),
            people: here.into_iter().chain(left).map(PersonView::from).collect(),
        })
    }
}

impl Reader<'_> {
    fn taken_back(&self, reason: &str, act: &Act) -> TakenBack {
        TakenBack { reason: reason.to_owned(), said: self.names.said(act) }
    }

    fn named(&self, win: &Win, texts: &Texts) -> Vec<ContributorView> {
        let mut named: Vec<_> = win.contributors.iter().collect();
        named.sort_by_cached_key(|(contributor, _)| self.place(contributor));
        let view = |(contributor, part): (&Contributor, &Part)| ContributorView {
            said: Some(self.names.said(&part.act)),
            ..self.contributor(contributor, &part.reason, part.department.as_ref(), texts)
        };
        named.into_iter().map(view).collect()
    }

    fn taken_off(&self, win: &Win) -> Vec<TakenOffView> {
        let mut off: Vec<_> = win.taken_off.iter().collect();
        off.sort_by_cached_key(|(contributor, _)| self.place(contributor));
        let view = |(contributor, off): (&Contributor, &TakenOff)| {
            let was = off.was.as_ref().and_then(|was| was.department.as_ref());
            let (name, department) = self.called(contributor, was);
            let taken_off = self.taken_back(&off.reason, &off.act);
            TakenOffView { contributor: contributor.clone(), name, department, taken_off }
        };
        off.into_iter().map(view).collect()
    }

    fn reactions(&self, win: &Win, me: Option<&PersonId>) -> Vec<WinReactionView> {
        let reaction = |word: &&str| {
            let people = win.reactions.get(*word);
            WinReactionView {
                reaction: (*word).to_owned(),
                people: people.into_iter().flatten().map(|person| self.names.of(person)).collect(),
                mine: me.is_some_and(|me| people.is_some_and(|people| people.contains(me))),
            }
        };
        REACTIONS.iter().map(reaction).collect()
    }
}

fn agenda_of(workspace: &Workspace, win: &Win) -> Result<WinAgenda> {
    let is_settled = win.withdrawn.is_some() || !win.celebrated.is_empty();
    if is_settled || workspace.meeting_plan()?.current().is_none() {
        return Ok(WinAgenda::None);
    }
    Ok(if workspace.win_waits(win)? { WinAgenda::Waits } else { WinAgenda::CanBePut })
}

fn order_view(one: OrderOfWin, today: Day) -> WinOrderView {
    let journey = |found: &Found| {
        let split = measured(&found.journey, &found.context.kpi, today);
        let reached = found.journey.reached(found.context.kpi.route.promise(), today);
        // What comes after the promise is no part of the way to the customer.
        let mut to_promise = legs(found, split.as_ref(), today);
        to_promise.truncate(split.as_ref().map_or(0, |split| split.legs().len()));
        let late = reached.and(split.as_ref()).map(|split| split.lateness_days);
        WinJourney {
            promised: found.journey.promised.map(|day| day.to_string()),
            reached: reached.map(|day| day.to_string()),
            lateness_days: late,
            working_days: found.context.kpi.calendar.counts_working_days(),
            legs: to_promise,
        }
    };
    WinOrderView {
        journey: one.found.as_ref().map(journey),
        system: one.order.system,
        order: one.order.order,
        line: one.order.line,
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
