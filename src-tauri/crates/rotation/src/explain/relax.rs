//! What would help.

use serde::{Deserialize, Serialize};

use super::{Trial, with_musts};
use crate::model::{Department, Instance, Placement, Visitor, Weeks};
use crate::search::SearchError;

/// Something that was tried alone and helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Relaxation {
    /// The home may visit the host.
    Allow {
        /// The home.
        home: usize,
        /// The host.
        host: usize,
    },
    /// The host takes more visitors at the same time, in every week.
    Capacity {
        /// The host.
        host: usize,
        /// How many more.
        more: u32,
    },
    /// The home gets by with fewer people.
    Cover {
        /// The home.
        home: usize,
        /// How many fewer.
        fewer: u32,
    },
    /// The department hosts and sends in these weeks of its peak.
    Peak {
        /// The department.
        department: usize,
        /// The weeks.
        weeks: Vec<Weeks>,
    },
    /// The host hosts in these weeks.
    Hosting {
        /// The host.
        host: usize,
        /// The weeks.
        weeks: Vec<Weeks>,
    },
    /// The home sends in these weeks.
    Sending {
        /// The home.
        home: usize,
        /// The weeks.
        weeks: Vec<Weeks>,
    },
    /// Visits take place in these weeks, in which nobody was to visit anybody.
    Open {
        /// The weeks.
        weeks: Vec<Weeks>,
    },
    /// The pair may happen in any week.
    AnyWeek {
        /// Its number in the program.
        must: usize,
    },
    /// Periods are shorter.
    Period {
        /// Their weeks then.
        weeks: u32,
    },
    /// A person may make more visits.
    Most {
        /// How many then.
        visits: u32,
    },
    /// A group of buddies may be parted.
    Part {
        /// Its number.
        group: usize,
    },
    /// These pinned placements may change.
    Unpin {
        /// Which.
        placements: Vec<Placement>,
    },
    /// The pair happens less often; also never.
    Fewer {
        /// Its number in the program.
        must: usize,
        /// How often then.
        least: u32,
    },
}

/// More visitors at once than this are no small relaxation.
const MOST_PLACES: u32 = 10;

/// Everything that helps by itself against a set of pairs, while `musts` (they and what does not clash) all happen.
pub(super) fn relaxations(
    instance: &Instance,
    trial: &Trial<'_>,
    set: &[usize],
    musts: &[usize],
) -> Result<Vec<Relaxation>, SearchError> {
    let tries = Tries { base: with_musts(instance, musts), trial };
    let mut found = Vec::new();
    let (mut hosts, mut homes) = (Vec::new(), Vec::new());
    for must in set.iter().filter_map(|number| instance.program.must.get(*number)) {
        let home = match must.visitor {
            Visitor::Person(person) => instance.people[person].home,
            Visitor::Department(home) => home,
        };
        let pair = (home, must.host);
        if !instance.program.allowed.contains(&pair)
            && tries.helps(|relaxed| relaxed.program.allowed.push(pair))?
        {
            found.push(Relaxation::Allow { home, host: must.host });
        }
        hosts.push(must.host);
        homes.push(home);
    }
    for list in [&mut hosts, &mut homes] {
        list.sort_unstable();
        list.dedup();
    }
    tries.of_hosts(&hosts, &mut found)?;
    tries.of_homes(&homes, &mut found)?;
    let mut both: Vec<usize> = hosts.iter().chain(&homes).copied().collect();
    both.sort_unstable();
    both.dedup();
    for department in both {
        let weeks = tries.weeks(|relaxed| &mut relaxed.departments[department].peaks)?;
        found.extend(weeks.into_iter().map(|weeks| Relaxation::Peak { department, weeks }));
    }
    let weeks = tries.weeks(|relaxed| &mut relaxed.program.closed)?;
    found.extend(weeks.into_iter().map(|weeks| Relaxation::Open { weeks }));
    tries.of_people(instance, set, &mut found)?;
    tries.of_musts(instance, set, musts, &mut found)?;
    Ok(found)
}

struct Tries<'trial, 'watch> {
    base: Instance,
    trial: &'trial Trial<'watch>,
}

impl Tries<'_, '_> {
    fn helps(&self, relax: impl FnOnce(&mut Instance)) -> Result<bool, SearchError> {
        let mut relaxed = self.base.clone();
        relax(&mut relaxed);
        self.trial.fits(&relaxed)
    }

    /// The smallest step from 1 to `most` that helps, by halving: a larger step helps wherever a smaller one does.
    fn smallest(&self, most: u32, relax: impl Fn(&mut Instance, u32)) -> Result<Option<u32>, SearchError> {
        if most == 0 || !self.helps(|relaxed| relax(relaxed, most))? {
            return Ok(None);
        }
        let (mut too_small, mut helps) = (0, most);
        while helps - too_small > 1 {
            let middle = u32::midpoint(too_small, helps);
            if self.helps(|relaxed| relax(relaxed, middle))? {
                helps = middle;
            } else {
                too_small = middle;
            }
        }
        Ok(Some(helps))
    }

