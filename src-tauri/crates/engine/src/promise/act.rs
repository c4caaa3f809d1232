//! What people do with decisions, needs and commitments.

use plaza_domain::day::{Day, Week};
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{
    CommitmentAnswer, CommitmentId, CommitmentMade, DecisionId, DecisionTaken, EventId, Expected, NeedAnswer,
    NeedAsked, NeedId, Payload, SaidIn,
};
use plaza_domain::person::PersonId;
use plaza_store::view::Promise;

use super::{Commitment, Decision, Need, OPEN_MAX};
use crate::error::{EngineError, Result};
use crate::page::meeting::{CommitmentForm, CommitmentMadeView, DecisionForm, NeedForm};
use crate::thread::text::says_something;
use crate::words;
use crate::workspace::Workspace;

/// Letters of a decision, need or commitment.
pub(crate) const TEXT_CHARS_MAX: usize = 2_000;

/// Letters of a reason.
const REASON_CHARS_MAX: usize = 1_000;

/// Weeks ahead in which an effect may be expected: five years.
const WEEKS_AHEAD_MAX: i32 = 260;

const MILLION: f64 = 1_000_000.0;

/// A new random name.
pub(crate) fn new_id() -> Result<String> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(EngineError::NoRandomness)?;
    Ok(EventId(bits).to_string())
}

/// A text that says something, of at most so many letters.
pub(crate) fn text_of(field: &str, text: &str, max: usize) -> Result<String> {
    let text = text.trim();
    if !says_something(text) {
        return Err(EngineError::invalid(field, "say what"));
    }
    if text.chars().count() > max {
        return Err(EngineError::invalid(field, format!("say it in at most {max} letters")));
    }
    Ok(text.to_owned())
}

/// A reason, as [`text_of`].
pub(crate) fn reason_of(reason: &str) -> Result<String> {
    text_of("reason", reason, REASON_CHARS_MAX).map_err(|error| match error {
        EngineError::Invalid { fields } if !says_something(reason) => EngineError::Invalid {
            fields: fields.into_iter().map(|(field, _)| (field, "say why".to_owned())).collect(),
        },
        error => error,
    })
}

fn said_in(meeting: Option<&str>, item: Option<&str>) -> SaidIn {
    SaidIn { meeting: meeting.map(Into::into), item: item.map(Into::into), thread: None }
}

impl Workspace {
    /// A person who is here.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for somebody who is not, or who left.
    pub(crate) fn person_here(&self, field: &str, id: &str) -> Result<PersonId> {
        let id = PersonId(id.to_owned());
        let today = self.today()?;
        match self.view(|view| view.person(&id))? {
            Some(person) if !person.has_left(today) => Ok(id),
            Some(person) => Err(EngineError::invalid(field, format!("{} is not here any more", person.name))),
            None => Err(EngineError::invalid(field, "choose a person of this workspace")),
        }
    }

    pub(crate) fn department_here(&self, field: &str, id: &str) -> Result<DepartmentId> {
        let departments = self.view(|view| view.departments())?;
        departments
            .into_iter()
            .map(|department| department.id)
            .find(|known| known.as_str() == id)
            .ok_or_else(|| EngineError::invalid(field, "choose a department of this workspace"))
    }

    /// Writes a decision down, or puts it into other words.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] names the field that cannot be used; [`EngineError::NotFound`] for a decision that was
    /// taken back or never was.
    pub fn take_decision(&self, form: &DecisionForm) -> Result<DecisionId> {
        let text = text_of("text", &form.text, TEXT_CHARS_MAX)?;
        let owner = form.owner.as_deref().map(|owner| self.person_here("owner", owner)).transpose()?;
        let expected = self.expected(form)?;
        let known = form.decision.as_deref().map(|id| self.decision(id)).transpose()?;
        let (decision, said_in, from) = if let Some(known) = known {
            (known.taken.decision, known.taken.said_in, known.taken.from)
        } else {
            let said_in = said_in(form.meeting.as_deref(), form.item.as_deref());
            (DecisionId(new_id()?), said_in, Some(self.today()?.week().plus(1)))
        };
        let taken = DecisionTaken { decision: decision.clone(), said_in, text, owner, expected, from };
        self.act([Payload::DecisionTaken(taken)])?;
        Ok(decision)
    }

