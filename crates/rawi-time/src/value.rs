//! Values of time expressions, printed and read as TIMEX3 writes them.

pub use rawi_words::time::Season;

use std::fmt;

use crate::Date;
use crate::calendar::days_in_month;

/// A clock time, with seconds and a zone only where the text gives them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Clock {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: Option<u8>,
    /// Whether the text says universal time; otherwise it is local time.
    pub utc: bool,
}

/// A stretch of the calendar that has a name of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Point {
    /// A century by its number less one, `19` for the twentieth.
    Century(i32),
    /// A decade by its first three digits, `199` for the nineties.
    Decade(i32),
    /// A year.
    Year(i32),
    /// Half a year: `2015-H1`.
    Half(i32, u8),
    /// A quarter: `2015-Q3`.
    Quarter(i32, u8),
    /// A season: `2015-SP`, `SU`, `FA`, `WI`.
    Season(i32, Season),
    /// A month: `2015-08`.
    Month(i32, u8),
    /// An ISO week: `2015-W33`.
    Week(i32, u8),
    /// The end of an ISO week: `2015-W33-WE`.
    Weekend(i32, u8),
    /// A day: `2015-08-11`.
    Day(Date),
    /// A clock time of a day: `2015-08-11T14:30`.
    Time(Date, Clock),
    /// A clock time of a day that is not known: `T14:30`.
    Clock(Clock),
}

/// A length of time, in the parts that the text names.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Debug)]
pub struct Duration {
    /// Years.
    pub years: u32,
    /// Months.
    pub months: u32,
    /// Weeks.
    pub weeks: u32,
    /// Days.
    pub days: u32,
    /// Hours.
    pub hours: u32,
    /// Minutes.
    pub minutes: u32,
    /// Seconds.
    pub seconds: u32,
}

/// What a time expression means.
///
/// ```
/// use rawi_time::{Date, value::Value};
///
/// let week = Value::parse("2025-W07").ok_or("not a value")?;
/// assert_eq!(week.first_day(), Date::parse("2025-02-10"));
/// assert_eq!(week.last_day(), Date::parse("2025-02-16"));
/// assert_eq!(week.to_string(), "2025-W07");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Value {
    /// One stretch of the calendar.
    Point(Point),
    /// From the start of the first to the end of the second: `2016/2018`.
    Range(Point, Point),
    /// A length, or the period of something that comes back: `P3D`, `PT2H`.
    Duration(Duration),
    /// A weekday, every week: `XXXX-WXX-5` is every Friday.
    Weekly(u8),
}

impl Clock {
    fn parse(text: &str) -> Option<Self> {
        let (text, utc) = match text.strip_suffix('Z') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let mut parts = text.split(':');
        let hour = fixed(parts.next()?, 2)? as u8;
        let minute = fixed(parts.next()?, 2)? as u8;
        let second = match parts.next() {
            Some(part) => Some(fixed(part, 2)? as u8),
            None => None,
        };
        let valid = hour < 24 && minute < 60 && second.is_none_or(|s| s < 60);
        (valid && parts.next().is_none()).then_some(Self {
            hour,
            minute,
            second,
            utc,
        })
    }
}

impl Point {
    fn parse(text: &str) -> Option<Self> {
        if let Some(clock) = text.strip_prefix('T') {
            return Clock::parse(clock).map(Point::Clock);
        }
        if let Some((date, clock)) = text.split_once('T') {
            return Some(Point::Time(Date::parse(date)?, Clock::parse(clock)?));
        }
        match text.len() {
            2 => fixed(text, 2).map(Point::Century),
            3 => fixed(text, 3).map(Point::Decade),
            4 => fixed(text, 4).filter(|&y| y > 0).map(Point::Year),
            10 if text.as_bytes()[5].is_ascii_digit() => Date::parse(text).map(Point::Day),
            _ => Self::parse_part(text),
        }
    }

