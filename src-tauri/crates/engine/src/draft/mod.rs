//! A draft of an integration: what the wizard asks before anything is kept. Looking at files, the first rows as they
//! would be read, all rows counted, and the text that is saved, exported and imported.

mod check;
mod count;
mod excerpt;
mod fault;
mod keep;
mod look;
mod meaning;
mod name;
mod offer;
mod pin;
mod preview;
mod report;
mod route;
mod rows;
mod suggest;
mod words;

pub use count::count;
pub use keep::{export, from_toml, import, save, to_toml};
pub use look::Looks;
pub use offer::{ask, discard, excerpts, keep_secret, preset, secrets};
pub use preview::preview;
pub use report::look;
