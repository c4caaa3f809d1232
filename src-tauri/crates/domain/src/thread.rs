//! Threads: when people go in circles, and when a question has waited too long.

use std::collections::BTreeSet;

/// More messages than this among the same people, without their having met, go in circles.
pub const CIRCLING_MESSAGES: usize = 6;

/// So many people are “the same people”; where more take part it is a conversation among many.
const CIRCLING_PEOPLE_MAX: usize = 3;

/// Days without an answer after which a thread proposes to meet.
pub const UNANSWERED_DAYS: i64 = 3;

/// Working days after which a signal that nobody has taken up goes to the next agenda.
pub const UNTAKEN_WORKING_DAYS: i32 = 3;

/// Whether those who wrote since people last met (one entry for each message, in its order) go in circles: the last
/// seven messages came from two or three people.
pub fn goes_in_circles<T: Ord>(writers: &[T]) -> bool {
    let Some(from) = writers.len().checked_sub(CIRCLING_MESSAGES + 1) else { return false };
    let last: BTreeSet<&T> = writers.iter().skip(from).collect();
    (2..=CIRCLING_PEOPLE_MAX).contains(&last.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_six_messages_between_the_same_people_go_in_circles() {
        for (writers, circles) in [
            ("", false),
            ("ababab", false),
            ("abababa", true),
            ("aaaaaaa", false),
            ("abcabca", true),
            ("abcdabcd", false),
            ("xyzwabababa", true),
        ] {
            let writers: Vec<char> = writers.chars().collect();
            assert_eq!(goes_in_circles(&writers), circles, "{writers:?}");
        }
    }
}
