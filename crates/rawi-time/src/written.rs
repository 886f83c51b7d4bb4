//! Dates of publication as pages, feeds and tables write them.
//!
//! Where [`find`](crate::find) looks for times inside running text, this takes
//! a field that holds a date and nothing else, and says how it was understood.

mod figures;

use std::fmt;
use std::ops::Range;

use rawi_text::{Layout, SourceText, TokenKind};

use crate::expr::{Expr, Month, Year};
use crate::lexicon::{self, Calendar, Label, Sense};
use crate::resolve::{Resolver, Setting};
use crate::scan::Found;
use crate::value::Value;
use crate::{Date, Finder};
use figures::{Parts, figures, is_weekday, is_zone};

/// What is longer is no date, in bytes.
pub(crate) const LONGEST: usize = 200;

/// In which order the numbers of a date were taken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DateOrder {
    /// The only order that they can have: the year first, the month by name, or
    /// a day that can be no month.
    Certain,
    /// Either of two numbers could be the month; the first was taken for the
    /// day: `10/02/2026` is 10 February.
    DayFirst,
    /// The second number can be no month, so the first is: `02/25/2026`.
    MonthFirst,
}

impl fmt::Display for DateOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DateOrder::Certain => "no other order is possible",
            DateOrder::DayFirst => "read with the day first",
            DateOrder::MonthFirst => "read with the month first, as the second number is no month",
        })
    }
}

/// Why a text is no date.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DateError {
    /// There is nothing in it.
    Empty,
    /// Its form is none of a date with a day, a month and a year of four digits.
    NoDate,
    /// The calendar has no such day.
    NoSuchDay,
    /// The clock has no such time.
    NoSuchTime,
    /// It names two days.
    TwoDays,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DateError::Empty => "there is no date",
            DateError::NoDate => "not a date with day, month and year, such as 2025-02-12",
            DateError::NoSuchDay => "the calendar has no such day",
            DateError::NoSuchTime => "the clock has no such time",
            DateError::TwoDays => "names two days",
        })
    }
}

impl std::error::Error for DateError {}

/// A date, the order of its numbers, and its label.
type Labeled = (Date, DateOrder, Option<Label>);

/// What a text is read as.
type Written = Result<(Date, DateOrder), DateError>;

impl Date {
    /// Reads a date of publication: ISO 8601 (`2025-02-12`,
    /// `2025-02-12T10:00:00+03:00`, `20250212`), figures (`2026/02/10`, `10.02.2026`),
    /// RFC 2822 and its kin (`Wed, 12 Feb 2025 10:00:00 +0300`), Arabic words
    /// (`الأربعاء 12 شباط/فبراير 2025`), in digits of any Arabic kind. The day is
    /// the one that is written, whatever the zone. Of a Hijri and a Gregorian
    /// date side by side the Gregorian one counts.
    ///
    /// ```
    /// use rawi_time::{Date, DateError, DateOrder};
    ///
    /// let day = Date::parse("2026-02-10").ok_or("a date")?;
    /// assert_eq!(Date::read("2026-02-10T08:30:00Z"), Ok((day, DateOrder::Certain)));
    /// assert_eq!(Date::read("١٠/٠٢/٢٠٢٦"), Ok((day, DateOrder::DayFirst)));
    /// assert_eq!(Date::read("2026-02-30"), Err(DateError::NoSuchDay));
    /// # Ok::<(), &str>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is anything else, names no such day, or has a clock time that
    /// there is none of. Seconds since 1970 are refused: they are a number.
    pub fn read(text: &str) -> Result<(Date, DateOrder), DateError> {
        if text.len() > LONGEST {
            return Err(DateError::NoDate);
        }
        labeled(text, &mut Room::default()).map(|(date, order, _)| (date, order))
    }
}

/// [`Date::read`], with the label that stands beside the date.
pub(crate) fn labeled(text: &str, room: &mut Room) -> Result<Labeled, DateError> {
    let text = plain(text);
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    if !text.is_ascii() {
        return in_words(text, room);
    }
    let (date, order) = Parts::of(text)?.date()?;
    Ok((date, order, None))
}

