//! `plaza connection` and `plaza secret`: the systems that integrations ask, and the secrets that they need.

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use plaza_engine::connection::{check, discover, keep_secret, missing_secrets};
use plaza_engine::integration::Integration;
use plaza_engine::pull::Unwatched;

use crate::failure::{Failure, print};
use crate::place;

/// Ask the system of an integration what it is and what it offers; nothing is pulled.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// The integration as a TOML file.
    #[arg(value_name = "INTEGRATION.toml")]
    integration: PathBuf,
    /// List the fields of each stream too.
    #[arg(long)]
    fields: bool,
}

/// Keep a secret of an integration's connection in the keyring. It is read from standard input.
#[derive(Debug, clap::Args)]
pub(crate) struct SecretArgs {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// The integration's id.
    #[arg(value_name = "INTEGRATION")]
    integration: String,
    /// Which secret: `password`, `token`, `key`, `client-secret`, or a name of a tap's settings.
    #[arg(value_name = "SECRET")]
    slot: String,
    /// Forget it instead.
    #[arg(long)]
    forget: bool,
}

/// Secrets are longer than this by mistake only: a whole file was sent.
const INPUT_BYTES_MAX: u64 = 1 << 16;

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let about = || args.integration.display().to_string();
    let text = std::fs::read_to_string(&args.integration).map_err(|error| Failure::with(about(), error))?;
    let integration = Integration::from_toml(&text).map_err(|error| Failure::with(about(), error))?;
    let base = args.integration.parent().unwrap_or_else(|| Path::new(""));
    let workspace = place::open_or_found(&args.workspace, std::slice::from_ref(&integration), None)?;
    for slot in missing_secrets(&workspace, &integration)? {
        eprintln!(
            "the keyring has no {slot} of {id} yet: plaza secret --workspace {folder} {id} {slot}",
            id = integration.id,
            folder = args.workspace.display()
        );
    }
    let watch = Unwatched::default();
    let answered = check(&workspace, &integration, base, &watch)?;
    print(&format!("{}: {}\n", integration.system, answered.product))?;
    for note in &answered.notes {
        print(&format!("  note: {note}\n"))?;
    }
    for stream in discover(&workspace, &integration, base, &watch)? {
        let rows = stream.rows.map_or_else(String::new, |rows| format!(", about {rows} rows"));
        let label = stream.label.map_or_else(String::new, |label| format!(" ({label})"));
        print(&format!("  {}{label}: {} fields{rows}\n", stream.name, stream.fields.len()))?;
        for field in stream.fields.iter().filter(|_| args.fields) {
            let key = if field.is_key { ", key" } else { "" };
            print(&format!("    {} {:?}{key}\n", field.name, field.kind))?;
        }
    }
    Ok(())
}

pub(crate) fn secret(args: &SecretArgs) -> Result<(), Failure> {
    let workspace = place::open_as_it_is(&args.workspace)?;
    let text = if args.forget { None } else { Some(read_secret(&args.slot)?) };
    let is_in_file = keep_secret(&workspace, &args.integration, &args.slot, text)?;
    if is_in_file {
        eprintln!("no keyring answers on this computer: the secret lies in a file that only you may read");
    }
    Ok(())
}

/// From the terminal without showing it, or from whatever is piped in; the line's end does not belong to it.
fn read_secret(slot: &str) -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        return rpassword::prompt_password(format!("{slot}: "))
            .map_err(|error| Failure::with(slot.to_owned(), error));
    }
    let mut text = String::new();
    let mut input = std::io::stdin().take(INPUT_BYTES_MAX);
    input.read_to_string(&mut text).map_err(|error| Failure::with(slot.to_owned(), error))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
