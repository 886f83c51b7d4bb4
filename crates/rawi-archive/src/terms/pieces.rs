//! What counts as a word of its own: one place says so for texts and queries alike.

use rawi_text::{Span, Token, TokenKind, Tokens, proclitic};

/// What a word is made of, folded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Piece<'p> {
    /// A word in Arabic letters, which may have others attached to it.
    Arabic(&'p str),
    /// Digits, letters of another script, initials: found as they are.
    Plain(&'p str),
}

/// Stands in terms for the point of a decimal number: a point would cut it.
const DECIMAL: char = '٫';

/// Fewest single letters that are initials: with points alone between them (`أ.ف.ب`), and
/// with blanks (`أ ف ب`, `أ. ف. ب`).
const DOTTED: usize = 2;
const SPACED: usize = 3;

/// Calls `found` with the span and the folded form of each word, in text order.
pub(super) fn each(text: &Tokens, mut found: impl FnMut(Span, Piece<'_>)) {
    let tokens = text.tokens();
    let mut room = String::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let form = text.folded_form(token);
        let mut end = at + 1;
        match token.kind {
            TokenKind::Word => {
                let count = initials(text, at, &mut room);
                if count > 0 {
                    end = at + count;
                    let span = token.span.cover(tokens[end - 1].span);
                    found(span, Piece::Plain(&room));
                } else if !(proclitic::stands_alone(form) && leans(text, end)) {
                    word(token.span, form, &mut room, &mut found);
                }
            }
            TokenKind::Number => {
                number(form, &mut room);
                found(token.span, Piece::Plain(&room));
            }
            TokenKind::Latin => word(token.span, form, &mut room, &mut found),
            TokenKind::Url | TokenKind::Handle => parts(text, token, &mut room, &mut found),
            TokenKind::Punct | TokenKind::Symbol => {}
        }
        at = end;
    }
}

/// Whether letters stand directly before token `next`, on which they are written though
/// it isn't of their script: `الـ20`, `بـ«كذا»`. They are then no word of their own.
fn leans(text: &Tokens, next: usize) -> bool {
    text.tokens().get(next).is_some_and(|next| {
        let opens = || {
            text.folded_form(next)
                .starts_with(['«', '“', '"', '‹', '❝'])
        };
        !next.spaced && (next.kind != TokenKind::Punct || opens())
    })
}

/// How many tokens from `from` on are initials, with their points; their letters are
/// put into `room`. 0 if they are none.
fn initials(text: &Tokens, from: usize, room: &mut String) -> usize {
    let tokens = text.tokens();
    let letter = |i: usize| {
        let token = tokens.get(i).filter(|t| t.kind == TokenKind::Word)?;
        let form = text.folded_form(token);
        (form.chars().take(2).count() == 1).then_some((form, token.spaced))
    };
    let Some((first, _)) = letter(from) else {
        return 0;
    };
    room.clear();
    room.push_str(first);
    let (mut at, mut letters, mut ways) = (from + 1, 1, None);
    loop {
        let point = tokens
            .get(at)
            .is_some_and(|t| t.kind == TokenKind::Punct && !t.spaced && text.folded_form(t) == ".");
        let Some((form, spaced)) = letter(at + usize::from(point)) else {
            break;
        };
        // All in one way: letters that merely stand side by side are a list.
        let way = (point, spaced);
        if way == (false, false) || *ways.get_or_insert(way) != way {
            break;
        }
        room.push_str(form);
        letters += 1;
        at += 1 + usize::from(point);
    }
    let fewest = match ways {
        Some((true, false)) => DOTTED,
        _ => SPACED,
    };
    if letters < fewest { 0 } else { at - from }
}

/// A number without the marks that group its digits: `1,250` is `1250`, `3.5` stays one
/// number.
fn number(form: &str, room: &mut String) {
    room.clear();
    for (i, c) in form.char_indices() {
        if c.is_ascii_digit() {
            room.push(c);
            continue;
        }
        let behind = &form.as_bytes()[i + c.len_utf8()..];
        let digits = behind.iter().take(4).take_while(|b| b.is_ascii_digit());
        if c == '.' || digits.count() != 3 {
            room.push(DECIMAL);
        }
    }
}

/// A word: as it is in Arabic letters alone, else in lower case and without the marks
/// inside it (`U.S`).
fn word(span: Span, form: &str, room: &mut String, found: &mut impl FnMut(Span, Piece<'_>)) {
    if !form.is_empty() && form.chars().all(|c| is_arabic(c) && c.is_alphabetic()) {
        found(span, Piece::Arabic(form));
        return;
    }
    room.clear();
    let letters = form.chars().flat_map(char::to_lowercase);
    room.extend(letters.filter(|c| c.is_alphanumeric()));
    if !room.is_empty() {
        found(span, Piece::Plain(room));
    }
}

/// Letters that folded Arabic words are made of.
fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6ff}')
}

/// The words of a hashtag, a handle or an address.
fn parts(text: &Tokens, token: &Token, room: &mut String, found: &mut impl FnMut(Span, Piece<'_>)) {
    let form = text.folded_form(token);
    let first = token.folded.0 as usize;
    let mut at = 0;
    let mut last = token.span.start;
    while at < form.len() {
        let rest = &form[at..];
        let len = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        if len > 0 {
            let part = &rest[..len];
            let span = text.folded().span(first + at..first + at + len);
            // A single character may stand for several words.
            if span.start >= last {
                word(span, part, room, found);
                last = span.end;
            }
        }
        at += len + rest[len..].chars().next().map_or(0, char::len_utf8);
    }
}
