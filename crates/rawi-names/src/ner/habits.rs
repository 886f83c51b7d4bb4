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

/// What the news knows of a word, in the 32 bits of a record.
#[derive(Clone, Copy, Default, Debug)]
pub struct WordHabit(pub u32);

impl WordHabit {
    /// Joins a [`habit`] and a path in the tree of clusters (12 bits, the largest
    /// cluster in the highest), as far as they are known.
    pub fn new(habit: Option<u32>, path: Option<u32>) -> Self {
        let known = |value: Option<u32>, bit: u32| value.map_or(0, |v| v | 1 << bit);
        Self(known(habit, 8) | known(path, 12) << 9)
    }

    pub(super) fn habit(self) -> Option<u64> {
        (self.0 >> 8 & 1 == 1).then_some(u64::from(self.0 & 0xff))
    }

    /// The path in the tree of clusters.
    pub fn path(self) -> Option<u32> {
        (self.0 >> 21 & 1 == 1).then_some(self.0 >> 9 & 0xfff)
    }
}

/// The key of a word among the habits.
pub fn word_key(seen: &Seen) -> u64 {
    Feature::new(101, seen.hash)
        .and(u64::from(seen.cut.article))
        .0
}

/// How often a word was found to be part of a name of each coarse type (person,
/// body, polity, other place), out of `total`: two bits each.
pub fn habit(counts: [u32; 4], total: u32) -> u32 {
    counts.iter().enumerate().fold(0, |out, (i, &n)| {
        let share = f64::from(n) / f64::from(total.max(1));
        let step = match share {
            s if s >= 0.6 => 3,
            s if s >= 0.2 => 2,
            s if s >= 0.03 => 1,
            _ => 0,
        };
        out | step << (2 * i)
    })
}

/// The coarse type of a name, as [`habit`] counts them; titles are none.
pub fn coarse(kind: NameType) -> Option<usize> {
    Some(match kind {
        NameType::Person => 0,
        NameType::Organization | NameType::Media => 1,
        NameType::Polity => 2,
        NameType::Location | NameType::Group | NameType::Facility => 3,
        NameType::Title => return None,
    })
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
