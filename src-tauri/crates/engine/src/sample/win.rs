//! The sample company's wins: recorded, completed and thanked for with the commands that anybody uses.

use plaza_domain::day::Day;
use plaza_domain::event::{Contributor, WinId};
use plaza_domain::language::Language;
use plaza_domain::win::{REACTIONS, quarter_of};

use super::chance::Chance;
use super::create::People;
use super::won::{Behind, LATEST, Name, Quarter, WINS, Who, Won};
use super::words::pick;
use crate::clock::SetClock;
use crate::error::Result;
use crate::journey::pack::unpack;
use crate::journey::scan::each_stretch;
use crate::page::win::{WinForm, WinWall};
use crate::win::held_legs;
use crate::workspace::Workspace;

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

/// When people come to work, after midnight.
const MORNING_MS: i64 = 7 * 60 * MINUTE_MS;

/// Days before a win in which its order arrived: over the winter closing too.
const SAVED_DAYS: i32 = 21;

/// How often somebody reacts to a win, per mille.
const REACTS: u32 = 380;

/// A week in which a win may be recorded.
pub(super) struct Week<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) people: &'a People,
    pub(super) clock: &'a SetClock,
    pub(super) language: Language,
    /// The week's Monday.
    pub(super) monday: Day,
    pub(super) weeks_ago: i32,
    pub(super) chance: Chance,
}

/// The quarter of a year whose wins name sales alone is that of the day so many weeks ago.
const ALONE_WEEKS: i32 = 45;

/// The first weeks of the meetings in which that quarter may begin, weeks ago.
const ALONE_FIRST: i32 = 50;

/// A chart that turned to the better is recorded as a win up to so many weeks ago; later ones wait on the wall.
const SUGGESTED_UNTIL: i32 = 8;

/// In which week each win is recorded, weeks ago: those of the first quarter, in which people thought of their own department
/// only, in that quarter on whatever day the year begins; all others after it, in the order in which they come.
fn weeks(monday: impl Fn(i32) -> Day) -> Vec<(i32, &'static Won)> {
    let quarter = |weeks_ago: i32| quarter_of(monday(weeks_ago));
    let is_alone = |weeks_ago: &i32| quarter(*weeks_ago) == quarter(ALONE_WEEKS);
    let first = (ALONE_WEEKS..=ALONE_FIRST).rev().find(is_alone).unwrap_or(ALONE_WEEKS);
    // The first week after that quarter; each win takes its own week, or the next that is free.
    let mut free = (0..=ALONE_WEEKS).rev().find(|weeks_ago| !is_alone(weeks_ago)).unwrap_or(0);
    let mut all = Vec::new();
    for one in &WINS {
        let weeks_ago = match one.quarter {
            Quarter::Alone { after } => first - after,
            Quarter::Any => one.weeks_ago.min(free),
        };
        if matches!(one.quarter, Quarter::Any) {
            free = weeks_ago - 1;
        }
        all.push((weeks_ago, one));
    }
    all
}

