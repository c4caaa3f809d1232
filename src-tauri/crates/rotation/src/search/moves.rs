//! The steps of the search. Each leaves a sound schedule or gives up half-way; whoever calls undoes those.

use super::board::Spot;
use super::state::{State, Step};
use crate::rng::Rng;

/// Visits that one placement may push out. With more, nearly every such step is refused, and dear to undo.
const MOST_EJECTED: usize = 4;
/// Free spots that are tried for a visit that was pushed out.
const REHOME_TRIES: usize = 6;

/// One random step. Whether it came to an end; its parts are in the state's log.
pub(super) fn step(state: &mut State<'_>, rng: &mut Rng) -> bool {
    if state.shortage > 0 && rng.chance(1, 4) {
        return meet_goal(state, rng);
    }
    match rng.below(100) {
        0..6 => take_back(state, rng),
        6..36 => insert(state, rng),
        36..40 => {
            let Some(number) = rng.pick(&state.movable) else { return false };
            state.remove(number);
            true
        }
        40..75 => relocate(state, rng),
        _ => exchange(state, rng),
    }
}

/// Places a visit that must happen and does not.
fn meet_goal(state: &mut State<'_>, rng: &mut Rng) -> bool {
    let board = state.board;
    let unmet = board.goals.iter().zip(&state.met).filter(|(goal, met)| **met < goal.least);
    let unmet: Vec<_> = unmet.map(|(goal, _)| goal).collect();
    let Some(goal) = rng.pick(&unmet) else { return false };
    let Some(unit) = rng.pick(&goal.units) else { return false };
    let start = goal.first + rng.below(goal.end - goal.first);
    force(state, rng, unit, (goal.host, start)) && rehome(state, rng, None)
}

/// Places a visit where people were told that it would be.
fn take_back(state: &mut State<'_>, rng: &mut Rng) -> bool {
    let unit = rng.below(state.board.units.len());
    let Some(spot) = rng.pick(&state.board.units[unit].told) else { return insert(state, rng) };
    if state.of_unit[unit].iter().any(|number| state.visit(*number).spot == spot) {
        return false;
    }
    force(state, rng, unit, spot) && rehome(state, rng, None)
}

fn insert(state: &mut State<'_>, rng: &mut Rng) -> bool {
    let units = state.board.units.len();
    let mut unit = rng.below(units);
    // Whoever has what is due is seldom the one who lacks a visit.
    if state.of_unit[unit].len() as i64 >= state.board.due {
        unit = rng.below(units);
    }
    let Some(host) = host_for(state, rng, unit) else { return false };
    let Some(start) = start_for(state, rng, unit, host) else { return false };
    force(state, rng, unit, (host, start)) && rehome(state, rng, None)
}

fn relocate(state: &mut State<'_>, rng: &mut Rng) -> bool {
    let Some(number) = rng.pick(&state.movable) else { return false };
    let visit = state.visit(number);
    let (unit, (host, start)) = (visit.unit, visit.spot);
    let spot = match rng.below(10) {
        0..2 if state.board.span > 1 => nearby(state, rng, start).map(|start| (host, start)),
        0..4 => start_for(state, rng, unit, host).map(|start| (host, start)),
        4..8 => host_for(state, rng, unit).map(|host| (host, start)),
        _ => host_for(state, rng, unit)
            .and_then(|host| start_for(state, rng, unit, host).map(|start| (host, start))),
    };
    let Some(spot) = spot.filter(|spot| *spot != visit.spot) else { return false };
    state.remove(number);
    force(state, rng, unit, spot) && rehome(state, rng, Some(visit.spot))
}

/// Two visits change their hosts, their times, or both.
fn exchange(state: &mut State<'_>, rng: &mut Rng) -> bool {
    let (Some(one), Some(two)) = (rng.pick(&state.movable), rng.pick(&state.movable)) else { return false };
    let (one, two) = (state.visit(one), state.visit(two));
    if one.unit == two.unit || one.spot == two.spot {
        return false;
    }
    let ((host_one, start_one), (host_two, start_two)) = (one.spot, two.spot);
    let (spot_one, spot_two) = match rng.below(3) {
        0 => ((host_two, start_one), (host_one, start_two)),
        1 => ((host_one, start_two), (host_two, start_one)),
        _ => (two.spot, one.spot),
    };
    if spot_one == one.spot || !state.board.open(one.unit, spot_one) || !state.board.open(two.unit, spot_two)
    {
        return false;
    }
    for visit in [one, two] {
        let number = state.of_unit[visit.unit].iter().find(|number| state.visit(**number).spot == visit.spot);
        let Some(number) = number.copied() else { return false };
        state.remove(number);
    }
    for (unit, spot) in [(one.unit, spot_one), (two.unit, spot_two)] {
        if !state.fits(unit, spot) {
            return false;
        }
        state.add(unit, spot, false);
    }
    true
}

