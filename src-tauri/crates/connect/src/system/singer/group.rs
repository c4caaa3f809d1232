//! The processes of a tap as one group: begun apart from Plaza's own, weighed and ended together.

use std::process::{Child, Command, ExitStatus};

/// A tap and whatever it started.
#[derive(Debug)]
pub(super) struct Group {
    leader: Child,
    status: Option<ExitStatus>,
}

#[cfg(unix)]
impl Group {
    /// Makes the command begin a group of its own.
    pub(super) fn apart(command: &mut Command) {
        std::os::unix::process::CommandExt::process_group(command, 0);
    }

    fn id(&self) -> Option<rustix::process::Pid> {
        i32::try_from(self.leader.id()).ok().and_then(rustix::process::Pid::from_raw)
    }

    /// Whether the tap itself has ended. It is not taken leave of yet: its number stays that of the group.
    pub(super) fn has_ended(&mut self) -> bool {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        self.status.is_some() || self.id().is_none_or(|id| !matches!(waitid(WaitId::Pid(id), look), Ok(None)))
    }

    /// Ends whatever still runs of it, at once.
    pub(super) fn kill(&mut self) {
        if self.status.is_none() {
            // Fails only where nothing runs any more.
            if let Some(id) = self.id() {
                let _ = rustix::process::kill_process_group(id, rustix::process::Signal::KILL);
            }
        }
    }
}

#[cfg(not(unix))]
impl Group {
    /// There are no groups here; what a tap started is found by its parent.
    pub(super) fn apart(_: &mut Command) {}

    /// Whether the tap itself has ended.
    pub(super) fn has_ended(&mut self) -> bool {
        if self.status.is_none() {
            self.status = self.leader.try_wait().ok().flatten();
        }
        self.status.is_some()
    }

    /// Ends whatever still runs of it, at once.
    pub(super) fn kill(&mut self) {
        if self.status.is_none() {
            let id = self.leader.id().to_string();
            let _ = Command::new("taskkill").args(["/T", "/F", "/PID", &id]).output();
            let _ = self.leader.kill();
        }
    }
}

impl Group {
    /// Takes over what was begun.
    pub(super) fn new(leader: Child) -> Self {
        Self { leader, status: None }
    }

    /// Ends all of it and tells how the tap itself ended; none where the operating system does not say.
    pub(super) fn end(&mut self) -> Option<ExitStatus> {
        self.kill();
        if self.status.is_none() {
            self.status = self.leader.wait().ok();
        }
        self.status
    }

    /// The memory that the group holds, bytes; none where that cannot be told.
    ///
    /// What is really held (the resident set) and not the addresses that are set aside, which `RLIMIT_AS` would bound:
    /// Python with a few threads and its arenas sets a multiple aside of what it uses, so that taps would fail for no
    /// reason, and a limit of that kind holds for each process and not for all of them together.
    #[cfg(target_os = "linux")]
    pub(super) fn memory_bytes(&self) -> Option<u64> {
        let group = self.leader.id();
        let pages = std::fs::read_dir("/proc").ok()?.flatten().filter_map(|process| {
            process.file_name().to_str()?.parse::<u32>().ok()?;
            let about = std::fs::read_to_string(process.path().join("stat")).ok()?;
            // The name in brackets may hold anything; what follows it are numbers.
            let mut numbers = about.rsplit_once(')')?.1.split_ascii_whitespace();
            (numbers.nth(2)?.parse::<u32>().ok()? == group).then_some(())?;
            numbers.nth(18)?.parse::<u64>().ok()
        });
        Some(pages.sum::<u64>() * rustix::param::page_size() as u64)
    }

    /// As on Linux, told by `ps`.
    #[cfg(all(unix, not(target_os = "linux")))]
    pub(super) fn memory_bytes(&self) -> Option<u64> {
        let listed = Command::new("ps").args(["-axo", "pgid=,rss="]).output().ok()?;
        let group = self.leader.id();
        let kib = String::from_utf8_lossy(&listed.stdout)
            .lines()
            .filter_map(|line| {
                let (id, kib) = line.trim().split_once(char::is_whitespace)?;
                (id.parse::<u32>().ok()? == group).then(|| kib.trim().parse::<u64>().ok())?
            })
            .sum::<u64>();
        Some(kib * 1_024)
    }

    /// Windows tells no group's memory without code that this crate forbids.
    #[cfg(not(unix))]
    pub(super) fn memory_bytes(&self) -> Option<u64> {
        None
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end();
    }
}
