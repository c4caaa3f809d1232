//! What is added up for one KPI and one week. Tallies form a commutative group: the contribution of an order is
//! added when it comes and subtracted when it changes, and the result is that of counting everything anew.

use std::collections::BTreeMap;

use super::{Basis, KpiKind};
use crate::day::{Day, Week};
use crate::journey::split::MILLION;
use crate::journey::{MILESTONES, PerMilestone, PerSeat};
use crate::record::{push_varint, read_varint, unzigzag, zigzag};

/// How many were counted on time, in full and both, at one level (lines, orders or quantity).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// How many are measured: lines, orders, or thousandths of a unit ordered.
    pub n: i64,
    /// On or before the date. Quantity: of lines that were.
    pub on_time: i64,
    /// In full, whenever. Quantity: what arrived, at most what was ordered.
    pub in_full: i64,
    /// Both. Quantity: what had arrived by the date.
    pub on_time_in_full: i64,
}

/// What is shown beside *Promise kept* for one of the customer's dates: the same journeys, measured against it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Order lines.
    pub line: Level,
    /// Orders: all of the order's lines of this week together.
    pub order: Level,
    /// Quantity, thousandths.
    pub quantity: Level,
    /// Lines delivered before the date.
    pub early: i64,
}

/// Sums for one KPI and one week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Journeys counted. *Late backlog*: late ones open at the week's end.
    pub n: i64,
    /// Journeys kept (percent KPIs); days (the others).
    pub numerator: i64,
    /// Journeys still undecided, outside `n`; they make the week provisional.
    pub pending: i64,
    /// Cancelled journeys, outside `n`.
    pub cancelled: i64,
    /// Journeys without a promised date, outside `n`, in the week they were ordered (*Promise kept*) or
    /// confirmed (*Promise realism*).
    pub without_promise: i64,
    /// Journeys counted as kept whose window (returns, credits) is still open; they make the week provisional.
    pub unsettled: i64,
    /// Total days late of the missed journeys (*Promise kept*).
    pub late_days: i64,
    /// Each department's part: of the misses, in millionths of a journey (percent KPIs, `(n − numerator)` million
    /// in all); of the days, in millionths of a day (the others, `numerator` million in all).
    pub parts: PerSeat<i64>,
    /// Each department's late days in millionths of a day (*Promise kept*, `late_days` million in all).
    pub late_micro_days: PerSeat<i64>,
    /// Days of each leg: taken (*Order to cash*, `numerator` in all), planned (*Promise realism*).
    pub leg_days: PerMilestone<i64>,
    /// On time and in full against each date (*Promise kept*), by [`Basis::index`].
    pub beside: [Beside; 3],
}

/// An exact fraction; floats are only for drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Above the line.
    pub numerator: i64,
    /// Below it, positive.
    pub denominator: i64,
}

impl Rate {
    /// For drawing.
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

/// A week with fewer journeys is marked.
pub const SMALL_N: i64 = 5;

/// How many numbers a tally has.
const CELLS: usize = 7 + 8 + 8 + MILESTONES + 3 * 13;

impl Tally {
    /// Every number, in a fixed order: the one list of them that adding and encoding share.
    fn visit(&mut self, mut cell: impl FnMut(&mut i64)) {
        [
            &mut self.n,
            &mut self.numerator,
            &mut self.pending,
            &mut self.cancelled,
            &mut self.without_promise,
            &mut self.unsettled,
            &mut self.late_days,
        ]
        .into_iter()
        .chain(&mut self.parts)
        .chain(&mut self.late_micro_days)
        .chain(&mut self.leg_days.0)
        .for_each(&mut cell);
        for beside in &mut self.beside {
            for level in [&mut beside.line, &mut beside.order, &mut beside.quantity] {
                [&mut level.n, &mut level.on_time, &mut level.in_full, &mut level.on_time_in_full]
                    .into_iter()
                    .for_each(&mut cell);
            }
            cell(&mut beside.early);
        }
    }

    fn cells(&self) -> [i64; CELLS] {
        let (mut cells, mut next) = ([0; CELLS], 0);
        (*self).clone().visit(|cell| {
            cells[next] = *cell;
            next += 1;
        });
        cells
    }