    fn expected(&self, form: &DecisionForm) -> Result<Option<Expected>> {
        let Some(kpi) = form.kpi.as_deref().filter(|kpi| !kpi.is_empty()) else { return Ok(None) };
        let definition = self
            .view(|view| view.kpi(&kpi.into()))?
            .ok_or_else(|| EngineError::invalid("kpi", "choose a KPI of this workspace"))?;
        let part = form
            .department
            .as_deref()
            .filter(|part| !part.is_empty())
            .map(|part| self.department_here("department", part))
            .transpose()?;
        let size = form.size.filter(|size| size.is_finite() && *size != 0.0 && size.abs() <= 10_000.0);
        let size = size.ok_or_else(|| EngineError::invalid("size", "say by how much, such as 3 or −2"))?;
        let by: Week = words::week(form.by.as_deref().unwrap_or_default())
            .map_err(|_| EngineError::invalid("by", "say by which week"))?;
        let this = self.today()?.week();
        if by <= this || by > this.plus(WEEKS_AHEAD_MAX) {
            return Err(EngineError::invalid("by", "choose a week that is still to come"));
        }
        Ok(Some(Expected { kpi: definition.kpi, part, size_millionths: (size * MILLION).round() as i64, by }))
    }

    /// One decision that stands.
    pub(crate) fn decision(&self, id: &str) -> Result<Decision> {
        let all = self.view(|view| view.promise(Promise::Decision, id))?;
        Decision::of(all).ok_or_else(|| EngineError::NotFound { noun: "decision", name: id.to_owned() })
    }

    /// Takes a decision back.
    ///
    /// # Errors
    /// As [`Workspace::take_decision`]; [`EngineError::Invalid`] without a reason.
    pub fn withdraw_decision(&self, decision: &DecisionId, reason: &str) -> Result<()> {
        let reason = reason_of(reason)?;
        self.decision(decision.as_str())?;
        self.act([Payload::DecisionWithdrawn { decision: decision.clone(), reason }])?;
        Ok(())
    }

    /// Writes a need down, or puts it into other words.
    ///
    /// # Errors
    /// As [`Workspace::take_decision`].
    pub fn ask_need(&self, form: &NeedForm) -> Result<NeedId> {
        let text = text_of("text", &form.text, TEXT_CHARS_MAX)?;
        let from = self.department_here("from", &form.from)?;
        let to = self.department_here("to", &form.to)?;
        if from == to {
            return Err(EngineError::invalid("to", "a department needs something of another one"));
        }
        let by = self.day_ahead("by", &form.by)?;
        let known = form.need.as_deref().map(|id| self.need(id)).transpose()?;
        let (need, said_in) = match known {
            Some(known) => (known.asked.need, known.asked.said_in),
            None => (NeedId(new_id()?), said_in(form.meeting.as_deref(), form.item.as_deref())),
        };
        self.act([Payload::NeedAsked(NeedAsked { need: need.clone(), said_in, from, to, text, by })])?;
        Ok(need)
    }

    /// One need that stands.
    pub(crate) fn need(&self, id: &str) -> Result<Need> {
        let all = self.view(|view| view.promise(Promise::Need, id))?;
        Need::of(all).ok_or_else(|| EngineError::NotFound { noun: "need", name: id.to_owned() })
    }

    /// A day that a person enters for something still to come; a day of the last weeks is taken too, since minutes are
    /// often written afterwards.
    fn day_ahead(&self, field: &str, text: &str) -> Result<Day> {
        let day = words::day(text).map_err(|_| EngineError::invalid(field, "say by which day"))?;
        let today = self.today()?;
        if day < today.plus(-60) || day > today.plus(7 * WEEKS_AHEAD_MAX) {
            return Err(EngineError::invalid(field, "choose a day that is still to come"));
        }
        Ok(day)
    }

