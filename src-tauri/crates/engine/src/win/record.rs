//! What people do with wins.

use std::collections::BTreeSet;

use plaza_domain::event::{
    Contributor, ContributorAdded, ContributorReason, ContributorRemoved, Payload, SignalId, WinId, WinOrder,
    WinReacted, WinRecorded,
};
use plaza_domain::win::{ORDERS_MAX, REACTIONS, STORY_CHARS_MAX, TITLE_CHARS_MAX};

use super::last_title;
use super::propose::lines_of;
use crate::error::{EngineError, Result};
use crate::page::win::WinForm;
use crate::promise::{new_id, reason_of, text_of};
use crate::words;
use crate::workspace::Workspace;

/// Letters of a customer's name.
const CUSTOMER_CHARS_MAX: usize = 200;

/// Letters of what somebody is named for.
const NAMED_CHARS_MAX: usize = 500;

/// A text that may be empty, of at most so many letters.
fn text_within(field: &str, text: &str, max: usize) -> Result<String> {
    if text.trim().is_empty() { Ok(String::new()) } else { text_of(field, text, max) }
}

impl Workspace {
    /// Records a win, or tells it in other words. Only its title is needed; what is left out can be told later.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] names the field that cannot be used; [`EngineError::NotFound`] for a win that never was.
    /// One that was taken back is there again.
    pub fn record_win(&self, form: &WinForm) -> Result<WinId> {
        let title = text_of("title", &form.title, TITLE_CHARS_MAX)?;
        let story = text_within("story", &form.story, STORY_CHARS_MAX)?;
        let customer = text_within("customer", &form.customer, CUSTOMER_CHARS_MAX)?;
        let today = self.today()?;
        let on = match form.on.trim() {
            "" => today,
            text => words::day(text).map_err(|_| EngineError::invalid("on", "say on which day"))?,
        };
        if on > today {
            return Err(EngineError::invalid(
                "on",
                "choose a day that has come: a win is one when it is won",
            ));
        }
        let orders = self.orders_meant(&form.orders)?;
        let signal = form.signal.as_deref().map(|signal| self.signal_meant(signal)).transpose()?;
        let win = match form.win.as_deref() {
            Some(win) => self.known_win(win)?,
            None => WinId(new_id()?),
        };
        let recorded = WinRecorded { win: win.clone(), title, story, on, customer, orders, signal };
        self.act([Payload::WinRecorded(recorded)])?;
        Ok(win)
    }

    /// A win that was recorded once, also one that was taken back since.
    fn known_win(&self, win: &str) -> Result<WinId> {
        let id = WinId(win.to_owned());
        match last_title(self.view(|view| view.win(&id))?) {
            Some(_) => Ok(id),
            None => Err(EngineError::NotFound { noun: "win", name: win.to_owned() }),
        }
    }

    /// Orders as a person writes them: `4711/2` for a line, `4711` for all lines of an order, a comma between two.
    fn orders_meant(&self, text: &str) -> Result<Vec<WinOrder>> {
        let mut orders: BTreeSet<WinOrder> = BTreeSet::new();
        for word in text.split([',', ';', '\n']).map(str::trim).filter(|word| !word.is_empty()) {
            let lines = lines_of(self, word)?;
            if lines.is_empty() {
                return Err(EngineError::invalid("orders", format!("there is no order “{word}” here")));
            }
            orders.extend(lines);
            if orders.len() > ORDERS_MAX {
                let words = format!("name at most {ORDERS_MAX} order lines");
                return Err(EngineError::invalid("orders", words));
            }
        }
        Ok(orders.into_iter().collect())
    }

    fn signal_meant(&self, signal: &str) -> Result<SignalId> {
        let known = self.view(|view| view.signals(None))?;
        known
            .into_iter()
            .map(|known| known.found.signal)
            .find(|known| known.as_str() == signal)
            .ok_or_else(|| EngineError::invalid("signal", "choose a signal of this workspace"))
    }

