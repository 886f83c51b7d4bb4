//! The spellings that a worker has met, each with what the tables know of it.

use std::ops::Index;
use std::sync::atomic::{AtomicU64, Ordering};

use hashbrown::{DefaultHashBuilder, HashTable};
use rawi_model::PackError;
use rawi_morph::strip_pronoun;
use rawi_text::Layout;
use std::hash::BuildHasher;

use crate::{LexId, Lexicon, Roles};

/// How many spellings a worker keeps from one article to the next. They cover more
/// than nine in ten words of the next article.
const KEPT: usize = 1 << 15;

/// Up to how many letters stand in front of a stem: `و`, `ب`, `ا`, `ل`.
const PREFIX_LETTERS: usize = 4;

/// Eras are numbered through over all vocabularies of the program, so that facts
/// are never taken for those of another.
static ERAS: AtomicU64 = AtomicU64::new(1);

/// The number of a spelling among those that a worker has met, by order of meeting.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SpellingId(u32);

impl SpellingId {
    /// The place of its facts in an array.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What the tables know of a folded spelling: its keys, whole and without letters
/// at its ends.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Spelling {
    stems: [LexId; PREFIX_LETTERS + 1],
    bare: [LexId; PREFIX_LETTERS + 1],
}

impl Spelling {
    /// Looks a folded spelling up.
    pub fn new(lexicon: &Lexicon<'_>, word: &str) -> Self {
        let mut spelling = Self::default();
        for letters in 0..=PREFIX_LETTERS {
            let Some(stem) = word.get(2 * letters..).filter(|s| !s.is_empty()) else {
                break;
            };
            spelling.stems[letters] = lexicon.find(stem);
            if let Some((bare, _)) = strip_pronoun(stem) {
                spelling.bare[letters] = lexicon.find(bare);
            }
        }
        spelling
    }

    /// The key that the whole spelling is.
    #[inline]
    pub fn whole(&self) -> LexId {
        self.stems[0]
    }

    /// The key of what is left without the first `prefix` bytes (two for each
    /// Arabic letter, at most eight).
    #[inline]
    pub fn stem(&self, prefix: usize) -> LexId {
        let letters = prefix / 2;
        self.stems.get(letters).copied().unwrap_or_default()
    }

    /// The same without the pronoun at the end, by
    /// [`strip_pronoun`](rawi_morph::strip_pronoun); none where nothing can be one.
    #[inline]
    pub fn bare(&self, prefix: usize) -> LexId {
        let letters = prefix / 2;
        self.bare.get(letters).copied().unwrap_or_default()
    }
}

/// The spellings that a worker has met, and those of the tokens of its article. A
/// worker owns one and [reads](Self::read) article after article with it: each
/// distinct spelling is looked up once and kept.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    lexicon: &'static Lexicon<'static>,
    era: u64,
    hasher: DefaultHashBuilder,
    ids: HashTable<SpellingId>,
    texts: String,
    /// Where each text ends.
    ends: Vec<u32>,
    spellings: Vec<Spelling>,
    /// By token.
    tokens: Vec<SpellingId>,
}

impl Vocabulary {
    /// A vocabulary that has met nothing, with the tables that come with rawi.
    ///
    /// # Errors
    ///
    /// If the build has written a broken table.
    pub fn new() -> Result<Self, PackError> {
        Ok(Self {
            lexicon: Lexicon::embedded()?,
            era: ERAS.fetch_add(1, Ordering::Relaxed),
            hasher: DefaultHashBuilder::default(),
            ids: HashTable::new(),
            texts: String::new(),
            ends: Vec::new(),
            spellings: Vec::new(),
            tokens: Vec::new(),
        })
    }

    /// Meets every token of a layout, forgetting the text before. What is known of
    /// spellings is kept, until they are too many: then all are forgotten and
    /// another era begins.
    pub fn read(&mut self, layout: &Layout) {
        if self.spellings.len() > KEPT {
            self.forget();
        }
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.clear();
        tokens.extend((0..layout.tokens().len()).map(|i| self.meet(layout.word(i))));
        self.tokens = tokens;
    }