    fn combine(&mut self, other: &Self, with: impl Fn(i64, i64) -> i64) {
        let (cells, mut next) = (other.cells(), 0);
        self.visit(|cell| {
            *cell = with(*cell, cells[next]);
            next += 1;
        });
    }

    /// Whether this is an observation of the week on `today`, `first` being the first week for which anything was
    /// promised: the week has begun (the running one is provisional) and something was counted; for *Late backlog*
    /// the week is over, and no late orders at all are the value 0.
    pub fn is_observed(&self, kind: KpiKind, week: Week, first: Week, today: Day) -> bool {
        match kind {
            KpiKind::LateBacklog => first <= week && week < today.week(),
            _ => self.n > 0 && week <= today.week(),
        }
    }

    /// Whether nothing at all was counted: the same as no tally.
    pub fn is_zero(&self) -> bool {
        *self == Self::default()
    }

    /// What the numerator is divided by: the journeys counted; 1 for *Late backlog*, which is a sum.
    pub const fn denominator(&self, kind: KpiKind) -> i64 {
        match kind {
            KpiKind::LateBacklog => 1,
            _ => self.n,
        }
    }

    /// The value in its unit (percent or days). `None` where nothing was counted: the week is absent, neither 0
    /// nor 100; but no late orders at all is a backlog of 0.
    pub fn value(&self, kind: KpiKind) -> Option<Rate> {
        let denominator = self.denominator(kind);
        let unit = if kind.is_percent() { 100 } else { 1 };
        (denominator > 0).then_some(Rate { numerator: self.numerator * unit, denominator })
    }

    /// A department's part of the value in its unit (percentage points or days). Parts add up exactly: to
    /// `100 − value` for percent KPIs, to the value for the others.
    pub fn part(&self, kind: KpiKind, seat: crate::journey::Seat) -> Option<Rate> {
        let denominator = self.denominator(kind);
        let unit = if kind.is_percent() { 100 } else { 1 };
        (denominator > 0).then_some(Rate {
            numerator: self.parts[seat.index()] * unit,
            denominator: denominator * MILLION,
        })
    }

    /// Whether so few journeys were counted that the week is marked *small n*.
    pub const fn is_small(&self) -> bool {
        self.n < SMALL_N
    }

    /// Whether time alone can still change the week's value.
    pub const fn is_provisional(&self) -> bool {
        self.pending > 0 || self.unsettled > 0
    }

    /// What is shown beside for one date.
    pub const fn beside(&self, basis: Basis) -> &Beside {
        &self.beside[basis.index()]
    }

    /// As bytes, to be kept by the store: zeros at the end are left out.
    pub fn to_bytes(&self) -> Vec<u8> {
        let cells = self.cells();
        let used = cells.iter().rposition(|cell| *cell != 0).map_or(0, |last| last + 1);
        let mut bytes = Vec::with_capacity(used * 2);
        cells[..used].iter().for_each(|cell| push_varint(&mut bytes, zigzag(*cell)));
        bytes
    }

    /// A tally from its bytes; `None` where they are damaged.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let (mut tally, mut sound) = (Self::default(), true);
        tally.visit(|cell| {
            if !bytes.is_empty() {
                match read_varint(bytes) {
                    Some((raw, after)) => (*cell, bytes) = (unzigzag(raw), after),
                    None => sound = false,
                }
            }
        });
        (sound && bytes.is_empty()).then_some(tally)
    }
}

impl std::ops::AddAssign<&Self> for Tally {
    fn add_assign(&mut self, other: &Self) {
        // Wrapping keeps this a group even where quantities mistyped by nine digits are summed.
        self.combine(other, i64::wrapping_add);
    }
}

impl std::ops::SubAssign<&Self> for Tally {
    fn sub_assign(&mut self, other: &Self) {
        self.combine(other, i64::wrapping_sub);
    }
}

/// Where contributions go.
pub trait Sink {
    /// The tally of one KPI and week, to be added to.
    fn at(&mut self, kind: KpiKind, week: Week) -> &mut Tally;
}

/// For the few weeks that a change touches.
impl Sink for BTreeMap<(KpiKind, Week), Tally> {
    fn at(&mut self, kind: KpiKind, week: Week) -> &mut Tally {
        self.entry((kind, week)).or_default()
    }
}

