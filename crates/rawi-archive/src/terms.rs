//! The words of a text as the search index has them.
//!
//! A *term* is what a word is found by: its stem in the folded spelling, without the
//! letters, the article and the pronoun that Arabic writes on it, so that `كتاب`,
//! `الكتاب`, `وبالكتاب` and `لكتابه` are one. It depends on the spelling alone and on
//! nothing around it: whatever a text was indexed by, the same word of a query gives the
//! same term, and so does the text when it is looked at again for its highlights.
//!
//! Terms hold letters and digits only (and `٫` between digits), never a blank or a
//! character of private use.

mod alternatives;
mod pieces;

use std::collections::HashMap;

use rawi_model::PackError;
use rawi_morph::Morphology;
use rawi_morph::segment::{self, Segmenter};
use rawi_text::{Span, Tokens};

use pieces::Piece;

/// How many spellings an analyzer remembers before it forgets them all: some megabytes.
const REMEMBERED: usize = 1 << 16;

/// A word of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// Where it stands in the text, in bytes, with all signs that belong to it.
    pub span: Span,
    /// What it is found by.
    pub term: String,
}

/// Finds the words of texts and their terms. Whoever goes over many texts keeps one: it
/// remembers what it found out about a spelling.
pub struct Analyzer {
    segmenter: Segmenter<'static>,
    tokens: Tokens,
    /// By folded spelling.
    terms: HashMap<Box<str>, Box<str>>,
}

impl Analyzer {
    /// An analyzer with the morphology that comes with rawi.
    ///
    /// # Errors
    /// If the build was given a broken model file.
    pub fn new() -> Result<Self, PackError> {
        Ok(Self {
            segmenter: *Morphology::embedded()?.segmenter(),
            tokens: Tokens::default(),
            terms: HashMap::new(),
        })
    }

    /// Adds the terms of a text to `out`, one for each word in text order, separated by
    /// blanks: what the index is given. A blank is put between them and what `out` has
    /// already, so that a text may come in several pieces.
    pub fn index(&mut self, text: &str, out: &mut String) {
        self.each(text, |_, term| {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(term);
        });
    }

    /// The words of a text, in text order: the n-th is the n-th term of
    /// [`index`](Self::index).
    pub fn words(&mut self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        self.each(text, |span, term| {
            words.push(Word {
                span,
                term: term.to_owned(),
            });
        });
        words
    }

    /// The terms that each word of a query may stand for, its own first: one list for each
    /// of [`words`](Self::words).
    pub fn alternatives(&mut self, text: &str) -> Vec<Vec<String>> {
        let Self {
            segmenter, tokens, ..
        } = self;
        tokens.fill(text);
        let mut all = Vec::new();
        pieces::each(tokens, |_, piece| {
            all.push(match piece {
                Piece::Arabic(word) => alternatives::alternatives(segmenter, word),
                Piece::Plain(term) => vec![term.to_owned()],
            });
        });
        all
    }

    /// Calls `found` with each word of a text: its span in bytes and its term.
    pub fn each(&mut self, text: &str, mut found: impl FnMut(Span, &str)) {
        let Self {
            segmenter,
            tokens,
            terms,
        } = self;
        tokens.fill(text);
        pieces::each(tokens, |span, piece| match piece {
            Piece::Arabic(word) => {
                if let Some(term) = terms.get(word) {
                    found(span, term);
                    return;
                }
                if terms.len() >= REMEMBERED {
                    terms.clear();
                }
                let term = term(segmenter, word);
                found(span, &term);
                terms.insert(word.into(), term.into_boxed_str());
            }
            Piece::Plain(term) => found(span, term),
        });
    }
}

