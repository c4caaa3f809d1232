//! `cargo xtask bench`: one million order lines through the whole pull, and beside it what others need for the same
//! file, or the same table of a database, on the same machine in the same run. Only the ratios mean anything elsewhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use crate::database::Database;
use crate::measured::{self, Cost};
use crate::packages::{self, Need};
use crate::place;
use crate::process::{Problem, cargo, command, quiet, succeed};
use crate::window;
use crate::{rotate, talk};

const LINES: u64 = 1_000_000;
const RUNS: usize = 3;

/// Counts after a pull are repeated more often: they are short, and the machine is never quite still.
const COUNTS: u32 = 7;

/// The limits that Plaza holds itself to.
const PULL_TIMES_IMPORT: f64 = 4.0;
const PULL_TIMES_COPY: f64 = 6.0;
const PEAK_MEGABYTES: f64 = 500.0;
const RECOUNT_TIMES_QUERY: f64 = 10.0;
const CHANGED_TIMES_QUERY: f64 = 3.0;

const HELP: &str = "\
cargo xtask bench [--lines N] [--runs N] [--python PROGRAM] [--no-window] [--keep]

  --lines N         order lines in the file (a million)
  --runs N          pulls, each beside an import, and starts of the window (3)
  --python PROGRAM  a Python that has the packages duckdb and ortools (python3)
  --no-window       leave out the window (which needs Linux, and a display of its own)
  --keep            leave files and workspace in target/bench
";

/// What `DuckDB` is asked: the file, then the weekly count of the promise kept as Plaza makes it, each miss divided among
/// the departments by the days that their legs took beyond plan. Its counts are held against those of Plaza.
const DUCKDB: &str = r#"
import datetime, duckdb, json, sys, time
file, times, weeks = sys.argv[1:]
start, worked = time.perf_counter(), time.process_time()
base = duckdb.connect()
base.execute("create table lines as select * from read_csv(?, header = true)", [file])
print("load", time.perf_counter() - start, time.process_time() - worked)
query = """
with ends as (
  select *, cast(date_trunc('week', promised) as date) as week, status = 'cancelled' as ended,
    if(status = 'cancelled', cast($file_day as date), cast($today as date)) as horizon
  from lines
), measured as (
  select *, coalesce(delivered, if(ended, horizon, least(horizon, week + 7))) as until,
    delivered is null and promised >= horizon as undecided,
    delivered is not null and delivered_quantity * 1000 < quantity * 990 as short
  from ends
), known as (
  select * replace (if(confirmed <= until, confirmed, null) as confirmed,
    if(produced <= until, produced, null) as produced, if(shipped <= until, shipped, null) as shipped)
  from measured
), legs as (
  select week, ended, undecided, short, until - promised as days, not undecided and until > promised as late,
    11 - (promised - ordered) + (coalesce(confirmed, until) - ordered) - if(confirmed is null, 11, 1) as sales,
    if(confirmed is null, 0, coalesce(produced, until) - confirmed - if(produced is null, 10, 6)) as production,
    if(produced is null, 0, coalesce(shipped, until) - produced - if(shipped is null, 4, 2))
      + if(shipped is null, 0, until - shipped - 2) as logistics
  from known
), weights as (
  select week, ended, undecided, late, short, days, if(late, greatest(sales, 0), 0) as sales,
    if(late, greatest(production, 0), 0) as production, if(late, greatest(logistics, 0), 0) as logistics
  from legs
), shares as (
  select week, ended, undecided, late, late or short as missed, days, sales, production,
    logistics + if(short, if(late, sales + production + logistics, 1), 0) as logistics,
    if(late, sales + production + logistics, 0) + if(short, if(late, sales + production + logistics, 1), 0) as whole
  from weights
)
select week, count(*) filter (not undecided) as n, count(*) filter (not undecided and not missed) as kept,
  count(*) filter (undecided and ended) as cancelled, sum(days) filter (late) as late_days,
  sum(sales / whole) filter (missed) as sales, sum(production / whole) filter (missed) as production,
  sum(logistics / whole) filter (missed) as logistics
from shares group by week order by week"""
days = {"file_day": file[-14:-4], "today": datetime.date.today().isoformat()}
for _ in range(int(times)):
    start, worked = time.perf_counter(), time.process_time()
    rows = base.execute(query, days).fetchall()
    print("query", time.perf_counter() - start, time.process_time() - worked)
