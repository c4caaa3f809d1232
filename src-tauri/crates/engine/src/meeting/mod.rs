//! The weekly meeting: set up once, its agenda drafts itself, every word in it is kept, its minutes write themselves.

pub(crate) mod agenda;
mod find;
mod minutes;
pub(crate) mod record;
mod run;
pub(crate) mod set;
pub(crate) mod words;

use crate::error::Result;
use crate::workspace::Workspace;
use plaza_domain::event::MeetingId;
use plaza_domain::language::Language;
use std::path::Path;

macro_rules! later { ($($name:ident($($arg:ident: $type:ty),*) -> $out:ty;)*) => { impl Workspace { $(
    /// Later.
    pub fn $name(&self, $($arg: $type),*) -> Result<$out> { $(let _ = $arg;)* todo!() }
)* } } }

later! {
    export_minutes(meeting: &MeetingId, language: Language, path: &Path) -> ();
    export_calendar(language: Language, path: &Path) -> ();
    export_digest(language: Language, path: &Path) -> ();
}