/// The term of a folded Arabic word.
fn term(segmenter: &Segmenter<'_>, word: &str) -> String {
    let cut = segmenter.cut(word);
    let stem = cut.stem(word);
    if cut.pronoun().is_empty() {
        return stem.to_owned();
    }
    let stem = match cut.prefix_len() {
        // Of letters in front and a pronoun the cut may see only one: `بحقوقهم`.
        0 => {
            let again = segmenter.cut(stem);
            match again.pronoun() {
                "" => again.stem(stem),
                _ => stem,
            }
        }
        _ => stem,
    };
    // Before a pronoun `ة` is written `ت`.
    if let Some(base) = stem.strip_suffix('ت') {
        let feminine = format!("{base}ه");
        let seen = |form: &str| segment::entry(&segmenter.entries, form).frequency();
        if seen(&feminine) > seen(stem) {
            return feminine;
        }
    }
    stem.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rawi_text::fold;

    fn terms(text: &str) -> String {
        let mut out = String::new();
        Analyzer::new().unwrap().index(text, &mut out);
        out
    }

    #[test]
    fn one_word_in_all_its_spellings_is_one_term() {
        let table = [
            ("كتاب", "كتاب الكتاب وبالكتاب للكتاب كتابها كِتَابٌ كتـــاب"),
            ("احمد", "أحمد احمد وأحمد لأحمد بأحمد"),
            ("والي", "الوالي ووالي لوالي"),
            ("بلال", "بلال وبلال لبلال"),
            ("كمال", "كمال وكمال لكمال"),
            ("فهد", "فهد وفهد لفهد"),
            ("وليد", "وليد ووليد الوليد"),
            ("لبنان", "لبنان ولبنان بلبنان للبنان"),
            ("حكومه", "حكومة الحكومه حكومته وحكومتها لحكومتهم"),
            ("بيت", "بيت البيت بيته"),
            ("يعلن", "يعلن سيعلن وسيعلن"),
            ("علي", "على علي وعلى"),
        ];
        for (term, spellings) in table {
            for spelling in spellings.split(' ') {
                assert_eq!(terms(spelling), term, "{spelling}");
            }
        }
    }

    #[test]
    fn what_counts_as_a_word() {
        let table = [
            ("وكالة أ.ف.ب: نعم", "وكاله افب نعم"),
            ("(أ ف ب)", "افب"),
            ("أ. ف. ب", "افب"),
            ("أ.د. سالم", "اد سالم"),
            ("د. سالم", "د سالم"),
            ("مجموعة الـ20", "مجموعه 20"),
            ("بـ«كذا» ٣٫٥ و14،654 2,5", "كذا 3٫5 14654 2٫5"),
            ("F-16 U.S. O’Neil É", "f 16 us oneil é"),
            ("#وسم_عربي @User_1", "وسم عربي user 1"),
            ("قال و أضاف", "قال اضاف"),
            ("، … <p> 😀 \u{e000}\u{f8ff}", ""),
            ("قال\u{e000}نعم\0لا", "قال نعم لا"),
        ];
        for (text, wanted) in table {
            assert_eq!(terms(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_word_of_a_query_asks_for_what_its_forms_have() {
        let table = [
            ("كتاب", "كتاب كتابا"),
            ("قرار", "قرار قرارا قراره"),
            ("والي", "الي والي"),
            ("لجنة", "جنه لجنه جن جنته"),
            ("وائل", "ايل وايل"),
            ("فهد", "فهد"),
            ("كندا", "كندا"),
            ("10:30", "10|30"),
        ];
        for (word, wanted) in table {
            let found = Analyzer::new().unwrap().alternatives(word);
            let found: Vec<String> = found.iter().map(|terms| terms.join(" ")).collect();
            assert_eq!(found.join("|"), wanted, "{word}");
        }
    }

    #[test]
    fn a_word_has_the_place_of_all_its_signs() {
        let text = "وقَالَ: «الـكِتَابُ» في أ.ف.ب و أضاف #وسم_عربي";
        let words = Analyzer::new().unwrap().words(text);
        let raw: Vec<&str> = words.iter().map(|w| &text[w.span.range()]).collect();
        let wanted = ["وقَالَ", "الـكِتَابُ", "في", "أ.ف.ب", "و أضاف", "وسم", "عربي"];
        assert_eq!(raw, wanted);
    }

    #[test]
    fn a_full_memory_changes_no_term() {
        let mut analyzer = Analyzer::new().unwrap();
        for n in 0..=REMEMBERED as u32 {
            let letters = (0..6).map(|i| char::from_u32(0x628 + (n >> (3 * i) & 7)));
            let word: String = letters.flatten().collect();
            analyzer.terms.insert(word.into(), "".into());
        }
        let mut out = String::new();
        analyzer.index("وبالكتاب", &mut out);
        assert_eq!(out, "كتاب");
        assert!(analyzer.terms.len() < 2);
    }

    proptest! {
        #[test]
        fn terms_are_bare_and_spans_slice(text in "([ابتكلوفسيهمدأإىةـً .،«»ـ\u{e000}]|\\PC){0,60}") {
            let mut analyzer = Analyzer::new().unwrap();
            let words = analyzer.words(&text);
            let mut out = String::new();
            analyzer.index(&text, &mut out);
            let listed: Vec<&str> = words.iter().map(|w| &*w.term).collect();
            prop_assert_eq!(out, listed.join(" "));
            let mut end = 0;
            for word in &words {
                prop_assert!(text.get(word.span.range()).is_some());
                prop_assert!(word.span.start.index() >= end && !word.span.is_empty());
                end = word.span.end.index();
                prop_assert!(!word.term.is_empty());
                let bare = |c: char| c.is_alphanumeric() || c == '٫';
                prop_assert!(word.term.chars().all(bare), "{:?}", word.term);
            }
        }

        #[test]
        fn folding_a_word_changes_no_term(text in "[ابتكلوفسيهمدأإىة][ابتكلوفسيهمدأإىةـًّ]{0,12}") {
            prop_assert_eq!(terms(&fold(&text)), terms(&text));
        }
    }
}
