//! The window: start-up, the command list, and nothing that decides.
