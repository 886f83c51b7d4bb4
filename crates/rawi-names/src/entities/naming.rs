//! What a phrase is called: the words of its name, its key, its country.

use std::ops::Range;

use rawi_text::Span;

use crate::phrase::{Kind, Phrase, Reader};
use crate::{Country, NameType, Roles, Tags};

/// The country that a word of a phrase names, but for the names of people.
pub(crate) fn country_of(reader: &Reader<'_>, phrase: &Phrase) -> Option<&'static Country> {
    // Where somebody sits is not where he comes from.
    let mut words =
        (phrase.range.start..phrase.first_end).take_while(|&i| !reader.plays(i, Roles::PLACE));
    // `سامر السوري` is a name and no nationality.
    let person = |i: usize| {
        let labeled = reader.words.labeled(i);
        labeled.is_some_and(|l| l.kind == NameType::Person)
    };
    words.find_map(|i| reader.words.get(i).country().filter(|_| !person(i)))
}

/// The tokens that make up the name of an unnamed phrase: all of its first
/// member, but for a generic head in front of a name (`صحيفة «كذا»`).
pub(super) fn name_part(reader: &Reader<'_>, phrase: &Phrase) -> Range<usize> {
    let all = phrase.range.start..phrase.first_end;
    let head = reader.words.get(phrase.head);
    if phrase.kind == Kind::Place {
        let words = usize::from(head.entry_words).max(1);
        return phrase.head..(phrase.head + words).min(all.end);
    }
    if !head.is(Tags::GENERIC) || head.article {
        // `مكتب المدعي العام في المدينة`: where a body sits is not its name.
        let place = (phrase.head + 1..all.end).find(|&i| reader.plays(i, Roles::PLACE));
        let whole = match place {
            Some(end) if phrase.kind == Kind::Body && head.is(Tags::BODY) => all.start..end,
            _ => all,
        };
        // A definite noun in brackets is a gloss, and what stands in brackets
        // at the end a short name: neither is part of the name.
        let last = |i: usize| (i + 1..whole.end).find(|&k| reader.layout.word(k) == ")");
        let gloss = bracket(reader, &whole).filter(|&i| {
            reader.words.get(i + 1).article || last(i).is_some_and(|k| k + 1 == whole.end)
        });
        return whole.start..gloss.unwrap_or(whole.end);
    }
    let quotes = reader.layout.quotes();
    let first = quotes.partition_point(|q| (q.open as usize) < all.start);
    let quoted = quotes
        .get(first)
        .filter(|q| all.contains(&(q.open as usize)))
        .and_then(|q| Some(q.open as usize + 1..q.close? as usize))
        .filter(|q| !q.is_empty() && q.end <= all.end);
    let named = quoted.or_else(|| {
        let start = (phrase.head + 1..all.end).find(|&i| reader.words.get(i).is(Tags::OUTLET))?;
        let len = usize::from(reader.words.get(start).entry_words).max(1);
        Some(start..(start + len).min(all.end))
    });
    named.unwrap_or(all)
}

fn bracket(reader: &Reader<'_>, range: &Range<usize>) -> Option<usize> {
    range
        .clone()
        .skip(1)
        .find(|&i| reader.layout.word(i) == "(")
}

/// The span of a token range, proclitics of its first word left out.
pub fn span_of(reader: &Reader<'_>, range: Range<usize>) -> Span {
    let whole = reader.layout.cover(range.clone());
    Span {
        start: reader.words.name_span(reader.layout, range.start).start,
        end: whole.end,
    }
}

/// Writes the name as the article does; the article that `لل` hides is written out.
pub(super) fn surface(reader: &Reader<'_>, range: Range<usize>, name: &mut String) {
    let span = span_of(reader, range.clone());
    let text = reader.source.slice(span).unwrap_or_default();
    name.clear();
    if reader.words.hides_article(range.start) {
        name.push('ا');
    }
    // A name over a line break is one name.
    for (i, part) in text.split_whitespace().enumerate() {
        if i > 0 {
            name.push(' ');
        }
        name.push_str(part);
    }
}

/// The name that the tables may know: [`surface`], folded.
pub(super) fn folded_name<'o>(
    reader: &Reader<'_>,
    range: Range<usize>,
    out: &'o mut String,
) -> &'o str {
    out.clear();
    // `و كالة`: a word that is written apart is in no table.
    let apart = |i: usize| {
        let span = reader.layout.tokens()[i].span;
        let text = reader.source.slice(span).unwrap_or_default();
        text.contains(char::is_whitespace)
    };
    if range.clone().any(apart) {
        return out;
    }
    let first = range.start;
    for i in range {
        let mut word = reader.layout.word(i);
        if i == first {
            let name = reader.words.name_start(i);
            word = word.get(name..).unwrap_or(word);
            if reader.words.hides_article(i) {
                out.push('ا');
            }
        } else if reader.layout.tokens()[i].spaced {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
