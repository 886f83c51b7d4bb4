//! The Gregorian calendar, as far as resolving dates needs it.

use std::fmt;

/// Days before the first day of each month of a common year.
const BEFORE_MONTH: [i32; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// The ordinal of 1970-01-01.
const UNIX: i32 = 719_163;

/// A day of the proleptic Gregorian calendar, from the year 1 to 9999.
///
/// ```
/// use rawi_time::Date;
///
/// let date = Date::parse("2025-02-12").ok_or("not a date")?;
/// assert_eq!(date.weekday(), 3);
/// assert_eq!(date.add_days(17).map(|d| d.to_string()).as_deref(), Some("2025-03-01"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// The day `day` of month `month` (both from 1) of `year`; `None` when the
    /// calendar has no such day or the year lies outside 1 to 9999.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let valid = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        valid.then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD` in ASCII digits; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |range: std::ops::Range<usize>| -> Option<u32> {
            let part = text.get(range)?;
            part.bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| part.parse().ok())?
        };
        let dashes = text.len() == 10 && text.get(4..5)? == "-" && text.get(7..8)? == "-";
        if !dashes {
            return None;
        }
        Self::new(
            digits(0..4)? as i32,
            digits(5..7)? as u8,
            digits(8..10)? as u8,
        )
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The weekday as ISO 8601 counts it: Monday is 1, Sunday 7.
    pub fn weekday(self) -> u8 {
        ((self.ordinal() - 1).rem_euclid(7) + 1) as u8
    }

    /// Days since the day before 0001-01-01, which makes that day 1.
    pub(crate) fn ordinal(self) -> i32 {
        let y = self.year - 1;
        let leap = i32::from(self.month > 2 && is_leap(self.year));
        y * 365 + y / 4 - y / 100
            + y / 400
            + BEFORE_MONTH[usize::from(self.month) - 1]
            + leap
            + i32::from(self.day)
    }

    /// The day with this [ordinal](Self::ordinal), if its year is in range.
    pub(crate) fn from_ordinal(ordinal: i32) -> Option<Self> {
        if ordinal < 1 {
            return None;
        }
        let mut year = (i64::from(ordinal) * 400 / 146_097) as i32 + 1;
        while year > 1 && Self::new(year, 1, 1).is_none_or(|d| d.ordinal() > ordinal) {
            year -= 1;
        }
        while Self::new(year, 12, 31)?.ordinal() < ordinal {
            year += 1;
        }
        let mut rest = ordinal - Self::new(year, 1, 1)?.ordinal() + 1;
        let mut month = 1;
        while rest > i32::from(days_in_month(year, month)) {
            rest -= i32::from(days_in_month(year, month));
            month += 1;
        }
        Self::new(year, month, rest as u8)
    }

    /// Days since 1970-01-01, negative before.
    pub fn unix_day(self) -> i32 {
        self.ordinal() - UNIX
    }

    /// The day so many days after 1970-01-01, if its year is in range.
    pub fn from_unix_day(day: i32) -> Option<Self> {
        Self::from_ordinal(day.checked_add(UNIX)?)
    }

    /// The day `days` later (earlier when negative).
    pub fn add_days(self, days: i32) -> Option<Self> {
        Self::from_ordinal(self.ordinal().checked_add(days)?)
    }

    /// The same day `months` later, or the last day of that month when it is
    /// too short: a month after 31 January is 28 or 29 February.
    pub fn add_months(self, months: i32) -> Option<Self> {
        let count = (self.year * 12 + i32::from(self.month) - 1).checked_add(months)?;
        let (year, month) = (count.div_euclid(12), (count.rem_euclid(12) + 1) as u8);
        Self::new(year, month, self.day.min(days_in_month(year, month)))
    }

    /// The same day `years` later, 29 February falling back to the 28th.
    pub fn add_years(self, years: i32) -> Option<Self> {
        self.add_months(years.checked_mul(12)?)
    }

    /// The ISO 8601 week that the day lies in, with the year of that week.
    pub fn iso_week(self) -> (i32, u8) {
        let thursday = self.ordinal() + 4 - i32::from(self.weekday());
        let year = Self::from_ordinal(thursday).map_or(self.year, |d| d.year);
        let first = Self {
            year,
            month: 1,
            day: 1,
        };
        (year, ((thursday - first.ordinal()) / 7 + 1) as u8)
    }

    /// Monday of an ISO 8601 week; `None` when that year has no such week.
    pub fn of_iso_week(year: i32, week: u8) -> Option<Self> {
        let fourth = Self::new(year, 1, 4)?;
        let monday = fourth.ordinal() - i32::from(fourth.weekday()) + 1;
        let date = Self::from_ordinal(monday + (i32::from(week) - 1) * 7)?;
        (date.iso_week() == (year, week)).then_some(date)
    }

    /// Sunday of western Easter, by the Gregorian computus.
    pub(crate) fn easter(year: i32) -> Option<Self> {
        let a = year % 19;
        let (b, c) = (year / 100, year % 100);
        let g = (8 * b + 13) / 25;
        let h = (19 * a + b - b / 4 - g + 15) % 30;
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        let m = (a + 11 * h + 22 * l) / 451;
        let n = h + l - 7 * m + 114;
        Self::new(year, (n / 31) as u8, (n % 31 + 1) as u8)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Whether 29 February exists.
fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The length of a month of 1 to 12.
pub(crate) fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date of the test")
    }

    #[test]
    fn every_day_of_the_era_comes_back_from_its_ordinal() {
        let mut ordinal = 0;
        for year in 1..=9999 {
            for month in 1..=12 {
                for day in [1, 28, days_in_month(year, month)] {
                    let d = Date::new(year, month, day).expect("a day");
                    assert_eq!(Date::from_ordinal(d.ordinal()), Some(d));
                    assert!(d.ordinal() >= ordinal);
                    ordinal = d.ordinal();
                }
            }
        }
        assert_eq!(Date::from_ordinal(0), None);
        assert_eq!(Date::from_ordinal(ordinal + 1), None);
        assert_eq!(Date::from_ordinal(i32::MAX), None);
    }

    #[test]
    fn weeks_and_weekdays_follow_iso_8601() {
        assert_eq!(date("2000-01-01").weekday(), 6);
        assert_eq!(date("2015-08-11").weekday(), 2);
        for (day, week) in [
            ("2008-12-29", (2009, 1)),
            ("2010-01-03", (2009, 53)),
            ("2024-12-30", (2025, 1)),
            ("2025-02-12", (2025, 7)),
        ] {
            assert_eq!(date(day).iso_week(), week, "{day}");
            let monday = Date::of_iso_week(week.0, week.1).expect("a week");
            assert_eq!(monday.weekday(), 1);
            assert_eq!(monday.iso_week(), week);
        }
        assert_eq!(Date::of_iso_week(2015, 54), None);
    }

    #[test]
    fn easter_falls_where_the_church_put_it() {
        for day in ["2013-03-31", "2016-03-27", "2019-04-21", "2025-04-20"] {
            assert_eq!(Date::easter(date(day).year()), Some(date(day)));
        }
    }

    #[test]
    fn only_dates_are_dates() {
        for text in [
            "",
            "2025-2-12",
            "2025-02-30",
            "2025/02/12",
            "٢٠٢٥-٠٢-١٢",
            "+025-02-12",
            "0000-01-01",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn months_end_where_they_end() {
        let end = date("2015-01-31");
        assert_eq!(end.add_months(1), Some(date("2015-02-28")));
        assert_eq!(end.add_months(-2), Some(date("2014-11-30")));
        assert_eq!(date("2016-02-29").add_years(1), Some(date("2017-02-28")));
        assert_eq!(end.add_years(9000), None);
        assert_eq!(end.add_days(i32::MAX), None);
    }
}
