//! The compiled table: `lexicon.pack`, opened where it lies.
//!
//! Its sections: `texts` and `ends` (the folded keys in their order, and where
//! each ends), `words` (a hash table of the keys that are one word), `steps` (one
//! of the longer keys by what comes before their last word, and that word),
//! `records` (of each key which facets it has and where their values begin),
//! `values`, the lists that values point into, `listed` (the lists of names)
//! and `offices` (which titles name which).

use std::sync::LazyLock;

use rawi_model::{Pack, PackError, Records, hash};
use rawi_text::Few;

use crate::facet::{Facet, LONGER};
use crate::slot::{KEY_BITS, tag};
use crate::{Roles, Tags};

static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.pack"));

static OPENED: LazyLock<Result<Lexicon<'static>, PackError>> =
    LazyLock::new(|| Lexicon::open(EMBEDDED));

/// A table that knows nothing.
static EMPTY: Lexicon<'static> = Lexicon {
    pack: Pack::EMPTY,
    texts: &[],
    ends: &[],
    words: &[[0; 4]],
    steps: &[[0; 12]],
    records: &[],
    values: &[],
    roles: &[],
    known: &[],
    cues: &[],
    triggers: &[],
    contexts: &[],
    listed: Records::EMPTY,
    offices: Records::EMPTY,
};

/// The table that comes with rawi. Whoever makes readings asks for it by
/// [`Lexicon::embedded`] first, which tells if the build has written a broken one;
/// here that would be one that knows nothing.
#[inline]
pub fn lexicon() -> &'static Lexicon<'static> {
    OPENED.as_ref().unwrap_or(&EMPTY)
}

/// The number of a folded key, a word or several, in the compiled table.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LexId(u32);

impl LexId {
    /// What no table knows.
    pub const NONE: LexId = LexId(0);

    /// Whether a table knows the key, or a longer one that begins with it.
    pub fn is_known(self) -> bool {
        self != Self::NONE
    }
}

/// All that the tables of `lexicon/` say, by key.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon<'a> {
    pack: Pack<'a>,
    texts: &'a [u8],
    ends: &'a [[u8; 4]],
    words: &'a [[u8; 4]],
    steps: &'a [[u8; 12]],
    records: &'a [[u8; 8]],
    values: &'a [[u8; 4]],
    roles: &'a [[u8; 16]],
    known: &'a [[u8; 2]],
    cues: &'a [[u8; 4]],
    triggers: &'a [[u8; 4]],
    contexts: &'a [[u8; 1]],
    listed: Records<'a>,
    pub(crate) offices: Records<'a>,
}

impl Lexicon<'static> {
    /// The table that comes with rawi.
    ///
    /// # Errors
    ///
    /// If the build has written a broken table.
    pub fn embedded() -> Result<&'static Self, PackError> {
        OPENED.as_ref().map_err(Clone::clone)
    }
}

