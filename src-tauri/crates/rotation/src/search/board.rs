//! An instance as the search needs it: everything that does not change while it runs, in flat tables.
//!
//! Time runs in **slots**: weeks, or parts of weeks where visits take days. People move in **units**: one person, or a group
//! of buddies, so that no move can part them.

use crate::model::{Instance, Length, Must, Person, Visitor, Weeks};

/// A host and the slot in which a visit begins.
pub(super) type Spot = (usize, usize);

/// Who moves together.
pub(super) struct Unit {
    pub(super) members: Vec<usize>,
    /// How many of the members belong to which home.
    pub(super) homes: Vec<(usize, i32)>,
    /// Hosts that all members may visit.
    pub(super) hosts: Vec<usize>,
    /// Of those, what somebody wishes.
    pub(super) wished: Vec<usize>,
    /// Slots in which a new visit may begin as far as members and homes are concerned.
    pub(super) starts: Vec<usize>,
    /// Where all members were told that they would be.
    pub(super) told: Vec<Spot>,
}

/// A pair that must happen, in slots.
pub(super) struct Goal {
    pub(super) host: usize,
    pub(super) first: usize,
    /// The slot behind the last.
    pub(super) end: usize,
    pub(super) least: i32,
    /// Units that can make such visits.
    pub(super) units: Vec<usize>,
}

/// The soft rules' weights.
pub(super) struct Costs {
    pub(super) coverage: i64,
    pub(super) fairness: i64,
    pub(super) wish: i64,
    pub(super) spread: i64,
    pub(super) repeat: i64,
    pub(super) stability: i64,
    /// How much of that is not of the instance's weights: see [`Costs::put_stability_first`].
    pub(super) stability_on_top: i64,
    changes: i64,
    /// For each visit that must happen and does not: more than all soft rules can cost together.
    pub(super) must: i64,
}

pub(super) struct Board {
    pub(super) slots: usize,
    /// Slots of a visit.
    pub(super) span: usize,
    pub(super) parts: usize,
    pub(super) period: usize,
    pub(super) departments: usize,
    pub(super) due: i64,
    pub(super) most: usize,
    pub(super) units: Vec<Unit>,
    pub(super) home: Vec<usize>,
    pub(super) joins: Vec<bool>,
    /// Visitors at the same time, by host and slot.
    pub(super) capacity: Vec<i32>,
    /// People who may be away at the same time, by home and slot.
    pub(super) limit: Vec<i32>,
    /// The even share, by home.
    pub(super) share: Vec<i32>,
    /// Whether a visit may begin, by host and slot.
    pub(super) host_open: Vec<bool>,
    /// The same by unit and slot, without regard to what is closed for new visits.
    pub(super) unit_open: Vec<bool>,
    /// The same by unit and host.
    pub(super) may: Vec<bool>,
    /// Visits that count for coverage, by home and host.
    pub(super) cell_goal: Vec<i32>,
    /// Strength, by person and host.
    pub(super) wish: Vec<u8>,
    /// Whether they know it, by person and host.
    pub(super) been: Vec<bool>,
    /// The first slot in which a new visit may begin.
    pub(super) opening: usize,
    pub(super) told: Vec<Vec<Spot>>,
    pub(super) pinned_spots: Vec<Vec<Spot>>,
    /// The first slot about which nobody was told.
    pub(super) told_until: usize,
    pub(super) free: Vec<bool>,
    pub(super) goals: Vec<Goal>,
    /// Numbers of goals, by home and host.
    pub(super) goals_of_home: Vec<Vec<usize>>,
    /// Numbers of goals, by person.
    pub(super) goals_of_person: Vec<Vec<usize>>,
    pub(super) costs: Costs,
    /// Which unit is pinned where.
    pub(super) pinned: Vec<(usize, Spot)>,
}

impl Board {
    /// Of a valid instance.
    pub(super) fn new(instance: &Instance) -> Self {
        let program = &instance.program;
        let (departments, people) = (instance.departments.len(), instance.people.len());
        let parts = program.parts() as usize;
        let span = match program.length {
            Length::Weeks(weeks) => weeks as usize,
            Length::Days(_) => 1,
        };
        let mut board = Self {
            slots: program.weeks as usize * parts,
            span,
            parts,
            period: program.period_weeks as usize * parts,
            departments,
            due: i64::from(program.due),
            most: program.most as usize,
            units: Vec::new(),
            home: instance.people.iter().map(|person| person.home).collect(),
            joins: instance.people.iter().map(|person| person.joins).collect(),
            capacity: Vec::new(),
            limit: Vec::new(),
            share: Vec::new(),
            host_open: Vec::new(),
            unit_open: Vec::new(),
            may: Vec::new(),
            cell_goal: vec![0; departments * departments],
            wish: vec![0; people * departments],
            been: vec![false; people * departments],
            opening: instance.closed_before as usize * parts,
            told: vec![Vec::new(); people],
            pinned_spots: vec![Vec::new(); people],
            told_until: 0,
            free: vec![false; people],
            goals: Vec::new(),
            goals_of_home: vec![Vec::new(); departments * departments],
            goals_of_person: vec![Vec::new(); people],
            costs: Costs::new(instance),
            pinned: Vec::new(),
        };
        board.departments(instance);
        board.people(instance);
        board.placements(instance);
        board.units(instance);
        board.goals(instance);
        board
    }

