//! A PostgreSQL server of its own, with its data in a temporary folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{free_port, run};

/// The user whom it runs as where the tests run as root, which PostgreSQL refuses.
const ORDINARY_USER: &str = "plazapg";

/// A server that runs.
pub struct Postgres {
    folder: TempDir,
    programs: PathBuf,
    /// Where it listens, on this computer.
    pub port: u16,
}

impl Postgres {
    /// The user who may do everything, and its password.
    pub const USER: &str = "plaza";
    pub const PASSWORD: &str = "plaza-test-word";

    /// Starts one.
    pub fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("plaza-postgres-").tempdir().unwrap();
        let server = Self { folder, programs: programs(), port: free_port() };
        let data = server.folder.path().join("data");
        let password = server.folder.path().join("password");
        std::fs::write(&password, Self::PASSWORD).unwrap();
        if is_root() {
            if !Command::new("id").arg(ORDINARY_USER).output().unwrap().status.success() {
                run(Command::new("useradd").args(["-M", "-s", "/bin/sh", ORDINARY_USER]));
            }
            run(Command::new("chown").arg("-R").arg(ORDINARY_USER).arg(server.folder.path()));
        }
        run(server
            .command("initdb")
            .args(["-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-U", Self::USER])
            .arg(format!("--pwfile={}", password.display()))
            .arg("-D")
            .arg(&data));
        let options =
            format!("-p {} -h 127.0.0.1 -k {} -c fsync=off", server.port, server.folder.path().display());
        run(server.control(&data).args(["-w", "-o", &options, "start"]));
        server
    }

    /// Makes a database out of a dump.
    pub fn restore(&self, database: &str, dump: &Path) {
        run(self.client("createdb").arg(database));
        run(self.client("pg_restore").args(["--no-owner", "-d", database]).arg(dump));
    }

    /// Runs a script of SQL.
    pub fn run(&self, database: &str, sql: &str) {
        run(self.client("psql").args(["-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql]));
    }

    /// A client's program, as the user who may do everything.
    fn client(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.env("PGPASSWORD", Self::PASSWORD).args(["-h", "127.0.0.1", "-U", Self::USER, "-p"]);
        command.arg(self.port.to_string());
        command
    }

    fn control(&self, data: &Path) -> Command {
        let mut command = self.command("pg_ctl");
        command.arg("-D").arg(data).arg("-l").arg(self.folder.path().join("log"));
        command
    }

    /// One of the server's programs, as an ordinary user.
    fn command(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            let user = [format!("--reuid={ORDINARY_USER}"), format!("--regid={ORDINARY_USER}")];
            command.args(user).arg("--clear-groups").arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.folder.path().join("data");
        let _ = self.control(&data).args(["-m", "immediate", "stop"]).output();
    }
}

/// Where the newest of the server's programs lie.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest =
        versions.map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").exists()).max();
    newest.expect("no PostgreSQL on this computer: install the package postgresql, or set PLAZA_NO_SERVERS=1")
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().unwrap();
    output.stdout.trim_ascii() == b"0"
}
