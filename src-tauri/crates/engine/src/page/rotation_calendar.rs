//! Who is where, week by week: a row for each visitor, and one for each host.

use std::collections::BTreeMap;

use plaza_domain::day::Week;
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{AbsenceNoted, WeekSpan};
use plaza_domain::person::PersonId;
use plaza_domain::rotation::{Rotation, Visit};

use super::rotation::{CalendarCell, CalendarRow, CalendarView, CalendarVisit, CalendarWeek};
use super::rotation_read::Reader;
use crate::error::Result;
use crate::meeting::words::{day as day_words, week as week_words};
use crate::rotation::words;

/// Weeks ahead that a program names: it begins within a year and takes up to two.
const WEEKS_OFFERED: i32 = 53 + 104;

impl Reader<'_> {
    /// The calendar of a rotation.
    pub(super) fn calendar(&self, rotation: &Rotation) -> Result<CalendarView> {
        let program = &rotation.program.what;
        let count = i32::try_from(program.weeks).unwrap_or(0);
        let weeks: Vec<Week> = (0..count).map(|nth| program.first.plus(nth)).collect();
        let absences = self.workspace.view(|view| view.absences())?;
        let mut people: BTreeMap<(&DepartmentId, String, &PersonId), Vec<&Visit>> = BTreeMap::new();
        let mut hosts: BTreeMap<&DepartmentId, Vec<&Visit>> =
            program.pairs.iter().map(|pair| (&pair.host, Vec::new())).collect();
        for visit in rotation.planned() {
            let placed = &visit.placed;
            let key = (&placed.home, self.names.of(&placed.visitor), &placed.visitor);
            people.entry(key).or_default().push(visit);
            hosts.entry(&placed.host).or_default().push(visit);
        }
        let people = people.into_iter().map(|((home, name, person), visits)| CalendarRow {
            id: person.to_string(),
            name,
            department: self.department(home),
            cells: weeks
                .iter()
                .map(|week| self.of_person(rotation, person, &visits, *week, &absences))
                .collect(),
        });
        let hosts = hosts.into_iter().map(|(host, visits)| CalendarRow {
            id: host.to_string(),
            name: self.place(host),
            department: self.department(host),
            cells: weeks.iter().map(|week| self.of_host(rotation, host, &visits, *week)).collect(),
        });
        Ok(CalendarView {
            people: people.collect(),
            hosts: hosts.collect(),
            weeks: weeks.iter().map(|week| self.week(*week)).collect(),
        })
    }

    pub(super) fn week(&self, week: Week) -> CalendarWeek {
        CalendarWeek {
            week: week.to_string(),
            label: week_words(week, self.language),
            monday: week.monday().to_string(),
            is_now: week == self.today.week(),
        }
    }

    /// Weeks to choose among, from one on.
    pub(super) fn weeks_from(&self, first: Week) -> Vec<CalendarWeek> {
        let last = self.today.week().plus(WEEKS_OFFERED);
        (first.0..last.0).map(|week| self.offered(Week(week))).collect()
    }

    /// A week to choose among those of several years.
    fn offered(&self, week: Week) -> CalendarWeek {
        let (words, monday) = (week_words(week, self.language), day_words(week.monday(), self.language));
        CalendarWeek { label: format!("{words} {} · {monday}", week.iso().0), ..self.week(week) }
    }

    fn of_person(
        &self,
        rotation: &Rotation,
        person: &PersonId,
        visits: &[&Visit],
        week: Week,
        absences: &[AbsenceNoted],
    ) -> CalendarCell {
        let own = absences.iter().filter(|absence| absence.person == *person);
        CalendarCell {
            visits: self.touching(visits, week, |visit| {
                (self.place(&visit.placed.host), self.department(&visit.placed.host))
            }),
            is_absent: own.into_iter().any(|one| one.from <= week.sunday() && week.monday() <= one.until),
            is_closed: is_in(&rotation.program.what.closed, week),
        }
    }

    fn of_host(
        &self,
        rotation: &Rotation,
        host: &DepartmentId,
        visits: &[&Visit],
        week: Week,
    ) -> CalendarCell {
        let program = &rotation.program.what;
        let rule = program.departments.iter().find(|rule| rule.department == *host);
        CalendarCell {
            visits: self.touching(visits, week, |visit| {
                (self.names.of(&visit.placed.visitor), self.department(&visit.placed.home))
            }),
            is_absent: false,
            is_closed: is_in(&program.closed, week)
                || rule.is_some_and(|rule| is_in(&rule.peaks, week) || rule.capacity_at(week) == 0),
        }
    }

    /// The visits that touch a week, each called by the other side.
    fn touching(
        &self,
        visits: &[&Visit],
        week: Week,
        other: impl Fn(&Visit) -> (String, Option<super::DepartmentView>),
    ) -> Vec<CalendarVisit> {
        let touching = visits
            .iter()
            .filter(|visit| visit.placed.from <= week.sunday() && week.monday() <= visit.placed.until);
        touching
            .map(|visit| {
                let placed = &visit.placed;
                let (name, department) = other(visit);
                let days = words::days(&self.place(&placed.host), placed.from, placed.until, self.language);
                CalendarVisit {
                    placement: placed.placement.to_string(),
                    name,
                    department,
                    words: format!("{}: {days}", self.names.of(&placed.visitor)),
                }
            })
            .collect()
    }
}

fn is_in(spans: &[WeekSpan], week: Week) -> bool {
    spans.iter().any(|span| span.first <= week && week <= span.last)
}
