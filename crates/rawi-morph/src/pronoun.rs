//! The pronouns that are attached to the end of a word, what each agrees with, and
//! behind which kind of word each can stand.

use crate::{Agreement, Gender, Number, Person};

/// Attached pronouns in folded spelling, and none at all before them. The place in this
/// list is stored in models, and is that of the variant of [`Pronoun`] too.
pub const ENCLITICS: [&str; 12] = [
    "", "ه", "ها", "هم", "هما", "هن", "ي", "ني", "نا", "ك", "كم", "كما",
];

/// An attached pronoun.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Pronoun {
    /// `ه`: him, his, it.
    Him = 1,
    /// `ها`: her, it, them of things.
    Her,
    /// `هم`: them.
    Them,
    /// `هما`: the two of them.
    ThemTwo,
    /// `هن`: them, women.
    ThemWomen,
    /// `ي` behind a noun or preposition: me, my.
    My,
    /// `ني` behind a verb: me.
    Me,
    /// `نا`: us, our.
    Us,
    /// `ك`: you.
    You,
    /// `كم`: you, several.
    YouAll,
    /// `كما`: you two.
    YouTwo,
}

use Pronoun::{Her, Him, Me, My, Them, ThemTwo, ThemWomen, Us, You, YouAll, YouTwo};

impl Pronoun {
    /// Longest first, so that the first that fits the end of a word is the one meant.
    const LONGEST_FIRST: [Pronoun; 11] = [
        ThemTwo, YouTwo, Her, Them, ThemWomen, Us, Me, YouAll, Him, My, You,
    ];

    /// Its folded spelling.
    pub const fn letters(self) -> &'static str {
        ENCLITICS[self as usize]
    }

    /// What it agrees with. None for the second person, which news hardly uses of
    /// anybody. Of things `ها` is a plural too, and `هم` may be men and women.
    pub const fn agreement(self) -> Option<Agreement> {
        let (person, gender, number) = match self {
            Him => (
                Person::Third,
                Some(Gender::Masculine),
                Some(Number::Singular),
            ),
            Her => (Person::Third, Some(Gender::Feminine), None),
            Them => (Person::Third, None, Some(Number::Plural)),
            ThemTwo => (Person::Third, None, Some(Number::Dual)),
            ThemWomen => (Person::Third, Some(Gender::Feminine), Some(Number::Plural)),
            My | Me => (Person::First, None, Some(Number::Singular)),
            Us => (Person::First, None, Some(Number::Plural)),
            You | YouAll | YouTwo => return None,
        };
        Some(Agreement {
            person,
            gender,
            number,
        })
    }

    /// What it agrees with where it means somebody who speaks or is spoken to: of people,
    /// and of a body that speaks as one, `ها` is a singular.
    pub const fn agreement_of_party(self) -> Option<Agreement> {
        match self {
            Her => Some(Agreement::third(
                Some(Gender::Feminine),
                Some(Number::Singular),
            )),
            _ => self.agreement(),
        }
    }
}

/// A set of attached pronouns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pronouns(u16);

/// The fewest letters that a pronoun is attached to, where only the spelling tells it.
const SHORTEST_STEM: usize = 2;

impl Pronouns {
    /// Every one.
    pub const ALL: Self = Self::of(&Pronoun::LONGEST_FIRST);
    /// Those of somebody spoken of.
    pub const THIRD: Self = Self::of(&[Him, Her, Them, ThemTwo, ThemWomen]);
    /// Behind a verbal noun, as its subject: `قوله`. The second person and `هن` are left
    /// out, of which news hardly says so.
    pub const BEHIND_NOUNS: Self = Self::of(&[Him, Her, Them, ThemTwo, Us, My]);
    /// Behind the phrase of an attribution, as the source: `على حد قولهما`.
    pub const OF_SOURCES: Self = Self::of(&[Him, Her, Them, ThemTwo]);
    /// Behind a verb, as its object: `أبلغه`. The second person is left out.
    pub const BEHIND_VERBS: Self = Self::THIRD.and(&[Us, Me]);
    /// Behind `أن` and `إن`: `أنه`, `إني`, `إنني`.
    pub const BEHIND_THAT: Self = Self::THIRD.and(&[Us, Me, My, You]);
    /// Those frequent enough to be tried on any word, whose kind is not known. `ني` is not
    /// among them, nor `كم` and `كما`: they are sooner the end of a noun (`تراكم`).
    pub const COMMON: Self = Self::THIRD.and(&[Us, My, You]);

