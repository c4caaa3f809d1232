//! What leaves Plaza on paper: chart pictures today.