with open(weeks) as known:
    ours = {week["week"]: (week["n"], week["numerator"]) for week in json.load(known)}
theirs = {"%d-W%02d" % row[0].isocalendar()[:2]: row[1:3] for row in rows if row[1] > 0}
different = [week for week in theirs if ours.get(week) != theirs[week]]
if different:
    sys.exit("Plaza and DuckDB count differently in %d of %d weeks, first in %s" % (len(different), len(theirs), different[0]))
"#;

struct Options {
    lines: u64,
    runs: usize,
    python: String,
    window: bool,
    keep: bool,
}

/// Where everything of one benchmark lies.
struct Bench {
    folder: PathBuf,
    options: Options,
    programs: PathBuf,
}

/// Minimum, median and maximum.
struct Spread([f64; 3]);

impl Spread {
    fn of(mut numbers: Vec<f64>) -> Option<Self> {
        numbers.sort_by(f64::total_cmp);
        Some(Self([*numbers.first()?, *numbers.get(numbers.len() / 2)?, *numbers.last()?]))
    }

    fn median(&self) -> f64 {
        self.0[1]
    }
}

/// Sets up, measures and prints.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode, Problem> {
    let Some(options) = options(arguments)? else {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    packages::install(Need::CommandLine)?;
    println!("Building the programs as they are shipped");
    let wanted = ["--package", "plaza-cli", "--package", "plaza-testkit", "--bins"];
    succeed("Building the programs", cargo().args(["build", "--release", "--quiet"]).args(wanted))?;
    if options.window {
        window::build()?;
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| place::at("target"), PathBuf::from);
    let bench = Bench { folder: target.join("bench"), options, programs: target.join("release") };
    bench.clear()?;
    let outcome = bench.measure();
    if !bench.options.keep {
        bench.clear()?;
    }
    outcome.map(|()| ExitCode::SUCCESS)
}

fn options(arguments: &[String]) -> Result<Option<Options>, Problem> {
    let mut options = Options {
        lines: LINES,
        runs: RUNS,
        python: "python3".into(),
        window: cfg!(target_os = "linux"),
        keep: false,
    };
    let mut rest = arguments.iter();
    while let Some(option) = rest.next() {
        let mut value =
            || rest.next().ok_or_else(|| Problem::Missing { what: format!("{option} needs a value") });
        let number = |text: &String| {
            let number = text.parse::<u64>().ok().filter(|number| *number > 0);
            number.ok_or_else(|| Problem::Missing {
                what: format!("{option}: “{text}” is no number above 0"),
            })
        };
        match option.as_str() {
            "--lines" => options.lines = number(value()?)?,
            "--runs" => options.runs = number(value()?)? as usize,
            "--python" => options.python.clone_from(value()?),
            "--no-window" => options.window = false,
            "--keep" => options.keep = true,
            "--help" | "-h" => return Ok(None),
            other => return Err(Problem::Missing { what: format!("bench does not know {other}\n{HELP}") }),
        }
    }
    Ok(Some(options))
}

impl Bench {
    fn clear(&self) -> Result<(), Problem> {
        if !self.folder.exists() {
            return Ok(());
        }
        fs::remove_dir_all(&self.folder).map_err(|reason| self.problem(reason))
    }

    fn problem(&self, reason: std::io::Error) -> Problem {
        Problem::File { path: self.folder.display().to_string(), reason }
    }

    fn program(&self, name: &str) -> Command {
        let mut program = command(self.programs.join(name));
        // Keys and settings of the benchmark's workspace stay in its own folder.
        program.env("XDG_DATA_HOME", self.folder.join("home")).env("HOME", self.folder.join("home"));
        program.env_remove("DBUS_SESSION_BUS_ADDRESS");
        program
    }

