//! `PostgreSQL` and `MariaDB`, each as an ordinary user.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::kept::{Kept, Refused};
use super::{free_port, run};

/// The password of every user of the tests, with signs that a wire would write otherwise.
pub(crate) const SECRET: &str = "geheim%4711/Ünter";

/// The longest that a server may take to answer on a busy machine.
const ANSWER_LONGEST_SECONDS: &str = "120";

/// A running server.
pub(crate) struct Server {
    pub(crate) port: u16,
    /// Its folder, with the certificate of its authority in `ca.pem`.
    pub(crate) folder: PathBuf,
    user: Option<(u32, u32)>,
    /// Only while it runs.
    kept: Option<Kept>,
}

impl Server {
    /// Makes a folder, lets `prepare` fill it, and starts a program that runs until nobody wants it any more.
    fn start(
        name: &str,
        system_user: &str,
        prepare: impl Fn(&Self),
        run: impl Fn(&Self) -> Vec<String>,
        end: &str,
    ) -> Self {
        let folder =
            std::env::temp_dir().join(format!("plaza-{name}-{}-{}", std::process::id(), free_port()));
        std::fs::create_dir_all(scratch(&folder)).unwrap();
        let user = is_root().then(|| (id("-u", system_user), id("-g", system_user)));
        certificate(&folder);
        for entry in std::fs::read_dir(&folder).unwrap() {
            own(&entry.unwrap().path(), user);
        }
        own(&folder, user);
        let mut server = Self { port: free_port(), folder, user, kept: None };
        prepare(&server);
        let kept = Kept::start(server.command("sh"), &server.folder, &run(&server), end);
        server.kept = Some(kept);
        server
    }

    /// A `PostgreSQL` server with the database `erp`, owned by `plaza`.
    pub(crate) fn postgres() -> Self {
        let data = |server: &Self| server.folder.join("data").display().to_string();
        let mut server = Self::start(
            "postgres",
            "postgres",
            |server| {
                let password = server.folder.join("password");
                std::fs::write(&password, SECRET).unwrap();
                own(&password, server.user);
                let mut init = server.command(&postgres_program("initdb"));
                init.args([
                    "-D",
                    &data(server),
                    "-U",
                    "plaza",
                    "-A",
                    "scram-sha-256",
                    "-E",
                    "UTF8",
                    "--no-sync",
                ]);
                init.args(["--locale=C.UTF-8", &format!("--pwfile={}", password.display())]);
                run(&mut init);
            },
            |server| {
                let file = |name: &str| server.folder.join(name).display().to_string();
                let settings = [
                    format!("port={}", server.port),
                    "listen_addresses=127.0.0.1".into(),
                    format!("unix_socket_directories={}", server.folder.display()),
                    "fsync=off".into(),
                    "ssl=on".into(),
                    format!("ssl_cert_file={}", file("server.pem")),
                    format!("ssl_key_file={}", file("server.key")),
                ];
                let mut words = vec![postgres_program("postgres"), "-D".into(), data(server)];
                words.extend(settings.into_iter().flat_map(|setting| ["-c".to_owned(), setting]));
                words
            },
            // At once, without a word to whoever is connected.
            "kill -QUIT",
        );
        server.wait(|server| server.psql("postgres", "SELECT 1"));
        server.psql("postgres", "CREATE DATABASE erp").unwrap();
        server
    }

    /// A `MariaDB` server with the database `erp`, owned by `plaza`.
    pub(crate) fn mariadb() -> Self {
        let data = |server: &Self| server.folder.join("data").display().to_string();
        let mut server = Self::start(
            "mariadb",
            "mysql",
            |server| {
                let mut install = server.command("mariadb-install-db");
                install.args(["--no-defaults", "--skip-test-db", "--auth-root-authentication-method=normal"]);
                install.arg(format!("--datadir={}", data(server)));
                run(&mut install);
            },
            |server| {
                let file = |name: &str| server.folder.join(name).display().to_string();
                let program =
                    ["/usr/sbin/mariadbd", "mariadbd"].into_iter().find(|path| Path::new(path).exists());
                vec![
                    program.unwrap_or("mariadbd").into(),
                    "--no-defaults".into(),
                    format!("--datadir={}", data(server)),
                    format!("--port={}", server.port),
                    "--bind-address=127.0.0.1".into(),
                    format!("--socket={}", file("socket")),
                    format!("--pid-file={}", file("pid")),
                    "--innodb-flush-log-at-trx-commit=0".into(),
                    // Another zone than UTC: what a session does not set would show.
                    "--default-time-zone=+02:00".into(),
                    format!("--ssl-cert={}", file("server.pem")),
                    format!("--ssl-key={}", file("server.key")),
                ]
            },
            "kill -KILL",
        );
        server.wait(|server| server.mysql("SELECT 1"));
        server
            .mysql(&format!(
                "CREATE DATABASE erp CHARACTER SET utf8mb4; \
                 CREATE USER plaza@'%' IDENTIFIED BY '{SECRET}'; GRANT ALL ON erp.* TO plaza@'%'; \
                 CREATE USER reader@'%' IDENTIFIED BY '{SECRET}'"
            ))
            .unwrap();
        server
    }

