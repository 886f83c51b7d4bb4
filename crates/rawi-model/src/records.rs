//! A hash table from words to 32 bits each.
//!
//! The words themselves are not stored, only 32 bits of their hash beside a
//! slot that the rest of the hash chooses: with 200,000 words an unknown word
//! is taken for a known one about once in a billion look-ups.

use std::collections::BTreeMap;

use crate::{PackError, hash};

/// Bytes of one slot: fingerprint and value.
const SLOT: usize = 8;

/// How many slots are looked at together.
const GROUP: usize = 4;

/// The table.
#[derive(Clone, Copy, Debug)]
pub struct Records<'a> {
    slots: &'a [[u8; SLOT]],
    mask: usize,
}

/// Slot and fingerprint of a hash. A fingerprint is never 0, which marks an
/// empty slot.
fn place(hash: u64) -> (usize, u32) {
    ((hash & 0xffff_ffff) as usize, ((hash >> 32) as u32).max(1))
}

impl<'a> Records<'a> {
    /// A table without words.
    pub const EMPTY: Records<'static> = Records {
        slots: &[[0; SLOT]],
        mask: 0,
    };

    /// Opens a section.
    ///
    /// # Errors
    /// If its length is not that of such a table.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackError> {
        let (slots, rest) = bytes.as_chunks::<SLOT>();
        if !rest.is_empty() || !slots.len().is_power_of_two() {
            return Err(PackError::Truncated("a word table".to_owned()));
        }
        Ok(Self {
            slots,
            mask: slots.len() - 1,
        })
    }

    /// The value of a word.
    #[inline]
    pub fn get(&self, word: &str) -> Option<u32> {
        self.at(hash(word.as_bytes()))
    }

    /// The value of the word with a hash (see [`hash`]).
    #[inline]
    pub fn at(&self, hash: u64) -> Option<u32> {
        let (slot, print) = place(hash);
        let slot = slot & self.mask;
        let mut steps = 0..=self.mask;
        if let Some(group) = self.slots[slot..].first_chunk::<GROUP>() {
            // Nearly always the word or an empty slot is among the first few; which
            // of them nobody can foretell, so all are looked at without a branch.
            let (mut same, mut empty) = (0u32, 0u32);
            for (i, [a, b, c, d, ..]) in group.iter().enumerate() {
                let found = u32::from_le_bytes([*a, *b, *c, *d]);
                same |= u32::from(found == print) << i;
                empty |= u32::from(found == 0) << i;
            }
            // What stands behind an empty slot does not belong to it.
            let same = same & empty.wrapping_sub(1) & !empty;
            if same != 0 {
                let [.., a, b, c, d] = group[same.trailing_zeros() as usize % GROUP];
                return Some(u32::from_le_bytes([a, b, c, d]));
            }
            if empty != 0 {
                return None;
            }
            steps = GROUP..=self.mask;
        }
        for step in steps {
            let [a, b, c, d, value @ ..] = self.slots[(slot + step) & self.mask];
            match u32::from_le_bytes([a, b, c, d]) {
                0 => return None,
                p if p == print => return Some(u32::from_le_bytes(value)),
                _ => {}
            }
        }
        None
    }
}

/// Collects words and writes the table.
#[derive(Clone, Default, Debug)]
pub struct RecordsWriter {
    words: BTreeMap<u64, u32>,
}

impl RecordsWriter {
    /// Sets the value of a word.
    pub fn insert(&mut self, word: &str, value: u32) {
        self.insert_at(hash(word.as_bytes()), value);
    }

    /// Sets the value of a hash.
    pub fn insert_at(&mut self, hash: u64, value: u32) {
        self.words.insert(hash, value);
    }

    /// The bytes of the table, at most two thirds full.
    pub fn finish(&self) -> Vec<u8> {
        let size = (self.words.len() * 3 / 2 + 1).next_power_of_two();
        let mut slots = vec![[0u8; SLOT]; size];
        for (&hash, value) in &self.words {
            let (slot, print) = place(hash);
            let free = (0..size)
                .map(|step| (slot + step) & (size - 1))
                .find(|&i| slots[i][..4] == [0; 4]);
            if let Some(i) = free {
                slots[i][..4].copy_from_slice(&print.to_le_bytes());
                slots[i][4..].copy_from_slice(&value.to_le_bytes());
            }
        }
        slots.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_and_others_do_not() {
        let mut writer = RecordsWriter::default();
        for i in 0..1000 {
            writer.insert(&format!("w{i}"), i);
        }
        let bytes = writer.finish();
        let records = Records::open(&bytes).unwrap();
        for i in 0..1000 {
            assert_eq!(records.get(&format!("w{i}")), Some(i));
        }
        assert_eq!(records.get("w1000"), None);
    }

    #[test]
    fn an_empty_table_knows_nothing() {
        let bytes = RecordsWriter::default().finish();
        assert_eq!(Records::open(&bytes).unwrap().get("x"), None);
        assert!(Records::open(&[0; 7]).is_err());
        assert!(Records::open(&[]).is_err());
    }
}
