//! The day that an article gives itself: a line of its own with nothing but a
//! date (`الأربعاء 12 فبراير 2025`, `نشر في: 10/02/2026`), or the place and date
//! that a story opens with (`بيروت، 12 آذار/مارس 2025 (سهم) -`).
//!
//! A date inside a sentence is never one, as stories tell of many days. So only
//! whole days count, and only where nothing else could be meant.

use rawi_text::{Layout, SourceText, TokenKind};

use crate::Date;
use crate::lexicon::{Label, Sense};
use crate::scan::Found;
use crate::written::{self, LONGEST, Room, Scanned};

/// How many paragraphs from the top a date line may stand.
const HEAD: usize = 6;

/// How many from the bottom, where it must be labeled.
const FOOT: usize = 4;

/// How many paragraphs from the top a story may open: after its titles.
const OPENING: usize = 4;

/// How much of a story's first paragraph is looked at, in bytes.
const OPENING_LENGTH: usize = 240;

/// How many words may stand before the date that a story opens with.
const PLACE_WORDS: usize = 6;

/// How many words may stand beside a date, between marks: a place, an author,
/// an agency.
const SIDE_WORDS: usize = 4;

/// How many such groups of words.
const SIDES: usize = 3;

/// Years that a newspaper may have.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// The day that an article gives as its own. `layout` must be the layout of
/// `source`.
///
/// Who reads many articles keeps [`Datelines`] for all of them.
pub fn dateline(source: &SourceText, layout: &Layout) -> Option<Date> {
    Datelines::default().find(source, layout)
}

/// Finds the days that articles give as their own, one article after the other: what
/// the spellings of their first lines mean is found out once and kept.
#[derive(Clone, Default, Debug)]
pub struct Datelines {
    room: Room,
}

impl Datelines {
    /// The day that an article gives as its own. `layout` must be the layout of
    /// `source`.
    pub fn find(&mut self, source: &SourceText, layout: &Layout) -> Option<Date> {
        let room = &mut self.room;
        let paragraphs = layout.paragraphs();
        let foot = paragraphs.len().saturating_sub(FOOT);
        let (mut updated, mut plain) = (None, Plain::None);
        for (i, paragraph) in paragraphs.iter().enumerate() {
            let span = layout.cover(paragraph.start as usize..paragraph.end as usize);
            let text = source.slice(span).unwrap_or_default();
            if i < OPENING
                && let Some(day) = opening(text, room)
            {
                plain.add(day);
            }
            if text.len() > LONGEST || !text.contains(char::is_numeric) {
                continue;
            }
            let Some((day, label)) =
                line(text, room).filter(|(day, _)| YEARS.contains(&day.year()))
            else {
                continue;
            };
            match label {
                Some(Label::Published) if i < HEAD || i >= foot => return Some(day),
                Some(Label::Updated) if i < HEAD || i >= foot => updated = updated.or(Some(day)),
                None if i < HEAD => plain.add(day),
                // A later line with another date: days are what the text is about.
                None if plain.differs(day) => plain = Plain::Several,
                _ => {}
            }
        }
        match plain {
            Plain::One(day) => Some(day),
            Plain::None | Plain::Several => updated,
        }
    }
}

/// The dates of lines without a label.
enum Plain {
    None,
    One(Date),
    Several,
}

impl Plain {
    fn add(&mut self, day: Date) {
        *self = match self {
            Plain::None => Plain::One(day),
            _ if self.differs(day) => Plain::Several,
            _ => return,
        };
    }

    fn differs(&self, day: Date) -> bool {
        matches!(self, Plain::One(other) if *other != day)
    }
}

