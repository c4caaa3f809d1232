//! The shell without a display.