    /// Takes a win back; recording it anew brings it back.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason; [`EngineError::NotFound`].
    pub fn withdraw_win(&self, win: &WinId, reason: &str) -> Result<()> {
        let reason = reason_of(reason)?;
        let win = self.win(win)?.id;
        self.act([Payload::WinWithdrawn { win, reason }])?;
        Ok(())
    }

    /// Names somebody on a win: for what is proposed of them, where it is, else for what `words` say. Everybody may:
    /// a forgotten name is nobody's to guard.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for somebody who is not of this workspace; [`EngineError::NotFound`].
    pub fn name_contributor(&self, win: &WinId, contributor: Contributor, words: &str) -> Result<()> {
        let known = self.win(win)?;
        let words = text_within("words", words, NAMED_CHARS_MAX)?;
        self.check_contributor(&contributor)?;
        let proposed = if words.is_empty() { self.proposals(&known)?.proposals } else { Vec::new() };
        let proposed = proposed.into_iter().find(|one| one.contributor == contributor);
        let reason = proposed.map_or(ContributorReason::Named { words }, |one| one.reason);
        self.act([Payload::ContributorAdded(ContributorAdded { win: known.id, contributor, reason })])?;
        Ok(())
    }

    /// Names everybody who is proposed. Answers how many.
    ///
    /// # Errors
    /// [`EngineError::NotFound`].
    pub fn name_proposed(&self, win: &WinId) -> Result<u32> {
        let known = self.win(win)?;
        let added = self.proposals(&known)?.proposals.into_iter().map(|one| {
            Payload::ContributorAdded(ContributorAdded {
                win: known.id.clone(),
                contributor: one.contributor,
                reason: one.reason,
            })
        });
        let added: Vec<Payload> = added.collect();
        let count = u32::try_from(added.len()).unwrap_or(u32::MAX);
        if count > 0 {
            self.act(added)?;
        }
        Ok(count)
    }

    /// Takes a name off a win.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason; [`EngineError::NotFound`] for somebody who is not named.
    pub fn unname_contributor(&self, win: &WinId, contributor: Contributor, reason: &str) -> Result<()> {
        let known = self.win(win)?;
        let reason = reason_of(reason)?;
        if !known.contributors.contains_key(&contributor) {
            let name = match contributor {
                Contributor::Department { department } => department.to_string(),
                Contributor::Person { person } => person.0,
            };
            return Err(EngineError::NotFound { noun: "contributor", name });
        }
        let removed = ContributorRemoved { win: known.id, contributor, reason };
        self.act([Payload::ContributorRemoved(removed)])?;
        Ok(())
    }

    fn check_contributor(&self, contributor: &Contributor) -> Result<()> {
        match contributor {
            Contributor::Department { department } => {
                self.department_here("department", department.as_str()).map(drop)
            }
            // Whoever left since had a part in it all the same.
            Contributor::Person { person } => match self.view(|view| view.person(person))? {
                Some(_) => Ok(()),
                None => Err(EngineError::invalid("person", "choose a person of this workspace")),
            },
        }
    }

    /// Reacts to a win, or takes that back.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a reaction that there is not, and before anybody said whose device this is;
    /// [`EngineError::NotFound`].
    pub fn react_to_win(&self, win: &WinId, reaction: &str, is_on: bool) -> Result<()> {
        if !REACTIONS.contains(&reaction) {
            return Err(EngineError::invalid("reaction", "choose one of those offered"));
        }
        if self.acting_for().is_none() && self.me()?.is_none() {
            return Err(EngineError::invalid("person", "say first who you are"));
        }
        let win = self.win(win)?.id;
        self.act([Payload::WinReacted(WinReacted { win, reaction: reaction.to_owned(), is_on })])?;
        Ok(())
    }

    /// Says that what a signal suggests is no win, or takes that back.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a signal that there is not.
    pub fn dismiss_win(&self, signal: &str, is_dismissed: bool) -> Result<()> {
        let signal = self.signal_meant(signal)?;
        self.act([Payload::WinDismissed { signal, is_dismissed }])?;
        Ok(())
    }
}
