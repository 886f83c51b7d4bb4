//! What the tables say of a spelling whatever stands beside it: found out once for
//! each, and read by token.

use rawi_morph::{Clitics, Pronouns, Shape, strip_pronoun};
use rawi_text::proclitic;
use rawi_words::{Facet, Keys, LexId, lexicon};

use super::Word;
use crate::{Roles, Tags};

/// How many letters a noun may have in front, its article left out.
const LED: usize = 2;

/// Names of fewer letters are no names behind an attached letter.
const SHORTEST_NAME: usize = 3;

/// The letters that a given name may have in front: `ومنى`, `لسعيد`.
const BEFORE_NAMES: [char; 2] = [proclitic::AND, proclitic::TO];

/// What the tables say of a spelling.
#[derive(Clone, Debug)]
pub(super) struct Spelled {
    pub(super) keys: Keys,
    pub(super) shape: Shape,
    /// How the tables read it where no entry of several words begins with it.
    word: Word,
    /// What is to be said of few words.
    rare: Option<Box<Rare>>,
    /// Whether it is `أن` or `إن`, with or without a pronoun.
    pub(super) says_that: bool,
    /// Whether it ends as with a pronoun.
    pub(super) pronoun: bool,
}

/// What the tables say of few spellings.
#[derive(Clone, Default, PartialEq, Debug)]
struct Rare {
    /// If an entry of several words may begin with the word, the ways to cut it.
    cuts: Box<[Reading]>,
    /// The class of the title that it is in the accusative: `مسؤولا`.
    accusative: Tags,
    /// The class of the office that it is with the pronoun of whoever it serves, by the
    /// number of letters in front: `رئيسها`, `ومديرتهم`.
    offices: [Tags; LED + 1],
    /// The letter that stands in front of a given name, in a word that is none.
    before_name: Option<char>,
}

impl Spelled {
    /// Finds out what there is to know of a spelling; `readings` is room for the ways
    /// to cut it.
    pub(super) fn new(text: &str, readings: &mut Vec<Reading>) -> Self {
        let keys = Keys::new(lexicon(), text);
        let roles = lexicon().roles(keys.whole());
        readings.clear();
        let cuts = Clitics::readings(text).filter(|cut| !cut.future);
        readings.extend(cuts.map(|cut| Reading::new(text, &cut, &keys)));
        let alone = readings
            .iter()
            .position(|r| r.read(|_| LexId::NONE).is_some());
        let tried = alone.map_or(readings.len(), |first| first + 1);
        let open = readings[..tried].iter().any(Reading::goes_on);
        let cuts = if open { readings.as_slice() } else { &[] };
        let pronoun = strip_pronoun(text).is_some();
        let that = roles.any(Roles::THAT) || lexicon().roles(keys.bare(0)).any(Roles::THAT);
        let before_name = text.chars().next().filter(|c| BEFORE_NAMES.contains(c));
        let given = |key| lexicon().tags(key).any(Tags::GIVEN);
        let name = before_name.and_then(|c| text.strip_prefix(c));
        let name = name.is_some_and(|name| name.chars().count() >= SHORTEST_NAME)
            && given(keys.stem(2))
            && !given(keys.whole());
        let rare = Rare {
            cuts: cuts.into(),
            accusative: accusative(text),
            offices: match pronoun {
                true => offices(&keys, text),
                false => Default::default(),
            },
            before_name: before_name.filter(|_| name),
        };
        Self {
            keys,
            shape: Shape::of(text),
            word: first_known(readings, |_| LexId::NONE),
            rare: (rare != Rare::default()).then(|| Box::new(rare)),
            says_that: that,
            pronoun,
        }
    }

    /// How the tables read it; `next` gives the keys of the words behind it.
    pub(super) fn read(&self, next: impl Fn(usize) -> LexId) -> Word {
        match &self.rare {
            Some(rare) if !rare.cuts.is_empty() => first_known(&rare.cuts, next),
            _ => self.word,
        }
    }

    /// The class of the title that the word is in the accusative: `مسؤولا`.
    pub(super) fn accusative(&self) -> Tags {
        self.rare.as_ref().map_or(Tags::default(), |r| r.accusative)
    }

