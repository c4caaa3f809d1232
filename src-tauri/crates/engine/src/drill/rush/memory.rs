//! How much memory the program uses, looked at whenever a pull says how far it is, and after it.

use std::sync::atomic::{AtomicI64, Ordering};

/// From the first half of the pulls to the second it may grow by an eighth and this: what an allocator keeps is no leak.
const SLACK_BYTES: i64 = 32 << 20;

/// With fewer pulls than this nothing can be said of a trend.
const PULLS_MIN: usize = 4;

/// What was seen, bytes.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The most since the last pull ended.
    now: AtomicI64,
    /// The most of each pull.
    pulls: Vec<i64>,
}

impl Memory {
    /// Looks.
    pub(super) fn look(&self) {
        if let Some(used) = used() {
            self.now.fetch_max(used, Ordering::Relaxed);
        }
    }

    /// Looks at the end of a pull.
    pub(super) fn end_pull(&mut self) {
        self.look();
        self.pulls.extend(Some(self.now.swap(0, Ordering::Relaxed)).filter(|most| *most > 0));
    }

    /// The most that was seen.
    pub(super) fn most(&self) -> Option<i64> {
        self.pulls.iter().copied().max()
    }

    /// Whether it stayed the same.
    pub(super) fn is_flat(&self) -> Option<bool> {
        if self.pulls.len() < PULLS_MIN {
            return None;
        }
        let (first, second) = self.pulls.split_at(self.pulls.len() / 2);
        let most = |half: &[i64]| half.iter().copied().max().unwrap_or_default();
        let allowed = most(first) + most(first) / 8 + SLACK_BYTES;
        Some(most(second) <= allowed)
    }
}

/// Bytes of this program in memory; nothing where the operating system does not say so in a file.
fn used() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1_024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_told_from_what_an_allocator_keeps() {
        let of = |megabytes: &[i64]| {
            let pulls = megabytes.iter().map(|one| one << 20).collect();
            Memory { pulls, ..Memory::default() }.is_flat()
        };
        assert_eq!(of(&[100, 100, 100]), None, "too few");
        assert_eq!(of(&[100, 110, 110, 120]), Some(true));
        assert_eq!(of(&[100, 140, 180, 220]), Some(false));
    }
}
