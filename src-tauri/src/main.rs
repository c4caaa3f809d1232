//! The program `plaza-desktop`.

fn main() {}
