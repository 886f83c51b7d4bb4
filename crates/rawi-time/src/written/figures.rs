//! Dates in figures and in English, as machines write them: ISO 8601, RFC 2822
//! and their kin.

use super::{DateError, DateOrder, Written};
use crate::Date;
use crate::hijri;
use crate::scan::HIJRI_YEARS;

/// Years that eight digits in a row may begin with.
const COMPACT_YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A date in figures at the beginning of a text, its order, and what follows.
/// `None` where the figures have another form.
pub(super) fn figures(text: &str) -> Option<(Written, &str)> {
    let (a, rest) = number(text)?;
    if a.len() == 8 {
        let part = |range: std::ops::Range<usize>| a.get(range)?.parse::<u32>().ok();
        let year = part(0..4).filter(|y| COMPACT_YEARS.contains(y))?;
        return Some((
            day(year, part(4..6)?, part(6..8)?, DateOrder::Certain),
            rest,
        ));
    }
    let rest = rest.trim_start();
    let separator = rest.chars().next().filter(|c| "-/.".contains(*c))?;
    let (b, rest) = number(rest[1..].trim_start())?;
    let rest = rest.trim_start().strip_prefix(separator)?;
    let (c, rest) = number(rest.trim_start())?;
    let value = |digits: &str| digits.parse::<u32>().ok();
    let (first, second, third) = (value(a)?, value(b)?, value(c)?);
    let date = match (a.len(), b.len(), c.len()) {
        (4, 1..=2, 1..=2) => day(first, second, third, DateOrder::Certain),
        (1..=2, 1..=2, 4) if second > 12 && first <= 12 => {
            day(third, first, second, DateOrder::MonthFirst)
        }
        (1..=2, 1..=2, 4) => {
            let doubtful = first <= 12 && first != second;
            let order = if doubtful {
                DateOrder::DayFirst
            } else {
                DateOrder::Certain
            };
            day(third, second, first, order)
        }
        _ => return None,
    };
    Some((date, rest))
}

/// The day of a year, which is a Hijri one where no newspaper could have the
/// Gregorian year of that number.
fn day(year: u32, month: u32, day: u32, order: DateOrder) -> Written {
    let small = |n: u32| u8::try_from(n).map_err(|_| DateError::NoSuchDay);
    let (month, day) = (small(month)?, small(day)?);
    let date = match i32::try_from(year) {
        Ok(year) if HIJRI_YEARS.contains(&u64::from(year.unsigned_abs())) => {
            hijri::to_gregorian(year, month, day)
        }
        Ok(year) => Date::new(year, month, day),
        Err(_) => None,
    };
    date.map(|date| (date, order)).ok_or(DateError::NoSuchDay)
}

/// The digits that a text begins with, and the rest.
fn number(text: &str) -> Option<(&str, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// A clock time at the beginning of a text, `10:00:00.5` or `100000`, and what
/// follows.
fn clock(text: &str) -> Result<&str, DateError> {
    let (first, mut rest) = number(text).ok_or(DateError::NoSuchTime)?;
    let mut parts = [0, 0, 0];
    let glued = matches!(first.len(), 4 | 6);
    let mut digits = Some(if glued { &first[..2] } else { first });
    let mut more = &first[if glued { 2 } else { first.len() }..];
    let mut count = 0;
    while let Some(part) = digits.take() {
        let place = parts.get_mut(count).ok_or(DateError::NoSuchTime)?;
        *place = two_digits(part)?;
        count += 1;
        if glued && !more.is_empty() {
            (digits, more) = (more.get(..2), &more[2..]);
        } else if let Some((part, after)) = rest.strip_prefix(':').and_then(number) {
            (digits, rest) = (Some(part), after);
        }
    }
    let [hour, minute, second] = parts;
    // A leap second is written 60.
    if count < 2 || hour > 23 || minute > 59 || second > 60 {
        return Err(DateError::NoSuchTime);
    }
    let fraction = rest.strip_prefix(['.', ',']).and_then(number);
    Ok(fraction.map_or(rest, |(_, after)| after))
}

fn two_digits(digits: &str) -> Result<u32, DateError> {
    if digits.len() > 2 {
        return Err(DateError::NoSuchTime);
    }
    digits.parse().map_err(|_| DateError::NoSuchTime)
}

/// Whether a text is a zone, a half of the day or nothing: what may follow a
/// clock time.
pub(super) fn is_zone(text: &str) -> bool {
    let text = text.trim();
    let offset = |text: &str| {
        let digits: String = text.chars().filter(|c| *c != ':').collect();
        let hours = digits.get(..2).and_then(|h| h.parse::<u32>().ok());
        let minutes = digits.get(2..).map(|m| if m.is_empty() { "0" } else { m });
        matches!(digits.len(), 2 | 4)
            && digits.bytes().all(|b| b.is_ascii_digit())
            && hours.is_some_and(|h| h <= 14)
            && minutes.and_then(|m| m.parse::<u32>().ok()) < Some(60)
    };
    let letters = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (name, rest) = text.split_at(letters);
    let named = name.is_empty()
        || ["z", "am", "pm", "utc", "gmt"].contains(&name.to_ascii_lowercase().as_str())
        || (2..=5).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    named && (rest.is_empty() || rest.strip_prefix(['+', '-']).is_some_and(offset))
}

/// Which of these names a word is, whole or by its first three letters; from 1.
fn named(word: &str, names: &[&str]) -> Option<u32> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let fits = |name: &&str| name.starts_with(&word) && (word.len() == 3 || *name == word);
    let at = names
        .iter()
        .position(|name| fits(name) || word == "sept" && *name == "september")?;
    u32::try_from(at + 1).ok()
}

