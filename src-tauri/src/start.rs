//! Start-up: options, a display, one window for one workspace.

use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tauri::{App, AppHandle, Manager, RunEvent, Runtime};

use crate::bindings;
use crate::daily;
use crate::desk::{WindowDesk, to_front};
use crate::folders::Folders;
use crate::options::{self, Asked, Options};
use crate::session::Session;

/// Opens the window and stays until it is closed; `arguments` without the program's own name.
///
/// The exit code is 0 after a window was closed, 1 when none could be opened, 2 for a command line that cannot
/// be followed.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let options = match options::read(arguments) {
        Ok(Asked::Window(options)) => options,
        Ok(Asked::Help) => {
            print!("{}", options::HELP);
            return ExitCode::SUCCESS;
        }
        Ok(Asked::Version) => {
            println!("plaza-desktop {}", env!("CARGO_PKG_VERSION"));
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("plaza-desktop: {error}\n\n{}", options::HELP);
            return ExitCode::from(2);
        }
    };
    if !has_display() {
        return no_window(&NoWindow::NoDisplay);
    }
    paint_plainly();
    match build(&options) {
        Ok(app) => {
            app.run(leave);
            ExitCode::SUCCESS
        }
        Err(reason) => no_window(&reason),
    }
}

/// How long leaving waits for work to stop where it may: it takes up again at the next start what it leaves behind.
const LEAVE_PATIENCE: Duration = Duration::from_secs(3);

/// Stops long work before the program ends, so that nothing half made is left behind.
#[allow(clippy::needless_pass_by_value)] // Tauri hands the event over
fn leave(app: &AppHandle, event: RunEvent) {
    if matches!(event, RunEvent::Exit)
        && let Some(session) = app.try_state::<Arc<Session>>()
    {
        session.jobs().stop(LEAVE_PATIENCE);
    }
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
enum NoWindow {
    #[error("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)")]
    NoDisplay,
    #[error("the display does not answer")]
    DeadDisplay,
    #[error(transparent)]
    Tauri(tauri::Error),
}

fn no_window(reason: &NoWindow) -> ExitCode {
    eprintln!("Plaza cannot open its window: {reason}.");
    eprintln!("The main job works without one, with the program `plaza`: `plaza --help`.");
    ExitCode::FAILURE
}

/// Whether a display is named. GTK panics without one, so this is asked first.
fn has_display() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("WAYLAND_DISPLAY") || named("DISPLAY")
}

/// Has the web view paint without a graphics card: Plaza's pages stand still. A compositor would hold a copy of each
/// layer, and where there is no card a whole compiler for shaders, in all a quarter of the window's memory. The web view
/// asks its environment, so the program begins again in one that says so, as the same process; whoever has set the
/// variable decides themselves.
#[cfg(target_os = "linux")]
fn paint_plainly() {
    use std::os::unix::process::CommandExt;
    const ASKED: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(ASKED).is_some() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        // This comes back only where it did not work; the window then opens as it would have.
        drop(std::process::Command::new(program).args(std::env::args_os().skip(1)).env(ASKED, "1").exec());
    }
}

#[cfg(not(target_os = "linux"))]
const fn paint_plainly() {}

/// Builds the window; a display that is named but does not answer makes GTK panic, which is caught here.
fn build(options: &Options) -> Result<App, NoWindow> {
    let loud = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let built = panic::catch_unwind(AssertUnwindSafe(|| assemble(options)));
    panic::set_hook(loud);
    match built {
        Ok(built) => built.map_err(NoWindow::Tauri),
        Err(_) => Err(NoWindow::DeadDisplay),
    }
}

fn assemble(options: &Options) -> tauri::Result<App> {
    let context = tauri::generate_context!();
    let commands = bindings::builder::<tauri::Wry>();
    let workspace = options.workspace.clone();
    let mut builder = tauri::Builder::default();
    if let Some(plugin) = single_instance(options, &context.config().identifier) {
        // First of all plugins: a second start must not get further than this.
        builder = builder.plugin(plugin);
    }
    builder
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(commands.invoke_handler())
        .setup(move |app| {
            commands.mount_events(app);
            let folders = Folders::of(app)?;
            let session = Session::new(&folders.data);
            session.jobs().announce_to(app.handle().clone());
            session.stand_on(WindowDesk::new(app.handle().clone()));
            let session = Arc::new(session);
            session.begin(workspace.clone());
            daily::look_after(&session);
            app.manage(session);
            app.manage(folders);
            Ok(())
        })
        .build(context)
}

/// A second start brings the first one's window to the front. Two workspaces are two windows.
fn single_instance<R: Runtime>(options: &Options, identifier: &str) -> Option<tauri::plugin::TauriPlugin<R>> {
    if options.workspace.is_some() && !cfg!(target_os = "linux") {
        // Elsewhere the name cannot be chosen, and a second workspace must be possible.
        return None;
    }
    let plugin = tauri_plugin_single_instance::Builder::new()
        .callback(|app, _arguments, _folder| to_front(app))
        .dbus_id(instance_name(identifier, options.workspace.as_deref()));
    Some(plugin.build())
}

/// A D-Bus name for this data folder and workspace.
fn instance_name(identifier: &str, workspace: Option<&Path>) -> String {
    let mut hasher = DefaultHasher::new();
    std::env::var_os("XDG_DATA_HOME").hash(&mut hasher);
    workspace
        .map(|folder| std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()))
        .hash(&mut hasher);
    format!("{identifier}.w{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_workspace_has_its_own_window() {
        let one = instance_name("app.plaza", Some(Path::new("a")));
        assert_eq!(one, instance_name("app.plaza", Some(Path::new("a"))));
        assert_ne!(one, instance_name("app.plaza", Some(Path::new("b"))));
        assert_ne!(one, instance_name("app.plaza", None));
    }
}