    /// Answers a need.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a “no” without its reason; [`EngineError::NotFound`].
    pub fn answer_need(&self, need: &NeedId, answer: NeedAnswer) -> Result<()> {
        self.need(need.as_str())?;
        let answer = match answer {
            NeedAnswer::Declined { reason } => NeedAnswer::Declined { reason: reason_of(&reason)? },
            NeedAnswer::NotMet { reason } => NeedAnswer::NotMet { reason: reason_of(&reason)? },
            NeedAnswer::Countered { text, by } => {
                let by = self.day_ahead("by", &by.to_string())?;
                NeedAnswer::Countered { text: text_of("text", &text, TEXT_CHARS_MAX)?, by }
            }
            answer @ (NeedAnswer::Accepted | NeedAnswer::Met | NeedAnswer::Open) => answer,
        };
        self.act([Payload::NeedAnswered { need: need.clone(), answer }])?;
        Ok(())
    }

    /// Takes a need back.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason; [`EngineError::NotFound`].
    pub fn withdraw_need(&self, need: &NeedId, reason: &str) -> Result<()> {
        let reason = reason_of(reason)?;
        self.need(need.as_str())?;
        self.act([Payload::NeedWithdrawn { need: need.clone(), reason }])?;
        Ok(())
    }

    /// Writes a commitment down, or puts it into other words; says how many that person has open now.
    ///
    /// # Errors
    /// As [`Workspace::take_decision`].
    pub fn make_commitment(&self, form: &CommitmentForm) -> Result<CommitmentMadeView> {
        let text = text_of("text", &form.text, TEXT_CHARS_MAX)?;
        let who = self.person_here("who", &form.who)?;
        let due = self.day_ahead("due", &form.due)?;
        let known = form.commitment.as_deref().map(|id| self.commitment(id)).transpose()?;
        let (commitment, said_in, need) = if let Some(known) = known {
            (known.made.commitment, known.made.said_in, known.made.need)
        } else {
            let need = form.need.as_deref().map(|need| self.need(need)).transpose()?;
            let said_in = said_in(form.meeting.as_deref(), form.item.as_deref());
            (CommitmentId(new_id()?), said_in, need.map(|need| need.asked.need))
        };
        let made = CommitmentMade { commitment: commitment.clone(), said_in, need, who, text, due };
        let person = made.who.clone();
        self.act([Payload::CommitmentMade(made)])?;
        let all = self.commitments()?;
        let open = all.iter().filter(|one| one.is_open() && one.made.who == person).count();
        let open = u32::try_from(open).unwrap_or(u32::MAX);
        Ok(CommitmentMadeView { commitment: commitment.to_string(), open, is_many: open > OPEN_MAX })
    }

    /// One commitment that stands.
    pub(crate) fn commitment(&self, id: &str) -> Result<Commitment> {
        let all = self.view(|view| view.promise(Promise::Commitment, id))?;
        Commitment::of(all).ok_or_else(|| EngineError::NotFound { noun: "commitment", name: id.to_owned() })
    }

    /// Says what became of a commitment.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without the reason that the answer needs; [`EngineError::NotFound`].
    pub fn answer_commitment(&self, commitment: &CommitmentId, answer: CommitmentAnswer) -> Result<()> {
        self.commitment(commitment.as_str())?;
        let answer = match answer {
            CommitmentAnswer::NotKept { reason } => CommitmentAnswer::NotKept { reason: reason_of(&reason)? },
            CommitmentAnswer::Moved { to, reason } => CommitmentAnswer::Moved {
                to: self.day_ahead("to", &to.to_string())?,
                reason: reason_of(&reason)?,
            },
            answer @ (CommitmentAnswer::Kept | CommitmentAnswer::Open) => answer,
        };
        self.act([Payload::CommitmentAnswered { commitment: commitment.clone(), answer }])?;
        Ok(())
    }

    /// Takes a commitment back.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason; [`EngineError::NotFound`].
    pub fn withdraw_commitment(&self, commitment: &CommitmentId, reason: &str) -> Result<()> {
        let reason = reason_of(reason)?;
        self.commitment(commitment.as_str())?;
        self.act([Payload::CommitmentWithdrawn { commitment: commitment.clone(), reason }])?;
        Ok(())
    }
}
