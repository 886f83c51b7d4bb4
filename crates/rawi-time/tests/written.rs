//! Dates of publication, in the forms in which they come.

use proptest::prelude::*;
use rawi_time::DateError::{Empty, NoDate, NoSuchDay, NoSuchTime, TwoDays};
use rawi_time::DateOrder::{Certain, DayFirst, MonthFirst};
use rawi_time::{Date, DateError, DateOrder};

fn read(text: &str) -> Result<(String, DateOrder), DateError> {
    Date::read(text).map(|(date, order)| (date.to_string(), order))
}

#[test]
fn every_form_is_read() {
    for (text, day, order) in [
        ("2025-02-12", "2025-02-12", Certain),
        (" 2025-02-12\n", "2025-02-12", Certain),
        ("\u{feff}2025-02-12", "2025-02-12", Certain),
        ("2025-2-3", "2025-02-03", Certain),
        ("20250212", "2025-02-12", Certain),
        ("20250212T101500Z", "2025-02-12", Certain),
        ("2025-02-12T10:00:00Z", "2025-02-12", Certain),
        ("2025-02-12T10:00:00.123Z", "2025-02-12", Certain),
        ("2025-02-12T10:00:00+03:00", "2025-02-12", Certain),
        ("2025-02-12T23:59:60-0500", "2025-02-12", Certain),
        ("2025-02-12T10:00", "2025-02-12", Certain),
        ("2025-02-12+03:00", "2025-02-12", Certain),
        ("2025-02-12Z", "2025-02-12", Certain),
        ("2025-02-12 10:00", "2025-02-12", Certain),
        ("2025-02-12 10:00:00 +0300", "2025-02-12", Certain),
        ("2025-02-12, 10:00 UTC", "2025-02-12", Certain),
        ("2026/02/10", "2026-02-10", Certain),
        ("2026.02.10", "2026-02-10", Certain),
        ("10/02/2026", "2026-02-10", DayFirst),
        ("10-02-2026", "2026-02-10", DayFirst),
        ("10.02.2026", "2026-02-10", DayFirst),
        ("10 / 2 / 2026", "2026-02-10", DayFirst),
        ("10/02/2026 08:15 PM", "2026-02-10", DayFirst),
        ("10/10/2026", "2026-10-10", Certain),
        ("25/02/2026", "2026-02-25", Certain),
        ("02/25/2026", "2026-02-25", MonthFirst),
        ("٢٠٢٦/٠٢/١٠", "2026-02-10", Certain),
        ("۱۰/۰۲/۲۰۲۶", "2026-02-10", DayFirst),
        ("\u{200f}١٠-٠٢-٢٠٢٦\u{200f}", "2026-02-10", DayFirst),
        ("١٠؍٠٢؍٢٠٢٦", "2026-02-10", DayFirst),
        ("1446-08-13", "2025-02-12", Certain),
        ("Wed, 12 Feb 2025 10:00:00 +0300", "2025-02-12", Certain),
        ("Wed, 12 Feb 2025 10:00:00 GMT (UTC)", "2025-02-12", Certain),
        ("12 February 2025", "2025-02-12", Certain),
        ("12-Feb-2025", "2025-02-12", Certain),
        ("February 12th, 2025 at 10:00 am", "2025-02-12", Certain),
        ("Wed Feb 12 10:00:00 +0000 2025", "2025-02-12", Certain),
        (
            "Wed Feb 12 2025 10:00:00 GMT+0300 (Arabian Standard Time)",
            "2025-02-12",
            Certain,
        ),
        ("12 فبراير 2025", "2025-02-12", Certain),
        ("١٢ فبراير ٢٠٢٥", "2025-02-12", Certain),
        ("12 شباط/فبراير 2025", "2025-02-12", Certain),
        ("12 شباط (فبراير) 2025", "2025-02-12", Certain),
        ("12 فيفري 2025", "2025-02-12", Certain),
        ("الأربعاء 12 فبراير 2025", "2025-02-12", Certain),
        (
            "الأربعاء، 12 شباط/فبراير 2025 - 10:30",
            "2025-02-12",
            Certain,
        ),
        ("الأربعاء 12 فبراير 2025 م", "2025-02-12", Certain),
        ("12 فبراير 2025، الساعة 10:30 صباحا", "2025-02-12", Certain),
        ("12 فبراير 2025 - 10:30 GMT", "2025-02-12", Certain),
        ("12 فبراير 2025 10:30 ص", "2025-02-12", Certain),
        ("الأربعاء 10/02/2026", "2026-02-10", DayFirst),
        ("الأربعاء ١٠/٠٢/٢٠٢٦ ٠٨:١٥ م", "2026-02-10", DayFirst),
        ("13 شعبان 1446 هـ", "2025-02-12", Certain),
        ("13 شعبان 1446 هـ - 12 فبراير 2025 م", "2025-02-12", Certain),
        (
            "14 شعبان 1446 هـ الموافق 12 فبراير 2025 م",
            "2025-02-12",
            Certain,
        ),
    ] {
        assert_eq!(read(text), Ok((day.to_owned(), order)), "{text}");
    }
}

