//! A display, a session bus and a driver of a test's own; all of them end with the test.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::webdriver;

/// A busy machine may need a while for a display or a driver to answer.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// A process with everything that it started.
pub struct Group(Child);

impl Group {
    fn start(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        // A group of its own: the driver's children (the program, its web view) end with it.
        let child = command.process_group(0).stdin(Stdio::null()).spawn();
        Self(
            child
                .unwrap_or_else(|error| panic!("{name} cannot be started ({error}): see `cargo xtask test`")),
        )
    }

    fn signal(&self, name: &str) {
        let group = format!("kill -s {name} -- -{} 2>/dev/null", self.0.id());
        let _ = Command::new("sh").args(["-c", &group]).status();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.signal("TERM");
        let patience = Instant::now() + Duration::from_secs(2);
        while Instant::now() < patience && matches!(self.0.try_wait(), Ok(None)) {
            thread::sleep(Duration::from_millis(20));
        }
        self.signal("KILL");
        let _ = self.0.wait();
    }
}

/// A virtual display.
pub struct Display {
    /// Its name for `DISPLAY`.
    pub name: String,
    _server: Group,
    // Xvfb dies of writing to a closed pipe.
    _numbers: BufReader<std::process::ChildStdout>,
}

impl Display {
    /// Starts one, large enough for the largest window of the tests.
    pub fn start() -> Self {
        let mut xvfb = Command::new("Xvfb");
        // Without -noreset the server ends with its first client.
        xvfb.args(["-displayfd", "1", "-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-noreset"]);
        let mut server = Group::start(xvfb.stdout(Stdio::piped()).stderr(Stdio::null()));
        let mut numbers = BufReader::new(server.0.stdout.take().expect("Xvfb's output is a pipe"));
        let (sender, number) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            let _ = numbers.read_line(&mut line);
            let _ = sender.send((line, numbers));
        });
        let (line, numbers) = number.recv_timeout(START_TIMEOUT).expect("Xvfb tells its number in time");
        let number = line.trim();
        assert!(!number.is_empty(), "Xvfb did not start");
        Self { name: format!(":{number}"), _server: server, _numbers: numbers }
    }
}

/// How the system around the window is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    #[default]
    Light,
    Dark,
}

/// The library that tells a program another time; where it lies depends on the machine's kind.
fn clock_library() -> std::path::PathBuf {
    let kinds = std::fs::read_dir("/usr/lib").expect("the system's libraries");
    let place = |kind: std::fs::DirEntry| kind.path().join("faketime/libfaketime.so.1");
    kinds.flatten().map(place).find(|path| path.is_file()).expect("Debian's package libfaketime")
}

/// A driver that starts windows on a display.
pub struct Driver {
    /// Where it listens.
    pub port: u16,
    _group: Group,
}

impl Driver {
    /// Starts one whose windows have their home in `home`, see `colours`, and live so many days ahead of today.
    pub fn start(display: &Display, home: &Path, colours: Colours, days_ahead: u32) -> Self {
        let port = free_port();
        let log = std::fs::File::create(home.join("driver.log")).expect("the home can be written");
        let mut command = Command::new("dbus-run-session");
        command
            // The bus tells a test where it is, so that the test can stand in for a desktop's own services.
            .args([
                "--",
                "sh",
                "-c",
                "printf %s \"$DBUS_SESSION_BUS_ADDRESS\" > \"$HOME/bus\"; exec \"$@\"",
                "sh",
            ])
            .args(["WebKitWebDriver", "--host=127.0.0.1", &format!("--port={port}")])
            .stdout(log.try_clone().expect("a file can be shared"))
            .stderr(log)
            .env("DISPLAY", &display.name)
            .env_remove("WAYLAND_DISPLAY")
            .env("GDK_BACKEND", "x11")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1")
            .env("NO_AT_BRIDGE", "1")
            .env("HOME", home);
        for (name, folder) in [
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_RUNTIME_DIR", "runtime"),
        ] {
            let folder = home.join(folder);
            std::fs::create_dir_all(&folder).expect("the home can be written");
            command.env(name, folder);
        }
        if colours == Colours::Dark {
            command.env("GTK_THEME", "Adwaita:dark");
        }
        if days_ahead > 0 {
            command
                .env("LD_PRELOAD", clock_library())
                .env("FAKETIME", format!("+{days_ahead}d"))
                .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .env("DONT_FAKE_MONOTONIC", "1");
        }
        let group = Group::start(&mut command);
        let patience = Instant::now() + START_TIMEOUT;
        while !webdriver::is_ready(port) {
            assert!(Instant::now() < patience, "WebKitWebDriver did not answer in time");
            thread::sleep(Duration::from_millis(20));
        }
        Self { port, _group: group }
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    listener.local_addr().expect("a bound socket has an address").port()
}
