//! Paragraphs and sentences, also where line breaks were lost and full stops
//! are glued to the next word.

use std::ops::Range;

use crate::chars::is_line_break;
use crate::layout::Words;
use crate::{Furniture, Token, TokenKind};

include!(concat!(env!("OUT_DIR"), "/abbreviations.rs"));

/// Fills `out` with the paragraphs: stretches of tokens without a line break.
pub(crate) fn paragraphs(text: &str, tokens: &[Token], out: &mut Vec<Range<u32>>) {
    out.clear();
    let mut start = 0u32;
    for (i, pair) in (1u32..).zip(tokens.windows(2)) {
        let between = &text[pair[0].span.end.index()..pair[1].span.start.index()];
        if between != " " && between.contains(is_line_break) {
            out.push(start..i);
            start = i;
        }
    }
    let end = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
    if start < end {
        out.push(start..end);
    }
}

/// No sentence has more tokens than this, so that a text without full stops is
/// read in pieces of bounded size. Of a million sentences of news fewer than a
/// hundred are longer, and those are lists and tables.
const LONGEST: usize = 400;

/// Fills `out` with the sentences of a text. `closing` are the tokens of closing
/// quotation marks, sorted, each with its quote.
pub(crate) fn split(
    words: Words<'_>,
    paragraphs: &[Range<u32>],
    closing: &[(u32, u32)],
    furniture: &[Furniture],
    out: &mut Vec<Range<u32>>,
) {
    out.clear();
    // Page furniture in the middle of a line is a sentence by itself.
    let borders: Vec<u32> = furniture
        .iter()
        .filter(|f| f.stands_apart())
        .flat_map(|f| [f.tokens.start, f.tokens.end])
        .collect();
    let borders_at = |i: usize| borders.binary_search(&(i as u32)).is_ok();
    let closes = |i: usize| closing.binary_search_by_key(&i, |c| c.0 as usize).is_ok();
    for paragraph in paragraphs {
        let end = paragraph.end as usize;
        let first = out.len();
        let mut start = paragraph.start as usize;
        let mut i = start;
        // A sentence has something besides punctuation.
        let mut worded = false;
        while i < end {
            if i > start && borders_at(i) {
                out.push(start as u32..i as u32);
                start = i;
                worded = false;
            }
            worded |= words.tokens[i].kind != TokenKind::Punct;
            if !worded || !ends_at(words, start, i, end) {
                i += 1;
                continue;
            }
            worded = false;
            i += 1;
            // More stops, and what closes right after them, belong here.
            while i < end && (trails(words, i) || closes(i)) && !borders_at(i) {
                i += 1;
            }
            push(words, start..i, out);
            start = i;
        }
        if start == end {
            continue;
        }
        // What has no words goes with the sentence before.
        if !worded && out.len() > first {
            start = out.pop().map_or(start, |last| last.start as usize);
        }
        push(words, start..end, out);
    }
}

/// Adds a sentence, cut where it is too long: behind the last comma of what can be
/// read at once, or wherever there is none.
fn push(words: Words<'_>, sentence: Range<usize>, out: &mut Vec<Range<u32>>) {
    let mut start = sentence.start;
    while sentence.end - start > LONGEST {
        let end = start + LONGEST;
        let comma = (start + LONGEST / 2..end)
            .rev()
            .find(|&i| matches!(words.word(i), "،" | "," | "؛"));
        let cut = comma.map_or(end, |i| i + 1);
        out.push(start as u32..cut as u32);
        start = cut;
    }
    out.push(start as u32..sentence.end as u32);
}

/// Whether token `i` can only trail a sentence that has ended.
fn trails(words: Words<'_>, i: usize) -> bool {
    let token = words.tokens[i];
    if token.kind != TokenKind::Punct {
        return false;
    }
    match words.word(i) {
        ")" | "]" | "؟" | "!" | "?" => !token.spaced,
        word => word.starts_with(['.', '…']),
    }
}

/// Whether token `i` ends a sentence that began at `start` and has words;
/// `end` is where its paragraph ends.
///
/// A full stop does unless it belongs to an abbreviation, an initial, a number
/// or the numeral of a list; so do runs of dots, `…`, question and exclamation
/// marks. A semicolon never does.
pub(crate) fn ends_at(words: Words<'_>, start: usize, i: usize, end: usize) -> bool {
    if words.tokens[i].kind != TokenKind::Punct {
        return false;
    }
    match words.word(i) {
        "؟" | "?" | "!" | "۔" => true,
        "." => !is_inside(words, start, i, end),
        dots => dots.starts_with('…') || dots.starts_with(".."),
    }
}