    /// Runs of weeks of a list that help when they are taken out: each one that does alone, else a smallest set.
    fn weeks(&self, list: impl Fn(&mut Instance) -> &mut Vec<Weeks>) -> Result<Vec<Vec<Weeks>>, SearchError> {
        let all = list(&mut self.base.clone()).clone();
        if all.is_empty() || !self.helps(|relaxed| list(relaxed).clear())? {
            return Ok(Vec::new());
        }
        let mut alone = Vec::new();
        for weeks in &all {
            if all.len() > 1 && self.helps(|relaxed| list(relaxed).retain(|other| other != weeks))? {
                alone.push(vec![*weeks]);
            }
        }
        if !alone.is_empty() {
            return Ok(alone);
        }
        let mut set = all;
        for weeks in set.clone() {
            let fewer: Vec<Weeks> = set.iter().copied().filter(|other| *other != weeks).collect();
            if self.helps(|relaxed| list(relaxed).retain(|other| !fewer.contains(other)))? {
                set = fewer;
            }
        }
        Ok(vec![set])
    }

    fn of_hosts(&self, hosts: &[usize], found: &mut Vec<Relaxation>) -> Result<(), SearchError> {
        for &host in hosts {
            let add = |department: &mut Department, more: u32| {
                department.capacity = department.capacity.saturating_add(more);
                for other in &mut department.capacity_in {
                    other.visitors = other.visitors.saturating_add(more);
                }
            };
            let more =
                self.smallest(MOST_PLACES, |relaxed, more| add(&mut relaxed.departments[host], more))?;
            found.extend(more.map(|more| Relaxation::Capacity { host, more }));
            let weeks = self.weeks(|relaxed| &mut relaxed.departments[host].no_hosting)?;
            found.extend(weeks.into_iter().map(|weeks| Relaxation::Hosting { host, weeks }));
        }
        Ok(())
    }

    fn of_homes(&self, homes: &[usize], found: &mut Vec<Relaxation>) -> Result<(), SearchError> {
        for &home in homes {
            let cover = self.base.departments[home].cover;
            let fewer = self.smallest(cover, |relaxed, fewer| relaxed.departments[home].cover -= fewer)?;
            found.extend(fewer.map(|fewer| Relaxation::Cover { home, fewer }));
            let weeks = self.weeks(|relaxed| &mut relaxed.departments[home].no_sending)?;
            found.extend(weeks.into_iter().map(|weeks| Relaxation::Sending { home, weeks }));
        }
        Ok(())
    }

    fn of_people(
        &self,
        instance: &Instance,
        set: &[usize],
        found: &mut Vec<Relaxation>,
    ) -> Result<(), SearchError> {
        let period = instance.program.period_weeks;
        let shorter = self.smallest(period - 1, |relaxed, weeks| relaxed.program.period_weeks -= weeks)?;
        found.extend(shorter.map(|weeks| Relaxation::Period { weeks: period - weeks }));
        let (most, periods) = (instance.program.most, instance.program.weeks.div_ceil(period));
        let more = periods.saturating_sub(most);
        let more = self.smallest(more, |relaxed, visits| relaxed.program.most += visits)?;
        found.extend(more.map(|visits| Relaxation::Most { visits: most + visits }));
        for (group, members) in instance.buddies.iter().enumerate() {
            let concerned = |must: &usize| match instance.program.must[*must].visitor {
                Visitor::Person(person) => members.contains(&person),
                Visitor::Department(home) => {
                    members.iter().any(|person| instance.people[*person].home == home)
                }
            };
            let parted = |relaxed: &mut Instance| {
                relaxed.buddies.remove(group);
            };
            if set.iter().any(concerned) && self.helps(parted)? {
                found.push(Relaxation::Part { group });
            }
        }
        Ok(())
    }

    /// What has begun or is about to, nobody changes any more: only later pins can be given up, and of those a smallest set.
    fn of_pins(&self, instance: &Instance, found: &mut Vec<Relaxation>) -> Result<(), SearchError> {
        let later = |pin: &&Placement| pin.week >= instance.closed_before;
        let mut released: Vec<Placement> = instance.pinned.iter().filter(later).copied().collect();
        let without = |released: &[Placement]| {
            self.helps(|relaxed| relaxed.pinned.retain(|pin| !released.contains(pin)))
        };
        if released.is_empty() || !without(&released)? {
            return Ok(());
        }
        // Halves first: of hundreds of pins a few matter.
        let mut size = released.len();
        while size > 1 {
            size = size.div_ceil(2);
            let mut at = 0;
            while at < released.len() && released.len() > 1 {
                let mut fewer = released.clone();
                fewer.drain(at..(at + size).min(released.len()));
                if !fewer.is_empty() && without(&fewer)? {
                    released = fewer;
                } else {
                    at += size;
                }
            }
        }
        found.push(Relaxation::Unpin { placements: released });
        Ok(())
    }

    fn of_musts(
        &self,
        instance: &Instance,
        set: &[usize],
        musts: &[usize],
        found: &mut Vec<Relaxation>,
    ) -> Result<(), SearchError> {
        self.of_pins(instance, found)?;
        // In `base` the pairs that are left have other numbers.
        let mut kept = musts.to_vec();
        kept.sort_unstable();
        for &must in set {
            let Some(at) = kept.iter().position(|number| *number == must) else { continue };
            let rule = &instance.program.must[must];
            if rule.weeks.is_some() && self.helps(|relaxed| relaxed.program.must[at].weeks = None)? {
                found.push(Relaxation::AnyWeek { must });
            }
            let fewer =
                self.smallest(rule.least, |relaxed, fewer| relaxed.program.must[at].least -= fewer)?;
            found.extend(fewer.map(|fewer| Relaxation::Fewer { must, least: rule.least - fewer }));
        }
        Ok(())
    }
}
