//! The words of a name as names are compared: by what their spellings share.

use std::ops::Range;

use rawi_model::hash;
use rawi_morph::without_case;
use rawi_text::TokenKind;

use crate::Roles;
use crate::phrase::Reader;

/// The words of a name, each by the hash of its folded stem.
#[derive(Clone, Debug, Default)]
pub(super) struct Key {
    words: Vec<u64>,
    /// The first word without the ending of its case.
    head: Option<u64>,
    /// The word that is being put together.
    word: String,
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        self.words == other.words
    }
}

/// A word by itself.
pub(super) fn word(stem: &str) -> u64 {
    hash(stem.as_bytes())
}

/// A noun in whatever case.
pub(super) fn noun(stem: &str) -> u64 {
    word(without_case(stem))
}

/// A row of words as one number.
pub(super) fn row(words: impl IntoIterator<Item = u64>) -> u64 {
    words.into_iter().fold(0, |row, word| {
        row.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29) ^ word
    })
}

impl Key {
    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }

    /// The first word, in whatever case.
    pub(super) fn head(&self) -> Option<u64> {
        self.head
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn row(&self) -> u64 {
        row(self.words.iter().copied())
    }

    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.head = None;
    }

    /// Takes over the words of another key.
    pub(super) fn copy(&mut self, other: &Key) {
        self.words.clear();
        self.words.extend_from_slice(&other.words);
        self.head = other.head;
    }

    fn push(&mut self, stem: &str) {
        if self.words.is_empty() {
            self.head = Some(noun(stem));
        }
        self.words.push(word(stem));
    }

    /// The stems of a range of tokens as they are; marks are none.
    pub(super) fn fill_stems(&mut self, reader: &Reader<'_>, range: Range<usize>) {
        self.clear();
        for i in range {
            let stem = reader.words.stem(reader.layout, i);
            if !stem.is_empty() && reader.layout.tokens()[i].kind != TokenKind::Punct {
                self.push(stem);
            }
        }
    }

    /// The stems of a range of tokens that mean several people, the first one in
    /// whatever case: `مسلمو الوادي`, `مسلمي الوادي`.
    pub(super) fn fill_people(&mut self, reader: &Reader<'_>, range: Range<usize>) {
        self.fill_stems(reader, range);
        if let (Some(first), Some(head)) = (self.words.first_mut(), self.head) {
            *first = head;
        }
    }

    /// The words of a person's name by which two spellings of it are told to be one:
    /// `عبد الله` and `عبدالله`, `نور الدين` and `نورالدين`, `داود` and `داوود`.
    pub(super) fn fill_name(&mut self, reader: &Reader<'_>, range: Range<usize>) {
        self.clear();
        let mut word = std::mem::take(&mut self.word);
        word.clear();
        let mut joins = false;
        for i in range {
            if reader.layout.tokens()[i].kind == TokenKind::Punct {
                continue;
            }
            if !word.is_empty() && (joins || reader.plays(i, Roles::JOINED)) {
                plain(reader.layout.word(i), &mut word);
            } else {
                if !word.is_empty() {
                    self.push(&word);
                    word.clear();
                }
                plain(reader.words.stem(reader.layout, i), &mut word);
                // `أبي زيد`, `أبا زيد`: the case of `أبو زيد`.
                if reader.stem_plays(i, Roles::FATHER) {
                    word.pop();
                    word.push('و');
                }
                // `ابن زيد`, `بن زيد`
                if reader.stem_plays(i, Roles::SON) {
                    word.drain(..'ا'.len_utf8());
                }
            }
            joins = reader.stem_plays(i, Roles::JOINS);
        }
        if !word.is_empty() {
            self.push(&word);
        }
        self.word = word;
    }
}

/// Writes a word of a name without what its spellings differ in.
fn plain(word: &str, out: &mut String) {
    let from = out.len();
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let twice = matches!(letter, 'و' | 'ي') && out[from..].ends_with(letter);
        // `رءوف`, but `علاء` is not `علا`.
        let seat = letter == 'ء' && letters.peek().is_some();
        if !twice && !seat {
            out.push(letter);
        }
    }
}
