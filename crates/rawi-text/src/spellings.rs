//! The distinct spellings among tokens. An article of three hundred words has
//! two hundred, and the next one shares most of them: whatever there is to know of
//! a spelling is found out once and kept.

use std::hash::BuildHasher;
use std::ops::Index;
use std::sync::atomic::{AtomicU64, Ordering};

use hashbrown::{DefaultHashBuilder, HashTable};

/// How many spellings may have gathered when a text begins. With more, those that
/// were met but once are forgotten, and of the others the rarest. All stages together
/// keep half a kilobyte of each for every thread. Six times as many take ten megabytes
/// more and save no time: what is rare is found out again about as fast as it comes
/// from memory far away.
const MOST: usize = 1 << 12;

/// How many of them are kept at the most.
const KEPT: usize = MOST / 4 * 3;

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
    /// The era before this one, and the numbers that its spellings had there that
    /// were kept, rising: the first of them has number 0 now.
    before: u64,
    kept: Vec<u32>,
    hasher: DefaultHashBuilder,
    ids: HashTable<SpellingId>,
    texts: String,
    /// Where each text ends.
    ends: Vec<u32>,
    /// How often each was met of late.
    met: Vec<u16>,
}

impl Default for Spellings {
    fn default() -> Self {
        Self {
            era: ERAS.fetch_add(1, Ordering::Relaxed),
            before: 0,
            kept: Vec::new(),
            hasher: DefaultHashBuilder::default(),
            ids: HashTable::new(),
            texts: String::new(),
            ends: Vec::new(),
            met: Vec::new(),
        }
    }
}

impl Spellings {
    /// Forgets the rare spellings if there have become too many: another era
    /// begins, and numbers of before mean nothing any more.
    pub(crate) fn tidy(&mut self) {
        if self.len() <= MOST {
            return;
        }
        let mut counts = self.met.clone();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let rare = counts.get(KEPT).map_or(1, |&n| n.max(1));
        // Of those just as rare, as many as there is room for.
        let mut room = KEPT.saturating_sub(counts.partition_point(|&n| n > rare));
        let mut keeps = |n: u16| {
            let fits = n > rare || n == rare && n > 1 && room > 0;
            room -= usize::from(fits && n == rare);
            fits
        };
        let (texts, ends) = (
            std::mem::take(&mut self.texts),
            std::mem::take(&mut self.ends),
        );
        self.kept.clear();
        self.ids.clear();
        let met = std::mem::take(&mut self.met);
        for (id, &n) in (0..).zip(&met).filter(|&(_, &n)| keeps(n)) {
            self.kept.push(id);
            self.insert(text(&texts, &ends, SpellingId(id)), n / 2);
        }
        self.ids.shrink_to(2 * MOST, |_| 0);
        self.before = std::mem::replace(&mut self.era, ERAS.fetch_add(1, Ordering::Relaxed));
    }

    /// The number of a folded spelling, a new one if it was never met.
    pub(crate) fn meet(&mut self, word: &str) -> SpellingId {
        let hash = self.hasher.hash_one(word);
        let (texts, ends) = (&self.texts, &self.ends);
        if let Some(&id) = self.ids.find(hash, |&id| text(texts, ends, id) == word) {
            let met = &mut self.met[id.0 as usize];
            *met = met.saturating_add(1);
            return id;
        }
        self.insert(word, 1)
    }

    /// Gives a spelling that has none a number.
    fn insert(&mut self, word: &str, met: u16) -> SpellingId {
        let id = SpellingId(self.ends.len() as u32);
        self.texts.push_str(word);
        self.ends.push(self.texts.len() as u32);
        self.met.push(met);
        let (texts, ends, hasher) = (&self.texts, &self.ends, &self.hasher);
        let hash = |word: &str| hasher.hash_one(word);
        self.ids
            .insert_unique(hash(word), id, |&id| hash(text(texts, ends, id)));
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
        self.extend_from(spellings, |_, word| find_out(word));
    }

    /// The same for what follows from facts of a stage before, which go by the number
    /// of the spelling.
    pub fn extend_from(
        &mut self,
        spellings: &Spellings,
        mut find_out: impl FnMut(SpellingId, &str) -> T,
    ) {
        if self.era != spellings.era {
            let followed = self.era == spellings.before;
            let kept = spellings.kept.iter().filter(|_| followed);
            let known = self.facts.len() as u32;
            let mut count = 0;
            for &old in kept.take_while(|&&old| old < known) {
                self.facts.swap(count, old as usize);
                count += 1;
            }
            self.facts.truncate(count);
            self.facts.shrink_to(2 * MOST);
            self.era = spellings.era;
        }
        let new = self.facts.len() as u32..spellings.len() as u32;
        let new = new.map(SpellingId);
        let new = new.map(|id| find_out(id, spellings.text(id)));
        self.facts.extend(new);
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.facts.clear();
        self.era = 0;
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
    fn facts_are_found_out_once_for_what_is_kept() {
        let mut spellings = Spellings::default();
        let (mut facts, mut late) = (Facts::default(), Facts::default());
        let mut asked = 0;
        let mut meet = |spellings: &mut Spellings, word: &str| {
            let id = spellings.meet(word);
            facts.extend(spellings, |word| {
                asked += 1;
                word.to_owned()
            });
            assert_eq!(facts[id], word);
            asked
        };
        // Every other word is met twice.
        for n in (0..=MOST).flat_map(|n| std::iter::repeat_n(n, 1 + n % 2)) {
            meet(&mut spellings, &n.to_string());
        }
        assert_eq!(spellings.len(), MOST + 1);
        spellings.tidy();
        assert_eq!(spellings.len(), MOST.div_ceil(2));
        assert_eq!(meet(&mut spellings, "1"), MOST + 1);
        assert_eq!(meet(&mut spellings, "0"), MOST + 2);
        // Facts that have missed an era begin anew.
        late.extend(&spellings, str::to_owned);
        let id = spellings.meet("3");
        assert_eq!(late[id], "3");
        // Another layout's facts are others.
        let mut other = Spellings::default();
        let id = other.meet("غد");
        late.extend(&other, str::to_owned);
        assert_eq!(late[id], "غد");
    }

    #[test]
    fn no_more_than_so_many_are_kept() {
        let mut spellings = Spellings::default();
        for n in 0..4 * MOST {
            for _ in 0..1 + n % 5 {
                spellings.meet(&n.to_string());
            }
        }
        spellings.tidy();
        assert!(
            spellings.len() <= KEPT && spellings.len() > KEPT / 2,
            "{}",
            spellings.len()
        );
        assert_eq!(spellings.text(SpellingId(0)), "4");
    }
}
