//! The date in an address.

use rawi_time::Date;

/// The years in which addresses have dates.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2099;

/// The date that an address names among the parts of its path, `2026-03-02` or, of
/// `/2026/03/`, `2026-03`. Only what can be nothing else counts: parts for year,
/// month and day in this order, or an ISO date as a part of its own. What stands in
/// a query, or runs on into other words or digits, may be anything. None if the
/// address names two.
pub(crate) fn date(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    let mut found: Option<String> = None;
    for at in 0..parts.len() {
        let date = match iso(parts[at]) {
            Some(date) => date,
            None => match folders(&parts[at..]) {
                Some(date) => date,
                None => continue,
            },
        };
        match &found {
            Some(before) if *before != date => return None,
            _ => found = Some(date),
        }
    }
    found
}

/// A part that is an ISO date.
fn iso(part: &str) -> Option<String> {
    let date = Date::parse(part)?;
    YEARS.contains(&date.year()).then(|| date.to_string())
}

/// Parts that begin with a year and a month, and perhaps a day. The last part is the
/// page itself and no month.
fn folders(parts: &[&str]) -> Option<String> {
    let [year, month, rest @ ..] = parts else {
        return None;
    };
    let year = number(year, 4..=4).filter(|y| YEARS.contains(y))?;
    let month = month_number(month)?;
    let day = rest.first().and_then(|day| number(day, 1..=2));
    let day_is_page = rest.len() == 1 && day.is_some();
    match day {
        // Of `/2026/03/02` nobody knows whether 02 is a day or the page.
        Some(_) if day_is_page => None,
        Some(day) => {
            let day = Date::new(year, month, u8::try_from(day).ok()?)?;
            Some(day.to_string())
        }
        None if rest.is_empty() => None,
        None => Some(format!("{year:04}-{month:02}")),
    }
}

fn number(part: &str, digits: std::ops::RangeInclusive<usize>) -> Option<i32> {
    let all = part.bytes().all(|b| b.is_ascii_digit());
    (all && digits.contains(&part.len()))
        .then(|| part.parse().ok())
        .flatten()
}

/// A month in figures or as it is cut short in English.
fn month_number(part: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let number = match number(part, 1..=2) {
        Some(number) => number,
        None => {
            let at = MONTHS.iter().position(|m| m.eq_ignore_ascii_case(part))?;
            i32::try_from(at).ok()? + 1
        }
    };
    u8::try_from(number).ok().filter(|m| (1..=12).contains(m))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_addresses() {
        for (address, found) in [
            ("https://nahr.example/2026/03/02/mina/", Some("2026-03-02")),
            (
                "https://nahr.example/news/2026/3/2/mina",
                Some("2026-03-02"),
            ),
            ("https://nahr.example/2026/mar/02/mina", Some("2026-03-02")),
            ("https://nahr.example/2026-03-02/mina", Some("2026-03-02")),
            ("https://nahr.example/a/2026-03-02", Some("2026-03-02")),
            ("https://nahr.example/2026/03/mina", Some("2026-03")),
            ("https://nahr.example/2026/03/02/", Some("2026-03-02")),
            ("/2026/03/02/mina.html", Some("2026-03-02")),
            // A day that there is not, and years of another calendar.
            ("https://nahr.example/2026/02/30/mina", None),
            ("https://nahr.example/2026/13/02/mina", None),
            ("https://nahr.example/1447/09/12/mina", None),
            ("https://nahr.example/1925/09/12/mina", None),
            // What may be anything else.
            ("https://nahr.example/2026/03", None),
            ("https://nahr.example/2026/03/17", None),
            ("https://nahr.example/20260302/mina", None),
            ("https://nahr.example/mina-2026-03-02", None),
            ("https://nahr.example/2026-03-02-mina", None),
            ("https://nahr.example/02/03/2026/mina", None),
            ("https://nahr.example/x?date=/2026/03/02/y", None),
            ("https://nahr.example/x#/2026/03/02/y", None),
            ("https://nahr.example/2026/mina", None),
            ("https://nahr.example/12026/03/02/mina", None),
            // Two of them.
            ("https://nahr.example/2026/03/02/2025/01/09/mina", None),
            (
                "https://web.example/2026/03/02/nahr.example/2026/03/02/mina",
                Some("2026-03-02"),
            ),
            ("", None),
            ("////", None),
            ("https://nahr.example/２０２６/03/02/x", None),
        ] {
            assert_eq!(date(address).as_deref(), found, "{address}");
        }
    }
}