/// The date of a line that has nothing else in it, or only a few words beside
/// it between bars or dashes: `بيروت - سارة الحلبي | 12 فبراير 2025`.
fn line(text: &str, room: &mut Room) -> Option<(Date, Option<Label>)> {
    if let Ok((day, _, label)) = written::labeled(text, room) {
        return Some((day, label));
    }
    let mut found = None;
    let mut sides = 0;
    for part in sides_of(text) {
        match written::labeled(part, room) {
            Ok((day, _, label)) if found.is_none() => found = Some((day, label)),
            Ok(_) => return None,
            Err(_) => {
                sides += 1;
                let words = part.split_whitespace();
                let clock = |word: &str| word.contains(':') && !word.contains(char::is_alphabetic);
                let strange = |word: &str| word.contains(char::is_numeric) && !clock(word);
                if words.clone().count() > SIDE_WORDS || words.clone().any(strange) {
                    return None;
                }
            }
        }
    }
    found.filter(|_| sides <= SIDES)
}

/// What stands between bars, bullets and dashes with spaces around them.
fn sides_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(['|', '•', '·', '—'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The date that a story opens with, after a place and perhaps an agency, and
/// before what sets it off from the story.
fn opening(text: &str, room: &mut Room) -> Option<Date> {
    let mut end = text.len().min(OPENING_LENGTH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let scanned = Scanned::of(&text[..end], room)?;
    let (layout, parts) = (scanned.layout, scanned.parts());
    let mut days = parts.iter().map(|part| scanned.day(part)).enumerate();
    let (at, day) = days.find_map(|(at, day)| Some((at, day?)))?;
    let (date, day) = (&parts[at], day.ok()?.date);
    let before = 0..date.tokens.start;
    let words = before.clone().filter(|&i| is_word(layout, i)).count();
    let marked = before.clone().any(|i| is_mark(layout, i, MARKS));
    let plain = before.clone().all(|i| {
        let known = parts[..at].iter().any(|part| part.tokens.contains(&i));
        known || is_mark(layout, i, MARKS) || is_word(layout, i) && !places(&scanned, i)
    });
    let behind = after(layout, &parts[at..]);
    let agency = agency(layout, behind);
    let set_off = agency || marked && is_mark(layout, behind, DASHES);
    let is_dateline = plain && (1..=PLACE_WORDS).contains(&words) && set_off;
    (is_dateline && YEARS.contains(&day.year())).then_some(day)
}

/// Marks between a place, an agency and a date.
const MARKS: &[char] = &['،', ',', '-', '–', '—', '/', '(', ')', ':', '|'];

/// Marks that set a story off from what stands before it.
const DASHES: &[char] = &['-', '–', '—', ':', '|', '/'];

/// The token behind a date and the hour or weekday that goes with it.
fn after(layout: &Layout, parts: &[Found]) -> usize {
    let mut end = 0;
    for part in parts {
        let gap = end..part.tokens.start;
        if end > 0 && !gap.clone().all(|i| is_mark(layout, i, &['،', ','])) {
            break;
        }
        end = part.tokens.end;
    }
    end
}

/// Whether an agency between parentheses or slashes stands at `at`.
fn agency(layout: &Layout, at: usize) -> bool {
    let closing = match layout.tokens().get(at).map(|_| layout.word(at)) {
        Some("(") => ")",
        Some("/") => "/",
        _ => return false,
    };
    let limit = layout.tokens().len().min(at + 2 + PLACE_WORDS);
    let closed = (at + 1..limit).find(|&i| layout.word(i) == closing);
    closed.is_some_and(|end| end > at + 1 && (at + 1..end).all(|i| is_word(layout, i)))
}

fn is_word(layout: &Layout, at: usize) -> bool {
    let kind = layout.tokens().get(at).map(|token| token.kind);
    matches!(kind, Some(TokenKind::Word | TokenKind::Latin))
}

/// Whether a token is nothing but some of these marks.
fn is_mark(layout: &Layout, at: usize, marks: &[char]) -> bool {
    at < layout.tokens().len() && layout.word(at).chars().all(|c| marks.contains(&c))
}

/// Whether a word puts a date into a sentence: `في`, `منذ`.
fn places(scanned: &Scanned<'_>, at: usize) -> bool {
    let joins = |s| {
        matches!(
            s,
            Sense::In
                | Sense::Since
                | Sense::During
                | Sense::From
                | Sense::To
                | Sense::Ago
                | Sense::Hence
        )
        .then_some(())
    };
    scanned.sense_of_word(at, joins).is_some()
}
