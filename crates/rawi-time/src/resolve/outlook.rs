//! Whether a sentence reports or announces.
//!
//! A bare weekday is the nearest past one in a report and the nearest coming
//! one in an announcement. What tells them apart is close by: a verb of the
//! future (`سيعود الخميس`) or a word like `المقرر`, before the day and in the
//! same stretch between marks.

use std::ops::Range;

use rawi_text::{Layout, TokenKind};

use crate::lexicon::Vocabulary;

/// How many tokens before the expression count.
const WINDOW: usize = 12;

/// Whether the words before an expression announce.
pub(crate) fn looks_ahead(
    layout: &Layout,
    words: &Vocabulary,
    sentence: &Range<u32>,
    tokens: &Range<usize>,
) -> bool {
    let from = tokens
        .start
        .saturating_sub(WINDOW)
        .max(sentence.start as usize);
    for at in (from..tokens.start).rev() {
        match layout.tokens()[at].kind {
            TokenKind::Punct => return false,
            TokenKind::Word => {}
            _ => continue,
        }
        if words[layout.spelling(at)].announces {
            return true;
        }
    }
    false
}
