//! Stretches of the calendar as a query writes them.

use std::fmt;

use rawi_text::{Layout, SourceText, fold};
use rawi_time::value::{Point, Value};
use rawi_time::{Anchor, Date};

/// A stretch of the calendar: a day, a month, a year, or what else has a name of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Period {
    value: Value,
    first: Date,
    last: Date,
}

/// What is longer is no date, in bytes.
const LONGEST: usize = 200;

impl Period {
    /// Reads `2026`, `2026-03`, `2026-W11`, `2026-Q1`, `2026-01/2026-03`, any date that
    /// [`Date::read`] takes, and the same in Arabic words (`آذار 2026`).
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err("it is too long".to_owned());
        }
        let digits = fold(text.trim());
        if let Some(period) = Value::parse(&digits.to_ascii_uppercase()).and_then(Self::of) {
            return Ok(period);
        }
        match Date::read(text) {
            Ok((day, _)) => Ok(Self::day(day)),
            Err(why) => Self::in_words(text).ok_or_else(|| why.to_string()),
        }
    }

    /// A single day.
    pub fn day(day: Date) -> Self {
        Self {
            value: Value::Point(Point::Day(day)),
            first: day,
            last: day,
        }
    }

    fn of(value: Value) -> Option<Self> {
        let named = |point: &Point| !matches!(point, Point::Time(..) | Point::Clock(_));
        let whole = match &value {
            Value::Point(point) => named(point),
            Value::Range(from, to) => named(from) && named(to),
            _ => false,
        };
        let (first, last) = (value.first_day()?, value.last_day()?);
        (whole && first <= last).then_some(Self { value, first, last })
    }

    /// The one expression that a text consists of, if it needs no other day to be
    /// understood.
    fn in_words(text: &str) -> Option<Self> {
        let source = SourceText::new(text.trim()).ok()?;
        let mut layout = Layout::new();
        layout.analyze(&source);
        let mut found = Vec::new();
        rawi_time::find(&source, &layout, &Anchor::published(None), &mut found);
        match &found[..] {
            [only] if only.span.len() == source.as_str().len() => only.value.and_then(Self::of),
            _ => None,
        }
    }

    /// Its first day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// Its last day.
    pub fn last(&self) -> Date {
        self.last
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_date() {
        let table = [
            ("2026", "2026-01-01", "2026-12-31", "2026"),
            ("٢٠٢٦-٠٣", "2026-03-01", "2026-03-31", "2026-03"),
            ("2026-03-12", "2026-03-12", "2026-03-12", "2026-03-12"),
            ("12/3/2026", "2026-03-12", "2026-03-12", "2026-03-12"),
            ("12 آذار 2026", "2026-03-12", "2026-03-12", "2026-03-12"),
            ("آذار 2026", "2026-03-01", "2026-03-31", "2026-03"),
            ("مارس/آذار 2026", "2026-03-01", "2026-03-31", "2026-03"),
            ("2026-w07", "2026-02-09", "2026-02-15", "2026-W07"),
            ("2026-Q1", "2026-01-01", "2026-03-31", "2026-Q1"),
            ("2025/2026", "2025-01-01", "2026-12-31", "2025/2026"),
        ];
        for (text, first, last, printed) in table {
            let period = Period::read(text).unwrap();
            let found = [period.first(), period.last()].map(|d| d.to_string());
            assert_eq!(found, [first, last], "{text}");
            assert_eq!(period.to_string(), printed);
            assert_eq!(Period::read(printed), Ok(period));
        }
        for text in [
            "2026-13",
            "2026-02-30",
            "أمس",
            "P3D",
            "T10:30",
            "",
            "الميناء",
            "2026-03 ثم",
            "2026/2025",
        ] {
            assert!(Period::read(text).is_err(), "{text}");
        }
    }
}
