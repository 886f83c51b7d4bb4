//! Days, months and holidays that name no year, or less.

use super::{Resolver, Setting, holiday_in, steps};
use crate::expr::{Counted, Moment, Month, Year};
use crate::lexicon::{Calendar, Rel, Rule, Unit};
use crate::value::{Point, Value};
use crate::{Date, hijri};

/// A month with no year that lies this many months ahead or less is the
/// coming one; beyond, the last.
const MONTHS_AHEAD: i32 = 4;

/// The same for a day with no year, in days.
const DAYS_AHEAD: i32 = 150;

/// A day with no year is next year's when that is as near as this.
const TURN_OF_YEAR: i32 = 45;

impl Resolver {
    /// A day by its relation to today or by its weekday.
    pub(super) fn day(&self, m: &Moment, at: Setting) -> Option<Date> {
        if let Some((Unit::Day, rel)) = m.unit {
            let origin = match rel {
                Rel::Same => self.last_day?,
                _ => self.sentence_day.or(self.last_day).or(at.today)?,
            };
            return origin.add_days(steps(rel)?);
        }
        let today = at.today?;
        let Some(weekday) = m.weekday else {
            return today.add_days(m.deictic?.into());
        };
        if let Some(days) = m.deictic {
            let named = today.add_days(days.into())?;
            let off = i32::from(weekday) - i32::from(named.weekday());
            return named.add_days((off + 3).rem_euclid(7) - 3);
        }
        if let Some((Unit::Week, rel)) = m.unit {
            let monday = today.add_days(1 - i32::from(today.weekday()) + 7 * steps(rel)?)?;
            return monday.add_days(i32::from(weekday) - 1);
        }
        let (today, onward) = match self.sentence_day.filter(|_| at.until) {
            Some(start) => (start, true),
            None => (today, at.ahead),
        };
        let back = (i32::from(today.weekday()) - i32::from(weekday)).rem_euclid(7);
        let ahead = (7 - back) % 7;
        today.add_days(match m.rel {
            Some(Rel::Last) => -back - if back == 0 { 7 } else { 0 },
            Some(Rel::BeforeLast) => -back - if back == 0 { 14 } else { 7 },
            Some(Rel::Next) => 7 - back,
            Some(Rel::AfterNext) => 14 - back,
            Some(Rel::Same) => return self.last_day.filter(|d| d.weekday() == weekday),
            Some(Rel::This | Rel::Recent) | None if onward => ahead,
            Some(Rel::This | Rel::Recent) | None => -back,
        })
    }

    /// A day of a month.
    pub(super) fn dated(&self, m: &Moment, at: Setting) -> Option<Value> {
        let day = m.day?;
        let date = match m.month? {
            Month::Rel(_) => {
                let Value::Point(Point::Month(year, month)) = self.month(m, at)? else {
                    return None;
                };
                Date::new(year, month, day)
            }
            Month::Number(month, Calendar::Hijri) => self.hijri_day(m, month, day, at),
            Month::Number(month, Calendar::Gregorian) => match self.written_year(m, at) {
                Some(year) => Date::new(year, month, day),
                None => self.nearest_day(m, month, day, at),
            },
        };
        date.map(|d| Value::Point(Point::Day(d)))
    }

    /// The year that stands with a date, or that its sentence named before.
    fn written_year(&self, m: &Moment, at: Setting) -> Option<i32> {
        match m.year {
            Some(year) => self.year(year, at),
            None if m.rel.is_none() && m.weekday.is_none() => self.sentence_year,
            None => None,
        }
    }

    fn nearest_day(&self, m: &Moment, month: u8, day: u8, at: Setting) -> Option<Date> {
        if m.year.is_some() {
            return None;
        }
        let today = at.today?;
        let in_year = |year| Date::new(year, month, day);
        if let Some(weekday) = m.weekday {
            let near = [0, 1, -1].map(|n| in_year(today.year() + n));
            let fitting = near.into_iter().flatten().find(|d| d.weekday() == weekday);
            if fitting.is_some() {
                return fitting;
            }
        }
        let this = in_year(today.year());
        let ahead = this.map_or(0, |d| d.ordinal() - today.ordinal());
        match m.rel {
            Some(Rel::Last) if ahead >= 0 => in_year(today.year() - 1),
            Some(Rel::Next) if ahead <= 0 => in_year(today.year() + 1),
            Some(_) => this,
            None if ahead > 0 && !at.ahead && ahead > DAYS_AHEAD => in_year(today.year() - 1),
            None if ahead < 0 && (at.ahead || ahead + 365 <= TURN_OF_YEAR) => {
                let next = in_year(today.year() + 1)?;
                let far = next.ordinal() - today.ordinal() > 365 - TURN_OF_YEAR;
                if far { this } else { Some(next) }
            }
            None => this,
        }
    }

    fn hijri_day(&self, m: &Moment, month: u8, day: u8, at: Setting) -> Option<Date> {
        if let Some(Year::Number(year, _)) = m.year {
            return hijri::to_gregorian(year, month, day);
        }
        let today = at.today?;
        let this = hijri::year_of(today);
        if let Some(Year::Rel(rel)) = m.year {
            return hijri::to_gregorian(this + steps(rel)?, month, day);
        }
        let days = [-1, 0, 1].map(|n| hijri::to_gregorian(this + n, month, day));
        nearest(days.into_iter().flatten(), today, m.rel)
    }

