//! The distinct spellings among tokens. An article of three hundred words has
//! two hundred, and the next one shares most of them: whatever there is to know of
//! a spelling is found out once and kept.

use std::hash::BuildHasher;
use std::ops::Index;
use std::sync::atomic::{AtomicU64, Ordering};

use hashbrown::{DefaultHashBuilder, HashTable};

/// How many spellings are kept from one text to the next. They cover more than
/// nine in ten words of the next.
const KEPT: usize = 1 << 15;

/// Eras are numbered through over all layouts of the program, so that facts are
/// never taken for those of another.
static ERAS: AtomicU64 = AtomicU64::new(1);

/// The number of a folded spelling among those that a [`Layout`](crate::Layout) has
/// met, in the order of meeting.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SpellingId(u32);

/// The folded spellings that a [`Layout`](crate::Layout) has met, in this text and in
/// those before.
#[derive(Clone, Debug)]
pub struct Spellings {
    era: u64,
    hasher: DefaultHashBuilder,
    ids: HashTable<SpellingId>,
    texts: String,
    /// Where each text ends.
    ends: Vec<u32>,
}

impl Default for Spellings {
    fn default() -> Self {
        Self {
            era: ERAS.fetch_add(1, Ordering::Relaxed),
            hasher: DefaultHashBuilder::default(),
            ids: HashTable::new(),
            texts: String::new(),
            ends: Vec::new(),
        }
    }
}

impl Spellings {
    /// Forgets all spellings if they have become too many: another era begins.
    /// Numbers of before mean nothing any more.
    pub(crate) fn tidy(&mut self) {
        if self.len() > KEPT {
            self.era = ERAS.fetch_add(1, Ordering::Relaxed);
            self.ids.clear();
            self.ids.shrink_to(2 * KEPT, |_| 0);
            self.texts.clear();
            self.texts.shrink_to(32 * KEPT);
            self.ends.clear();
            self.ends.shrink_to(2 * KEPT);
        }
    }

    /// The number of a folded spelling, a new one if it was never met.
    pub(crate) fn meet(&mut self, word: &str) -> SpellingId {
        let hash = self.hasher.hash_one(word);
        let (texts, ends, hasher) = (&self.texts, &self.ends, &self.hasher);
        if let Some(id) = self.ids.find(hash, |&id| text(texts, ends, id) == word) {
            return *id;
        }
        let id = SpellingId(self.ends.len() as u32);
        self.texts.push_str(word);
        self.ends.push(self.texts.len() as u32);
        let (texts, ends) = (&self.texts, &self.ends);
        self.ids
            .insert_unique(hash, id, |&id| hasher.hash_one(text(texts, ends, id)));
        id
    }

    /// The spelling of a number; empty for one that was not met.
    #[inline]
    pub fn text(&self, id: SpellingId) -> &str {
        text(&self.texts, &self.ends, id)
    }

    /// How many spellings are kept.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// The text of a spelling, empty for one that was not met.
#[inline]
fn text<'t>(texts: &'t str, ends: &[u32], id: SpellingId) -> &'t str {
    let at = id.0 as usize;
    let end = ends.get(at).map_or(0, |&end| end as usize);
    let start = at.checked_sub(1).and_then(|before| ends.get(before));
    let start = start.map_or(0, |&start| start as usize);
    texts.get(start..end).unwrap_or_default()
}

/// What a stage knows of every spelling, found out once for each.
#[derive(Clone, Debug)]
pub struct Facts<T> {
    era: u64,
    facts: Vec<T>,
}

impl<T> Default for Facts<T> {
    fn default() -> Self {
        Self {
            era: 0,
            facts: Vec::new(),
        }
    }
}

impl<T> Facts<T> {
    /// Finds out what is to be known of the spellings that have been met since the
    /// last time; `find_out` is told each. Whoever indexes by the spellings of a
    /// text must have done this after the text was laid out.
    pub fn extend(&mut self, spellings: &Spellings, mut find_out: impl FnMut(&str) -> T) {
        if self.era != spellings.era {
            self.era = spellings.era;
            self.facts.clear();
            self.facts.shrink_to(2 * KEPT);
        }
        let new = self.facts.len() as u32..spellings.len() as u32;
        let new = new.map(|id| find_out(spellings.text(SpellingId(id))));
        self.facts.extend(new);
    }
}

impl<T> Index<SpellingId> for Facts<T> {
    type Output = T;

    #[inline]
    fn index(&self, id: SpellingId) -> &T {
        &self.facts[id.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spelling_has_one_number() {
        let mut spellings = Spellings::default();
        let ids = ["وصل", "", "الوفد", "وصل"].map(|word| spellings.meet(word));
        assert_eq!(ids[0], ids[3]);
        assert_eq!(
            ids.map(|id| spellings.text(id)),
            ["وصل", "", "الوفد", "وصل"]
        );
        assert_eq!(spellings.len(), 3);
    }

    #[test]
    fn facts_are_found_out_once_an_era() {
        let mut spellings = Spellings::default();
        let mut facts: Facts<usize> = Facts::default();
        let mut asked = 0;
        for round in 0..3 {
            for n in 0..KEPT {
                let word = n.to_string();
                let id = spellings.meet(&word);
                facts.extend(&spellings, |word| {
                    asked += 1;
                    word.len()
                });
                assert_eq!(facts[id], word.len(), "{round}");
            }
            spellings.tidy();
        }
        assert_eq!(asked, KEPT);
        // One more is too many.
        spellings.meet("وصل");
        spellings.tidy();
        assert!(spellings.is_empty());
        let id = spellings.meet("الوفد");
        facts.extend(&spellings, str::len);
        assert_eq!(facts[id], "الوفد".len());
        // Another layout's facts are others.
        let mut other = Spellings::default();
        let id = other.meet("غد");
        facts.extend(&other, str::len);
        assert_eq!(facts[id], "غد".len());
    }
}