    fn week_slots(&self, weeks: Weeks) -> std::ops::Range<usize> {
        weeks.first as usize * self.parts..(weeks.last as usize + 1) * self.parts
    }

    /// The slots in which a person is not there.
    fn absent(&self, person: &Person) -> Vec<bool> {
        let mut absent = vec![false; self.slots];
        for weeks in &person.absent {
            absent[self.week_slots(*weeks)].fill(true);
        }
        for part in &person.absent_parts {
            absent[part.week as usize * self.parts + part.part as usize] = true;
        }
        absent
    }

    fn departments(&mut self, instance: &Instance) {
        let (slots, program) = (self.slots, &instance.program);
        for (number, department) in instance.departments.iter().enumerate() {
            let mut capacity = vec![clamp(department.capacity); slots];
            for other in &department.capacity_in {
                capacity[self.week_slots(other.weeks)].fill(clamp(other.visitors));
            }
            let own: Vec<_> = instance.people.iter().filter(|person| person.home == number).collect();
            let mut limit = vec![own.len() as i32 - clamp(department.cover); slots];
            for person in &own {
                for (limit, absent) in limit.iter_mut().zip(self.absent(person)) {
                    *limit -= i32::from(absent);
                }
            }
            let mut sends = vec![true; slots];
            for weeks in program.closed.iter().chain(&department.peaks).chain(&department.no_sending) {
                sends[self.week_slots(*weeks)].fill(false);
            }
            for weeks in program.closed.iter().chain(&department.peaks).chain(&department.no_hosting) {
                capacity[self.week_slots(*weeks)].fill(0);
            }
            let open = sends.iter().filter(|sends| **sends).count().max(1);
            for (limit, sends) in limit.iter_mut().zip(sends) {
                *limit = if sends { (*limit).max(0) } else { 0 };
            }
            let joining = own.iter().filter(|person| person.joins).count();
            let due = joining * program.due as usize * self.span;
            self.share.push(due.div_ceil(open).max(1) as i32);
            for start in 0..slots {
                let visit = capacity.get(start..start + self.span);
                self.host_open.push(visit.is_some_and(|visit| visit.iter().all(|free| *free > 0)));
            }
            self.capacity.append(&mut capacity);
            self.limit.append(&mut limit);
            if joining == 0 {
                continue;
            }
            for &(_, host) in program.allowed.iter().filter(|(home, _)| *home == number) {
                let walked = department.walked.iter().filter(|(to, _)| *to == host);
                let walked = walked.fold(0_u32, |sum, (_, visits)| sum.saturating_add(*visits));
                self.cell_goal[number * self.departments + host] =
                    clamp(program.cell_target.saturating_sub(walked));
            }
        }
    }

    fn people(&mut self, instance: &Instance) {
        for (number, person) in instance.people.iter().enumerate() {
            for wish in person.wishes.iter().filter(|_| person.joins) {
                self.wish[number * self.departments + wish.host] = wish.strength as u8;
            }
            for host in &person.been {
                self.been[number * self.departments + host] = true;
            }
        }
    }

    fn placements(&mut self, instance: &Instance) {
        for placement in &instance.pinned {
            let slot = placement.week as usize * self.parts + placement.part as usize;
            self.pinned_spots[placement.person].push((placement.host, slot));
        }
        let Some(told) = &instance.told else { return };
        self.told_until = told.until as usize * self.parts;
        for placement in &told.placements {
            let slot = placement.week as usize * self.parts + placement.part as usize;
            self.told[placement.person].push((placement.host, slot));
        }
        for person in &told.free {
            self.free[*person] = true;
        }
    }

    fn units(&mut self, instance: &Instance) {
        let mut grouped = vec![false; instance.people.len()];
        let mut groups = instance.buddies.clone();
        for person in groups.iter().flatten() {
            grouped[*person] = true;
        }
        groups.extend((0..grouped.len()).filter(|person| !grouped[*person]).map(|person| vec![person]));
        for members in groups {
            self.unit(instance, members);
        }
    }

