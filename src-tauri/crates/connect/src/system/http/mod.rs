//! Web services that answer with JSON, and the client of every kind that speaks HTTP.

pub(crate) mod answer;
mod auth;
pub(crate) mod client;
mod fault;
mod tls;
