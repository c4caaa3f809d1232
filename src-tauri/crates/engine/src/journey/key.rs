//! The key of a journey: 44 bits of the order's hash and 19 bits of line, so that all lines of an order, and what
//! its systems say of the order as a whole, lie side by side in the store.

/// Bits of a key that tell the lines of an order apart.
const LINE_BITS: u32 = 19;

/// Line numbers below this stand for themselves; other words are hashed above it. 0 is the whole order.
const PLAIN_LINES: i64 = 1 << (LINE_BITS - 1);

/// The key of an order as a whole, and the first of its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderKey(i64);

impl OrderKey {
    /// The key of an order of a system.
    pub fn of(system: &str, order: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(system.as_bytes());
        // A byte that no text has: (“a”, “bc”) is another order than (“ab”, “c”).
        hasher.update(&[0xFF]);
        hasher.update(order.as_bytes());
        Self((head(&hasher.finalize()) & (i64::MAX >> LINE_BITS)) << LINE_BITS)
    }

    /// The order of a journey's key.
    pub const fn of_journey(key: i64) -> Self {
        Self(key >> LINE_BITS << LINE_BITS)
    }

    /// The key of the order itself, for records that hold for all its lines.
    pub const fn whole(self) -> i64 {
        self.0
    }

    /// The largest key of the order.
    pub const fn last(self) -> i64 {
        self.0 | ((1 << LINE_BITS) - 1)
    }

    /// The key of one line. Plain numbers keep their order; other words are hashed.
    pub fn line(self, line: &str) -> i64 {
        self.0
            | plain_number(line)
                .unwrap_or_else(|| PLAIN_LINES | (head(&blake3::hash(line.as_bytes())) & (PLAIN_LINES - 1)))
    }
}

/// Whether a key is that of a whole order.
pub const fn is_whole_order(key: i64) -> bool {
    OrderKey::of_journey(key).0 == key
}

/// The hash of a row's own key within its journey; never 0, which says that it has none.
pub fn row_key(text: &str) -> i64 {
    head(&blake3::hash(text.as_bytes())) | 1
}

/// The hash of a record's facts.
pub fn content(facts: &[u8]) -> i64 {
    head(&blake3::hash(facts))
}

/// A line number without leading zeros that stands for itself: “7”, but neither “07” nor “0”.
fn plain_number(line: &str) -> Option<i64> {
    let plain = !line.starts_with('0') && line.len() <= 6 && line.bytes().all(|byte| byte.is_ascii_digit());
    line.parse().ok().filter(|number| plain && (1..PLAIN_LINES).contains(number))
}

fn head(hash: &blake3::Hash) -> i64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    i64::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_keep_their_order_and_near_words_differ() {
        let order = OrderKey::of("ERP", "4711");
        let lines: Vec<i64> = ["1", "2", "10", "100", "262143"].map(|line| order.line(line)).to_vec();
        assert!(lines.is_sorted());
        for (a, b) in [("1", "01"), ("1", "1 "), ("", "0"), ("262144", "262145"), ("A", "a")] {
            assert_ne!(order.line(a), order.line(b), "{a} {b}");
        }
        assert_ne!(OrderKey::of("a", "bc"), OrderKey::of("ab", "c"));
    }

    proptest! {
        #[test]
        fn a_line_lies_within_its_order_and_is_never_the_order_itself(system in ".{0,8}", order in ".{0,8}", line in ".{0,8}") {
            let order = OrderKey::of(&system, &order);
            let key = order.line(&line);
            prop_assert!(key > order.whole() && key <= order.last() && order.whole() >= 0);
            prop_assert_eq!(OrderKey::of_journey(key), order);
            prop_assert!(is_whole_order(order.whole()) && !is_whole_order(key));
        }
    }
}
