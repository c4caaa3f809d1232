//! The window: start-up, the command list, and nothing that decides.
//!
//! A command decodes what the page asked, calls one function of the engine and encodes its answer
//! ([`commands`]); what goes wrong reaches the page as an [`ApiError`].

mod api_error;
mod background;
mod bell;
pub mod bindings;
pub mod commands;
mod daily;
mod desk;
pub mod folders;
pub mod job;
mod options;
pub mod session;
mod start;

pub use api_error::{ApiError, FieldError};
pub use start::run;
