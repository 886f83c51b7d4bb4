//! The folded view: one spelling for all the ways of writing a word, with an
//! exact map back to the source.

mod letters;
mod presentation;

use std::ops::Range;

use crate::and;
use crate::{BytePos, Span};
pub use letters::fold;
use letters::{Fold, LETTERS, fold_char};

/// The folded view of a whole text.
#[derive(Clone, Default, Debug)]
pub struct Folded {
    text: String,
    /// For each byte of `text` the source range of the character it came from,
    /// marks that follow it included.
    origin: Vec<(u32, u32)>,
}

impl Folded {
    /// Fills the view from a text, forgetting the one before.
    pub fn fill(&mut self, text: &str) {
        let mut kept = std::mem::take(&mut self.text).into_bytes();
        kept.clear();
        kept.reserve(text.len());
        self.origin.clear();
        self.origin.reserve(text.len());
        let bytes = text.as_bytes();
        // Where the last kept character's bytes begin in the view, so that a
        // mark can widen it.
        let mut last = 0;
        let mut at = 0;
        while let Some(&lead) = bytes.get(at) {
            // The letters of Arabic are pairs of bytes, and what they fold to
            // has two bytes as well.
            if let (0xd8..=0xdb, Some(&trail)) = (lead, bytes.get(at + 1)) {
                let low = LETTERS[usize::from((lead << 6) | (trail & 0x3f))];
                if low != 0 {
                    last = kept.len();
                    kept.extend_from_slice(&[0xd8 | (low >> 6), 0x80 | (low & 0x3f)]);
                    let origin = (at as u32, at as u32 + 2);
                    self.origin.extend_from_slice(&[origin; 2]);
                    at += 2;
                    continue;
                }
            }
            if lead == b' '
                && kept.ends_with("و".as_bytes())
                && let Some(word) = and::joined(text, at)
            {
                at = word;
                continue;
            }
            if matches!(lead, b' '..=0x7f) {
                last = kept.len();
                kept.push(lead.to_ascii_lowercase());
                self.origin.push((at as u32, at as u32 + 1));
                at += 1;
                continue;
            }
            let Some(c) = text[at..].chars().next() else {
                break;
            };
            let end = at + c.len_utf8();
            let mut buffer = [0; 4];
            let letters = match fold_char(c) {
                Fold::One(c) => c.encode_utf8(&mut buffer),
                Fold::Many(letters) => letters,
                Fold::Mark => {
                    for origin in &mut self.origin[last..] {
                        if origin.1 as usize == at {
                            origin.1 = end as u32;
                        }
                    }
                    ""
                }
                Fold::Invisible => "",
            };
            if !letters.is_empty() {
                last = kept.len();
                kept.extend_from_slice(letters.as_bytes());
                self.origin.resize(kept.len(), (at as u32, end as u32));
            }
            at = end;
        }
        self.text = String::from_utf8(kept).expect("only whole characters were kept");
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The source span of a range of bytes of the view: from the first
    /// character's start to the last one's end with its marks. Empty for an
    /// empty range; a range that ends outside the view is cut at its end.
    pub fn span(&self, range: Range<usize>) -> Span {
        let within = self.origin.get(range.start..).unwrap_or_default();
        let within = &within[..range.len().min(within.len())];
        match (within.first(), within.last()) {
            (Some(first), Some(last)) => Span::new(first.0, last.1),
            _ => {
                let at = match self.origin.get(range.start) {
                    Some(origin) => origin.0,
                    None => self.origin.last().map_or(0, |origin| origin.1),
                };
                Span::new(at, at)
            }
        }
    }

    /// The range of bytes of the view whose characters start inside a source
    /// span.
    pub fn range_of(&self, span: Span) -> (u32, u32) {
        let before = |position: BytePos| self.origin.partition_point(|o| o.0 < position.0) as u32;
        (before(span.start), before(span.end))
    }

    /// A finger on the view, for callers that ask for place after place in
    /// text order.
    pub(crate) fn finger(&self) -> Finger<'_> {
        Finger {
            origin: &self.origin,
            at: 0,
        }
    }
}

/// Walks the view forwards beside its source.
pub(crate) struct Finger<'f> {
    origin: &'f [(u32, u32)],
    at: usize,
}

impl Finger<'_> {
    /// The first byte of the view whose character starts at or after a byte of
    /// the source.
    pub(crate) fn seek(&mut self, byte: usize) -> u32 {
        let rest = &self.origin[self.at..];
        self.at += rest
            .iter()
            .position(|o| o.0 as usize >= byte)
            .unwrap_or(rest.len());
        self.at as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_fold_to_one() {
        let table = [
            ("أكَّدَ", "اكد"),
            ("إلى", "الي"),
            ("مسؤولية", "مسووليه"),
            ("العـــراق", "العراق"),
            ("١٢٫٥", "12.5"),
            ("۱۴۰۲", "1402"),
            ("ﻣﺤﻤﺪ", "محمد"),
            ("ﻻ", "لا"),
            ("ﷲ", "الله"),
            ("\u{202b}نص\u{202c}", "نص"),
            ("CNN", "cnn"),
            ("ئيس", "ييس"),
            ("ایران", "ايران"),
            ("ماء", "ماء"),
            ("ﺍﻟﻘﺎﺿﻲ", "القاضي"),
            ("ﻧﺳﺑﺔ", "نسبه"),
            ("ﻷن", "لان"),
            ("\u{fc0e}\u{fd50}", "تمتجم"),
            ("گلان", "گلان"),
            ("رحم\u{ad}ة\u{200c}\u{feff}", "رحمه"),
            ("أ\u{a0}ب\u{2009}ج", "ا ب ج"),
        ];
        for (text, folded) in table {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn the_map_takes_marks_along_but_no_controls() {
        let text = "قالَ\u{200f} نعم";
        let mut folded = Folded::default();
        folded.fill(text);
        assert_eq!(folded.as_str(), "قال نعم");
        assert_eq!(&text[folded.span(0..6).range()], "قالَ");
        assert_eq!(folded.span(7..99), Span::new(12, 18));
        assert_eq!(folded.span(99..100), Span::new(18, 18));
        assert_eq!(folded.range_of(Span::new(0, 8)), (0, 6));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,60}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn the_map_is_monotone_and_slices(text in "[\u{600}-\u{6ff}a-z \u{200f}\u{fe70}-\u{fefc}]{0,60}") {
            let mut folded = Folded::default();
            folded.fill(&text);
            // A `و` that stands apart is one with its word in the view; `fold` takes characters
            // one by one.
            let mut written = String::new();
            let mut rest = 0;
            for (at, _) in text.match_indices(' ') {
                if let Some(word) = and::joined(&text, at) {
                    written.push_str(&text[rest..at]);
                    rest = word;
                }
            }
            written.push_str(&text[rest..]);
            prop_assert_eq!(folded.as_str(), fold(&written));
            prop_assert_eq!(folded.origin.len(), folded.text.len());
            prop_assert!(folded.origin.windows(2).all(|w| w[0].0 <= w[1].0 && w[0].1 <= w[1].1));
            for (i, _) in folded.as_str().char_indices() {
                let span = folded.span(i..i + 1);
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }
}
