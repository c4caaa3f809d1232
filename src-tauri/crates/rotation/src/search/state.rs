//! A schedule that changes, with its score kept up to date.

use super::board::{Board, Spot};
use crate::model::Placement;

/// A visit of a unit.
#[derive(Clone, Copy)]
pub(super) struct Visit {
    pub(super) unit: usize,
    pub(super) spot: Spot,
    pub(super) pinned: bool,
    /// Its place among the visits that may move.
    place: usize,
}

/// What was done, so that it can be undone.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Added(usize),
    Removed(usize, Spot),
}

pub(super) struct State<'board> {
    pub(super) board: &'board Board,
    visits: Vec<Visit>,
    /// Numbers of visits that are not in use.
    unused: Vec<usize>,
    /// Visits that may move.
    pub(super) movable: Vec<usize>,
    pub(super) of_unit: Vec<Vec<usize>>,
    /// Visitors (people) and their visits, by host and slot.
    guests: Vec<i32>,
    pub(super) guest_visits: Vec<Vec<usize>>,
    /// People away and their visits, by home and slot.
    away: Vec<i32>,
    pub(super) away_visits: Vec<Vec<usize>>,
    cell: Vec<i32>,
    count: Vec<i64>,
    to_host: Vec<u16>,
    pub(super) met: Vec<i32>,
    /// Visits that must happen and do not.
    pub(super) shortage: i64,
    pub(super) score: i64,
    pub(super) log: Vec<Step>,
}

impl<'board> State<'board> {
    /// With the pinned visits, then with those that people were told as far as they fit.
    pub(super) fn new(board: &'board Board) -> Self {
        let (people, squares) = (board.home.len(), board.departments * board.slots);
        let mut state = Self {
            board,
            visits: Vec::new(),
            unused: Vec::new(),
            movable: Vec::new(),
            of_unit: vec![Vec::new(); board.units.len()],
            guests: vec![0; squares],
            guest_visits: vec![Vec::new(); squares],
            away: vec![0; squares],
            away_visits: vec![Vec::new(); squares],
            cell: vec![0; board.departments * board.departments],
            count: vec![0; people],
            to_host: vec![0; people * board.departments],
            met: vec![0; board.goals.len()],
            shortage: board.goals.iter().map(|goal| i64::from(goal.least)).sum(),
            score: 0,
            log: Vec::new(),
        };
        state.score = state.empty_score();
        for &(unit, spot) in &board.pinned {
            state.add(unit, spot, true);
        }
        for (unit, of) in board.units.iter().enumerate() {
            for &spot in &of.told {
                if state.fits(unit, spot) {
                    state.add(unit, spot, false);
                }
            }
        }
        state.log.clear();
        state
    }

    /// What no visits at all cost.
    fn empty_score(&self) -> i64 {
        let (board, costs) = (self.board, &self.board.costs);
        let cells: i64 = board.cell_goal.iter().map(|goal| i64::from(*goal)).sum();
        let joining = board.joins.iter().filter(|joins| **joins).count() as i64;
        let wishes: i64 = board.wish.iter().map(|strength| i64::from(*strength)).sum();
        let told: i64 = board.told.iter().map(|told| told.len() as i64).sum();
        costs.coverage * cells
            + costs.fairness * joining * board.due * board.due
            + costs.wish * wishes
            + costs.stability * told
            + costs.must * self.shortage
    }

    pub(super) fn visit(&self, number: usize) -> Visit {
        self.visits[number]
    }

    /// Whether a visit fits in without moving anything.
    pub(super) fn fits(&self, unit: usize, spot: Spot) -> bool {
        let board = self.board;
        let (of, (host, start)) = (&board.units[unit], spot);
        if !board.open(unit, spot) || self.of_unit[unit].len() >= board.most {
            return false;
        }
        if self.of_unit[unit].iter().any(|number| self.too_near(*number, start)) {
            return false;
        }
        let size = of.members.len() as i32;
        (start..start + board.span).all(|slot| {
            let at = host * board.slots + slot;
            self.guests[at] + size <= board.capacity[at]
                && of.homes.iter().all(|(home, size)| {
                    let at = home * board.slots + slot;
                    self.away[at] + size <= board.limit[at]
                })
        })
    }

