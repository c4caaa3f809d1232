//! Generators for tests and the benchmark.

pub mod million;
