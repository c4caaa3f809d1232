//! Decisions, needs and commitments: what people write down, and how far it has come.

mod act;
mod effect;

pub(crate) use act::{TEXT_CHARS_MAX, new_id, reason_of, text_of};

use plaza_domain::day::Day;
use plaza_domain::event::{
    CommitmentAnswer, CommitmentMade, DecisionTaken, EffectChecked, NeedAnswer, NeedAsked, Payload,
};
use plaza_store::view::{Act, Promise, Said};

use crate::error::Result;
use crate::workspace::Workspace;

/// More open commitments than this and a person keeps fewer of them.
pub(crate) const OPEN_MAX: u32 = 3;

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    /// As it stands.
    pub taken: DecisionTaken,
    /// Who wrote it down first, when.
    pub act: Act,
    /// What came of it.
    pub effect: Option<EffectChecked>,
}

/// A need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Need {
    /// As it stands.
    pub asked: NeedAsked,
    /// Who wrote it down first, when.
    pub act: Act,
    /// Every answer, the last one counts.
    pub answers: Vec<(NeedAnswer, Act)>,
}

/// A commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commitment {
    /// As it stands.
    pub made: CommitmentMade,
    /// Who wrote it down first, when.
    pub act: Act,
    /// Every answer, the last one counts.
    pub answers: Vec<(CommitmentAnswer, Act)>,
}

impl Need {
    /// Whether somebody still has something to do.
    pub(crate) fn is_open(&self) -> bool {
        matches!(
            self.answers.last().map(|(answer, _)| answer),
            None | Some(NeedAnswer::Accepted | NeedAnswer::Countered { .. } | NeedAnswer::Open)
        )
    }

    /// By when it is to be met: what was offered instead counts once it is accepted.
    pub(crate) fn by(&self) -> Day {
        let accepted = matches!(self.answers.last(), Some((NeedAnswer::Accepted, _)));
        let offered = self.answers.iter().rev().find_map(|(answer, _)| match answer {
            NeedAnswer::Countered { by, .. } => Some(*by),
            _ => None,
        });
        offered.filter(|_| accepted).unwrap_or(self.asked.by)
    }

    fn of(all: Vec<Said>) -> Option<Self> {
        let mut need: Option<Self> = None;
        for Said { payload, act } in all {
            match payload {
                Payload::NeedAsked(asked) => match &mut need {
                    Some(known) => known.asked = asked,
                    None => need = Some(Self { asked, act, answers: Vec::new() }),
                },
                Payload::NeedAnswered { answer, .. } => {
                    if let Some(known) = &mut need {
                        known.answers.push((answer, act));
                    }
                }
                Payload::NeedWithdrawn { .. } => need = None,
                _ => {}
            }
        }
        need
    }
}

impl Commitment {
    /// Whether it is neither kept nor given up.
    pub(crate) fn is_open(&self) -> bool {
        !matches!(
            self.answers.last().map(|(answer, _)| answer),
            Some(CommitmentAnswer::Kept | CommitmentAnswer::NotKept { .. })
        )
    }

    /// By when, as it stands now.
    pub(crate) fn due(&self) -> Day {
        let moved = self.answers.iter().rev().find_map(|(answer, _)| match answer {
            CommitmentAnswer::Moved { to, .. } => Some(*to),
            _ => None,
        });
        moved.unwrap_or(self.made.due)
    }

    fn of(all: Vec<Said>) -> Option<Self> {
        let mut commitment: Option<Self> = None;
        for Said { payload, act } in all {
            match payload {
                Payload::CommitmentMade(made) => match &mut commitment {
                    Some(known) => known.made = made,
                    None => commitment = Some(Self { made, act, answers: Vec::new() }),
                },
                Payload::CommitmentAnswered { answer, .. } => {
                    if let Some(known) = &mut commitment {
                        known.answers.push((answer, act));
                    }
                }
                Payload::CommitmentWithdrawn { .. } => commitment = None,
                _ => {}
            }
        }
        commitment
    }
}

impl Decision {
    fn of(all: Vec<Said>) -> Option<Self> {
        let mut decision: Option<Self> = None;
        for Said { payload, act } in all {
            match payload {
                Payload::DecisionTaken(taken) => match &mut decision {
                    Some(known) => {
                        // Another expectation is another question: the answer to the old one is none to it.
                        if known.taken.expected != taken.expected {
                            known.effect = None;
                        }
                        known.taken = taken;
                    }
                    None => decision = Some(Self { taken, act, effect: None }),
                },
                Payload::EffectChecked(checked) => {
                    if let Some(known) = &mut decision {
                        known.effect = Some(checked);
                    }
                }
                Payload::DecisionWithdrawn { .. } => decision = None,
                _ => {}
            }
        }
        decision
    }
}

impl Workspace {
    /// All decisions that stand, in the order in which they were written down.
    pub(crate) fn decisions(&self) -> Result<Vec<Decision>> {
        let all = self.view(|view| view.promises(Promise::Decision))?;
        let mut list: Vec<Decision> = all.into_iter().filter_map(|(_, all)| Decision::of(all)).collect();
        list.sort_by_key(|decision| decision.act.at);
        Ok(list)
    }

    /// All needs that stand, in the order in which they were written down.
    pub(crate) fn needs(&self) -> Result<Vec<Need>> {
        let all = self.view(|view| view.promises(Promise::Need))?;
        let mut list: Vec<Need> = all.into_iter().filter_map(|(_, all)| Need::of(all)).collect();
        list.sort_by_key(|need| need.act.at);
        Ok(list)
    }

    /// All commitments that stand, in the order in which they were written down.
    pub(crate) fn commitments(&self) -> Result<Vec<Commitment>> {
        let all = self.view(|view| view.promises(Promise::Commitment))?;
        let mut list: Vec<Commitment> = all.into_iter().filter_map(|(_, all)| Commitment::of(all)).collect();
        list.sort_by_key(|commitment| commitment.act.at);
        Ok(list)
    }
}