    fn unit(&mut self, instance: &Instance, members: Vec<usize>) {
        let joins = members.iter().all(|person| self.joins[*person]);
        let mut homes: Vec<(usize, i32)> = Vec::new();
        for home in members.iter().map(|person| self.home[*person]) {
            match homes.iter_mut().find(|(known, _)| *known == home) {
                Some((_, size)) => *size += 1,
                None => homes.push((home, 1)),
            }
        }
        let allowed = |host: usize| {
            joins && homes.iter().all(|(home, _)| instance.program.allowed.contains(&(*home, host)))
        };
        let hosts: Vec<usize> = (0..self.departments).filter(|host| allowed(*host)).collect();
        self.may.extend((0..self.departments).map(|host| hosts.contains(&host)));
        let mut there = vec![true; self.slots];
        for person in &members {
            let absent = self.absent(&instance.people[*person]);
            there.iter_mut().zip(absent).for_each(|(there, absent)| *there &= !absent);
        }
        for (slot, there) in there.iter_mut().enumerate() {
            *there &= homes.iter().all(|(home, size)| self.limit[home * self.slots + slot] >= *size);
        }
        let open: Vec<bool> = (0..self.slots)
            .map(|start| there.get(start..start + self.span).is_some_and(|visit| !visit.contains(&false)))
            .collect();
        let starts = (self.opening..self.slots).filter(|start| open[*start]).collect();
        self.unit_open.extend(open);
        let wished = hosts
            .iter()
            .copied()
            .filter(|host| members.iter().any(|person| self.wish[person * self.departments + host] > 0));
        let wished = wished.collect();
        let shared = |of: &[Vec<Spot>]| {
            let mut first = of[members[0]].clone();
            first.retain(|spot| members.iter().all(|person| of[*person].contains(spot)));
            first
        };
        let told = shared(&self.told);
        let number = self.units.len();
        self.pinned.extend(shared(&self.pinned_spots).into_iter().map(|spot| (number, spot)));
        self.units.push(Unit { members, homes, hosts, wished, starts, told });
    }

    fn goals(&mut self, instance: &Instance) {
        for (number, must) in instance.program.must.iter().enumerate() {
            let weeks = must.weeks.unwrap_or(Weeks { first: 0, last: instance.program.weeks - 1 });
            let slots = self.week_slots(weeks);
            let takes = |unit: &Unit| unit.members.iter().any(|person| self.is_visitor(must, *person));
            let able =
                |(at, unit): &(usize, &Unit)| takes(unit) && self.may[at * self.departments + must.host];
            let units = self.units.iter().enumerate().filter(able).map(|(at, _)| at).collect();
            match must.visitor {
                Visitor::Person(person) => self.goals_of_person[person].push(number),
                Visitor::Department(home) => {
                    self.goals_of_home[home * self.departments + must.host].push(number);
                }
            }
            self.goals.push(Goal {
                host: must.host,
                first: slots.start,
                end: slots.end,
                least: clamp(must.least),
                units,
            });
        }
    }

    fn is_visitor(&self, must: &Must, person: usize) -> bool {
        match must.visitor {
            Visitor::Person(visitor) => visitor == person,
            Visitor::Department(home) => self.home[person] == home,
        }
    }

    /// Whether a visit may be there as far as nobody else is concerned.
    pub(super) fn open(&self, unit: usize, (host, start): Spot) -> bool {
        self.may[unit * self.departments + host]
            && self.host_open[host * self.slots + start]
            && self.unit_open[unit * self.slots + start]
            && (start >= self.opening || self.units[unit].told.contains(&(host, start)))
    }
}

impl Costs {
    fn new(instance: &Instance) -> Self {
        let (program, people) = (&instance.program, instance.people.len() as i64);
        let weights = &program.weights;
        let cells = program.allowed.len() as i64 * i64::from(program.cell_target);
        // Nobody begins more visits than there are periods.
        let visits = i64::from(program.most.min(program.weeks.div_ceil(program.period_weeks)));
        let due = i64::from(program.due);
        let wishes: i64 = instance
            .people
            .iter()
            .flat_map(|person| &person.wishes)
            .map(|wish| i64::from(wish.strength))
            .sum();
        let told = instance.told.iter().map(|told| told.placements.len() as i64).sum::<i64>();
        let away = people * visits * i64::from(program.weeks_of(0).end);
        let worst = i64::from(weights.coverage) * cells
            + i64::from(weights.fairness) * people * due.max(visits).pow(2)
            + i64::from(weights.wish) * wishes
            + i64::from(weights.spread) * away
            + i64::from(weights.repeat) * people * visits
            + i64::from(weights.stability) * (told + people * visits);
        Self {
            coverage: i64::from(weights.coverage),
            fairness: i64::from(weights.fairness),
            wish: i64::from(weights.wish),
            spread: i64::from(weights.spread),
            repeat: i64::from(weights.repeat),
            stability: i64::from(weights.stability),
            stability_on_top: 0,
            changes: told + people * visits,
            must: worst + 1,
        }
    }

    /// Makes one change dearer than everything that the other soft rules can cost together, up to a limit that keeps sums
    /// within 64 bits.
    pub(super) fn put_stability_first(&mut self) {
        const LIMIT: i64 = 100_000_000;
        let others = self.must - self.stability * self.changes;
        self.stability_on_top = others.min(LIMIT);
        self.stability += self.stability_on_top;
        self.must += self.stability_on_top * self.changes;
    }

    /// What a change of an ordinary rule may cost: the scale of the temperature.
    pub(super) fn scale(&self) -> f64 {
        let all = [self.coverage, self.fairness, 3 * self.wish, self.spread, self.repeat];
        all.into_iter().max().unwrap_or(1).max(1) as f64
    }
}

/// Numbers of people as the search counts them; nobody has more.
fn clamp(number: u32) -> i32 {
    number.min(1_000_000) as i32
}