    /// Whether one unit cannot make this visit and one that begins then.
    pub(super) fn too_near(&self, number: usize, start: usize) -> bool {
        let other = self.visits[number].spot.1;
        other.abs_diff(start) < self.board.span || other / self.board.period == start / self.board.period
    }

    /// Whether the host has no place in a slot for so many.
    pub(super) fn host_full(&self, host: usize, slot: usize, size: i32) -> bool {
        let at = host * self.board.slots + slot;
        self.guests[at] + size > self.board.capacity[at]
    }

    /// Whether the home cannot spare so many in a slot.
    pub(super) fn home_bare(&self, home: usize, slot: usize, size: i32) -> bool {
        let at = home * self.board.slots + slot;
        self.away[at] + size > self.board.limit[at]
    }

    /// Adds a visit that fits.
    pub(super) fn add(&mut self, unit: usize, spot: Spot, pinned: bool) {
        let number = self.put_in(unit, spot, pinned);
        self.log.push(Step::Added(number));
    }

    /// Takes a visit out.
    pub(super) fn remove(&mut self, number: usize) {
        let Visit { unit, spot, .. } = self.visits[number];
        self.take_out(number);
        self.log.push(Step::Removed(unit, spot));
    }

    fn put_in(&mut self, unit: usize, spot: Spot, pinned: bool) -> usize {
        let visit = Visit { unit, spot, pinned, place: self.movable.len() };
        let number = if let Some(number) = self.unused.pop() {
            self.visits[number] = visit;
            number
        } else {
            self.visits.push(visit);
            self.visits.len() - 1
        };
        if !pinned {
            self.movable.push(number);
        }
        self.of_unit[unit].push(number);
        let (board, (host, start)) = (self.board, spot);
        let of = &board.units[unit];
        for slot in start..start + board.span {
            let at = host * board.slots + slot;
            self.guests[at] += of.members.len() as i32;
            self.guest_visits[at].push(number);
            for (home, _) in &of.homes {
                self.away_visits[home * board.slots + slot].push(number);
            }
        }
        for &person in &of.members {
            self.count_in(person, spot);
        }
        number
    }

    fn take_out(&mut self, number: usize) {
        let Visit { unit, spot, pinned, place } = self.visits[number];
        self.unused.push(number);
        if !pinned {
            self.movable.swap_remove(place);
            if let Some(moved) = self.movable.get(place) {
                self.visits[*moved].place = place;
            }
        }
        take(&mut self.of_unit[unit], number);
        let (board, (host, start)) = (self.board, spot);
        let of = &board.units[unit];
        for slot in start..start + board.span {
            let at = host * board.slots + slot;
            self.guests[at] -= of.members.len() as i32;
            take(&mut self.guest_visits[at], number);
            for (home, _) in &of.homes {
                take(&mut self.away_visits[home * board.slots + slot], number);
            }
        }
        for &person in &of.members {
            self.count_out(person, spot);
        }
    }

    fn count_in(&mut self, person: usize, spot: Spot) {
        let (board, (host, start)) = (self.board, spot);
        let (costs, home) = (&board.costs, board.home[person]);
        let mut change = costs.fairness * (2 * (self.count[person] - board.due) + 1);
        self.count[person] += 1;
        let cell = home * board.departments + host;
        if self.cell[cell] < board.cell_goal[cell] {
            change -= costs.coverage;
        }
        self.cell[cell] += 1;
        let pair = person * board.departments + host;
        if self.to_host[pair] == 0 {
            change -= costs.wish * i64::from(board.wish[pair]);
        }
        if self.to_host[pair] > 0 || board.been[pair] {
            change += costs.repeat;
        }
        self.to_host[pair] += 1;
        for slot in start..start + board.span {
            let at = home * board.slots + slot;
            if self.away[at] >= board.share[home] {
                change += costs.spread;
            }
            self.away[at] += 1;
        }
        change += self.told_change(person, spot);
        let before = self.shortage;
        self.meet(person, spot, 1);
        self.score += change + costs.must * (self.shortage - before);
    }

