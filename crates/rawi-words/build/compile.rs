//! Puts the compiled table together: keys, what each facet says of them, and the
//! lists that values point into.

use std::collections::{BTreeMap, BTreeSet};

use rawi_model::{PackWriter, hash};

use crate::facet::{Facet, LONGER};
use crate::slot::{KEY_BITS, tag};

/// A slot of a hash table that holds nothing.
const FREE: u32 = 0;

/// The table while it is written.
#[derive(Default)]
pub struct Compiler {
    /// By folded key, words joined by one space each.
    keys: BTreeMap<String, BTreeMap<Facet, u32>>,
    lists: Vec<(&'static str, Vec<u8>)>,
}

impl Compiler {
    /// Says something of a folded key. The last word said wins.
    pub fn set(&mut self, key: &str, facet: Facet, value: u32) {
        let known = self.keys.entry(key.to_owned()).or_default();
        known.insert(facet, value);
    }

    /// Adds a list that values point into, as its packed records.
    pub fn list(&mut self, name: &'static str, records: Vec<u8>) {
        self.lists.push((name, records));
    }

    /// Says of each key a run of records of the list `name`: the facet's value is
    /// `first << 8 | count` in records.
    ///
    /// # Errors
    ///
    /// If a key has more records, or the list, than the value can count.
    pub fn runs<const N: usize>(
        &mut self,
        name: &'static str,
        facet: Facet,
        keys: BTreeMap<String, Vec<[u8; N]>>,
    ) -> Result<(), String> {
        let mut list: Vec<u8> = Vec::new();
        for (key, records) in keys {
            let first = list.len() / N;
            if first >> 24 != 0 || records.len() >> 8 != 0 {
                return Err(format!("{name}: too many records at `{key}`"));
            }
            self.set(&key, facet, (first << 8 | records.len()) as u32);
            list.extend(records.as_flattened());
        }
        self.list(name, list);
        Ok(())
    }

    /// The pack: see `src/lexicon.rs` for its sections.
    pub fn finish(mut self) -> Vec<u8> {
        // Every word of a key is one itself, and so is every beginning.
        let longer: Vec<String> = self
            .keys
            .keys()
            .filter(|k| k.contains(' '))
            .cloned()
            .collect();
        let mut begun: BTreeSet<&str> = BTreeSet::new();
        for key in &longer {
            begun.extend(key.match_indices(' ').map(|(at, _)| &key[..at]));
            for word in key.split(' ') {
                self.keys.entry(word.to_owned()).or_default();
            }
        }
        for key in &begun {
            self.keys.entry((*key).to_owned()).or_default();
        }
        assert!(
            self.keys.len() >> KEY_BITS == 0,
            "more keys than a slot can name"
        );
        let ids: BTreeMap<&str, u32> = self.keys.keys().map(String::as_str).zip(1..).collect();

        let (mut texts, mut ends) = (Vec::new(), 0u32.to_le_bytes().to_vec());
        let mut records = vec![0; 8];
        let mut values = Vec::new();
        let (mut words, mut steps) = (Vec::new(), Vec::new());
        for (key, facets) in &self.keys {
            let id = ids[key.as_str()];
            texts.extend_from_slice(key.as_bytes());
            ends.extend((texts.len() as u32).to_le_bytes());
            let longer = if begun.contains(key.as_str()) {
                LONGER
            } else {
                0
            };
            let mask = facets.keys().fold(longer, |mask, facet| mask | facet.bit());
            records.extend(u32::to_le_bytes(mask));
            records.extend(((values.len() / 4) as u32).to_le_bytes());
            values.extend(facets.values().flat_map(|v| v.to_le_bytes()));
            match key.rsplit_once(' ') {
                None => {
                    let hash = hash(key.as_bytes());
                    words.push((hash, [id | tag(hash)]));
                }
                Some((before, last)) => {
                    let (before, last) = (ids[before], ids[last]);
                    let pair = u64::from(before) << 32 | u64::from(last);
                    steps.push((hash(&pair.to_le_bytes()), [before, last, id]));
                }
            }
        }
        let mut pack = PackWriter::default();
        pack.add("texts", texts);
        pack.add("ends", ends);
        pack.add("words", slots(&words));
        pack.add("steps", slots(&steps));
        pack.add("records", records);
        pack.add("values", values);
        for (name, records) in self.lists {
            pack.add(name, records);
        }
        pack.finish()
    }
}

/// A hash table with linear probing, at most half full: the slots of its entries.
fn slots<const N: usize>(entries: &[(u64, [u32; N])]) -> Vec<u8> {
    let size = (2 * entries.len() + 1).next_power_of_two();
    let mut table = vec![[FREE; N]; size];
    for (hash, entry) in entries {
        let mut at = *hash as usize & (size - 1);
        while table[at] != [FREE; N] {
            at = (at + 1) & (size - 1);
        }
        table[at] = *entry;
    }
    table
        .iter()
        .flatten()
        .flat_map(|n| n.to_le_bytes())
        .collect()
}
