//! How well a quotation mark would open and how well it would close, by its
//! shape and by what stands beside it. Costs are small whole numbers; only
//! their differences mean anything.

use std::ops::Range;

use crate::TokenKind;
use crate::layout::Words;
use crate::proclitic;
use crate::token::QUOTATION_MARKS;

/// The marks that belong together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Family {
    /// « » ‹ › ≪ ≫ 《 》, and what stands for them: `<<` `>>` `((` `))`
    Angle = 1,
    /// “ ” „ ‟ ❝ ❞, in either direction: many keyboards write ”…“
    Curly = 2,
    /// " '' &quot;
    Straight = 3,
    /// ' ‘ ’
    Single = 4,
}

/// One mark and what it costs to take it for something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// The index of its token.
    pub(super) token: usize,
    pub(super) family: Family,
    pub(super) opens: i32,
    pub(super) closes: i32,
    /// What it costs to take it for no quotation mark at all.
    pub(super) ignored: i32,
    /// Whether it is the first token of its paragraph.
    pub(super) at_head: bool,
}

/// For the wrong side of a mark that has sides.
const TURNED: i32 = 3;
/// For a mark whose spaces say otherwise.
const LEANS_AWAY: i32 = 4;
/// For a mark whose spaces say nothing.
const LEANS_NOWHERE: i32 = 1;
/// For leaving a mark without a partner and without a meaning.
const IGNORED: i32 = 5;

impl Mark {
    /// Reads token `i` as a mark; `paragraph` is the paragraph around it.
    pub(super) fn read(words: Words<'_>, i: usize, paragraph: Range<usize>) -> Option<Mark> {
        let token = words.tokens[i];
        if token.kind != TokenKind::Punct {
            return None;
        }
        let (family, turned_open, turned_close) = shape(words.word(i))?;
        let before = (i > paragraph.start).then(|| i - 1);
        let after = (i + 1 < paragraph.end).then_some(i + 1);
        let free_before = before.is_none_or(|b| token.spaced || lets_open(words, b));
        let free_after = after.is_none_or(|a| words.tokens[a].spaced || lets_close(words, a));
        let (leans_open, leans_close) = match (free_before, free_after) {
            (true, false) => (0, LEANS_AWAY),
            (false, true) => (LEANS_AWAY, 0),
            _ => (LEANS_NOWHERE, LEANS_NOWHERE),
        };
        let mut mark = Mark {
            token: i,
            family,
            opens: turned_open + leans_open,
            closes: turned_close + leans_close,
            ignored: IGNORED,
            at_head: before.is_none(),
        };
        if before.is_some_and(|b| words.word(b) == ":") {
            mark.opens = (mark.opens - 2).max(0);
            mark.closes += 1;
        }
        let measures =
            !token.spaced && before.is_some_and(|b| words.tokens[b].kind == TokenKind::Number);
        if family == Family::Single {
            mark.ignored = 3;
        } else if measures && family == Family::Straight {
            // Inches and seconds.
            mark.ignored = 1;
        }
        Some(mark)
    }
}

/// A mark's family, and what its shape adds to opening and to closing.
fn shape(word: &str) -> Option<(Family, i32, i32)> {
    Some(match word {
        "«" | "‹" | "<<" | "≪" | "《" | "((" => (Family::Angle, 0, TURNED),
        "»" | "›" | ">>" | "≫" | "》" | "))" => (Family::Angle, TURNED, 0),
        "„" | "❝" | "❛" | "〝" => (Family::Curly, 0, TURNED),
        "❞" | "❜" | "〞" | "〟" => (Family::Curly, TURNED, 0),
        "“" | "‟" => (Family::Curly, 0, 1),
        "”" => (Family::Curly, 1, 0),
        "\"" | "''" | "\"\"" | "＂" => (Family::Straight, 0, 0),
        // A prime is what word processors make of a mark after a digit.
        "″" => (Family::Straight, TURNED, 0),
        "'" | "‘" | "’" | "‚" => (Family::Single, 0, 0),
        word if word.len() > 3 && word.ends_with(';') => {
            let (_, mark) = QUOTATION_MARKS.iter().find(|(name, _)| *name == word)?;
            return shape(mark.encode_utf8(&mut [0; 4]));
        }
        _ => return None,
    })
}

/// Whether a folded token is a mark that can close a quotation.
pub fn closes_quotation(word: &str) -> bool {
    shape(word).is_some_and(|(family, open, close)| family != Family::Single && close <= open)
}

/// Whether a token glued before a mark leaves it free to open.
fn lets_open(words: Words<'_>, i: usize) -> bool {
    let word = words.word(i);
    match words.tokens[i].kind {
        TokenKind::Punct => {
            matches!(
                word,
                "" | ":" | "(" | "[" | "/" | "-" | "–" | "—" | "،" | "," | "؛"
            ) || shape(word).is_some_and(|(_, open, close)| open < close)
        }
        // `بـ"كذا"`, `و"كذا"`
        TokenKind::Word => proclitic::stands_alone(word),
        _ => false,
    }
}

/// Whether a token glued after a mark leaves it free to close.
fn lets_close(words: Words<'_>, i: usize) -> bool {
    let word = words.word(i);
    words.tokens[i].kind == TokenKind::Punct
        && !matches!(word, "(" | "[" | "#" | "@" | "")
        && shape(word).is_none_or(|(_, open, close)| open > close)
}
