//! The places in a text that a query's words stand at: found by looking at the raw text
//! again, never by offsets of the folded one.

use std::ops::Range;

use rawi_text::Span;

use super::pattern::{Pattern, Seen};
use crate::terms::{Analyzer, Word};

/// A text that is one, or several pieces that are read on from one to the next: what has
/// one row of the index.
pub(crate) struct Words<'t> {
    /// With the number of the piece that each stands in.
    words: Vec<(usize, Word)>,
    pieces: Vec<&'t str>,
}

/// A place of words: the piece, and the bytes of it.
pub(crate) type Found = (usize, Range<usize>);

impl<'t> Words<'t> {
    /// The words of some pieces.
    pub fn of(pieces: Vec<&'t str>, analyzer: &mut Analyzer) -> Self {
        let mut words = Vec::new();
        for (number, piece) in pieces.iter().enumerate() {
            words.extend(analyzer.words(piece).into_iter().map(|w| (number, w)));
        }
        Self { words, pieces }
    }

    /// The words as patterns see them.
    pub fn seen(&self) -> Vec<Seen<'_>> {
        let raw = |piece: usize, span: Span| &self.pieces[piece][span.range()];
        self.words
            .iter()
            .map(|(piece, word)| Seen {
                term: &word.term,
                raw: raw(*piece, word.span),
            })
            .collect()
    }

    /// Where some patterns stand, in text order and without overlaps; a place that goes
    /// over the end of a piece is cut there.
    pub fn places(&self, patterns: &[Pattern]) -> Vec<Found> {
        let seen = self.seen();
        let mut places: Vec<Range<usize>> = patterns.iter().flat_map(|p| p.places(&seen)).collect();
        places.sort_unstable_by_key(|p| (p.start, p.end));
        let mut found: Vec<Found> = Vec::new();
        let mut end = 0;
        for place in places {
            // What overlaps a place before only makes it longer.
            let overlaps = place.start < end;
            for i in place.start.max(end)..place.end {
                let (piece, word) = &self.words[i];
                let span = word.span.range();
                match found.last_mut() {
                    Some((last, range)) if last == piece && (overlaps || i > place.start) => {
                        range.end = span.end;
                    }
                    _ => found.push((*piece, span)),
                }
            }
            end = end.max(place.end);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Node, Query};
    use proptest::prelude::*;

    fn shown(query: &str, pieces: Vec<&str>) -> String {
        let mut analyzer = Analyzer::new().unwrap();
        let patterns: Vec<Pattern> = match Query::parse(query).unwrap().root {
            Some(Node::Words(words)) => vec![Pattern::of(&words, &mut analyzer)],
            Some(Node::All(parts)) => parts
                .iter()
                .map(|part| match part {
                    Node::Words(words) => Pattern::of(words, &mut analyzer),
                    other => panic!("{other:?}"),
                })
                .collect(),
            other => panic!("{other:?}"),
        };
        let words = Words::of(pieces.clone(), &mut analyzer);
        let mut out = Vec::new();
        for (piece, range) in words.places(&patterns) {
            out.push(pieces[piece][range].to_owned());
        }
        out.join("|")
    }

    #[test]
    fn what_is_shown_is_raw() {
        let text = "قال إنّ الـمِينَاءَ الجَديدَ، وبالميناءِ القديم ومينائه، لن يُغلقا";
        let table = [
            ("ميناء", "الـمِينَاءَ|وبالميناءِ"),
            ("\"الميناء الجديد\"", "الـمِينَاءَ الجَديدَ"),
            ("الميناء \"الميناء الجديد\"", "الـمِينَاءَ الجَديدَ|وبالميناءِ"),
            (
                "\"الجديد وبالميناء\" \"الميناء القديم\"",
                "الجَديدَ، وبالميناءِ القديم",
            ),
            ("=الميناء", "الـمِينَاءَ"),
            ("رصيف", ""),
        ];
        for (query, wanted) in table {
            assert_eq!(shown(query, vec![text]), wanted, "{query}");
        }
    }

    #[test]
    fn a_phrase_may_go_over_pieces() {
        let pieces = vec!["توسعة الميناء", "الجديد مستمرة"];
        assert_eq!(shown("\"الميناء الجديد\"", pieces), "الميناء|الجديد");
    }

    proptest! {
        #[test]
        fn places_are_in_order_and_slice(text in "([ابتلو ]|ميناء|الميناء|\\PC){0,30}") {
            let mut analyzer = Analyzer::new().unwrap();
            let query = Query::parse("ميناء \"ميناء ميناء\" \"الميناء ب\"~2").unwrap();
            let Some(Node::All(parts)) = query.root else { panic!() };
            let patterns: Vec<Pattern> = parts.iter().map(|part| match part {
                Node::Words(words) => Pattern::of(words, &mut analyzer),
                other => panic!("{other:?}"),
            }).collect();
            let words = Words::of(vec![&text], &mut analyzer);
            let mut end = 0;
            for (_, range) in words.places(&patterns) {
                prop_assert!(range.start >= end && text.get(range.clone()).is_some());
                end = range.end;
            }
        }
    }
}
