//! Where the rows come from: files today, other systems beside them.