    fn count_out(&mut self, person: usize, spot: Spot) {
        let (board, (host, start)) = (self.board, spot);
        let (costs, home) = (&board.costs, board.home[person]);
        self.count[person] -= 1;
        let mut change = -costs.fairness * (2 * (self.count[person] - board.due) + 1);
        let cell = home * board.departments + host;
        self.cell[cell] -= 1;
        if self.cell[cell] < board.cell_goal[cell] {
            change += costs.coverage;
        }
        let pair = person * board.departments + host;
        self.to_host[pair] -= 1;
        if self.to_host[pair] == 0 {
            change += costs.wish * i64::from(board.wish[pair]);
        }
        if self.to_host[pair] > 0 || board.been[pair] {
            change -= costs.repeat;
        }
        for slot in start..start + board.span {
            let at = home * board.slots + slot;
            self.away[at] -= 1;
            if self.away[at] >= board.share[home] {
                change -= costs.spread;
            }
        }
        change -= self.told_change(person, spot);
        let before = self.shortage;
        self.meet(person, spot, -1);
        self.score += change + costs.must * (self.shortage - before);
    }

    /// What stability says to a visit that is there.
    fn told_change(&self, person: usize, spot: Spot) -> i64 {
        let board = self.board;
        if board.told[person].contains(&spot) {
            -board.costs.stability
        } else if spot.1 < board.told_until
            && !board.free[person]
            && !board.pinned_spots[person].contains(&spot)
        {
            board.costs.stability
        } else {
            0
        }
    }

    fn meet(&mut self, person: usize, (host, start): Spot, by: i32) {
        let board = self.board;
        let of_home = &board.goals_of_home[board.home[person] * board.departments + host];
        for &number in of_home.iter().chain(&board.goals_of_person[person]) {
            let goal = &board.goals[number];
            if goal.host == host && (goal.first..goal.end).contains(&start) {
                self.shortage -= i64::from((goal.least - self.met[number]).max(0));
                self.met[number] += by;
                self.shortage += i64::from((goal.least - self.met[number]).max(0));
            }
        }
    }

    /// Undoes everything since the log was last empty. In reverse, so that visits get back the numbers that they had.
    pub(super) fn undo(&mut self) {
        while let Some(step) = self.log.pop() {
            match step {
                Step::Added(number) => self.take_out(number),
                Step::Removed(unit, spot) => {
                    self.put_in(unit, spot, false);
                }
            }
        }
    }

    /// All visits, by unit.
    pub(super) fn spots(&self) -> Vec<(usize, Spot)> {
        let visits = self.of_unit.iter().flatten();
        visits.map(|number| (self.visits[*number].unit, self.visits[*number].spot)).collect()
    }
}

/// Takes one visit out of a short list.
fn take(list: &mut Vec<usize>, number: usize) {
    if let Some(place) = list.iter().position(|other| *other == number) {
        list.swap_remove(place);
    }
}

/// As placements of people, in order.
pub(super) fn placements(board: &Board, spots: &[(usize, Spot)]) -> Vec<Placement> {
    let mut placements: Vec<Placement> = spots
        .iter()
        .flat_map(|&(unit, (host, start))| {
            let (week, part) = ((start / board.parts) as u32, (start % board.parts) as u32);
            board.units[unit].members.iter().map(move |person| Placement {
                person: *person,
                host,
                week,
                part,
            })
        })
        .collect();
    placements.sort_unstable();
    placements
}
