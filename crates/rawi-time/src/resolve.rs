//! From what the text says to what it means: expressions into values, given
//! the day of speaking and what the text named before.

mod calendar;
mod outlook;

use crate::Date;
use crate::expr::{Expr, Moment, Month, Share, Year};
use crate::lexicon::{Calendar, Rel, Rule, Unit, holiday};
use crate::value::{Clock, Duration, Point, Season, Value};
pub(crate) use outlook::looks_ahead;

/// Where an expression stands, as far as its value depends on it.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Setting {
    /// The day of speaking.
    pub today: Option<Date>,
    /// Whether the sentence announces rather than reports.
    pub ahead: bool,
    /// Whether `حتى` or `إلى` stands before it, which ends what began earlier.
    pub until: bool,
    /// The sentence, by number.
    pub sentence: usize,
}

/// Resolves the expressions of one text in order, and remembers what they
/// name: `ذلك اليوم` and `الشهر نفسه` point back.
#[derive(Default, Debug)]
pub(crate) struct Resolver {
    last_day: Option<Date>,
    last_month: Option<(i32, u8)>,
    last_year: Option<i32>,
    sentence: usize,
    /// The day that this sentence has named.
    sentence_day: Option<Date>,
    /// The year that this sentence has written out.
    sentence_year: Option<i32>,
}

impl Resolver {
    /// The value of an expression; `None` where it has none that can be known.
    pub fn resolve(&mut self, expr: &Expr, at: Setting) -> Option<Value> {
        if at.sentence != self.sentence {
            self.sentence = at.sentence;
            (self.sentence_day, self.sentence_year) = (None, None);
        }
        let value = match expr {
            Expr::Moment(m) => self.moment(m, at),
            Expr::Range(first, second) => self.range(first, second, at),
            Expr::Length(length) | Expr::Every(length) => Some(Value::Duration(*length)),
            Expr::Shift(length, 1) if !at.ahead => Some(Value::Duration(*length)),
            Expr::Shift(length, sign) => shift(*length, *sign, at.today),
            Expr::EveryWeekday(day) => Some(Value::Weekly(*day)),
            Expr::VagueDate | Expr::VagueLength => None,
        };
        let value = value.filter(|v| v.is_on_calendar());
        self.remember(expr, value);
        value
    }

    fn remember(&mut self, expr: &Expr, value: Option<Value>) {
        let point = match value {
            Some(Value::Point(point) | Value::Range(point, _)) => point,
            _ => return,
        };
        if let Expr::Moment(Moment {
            year: Some(Year::Number(..)),
            ..
        }) = expr
        {
            self.sentence_year = value.and_then(Value::first_day).map(Date::year);
        }
        match point {
            Point::Day(day) | Point::Time(day, _) => {
                self.last_day = Some(day);
                self.sentence_day = Some(day);
                self.last_month = Some((day.year(), day.month()));
                self.last_year = Some(day.year());
            }
            Point::Month(year, month) => {
                self.last_month = Some((year, month));
                self.last_year = Some(year);
            }
            Point::Year(year) => self.last_year = Some(year),
            _ => {}
        }
    }

    fn range(&self, first: &Moment, second: &Moment, at: Setting) -> Option<Value> {
        let from = self.moment(first, at)?;
        let start = from.first_day();
        let mut to = self.moment(second, at)?;
        if let (Some(start), Some(end)) = (start, to.first_day())
            && end < start
        {
            to = self.after(second, start, at)?;
        }
        let (Value::Point(a) | Value::Range(a, _), Value::Point(b) | Value::Range(_, b)) =
            (from, to)
        else {
            return None;
        };
        let ordered = match (a.first_day(), b.last_day()) {
            (Some(a), Some(b)) => a <= b,
            _ => true,
        };
        ordered.then_some(Value::Range(a, b))
    }

    /// The second end of a range, counted from the first.
    fn after(&self, m: &Moment, start: Date, at: Setting) -> Option<Value> {
        let later = Setting {
            today: Some(start),
            ahead: true,
            ..at
        };
        self.moment(m, later)
    }

    fn moment(&self, m: &Moment, at: Setting) -> Option<Value> {
        let Some(hour) = m.hour else {
            return self.stretch(m, at);
        };
        let clock = Clock {
            hour: hour.hour,
            minute: hour.minute,
            second: hour.second,
            utc: m.utc,
        };
        if m.names_day() {
            let day = self.stretch(m, at)?.first_day()?;
            return Some(Value::Point(Point::Time(day, clock)));
        }
        Some(Value::Point(match self.sentence_day.or(at.today) {
            Some(day) => Point::Time(day, clock),
            None => Point::Clock(clock),
        }))
    }

    /// A day or a longer stretch.
    fn stretch(&self, m: &Moment, at: Setting) -> Option<Value> {
        if let Some(index) = m.holiday {
            return self.holiday(holiday(index)?, m, at);
        }
        if m.nth.is_some() {
            return self.counted(m, at);
        }
        if let Some(share) = m.share {
            let year = match (m.year, share, m.rel) {
                (Some(year), ..) => self.year(year, at)?,
                (None, Share::Season(season), Some(rel)) => season_year(season, rel, at.today?)?,
                _ => return None,
            };
            return Some(Value::Point(match share {
                Share::Quarter(n) => Point::Quarter(year, n),
                Share::Half(n) => Point::Half(year, n),
                Share::Season(season) => Point::Season(year, season),
            }));
        }
        if m.decade.is_some() || m.century.is_some() {
            return century(m, at.today);
        }
        if m.day.is_some() {
            return self.dated(m, at);
        }
        if m.month.is_some() {
            return self.month(m, at);
        }
        if m.names_day() {
            return self.day(m, at).map(|d| Value::Point(Point::Day(d)));
        }
        if let Some(Year::Number(year, Calendar::Hijri)) = m.year {
            let (first, last) = crate::hijri::year(year)?;
            return Some(Value::Range(Point::Day(first), Point::Day(last)));
        }
        if let Some(year) = m.year {
            return self.year(year, at).map(|y| Value::Point(Point::Year(y)));
        }
        let (unit, rel) = m.unit?;
        self.unit(unit, rel, at).map(Value::Point)
    }

