//! Moments as protocols write them.

use std::time::{SystemTime, UNIX_EPOCH};

use rawi_time::Date;

const DAY: u64 = 86_400;

/// Seconds since 1970, UTC.
pub(crate) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

/// A moment in RFC 3339, `2026-03-02T08:30:00Z`, of seconds since 1970.
pub(crate) fn written(seconds: u64) -> String {
    let day = i32::try_from(seconds / DAY).ok();
    let day = day.and_then(Date::from_unix_day);
    let day = day.map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string());
    let time = seconds % DAY;
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    format!("{day}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The moment of an HTTP header, `Mon, 02 Mar 2026 08:30:00 GMT`, in seconds since
/// 1970; none of anything else.
pub(crate) fn of_http(text: &str) -> Option<u64> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (_weekday, rest) = text.trim().split_once(',')?;
    let mut parts = rest.split_ascii_whitespace();
    let day = parts.next()?.parse().ok()?;
    let month = parts.next()?;
    let month = MONTHS.iter().position(|m| m.eq_ignore_ascii_case(month))?;
    let year: i32 = parts.next()?.parse().ok()?;
    let day = Date::new(year, u8::try_from(month + 1).ok()?, day)?;
    let mut clock = parts.next()?.split(':').map(|n| n.parse::<u64>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    if clock.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    matches!(parts.next()?, "GMT" | "UTC").then_some(())?;
    let days = u64::try_from(day.unix_day()).ok()?;
    Some(days * DAY + hour * 3600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_there_and_back() {
        for (text, seconds, iso) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0, "1970-01-01T00:00:00Z"),
            (
                "Sun, 06 Nov 1994 08:49:37 GMT",
                784_111_777,
                "1994-11-06T08:49:37Z",
            ),
            (
                "Thu, 29 Feb 2024 23:59:59 GMT",
                1_709_251_199,
                "2024-02-29T23:59:59Z",
            ),
            (
                "Sat, 01 Mar 2025 00:00:00 UTC",
                1_740_787_200,
                "2025-03-01T00:00:00Z",
            ),
        ] {
            assert_eq!(of_http(text), Some(seconds), "{text}");
            assert_eq!(written(seconds), iso);
        }
        assert_eq!(written(u64::MAX).get(..10), Some("9999-12-31"));
    }

    #[test]
    fn what_is_no_moment() {
        for text in [
            "",
            "120",
            "Sun, 31 Feb 2025 00:00:00 GMT",
            "Sun, 06 Nov 1994 08:49:37 +0300",
            "Sun, 06 Nov 1994 25:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Thu, 01 Jan 1960 00:00:00 GMT",
            "أمس",
        ] {
            assert_eq!(of_http(text), None, "{text}");
        }
    }
}
