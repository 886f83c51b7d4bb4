//! Clock times: `14:30`, `الساعة الثالثة وربع عصرا`, `السابعة مساء بتوقيت غرينتش`.

use rawi_morph::Shape;

use super::{Item, Parsed, Scanner};
use crate::expr::{Hour, Moment};
use crate::lexicon::{Count, DayPart, Sense, Unit};

impl Scanner<'_> {
    /// A clock time into `m`, with its part of the day and its zone.
    pub(super) fn clock(&self, at: usize, m: &mut Moment) -> Option<usize> {
        if m.hour.is_some() {
            return None;
        }
        let word = self.word(at);
        let named = word.is_some_and(|w| {
            w.article
                && w.sense(|s| (s == Sense::Unit(Unit::Hour, Count::One)).then_some(()))
                    .is_some()
        });
        let start = if named { at + 1 } else { at };
        let spelled = named && self.is_clitic(start) && self.joined(start + 1);
        let start = if spelled { start + 1 } else { start };
        if named && let Some(end) = self.is(start, Sense::Part(DayPart::Midnight)) {
            m.hour = Some(hour(0, 0));
            return Some(self.zone(end, m));
        }
        let (mut time, mut end, plain) = self.hour(start, named)?;
        let part_at = self.skip_of_part(end);
        let (part, part_end) = match self.day_part(part_at) {
            Some((part, end)) => (Some(part), end),
            None => (None, end),
        };
        let zoned = self.zone(part_end, &mut Moment::default()) > part_end;
        let tonight = self.tonight(end).filter(|_| plain == Written::Ordinal);
        if let Some(part) = tonight.filter(|_| !named) {
            time.hour = place(time.hour, part);
            m.hour = Some(time);
            return Some(end);
        }
        let minute = |s| matches!(s, Sense::Unit(Unit::Minute, _)).then_some(());
        let minutes = end > start + 1 && self.sense(end - 1, minute).is_some();
        let certain = named || minutes || plain == Written::Colon || part.is_some() || zoned;
        if !certain {
            return None;
        }
        if plain == Written::Number && !named && !self.is_adverb(part_at) {
            return None;
        }
        if let Some(part) = part {
            time.hour = place(time.hour, part);
            m.part = Some(part);
            end = part_end;
        }
        if let (None, Some(part)) = (part, m.part) {
            time.hour = place(time.hour, part);
        }
        m.hour = Some(time);
        Some(self.zone(end, m))
    }

    /// Whether the part of the day at `at` stands in the accusative by itself,
    /// as after an hour: `صباحا`.
    fn is_adverb(&self, at: usize) -> bool {
        self.is_plain(at, Sense::Adverb).is_some()
    }

    /// `من` of `الخامسة من مساء`, when a part of the day follows.
    fn skip_of_part(&self, at: usize) -> usize {
        let next = self.is_plain(at, Sense::Of);
        next.filter(|&next| self.day_part(next).is_some())
            .unwrap_or(at)
    }

    /// `هذه الليلة`, `هذا المساء` after an hour.
    fn tonight(&self, at: usize) -> Option<DayPart> {
        let part = |s| match s {
            Sense::Tonight(part) => Some(part),
            _ => None,
        };
        Some(self.sense(at, part)?.0)
    }

    /// A part of the day, as a word or phrase.
    pub(super) fn day_part(&self, at: usize) -> Parsed<DayPart> {
        self.sense(at, |s| match s {
            Sense::Part(part) => Some(part),
            _ => None,
        })
    }

    /// A zone after a clock time; the token after it.
    pub(super) fn zone(&self, at: usize, m: &mut Moment) -> usize {
        let mut start = at;
        if self.mark(start, &["("]) {
            start += 1;
        }
        if let Some(end) = self.is(start, Sense::Utc) {
            m.utc = true;
            return if start > at { self.close(end) } else { end };
        }
        let named = self.is(start, Sense::Zone);
        let place = || Some((self.is(start, Sense::ZoneOf)? + 1).min(self.limit));
        match named.or_else(place) {
            Some(end) if start > at => self.close(end),
            Some(end) => end,
            None => at,
        }
    }

    fn close(&self, at: usize) -> usize {
        if self.mark(at, &[")"]) { at + 1 } else { at }
    }

    /// Hours and minutes, and how they are written.
    fn hour(&self, at: usize, named: bool) -> Option<(Hour, usize, Written)> {
        if let Some((time, end)) = self.colon_time(at).or_else(|| self.military_time(at)) {
            return Some((time, end, Written::Colon));
        }
        if named && let Some((time, end)) = self.dotted_time(at) {
            return Some((time, end, Written::Colon));
        }
        let (n, end, written) = if let Some((n, end)) = self.digits(at, 0, 24) {
            (n, end, Written::Number)
        } else if let Some((n, end)) = self.clock_ordinal(at) {
            (n, end, Written::Ordinal)
        } else {
            let (n, end) = self.cardinal(at).filter(|&(n, _)| named && n <= 12)?;
            (n, end, Written::Number)
        };
        let mut time = hour((n % 24) as u8, 0);
        let end = self.minutes(end, &mut time).unwrap_or(end);
        Some((time, end, written))
    }

    /// `الثالثة`, `الحادية عشرة`: first to twelfth with the article.
    fn clock_ordinal(&self, at: usize) -> Parsed<u64> {
        let shape = Shape::of(self.text(at));
        let feminine = shape.is(Shape::TA_MARBUTA);
        let (n, end) = self.ordinal(at)?;
        let whole = self.word(at)?.article && (feminine || n > 10);
        (whole && n <= 12 && !shape.is(Shape::PLURAL_UN)).then_some((n, end))
    }

    /// `15:23` or `15:23:24`.
    fn colon_time(&self, at: usize) -> Parsed<Hour> {
        let (h, _) = self.digits(at, 0, 23)?;
        let pair = |at: usize, high| match self.item(at)? {
            Item::Digits(n, 2) if n <= high && self.text(at - 1) == ":" && self.joined(at) => {
                Some(n)
            }
            _ => None,
        };
        let m = pair(at + 2, 59).filter(|_| self.joined(at + 1))?;
        let seconds = pair(at + 4, 59).filter(|_| self.joined(at + 3));
        let time = Hour {
            second: seconds.map(|s| s as u8),
            ..hour(h as u8, m as u8)
        };
        let end = if seconds.is_some() { at + 5 } else { at + 3 };
        let more = self.text(end) == ":" && matches!(self.item(end + 1), Some(Item::Digits(..)));
        (!more).then_some((time, end))
    }

    /// `1300 تغ`, as agencies print universal time.
    fn military_time(&self, at: usize) -> Parsed<Hour> {
        let Item::Digits(n, 4) = self.item(at)? else {
            return None;
        };
        self.is(at + 1, Sense::Utc)?;
        let (h, m) = ((n / 100) as u8, (n % 100) as u8);
        (h < 24 && m < 60).then_some((hour(h, m), at + 1))
    }

    /// `14.30`, only where the hour is named.
    fn dotted_time(&self, at: usize) -> Parsed<Hour> {
        let (h, m) = self.text(at).split_once(['.', ',', ':'])?;
        let valid = m.len() == 2 && h.len() <= 2;
        let (h, m) = (h.parse::<u8>().ok()?, m.parse::<u8>().ok()?);
        (valid && h < 24 && m < 60).then_some((hour(h, m), at + 1))
    }

    /// Whether no space stands before the token.
    pub(super) fn joined(&self, at: usize) -> bool {
        at < self.limit && !self.layout.tokens()[at].spaced
    }

    /// `وربع`, `و20 دقيقة`, `إلا ثلثا` into `time`.
    fn minutes(&self, at: usize, time: &mut Hour) -> Option<usize> {
        if let Some(next) = self.is(at, Sense::Minus) {
            let (n, end) = self.minute_count(next)?;
            let total = (u64::from(time.hour) * 60 + 24 * 60).checked_sub(n)?;
            time.hour = (total / 60 % 24) as u8;
            time.minute = (total % 60) as u8;
            return Some(end);
        }
        let next = self.and(at)?;
        let (n, end) = self.minute_count(next)?;
        time.minute = n as u8;
        Some(end)
    }

    fn minute_count(&self, at: usize) -> Parsed<u64> {
        let fraction = self.sense(at, |s| match s {
            Sense::Fraction(top, bottom) if bottom > 0 => {
                Some(60 * u64::from(top) / u64::from(bottom))
            }
            _ => None,
        });
        if fraction.is_some() {
            return fraction;
        }
        let (n, end) = self.cardinal(at).filter(|&(n, _)| n < 60)?;
        let (_, end) = self.sense(end, |s| match s {
            Sense::Unit(Unit::Minute, _) => Some(()),
            _ => None,
        })?;
        Some((n, end))
    }
}

/// How an hour is written.
#[derive(Clone, Copy, PartialEq)]
enum Written {
    Colon,
    Number,
    Ordinal,
}

fn hour(hour: u8, minute: u8) -> Hour {
    Hour {
        hour,
        minute,
        second: None,
    }
}

/// An hour of twelve in its part of the day.
pub(super) fn place(hour: u8, part: DayPart) -> u8 {
    match (part, hour) {
        (DayPart::Dawn | DayPart::Morning, 12) => 0,
        (DayPart::Night | DayPart::Midnight, 12) => 0,
        (DayPart::Noon, 1..=4) => hour + 12,
        (DayPart::Afternoon | DayPart::Evening, 1..=11) => hour + 12,
        (DayPart::Night, 6..=11) => hour + 12,
        _ => hour,
    }
}
