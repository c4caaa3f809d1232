//! Values with how often each is there, as long as they are few.

use super::super::fault;
use super::profile::WordCount;

/// Different values that are still few: so many a person says the meaning of one by one.
const FEW: usize = 20;

/// A bag that counts a handful of different values, and forgets them once there are more.
#[derive(Clone, Debug, Default)]
pub(super) struct Few {
    listed: Vec<(Vec<u8>, u32)>,
    rows: u32,
    is_many: bool,
}

impl Few {
    pub(super) fn push(&mut self, value: &[u8]) {
        self.add(value, 1);
        self.rows += 1;
    }

    fn add(&mut self, value: &[u8], rows: u32) {
        if self.is_many {
            return;
        }
        match self.listed.iter().position(|(own, _)| own == value) {
            Some(place) => self.listed[place].1 += rows,
            None if self.listed.len() < FEW => self.listed.push((value.to_vec(), rows)),
            None => {
                self.is_many = true;
                self.listed = Vec::new();
            }
        }
    }

    /// There are more different values than a person would go through.
    pub(super) const fn is_many(&self) -> bool {
        self.is_many
    }

    /// All cells, those of forgotten values too.
    pub(super) const fn rows(&self) -> u32 {
        self.rows
    }

    /// The values; none once there are many.
    pub(super) fn counts(&self) -> impl Iterator<Item = WordCount> {
        self.listed.iter().map(|(text, rows)| WordCount { text: fault::quote(text), rows: *rows })
    }

    pub(super) fn merge(&mut self, later: Self) {
        self.rows += later.rows;
        if later.is_many {
            self.is_many = true;
            self.listed = Vec::new();
        }
        for (value, rows) in later.listed {
            self.add(&value, rows);
        }
    }
}
