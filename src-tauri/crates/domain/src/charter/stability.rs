//! Whether an integration is stable enough for others to stand on it.

use super::Level;

/// More rows than this share waiting in quarantine make an integration unstable, per mille of its order lines and those
/// that wait: one in fifty is worked off beside other things, more are not.
pub const WAITING_PER_MILLE_MAX: i64 = 20;

/// Data of which the last run ended more than so many days ago are old: the weekly meeting, and a day.
pub const OLD_DAYS: i32 = 8;

/// How the newest run of an integration ended. A run that a person cancelled says nothing and is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastRun {
    /// There was none.
    Never,
    /// It worked.
    Finished,
    /// It did not work.
    Failed,
    /// It was begun and is not done, though nothing is being pulled.
    Interrupted,
}

/// What is known of an integration that others stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its level; nothing where nobody has said it.
    pub level: Option<Level>,
    /// Whether a charter was saved.
    pub has_charter: bool,
    /// Whether it is active.
    pub is_active: bool,
    /// Its newest run.
    pub last_run: LastRun,
    /// Days since the last run that worked.
    pub age_days: Option<i32>,
    /// Rows that wait in quarantine.
    pub waiting: i64,
    /// Order lines that it has brought.
    pub journeys: i64,
}

/// Why an integration is unstable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody has written its charter.
    NoCharter,
    /// It is pulled by hand only.
    NotActive,
    /// It was never pulled.
    NeverPulled,
    /// Its last run did not work.
    Failed,
    /// Its last run was interrupted.
    Interrupted,
    /// Too many rows wait in quarantine.
    Quarantine {
        /// How many.
        waiting: i64,
    },
    /// Its data are old.
    Old {
        /// Days since its last run that worked.
        days: i32,
    },
}

impl Trouble {
    /// The word in events and commands.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoCharter => "no_charter",
            Self::NotActive => "not_active",
            Self::NeverPulled => "never_pulled",
            Self::Failed => "failed",
            Self::Interrupted => "interrupted",
            Self::Quarantine { .. } => "quarantine",
            Self::Old { .. } => "old",
        }
    }
}

impl Standing {
    /// Whether an integration of a level stands on it. One whose level nobody has said may be the ground itself, and
    /// counts as such.
    pub fn is_below(&self, level: Level) -> bool {
        self.level.unwrap_or(Level::Foundation) < level
    }

    /// Why it is unstable; nothing where it is stable.
    pub fn troubles(&self) -> Vec<Trouble> {
        let mut troubles = Vec::new();
        if !self.has_charter {
            troubles.push(Trouble::NoCharter);
        } else if !self.is_active {
            troubles.push(Trouble::NotActive);
        }
        match self.last_run {
            LastRun::Never => troubles.push(Trouble::NeverPulled),
            LastRun::Failed => troubles.push(Trouble::Failed),
            LastRun::Interrupted => troubles.push(Trouble::Interrupted),
            LastRun::Finished => {}
        }
        if self.waiting * 1000 > (self.journeys + self.waiting) * WAITING_PER_MILLE_MAX {
            troubles.push(Trouble::Quarantine { waiting: self.waiting });
        }
        if let Some(days) = self.age_days.filter(|days| *days > OLD_DAYS) {
            troubles.push(Trouble::Old { days });
        }
        troubles
    }
}