    /// Runs statements of `PostgreSQL` as the owner; gives what they print.
    pub(crate) fn psql(&self, database: &str, statements: &str) -> Result<String, Refused> {
        let mut psql = self.command("timeout");
        psql.args([ANSWER_LONGEST_SECONDS, "psql"]);
        psql.env("PGPASSWORD", SECRET).env("PGTZ", "UTC");
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-U", "plaza"]);
        psql.args(["-p", &self.port.to_string(), "-d", database, "-c", statements]);
        said(&psql.output().expect("psql is installed by `cargo xtask test`"))
    }

    /// Runs statements of `MariaDB` as its root; gives what they print.
    pub(crate) fn mysql(&self, statements: &str) -> Result<String, Refused> {
        // A server without room on its disk answers nothing and waits for some: that fails a test and holds up no run.
        let mut mysql = self.command("timeout");
        mysql.args([ANSWER_LONGEST_SECONDS, "mariadb"]);
        mysql.args(["--no-defaults", "--skip-column-names", "--default-character-set=utf8mb4", "-u", "root"]);
        mysql.arg(format!("--socket={}", self.folder.join("socket").display()));
        // By the standard input: a command line has an end.
        let mut mysql = mysql
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("mariadb is installed by `cargo xtask test`");
        // One that refuses the first statements does not hear the rest.
        let _ = mysql.stdin.take().unwrap().write_all(statements.as_bytes());
        said(&mysql.wait_with_output().unwrap())
    }

    /// A definition of a connection to this server.
    pub(crate) fn definition(&self, kind: &str, user: &str) -> serde_json::Value {
        serde_json::json!({
            "kind": kind, "host": "127.0.0.1", "port": self.port, "database": "erp", "user": user, "tls": "off",
        })
    }

    /// Makes what a dump holds, in the database `erp`.
    pub(crate) fn restore(&self, dump: &Path) {
        // As whoever runs the tests: the dump may be barred to the server's user.
        let mut restore = Command::new(postgres_program("pg_restore"));
        restore.env("PGPASSWORD", SECRET).args(["--no-owner", "-h", "127.0.0.1", "-U", "plaza", "-d", "erp"]);
        run(restore.args(["-p", &self.port.to_string()]).arg(dump));
    }

    /// Ends it in the hardest way: whoever is connected hears nothing more.
    pub(crate) fn kill(&mut self) {
        self.kept = None;
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").stdin(Stdio::null()).env("LC_ALL", "C.UTF-8");
        // MariaDB clears up there as it starts: what another that is starting has just written is gone then.
        command.env("TMPDIR", scratch(&self.folder));
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command
    }

    fn wait(&mut self, answers: impl Fn(&Self) -> Result<String, Refused>) {
        let mut kept = self.kept.take().unwrap();
        kept.wait(|| answers(self).map(drop));
        self.kept = Some(kept);
    }
}

/// An authority of the tests' own, and a certificate of it for the name and address of this computer.
fn certificate(folder: &Path) {
    let mut own = rcgen::CertificateParams::new(Vec::new()).unwrap();
    own.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    own.distinguished_name.push(rcgen::DnType::CommonName, "Plaza's tests");
    let own_key = rcgen::KeyPair::generate().unwrap();
    let authority = own.self_signed(&own_key).unwrap();
    let issuer = rcgen::Issuer::new(own, own_key);
    let names = ["localhost", "127.0.0.1"].map(str::to_owned).to_vec();
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::new(names).unwrap().signed_by(&key, &issuer).unwrap();
    std::fs::write(folder.join("ca.pem"), authority.pem()).unwrap();
    std::fs::write(folder.join("server.pem"), certificate.pem()).unwrap();
    let file = folder.join("server.key");
    std::fs::write(&file, key.serialize_pem()).unwrap();
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}

/// Where a server puts what it needs for a moment: a folder of its own.
fn scratch(folder: &Path) -> PathBuf {
    folder.join("scratch")
}

fn own(path: &Path, user: Option<(u32, u32)>) {
    if let Some((user, group)) = user {
        std::os::unix::fs::chown(path, Some(user), Some(group)).unwrap();
    }
}

fn is_root() -> bool {
    said(&Command::new("id").arg("-u").output().unwrap()).unwrap() == "0"
}

fn id(which: &str, user: &str) -> u32 {
    let output = Command::new("id").args([which, user]).output().unwrap();
    said(&output).unwrap_or_else(|words| panic!("{words}; `cargo xtask test` installs it")).parse().unwrap()
}

/// A program of PostgreSQL's server, which Debian keeps out of the usual path.
fn postgres_program(name: &str) -> String {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin").join(name))
        .filter(|path| path.exists())
        .collect();
    found.sort();
    found.pop().map_or_else(|| name.to_owned(), |path| path.display().to_string())
}

fn said(output: &Output) -> Result<String, Refused> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(Refused(text(&output.stderr))) }
}
