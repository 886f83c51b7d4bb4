//! What the tables know of a word of running text, as a part of times and numbers.

use rawi_text::proclitic::{self, ARTICLE, CONJUNCTIONS, PREPOSITIONS, TO};
use rawi_text::{Facts, Layout};
use rawi_words::{LexId, lexicon};

pub(crate) use rawi_words::time::{
    Calendar, Certainty, Count, DayPart, Era, Label, Part, Phase, Rel, Rule, Sense, Unit,
    ends_noun, holiday, spelling,
};

/// A word of running text taken apart as far as the tables know it.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Word {
    /// The meanings of the word by itself, the mere beginning of a phrase has none.
    senses: &'static [Sense],
    /// The key behind what is attached; none for unknown words.
    key: LexId,
    /// The key that the whole spelling is.
    whole: LexId,
    /// Whether a phrase begins with the key.
    begins: bool,
    /// Whether `و` or `ف` is attached.
    pub conj: bool,
    /// `ب`, `ل` or `ك` when attached.
    pub prep: Option<char>,
    /// Whether it has the article.
    pub article: bool,
    /// Whether an expression may begin with it.
    pub may_begin: bool,
    /// Whether it announces: a word of the table, or a verb of the future.
    pub announces: bool,
}

impl Word {
    /// Looks a folded word up: as it stands first, then without its article, then
    /// without attached conjunctions and prepositions. The first reading that the
    /// tables know wins, so a listed form is never taken apart.
    pub fn new(word: &str) -> Self {
        let mut found = analyze(word).unwrap_or_default();
        found.whole = lexicon().find(word);
        let announces = |s| (s == Sense::Future).then_some(());
        found.may_begin = may_begin(found.senses);
        found.announces = found.sense(announces).is_some() || is_future_verb(word);
        found
    }

    /// Whether the tables know it.
    pub fn is_known(&self) -> bool {
        self.key.is_known()
    }

    /// Whether nothing is attached to it.
    pub fn is_bare(&self) -> bool {
        !self.conj && !self.article && self.prep.is_none()
    }

    /// The first meaning of the word alone that `pick` takes.
    pub fn sense<T>(&self, pick: impl Fn(Sense) -> Option<T>) -> Option<T> {
        self.senses.iter().find_map(|&sense| pick(sense))
    }
}

/// Whether an expression may begin with one of these meanings. The others only go on with
/// one, or say something of it from outside.
pub(crate) fn may_begin(senses: &[Sense]) -> bool {
    senses.iter().any(|sense| {
        !matches!(
            sense,
            Sense::Adverb
                | Sense::Age
                | Sense::Counted
                | Sense::CountedFrom
                | Sense::Era(_)
                | Sense::FirstDay
                | Sense::From
                | Sense::Future
                | Sense::Greeting
                | Sense::In
                | Sense::Label(_)
                | Sense::Lasting
                | Sense::Match
                | Sense::Meridiem
                | Sense::Minus
                | Sense::MonthBefore
                | Sense::MonthPhase
                | Sense::Name
                | Sense::NotFuture
                | Sense::NotToday
                | Sense::NotWeekday
                | Sense::Now
                | Sense::Numbered
                | Sense::Occasion
                | Sense::Office
                | Sense::OnDate
                | Sense::Outlet
                | Sense::Placing
                | Sense::Rel(_)
                | Sense::SignOff
                | Sense::Titled
                | Sense::To
                | Sense::Utc
                | Sense::Version
                | Sense::Whole
                | Sense::Within
                | Sense::Work
                | Sense::YearKind
                | Sense::Zone
                | Sense::ZoneOf
        )
    })
}

/// A phrase that stands at a token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase {
    pub senses: &'static [Sense],
    /// How many tokens it takes.
    pub len: usize,
}

impl Phrase {
    /// Adds the phrases that begin with `word`, the longest first; `next` gives the words
    /// 1, 2, … places further on, none where the text ends.
    pub fn each(word: &Word, next: impl Fn(usize) -> Option<Word>, out: &mut Vec<Phrase>) {
        if !word.begins {
            return;
        }
        let from = out.len();
        let mut key = word.key;
        for len in 2.. {
            let Some(next) = next(len - 1) else { break };
            key = lexicon().step(key, next.whole);
            if !key.is_known() {
                break;
            }
            if let Some(known) = lexicon().time(key).filter(|k| !k.senses.is_empty()) {
                let senses = known.senses;
                out.push(Phrase { senses, len });
            }
        }
        out[from..].reverse();
    }
}

/// The words of a text by their spellings.
pub(crate) type Vocabulary = Facts<Word>;

