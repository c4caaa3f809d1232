//! The pull.
mod build;
mod files;
mod infer;
mod land;
mod stage;
