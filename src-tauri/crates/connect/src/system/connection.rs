//! How to reach a system: what an integration's TOML text says under `[connection]`. Secrets are never part of it; each
//! kind names the slots of the keyring that hold them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The name under which the keyring holds one secret of a connection.
pub type SecretSlot = &'static str;

/// How to reach a system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[allow(clippy::large_enum_variant)] // an integration has one
pub enum Connection {
    /// `PostgreSQL`, and what speaks its language.
    Postgres(Database),
    /// `MySQL` or `MariaDB`.
    Mysql(Database),
    /// A `SQLite` file, opened for reading only.
    Sqlite(SqliteFile),
    /// Microsoft SQL Server. Not tested against a server.
    SqlServer(Database),
    /// Any web service that answers with JSON.
    Http(HttpService),
    /// `OData` version 4 or 2: SAP, Dynamics.
    Odata(ODataService),
    /// Tryton 6 or later.
    Tryton(TrytonServer),
    /// Odoo. Not tested against a server.
    Odoo(OdooServer),
    /// A Singer tap: a program that writes JSON lines.
    Singer(Tap),
}

/// A database server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// Its name in the network, or its address.
    pub host: String,
    /// The port; the usual one of its kind where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// The database.
    #[allow(clippy::struct_field_names)] // what every driver calls it
    pub database: String,
    /// The user; one that may only read. Its password is in the keyring, under `password`.
    pub user: String,
    /// How the wire is protected.
    #[serde(default, skip_serializing_if = "Tls::is_default")]
    pub tls: Tls,
    /// A file with the certificate of the company's own authority (PEM).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<String>,
}

/// How the wire is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// With a certificate that is checked; refused otherwise.
    #[default]
    Verify,
    /// Not at all: for a server on the same computer or in a tunnel.
    Off,
}

impl Tls {
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A `SQLite` file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct SqliteFile {
    /// Its path, relative to the TOML file.
    pub path: String,
}

/// A web service that answers with JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct HttpService {
    /// What every address begins with: `https://erp.example.com/api`.
    pub url: String,
    /// The paths that give rows (`orders`, `orders/lines`): a web service cannot be asked for them. The address itself
    /// where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub streams: Vec<String>,
    /// How it knows who asks.
    #[serde(default, skip_serializing_if = "Auth::is_default")]
    pub auth: Auth,
    /// Further headers of every request. Not for secrets.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// `GET` or `POST`.
    #[serde(default, skip_serializing_if = "Method::is_default")]
    pub method: Method,
    /// The body of a POST, JSON. Filled in are `{cursor}` (where to go on; nothing at first), `{from}` and `{to}` (the
    /// ends of a range), `{offset}`, `{page}`, `{mark}` (what the answer before gave for the next) and `{limit}`. What
    /// the body takes is not put into the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Where the rows stand in an answer, a JSON path (RFC 9535): `$.data.items`; the answer itself where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<String>,
    /// How an answer leads to the next.
    #[serde(default, skip_serializing_if = "Paging::is_default")]
    pub paging: Paging,
    /// The parameter of the address that takes the cursor (`updated_since`); none where the service cannot go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor_parameter: Option<String>,
    /// The parameter that takes the end of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_parameter: Option<String>,
    /// Where an answer of 200 says that it is an error all the same, a JSON path: `$.error`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// A file with the certificate of the company's own authority (PEM).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<String>,
}

/// `GET` or `POST`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Asks by the address alone.
    #[default]
    Get,
    /// Asks by a body.
    Post,
}

impl Method {
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// How a web service knows who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Auth {
    /// It does not ask.
    #[default]
    None,
    /// By user and password (`password` in the keyring).
    Basic {
        /// The user.
        user: String,
    },
    /// By a token (`token` in the keyring).
    Bearer,
    /// By a key (`key` in the keyring) in a header.
    ApiKey {
        /// The header: `X-API-Key`.
        header: String,
    },
    /// By a token that a client gets with its secret (`client-secret` in the keyring): OAuth 2, client credentials
    /// (RFC 6749, 4.4).
    OauthClient {
        /// Where tokens are given.
        token_url: String,
        /// The client.
        client_id: String,
        /// What the token is for, where the server asks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scope: Option<String>,
    },
}

impl Auth {
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// How an answer leads to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Paging {
    /// There is only one answer.
    #[default]
    None,
    /// By the number of the page.
    Page {
        /// The parameter: `page`.
        parameter: String,
        /// The first page's number.
        #[serde(default = "one")]
        first: u32,
        /// The parameter for rows per page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit_parameter: Option<String>,
    },
    /// By how many rows are passed over.
    Offset {
        /// The parameter: `offset`.
        parameter: String,
        /// The parameter for rows per page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit_parameter: Option<String>,
    },
    /// By a mark that each answer gives for the next.
    Cursor {
        /// The parameter: `cursor`.
        parameter: String,
        /// Where the mark stands in an answer, a JSON path; the last page has none.
        next: String,
    },
    /// By the header `Link: <…>; rel="next"` (RFC 8288).
    LinkHeader,
    /// By the address of the next page in the answer.
    NextUrl {
        /// Where it stands, a JSON path; the last page has none.
        next: String,
    },
}

const fn one() -> u32 {
    1
}

