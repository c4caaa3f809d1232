//! Where the possibilities of a pair go.

use serde::{Deserialize, Serialize};

use crate::check::{Breach, standing};
use crate::model::{Instance, Length, Placement, Visitor};

/// What takes a possibility away, in the order in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// The person does not take part.
    DoesNotJoin,
    /// The home may not visit this host.
    NotAllowed,
    /// The visit would go beyond the planned weeks.
    BeyondPlan,
    /// No new visit begins so early.
    TooEarly,
    /// Nobody visits anybody then.
    Closed,
    /// The host's peak.
    HostPeak,
    /// The host does not host then.
    HostShut,
    /// The host takes nobody then, or pinned visitors take all places.
    HostFull,
    /// The home's peak.
    HomePeak,
    /// The home does not send then.
    HomeShut,
    /// The home needs everybody who is there.
    HomeCover,
    /// The person is absent.
    Absent,
    /// The person may make no further visit.
    Most,
    /// A pinned visit of the person stands in the way.
    Pinned,
    /// Not with their buddies: one of them cannot go, or there is no room for all.
    Buddy,
}

/// How many possibilities were lost to what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// To what: the first reason of each possibility.
    pub to: Loss,
    /// How many.
    pub spots: u32,
}

/// A pair that must happen, in counts. The lost and the left ones sum up to all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MustCount {
    /// Its number in the program.
    pub must: usize,
    /// How many visits are asked for.
    pub least: u32,
    /// All possibilities: person-weeks, each person with each week (or part of one) in which a visit could begin.
    pub spots: u32,
    /// Those that are lost, by reason; only reasons that there are.
    pub lost: Vec<Lost>,
    /// Those that are left, each for itself.
    pub left: u32,
    /// How many visits there can be at most: what is left, limited by the host's places, the home's cover and how often one
    /// person may go. There may be fewer.
    pub at_most: u32,
}

pub(super) fn count(instance: &Instance, number: usize) -> MustCount {
    let (program, must) = (&instance.program, &instance.program.must[number]);
    let mut counted = [0_u32; ALL.len()];
    let mut left: Vec<Placement> = Vec::new();
    let mut spots = 0;
    for (person, of) in instance.people.iter().enumerate() {
        let visits = match must.visitor {
            Visitor::Person(visitor) => visitor == person,
            Visitor::Department(home) => of.home == home,
        };
        if !visits {
            continue;
        }
        let weeks = (0..program.weeks).filter(|week| must.weeks.is_none_or(|weeks| weeks.contains(*week)));
        for (week, part) in weeks.flat_map(|week| (0..program.parts()).map(move |part| (week, part))) {
            let spot = Placement { person, host: must.host, week, part };
            spots += 1;
            match loss(instance, spot) {
                Some(loss) => counted[loss as usize] += 1,
                None => left.push(spot),
            }
        }
    }
    let lost = ALL.into_iter().map(|to| Lost { to, spots: counted[to as usize] });
    MustCount {
        must: number,
        least: must.least,
        spots,
        lost: lost.filter(|lost| lost.spots > 0).collect(),
        at_most: at_most(instance, &left),
        left: left.len() as u32,
    }
}

const ALL: [Loss; 15] = [
    Loss::DoesNotJoin,
    Loss::NotAllowed,
    Loss::BeyondPlan,
    Loss::TooEarly,
    Loss::Closed,
    Loss::HostPeak,
    Loss::HostShut,
    Loss::HostFull,
    Loss::HomePeak,
    Loss::HomeShut,
    Loss::HomeCover,
    Loss::Absent,
    Loss::Most,
    Loss::Pinned,
    Loss::Buddy,
];