/// What one order changes: a handful of weeks, searched one by one, in room that is used again for the next order.
#[derive(Clone, Debug, Default)]
pub struct Few {
    all: Vec<(KpiKind, Week, Tally)>,
}

impl Few {
    /// Hands over what is not nought and forgets everything.
    pub fn drain_changed(&mut self) -> impl Iterator<Item = (KpiKind, Week, Tally)> + '_ {
        self.all.drain(..).filter(|(_, _, tally)| !tally.is_zero())
    }

    /// Whether everything added was taken back.
    pub fn is_zero(&self) -> bool {
        self.all.iter().all(|(_, _, tally)| tally.is_zero())
    }
}

impl Sink for Few {
    fn at(&mut self, kind: KpiKind, week: Week) -> &mut Tally {
        let known = self.all.iter().position(|(of, at, _)| (*of, *at) == (kind, week));
        let place = known.unwrap_or_else(|| {
            self.all.push((kind, week, Tally::default()));
            self.all.len() - 1
        });
        &mut self.all[place].2
    }
}

/// Tallies of all KPIs and weeks, for counting everything: reaching one is an index, not a search.
#[derive(Clone, Debug, Default)]
pub struct Tallies {
    tracks: [Track; KpiKind::ALL.len()],
    /// Weeks so far away that a typing error made them.
    far: BTreeMap<(KpiKind, Week), Tally>,
}

#[derive(Clone, Debug, Default)]
struct Track {
    first: i32,
    weeks: Vec<Tally>,
}

/// Weeks from 1990 to 2089 are kept side by side.
const NEAR_WEEKS: std::ops::Range<i32> = 1_043..6_262;

impl Track {
    fn at(&mut self, week: i32) -> &mut Tally {
        if self.weeks.is_empty() {
            self.first = week;
        }
        if week < self.first {
            // Leave room below, so that weeks met in falling order do not move the rest every time.
            let room = (self.first - week).max(52).min(self.first - NEAR_WEEKS.start);
            self.weeks.splice(..0, std::iter::repeat_n(Tally::default(), room as usize));
            self.first -= room;
        }
        let index = (week - self.first) as usize;
        if index >= self.weeks.len() {
            self.weeks.resize(index + 1, Tally::default());
        }
        &mut self.weeks[index]
    }
}

impl Sink for Tallies {
    fn at(&mut self, kind: KpiKind, week: Week) -> &mut Tally {
        // No journey adds to a measure; it has no track.
        if kind != KpiKind::Measure && NEAR_WEEKS.contains(&week.0) {
            self.tracks[kind as usize].at(week.0)
        } else {
            self.far.at(kind, week)
        }
    }
}

impl Tallies {
    /// The weeks of one KPI that are observed on `today`, in order, with their tallies; see
    /// [`Tally::is_observed`].
    pub fn observed(&self, kind: KpiKind, today: Day) -> Vec<(Week, Tally)> {
        let of = |wanted| self.iter().filter(move |(kind, _, _)| *kind == wanted);
        let Some(first) = of(KpiKind::PromiseKept).map(|(_, week, _)| week).min() else { return Vec::new() };
        let mut weeks: BTreeMap<Week, Tally> = of(kind).map(|(_, week, tally)| (week, *tally)).collect();
        if kind == KpiKind::LateBacklog && NEAR_WEEKS.contains(&first.0) {
            for week in first.0..today.week().0 {
                weeks.entry(Week(week)).or_default();
            }
        }
        weeks.retain(|week, tally| tally.is_observed(kind, *week, first, today));
        weeks.into_iter().collect()
    }

    /// Every tally that is not zero, by KPI and week.
    pub fn iter(&self) -> impl Iterator<Item = (KpiKind, Week, &Tally)> {
        let near = KpiKind::ALL.into_iter().flat_map(|kind| {
            let track = &self.tracks[kind as usize];
            (track.first..).zip(&track.weeks).map(move |(week, tally)| (kind, Week(week), tally))
        });
        near.chain(self.far.iter().map(|((kind, week), tally)| (*kind, *week, tally)))
            .filter(|(_, _, tally)| !tally.is_zero())
    }

    /// Adds other tallies: those of another thread, or of what changed.
    pub fn add(&mut self, other: &Self) {
        other.iter().for_each(|(kind, week, tally)| *self.at(kind, week) += tally);
    }
}