/// The text with ASCII digits and marks where Unicode has others, and without
/// what cannot be seen.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{61c}'
            | '\u{feff}' => {}
            '٠'..='٩' => out.extend(char::from_digit(u32::from(c) - u32::from('٠'), 10)),
            '۰'..='۹' => out.extend(char::from_digit(u32::from(c) - u32::from('۰'), 10)),
            '\u{60d}' | '\u{2044}' => out.push('/'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '،' => out.push(','),
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A date with Arabic words in it: the whole days that it names, with nothing
/// beside them but weekdays, clock times, marks and labels.
fn in_words(text: &str, room: &mut Room) -> Result<Labeled, DateError> {
    let scanned = Scanned::of(text, room).ok_or(DateError::NoDate)?;
    let layout = scanned.layout;
    let mut free = 0;
    let mut days = Vec::new();
    let mut label = None;
    for part in scanned.parts() {
        match scanned.day(part) {
            Some(day) => days.push(day?),
            None if goes_along(&part.expr) => {}
            None => return Err(DateError::NoDate),
        }
        label = label.or(between(&scanned, free..part.tokens.start)?);
        free = part.tokens.end;
    }
    label = label.or(between(&scanned, free..layout.tokens().len())?);
    let gregorian = days.iter().any(|day| day.calendar == Calendar::Gregorian);
    let mut counted = days
        .iter()
        .filter(|day| !gregorian || day.calendar == Calendar::Gregorian);
    let first = counted.next().ok_or(DateError::NoDate)?;
    if counted.any(|other| other.date != first.date) {
        return Err(DateError::TwoDays);
    }
    Ok((first.date, first.order, label))
}

/// Whether an expression may stand beside a date and add nothing to its day.
fn goes_along(expr: &Expr) -> bool {
    matches!(expr, Expr::Moment(m) if m.weekday.is_some() || m.hour.is_some())
}

fn label_of(sense: Sense) -> Option<Label> {
    match sense {
        Sense::Label(label) => Some(label),
        _ => None,
    }
}

/// The label among tokens that must be nothing but labels and what goes with a
/// date.
fn between(scanned: &Scanned<'_>, tokens: Range<usize>) -> Result<Option<Label>, DateError> {
    let (mut at, mut label) = (tokens.start, None);
    while at < tokens.end {
        at = match scanned.sense(at, label_of) {
            Some((found, end)) if end <= tokens.end => {
                label = label.or(Some(found));
                end
            }
            _ if goes_with_date(scanned, at) => at + 1,
            _ => return Err(DateError::NoDate),
        };
    }
    Ok(label)
}

/// A day of an expression that names it whole.
pub(crate) struct WholeDay {
    pub date: Date,
    order: DateOrder,
    calendar: Calendar,
}

/// Room for texts that are looked at by themselves, kept from one to the next with what
/// their spellings mean.
#[derive(Clone, Default, Debug)]
pub(crate) struct Room {
    layout: Layout,
    finder: Finder,
}

/// A text that is looked at by itself, with the expressions in it.
pub(crate) struct Scanned<'r> {
    source: SourceText,
    pub layout: &'r Layout,
    finder: &'r Finder,
}

impl<'r> Scanned<'r> {
    /// `None` for what is no text.
    pub fn of(text: &str, room: &'r mut Room) -> Option<Self> {
        let source = SourceText::new(text).ok()?;
        room.layout.analyze(&source);
        room.finder.scan(&source, &room.layout);
        Some(Self {
            source,
            layout: &room.layout,
            finder: &room.finder,
        })
    }

    /// Its expressions, in order.
    pub fn parts(&self) -> &[Found] {
        &self.finder.found
    }

    /// The meaning of the word at token `at` by itself that `pick` takes.
    pub fn sense_of_word<T>(&self, at: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<T> {
        self.finder.words[self.layout.spelling(at)].sense(pick)
    }

    /// The meaning of token `at`, or of the phrase that begins there, that `pick` takes,
    /// and the token after it.
    pub fn sense<T>(&self, at: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<(T, usize)> {
        lexicon::sense_at(self.layout, &self.finder.words, at, pick)
    }

    /// The day of an expression, if it has day, month and year.
    pub fn day(&self, found: &Found) -> Option<Result<WholeDay, DateError>> {
        let Expr::Moment(m) = &found.expr else {
            return None;
        };
        let (Some(_), Some(Month::Number(_, calendar)), Some(Year::Number(..))) =
            (m.day, m.month, m.year)
        else {
            return None;
        };
        let written = self.source.slice(self.layout.cover(found.tokens.clone()))?;
        let numbers = written.find(|c: char| c.is_ascii_digit());
        let in_figures = numbers.and_then(|at| figures(&written[at..]));
        let found = match in_figures {
            Some((found, _)) => found,
            None => Resolver::default()
                .resolve(&Expr::Moment(*m), Setting::default())
                .and_then(Value::first_day)
                .map(|date| (date, DateOrder::Certain))
                .ok_or(DateError::NoSuchDay),
        };
        Some(found.map(|(date, order)| WholeDay {
            date,
            order,
            calendar,
        }))
    }
}

/// Whether a word or mark may stand beside a date and add nothing to it.
fn goes_with_date(scanned: &Scanned<'_>, at: usize) -> bool {
    let layout = scanned.layout;
    match layout.tokens()[at].kind {
        TokenKind::Word => {
            let half = |s| (s == Sense::Meridiem).then_some(());
            scanned.sense_of_word(at, half).is_some()
        }
        TokenKind::Latin => is_zone(layout.word(at)) || is_weekday(layout.word(at)),
        TokenKind::Number => false,
        _ => true,
    }
}