    /// The set of these.
    pub const fn of(pronouns: &[Pronoun]) -> Self {
        Self(0).and(pronouns)
    }

    /// This set and these besides.
    pub const fn and(self, pronouns: &[Pronoun]) -> Self {
        let mut bits = self.0;
        let mut i = 0;
        while i < pronouns.len() {
            bits |= 1 << pronouns[i] as u16;
            i += 1;
        }
        Self(bits)
    }

    /// Whether a pronoun is one of the set.
    pub const fn has(self, pronoun: Pronoun) -> bool {
        self.0 >> pronoun as u16 & 1 == 1
    }

    /// Its pronouns, longest first.
    pub fn iter(self) -> impl Iterator<Item = Pronoun> {
        let all = Pronoun::LONGEST_FIRST.into_iter();
        all.filter(move |&pronoun| self.has(pronoun))
    }

    /// The pronoun of the set that folded letters are: what `له` leaves after `ل`.
    pub fn read(self, letters: &str) -> Option<Pronoun> {
        self.iter().find(|pronoun| pronoun.letters() == letters)
    }

    /// The longest pronoun of the set that a folded word ends in, with what stands before
    /// it, be it nothing. Purely by spelling.
    pub fn end_of(self, word: &str) -> Option<(&str, Pronoun)> {
        self.iter()
            .find_map(|pronoun| Some((word.strip_suffix(pronoun.letters())?, pronoun)))
    }

    /// Splits a pronoun of the set off a folded word of which at least two letters are
    /// left: `بلاده` gives `بلاد` and [`Pronoun::Him`]. Purely by spelling.
    pub fn strip(self, word: &str) -> Option<(&str, Pronoun)> {
        // Most words end in a letter that no pronoun ends in.
        let last = word.as_bytes().last()?;
        let likely = |p: &Pronoun| p.letters().as_bytes().last() == Some(last);
        self.iter().filter(likely).find_map(|pronoun| {
            let stem = word.strip_suffix(pronoun.letters())?;
            (stem.chars().take(SHORTEST_STEM).count() == SHORTEST_STEM).then_some((stem, pronoun))
        })
    }
}

/// Splits one of the [`COMMON`](Pronouns::COMMON) pronouns off a folded word.
pub fn strip_pronoun(word: &str) -> Option<(&str, Pronoun)> {
    Pronouns::COMMON.strip(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pronouns_come_off_the_end() {
        assert_eq!(strip_pronoun("بلاده"), Some(("بلاد", Him)));
        assert_eq!(strip_pronoun("قولهما"), Some(("قول", ThemTwo)));
        assert_eq!(strip_pronoun("له"), None);
        assert_eq!(Pronouns::THIRD.end_of("له"), Some(("ل", Him)));
        assert_eq!(Pronouns::BEHIND_VERBS.strip("ابلغني"), Some(("ابلغ", Me)));
        assert_eq!(strip_pronoun("ابلغني"), Some(("ابلغن", My)));
    }

    #[test]
    fn places_are_those_that_models_store() {
        for (place, letters) in ENCLITICS.iter().enumerate().skip(1) {
            let pronoun = Pronouns::ALL.read(letters).unwrap();
            assert_eq!((pronoun as usize, pronoun.letters()), (place, *letters));
        }
        assert_eq!(Pronouns::ALL.read(""), None);
        assert_eq!(Pronouns::THIRD.read("ني"), None);
    }

    #[test]
    fn longer_pronouns_are_tried_first() {
        let lengths: Vec<usize> = Pronouns::ALL.iter().map(|p| p.letters().len()).collect();
        assert!(lengths.is_sorted_by(|a, b| a >= b), "{lengths:?}");
        assert_eq!(lengths.len(), ENCLITICS.len() - 1);
    }
}