/// Whether a word is an English weekday, whole or by three letters.
pub(super) fn is_weekday(word: &str) -> bool {
    named(word, &WEEKDAYS).is_some()
}

/// The parts of a date without Arabic words, in whatever order they stand.
#[derive(Default)]
pub(super) struct Parts {
    whole: Option<(Date, DateOrder)>,
    day: Option<u32>,
    month: Option<u32>,
    year: Option<u32>,
    clock: bool,
}

impl Parts {
    pub(super) fn of(text: &str) -> Result<Parts, DateError> {
        // RFC 2822 allows a remark behind the zone.
        let text = match text.split_once('(') {
            Some((before, remark)) if remark.ends_with(')') => before,
            _ => text,
        };
        let mut parts = Parts::default();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            rest = parts.take(rest)?.trim_start_matches([' ', ',']);
        }
        Ok(parts)
    }

    /// Takes one part off the beginning.
    fn take<'t>(&mut self, text: &'t str) -> Result<&'t str, DateError> {
        if let Some((found, rest)) = figures(text) {
            if self.whole.replace(found?).is_some() {
                return Err(DateError::TwoDays);
            }
            let end = rest.find([' ', ',']).unwrap_or(rest.len());
            let (glued, after) = rest.split_at(end);
            return match glued.strip_prefix(['T', 't']) {
                Some(time) => self.clock(time).map(|()| after),
                None if is_zone(glued) => Ok(after),
                None => Err(DateError::NoDate),
            };
        }
        let end = text.find([' ', ',']).unwrap_or(text.len());
        let (word, after) = text.split_at(end);
        if word.contains(':') && number(word).is_some() {
            self.clock(word)?;
        } else if word.contains('-') && number(word).is_some() {
            word.split('-').try_for_each(|part| self.word(part))?;
        } else {
            self.word(word)?;
        }
        Ok(after)
    }

    /// A clock time with what is glued to it.
    fn clock(&mut self, text: &str) -> Result<(), DateError> {
        let rest = clock(text)?;
        if self.clock || !is_zone(rest) {
            return Err(DateError::NoDate);
        }
        self.clock = true;
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), DateError> {
        let (digits, ending) = number(word).unwrap_or(("", word));
        let place = match (digits.len(), ending) {
            (4, "") => &mut self.year,
            (1 | 2, "" | "st" | "nd" | "rd" | "th") => &mut self.day,
            (0, "-" | "|" | "at") => return Ok(()),
            (0, name) => {
                if let Some(month) = named(name, &MONTHS) {
                    return fill(&mut self.month, month);
                }
                let known = is_weekday(name) || self.clock && is_zone(name);
                return known.then_some(()).ok_or(DateError::NoDate);
            }
            _ => return Err(DateError::NoDate),
        };
        fill(place, digits.parse().map_err(|_| DateError::NoDate)?)
    }

    /// The day that the parts name.
    pub(super) fn date(self) -> Written {
        match (self.whole, self.day, self.month, self.year) {
            (Some(whole), None, None, None) => Ok(whole),
            (None, Some(d), Some(m), Some(y)) => day(y, m, d, DateOrder::Certain),
            _ => Err(DateError::NoDate),
        }
    }
}

/// Fills a place that must be empty.
fn fill(place: &mut Option<u32>, value: u32) -> Result<(), DateError> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(DateError::NoDate),
    }
}
