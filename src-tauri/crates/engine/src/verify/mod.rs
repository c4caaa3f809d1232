//! Verification of a whole workspace: the ledger from its signatures up, the intake down to every kept original, and
//! that the numbers of the weeks are what a full count gives. Nothing is changed.

mod words;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use plaza_domain::event::RunId;
use plaza_domain::language::Language;
use plaza_store::intake::{INTAKE_FILE, IntakeError, IntakeFault, Reader};
use plaza_store::key::MemoryKeys;
use plaza_store::ledger::{Fault as LedgerFault, LEDGER, Ledger};
use serde::Serialize;

use crate::clock::Clock;
use crate::error::{EngineError, Result, StoreError};
use crate::page::workspace::VerifyView;
use crate::pull::Watch;
use crate::week::tallies_hold;
use crate::workspace::Workspace;

/// How often a full count is repeated when another program pulls in the meantime.
const COUNTS_MAX: usize = 3;

/// What a verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Events in the ledger.
    pub events: usize,
    /// Devices that wrote them.
    pub devices: usize,
    /// Kept originals.
    pub originals: usize,
    /// Records.
    pub records: i64,
    /// How many faults there are.
    pub faults: usize,
    /// The first of them.
    pub named: Vec<Fault>,
}

/// Something in a workspace that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// In the ledger.
    Ledger(LedgerFault),
    /// `ledger.db` cannot be read (to its end).
    LedgerUnreadable {
        /// What the database said.
        fault: String,
    },
    /// `ledger.db` holds no founding event.
    LedgerEmpty,
    /// In the intake.
    Intake(IntakeFault),
    /// `intake.db` cannot be read (to its end).
    IntakeUnreadable {
        /// What the database said.
        fault: String,
    },
    /// `intake.db` is not there.
    IntakeMissing,
    /// The ledger tells of runs that the intake does not hold.
    RunsMissing {
        /// How many.
        count: usize,
        /// The first of them.
        first: RunId,
    },
    /// Trails of runs are not those that their events were signed with.
    Trails {
        /// How many.
        count: usize,
        /// The newest of these runs.
        newest: String,
    },
    /// The kept counts of the weeks are not what a full count gives.
    Tallies,
    /// The weeks could not be counted.
    Uncountable {
        /// Why.
        fault: String,
    },
}

impl Verification {
    /// Whether nothing is wrong.
    pub const fn is_sound(&self) -> bool {
        self.faults == 0
    }

    /// As a screen shows it.
    pub fn view(&self, language: Language) -> VerifyView {
        VerifyView {
            sound: self.is_sound(),
            events: u32::try_from(self.events).unwrap_or(u32::MAX),
            faults: self.told(language),
        }
    }

    /// The faults in words; the last line counts those that are not named.
    pub fn told(&self, language: Language) -> Vec<String> {
        let mut told: Vec<String> = self.named.iter().map(|fault| fault.words(language)).collect();
        if let Some(more) = self.faults.checked_sub(self.named.len()).filter(|more| *more > 0) {
            told.push(words::more(more, language));
        }
        told
    }

    /// What `plaza verify --json` prints.
    pub fn report(&self, language: Language) -> VerifyReport {
        VerifyReport {
            sound: self.is_sound(),
            events: self.events,
            devices: self.devices,
            originals: self.originals,
            records: self.records,
            faults: self
                .named
                .iter()
                .map(|fault| FaultReport { place: fault.place(), words: fault.words(language) })
                .collect(),
            faults_total: self.faults,
        }
    }

    fn fault(&mut self, fault: Fault) {
        self.faults += 1;
        self.named.push(fault);
    }
}

/// What `plaza verify --json` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    /// Nothing is wrong.
    pub sound: bool,
    /// Events in the ledger.
    pub events: usize,
    /// Devices that wrote them.
    pub devices: usize,
    /// Kept originals.
    pub originals: usize,
    /// Records.
    pub records: i64,
    /// The first faults.
    pub faults: Vec<FaultReport>,
    /// How many faults there are.
    pub faults_total: usize,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FaultReport {
    /// `ledger` or `intake`.
    pub place: &'static str,
    /// In words.
    pub words: String,
}

