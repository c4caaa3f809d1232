//! The soft rules.

use super::{Match, RuleScore, SoftRule};
use crate::model::{Instance, Length, Placement};

pub(super) fn rules(instance: &Instance, placements: &[Placement]) -> Vec<RuleScore> {
    let weights = &instance.program.weights;
    vec![
        score(SoftRule::Coverage, weights.coverage, coverage(instance, placements)),
        score(SoftRule::Fairness, weights.fairness, fairness(instance, placements)),
        score(SoftRule::Wishes, weights.wish, wishes(instance, placements)),
        score(SoftRule::Spread, weights.spread, spread(instance, placements)),
        score(SoftRule::Repeat, weights.repeat, repeat(instance, placements)),
        score(SoftRule::Stability, weights.stability, stability(instance, placements)),
    ]
}

fn score(rule: SoftRule, weight: u32, matches: Vec<Match>) -> RuleScore {
    let weight = i64::from(weight);
    let amount = matches.iter().map(Match::amount).sum();
    RuleScore { rule, weight, amount, score: weight * amount, matches }
}

impl Match {
    /// How many units of its rule this is.
    pub fn amount(&self) -> i64 {
        match self {
            Self::Cell { missing, .. } => i64::from(*missing),
            Self::Visits { visits, due, .. } => (i64::from(*visits) - i64::from(*due)).pow(2),
            Self::Wish { strength, .. } => i64::from(*strength),
            Self::Crowd { away, share, .. } => i64::from(*away) - i64::from(*share),
            Self::Again { times, .. } => i64::from(*times),
            Self::Withdrawn { .. } | Self::New { .. } => 1,
        }
    }
}

/// A cell counts when somebody of the home takes part.
fn coverage(instance: &Instance, placements: &[Placement]) -> Vec<Match> {
    let mut matches = Vec::new();
    for (home, department) in instance.departments.iter().enumerate() {
        if !instance.people.iter().any(|person| person.home == home && person.joins) {
            continue;
        }
        for host in 0..instance.departments.len() {
            if !instance.program.allowed.contains(&(home, host)) {
                continue;
            }
            let walked = department.walked.iter().filter(|(to, _)| *to == host);
            let earlier = walked.fold(0_u32, |sum, (_, visits)| sum.saturating_add(*visits));
            let now = placements
                .iter()
                .filter(|placement| placement.host == host && instance.people[placement.person].home == home);
            let missing =
                instance.program.cell_target.saturating_sub(earlier.saturating_add(now.count() as u32));
            if missing > 0 {
                matches.push(Match::Cell { home, host, missing });
            }
        }
    }
    matches
}

fn fairness(instance: &Instance, placements: &[Placement]) -> Vec<Match> {
    let due = instance.program.due;
    let joining = instance.people.iter().enumerate().filter(|(_, person)| person.joins);
    let visits = joining.map(|(person, _)| {
        let visits = placements.iter().filter(|placement| placement.person == person).count() as u32;
        Match::Visits { person, visits, due }
    });
    visits.filter(|found| found.amount() > 0).collect()
}

fn wishes(instance: &Instance, placements: &[Placement]) -> Vec<Match> {
    let mut matches = Vec::new();
    for (number, person) in instance.people.iter().enumerate().filter(|(_, person)| person.joins) {
        for wish in &person.wishes {
            let true_now =
                placements.iter().any(|placement| placement.person == number && placement.host == wish.host);
            if !true_now {
                matches.push(Match::Wish { person: number, host: wish.host, strength: wish.strength });
            }
        }
    }
    matches
}

/// The even share of a department: what is due to its people, laid evenly over the weeks (or parts of weeks) in which it may
/// send, rounded up and at least one person.
fn share(instance: &Instance, home: usize) -> u32 {
    let (program, department) = (&instance.program, &instance.departments[home]);
    let joining = instance.people.iter().filter(|person| person.home == home && person.joins).count() as u32;
    let weeks_each = match program.length {
        Length::Weeks(weeks) => weeks,
        Length::Days(_) => 1,
    };
    let shut = |week: &u32| {
        let lists = [&program.closed, &department.peaks, &department.no_sending];
        lists.into_iter().flatten().any(|weeks| weeks.contains(*week))
    };
    let open = (0..program.weeks).filter(|week| !shut(week)).count() as u32 * program.parts();
    (joining * program.due * weeks_each).div_ceil(open.max(1)).max(1)
}

fn spread(instance: &Instance, placements: &[Placement]) -> Vec<Match> {
    let program = &instance.program;
    let mut matches = Vec::new();
    for home in 0..instance.departments.len() {
        let share = share(instance, home);
        let own: Vec<&Placement> =
            placements.iter().filter(|placement| instance.people[placement.person].home == home).collect();
        for week in 0..program.weeks {
            for part in 0..program.parts() {
                let away = own.iter().filter(|placement| {
                    placement.part == part && program.weeks_of(placement.week).contains(&week)
                });
                let away = away.count() as u32;
                if away > share {
                    matches.push(Match::Crowd { home, week, part, away, share });
                }
            }
        }
    }
    matches
}

fn repeat(instance: &Instance, placements: &[Placement]) -> Vec<Match> {
    let mut matches = Vec::new();
    for (number, person) in instance.people.iter().enumerate() {
        let own: Vec<&Placement> = placements.iter().filter(|placement| placement.person == number).collect();
        for host in 0..instance.departments.len() {
            let visits = own.iter().filter(|placement| placement.host == host).count() as u32;
            let fresh = u32::from(!person.been.contains(&host));
            let times = visits.saturating_sub(fresh);
            if times > 0 {
                matches.push(Match::Again { person: number, host, times });
            }
        }
    }
    matches
}

fn stability(instance: &Instance, placements: &[Placement]) -> Vec<Match> {
    let Some(told) = &instance.told else { return Vec::new() };
    let withdrawn = told.placements.iter().filter(|placement| !placements.contains(placement));
    let new = placements.iter().filter(|placement| {
        placement.week < told.until
            && !told.free.contains(&placement.person)
            && !told.placements.contains(placement)
            && !instance.pinned.contains(placement)
    });
    let withdrawn = withdrawn.map(|placement| Match::Withdrawn { placement: *placement });
    withdrawn.chain(new.map(|placement| Match::New { placement: *placement })).collect()
}
