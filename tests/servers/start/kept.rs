//! A program that runs as long as a test wants it.

use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

/// The longest that a server may take to start on a busy machine.
const START_LONGEST: Duration = Duration::from_mins(2);

/// A running server with its folder. A shell keeps it: whoever wants it holds the other end of the shell's standard
/// input, so that also a test that was killed, or that never drops it, lets go of it.
pub(super) struct Kept {
    folder: PathBuf,
    keeper: Child,
    wanted: Option<ChildStdin>,
}

impl Kept {
    /// Starts the words of a command line in `keeper`, which says as whom and where. `end` is how it is told to stop;
    /// the folder is removed then.
    pub(super) fn start(mut keeper: Command, folder: &Path, words: &[String], end: &str) -> Self {
        let script = format!(
            "folder=$1; shift; \"$@\" </dev/null >\"$folder/log\" 2>&1 & \
             server=$!; cat >/dev/null; {end} $server; wait $server; rm -rf \"$folder\""
        );
        keeper.args(["-c", &script, "sh"]).arg(folder).args(words);
        let mut keeper = keeper.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let wanted = keeper.stdin.take();
        Self { folder: folder.to_owned(), keeper, wanted }
    }

    /// Waits until it answers; what it wrote is in the panic where it does not.
    pub(super) fn wait(&mut self, answers: impl Fn() -> Result<(), Refused>) {
        let began = Instant::now();
        while let Err(words) = answers() {
            let log = || std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(began.elapsed() < START_LONGEST, "the server does not start: {words}\n{}", log());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Ends it.
    pub(super) fn end(&mut self) {
        if self.wanted.take().is_some() {
            self.keeper.wait().unwrap();
        }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.end();
    }
}

/// What a program wrote when it did not do what it was told.
#[derive(Debug)]
pub(crate) struct Refused(pub(super) String);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
