//! Numbers in Arabic words, read and written.
//!
//! Reading takes every case and gender and the spellings of newspapers
//! (`ثلاثمائة`, `ثلاث مئة`, `ثمان`), with digits of any script between the
//! words (`3 آلاف`). Writing gives the nominative.
//!
//! ```
//! use rawi_time::number::{self, Gender};
//!
//! assert_eq!(number::cardinal("ثلاثمائة وخمسة وستين"), Some(365));
//! assert_eq!(number::decimal("٢٫٥"), Some(2.5));
//! assert_eq!(number::ordinal("الحادية والعشرين"), Some(21));
//! assert_eq!(number::spell(12, Gender::Feminine), "اثنتا عشرة");
//! ```

mod read;
mod spell;

pub(crate) use read::{Piece, digits, read_cardinal, read_ordinal};
pub use spell::{Gender, spell, spell_ordinal};

use rawi_text::Layout;

/// The value of a text that is one whole number in words or digits, such as
/// `مئة وعشرين` or `١٠٠ ألف`; `None` for anything else, decimals included.
pub fn cardinal(text: &str) -> Option<u64> {
    let folded = rawi_text::fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let reading = read_cardinal(|i| Piece::of(words.get(i)?))?;
    (reading.len == words.len()).then_some(reading.value)
}

/// The value of a text that is one whole number, decimals, fractions of digits
/// (`٧٧/١٠٠`) and a leading minus included.
pub fn decimal(text: &str) -> Option<f64> {
    let folded = rawi_text::fold(text);
    let folded = folded.trim();
    if let Some(rest) = folded.strip_prefix(['-', '−']) {
        return decimal(rest).map(|n| -n);
    }
    if let Some((top, bottom)) = folded.split_once('/') {
        let bottom = read::decimal_digits(bottom)?;
        return (bottom != 0.0).then_some(read::decimal_digits(top)? / bottom);
    }
    if let Some(value) = read::decimal_digits(folded) {
        return Some(value);
    }
    let words: Vec<&str> = folded.split_whitespace().collect();
    match words
        .iter()
        .position(|w| Piece::of(w).is_some_and(Piece::is_point))
    {
        Some(at) => {
            let whole = cardinal(&words[..at].join(" "))?;
            let part = cardinal(&words[at + 1..].join(" "))?;
            read::decimal_digits(&format!("{whole}.{part}"))
        }
        None => cardinal(folded).map(|n| n as f64),
    }
}

/// The place that an ordinal names: `الثالث عشر` is 13. With or without the
/// article, but tens (`العشرون`) only with it.
pub fn ordinal(text: &str) -> Option<u32> {
    let folded = rawi_text::fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let reading = read_ordinal(|i| Piece::of(words.get(i)?))?;
    (reading.len == words.len()).then_some(reading.value as u32)
}

/// The number that begins at token `start` and how many tokens it takes, for
/// callers that count what a text counts.
pub fn leading(layout: &Layout, start: usize) -> Option<(u64, usize)> {
    let reading = read_cardinal(|i| {
        let at = start + i;
        (at < layout.tokens().len()).then(|| Piece::of(layout.word(at)))?
    })?;
    Some((reading.value, reading.len))
}
