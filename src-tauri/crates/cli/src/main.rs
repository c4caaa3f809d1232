//! The program `plaza`: the main job without a window.

fn main() {}
