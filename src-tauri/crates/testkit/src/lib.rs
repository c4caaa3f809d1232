//! Generators for tests and the benchmark.

pub mod chance;
pub mod million;
pub mod talk;
