//! Whether a sentence reports or announces.
//!
//! A bare weekday is the nearest past one in a report and the nearest coming
//! one in an announcement. What tells them apart is close by: a verb of the
//! future (`سيعود الخميس`) or a word like `المقرر`, before the day and in the
//! same stretch between marks.

use std::ops::Range;

use rawi_text::{Layout, TokenKind};

use crate::lexicon::{self, Sense};

/// How many tokens before the expression count.
const WINDOW: usize = 12;

/// Whether the words before an expression announce.
pub(crate) fn looks_ahead(layout: &Layout, sentence: &Range<u32>, tokens: &Range<usize>) -> bool {
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
        let word = layout.word(at);
        let announces = |s| (s == Sense::Future).then_some(());
        if lexicon::analyze(word).sense(announces).is_some() || is_future_verb(word) {
            return true;
        }
    }
    false
}

/// `سيعود`, `وستعقد`: `س` before a verb in the imperfect, unless the table
/// knows a noun that begins so.
fn is_future_verb(word: &str) -> bool {
    rawi_morph::future_verb(word)
        .is_some_and(|verb| verb.chars().count() >= 5 && !lexicon::is_noun_of_future(verb))
}

#[cfg(test)]
mod tests {
    use super::is_future_verb;

    #[test]
    fn nouns_are_no_verbs() {
        for word in [
            "سيعود",
            "وستعقد",
            "سيلتقي",
            "سيدرس",
            "سيفتح",
            "سنعلن",
            "فسيبدا",
        ] {
            assert!(is_future_verb(word), "{word}");
        }
        for word in ["سياره", "سياسيه", "سنوات", "وسيطره", "سبق", "ستين"]
        {
            assert!(!is_future_verb(word), "{word}");
        }
    }
}
