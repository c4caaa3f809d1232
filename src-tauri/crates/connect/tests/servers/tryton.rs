//! A Tryton server with 26 weeks of a company, as of 2026-11-23.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tempfile::TempDir;

use super::{Postgres, environment, fixtures, free_port, run, wait_for};

/// The administrator's password in the dump.
const ADMIN_PASSWORD: &str = "Adm1n-spike!";

/// A server that runs.
pub struct Tryton {
    server: Child,
    programs: PathBuf,
    _folder: TempDir,
    _postgres: Postgres,
    /// Its address.
    pub url: String,
    /// The key of its REST interface, for the user who may only read.
    pub key: String,
}

impl Tryton {
    /// The database.
    pub const DATABASE: &str = "erp";
    /// The user who may only read, and its password.
    pub const READER: &str = "kpi";
    pub const READER_PASSWORD: &str = "Kp1-reader-2026";

    /// The one of this run: started by the first who asks, stopped by the last who lets go.
    pub fn of_this_run() -> Arc<Self> {
        static RUNNING: Mutex<Weak<Tryton>> = Mutex::new(Weak::new());
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = running.upgrade() {
            return server;
        }
        let server = Arc::new(Self::start());
        *running = Arc::downgrade(&server);
        server
    }

    fn start() -> Self {
        let programs = environment("tryton");
        let postgres = Postgres::start();
        postgres.restore(Self::DATABASE, &fixtures().join("erp.dump"));
        let folder = tempfile::tempdir().unwrap();
        let (port, settings, log) =
            (free_port(), folder.path().join("trytond.conf"), folder.path().join("log"));
        let (user, password) = (Postgres::USER, Postgres::PASSWORD);
        let text = format!(
            "[database]\nuri = postgresql://{user}:{password}@127.0.0.1:{}/\n[web]\nlisten = 127.0.0.1:{port}\n",
            postgres.port
        );
        std::fs::write(&settings, text).unwrap();
        // Without the name of the database every login fails.
        let server = Command::new(programs.join("trytond"))
            .arg("-c")
            .arg(&settings)
            .args(["-d", Self::DATABASE])
            .stdout(Stdio::null())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut server = Self {
            server,
            programs,
            _folder: folder,
            _postgres: postgres,
            url: format!("http://127.0.0.1:{port}"),
            key: String::new(),
        };
        wait_for(port, Duration::from_secs(90), &log);
        let key = run(server.script("tryton_users.py").arg(Self::READER_PASSWORD));
        server.key = String::from_utf8(key.stdout).unwrap().trim().to_owned();
        server
    }

    /// Changes a row, as the administrator.
    pub fn write(&self, model: &str, id: &str, field: &str, value: &str) {
        run(self.script("tryton_write.py").args([model, id, field, value]));
    }

    fn script(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join("python"));
        command.arg(fixtures().join(name)).arg(&self.url).arg(ADMIN_PASSWORD);
        command
    }
}

impl Drop for Tryton {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
