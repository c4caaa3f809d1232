//! Different values with how often each is there, in bounded memory.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

use super::super::fault;
use super::profile::WordCount;

/// Values that are listed with their counts: as many as a person would map by hand.
const LISTED: usize = 100;
/// Different values that are counted at all.
const COUNTED: usize = 10_000;
/// Longest value that is listed, bytes.
const LISTED_BYTES: usize = 200;

/// A bag of values.
#[derive(Clone, Debug, Default)]
pub(super) struct Bag {
    listed: Vec<(Vec<u8>, u32)>,
    /// Hash of every different value, with its place in the list where it has one.
    places: HashMap<u64, u32, BuildHasherDefault<Same>>,
    /// Cells whose value is not listed.
    other: u32,
    is_full: bool,
}

/// The keys are hashes already.
#[derive(Clone, Default)]
pub(super) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

const NOT_LISTED: u32 = u32::MAX;

impl Bag {
    /// Takes a value with its [`hash`]; true when it is a new one.
    pub(super) fn push(&mut self, key: u64, value: &[u8]) -> bool {
        self.add(key, value, 1)
    }

    fn add(&mut self, key: u64, value: &[u8], rows: u32) -> bool {
        if self.is_full {
            match self.places.get(&key) {
                Some(place) if *place != NOT_LISTED => self.listed[*place as usize].1 += rows,
                _ => self.other += rows,
            }
            return false;
        }
        match self.places.entry(key) {
            Entry::Occupied(place) if *place.get() != NOT_LISTED => {
                self.listed[*place.get() as usize].1 += rows;
                false
            }
            Entry::Occupied(_) => {
                self.other += rows;
                false
            }
            Entry::Vacant(place) => {
                if self.listed.len() < LISTED && value.len() <= LISTED_BYTES {
                    place.insert(self.listed.len() as u32);
                    self.listed.push((value.to_vec(), rows));
                } else {
                    place.insert(NOT_LISTED);
                    self.other += rows;
                }
                self.close_when_full();
                true
            }
        }
    }

    fn close_when_full(&mut self) {
        if self.places.len() >= COUNTED {
            self.close();
        }
    }

    /// Stops counting different values: only the listed ones are still looked up, so that the table is small.
    fn close(&mut self) {
        self.is_full = true;
        self.places.retain(|_, place| *place != NOT_LISTED);
        self.places.shrink_to_fit();
    }

    /// Different values; at least so many when `is_full`.
    pub(super) fn distinct(&self) -> u32 {
        if self.is_full { COUNTED as u32 } else { self.places.len() as u32 }
    }

    pub(super) fn is_full(&self) -> bool {
        self.is_full
    }

    /// Cells whose value is not listed.
    pub(super) fn other(&self) -> u32 {
        self.other
    }

    /// All cells.
    pub(super) fn rows(&self) -> u32 {
        self.other + self.listed.iter().map(|(_, rows)| rows).sum::<u32>()
    }

    /// The listed values, most frequent first.
    pub(super) fn counts(&self) -> Vec<WordCount> {
        let mut counts: Vec<WordCount> = self
            .listed
            .iter()
            .map(|(text, rows)| WordCount { text: fault::quote(text), rows: *rows })
            .collect();
        counts.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.text.cmp(&b.text)));
        counts
    }

    /// The listed values.
    pub(super) fn listed(&self) -> impl Iterator<Item = &[u8]> {
        self.listed.iter().map(|(value, _)| value.as_slice())
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (value, rows) in &other.listed {
            self.add(hash(value), value, *rows);
        }
        for (key, place) in other.places {
            if place == NOT_LISTED && !self.is_full {
                self.places.entry(key).or_insert(NOT_LISTED);
                self.close_when_full();
            }
        }
        if other.is_full {
            self.close();
        }
        self.other += other.other;
    }
}

/// A fast hash that is the same in every run: eight bytes at a time, multiplied and folded (after the
/// "wyhash" family). Nobody gains by making values collide: at worst a count is too low.
#[inline]
pub(super) fn hash(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = bytes.len() as u64 ^ FACTOR;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        state = fold(state ^ u64::from_le_bytes(word), FACTOR);
    }
    let mut word = [0; 8];
    word[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    fold(state ^ u64::from_le_bytes(word), FACTOR)
}

fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}
