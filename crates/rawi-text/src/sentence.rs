//! Paragraphs and sentences, also where line breaks were lost and full stops
//! are glued to the next word.

use std::ops::Range;

use crate::{Layout, Token, TokenKind};

include!(concat!(env!("OUT_DIR"), "/abbreviations.rs"));

/// Fills `out` with the paragraphs: stretches of tokens without a line break.
pub(crate) fn paragraphs(text: &str, tokens: &[Token], out: &mut Vec<Range<u32>>) {
    out.clear();
    let mut start = 0u32;
    for (i, pair) in (1u32..).zip(tokens.windows(2)) {
        let between = &text[pair[0].span.end.index()..pair[1].span.start.index()];
        if between.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
            out.push(start..i);
            start = i;
        }
    }
    let end = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
    if start < end {
        out.push(start..end);
    }
}

/// Fills `out` with the sentences of a layout that has everything else.
pub(crate) fn split(layout: &Layout, out: &mut Vec<Range<u32>>) {
    out.clear();
    let mut closing: Vec<u32> = layout.quotes().iter().filter_map(|q| q.close).collect();
    closing.sort_unstable();
    let closes = |i: u32| closing.binary_search(&i).is_ok();
    for paragraph in layout.paragraphs() {
        let mut start = paragraph.start;
        let mut i = start;
        // A sentence has something besides punctuation.
        let mut worded = false;
        while i < paragraph.end {
            worded |= layout.tokens()[i as usize].kind != TokenKind::Punct;
            if !worded || !ends_sentence(layout, start, i, paragraph.end) {
                i += 1;
                continue;
            }
            worded = false;
            i += 1;
            // More stops, and what closes right after them, belong here.
            while i < paragraph.end && (closes(i) || trails(layout, i)) {
                i += 1;
            }
            out.push(start..i);
            start = i;
        }
        if start < paragraph.end {
            out.push(start..paragraph.end);
        }
    }
}

/// Whether token `i` can only trail a sentence that has ended.
fn trails(layout: &Layout, i: u32) -> bool {
    let token = &layout.tokens()[i as usize];
    let word = layout.word(i as usize);
    !token.spaced && matches!(word, ")" | "]" | "؟" | "!" | "?" | ".") || word == "." && token.spaced
}

/// Whether the token at `i` ends the sentence that began at `start` and has
/// words.
fn ends_sentence(layout: &Layout, start: u32, i: u32, end: u32) -> bool {
    let i = i as usize;
    if layout.tokens()[i].kind != TokenKind::Punct {
        return false;
    }
    match layout.word(i) {
        "؟" | "?" | "!" | "۔" => true,
        "." => !abbreviates(layout, start as usize, i, end as usize),
        dots => dots.starts_with('…') || dots.starts_with(".."),
    }
}

/// Whether the full stop at `i` belongs to an abbreviation, an initial or the
/// numeral of a list.
fn abbreviates(layout: &Layout, start: usize, i: usize, end: usize) -> bool {
    let tokens = layout.tokens();
    let Some(before) = i.checked_sub(1).filter(|&b| b >= start) else {
        return false;
    };
    // In `(أ . ف . ب)` spaces stand around the stops.
    let word = layout.word(before);
    let letter = word.chars().count() == 1;
    match tokens[before].kind {
        TokenKind::Word => {
            let known = ABBREVIATIONS.binary_search(&word).is_ok();
            (letter || known && !tokens[i].spaced) && i + 1 < end
        }
        TokenKind::Latin => {
            let next_glued = i + 1 < end && !tokens[i + 1].spaced;
            letter && i + 1 < end || next_glued && tokens[i + 1].kind == TokenKind::Latin
        }
        TokenKind::Number => before == start,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Layout, SourceText};

    fn sentences(text: &str) -> Vec<String> {
        let source = SourceText::new(text).unwrap();
        let mut layout = Layout::new();
        layout.analyze(&source);
        layout
            .sentences()
            .iter()
            .map(|s| {
                let span = layout.cover(s.start as usize..s.end as usize);
                source.slice(span).unwrap().to_owned()
            })
            .collect()
    }

    #[test]
    fn where_sentences_end() {
        let table: [(&str, &[&str]); 13] = [
            ("وصل الوفد. وغادر أمس.", &["وصل الوفد.", "وغادر أمس."]),
            ("وصل الوفد.وقال إنه متفائل.", &["وصل الوفد.", "وقال إنه متفائل."]),
            ("وصل الوفد .وقال إنه متفائل .", &["وصل الوفد .", "وقال إنه متفائل ."]),
            ("قال د. سامر نعم. ثم خرج", &["قال د. سامر نعم.", "ثم خرج"]),
            ("ذكرت (أ.ف.ب) الخبر", &["ذكرت (أ.ف.ب) الخبر"]),
            ("بنسبة 3.5 بالمئة. انتهى", &["بنسبة 3.5 بالمئة.", "انتهى"]),
            ("قال: «نعم.» ثم خرج", &["قال: «نعم.»", "ثم خرج"]),
            ("هل وصل؟ نعم!", &["هل وصل؟", "نعم!"]),
            ("سطر أول\nسطر ثان", &["سطر أول", "سطر ثان"]),
            ("1. أولا\n2. ثانيا", &["1. أولا", "2. ثانيا"]),
            ("انتظر... ثم خرج", &["انتظر...", "ثم خرج"]),
            ("(وصل أمس.) ثم خرج", &["(وصل أمس.)", "ثم خرج"]),
            ("", &[]),
        ];
        for (text, wanted) in table {
            assert_eq!(sentences(text), wanted, "{text}");
        }
    }
}
