//! Wins: who had a part in one, and whether one department's name is on all of them.

mod balance;
mod excerpt;
mod propose;

pub use balance::{ALONE_MIN, Named, only_department, quarter_of, quarter_start};
pub use excerpt::{EXCERPT_CHARS, excerpt};
pub use propose::{
    HeldLeg, KeptCommitment, Place, Proposal, TakenDecision, Turn, propose_departments, propose_people,
};

/// The reactions that there are, as words. None of them ranks anybody.
pub const REACTIONS: [&str; 3] = ["applause", "thanks", "proud"];

/// Letters of a win's title: it stands on a card.
pub const TITLE_CHARS_MAX: usize = 200;

/// Letters of a win's story: about two pages.
pub const STORY_CHARS_MAX: usize = 6_000;

/// Days before a win in which a customer's order lines arrived that it may be about, where it names no orders: a quarter
/// of a year. What is longer ago is another story.
pub const CUSTOMER_DAYS: i32 = 91;

/// Order lines that one win names; more than these are a number, not a story.
pub const ORDERS_MAX: usize = 50;
