//! What the benchmark needs from inside of Plaza: its files, and the stages of a pull timed one by one. The program
//! that a person runs is `cargo xtask bench`.

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use plaza_engine::home::Home;
use plaza_engine::integration::Integration;
use plaza_engine::pull::{Watch, pull};
use plaza_engine::week::tallies_hold;
use plaza_engine::workspace::Workspace;
use plaza_testkit::million;

const USAGE: &str = "plaza-bench write FOLDER LINES
plaza-bench recount DATA WORKSPACE TIMES
plaza-bench changed DATA WORKSPACE FOLDER LINES TIMES";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write", folder, lines] => write(Path::new(folder), lines.parse()?),
        ["recount", data, workspace, times] => recount(&open(data, workspace)?, times.parse()?),
        ["changed", data, workspace, folder, lines, times] => {
            changed(&open(data, workspace)?, Path::new(folder), lines.parse()?, times.parse()?)
        }
        _ => Err(USAGE.into()),
    }
}

fn open(data: &str, workspace: &str) -> Result<Workspace, Box<dyn Error>> {
    let home = Home::new(&PathBuf::from(data));
    Ok(Workspace::open(Path::new(workspace), home.keys(), home.clock())?)
}

/// The files of the benchmark: the integration and its first edition.
fn write(folder: &Path, lines: u64) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("million.toml"), million::INTEGRATION_TOML)?;
    let file = File::create(folder.join(million::file_name(0)))?;
    Ok(million::write(&mut BufWriter::new(file), lines, million::SEED)?)
}

/// Counts every journey anew, so many times; each line of output is the seconds of one.
fn recount(workspace: &Workspace, times: u32) -> Result<(), Box<dyn Error>> {
    for _ in 0..times {
        let start = Instant::now();
        let holds = tallies_hold(workspace)?;
        println!("{:.4}", start.elapsed().as_secs_f64());
        if !holds {
            return Err("the kept figures are not those of a full count".into());
        }
    }
    Ok(())
}

/// Pulls what has changed of the lines, edition by edition; each line of output is the seconds that it took to read
/// the file, to count what it touched, and to publish.
fn changed(workspace: &Workspace, folder: &Path, lines: u64, times: u64) -> Result<(), Box<dyn Error>> {
    let integration = Integration::from_toml(million::INTEGRATION_TOML)?;
    for edition in 1..=times {
        let file = File::create(folder.join(million::file_name(edition)))?;
        million::write_changed(&mut BufWriter::new(file), lines, million::SEED, edition)?;
        let stages = Stages::default();
        pull(workspace, &integration, folder, &stages)?;
        let end = Instant::now();
        let mut seconds = Vec::new();
        for stage in ["read", "count", "publish"] {
            seconds.push(format!("{:.4}", stages.length(stage, end).as_secs_f64()));
        }
        println!("{}", seconds.join(" "));
    }
    Ok(())
}

/// When each stage of a pull began.
#[derive(Default)]
struct Stages {
    began: Mutex<Vec<(String, Instant)>>,
    cancel: AtomicBool,
}

impl Watch for Stages {
    fn progress(&self, what: &str, _done: u64, _total: u64) {
        if let Ok(mut began) = self.began.lock()
            && began.last().is_none_or(|(last, _)| last != what)
        {
            began.push((what.to_owned(), Instant::now()));
        }
    }

    fn cancel(&self) -> &AtomicBool {
        &self.cancel
    }
}

impl Stages {
    /// How long a stage took; `end` is when the pull was over.
    fn length(&self, stage: &str, end: Instant) -> Duration {
        let Ok(began) = self.began.lock() else { return Duration::ZERO };
        let Some(place) = began.iter().position(|(what, _)| what == stage) else { return Duration::ZERO };
        let until = began.get(place + 1).map_or(end, |(_, next)| *next);
        began.get(place).map_or(Duration::ZERO, |(_, start)| until.duration_since(*start))
    }
}
