//! Reads rotations for their pages.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use plaza_domain::day::Day;
use plaza_domain::department::{Department, DepartmentId};
use plaza_domain::event::{Placed, RotationId};
use plaza_domain::language::Language;
use plaza_domain::rotation::{Rotation, Standing, Swap, SwapState, Visit};

use super::DepartmentView;
use super::rotation::{
    AbsenceView, DebriefAnswerView, DebriefView, FormerView, Matrix, MatrixCell, MyWishes, PlanView,
    RotationList, RotationPage, RotationRow, SwapView, VisitView, WishForm,
};
use super::said_by::Names;
use super::series::moment;
use crate::error::Result;
use crate::rotation::{Rights, asked_for_agenda, thread_of, waits_for_agenda, words};
use crate::workspace::Workspace;

/// Weeks in which a rotation may begin: a year ahead.
const WEEKS_OFFERED: i32 = 53;

/// What reading goes by, read once for all visits of a page.
pub(super) struct Reader<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) names: Names,
    pub(super) departments: Vec<Department>,
    pub(super) today: Day,
    pub(super) language: Language,
    pub(super) rights: Rights,
    /// When the last meeting ended; read once somebody put a debrief onto an agenda.
    last_meeting: OnceCell<Option<i64>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(workspace: &'a Workspace, language: Language) -> Result<Self> {
        Ok(Self {
            workspace,
            names: Names::read(workspace)?,
            departments: workspace.view(|view| view.departments())?,
            today: workspace.today()?,
            language,
            rights: Rights::read(workspace)?,
            last_meeting: OnceCell::new(),
        })
    }

    pub(super) fn department(&self, id: &DepartmentId) -> Option<DepartmentView> {
        self.departments.iter().find(|known| known.id == *id).map(DepartmentView::from)
    }

    pub(super) fn place(&self, id: &DepartmentId) -> String {
        let known = self.departments.iter().find(|known| known.id == *id);
        known.map_or_else(|| id.to_string(), |known| known.name.clone())
    }

    pub(super) fn visit(&self, rotation: &Rotation, visit: &Visit) -> Result<VisitView> {
        let placed = &visit.placed;
        let (standing, reason) = match &visit.standing {
            Standing::Planned => ("planned", ""),
            Standing::Withdrawn { reason } => ("withdrawn", reason.as_str()),
            Standing::Cancelled { reason } => ("cancelled", reason.as_str()),
        };
        Ok(VisitView {
            rotation: rotation.program.what.rotation.to_string(),
            rotation_name: rotation.program.what.name.clone(),
            placement: placed.placement.to_string(),
            visitor: placed.visitor.to_string(),
            visitor_name: self.names.of(&placed.visitor),
            home: placed.home.to_string(),
            home_name: self.place(&placed.home),
            host: placed.host.to_string(),
            host_name: self.place(&placed.host),
            from: placed.from.to_string(),
            until: placed.until.to_string(),
            standing: standing.to_owned(),
            reason: reason.to_owned(),
            former: self.former(visit),
            is_over: visit.is_over(self.today),
            is_ahead: visit.is_planned() && placed.from > self.today,
            debrief: self.debrief(visit)?,
            may_cancel: self.rights.may_cancel(visit),
            may_swap: rotation.ended.is_none() && self.rights.may_swap(visit),
            may_debrief: self.rights.may_debrief(visit),
            may_answer: self.rights.may_answer(visit),
        })
    }

    /// What people were told before, as long as it can lead anybody to the wrong place.
    fn former(&self, visit: &Visit) -> Option<FormerView> {
        let is_ahead = visit.is_planned() && visit.placed.from > self.today;
        let former = visit.former.as_ref().filter(|_| is_ahead)?;
        let was = &former.placed;
        Some(FormerView {
            visitor_name: (was.visitor != visit.placed.visitor).then(|| self.names.of(&was.visitor)),
            host_name: self.place(&was.host),
            from: was.from.to_string(),
            until: was.until.to_string(),
            reason: former.reason.clone(),
        })
    }

    /// Whether a debrief waits for the next meeting.
    fn is_on_agenda(&self, visit: &Visit) -> Result<bool> {
        if asked_for_agenda(visit).is_none() {
            return Ok(false);
        }
        let last = if let Some(last) = self.last_meeting.get() {
            *last
        } else {
            let last = self.workspace.last_meeting()?;
            *self.last_meeting.get_or_init(|| last)
        };
        Ok(waits_for_agenda(visit, last))
    }

    fn debrief(&self, visit: &Visit) -> Result<Option<DebriefView>> {
        let Some(written) = visit.debrief.as_ref() else { return Ok(None) };
        let answers = visit.answers.iter().map(|answer| DebriefAnswerView {
            by: answer.by.as_ref().map(|by| self.names.of(by)),
            at: moment(answer.at.wall_ms),
            text: answer.what.clone(),
        });
        Ok(Some(DebriefView {
            saw: written.what.saw.clone(),
            surprised: written.what.surprised.clone(),
            change: written.what.change.clone(),
            thanks: written.what.thanks.iter().map(ToString::to_string).collect(),
            thanks_names: written.what.thanks.iter().map(|person| self.names.of(person)).collect(),
            at: moment(written.at.wall_ms),
            answers: answers.collect(),
            need: self.workspace.need_of(visit)?.map(|need| need.to_string()),
            thread: thread_of(visit).map(ToString::to_string),
            is_on_agenda: self.is_on_agenda(visit)?,
        }))
    }

    fn swap(&self, rotation: &Rotation, swap: &Swap) -> SwapView {
        let asked = &swap.asked.what;
        let visit = |placed: &Placed| {
            let days = words::days(&self.place(&placed.host), placed.from, placed.until, self.language);
            format!("{}: {days}", self.names.of(&placed.visitor))
        };
        let state = rotation.swap_state(swap);
        let waits = if state == SwapState::Asked { swap.waits_for() } else { Vec::new() };
        let may_answer = waits.iter().any(|home| self.rights.is_head_of(home));
        let no = swap.answers.values().find(|answer| !answer.what.accepted);
        SwapView {
            rotation: rotation.program.what.rotation.to_string(),
            swap: asked.swap.to_string(),
            one: visit(&asked.one),
            other: visit(&asked.other),
            reason: asked.reason.clone(),
            state: match state {
                SwapState::Asked => "asked",
                SwapState::Done => "done",
                SwapState::Declined => "declined",
                SwapState::Lapsed => "lapsed",
                SwapState::Undone => "undone",
            }
            .to_owned(),
            waits_for: waits.iter().map(|home| self.place(home)).collect(),
            no: no.map(|answer| answer.what.reason.clone()).unwrap_or_default(),
            by: swap.asked.by.as_ref().map(|by| self.names.of(by)),
            at: moment(swap.asked.at.wall_ms),
            may_answer,
        }
    }

    /// All swaps of a rotation, the last one asked for first.
    fn swaps(&self, rotation: &Rotation) -> Vec<SwapView> {
        let mut swaps: Vec<&Swap> = rotation.swaps.values().collect();
        swaps.sort_by_key(|swap| std::cmp::Reverse(swap.asked.at));
        swaps.into_iter().map(|swap| self.swap(rotation, swap)).collect()
    }

    fn row(&self, rotation: &Rotation) -> RotationRow {
        let program = &rotation.program.what;
        let weeks = i32::try_from(program.weeks).unwrap_or(0);
        let count = |wanted: &dyn Fn(&Visit) -> bool| {
            let found = rotation.visits.values().filter(|visit| visit.is_planned() && wanted(visit)).count();
            u32::try_from(found).unwrap_or(u32::MAX)
        };
        RotationRow {
            rotation: program.rotation.to_string(),
            name: program.name.clone(),
            question: program.question.clone(),
            from: program.first.monday().to_string(),
            until: program.first.plus(weeks - 1).sunday().to_string(),
            ended: rotation.ended.as_ref().map(|ended| ended.reason.clone()),
            visits: count(&|_| true),
            over: count(&|visit| visit.is_over(self.today)),
            debriefs: count(&|visit| visit.debrief.is_some()),
            is_published: !rotation.plans.is_empty(),
        }
    }

    /// What the reader wishes in a rotation that goes on.
    fn my_wishes(&self, rotation: &Rotation) -> Option<MyWishes> {
        let program = &rotation.program.what;
        let me = self.rights.wishes_in(program).filter(|_| rotation.ended.is_none())?;
        let own = program.wishes.iter().filter(|wish| wish.person == *me);
        Some(MyWishes {
            hosts: self.rights.may_visit(program).into_iter().filter_map(|id| self.department(id)).collect(),
            wishes: own
                .map(|wish| WishForm { host: wish.host.to_string(), strength: wish.strength })
                .collect(),
        })
    }

    /// Who has walked in whose shoes.
    fn matrix(&self, rotations: &[&Rotation]) -> Matrix {
        let mut seen: BTreeSet<&DepartmentId> = BTreeSet::new();
        for rotation in rotations {
            seen.extend(rotation.program.what.pairs.iter().flat_map(|pair| [&pair.home, &pair.host]));
            seen.extend(
                rotation.planned().into_iter().flat_map(|visit| [&visit.placed.home, &visit.placed.host]),
            );
        }
        let list: Vec<&Department> =
            self.departments.iter().filter(|department| seen.contains(&department.id)).collect();
        let rows = list.iter().map(|home| {
            let cells = list.iter().map(|host| self.cell(rotations, &home.id, &host.id));
            cells.collect()
        });
        Matrix {
            rows: rows.collect(),
            departments: list.iter().map(|one| DepartmentView::from(*one)).collect(),
        }
    }

    fn cell(&self, rotations: &[&Rotation], home: &DepartmentId, host: &DepartmentId) -> MatrixCell {
        let mut cell = MatrixCell::default();
        let mut visitors = BTreeSet::new();
        for rotation in rotations {
            let pairs = &rotation.program.what.pairs;
            cell.is_allowed |= pairs.iter().any(|pair| pair.home == *home && pair.host == *host);
            let visits = rotation.visits.values().filter(|visit| visit.is_planned());
            for visit in visits.filter(|visit| visit.placed.home == *home && visit.placed.host == *host) {
                if visit.is_over(self.today) {
                    cell.made += 1;
                } else {
                    cell.planned += 1;
                }
                visitors.insert(self.names.of(&visit.placed.visitor));
            }
        }
        cell.visitors = visitors.into_iter().collect();
        cell
    }
}

