//! Lays out arbitrary bytes: nothing may panic, and what comes out must hold
//! together.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rawi_text::{Layout, SourceText, fold};

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = SourceText::from_utf8(bytes.to_vec()) else {
        return;
    };
    let mut layout = Layout::new();
    layout.analyze(&source);

    let mut at = 0;
    for (i, token) in layout.tokens().iter().enumerate() {
        assert!(token.span.start.index() >= at && !token.span.is_empty());
        at = token.span.end.index();
        let text = source.slice(token.span).expect("a token cuts no character");
        assert_eq!(fold(text), layout.word(i));
        let chars = source.chars_of(token.span);
        assert_eq!(source.bytes_of(chars), Some(token.span));
    }
    for ranges in [layout.sentences(), layout.paragraphs()] {
        let mut next = 0;
        for range in ranges {
            assert!(range.start == next && range.end > next);
            next = range.end;
        }
        assert_eq!(next as usize, layout.tokens().len());
    }
    for (k, quote) in layout.quotes().iter().enumerate() {
        assert!(!source.slice(quote.content).expect("content cuts no character").is_empty());
        assert!(quote.continues.is_none_or(|before| (before as usize) < k));
    }
    let folded = layout.folded().as_str();
    assert_eq!(fold(folded), folded);
});
