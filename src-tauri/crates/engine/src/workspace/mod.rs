//! A workspace: one folder with the ledger and the intake of one company.

mod found;
mod people;
mod site;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, TryLockError};

pub(crate) use found::new_person_id;
pub use found::{Founding, default_definitions};
use plaza_domain::day::Day;
use plaza_domain::event::Payload;
use plaza_domain::person::PersonId;
use plaza_domain::workspace::Settings;
use plaza_store::intake::{INTAKE_FILE, Intake, Reader};
use plaza_store::key::{Keys, RecoveryCode};
use plaza_store::ledger::{Appended, Draft, Ledger};
use plaza_store::view::View;

use crate::clock::Clock;
use crate::draft::Looks;
use crate::error::{EngineError, Result, StoreError};
use crate::journey::counted::CountedLists;
use crate::journey::numbers::KnownNumbers;
use crate::local::{Local, Remembered};
use crate::record::Layouts;
use crate::rotation::KnownRotations;

/// The file that is held by whoever has the turn, within a workspace's folder.
const TURN_FILE: &str = "turn.lock";

/// A turn to write what was pulled. The operating system lets go of it when a program ends, however it ends.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    _here: MutexGuard<'a, ()>,
    _file: Option<File>,
}

/// An open workspace. Threads share it: acts take their turn, reads do not wait.
#[derive(Debug)]
pub struct Workspace {
    folder: PathBuf,
    ledger: Ledger,
    /// One pull at a time writes here; pages use [`Workspace::intake_reader`].
    intake: Mutex<Intake>,
    /// Held by whoever pulls, releases or finishes a run: these go one after the other.
    turn: Mutex<()>,
    clock: Arc<dyn Clock>,
    today: Option<Day>,
    acting_for: RwLock<Option<PersonId>>,
    /// What this device remembers about it; nothing where it was opened without Plaza's own data of a user.
    local: OnceLock<Local<Remembered>>,
    /// Where the rows of kept originals lie.
    layouts: Layouts,
    /// The journeys behind the number that was looked at last.
    counted: CountedLists,
    /// The numbers of its orders, once somebody has searched.
    order_numbers: KnownNumbers,
    /// Its rotations, as they were put together last.
    rotations: KnownRotations,
    /// What the wizard has seen in files: it asks again after every answer.
    looks: Looks,
}

impl Workspace {
    /// Opens the workspace in `folder`.
    ///
    /// # Errors
    /// The folder holds no workspace, a newer Plaza wrote it, or its files cannot be read.
    pub fn open(folder: &Path, keys: Arc<dyn Keys>, clock: Arc<dyn Clock>) -> Result<Self> {
        let ledger = Ledger::open(folder, keys, clock.now_ms())?;
        site::tidy(folder);
        // A new, empty intake under a ledger that tells of runs would count every week anew from nothing.
        if !folder.join(INTAKE_FILE).is_file() && !ledger.view(|view| view.runs(None, 1))?.is_empty() {
            return Err(StoreError::NoIntake { path: folder.to_owned() }.into());
        }
        Self::with(folder, ledger, clock)
    }

    pub(crate) fn with(folder: &Path, ledger: Ledger, clock: Arc<dyn Clock>) -> Result<Self> {
        let intake = Mutex::new(Intake::open(folder)?);
        Ok(Self {
            folder: folder.to_owned(),
            ledger,
            intake,
            turn: Mutex::new(()),
            clock,
            today: None,
            acting_for: RwLock::default(),
            local: OnceLock::new(),
            layouts: Layouts::default(),
            counted: CountedLists::default(),
            order_numbers: KnownNumbers::default(),
            rotations: KnownRotations::default(),
            looks: Looks::default(),
        })
    }

    /// The same workspace on another day than the clock's: `--today`.
    #[must_use]
    pub fn on(mut self, today: Option<Day>) -> Self {
        self.today = today;
        self
    }

    /// From now on acts are recorded as this person's, on the device of whoever it belongs to: on a shared laptop, and for
    /// the sample company's people until they have devices of their own. It ends when the workspace is closed.
    pub fn act_for(&self, person: Option<PersonId>) {
        *self.acting_for.write().unwrap_or_else(PoisonError::into_inner) = person;
    }

    /// Lets a person act on this device for somebody else who is here; nobody, or the device's own person, ends it.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for somebody who is not here.
    pub fn choose_acting(&self, person: Option<&str>) -> Result<()> {
        let person = person.map(|person| self.person_here("person", person)).transpose()?;
        let me = self.me()?;
        self.act_for(person.filter(|person| Some(person) != me.as_ref()));
        Ok(())
    }

