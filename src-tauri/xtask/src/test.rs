//! `cargo xtask test`: set-up, every check, every test, and one line with the counts at the end.

use std::process::ExitCode;

use crate::check::{self, Report, in_target};
use crate::packages::{self, Need};
use crate::process::Problem;
use crate::scratch::Scratch;
use crate::tally::{of_cargo, of_vitest};
use crate::{place, ui};

/// Two windows at once: more would wait for each other on a small machine.
const WINDOWS_AT_ONCE: &str = "--test-threads=2";

const HELP: &str = "\
cargo xtask test [--without-servers]

  --without-servers  neither installs nor asks real servers and taps (PostgreSQL, MariaDB, Tryton, an OData service),
                     nor programs that read what Plaza writes (poppler, Python's calendars);
                     for quick work only: what the tests then say is not the whole of it
";

/// Whether real servers are asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Servers {
    Asked,
    LeftOut,
}

/// Runs everything.
pub(crate) fn run(options: &[String]) -> ExitCode {
    let servers = match options {
        [] => Servers::Asked,
        [option] if option == "--without-servers" => Servers::LeftOut,
        [option] if option == "--help" => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    let mut report = Report::default();
    if let Err(problem) = set_up(servers) {
        report.set_up_failed(&problem);
        return report.close();
    }
    let target = place::target();
    let scratch = Scratch::new();
    check::all(&mut report, &target);
    let mut vitest = ui::tool("vitest");
    vitest.args(["run"]).env("NO_COLOR", "1");
    scratch.lend(&mut vitest);
    report.counted("Interface: tests", &mut vitest, |lines, ok| of_vitest(lines).judged(ok));
    let testing = || {
        let mut cargo = in_target(&target);
        scratch.lend(&mut cargo);
        cargo
    };
    let mut tests = testing();
    tests.args(["test", "--locked", "--workspace", "--no-fail-fast"]);
    report.counted("Rust: tests", &mut tests, |lines, ok| of_cargo(lines).judged(ok));
    if servers == Servers::Asked {
        let mut servers = testing();
        servers.args(["test", "--locked", "--workspace", "--no-fail-fast"]);
        servers.args(["--test", "database", "--test", "erp", "--test", "servers", "--test", "readers"]);
        report
            .counted("Real servers and readers: tests", &mut servers, |lines, ok| of_cargo(lines).judged(ok));
        let mut services = testing();
        // With the tests before it, of which none is ignored: alone it would be built with other features, all anew.
        services.args(["test", "--locked", "--workspace", "--test", "web"]);
        services.args(["--test", "database", "--test", "erp", "--test", "servers", "--", "--ignored"]);
        report.counted("A real OData service: tests", &mut services, |lines, ok| of_cargo(lines).judged(ok));
    }
    let mut windows = testing();
    windows.args(["test", "--locked", "--workspace", "--test", "e2e", "--", WINDOWS_AT_ONCE]);
    report.counted("The window: tests", &mut windows, |lines, ok| of_cargo(lines).judged(ok));
    report.close()
}

fn set_up(servers: Servers) -> Result<(), Problem> {
    packages::install(if servers == Servers::Asked { Need::AllTests } else { Need::WindowTests })?;
    ui::install()?;
    if servers == Servers::Asked {
        ui::install_in("tests/servers/cap")?;
    }
    ui::build()
}