    /// The number of a folded spelling.
    pub fn meet(&mut self, word: &str) -> SpellingId {
        let hash = self.hasher.hash_one(word);
        let text = |id: SpellingId| text(&self.texts, &self.ends, id);
        if let Some(id) = self.ids.find(hash, |&id| text(id) == word) {
            return *id;
        }
        let id = SpellingId(self.spellings.len() as u32);
        self.spellings.push(Spelling::new(self.lexicon, word));
        self.texts.push_str(word);
        self.ends.push(self.texts.len() as u32);
        let (texts, ends, hasher) = (&self.texts, &self.ends, &self.hasher);
        self.ids
            .insert_unique(hash, id, |&id| hasher.hash_one(self::text(texts, ends, id)));
        id
    }

    fn forget(&mut self) {
        self.era = ERAS.fetch_add(1, Ordering::Relaxed);
        self.ids.clear();
        self.ids.shrink_to(2 * KEPT, |_| 0);
        self.texts.clear();
        self.texts.shrink_to(16 * KEPT);
        self.ends.clear();
        self.ends.shrink_to(2 * KEPT);
        self.spellings.clear();
        self.spellings.shrink_to(2 * KEPT);
    }

    /// The tables.
    #[inline]
    pub fn lexicon(&self) -> &'static Lexicon<'static> {
        self.lexicon
    }

    /// The spelling of token `i` of the article that was read last.
    #[inline]
    pub fn at(&self, i: usize) -> SpellingId {
        self.tokens.get(i).copied().unwrap_or_default()
    }

    /// The key that token `i`, as it stands, is; none beyond the end of the text.
    #[inline]
    pub fn whole(&self, i: usize) -> LexId {
        self.tokens
            .get(i)
            .map_or(LexId::NONE, |&id| self[id].whole())
    }

    /// The parts that token `i`, as it stands, can have in the sentence.
    #[inline]
    pub fn roles(&self, i: usize) -> Roles {
        self.lexicon.roles(self.whole(i))
    }

    /// The text of a spelling.
    pub fn text(&self, id: SpellingId) -> &str {
        text(&self.texts, &self.ends, id)
    }

    /// The spellings that were met since the last time that all were forgotten.
    pub fn len(&self) -> usize {
        self.spellings.len()
    }

    /// Whether no spelling has been met.
    pub fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }
}

impl Index<SpellingId> for Vocabulary {
    type Output = Spelling;

    #[inline]
    fn index(&self, id: SpellingId) -> &Spelling {
        &self.spellings[id.index()]
    }
}

/// The text of a spelling, empty for one that was not met.
#[inline]
fn text<'t>(texts: &'t str, ends: &[u32], id: SpellingId) -> &'t str {
    let end = ends.get(id.index()).map_or(0, |&end| end as usize);
    let start = id.index().checked_sub(1).map_or(0, |i| ends[i] as usize);
    texts.get(start..end).unwrap_or_default()
}

/// What a stage knows of every spelling of a vocabulary, found out once for each.
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
    /// Finds out what is to be known of spellings that have been met since the last
    /// time.
    pub fn extend(&mut self, vocabulary: &Vocabulary, find_out: impl FnMut(SpellingId) -> T) {
        if self.era != vocabulary.era {
            self.era = vocabulary.era;
            self.facts.clear();
            self.facts.shrink_to(2 * KEPT);
        }
        let new = self.facts.len() as u32..vocabulary.len() as u32;
        self.facts.extend(new.map(SpellingId).map(find_out));
    }
}

impl<T> Index<SpellingId> for Facts<T> {
    type Output = T;

    #[inline]
    fn index(&self, id: SpellingId) -> &T {
        &self.facts[id.index()]
    }
}