#[test]
fn what_is_no_date_says_why() {
    for (text, why) in [
        ("", Empty),
        ("  \u{200f} ", Empty),
        ("أمس", NoDate),
        ("الأربعاء", NoDate),
        ("فبراير 2025", NoDate),
        ("2025", NoDate),
        ("2025-02", NoDate),
        ("12 فبراير", NoDate),
        ("10/02/26", NoDate),
        ("1739347200", NoDate),
        ("1739347200000", NoDate),
        ("12345678", NoDate),
        ("10.12.3", NoDate),
        ("2025-02/12", NoDate),
        ("yesterday", NoDate),
        ("12 May", NoDate),
        ("2025-02-12 vol. 3", NoDate),
        ("2025-02-12x", NoDate),
        ("12 فبراير 2025 في بيروت", NoDate),
        ("بين 12 و14 فبراير 2025", NoDate),
        ("2025-02-12T", NoSuchTime),
        ("2025-02-12T25:99:99Z", NoSuchTime),
        ("2025-02-12 24:00", NoSuchTime),
        ("2025-02-12 10:60", NoSuchTime),
        ("2025-02-12 100:00", NoSuchTime),
        ("2025-02-30", NoSuchDay),
        ("2025-13-02", NoSuchDay),
        ("31/02/2025", NoSuchDay),
        ("20250230", NoSuchDay),
        ("30 فبراير 2025", NoSuchDay),
        ("30 Feb 2025", NoSuchDay),
        ("2025-02-12 2025-02-13", TwoDays),
        ("12 فبراير 2025 - 13 فبراير 2025", TwoDays),
    ] {
        assert_eq!(read(text), Err(why), "{text}");
    }
    assert_eq!(read(&"2025-02-12 ".repeat(100)), Err(NoDate));
}

proptest! {
    #[test]
    fn any_text_is_a_date_or_none(text in "[0-9٠-٩/:.+TZ\\- ،a-zA-Zم]{0,24}|.{0,40}") {
        if let Ok((date, _)) = Date::read(&text) {
            prop_assert!(date.year() > 0);
        }
    }

    #[test]
    fn every_day_is_read_in_all_orders(year in 1600..=2400i32, month in 1..=12u8, day in 1..=28u8) {
        let date = Date::new(year, month, day);
        for text in [
            format!("{year}-{month:02}-{day:02}"),
            format!("{year}/{month}/{day}"),
            format!("{day}.{month}.{year}"),
            format!("{day:02}-{month:02}-{year} 10:00"),
        ] {
            prop_assert_eq!(Date::read(&text).ok().map(|(date, _)| date), date, "{}", text);
        }
    }
}
