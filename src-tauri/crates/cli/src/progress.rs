//! A bar on a terminal for work that takes a while.

use std::io::IsTerminal;
use std::sync::atomic::AtomicBool;

use plaza_engine::pull::Watch;

/// Shows how work goes on, where standard error is a terminal.
pub(crate) struct Bar {
    shows: bool,
    cancel: AtomicBool,
}

impl Bar {
    /// A bar, where it is wanted at all.
    pub(crate) fn new(wanted: bool) -> Self {
        Self { shows: wanted && std::io::stderr().is_terminal(), cancel: AtomicBool::new(false) }
    }

    /// Takes it away.
    pub(crate) fn clear(&self) {
        if self.shows {
            eprint!("\r\x1b[K");
        }
    }
}

impl Watch for Bar {
    fn progress(&self, what: &str, done: u64, total: u64) {
        match total {
            _ if !self.shows => {}
            0 => eprint!("\r\x1b[K{what} {done}"),
            _ => eprint!("\r\x1b[K{what} {done}/{total}"),
        }
    }

    fn cancel(&self) -> &AtomicBool {
        &self.cancel
    }
}