/// The first meaning at token `at` that `pick` takes, phrases before words, and the token
/// after it.
pub(crate) fn sense_at<T>(
    layout: &Layout,
    words: &Vocabulary,
    at: usize,
    pick: impl Fn(Sense) -> Option<T>,
) -> Option<(T, usize)> {
    let count = layout.tokens().len();
    let word = |i| (i < count).then(|| words[layout.spelling(i)]);
    let first = word(at)?;
    let mut phrases = Vec::new();
    Phrase::each(&first, |k| word(at + k), &mut phrases);
    phrases
        .iter()
        .find_map(|p| Some((p.senses.iter().find_map(|&s| pick(s))?, at + p.len)))
        .or_else(|| Some((first.sense(pick)?, at + 1)))
}

fn analyze(word: &str) -> Option<Word> {
    let whole = Word::default();
    if let Some(found) = with_article(word, whole) {
        return Some(found);
    }
    let mut stems = [(word, whole), (word, whole)];
    let mut count = 1;
    if let Some(rest) = word.strip_prefix(CONJUNCTIONS) {
        let joined = Word {
            conj: true,
            ..whole
        };
        if let Some(found) = with_article(rest, joined) {
            return Some(found);
        }
        stems[1] = (rest, joined);
        count = 2;
    }
    stems.into_iter().take(count).find_map(|(stem, word)| {
        let prep = stem.chars().next().filter(|c| PREPOSITIONS.contains(c))?;
        let rest = &stem[prep.len_utf8()..];
        let word = Word {
            prep: Some(prep),
            ..word
        };
        with_article(rest, word).or_else(|| {
            let article = proclitic::article(Some(prep));
            let noun = rest.strip_prefix(article).filter(|_| prep == TO)?;
            let definite = Word {
                article: true,
                ..word
            };
            // Listed with its article, as weekdays are, or without.
            let listed = known(lexicon().find_joined(ARTICLE, noun), definite);
            listed.or_else(|| find(noun, definite))
        })
    })
}

fn with_article(word: &str, so_far: Word) -> Option<Word> {
    find(word, so_far).or_else(|| {
        let definite = Word {
            article: true,
            ..so_far
        };
        find(word.strip_prefix(ARTICLE)?, definite)
    })
}

/// Exactly this word, if the tables know it.
fn find(word: &str, so_far: Word) -> Option<Word> {
    known(lexicon().find(word), so_far)
}

fn known(key: LexId, so_far: Word) -> Option<Word> {
    let known = lexicon().time(key)?;
    Some(Word {
        key,
        senses: known.senses,
        begins: known.begins,
        ..so_far
    })
}

/// `سيعود`, `وستعقد`: `س` before a verb in the imperfect, unless the tables know a noun
/// that begins so.
fn is_future_verb(word: &str) -> bool {
    rawi_morph::future_verb(word)
        .is_some_and(|verb| verb.chars().count() >= 5 && !is_noun_of_future(verb))
}

/// Whether the tables know a word that looks like a verb of the future for a noun: by its
/// beginning, behind which only the ending of a noun is left.
fn is_noun_of_future(word: &str) -> bool {
    let ends = word.char_indices().map(|(i, c)| i + c.len_utf8());
    ends.skip(1).any(|end| {
        let (stem, ending) = word.split_at(end);
        let noun = |s| (s == Sense::NotFuture).then_some(());
        let listed = |word: Word| word.sense(noun).is_some();
        (ending.is_empty() || ends_noun(ending)) && find(stem, Word::default()).is_some_and(listed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clitics_come_off_only_where_needed() {
        for (word, conj, prep, article) in [
            ("فبراير", false, None, false),
            ("وفبراير", true, None, false),
            ("الجمعه", false, None, false),
            ("للجمعه", false, Some('ل'), true),
            ("وبالسنه", true, Some('ب'), true),
            ("لعامين", false, Some('ل'), false),
            ("واحد", false, None, false),
        ] {
            let found = Word::new(word);
            assert!(found.is_known(), "{word}");
            assert_eq!(
                (found.conj, found.prep, found.article),
                (conj, prep, article),
                "{word}"
            );
        }
    }

    #[test]
    fn other_words_mean_nothing() {
        for word in ["", "و", "ال", "وال", "سحاب", "hello", "2015"] {
            assert!(!Word::new(word).is_known(), "{word}");
        }
    }

    #[test]
    fn nouns_are_no_verbs() {
        for word in [
            "سيعود",
            "وستعقد",
            "سيلتقي",
            "سيدرس",
            "سيفتح",
            "سنعلن",
            "فسيبدا",
        ] {
            assert!(is_future_verb(word), "{word}");
        }
        for word in ["سياره", "سياسيه", "سنوات", "وسيطره", "سبق", "ستين"]
        {
            assert!(!is_future_verb(word), "{word}");
        }
    }
}
