//! A `PostgreSQL` server of the benchmark's own: the same lines in a table, to be pulled from there and, beside it, to be
//! copied out by `psql`.

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::measured::{self, Cost};
use crate::process::{Problem, command, quiet, succeed};

/// Whom it runs as where the benchmark runs as root, which `PostgreSQL` refuses. Debian's package makes it.
const USER: &str = "postgres";

const PASSWORD: &str = "plaza-bench";

/// Ticks per second in which Linux tells the time of processors.
const TICKS_PER_SECOND: f64 = 100.0;

/// Longer than a session of the server takes to end behind the one who asked.
const SESSION_ENDS: Duration = Duration::from_millis(500);

/// The columns of the file, as a table has them.
const COLUMNS: &str = "\"order\" text, line integer, customer text, product text, quantity numeric, \
    delivered_quantity numeric, ordered date, promised date, confirmed date, produced date, shipped date, \
    delivered date, status text";

/// What both ask for.
const QUERY: &str = "SELECT confirmed, customer, delivered, delivered_quantity, line, \"order\", ordered, produced, \
    product, promised, quantity, shipped, status FROM lines";

/// A server that runs until it is dropped.
pub(crate) struct Database {
    folder: PathBuf,
    programs: PathBuf,
    is_root: bool,
    port: u16,
}

impl Database {
    /// Starts one with the lines of a file; none where there is no such server on this computer.
    pub(crate) fn start(file: &Path) -> Result<Option<Self>, Problem> {
        let Some(programs) = programs() else { return Ok(None) };
        let is_root = command("id").arg("-u").output().is_ok_and(|answer| answer.stdout.trim_ascii() == b"0");
        // Not in the build's folder: the server's user may be barred from it.
        let folder = std::env::temp_dir().join(format!("plaza-bench-{}", std::process::id()));
        let failed = |reason| Problem::File { path: folder.display().to_string(), reason };
        fs::create_dir_all(&folder).map_err(failed)?;
        fs::write(folder.join("password"), PASSWORD).map_err(failed)?;
        let listener = TcpListener::bind("127.0.0.1:0").map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        drop(listener);
        let server = Self { folder, programs, is_root, port };
        if is_root {
            succeed("chown", command("chown").arg("-R").arg(USER).arg(&server.folder))?;
        }
        let mut init = server.server("initdb");
        init.args(["-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-U", "plaza"]);
        init.arg(format!("--pwfile={}", server.folder.join("password").display())).arg("-D");
        succeed("initdb", init.arg(server.data()).stdout(Stdio::null()))?;
        let options =
            format!("-p {port} -h 127.0.0.1 -k {} -c fsync=off -c max_wal_size=4GB", server.folder.display());
        let mut start = server.control();
        start.args(["-w", "-s", "-o", &options, "start"]);
        succeed("pg_ctl start", start.stdout(Stdio::null()))?;
        let load = format!("\\copy lines FROM '{}' CSV HEADER", file.display());
        let statements = [format!("CREATE TABLE lines ({COLUMNS})"), load, "VACUUM ANALYZE lines".into()];
        for statement in statements {
            succeed("psql", server.psql().args(["-c", &statement]).stdout(Stdio::null()))?;
        }
        Ok(Some(server))
    }

    /// The integration of the file, asked of the table.
    pub(crate) fn integration(&self, of_file: &str) -> String {
        let connection = format!(
            "[connection]\nkind = \"postgres\"\nhost = \"127.0.0.1\"\nport = {}\ndatabase = \"postgres\"\n\
             user = \"plaza\"\ntls = \"off\"\n\n[route]",
            self.port
        );
        of_file
            .replacen("[route]", &connection, 1)
            .replace("files = [\"lines_*.csv\"]", "from = { name = \"lines\" }")
            .replace("snapshot_date = \"lines_{yyyy-MM-dd}.csv\"\n", "")
    }

    /// What it costs to copy the rows into a file, the server's work included.
    pub(crate) fn copy(&self, to: &Path) -> Result<Cost, Problem> {
        let copy = format!("\\copy ({QUERY}) TO '{}' CSV HEADER", to.display());
        self.with_server(|| measured::run("psql \\copy", self.psql().args(["-c", &copy])))
    }

    /// What something costs that asks the server, the server's work included.
    pub(crate) fn with_server(&self, ask: impl FnOnce() -> Result<Cost, Problem>) -> Result<Cost, Problem> {
        let before = self.processor_seconds();
        let cost = ask()?;
        // The work of a session is told only once it has ended, a moment after whoever asked.
        std::thread::sleep(SESSION_ENDS);
        let server = self.processor_seconds().zip(before).map(|(after, before)| after - before);
        let processor_seconds = cost.processor_seconds.zip(server).map(|(own, server)| own + server);
        Ok(Cost { processor_seconds, ..cost })
    }

    /// Gives Plaza the password, into a workspace that is there already.
    pub(crate) fn keep_password(mut secret: Command) -> Result<(), Problem> {
        let failed = |reason| Problem::Start { program: "plaza secret".into(), reason };
        let mut child = secret.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(failed)?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(PASSWORD.as_bytes()).map_err(failed)?;
        }
        let status = child.wait().map_err(failed)?;
        if status.success() { Ok(()) } else { Err(Problem::Failed { what: "plaza secret".into(), status }) }
    }

    /// Seconds that the processors worked for the server and its sessions that have ended.
    fn processor_seconds(&self) -> Option<f64> {
        let known = fs::read_to_string(self.data().join("postmaster.pid")).ok()?;
        let stat = fs::read_to_string(format!("/proc/{}/stat", known.lines().next()?)).ok()?;
        let (_, fields) = stat.rsplit_once(')')?;
        let ticks = fields.split_whitespace().skip(11).take(4).filter_map(|text| text.parse::<f64>().ok());
        Some(ticks.sum::<f64>() / TICKS_PER_SECOND)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn psql(&self) -> Command {
        let mut psql = command(self.programs.join("psql"));
        psql.env("PGPASSWORD", PASSWORD).args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1"]);
        psql.args(["-U", "plaza", "-d", "postgres", "-p", &self.port.to_string()]);
        psql
    }

    fn control(&self) -> Command {
        let mut control = self.server("pg_ctl");
        control.arg("-D").arg(self.data()).arg("-l").arg(self.folder.join("log"));
        control
    }

    /// One of the server's programs, as an ordinary user.
    fn server(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut server = if self.is_root {
            let mut server = command("setpriv");
            let user = [format!("--reuid={USER}"), format!("--regid={USER}")];
            server.args(user).arg("--clear-groups").arg(program);
            server
        } else {
            command(program)
        };
        server.current_dir(&self.folder);
        server
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // Nothing of it is wanted any more, however it ends.
        quiet(self.control().args(["-m", "immediate", "-s", "stop"]));
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Where the newest of the server's programs lie.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    versions.map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").exists()).max()
}
