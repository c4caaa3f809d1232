//! What happened to each order line, day by day: chance from a seed, bent by the story.

use std::cell::Cell;

use plaza_domain::day::{Calendar, Day, Week};

use super::calendar::{Calendars, quiet_week};
use super::catalogue::{CUSTOMERS, Group, PRODUCTS, is_south};
use super::chance::Chance;
use super::{
    BOTTLENECK_SINCE, CAMPAIGN, CARRIER_SINCE, EXPORTS, LINES_A_DAY, ON_CALL_LINES, TAKEN_OVER_WEEKS,
};

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
#[allow(clippy::struct_field_names)] // a line's number within its order is called so in every system
pub(super) struct Line {
    pub(super) order: u32,
    pub(super) line: u32,
    pub(super) customer: usize,
    pub(super) product: usize,
    pub(super) quantity: u32,
    pub(super) ordered: Day,
    pub(super) requested: Day,
    /// Nothing for orders taken over from the old system: their first promise is not known.
    pub(super) promised: Option<Day>,
    /// The date agreed later, and the day on which the customer was told.
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
    /// What a person mistyped: the row waits in quarantine.
    pub(super) mistake: Option<(Mistake, Day)>,
}

impl Line {
    /// The day on which the last of it arrived.
    pub(super) fn delivered(&self) -> Option<Day> {
        self.shipments.iter().map(|shipment| shipment.delivered).max()
    }
}

/// What a person mistyped; beside it stands the day on which it is put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    /// The order date is missing.
    NoOrderDate,
    /// The promised year is a century off.
    WrongCentury,
    /// A status that nobody knows.
    UnknownStatus,
    /// A production reported for next year.
    ProducedNextYear,
    /// A shipment keyed a second time, under an order that nobody placed.
    StrayShipment,
}

/// Days of a week on which orders come in.
const DAYS: i32 = 5;

/// The whole history, in order of the day ordered. `last` is the Monday of the last export.
pub(super) fn history(seed: u64, last: Day, calendars: &Calendars) -> Vec<Line> {
    let teller = Teller { chance: Chance::new(seed), tested: Cell::new(0), calendars, last };
    let mut lines = Vec::new();
    let mut order = 240_117;
    for weeks_ago in (1..=EXPORTS + TAKEN_OVER_WEEKS).rev() {
        let monday = last.plus(-7 * weeks_ago);
        let quiet = quiet_of(monday.week());
        teller.chance.turn_to(weeks_ago, DAYS, 0);
        let demand = teller.demand(monday);
        for after in 0..DAYS {
            let day = monday.plus(after);
            teller.chance.turn_to(weeks_ago, after, 0);
            let on_call = quiet && is_last_of_december(day);
            let wanted = match (on_call, teller.works_on(day)) {
                (true, _) => ON_CALL_LINES / 2,
                (_, true) => LINES_A_DAY * demand / 1000 + teller.chance.below(7),
                (_, false) => 0,
            };
            let until = lines.len() + wanted as usize;
            for nth in 1.. {
                if lines.len() >= until {
                    break;
                }
                teller.chance.turn_to(weeks_ago, after, nth);
                order += 1 + teller.chance.below(3);
                let customer = teller.chance.weighted(CUSTOMERS.iter().map(|(_, weight)| *weight));
                let in_order = (1 + teller.chance.below(3)).min((until - lines.len()) as u32);
                for line in 1..=in_order {
                    lines.push(if on_call {
                        teller.on_call(order, line, customer, day)
                    } else {
                        teller.line(order, line, customer, day)
                    });
                }
            }
        }
    }
    lines
}

/// Whether this is the week between the years, in which the house is closed.
pub(super) fn quiet_of(week: Week) -> bool {
    let (year, _) = week.iso();
    [year - 1, year].into_iter().any(|year| quiet_week(year) == Some(week))
}

/// The two weekdays between the years on which the on-call service was called: the first ones after Christmas.
fn is_last_of_december(day: Day) -> bool {
    let december = |day: Day| day.to_date().format("%m").to_string() == "12";
    let after_christmas = |day: Day| december(day) && day.to_date().format("%d").to_string().as_str() > "26";
    after_christmas(day) && !(day.weekday() > 1 && after_christmas(day.plus(-2)))
}

/// What leaves production so many working days late goes by express.
const EXPRESS_AFTER_DAYS: i32 = 6;

struct Teller<'a> {
    chance: Chance,
    /// Pumps that came to the test bench since it is the bottleneck.
    tested: Cell<u32>,
    calendars: &'a Calendars,
    last: Day,
}