impl Fault {
    /// The database that it is in: `ledger` or `intake`.
    pub const fn place(&self) -> &'static str {
        match self {
            Self::Ledger(_) | Self::LedgerUnreadable { .. } | Self::LedgerEmpty => "ledger",
            Self::Intake(_)
            | Self::IntakeUnreadable { .. }
            | Self::IntakeMissing
            | Self::RunsMissing { .. }
            | Self::Trails { .. }
            | Self::Tallies
            | Self::Uncountable { .. } => "intake",
        }
    }

    /// In a reader's words.
    pub fn words(&self, language: Language) -> String {
        words::fault(self, language)
    }
}

/// Verifies the workspace in a folder that need not be open. No key is asked for, no interrupted run is finished.
///
/// # Errors
/// The folder holds no workspace, a newer Plaza wrote it, it may not be read, or [`EngineError::Cancelled`]. Damage is
/// not an error but a [`Fault`].
pub fn verify(folder: &Path, clock: Arc<dyn Clock>, watch: &dyn Watch) -> Result<Verification> {
    if !folder.join(LEDGER.file).is_file() {
        return Err(StoreError::NoWorkspace { path: folder.to_owned() }.into());
    }
    let mut verification = Verification::default();
    let ledger = match Ledger::open(folder, Arc::new(MemoryKeys::default()), clock.now_ms()) {
        Ok(ledger) => check_ledger(&ledger, &mut verification, watch)?.then_some(ledger),
        Err(StoreError::NoWorkspace { .. }) => {
            verification.fault(Fault::LedgerEmpty);
            None
        }
        Err(error) => {
            let fault = damage(error)?;
            verification.fault(Fault::LedgerUnreadable { fault });
            None
        }
    };
    let intake_reads = check_intake(folder, &mut verification, watch)?;
    if let Some(ledger) = ledger.filter(|_| intake_reads) {
        let workspace = Workspace::with(folder, ledger, clock)?;
        check_between(&workspace, &mut verification, watch)?;
    }
    Ok(verification)
}

/// Verifies a copy whose ledger has just been verified: the rest of it.
pub(crate) fn verify_copy(folder: &Path, clock: Arc<dyn Clock>, watch: &dyn Watch) -> Result<Verification> {
    let mut verification = Verification::default();
    let ledger = Ledger::open(folder, Arc::new(MemoryKeys::default()), clock.now_ms())?;
    if check_intake(folder, &mut verification, watch)? {
        let workspace = Workspace::with(folder, ledger, clock)?;
        check_between(&workspace, &mut verification, watch)?;
    }
    Ok(verification)
}

impl Workspace {
    /// Verifies this workspace while it is in use, when no pull is writing.
    ///
    /// # Errors
    /// See [`verify`].
    pub fn verify(&self, watch: &dyn Watch) -> Result<Verification> {
        // What is half landed would look like damage.
        let _turn = self.turn();
        let mut verification = Verification::default();
        let ledger_reads = check_ledger(self.ledger(), &mut verification, watch)?;
        let intake_reads = check_intake(self.folder(), &mut verification, watch)?;
        if ledger_reads && intake_reads {
            check_between(self, &mut verification, watch)?;
        }
        Ok(verification)
    }
}

/// Checks the ledger; whether it can be read.
fn check_ledger(ledger: &Ledger, verification: &mut Verification, watch: &dyn Watch) -> Result<bool> {
    step(watch, 0, 3)?;
    match ledger.verify() {
        Ok(found) => {
            verification.events = found.events;
            verification.devices = found.devices;
            verification.faults += found.faults;
            let is_readable = !found.named.iter().any(|fault| matches!(fault, LedgerFault::File { .. }));
            verification.named.extend(found.named.into_iter().map(Fault::Ledger));
            Ok(is_readable)
        }
        Err(error) => {
            let fault = damage(error)?;
            verification.fault(Fault::LedgerUnreadable { fault });
            Ok(false)
        }
    }
}

