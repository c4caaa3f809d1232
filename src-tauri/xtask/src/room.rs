//! How much room there is, on disks and in memory, in mebibytes. Nothing where the system does not say.

use std::fs;
use std::path::Path;
use std::process::Command;

/// What may still be written to the disk that a folder is on.
pub(crate) fn on_disk(folder: &Path) -> Option<u64> {
    let said = Command::new("df").args(["--output=avail", "--block-size=1M"]).arg(folder).output().ok()?;
    free(&String::from_utf8_lossy(&said.stdout))
}

/// Memory that programs may still use (proc(5)).
pub(crate) fn in_memory() -> Option<u64> {
    available(&fs::read_to_string("/proc/meminfo").ok()?)
}

/// As `df` says it below a heading.
fn free(said: &str) -> Option<u64> {
    said.lines().nth(1)?.trim().parse().ok()
}

fn available(said: &str) -> Option<u64> {
    let line = said.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_read_as_the_system_says_it() {
        assert_eq!(free("  Avail\n 24101\n"), Some(24_101));
        assert_eq!(free("Avail\n"), None);
        assert_eq!(available("MemTotal: 9 kB\nMemAvailable:   16777216 kB\n"), Some(16_384));
        assert_eq!(available("MemTotal: 9 kB\n"), None);
    }
}
