//! The Hijri calendar of Saudi Arabia and of most newspapers: Umm al-Qura, in
//! the tables of ICU4X.
//!
//! It is fixed in advance; where a country sights the moon, a month may begin
//! a day earlier or later than here.

use std::ops::RangeInclusive;

use icu_calendar::cal::Hijri;
use icu_calendar::types::RataDie;

use crate::Date;

/// Years that the tables cover; outside them a date has no value.
const YEARS: RangeInclusive<i32> = 1300..=1600;

/// The Gregorian day of a Hijri date; `None` when the calendar has no such day.
pub(crate) fn to_gregorian(year: i32, month: u8, day: u8) -> Option<Date> {
    if !YEARS.contains(&year) {
        return None;
    }
    let calendar = Hijri::new_umm_al_qura();
    let date = icu_calendar::Date::try_new_hijri_with_calendar(year, month, day, calendar).ok()?;
    Date::from_ordinal(i32::try_from(date.to_rata_die().to_i64_date()).ok()?)
}

/// The first and the last Gregorian day of a Hijri month.
pub(crate) fn month(year: i32, month: u8) -> Option<(Date, Date)> {
    let first = to_gregorian(year, month, 1)?;
    let last = to_gregorian(year, month, 30).or_else(|| to_gregorian(year, month, 29))?;
    Some((first, last))
}

/// The first and the last Gregorian day of a Hijri year.
pub(crate) fn year(year: i32) -> Option<(Date, Date)> {
    Some((to_gregorian(year, 1, 1)?, month(year, 12)?.1))
}

/// The Hijri year of a Gregorian day.
pub(crate) fn year_of(date: Date) -> i32 {
    let day = RataDie::new(i64::from(date.ordinal()));
    icu_calendar::Date::from_rata_die(day, Hijri::new_umm_al_qura())
        .year()
        .extended_year()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_convert() {
        for (hijri, gregorian) in [
            ((1436, 10, 26), "2015-08-11"),
            ((1440, 9, 1), "2019-05-06"),
            ((1434, 12, 10), "2013-10-15"),
            ((1441, 1, 1), "2019-08-31"),
            ((1446, 8, 13), "2025-02-12"),
        ] {
            let date = to_gregorian(hijri.0, hijri.1, hijri.2);
            assert_eq!(date, Date::parse(gregorian), "{hijri:?}");
            assert_eq!(date.map(year_of), Some(hijri.0));
        }
    }

    #[test]
    fn days_outside_the_calendar_have_no_value() {
        assert_eq!(to_gregorian(1436, 13, 1), None);
        assert_eq!(to_gregorian(1436, 10, 31), None);
        assert_eq!(to_gregorian(200, 1, 1), None);
        assert_eq!(to_gregorian(9000, 1, 1), None);
    }

    #[test]
    fn months_and_years_tile_the_calendar() {
        for y in YEARS {
            let mut next = year(y).map(|(first, _)| first);
            for m in 1..=12 {
                let (first, last) = month(y, m).expect("a month of the table");
                assert_eq!(Some(first), next);
                next = last.add_days(1);
            }
        }
    }
}