impl Teller<'_> {
    fn weeks_ago(&self, day: Day) -> i32 {
        self.last.week().0 - day.week().0
    }

    fn works_on(&self, day: Day) -> bool {
        self.calendars.house.count(day.plus(-1), day) > 0
    }

    /// How much is ordered in a week, per mille of an ordinary one: a little up and down, less in August.
    fn demand(&self, monday: Day) -> u32 {
        let around = 920 + self.chance.below(161);
        let is_august = monday.plus(3).to_date().format("%m").to_string() == "08";
        if is_august { around * 4 / 5 } else { around }
    }

    /// The house ships, produces and invoices on working days only.
    fn after(&self, day: Day, working_days: i32) -> Day {
        after(&self.calendars.house, day, working_days)
    }

    fn line(&self, order: u32, line: u32, customer: usize, ordered: Day) -> Line {
        let chance = &self.chance;
        let product = chance.weighted(PRODUCTS.iter().map(|product| product.weight));
        let group = PRODUCTS.get(product).map_or(Group::Spares, |product| product.group);
        let standard = group.standard();
        let quantity = match group {
            Group::Spares | Group::OnCall => 1 + chance.below(40),
            Group::Aurora => 1 + chance.below(12),
            Group::Borealis | Group::Custom => 1 + chance.below(3),
        };
        let slow_desk = if chance.happens(6) { chance.between(3, 5) } else { 0 };
        let confirmed =
            self.after(ordered, standard[0] + chance.days(&[(-1, 40), (0, 890), (1, 70)]) + slow_desk);
        let pace = self.pace(ordered, group);
        let plan: i32 = standard[..4].iter().sum();
        let promised = self.after(ordered, plan + self.air(pace));
        let produced = self.produced(confirmed, group, standard[1], pace);
        let is_express = produced > self.after(confirmed, standard[1] + EXPRESS_AFTER_DAYS);
        let carriage = if is_express { [0, 1] } else { [standard[2], standard[3]] };
        let shipments = self.shipments(produced, customer, quantity, carriage);
        let short = shipments.iter().map(|shipment| shipment.quantity).sum::<u32>() < quantity;
        let delivered = shipments.iter().map(|shipment| shipment.delivered).max().unwrap_or(produced);
        let late_invoice = if chance.happens(9) { chance.between(4, 8) } else { 0 };
        let invoiced = self.after(delivered, chance.between(0, 2) + late_invoice);
        let is_taken_over = self.weeks_ago(ordered) > EXPORTS;
        Line {
            order,
            line,
            customer,
            product,
            quantity,
            ordered,
            requested: promised.plus(-chance.between(0, 3)),
            promised: (!is_taken_over).then_some(promised),
            agreed: (delivered > promised && chance.happens(250)).then(|| (delivered, promised.plus(-1))),
            confirmed,
            cancelled: chance
                .happens(22)
                .then(|| self.after(confirmed, chance.between(1, 4)))
                .filter(|day| *day < produced),
            produced,
            shipments,
            short,
            invoiced,
            paid: self.paid(invoiced),
            credited: self.credit(invoiced),
            returned: self.return_of(delivered, group),
            mistake: self.mistake(ordered),
        }
    }

    /// What the on-call service brings between the years: promised for the next day. One in four comes a day late.
    fn on_call(&self, order: u32, line: u32, customer: usize, ordered: Day) -> Line {
        let late = i32::from(self.chance.happens(250));
        let (quantity, delivered) = (1 + self.chance.below(3), ordered.plus(1 + late));
        let invoiced = self.after(delivered, 1);
        Line {
            order,
            line,
            customer,
            product: PRODUCTS.len() - 1,
            quantity,
            ordered,
            requested: ordered.plus(1),
            promised: (self.weeks_ago(ordered) <= EXPORTS).then_some(ordered.plus(1)),
            agreed: None,
            confirmed: ordered,
            cancelled: None,
            produced: ordered,
            shipments: vec![Shipment { quantity, shipped: ordered, delivered, keyed_wrong: None }],
            short: false,
            invoiced,
            paid: self.paid(invoiced),
            credited: None,
            returned: None,
            mistake: None,
        }
    }

    /// How sales promises: mostly with air; for what is made to order now and then a day sooner than the plan, which
    /// production knows and hurries; in the campaign three or four days sooner, which it cannot make good.
    fn pace(&self, ordered: Day, group: Group) -> Pace {
        let campaign = CAMPAIGN.contains(&self.weeks_ago(ordered)) && group == Group::Aurora;
        if campaign && self.chance.happens(180) {
            Pace::Campaign
        } else if group != Group::Spares && self.chance.happens(240) {
            Pace::Eager
        } else {
            Pace::Usual
        }
    }

    /// Working days between the plan and the promise; negative where the promise is the sooner one.
    fn air(&self, pace: Pace) -> i32 {
        match pace {
            Pace::Usual => self.chance.between(2, 4),
            Pace::Eager => self.chance.days(&[(-1, 800), (-2, 200)]),
            Pace::Campaign => self.chance.between(-4, -3),
        }
    }

    fn produced(&self, confirmed: Day, group: Group, standard: i32, pace: Pace) -> Day {
        let chance = &self.chance;
        let pull = match group {
            Group::Spares | Group::OnCall => chance.days(&[(-1, 400), (0, 600)]),
            Group::Aurora => chance.days(&[(-2, 350), (-1, 350), (0, 260), (1, 40)]),
            Group::Borealis | Group::Custom => {
                chance.days(&[(-3, 250), (-2, 350), (-1, 250), (0, 120), (1, 30)])
            }
        };
        let hurry = if pace == Pace::Eager { -1 } else { 0 };
        let planned = self.after(confirmed, standard);
        let queue = if matches!(group, Group::Borealis | Group::Custom) { self.queue(planned) } else { 0 };
        let broken = if chance.happens(19) { chance.between(5, 9) } else { 0 };
        self.after(confirmed, (standard + pull + hurry).max(0) + queue.max(broken))
    }

    /// Working days in the queue before the test bench: since it is the bottleneck two pumps of five wait two
    /// or three weeks.
    fn queue(&self, planned: Day) -> i32 {
        if self.weeks_ago(planned) > BOTTLENECK_SINCE {
            return 0;
        }
        self.tested.set(self.tested.get() + 1);
        if self.tested.get() % 5 < 2 { self.chance.between(10, 16) } else { 0 }
    }

    fn shipments(&self, produced: Day, customer: usize, quantity: u32, standard: [i32; 2]) -> Vec<Shipment> {
        let chance = &self.chance;
        let is_new_carrier = self.weeks_ago(produced) <= CARRIER_SINCE;
        let slow_per_mille = match (is_south(customer), is_new_carrier) {
            (true, false) => 78,
            (true, true) => 8,
            (false, _) => 7,
        };
        let in_parts = quantity > 4 && chance.happens(60);
        let lost = u32::from(quantity > 1 && chance.happens(4));
        let first = if in_parts { quantity / 2 } else { quantity - lost };
        let slow_dock = if chance.happens(4) { chance.between(3, 5) } else { 0 };
        let shipped =
            self.after(produced, standard[0] + chance.days(&[(-1, 240), (0, 660), (1, 100)]) + slow_dock);
        let mut shipments = vec![self.shipment(first, shipped, standard[1], slow_per_mille)];
        if in_parts {
            let later = self.after(shipped, chance.between(1, 3));
            shipments.push(self.shipment(quantity - first - lost, later, standard[1], slow_per_mille));
        }
        shipments
    }

    fn shipment(&self, quantity: u32, shipped: Day, standard: i32, slow_per_mille: u32) -> Shipment {
        let slow = if self.chance.happens(slow_per_mille) { self.chance.between(4, 8) } else { 0 };
        let delivered =
            self.after(shipped, standard + self.chance.days(&[(-1, 200), (0, 700), (1, 100)]) + slow);
        Shipment { quantity, shipped, delivered, keyed_wrong: None }
    }

    /// Customers pay on the house's working days; some of what would come in after the closing comes during it, for
    /// banks are open.
    fn paid(&self, invoiced: Day) -> Day {
        let paid = self.after(invoiced, self.chance.between(14, 40));
        let closed = paid.week().plus(-1);
        if quiet_of(closed) && self.chance.happens(350) {
            after(&self.calendars.bank, closed.monday(), self.chance.between(0, 4)).min(closed.sunday())
        } else {
            paid
        }
    }

    fn credit(&self, invoiced: Day) -> Option<(Day, &'static str)> {
        match self.chance.below(1000) {
            // A wrong invoice is noticed as soon as it is opened.
            0..=4 => Some((self.after(invoiced, self.chance.between(1, 3)), "wrong invoice")),
            5..=9 => Some((self.after(invoiced, self.chance.between(3, 14)), "goodwill")),
            _ => None,
        }
    }

    fn return_of(&self, delivered: Day, group: Group) -> Option<(Day, &'static str)> {
        let often = if group == Group::Spares { 24 } else { 17 };
        self.chance.happens(often).then(|| {
            let reason = match self.chance.below(10) {
                0..=3 => "defect",
                4..=6 => "transport damage",
                7 | 8 => "wrong item ordered",
                _ => "wrong item picked",
            };
            let noticed = [(0, 120), (1, 220), (2, 220), (3, 160), (5, 120), (8, 100), (13, 60)];
            (self.after(delivered, self.chance.days(&noticed)), reason)
        })
    }

    /// Now and then an order is mistyped and put right within a few days.
    fn mistake(&self, ordered: Day) -> Option<(Mistake, Day)> {
        let mistake = match self.chance.below(1000) {
            0 | 1 => Mistake::NoOrderDate,
            2 => Mistake::WrongCentury,
            3 => Mistake::UnknownStatus,
            _ => return None,
        };
        Some((mistake, self.after(ordered, self.chance.between(2, 4))))
    }
}

/// How soon sales promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    Usual,
    Eager,
    Campaign,
}

/// So many days on, and on to the next day that counts.
fn after(calendar: &Calendar, day: Day, days: i32) -> Day {
    let moved = calendar.add(day, days.max(0));
    if calendar.count(moved.plus(-1), moved) == 0 { calendar.add(moved, 1) } else { moved }
}