impl RotationList {
    /// Reads all rotations.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn read(workspace: &Workspace, language: Language) -> Result<Self> {
        let reader = Reader::new(workspace, language)?;
        let rotations = workspace.known_rotations()?;
        let (mut mine, mut to_debrief, mut swaps) = (Vec::new(), Vec::new(), Vec::new());
        for rotation in rotations.iter() {
            let own = rotation.visits.values();
            for visit in own.filter(|visit| Some(&visit.placed.visitor) == reader.rights.me()) {
                // Who was never told of a visit is not told that it does not happen.
                let is_told = visit.is_planned() || visit.sequence > 0;
                if visit.placed.until > reader.today && is_told {
                    mine.push(reader.visit(rotation, visit)?);
                } else if visit.is_over(reader.today) && visit.debrief.is_none() {
                    to_debrief.push(reader.visit(rotation, visit)?);
                }
            }
            swaps.extend(reader.swaps(rotation).into_iter().filter(|swap| swap.may_answer));
        }
        mine.sort_by(|a, b| a.from.cmp(&b.from));
        to_debrief.sort_by(|a, b| b.from.cmp(&a.from));
        let absences = workspace.view(|view| view.absences())?;
        let absences = absences.into_iter().filter(|absence| absence.until >= reader.today);
        let absences = absences.map(|absence| AbsenceView {
            absence: absence.absence.to_string(),
            name: reader.names.of(&absence.person),
            may_change: reader.rights.may_note_absence_of(&absence.person),
            person: absence.person.to_string(),
            from: absence.from.to_string(),
            until: absence.until.to_string(),
        });
        Ok(Self {
            mine,
            to_debrief,
            swaps,
            absences: absences.collect(),
            matrix: reader.matrix(&rotations.iter().collect::<Vec<_>>()),
            me: reader.rights.me().map(ToString::to_string),
            rotations: rotations.iter().map(|rotation| reader.row(rotation)).collect(),
            weeks: (0..WEEKS_OFFERED).map(|nth| reader.week(reader.today.week().plus(nth))).collect(),
            may_plan: reader.rights.may_plan(),
        })
    }
}

