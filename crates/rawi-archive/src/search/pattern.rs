//! Words of a query as what is looked for among the words of a text: one thing for the
//! index, for checks and for highlights.

use std::ops::Range;

use rawi_text::fold;

use crate::query::Words;
use crate::terms::Analyzer;

/// The most combinations of terms that a phrase is looked for in.
const MOST: usize = 64;

/// A word of a text, as patterns see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen<'t> {
    pub term: &'t str,
    /// The characters of the text.
    pub raw: &'t str,
}

/// What some words of a query stand for.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    /// For each word the terms that it may have, its own first.
    pub terms: Vec<Vec<String>>,
    pub near: Option<u32>,
    /// The spelling of each word, if it must be spelled so.
    pub exact: Option<Vec<Spelling>>,
}

/// A spelling that is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Spelling {
    word: String,
    /// Whether vowel signs were asked for.
    signs: bool,
}

impl Pattern {
    /// The pattern of some words; one of no words at all matches nothing.
    pub fn of(words: &Words, analyzer: &mut Analyzer) -> Self {
        let (terms, exact) = if words.exact {
            let found = analyzer.words(&words.text);
            let spelling = |raw: &str| Spelling {
                word: plain(raw, true),
                signs: plain(raw, true) != plain(raw, false),
            };
            let exact = found
                .iter()
                .map(|w| spelling(&words.text[w.span.range()]))
                .collect();
            let terms = found.into_iter().map(|w| vec![w.term]).collect();
            (terms, Some(exact))
        } else {
            (analyzer.alternatives(&words.text), None)
        };
        let mut pattern = Self {
            terms,
            near: words.near,
            exact,
        };
        pattern.narrow();
        pattern
    }

    /// Takes the least likely terms away until there are few enough combinations.
    fn narrow(&mut self) {
        let product = |terms: &[Vec<String>]| {
            let sizes = terms.iter().map(Vec::len);
            sizes.fold(1usize, usize::saturating_mul)
        };
        while self.terms.len() > 1 && product(&self.terms) > MOST {
            let longest = self.terms.iter_mut().max_by_key(|list| list.len());
            if longest.and_then(Vec::pop).is_none() {
                break;
            }
        }
    }

    /// All combinations of its terms.
    pub fn combinations(&self) -> Vec<Vec<&str>> {
        let mut all: Vec<Vec<&str>> = vec![Vec::new()];
        for list in &self.terms {
            all = all
                .iter()
                .flat_map(|begin| {
                    list.iter().map(|term| {
                        let mut whole = begin.clone();
                        whole.push(term.as_str());
                        whole
                    })
                })
                .collect();
        }
        all
    }

    /// Whether word `i` of a text may be word `w` of the pattern.
    fn fits(&self, w: usize, seen: Seen<'_>) -> bool {
        self.terms[w].iter().any(|term| term == seen.term)
            && self.exact.as_ref().is_none_or(|exact| {
                let spelling = &exact[w];
                plain(seen.raw, spelling.signs) == spelling.word
            })
    }

    /// Where it stands in a text, as ranges of words in order; each range once. Of words
    /// near one another each is a range of its own.
    pub fn places(&self, words: &[Seen<'_>]) -> Vec<Range<usize>> {
        let len = self.terms.len();
        if len == 0 || words.len() < len {
            return Vec::new();
        }
        if let Some(most) = self.near.filter(|_| len > 1) {
            return self.near_places(words, most as usize);
        }
        let starts = 0..=words.len() - len;
        starts
            .filter(|&at| (0..len).all(|w| self.fits(w, words[at + w])))
            .map(|at| at..at + len)
            .collect()
    }

    /// The words that stand so near one another, in any order.
    fn near_places(&self, words: &[Seen<'_>], most: usize) -> Vec<Range<usize>> {
        // Which words of the pattern each word of the text may be.
        let len = self.terms.len();
        let which: Vec<Vec<usize>> = words
            .iter()
            .map(|seen| (0..len).filter(|&w| self.fits(w, *seen)).collect())
            .collect();
        let mut found = vec![false; words.len()];
        // A clump's first word and its last have no more than so many words between them.
        let reach = most + 2;
        let mut last: Vec<Option<usize>> = vec![None; len];
        for (at, here) in which.iter().enumerate() {
            for &w in here {
                last[w] = Some(at);
            }
            if here.is_empty() {
                continue;
            }
            let begin = last.iter().copied().min().flatten();
            if let Some(begin) = begin
                && at - begin < reach
            {
                for place in last.iter().flatten() {
                    found[*place] = true;
                }
            }
        }
        let places = found.iter().enumerate().filter(|(_, found)| **found);
        places.map(|(at, _)| at..at + 1).collect()
    }
}

/// A word without what does not count as its spelling: tatweel, characters without a look
/// and, unless they are asked for, vowel signs.
fn plain(word: &str, signs: bool) -> String {
    let kept = |c: &char| {
        let mark = matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{610}'..='\u{61a}' | '\u{6d6}'..='\u{6ed}');
        match mark {
            true => signs,
            false => *c != 'ـ' && !fold(c.encode_utf8(&mut [0; 4])).is_empty(),
        }
    };
    word.chars().filter(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Node, Query};

    fn pattern(query: &str, analyzer: &mut Analyzer) -> Pattern {
        match Query::parse(query).unwrap().root {
            Some(Node::Words(words)) => Pattern::of(&words, analyzer),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn where_patterns_stand() {
        let text = "قال وزير النقل إنّ الميناءَ وبالميناءِ «كتابٌ» عن أحمد، والكتاب لاحمد";
        let table = [
            ("ميناء", "4 5"),
            ("\"وزير النقل\"", "1-2"),
            ("\"النقل وزير\"", ""),
            ("=الميناء", "4"),
            ("=الميناءَ", "4"),
            ("=الميناءُ", ""),
            ("=أحمد", "8"),
            ("=احمد", ""),
            ("=\"عن أحمد\"", "7-8"),
            ("احمد", "8 10"),
            ("\"أحمد الكتاب\"~1", "6 8 9 10"),
            ("\"قال الميناء\"~2", ""),
            ("\"قال الميناء\"~3", "0 4"),
            ("\"الميناء قال\"~3", "0 4"),
            ("\"كتاب كتاب\"~3", "6 9"),
        ];
        let mut analyzer = Analyzer::new().unwrap();
        let words = analyzer.words(text);
        let seen: Vec<Seen<'_>> = words
            .iter()
            .map(|w| Seen {
                term: &w.term,
                raw: &text[w.span.range()],
            })
            .collect();
        for (query, wanted) in table {
            let places = pattern(query, &mut analyzer).places(&seen);
            let found: Vec<String> = places
                .iter()
                .map(|p| match p.len() {
                    1 => p.start.to_string(),
                    _ => format!("{}-{}", p.start, p.end - 1),
                })
                .collect();
            assert_eq!(found.join(" "), wanted, "{query}");
        }
    }

    #[test]
    fn a_long_phrase_has_few_combinations() {
        let mut analyzer = Analyzer::new().unwrap();
        let pattern = pattern(
            &format!("\"{}\"", "قرار لجنة والي ".repeat(8)),
            &mut analyzer,
        );
        assert_eq!(pattern.terms.len(), 24);
        assert!(pattern.combinations().len() <= MOST);
    }
}
