//! What a person wishes to see: each for themselves, without a planner.

use std::collections::BTreeSet;

use plaza_domain::event::{HostWish, Payload, PersonWishes, ProgramChange, RotationId};
use serde::{Deserialize, Serialize};

use super::Rights;
use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

/// A department that a person wishes to visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct WishForm {
    /// Which department.
    pub host: String,
    /// How strongly, 1 to 3.
    pub strength: u32,
}

/// All that whoever acts wishes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
pub struct WishesForm {
    /// In which rotation.
    pub rotation: String,
    /// Their wishes; those that are left out are wishes no more.
    pub wishes: Vec<WishForm>,
}

impl Workspace {
    /// Sets what whoever acts wishes in a rotation. A plan that was published stays; the next one goes by it.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a department that their own may not visit, one that is named twice, a strength that is
    /// none, a rotation that has ended, and for somebody who does not take part; [`EngineError::NotFound`].
    pub fn set_wishes(&self, form: &WishesForm) -> Result<()> {
        let id: RotationId = form.rotation.as_str().into();
        let program = self.live_rotation(&id)?.program.what;
        let rights = Rights::read(self)?;
        let Some(me) = rights.wishes_in(&program) else {
            return Err(EngineError::invalid("profile", "wishes are set by those who take part"));
        };
        let offered = rights.may_visit(&program);
        let mut seen = BTreeSet::new();
        let mut wishes = Vec::new();
        for wish in &form.wishes {
            let host = offered.iter().find(|host| host.as_str() == wish.host);
            let host = host
                .ok_or_else(|| EngineError::invalid("wishes", "choose a department that yours may visit"))?;
            if !(1..=3).contains(&wish.strength) {
                return Err(EngineError::invalid("wishes", "a wish has a strength of 1 to 3"));
            }
            if !seen.insert(host) {
                return Err(EngineError::invalid("wishes", "a wish is named twice"));
            }
            wishes.push(HostWish { host: (*host).clone(), strength: wish.strength });
        }
        let set = PersonWishes { person: me.clone(), wishes };
        let mut next = program.clone();
        let change = ProgramChange { wishes: vec![set], ..ProgramChange::none(id) };
        change.apply(&mut next);
        if next.wishes != program.wishes {
            self.act([Payload::RotationSet(change)])?;
        }
        Ok(())
    }
}
