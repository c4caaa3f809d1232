//! The program `plaza`: the main job without a window.
//!
//! Each subcommand is a module with `Args` (what clap reads) and `run` (what it does). To add one, put a file
//! beside `chart.rs`, a variant into [`Command`] and an arm into [`run`]. Results go to standard output, notes and
//! errors to standard error. The exit code is 0 for success, 1 for a failure, 2 for wrong usage.

mod backup;
mod chart;
mod charter;
mod checkpoint;
mod connection;
mod drill;
mod failure;
mod figure_file;
mod kpi;
mod measure;
mod order;
mod place;
mod progress;
mod pull;
mod sample;
mod tend;
mod trail;
mod verify;
mod week;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Failure;

/// Joint numbers of a company's departments, and the weekly conversation about them.
#[derive(Debug, Parser)]
#[command(name = "plaza", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Let this computer write to a restored workspace, by its recovery code.
    Admit(backup::AdmitArgs),
    /// Write a backup of a workspace into one file, while it is in use.
    Backup(backup::BackupArgs),
    /// Chart a CSV file: limits, signals, icons and one sentence.
    Chart(chart::Args),
    /// Show the charter of an integration, its state, its success measure and its audit.
    Charter(charter::Args),
    /// Show the checkpoint of an integration, and decide about what waits at it.
    Checkpoint(checkpoint::Args),
    /// Ask the system of an integration what it is and what it offers.
    Connection(connection::Args),
    /// Hold a drill of an integration: a rush, or an outage from its begin to its record.
    Drill(drill::Args),
    /// Show the definitions of the joint KPIs, look at what a change would do, and change them.
    Kpi(kpi::Args),
    /// Keep a secret of an integration's connection in the keyring.
    Secret(connection::SecretArgs),
    /// Pull integrations into a workspace; found it where the folder is empty.
    Pull(pull::Args),
    /// Restore a backup into an empty folder, checked; it goes on under a new device id.
    Restore(backup::RestoreArgs),
    /// Make the sample company: a year of a manufacturer's files, pulled for real.
    Sample(sample::Args),
    /// Show one order line: planned against actual, whose the lateness is, and the raw records behind it.
    Order(order::Args),
    /// Pull what the schedules ask for, until ended; or what is due now.
    Tend(tend::Args),
    /// Show the trail of an integration: what was asked, what came back, what was decided.
    Trail(trail::Args),
    /// Check that everything in a workspace holds.
    Verify(verify::Args),
    /// Show weeks of the joint KPIs, as they are or as they were seen at a time.
    Week(week::Args),
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Admit(args) => backup::admit(&args),
        Command::Backup(args) => backup::back_up(&args),
        Command::Restore(args) => backup::restore(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Chart(args) => chart::run(&args),
        Command::Charter(args) => charter::run(&args),
        Command::Checkpoint(args) => checkpoint::run(&args),
        Command::Connection(args) => connection::run(&args),
        Command::Drill(args) => drill::run(&args),
        Command::Kpi(args) => kpi::run(&args),
        Command::Secret(args) => connection::secret(&args),
        Command::Pull(args) => pull::run(&args),
        Command::Sample(args) => sample::run(&args),
        Command::Tend(args) => tend::run(&args),
        Command::Trail(args) => trail::run(&args),
        Command::Order(args) => order::run(&args),
        Command::Week(args) => week::run(&args),
    }
}
