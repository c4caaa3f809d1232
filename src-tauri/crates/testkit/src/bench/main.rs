//! What the benchmark needs from inside of Plaza: its files, and the stages of a pull timed one by one. The program
//! that a person runs is `cargo xtask bench`.

mod rotate;
mod talk;

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use plaza_engine::home::Home;
use plaza_engine::integration::Integration;
use plaza_engine::pull::{Watch, pull};
use plaza_engine::week::tallies_hold;
use plaza_engine::workspace::Workspace;
use plaza_testkit::million;

const USAGE: &str = "plaza-bench write FOLDER LINES
plaza-bench recount DATA WORKSPACE TIMES
plaza-bench changed DATA WORKSPACE FOLDER LINES TIMES
plaza-bench talk DATA WORKSPACE THREADS MESSAGES_EACH TIMES
plaza-bench rotate CASE TIMES";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write", folder, lines] => write(Path::new(folder), lines.parse()?),
        ["recount", data, workspace, times] => recount(&open(data, workspace)?, times.parse()?),
        ["changed", data, workspace, folder, lines, times] => {
            changed(&open(data, workspace)?, Path::new(folder), lines.parse()?, times.parse()?)
        }
        ["talk", data, workspace, threads, each, times] => {
            talk::talk(&open(data, workspace)?, threads.parse()?, each.parse()?, times.parse()?)
        }
        ["rotate", case, times] => rotate::rotate(Path::new(case), times.parse()?),
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

/// Seconds that all processors together have worked for this program; nothing where the system does not tell.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name is in brackets and may hold blanks; user and system time are fields 14 and 15, in hundredths.
    let fields = stat.rsplit_once(')').map(|(_, fields)| fields).unwrap_or_default();
    fields.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>()
        / 100.0
}

/// Counts every journey anew, so many times; each line of output is the seconds of one, on the clock and of the
/// processors.
fn recount(workspace: &Workspace, times: u32) -> Result<(), Box<dyn Error>> {
    for _ in 0..times {
        let (start, worked) = (Instant::now(), processor_seconds());
        let holds = tallies_hold(workspace)?;
        println!("{:.4} {:.4}", start.elapsed().as_secs_f64(), processor_seconds() - worked);
        if !holds {
            return Err("the kept figures are not those of a full count".into());
        }
    }
    Ok(())
}

/// Pulls what has changed of the lines, edition by edition; each line of output is the seconds from the last row read
/// to the last week published, on the clock and of the processors.
fn changed(workspace: &Workspace, folder: &Path, lines: u64, times: u64) -> Result<(), Box<dyn Error>> {
    let integration = Integration::from_toml(million::INTEGRATION_TOML)?;
    for edition in 1..=times {
        let file = File::create(folder.join(million::file_name(edition)))?;
        million::write_changed(&mut BufWriter::new(file), lines, million::SEED, edition)?;
        let counting = Counting::default();
        pull(workspace, &integration, folder, &counting)?;
        let (began, worked) = counting.began.into_inner()?.ok_or("the pull counted nothing")?;
        let (ended, worked_then) = counting.ended.into_inner()?.ok_or("the pull published nothing")?;
        println!("{:.4} {:.4}", ended.duration_since(began).as_secs_f64(), worked_then - worked);
    }
    Ok(())
}

/// A moment, with the seconds that the processors had worked by then.
type Moment = Mutex<Option<(Instant, f64)>>;

/// Notes when the rows of a pull were read, and when the last week was published.
#[derive(Default)]
struct Counting {
    began: Moment,
    ended: Moment,
    cancel: AtomicBool,
}

impl Watch for Counting {
    fn progress(&self, what: &str, _done: u64, _total: u64) {
        let moment = match what {
            "count" => &self.began,
            "settle" => &self.ended,
            _ => return,
        };
        if let Ok(mut moment) = moment.lock() {
            moment.get_or_insert_with(|| (Instant::now(), processor_seconds()));
        }
    }

    fn cancel(&self) -> &AtomicBool {
        &self.cancel
    }
}