    /// Whose acts these are, where they are not those of this device's own person.
    pub(crate) fn acting_for(&self) -> Option<PersonId> {
        self.acting_for.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What this device remembers about it.
    pub(crate) fn local(&self) -> Option<&Local<Remembered>> {
        self.local.get()
    }

    /// Says where this device remembers things about it; the first word stands.
    pub(crate) fn remember_in(&self, local: Local<Remembered>) {
        drop(self.local.set(local));
    }

    /// From now on nothing waits for the disk, until [`Workspace::settle`]: for a workspace that is still being made.
    pub(crate) fn hasten(&self) -> Result<()> {
        self.ledger.hasten()?;
        Ok(self.intake().hasten()?)
    }

    /// Ends [`Workspace::hasten`]: everything is on the disk.
    pub(crate) fn settle(&self) -> Result<()> {
        self.ledger.settle()?;
        Ok(self.intake().secure()?)
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its ledger.
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Its intake, for writing. A panic of an earlier writer rolled its transaction back, so the lock is taken over.
    pub fn intake(&self) -> MutexGuard<'_, Intake> {
        self.intake.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A turn to pull, release or finish runs; waits for whoever has it, in this program or another.
    pub(crate) fn turn(&self) -> Turn<'_> {
        let here = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        // Where a file system knows no locks, two programs at once are kept apart by the databases alone.
        let file = self.turn_file().filter(|file| file.lock().is_ok());
        Turn { _here: here, _file: file }
    }

    /// As [`Workspace::turn`]; none while another program has it.
    pub(crate) fn turn_unless_elsewhere(&self) -> Option<Turn<'_>> {
        let here = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let file = self.turn_file();
        if file.as_ref().is_some_and(|file| matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock))) {
            return None;
        }
        Some(Turn { _here: here, _file: file })
    }

    fn turn_file(&self) -> Option<File> {
        File::create(self.folder.join(TURN_FILE)).ok()
    }

    /// Whether something is being pulled, released or finished right now.
    pub fn is_pulling(&self) -> bool {
        matches!(self.turn.try_lock(), Err(TryLockError::WouldBlock))
    }

    /// What was seen in files that may be connected.
    pub const fn looks(&self) -> &Looks {
        &self.looks
    }

    /// Its intake, for reading, beside whatever is being written.
    pub fn intake_reader(&self) -> Result<Reader> {
        Ok(Reader::open(&self.folder)?)
    }

    /// How rows of kept originals are found again.
    pub(crate) const fn layouts(&self) -> &Layouts {
        &self.layouts
    }

    /// The journeys behind a week's number.
    pub(crate) const fn counted(&self) -> &CountedLists {
        &self.counted
    }

    /// The numbers of its orders.
    pub(crate) const fn order_numbers(&self) -> &KnownNumbers {
        &self.order_numbers
    }

    /// Its rotations, as they were put together last.
    pub(crate) const fn rotations_kept(&self) -> &KnownRotations {
        &self.rotations
    }

    /// Now, milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// Reads the projections, all in one consistent state.
    pub fn view<T>(&self, read: impl FnOnce(&View<'_>) -> plaza_store::Result<T>) -> Result<T> {
        Ok(self.ledger.view(read)?)
    }

    /// What it is set to.
    pub fn settings(&self) -> Result<Settings> {
        self.view(|view| view.settings())
    }

    /// Today in the company's time zone, or the day it was opened on.
    pub fn today(&self) -> Result<Day> {
        match self.today {
            Some(day) => Ok(day),
            None => Ok(self.settings()?.time_zone.day_at(self.now_ms())),
        }
    }

    /// Whether it was opened on another day than the clock's.
    pub const fn is_set_to_a_day(&self) -> bool {
        self.today.is_some()
    }

    /// Whether it is the sample company.
    pub fn is_sample(&self) -> Result<bool> {
        Ok(self.settings()?.company == crate::sample::COMPANY)
    }

    /// Records what a person did.
    pub fn act(&self, payloads: impl IntoIterator<Item = Payload>) -> Result<Appended> {
        let mut touches_attention = false;
        let drafts: Vec<Draft> = payloads
            .into_iter()
            .map(|payload| {
                touches_attention |= crate::attention::is_touched_by(&payload);
                match self.acting_for() {
                    Some(person) => Draft::act_for(payload, person),
                    None => Draft::act(payload),
                }
            })
            .collect();
        let appended = self.ledger.append(&drafts, self.now_ms())?;
        if touches_attention {
            // What was said is said: that nobody could look what it means now must not have it said twice.
            let _ = self.note_attention();
        }
        Ok(appended)
    }

    /// Makes sure that this copy may write: a restored one takes a new device id, and admits it where the keeper's key
    /// is on this computer. Whether it may.
    ///
    /// # Errors
    /// This device was cut off; a key cannot be kept.
    pub fn take_part(&self) -> Result<bool> {
        match self.ledger.append(&[], self.now_ms()) {
            Ok(_) => Ok(true),
            Err(StoreError::NotAdmitted { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Lets this copy write by the recovery code, where the keeper's key is on another computer.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a text that is no code; [`StoreError::WrongRecoveryCode`] for another workspace's.
    pub fn admit(&self, code: &str) -> Result<()> {
        let code: RecoveryCode =
            code.trim().parse().map_err(|fault: plaza_store::key::NotARecoveryCode| {
                EngineError::invalid("code", fault.to_string())
            })?;
        self.ledger.admit_by_recovery(&code, self.now_ms())?;
        Ok(())
    }

    /// Who uses this device.
    pub fn me(&self) -> Result<Option<PersonId>> {
        let (device, _) = self.ledger.device()?;
        match device {
            Some(device) => self.view(|view| view.profile(device)),
            None => Ok(None),
        }
    }
}
