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
            stack: [Some(Clitics::whole(word)), None, None, None],
        }
    }

    /// How many bytes of the word stand before the stem.
    pub fn prefix_len(&self, word: &str) -> usize {
        word.len() - self.stem.len()
    }

    fn after(&self, letter: char) -> Option<&'a str> {
        let rest = self.stem.strip_prefix(letter)?;
        is_stem(rest).then_some(rest)
    }

    /// The cuts that take exactly one proclitic more than this one.
    fn deeper(&self) -> [Option<Clitics<'a>>; 3] {
        let mut out = [None; 3];
        if self.article {
            return out;
        }
        let verb_or_noun = self.preposition.is_none() && !self.future;
        if verb_or_noun && self.conjunction.is_none() {
            for letter in CONJUNCTIONS {
                if let Some(stem) = self.after(letter) {
                    out[0] = Some(Self {
                        conjunction: Some(letter),
                        stem,
                        ..*self
                    });
                }
            }
        }
        if verb_or_noun {
            for letter in PREPOSITIONS.into_iter().chain([FUTURE]) {
                if let Some(stem) = self.after(letter) {
                    out[1] = Some(Self {
                        preposition: (letter != FUTURE).then_some(letter),
                        future: letter == FUTURE,
                        stem,
                        ..*self
                    });
                }
            }
        }
        let article = (!self.future)
            .then(|| self.stem.strip_prefix(proclitic::article(self.preposition)))
            .flatten()
            .filter(|rest| is_stem(rest));
        out[2] = article.map(|stem| Self {
            article: true,
            stem,
            ..*self
        });
        out
    }
}

/// The cuts of one word, see [`Clitics::readings`].
pub struct Readings<'a> {
    /// Cuts still to give out; a word has at most three on the way at once.
    stack: [Option<Clitics<'a>>; 4],
}

impl<'a> Iterator for Readings<'a> {
    type Item = Clitics<'a>;

    fn next(&mut self) -> Option<Clitics<'a>> {
        let now = self.stack[0].take()?;
        self.stack.rotate_left(1);
        for cut in now.deeper().into_iter().flatten() {
            if let Some(free) = self.stack.iter_mut().find(|s| s.is_none()) {
                *free = Some(cut);
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