/// A host for a unit, often one that is wished.
fn host_for(state: &State<'_>, rng: &mut Rng, unit: usize) -> Option<usize> {
    let of = &state.board.units[unit];
    if rng.chance(1, 3) && !of.wished.is_empty() { rng.pick(&of.wished) } else { rng.pick(&of.hosts) }
}

/// A slot in which the unit may begin and the host is open.
fn start_for(state: &State<'_>, rng: &mut Rng, unit: usize, host: usize) -> Option<usize> {
    let board = state.board;
    for _ in 0..4 {
        let start = rng.pick(&board.units[unit].starts)?;
        if board.host_open[host * board.slots + start] {
            return Some(start);
        }
    }
    None
}

/// A slot a little earlier or later: long visits close gaps that way.
fn nearby(state: &State<'_>, rng: &mut Rng, start: usize) -> Option<usize> {
    let distance = 1 + rng.below(state.board.span);
    let moved = if rng.chance(1, 2) { start.checked_sub(distance) } else { Some(start + distance) };
    moved.filter(|start| *start < state.board.slots)
}

/// Places a visit and pushes out what is in its way.
fn force(state: &mut State<'_>, rng: &mut Rng, unit: usize, spot: Spot) -> bool {
    let board = state.board;
    if !board.open(unit, spot) || board.most == 0 {
        return false;
    }
    let (host, start) = spot;
    let before = state.log.len();
    while let Some(near) = state.of_unit[unit].iter().copied().find(|number| state.too_near(*number, start)) {
        if !eject(state, near, before) {
            return false;
        }
    }
    while state.of_unit[unit].len() >= board.most {
        let Some(own) = rng.pick(&state.of_unit[unit]) else { return false };
        if !eject(state, own, before) {
            return false;
        }
    }
    let of = &board.units[unit];
    for slot in start..start + board.span {
        while state.host_full(host, slot, of.members.len() as i32) {
            let Some(guest) = rng.pick(&state.guest_visits[host * board.slots + slot]) else { return false };
            if !eject(state, guest, before) {
                return false;
            }
        }
        for &(home, size) in &of.homes {
            while state.home_bare(home, slot, size) {
                let Some(away) = rng.pick(&state.away_visits[home * board.slots + slot]) else {
                    return false;
                };
                if !eject(state, away, before) {
                    return false;
                }
            }
        }
    }
    state.add(unit, spot, false);
    true
}

fn eject(state: &mut State<'_>, number: usize, before: usize) -> bool {
    if state.visit(number).pinned || state.log.len() - before >= MOST_EJECTED {
        return false;
    }
    state.remove(number);
    true
}

/// Looks for other spots for the visits that were pushed out: the one that was left, then another time with the same host,
/// then anywhere. What finds none stays out; the score says whether that is worth it.
fn rehome(state: &mut State<'_>, rng: &mut Rng, left: Option<Spot>) -> bool {
    // The first step of a log with a spot that was left is that leaving itself.
    let first = usize::from(left.is_some());
    for at in first..state.log.len() {
        let Some(Step::Removed(unit, (host, start))) = state.log.get(at).copied() else { continue };
        let near_left = left.into_iter().flat_map(|(other, at)| [(other, at), (host, at), (other, start)]);
        let mut found = near_left.filter(|spot| *spot != (host, start)).find(|spot| state.fits(unit, *spot));
        for attempt in 0..REHOME_TRIES {
            if found.is_some() {
                break;
            }
            let host = if attempt < 4 { Some(host) } else { host_for(state, rng, unit) };
            let spot = host.and_then(|host| start_for(state, rng, unit, host).map(|start| (host, start)));
            found = spot.filter(|spot| state.fits(unit, *spot));
        }
        if let Some(spot) = found {
            state.add(unit, spot, false);
        }
    }
    true
}
