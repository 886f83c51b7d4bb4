//! What holds for any text at all.

#![allow(clippy::unwrap_used)] // A test that fails may panic.

use proptest::prelude::*;
use rawi_text::{Layout, SourceText, fold};

/// Texts full of what goes wrong: marks, controls, digits, breaks.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ء-ي]{1,6}",
        "[\"«»“”„'‘’″.،؟!:()\\-…]{1,3}",
        "&quot;|#187;|''|\"\"",
        "[0-9٠-٩.,٫]{1,4}",
        "[\n\r\t ]{1,2}",
        "[\u{64b}-\u{652}\u{640}\u{200f}\u{202b}\u{feff}]{1,2}",
        "[a-zA-Z<>&;#@_]{1,5}",
        "\\PC{1,3}",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|v| v.concat())
}

proptest! {
    #[test]
    fn a_layout_is_sound(text in texts()) {
        let source = SourceText::new(text).unwrap();
        let mut layout = Layout::new();
        layout.analyze(&source);
        let tokens = layout.tokens();
        for pair in tokens.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start);
            prop_assert!(pair[0].folded.1 <= pair[1].folded.0);
        }
        for (i, token) in tokens.iter().enumerate() {
            prop_assert!(!token.span.is_empty());
            let text = source.slice(token.span);
            // The spaces behind a `و` written apart are no part of the word, those of `ﷺ` are.
            let letters = |text: &str| text.replace(' ', "");
            prop_assert_eq!(text.map(|t| letters(&fold(t))), Some(letters(layout.word(i))));
        }
        for sentence in layout.sentences() {
            let around = layout.paragraphs().iter().find(|p| p.contains(&sentence.start));
            prop_assert!(around.is_some_and(|p| sentence.end <= p.end));
        }
        for ranges in [layout.sentences(), layout.paragraphs()] {
            let mut at = 0;
            for range in ranges {
                prop_assert_eq!(range.start, at);
                prop_assert!(range.end > range.start);
                at = range.end;
            }
            prop_assert_eq!(at as usize, tokens.len());
        }
        for (k, quote) in layout.quotes().iter().enumerate() {
            prop_assert!((quote.open as usize) < tokens.len());
            prop_assert!(k == 0 || layout.quotes()[k - 1].open < quote.open);
            prop_assert!(source.slice(quote.content).is_some_and(|s| !s.is_empty()));
            prop_assert!(tokens[quote.open as usize].span.end <= quote.content.start);
            if let Some(close) = quote.close {
                prop_assert!(quote.content.end <= tokens[close as usize].span.start);
            }
            if let Some(before) = quote.continues {
                prop_assert!((before as usize) < k);
            }
        }
    }

    #[test]
    fn a_layout_can_be_refilled(a in texts(), b in texts()) {
        let (a, b) = (SourceText::new(a).unwrap(), SourceText::new(b).unwrap());
        let mut used = Layout::new();
        used.analyze(&a);
        used.analyze(&b);
        let mut fresh = Layout::new();
        fresh.analyze(&b);
        prop_assert_eq!(used.folded().as_str(), fresh.folded().as_str());
        prop_assert_eq!(used.tokens(), fresh.tokens());
        prop_assert_eq!(used.sentences(), fresh.sentences());
        prop_assert_eq!(used.paragraphs(), fresh.paragraphs());
        prop_assert_eq!(used.quotes(), fresh.quotes());
    }
}