    /// A unit by its relation to today.
    fn unit(&self, unit: Unit, rel: Rel, at: Setting) -> Option<Point> {
        if rel == Rel::Same && unit == Unit::Month {
            return self.last_month.map(|(y, m)| Point::Month(y, m));
        }
        let origin = match rel {
            Rel::Same => self.last_day,
            _ => at.today,
        }?;
        let steps = steps(rel)?;
        let steps = match (unit, rel) {
            (Unit::Weekend, Rel::This) if !at.ahead => -1,
            _ => steps,
        };
        let week = |steps: i32| Some(origin.add_days(steps * 7)?.iso_week());
        Some(match unit {
            Unit::Week => week(steps).map(|(y, w)| Point::Week(y, w))?,
            Unit::Weekend => week(steps).map(|(y, w)| Point::Weekend(y, w))?,
            Unit::Month => {
                let month = Date::new(origin.year(), origin.month(), 1)?.add_months(steps)?;
                Point::Month(month.year(), month.month())
            }
            Unit::Year => Point::Year(origin.year() + steps),
            Unit::Decade => Point::Decade(origin.year() / 10 + steps),
            Unit::Century => Point::Century(origin.year() / 100 + steps),
            _ => return None,
        })
    }

    /// A Gregorian year.
    fn year(&self, year: Year, at: Setting) -> Option<i32> {
        match year {
            Year::Number(year, Calendar::Gregorian) => {
                Some(year).filter(|y| (1..=9999).contains(y))
            }
            Year::Number(_, Calendar::Hijri) => None,
            Year::Rel(Rel::Same) => self.last_year,
            Year::Rel(rel) => Some(at.today?.year() + steps(rel)?),
        }
    }
}

/// How many units away a relation is.
fn steps(rel: Rel) -> Option<i32> {
    Some(match rel {
        Rel::BeforeLast => -2,
        Rel::Last => -1,
        Rel::This | Rel::Same => 0,
        Rel::Next => 1,
        Rel::AfterNext => 2,
        Rel::Recent => return None,
    })
}

/// A length away from today, as exact as the length is: years lead to a year,
/// months to a month, days and weeks to a day, hours to themselves.
fn shift(length: Duration, sign: i32, today: Option<Date>) -> Option<Value> {
    if length.hours + length.minutes + length.seconds > 0 {
        return Some(Value::Duration(length));
    }
    let today = today?;
    let signed = |n: u32| i32::try_from(n).ok()?.checked_mul(sign);
    let months = signed(length.years)?
        .checked_mul(12)?
        .checked_add(signed(length.months)?)?;
    let days = signed(length.weeks)?
        .checked_mul(7)?
        .checked_add(signed(length.days)?)?;
    let date = today.add_months(months)?.add_days(days)?;
    Some(Value::Point(if length.days + length.weeks > 0 {
        Point::Day(date)
    } else if length.months > 0 {
        Point::Month(date.year(), date.month())
    } else {
        Point::Year(date.year())
    }))
}

/// The year of the last season that is over, of the next to begin, or this one.
fn season_year(season: Season, rel: Rel, today: Date) -> Option<i32> {
    let year = today.year();
    let over = |y| {
        Point::Season(y, season)
            .last_day()
            .is_some_and(|d| d < today)
    };
    let begun = |y| {
        Point::Season(y, season)
            .first_day()
            .is_some_and(|d| d <= today)
    };
    match rel {
        Rel::Last => [year, year - 1, year - 2].into_iter().find(|&y| over(y)),
        Rel::Next => [year, year + 1].into_iter().find(|&y| !begun(y)),
        Rel::This => Some(year),
        _ => None,
    }
}

/// A decade or a century.
fn century(m: &Moment, today: Option<Date>) -> Option<Value> {
    let century = match (m.century, m.unit) {
        (Some(number), _) => Some(number - 1),
        (None, Some((Unit::Century, rel))) => Some(today?.year() / 100 + steps(rel)?),
        _ => None,
    };
    let point = match (m.decade, century) {
        (None, century) => Point::Century(century?),
        (Some(tens), Some(century)) => Point::Decade(century * 10 + i32::from(tens / 10)),
        (Some(tens), None) => {
            let year = today?.year();
            let decade = year / 100 * 10 + i32::from(tens / 10);
            Point::Decade(if decade * 10 > year {
                decade - 10
            } else {
                decade
            })
        }
    };
    Some(Value::Point(point))
}

/// The Gregorian day of a holiday in a Gregorian year. A Hijri day may fall
/// twice into one; the first time counts.
fn holiday_in(rule: Rule, year: i32) -> Option<Date> {
    match rule {
        Rule::Easter(days) => Date::easter(year)?.add_days(days),
        Rule::Yearly(Calendar::Gregorian, month, day) => Date::new(year, month, day),
        Rule::Yearly(Calendar::Hijri, month, day) => {
            let first = crate::hijri::year_of(Date::new(year, 1, 1)?);
            (first..first + 2)
                .filter_map(|h| crate::hijri::to_gregorian(h, month, day))
                .find(|d| d.year() == year)
        }
    }
}

impl Month {
    /// Its number and calendar, when the text names it.
    fn number(self) -> Option<(u8, Calendar)> {
        match self {
            Month::Number(number, calendar) => Some((number, calendar)),
            Month::Rel(_) => None,
        }
    }
}