impl Paging {
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// An `OData` service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ODataService {
    /// The address of the service: what `$metadata` is added to.
    pub url: String,
    /// 4 or 2; what the service says where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u8>,
    /// How it knows who asks.
    #[serde(default, skip_serializing_if = "Auth::is_default")]
    pub auth: Auth,
    /// A file with the certificate of the company's own authority (PEM).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<String>,
}

/// A Tryton server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct TrytonServer {
    /// Its address: `https://tryton.example.com`.
    pub url: String,
    /// The database.
    pub database: String,
    /// By which of its interfaces.
    #[serde(default, skip_serializing_if = "TrytonInterface::is_default")]
    pub interface: TrytonInterface,
    /// JSON-RPC: the user; the password is in the keyring, under `password`. REST: its key is there, under `key`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub user: String,
    /// A file with the certificate of the company's own authority (PEM).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<String>,
}

/// The interfaces of Tryton.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum TrytonInterface {
    /// As its own clients.
    #[default]
    JsonRpc,
    /// As a user application; from version 8.0 on.
    Rest,
}

impl TrytonInterface {
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// An Odoo server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct OdooServer {
    /// Its address.
    pub url: String,
    /// The database.
    pub database: String,
    /// The user; the password or API key is in the keyring, under `password`.
    pub user: String,
    /// A file with the certificate of the company's own authority (PEM).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<String>,
}

/// A Singer tap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Tap {
    /// The program, and words that stand before Plaza's own (`--config` and so on).
    pub command: Vec<String>,
    /// Its settings, as its documentation names them, JSON; `{secret:NAME}` within a text stands for a secret of the
    /// keyring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config: Option<String>,
    /// The most memory that it may use, megabytes; 1 024 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_mb: Option<u32>,
    /// The longest time that it may run, minutes; 60 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

impl Connection {
    /// The word of its kind, as TOML has it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Postgres(_) => "postgres",
            Self::Mysql(_) => "mysql",
            Self::Sqlite(_) => "sqlite",
            Self::SqlServer(_) => "sql-server",
            Self::Http(_) => "http",
            Self::Odata(_) => "odata",
            Self::Tryton(_) => "tryton",
            Self::Odoo(_) => "odoo",
            Self::Singer(_) => "singer",
        }
    }

    /// The same connection with its relative paths starting from `base`.
    #[must_use]
    pub fn located(mut self, base: &std::path::Path) -> Self {
        let path = match &mut self {
            Self::Sqlite(file) => Some(&mut file.path),
            Self::Postgres(server) | Self::Mysql(server) | Self::SqlServer(server) => server.ca_file.as_mut(),
            Self::Http(service) => service.ca_file.as_mut(),
            Self::Odata(service) => service.ca_file.as_mut(),
            Self::Tryton(server) => server.ca_file.as_mut(),
            Self::Odoo(server) => server.ca_file.as_mut(),
            Self::Singer(_) => None,
        };
        if let Some(path) = path {
            *path = base.join(&*path).display().to_string();
        }
        self
    }

    /// Whether Plaza was ever tried against a server of this kind; the screens say where it was not.
    pub const fn is_tested(&self) -> bool {
        !matches!(self, Self::SqlServer(_) | Self::Odoo(_))
    }

    /// The slots of the keyring whose secrets it needs.
    pub fn secret_slots(&self) -> Vec<String> {
        let auth = |auth: &Auth| match auth {
            Auth::None => None,
            Auth::Basic { .. } => Some("password"),
            Auth::Bearer => Some("token"),
            Auth::ApiKey { .. } => Some("key"),
            Auth::OauthClient { .. } => Some("client-secret"),
        };
        let one: Option<SecretSlot> = match self {
            Self::Postgres(_) | Self::Mysql(_) | Self::SqlServer(_) | Self::Odoo(_) => Some("password"),
            Self::Sqlite(_) => None,
            Self::Http(service) => auth(&service.auth),
            Self::Odata(service) => auth(&service.auth),
            Self::Tryton(server) => match server.interface {
                TrytonInterface::JsonRpc => Some("password"),
                TrytonInterface::Rest => Some("key"),
            },
            Self::Singer(tap) => return tap.secret_names(),
        };
        one.map(str::to_owned).into_iter().collect()
    }
}

impl Tap {
    /// The names of the secrets that its settings ask for.
    fn secret_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut rest = self.config.as_deref().unwrap_or_default();
        while let Some((_, behind)) = rest.split_once("{secret:") {
            let Some((name, after)) = behind.split_once('}') else { break };
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
            rest = after;
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_names_the_secrets_that_it_needs() {
        let tap = Tap {
            command: vec!["tap-postgres".into()],
            config: Some(
                r#"{"password": "{secret:password}", "again": "{secret:password}", "k": "{secret:key}"}"#
                    .into(),
            ),
            memory_mb: None,
            minutes: None,
        };
        assert_eq!(Connection::Singer(tap).secret_slots(), ["password", "key"]);
        let odata = ODataService {
            url: "https://x".into(),
            version: None,
            auth: Auth::Basic { user: "kpi".into() },
            ca_file: None,
        };
        assert_eq!(Connection::Odata(odata).secret_slots(), ["password"]);
        let file = Connection::Sqlite(SqliteFile { path: "a.db".into() });
        assert!(file.secret_slots().is_empty() && file.is_tested());
    }
}