    fn measure(&self) -> Result<(), Problem> {
        let lines = self.options.lines;
        let file = self.write()?;
        let size = fs::metadata(&file).map_err(|reason| self.problem(reason))?.len();
        println!("{lines} order lines, {} MB, {} runs in turn", size / 1_000_000, self.options.runs);
        println!(
            "{:36} {:>27}   {:>27}   {:>8}",
            "", "seconds: min median max", "of the processors", "peak MB"
        );
        let (mut imports, mut pulls) = (Vec::new(), Vec::new());
        for _ in 0..self.options.runs {
            imports.extend(self.import(&file)?);
            pulls.push(self.pull()?);
        }
        if imports.is_empty() {
            println!("sqlite3 .import: left out, there is no program sqlite3 (Debian's package sqlite3)");
        } else {
            print_costs("sqlite3 .import", &imports);
        }
        print_costs("plaza pull", &pulls);
        let peak = pulls.iter().filter_map(|cost| cost.peak_bytes).max();
        let (loads, queries) = self.duckdb(&file, &self.weeks()?)?;
        print_costs("DuckDB load", &loads);
        print_costs("DuckDB weekly query", &queries);
        let recounts = self.inside("counting anew", &["recount"])?;
        print_costs("full recompute of all KPIs", &recounts);
        let folder = self.folder.display().to_string();
        let changed = self.inside("pulling what changed", &["changed", &folder, &lines.to_string()])?;
        print_costs(&format!("recompute after {} changed lines", lines.div_ceil(100)), &changed);
        let (copies, answers) = self.asked(&file)?;
        print_costs("psql \\copy", &copies);
        print_costs("plaza pull of the table", &answers);
        let talk = self.talk()?;
        println!();
        let peak: Vec<f64> = peak.map(megabytes).into_iter().collect();
        for (word, figure) in [("clock", clock as fn(&Cost) -> Option<f64>), ("processors", processors)] {
            let by_import = pair(&pulls, &imports, figure);
            judge(&format!("pull / sqlite3 .import, {word}"), &by_import, PULL_TIMES_IMPORT);
            let by_copy = pair(&answers, &copies, figure);
            judge(&format!("pull of a table / psql \\copy, {word}"), &by_copy, PULL_TIMES_COPY);
            let recount = by_median(&recounts, &queries, figure);
            judge(&format!("full recompute / DuckDB query, {word}"), &recount, RECOUNT_TIMES_QUERY);
            let changed = by_median(&changed, &queries, figure);
            judge(&format!("changed lines / DuckDB query, {word}"), &changed, CHANGED_TIMES_QUERY);
        }
        judge("peak memory of the pull, MB", &peak, PEAK_MEGABYTES);
        println!();
        talk::print(&talk);
        println!();
        let times = u32::try_from(self.options.runs).unwrap_or(u32::MAX);
        rotate::measure(&mut self.program("plaza-bench"), &self.options.python, &self.folder, times)?;
        if self.options.window {
            let data = self.folder.join("home/app.plaza.desktop");
            let program = self.programs.join("plaza-desktop");
            window::measure(&program, &data, &self.workspace(), self.options.runs)?;
        }
        Ok(())
    }

    /// Writes the file; gives its path.
    fn write(&self) -> Result<PathBuf, Problem> {
        let mut write = self.program("plaza-bench");
        write.arg("write").arg(&self.folder).arg(self.options.lines.to_string());
        succeed("Writing the file", &mut write)?;
        let found = fs::read_dir(&self.folder).map_err(|reason| self.problem(reason))?.flatten();
        found
            .map(|entry| entry.path())
            .find(|path| path.extension().is_some_and(|extension| extension == "csv"))
            .ok_or_else(|| Problem::Missing { what: "the file was not written".into() })
    }

    fn import(&self, file: &Path) -> Result<Option<Cost>, Problem> {
        if !quiet(Command::new("sqlite3").arg("-version").stdin(Stdio::null())) {
            return Ok(None);
        }
        let base = self.folder.join("import.db");
        let mut import = command("sqlite3");
        import.arg(&base).arg(".mode csv").arg(format!(".import {} lines", file.display()));
        let cost = measured::run("sqlite3 .import", &mut import)?;
        fs::remove_file(&base).map_err(|reason| self.problem(reason))?;
        Ok(Some(cost))
    }

