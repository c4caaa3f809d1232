//! What happened to each order line, day by day: chance from a seed, bent by the story.

use std::cell::Cell;

use plaza_domain::day::{Calendar, Day};

use super::catalogue::{CUSTOMERS, Group, PRODUCTS, is_south};
use super::{EXPORTS, LINES_A_WEEK};

/// A small deterministic generator (SplitMix64, Steele, Lea and Flood 2014), so that one seed is one company.
pub(super) struct Chance(Cell<u64>);

impl Chance {
    pub(super) const fn new(seed: u64) -> Self {
        Self(Cell::new(seed))
    }

    fn next(&self) -> u64 {
        self.0.set(self.0.get().wrapping_add(0x9E37_79B9_7F4A_7C15));
        let mut z = self.0.get();
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Evenly from 0 to `below − 1`.
    pub(super) fn below(&self, below: u32) -> u32 {
        (((self.next() >> 32) * u64::from(below)) >> 32) as u32
    }

    /// True `per_mille` times in a thousand.
    pub(super) fn happens(&self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// One of the weighted places.
    fn weighted(&self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let mut drawn = self.below(weights.clone().sum());
        for (place, weight) in weights.enumerate() {
            if drawn < weight {
                return place;
            }
            drawn -= weight;
        }
        0
    }

    /// Days by which a leg misses its standard: mostly none, sometimes a day or two, seldom a week.
    fn slip(&self, slow_per_mille: u32) -> i32 {
        if self.happens(slow_per_mille) { 1 + self.below(4) as i32 } else { -i32::from(self.happens(300)) }
    }
}

/// A shipment of a line or of a part of it.
#[derive(Clone, Debug)]
pub(super) struct Shipment {
    pub(super) quantity: u32,
    pub(super) shipped: Day,
    pub(super) delivered: Day,
    /// The date that was keyed first (on that very day), and the day on which it was put right.
    pub(super) keyed_wrong: Option<(Day, Day)>,
}

/// One order line with all that ever happened to it.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) order: u32,
    pub(super) line: u32,
    pub(super) customer: usize,
    pub(super) product: usize,
    pub(super) quantity: u32,
    pub(super) ordered: Day,
    pub(super) requested: Day,
    pub(super) promised: Day,
    pub(super) agreed: Option<(Day, Day)>,
    pub(super) confirmed: Day,
    pub(super) cancelled: Option<Day>,
    pub(super) produced: Day,
    pub(super) shipments: Vec<Shipment>,
    pub(super) short: bool,
    pub(super) invoiced: Day,
    pub(super) paid: Day,
    pub(super) credited: Option<(Day, &'static str)>,
    pub(super) returned: Option<(Day, &'static str)>,
    /// A row that a person mistyped: it waits in quarantine.
    pub(super) mistyped: Option<Mistake>,
}

/// What a person mistyped in the order's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    /// The order date is missing; put right with the next change.
    NoOrderDate,
    /// The promised year is a century off.
    WrongCentury,
    /// A status that nobody knows.
    UnknownStatus,
}

/// The whole history, in order of the day ordered. `last` is the Monday of the last export.
pub(super) fn history(seed: u64, last: Day, calendar: &Calendar) -> Vec<Line> {
    let chance = Chance::new(seed);
    let mut lines = Vec::new();
    let mut order = 240_117;
    for week_ago in (0..EXPORTS).rev() {
        let monday = last.plus(-7 * (week_ago + 1));
        let wanted = orders_in(monday, &chance);
        let mut made = 0;
        while made < wanted {
            let day = monday.plus(chance.below(5) as i32);
            if calendar.count(day.plus(-1), day) == 0 {
                made += 1;
                continue;
            }
            order += 1 + chance.below(3);
            let customer = chance.weighted(CUSTOMERS.iter().map(|(_, weight)| *weight));
            for line in 1..=(1 + chance.below(3)) {
                lines.push(Teller { chance: &chance, calendar, last }.line(order, line, customer, day));
                made += 1;
            }
        }
    }
    lines.sort_by_key(|line| (line.ordered, line.order, line.line));
    lines
}

/// Order lines wanted in a week: a little up and down, few around the turn of the year, fewer in August.
fn orders_in(monday: Day, chance: &Chance) -> u32 {
    let around = LINES_A_WEEK - 18 + chance.below(37);
    let holidays_between = (0..7).any(|after| {
        matches!(monday.plus(after).to_date().format("%m-%d").to_string().as_str(), "12-27" | "12-28")
    });
    let august = monday.to_date().format("%m").to_string() == "08";
    if holidays_between {
        3
    } else if august {
        around * 7 / 10
    } else {
        around
    }
}

struct Teller<'a> {
    chance: &'a Chance,
    calendar: &'a Calendar,
    last: Day,
}

impl Teller<'_> {
    fn weeks_ago(&self, day: Day) -> i32 {
        self.last.week().0 - day.week().0
    }

    fn after(&self, day: Day, working_days: i32) -> Day {
        let moved = self.calendar.add(day, working_days.max(0));
        // The house ships, produces and invoices on working days only.
        if self.calendar.count(moved.plus(-1), moved) == 0 { self.calendar.add(moved, 1) } else { moved }
    }