    /// The letter that stands in front of a given name, in a word that is none.
    pub(super) fn before_name(&self) -> Option<char> {
        self.rare.as_ref()?.before_name
    }

    /// The class of the office that the stem behind `prefix` bytes is with the pronoun
    /// of whoever it serves.
    pub(super) fn office(&self, prefix: u8) -> Option<Tags> {
        let offices = &self.rare.as_ref()?.offices;
        let tags = offices.get(usize::from(prefix) / 2).copied();
        tags.filter(|&tags| tags != Tags::default())
    }
}

/// One way to cut a word, with the entries that may begin with its stem.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Reading {
    /// What the cut alone says of the word.
    word: Word,
    /// The stem with its article, where it has one.
    defined: LexId,
    stem: LexId,
    /// Whether nothing is cut off.
    whole: bool,
    /// How many letters the stem has.
    letters: u8,
    /// Whether the stem begins with a `ل`.
    begins_with_to: bool,
    /// Whether the stem ends as a plural does before what it governs.
    construct: bool,
}

impl Reading {
    fn new(text: &str, cut: &Clitics<'_>, keys: &Keys) -> Self {
        let prefix = cut.prefix_len(text);
        let defined = match (cut.article, cut.preposition) {
            (false, _) => LexId::NONE,
            // `للوزارة`
            (true, Some(proclitic::TO)) => lexicon().find_joined(proclitic::ARTICLE, cut.stem),
            (true, _) => keys.stem(prefix.saturating_sub(proclitic::ARTICLE.len())),
        };
        Self {
            word: Word {
                conjunction: cut.conjunction.is_some(),
                preposition: cut.preposition,
                article: cut.article,
                prefix: u8::try_from(prefix).unwrap_or(0),
                ..Word::default()
            },
            defined,
            stem: keys.stem(prefix),
            whole: cut.stem == text,
            letters: u8::try_from(cut.stem.chars().count()).unwrap_or(u8::MAX),
            begins_with_to: cut.stem.starts_with(proclitic::TO),
            construct: cut.stem.ends_with(['ي', 'و']),
        }
    }

    /// Whether an entry of several words may begin with the stem.
    fn goes_on(&self) -> bool {
        lexicon().goes_on(self.defined) || lexicon().goes_on(self.stem)
    }

    /// The word as the longest entry has it that begins with the stem; `next` gives the
    /// keys of the words behind it.
    fn read(&self, next: impl Fn(usize) -> LexId) -> Option<Word> {
        let longest = |key| lexicon().longest(key, Facet::Tags, &next);
        let (key, words) = longest(self.defined).or_else(|| longest(self.stem))?;
        let tags = lexicon().tags(key);
        if !self.whole && !self.sure(tags) {
            return None;
        }
        let mut word = self.word;
        // `للاعبين`: of three `ل` the script writes two, so that a noun that
        // begins with one hides its article.
        let people = Tags::GROUP | Tags::PLURAL | Tags::OFFICE | Tags::PERSON | Tags::DEMONYM;
        word.article |= word.preposition == Some(proclitic::TO)
            && self.begins_with_to
            && tags.any(people)
            && !tags.any(Tags::BODY | Tags::GIVEN)
            && !(self.construct && tags.any(Tags::PLURAL));
        word.tags = tags;
        word.entry_words = u8::try_from(words).unwrap_or(1);
        let country = lexicon().value(key, Facet::Country);
        word.country = country.map_or(0, |c| u16::try_from(c + 1).unwrap_or(0));
        Some(word)
    }

    /// Whether an entry of these classes is worth cutting letters off the word: short
    /// and ambiguous given names are not (`بيان` is no `ب` + `يان`).
    fn sure(&self, tags: Tags) -> bool {
        let preposition = self.word.preposition;
        // `لايا` is no `ل` + `أيا`: particles take no preposition.
        let particle = Tags::FUNCTION.without(Tags::DEMONSTRATIVE | Tags::RELATIVE);
        if preposition.is_some() && tags.without(particle) == Tags::default() {
            return false;
        }
        // `باخ` is no `ب` + `أخ`.
        if preposition.is_some() && !self.word.article && self.letters < 3 {
            return false;
        }
        let classes = Tags::GIVEN | Tags::AMBIGUOUS | Tags::NAME_PART | Tags::FEMININE;
        if tags.without(classes) != Tags::default() {
            return true;
        }
        // `برودي` is sooner a name than `ب` + `رودي`.
        let shortest = match preposition {
            Some(proclitic::TO) | None => 4,
            Some(_) => 5,
        };
        self.letters >= shortest && !tags.any(Tags::AMBIGUOUS | Tags::NAME_PART)
    }
}

