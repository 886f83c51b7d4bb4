//! From a JSON line to an article.

use rawi::Article;
use serde_json::{Map, Value};

/// An article, with a remark on what could not be used of its record.
#[derive(Debug)]
pub struct Parsed {
    pub article: Article,
    pub remark: Option<String>,
}

/// Reads the fields of one record: `id`, `text`, and optionally `title`, `date`
/// or `published`, `source` or `outlet`.
pub fn from_json(line: &str, fallback_id: &str, published: Option<&str>) -> Result<Parsed, String> {
    let record: Map<String, Value> = serde_json::from_str(line).map_err(|e| {
        // The parser counts lines of its own; ours is always one.
        let message = e.to_string();
        let message = message.split(" at line ").next().unwrap_or("invalid");
        format!("invalid JSON at column {}: {message}", e.column())
    })?;
    let text = match record.get("text") {
        Some(Value::String(text)) => text.clone(),
        Some(_) => return Err("`text` is not a string".into()),
        None => return Err("no `text` in the record: an article needs one".into()),
    };
    if text.trim().is_empty() {
        return Err("`text` is empty".into());
    }
    let string = |names: [&str; 2]| {
        names
            .iter()
            .find_map(|n| record.get(*n)?.as_str())
            .filter(|s| !s.trim().is_empty())
            .map(str::to_owned)
    };
    let id = match record.get("id") {
        Some(Value::String(id)) if !id.is_empty() => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => fallback_id.to_owned(),
    };
    let mut remark = None;
    let date = string(["published", "date"]).and_then(|date| match day(&date) {
        Some(day) => Some(day.to_owned()),
        None => {
            remark = Some(format!(
                "date {date:?} is not like 2025-02-12; read without it"
            ));
            None
        }
    });
    Ok(Parsed {
        article: Article {
            id,
            text,
            title: string(["title", "headline"]),
            published: date.or_else(|| published.map(str::to_owned)),
            outlet: string(["outlet", "source"]),
        },
        remark,
    })
}

/// The day of an ISO date or date-time: `2025-02-12T08:00:00Z` is `2025-02-12`.
pub fn day(date: &str) -> Option<&str> {
    let day = date.trim().get(..10)?;
    let rest = &date.trim()[10..];
    let sound = rest.is_empty() || rest.starts_with(['T', ' ']);
    (sound && is_date(day)).then_some(day)
}

fn is_date(day: &str) -> bool {
    let bytes = day.as_bytes();
    let shape = bytes.iter().enumerate().all(|(i, b)| match i {
        4 | 7 => *b == b'-',
        _ => b.is_ascii_digit(),
    });
    if !shape || bytes.len() != 10 {
        return false;
    }
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(&day[..4]), number(&day[5..7]), number(&day[8..]));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        1..=12 => 31,
        _ => 0,
    };
    year > 0 && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_by_either_name() {
        let line = r#"{"id": 7, "text": "نص", "date": "2025-02-12T10:00:00", "source": "الضفاف"}"#;
        let article = from_json(line, "f:1", None).unwrap().article;
        assert_eq!(article.id, "7");
        assert_eq!(article.published.as_deref(), Some("2025-02-12"));
        assert_eq!(article.outlet.as_deref(), Some("الضفاف"));
    }

    #[test]
    fn days_of_the_calendar() {
        let table = [
            ("2025-02-12", Some("2025-02-12")),
            ("2024-02-29 10:00", Some("2024-02-29")),
            ("2025-02-29", None),
            ("2025-04-31", None),
            ("2025-13-01", None),
            ("0000-01-01", None),
            ("2025-2-12", None),
            ("2025-02-123", None),
            ("١٢ شباط ٢٠٢٥", None),
        ];
        for (date, expected) in table {
            assert_eq!(day(date), expected, "{date}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let table = [
            (r#"{"id": "a"}"#, "no `text`"),
            (r#"{"text": 3}"#, "`text` is not a string"),
            (r#"{"text": "  "}"#, "`text` is empty"),
            (r#"{"text": "a"#, "invalid JSON at column"),
            (r#"[1]"#, "invalid JSON at column"),
        ];
        for (line, problem) in table {
            let error = from_json(line, "f:1", None).unwrap_err();
            assert!(error.starts_with(problem), "{line}: {error}");
        }
        let parsed = from_json(
            r#"{"text": "a", "date": "12 شباط"}"#,
            "f:1",
            Some("2020-01-01"),
        )
        .unwrap();
        assert!(parsed.remark.is_some());
        assert_eq!(parsed.article.id, "f:1");
        assert_eq!(parsed.article.published.as_deref(), Some("2020-01-01"));
    }
}
