//! What an earlier model made of words and phrases, by their keys.

use std::ops::Range;

use rawi_model::{Feature, Records};
use rawi_morph::Tagged;
use rawi_morph::tagger::Seen;
use rawi_words::{LONGEST_PHRASE, phrase_key};

use super::NameType;

/// What an earlier model made of words and phrases all over the news: a word
/// that is nearly always part of a person's name probably is one here too.
#[derive(Clone, Copy, Debug)]
pub struct Habits<'a> {
    /// By [`word_key`]: see [`WordHabit`].
    pub words: Records<'a>,
    /// By [`phrase_key`]: 1 + the number of the type.
    pub phrases: Records<'a>,
}

/// Bits of a habit: two for each of five types, two for beginning, two for ending.
const HABIT_BITS: u32 = 14;

/// Bits of a path in the tree of clusters.
const PATH_BITS: u32 = 12;

/// What the news knows of a word, in the 32 bits of a record: a habit and a path in the
/// tree of clusters (the largest cluster in the highest bits), each with a bit above it
/// that says whether it is known.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct WordHabit(pub u32);

impl WordHabit {
    const PATH: u32 = HABIT_BITS + 1;

    /// Joins a [habit](WordCounts::habit) and a path, as far as they are known.
    pub fn new(habit: Option<u32>, path: Option<u32>) -> Self {
        let known = |value: Option<u32>, bits: u32| value.map_or(0, |v| v | 1 << bits);
        Self(known(habit, HABIT_BITS) | known(path, PATH_BITS) << Self::PATH)
    }

    fn habit(self) -> Option<u64> {
        let known = self.0 >> HABIT_BITS & 1 == 1;
        known.then_some(u64::from(self.0) & ((1 << HABIT_BITS) - 1))
    }

    /// How often it is part of a name of each type.
    pub(super) fn types(self) -> Option<u64> {
        self.habit().map(|habit| habit & 0x3ff)
    }

    /// How often it begins and ends the names that it is part of.
    pub(super) fn borders(self) -> Option<u64> {
        self.habit().map(|habit| habit >> 10)
    }

    /// The path in the tree of clusters.
    pub fn path(self) -> Option<u32> {
        let path = self.0 >> Self::PATH;
        let known = path >> PATH_BITS & 1 == 1;
        known.then_some(path & ((1 << PATH_BITS) - 1))
    }
}

/// The key of a word among the habits.
pub fn word_key(seen: &Seen) -> u64 {
    Feature::new(101, seen.hash)
        .and(u64::from(seen.cut.article))
        .0
}

/// How often the news has a word, and in which names.
#[derive(Clone, Copy, Default, Debug)]
pub struct WordCounts {
    /// Wherever it stands.
    pub total: u32,
    /// By [coarse type](coarse).
    types: [u32; 5],
    /// At the beginning of a name or title.
    begins: u32,
    /// At its end.
    ends: u32,
}

impl WordCounts {
    /// Counts one place, where it is part of a name or title, of which it is the first
    /// or the last word, or of none.
    pub fn count(&mut self, kind: Option<NameType>, begins: bool, ends: bool) {
        self.total += 1;
        if let Some(kind) = kind {
            self.types[coarse(kind)] += 1;
            self.begins += u32::from(begins);
            self.ends += u32::from(ends);
        }
    }

    /// The shares of all that in steps, two bits each.
    pub fn habit(self) -> u32 {
        let share = |n: u32, of: u32| f64::from(n) / f64::from(of.max(1));
        let types = self.types.iter().enumerate().fold(0, |out, (i, &n)| {
            let step = match share(n, self.total) {
                s if s >= 0.6 => 3,
                s if s >= 0.2 => 2,
                s if s >= 0.03 => 1,
                _ => 0,
            };
            out | step << (2 * i)
        });
        let inside = self.types.iter().sum();
        let border = |n: u32| match share(n, inside) {
            s if s >= 0.9 => 3,
            s if s >= 0.5 => 2,
            s if s >= 0.1 => 1,
            _ => 0,
        };
        types | border(self.begins) << 10 | border(self.ends) << 12
    }
}

/// The coarse type of a name, as habits count them.
fn coarse(kind: NameType) -> usize {
    match kind {
        NameType::Person => 0,
        NameType::Organization | NameType::Media => 1,
        NameType::Polity => 2,
        NameType::Location | NameType::Group | NameType::Facility => 3,
        NameType::Title => 4,
    }
}

/// The longest phrases of several tokens that a table knows, from left to right: where
/// each begins, its length and what the table has for it.
pub(super) fn each_phrase(
    table: &Records<'_>,
    tagged: &Tagged,
    range: Range<usize>,
    mut each: impl FnMut(usize, usize, u32),
) {
    let mut i = range.start;
    while i < range.end {
        let longest = LONGEST_PHRASE.min(range.end - i);
        let known = (2..=longest).rev().find_map(|len| {
            let key = phrase_key(&tagged.seen[i..i + len]);
            table.at(key).map(|value| (len, value))
        });
        i += known.map_or(1, |(len, value)| {
            each(i, len, value);
            len
        });
    }
}
