//! Databases: `PostgreSQL`, `MySQL` and `MariaDB`, `SQLite`, SQL Server.
//!
//! What a read promises, whatever the kind:
//!
//! - **Nothing is written.** The session, its transaction or the file is read-only, whatever the user may do.
//! - **One moment.** All rows of one read come from one snapshot of the database; a row that changes meanwhile is given
//!   as it was and comes again with the next read. (SQL Server: only where its database allows snapshots.)
//! - **Order and position.** With a cursor field, rows come in its order, rows of one value in the order of the key. The
//!   position behind a block is exact, also between two rows of one value, as long as the key tells them apart. After
//!   the last block it is where the next read begins: behind the last row, less the overlap where the field holds
//!   moments. Without a cursor field there is no position: a read that broke off begins anew.
//! - **Rows without a cursor value** (NULL) are given first, by *every* read: nothing tells whether they changed, and a
//!   row that is never read again is worse than one that is read in vain. A backfill of a range leaves them out.
//! - **Cells.** NULL is the empty cell. Numbers are exact; yes and no are `true` and `false`; days and moments are ISO
//!   8601. A moment that has a time zone is given in UTC with `+00`; one that has none is given without, for nothing but
//!   the company knows where its clock hung. Bytes are hexadecimal.
//! - **A block is given at least**, so that the columns are known where there are no rows.

mod blocks;
mod moment;
mod mysql;
mod name;
mod plan;
mod position;
mod postgres;
mod sql_server;
mod sqlite;
mod tls;
mod wire;

use std::time::{Duration, Instant};

use super::connection::{Database, Tls};
use super::{
    Ask, Blank, Connection, Exchange, Outcome, Request, Secret, Secrets, System, SystemError, SystemFault,
};

/// A database, by its definition. Nothing is asked of it yet.
///
/// # Errors
/// `NoSecret` where the password is missing; `Setting` where the connection is of another kind.
pub fn open(connection: &Connection, secrets: Secrets) -> Result<Box<dyn System>, SystemError> {
    match connection {
        Connection::Postgres(database) => {
            Ok(Box::new(postgres::Postgres::new(Server::new(database, secrets, 5432)?)))
        }
        Connection::Mysql(database) => Ok(Box::new(mysql::Mysql::new(Server::new(database, secrets, 3306)?))),
        Connection::SqlServer(database) => {
            Ok(Box::new(sql_server::SqlServer::new(Server::new(database, secrets, 1433)?)))
        }
        Connection::Sqlite(file) => Ok(Box::new(sqlite::Sqlite::new(&file.path))),
        other => Err(SystemFault::Setting {
            setting: "kind",
            reason: format!("“{}” is no database", other.kind()),
        }
        .into()),
    }
}

/// Longest time that a statement may run at the server, whoever waits for it: a snapshot that is held for longer keeps
/// a database from cleaning up.
const STATEMENT_LONGEST: Duration = Duration::from_hours(4);

/// Time for the wish to stop to reach the server.
const CANCEL_LONGEST: Duration = Duration::from_secs(2);

/// Streams beyond this many are not listed.
const STREAMS_MAX: usize = 5_000;

/// A database server with the password for it.
struct Server {
    database: Database,
    port: u16,
    password: Secret,
    blank: Blank,
}

impl Server {
    #[allow(clippy::needless_pass_by_value)] // they end with the call
    fn new(database: &Database, secrets: Secrets, usual_port: u16) -> Result<Self, SystemError> {
        let password = secrets.get("password").cloned();
        let password = password.ok_or(SystemError::from(SystemFault::NoSecret { slot: "password" }))?;
        let port = database.port.unwrap_or(usual_port);
        Ok(Self { database: database.clone(), port, password, blank: secrets.blank() })
    }

    /// Host and port, for people.
    fn at(&self) -> String {
        format!("{}:{}", self.database.host, self.port)
    }

    /// What a person should know about the wire.
    fn wire_note(&self) -> Option<String> {
        let host = self.database.host.as_str();
        let is_here = host == "localhost"
            || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
        (self.database.tls == Tls::Off && !is_here).then(|| {
            format!("The wire to {host} is not protected: whoever can listen to it reads the password and the rows.")
        })
    }

