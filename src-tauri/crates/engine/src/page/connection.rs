//! Connections and trails as the pages show them: where a system is, which secrets it needs, what was asked of it.

use plaza_connect::system::{Answered, Connection};
use plaza_store::intake::ExchangeRow;
use serde::Serialize;

use super::series::{count, moment};
use crate::connection::{check, missing_secrets};
use crate::error::{EngineError, Result};
use crate::integration::Integration;
use crate::pull::{Watch, base};
use crate::workspace::Workspace;

/// The connection of an integration.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ConnectionView {
    /// The word of its kind, as TOML has it: `postgres`, `odata`.
    pub kind: String,
    /// Where it is: host and database, address, file or command.
    pub at: String,
    /// Who asks, where that is a user.
    pub user: Option<String>,
    /// Whether Plaza was ever tried against a server of this kind.
    pub tested: bool,
    /// The secrets that it needs.
    pub secrets: Vec<SecretView>,
    /// Whether what changed within some days can be read again: a stream tells when its rows changed.
    pub ranged: bool,
}

/// A secret of a connection; never the secret itself.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct SecretView {
    /// Its slot: `password`, `token`.
    pub slot: String,
    /// Whether the keyring has it.
    pub kept: bool,
}

/// What a system said when it was asked whether it is there.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ConnectionAnswer {
    /// What it says it is.
    pub product: String,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// The trail of a run: what was asked, and what came back.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Trail {
    /// How many exchanges there were.
    pub total: u32,
    /// A slice of them, in their order.
    pub exchanges: Vec<ExchangeView>,
}

/// A question and its answer.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ExchangeView {
    /// When it was asked, RFC 3339.
    pub at: String,
    /// For which stream; empty where for all.
    pub stream: String,
    /// What was asked, secrets blanked.
    pub request: String,
    /// The code of the system's protocol.
    pub status: Option<u32>,
    /// The fault in words, where there was one.
    pub fault: Option<String>,
    /// What a program wrote beside its rows.
    pub said: Option<String>,
    /// Rows in the answer.
    pub rows: u32,
    /// Bytes of the answer.
    pub bytes: f64,
    /// Seconds that it took.
    pub seconds: f64,
}

/// Exchanges that a page shows at once.
const SLICE: u32 = 200;

impl ConnectionView {
    /// The connection of an integration; none where its rows are in files.
    ///
    /// # Errors
    /// The keyring's files cannot be read.
    pub(super) fn of(workspace: &Workspace, integration: &Integration) -> Result<Option<Self>> {
        let Some(connection) = &integration.connection else { return Ok(None) };
        let missing = missing_secrets(workspace, integration)?;
        let secret = |slot: String| SecretView { kept: !missing.contains(&slot), slot };
        let (at, user) = place(connection);
        Ok(Some(Self {
            kind: connection.kind().to_owned(),
            at,
            user,
            tested: connection.is_tested(),
            secrets: connection.secret_slots().into_iter().map(secret).collect(),
            ranged: integration
                .streams
                .iter()
                .filter_map(|one| one.from.as_ref())
                .any(|one| one.cursor.is_some()),
        }))
    }
}

fn place(connection: &Connection) -> (String, Option<String>) {
    let user = |user: &str| (!user.is_empty()).then(|| user.to_owned());
    match connection {
        Connection::Postgres(server) | Connection::Mysql(server) | Connection::SqlServer(server) => {
            let port = server.port.map_or_else(String::new, |port| format!(":{port}"));
            (format!("{}{port}/{}", server.host, server.database), user(&server.user))
        }
        Connection::Sqlite(file) => (file.path.clone(), None),
        Connection::Http(service) => (service.url.clone(), None),
        Connection::Odata(service) => (service.url.clone(), None),
        Connection::Tryton(server) => (format!("{} · {}", server.url, server.database), user(&server.user)),
        Connection::Odoo(server) => (format!("{} · {}", server.url, server.database), user(&server.user)),
        Connection::Singer(tap) => (tap.command.join(" "), None),
    }
}

impl ConnectionAnswer {
    /// Asks the system of an integration in use whether it is there.
    ///
    /// # Errors
    /// As [`check`]; there is no such integration.
    pub fn read(workspace: &Workspace, id: &str, watch: &dyn Watch) -> Result<Self> {
        let saved = workspace.view(|view| view.integration(&id.into()))?;
        let saved =
            saved.ok_or_else(|| EngineError::NotFound { noun: "integration", name: id.to_owned() })?;
        let integration = Integration::from_toml(&saved.current.toml)?;
        let Answered { product, notes } = check(workspace, &integration, &base(workspace, id)?, watch)?;
        Ok(Self { product, notes })
    }
}

impl Trail {
    /// What was asked in a run of an integration, from the `skip`th exchange on.
    ///
    /// # Errors
    /// There is no such run on this device; what the intake says.
    pub fn read(workspace: &Workspace, integration: &str, run: &str, skip: u32) -> Result<Self> {
        let reader = workspace.intake_reader()?;
        let view = reader.view();
        let missing = || EngineError::NotFound { noun: "run", name: run.to_owned() };
        let began_at = view.run_by_name(run)?.ok_or_else(missing)?.started_at;
        let exchanges = view.exchanges(integration, began_at, skip, SLICE)?;
        Ok(Self {
            total: count(view.exchange_count(integration, began_at)?),
            exchanges: exchanges.into_iter().map(ExchangeView::from).collect(),
        })
    }
}

impl From<ExchangeRow> for ExchangeView {
    fn from(row: ExchangeRow) -> Self {
        Self {
            at: moment(row.at),
            stream: row.stream,
            request: row.request,
            status: row.status.and_then(|status| u32::try_from(status).ok()),
            said: row.words.clone().filter(|_| row.fault.is_none()),
            fault: row.fault.and(row.words),
            rows: count(row.rows),
            bytes: row.bytes as f64,
            seconds: row.took_ms as f64 / 1000.0,
        }
    }
}