impl RotationPage {
    /// Reads one rotation.
    ///
    /// # Errors
    /// [`crate::error::EngineError::NotFound`]; what the ledger says.
    pub fn read(workspace: &Workspace, rotation: &RotationId, language: Language) -> Result<Self> {
        let reader = Reader::new(workspace, language)?;
        let found = workspace.rotation(rotation)?;
        let mut all: Vec<&Visit> = found.visits.values().collect();
        all.sort_by_key(|visit| (visit.placed.from, &visit.placed.visitor, &visit.placed.placement));
        let visits = all.into_iter().map(|visit| reader.visit(&found, visit)).collect::<Result<_>>()?;
        let plans = found.plans.iter().rev().map(|plan| PlanView {
            at: moment(plan.at.wall_ms),
            by: plan.by.as_ref().map(|by| reader.names.of(by)),
            reason: plan.reason.clone(),
            visits: u32::try_from(plan.placements).unwrap_or(u32::MAX),
            is_blind: plan.is_blind,
        });
        Ok(Self {
            row: reader.row(&found),
            plans: plans.collect(),
            visits,
            swaps: reader.swaps(&found),
            calendar: reader.calendar(&found)?,
            matrix: reader.matrix(&[&found]),
            my_wishes: reader.my_wishes(&found),
            may_plan: found.ended.is_none() && reader.rights.may_plan(),
            program: found.program.what,
        })
    }
}