    /// Pulls into a fresh workspace, which stays for what follows.
    fn pull(&self) -> Result<Cost, Problem> {
        let workspace = self.workspace();
        if workspace.exists() {
            fs::remove_dir_all(&workspace).map_err(|reason| self.problem(reason))?;
        }
        let mut pull = self.program("plaza");
        pull.arg("pull")
            .arg("--json")
            .arg("--workspace")
            .arg(&workspace)
            .arg(self.folder.join("million.toml"));
        let cost = measured::run("plaza pull", pull.stderr(Stdio::null()))?;
        self.every_journey(&cost)?;
        Ok(cost)
    }

    /// What it costs to copy the same lines out of a table, and to pull them from there; the server's work included.
    fn asked(&self, file: &Path) -> Result<(Vec<Cost>, Vec<Cost>), Problem> {
        let Some(server) = Database::start(file)? else {
            println!("PostgreSQL: left out, there is no such server (Debian's package postgresql)");
            return Ok((Vec::new(), Vec::new()));
        };
        let file = |name: &str| self.folder.join(name);
        let of_file = fs::read_to_string(file("million.toml")).map_err(|reason| self.problem(reason))?;
        let integration = file("table.toml");
        fs::write(&integration, server.integration(&of_file)).map_err(|reason| self.problem(reason))?;
        let (workspace, copy) = (file("asked"), file("copied.csv"));
        let (mut copies, mut answers) = (Vec::new(), Vec::new());
        for _ in 0..self.options.runs {
            copies.push(server.copy(&copy)?);
            if workspace.exists() {
                fs::remove_dir_all(&workspace).map_err(|reason| self.problem(reason))?;
            }
            // Without the password it only founds the workspace, which the password is kept for.
            let mut found = self.program("plaza");
            quiet(found.arg("pull").arg("--workspace").arg(&workspace).arg(&integration));
            let mut secret = self.program("plaza");
            secret.arg("secret").arg("--workspace").arg(&workspace).args(["million", "password"]);
            Database::keep_password(secret)?;
            let mut pull = self.program("plaza");
            pull.args(["pull", "--json", "--workspace"]).arg(&workspace).arg(&integration);
            pull.stderr(Stdio::null());
            let cost = server.with_server(|| measured::run("plaza pull of the table", &mut pull))?;
            self.every_journey(&cost)?;
            answers.push(cost);
        }
        Ok((copies, answers))
    }

    fn every_journey(&self, cost: &Cost) -> Result<(), Problem> {
        if cost.output.contains(&format!("\"journeys\": {}", self.options.lines)) {
            return Ok(());
        }
        Err(Problem::Missing { what: format!("the pull did not make every journey: {}", cost.output) })
    }

    fn workspace(&self) -> PathBuf {
        self.folder.join("workspace")
    }

    /// Writes what Plaza counted, week by week; gives the file's path.
    fn weeks(&self) -> Result<PathBuf, Problem> {
        let mut ask = self.program("plaza");
        ask.args(["week", "--kpi", "promise-kept", "--all", "--json", "--workspace"]).arg(self.workspace());
        let weeks = measured::run("plaza week", &mut ask)?.output;
        let path = self.folder.join("weeks.json");
        fs::write(&path, weeks).map_err(|reason| self.problem(reason))?;
        Ok(path)
    }

    /// What loads and weekly queries cost.
    fn duckdb(&self, file: &Path, weeks: &Path) -> Result<(Vec<Cost>, Vec<Cost>), Problem> {
        let python = &self.options.python;
        if !quiet(Command::new(python).args(["-c", "import duckdb"]).stdin(Stdio::null())) {
            println!("DuckDB: left out, {python} has no package duckdb (--python names another)");
            return Ok((Vec::new(), Vec::new()));
        }
        let (mut loads, mut queries) = (Vec::new(), Vec::new());
        for _ in 0..self.options.runs {
            let mut ask = command(python);
            ask.args(["-c", DUCKDB]).arg(file).arg(COUNTS.to_string()).arg(weeks);
            let cost = measured::run("DuckDB", &mut ask)?;
            for (what, seconds) in cost.output.lines().filter_map(|line| line.split_once(' ')) {
                let list = if what == "load" { &mut loads } else { &mut queries };
                list.extend(told(seconds));
            }
        }
        Ok((loads, queries))
    }