    /// A month.
    pub(super) fn month(&self, m: &Moment, at: Setting) -> Option<Value> {
        let (number, calendar) = match m.month? {
            Month::Rel(rel) => return self.unit(Unit::Month, rel, at).map(Value::Point),
            month => month.number()?,
        };
        if calendar == Calendar::Hijri {
            return self.hijri_month(m, number, at);
        }
        let point = |year| Some(Value::Point(Point::Month(year, number)));
        if let Some(year) = self.written_year(m, at) {
            return point(year);
        }
        if m.year.is_some() {
            return None;
        }
        let today = at.today?;
        let ahead = i32::from(number) - i32::from(today.month());
        let year = today.year();
        point(match m.rel {
            Some(Rel::Last) if ahead >= 0 => year - 1,
            Some(Rel::Next) if ahead <= 0 => year + 1,
            None if at.ahead && ahead < 0 => year + 1,
            None if !at.ahead && ahead > MONTHS_AHEAD => year - 1,
            _ => year,
        })
    }

    fn hijri_month(&self, m: &Moment, number: u8, at: Setting) -> Option<Value> {
        let range = |year| {
            let (first, last) = hijri::month(year, number)?;
            Some(Value::Range(Point::Day(first), Point::Day(last)))
        };
        match m.year {
            Some(Year::Number(year, _)) if year < 1700 => return range(year),
            Some(Year::Number(year, _)) => {
                let first = hijri::year_of(Date::new(year, 1, 1)?);
                let starts = (first..first + 2).filter_map(|h| hijri::month(h, number));
                let (first, last) = starts.into_iter().find(|(d, _)| d.year() == year)?;
                return Some(Value::Range(Point::Day(first), Point::Day(last)));
            }
            Some(Year::Rel(rel)) => return range(hijri::year_of(at.today?) + steps(rel)?),
            None => {}
        }
        let today = at.today?;
        let this = hijri::year_of(today);
        let starts = (this - 1..=this + 1).filter_map(|y| hijri::month(y, number));
        let inside = starts.clone().find(|(a, b)| *a <= today && today <= *b);
        if let (Some((first, last)), None | Some(Rel::This)) = (inside, m.rel) {
            return Some(Value::Range(Point::Day(first), Point::Day(last)));
        }
        let first = nearest(starts.map(|(first, _)| first), today, m.rel)?;
        range(hijri::year_of(first))
    }

    /// A holiday, in the year that is named or else the nearest.
    pub(super) fn holiday(&self, rule: Rule, m: &Moment, at: Setting) -> Option<Value> {
        let after = i32::from(m.day.unwrap_or(1)) - 1;
        let day = |date: Date| date.add_days(after).map(|d| Value::Point(Point::Day(d)));
        match (m.year, rule) {
            (
                Some(Year::Number(year, Calendar::Hijri)),
                Rule::Yearly(Calendar::Hijri, month, dom),
            ) => {
                return hijri::to_gregorian(year, month, dom).and_then(day);
            }
            (Some(year), _) => return holiday_in(rule, self.year(year, at)?).and_then(day),
            (None, _) => {}
        }
        let today = at.today?;
        let days = (-1..=1).filter_map(|n| holiday_in(rule, today.year() + n));
        let rel = m.rel.or(at.ahead.then_some(Rel::Next));
        nearest(days, today, rel).and_then(day)
    }

    /// The n-th weekday, week or day of a month. Only whole weeks count.
    pub(super) fn counted(&self, m: &Moment, at: Setting) -> Option<Value> {
        let (n, counted) = m.nth?;
        let whole = Moment { nth: None, ..*m };
        let month = self.month(&whole, at)?;
        let (first, last) = (month.first_day()?, month.last_day()?);
        let weekday = match counted {
            Counted::Weekday(day) => i32::from(day),
            Counted::Week => 1,
            Counted::Day if n < 0 => return Some(Value::Point(Point::Day(last))),
            Counted::Day => {
                let day = first.add_days(i32::from(n) - 1).filter(|d| *d <= last)?;
                return Some(Value::Point(Point::Day(day)));
            }
        };
        let last = match counted {
            Counted::Week => last.add_days(-6)?,
            _ => last,
        };
        let day = if n < 0 {
            last.add_days(-(i32::from(last.weekday()) - weekday).rem_euclid(7))?
        } else {
            let to_first = (weekday - i32::from(first.weekday())).rem_euclid(7);
            first.add_days(to_first + 7 * (i32::from(n) - 1))?
        };
        let (year, week) = day.iso_week();
        (day <= last).then_some(Value::Point(match counted {
            Counted::Week => Point::Week(year, week),
            _ => Point::Day(day),
        }))
    }
}

/// Of several days the nearest to today, on the side that `rel` asks for.
fn nearest(days: impl Iterator<Item = Date>, today: Date, rel: Option<Rel>) -> Option<Date> {
    let away = |d: &Date| (d.ordinal() - today.ordinal()).abs();
    days.filter(|d| match rel {
        Some(Rel::Last) => *d < today,
        Some(Rel::Next) => *d > today,
        Some(Rel::This) => d.year() == today.year(),
        _ => true,
    })
    .min_by_key(away)
}
