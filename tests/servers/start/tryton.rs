//! A Tryton server with 26 weeks of a company, as of 2026-11-23.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use super::kept::{Kept, Refused};
use super::{SECRET, Server, environment, fixtures, free_port, listens, run};

/// The administrator's password in the dump.
const ADMIN_PASSWORD: &str = "Adm1n-spike!";

/// A server that runs.
pub(crate) struct Tryton {
    _server: Kept,
    programs: PathBuf,
    /// Its database.
    pub(crate) postgres: Server,
    /// Its address.
    pub(crate) url: String,
    /// The key of its REST interface, for the user who may only read.
    pub(crate) key: String,
}

impl Tryton {
    /// The database.
    pub(crate) const DATABASE: &str = "erp";
    /// The user who may only read, and its password.
    pub(crate) const READER: &str = "kpi";
    pub(crate) const READER_PASSWORD: &str = "Kp1-reader-2026";

    /// The one of this run: started by the first who asks, ended with the tests.
    pub(crate) fn of_this_run() -> &'static Self {
        static RUNNING: OnceLock<Tryton> = OnceLock::new();
        RUNNING.get_or_init(Self::start)
    }

    fn start() -> Self {
        let programs = environment("tryton");
        let postgres = Server::postgres();
        postgres.restore(&fixtures().join("erp.dump"));
        let folder = tempfile::Builder::new().prefix("plaza-tryton-").tempdir().unwrap().keep();
        let (port, settings) = (free_port(), folder.join("trytond.conf"));
        let uri = format!("postgresql://plaza:{}@127.0.0.1:{}/", as_in_an_address(SECRET), postgres.port);
        let text = format!("[database]\nuri = {uri}\n[web]\nlisten = 127.0.0.1:{port}\n");
        std::fs::write(&settings, text).unwrap();
        let mut words = vec![programs.join("trytond").display().to_string(), "-c".into()];
        // Without the name of the database every login fails.
        words.extend([settings.display().to_string(), "-d".into(), Self::DATABASE.into()]);
        let mut kept = Kept::start(Command::new("sh"), &folder, &words, "kill -KILL");
        kept.wait(|| if listens(port) { Ok(()) } else { Err(Refused("nothing listens".into())) });
        let url = format!("http://127.0.0.1:{port}");
        let mut server = Self { _server: kept, programs, postgres, url, key: String::new() };
        let key = run(server.script("tryton_users.py").arg(Self::READER_PASSWORD));
        server.key = String::from_utf8(key.stdout).unwrap().trim().to_owned();
        server
    }

    /// Changes a row, as the administrator.
    pub(crate) fn write(&self, model: &str, id: &str, field: &str, value: &str) {
        run(self.script("tryton_write.py").args([model, id, field, value]));
    }

    fn script(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join("python"));
        command.arg(fixtures().join(name)).arg(&self.url).arg(ADMIN_PASSWORD);
        command
    }
}

/// Everything but letters and digits as `%XX`.
fn as_in_an_address(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}