/// Checks the intake; whether it can be read.
fn check_intake(folder: &Path, verification: &mut Verification, watch: &dyn Watch) -> Result<bool> {
    step(watch, 1, 3)?;
    if !folder.join(INTAKE_FILE).is_file() {
        verification.fault(Fault::IntakeMissing);
        return Ok(false);
    }
    let go_on = |done: usize, total: usize| {
        watch.progress("verifying", done as u64, total as u64);
        !watch.cancel().load(Ordering::Relaxed)
    };
    match Reader::open(folder).and_then(|reader| reader.view().verify(&go_on)) {
        Ok(found) => {
            step(watch, 2, 3)?;
            verification.originals = found.originals;
            verification.records = found.records;
            verification.faults += found.faults;
            let is_readable = !found.named.iter().any(|fault| matches!(fault, IntakeFault::File { .. }));
            verification.named.extend(found.named.into_iter().map(Fault::Intake));
            Ok(is_readable)
        }
        Err(error) => {
            let fault = damage_of_intake(error)?;
            verification.fault(Fault::IntakeUnreadable { fault });
            Ok(false)
        }
    }
}

/// Checks that ledger and intake know of each other, and counts every journey anew.
fn check_between(workspace: &Workspace, verification: &mut Verification, watch: &dyn Watch) -> Result<()> {
    // Every run is made here: rows never come from another device.
    let told = workspace.view(|view| view.runs(None, u32::MAX))?;
    let kept: BTreeSet<String> =
        workspace.intake_reader()?.view().runs(None, u32::MAX)?.into_iter().map(|run| run.name).collect();
    let mut missing = told.iter().filter(|run| !kept.contains(run.run.as_str()));
    if let Some(newest) = missing.next() {
        let first = missing.clone().next_back().unwrap_or(newest).run.clone();
        verification.fault(Fault::RunsMissing { count: 1 + missing.count(), first });
    }
    let altered = crate::trail::altered(workspace)?;
    if let Some(newest) = altered.first() {
        verification.fault(Fault::Trails { count: altered.len(), newest: newest.clone() });
    }
    step(watch, 2, 3)?;
    match counts_hold(workspace) {
        Ok(true) => {}
        Ok(false) => verification.fault(Fault::Tallies),
        Err(error) => verification.fault(Fault::Uncountable { fault: error.to_string() }),
    }
    step(watch, 3, 3)
}

/// Counts until nobody has written in between; what differs then is a fault and no race.
fn counts_hold(workspace: &Workspace) -> Result<bool> {
    let version = || -> Result<i64> { Ok(workspace.intake().view().data_version()?) };
    for _ in 1..COUNTS_MAX {
        let before = version()?;
        if tallies_hold(workspace)? {
            return Ok(true);
        }
        if version()? == before {
            return Ok(false);
        }
    }
    tallies_hold(workspace)
}

fn step(watch: &dyn Watch, done: u64, total: u64) -> Result<()> {
    watch.progress("verifying", done, total);
    if watch.cancel().load(Ordering::Relaxed) { Err(EngineError::Cancelled) } else { Ok(()) }
}

/// What the ledger's database said about its own damage; an error where it only could not be reached.
fn damage(error: StoreError) -> Result<String> {
    match error {
        StoreError::Sqlite(_)
        | StoreError::Damaged { .. }
        | StoreError::Event(_)
        | StoreError::Migration { .. }
            if !error.is_unreachable() =>
        {
            Ok(error.to_string())
        }
        other => Err(other.into()),
    }
}

/// The same for the intake.
fn damage_of_intake(error: IntakeError) -> Result<String> {
    if error.is_unreachable() || matches!(error, IntakeError::Newer) {
        return Err(error.into());
    }
    Ok(error.to_string())
}