impl<'a> Lexicon<'a> {
    /// Opens a table.
    ///
    /// # Errors
    ///
    /// If the bytes are not a pack with the sections of a compiled table.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackError> {
        let pack = Pack::open(bytes)?;
        let lexicon = Self {
            texts: pack.section("texts")?,
            ends: numbers(&pack, "ends")?,
            words: numbers(&pack, "words")?,
            steps: numbers(&pack, "steps")?,
            records: numbers(&pack, "records")?,
            values: numbers(&pack, "values")?,
            roles: numbers(&pack, "roles")?,
            known: numbers(&pack, "known")?,
            cues: numbers(&pack, "cues")?,
            triggers: numbers(&pack, "triggers")?,
            contexts: numbers(&pack, "contexts")?,
            listed: Records::open(pack.section("listed")?)?,
            offices: Records::open(pack.section("offices")?)?,
            pack,
        };
        let whole = lexicon.ends.len() == lexicon.records.len()
            && lexicon.words.len().is_power_of_two()
            && lexicon.steps.len().is_power_of_two();
        if whole {
            Ok(lexicon)
        } else {
            Err(PackError::Truncated("the table of words".to_owned()))
        }
    }

    /// The key that a folded word is.
    #[inline]
    pub fn find(&self, word: &str) -> LexId {
        self.find_bytes(word.as_bytes())
    }

    /// The key that a stem is with a letter or an article put back to it.
    pub fn find_joined(&self, head: &str, tail: &str) -> LexId {
        let mut word: Few<u8, 64> = Few::new();
        word.extend_from_slice(head.as_bytes());
        word.extend_from_slice(tail.as_bytes());
        self.find_bytes(&word)
    }

    #[inline]
    fn find_bytes(&self, word: &[u8]) -> LexId {
        let mask = self.words.len() - 1;
        let hash = hash(word);
        let mut at = hash as usize & mask;
        // No more slots than there are, whatever stands in them.
        for _ in 0..=mask {
            let slot = u32::from_le_bytes(self.words[at]);
            // The number alone, if the bits above it are those of this word.
            let id = slot ^ tag(hash);
            if slot == 0 {
                return LexId::NONE;
            }
            if id >> KEY_BITS == 0 && self.bytes(LexId(id)) == word {
                return LexId(id);
            }
            at = (at + 1) & mask;
        }
        LexId::NONE
    }

    /// The key that `key` and the word `next` behind it are together.
    #[inline]
    pub fn step(&self, key: LexId, next: LexId) -> LexId {
        if key == LexId::NONE || next == LexId::NONE {
            return LexId::NONE;
        }
        let pair = u64::from(key.0) << 32 | u64::from(next.0);
        let mask = self.steps.len() - 1;
        let mut at = hash(&pair.to_le_bytes()) as usize & mask;
        for _ in 0..=mask {
            let (numbers, _) = self.steps[at].as_chunks::<4>();
            let [before, last, longer] = [0, 1, 2].map(|n| u32::from_le_bytes(numbers[n]));
            if longer == 0 || (before, last) == (key.0, next.0) {
                return LexId(longer);
            }
            at = (at + 1) & mask;
        }
        LexId::NONE
    }

    /// The key that a folded phrase is, its words parted by one space each.
    pub fn find_phrase(&self, phrase: &str) -> LexId {
        let mut words = phrase.split(' ').map(|word| self.find(word));
        let first = words.next().unwrap_or_default();
        words.fold(first, |key, next| self.step(key, next))
    }

    /// The longest key with a facet that begins with the word `first` and goes on
    /// with the words that `next` gives (the word at 1, 2, … places further on;
    /// [`LexId::NONE`] where no key can go on), and how many words it has.
    #[inline]
    pub fn longest(
        &self,
        first: LexId,
        facet: Facet,
        next: impl Fn(usize) -> LexId,
    ) -> Option<(LexId, usize)> {
        let mut best = None;
        let (mut key, mut words) = (first, 1);
        while key != LexId::NONE {
            if self.has(key, facet) {
                best = Some((key, words));
            }
            if !self.goes_on(key) {
                break;
            }
            key = self.step(key, next(words));
            words += 1;
        }
        best
    }

    /// What a facet says of a key.
    #[inline]
    pub fn value(&self, key: LexId, facet: Facet) -> Option<u32> {
        let [mask, first] = self.record(key)?;
        if mask & facet.bit() == 0 {
            return None;
        }
        let before = (mask & (facet.bit() - 1)).count_ones();
        let value = self.values.get((first + before) as usize)?;
        Some(u32::from_le_bytes(*value))
    }

    /// Whether a facet says anything of a key.
    #[inline]
    pub fn has(&self, key: LexId, facet: Facet) -> bool {
        self.record(key)
            .is_some_and(|[mask, _]| mask & facet.bit() != 0)
    }

    /// The records of a list that a facet says of a key, for facets whose values
    /// are runs of records; none where it says nothing.
    #[inline]
    pub fn run<'l, const N: usize>(
        &self,
        key: LexId,
        facet: Facet,
        list: &'l [[u8; N]],
    ) -> &'l [[u8; N]] {
        let run = || {
            let value = self.value(key, facet)? as usize;
            let (first, count) = (value >> 8, value & 0xff);
            list.get(first..first + count)
        };
        run().unwrap_or_default()
    }

    /// A list that values point into.
    ///
    /// # Errors
    ///
    /// If there is none of that name, or its records have another size.
    pub fn list<const N: usize>(&self, name: &str) -> Result<&'a [[u8; N]], PackError> {
        numbers(&self.pack, name)
    }

    /// The word classes of a key.
    #[inline]
    pub fn tags(&self, key: LexId) -> Tags {
        Tags(self.value(key, Facet::Tags).unwrap_or_default())
    }

    /// The parts that a word can have in the sentence.
    #[inline]
    pub fn roles(&self, key: LexId) -> Roles {
        let set = || self.roles.get(self.value(key, Facet::Roles)? as usize);
        set().map_or(Roles::default(), |bits| Roles(u128::from_le_bytes(*bits)))
    }

    /// What the lists of names have a name for, by [`phrase_key`](crate::phrase_key):
    /// bits of [`Listed`](crate::Listed).
    #[inline]
    pub fn listed(&self) -> Records<'a> {
        self.listed
    }

    /// The folded key; empty for none.
    pub fn text(&self, key: LexId) -> &'a str {
        std::str::from_utf8(self.bytes(key)).unwrap_or_default()
    }

    #[inline]
    fn bytes(&self, key: LexId) -> &'a [u8] {
        let text = || {
            let end = self.ends.get(key.0 as usize)?;
            let start = self.ends.get((key.0 as usize).checked_sub(1)?)?;
            let at = |number: &[u8; 4]| u32::from_le_bytes(*number) as usize;
            self.texts.get(at(start)..at(end))
        };
        text().unwrap_or_default()
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.records.len().saturating_sub(1)
    }

    /// Whether there is no key at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All keys, in the order of their texts.
    pub fn keys(&self) -> impl Iterator<Item = LexId> + use<> {
        (1..self.records.len() as u32).map(LexId)
    }

    /// The records that [`Facet::Cue`] runs over.
    pub(crate) fn cue_records(&self) -> &'a [[u8; 4]] {
        self.cues
    }

    /// The records that [`Facet::Trigger`] runs over.
    pub(crate) fn trigger_records(&self) -> &'a [[u8; 4]] {
        self.triggers
    }

    /// The records that [`Facet::Context`] runs over.
    pub(crate) fn context_records(&self) -> &'a [[u8; 1]] {
        self.contexts
    }

    /// The numbers of the rows that [`Facet::Known`] runs over.
    pub(crate) fn known_rows(&self) -> &'a [[u8; 2]] {
        self.known
    }

    /// The mask of a key's facets, and where their values begin.
    #[inline]
    fn record(&self, key: LexId) -> Option<[u32; 2]> {
        let (numbers, _) = self.records.get(key.0 as usize)?.as_chunks::<4>();
        Some([0, 1].map(|n| u32::from_le_bytes(numbers[n])))
    }

    /// Whether a longer key begins with this one.
    #[inline]
    pub fn goes_on(&self, key: LexId) -> bool {
        self.record(key).is_some_and(|[mask, _]| mask & LONGER != 0)
    }
}

/// A section as records of one size.
fn numbers<'a, const N: usize>(pack: &Pack<'a>, name: &str) -> Result<&'a [[u8; N]], PackError> {
    let (records, rest) = pack.section(name)?.as_chunks::<N>();
    if rest.is_empty() {
        Ok(records)
    } else {
        Err(PackError::Truncated(format!("section `{name}`")))
    }
}
