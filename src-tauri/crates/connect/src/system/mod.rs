//! Systems that answer over a wire or from a program: databases, web services, ERP systems, taps.
//!
//! A system never gives files. What it answers is written down as it came (`landing`), and from there on it is pulled
//! as any file is: the same staging, rules, journeys and trail for every kind.
//!
//! One folder for each kind; `connection` has the definition of each, `open` makes a [`System`] of it.

mod ask;
mod block;
mod cell;
mod connection;
mod error;
pub mod http;
mod landing;
mod models;
pub mod odata;
pub mod odoo;
mod preset;
mod request;
mod retry;
mod secret;
pub mod singer;
pub mod sql;
pub mod tryton;

pub use ask::{Ask, Exchange, Outcome};
pub use block::{Block, BlockBuilder};
pub use connection::{Connection, SecretSlot};
pub use connection::{OdooServer, Tap, TrytonInterface, TrytonServer};
pub use error::{SystemError, SystemFault};
pub use landing::Landing;
pub use preset::{PresetField, PresetStream};
pub use request::{CursorField, FieldType, FoundField, FoundStream, Range, Request, What};
pub use retry::{Pause, Retry};
pub use secret::{Blank, Secret, Secrets};

use std::ops::ControlFlow;

use crate::{Cursor, Preview, ReadEnd};

/// A system that rows are asked of. Every kind passes the same contract (`tests/system`):
///
/// - nothing is ever changed at the system: where it knows read-only sessions, one is used;
/// - `check` is quick; `discover` names what there is and reads no rows; `preview` gives the first rows that `read`
///   would give;
/// - `read` gives blocks of bounded size in the order of the cursor field; the cursor after a block goes on behind it,
///   so that a read that broke off is resumed and not begun anew;
/// - a row that changes while it is read comes again with the next read: the cursor goes back by the overlap;
/// - every question and its answer is told to [`Ask::tell`], without secrets;
/// - whoever asked may stop at any moment ([`Ask::is_cancelled`]), also while the system is silent.
///
/// Calls block; they are made from threads that may.
pub trait System: Send {
    /// Whether it answers, takes the credentials, and is what it should be.
    ///
    /// # Errors
    /// Why it cannot be used.
    fn check(&self, ask: &Ask<'_>) -> Result<Answered, SystemError>;

    /// The streams that it offers with their fields, those that a person is likely to want first.
    ///
    /// # Errors
    /// Why it cannot be asked.
    fn discover(&self, ask: &Ask<'_>) -> Result<Vec<FoundStream>, SystemError>;

    /// The first `rows` rows that `read` would give.
    ///
    /// # Errors
    /// Why it cannot be asked, or the request names what is not there.
    fn preview(&self, request: &Request, rows: usize, ask: &Ask<'_>) -> Result<Preview, SystemError> {
        block::preview(request, rows, |request, take| self.read(request, &Cursor::start(), ask, take))
    }

    /// Reads a stream from a cursor on (from its range, or whole, where it has none). `take` is given one block after
    /// the other and may stop.
    ///
    /// # Errors
    /// Why it broke off; the blocks before are whole.
    fn read(
        &self,
        request: &Request,
        from: &Cursor,
        ask: &Ask<'_>,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ReadEnd, SystemError>;

    /// Whether a question that fails is repeated within a read already, as often as [`Retry`] says. Whoever reads
    /// then repeats nothing on top: patience that is multiplied hammers a system that is down.
    fn repeats(&self) -> bool {
        false
    }
}

/// Makes a system of a connection and the secrets that it needs. Nothing is asked yet.
///
/// # Errors
/// [`SystemFault::Setting`] and [`SystemFault::NoSecret`].
pub fn open(connection: &Connection, secrets: Secrets) -> Result<Box<dyn System>, SystemError> {
    match connection {
        Connection::Postgres(_) | Connection::Mysql(_) | Connection::Sqlite(_) | Connection::SqlServer(_) => {
            sql::open(connection, secrets)
        }
        Connection::Http(service) => http::open(service, secrets),
        Connection::Odata(service) => odata::open(service, secrets),
        Connection::Tryton(server) => tryton::open(server, secrets),
        Connection::Odoo(server) => odoo::open(server, secrets),
        Connection::Singer(tap) => singer::open(tap, secrets),
    }
}

/// A system that answered a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// What it says it is: product and version.
    pub product: String,
    /// What a person should know, in plain English: rights that go beyond reading, an unprotected wire.
    pub notes: Vec<String>,
}
