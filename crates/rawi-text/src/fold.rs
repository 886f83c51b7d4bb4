//! The folded view: one spelling for all the ways of writing a word, with an
//! exact map back to the source.

use std::ops::Range;

use crate::{BytePos, Span};

/// The folded view of a whole text.
#[derive(Clone, Default, Debug)]
pub struct Folded {
    text: String,
    /// For each byte of `text` the source range of the character it came from,
    /// marks that follow it included.
    origin: Vec<(u32, u32)>,
}

/// What becomes of a character.
enum Fold {
    /// It stays, perhaps as another.
    One(char),
    /// It is a ligature of several letters.
    Many(&'static str),
    /// A mark on the letter before it.
    Mark,
    /// Nothing to see: bidi controls, zero-width characters.
    Invisible,
}

/// Folds one character.
///
/// Kept apart are the hamza on the line, Persian letters that Arabic lacks, and
/// everything that is not Arabic (but for ASCII case and spaces).
fn fold_char(c: char) -> Fold {
    Fold::One(match c {
        'ا'..='ي' | 'ء' => match c {
            'ى' => 'ي',
            'ة' => 'ه',
            '\u{640}' => return Fold::Mark,
            c => c,
        },
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ئ' => 'ي',
        '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{610}'..='\u{61a}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}' => {
            return Fold::Mark;
        }
        'ی' => 'ي',
        'ک' => 'ك',
        'ہ' | 'ە' => 'ه',
        '٠'..='٩' => ascii_digit(c, '٠'),
        '۰'..='۹' => ascii_digit(c, '۰'),
        '٫' => '.',
        '٬' => ',',
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'
        | '\u{2066}'..='\u{2069}'
        | '\u{61c}'
        | '\u{feff}'
        | '\u{ad}' => return Fold::Invisible,
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => return presentation(c),
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c if c.is_whitespace() && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}') => ' ',
        c => c,
    })
}

fn ascii_digit(c: char, zero: char) -> char {
    let value = c as u32 - zero as u32;
    char::from_digit(value, 10).unwrap_or(c)
}

/// Presentation forms of the letters of Arabic, by their code points. A letter's
/// isolated, final, initial and medial forms stand side by side.
fn presentation(c: char) -> Fold {
    /// First code point of a letter's forms, and the letter folded.
    const LETTERS: [(u32, char); 37] = [
        (0xfe80, 'ء'),
        (0xfe81, 'ا'),
        (0xfe83, 'ا'),
        (0xfe85, 'و'),
        (0xfe87, 'ا'),
        (0xfe89, 'ي'),
        (0xfe8d, 'ا'),
        (0xfe8f, 'ب'),
        (0xfe93, 'ه'),
        (0xfe95, 'ت'),
        (0xfe99, 'ث'),
        (0xfe9d, 'ج'),
        (0xfea1, 'ح'),
        (0xfea5, 'خ'),
        (0xfea9, 'د'),
        (0xfeab, 'ذ'),
        (0xfead, 'ر'),
        (0xfeaf, 'ز'),
        (0xfeb1, 'س'),
        (0xfeb5, 'ش'),
        (0xfeb9, 'ص'),
        (0xfebd, 'ض'),
        (0xfec1, 'ط'),
        (0xfec5, 'ظ'),
        (0xfec9, 'ع'),
        (0xfecd, 'غ'),
        (0xfed1, 'ف'),
        (0xfed5, 'ق'),
        (0xfed9, 'ك'),
        (0xfedd, 'ل'),
        (0xfee1, 'م'),
        (0xfee5, 'ن'),
        (0xfee9, 'ه'),
        (0xfeed, 'و'),
        (0xfeef, 'ي'),
        (0xfef1, 'ي'),
        (0xfef5, '\0'),
    ];
    match c as u32 {
        0xfe70..=0xfe7f => Fold::Mark,
        0xfef5..=0xfefc => Fold::Many("لا"),
        0xfdf2 => Fold::Many("الله"),
        0xfdfa => Fold::Many("صلي الله عليه وسلم"),
        0xfb56..=0xfb59 => Fold::One('پ'),
        0xfb7a..=0xfb7d => Fold::One('چ'),
        0xfb8e..=0xfb91 => Fold::One('ك'),
        0xfb92..=0xfb95 => Fold::One('گ'),
        0xfbfc..=0xfbff => Fold::One('ي'),
        code @ 0xfe80..=0xfef4 => {
            let at = LETTERS.partition_point(|(first, _)| *first <= code);
            Fold::One(LETTERS[at.saturating_sub(1)].1)
        }
        _ => Fold::One(c),
    }
}

/// Folds a lone word or phrase; the build scripts make table keys with it.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match fold_char(c) {
            Fold::One(c) => out.push(c),
            Fold::Many(s) => out.push_str(s),
            Fold::Mark | Fold::Invisible => {}
        }
    }
    out
}

impl Folded {
    /// Fills the view from a text, forgetting the one before.
    pub fn fill(&mut self, text: &str) {
        self.text.clear();
        self.origin.clear();
        self.text.reserve(text.len());
        self.origin.reserve(text.len());
        // Where the last kept character's bytes begin in the view, so that a
        // mark can widen it.
        let mut last = 0;
        let mut at = 0u32;
        for c in text.chars() {
            let end = at + c.len_utf8() as u32;
            match fold_char(c) {
                Fold::One(c) => {
                    last = self.text.len();
                    self.text.push(c);
                    self.origin.resize(self.text.len(), (at, end));
                }
                Fold::Many(s) => {
                    last = self.text.len();
                    self.text.push_str(s);
                    self.origin.resize(self.text.len(), (at, end));
                }
                Fold::Mark => {
                    for origin in &mut self.origin[last..] {
                        if origin.1 == at {
                            origin.1 = end;
                        }
                    }
                }
                Fold::Invisible => {}
            }
            at = end;
        }
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The source span of a range of bytes of the view: from the first
    /// character's start to the last one's end with its marks. Empty for an
    /// empty range.
    pub fn span(&self, range: Range<usize>) -> Span {
        if range.is_empty() {
            let at = self.origin.get(range.start).map_or(0, |o| o.0);
            return Span::new(at, at);
        }
        Span::new(self.origin[range.start].0, self.origin[range.end - 1].1)
    }

    /// The range of bytes of the view whose characters start inside a source
    /// span.
    pub fn range_of(&self, span: Span) -> (u32, u32) {
        let before = |position: BytePos| {
            u32::try_from(self.origin.partition_point(|o| o.0 < position.0)).unwrap_or(u32::MAX)
        };
        (before(span.start), before(span.end))
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
            prop_assert_eq!(folded.as_str(), fold(&text));
            prop_assert_eq!(folded.origin.len(), folded.text.len());
            prop_assert!(folded.origin.windows(2).all(|w| w[0].0 <= w[1].0 && w[0].1 <= w[1].1));
            for (i, _) in folded.as_str().char_indices() {
                let span = folded.span(i..i + 1);
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }
}