    fn parse_part(text: &str) -> Option<Self> {
        let (year, part) = text.split_once('-')?;
        let year = fixed(year, 4).filter(|&y| y > 0)?;
        if let Some(week) = part.strip_prefix('W').and_then(|w| w.strip_suffix("-WE")) {
            let week = fixed(week, 2)? as u8;
            Date::of_iso_week(year, week)?;
            return Some(Point::Weekend(year, week));
        }
        if let Some(season) = Season::from_code(part) {
            return Some(Point::Season(year, season));
        }
        if let Some(week) = part.strip_prefix('W') {
            let week = fixed(week, 2)? as u8;
            Date::of_iso_week(year, week)?;
            return Some(Point::Week(year, week));
        }
        let numbered = |text: &str, len, max| {
            fixed(text, len)
                .filter(|&n| (1..=max).contains(&n))
                .map(|n| n as u8)
        };
        if let Some(quarter) = part.strip_prefix('Q') {
            return Some(Point::Quarter(year, numbered(quarter, 1, 4)?));
        }
        if let Some(half) = part.strip_prefix('H') {
            return Some(Point::Half(year, numbered(half, 1, 2)?));
        }
        Some(Point::Month(year, numbered(part, 2, 12)?))
    }

    /// The first day, or `None` for a clock time of no day.
    pub fn first_day(self) -> Option<Date> {
        match self {
            Point::Century(c) if c >= 0 => Date::new((c * 100).max(1), 1, 1),
            Point::Decade(d) if d >= 0 => Date::new((d * 10).max(1), 1, 1),
            Point::Century(_) | Point::Decade(_) => None,
            Point::Year(y) => Date::new(y, 1, 1),
            Point::Half(y, h) => Date::new(y, h * 6 - 5, 1),
            Point::Quarter(y, q) => Date::new(y, q * 3 - 2, 1),
            Point::Season(y, s) => Date::new(y, s.first_month(), 1),
            Point::Month(y, m) => Date::new(y, m, 1),
            Point::Week(y, w) => Date::of_iso_week(y, w),
            Point::Weekend(y, w) => Date::of_iso_week(y, w)?.add_days(5),
            Point::Day(date) | Point::Time(date, _) => Some(date),
            Point::Clock(_) => None,
        }
    }

    /// The last day, or `None` for a clock time of no day.
    pub fn last_day(self) -> Option<Date> {
        let end_of = |y: i32, m: u8| Date::new(y, m, days_in_month(y, m));
        match self {
            Point::Century(c) => Date::new(c * 100 + 99, 12, 31),
            Point::Decade(d) => Date::new(d * 10 + 9, 12, 31),
            Point::Year(y) => Date::new(y, 12, 31),
            Point::Half(y, h) => end_of(y, h * 6),
            Point::Quarter(y, q) => end_of(y, q * 3),
            Point::Season(y, Season::Winter) => end_of(y + 1, 2),
            Point::Season(y, s) => end_of(y, s.first_month() + 2),
            Point::Month(y, m) => end_of(y, m),
            Point::Week(y, w) | Point::Weekend(y, w) => Date::of_iso_week(y, w)?.add_days(6),
            Point::Day(date) | Point::Time(date, _) => Some(date),
            Point::Clock(_) => None,
        }
    }
}

impl Value {
    /// Reads a value as [`Display`](fmt::Display) prints it; `None` for
    /// anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if !text.is_ascii() {
            return None;
        }
        if text.starts_with('P') {
            return Duration::parse(text).map(Value::Duration);
        }
        if let Some(day) = text.strip_prefix("XXXX-WXX-") {
            let day = fixed(day, 1).filter(|d| (1..=7).contains(d))?;
            return Some(Value::Weekly(day as u8));
        }
        match text.split_once('/') {
            Some((from, to)) => Some(Value::Range(Point::parse(from)?, Point::parse(to)?)),
            None => Point::parse(text).map(Value::Point),
        }
    }

    /// Whether all of it lies in the years 1 to 9999, where it is a stretch of
    /// the calendar at all.
    pub(crate) fn is_on_calendar(self) -> bool {
        let held = |p: Point| {
            matches!(p, Point::Clock(_)) || p.first_day().is_some() && p.last_day().is_some()
        };
        match self {
            Value::Point(point) => held(point),
            Value::Range(from, to) => held(from) && held(to),
            Value::Duration(_) | Value::Weekly(_) => true,
        }
    }

    /// The first day it covers; `None` for durations and clock times of no day.
    pub fn first_day(self) -> Option<Date> {
        match self {
            Value::Point(point) | Value::Range(point, _) => point.first_day(),
            Value::Duration(_) | Value::Weekly(_) => None,
        }
    }

    /// The last day it covers; `None` for durations and clock times of no day.
    pub fn last_day(self) -> Option<Date> {
        match self {
            Value::Point(point) | Value::Range(_, point) => point.last_day(),
            Value::Duration(_) | Value::Weekly(_) => None,
        }
    }
}

