//! The use cases, named after the flow: the one API that window, command line and tests call.

mod answer;
mod attention;
pub mod audit;
pub mod backup;
pub mod chart_file;
pub mod charter;
pub mod checkpoint;
pub mod clock;
pub mod connection;
pub mod definition;
pub mod draft;
pub mod drill;
pub mod error;
pub mod file;
mod fresh;
pub mod hand;
pub mod home;
pub mod integration;
pub mod journey;
pub mod kpi;
mod local;
pub mod notice;
pub mod page;
pub mod pull;
mod question;
pub mod record;
pub mod sample;
mod schema_stop;
pub mod signal;
mod signal_record;
pub mod staging;
pub mod tend;
pub mod trail;
pub mod truth;
pub mod verify;
pub mod watch;
pub mod week;
pub mod words;
pub mod workspace;

// What callers name in questions; the domain itself stays behind this crate.
pub use plaza_domain::day::{Day, Week};
pub use plaza_domain::kpi::Basis;
pub use plaza_domain::schedule;
pub use plaza_domain::workspace::TimeZone;