    fn error(&self, fault: SystemFault, detail: &str) -> SystemError {
        SystemError::new(fault, detail, &self.blank)
    }
}

/// The note for a user who may do more than read.
fn may_write_note(user: &str, what: &str) -> String {
    format!("The user {user} may write here ({what}). Plaza never does; a user that may only read is safer.")
}

/// Runs a conversation to its end. What still waits then, a look-up of a name say, is not waited for.
fn converse<T>(work: impl Future<Output = Result<T, SystemError>>) -> Result<T, SystemError> {
    let runtime = super::ask::runtime()?;
    let outcome = runtime.block_on(work);
    runtime.shutdown_background();
    outcome
}

/// The next of something, without a clock where it is there already.
async fn soon<T>(
    ask: &Ask<'_>,
    next: impl Future<Output = Result<T, SystemError>>,
) -> Result<T, SystemError> {
    let mut next = std::pin::pin!(next);
    match futures_util::future::poll_immediate(next.as_mut()).await {
        Some(given) => given,
        None => ask.answered(next).await,
    }
}

/// A question on its way to the trail.
struct Question<'a> {
    ask: &'a Ask<'a>,
    blank: &'a Blank,
    text: &'a str,
    began: Instant,
}

/// How much an answer held.
#[derive(Clone, Copy, Debug, Default)]
struct Amount {
    bytes: u64,
    rows: u64,
}

impl<'a> Question<'a> {
    fn new(ask: &'a Ask<'a>, blank: &'a Blank, text: &'a str) -> Self {
        Self { ask, blank, text, began: Instant::now() }
    }

    /// Tells the trail what came of it.
    fn told<T>(&self, outcome: &Result<T, SystemError>, amount: Amount) {
        let outcome = match outcome {
            Ok(_) => Outcome::Answered { status: None },
            Err(error) => Outcome::Failed { code: error.code(), words: self.blank.text(&error.to_string()) },
        };
        let Amount { bytes, rows } = amount;
        let request = self.blank.text(self.text);
        (self.ask.tell)(Exchange { request, outcome, bytes, rows, took: self.began.elapsed() });
    }
}

/// The first of the fields asked for that a message names: drivers give the name of a missing field only in words.
fn named_in(message: &str, request: &Request) -> Option<String> {
    let mut wanted = plan::wanted(request);
    wanted.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let name = wanted.into_iter().find(|name| {
        message.match_indices(name).any(|(at, _)| {
            let is_sign = |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
            let before = message.get(..at).and_then(|before| before.chars().next_back());
            let after = message.get(at + name.len()..).and_then(|after| after.chars().next());
            !is_sign(before) && !is_sign(after)
        })
    });
    name.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::What;
    use super::*;

    #[test]
    fn a_missing_field_is_found_in_the_words_of_a_driver() {
        let fields = ["id", "paid", "due_date"].map(str::to_owned).to_vec();
        let request = Request { fields, ..Request::all(What::Named("orders".into())) };
        let cases = [
            ("Unknown column 'plaza.paid' in 'SELECT'", Some("paid")),
            ("no such column: plaza.due_date", Some("due_date")),
            ("Spalte »id« existiert nicht", Some("id")),
            ("no such column: other", None),
        ];
        for (message, expected) in cases {
            assert_eq!(named_in(message, &request).as_deref(), expected, "{message}");
        }
    }

    #[test]
    fn without_its_password_a_server_is_not_asked() {
        let database = Database {
            host: "db.example.com".into(),
            port: None,
            database: "erp".into(),
            user: "kpi".into(),
            tls: Tls::Off,
            ca_file: None,
        };
        let missing = open(&Connection::Postgres(database.clone()), Secrets::default());
        assert_eq!(missing.err().map(|error| error.code()), Some("no_secret"));
        let mut secrets = Secrets::default();
        secrets.put("password", Secret::new("wonderland".into()));
        let server = Server::new(&database, secrets, 5432).unwrap();
        assert_eq!((server.at().as_str(), server.wire_note().is_some()), ("db.example.com:5432", true));
    }
}