impl Duration {
    fn parse(text: &str) -> Option<Self> {
        let mut out = Self::default();
        let (mut number, mut digits, mut clock, mut any) = (0u32, 0, false, false);
        for c in text.strip_prefix('P')?.chars() {
            match c {
                '0'..='9' if digits < 9 => {
                    number = number * 10 + (c as u32 - '0' as u32);
                    digits += 1;
                    continue;
                }
                'T' if digits == 0 && !clock => {
                    (clock, any) = (true, false);
                    continue;
                }
                _ if digits == 0 => return None,
                'Y' if !clock => out.years = number,
                'M' if !clock => out.months = number,
                'W' if !clock => out.weeks = number,
                'D' if !clock => out.days = number,
                'H' if clock => out.hours = number,
                'M' if clock => out.minutes = number,
                'S' if clock => out.seconds = number,
                _ => return None,
            }
            (number, digits, any) = (0, 0, true);
        }
        (digits == 0 && any).then_some(out)
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)?;
        if let Some(second) = self.second {
            write!(f, ":{second:02}")?;
        }
        if self.utc {
            f.write_str("Z")?;
        }
        Ok(())
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Point::Century(c) => write!(f, "{c:02}"),
            Point::Decade(d) => write!(f, "{d:03}"),
            Point::Year(y) => write!(f, "{y:04}"),
            Point::Half(y, h) => write!(f, "{y:04}-H{h}"),
            Point::Quarter(y, q) => write!(f, "{y:04}-Q{q}"),
            Point::Season(y, s) => write!(f, "{y:04}-{}", s.code()),
            Point::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Point::Week(y, w) => write!(f, "{y:04}-W{w:02}"),
            Point::Weekend(y, w) => write!(f, "{y:04}-W{w:02}-WE"),
            Point::Day(date) => write!(f, "{date}"),
            Point::Time(date, clock) => write!(f, "{date}T{clock}"),
            Point::Clock(clock) => write!(f, "T{clock}"),
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        let mut any = false;
        for (n, unit) in [
            (self.years, 'Y'),
            (self.months, 'M'),
            (self.weeks, 'W'),
            (self.days, 'D'),
        ] {
            if n > 0 {
                write!(f, "{n}{unit}")?;
                any = true;
            }
        }
        let clock = [(self.hours, 'H'), (self.minutes, 'M'), (self.seconds, 'S')];
        if clock.iter().any(|&(n, _)| n > 0) {
            f.write_str("T")?;
            for (n, unit) in clock.into_iter().filter(|&(n, _)| n > 0) {
                write!(f, "{n}{unit}")?;
            }
        } else if !any {
            f.write_str("T0S")?;
        }
        Ok(())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Point(point) => write!(f, "{point}"),
            Value::Range(from, to) => write!(f, "{from}/{to}"),
            Value::Duration(duration) => write!(f, "{duration}"),
            Value::Weekly(day) => write!(f, "XXXX-WXX-{day}"),
        }
    }
}

/// Exactly `len` ASCII digits as a number.
fn fixed(text: &str, len: usize) -> Option<i32> {
    let valid = text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
    valid.then(|| text.parse().ok())?
}