/// The first cut that the tables know wins; a word unknown to them loses only what its
/// spelling makes certain, the article and what stands before it.
fn first_known(readings: &[Reading], next: impl Fn(usize) -> LexId) -> Word {
    let known = readings.iter().find_map(|reading| reading.read(&next));
    known.unwrap_or_else(|| {
        let defined = readings.iter().rev().find(|r| r.word.article);
        let whole = readings.iter().find(|r| r.whole);
        defined.or(whole).map_or_else(Word::default, |r| r.word)
    })
}

/// `أن مسؤولا`, `لكن معلما`: the class of a title whose `ا` shows that it is the
/// subject behind such a word.
fn accusative(text: &str) -> Tags {
    let title = text.strip_suffix('ا');
    let tags = title.map_or(Tags::default(), |t| lexicon().tags(lexicon().find(t)));
    let one = tags.any(Tags::OFFICE | Tags::PERSON) && !tags.any(Tags::GIVEN | Tags::BODY);
    if one { tags } else { Tags::default() }
}

/// The classes of offices with a pronoun: of `رئيسها` and, behind letters in front, of
/// `ورئيسها`.
fn offices(keys: &Keys, text: &str) -> [Tags; LED + 1] {
    let office = |key| {
        let tags = lexicon().tags(key);
        let one = tags.any(Tags::OFFICE) && !tags.any(Tags::PLURAL | Tags::BODY);
        one.then_some(tags)
    };
    [0, 1, 2].map(|letters| {
        let of = || {
            // `رئيسي` is sooner an adjective.
            let (bare, _) = Pronouns::THIRD.strip(text.get(2 * letters..)?)?;
            let feminine = || {
                let feminine = bare.strip_suffix('ت')?;
                office(lexicon().find_joined(feminine, "ه"))
            };
            office(keys.bare(2 * letters)).or_else(feminine)
        };
        of().unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(text: &str) -> Spelled {
        Spelled::new(text, &mut Vec::new())
    }

    fn alone(text: &str) -> Word {
        spelled(text).read(|_| LexId::NONE)
    }

    #[test]
    fn the_first_cut_that_the_tables_know_wins() {
        let word = alone("وللوزير");
        assert!(word.is(Tags::OFFICE) && word.conjunction && word.article);
        assert_eq!((word.preposition, word.prefix), (Some(proclitic::TO), 6));
        // `بيان` is no `ب` with a name, and an unknown word keeps its first letters.
        assert!(!alone("بيان").has_proclitic());
        assert_eq!(alone("والقنبرحس").prefix, 6);
        assert_eq!(alone("وقنبرحس").prefix, 0);
        assert!(alone("للاعبين").article);
    }

    #[test]
    fn an_entry_may_go_on() {
        let word = spelled("والولايات");
        let next = |text| {
            move |k| {
                if k == 1 {
                    lexicon().find(text)
                } else {
                    LexId::NONE
                }
            }
        };
        assert_eq!(word.read(next("المتحده")).entry_words, 2);
        assert_eq!(word.read(next("الجنوبيه")).entry_words, 0);
    }

    #[test]
    fn offices_are_known_with_pronouns_and_cases() {
        assert!(
            spelled("رييسها")
                .office(0)
                .is_some_and(|t| t.any(Tags::OFFICE))
        );
        assert!(spelled("ومديرتهم").office(2).is_some());
        assert!(spelled("رييسي").office(0).is_none());
        assert!(spelled("مسوولا").accusative().any(Tags::PERSON));
        assert_eq!(spelled("لسعيد").before_name(), Some(proclitic::TO));
        assert!(spelled("انها").says_that && !spelled("انتهي").says_that);
    }
}