    fn line(&self, order: u32, line: u32, customer: usize, ordered: Day) -> Line {
        let product = self.chance.weighted(PRODUCTS.iter().map(|product| product.weight));
        let group = PRODUCTS[product].group;
        let standard = group.standard();
        let quantity = match group {
            Group::Spares => 1 + self.chance.below(40),
            Group::Aurora => 1 + self.chance.below(12),
            Group::Borealis | Group::Custom => 1 + self.chance.below(3),
        };
        let confirmed = self.after(ordered, standard[0] + self.chance.slip(60).min(2));
        let plan: i32 = standard[..4].iter().sum();
        let promised = self.promise(ordered, group, plan);
        let requested = promised.plus(-(self.chance.below(4) as i32));
        let produced = self.produced(confirmed, group, standard[1]);
        let shipments = self.shipments(produced, customer, quantity, [standard[2], standard[3]]);
        let short = shipments.iter().map(|shipment| shipment.quantity).sum::<u32>() < quantity;
        let delivered = shipments.iter().map(|shipment| shipment.delivered).max().unwrap_or(produced);
        let invoice_slip = if self.chance.happens(22) { 4 + self.chance.below(6) as i32 } else { 0 };
        let invoiced = self.after(delivered, self.chance.below(3) as i32 + invoice_slip);
        let paid = self.after(invoiced, 14 + self.chance.below(20) as i32);
        let cancelled =
            self.chance.happens(18).then(|| self.after(confirmed, 1 + self.chance.below(4) as i32));
        Line {
            order,
            line,
            customer,
            product,
            quantity,
            ordered,
            requested,
            promised,
            agreed: self.agreed(promised, delivered),
            confirmed,
            cancelled,
            produced,
            shipments,
            short,
            invoiced,
            paid,
            credited: self.credit(invoiced),
            returned: self.return_of(delivered, group),
            mistyped: self.mistake(),
        }
    }

    /// The plan and a day or two of air; in the campaign less than the plan.
    fn promise(&self, ordered: Day, group: Group, plan: i32) -> Day {
        let campaign = (34..=40).contains(&self.weeks_ago(ordered)) && group == Group::Aurora;
        let air = if campaign {
            -4
        } else if self.chance.happens(55) {
            -1
        } else {
            2 + self.chance.below(3) as i32
        };
        self.after(ordered, plan + air)
    }

    fn produced(&self, confirmed: Day, group: Group, standard: i32) -> Day {
        let bottleneck = self.weeks_ago(confirmed) <= 15 && matches!(group, Group::Borealis | Group::Custom);
        let slow = if group == Group::Spares { 25 } else { 130 };
        let queue = if bottleneck { 2 + self.chance.below(5) as i32 } else { 0 };
        let broken = if self.chance.happens(18) { 5 + self.chance.below(6) as i32 } else { 0 };
        self.after(confirmed, standard + self.chance.slip(slow) + queue + broken)
    }

    fn shipments(&self, produced: Day, customer: usize, quantity: u32, standard: [i32; 2]) -> Vec<Shipment> {
        let new_carrier = self.weeks_ago(produced) <= 26;
        let slow = if is_south(customer) && !new_carrier { 330 } else { 90 };
        let split = quantity > 4 && self.chance.happens(70);
        let lost = if self.chance.happens(9) && quantity > 1 { 1 } else { 0 };
        let first = if split { quantity / 2 } else { quantity - lost };
        let mut shipments = Vec::with_capacity(2);
        let shipped = self.after(produced, standard[0] + self.chance.slip(70));
        shipments.push(self.shipment(first, shipped, standard[1], slow));
        if split {
            let later = self.after(shipped, 1 + self.chance.below(4) as i32);
            shipments.push(self.shipment(quantity - first - lost, later, standard[1], slow));
        }
        shipments
    }

    fn shipment(&self, quantity: u32, shipped: Day, standard: i32, slow: u32) -> Shipment {
        let delivered = self.after(shipped, standard + self.chance.slip(slow));
        Shipment { quantity, shipped, delivered, keyed_wrong: self.keyed_wrong(delivered) }
    }

    /// 20 weeks ago two days' delivery slips were dated with the day they were typed in; a Tuesday's slips of the
    /// week before last likewise, put right just before the last export.
    fn keyed_wrong(&self, delivered: Day) -> Option<(Day, Day)> {
        match (self.weeks_ago(delivered), delivered.weekday()) {
            (20, 1 | 2) => Some((delivered.plus(6), delivered.plus(20))),
            (2, 1) if self.chance.happens(450) => Some((delivered.plus(3), self.last.plus(-1))),
            _ => None,
        }
    }

    fn agreed(&self, promised: Day, delivered: Day) -> Option<(Day, Day)> {
        (delivered > promised && self.chance.happens(250)).then(|| (delivered, promised.plus(-1)))
    }

    fn credit(&self, invoiced: Day) -> Option<(Day, &'static str)> {
        self.chance.happens(11).then(|| {
            let reason = if self.chance.happens(600) { "wrong invoice" } else { "goodwill" };
            (self.after(invoiced, 3 + self.chance.below(12) as i32), reason)
        })
    }

    fn return_of(&self, delivered: Day, group: Group) -> Option<(Day, &'static str)> {
        let often = if group == Group::Spares { 26 } else { 17 };
        self.chance.happens(often).then(|| {
            let reason = match self.chance.below(10) {
                0..=3 => "defect",
                4..=6 => "transport damage",
                7 | 8 => "wrong item ordered",
                _ => "wrong item picked",
            };
            (self.after(delivered, 2 + self.chance.below(14) as i32), reason)
        })
    }

    fn mistake(&self) -> Option<Mistake> {
        match self.chance.below(900) {
            0 | 1 => Some(Mistake::NoOrderDate),
            2 => Some(Mistake::WrongCentury),
            3 => Some(Mistake::UnknownStatus),
            _ => None,
        }
    }
}
