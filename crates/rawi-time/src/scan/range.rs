//! Ranges: `بين 2016 و2018`, `من 13 إلى 15 يوليو`, `من الساعة 3 حتى 5 عصرا`.

use super::date::{BARE_YEARS, HIJRI_YEARS};
use super::{Item, Parsed, Scanner};
use crate::expr::{Expr, Moment, Month, Year};
use crate::lexicon::{Calendar, Count, Era, Sense, Unit};

impl Scanner<'_> {
    pub(super) fn range(&self, at: usize) -> Parsed<Expr> {
        if let Some(found) = self.years(at) {
            return Some(found);
        }
        let word = self.word(at);
        let bare = word.is_some_and(|word| !word.article && word.prep.is_none());
        let led = |sense| self.is(at, sense).filter(|_| bare);
        let (start, joint) = match (led(Sense::Between), led(Sense::Of)) {
            (Some(next), _) => (next, Joint::And),
            (None, Some(next)) => (next, Joint::To),
            (None, None) => (at, Joint::Bare),
        };
        if let Some(found) = self.days_of_month(start) {
            return Some(found);
        }
        let (first, end) = self.range_start(start, joint)?;
        let next = match joint {
            Joint::And => self.and(end)?,
            Joint::To | Joint::Bare => self.to(end)?,
        };
        if self.is_and(next) {
            return None;
        }
        let (second, end) = self.range_end(next, &first)?;
        if are_apart(&first, &second) {
            return None;
        }
        let (first, second) = complete(first, second)?;
        Some((Expr::Range(first, second), end))
    }

    /// `إلى`, `حتى`, `وحتى` or a dash.
    fn to(&self, at: usize) -> Option<usize> {
        if self.mark(at, &["-", "–", "—"]) {
            return Some(at + 1);
        }
        self.is(at, Sense::To)
    }

    /// A moment, or a day whose month comes with the second.
    fn range_start(&self, at: usize, joint: Joint) -> Parsed<Moment> {
        let listed = |(_, end)| self.and(end).is_some();
        let lends = joint == Joint::And && self.day_number(at).is_some_and(listed);
        if !lends && let Some(found) = self.moment(at) {
            return Some(found);
        }
        let day = Sense::Unit(Unit::Day, Count::One);
        let start = self.is_plain(at, day).unwrap_or(at);
        let (day, end) = self.day_number(start)?;
        let m = Moment {
            day: Some(day),
            ..Moment::default()
        };
        Some((m, end))
    }

    /// A moment, or a number that reads as the first moment does.
    fn range_end(&self, at: usize, first: &Moment) -> Parsed<Moment> {
        let only_year = first.year.is_some() && !first.names_day() && first.month.is_none();
        if only_year && let Some((year, end)) = self.written_year(at) {
            let m = Moment {
                year: Some(year),
                ..Moment::default()
            };
            return Some((m, end));
        }
        self.moment(at)
    }

    /// `2014-2015`, `2014/2015`.
    fn years(&self, at: usize) -> Parsed<Expr> {
        let start = match self.year_word(at) {
            Some(next) if matches!(self.item(next), Some(Item::Digits(..))) => next,
            _ => at,
        };
        let hijri = self.digits(start, *HIJRI_YEARS.start(), *HIJRI_YEARS.end());
        let (low, high) = if hijri.is_some() {
            HIJRI_YEARS.into_inner()
        } else {
            BARE_YEARS.into_inner()
        };
        let (a, next) = self.digits(start, low, high)?;
        if !self.mark(next, &["-", "/", "–", "—"]) {
            return None;
        }
        let (b, end) = self.digits(next + 1, low, high)?;
        let more = self.mark(end, &["-", "/", "–"])
            && matches!(self.item(end + 1), Some(Item::Digits(..)));
        if b <= a || more {
            return None;
        }
        let era = self.era(end);
        let calendar = match (hijri, era) {
            (Some(_), Some((Era::Hijri, _))) => Calendar::Hijri,
            (Some(_), _) => return None,
            (None, _) => Calendar::Gregorian,
        };
        let end = era.map_or(end, |(_, end)| end);
        let year = |n| Moment {
            year: Some(Year::Number(n as i32, calendar)),
            ..Moment::default()
        };
        Some((Expr::Range(year(a), year(b)), end))
    }

    /// `يوليو 13-15`: the month first, as translations from English have it.
    fn days_of_month(&self, at: usize) -> Parsed<Expr> {
        let ((calendar, month, _), next) = self.month_name(at)?;
        let (a, next) = self.digits(next, 1, 31)?;
        let (b, end) = self.digits(self.to(next)?, 1, 31)?;
        let day = |n| Moment {
            day: Some(n as u8),
            month: Some(Month::Number(month, calendar)),
            ..Moment::default()
        };
        (a < b).then_some((Expr::Range(day(a), day(b)), end))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Joint {
    And,
    To,
    Bare,
}

/// Whether both ends are days that need nothing from each other: then they are
/// two expressions, as in TIMEX3.
fn are_apart(first: &Moment, second: &Moment) -> bool {
    let whole = |m: &Moment| m.names_day() && (m.day.is_none() || m.month.is_some());
    let lends = first.year.is_some() != second.year.is_some() && first.month.is_some();
    whole(first) && whole(second) && !lends
}

/// Gives each end what only the other one says; `None` when they are of
/// different kinds, and then are two moments and no range.
fn complete(mut first: Moment, mut second: Moment) -> Option<(Moment, Moment)> {
    if first.month.is_none() && first.day.is_some() {
        first.month = second.month;
        second.day?;
    }
    let same = first.names_day() == second.names_day()
        && first.month.is_some() == second.month.is_some()
        && first.unit.is_some() == second.unit.is_some()
        || first.hour.is_some() && second.hour.is_some();
    if !same || first.hour.is_some() != second.hour.is_some() {
        return None;
    }
    if first.month.is_some() {
        match (first.year, second.year) {
            (None, year) => first.year = year,
            (year, None) => second.year = year,
            _ => {}
        }
    }
    if first.hour.is_some() {
        if !second.names_day() {
            (second.deictic, second.weekday) = (first.deictic, first.weekday);
            (second.day, second.month, second.year) = (first.day, first.month, first.year);
            second.holiday = first.holiday;
        } else if !first.names_day() {
            (first.deictic, first.weekday) = (second.deictic, second.weekday);
            (first.day, first.month, first.year) = (second.day, second.month, second.year);
        }
        if first.part.is_none()
            && let (Some(part), Some(hour)) = (second.part, &mut first.hour)
        {
            hour.hour = super::clock::place(hour.hour, part);
        }
    }
    Some((first, second))
}
