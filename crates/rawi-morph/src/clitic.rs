//! Cutting a written word into proclitics and a stem, in every way that the
//! script allows. Which way is meant is for a lexicon to say.

use rawi_text::proclitic::{self, CONJUNCTIONS, FUTURE, PREPOSITIONS};

/// One way to cut a word. The letters of the proclitics and [`stem`](Self::stem)
/// together give back the word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clitics<'a> {
    /// A leading `و` or `ف`.
    pub conjunction: Option<char>,
    /// A preposition `ب`, `ل` or `ك`.
    pub preposition: Option<char>,
    /// The future particle `س`.
    pub future: bool,
    /// The article `ال` (also the one that `لل` hides).
    pub article: bool,
    /// What is left.
    pub stem: &'a str,
}

/// The shortest stem worth looking up, in letters.
const SHORTEST_STEM: usize = 2;

fn is_stem(rest: &str) -> bool {
    rest.chars().take(SHORTEST_STEM).count() == SHORTEST_STEM
}

impl<'a> Clitics<'a> {
    fn whole(word: &'a str) -> Self {
        Self {
            conjunction: None,
            preposition: None,
            future: false,
            article: false,
            stem: word,
        }
    }

    /// All cuts of a folded word: the uncut word first, then longer and longer
    /// runs of proclitics. Stems shorter than two letters are not offered.
    pub fn readings(word: &'a str) -> Readings<'a> {
        Readings {
            ring: [Clitics::whole(word); WAITING],
            first: 0,
            count: 1,
        }
    }

    /// How many bytes of the word stand before the stem.
    pub fn prefix_len(&self, word: &str) -> usize {
        word.len() - self.stem.len()
    }

    /// The cuts that take exactly one proclitic more than this one.
    fn deeper(&self) -> [Option<Clitics<'a>>; 3] {
        let mut out = [None; 3];
        let mut letters = self.stem.chars();
        let first = letters.next();
        let rest = letters.as_str();
        let Some(first) = first.filter(|_| !self.article && is_stem(rest)) else {
            return out;
        };
        let verb_or_noun = self.preposition.is_none() && !self.future;
        if verb_or_noun && self.conjunction.is_none() && CONJUNCTIONS.contains(&first) {
            out[0] = Some(Self {
                conjunction: Some(first),
                stem: rest,
                ..*self
            });
        }
        if verb_or_noun && (first == FUTURE || PREPOSITIONS.contains(&first)) {
            out[1] = Some(Self {
                preposition: (first != FUTURE).then_some(first),
                future: first == FUTURE,
                stem: rest,
                ..*self
            });
        }
        let article = proclitic::article(self.preposition);
        let behind = self.stem.strip_prefix(article).filter(|_| !self.future);
        out[2] = behind.filter(|stem| is_stem(stem)).map(|stem| Self {
            article: true,
            stem,
            ..*self
        });
        out
    }
}

/// How many cuts of a word may be on the way at once.
const WAITING: usize = 4;

/// The cuts of one word, see [`Clitics::readings`].
pub struct Readings<'a> {
    /// Cuts still to give out, in a ring: the place of the first and their number.
    ring: [Clitics<'a>; WAITING],
    first: usize,
    count: usize,
}

impl<'a> Iterator for Readings<'a> {
    type Item = Clitics<'a>;

    fn next(&mut self) -> Option<Clitics<'a>> {
        self.count = self.count.checked_sub(1)?;
        let now = self.ring[self.first % WAITING];
        self.first += 1;
        for cut in now.deeper().into_iter().flatten() {
            if self.count < WAITING {
                self.ring[(self.first + self.count) % WAITING] = cut;
                self.count += 1;
            }
        }
        Some(now)
    }
}

/// A folded word without a conjunction, if it looks like a verb of the future: `س` before
/// a letter that the imperfect begins with (`وستعقد`). Many a noun looks so too.
pub fn future_verb(word: &str) -> Option<&str> {
    let word = word.strip_prefix(CONJUNCTIONS).unwrap_or(word);
    let verb = word.strip_prefix(FUTURE)?;
    verb.starts_with(['ي', 'ت', 'ن']).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(word: &str) -> Vec<String> {
        Clitics::readings(word)
            .map(|c| {
                let mut s = String::new();
                s.extend(c.conjunction);
                s.push('+');
                s.extend(c.preposition);
                s.push_str(if c.future { "س" } else { "" });
                s.push('+');
                s.push_str(if c.article { "ال" } else { "" });
                s.push('+');
                s.push_str(c.stem);
                s
            })
            .collect()
    }

    #[test]
    fn every_cut_is_offered_once() {
        assert_eq!(cuts("كتب"), ["+++كتب", "+ك++تب"]);
        assert_eq!(
            cuts("وبالبيان"),
            ["+++وبالبيان", "و+++بالبيان", "و+ب++البيان", "و+ب+ال+بيان"]
        );
        assert_eq!(
            cuts("للصحفيين"),
            ["+++للصحفيين", "+ل++لصحفيين", "+ل+ال+صحفيين"]
        );
        assert_eq!(cuts("سيقول"), ["+++سيقول", "+س++يقول"]);
        assert_eq!(cuts(""), ["+++"]);
        assert_eq!(cuts("و"), ["+++و"]);
    }

    #[test]
    fn prefix_and_stem_make_up_the_word() {
        for word in ["وبالبيان", "فللوزاره", "لل", "ال", "كالعاده", "وسيعلن"]
        {
            for cut in Clitics::readings(word) {
                assert_eq!(&word[cut.prefix_len(word)..], cut.stem);
            }
        }
    }
}
