//! The day from which a text counts.

use rawi_text::Span;

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
    said: Vec<(Span, Option<Date>)>,
    ahead: bool,
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
        self.said.push((span, day.into()));
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
        let holding = self.said.iter().filter(|(s, _)| s.contains(span));
        match holding.min_by_key(|(s, _)| s.len()) {
            Some((_, day)) => *day,
            None => self.published,
        }
    }
}
