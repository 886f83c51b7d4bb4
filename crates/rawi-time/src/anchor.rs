//! The day from which a text counts.

use rawi_text::{BytePos, Span};

use crate::Date;

/// The days that relative expressions are counted from: the article's, and
/// others for stretches of it, such as a statement made on another day.
///
/// ```
/// use rawi_text::Span;
/// use rawi_time::{Anchor, Date};
///
/// let anchor = Anchor::published(Date::new(2025, 2, 12))
///     .said(Span::new(40, 90), Date::new(2025, 2, 9));
/// assert_eq!(anchor.day_at(Span::new(50, 56)), Date::new(2025, 2, 9));
/// assert_eq!(anchor.day_at(Span::new(0, 6)), Date::new(2025, 2, 12));
/// ```
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Anchor {
    published: Option<Date>,
    /// Sorted by where they start.
    said: Vec<Said>,
    ahead: bool,
}

/// A stretch of text that counts from a day of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Said {
    span: Span,
    day: Option<Date>,
    /// How far this stretch and those before it reach.
    reach: BytePos,
}

impl Anchor {
    /// The day an article was published; with `None` as [`unknown`](Self::unknown).
    pub fn published(day: impl Into<Option<Date>>) -> Self {
        Self {
            published: day.into(),
            ..Self::default()
        }
    }

    /// No known day: whatever depends on one is found without a value.
    pub fn unknown() -> Self {
        Self::default()
    }

    /// Counts inside `span` from `day`; from no day where it is `None`. Of
    /// several spans that hold an expression, the shortest counts.
    #[must_use]
    pub fn said(mut self, span: Span, day: impl Into<Option<Date>>) -> Self {
        let at = self.said.partition_point(|s| s.span.start <= span.start);
        let day = day.into();
        let reach = span.end;
        self.said.insert(at, Said { span, day, reach });
        let mut reach = at.checked_sub(1).map_or(reach, |k| self.said[k].reach);
        for said in &mut self.said[at..] {
            reach = reach.max(said.span.end);
            said.reach = reach;
        }
        self
    }

    /// Counts bare weekdays, months and holidays forward throughout, as a
    /// calendar of events or a search box means them. Without it every
    /// sentence is asked whether it reports or announces.
    #[must_use]
    pub fn ahead(mut self) -> Self {
        self.ahead = true;
        self
    }

    pub(crate) fn looks_ahead(&self) -> bool {
        self.ahead
    }

    /// The day that an expression at `span` is counted from.
    pub fn day_at(&self, span: Span) -> Option<Date> {
        let before = self.said.partition_point(|s| s.span.start <= span.start);
        let near = self.said[..before].iter().rev();
        let holding = near
            .take_while(|s| s.reach >= span.end)
            .filter(|s| s.span.contains(span));
        // Of equals the one that was given first.
        match holding.min_by_key(|s| (s.span.len(), s.span.start)) {
            Some(said) => said.day,
            None => self.published,
        }
    }
}
