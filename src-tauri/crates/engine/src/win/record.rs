//! What people record of wins.

use plaza_domain::day::Day;
use plaza_domain::event::{Payload, SignalId, WinId, WinOrder, WinReacted, WinRecorded};
use plaza_domain::win::{REACTIONS, STORY_CHARS_MAX, TITLE_CHARS_MAX};

use super::Win;
use super::orders::Meant;
use crate::error::{EngineError, Result};
use crate::page::win::{WinChange, WinForm};
use crate::promise::{new_id, reason_of, text_of};
use crate::words;
use crate::workspace::Workspace;

/// Letters of a customer's name.
const CUSTOMER_CHARS_MAX: usize = 200;

/// Letters of an id.
const ID_CHARS: usize = 32;

/// A text that may be empty, of at most so many letters.
pub(super) fn text_within(field: &str, text: &str, max: usize) -> Result<String> {
    if text.trim().is_empty() { Ok(String::new()) } else { text_of(field, text, max) }
}

/// The win of a signal: recorded on two devices that do not see each other, it is one.
fn win_of(signal: &SignalId) -> WinId {
    let hash = blake3::hash(format!("win of signal {signal}").as_bytes()).to_hex();
    WinId(hash.chars().take(ID_CHARS).collect())
}

/// A word that says something else than what is known, or nothing.
fn news<T: PartialEq>(said: Option<T>, known: Option<&T>) -> Option<T> {
    said.filter(|said| Some(said) != known)
}

impl Workspace {
    /// Records a win. Only its title is needed; what is left out can be told later. The customer is that of its orders, where
    /// none is named and they agree. One that a signal suggested and that was recorded already, or was taken back since,
    /// is told in these words.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] names the field that cannot be used.
    pub fn record_win(&self, form: &WinForm) -> Result<WinId> {
        let signal = form.signal.as_deref().map(|signal| self.signal_meant(signal)).transpose()?;
        let win = signal.as_ref().map_or_else(|| new_id().map(WinId), |signal| Ok(win_of(signal)))?;
        let known = self.known_win(&win)?;
        // What is left empty says nothing.
        let said = |text: &str| Some(text.to_owned()).filter(|text| !text.trim().is_empty());
        let change = WinChange {
            title: Some(form.title.clone()),
            story: said(&form.story),
            on: said(&form.on).or_else(|| known.is_none().then(String::new)),
            customer: said(&form.customer),
            orders: said(&form.orders),
        };
        let recorded = self.told(&win, known.as_ref(), &change)?;
        self.tell(known.as_ref(), WinRecorded { signal, ..recorded })?;
        Ok(win)
    }

    /// Tells a win in other words: what the change leaves out stays as it is, whoever changes it meanwhile.
    ///
    /// # Errors
    /// As [`Workspace::record_win`]; [`EngineError::NotFound`] for a win that never was or was taken back.
    pub fn change_win(&self, win: &WinId, change: &WinChange) -> Result<()> {
        let known = self.win(win)?;
        let recorded = self.told(&known.id, Some(&known), change)?;
        self.tell(Some(&known), recorded)
    }

    /// What a change says that is not known.
    fn told(&self, win: &WinId, known: Option<&Win>, change: &WinChange) -> Result<WinRecorded> {
        let told = known.map(|known| &known.recorded);
        let title =
            change.title.as_deref().map(|text| text_of("title", text, TITLE_CHARS_MAX)).transpose()?;
        let story = change.story.as_deref().map(|text| text_within("story", text, STORY_CHARS_MAX));
        let customer =
            change.customer.as_deref().map(|text| text_within("customer", text, CUSTOMER_CHARS_MAX));
        let (story, mut customer) = (story.transpose()?, customer.transpose()?);
        let on = change.on.as_deref().map(|text| self.day_won(text)).transpose()?;
        let mut orders: Option<Vec<WinOrder>> = None;
        if let Some(text) = &change.orders {
            let stand = told.map_or(&[][..], |told| &told.orders);
            let Meant { orders: meant, customer: theirs } = self.orders_meant(text, stand)?;
            orders = Some(meant.into_iter().collect());
            let is_nobody = customer.is_none() && told.is_none_or(|told| told.customer.is_empty());
            customer = if is_nobody { Some(theirs).filter(|name| !name.is_empty()) } else { customer };
        }
        Ok(WinRecorded {
            win: win.clone(),
            title: news(title, told.map(|told| &told.title)),
            story: news(story, told.map(|told| &told.story)),
            on: news(on, told.map(|told| &told.on)),
            customer: news(customer, told.map(|told| &told.customer)),
            orders: news(orders, told.map(|told| &told.orders)),
            signal: None,
        })
    }

    fn tell(&self, known: Option<&Win>, mut recorded: WinRecorded) -> Result<()> {
        let told = known.map(|known| &known.recorded);
        recorded.signal = news(recorded.signal, told.and_then(|told| told.signal.as_ref()));
        let mut payloads = Vec::new();
        if known.is_some_and(|known| known.withdrawn.is_some()) {
            payloads.push(Payload::WinRestored { win: recorded.win.clone() });
        }
        if !recorded.is_empty() {
            payloads.push(Payload::WinRecorded(recorded));
        }
        if !payloads.is_empty() {
            self.act(payloads)?;
        }
        Ok(())
    }

    /// The day on which it was won; today where it is left empty.
    fn day_won(&self, text: &str) -> Result<Day> {
        let today = self.today()?;
        let on = match text.trim() {
            "" => today,
            text => words::day(text).map_err(|_| EngineError::invalid("on", "say on which day"))?,
        };
        if on > today {
            return Err(EngineError::invalid(
                "on",
                "choose a day that has come: a win is one when it is won",
            ));
        }
        Ok(on)
    }

    fn signal_meant(&self, signal: &str) -> Result<SignalId> {
        let known = self.view(|view| view.signals(None))?;
        known
            .into_iter()
            .map(|known| known.found.signal)
            .find(|known| known.as_str() == signal)
            .ok_or_else(|| EngineError::invalid("signal", "choose a signal of this workspace"))
    }

    /// Takes a win back.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason; [`EngineError::NotFound`].
    pub fn withdraw_win(&self, win: &WinId, reason: &str) -> Result<()> {
        let reason = reason_of(reason)?;
        let win = self.win(win)?.id;
        self.act([Payload::WinWithdrawn { win, reason }])?;
        Ok(())
    }

    /// Lets a win that was taken back stand again, as it was. One that stands stays so.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for a win that never was.
    pub fn restore_win(&self, win: &WinId) -> Result<()> {
        match self.known_win(win)? {
            Some(known) if known.withdrawn.is_some() => {
                self.act([Payload::WinRestored { win: known.id }])?;
                Ok(())
            }
            Some(_) => Ok(()),
            None => Err(EngineError::NotFound { noun: "win", name: win.to_string() }),
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