/// Whether the full stop at `i` stands inside something: an abbreviation, an
/// initial, the numeral of a list, a number with its point moved.
fn is_inside(words: Words<'_>, start: usize, i: usize, end: usize) -> bool {
    let Some(before) = i.checked_sub(1).filter(|&b| b >= start) else {
        return false;
    };
    let Some(after) = Some(i + 1).filter(|&a| a < end) else {
        return false;
    };
    let word = words.word(before);
    let (spaced_before, spaced_after) = (words.tokens[i].spaced, words.tokens[after].spaced);
    let one_letter = |w: &str| w.chars().nth(1).is_none();
    match words.tokens[before].kind {
        TokenKind::Word => {
            // In `(أ . ف . ب)` spaces stand around the stops; `ود. سامر` is
            // one more doctor.
            one_letter(word.strip_prefix('و').unwrap_or(word))
                || SHORT_FORMS.binary_search(&word).is_ok() && !spaced_before
                || is_letter_name(word)
                    && (is_letter_name(words.word(after)) || one_letter(words.word(after)))
        }
        TokenKind::Latin => {
            let last = word.rsplit('.').next();
            last.is_some_and(one_letter)
                || !spaced_after && words.tokens[after].kind == TokenKind::Latin
        }
        // `1. أولا`, and `44 .1%` for 1.44% with its parts changed over.
        TokenKind::Number => {
            before == start
                || spaced_before && !spaced_after && words.tokens[after].kind == TokenKind::Number
        }
        _ => false,
    }
}

/// Whether a word is the name of a Latin letter: `سي`, `دبليو`.
fn is_letter_name(word: &str) -> bool {
    LETTER_NAMES.binary_search(&word).is_ok()
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
        // Sentences are separated by `|` in the right column.
        let table = [
            ("وصل الوفد. وغادر أمس.", "وصل الوفد.|وغادر أمس."),
            ("وصل الوفد.وقال إنه متفائل.", "وصل الوفد.|وقال إنه متفائل."),
            (
                "وصل الوفد .وقال إنه متفائل .",
                "وصل الوفد .|وقال إنه متفائل .",
            ),
            ("قال: «نعم.» ثم خرج", "قال: «نعم.»|ثم خرج"),
            ("قال: «نعم» .ثم خرج", "قال: «نعم» .|ثم خرج"),
            ("هل وصل؟ نعم!", "هل وصل؟|نعم!"),
            ("هل وصل؟! نعم", "هل وصل؟!|نعم"),
            (
                "سطر أول\nسطر ثان\r\nثالث\u{2029}رابع\u{85}خامس",
                "سطر أول|سطر ثان|ثالث|رابع|خامس",
            ),
            ("انتظر... ثم خرج", "انتظر...|ثم خرج"),
            ("انتظر..ثم خرج…وعاد", "انتظر..|ثم خرج…|وعاد"),
            ("(وصل أمس.) ثم خرج", "(وصل أمس.)|ثم خرج"),
            ("وصل الوفد؛ وغادر أمس", "وصل الوفد؛ وغادر أمس"),
            ("وصل الوفد. .\nثم خرج", "وصل الوفد. .|ثم خرج"),
            ("وصل الوفد.  وغادر", "وصل الوفد.|وغادر"),
            ("", ""),
        ];
        for (text, wanted) in table {
            assert_eq!(sentences(text).join("|"), wanted, "{text}");
        }
    }

    #[test]
    fn long_sentences_are_cut() {
        let text = "كلمة ".repeat(250) + "، " + &"كلمة ".repeat(500);
        let lengths: Vec<usize> = sentences(&text)
            .iter()
            .map(|s| s.split(' ').count())
            .collect();
        assert_eq!(lengths, [251, 400, 100]);
        assert_eq!(
            sentences(&("وصل. ".to_owned() + &"- ".repeat(900))).len(),
            3
        );
    }

    #[test]
    fn stops_inside_a_sentence() {
        let table = [
            "قال د. سامر نعم",
            "قال د .سامر نعم",
            "حضر د. سامر ود. ليلى ود .نهى",
            "ذكرت (أ.ف.ب) الخبر",
            "ذكرت (أ . ف . ب) الخبر",
            "ذكرت (د. ب. أ) الخبر",
            "عنوانه ص.ب 12 في المدينة",
            "وكالة يو. أس. أي دي وصلت",
            "شركة أي. سي. أم للنقل",
            "بنسبة 3.5 بالمئة",
            "بنسبة 44 .1% أمس",
            "على مستوى 32 .6039 نقطة",
            "1. أولا",
            "كتبه J. Smith أمس",
            "في U.S. أمس",
            "على موقع node.js وحده",
            "زوروا example.com اليوم",
        ];
        for text in table {
            assert_eq!(sentences(text), [text]);
        }
    }
}
