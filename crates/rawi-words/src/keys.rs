//! The keys of one spelling.

use rawi_morph::strip_pronoun;
use rawi_text::proclitic::{ARTICLE, CONJUNCTIONS, FUTURE, PREPOSITIONS};

use crate::{LexId, Lexicon};

/// Up to how many letters stand in front of a stem: `و`, `ب` and the two of `ال`.
const PREFIX_LETTERS: usize = 4;

/// The keys that a folded spelling is: whole, and without letters at its ends. Which
/// of them is meant is for the analysis of a token to say.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Keys {
    /// How many letters at the beginning can be those of proclitics.
    proclitics: u8,
    stems: [LexId; PREFIX_LETTERS + 1],
    bare: [LexId; PREFIX_LETTERS + 1],
}

impl Keys {
    /// Looks a folded spelling up.
    pub fn new(lexicon: &Lexicon<'_>, word: &str) -> Self {
        let mut keys = Self::default();
        for letters in 0..=PREFIX_LETTERS {
            let Some(stem) = word.get(2 * letters..).filter(|s| !s.is_empty()) else {
                break;
            };
            keys.stems[letters] = lexicon.find(stem);
            if let Some((bare, _)) = strip_pronoun(stem) {
                keys.bare[letters] = lexicon.find(bare);
            }
            if !stem.chars().next().is_some_and(is_proclitic) {
                break;
            }
            keys.proclitics += 1;
        }
        keys
    }

    /// The key that the whole spelling is.
    #[inline]
    pub fn whole(&self) -> LexId {
        self.stems[0]
    }

    /// The key of what is left without the proclitics, the first `prefix` bytes (two
    /// for each letter, at most eight).
    #[inline]
    pub fn stem(&self, prefix: usize) -> LexId {
        self.stems.get(prefix / 2).copied().unwrap_or_default()
    }

    /// Whether the letter behind the first `prefix` bytes, and all before it, can be
    /// those of proclitics, so that the word can be cut behind it.
    #[inline]
    pub fn is_cut_behind(&self, prefix: usize) -> bool {
        prefix / 2 < usize::from(self.proclitics)
    }

    /// The same without the pronoun at the end, by
    /// [`strip_pronoun`](rawi_morph::strip_pronoun); none where nothing can be one.
    #[inline]
    pub fn bare(&self, prefix: usize) -> LexId {
        self.bare.get(prefix / 2).copied().unwrap_or_default()
    }
}

/// Whether a letter can be one of a proclitic.
fn is_proclitic(letter: char) -> bool {
    letter == FUTURE
        || CONJUNCTIONS.contains(&letter)
        || PREPOSITIONS.contains(&letter)
        || ARTICLE.chars().any(|part| part == letter)
}