impl Week<'_> {
    /// Records what was won in the week before its meeting.
    pub(super) fn record(&self) -> Result<()> {
        let zone = self.workspace.settings()?.time_zone;
        for (weeks_ago, one) in weeks(|weeks_ago| self.monday.plus(7 * (self.weeks_ago - weeks_ago))) {
            let is_due = match one.behind {
                // Nobody knows in which week a chart turns: it is recorded when it did.
                Behind::Suggested => {
                    (SUGGESTED_UNTIL..=weeks_ago).contains(&self.weeks_ago) && !self.has_suggested()?
                }
                _ => weeks_ago == self.weeks_ago,
            };
            if !is_due {
                continue;
            }
            // Not in the night in which the exports come; time never goes back.
            let morning = zone.start_of(self.monday) + MORNING_MS;
            self.clock.set(self.workspace.now_ms().max(morning));
            self.win(one, &self.monday.to_string())?;
        }
        Ok(())
    }

    fn has_suggested(&self) -> Result<bool> {
        Ok(self.workspace.wins()?.iter().any(|win| win.recorded.signal.is_some()))
    }

    /// Records what was won after the last meeting, so that the next one has it first on its agenda.
    pub(super) fn record_latest(&self) -> Result<()> {
        self.clock.set(self.workspace.now_ms() + 180 * MINUTE_MS);
        WINS.iter().filter(|one| one.weeks_ago == LATEST).try_for_each(|one| self.win(one, ""))
    }

    fn win(&self, one: &Won, on: &str) -> Result<()> {
        self.act_as(one.by);
        let mut form = WinForm {
            title: pick(self.language, one.title).to_owned(),
            story: pick(self.language, one.story).to_owned(),
            on: on.to_owned(),
            ..WinForm::default()
        };
        match one.behind {
            Behind::Words => {}
            Behind::Customer(name) => name.clone_into(&mut form.customer),
            Behind::Saved => {
                let Some(saved) = self.saved()? else { return Ok(()) };
                form.title = form.title.replace("{customer}", &saved.customer);
                form.orders = saved.line;
                form.customer = saved.customer;
            }
            Behind::Suggested => {
                let suggestions = WinWall::read(self.workspace, self.language)?.suggestions;
                let Some(first) = suggestions.into_iter().next() else { return Ok(()) };
                form.title = first.title;
                form.signal = Some(first.signal);
            }
        }
        let win = self.workspace.record_win(&form)?;
        self.workspace.name_proposed(&win)?;
        for name in one.names {
            self.name(&win, name)?;
        }
        self.react(&win)
    }

    fn act_as(&self, name: &str) {
        self.clock.set(self.workspace.now_ms() + MINUTE_MS);
        self.workspace.act_for(self.people.get(name).cloned());
    }

    fn name(&self, win: &WinId, name: &Name) -> Result<()> {
        let contributor = match name.who {
            Who::Department(id) => id.parse().ok().map(|department| Contributor::Department { department }),
            Who::Person(name) => {
                self.people.get(name).map(|person| Contributor::Person { person: person.clone() })
            }
        };
        let Some(contributor) = contributor else { return Ok(()) };
        self.act_as(name.by);
        self.workspace.name_contributor(win, contributor, pick(self.language, name.words))
    }

    /// Some of the people who are there react, each in their way.
    fn react(&self, win: &WinId) -> Result<()> {
        let today = self.workspace.today()?;
        self.chance.turn_to(self.weeks_ago, 0, 78);
        for (name, id) in self.people {
            let known = self.workspace.view(|view| view.person(id))?;
            let is_there = known.is_some_and(|person| !person.has_left(today));
            if !is_there || !self.chance.happens(REACTS) {
                continue;
            }
            let place = self.chance.weighted([5, 4, 2].into_iter());
            if let Some(reaction) = REACTIONS.get(place) {
                self.act_as(name);
                self.workspace.react_to_win(win, reaction, true)?;
            }
        }
        Ok(())
    }

    /// The order line that arrived in time in the last weeks although it was furthest behind on its way.
    fn saved(&self) -> Result<Option<Saved>> {
        let contexts = crate::week::rules(self.workspace)?;
        let today = self.workspace.today()?;
        let found = each_stretch(self.workspace, |view, from, to| {
            let mut best: Option<Saved> = None;
            view.each_journey(from, to, |_, integration, body| -> Result<()> {
                let Some(context) = contexts.get(&integration) else { return Ok(()) };
                let Some((journey, texts)) = unpack(body) else { return Ok(()) };
                let reached = journey.reached(context.kpi.route.promise(), today);
                let is_lately = reached.is_some_and(|day| today.plus(-SAVED_DAYS) <= day && day < today);
                let is_kept = reached.zip(journey.promised).is_some_and(|(day, promised)| day <= promised);
                if !is_lately || !is_kept || texts.customer.is_empty() {
                    return Ok(());
                }
                let legs = held_legs(&journey, context, today);
                let behind_days = legs.iter().map(|leg| leg.behind_days).max().unwrap_or(0);
                let one = Saved {
                    behind_days,
                    line: format!("{}/{}", texts.order, texts.line),
                    customer: texts.customer.to_owned(),
                };
                if behind_days > 0 && best.as_ref().is_none_or(|best| one > *best) {
                    best = Some(one);
                }
                Ok(())
            })?;
            Ok(best)
        })?;
        Ok(found.into_iter().flatten().max())
    }
}

/// An order line that came in time after all. The one that was further behind is the greater.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Saved {
    behind_days: i32,
    line: String,
    customer: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use plaza_domain::win::ALONE_MIN;
    use std::collections::BTreeSet;

    #[test]
    fn on_whatever_day_the_year_ends_one_quarter_is_that_of_sales_alone() {
        let last: Day = "2026-01-05".parse().unwrap();
        for start in 0..110 {
            let monday = |weeks_ago: i32| last.plus(7 * (start - weeks_ago));
            let all = weeks(monday);
            let is_alone = |one: &&(i32, &Won)| matches!(one.1.quarter, Quarter::Alone { .. });
            let quarters: BTreeSet<_> =
                all.iter().filter(is_alone).map(|(ago, _)| quarter_of(monday(*ago))).collect();
            assert_eq!((quarters.len(), all.iter().filter(is_alone).count()), (1, ALONE_MIN), "{start}");
            let others = all.iter().filter(|one| !is_alone(one));
            assert!(others.clone().all(|(ago, _)| !quarters.contains(&quarter_of(monday(*ago)))), "{start}");
            let weeks: BTreeSet<i32> = all.iter().map(|(ago, _)| *ago).collect();
            assert_eq!(weeks.len(), all.len(), "{start}: no two in one week");
        }
    }
}
