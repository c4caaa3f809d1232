//! The system's packages that Plaza is built and tested with.

use std::process::Command;

use crate::process::{Problem, command, quiet, succeed};

/// What a package is needed for.
struct Package {
    name: &'static str,
    reason: &'static str,
}

/// For building the command line program only.
const COMPILER: &[Package] = &[Package { name: "build-essential", reason: "the C compiler and linker" }];

/// For building and opening the window.
const WINDOW: &[Package] = &[
    Package { name: "pkg-config", reason: "finds the libraries" },
    Package { name: "libwebkit2gtk-4.1-dev", reason: "the web view that the window shows" },
];

/// For the tests of the real window.
const DISPLAY: &[Package] = &[
    Package { name: "xvfb", reason: "a virtual display" },
    Package { name: "webkit2gtk-driver", reason: "drives the window" },
    Package { name: "dbus", reason: "a session bus of the tests' own" },
    Package { name: "fonts-dejavu-core", reason: "a font for signs that Inter lacks" },
    Package { name: "poppler-utils", reason: "reads back the PDF that the tests write" },
    Package { name: "libfaketime", reason: "lets a window of the tests live in a later week" },
];

/// For the tests that ask real databases, programs written in Python, and readers of what Plaza writes.
const SERVERS: &[Package] = &[
    Package { name: "postgresql", reason: "a database server for the tests" },
    Package { name: "mariadb-server", reason: "a database server for the tests" },
    Package { name: "python3-venv", reason: "an ERP system, taps and readers of calendars for the tests" },
];

/// How much is going to be done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// The command line program.
    CommandLine,
    /// The window.
    Window,
    /// The window on a virtual display.
    WindowTests,
    /// That, and real database servers.
    AllTests,
}

/// Installs the packages that are missing, where that is possible, or says which one command does.
pub(crate) fn install(need: Need) -> Result<(), Problem> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let mut wanted: Vec<&Package> = COMPILER.iter().collect();
    if need != Need::CommandLine {
        wanted.extend(WINDOW);
    }
    if matches!(need, Need::WindowTests | Need::AllTests) {
        wanted.extend(DISPLAY);
    }
    if need == Need::AllTests {
        wanted.extend(SERVERS);
    }
    if !quiet(command("dpkg-query").arg("--version")) {
        return elsewhere(need);
    }
    wanted.retain(|package| !installed(package.name));
    if wanted.is_empty() {
        return Ok(());
    }
    println!("Installing what is missing on this system:");
    for package in &wanted {
        println!("  {:24} {}", package.name, package.reason);
    }
    let names: Vec<&str> = wanted.iter().map(|package| package.name).collect();
    let by_hand = format!("sudo apt-get update && sudo apt-get install --yes {}", names.join(" "));
    let Some(run) = privileged() else {
        return Err(Problem::Missing { what: format!("these packages need an administrator: {by_hand}") });
    };
    let installed = succeed("apt-get update", run("apt-get").args(["update", "--quiet", "--quiet"]))
        .and_then(|()| {
            let mut install = run("apt-get");
            install.args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(&names);
            succeed("apt-get install", &mut install)
        });
    installed.map_err(|problem| Problem::Missing { what: format!("{problem}; by hand: {by_hand}") })
}

fn installed(name: &str) -> bool {
    let answer = command("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", name]).output();
    answer.is_ok_and(|answer| answer.status.success() && answer.stdout == b"installed")
}

/// How to run a program as the administrator; none when a person would have to be asked in vain.
fn privileged() -> Option<fn(&str) -> Command> {
    let root = command("id").arg("-u").output().is_ok_and(|answer| answer.stdout.trim_ascii() == b"0");
    if root {
        return Some(|program| {
            let mut run = command(program);
            run.env("DEBIAN_FRONTEND", "noninteractive");
            run
        });
    }
    let asks_nobody = quiet(command("sudo").args(["--non-interactive", "true"]));
    if asks_nobody
        || (std::io::IsTerminal::is_terminal(&std::io::stdin()) && quiet(command("sudo").arg("-V")))
    {
        return Some(|program| {
            let mut run = command("sudo");
            run.args(["DEBIAN_FRONTEND=noninteractive", program]).stdin(std::process::Stdio::inherit());
            run
        });
    }
    None
}

/// A Linux without Debian's packages: look for what counts and name it.
fn elsewhere(need: Need) -> Result<(), Problem> {
    if need == Need::CommandLine || quiet(command("pkg-config").args(["--exists", "webkit2gtk-4.1"])) {
        return Ok(());
    }
    Err(Problem::Missing {
        what:
            "this system has no apt-get: install pkg-config and the development files of WebKitGTK 4.1 first"
                .into(),
    })
}
