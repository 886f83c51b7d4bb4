//! Times of capture.

use rawi_time::Date;

/// A time of capture in RFC 3339: of `2026-03-02T08:30:00Z` and its kin with a space,
/// without seconds or with another zone, of `20260302083000`, as crawlers name
/// captures, or of a day alone, which is its first moment. Without a zone it is UTC.
/// None of anything else.
pub(crate) fn read(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.is_ascii() || text.len() > 40 {
        return None;
    }
    if text.len() == 14 && text.bytes().all(|b| b.is_ascii_digit()) {
        let (day, time) = text.split_at(8);
        let day = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
        let time = format!("{}:{}:{}", &time[..2], &time[2..4], &time[4..]);
        return read(&format!("{day}T{time}Z"));
    }
    let (day, rest) = text.split_at_checked(10)?;
    let day = Date::parse(day)?;
    let Some(rest) = rest.strip_prefix(['T', 't', ' ']) else {
        return rest.is_empty().then(|| format!("{day}T00:00:00Z"));
    };
    let (clock, zone) = match rest.find(['Z', 'z', '+', '-', ' ']) {
        Some(at) => (&rest[..at], rest[at..].trim_start()),
        None => (rest, "Z"),
    };
    let (clock, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (clock, None),
    };
    let parts: Vec<&str> = clock.split(':').collect();
    let (hour, minute, second) = match parts[..] {
        [hour, minute] if fraction.is_none() => (hour, minute, "00"),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    // A leap second is one.
    if !(two(hour, 23) && two(minute, 59) && two(second, 60)) {
        return None;
    }
    let fraction = match fraction {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
            format!(".{digits}")
        }
        Some(_) => return None,
        None => String::new(),
    };
    Some(format!(
        "{day}T{hour}:{minute}:{second}{fraction}{}",
        zone_of(zone)?
    ))
}

/// A zone as RFC 3339 has it.
fn zone_of(zone: &str) -> Option<String> {
    if matches!(zone, "Z" | "z" | "UTC" | "GMT") {
        return Some("Z".into());
    }
    let (sign, offset) = zone.split_at_checked(1)?;
    if !matches!(sign, "+" | "-") {
        return None;
    }
    let (hours, minutes) = match offset.split_once(':') {
        Some(parts) => parts,
        None if offset.len() == 4 => offset.split_at(2),
        None => (offset, "00"),
    };
    (two(hours, 23) && two(minutes, 59)).then(|| format!("{sign}{hours}:{minutes}"))
}

/// Whether these are two digits of a number that is no larger than `most`.
fn two(digits: &str, most: u8) -> bool {
    digits.len() == 2
        && digits.bytes().all(|b| b.is_ascii_digit())
        && digits.parse::<u8>().is_ok_and(|n| n <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_capture() {
        for (text, found) in [
            ("2026-03-02T08:30:00Z", Some("2026-03-02T08:30:00Z")),
            ("2026-03-02 08:30", Some("2026-03-02T08:30:00Z")),
            (
                "2026-03-02T08:30:00.125+03:00",
                Some("2026-03-02T08:30:00.125+03:00"),
            ),
            (
                "2026-03-02 08:30:00 +0300",
                Some("2026-03-02T08:30:00+03:00"),
            ),
            ("2026-03-02 08:30:00 UTC", Some("2026-03-02T08:30:00Z")),
            ("20260302083000", Some("2026-03-02T08:30:00Z")),
            ("2026-03-02", Some("2026-03-02T00:00:00Z")),
            ("2026-03-02T25:30:00Z", None),
            ("2026-03-02T08:30:00X", None),
            ("2026-03-02T08:30:00.Z", None),
            ("2026-03-02T:30:00Z", None),
            ("2026-02-30T08:30:00Z", None),
            ("1772440200", None),
            ("أمس", None),
            ("", None),
        ] {
            assert_eq!(read(text).as_deref(), found, "{text}");
        }
    }
}
