//! The sample company, written as the files that its systems would export; builders for tests.
