//! Which line of a file a byte stands in, told from its line ends alone: how one row among a million is found again
//! without reading the cells of those before it.

use memchr::{memchr_iter, memchr2_iter};

/// Counts the line ends (CR, LF or both together) of a file that is given to it piece by piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineCount {
    ends: u64,
    /// The last byte was a CR: whether it ends the line alone, the next byte says.
    open_return: bool,
}

impl LineCount {
    /// Line ends in what was passed so far.
    pub const fn ends(&self) -> u64 {
        self.ends
    }

    /// Passes a piece of the file.
    pub fn pass(&mut self, piece: &[u8]) {
        if !self.open_return && memchr::memchr(b'\r', piece).is_none() {
            self.ends += memchr_iter(b'\n', piece).count() as u64;
        } else {
            // No piece has so many bytes.
            self.find(piece, u64::MAX);
        }
    }

    /// Passes a piece, and gives where in it the line begins before which `ends` line ends lie; `None` where that is
    /// not in this piece. A line that begins after the piece's last byte begins in the next one.
    pub fn find(&mut self, piece: &[u8], ends: u64) -> Option<usize> {
        if self.ends == ends && !self.open_return {
            return Some(0);
        }
        if self.open_return {
            match piece.first() {
                None => return None,
                // The LF belongs to the CR, and is counted below.
                Some(b'\n') => {}
                Some(_) => self.ends += 1,
            }
            self.open_return = false;
            if self.ends == ends {
                return Some(0);
            }
        }
        for at in memchr2_iter(b'\r', b'\n', piece) {
            if piece.get(at) == Some(&b'\r') {
                match piece.get(at + 1) {
                    Some(b'\n') => continue,
                    Some(_) => {}
                    None => {
                        self.open_return = true;
                        return None;
                    }
                }
            }
            self.ends += 1;
            if self.ends == ends && at + 1 < piece.len() {
                return Some(at + 1);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::scan::count_line_ends;
    use super::*;

    proptest! {
        #[test]
        fn pieces_count_like_the_whole_and_every_line_is_found(
            text in "[a\r\n]{0,24}", cuts in prop::collection::vec(0_usize..24, 0..4), wanted in 0_u64..8,
        ) {
            let bytes = text.as_bytes();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let pieces: Vec<(usize, &[u8])> = cuts.windows(2).map(|ends| (ends[0], &bytes[ends[0]..ends[1]])).collect();
            let mut count = LineCount::default();
            for (_, piece) in &pieces {
                count.pass(piece);
            }
            let open = u64::from(bytes.last() == Some(&b'\r'));
            prop_assert_eq!(count.ends() + open, u64::from(count_line_ends(bytes)));

            let mut count = LineCount::default();
            let found = pieces.iter().find_map(|(start, piece)| {
                if piece.is_empty() { None } else { count.find(piece, wanted).map(|at| start + at) }
            });
            // Where each line with a byte of its own begins.
            let starts: Vec<usize> = (0..bytes.len())
                .filter(|at| *at == 0 || bytes[at - 1] == b'\n' || (bytes[at - 1] == b'\r' && bytes[*at] != b'\n'))
                .collect();
            prop_assert_eq!(found, starts.get(wanted as usize).copied());
        }
    }
}
