//! The program `plaza-desktop`: the window.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    plaza_shell::run(std::env::args_os().skip(1))
}