    /// Years of conversations, in the workspace of the last pull.
    fn talk(&self) -> Result<String, Problem> {
        let mut talk = self.program("plaza-bench");
        talk.arg("talk").arg(self.folder.join("home/app.plaza.desktop")).arg(self.workspace());
        talk.args([talk::THREADS, talk::MESSAGES_EACH, COUNTS].map(|number| number.to_string()));
        Ok(measured::run("writing conversations", &mut talk)?.output)
    }

    /// Stages timed from within, in the workspace of the last pull.
    fn inside(&self, what: &str, arguments: &[&str]) -> Result<Vec<Cost>, Problem> {
        let mut inside = self.program("plaza-bench");
        let (name, rest) = arguments.split_first().unwrap_or((&"", &[]));
        inside.arg(name).arg(self.folder.join("home/app.plaza.desktop")).arg(self.workspace());
        let cost = measured::run(what, inside.args(rest).arg(COUNTS.to_string()))?;
        Ok(cost.output.lines().filter_map(told).collect())
    }
}

/// What a program said of itself: seconds on the clock, and of the processors.
fn told(line: &str) -> Option<Cost> {
    let (clock, processors) = line.split_once(' ')?;
    Some(Cost {
        seconds: clock.parse().ok()?,
        processor_seconds: processors.parse().ok(),
        peak_bytes: None,
        output: String::new(),
    })
}

#[allow(clippy::unnecessary_wraps)] // beside `processors`, which may be unknown
const fn clock(cost: &Cost) -> Option<f64> {
    Some(cost.seconds)
}

const fn processors(cost: &Cost) -> Option<f64> {
    cost.processor_seconds
}

/// Each of ours against the median of theirs.
fn by_median(ours: &[Cost], theirs: &[Cost], figure: fn(&Cost) -> Option<f64>) -> Vec<f64> {
    let Some(median) = Spread::of(theirs.iter().filter_map(figure).collect()).map(|spread| spread.median())
    else {
        return Vec::new();
    };
    ours.iter().filter_map(figure).map(|one| one / median).collect()
}

pub(crate) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Each run against the import beside it.
fn pair(ours: &[Cost], theirs: &[Cost], figure: fn(&Cost) -> Option<f64>) -> Vec<f64> {
    let ratio = |(ours, theirs)| Some(figure(ours)? / figure(theirs)?);
    ours.iter().zip(theirs).filter_map(ratio).collect()
}

fn print_costs(what: &str, costs: &[Cost]) {
    if costs.is_empty() {
        return;
    }
    let clock = spread(costs.iter().map(|cost| cost.seconds).collect());
    let processors = spread(costs.iter().filter_map(|cost| cost.processor_seconds).collect());
    let peak = costs.iter().filter_map(|cost| cost.peak_bytes).max();
    let peak = peak.map_or_else(String::new, |bytes| format!("{:.0}", megabytes(bytes)));
    println!("{what:36} {clock:>27}   {processors:>27}   {peak:>8}");
}

pub(crate) fn spread(numbers: Vec<f64>) -> String {
    Spread::of(numbers)
        .map_or_else(String::new, |Spread([min, median, max])| format!("{min:8.3} {median:8.3} {max:8.3}"))
}

pub(crate) fn judge(what: &str, numbers: &[f64], limit: f64) {
    let Some(Spread([min, median, max])) = Spread::of(numbers.to_vec()) else { return };
    let verdict = if median <= limit { "holds" } else { "does not hold" };
    println!("{what:40} {min:8.2} {median:8.2} {max:8.2}   limit {limit:5}   {verdict}");
}
