//! Dates by number and name: `26 شوال 1436هـ`, `الأول من يوليو`, `1/1/2018`.

use rawi_text::proclitic::ARTICLE;

use super::{Item, Parsed, Scanner};
use crate::expr::{Moment, Month, Year};
use crate::lexicon::{Calendar, Certainty, Count, Era, Rel, Sense, Unit};

/// Years that a bare number of four digits may be.
pub(super) const BARE_YEARS: std::ops::RangeInclusive<u64> = 1900..=2100;

/// Years that count as Hijri when nothing says otherwise.
pub(crate) const HIJRI_YEARS: std::ops::RangeInclusive<u64> = 1300..=1500;

impl Scanner<'_> {
    /// A date in figures: day, month and year in either order of the day, or
    /// `2025-02-12`; without a year only where `dated` says that it is a date.
    pub(super) fn figures(&self, at: usize, dated: bool) -> Parsed<Moment> {
        if let Some(Item::Dotted(numbers)) = self.item(at) {
            let [a, b, c] = numbers;
            let (year, month, day) = if a >= 1000 { (a, b, c) } else { (c, b, a) };
            let moment = figures_moment(year, month, day).filter(|_| !self.is_version(at))?;
            return Some((moment, self.era_of_figures(at + 1)));
        }
        let (a, _) = self.digits(at, 1, 2999)?;
        let separator = self.text(at + 1);
        if !matches!(separator, "/" | "-" | "–" | "." | "\\") {
            return None;
        }
        let (b, end) = self.digits(at + 2, 1, 2999)?;
        if self.text(end) == separator {
            let (c, end) = self.digits(end + 1, 1, 2999)?;
            let (year, month, day) = if a >= 1000 { (a, b, c) } else { (c, b, a) };
            if self.text(end) == separator && matches!(self.item(end + 1), Some(Item::Digits(..))) {
                return None;
            }
            return Some((figures_moment(year, month, day)?, self.era_of_figures(end)));
        }
        if a <= 12 && b >= 1900 && separator == "/" {
            let m = Moment {
                month: Some(Month::Number(a as u8, Calendar::Gregorian)),
                year: Some(Year::Number(b as i32, Calendar::Gregorian)),
                ..Moment::default()
            };
            return Some((m, end));
        }
        let (day, month) = if b <= 12 { (a, b) } else { (b, a) };
        if !dated || day > 31 || month > 12 || separator != "/" {
            return None;
        }
        let m = Moment {
            day: Some(day as u8),
            month: Some(Month::Number(month as u8, Calendar::Gregorian)),
            ..Moment::default()
        };
        Some((m, end))
    }

    fn era_of_figures(&self, at: usize) -> usize {
        match self.era(at) {
            Some((_, end)) => end,
            None => at,
        }
    }

    /// A day, a month, a year, or what the text gives of them, into `m`.
    pub(super) fn date(&self, at: usize, m: &mut Moment) -> Option<usize> {
        if m.month.is_some() || m.nth.is_some() || m.deictic.is_some() && m.day.is_some() {
            return None;
        }
        let dated = m.weekday.is_some() || m.deictic.is_some();
        if let Some((day, end)) = self.day_number(at)
            && let Some(end) = self.month_of_day(end, m)
        {
            m.day = Some(day);
            return Some(self.year_after(end, m));
        }
        if let Some(end) = self.listed_day(at, m) {
            return Some(end);
        }
        if dated
            && let Some((day, end)) = self.day_number(at)
            && self.ordinal(at).is_some()
            && self.word(at).is_some_and(|w| w.article)
        {
            m.day = Some(day);
            m.month = Some(Month::Rel(Rel::This));
            return Some(end);
        }
        let sure = m.is_placed() || self.has_context(at);
        let by_name = self.word(at).is_some_and(|w| !w.article);
        let end = self.month(at, sure && by_name, m)?;
        Some(self.year_after(end, m))
    }

    /// `19` of `19 و20 فبراير الماضي`, with the month of the other.
    fn listed_day(&self, at: usize, m: &mut Moment) -> Option<usize> {
        let (day, end) = self.day_number(at)?;
        let (_, next) = self.day_number(self.and(end)?)?;
        let mut attempt = *m;
        let after = self.month_of_day(next, &mut attempt)?;
        let after = self.year_after(after, &mut attempt);
        attempt.rel = attempt.rel.or(self.rel(after).map(|(rel, _)| rel));
        attempt.day = Some(day);
        *m = attempt;
        Some(end)
    }

    /// The day of a month, 1 to 31, in digits, as an ordinal or as a cardinal.
    pub(super) fn day_number(&self, at: usize) -> Parsed<u8> {
        let day = |(n, end): (u64, usize)| (1..=31).contains(&n).then_some((n as u8, end));
        if matches!(self.item(at), Some(Item::Digits(..))) {
            return self.digits(at, 1, 31).and_then(day);
        }
        self.ordinal(at).or_else(|| self.cardinal(at)).and_then(day)
    }

    /// The month after a day: `[من] [شهر] يوليو`, `من الشهر الجاري`, `من هذا
    /// الشهر`.
    fn month_of_day(&self, at: usize, m: &mut Moment) -> Option<usize> {
        let start = self.skip_of(at);
        if let Some(end) = self.month(start, true, m) {
            return Some(end);
        }
        if start == at {
            return None;
        }
        let (rel, end) = self.related(start, Unit::Month)?;
        m.month = Some(Month::Rel(rel));
        Some(end)
    }

    /// A unit by its relation to now: `هذا الشهر`, `العام الماضي`, `الشهر نفسه`.
    pub(super) fn related(&self, at: usize, unit: Unit) -> Parsed<Rel> {
        let singular = |at| self.is(at, Sense::Unit(unit, Count::One));
        if let Some(next) = self.is(at, Sense::This) {
            return Some((Rel::This, singular(next)?));
        }
        if let Some(next) = self.points_back(at) {
            return Some((Rel::Same, singular(next)?));
        }
        let next = singular(at)?;
        if !self.word(at)?.article {
            return None;
        }
        let next = match unit {
            Unit::Year => self.skip(next, Sense::YearKind),
            _ => next,
        };
        self.rel(next).filter(|(rel, _)| *rel != Rel::Recent)
    }

    /// `الماضي`, `قبل الماضي`, `نفسه`.
    pub(super) fn rel(&self, at: usize) -> Parsed<Rel> {
        let (rel, end) = self.sense(at, |s| match s {
            Sense::Rel(rel) => Some(rel),
            _ => None,
        })?;
        let definite = self.word(end - 1)?.article || rel == Rel::Same;
        definite.then_some((rel, end))
    }

    /// A month by name, with its second name and its year; `sure` when what
    /// stands before makes a month likely.
    pub(super) fn month(&self, at: usize, sure: bool, m: &mut Moment) -> Option<usize> {
        let named = self.is(at, Sense::Unit(Unit::Month, Count::One));
        let start = named.unwrap_or(at);
        if let Some(next) = named.filter(|_| sure && self.word(at).is_some_and(|w| w.article))
            && let Some((number, end)) = self.ordinal(next).filter(|&(n, _)| n <= 12)
        {
            m.month = Some(Month::Number(number as u8, Calendar::Gregorian));
            return Some(end);
        }
        if sure
            && named.is_some()
            && let Some((number, end)) = self.month_number(start)
        {
            m.month = Some(Month::Number(number, Calendar::Gregorian));
            return Some(end);
        }
        let ((calendar, number, certainty), end) = self.month_name(start)?;
        let end = match self.second_name(end, (calendar, number)) {
            Some(end) => end,
            None => {
                let year = self.written_year(end).is_some();
                let rel = self.rel(end).is_some();
                let dated = named.is_some() || year || rel;
                let certain = match certainty {
                    Certainty::Sure => true,
                    Certainty::Likely => dated || sure && !self.is_clause(at, end),
                    Certainty::Unlikely => {
                        dated
                            || sure && matches!(self.before(at), Some(Item::Digits(..)))
                            || self.is_timed(at, end)
                    }
                };
                if !certain || self.is_person(start, certainty) {
                    return None;
                }
                end
            }
        };
        m.month = Some(Month::Number(number, calendar));
        Some(end)
    }

    /// `شهر 3`, `شهر عشرة`: a month by its number, where nothing follows that
    /// the number could count.
    fn month_number(&self, at: usize) -> Parsed<u8> {
        let (n, end) = self.cardinal(at).filter(|&(n, _)| (1..=12).contains(&n))?;
        let counting =
            matches!(self.item(end), Some(Item::Word(_))) && self.year_word(end).is_none();
        (!counting).then_some((n as u8, end))
    }

    fn before(&self, at: usize) -> Option<Item> {
        at.checked_sub(1).map(|i| self.items[i])
    }

    pub(super) fn month_name(&self, at: usize) -> Parsed<(Calendar, u8, Certainty)> {
        self.sense(at, |s| match s {
            Sense::Month(calendar, number, certainty) => Some((calendar, number, certainty)),
            _ => None,
        })
    }

    /// `رجب طيب`, `رمضان عبد الله`: a Hijri month's name before another name,
    /// with nothing that dates it, is a person's.
    fn is_person(&self, at: usize, certainty: Certainty) -> bool {
        certainty == Certainty::Unlikely && self.is_plain(at + 1, Sense::Name).is_some()
    }

    /// Whether a month's name, mostly another word, can only be a month after
    /// what stands before it: `في آب`, `أواخر رجب.`, `تموز وآب`. A name without
    /// a spelling of its own must also end its phrase.
    fn is_timed(&self, at: usize, end: usize) -> bool {
        if self.word(at).is_none_or(|w| w.prep.is_some()) {
            return false;
        }
        let before = at.checked_sub(1);
        let placed = before.is_some_and(|before| {
            let timed = |s| {
                matches!(
                    s,
                    Sense::In | Sense::Since | Sense::During | Sense::Phase(_)
                )
                .then_some(())
            };
            self.sense(before, timed).is_some_and(|(_, end)| end == at)
        });
        let listed = self.and(at).is_some()
            && before
                .and_then(|before| self.month_name(before))
                .is_some_and(|(name, _)| name.2 == Certainty::Sure);
        let closed = match self.item(end) {
            Some(Item::Word(_)) => {
                let joins = |s| matches!(s, Sense::In | Sense::From | Sense::To).then_some(());
                self.sense(end, joins).is_some()
            }
            _ => true,
        };
        self.has_madda(at) && (placed || listed || self.has_context(at))
            || closed && (placed || listed)
    }

    /// `من مارس الضغط`: a relative clause, whose verb looks like a month.
    fn is_clause(&self, at: usize, end: usize) -> bool {
        let relative = at > 0 && self.is_plain(at - 1, Sense::Of).is_some();
        let object = self.word(end).is_some_and(|w| !w.is_known());
        relative && object && self.text(end).starts_with(ARTICLE)
    }

    /// The second name of the same month: `فبراير/شباط`, `شباط (فبراير)`,
    /// `ابريل نيسان`.
    fn second_name(&self, at: usize, first: (Calendar, u8)) -> Option<usize> {
        let mut start = at;
        let opened = self.mark(start, &["(", "/", "-", "\"", "«", "“", "[", "–", "\\", "”"]);
        if opened {
            start += 1;
        }
        let ((calendar, number, _), end) = self.month_name(start)?;
        if (calendar, number) != first {
            return None;
        }
        let closed = opened && self.mark(end, &[")", "\"", "»", "”", "]", "“"]);
        Some(if closed { end + 1 } else { end })
    }

    /// The year after a month, its era, and the relation after it.
    pub(super) fn year_after(&self, at: usize, m: &mut Moment) -> usize {
        let mut start = at;
        if self.mark(start, &["،", ",", "/", "-"]) {
            start += 1;
        }
        if let Some((year, end)) = self.written_year(start) {
            m.year = Some(default_calendar(year, m.month));
            return end;
        }
        if let Some(next) = self.is_plain(at, Sense::Of)
            && let Some((rel, end)) = self.related(next, Unit::Year)
        {
            m.year = Some(Year::Rel(rel));
            return end;
        }
        if let Some((rel, end)) = self.related(at, Unit::Year) {
            m.year = Some(Year::Rel(rel));
            return end;
        }
        at
    }

    /// `2015`, `1436هـ`, `من عام 2015`, `لعام 2014`, `سنة ألفين وخمسة عشر`.
    pub(super) fn written_year(&self, at: usize) -> Parsed<Year> {
        let start = self.of_or_within(at).unwrap_or(at);
        if let Some(named) = self.year_word(start) {
            return self.year_number(named, false);
        }
        (start == at).then(|| self.year_number(at, true))?
    }

    /// `عام`, `سنة`, `للعام` before a year; the token after it.
    pub(super) fn year_word(&self, at: usize) -> Option<usize> {
        let dual = || self.is(at, Sense::Unit(Unit::Year, Count::Two));
        self.is(at, Sense::Unit(Unit::Year, Count::One))
            .or_else(|| self.is(at, Sense::YearsOf))
            .or_else(|| dual().filter(|_| self.word(at).is_some_and(|w| w.article)))
    }

    /// The number of a year; `bare` when no word says that it is one.
    pub(super) fn year_number(&self, at: usize, bare: bool) -> Parsed<Year> {
        let (number, end) = match self.item(at)? {
            Item::Digits(n, len @ 3..=4) if n >= 100 => {
                (!bare || len == 4).then_some((n, at + 1))?
            }
            Item::Word(_) if !bare => {
                let (n, end) = self.cardinal(at)?;
                (1000..2200).contains(&n).then_some((n, end))?
            }
            _ => return None,
        };
        let number_i32 = i32::try_from(number).ok()?;
        if let Some((era, end)) = self.era(end) {
            return match era {
                Era::Gregorian => Some((Year::Number(number_i32, Calendar::Gregorian), end)),
                Era::Hijri => Some((Year::Number(number_i32, Calendar::Hijri), end)),
                Era::Bc => None,
            };
        }
        let hijri = HIJRI_YEARS.contains(&number);
        let after_month = at > 0 && matches!(self.month_before(at), Some(Calendar::Hijri));
        if bare && !BARE_YEARS.contains(&number) && !(hijri && after_month) {
            return None;
        }
        let calendar = if hijri {
            Calendar::Hijri
        } else {
            Calendar::Gregorian
        };
        Some((Year::Number(number_i32, calendar), end))
    }

    /// The calendar of the month whose last word stands just before `at`.
    fn month_before(&self, at: usize) -> Option<Calendar> {
        (1..=2.min(at)).find_map(|n| {
            let ((calendar, ..), end) = self.month_name(at - n)?;
            (end == at).then_some(calendar)
        })
    }

    /// `م`, `هـ`, `للهجرة`, with or without parentheses or a dot.
    pub(super) fn era(&self, at: usize) -> Parsed<Era> {
        let opened = self.mark(at, &["("]);
        let start = if opened { at + 1 } else { at };
        let (era, end) = self.sense(start, |s| match s {
            Sense::Era(era) => Some(era),
            _ => None,
        })?;
        if opened {
            return self.mark(end, &[")"]).then_some((era, end + 1));
        }
        Some((era, end))
    }
}

/// A year after a month is of the month's calendar.
fn default_calendar(year: Year, month: Option<Month>) -> Year {
    match (year, month) {
        (Year::Number(n, _), Some(Month::Number(_, calendar))) => Year::Number(n, calendar),
        _ => year,
    }
}

/// A date in figures, the month first where the other order has no such day.
fn figures_moment(year: u64, month: u64, day: u64) -> Option<Moment> {
    let (day, month) = if month > 12 {
        (month, day)
    } else {
        (day, month)
    };
    let calendar = if HIJRI_YEARS.contains(&year) {
        Calendar::Hijri
    } else {
        Calendar::Gregorian
    };
    let valid = month <= 12 && day <= 31 && (1300..=2200).contains(&year);
    valid.then_some(Moment {
        day: Some(day as u8),
        month: Some(Month::Number(month as u8, calendar)),
        year: Some(Year::Number(year as i32, calendar)),
        ..Moment::default()
    })
}
