//! What each character folds to. Shared with the build script, which folds the words
//! of its tables.

use super::presentation;
use crate::chars::{is_arabic_mark, is_invisible, is_line_break};

/// What becomes of a character.
pub(super) enum Fold {
    /// It stays, perhaps as another.
    One(char),
    /// It stands for these letters.
    Many(&'static str),
    /// A mark on the letter before it.
    Mark,
    /// Nothing to see: bidi controls, zero-width characters.
    Invisible,
}

/// Letters that fold to another letter. The hamza on the line and Persian
/// letters that Arabic lacks fold to nothing else.
const SPELLINGS: [(char, char); 18] = [
    ('أ', 'ا'),
    ('إ', 'ا'),
    ('آ', 'ا'),
    ('ٱ', 'ا'),
    ('ى', 'ي'),
    ('ئ', 'ي'),
    ('ی', 'ي'),
    ('ے', 'ي'),
    ('ۓ', 'ي'),
    ('ؤ', 'و'),
    ('ة', 'ه'),
    ('ۀ', 'ه'),
    ('ہ', 'ه'),
    ('ۂ', 'ه'),
    ('ھ', 'ه'),
    ('ە', 'ه'),
    ('ک', 'ك'),
    ('ں', 'ن'),
];

/// The letters of the block U+0600 to U+06FF, folded: the low byte of each
/// one's code point, 0 for everything else. Nearly every character of an
/// article is looked up here.
pub(super) static LETTERS: [u8; 256] = {
    let mut table = [0; 256];
    let mut low = 0x21;
    while low <= 0x4a {
        // Between the two rows of letters stand rare ones and tatweel.
        if low < 0x3b || low > 0x40 {
            table[low] = low as u8;
        }
        low += 1;
    }
    let mut i = 0;
    while i < SPELLINGS.len() {
        let (from, to) = SPELLINGS[i];
        table[from as usize & 0xff] = (to as u32 & 0xff) as u8;
        i += 1;
    }
    table
};

/// Folds one character.
pub(super) fn fold_char(c: char) -> Fold {
    Fold::One(match c {
        '\u{21}'..='\u{7f}' => c.to_ascii_lowercase(),
        '\u{600}'..='\u{6ff}' if LETTERS[c as usize & 0xff] != 0 => {
            letter(LETTERS[c as usize & 0xff])
        }
        '٠'..='٩' => ascii_digit(c, '٠'),
        '۰'..='۹' => ascii_digit(c, '۰'),
        '٫' => '.',
        '٬' => ',',
        _ if is_arabic_mark(c) => return Fold::Mark,
        _ if is_invisible(c) => return Fold::Invisible,
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
            return match presentation::letters(c) {
                Some("") => Fold::Mark,
                Some(letters) => Fold::Many(letters),
                None => Fold::One(c),
            };
        }
        _ if c.is_whitespace() && !is_line_break(c) => ' ',
        _ => c,
    })
}

/// The letter of U+0600 to U+06FF with a low byte.
fn letter(low: u8) -> char {
    char::from_u32(0x600 + u32::from(low)).unwrap_or_default()
}

fn ascii_digit(c: char, zero: char) -> char {
    let value = c as u32 - zero as u32;
    char::from_digit(value, 10).unwrap_or(c)
}

/// Folds a lone word or phrase; build scripts make table keys with it.
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