/// The first reason why a placement, beside the pinned ones, cannot be; none when it can or is pinned itself.
fn loss(instance: &Instance, spot: Placement) -> Option<Loss> {
    if instance.pinned.contains(&spot) {
        return None;
    }
    let first = |placements: &[Placement]| with_pins(instance, placements).iter().filter_map(reason).min();
    let alone = first(&[spot]);
    if alone.is_some() {
        return alone;
    }
    let group = instance.buddies.iter().find(|group| group.contains(&spot.person))?;
    let all: Vec<Placement> = group.iter().map(|person| Placement { person: *person, ..spot }).collect();
    first(&all).map(|_| Loss::Buddy)
}

/// What placements break beside the pinned ones. Of those only they matter that fall into the same weeks or are of the
/// same people.
fn with_pins(instance: &Instance, placements: &[Placement]) -> Vec<Breach> {
    let program = &instance.program;
    let near = instance.pinned.iter().filter(|pin| {
        placements.iter().any(|spot| {
            let (weeks, pinned) = (program.weeks_of(spot.week), program.weeks_of(pin.week));
            spot.person == pin.person || (pinned.start < weeks.end && weeks.start < pinned.end)
        })
    });
    let all: Vec<Placement> = placements.iter().chain(near).copied().collect();
    standing(instance, &all)
}

/// Pins are sound among themselves, so what is broken is broken by the placements that are tried.
fn reason(breach: &Breach) -> Option<Loss> {
    match breach {
        Breach::DoesNotJoin { .. } => Some(Loss::DoesNotJoin),
        Breach::NotAllowed { .. } => Some(Loss::NotAllowed),
        Breach::Unknown { .. } | Breach::Outside { .. } => Some(Loss::BeyondPlan),
        Breach::TooEarly { .. } => Some(Loss::TooEarly),
        Breach::Closed { .. } => Some(Loss::Closed),
        Breach::HostShut { peak: true, .. } => Some(Loss::HostPeak),
        Breach::HostShut { .. } => Some(Loss::HostShut),
        Breach::HostFull { .. } => Some(Loss::HostFull),
        Breach::HomeShut { peak: true, .. } => Some(Loss::HomePeak),
        Breach::HomeShut { .. } => Some(Loss::HomeShut),
        Breach::HomeBare { .. } => Some(Loss::HomeCover),
        Breach::Absent { .. } => Some(Loss::Absent),
        Breach::TooMany { .. } => Some(Loss::Most),
        Breach::Overlap { .. } | Breach::Period { .. } => Some(Loss::Pinned),
        // Buddies are looked at together.
        Breach::BuddyMissing { .. } | Breach::PinMissing { .. } | Breach::MustUnmet { .. } => None,
    }
}

/// How many of these placements there can be at once at most, by counting.
fn at_most(instance: &Instance, left: &[Placement]) -> u32 {
    let program = &instance.program;
    let mut by_person = 0;
    for person in 0..instance.people.len() {
        let own = left.iter().filter(|spot| spot.person == person);
        let mut periods: Vec<u32> = own.map(|spot| spot.week / program.period_weeks).collect();
        periods.dedup();
        by_person += program.most.min(periods.len() as u32);
    }
    let span = match program.length {
        Length::Weeks(weeks) => weeks,
        Length::Days(_) => 1,
    };
    let mut moments: Vec<(u32, u32)> =
        left.iter().flat_map(|spot| program.weeks_of(spot.week).map(|week| (week, spot.part))).collect();
    moments.sort_unstable();
    moments.dedup();
    let Some(first) = left.first() else { return 0 };
    let (host, home) = (&instance.departments[first.host], instance.people[first.person].home);
    let (mut places, mut spared) = (0_u32, 0_u32);
    for (week, part) in &moments {
        let other = host.capacity_in.iter().rev().find(|capacity| capacity.weeks.contains(*week));
        places = places.saturating_add(other.map_or(host.capacity, |capacity| capacity.visitors));
        let there =
            instance.people.iter().filter(|person| person.home == home && !person.is_absent(*week, *part));
        spared += (there.count() as u32).saturating_sub(instance.departments[home].cover);
    }
    by_person.min(places / span).min(spared / span)
}
